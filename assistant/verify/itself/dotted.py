"""1 1.1 1.1.1 at the head of a line: each number is the first below the one before it, or the next at its own level or a higher one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.verify.reading.enumerators import shortened
from assistant.verify.reading.reading import Reading

_Number = tuple[int, ...]
_DOTTED = regex(
    r"\s*(?P<number>[1-9]\d?(?:[.．][1-9]\d?){0,3})[.．、]?\s{0,4}(?=[\u4e00-\u9fff“])(?P<title>[^。；，：]{2,40})$"
)
_UNITS = regex(r"年(?!度)|[月日万亿元个项次人家分%％倍期]")
_FEWEST = 3
"""So many numbers of two parts or more make an outline of this kind."""


def dotted(reading: Reading) -> Iterator[Finding]:
    """The first number of such an outline that does not follow the one before it; one finding a report."""
    lines: list[tuple[_Number, int, str]] = []
    for passage in reading.passages:
        found = _DOTTED.match(passage.words)
        if found is None or _UNITS.match(found["title"]):
            continue
        number = tuple(int(part) for part in re.split("[.．]", found["number"]))
        lines.append((number, passage.start, passage.words.strip()))
    if sum(len(number) > 1 for number, _, _ in lines) < _FEWEST:
        return
    if lines[0][0] != (1,):
        lines = [line for line in lines if len(line[0]) > 1]  # 1. under （一） is another list, not the chapters
    first = next((n for n, line in enumerate(lines) if line[0] in ((1,), (1, 1))), None)
    if first is None:
        return
    before = lines[first]
    for line in lines[first + 1 :]:
        if line[0] not in _following(before[0]):
            yield _finding(reading, before, line)
            return
        before = line


def _following(number: _Number) -> set[_Number]:
    """The numbers that may come next: the first below, or the next of its own level or of one above, or the first below that."""
    nexts = {(*number[: depth - 1], number[depth - 1] + 1) for depth in range(1, len(number) + 1)}
    return nexts | {(*number, 1)} | {(*one, 1) for one in nexts}


def _finding(reading: Reading, before: tuple[_Number, int, str], line: tuple[_Number, int, str]) -> Finding:
    number, start, words = line
    said = "编号用了两次" if number == before[0] else "编号不连续"
    due = [one for one in _following(before[0]) if len(one) == len(number)]
    return Finding(
        "outline", "error",
        f"{reading.text.place(start)}：“{shortened(before[2], 24)}”之后是“{shortened(words, 24)}”，{said}。请核对是编号有误，还是少了内容。",
        quote=words, start=start, end=start + len(words), expected=".".join(map(str, max(due))) if due else "",
    )  # fmt: skip
