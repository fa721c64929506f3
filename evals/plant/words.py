"""The right number with a wrong word beside it: direction, year, 口径, 分值 for 得分."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from random import Random

from assistant.ledger import Figure
from evals.plant.clean import Clean, Span, Stated
from evals.plant.edit import Edit
from evals.plant.mutant import Mutant, at_number, digits_of, reread
from evals.plant.truth import could_be, is_true, names_of

_TURNED = {
    "增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "上升": "下降", "提高": "降低", "降低": "提高", "调减": "调增",
    "调增": "调减", "追加": "追减", "多": "少", "少": "多", "高": "低", "低": "高", "增幅": "降幅", "降幅": "增幅",
}  # fmt: skip
_WAY = re.compile(r"(增加|减少|增长|下降|上升|提高|降低|调减|调增|追加|增幅|降幅|多|少|高|低)(?:了|花|收)?$")
_YEAR = re.compile(r"20\d\d(?=年)")
_THIS_YEAR = re.compile(r"全年(?!预算)|当年|本年(?!度)|上年")
_MARK_WORD = re.compile(r"(自评得分|得分|得|分值)$")


def direction_turned(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """下降20.54% → 增长20.54%."""
    for stated in clean.fair:
        low, at = stated.site[0], stated.mention.start
        found = _WAY.search(clean.text.text, max(low, at - 4), at)
        law = stated.figure is not None and stated.figure.provenance.source == "framework"
        if found is None or law or not stated.truth.value:
            continue  # 每低1%扣 of a rubric says nothing of the year
        edit = Edit(found.start(1), found.end(1), _TURNED[found[1]])
        yield Mutant((edit,), ((stated.site,),), (stated,))


def year_swapped(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """2023年度收入合计752.48万元 → 2022年度收入合计752.48万元; 上年 for 全年."""
    year = str(clean.case.year)
    for stated in clean.fair:
        figure = stated.figure
        if figure is None or figure.subject or figure.provenance.source == "framework":
            continue
        left = clean.words((stated.site[0], stated.mention.start))
        years = _YEAR.findall(clean.words(stated.site))
        if figure.period == year and years == [year] and (said := _YEAR.search(left)):
            yield from _of_year(clean, stated, said, str(int(year) - 1))
        word = next(reversed(list(_THIS_YEAR.finditer(_clause(left)))), None)
        if word is not None and not years and (figure.period != year) == (word[0] == "上年"):
            start = stated.mention.start - len(_clause(left)) + word.start()
            if word[0] != "上年" or figure.period == str(int(year) - 1):
                yield from _of_word(clean, stated, start, word[0], "当年" if word[0] == "上年" else "上年")


def _clause(left: str) -> str:
    return re.split(r"[，；。：:、]", left)[-1]


def _of_year(clean: Clean, stated: Stated, said: re.Match[str], other: str) -> Iterator[Mutant]:
    if not _true_in(clean, stated, other):
        start = stated.site[0] + said.start()
        yield Mutant((Edit(start, start + 4, other),), ((stated.site,),), (stated,))


def _of_word(clean: Clean, stated: Stated, start: int, old: str, new: str) -> Iterator[Mutant]:
    year = clean.case.year
    if not _true_in(clean, stated, str(year if new == "当年" else year - 1)):
        yield Mutant((Edit(start, start + len(old), new),), ((stated.site,),), (stated,))


def _true_in(clean: Clean, stated: Stated, year: str) -> bool:
    """Whether a figure of the same name in that year has the value as well."""
    names = names_of(stated.figure) if stated.figure else set()
    same = (f for f in clean.ledger if f.period == year and not f.subject and names & names_of(f))
    return any(could_be(stated.mention, f.value, f.unit) for f in same)


def stage_changed(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """年初预算数8,357.72万元 → 决算数8,357.72万元; two heads of a table exchanged."""
    for stated in clean.fair:
        figure = stated.figure
        if figure is None or not figure.aspects or stated.cell or figure.id.startswith(("marks.", "full_marks.")):
            continue
        said = _aspect_before(clean, stated, figure)
        others = [f for f in _siblings(figure, clean) if not could_be(stated.mention, f.value, f.unit)]
        words = [a for f in others for a in f.aspects[:1] if a not in figure.aspects]
        words = [a for a in words if not _aspect_fits(clean, stated, figure, a)]
        if said and words:
            edit = Edit(*said, dice.choice(words))
            yield Mutant((edit,), ((stated.site,),), (stated,))
    yield from _heads_exchanged(clean, dice)


def _aspect_before(clean: Clean, stated: Stated, figure: Figure) -> Span | None:
    left = _clause(clean.words((stated.site[0], stated.mention.start)))
    start = stated.mention.start - len(left)
    for aspect in sorted(figure.aspects, key=len, reverse=True):
        at = left.rfind(aspect)
        if _inside_name(left, at, len(aspect), figure):
            return None  # 支出 of 支出合计
        if at >= 0 and len(aspect) >= 2 and len(left) - at - len(aspect) <= 2 and not re.search(r"\d", left[at:]):
            return start + at, start + at + len(aspect)
    return None


def _inside_name(left: str, at: int, size: int, figure: Figure) -> bool:
    """Whether an aspect is only part of the figure's name."""
    names = (name for name in figure.items if len(name) > size)
    return any(0 <= (start := left.rfind(name)) <= at and at + size <= start + len(name) for name in names)


def _siblings(figure: Figure, clean: Clean) -> list[Figure]:
    names = names_of(figure)
    return [
        f
        for f in clean.ledger
        if f.id != figure.id
        and f.unit == figure.unit
        and f.aspects
        and names & names_of(f)
        and f.scope.stage
        and f.scope.stage != figure.scope.stage
    ]


def _aspect_fits(clean: Clean, stated: Stated, figure: Figure, aspect: str) -> bool:
    """Whether the number is true under that aspect as well."""
    names = names_of(figure)
    same = (f for f in clean.ledger if aspect in f.aspects and names & names_of(f))
    return any(could_be(stated.mention, f.value, f.unit) for f in same)


def _heads_exchanged(clean: Clean, dice: Random) -> Iterator[Mutant]:
    tables: dict[int, dict[int, list[Stated]]] = {}
    for stated in clean.fair:
        if stated.cell and stated.figure and stated.figure.scope.stage and stated.mention.value:
            tables.setdefault(stated.block.table, {}).setdefault(stated.cell.column, []).append(stated)
    for table, columns in tables.items():
        head = {cell.column: (cell.start, cell.end) for cell in clean.text.rows(table)[0].cells}
        usable = [column for column in columns if column in head]
        for one, other in pairwise(usable):
            a, b = clean.words(head[one]), clean.words(head[other])
            values = [[s.truth.value for s in columns[column]] for column in (one, other)]
            units = {s.truth.unit for column in (one, other) for s in columns[column]}
            if a and b and a != b and len(units) == 1 and not set(values[0]) & set(values[1]):
                about = (*columns[one], *columns[other])
                yield Mutant((Edit(*head[one], b), Edit(*head[other], a)), (tuple(s.site for s in about),), about)


def marks_mistaken(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """投入得24分 → 投入得28分, which is its 分值; 得分5.85分 → 分值5.85分."""
    for stated in clean.fair:
        id = stated.figure.id if stated.figure else ""
        kind, _, leaf = id.partition(".")
        twin = clean.ledger.get(f"{'full_marks' if kind == 'marks' else 'marks'}.{leaf}")
        if kind not in ("marks", "full_marks") or twin is None or twin.value == stated.truth.value:
            continue
        number = digits_of(stated)
        new = format(twin.value.normalize(), "f") + stated.mention.text[len(number) :]
        mention = reread(clean, stated, new)
        if number and mention is not None and not is_true(mention, stated.truth):
            yield at_number(stated, new)
        low, at = stated.site[0], stated.mention.start
        found = _MARK_WORD.search(clean.text.text, max(low, at - 4), at)
        if found and (kind == "marks") == (found[1] != "分值"):
            edit = Edit(found.start(1), found.end(1), "分值" if kind == "marks" else "得分")
            yield Mutant((edit,), ((stated.site,),), (stated,))
