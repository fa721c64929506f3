"""Ties that lead nowhere: a measure 针对…的问题 whose problem is gone, and 见“三（二）”第3条 where there is no third item."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.documents import Block, Text
from assistant.findings import Finding
from assistant.patterns import regex
from assistant.subjects import bigrams, normal_term, plain
from assistant.verify.checks.problems import items_below
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.sentences import Said

_ABOUT = regex(
    r"(?:^|[。；：）)、.．是]\s*)针对(?!性|上述|以上|这些|该|此|各项|存在|自评|发现|评价)(?P<what>[^。；]{4,60}?)的?问题[，,]"
)
_MEASURE_HEAD = regex(r"措施|对策|整改|改进|问题|不足|建议|下一步|下步|打算|努力方向")
_PROBLEM_HEAD = regex(r"问题|不足|短板|薄弱")
_REFERENCE = regex(
    r"[见详]见?(?:本报告|报告|正文|本文)?(?:“(?P<head>[^”]{1,40})”|(?P<bare>[^，。；“”《》]{0,6}(?:问题|不足)))(?:部分|一节|中的?)?"
    r"第\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:条|点|项)"
)
_STEP = regex(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]?")
_PATH = regex(r"^(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]?[.、]?)+$")
_ORDINAL = regex(r"^\s*[（(]?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(?:[）)]|[.．、](?!\d)|是)")
_DIGITS_IN = regex(r"[^一二三四五六七八九十\d]")
_DIGITS = "零一二三四五六七八九十"
_ALIKE, _ELSEWHERE = 0.5, 0.65
"""Share of the measure's pairs of characters that a problem must have; that a sentence elsewhere must have."""


def references(reading: Reading) -> list[Finding]:
    """A warning for each measure whose problem, and each reference whose item, the report no longer has."""
    if reading.card is None:
        return []
    return [*_measures(reading), *_pointers(reading.text)]


def _measures(reading: Reading) -> Iterator[Finding]:
    for said in reading.said:
        if said.row or not any(_MEASURE_HEAD.search(heading) for heading in said.headings):
            continue
        for match in _ABOUT.finditer(said.words):
            words = bigrams(plain(match["what"]))
            others = (other for other in reading.said if other.start != said.start)
            told = ((o.words, _ALIKE if _of_problems(o) else _ELSEWHERE) for o in others)
            if not words or any(len(words & bigrams(plain(o))) >= share * len(words) for o, share in told):
                continue
            if any(len(words & bigrams(plain(heading))) >= _ALIKE * len(words) for heading in said.headings):
                continue
            start = said.start + match.start("what")
            yield Finding(
                "closure", "warning",
                f"{reading.text.place(start)}的措施针对“{match['what']}”的问题，但报告没有写这个问题。请补写问题，或删去措施。",
                quote=said.short, start=start, end=said.start + match.end("what"), expected="措施对应的问题",
            )  # fmt: skip


def _of_problems(said: Said) -> bool:
    """Whether a sentence stands among the problems, and is no measure itself."""
    if said.row:
        return "问题" in said.head
    return any(_PROBLEM_HEAD.search(heading) for heading in said.headings) and not _ABOUT.search(said.words)


def _pointers(text: Text) -> Iterator[Finding]:
    items: dict[str, set[int] | None] = {}
    for match in _REFERENCE.finditer(text.text):
        head = match["head"] or match["bare"]
        if head not in items:
            section = _section(text, head)
            items[head] = None if section is None else _ordinals(text, section) | _written_below(text, section)
        numbers = items[head]
        if numbers is not None and _value(match["number"]) in numbers:
            continue
        why = f"报告没有“{head}”这一部分" if numbers is None else f"“{head}”没有第{match['number']}条"
        yield Finding(
            "closure", "warning", f"{text.place(match.start())}写“{match[0]}”，但{why}。请改正所指的位置，或补写内容。",
            quote=match[0], start=match.start(), end=match.end(), expected="所指的条目",
        )  # fmt: skip


def _section(text: Text, head: str) -> Block | None:
    """The heading that a reference names: by its path (三（二）), or by its words."""
    blocks = [b for b in text.blocks if b.kind == "heading" and b.level]
    if _PATH.match(head):
        at, found = -1, None
        for step in _STEP.findall(head):
            below = blocks[at + 1 :]
            for number, block in enumerate(below, at + 1):
                if found is not None and block.level <= found.level:
                    return None
                told = _ORDINAL.match(text.text[block.start : block.end])
                if told is not None and _enumerator(told[0]) == _enumerator(step):
                    at, found = number, block
                    break
            else:
                return None
        return found
    name = normal_term(head)
    titles = [(block, normal_term(text.text[block.start : block.end])) for block in blocks]
    return next((b for b, title in titles if title == name), None) or next(
        (b for b, title in titles if name in title), None
    )


def _enumerator(text: str) -> str:
    """（二） and 三: which number, and whether it stands in brackets."""
    number = _DIGITS_IN.sub("", text)
    return f"（{number}）" if "（" in text or "(" in text else number


def _ordinals(text: Text, section: Block) -> set[int]:
    """The numbers of the section's items: the written ones, else their count."""
    items = items_below(text, section)
    written = [m for words in items if (m := _ORDINAL.match(words))]
    if items and len(written) == len(items):
        return {_value(m["number"]) for m in written}
    return set(range(1, len(items) + 1))


def _written_below(text: Text, section: Block) -> set[int]:
    """The numbers written before the paragraphs and headings of the section, however deep they stand."""
    found: set[int] = set()
    for block in text.blocks[text.blocks.index(section) + 1 :]:
        if block.kind == "heading" and block.level and block.level <= section.level:
            break
        if block.kind != "row" and (told := _ORDINAL.match(text.text[block.start : block.end])):
            found.add(_value(told["number"]))
    return found


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    tens, _, ones = number.rpartition("十")
    return (10 * (_DIGITS.index(tens) if tens else 1) if "十" in number else 0) + (_DIGITS.index(ones) if ones else 0)
