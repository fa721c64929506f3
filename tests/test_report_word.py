"""The Word file: facts of its XML."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from lxml import etree
from report_sample import LONG, RULE, money_table, sample

from assistant.documents import read_document
from assistant.report.blocks import Cell, Document, Heading, Landscape, Paragraph, Table
from assistant.report.word import write_docx
from assistant.report.word_styles import ACROSS_WIDTH, LINE, TEXT_HEIGHT, TEXT_WIDTH

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def written(document: Document, folder: Path) -> Path:
    path = folder / "report.docx"
    write_docx(document, path)
    return path


def part(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def one(element: etree._Element, *names: str) -> etree._Element:
    for name in names:
        found = element.find(W + name)
        assert found is not None, f"{element.tag} has no {name}"
        element = found
    return element


def attributes(element: etree._Element) -> dict[str, str]:
    return {str(name).removeprefix(W): str(value) for name, value in element.attrib.items()}


def words(element: etree._Element) -> str:
    return "".join(piece.text or "" for piece in element.iter(f"{W}t"))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(sample(), tmp_path_factory.mktemp("word"))


@pytest.fixture(scope="module")
def body(file: Path) -> etree._Element:
    return one(part(file, "word/document.xml"), "body")


@pytest.fixture(scope="module")
def styles(file: Path) -> dict[str, etree._Element]:
    return {str(style.attrib[f"{W}styleId"]): style for style in part(file, "word/styles.xml").iter(f"{W}style")}


def test_every_face_is_named_for_chinese_and_latin_and_no_theme_is_asked(file: Path) -> None:
    faces = 0
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if not name.endswith(".xml"):
                continue
            for fonts in etree.fromstring(package.read(name)).iter(f"{W}rFonts"):
                faces += 1
                given = attributes(fonts)
                assert given.pop("hint") == "eastAsia"
                assert set(given) == {"ascii", "hAnsi", "eastAsia", "cs"}
                assert len(set(given.values())) == 1
    assert faces > 100


@pytest.mark.parametrize(
    ("style", "face", "size"),
    [
        ("Normal", "仿宋_GB2312", "32"),
        ("Title", "方正小标宋简体", "44"),
        ("Heading1", "黑体", "32"),
        ("Heading2", "楷体_GB2312", "32"),
        ("Heading3", "仿宋_GB2312", "32"),
        ("Heading4", "仿宋_GB2312", "32"),
        ("TableText", "仿宋_GB2312", "21"),
        ("Footer", "宋体", "28"),
    ],
)
def test_styles(styles: dict[str, etree._Element], style: str, face: str, size: str) -> None:
    look = one(styles[style], "rPr")
    assert attributes(one(look, "rFonts"))["eastAsia"] == face
    assert attributes(one(look, "sz"))["val"] == size
    assert attributes(one(look, "b"))["val"] == "0"
    assert attributes(one(look, "color"))["val"] == "000000"


def test_body_is_28_characters_by_22_lines(styles: dict[str, etree._Element], body: etree._Element) -> None:
    normal = styles["Normal"]
    spacing = attributes(one(normal, "pPr", "spacing"))
    assert (spacing["line"], spacing["lineRule"], spacing["before"], spacing["after"]) == (
        "579",
        "exact",
        "0",
        "0",
    )
    assert attributes(one(normal, "rPr", "spacing"))["val"] == "-5"
    indent = attributes(one(styles["BodyText"], "pPr", "ind"))
    assert indent == {"firstLineChars": "200", "firstLine": "640"}
    assert TEXT_WIDTH / 20 // 15.75 == 28
    assert TEXT_HEIGHT // LINE == 22
    margins = attributes(one(list(body.iter(f"{W}sectPr"))[2], "pgMar"))
    assert [round(int(margins[side]) * 25.4 / 1440) for side in ("top", "bottom", "left", "right")] == [
        37,
        35,
        28,
        26,
    ]
    assert not list(body.iter(f"{W}docGrid"))


def test_headings_are_the_built_in_ones(file: Path, styles: dict[str, etree._Element]) -> None:
    for level in range(1, 5):
        style = styles[f"Heading{level}"]
        assert attributes(one(style, "name"))["val"] == f"heading {level}"
        assert attributes(one(style, "pPr", "outlineLvl"))["val"] == str(level - 1)
        assert attributes(one(style, "pPr", "ind"))["firstLineChars"] == "200"
        assert style.find(f"{W}pPr/{W}keepNext") is not None
    named = [p.text for p in docx.Document(str(file)).paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert named == ["一、部门基本情况", "二、部门整体支出绩效情况", "三、改进措施", "四、其他说明"]


def test_sections_turn_and_number_from_the_first_page_of_text(body: etree._Element) -> None:
    sections = list(body.iter(f"{W}sectPr"))
    assert len(sections) == 5  # cover, contents, text, score table, text
    turned = [attributes(one(section, "pgSz")).get("orient", "") for section in sections]
    assert turned == ["", "", "", "landscape", ""]
    footed = [[attributes(foot)["type"] for foot in section.iter(f"{W}footerReference")] for section in sections]
    assert footed == [[], [], ["default", "even"], [], []]
    starts = [attributes(number)["start"] for section in sections for number in section.iter(f"{W}pgNumType")]
    assert starts == ["1", "1"]
    wide = attributes(one(sections[3], "pgSz"))
    assert (wide["w"], wide["h"]) == ("16838", "11906")


def test_footers_print_the_page_between_dashes(file: Path) -> None:
    assert part(file, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    for name, side in (("footer1", "right"), ("footer2", "left")):
        foot = part(file, f"word/{name}.xml")
        assert words(foot) == "—  —"
        assert attributes(one(foot, "p", "pPr", "jc"))["val"] == side
        assert attributes(one(foot, "p", "pPr", "ind"))[f"{side}Chars"] == "100"
        kinds = [mark.tag.removeprefix(W) for run in foot.iter(f"{W}r") for mark in run if mark.tag != f"{W}rPr"]
        assert kinds == ["t", "fldChar", "instrText", "fldChar", "t"]


def test_contents_field_is_filled_and_refers_to_the_headings(body: etree._Element) -> None:
    codes = [code.text or "" for code in body.iter(f"{W}instrText")]
    assert codes[0] == ' TOC \\o "1-2" \\h \\z \\u '
    names = {mark.attrib[f"{W}name"] for mark in body.iter(f"{W}bookmarkStart")}
    links = [link.attrib[f"{W}anchor"] for link in body.iter(f"{W}hyperlink")]
    assert len(links) == len(set(links)) == 10
    assert set(links) <= names
    assert [code.split()[1] for code in codes[1:]] == links
    marks = [mark.attrib[f"{W}fldCharType"] for mark in body.iter(f"{W}fldChar")]
    assert marks[:2] == ["begin", "separate"]
    assert marks.count("begin") == marks.count("separate") == marks.count("end") == 11


def test_no_question_is_asked_at_opening(file: Path) -> None:
    with zipfile.ZipFile(file) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    assert b"updateFields" not in everything
    assert b"w:dirty" not in everything


def test_score_table_is_merged_repeats_its_head_and_fills_the_page(file: Path, body: etree._Element) -> None:
    table = list(body.iter(f"{W}tbl"))[3]
    rows = table.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows[:4]] == [True, True, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert words(table).count("产出与效益") == words(table).count("预算管理1") == words(table).count("一级指标") == 1
    for row in rows:
        spans = [int(attributes(span)["val"]) for span in row.iter(f"{W}gridSpan")]
        assert len(row.findall(f"{W}tc")) - len(spans) + sum(spans) == 9
    widths = [int(column.attrib[f"{W}w"]) for column in table.iter(f"{W}gridCol")]
    assert sum(widths) == ACROSS_WIDTH
    assert attributes(one(table, "tblPr", "tblLayout"))["type"] == "fixed"
    assert [p.text for p in docx.Document(str(file)).tables[3].rows[2].cells[7].paragraphs] == RULE.split("\n")


def test_a_number_is_not_broken_where_other_columns_can_give_way(tmp_path: Path) -> None:
    table = Table(rows=((Cell("项目"), Cell("金额")), (Cell("合计"), Cell("123,456,789,012.34"))), widths=(30, 1))
    xml = part(written(Document((table,), "", ""), tmp_path), "word/document.xml")
    left, right = (int(column.attrib[f"{W}w"]) for column in xml.iter(f"{W}gridCol"))
    assert left + right == TEXT_WIDTH
    assert right / 20 > 18 * 5.25


def test_lead_and_open_points(body: etree._Element) -> None:
    faces = [
        (words(run), attributes(one(run, "rPr", "rFonts"))["eastAsia"])
        for p in body.findall(f"{W}p")
        if words(p).startswith("一是完善")
        for run in p.findall(f"{W}r")
    ]
    assert faces == [("一是完善服务网络。", "楷体_GB2312"), (LONG, "仿宋_GB2312")]
    lit = [words(run) for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}highlight") is not None]
    assert lit == ["【待补：服务满意度的调查样本数】", "【待补：总分】"]


def test_same_document_same_bytes_and_no_clock(tmp_path: Path) -> None:
    digests = {hashlib.sha256(written(sample(), tmp_path).read_bytes()).hexdigest() for _ in range(2)}
    assert len(digests) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["report.docx"]
    with zipfile.ZipFile(tmp_path / "report.docx") as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    bare = docx.Document(str(written(Document((), "题", "某局"), tmp_path))).core_properties
    assert (bare.created, bare.modified) == (None, None)


def test_properties(file: Path) -> None:
    core = docx.Document(str(file)).core_properties
    assert (core.title, core.author, core.subject) == (
        "2023年度部门整体支出绩效自评报告",
        "某某区示例事务管理局",
        "部门整体支出绩效自评",
    )
    assert (core.created, core.language) == (datetime(2024, 3, 1, 9, tzinfo=UTC), "zh-CN")
    own = part(file, "docProps/custom.xml")
    assert [(entry.attrib["name"], entry[0].text) for entry in own] == [("AIGC", '{"Label":"1"}')]


def test_text_is_data(tmp_path: Path) -> None:
    nasty = "<w:t>&amp;\x00\x07\x1f\ufffe“引号”—\ud800末"
    table = Table(rows=((Cell(nasty + "\r\n二\t行"),),), widths=(1,), caption=nasty, notes=(nasty,))
    path = written(Document((Heading(1, "一、\n标题"), Paragraph(nasty + "\n第二段"), table), nasty, nasty), tmp_path)
    whole = words(part(path, "word/document.xml"))
    assert whole.count("<w:t>&amp;“引号”—末") == 5  # title, paragraph, caption, cell, note
    assert "二 行" in whole
    assert "一、标题" in whole


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = written(sample(), tmp_path)
    before = path.read_bytes()
    askew = Table(rows=((Cell("甲", columns=3),),), widths=(1, 1))
    with pytest.raises(ValueError, match="row 1"):
        write_docx(Document((askew,), "", ""), path)
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_without_cover_the_title_stands_over_the_text(tmp_path: Path) -> None:
    path = written(
        Document(
            (Paragraph("正文。"), Landscape((money_table(1),)), Landscape((money_table(2),))),
            "报告题目",
            "某局",
        ),
        tmp_path,
    )
    paragraphs = docx.Document(str(path)).paragraphs
    assert [p.text for p in paragraphs[:2]] == ["报告题目", "正文。"]
    assert paragraphs[0].style is not None
    assert paragraphs[0].style.name == "Title"
    sections = list(part(path, "word/document.xml").iter(f"{W}sectPr"))
    assert [attributes(one(section, "pgSz")).get("orient") for section in sections] == [
        None,
        "landscape",
        "landscape",
    ]


def test_house_reader_gives_the_words_back(file: Path) -> None:
    text = read_document(file).text
    assert "填报单位（公章）：\t某某区示例事务管理局\n单位负责人（签章）：\t\n" in text
    assert f"一是完善服务网络。{LONG}\n" in text
    assert "人员经费\t1,200.50\t1,100.25\t91.50%\n" in text
