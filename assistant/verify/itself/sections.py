"""Sections without text: an empty one, one that only repeats the prompt of the form, two with the same heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.documents import Block
from assistant.findings import Finding
from assistant.patterns import regex
from assistant.verify.reading.enumerators import Item, Listing, item_of, shortened
from assistant.verify.reading.passages import Passage
from assistant.verify.reading.reading import Reading

_NEEDS_NO_TEXT = regex(r"附[件表录]|盖章|签[字章名]|日期|封面|目\s?录|无[。）)]?$|[：:].|[。；]$|\d\s?[%％]")
_TITLE = regex(r"报告|自评表|封面|目\s?录")
_PROMPT = regex(
    r"(?:主要|应当?|需要?|须)?(?:包括|包含)(?!了)|(?:请|应|需|须)[^，。；]{0,12}(?:说明|填写|列明|概述|阐述|描述|分析)"
    r"|(?:简要|逐项|重点|详细|分项)(?:说明|概述|阐述|描述|分析|列明|介绍)(?:部门|单位|本部门|项目|预算|绩效|存在|各项|资金|年度)|(?:简述|概述|阐述|列明|填写)"
)
_ASIDE = regex(
    r"[（(](?:请|主要|简要|重点|应|需|逐项|结合|从|对|围绕)[^（）()]{0,60}(?:说明|概述|简述|填写|阐述|分析|描述|介绍|列明)[^（）()]{0,40}[)）]。?$"
)
_ANSWERED = regex(r"[0-9０-９]|我[局部委办院区县市单]|已|了(?!解)|如下[：:]|《")
_LONGEST_PROMPT = 120
_ON_PROBLEMS = regex(r"问题|改进|整改")
_PROBLEMS_FOUND = regex(r"存在的?(?:主要)?问题|(?:发现|查找)的(?:主要)?问题")


def sections(reading: Reading) -> Iterator[Finding]:
    """Empty sections and doubled headings (outline), unanswered prompts (residue)."""
    titles: dict[str, int] = {}
    for listing in reading.listings:
        for item in listing.items:
            titles[item.words] = titles.get(item.words, 0) + 1
    for listing in reading.listings:
        if listing.headings:
            yield from (_empty(reading, item) for item in listing.items if _is_empty(item) and titles[item.words] == 1)
        yield from _doubled(reading, listing)
    yield from _marked_empty(reading)
    yield from _prompts(reading)


def _is_empty(item: Item) -> bool:
    return item.heading and not item.filled and not _NEEDS_NO_TEXT.search(item.words)


def _empty(reading: Reading, item: Item) -> Finding:
    said = (
        f"“{item.title}”一节没有内容{_elsewhere(reading, item.words, item.start)}。请补写，没有的写明“无”，或删去标题"
    )
    return Finding(
        "outline", "warning", f"{reading.text.place(item.start)}：{said}。",
        quote=reading.text.text[item.start : item.end], start=item.start, end=item.end,
    )  # fmt: skip


def _doubled(reading: Reading, listing: Listing) -> Iterator[Finding]:
    """Two headings of one list with the same words."""
    seen: dict[str, Item] = {}
    for item in listing.items:
        words = item.words.rstrip("。：")
        if not item.heading or len(words) < 4 or re.search(r"[0-9]", words):
            continue
        before = seen.setdefault(words, item)
        if before is not item:
            said = f"“{item.title}”与“{before.title}”（{reading.text.place(before.start)}）同级同名。请合并，或改写其中一个"
            yield Finding(
                "outline", "warning", f"{reading.text.place(item.start)}：{said}。",
                quote=reading.text.text[item.start : item.end], start=item.start, end=item.end,
            )  # fmt: skip


def _marked_empty(reading: Reading) -> Iterator[Finding]:
    """Headings without a number that are followed at once by the next one of their level or a higher one."""
    text = reading.text
    headings = [block for block in text.blocks if block.kind == "heading" and block.level]
    first = headings[0].start if headings else 0
    for block, after in pairwise(text.blocks):
        words = text.text[block.start : block.end]
        if not _closes(block, after) or item_of(Passage(words, block.start, (block,))):
            continue
        if words == text.text[after.start : after.end]:
            said = f"标题“{shortened(words)}”接连出现两次。请删去一个"
        elif block.start == first or _NEEDS_NO_TEXT.search(words) or _TITLE.search(words):
            continue
        else:
            said = f"“{shortened(words)}”一节没有内容{_elsewhere(reading, words, block.start)}。请补写，没有的写明“无”，或删去标题"
        yield Finding(
            "outline", "warning", f"{text.place(block.start)}：{said}。", quote=words, start=block.start, end=block.end
        )


def _closes(block: Block, after: Block) -> bool:
    return block.kind == after.kind == "heading" and 0 < after.level <= block.level


def _prompts(reading: Reading) -> Iterator[Finding]:
    """What the form asks, left standing where the answer should be."""
    prose = reading.passages
    rows = {block.start for block in reading.text.blocks if block.kind == "row"}
    for at, passage in enumerate(prose):
        words = passage.words.strip()
        if len(words) > _LONGEST_PROMPT or passage.blocks[0].kind != "paragraph":
            continue
        before = prose[at - 1] if at else None
        after = prose[at + 1] if at + 1 < len(prose) else None
        if _ASIDE.match(words) and not _ANSWERED.search(words):
            yield _prompt(reading, passage, before)
        elif (
            before is not None and _is_heading(before) and (after is None or _is_heading(after))
            and _PROMPT.match(words) and not _ANSWERED.search(words) and not words.endswith(("：", ":"))
            and not _has_row(rows, passage, after)
        ):  # fmt: skip
            yield _prompt(reading, passage, before)


def _has_row(rows: set[int], passage: Passage, after: Passage | None) -> bool:
    """Whether a table follows before the next passage."""
    return passage.end + 1 in rows or (after is None and any(start > passage.end for start in rows))


def _is_heading(passage: Passage) -> bool:
    if passage.blocks[0].kind == "heading":
        return True
    item = item_of(passage)
    return item is not None and item.heading and item.words[-1:] != "。"


def _prompt(reading: Reading, passage: Passage, before: Passage | None) -> Finding:
    words = passage.words.strip()
    head = before.words.strip() if before is not None and _is_heading(before) else ""
    where = f"“{shortened(head, 30)}”一节" if head else ""
    said = f"{where}只有模板的提示语“{shortened(words)}”，没有作答{_elsewhere(reading, head, passage.start)}。请写出内容，删去提示语"
    return Finding(
        "residue", "error", f"{reading.text.place(passage.start)}：{said}。", quote=passage.words, start=passage.start,
        end=passage.end,
    )  # fmt: skip


def _elsewhere(reading: Reading, heading: str, start: int) -> str:
    """Where the problems that an empty section on problems should hold stand instead, as words for a message."""
    if not _ON_PROBLEMS.search(heading):
        return ""
    for listing in reading.listings:
        parent = listing.parent
        if parent is None or _ON_PROBLEMS.search(parent.words):
            continue
        for item in listing.items:
            if item.start != start and item.heading and _PROBLEMS_FOUND.search(item.words):
                return f"；而“{parent.title}”之下有“{item.title}”（{reading.text.place(item.start)}），疑放错了位置"
    return ""
