"""Numbers at the head of lines: one left out, used twice or out of order; a level that starts at （二）; 附件1 and 附件3."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from assistant.findings import Finding, Severity
from assistant.patterns import regex
from assistant.verify.itself.dotted import dotted
from assistant.verify.reading.enumerators import Item, Listing, from_han, item_of, label, shortened
from assistant.verify.reading.reading import Reading

_CAPTION = regex(
    r"(?P<kind>附件|附表|表|图)\s?(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?![0-9.\-－年月个项张格])"
)
_LONGEST_CAPTION = 60
_LOOKED_BACK = 6_000
"""So far back a number that starts a level is looked for inside a paragraph."""
_WHOLE = 3
"""Fewer lines than this, under no other, may be an excerpt that begins at （二）."""
_LEFT_OUT = "请核对是编号有误，还是少了内容"


def outline(reading: Reading) -> Iterator[Finding]:
    """Each list of numbered lines by itself; one finding a list, the first thing that is wrong with it."""
    ends: dict[str, int] = {}
    for listing in reading.listings:
        yield from _of(reading, listing, ends.get(listing.style, 0))
        ends[listing.style] = listing.last
    yield from _opened_twice(reading)
    yield from dotted(reading)
    yield from _captions(reading)
    yield from _rows(reading)


def _of(reading: Reading, listing: Listing, came_before: int) -> Iterator[Finding]:
    items = listing.items
    severity: Severity = "error" if listing.headings or listing.style.endswith("han") else "warning"
    first = items[0]
    if first.number > 1 and listing.headings and first.number != came_before + 1:
        if listing.parent is None and len(items) < _WHOLE:
            return
        if not _stands_inside(
            reading, listing.style, first.number - 1, max(0, first.start - _LOOKED_BACK), first.start
        ):
            yield _finding(
                reading, first, "warning",
                f"“{first.title}”是这一级的第一个编号，前面没有{label(listing.style, 1)}。请核对是编号有误，还是少了内容",
                label(listing.style, 1),
            )  # fmt: skip
        return
    if len(items) == 1 and listing.headings and first.style == "bracketed_han" and not first.marked:
        yield _finding(reading, first, "info", f"“{first.title}”这一级只有一个标题。只有一项的，可以不编号")
        return
    yield from _steps(reading, listing, severity)


def _steps(reading: Reading, listing: Listing, severity: Severity) -> Iterator[Finding]:
    """The first step from one line to the next that is not a step of one."""
    numbers = [item.number for item in listing.items]
    complete = sorted(numbers) == list(range(min(numbers), max(numbers) + 1))
    for before, item in pairwise(listing.items):
        if item.number == before.number + 1:
            continue
        if item.number == before.number:
            said = f"编号{item.label}用了两次：“{before.title}”和“{item.title}”（{reading.text.place(before.start)}）。请改正编号"
            yield _finding(reading, item, severity, said, label(item.style, item.number + 1))
        elif complete or item.number < before.number:
            yield _finding(
                reading, item, severity, f"“{item.title}”排在“{before.title}”之后，编号次序颠倒。请按顺序编号"
            )
        elif not _accounted(reading, before, item):
            left = "、".join(label(item.style, n).rstrip("、.") for n in range(before.number + 1, item.number))
            unnumbered = _unnumbered(reading, before, item)
            hint = f"其间“{unnumbered}”一行没有编号，疑为{left}" if unnumbered else _LEFT_OUT
            said = f"“{before.title}”之后是“{item.title}”，没有{left}。{hint}"
            yield _finding(reading, item, severity, said, label(item.style, before.number + 1))
        else:
            continue
        return


def _rows(reading: Reading) -> Iterator[Finding]:
    """The numbers of a column 序号: one left out or used twice. A merged cell stands once; a 1 begins again."""
    for table in reading.tables:
        column = table.column("序号")
        if column is None:
            continue
        cells = {
            row[column].start: row[column] for row in table.body if column in row and row[column].value is not None
        }
        numbers = [(int(cell.value or 0), start) for start, cell in sorted(cells.items())]
        odd = [(a, b, at) for (a, _), (b, at) in pairwise(numbers) if b not in (1, a + 1)]
        if not odd or len(odd) > 2 or len(numbers) < _WHOLE or numbers[0][0] != 1:
            continue
        before, number, start = odd[0]
        yield Finding(
            "outline", "warning", f"{reading.text.place(start)}：表中序号{before}之后是{number}。{_LEFT_OUT}。",
            quote=str(number), start=start, end=start + len(str(number)), expected=str(before + 1),
        )  # fmt: skip


def _accounted(reading: Reading, before: Item, item: Item) -> bool:
    """Whether all numbers between two lines stand inside a paragraph, or may stand in a number that Word itself counts."""
    if reading.text.name.endswith(".docx") and _unnumbered(reading, before, item):
        return True
    return all(
        _stands_inside(reading, item.style, number, before.start, item.start)
        for number in range(before.number + 1, item.number)
    )


def _stands_inside(reading: Reading, style: str, number: int, start: int, end: int) -> bool:
    """Whether a number of this kind stands anywhere between two places: 1.…；2.… in one paragraph."""
    figure = re.escape(label(style, number).strip("、.（）"))
    kind = style.partition(":")[0]
    form = {
        "han": rf"{figure}\s?[、.．，]", "digits": rf"(?<!\d){figure}\s?[.．、，)）]", "bracketed_han": rf"[（(]\s?{figure}\s?[)）]",
        "bracketed": rf"(?<!\d){figure}\s?[)）]",
    }.get(kind, figure)  # fmt: skip
    return re.compile(form).search(reading.text.text, start, end) is not None


def _unnumbered(reading: Reading, before: Item, item: Item) -> str:
    """A short line between two numbered ones that looks like the heading whose number is missing."""
    for passage in reading.passages_between(before.end, item.start):
        words = passage.words.strip()
        if (
            passage.start > before.start
            and item_of(passage) is None
            and 4 <= len(words) <= 30
            and not re.search(r"[。；，：:;,]", words)
        ):
            return words
    return ""


def _opened_twice(reading: Reading) -> Iterator[Finding]:
    """一、… 一、… 二、…: the first number used twice opens a second list under the same line."""
    latest: dict[str, Listing] = {}
    for listing in reading.listings:
        before = latest.get(listing.style)
        latest[listing.style] = listing
        if before is None or before.parent is not listing.parent or len(before.items) > 1 or len(listing.items) == 1:
            continue
        first, second = before.items[0], listing.items[0]
        if first.number != 1 or second.number != 1 or not (before.headings and listing.headings):
            continue
        if first.level != second.level or _unnumbered(reading, first, second):
            continue
        said = f"编号{first.label}用了两次：“{first.title}”和“{second.title}”（{reading.text.place(first.start)}）。请改正编号"
        yield _finding(reading, second, "error", said, label(second.style, 2))


def _captions(reading: Reading) -> Iterator[Finding]:
    """附件1, 附件3: titles that stand on lines of their own, counted from 1."""
    seen: dict[str, dict[int, tuple[int, str]]] = {}
    for passage in reading.passages:
        found = _CAPTION.match(passage.words)
        if found and len(passage.words) <= _LONGEST_CAPTION and not re.search(r"[，。；]", passage.words):
            number = int(found["number"]) if found["number"].isdecimal() else from_han(found["number"])
            seen.setdefault(found["kind"], {}).setdefault(number, (passage.start, passage.words))
    for kind, numbers in seen.items():
        order = list(numbers)
        if order[0] != 1 or order != sorted(order):
            continue
        yield from _left_out(reading, kind, numbers, order)


def _left_out(
    reading: Reading, kind: str, numbers: dict[int, tuple[int, str]], order: Iterable[int]
) -> Iterator[Finding]:
    for before, number in pairwise(order):
        if number == before + 1 or re.search(rf"{kind}\s?{before + 1}(?!\d)", reading.text.text):
            continue
        start, words = numbers[number]
        said = f"“{shortened(numbers[before][1])}”之后是“{shortened(words)}”，没有{kind}{before + 1}。{_LEFT_OUT}"
        yield Finding(
            "outline", "warning", f"{reading.text.place(start)}：{said}。", quote=words, start=start, end=start + len(words),
            expected=f"{kind}{before + 1}",
        )  # fmt: skip
        return


def _finding(reading: Reading, item: Item, severity: Severity, said: str, expected: str = "") -> Finding:
    return Finding(
        "outline", severity, f"{reading.text.place(item.start)}：{said}。", quote=reading.text.text[item.start : item.end],
        start=item.start, end=item.end, expected=expected,
    )  # fmt: skip
