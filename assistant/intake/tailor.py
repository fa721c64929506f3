"""What a unit may change of its framework: shares called 参考分值, and the indicators below a parent that it sets itself.

Both are case data, checked against the framework: a parent's marks stay, its children must add up to them, a reason is due.
What does not add up is told and left out; the framework then holds as it was issued.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from assistant.findings import Finding
from assistant.frameworks import Framework, Indicator, Part
from assistant.intake.case import Change, Row
from assistant.ledger import Ledger, Target
from assistant.rules import scaled, show

_ZERO = Decimal(0)


def tailored(
    framework: Framework, tables: Mapping[str, Sequence[Row]], ledger: Ledger
) -> tuple[Framework, tuple[Change, ...], tuple[Finding, ...]]:
    """The framework as it holds for this unit, what was changed, and what could not be."""
    changes: list[Change] = []
    findings: list[Finding] = []
    nodes = framework.indicators
    rows = tuple(tables.get("weights", ()))
    if rows and not framework.reweighting:
        findings.append(Finding(
            "rule", "error", f"“分值调整”填了{len(rows)}行，但{framework.name}的分值不能由单位调整，没有采用。请清空这张表。",
        ))  # fmt: skip
    elif rows:
        nodes = _reweighted(nodes, rows, changes, findings)
    if any(node.own for node in framework.nodes()):
        nodes = tuple(_with_own(node, ledger, changes, findings) for node in nodes)
        findings += _homeless(framework, ledger.targets)
    if not changes:
        return framework, (), tuple(findings)
    return framework.with_indicators(nodes), tuple(changes), tuple(findings)


def _place(row: Row) -> str:
    return next(iter(row.cells.values())).provenance.place


def _reweighted(
    nodes: tuple[Indicator, ...], rows: Sequence[Row], changes: list[Change], findings: list[Finding]
) -> tuple[Indicator, ...]:
    """The tree with the new shares of every parent whose children still add up to it."""
    wanted: dict[str, tuple[Decimal, Row]] = {}
    for row in rows:
        leaf, trouble = _named(nodes, row.text("indicator"))
        marks = row.decimal("full_marks")
        troubles = [trouble] if trouble else []
        if marks is None or marks <= 0:
            troubles.append("没有填调整后分值" if marks is None else "调整后分值要大于 0")
        if not row.text("basis"):
            troubles.append("没有写调整依据")
        if leaf is not None and leaf.bonus:
            troubles.append("是加减分指标，没有分值可以调整")
        if leaf is not None and leaf.id in wanted:
            troubles.append(f"与{_place(wanted[leaf.id][1])}是同一项指标")
        if troubles or leaf is None or marks is None:
            findings.append(_refused(_place(row), row.text("indicator"), "；".join(troubles)))
            continue
        wanted[leaf.id] = (marks, row)
    whole = sum((node.full_marks for node in nodes), _ZERO)
    return _new_shares(nodes, whole, "一级指标", wanted, changes, findings)


def _named(nodes: tuple[Indicator, ...], name: str) -> tuple[Indicator | None, str]:
    """The leaf of that name (二级指标／三级指标 where two have it), or why there is none."""
    found = [leaf for _, leaf in _pairs(nodes, "") if name.strip() in (leaf.name, leaf.id)]
    if not found:
        *above, own = [part.strip() for part in name.replace("/", "／").split("／")]
        found = [leaf for parent, leaf in _pairs(nodes, "") if own == leaf.name and above[-1:] == [parent]]
    if len(found) == 1:
        return found[0], ""
    return None, f"有{len(found)}个同名的三级指标，请写成“二级指标／三级指标”" if found else "没有这个三级指标"


def _pairs(nodes: tuple[Indicator, ...], parent: str) -> Iterator[tuple[str, Indicator]]:
    for node in nodes:
        if node.is_leaf:
            yield parent, node
        yield from _pairs(node.children, node.name)


def _new_shares(
    nodes: tuple[Indicator, ...], full: Decimal, parent: str, wanted: dict[str, tuple[Decimal, Row]],
    changes: list[Change], findings: list[Finding],
) -> tuple[Indicator, ...]:  # fmt: skip
    """The children of one parent, and all below them; where their new shares do not add up, none of them moves."""
    moved = [node for node in nodes if node.id in wanted]
    total = sum((wanted[node.id][0] if node in moved else node.full_marks for node in nodes), _ZERO)
    if moved and total != full:
        reason = f"{parent}分值合计成了{show(total)}分，应为{show(full)}分"
        findings.append(_refused(_place(wanted[moved[0].id][1]), "、".join(node.name for node in moved), reason))
        moved = []
    changes += [_moved(node, *wanted[node.id]) for node in moved]
    return tuple(
        with_share(node, wanted[node.id][0]) if node in moved else node if node.is_leaf
        else node.model_copy(update={
            "children": _new_shares(node.children, node.full_marks, f"“{node.name}”下级", wanted, changes, findings)
        })
        for node in nodes
    )  # fmt: skip


def _moved(leaf: Indicator, marks: Decimal, row: Row) -> Change:
    return Change("分值调整", leaf.name, show(leaf.full_marks), show(marks), row.text("basis"), _place(row))


def with_share(leaf: Indicator, marks: Decimal) -> Indicator:
    """The leaf with another share and no wording of the bureau's; its parts and rules follow in proportion, the last part takes what is left (thirds)."""
    *fulls, _ = (part.full_marks * marks / leaf.full_marks for part in leaf.parts)
    fulls.append(marks - sum(fulls, _ZERO))
    parts = [
        part.model_copy(update={"full_marks": full, "rule": scaled(part.rule, full, part.full_marks)})
        for part, full in zip(leaf.parts, fulls, strict=True)
    ]
    return leaf.model_copy(
        update={"full_marks": marks, "parts": tuple(parts), "official_text": "", "printed_full_marks": None}
    )


def _refused(place: str, what: str, reason: str) -> Finding:
    return Finding("rule", "error", f"{place}“{what}”：{reason}，没有采用。请改正。", quote=place)


def _with_own(node: Indicator, ledger: Ledger, changes: list[Change], findings: list[Finding]) -> Indicator:
    if not node.own:
        children = tuple(_with_own(child, ledger, changes, findings) for child in node.children)
        return node if children == node.children else node.model_copy(update={"children": children})
    mine = own_targets(node, ledger.targets)
    if not mine:
        return node
    if reason := own_trouble(node, mine):
        findings.append(_refused(mine[0].place, f"{node.name}的自设指标", reason))
        return node
    for target in mine:
        changes.append(
            Change("自设指标", target.name, "", show(target.full_marks or _ZERO), f"{node.name}的指标由单位自设", target.place)
        )  # fmt: skip
    return node.model_copy(update={"children": tuple(_groups(node, mine, ledger)), "parts": (), "own": False})


def own_targets(node: Indicator, targets: Sequence[Target]) -> list[Target]:
    """The rows that the unit filled in below an indicator which it sets itself."""
    names = (node.name, *node.own_names)
    return [target for target in targets if target.level1 in names or target.level2 in names]


def own_trouble(node: Indicator, mine: Sequence[Target]) -> str:
    """Why these rows cannot be the indicators below it; "" where they can."""
    bare = [target.name for target in mine if not target.full_marks or target.full_marks < 0]
    if bare:
        return f"“{'”“'.join(bare)}”没有填分值"
    total = sum((target.full_marks for target in mine if target.full_marks), _ZERO)
    return "" if total == node.full_marks else f"分值合计{show(total)}分，应为{show(node.full_marks)}分"


def _homeless(framework: Framework, targets: tuple[Target, ...]) -> Iterator[Finding]:
    """Rows with marks of their own that stand under no indicator which the unit may fill in."""
    open_nodes = [node for node in framework.nodes() if node.own]
    names = {name for node in open_nodes for name in (node.name, *node.own_names)}
    known = "、".join(f"“{node.name}”" for node in open_nodes)
    for target in targets:
        if target.full_marks and not {target.level1, target.level2} & names:
            levels = "、".join(f"“{level}”" for level in (target.level1, target.level2) if level) or "空白"
            reason = f"填了分值，但一、二级指标（{levels}）里没有由单位自设指标的{known}，没有计入得分"
            yield Finding(
                "rule", "warning", f"{target.place}“{target.name}”：{reason}。请核对指标名称。", quote=target.place
            )


def _groups(node: Indicator, mine: list[Target], ledger: Ledger) -> Iterator[Indicator]:
    """One node a 二级指标 where the rows name some below this node, with a leaf a row; else the leaves alone."""
    rule = node.parts[0]
    groups: dict[str, list[Target]] = {}
    for target in mine:
        below = target.level2 if target.level1 in (node.name, *node.own_names) else ""
        groups.setdefault(below if below != node.name else "", []).append(target)
    for number, (name, rows) in enumerate(groups.items(), 1):
        leaves = tuple(_own_leaf(node, target, rule, ledger) for target in rows)
        if not name:
            yield from leaves
            continue
        full = sum((leaf.full_marks for leaf in leaves), _ZERO)
        yield Indicator(id=f"{node.id}_g{number}", name=name, full_marks=full, children=leaves)


def _own_leaf(node: Indicator, target: Target, part: Part, ledger: Ledger) -> Indicator:
    full = target.full_marks or _ZERO
    number = target.id.rpartition(".")[2]
    wanted = "" if target.sign == "定性" else target.sign
    figure = ledger.get(target.target)
    text = figure.printed() if figure is not None else target.target_text
    said = f"年度指标值：{wanted}{text}" if target.target_text else "年度指标值没有填写"
    rule = part.rule if target.sign == "定性" else part.rule.model_copy(update={"states": ()})
    own = part.model_copy(update={"full_marks": full, "measure": target.id, "rule": rule})
    return Indicator(
        id=f"{node.id}_t{number}", name=target.name, full_marks=full, description=f"{said}。", parts=(own,)
    )
