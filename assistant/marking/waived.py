"""不适用: what becomes of the marks of indicators that do not apply to a unit, by the framework's policy."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.frameworks import Framework, Indicator
from assistant.intake.tailor import with_share
from assistant.marking.leaf import rounded
from assistant.marking.model import LeafMarks
from assistant.numbers import round_half_up
from assistant.rules import show

_ZERO = Decimal(0)


def settled(leaves: tuple[LeafMarks, ...], framework: Framework) -> tuple[LeafMarks, ...]:
    """The leaves after the policy: full marks stay, marks are left out (the total is scaled up), or go to the siblings."""
    policy = framework.not_applicable
    if policy == "full" or not any(part.waived for leaf in leaves for part in leaf.parts):
        return leaves
    leaves = tuple(_without_parts(leaf, framework) for leaf in leaves)
    if policy == "siblings" and any(leaf.waived for leaf in leaves):
        return _shared_out(leaves, framework)
    return tuple(_left_out(leaf) if leaf.waived else leaf for leaf in leaves)


def _without_parts(leaf: LeafMarks, framework: Framework) -> LeafMarks:
    """A leaf of which only some parts apply: those parts alone count, for their own marks or for the whole leaf's."""
    gone = [part for part in leaf.parts if part.waived]
    kept = [part for part in leaf.parts if not part.waived]
    if not gone or leaf.waived or leaf.veto or leaf.basis == "declared" or not kept:
        return leaf
    worth = sum((part.full_marks for part in kept), _ZERO)
    got = None if any(part.exact is None for part in kept) else sum((part.exact or _ZERO for part in kept), _ZERO)
    names, shown = "”“".join(part.name for part in gone), show(leaf.full_marks)
    if framework.not_applicable == "siblings":
        full, told = leaf.full_marks, f"；“{names}”的分值并入本项其余部分，合计按{show(worth)}分折算为{shown}分"
        got = None if got is None else got * full / worth
    else:
        full, told = worth, f"；“{names}”不计分，本项分值由{shown}分改为{show(worth)}分，总得分按比例折算"
    exact = None if got is None else min(got, full)
    parts = tuple(p._replace(full_marks=_ZERO, marks=_ZERO, exact=_ZERO) if p.waived else p for p in leaf.parts)
    return leaf._replace(
        full_marks=full, exact=exact, marks=None if exact is None else rounded(exact, framework), parts=parts,
        reason=leaf.reason + told, formula="",
    )  # fmt: skip


def _left_out(leaf: LeafMarks) -> LeafMarks:
    """不计分: neither full marks nor marks."""
    parts = tuple(part._replace(full_marks=_ZERO, marks=_ZERO, exact=_ZERO) for part in leaf.parts)
    return leaf._replace(full_marks=_ZERO, marks=_ZERO, exact=_ZERO, parts=parts, formula="")


def _shared_out(leaves: tuple[LeafMarks, ...], framework: Framework) -> tuple[LeafMarks, ...]:
    """并入同级: the marks of indicators that do not apply go to their siblings in proportion, one level up where none is left."""
    gone = {leaf.id for leaf in leaves if leaf.waived}
    by_id = {leaf.id: leaf for leaf in leaves}
    nodes = {leaf.indicator.id: leaf.indicator for leaf in framework.leaves()}
    for id, full in _shares(framework.indicators, framework.full_marks, gone):
        leaf = by_id[id]
        if full == leaf.full_marks:
            continue
        if leaf.waived:
            by_id[id] = _left_out(leaf)
            continue
        exact = None if leaf.exact is None else leaf.exact * full / leaf.full_marks
        how = f"；不适用指标的分值并入，分值由{show(leaf.full_marks)}分改为{show(full)}分"
        by_id[id] = leaf._replace(
            full_marks=full, exact=exact, marks=None if exact is None else rounded(exact, framework),
            reason=leaf.reason + how, formula="", standard=with_share(nodes[id], full).standard(framework.ratio_names),
        )  # fmt: skip
    return tuple(by_id[leaf.id] for leaf in leaves)


def _shares(nodes: tuple[Indicator, ...], total: Decimal, gone: set[str]) -> Iterator[tuple[str, Decimal]]:
    """Each leaf's share when the nodes that still apply fill the total; two places, the last one takes the rest."""
    weight = {n.id: sum((x.full_marks for x in n.leaves() if x.id not in gone), _ZERO) for n in nodes}
    base = sum((n.full_marks for n in nodes if weight[n.id]), _ZERO)
    kept = [n for n in nodes if weight[n.id]]
    left = total
    for node in nodes:
        if node not in kept:
            yield from ((leaf.id, _ZERO) for leaf in node.leaves() if not leaf.bonus)
            continue
        share = left if node is kept[-1] else round_half_up(node.full_marks * total / base, Decimal("0.01"))
        left -= share
        if node.is_leaf:
            yield node.id, share
        else:
            yield from _shares(node.children, share, gone)
