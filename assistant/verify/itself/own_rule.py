"""A row against its own 评分标准: full marks that the rule's text cannot give, and a mark that the stated value does not earn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from assistant.findings import Finding
from assistant.numbers import round_half_up
from assistant.patterns import regex
from assistant.verify.reading.reading import Reading
from assistant.verify.scoring import Leaf, Points, ScoreTable, told
from assistant.verify.scoring.rule import Rule, read_rule
from assistant.verify.scoring.stated import Index, Stated, index, stated
from assistant.verify.scoring.worth import likely, worths

Outcome = Literal["agrees", "breaks", "no_standard", "no_rule", "no_value", "no_mark"]
_WHY_NOT: Mapping[Outcome, str] = {
    "no_standard": "项没有印评分标准",
    "no_rule": "项的评分标准靠定性判断、逐项核查或多个指标，不能只按一个数复算",
    "no_value": "项的评分标准可以复算，但报告没有写出（或写了不止一个）指标值",
    "no_mark": "项没有读到分值或得分",
}
_EXECUTION = regex(r"预算执行(?:率|情况)?$|^年度资金总额")
_LOW_RATE = Decimal(60)
"""Below this rate no usual rule gives more than the rate's own share of the marks."""
_HUNDRED, _CENT = Decimal(100), Decimal("0.01")


class Judged(NamedTuple):
    """A leaf and what came of working its mark out again; `allowed` has each mark that a reading gives."""

    leaf: Leaf
    outcome: Outcome
    value: Stated | None = None
    allowed: tuple[tuple[Decimal, str], ...] = ()


def own_rule(reading: Reading) -> Iterator[Finding]:
    """Errors for rows that contradict their own rule."""
    prose = reading.once(_stated)
    ruled = {leaf.name for table in reading.score_tables for leaf in table.leaves if leaf.standard is not None}
    for table, leaves in reading.once(_judged):
        for judged in leaves:
            leaf = judged.leaf
            if (finding := _full(reading, leaf)) is not None:
                yield finding
                continue
            if judged.outcome in ("agrees", "breaks") and leaf.marks is not None:
                reading.held(leaf.marks.spot.start)
            if judged.outcome == "breaks" and judged.value is not None and leaf.marks is not None:
                yield _broken(reading, judged, judged.value, leaf.marks)
            elif judged.outcome == "no_standard" and leaf.name not in ruled:
                yield from _usual(reading, table, leaf, prose)


def contradicted(reading: Reading) -> Iterator[int]:
    """Where the full marks and marks stand that their own rule does not give."""
    for _, leaves in reading.once(_judged):
        for judged in leaves:
            leaf = judged.leaf
            if leaf.full is not None and _full(reading, leaf) is not None:
                yield leaf.full.spot.start
            elif leaf.marks is not None and judged.outcome == "breaks":
                yield leaf.marks.spot.start


def coverage(reading: Reading) -> tuple[str, ...]:
    """What of the score tables could be checked, and what not and why, in Chinese lines."""
    if not reading.score_tables:
        return ("没有读出评分表：分值、得分合计和评分标准都没有核对。",)
    lines = []
    for number, (table, leaves) in enumerate(reading.once(_judged), 1):
        counts = Counter(judged.outcome for judged in leaves)
        done = counts["agrees"] + counts["breaks"]
        lines.append(
            f"评分表{number}：读出末级指标{len(table.leaves)}项，{_of_sums(table)}；按评分标准和报告所写的数复算得分{done}项。"
        )
        lines += [f"评分表{number}：{counts[why]}{words}。" for why, words in _WHY_NOT.items() if counts[why]]
    return tuple(lines)


def _stated(reading: Reading) -> Index:
    return index(reading.statements)


def _judged(reading: Reading) -> tuple[tuple[ScoreTable, tuple[Judged, ...]], ...]:
    """Every leaf of every score table, judged."""
    prose = reading.once(_stated)
    return tuple((table, tuple(judge(table, leaf, prose) for leaf in table.leaves)) for table in reading.score_tables)


def _of_sums(table: ScoreTable) -> str:
    """What of the sums could be checked."""
    if table.complete:
        return "分值、得分的合计已核对"
    if table.whole:
        return "没有合计行，分值也不满100分，总分没有核对"
    return f"合计没有核对（{'；'.join(table.doubts) or '有指标的分值或得分没有读出'}）"


def judge(table: ScoreTable, leaf: Leaf, prose: Index) -> Judged:
    """Work the mark of a leaf out again from its own standard and the value that the report states."""
    if leaf.marks is None or leaf.full is None:
        return Judged(leaf, "no_mark")
    if leaf.standard is None or leaf.pieced:
        return Judged(leaf, "no_standard")
    rule = read_rule(leaf.standard.words, leaf.full.value, leaf.called)
    if rule is None:
        return Judged(leaf, "no_rule")
    value = stated(leaf, prose)
    exact = rule.marks(value.value) if value is not None else {}
    if value is None or not exact:
        return Judged(leaf, "no_value", value)
    allowed = [*exact, *_before_rounding(rule, value)]
    same = any(leaf.marks.value in (round_half_up(mark, table.step), round_half_up(mark, _CENT)) for mark in allowed)
    return Judged(leaf, "agrees" if same else "breaks", value, tuple(exact.items()))


def _before_rounding(rule: Rule, value: Stated) -> Iterator[Decimal]:
    """The marks for what the value may have been before it was rounded to its last digit."""
    half = value.step / 2
    for one in (value.value - half, value.value + half):
        yield from rule.marks(one)


def _full(reading: Reading, leaf: Leaf) -> Finding | None:
    if (
        leaf.full is None
        or not leaf.full.value
        or leaf.standard is None
        or leaf.pieced
        or leaf.bonus
        or leaf.shares_full
    ):
        return None
    sums = worths(leaf.standard.words)
    if not sums or leaf.full.value in sums:
        return None
    due = told(likely(leaf.standard.words))
    spot = leaf.full.spot
    return Finding(
        "rule", "error",
        f"{reading.text.place(spot.start)}：“{leaf.called}”分值印为{leaf.full.told}分，它的评分标准可得{due}分"
        f"（{reading.text.place(leaf.standard.start)}）。请改成一致：分值作过调整的，评分标准也要相应调整。",
        quote=spot.words, start=spot.start, end=spot.end, expected=f"{due}分",
    )  # fmt: skip


def _broken(reading: Reading, judged: Judged, value: Stated, marks: Points) -> Finding:
    unique = sorted({round_half_up(mark, _CENT) for mark, _ in judged.allowed}, reverse=True)
    ways = "；".join(
        dict.fromkeys(f"{words}，得{told(round_half_up(mark, _CENT))}分" for mark, words in judged.allowed[:4])
    )
    due = "或".join(told(mark) for mark in unique)
    spot = marks.spot
    return Finding(
        "rule", "error",
        f"{reading.text.place(spot.start)}：“{judged.leaf.called}”得{marks.told}分，但{reading.text.place(value.start)}写其值为"
        f"{told(value.value)}%，按本行评分标准应得{due}分（{ways}）。请核对得分、指标值或评分标准。",
        quote=spot.words, start=spot.start, end=spot.end, expected=f"{due}分",
    )  # fmt: skip


def _usual(reading: Reading, table: ScoreTable, leaf: Leaf, prose: Index) -> Iterator[Finding]:
    """预算执行 without a printed rule: at a low rate the usual rules give no more than the rate's share of the marks."""
    if leaf.marks is None or leaf.full is None or not _EXECUTION.search(leaf.name):
        return
    value = stated(leaf, prose)
    if value is None:
        said = {
            (s.mention.value, s.mention.start, s.mention.step)
            for s in prose.get("预算执行率", ())
            if s.mention.value is not None
        }
        if len({one[0] for one in said}) != 1:
            return
        number, start, step = min(said, key=lambda one: one[1])
        value = Stated(number, step or Decimal(1), start) if number is not None else None
    if value is None or value.value >= _LOW_RATE:
        return
    most = (value.value + value.step / 2) / _HUNDRED * leaf.full.value
    if leaf.marks.value <= round_half_up(most, table.step):
        return
    due = round_half_up(value.value / _HUNDRED * leaf.full.value, _CENT)
    spot = leaf.marks.spot
    yield Finding(
        "rule", "warning",
        f"{reading.text.place(spot.start)}：“{leaf.called}”得{leaf.marks.told}分（分值{leaf.full.told}分），但{reading.text.place(value.start)}"
        f"写执行率为{told(value.value)}%；报告没有印评分标准，按通行的执行率×分值为{told(value.value)}%×{leaf.full.told}={told(due)}分。请核对评分依据。",
        quote=spot.words, start=spot.start, end=spot.end, expected=f"{told(due)}分",
    )  # fmt: skip
