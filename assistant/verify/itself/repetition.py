"""Repeated paragraphs: a passage that stands twice, word for word or with small changes, is to be said once and referred to.

Clause by clause: each clause is looked up among those before it, so the time is that of one reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.verify.reading.facets import is_of_goals, is_rubric
from assistant.verify.reading.passages import Passage
from assistant.verify.reading.reading import Reading

_CLAUSE = regex(r"[，。；：！？,;:!?]+")
_TITLES = regex(r"《[^》]{0,80}》|[（(]?[\u4e00-\u9fff]{0,8}[〔\[]\d{4}[〕\]]\s?\d{1,5}号[）)]?")
_NUMBERED = regex(
    r"\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]|[一二三四五六七八九十]{1,3}是|[①-⑳])+\s*"
)
_FORMULA = regex(
    r"习近平|四个意识|四个自信|两个维护|两个确立|党的(?:十九|二十)[大届]|区委区政府|坚强领导|正确领导|为指导"
)
"""Fixed 提法 stand in many places of one report, and rightly so."""
_DEFINING = regex(r"是指|用以|反映|考核[^，。]{0,12}(?:程度|情况)的?|主要包括以下|如下|详见|见附")
_MARKS = regex(r"[ \t\u3000，。、；：！？“”‘’（）()《》〔〕\[\]【】…—\-·,.;:!?]+")
_SHORTEST_CLAUSE = 6
_FEWEST_CHARACTERS = 36
"""Without punctuation: some forty as they are printed."""
_SHARE = 0.6
"""So much of the stretch between the first and the last repeated clause must be repeated."""
_MOST_HOMES = 2
"""What stands in more places is stock text: 该项目按规定程序实施."""
_LONGEST_GAP = 60
_FEWEST_SENTENCES, _FEWEST_IN_SENTENCES = 2, 30
_SHORTEST_LINE = 20
_MAY_RECUR = regex(r"分值|得分|扣分|自评报告|自评表|情况表|目标|[：:]\s*$|^(?![^。]*。)")
"""A line that may stand twice: a mark, a title, a goal, what opens a list, what is no sentence."""
_QUOTE = 40


class _Clause(NamedTuple):
    key: str
    start: int
    end: int


class _Repeat(NamedTuple):
    """Passage number `later` says again, between two places of the text, what number `earlier` said."""

    later: int
    earlier: int
    start: int
    end: int
    length: int


def repetition(reading: Reading) -> Iterator[Finding]:
    """One finding for each run of paragraphs that repeat others, with both places."""
    passages = reading.passages
    repeats = sorted(
        {**_lines(passages), **{one.later: one for one in _repeats(passages)}}.values(), key=lambda one: one.later
    )
    run: list[_Repeat] = []
    for repeat in repeats:
        if run and not _neighbours(passages, run[-1], repeat):
            yield _finding(reading, run)
            run = []
        run.append(repeat)
    if run:
        yield _finding(reading, run)


def _repeats(passages: Sequence[Passage]) -> Iterator[_Repeat]:
    cut = [_clauses(passage) for passage in passages]
    homes: dict[str, list[int]] = {}
    held: dict[int, set[str]] = {}
    for number, clauses in enumerate(cut):
        for key in {clause.key for clause in clauses}:
            homes.setdefault(key, []).append(number)
    for number, clauses in enumerate(cut):
        lengths: Counter[int] = Counter()
        for clause in clauses:
            for home in _before(homes, clause.key, number):
                lengths[home] += len(clause.key)
        if not lengths:
            continue
        earlier, length = lengths.most_common(1)[0]
        if length < _FEWEST_IN_SENTENCES or not _one_said_twice(passages[earlier], passages[number]):
            continue
        if earlier not in held:
            held[earlier] = {clause.key for clause in cut[earlier]}
        repeat = _stretch(passages[number], clauses, held[earlier], number, earlier)
        if repeat is not None:
            yield repeat


def _lines(passages: Sequence[Passage]) -> dict[int, _Repeat]:
    """Short passages that stand twice word for word, their numbers apart: a point copied and never rewritten."""
    seen: dict[str, list[int]] = {}
    for number, passage in enumerate(passages):
        if len(passage.words) < _SHORTEST_LINE or _MAY_RECUR.search(passage.words):
            continue
        key = _key(passage.words)
        if len(key) >= _SHORTEST_LINE:
            seen.setdefault(key, []).append(number)
    found = {}
    for key, homes in seen.items():
        told = [home for home in homes if not is_rubric(passages[home].words)] if len(homes) > 1 else []
        if len(told) == 2:
            earlier, later = told
            found[later] = _Repeat(later, earlier, passages[later].start, passages[later].end, len(key))
    return found


def _before(homes: dict[str, list[int]], key: str, number: int) -> list[int]:
    """The passages before this one that hold a clause, none for what stands everywhere."""
    held = homes[key]
    if len(held) < 2 or _FORMULA.search(key):
        return []
    return [home for home in held if home < number] if len(held) <= _MOST_HOMES else []


def _clauses(passage: Passage) -> list[_Clause]:
    """The clauses of a passage that can be known again; none of a heading, a rubric, a fixed formula."""
    words = passage.words
    if len(words) < _FEWEST_IN_SENTENCES or is_rubric(words) or _DEFINING.search(words):
        return []
    found, at = [], 0
    for end in [*(match.end() for match in _CLAUSE.finditer(words)), len(words)]:
        if end - at >= _SHORTEST_CLAUSE and len(key := _key(words[at:end])) >= _SHORTEST_CLAUSE:
            found.append(_Clause(key, passage.start + at, passage.start + end))
        at = end
    return found


def _key(clause: str) -> str:
    """A clause without number, titles and marks, as it is looked up."""
    if "《" in clause or "号" in clause:
        clause = _TITLES.sub("", clause)
    number = _NUMBERED.match(clause)
    return _MARKS.sub("", clause[number.end() :] if number else clause)


def _one_said_twice(earlier: Passage, later: Passage) -> bool:
    """Whether two passages may not both say it: a goal is said once as a goal and once as what was done."""
    if earlier.section == later.section:
        return True
    return not any(is_of_goals(passage.words, passage.section) for passage in (earlier, later))


def _stretch(passage: Passage, clauses: list[_Clause], keys: set[str], number: int, earlier: int) -> _Repeat | None:
    """The longest stretch of a passage that another one holds, small gaps allowed, if it is long enough to be told."""
    runs: list[list[_Clause]] = []
    for clause in clauses:
        if clause.key not in keys:
            continue
        if runs and clause.start - runs[-1][-1].end <= _LONGEST_GAP:
            runs[-1].append(clause)
        else:
            runs.append([clause])
    best = max(runs, key=lambda run: sum(len(clause.key) for clause in run))
    length = sum(len(clause.key) for clause in best)
    start, end = best[0].start, best[-1].end
    words = passage.words[start - passage.start : end - passage.start]
    sentences = len(re.findall(r"[。；]", words))
    if length < _FEWEST_CHARACTERS and sentences < _FEWEST_SENTENCES:
        return None
    return None if length < _SHARE * len(_key(words)) else _Repeat(number, earlier, start, end, length)


def _neighbours(passages: Sequence[Passage], one: _Repeat, other: _Repeat) -> bool:
    """Whether two repeats follow each other with nothing but headings between."""
    between = passages[one.later + 1 : other.later]
    return all(
        passage.section and passage.words == passage.words.strip() and len(passage.words) < _FEWEST_CHARACTERS
        for passage in between
    )


def _finding(reading: Reading, run: list[_Repeat]) -> Finding:
    text, first = reading.text, run[0]
    words = " ".join(text.text[first.start : first.end].split())
    shown = words if len(words) <= _QUOTE else f"{words[: _QUOTE - 2]}……"
    more = f"，并连同其后{len(run) - 1}段" if len(run) > 1 else ""
    said = text.place(reading.passages[first.earlier].start)
    return Finding(
        "repetition", "warning",
        f"{text.place(first.start)}“{shown}”{more}与{said}重复（约{sum(repeat.length for repeat in run)}字）。同一内容只写一次，后一处请改为引用前文或只写变化与效果。",
        quote=shown, start=first.start, end=run[-1].end,
    )  # fmt: skip
