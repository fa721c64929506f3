"""目录: a real TOC field whose entries and page numbers are there before anybody updates it.

No application computes a table of contents while opening a file without asking the reader first (w:updateFields and w:dirty both
bring up a question about "other files" that frightens people, and some versions then print 1 everywhere). So each entry holds a PAGEREF
to its heading, which Word sets right by itself before printing, and until then shows the page that `word_measure` counted.
"""

from __future__ import annotations

from assistant.report.blocks import Contents
from assistant.report.word_styles import (
    BODY,
    LINE,
    TEXT_HEIGHT,
    TITLE,
    field,
    fonts,
    one_line,
    paragraph,
    run,
    runs,
)

Entry = tuple[int, str]


def bookmark(number: int) -> str:
    """The hidden bookmark of the document's heading `number`, named as Word names them."""
    return f"_Toc{900000001 + number}"


def heading_inside(number: int, inside: str) -> str:
    """The runs of heading `number` between the ends of its bookmark."""
    return f'<w:bookmarkStart w:id="{number + 1}" w:name="{bookmark(number)}"/>{inside}<w:bookmarkEnd w:id="{number + 1}"/>'


def shown(block: Contents, headings: list[Entry]) -> list[int]:
    """The numbers of the headings that this 目录 lists."""
    return [number for number, (level, _) in enumerate(headings) if level <= block.levels]


def contents_pages(block: Contents, headings: list[Entry]) -> int:
    """Pages that the 目录 fills."""
    room = TEXT_HEIGHT - 1158
    chars = 24
    needed = sum(max(1, -(-len(headings[n][1]) // chars)) for n in shown(block, headings)) * LINE
    return 1 + max(0, -(-(needed - room) // (TEXT_HEIGHT // LINE * LINE)))


def contents_items(block: Contents, headings: list[Entry], pages: dict[int, int]) -> list[str]:
    """Title and entries as XML. The field begins in the first entry and ends in the last."""
    face = f"<w:rPr>{fonts(BODY)}</w:rPr>"
    numbers = shown(block, headings)
    begin = (
        f'<w:r>{face}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{face}<w:instrText xml:space="preserve"> TOC \\o "1-{block.levels}" \\h \\z \\u </w:instrText></w:r>'
        f'<w:r>{face}<w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = f'<w:r>{face}<w:fldChar w:fldCharType="end"/></w:r>'
    items = [paragraph("TOCHeading", runs(one_line(block.title), TITLE))]
    if not numbers:
        return [*items, paragraph("TOC1", begin + run("（没有标题）", BODY) + end)]
    for position, number in enumerate(numbers):
        level, text = headings[number]
        page = field(rf"PAGEREF {bookmark(number)} \h", BODY, str(pages[number]))
        link = (
            f'<w:hyperlink w:anchor="{bookmark(number)}" w:history="1">{runs(text, BODY)}<w:r>{face}<w:tab/></w:r>'
            f"{page}</w:hyperlink>"
        )
        first, last = position == 0, position == len(numbers) - 1
        items.append(paragraph(f"TOC{level}", (begin if first else "") + link + (end if last else "")))
    return items
