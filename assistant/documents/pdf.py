"""Reads .pdf: lines that the layout broke are joined to paragraphs, also over the end of a page; ruled tables become rows.

Page numbers and running heads are dropped. Not read: forms, annotations, pictures. A table without lines between its columns
comes as lines of text; a table that goes on over the page goes on in the text if its columns stand where they stood.
pdfium is not safe for threads: callers with several use a process each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from assistant.documents.pdf_fonts import use_one_font
from assistant.documents.pdf_page import Line, Page, Table, joined, read_page
from assistant.documents.text import Builder, Text
from assistant.errors import InputError
from assistant.patterns import regex

MAX_PAGES = 2_000

_PAGE_NUMBER = regex(
    r"[-—–－―·•\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/，,]?\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[-—–－―·•\s]*"
)
_HEADING = regex(
    r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}(?:[、．]|\.(?!\d))|[（(]\d{1,2}[）)]|第[一二三四五六七八九十\d]+[章节条部])"
)
_MARGIN = 0.12
_SAME_EDGE = 4.0


def read(name: str, data: bytes, unseen: bool = True) -> Text:
    """The text of a .pdf file; with `unseen` also what is printed so that nobody sees it (unpainted, white, tiny)."""
    pages = _pages(name, data, unseen)
    _check_legible(name, pages)
    running = _running_heads(pages)
    writer = _Writer(Builder(name), _margins(pages))
    for number, page in enumerate(pages, 1):
        for item in page.items:
            if isinstance(item, Table):
                writer.table(item, number)
            elif not _is_page_number(item, page) and item.text.strip() not in running:
                writer.line(item, number, page.width)
    writer.flush()
    pictures = (number for number, page in enumerate(pages, 1) if page.images and not page.items)
    return writer.builder.build(pictures, sum(page.left_out for page in pages))


def _pages(name: str, data: bytes, unseen: bool) -> list[Page]:
    import pypdfium2

    use_one_font()
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            if len(document) > MAX_PAGES:
                raise InputError(name, f"超过 {MAX_PAGES} 页", "请拆成几个文件")
            return [read_page(page, unseen) for page in document]
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise InputError(name, "PDF 加了打开密码", "请取消密码后另存一份再试") from error
        raise InputError(name, "PDF 已损坏，无法读取", "请用阅读器打开检查，重新导出 PDF，或改用 .docx") from error


def _check_legible(name: str, pages: list[Page]) -> None:
    if not any(page.items for page in pages):
        raise InputError(
            name, "扫描件没有文字层，读不到文字", "请先做文字识别（OCR），或改交 .docx 或由 Word 导出的 PDF"
        )
    if 3 * sum(page.illegible for page in pages) > sum(page.letters for page in pages):
        raise InputError(
            name,
            "PDF 的字体没有文字编码，读出来是乱码",
            "请改交 .docx，或重新导出 PDF，或先做文字识别（OCR）",
        )


def _in_margin(line: Line, page: Page) -> bool:
    return not _MARGIN < line.middle / page.height < 1 - _MARGIN


def _is_page_number(line: Line, page: Page) -> bool:
    return _in_margin(line, page) and _PAGE_NUMBER.fullmatch(line.text.strip()) is not None


def _running_heads(pages: list[Page]) -> set[str]:
    """What stands at the top or foot of three pages or more, and of more than half."""
    seen = Counter(
        text
        for page in pages
        for text in {item.text.strip() for item in page.items if isinstance(item, Line) and _in_margin(item, page)}
    )
    return {text for text, count in seen.items() if count >= 3 and 2 * count > len(pages)}


def _margins(pages: list[Page]) -> dict[int, tuple[float, float]]:
    """For each width of page where its lines begin and end; a few that stick out do not count."""
    lines: dict[int, list[Line]] = defaultdict(list)
    for page in pages:
        lines[round(page.width)] += [item for item in page.items if isinstance(item, Line)]
    return {
        width: (
            sorted(line.left for line in items)[len(items) // 10],
            sorted(line.right for line in items)[-1 - len(items) // 5],
        )
        for width, items in lines.items()
        if items
    }


@dataclass(slots=True)
class _Writer:
    """Joins lines to paragraphs; one paragraph is held back until it is clear that it has ended."""

    builder: Builder
    margins: dict[int, tuple[float, float]]
    _text: str = ""
    _last: Line | None = None
    _edges: tuple[float, ...] = ()

    def line(self, line: Line, page: int, width: float) -> None:
        left, right = self.margins[round(width)]
        indented = line.left - left > 1.5 * line.size
        if self._last and self._last.runs_on(line, right) and not indented and not _HEADING.match(line.text):
            self._text = joined(self._text, line.text)
        else:
            self._turn_to(page)
            self._text = line.text
        self._last = line
        self._edges = ()

    def table(self, table: Table, page: int) -> None:
        self._turn_to(page)
        if not _same_edges(table.edges, self._edges):
            self.builder.table()
        self._edges = table.edges
        for cells in table.rows:
            self.builder.row(cells)

    def flush(self) -> None:
        self.builder.paragraph(self._text)
        self._text, self._last = "", None

    def _turn_to(self, page: int) -> None:
        self.flush()
        if self.builder.page != page:
            self.builder.new_page(page)


def _same_edges(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < _SAME_EDGE for a, b in zip(one, other, strict=True))
