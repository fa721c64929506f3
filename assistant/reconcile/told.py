"""实际完成值 and 满意度 against what the materials and the surveys say of the same thing.

Only where the clause at the number is the target's own words, in whatever order (改造小区9个, 小区改造个数), the unit and the year agree,
and nothing in the sentence speaks of a part of the year or of a plan. Of several values the lower ones may be parts of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.findings import Finding
from assistant.intake import Case
from assistant.ledger import Figure, Target
from assistant.numbers import unit_family
from assistant.patterns import regex
from assistant.reconcile.said import agrees, quoted
from assistant.reconcile.terms import half_of
from assistant.reconcile.verdict import Reconciliation
from assistant.subjects import BLANK, normal_term, split_subject

_NAME = "绩效目标的完成值与材料和满意度调查"
_CLAUSE = regex(r"[，。；！？,;：:、]")
_AROUND = regex(
    r"^(?:20\d\d年度?|全年|本年|当年|年度|我局|我委|我办|我校|我院|本单位|我单位|共|已|累计|合计|共计)+|(?:实际|共计|累计|完成率?|达到|共|约|近|为|达|是|至|了)+$"
)
"""Words around the subject that leave it what it is."""
_PARTLY = regex(
    r"月|季度|上半年|下半年|截至|截止|以来|五年|三年|其中|上年|去年|往年|同期|比|较|计划|目标|指标值|任务|力争|拟|预计|下一步|明年|次年|将|每|平均"
)
_MEASURE = regex(r"(?:人次|场次|[个户家套条项间名人期例件处场])?数$|(?<=.)(?:人次|场次)$")
_LEAST = 3


def check_told(case: Case) -> Reconciliation:
    """Each target with an 实际完成值 that a material or a survey speaks of in the same words."""
    texts = [f for f in case.ledger if f.subject and f.upper is None and not (f.direction or f.bound or f.scope.unit)]
    found: list[Finding] = []
    compared = 0
    for target in case.ledger.targets:
        got = case.ledger.get(target.achieved)
        if got is None:
            continue
        said = [f for f in texts if _same_kind(f, got) and _speaks_of(f, target.name)]
        if len({f.base[0] for f in said}) > 1:
            said = [f for f in said if f.base[0] > got.base[0] and got.unit != "%"]
        compared += bool(said)
        if wrong := next((f for f in said if not agrees(f, got)), None):
            found.append(_unlike(target, got, wrong.bound_printed(), quoted(wrong)))
        for rate in _surveyed(case, target, got):
            compared += 1
            if abs(rate.base[0] - got.base[0]) > half_of(got.value, got.unit):
                found.append(_unlike(target, got, rate.printed(), f"满意度调查“{rate.items[0]}”"))
    checked = ((f"{_NAME}（{compared}处）", not found),) if compared else ()
    return Reconciliation(tuple(found), checked)


def _same_kind(said: Figure, got: Figure) -> bool:
    return said.period == got.period and unit_family(said.base[1]) == unit_family(got.base[1])


def _speaks_of(said: Figure, name: str) -> bool:
    """Whether the clause at the number is made of the target's words and of no others."""
    left, right = split_subject(said.subject)
    if _PARTLY.search(left) or _PARTLY.search(_CLAUSE.split(right)[0]):
        return False
    before, after = _CLAUSE.split(left.rsplit(BLANK, 1)[-1])[-1], _CLAUSE.split(right.split(BLANK)[0])[0]
    clause, whole = normal_term(before), normal_term(name)
    while (bare := _AROUND.sub("", clause)) != clause:
        clause = bare
    subject = _stem(clause + normal_term(after))
    return len(subject) >= _LEAST and sorted(subject) == sorted(_stem(whole))


def _stem(name: str) -> str:
    """A name without the word that it is measured in: 小区改造个数 counts 小区改造."""
    return _MEASURE.sub("", name)


def _surveyed(case: Case, target: Target, got: Figure) -> Iterator[Figure]:
    """The rate of the survey among those whose 满意度 the target is; none where two surveys ask the same people."""
    asked = [
        row for row in case.rows("surveys") if f"{normal_term(row.text('respondents'))}满意度" == _stem(target.name)
    ]
    rate = case.ledger.get(f"surveys.{asked[0].number}.rate") if len(asked) == 1 else None
    if rate is not None and _same_kind(rate, got):
        yield rate


def _unlike(target: Target, got: Figure, other: str, where: str) -> Finding:
    message = (
        f"绩效目标“{target.name}”实际完成值填{got.printed()}（{got.provenance.place}），{where}为{other}。"
        "请核对改成一致；口径不同的，写明口径。"
    )
    return Finding("reconcile", "warning", message, quote=got.provenance.place, expected=other)
