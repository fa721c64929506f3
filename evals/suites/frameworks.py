"""The shipped frameworks: what their rules can work out, whether their wording says what they do, and the marks of the published cases.

That every band and edge gives the right mark is tested row by row (tests/frameworks/); here stands how far the rules carry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files

from assistant.data_files import Strict, parse_yaml
from assistant.frameworks import Framework, Indicator, Part, differences, framework_ids, load_framework
from assistant.rules import show
from assistant.scorecard import BASIS_NAMES, Scorecard
from evals.authored import shipped_cases
from evals.results import Bars, Options, Result, Table, percent, rate

PURPOSE = "指标体系：规则能算出多少分，印出的评分标准与规则是否一致，已公布案例的得分能否逐项重现"
COMPUTED, ANSWERED, JUDGED = "由数据算出", "逐项回答", "由人评分"
WAYS = (COMPUTED, ANSWERED, JUDGED)
_FILE = "published.yaml"


class Published(Strict):
    """What a published report prints: the marks by leaf, and the total."""

    total: Decimal
    marks: dict[str, Decimal]


@dataclass(frozen=True)
class Scored:
    """A published case, scored: the leaves that come out otherwise than printed, as (leaf, printed, ours)."""

    name: str
    card: Scorecard
    printed: Published

    @property
    def off(self) -> list[tuple[str, Decimal | None, Decimal | None]]:
        """Every leaf whose marks differ, or that only one of the two has."""
        ours = {leaf.id: leaf.marks for leaf in self.card.leaves}
        ids = dict.fromkeys((*self.printed.marks, *ours))
        return [
            (id, self.printed.marks.get(id), ours.get(id)) for id in ids if self.printed.marks.get(id) != ours.get(id)
        ]

    @property
    def worked_out(self) -> int:
        """Leaves whose marks follow from figures or answers; the others were handed in."""
        return sum(leaf.basis in ("computed", "answered") for leaf in self.card.leaves)


def frameworks(options: Options) -> Result:
    """The suite `frameworks`; it is quick, and the same whether thorough or not."""
    shipped = [load_framework(id) for id in framework_ids()]
    printed = published()
    scored = [Scored(case.name, case.card, printed[case.name]) for case in shipped_cases()]
    options.tick(1, 1)
    return told(shipped, scored)


def published() -> dict[str, Published]:
    """Case -> the marks of its published report."""
    text = (files("evals") / "cases" / _FILE).read_text("utf-8")
    return {name: Published.model_validate(data) for name, data in parse_yaml(text, _FILE).items()}


def told(shipped: Sequence[Framework], scored: Sequence[Scored]) -> Result:
    """The tables and figures of a run."""
    said = {framework.id: wording_faults(framework) for framework in shipped}
    misses = [f"{id} 评分标准与规则不符：{line}" for id, lines in said.items() for line in lines]
    misses += [
        f"{case.name} {id}：公布{_shown(given)}分，得出{_shown(ours)}分"
        for case in scored
        for id, given, ours in case.off
    ]
    misses += [
        f"{case.name} 总分：公布{case.printed.total}，得出{case.card.marks}" for case in scored if not _same_total(case)
    ]
    return Result(
        "frameworks", PURPOSE, (_rules(shipped, said), _cases(scored)), _figures(shipped, said, scored), tuple(misses),
        charts=(Bars("每套指标体系的分值", WAYS, tuple((f.id, _rounded(shares(f))) for f in shipped)),),
    )  # fmt: skip


def shares(framework: Framework) -> dict[str, Decimal]:
    """How many marks of a framework are given in which way."""
    found = dict.fromkeys(WAYS, Decimal(0))
    for _, part in _parts(framework):
        found[_way(part)] += part.full_marks
    return found


def wording_faults(framework: Framework) -> list[str]:
    """Leaves whose printed 评分标准 has other numbers than the rule: the bureau's text where it was entered, else the generated one."""
    return [line for _, line in differences(framework.with_indicators(tuple(_worded(framework, framework.indicators))))]


def _worded(framework: Framework, nodes: Sequence[Indicator]) -> Iterator[Indicator]:
    """The tree with the wording as the form prints it, its full marks beside it, in the place of the bureau's own."""
    for node in nodes:
        if node.is_leaf:
            standard = f"{node.standard(framework.ratio_names)}（满分{show(node.full_marks)}分）"
            yield node.model_copy(update={"official_text": standard})
        else:
            yield node.model_copy(update={"children": tuple(_worded(framework, node.children))})


def _parts(framework: Framework) -> Iterator[tuple[Indicator, Part]]:
    for leaf in framework.leaves():
        yield from ((leaf.indicator, part) for part in leaf.indicator.parts)


def _way(part: Part) -> str:
    if part.rule.kind == "judged":
        return JUDGED
    return COMPUTED if part.measure else ANSWERED


def _rules(shipped: Sequence[Framework], said: Mapping[str, list[str]]) -> Table:
    rows = []
    for framework in shipped:
        kinds = Counter(part.rule.kind for _, part in _parts(framework))
        own = shares(framework)
        total = sum(own.values(), Decimal(0))
        rows.append((
            framework.id, str(len(framework.leaves())), *(percent(own[way], total) for way in WAYS), str(len(said[framework.id])),
            "，".join(f"{kind} {n}" for kind, n in kinds.most_common()),
        ))  # fmt: skip
    return Table(
        "规则", ("指标体系", "指标", *(f"{way}的分值" for way in WAYS), "标准与规则不符", "规则的种类"), tuple(rows),
        ("由人评分：原表没有公布评分规则，或规则是判断；软件只收分数和理由，不替人打分。", "标准：单位录入的原文，没有录入的由规则生成。"),
    )  # fmt: skip


def _cases(scored: Sequence[Scored]) -> Table:
    rows = []
    for case in scored:
        counts = case.card.counts()
        leaves = len(case.card.leaves)
        rows.append((
            case.name, str(leaves), f"{leaves - len(case.off)}/{leaves}", str(case.printed.total), show(case.card.marks),
            str(case.worked_out), "，".join(f"{BASIS_NAMES[basis]} {n}" for basis, n in counts.items()),
        ))  # fmt: skip
    return Table(
        "已公布的案例", ("案例", "指标", "与公布的分相同", "公布总分", "得出总分", "由数据和回答得出", "得分依据"), tuple(rows),
        ("公布的材料没有给全数据的指标，分是照公布的填入的，相同不说明什么；说明问题的是由数据和回答得出的那些，和各分合成的总分。",),
    )  # fmt: skip


def _figures(
    shipped: Sequence[Framework], said: Mapping[str, list[str]], scored: Sequence[Scored]
) -> dict[str, str | int]:
    figures: dict[str, str | int] = {"frameworks": len(shipped), "wording_faults": sum(map(len, said.values()))}
    for framework in shipped:
        own = shares(framework)
        figures[f"{framework.id}.leaves"] = len(framework.leaves())
        figures[f"{framework.id}.judged"] = rate(own[JUDGED], sum(own.values(), Decimal(0)))
    figures |= {
        "cases": len(scored), "totals_off": sum(not _same_total(case) for case in scored),
        "marks_off": sum(len(case.off) for case in scored), "worked_out": sum(case.worked_out for case in scored),
    }  # fmt: skip
    return figures


def _same_total(case: Scored) -> bool:
    return case.card.marks == case.printed.total == sum(case.printed.marks.values())


def _shown(marks: Decimal | None) -> str:
    return "没有" if marks is None else show(marks)


def _rounded(own: Mapping[str, Decimal]) -> tuple[int, ...]:
    return tuple(int(own[way].to_integral_value()) for way in WAYS)
