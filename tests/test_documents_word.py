"""Word files: what text comes out, and where each character came from."""

from __future__ import annotations

from pathlib import Path

import docx
from documents.reading import lines, pack, read, refused, unpacked, word_with
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.documents import Text, read_document

W = nsdecls("w")
MORE = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:odd="http://example.org/unknown"'
)


def word(tmp_path: Path, *xml: str, **parts: str) -> Text:
    """A Word file whose body is this XML, read. `parts`: footnotes="<w:footnote …>"."""
    document = docx.Document()
    body = document.element.body
    for item in xml:
        body.insert(len(body) - 1, parse_xml(item.replace(">", f" {MORE}>", 1) if "xmlns" not in item else item))
    document.save(str(path := tmp_path / "report.docx"))
    for kind, content in parts.items():
        add_part(path, kind, content)
    return read(path)


def add_part(path: Path, kind: str, content: str) -> None:
    files = unpacked(path)
    target = f"word/{kind}.xml"
    files[target] = f"<w:{kind} {MORE}>{content}</w:{kind}>".encode()
    relation = f'<Relationship Id="rX{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{kind}.xml"/>'
    rels = "word/_rels/document.xml.rels"
    files[rels] = files[rels].replace(b"</Relationships>", relation.encode() + b"</Relationships>")
    pack(path, files)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*content: str, style: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{style}</w:pPr>' if style else ''}{''.join(content)}</w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(run(text))}</w:tc>"


def field(kind: str, code: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' + (
        f"<w:r><w:instrText> {code} </w:instrText></w:r>" if code else ""
    )


class TestWord:
    def test_paragraphs_and_headings(self, tmp_path: Path) -> None:
        document = docx.Document()
        document.add_heading("绩效自评报告", 0)
        document.add_heading("一、基本情况", 1)
        document.add_paragraph("　　预算执行率97.87%。")
        document.add_paragraph("")
        document.add_heading("（一）职责", 2)
        document.save(str(path := tmp_path / "a.docx"))
        text = read(path)
        assert text.name == "a.docx"
        assert text.text == "绩效自评报告\n一、基本情况\n　　预算执行率97.87%。\n（一）职责\n"
        assert [(b.kind, b.level, b.number) for b in text.blocks] == [
            ("heading", 0, 1), ("heading", 1, 2), ("paragraph", 0, 3), ("heading", 2, 4),
        ]  # fmt: skip
        assert text.where(text.text.index("97.87")) == "第3段"
        assert text.block_at(text.text.index("　　")).number == 3

    def test_heading_by_outline_level(self, tmp_path: Path) -> None:
        text = word(
            tmp_path,
            p(run("甲"), style='<w:outlineLvl w:val="2"/>'),
            p(run("乙"), style='<w:outlineLvl w:val="9"/>'),
        )
        assert [(b.kind, b.level) for b in text.blocks] == [("heading", 3), ("paragraph", 0)]

    def test_tracked_changes_are_accepted(self, tmp_path: Path) -> None:
        deleted = "<w:del><w:r><w:delText>97.78</w:delText></w:r></w:del>"
        text = word(
            tmp_path,
            p(
                run("执行率"),
                deleted,
                f"<w:ins>{run('97.87')}</w:ins>",
                run("%"),
                f"<w:moveFrom>{run('走')}</w:moveFrom>",
            ),
            p(f"<w:moveTo>{run('来')}</w:moveTo>"),
        )
        assert lines(text) == ["执行率97.87%", "来"]

    def test_deleted_paragraph_end_joins_the_next(self, tmp_path: Path) -> None:
        text = word(tmp_path, p(run("支出97"), style="<w:rPr><w:del/></w:rPr>"), p(run(".87%")), p(run("完")))
        assert lines(text) == ["支出97.87%", "完"]

    def test_content_controls_links_and_tags(self, tmp_path: Path) -> None:
        text = word(
            tmp_path,
            f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{p(run('块'))}</w:sdtContent></w:sdt>",
            p(f"<w:sdt><w:sdtContent>{run('行内')}</w:sdtContent></w:sdt>", f"<w:hyperlink>{run('链接')}</w:hyperlink>",
              f"<w:smartTag>{run('标')}</w:smartTag>", f"<w:customXml>{run('记')}</w:customXml>"),
        )  # fmt: skip
        assert lines(text) == ["块", "行内链接标记"]

    def test_marks_inside_a_run(self, tmp_path: Path) -> None:
        text = word(
            tmp_path,
            p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:sym/></w:r>"),
        )
        assert text.text == "甲 乙 1-2\n"

    def test_hidden_text_is_read(self, tmp_path: Path) -> None:
        assert lines(word(tmp_path, p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"))) == ["藏"]

    def test_fields_give_their_result(self, tmp_path: Path) -> None:
        nested = (
            field("begin", "IF")
            + field("begin", "REF x")
            + field("separate")
            + run("内")
            + field("end")
            + field("separate")
        )
        text = word(
            tmp_path,
            p(run("共"), field("begin", "=SUM(1)"), field("separate"), run("12"), field("end"), run("项")),
            p(nested, run("结果"), field("end")),
            p(field("begin", "XE 1"), run("码"), field("end"), run("后")),
            p(f'<w:fldSimple w:instr="PAGE">{run("5")}</w:fldSimple>'),
            p(field("begin", "REF"), run("没有结尾的域不能藏字")),
        )
        assert lines(text) == ["共12项", "结果", "后", "5", "没有结尾的域不能藏字"]

    def test_text_box_is_read_once(self, tmp_path: Path) -> None:
        box = f"<w:txbxContent>{p(run('框'))}{p(run('二'))}</w:txbxContent>"
        both = (
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
        assert lines(word(tmp_path, p(run("前"), both, run("后")), p(run("完")))) == [
            "前后",
            "框",
            "二",
            "完",
        ]

    def test_alternative_that_word_does_not_know(self, tmp_path: Path) -> None:
        both = f'<mc:AlternateContent><mc:Choice Requires="odd">{run("看不见")}</mc:Choice><mc:Fallback>{run("看得见")}</mc:Fallback></mc:AlternateContent>'
        assert lines(word(tmp_path, p(both))) == ["看得见"]

    def test_notes_follow_their_paragraph(self, tmp_path: Path) -> None:
        mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
        notes = f'<w:footnote w:id="0" w:type="separator">{p(run("-"))}</w:footnote><w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", run("含结转"))}{p(run("资金"))}</w:footnote>'
        text = word(tmp_path, p(run("2020"), mark, run("年")), p(run("完")), footnotes=notes)
        assert lines(text) == ["2020年", "含结转 资金", "完"]
        note = text.blocks[1]
        assert (note.kind, note.where(), text.blocks[2].where()) == ("note", "注释1", "第2段")

    def test_formula(self, tmp_path: Path) -> None:
        parts = "<m:f><m:num><m:r><m:t>执行数</m:t></m:r></m:num><m:den><m:r><m:t>预算数</m:t></m:r></m:den></m:f>"
        assert lines(word(tmp_path, p(f"<m:oMath>{parts}</m:oMath>"))) == ["执行数/预算数"]

    def test_table_of_contents(self, tmp_path: Path) -> None:
        gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        text = word(
            tmp_path,
            f"<w:sdt>{gallery}<w:sdtContent>{p(run('目录'))}</w:sdtContent></w:sdt>",
            p(
                field("begin", 'TOC \\o "1-3"'),
                field("separate"),
                run("一、概况"),
                "<w:r><w:tab/></w:r>",
                run("1"),
            ),
            p(run("二、绩效"), "<w:r><w:tab/></w:r>", run("3")),
            p(run("不许藏在目录里的句子：支出9万元。")),
            p(field("end")),
            p(run("三、手打........12")),
            p(run("正文")),
        )
        assert [b.kind for b in text.blocks] == ["contents"] * 3 + ["paragraph", "contents", "paragraph"]
        assert lines(text)[1] == "一、概况 1"

    def test_tables(self, tmp_path: Path) -> None:
        head = "<w:trPr><w:tblHeader/></w:trPr>"
        wide = '<w:gridSpan w:val="2"/>'
        restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
        rows = (
            f"<w:tr>{head}{tc('指标')}{tc('分值', wide)}</w:tr>"
            f"<w:tr>{tc('投入', restart)}{tc('5.00')}{tc('4.90')}</w:tr>"
            f"<w:tr>{tc('', go_on)}{tc('')}<w:sdt><w:sdtContent>{tc('甲')}</w:sdtContent></w:sdt></w:tr>"
            f"<w:tr><w:trPr><w:del/></w:trPr>{tc('删')}</w:tr>"
            f"<w:ins><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{tc('乙')}{tc('丙')}</w:tr></w:ins>"
            f"<w:tr>{tc('无人在上', go_on)}{tc('1')}{tc('2')}</w:tr>"
        )
        text = word(tmp_path, p(run("前")), f"<w:tbl>{rows}</w:tbl>", p(run("后")))
        assert text.text == "前\n指标\t分值\n投入\t5.00\t4.90\n\t\t甲\n乙\t丙\n无人在上\t1\t2\n后\n"
        rows_read = text.rows(1)
        assert [row.header for row in rows_read] == [True, False, False, False, False]
        assert [(c.column, c.columns) for c in rows_read[0].cells] == [(0, 1), (1, 2)]
        assert [c.row_continues for c in rows_read[2].cells] == [True, False, False]
        assert [c.column for c in rows_read[3].cells] == [1, 2]
        assert text.where(text.text.index("4.90")) == "表1第2行第3列"
        assert rows_read[1].where() == "表1第2行"
        assert text.blocks[-1].number == 2

    def test_cell_of_many_parts(self, tmp_path: Path) -> None:
        inner = f"<w:tbl><w:tr>{tc('a')}{tc('b')}</w:tr></w:tbl>"
        cell = f"<w:tc>{p(run('100'))}{p(run('2'), '<w:r><w:tab/></w:r>', run('3'))}{inner}{p(run('尾'))}</w:tc>"
        text = word(tmp_path, f"<w:tbl><w:tr>{cell}{tc('右')}</w:tr></w:tbl>")
        assert text.text == "100 2 3 a b 尾\t右\n"
        assert len(text.rows(1)) == 1

    def test_invisible_marks_are_counted(self, tmp_path: Path) -> None:
        text = word(tmp_path, p(run("9\u200b7\u202e.87%\ufeff\U000e0041")))
        assert (text.text, text.stripped) == ("97.87%\n", 4)

    def test_main_part_under_another_name(self, tmp_path: Path) -> None:
        document = docx.Document()
        document.add_paragraph("正文")
        document.save(str(path := tmp_path / "b.docx"))
        files = {name.replace("word/document.xml", "word/document2.xml"): data for name, data in unpacked(path).items()}
        files["word/_rels/document2.xml.rels"] = files.pop(
            "word/_rels/document.xml.rels", files.get("word/_rels/document2.xml.rels", b"")
        )
        files["_rels/.rels"] = files["_rels/.rels"].replace(b"word/document.xml", b"word/document2.xml")
        assert lines(read(pack(path, files))) == ["正文"]

    def test_strict_variant(self, tmp_path: Path) -> None:
        xml = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r><w:t>严格</w:t></w:r></w:p></w:body></w:document>'
        assert lines(read(word_with(tmp_path / "strict.docx", xml.encode()))) == ["严格"]

    def test_content_counts_and_not_the_name(self, tmp_path: Path) -> None:
        document = docx.Document()
        document.add_paragraph("内容为准")
        document.save(str(tmp_path / "a.docx"))
        assert lines(read((tmp_path / "a.docx").rename(tmp_path / "a.txt"))) == ["内容为准"]
        (tmp_path / "b.docx").write_text("只是文字", encoding="utf-8")
        assert "不是 Word 文档" in refused(tmp_path / "b.docx").reason


class TestUnseen:
    """Text that Word prints so that nobody sees it, left out where facts are taken, and counted."""

    def seen(self, tmp_path: Path, *xml: str, **parts: str) -> Text:
        whole = word(tmp_path, *xml, **parts)
        assert whole.left_out == 0
        return read_document(tmp_path / "report.docx", unseen=False)

    def test_hidden_white_and_tiny_runs(self, tmp_path: Path) -> None:
        text = self.seen(
            tmp_path,
            p(run("办结"), styled("甲乙", "<w:vanish/>"), styled("丙", '<w:color w:val="FFFFFF"/>'), run("12件"),
              styled("丁", '<w:sz w:val="2"/>'), styled("黑", '<w:color w:val="000000"/><w:sz w:val="21"/>')),
        )  # fmt: skip
        assert lines(text) == ["办结12件黑"]
        assert text.left_out == 4

    def test_by_the_style_of_the_run_or_of_the_paragraph(self, tmp_path: Path) -> None:
        styles = (
            '<w:style w:type="character" w:styleId="H"><w:name w:val="藏"/><w:rPr><w:vanish/></w:rPr></w:style>'
            '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="隐段"/><w:rPr><w:color w:val="FEFEFE"/></w:rPr></w:style>'
            '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="子"/><w:basedOn w:val="P"/></w:style>'
        )
        body = (
            p(run("明"), styled("暗", '<w:rStyle w:val="H"/>')),
            p(run("看不见"), styled("看得见", '<w:color w:val="333333"/>'), style='<w:pStyle w:val="P"/>'),
            p(run("也看不见"), style='<w:pStyle w:val="Q"/>'),
            p(styled("照印", '<w:rStyle w:val="H"/><w:vanish w:val="0"/>')),
        )
        document = docx.Document()
        for item in body:
            document.element.body.insert(len(document.element.body) - 1, parse_xml(item.replace(">", f" {MORE}>", 1)))
        document.save(str(path := tmp_path / "report.docx"))
        files = unpacked(path)
        files["word/styles.xml"] = files["word/styles.xml"].replace(b"</w:styles>", f"{styles}</w:styles>".encode())
        pack(path, files)
        text = read_document(path, unseen=False)
        assert lines(text) == ["明", "看得见", "照印"]
        assert text.left_out == 8

    def test_a_field_in_hidden_runs_keeps_its_place(self, tmp_path: Path) -> None:
        def hidden(content: str) -> str:
            return f"<w:r><w:rPr><w:vanish/></w:rPr>{content}</w:r>"

        text = self.seen(
            tmp_path,
            p(run("共"), hidden('<w:fldChar w:fldCharType="begin"/>'), hidden("<w:instrText> PAGE </w:instrText>"),
              hidden('<w:fldChar w:fldCharType="separate"/>'), styled("7", "<w:vanish/>"), hidden('<w:fldChar w:fldCharType="end"/>'),
              run("页")),
            p(field("begin", "PAGE"), field("separate"), run("8"), field("end"), run("止")),
        )  # fmt: skip
        assert lines(text) == ["共页", "8止"]

    def test_in_cells_and_notes_too(self, tmp_path: Path) -> None:
        cell = f"<w:tc><w:tcPr/>{p(run('12'), styled('34', '<w:vanish/>'))}</w:tc>"
        note = f'<w:footnote w:id="2">{p(styled("暗注", "<w:vanish/>"), run("明注"))}</w:footnote>'
        mark = p(run("正文"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
        text = self.seen(tmp_path, f"<w:tbl><w:tr>{tc('件数')}{cell}</w:tr></w:tbl>", mark, footnotes=note)
        assert lines(text) == ["件数\t12", "正文", "明注"]
        assert text.left_out == 4


def styled(text: str, properties: str) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"
