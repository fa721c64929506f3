"""Plain text and Markdown, what is refused, and that the reader starts fast."""

from __future__ import annotations

import codecs
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from documents.reading import check, lines, pack, read, refused, unpacked, word_with

from assistant.documents import package, plain, read_document, source, word
from assistant.documents.package import open_package
from assistant.errors import InputError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class TestPlain:
    def test_offsets_are_those_of_the_file(self, tmp_path: Path) -> None:
        content = "标题\n\n　　执行率97.87%。\n指标\t分值\n\t5.00\n完"
        (path := tmp_path / "a.txt").write_bytes(content.replace("\n", "\r\n").encode())
        text = read(path)
        assert text.text == content + "\n"
        assert [(b.kind, b.number, b.table) for b in text.blocks] == [
            ("paragraph", 1, 0), ("paragraph", 2, 0), ("row", 1, 1), ("row", 2, 1), ("paragraph", 3, 0),
        ]  # fmt: skip
        assert text.where(text.text.index("5.00")) == "表1第2行第2列"

    def test_what_was_written_reads_back_the_same(self, tmp_path: Path) -> None:
        (path := tmp_path / "a.txt").write_text("一\n\ta\tb\n\t\tc\n二\n\n甲\t乙\n", encoding="utf-8")
        first = read(path)
        path.write_text(first.text, encoding="utf-8")
        assert read(path) == first
        assert [b.table for b in first.blocks] == [0, 1, 1, 0, 2]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
    def test_encodings(self, tmp_path: Path, encoding: str) -> None:
        (path := tmp_path / "a.txt").write_bytes("预算执行率97.87%，𠮷镕㎡".encode(encoding))
        text = read(path)
        assert (text.text, text.stripped) == ("预算执行率97.87%，𠮷镕㎡\n", 0)

    def test_big_endian(self, tmp_path: Path) -> None:
        (path := tmp_path / "a.txt").write_bytes(codecs.BOM_UTF16_BE + "金额".encode("utf-16-be"))
        assert read(path).text == "金额\n"

    def test_marks_that_cannot_be_seen(self, tmp_path: Path) -> None:
        (path := tmp_path / "a.txt").write_text("支出9\u200b7\u2066万\u00ad元\x07\n", encoding="utf-8")
        text = read(path)
        assert (text.text, text.stripped) == ("支出97万元 \n", 3)

    def test_tab_at_the_front_is_an_indent(self, tmp_path: Path) -> None:
        (path := tmp_path / "a.txt").write_text("\t缩进的段落\n", encoding="utf-8")
        assert read(path).text == " 缩进的段落\n"

    @pytest.mark.parametrize(
        "data",
        [bytes(range(256)) * 9, b"\x01\x02\x03\x04" * 99, "无标记2020\n".encode("utf-16-le"), b"\xff" * 99],
    )
    def test_what_is_no_text(self, tmp_path: Path, data: bytes) -> None:
        (path := tmp_path / "a.txt").write_bytes(data)
        assert "编码" in refused(path).reason


class TestMarkdown:
    def read(self, tmp_path: Path, content: str) -> list[tuple[str, int, str]]:
        (path := tmp_path / "a.md").write_text(content, encoding="utf-8")
        text = read(path)
        return [(b.kind, b.level, text.text[b.start : b.end]) for b in text.blocks]

    def test_blocks(self, tmp_path: Path) -> None:
        content = (
            "# 报告 #\n\n## 一、概况\n小标题\n---\n正文\n- 项目\n* [x] 完成\n> 引用\n1. 第一\n***\n```\n**码**\n```\n"
            "大标题\n===\n#标签\n"
        )
        assert self.read(tmp_path, content) == [
            ("heading", 1, "报告"), ("heading", 2, "一、概况"), ("heading", 2, "小标题"), ("paragraph", 0, "正文"),
            ("paragraph", 0, "项目"), ("paragraph", 0, "完成"), ("paragraph", 0, "引用"), ("paragraph", 0, "1. 第一"),
            ("paragraph", 0, "**码**"), ("heading", 1, "大标题"), ("paragraph", 0, "#标签"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("line", "plain_text"),
        [
            ("**执行率：**97.87%", "执行率：97.87%"),
            ("*斜体*与_斜_、~~删~~、`码`", "斜体与_斜_、删、码"),
            ("5*3*2=30，2*3=6", "5*3*2=30，2*3=6"),
            ("见[文件](http://a/b)![图](c.png)<!-- 注 -->后", "见文件后"),
            ("a_b_c 和 \\*星\\*", "a_b_c 和 *星*"),
            ("A&amp;B<br>C<u>D</u> 3<5>2", "A&B CD 3<5>2"),
            ("未完的 <!-- 注释不能藏字", "未完的 <!-- 注释不能藏字"),
        ],
    )
    def test_inside_a_line(self, tmp_path: Path, line: str, plain_text: str) -> None:
        assert self.read(tmp_path, line) == [("paragraph", 0, plain_text)]

    def test_tables(self, tmp_path: Path) -> None:
        content = "前\n\n| 指标 | **分值** |\n|:--|--:|\n| 投入 | 5.00 |\n| 甲\\|乙 | |\n\na|b\n-|-\n1|2\n后"
        (path := tmp_path / "a.md").write_text(content, encoding="utf-8")
        text = read(path)
        assert text.text == "前\n指标\t分值\n投入\t5.00\n甲|乙\t\na\tb\n1\t2\n后\n"
        assert [b.header for b in text.blocks] == [False, True, False, False, True, False, False]
        assert [b.table for b in text.blocks] == [0, 1, 1, 1, 2, 2, 0]

    @pytest.mark.parametrize(
        "piece", ["<!--", "`", "[", "](", "*", "**a", "_a", "|", "\\", "# ", "<b ", ". ", " \t", "- ", "~~"]
    )
    def test_hostile_line_is_quick(self, piece: str) -> None:
        from assistant.documents import markdown

        started = time.perf_counter()
        for reader in (markdown, plain):
            reader.read("a.md", (piece * 40_000 + "x").encode())
        assert time.perf_counter() - started < 5


class TestRefused:
    def test_not_there_folder_and_empty(self, tmp_path: Path) -> None:
        assert "没有这个文件" in refused(tmp_path / "无.docx").reason
        assert "文件夹" in refused(tmp_path).reason
        (tmp_path / "空.docx").touch()
        assert "0 字节" in refused(tmp_path / "空.docx").reason

    def test_too_large(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(source, "MAX_BYTES", 10)
        (path := tmp_path / "a.txt").write_text("x" * 11)
        assert "超过" in refused(path).reason

    @pytest.mark.parametrize("name", ["a.txt", "a.md", "a.docx"])
    def test_nothing_to_read(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        if name == "a.docx":
            word_with(path, f"<w:document {W}><w:body><w:p/></w:body></w:document>".encode())
        else:
            path.write_text(" \n\n\u200b")
        assert "没有可读的文字" in refused(path).reason

    @pytest.mark.parametrize(
        ("name", "data", "reason", "remedy"),
        [
            ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "旧版", "另存为 .docx"),
            (
                "密.docx",
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
                "打开密码",
                "取消密码",
            ),
            ("图.docx", b"\x89PNG\r\n\x1a\n" + bytes(99), "图片", "OCR"),
            ("富.docx", b"{\\rtf1 text}", "RTF", "另存为 .docx"),
            ("表.csv", b"a,b", "不支持 .csv", ".docx"),
            ("文.pdf", b"no pdf", "不是 PDF", ".docx"),
            ("字.docx", b"<html></html>", "不是 Word 文档", ".docx"),
            ("断.docx", b"PK\x03\x04" + bytes(99), "损坏", "另存"),
        ],
    )
    def test_wrong_kinds(self, tmp_path: Path, name: str, data: bytes, reason: str, remedy: str) -> None:
        (path := tmp_path / name).write_bytes(data)
        error = refused(path)
        assert reason in error.reason
        assert remedy in error.remedy

    def test_archive_under_another_name(self, tmp_path: Path) -> None:
        assert "不是 Word 文档" in refused(pack(tmp_path / "假.docx", {"a.txt": b"x"})).reason
        assert "不是 Word 文档" in refused(pack(tmp_path / "空.docx", {})).reason

    def test_truncated_word_file(self, tmp_path: Path) -> None:
        path = word_with(tmp_path / "a.docx", b"<w/>")
        path.write_bytes(path.read_bytes()[:-200])
        assert "损坏" in refused(path).reason

    @pytest.mark.parametrize(
        "data", [b"", b"<w:document", f"<w:document {W}>&nope;</w:document>".encode(), b"\xff\xfe\x00"]
    )
    def test_broken_xml(self, tmp_path: Path, data: bytes) -> None:
        assert "损坏" in refused(word_with(tmp_path / "a.docx", data)).reason


class TestHostile:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entities(self, tmp_path: Path, encoding: str) -> None:
        laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        outside = '<!DOCTYPE w [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
        for doctype in (laughs, outside, '<!DOCTYPE w SYSTEM "http://localhost/x.dtd">'):
            xml = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<w:document {W}>&b;</w:document>'
            assert "DOCTYPE" in refused(word_with(tmp_path / "a.docx", xml.encode(encoding))).reason

    def test_bomb_by_ratio(self, tmp_path: Path) -> None:
        path = word_with(tmp_path / "a.docx", b"<w>" + b" " * 30_000_000)
        assert path.stat().st_size < 100_000
        assert "倍以上" in refused(path).reason

    def test_bomb_by_size(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(package, "MAX_PART", 1000)
        assert "解压后超过" in refused(word_with(tmp_path / "a.docx", b"<w>" + os.urandom(2000).hex().encode())).reason
        monkeypatch.setattr(package, "MAX_PART", 10_000_000)
        monkeypatch.setattr(package, "MAX_TOTAL", 1000)
        assert "解压后超过" in refused(word_with(tmp_path / "a.docx", b"<w>" + os.urandom(2000).hex().encode())).reason

    def test_header_that_lies_about_the_size(self, tmp_path: Path) -> None:
        path = word_with(tmp_path / "a.docx", b"<w>" + b" " * 30_000_000)
        data = path.read_bytes().replace((30_000_003).to_bytes(4, "little"), (10).to_bytes(4, "little"))
        path.write_bytes(data)
        refused(path)

    def test_many_entries(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(package, "MAX_ENTRIES", 50)
        assert "超过 50 个" in refused(pack(tmp_path / "a.docx", {f"{n}": b"" for n in range(51)})).reason

    def test_many_tags(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(package, "MAX_TAGS", 1000)
        xml = f"<w:document {W}><w:body>{'<w:p/>' * 1000}</w:body></w:document>"
        assert "庞大" in refused(word_with(tmp_path / "a.docx", xml.encode())).reason

    @pytest.mark.parametrize("tag", ["sdt", "p", "tbl", "tr", "tc", "txbxContent", "r", "ins"])
    @pytest.mark.parametrize("depth", [200, 5000])
    def test_deep_nesting(self, tmp_path: Path, tag: str, depth: int) -> None:
        inside = "<w:p><w:r><w:t>底</w:t></w:r></w:p>"
        nest = f"<w:{tag}>" * depth + inside + f"</w:{tag}>" * depth
        path = word_with(
            tmp_path / "a.docx",
            f"<w:document {W}><w:body><w:p><w:r><w:t>面</w:t></w:r></w:p>{nest}</w:body></w:document>".encode(),
        )
        if depth > 256:
            assert "损坏" in refused(path).reason
        else:
            check(read_document(path))

    def test_wide_field_and_style_floods(self, tmp_path: Path) -> None:
        begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText></w:r>'
        xml = f"<w:document {W}><w:body>{f'<w:p>{begin}<w:r><w:t>。</w:t></w:r></w:p>' * 20_000}</w:body></w:document>"
        started = time.perf_counter()
        assert len(read(word_with(tmp_path / "a.docx", xml.encode())).blocks) == 20_000
        assert time.perf_counter() - started < 10

    def test_encrypted_entry(self, tmp_path: Path) -> None:
        path = word_with(tmp_path / "a.docx", b"<w/>")
        data = bytearray(path.read_bytes())
        at = data.find(b"PK\x01\x02")
        while at >= 0:
            data[at + 8] |= 1
            at = data.find(b"PK\x01\x02", at + 4)
        path.write_bytes(data)
        assert "加密" in refused(path).reason

    def test_path_that_leaves_the_package(self, tmp_path: Path) -> None:
        path = word_with(tmp_path / "a.docx", f"<w:document {W}><w:body/></w:document>".encode())
        files = unpacked(path)
        files["_rels/.rels"] = files["_rels/.rels"].replace(b'"word/document.xml"', b'"../../../etc/passwd"')
        assert "没有可读的文字" in refused(pack(path, files)).reason


class TestPackage:
    def test_other_kinds(self, tmp_path: Path) -> None:
        path = pack(tmp_path / "表.xlsx", {"xl/workbook.xml": b"<workbook/>"})
        opened = open_package(path, needs="xl/workbook.xml")
        assert opened.parse(opened.main).tag == "workbook"
        with pytest.raises(InputError, match="不是 Word 文档"):
            open_package(path)
        with pytest.raises(InputError, match="不是 Excel 工作簿"):
            open_package(word_with(tmp_path / "a.docx", b"<w/>"), needs="xl/workbook.xml")

    def test_missing_part(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="损坏"):
            open_package(word_with(tmp_path / "a.docx", b"<w/>")).read("word/none.xml")

    def test_both_doors_read_the_same(self, tmp_path: Path) -> None:
        path = word_with(
            tmp_path / "a.docx",
            f"<w:document {W}><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>".encode(),
        )
        assert word.read("a.docx", path.read_bytes()) == read(path)
        assert zipfile.is_zipfile(path)


def test_plain_text_loads_nothing_heavy(tmp_path: Path) -> None:
    (path := tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from assistant.documents import read_document; "
        f"read_document(Path({str(path)!r})); print([m for m in ('lxml', 'pypdfium2', 'docx', 'zipfile') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_names_of_lines(tmp_path: Path) -> None:
    (path := tmp_path / "a.txt").write_text("甲\n乙\t丙\n", encoding="utf-8")
    text = read(path)
    assert lines(text) == ["甲", "乙\t丙"]
    assert [b.where() for b in text.blocks] == ["第1段", "表1第1行"]
    assert text.where(999) == "表1第1行"
