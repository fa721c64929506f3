"""What a framework must keep that its shape alone cannot say: sums, known names, no repeats, no rule that nothing can reach."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.catalogue import load_catalogue
from assistant.frameworks.model import Framework, Indicator, Part, Ratio
from assistant.frameworks.reach import Place, unreachable
from assistant.numbers import base
from assistant.patterns import regex
from assistant.rules import MEASURED, Bonus, Checklist, Grades, Judged, TargetRule, Violations, most, show

Fault = tuple[Place, str]
_ZERO, _ONE = Decimal(0), Decimal(1)
_COUNTED = ("count.", "targets.", "awards.")
"""Measures that come from the rows of a table and not from a cell."""
_ID = regex(r"[a-z][a-z0-9_]{0,79}")
_ID_SAYS = "编号要以小写字母开头，只用小写字母、数字和下划线，不超过 80 个字符"


def complaints(framework: Framework) -> Iterator[Fault]:
    """Each as (place in the file, what is wrong)."""
    yield from _totals(framework)
    yield from _ratios(framework)
    seen: dict[str, str] = {}
    for place, node in _walk(framework.indicators, ("indicators",)):
        if node.id in seen:
            yield (*place, "id"), f"指标编号 {node.id} 重复（{seen[node.id]}、{node.name}）"
        elif not _ID.fullmatch(node.id):
            yield (*place, "id"), f"指标编号“{node.id}”不能用：{_ID_SAYS}"
        seen.setdefault(node.id, node.name)
        yield from ((place + at, f"{node.name}：{said}") for at, said in _node(framework, node))
        for number, part in enumerate(node.parts):
            here = (*place, "parts", number)
            yield from ((here + at, f"{node.name}：{said}") for at, said in _part(framework, node, part))
    yield from _grades(framework)


def _walk(nodes: tuple[Indicator, ...], above: Place) -> Iterator[tuple[Place, Indicator]]:
    """Every node with the way to it."""
    for number, node in enumerate(nodes):
        yield (*above, number), node
        yield from _walk(node.children, (*above, number, "children"))


def _totals(framework: Framework) -> Iterator[Fault]:
    total = sum((node.full_marks for node in framework.indicators), _ZERO)
    if total != framework.full_marks:
        yield ("full_marks",), f"一级指标分值合计 {show(total)}，与总分 {show(framework.full_marks)} 不符"
    known, seen = {sheet.id for sheet in load_catalogue().sheets}, set[str]()
    for number, sheet in enumerate(framework.sheets):
        if sheet not in known:
            yield ("sheets", number), f"没有名为 {sheet} 的工作表"
        if sheet in seen:
            yield ("sheets", number), f"工作表 {sheet} 列了两次"
        seen.add(sheet)
    if framework.reweighting and "weights" not in framework.sheets:
        yield ("reweighting",), "允许调整分值（reweighting），sheets 要列入 weights"


def _grades(framework: Framework) -> Iterator[Fault]:
    leasts = [least for _, least in framework.grades]
    if leasts != sorted(leasts, reverse=True) or len(set(leasts)) < len(leasts):
        yield ("grades",), "等次的起点分要由高到低，不能重复"
    if leasts and leasts[-1] != 0:
        yield ("grades",), f"最低一等从 {show(leasts[-1])} 分起，低于它的得分没有等次；最后一等的起点请写 0"
    if leasts and leasts[0] > framework.full_marks and not any(node.bonus for node in framework.nodes()):
        yield ("grades",), f"最高一等从 {show(leasts[0])} 分起，超过了总分 {show(framework.full_marks)}"


def _ratios(framework: Framework) -> Iterator[Fault]:
    known = {ratio.id for ratio in framework.ratios}
    earlier: set[str] = set()
    for number, ratio in enumerate(framework.ratios):
        place: Place = ("ratios", number)
        if ratio.id in earlier:
            yield (*place, "id"), f"比率编号 {ratio.id} 重复"
        elif not _ID.fullmatch(ratio.id):
            yield (*place, "id"), f"比率编号“{ratio.id}”不能用：{_ID_SAYS}"
        for name in ratio.value.inputs:
            if name in known and name not in earlier:
                yield (*place, "value"), f"比率 {ratio.id} 用到的 {name} 要写在它的前面"
            elif name not in known:
                yield from (((*place, "value"), f"比率 {ratio.id}：{said}") for said in _unknown(framework, name))
        yield from (((*place, "value"), f"比率 {ratio.id}：{said}") for said in _units(ratio))
        earlier.add(ratio.id)


def _unknown(framework: Framework, name: str) -> Iterator[str]:
    """What is wrong with the id of a figure."""
    catalogue = load_catalogue()
    if name.startswith(_COUNTED):
        first, *rest = name.split(".")
        table = (rest[0] if rest else "") if first == "count" else first
        sheet = next((sheet for sheet in catalogue.sheets if sheet.kind == "table" and sheet.table == table), None)
        if sheet is None:
            yield f"用到的 {name} 不存在，没有表 {table}"
        elif sheet.id not in framework.sheets:
            yield f"{name} 所在的工作表 {sheet.id} 没有列入 sheets"
    elif name not in catalogue.specs:
        yield f"用到的数据项 {name} 不存在"
    elif catalogue.specs[name].sheet not in framework.sheets:
        yield f"数据项 {name} 所在的工作表 {catalogue.specs[name].sheet} 没有列入 sheets"


def _units(ratio: Ratio) -> Iterator[str]:
    """A ratio of two figures, or a difference, needs both in one unit."""
    specs = load_catalogue().specs
    found = {base(_ONE, specs[name].unit)[1]: name for name in ratio.value.inputs if name in specs}
    if len(found) > 1 and (ratio.value.ratio or ratio.value.change or ratio.value.difference):
        told = "、".join(f"{name}（{specs[name].unit}）" for name in found.values())
        yield f"{told}的单位不同，算不出来"


def _node(framework: Framework, node: Indicator) -> Iterator[Fault]:
    if bool(node.children) == bool(node.parts):
        yield (), "必须有下级指标或评分规则，且只能有其一"
        return
    if node.own and (len(node.parts) != 1 or node.parts[0].rule.kind != "target"):
        yield ("own",), "由单位自设下级指标（own），要有且只有一个 target 规则"
    if node.own and "targets" not in framework.sheets:
        yield ("own",), "由单位自设下级指标（own），sheets 要列入 targets"
    if node.bonus and node.full_marks != 0:
        yield ("full_marks",), "是加减分指标，不占分值，full_marks 请写 0，上限写在规则的 most"
    if node.bonus != any(isinstance(part.rule, Bonus) for part in node.parts) and not node.children:
        yield (), "bonus: true 与 bonus 规则要同时使用"
    shares = [child.full_marks for child in node.children] or [part.full_marks for part in node.parts]
    total = sum(shares, _ZERO)
    if total != node.full_marks:
        what = "下级指标" if node.children else "各部分"
        yield ("full_marks",), f"分值 {show(node.full_marks)} 与{what}合计 {show(total)} 不符"
    only_bonus = all(leaf.bonus for leaf in node.leaves())
    if node.full_marks < 0 or (node.full_marks == 0 and not only_bonus):
        yield ("full_marks",), "分值要大于 0"
    if node.zero_if is not None:
        if bool(node.zero_if.above) == bool(node.zero_if.occurred):
            yield ("zero_if",), "zero_if 要写 above 或 occurred，且只能写其一"
        for name in node.zero_if.above or ():
            yield from ((("zero_if",), said) for said in _unknown(framework, name))


def _part(framework: Framework, node: Indicator, part: Part) -> Iterator[Fault]:
    rule, known = part.rule, framework.by_ratio
    if part.full_marks < 0 or (part.full_marks == 0 and not node.bonus):
        yield ("full_marks",), "各部分的分值要大于 0"
    if rule.kind in MEASURED and not part.measure:
        yield ("rule",), f"{rule.kind} 规则没有写 measure"
    if part.measure and part.measure not in known:
        yield from ((("measure",), said) for said in _unknown(framework, part.measure))
    if part.measure and not isinstance(rule, Judged | TargetRule | Violations) and rule.kind not in MEASURED:
        yield ("measure",), f"{rule.kind} 规则由人回答，不能写 measure"
    by_hand = isinstance(rule, Judged | Checklist | Grades) or (isinstance(rule, Violations) and not part.measure)
    if by_hand and "answers" not in framework.sheets:
        yield ("rule",), f"{rule.kind} 规则要人回答，sheets 要列入 answers"
    if isinstance(rule, Bonus) and "awards" not in framework.sheets:
        yield ("rule",), "bonus 规则要用加减分事项，sheets 要列入 awards"
    if rule.kind not in MEASURED and (part.when_undefined != "ask" or part.when_unbudgeted):
        yield ("when_undefined",), f"{rule.kind} 规则没有分母，when_undefined 和 when_unbudgeted 没有作用"
    best = most(rule)
    if best is not None and best != part.full_marks:
        what = "评价要点合计" if isinstance(rule, Checklist) else "最高一档"
        yield ("rule",), f"{what} {show(best)} 分，与 {show(part.full_marks)} 分不符"
    if part.measure:
        yield from unreachable(framework, node, part)
