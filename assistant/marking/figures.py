"""Marks and full marks of every node, lost marks and the total as figures, so that a text's 分 can be explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from assistant.frameworks import Framework, Indicator
from assistant.intake.case import Change
from assistant.ledger import Figure, Provenance
from assistant.marking.leaf import rounded
from assistant.marking.model import LeafMarks
from assistant.rules import show

_ZERO = Decimal(0)
_STEPS = (Decimal(1), Decimal("0.1"), Decimal("0.01"))
_GIVEN = ("得分", "自评得分", "得", "得分情况")
_ADDED = ("加", "加分", "自评加")
_BEFORE, _AFTER = "折算前合计", "折算后合计"
_SUM = ("总计", "合计", "总分", "总得分情况", _AFTER, "")
"""How the last row of a score table is headed."""

_WORTH = ("分值", "参考分值", "满分", "权重分值", "权重")


def mark_figures(
    framework: Framework, leaves: tuple[LeafMarks, ...], year: int, total: Decimal, applicable: Decimal
) -> Iterator[Figure]:
    """In the order of the form: each node's full marks and marks, then losses, the total, and counts.

    `applicable` are the full marks of the indicators that apply; less than the framework's, the total is scaled up from them.
    """
    period, by_id = str(year), {leaf.id: leaf for leaf in leaves}
    issued = _issued(framework, period)
    for node, below in framework.spread:
        mine = [by_id[id] for id in below]
        full = sum((leaf.full_marks for leaf in mine), _ZERO)
        shares = issued[node.id]
        yield from shares if not shares or shares[0].value == full else _shares(node, full, framework, period)
        best = node.is_leaf and mine[0].marks == mine[0].exact == full == node.full_marks != 0
        yield from (
            _with_full_marks(node, mine, framework, period) if best else _node(node, mine, full, framework, period)
        )
        if node.bonus and node.is_leaf:
            yield from _capped(node, mine[0], period, framework.id)
    lost = [leaf for leaf in leaves if leaf.lost > 0]
    for leaf in lost:
        how = Provenance("formula", formula=f"{show(leaf.full_marks)}－{show(leaf.full_marks - leaf.lost)}")
        yield Figure(f"lost.{leaf.id}", f"{leaf.called}扣分", leaf.lost, "分", period, how, items=(leaf.called,),
                     aspects=("扣", "扣分", "失分"))  # fmt: skip
    yield from _total(framework, leaves, period, total, applicable)
    yield from _lost(lost, period)
    law = Provenance("framework", file=framework.id)
    yield Figure("count.leaves", "三级指标", Decimal(len(leaves)), "项", period, law)
    for number, (name, least) in enumerate(framework.grades, 1):
        if least > 0:
            yield Figure(
                f"grade.{number}", f"{name}的起点分", least, "分", period, law, items=(name,), aspects=("起点分",)
            )


def _issued(framework: Framework, period: str) -> dict[str, tuple[Figure, ...]]:
    """Node id -> its shares as the form gives them, which are the same for every case of a year."""
    known = framework.worked_out
    if ("shares", period) not in known:
        known["shares", period] = {
            node.id: tuple(_shares(node, node.full_marks, framework, period)) for node in framework.nodes()
        }
    found: dict[str, tuple[Figure, ...]] = known["shares", period]
    return found


def _with_full_marks(node: Indicator, leaf: list[LeafMarks], framework: Framework, period: str) -> tuple[Figure, ...]:
    """A leaf's figures where it has full marks: the same in every case of a year, but for what they are computed from."""
    known, key = framework.worked_out, ("full marks", period, node.id, *leaf[0].inputs)
    if key not in known:
        known[key] = tuple(_node(node, leaf, node.full_marks, framework, period))
    found: tuple[Figure, ...] = known[key]
    return found


def _shares(node: Indicator, full: Decimal, framework: Framework, period: str) -> Iterator[Figure]:
    """What a node is worth, and what the form prints where that is something else; nothing for marks on top of the base."""
    if node.bonus:
        return
    name = framework.called[node.id]
    law = Provenance("framework", file=framework.id, paragraph=name)
    yield Figure(f"full_marks.{node.id}", f"{name}分值", full, "分", period, law, items=(name,), aspects=_WORTH)
    printed = node.printed_full_marks or node.full_marks
    if printed != full:
        yield Figure(f"printed_full_marks.{node.id}", f"{name}原表分值", printed, "分", period, law,
                     aliases=(f"{name}分值",), items=(name,), aspects=("原表分值", *_WORTH))  # fmt: skip


def _node(
    node: Indicator, leaves: list[LeafMarks], full: Decimal, framework: Framework, period: str
) -> Iterator[Figure]:
    """What a node came to, and its 得分率 where all of it has marks."""
    name = framework.called[node.id]
    given = [leaf.marks for leaf in leaves if leaf.marks is not None]
    if not given:
        return
    marks = sum(given, _ZERO)
    if framework.rounding == "total":
        marks = rounded(sum((leaf.exact for leaf in leaves if leaf.exact is not None), _ZERO), framework)
    inputs = tuple(leaves[0].inputs) if node.is_leaf else tuple(f"marks.{leaf.id}" for leaf in leaves)
    how = Provenance("formula", formula="＋".join(show(m) for m in given), inputs=inputs)
    yield Figure(f"marks.{node.id}", f"{name}得分", marks, "分", period, how, items=(name,),
                 aspects=(*_GIVEN, *_ADDED) if node.bonus else _GIVEN, print_places=framework.places)  # fmt: skip
    if full and len(given) == len(leaves):
        yield _rate(node.id, name, marks, full, period, (name,))


def _capped(node: Indicator, leaf: LeafMarks, period: str, file: str) -> Iterator[Figure]:
    """What the rows of 加减分事项 add up to, and the limit, where the limit cut it."""
    for part, marks in zip(node.parts, leaf.parts, strict=True):
        if part.rule.kind != "bonus" or marks.branch != "most" or marks.value is None or part.rule.most is None:
            continue
        how = Provenance("formula", formula="加减分事项的分值之和")
        yield Figure(
            f"claimed.{node.id}",
            "加减分事项合计",
            marks.value,
            "分",
            period,
            how,
            items=(node.name, "加减分事项"),
            aspects=("加减分事项合计", "合计"),
        )
        law = Provenance("framework", file=file, paragraph=node.name)
        yield Figure(
            f"limit.{node.id}",
            "加减分上限",
            part.rule.most,
            "分",
            period,
            law,
            items=(node.name, "加减分事项"),
            aspects=("为限", "上限"),
        )


def _rate(id: str, name: str, marks: Decimal, full: Decimal, period: str, items: tuple[str, ...]) -> Figure:
    """得分率: marks ÷ full marks, printed with as few places as it takes, two at most."""
    value = marks * 100 / full
    places = next((n for n, step in enumerate(_STEPS) if value.quantize(step) == value), 2)
    how = Provenance("formula", formula=f"{show(marks)}÷{show(full)}×100%")
    return Figure(
        f"rate.{id}", f"{name}得分率", value, "%", period, how, items=items, aspects=("得分率",), print_places=places
    )


def _total(
    framework: Framework, leaves: Iterable[LeafMarks], period: str, total: Decimal, applicable: Decimal
) -> Iterator[Figure]:
    formula = "各三级指标得分之和"
    if applicable < framework.full_marks:
        raw = sum((leaf.marks for leaf in leaves if leaf.marks is not None and not leaf.bonus), _ZERO)
        worth = applicable
        formula = f"{show(raw)}÷{show(worth)}×{show(framework.full_marks)}（不适用指标不计分，按比例折算）"
        how = Provenance("formula", formula=formula)
        yield Figure("marks.raw", "折算前得分", raw, "分", period, how, aliases=("折算前得分",), items=(_BEFORE,),
                     aspects=_GIVEN, print_places=framework.places)  # fmt: skip
        yield Figure("full_marks.applicable", "适用指标分值", worth, "分", period, how, aliases=("适用指标满分",))
    yield Figure("marks.total", "自评总得分", total, "分", period, Provenance("formula", formula=formula),
                 print_places=framework.places, aliases=("总得分", "自评得分", "总分", "总体得分", "总计", "合计"),
                 items=("部门整体支出绩效自评", *_SUM), aspects=("总体得分", "总得分", "自评得分", "得分", "得分情况"))  # fmt: skip
    yield _rate("total", "总得分", total, framework.full_marks, period, _SUM)
    law = Provenance("framework", file=framework.id)
    yield Figure("full_marks.total", "满分", framework.full_marks, "分", period, law, items=(*_SUM, _BEFORE),
                 aspects=_WORTH)  # fmt: skip


def _lost(lost: list[LeafMarks], period: str) -> Iterator[Figure]:
    if not lost:
        return
    formula = "＋".join(show(leaf.lost) for leaf in lost)
    yield Figure("lost.total", "合计扣分", sum((leaf.lost for leaf in lost), _ZERO), "分", period,
                 Provenance("formula", formula=formula), aliases=("共扣", "扣分合计", "合计扣", "失分"))  # fmt: skip
    yield Figure("count.lost", "扣分指标", Decimal(len(lost)), "项", period, Provenance("formula", formula="扣分的三级指标"),
                 aliases=("失分指标", "有扣分的指标", "有扣分的三级指标", "扣分的三级指标"))  # fmt: skip


def issued_shares(framework: Framework, changes: Iterable[Change], year: int) -> Iterator[Figure]:
    """The shares that re-weighted leaves had in the framework as it was issued."""
    for number, change in enumerate((c for c in changes if c.kind == "分值调整"), 1):
        law = Provenance("framework", file=framework.id, paragraph=change.indicator)
        yield Figure(f"issued_full_marks.{number}", f"{change.indicator}原分值", Decimal(change.before), "分",
                     str(year), law, items=(change.indicator,), aspects=("原分值",))  # fmt: skip
