"""One fact with two values in two places: between prose and prose, prose and table, table and table."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from assistant.findings import Finding
from assistant.numbers import Mention, round_half_up
from assistant.verify.itself.fact_cells import facts_of_rows, facts_of_tables, prose_cells
from assistant.verify.itself.fact_keys import Fact, Key, Setting
from assistant.verify.itself.fact_prose import facts_of_prose, report_year, setting_of
from assistant.verify.itself.fact_slips import slips
from assistant.verify.reading.passages import Passage
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.statements import Statement, statements
from assistant.verify.scoring.aims import rows_with_targets

_OWN_WORDS = 3
"""So many characters of its own a fact needs to be known again in another sentence: 党组会."""
_OWN_WORDS_OVERALL = 2
_SAME_SENTENCE, _SAME_LONG_SENTENCE = 10, 15
"""From so many characters on, two sentences that differ in the number only are one sentence copied."""
_REACH = Decimal("1.5")
"""超200场 is no word for 1200场."""
_FEW = 3
_LONGEST = 70


def twice(reading: Reading) -> Iterator[Finding]:
    """A finding for each fact that stands with two values; more than two are values of several things of one name."""
    year = report_year(reading.passages)
    told = chain(reading.statements, _told_in_cells(reading))
    cells = list(facts_of_tables(reading.tables, year))
    known = {fact.mention.start for fact in cells}
    rows = (fact for fact in facts_of_rows(rows_with_targets(reading.tables)) if fact.mention.start not in known)
    facts = [*facts_of_prose(told), *cells, *rows]
    groups: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.key].append(fact)
    found: set[int] = set()
    for group in groups.values():
        if len(group) > 1:
            reading.held(*(fact.mention.start for fact in group))
        if len(_values(group)) < 2:
            continue
        for alike in _by_setting(group, year):
            values = _values(alike)
            if len(values) == 2 and _of_one_thing(values):
                found |= {fact.mention.start for fact in alike}
                yield _finding(reading, values)
    for one, other in slips(facts, lambda fact: _setting(fact, year)):
        told_of = not {one.mention.start, other.mention.start}.isdisjoint(found)
        if not told_of and not agree(one.mention, other.mention) and not _parts(one, other):
            yield _finding(reading, [[one], [other]])


def _by_setting(group: list[Fact], year: str) -> Iterable[list[Fact]]:
    """The facts of one key by when and whose they are."""
    settings: dict[Setting, list[Fact]] = defaultdict(list)
    for fact in group:
        settings[_setting(fact, year)].append(fact)
    return settings.values()


def _setting(fact: Fact, year: str) -> Setting:
    return fact.source if isinstance(fact.source, Setting) else setting_of(fact.source[fact.place], year)


def _told_in_cells(reading: Reading) -> Iterator[Statement]:
    """The sentences in cells that say what was done or why."""
    starts = [mention.start for mention in reading.mentions]
    for table, cell in prose_cells(reading.tables):
        inside = reading.mentions[bisect_left(starts, cell.start) : bisect_left(starts, cell.end)]
        words = reading.text.text[cell.start : cell.end]
        yield from statements(Passage(words, cell.start, (), (table.caption,)), inside)


def _values(group: list[Fact]) -> list[list[Fact]]:
    """The facts of one key by value: each list agrees within itself. Three are enough to know that there are more than two."""
    values: list[list[Fact]] = []
    for fact in group:
        home = next((v for v in values if all(agree(fact.mention, other.mention) for other in v[:_FEW])), None)
        if home is not None:
            home.append(fact)
        elif len(values) == _FEW:
            break
        else:
            values.append([fact])
    return values


def _of_one_thing(values: list[list[Fact]]) -> bool:
    """Whether both values are beyond doubt of one thing, and not of two that are called alike."""
    first, second = values
    if first[0].unique:
        return True
    if any(_parts(one, other) for one in first[:_FEW] for other in second[:_FEW]):
        return False
    if {fact.home for fact in first} & {fact.home for fact in second}:
        return False
    if _copied(values):
        return True
    overall = all(any(fact.overall for fact in value) for value in values)
    named = any(fact.said is None for value in values for fact in value)
    return first[0].weight >= (_OWN_WORDS_OVERALL if overall or named else _OWN_WORDS)


def _parts(one: Fact, other: Fact) -> bool:
    return _part_of(one, other) or _part_of(other, one)


def _part_of(one: Fact, other: Fact) -> bool:
    """Whether a figure is the other once its neighbours are added: 在职经费18万元、退休经费3万元 is 人员经费21万元."""
    value, step, own = other.mention.value, one.mention.step, one.mention.value
    beside = one.beside
    if value is None or step is None or own not in beside:
        return False
    at = beside.index(own)
    runs = (
        beside[first:last] for first in range(at + 1) for last in range(at + 1, len(beside) + 1) if last - first > 1
    )
    return any(abs(sum(run) - value) <= step for run in runs)


def _copied(values: list[list[Fact]]) -> bool:
    """Whether both values stand in the same sentence, copied, but for the number; a short one must say of what."""
    forms = [{fact.form for fact in value} for value in values]
    weight = values[0][0].weight
    shortest = _SAME_SENTENCE if weight >= _OWN_WORDS else _SAME_LONG_SENTENCE
    return weight >= _OWN_WORDS_OVERALL and any(len(form) >= shortest for form in forms[0] & forms[1])


def agree(one: Mention, other: Mention) -> bool:
    """Whether two printed numbers can be one figure: at the coarser printed step, and each inside the other's bound word."""
    a, b = one.value, other.value
    if a is None or b is None or a == b:
        return True
    if one.bound or other.bound:
        return _within(one, b) and _within(other, a)
    step = max(one.step or Decimal(1), other.step or Decimal(1))
    if round_half_up(a, step) == round_half_up(b, step):
        return True
    return one.step != other.step and abs(a - b) < step


def _within(bounded: Mention, value: Decimal) -> bool:
    limit = bounded.value
    if limit is None or not bounded.bound:
        return True
    if bounded.bound in ("above", "at_least"):
        return limit <= value <= limit * _REACH
    if bounded.bound in ("below", "at_most"):
        return limit / _REACH <= value <= limit
    return limit / Decimal("1.1") <= value <= limit * Decimal("1.1")


def _finding(reading: Reading, values: list[list[Fact]]) -> Finding:
    text = reading.text
    first, second = values[0][0], values[1][0]
    places = [
        f"{text.place(fact.mention.start)}“{_short(fact.words)}”写{_printed(reading, fact)}"
        for fact in sorted((first, second), key=lambda fact: fact.mention.start)
    ]
    others = sum(len(value) for value in values) - 2
    more = f"（另有{others}处提到）" if others else ""
    severe = first.unique or _copied(values)
    core = first.key.core
    name = f"“{core}”" if core in first.words and core in second.words else "同一项内容"
    return Finding(
        "contradiction", "error" if severe else "warning",
        f"{name}前后两个数：{'；'.join(places)}{more}。"
        + ("请核实后改成一致。" if severe else "如指同一件事，请核实后改成一致；如口径不同，请写明。"),
        quote=_short(second.words), start=second.mention.start, end=second.mention.end,
    )  # fmt: skip


def _printed(reading: Reading, fact: Fact) -> str:
    return reading.text.text[fact.mention.start : fact.mention.end].replace("\n", "")


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 2]}……"
