"""PDF files: lines to paragraphs, ruled tables to rows, page numbers gone, scans and damage refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import docx
import pypdfium2
import pytest
from documents.reading import lines, pdf_with, read, refused
from docx.oxml.ns import qn
from docx.shared import Pt

from assistant.documents import read_document
from assistant.documents.pdf_fonts import use_one_font
from assistant.documents.pdf_page import Line, joined, read_page, usual
from assistant.documents.pdf_tables import Segment, grids
from assistant.documents.text import Cell

FULL = "本年支出" * 6
BODY = [(90.0, 700.0, "　　" + FULL[:22]), (90.0, 670.0, FULL), (90.0, 640.0, "预算执行率97.87%。")]

NO_FONTS = pypdfium2.raw.FPDF_SYSFONTINFO(version=1)


def box(left: float, right: float, *heights: float, columns: tuple[float, ...] = ()) -> str:
    """The drawing of a ruled table."""
    across = "".join(f"{left} {y} m {right} {y} l S\n" for y in heights)
    return across + "".join(f"{x} {heights[0]} m {x} {heights[-1]} l S\n" for x in (left, *columns, right))


class TestParagraphs:
    def test_broken_lines_are_joined(self, tmp_path: Path) -> None:
        text = read(pdf_with(tmp_path / "a.pdf", [(200.0, 760.0, "一、概况"), *BODY, (122.0, 610.0, "第二段。")]))
        assert lines(text) == ["一、概况", FULL[:22] + FULL + "预算执行率97.87%。", "第二段。"]
        assert text.where(text.text.index("97.87")) == "第1页第2段"
        assert {block.page for block in text.blocks} == {1}

    def test_paragraph_over_the_page_end(self, tmp_path: Path) -> None:
        first = [(90.0, 760.0 - 30 * n, "　　" + FULL[:22]) for n in range(3)]
        second = [(90.0, 760.0, "支出97.87万元。"), (122.0, 730.0, "另一段。")]
        text = read(pdf_with(tmp_path / "a.pdf", [*first, (280.0, 50.0, "— 1 —")], [*second, (280.0, 50.0, "- 2 -")]))
        assert lines(text)[-2:] == [FULL[:22] + "支出97.87万元。", "另一段。"]
        assert text.blocks[-2].where() == "第1页第3段"
        assert text.blocks[-1].where() == "第2页第1段"

    @pytest.mark.parametrize("number", ["3", "— 3 —", "-3-", "第 3 页", "第3页 共10页", "3/10", "· 3 ·"])
    def test_page_numbers_are_dropped(self, tmp_path: Path, number: str) -> None:
        path = pdf_with(tmp_path / "a.pdf", [*BODY, (280.0, 40.0, number), (90.0, 400.0, "2020")])
        assert lines(read(path))[-1] == "2020"

    def test_running_heads_are_dropped(self, tmp_path: Path) -> None:
        pages = [[(90.0, 800.0, "绩效自评报告"), (90.0, 500.0, f"第{n}部分。")] for n in range(4)]
        assert lines(read(pdf_with(tmp_path / "a.pdf", *pages))) == [f"第{n}部分。" for n in range(4)]

    def test_joining(self) -> None:
        assert joined("预算", "执行") == "预算执行"
        assert joined("hello", "world") == "hello world"
        assert joined("7,975", "66") == "7,97566"
        assert joined("24 ", "hours") == "24 hours"

    def test_look_alikes_become_the_usual_characters(self) -> None:
        assert [usual(ord(char)) for char in "\u2f00\u2f08\uf9b5一"] == ["一", "人", "例", "一"]
        assert usual(0xFFFE) == "-"
        assert usual(0) == "\ufffd"


class TestFonts:
    """The fonts of the machine do not count: neither those that it lacks, nor the shapes of those that it has."""

    def test_machine_without_fonts(self, tmp_path: Path) -> None:
        path = pdf_with(tmp_path / "a.pdf", [(90.0, 760.0 - 30 * n, "　　" + FULL[:21] + "。") for n in range(3)])
        pypdfium2.raw.FPDF_SetSystemFontInfo(NO_FONTS)
        assert lines(read(path)) == [FULL[:21] + "。"] * 3

    def test_a_letter_is_as_wide_as_the_file_says(self, tmp_path: Path) -> None:
        """Not as its outline: that of 1 goes over the edge in some fonts, and is a thin line in others."""
        path = pdf_with(tmp_path / "a.pdf", [(90.0, 700.0, "支出1"), (90.0, 670.0, "一")])
        use_one_font()
        with pypdfium2.PdfDocument(path) as document:
            found = [
                (item.left, item.right, item.size) for item in read_page(document[0]).items if isinstance(item, Line)
            ]
        assert found == [pytest.approx((90, 130, 16)), pytest.approx((90, 106, 16))]


class TestTables:
    def test_ruled_table(self, tmp_path: Path) -> None:
        rules = box(80, 500, 720, 660, 630, columns=(200, 300))
        page = [
            (90.0, 740.0, "附表"), (84.0, 700.0, "一级指标名称的"), (84.0, 680.0, "写法"), (204.0, 700.0, "分值"), (304.0, 700.0, "得分"),
            (84.0, 640.0, "投入"), (204.0, 640.0, "5.00"), (304.0, 640.0, "4.90"), (90.0, 600.0, "注释。"),
        ]  # fmt: skip
        text = read(pdf_with(tmp_path / "a.pdf", page, rules=rules))
        assert text.text == "附表\n一级指标名称的写法\t分值\t得分\n投入\t5.00\t4.90\n注释。\n"
        assert text.where(text.text.index("4.90")) == "第1页表1第2行第3列"

    def test_table_goes_on_over_the_page(self, tmp_path: Path) -> None:
        rules = box(80, 500, 720, 690, 660, columns=(200,))
        page = [(84.0, 700.0, "甲"), (204.0, 700.0, "1"), (84.0, 670.0, "乙"), (204.0, 670.0, "2")]
        text = read(pdf_with(tmp_path / "a.pdf", page, page, rules=rules))
        assert [(b.page, b.table, b.number) for b in text.blocks] == [
            (1, 1, 1),
            (1, 1, 2),
            (2, 1, 3),
            (2, 1, 4),
        ]

    def test_turned_page(self, tmp_path: Path) -> None:
        rules = "100 80 m 100 500 l S 130 80 m 130 500 l S 160 80 m 160 500 l S 100 80 m 160 80 l S 100 300 m 160 300 l S 100 500 m 160 500 l S"
        page = [
            (105.0, 110.0, "左上"),
            (105.0, 310.0, "右上"),
            (135.0, 110.0, "左下"),
            (135.0, 310.0, "右下"),
        ]
        text = read(pdf_with(tmp_path / "a.pdf", page, rules=rules, rotate=90))
        assert [line.replace(" ", "") for line in lines(text)] == ["左上\t右上", "左下\t右下"]

    def test_merged_cells(self) -> None:
        """Three columns, three rows; the first column is one cell over rows 2 and 3, the first row's last two are one."""
        across = [Segment(300, 0, 300), Segment(270, 0, 300), Segment(240, 100, 300), Segment(210, 0, 300)]
        down = [Segment(0, 210, 300), Segment(100, 210, 300), Segment(200, 210, 270), Segment(300, 210, 300)]
        (grid,) = grids(across, down)
        rows = grid.rows({(0, 0): "指标", (0, 1): "分值", (1, 0): "投入", (2, 2): "x"})
        assert rows == [
            [Cell("指标", 0), Cell("分值", 1, 2)],
            [Cell("投入", 0), Cell("", 1), Cell("", 2)],
            [Cell("", 0, 1, row_continues=True), Cell("", 1), Cell("x", 2)],
        ]
        assert grid.place(50, 220) == (1, 0)
        assert grid.place(250, 290) == (0, 1)
        assert grid.place(400, 290) is None
        assert grid.rights[0, 1] == 300

    def test_lines_in_pieces_and_double(self) -> None:
        pieces = [Segment(y + d, x, x + 10) for y in (0, 50) for d in (0, 0.5) for x in range(0, 200, 10)]
        down = [Segment(x + d, 0, 50) for x in (0, 100, 200) for d in (0, 0.5)]
        (grid,) = grids(pieces, down)
        assert (len(grid.xs), len(grid.ys)) == (3, 2)

    def test_what_is_no_table(self) -> None:
        frame = [Segment(0, 0, 500), Segment(800, 0, 500)], [Segment(0, 0, 800), Segment(500, 0, 800)]
        assert grids(*frame) == []
        assert grids([Segment(100, 0, 300)], []) == []
        many = [Segment(n * 5, 0, 9999) for n in range(1000)], [Segment(n * 5, 0, 9999) for n in range(1000)]
        assert grids(*many) == []


class TestRefused:
    def test_scan(self, tmp_path: Path) -> None:
        error = refused(pdf_with(tmp_path / "扫描.pdf", [], []))
        assert "扫描件没有文字层" in error.reason
        assert "OCR" in error.remedy

    def test_only_page_numbers(self, tmp_path: Path) -> None:
        assert "没有可读的文字" in refused(pdf_with(tmp_path / "a.pdf", [(280.0, 40.0, "— 1 —")])).reason

    def test_damaged(self, tmp_path: Path) -> None:
        (path := tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7\n" + b"garbage " * 50)
        assert "损坏" in refused(path).reason

    def test_pdf_under_another_name(self, tmp_path: Path) -> None:
        assert lines(read(pdf_with(tmp_path / "a.docx", [(90.0, 700.0, "正文。")]))) == ["正文。"]

    def test_illegible_font(self, tmp_path: Path) -> None:
        assert "乱码" in refused(pdf_with(tmp_path / "a.pdf", [(90.0, 700.0, "\ue001\ue002\ue003")])).reason


def to_pdf(path: Path) -> Path:
    home = f"-env:UserInstallation=file://{path.parent}/office"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", path.parent, path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return path.with_suffix(".pdf")


@pytest.mark.needs_soffice
class TestOffice:
    """What an office program prints reads as the Word file does."""

    def test_same_as_the_word_file(self, tmp_path: Path) -> None:
        document = docx.Document()
        normal = document.styles["Normal"]
        normal.font.size = Pt(16)
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Serif CJK SC")
        document.add_paragraph("一、基本情况")
        body = "　　2020年，我局年初预算7,975.66万元，全年支出7,975.24万元，预算执行率97.87%，比上年下降20.54%，救助4.6万人次，BOSS系统support 24 hours a day上线运行。"
        for _ in range(9):
            document.add_paragraph(body)
        table = document.add_table(3, 3, style="Table Grid")
        for row, texts in zip(
            table.rows,
            [
                ("一级指标", "分值", "扣分原因"),
                ("投入", "5.00", "预算编制偏差较大影响了全年的执行进度"),
                ("产出", "4.90", "无"),
            ],
            strict=True,
        ):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        table.cell(1, 0).merge(table.cell(2, 0)).text = "合并"
        document.save(str(path := tmp_path / "a.docx"))
        word, pdf = read(path), read(to_pdf(path))
        assert lines(pdf) == lines(word)
        assert [[(c.column, c.columns, c.row_continues) for c in b.cells] for b in pdf.blocks] == [
            [(c.column, c.columns, c.row_continues) for c in b.cells] for b in word.blocks
        ]


class TestWhatNobodySees:
    def test_unpainted_white_and_tiny_letters_are_left_out_and_counted(self, tmp_path: Path) -> None:
        for drawn in ("3 Tr", "1 1 1 rg", "0.1 0 0 0.1 90 300 cm"):
            hidden = f"q {drawn} BT /F 16 Tf 90 300 Td <{'看不见'.encode('utf-16-be').hex()}> Tj ET Q"
            path = pdf_with(tmp_path / "a.pdf", BODY, rules=hidden)
            assert "看不见" in read_document(path).text
            text = read_document(path, unseen=False)
            assert lines(text) == [FULL[:22] + FULL + "预算执行率97.87%。"]
            assert text.left_out == 3

    def test_white_letters_on_a_dark_ground_are_read(self, tmp_path: Path) -> None:
        head = "0 0 0.5 rg 80 290 200 40 re f 1 1 1 rg"
        shown = f"q {head} BT /F 16 Tf 90 300 Td <{'表头'.encode('utf-16-be').hex()}> Tj ET Q"
        assert "表头" in read_document(pdf_with(tmp_path / "a.pdf", BODY, rules=shown), unseen=False).text

    def test_the_text_laid_under_a_scan_is_read(self, tmp_path: Path) -> None:
        text = read_document(pdf_with(tmp_path / "a.pdf", BODY, rules="3 Tr"), unseen=False)
        assert "97.87%" in text.text
        assert text.left_out == 0
