"""The Markdown report: the same words as the Word file, and none of them markup."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_sample import sample

from assistant.documents import read_document
from assistant.documents.markdown import read
from assistant.report.blocks import Cell, Contents, Cover, Document, Heading, Landscape, Paragraph, Table
from assistant.report.markdown import render_markdown
from assistant.report.word import write_docx

DATA = '本年 10~15%*_<b>&lt;`[x](y)]#-+=>|\\1.)$@a.w:/!~^{}"'


class Html(HTMLParser):
    """The elements and the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.words += "" if tag == "br" else "\n"

    def handle_data(self, data: str) -> None:
        self.words += data


def shown(document: Document) -> Html:
    html = Html()
    html.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(render_markdown(document)))
    return html


def test_layout() -> None:
    document = Document(
        (
            Cover(("某局", "2023年度报告"), (("填报单位（公章）：", "某局"), ("填报人", "")), "2024年3月"),
            Contents(),
            Heading(1, "一、概况"),
            Paragraph("完成较好。\n其次。", lead="一是服务。"),
            Heading(3, "1.小结"),
            Table(
                (
                    (Cell("项目", rows=2), Cell("金额", columns=2)),
                    (Cell("预算"), Cell("执行")),
                    (Cell("甲\n乙"), Cell("1.5"), Cell("")),
                ),
                (1, 1, 1), header_rows=2, caption="表1 收支", unit="万元", notes=("注：无。",),
            ),
            Landscape((Heading(2, "（一）表"),), title="评分表"),
        ),
        "题", "某局",
    )  # fmt: skip
    assert render_markdown(document) == (
        "# 某局2023年度报告\n\n- 填报单位（公章）：某局\n- 填报人：\n\n2024年3月\n\n## 一、概况\n\n一是服务。完成较好。\n\n其次。\n\n"
        "#### 1.小结\n\n表1 收支\n\n单位：万元\n\n| 项目 | 金额 |  |\n| --- | --- | --- |\n|  | 预算 | 执行 |\n| 甲<br>乙 | 1.5 |  |\n\n"
        "注：无。\n\n## 评分表\n\n### （一）表\n"
    )


def test_without_cover_the_title_comes_first_and_a_table_may_have_no_head() -> None:
    document = Document((Table(((Cell("甲"),),), (1,), header_rows=0),), "题", "某局")
    assert render_markdown(document) == "# 题\n\n|  |\n| --- |\n| 甲 |\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("增长10~15%", r"增长10\~15%"),
        ("1. 服务", r"1\. 服务"),
        ("1.服务", "1.服务"),
        ("# 号", r"\# 号"),
        ("- 横", r"\- 横"),
        ("> 引", "&gt; 引"),
        ("a_b", "a_b"),
        ("满意度>=90%", "满意度>=90%"),
        ("<script>", "&lt;script>"),
        ("R&D", "R&D"),
        ("&lt;", "&amp;lt;"),
        ("http://a.cn", "http&#58;//a.cn"),
    ],
)
def test_escaped_only_where_it_would_act(text: str, written: str) -> None:
    assert render_markdown(Document((Paragraph(text),), "题", "")) == f"# 题\n\n{written}\n"


@given(st.text(DATA, max_size=14), st.text(DATA, max_size=14), st.text(DATA, max_size=14))
def test_data_is_never_markup_and_reads_back(first: str, second: str, third: str) -> None:
    table = Table(((Cell(third), Cell("二")), (Cell(first), Cell(second))), (1, 1))
    document = Document((Paragraph(first), Heading(2, second), Paragraph("末"), table), "题", "")
    before, head, cell = first.strip(), second.strip(), third.strip()
    html = shown(document)
    assert html.tags <= {"h1", "h3", "p", "table", "thead", "tbody", "tr", "th", "td"}
    wanted = ["题", before, head, "末", cell, "二", before, head]
    assert [line for line in html.words.split("\n") if line.strip()] == [word for word in wanted if word]
    lines = ["题", before, head, "末", f"{cell}\t二", f"{before}\t{head}"]
    back = read("a.md", render_markdown(document).encode()).text
    assert [line for line in back.split("\n") if line] == [line for line in lines if line]


def test_says_what_the_word_file_says(tmp_path: Path) -> None:
    write_docx(sample(), tmp_path / "a.docx")
    word = read_document(tmp_path / "a.docx")
    kept = [word.text[block.start : block.end] for block in word.blocks if block.kind != "contents"]
    (tmp_path / "a.md").write_text(render_markdown(sample()), encoding="utf-8")
    mark = read_document(tmp_path / "a.md").text
    assert "".join("".join(kept).split()) == "".join(mark.split())
