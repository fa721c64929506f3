"""部门整体支出绩效自评表: the form of its own, from the same case and card as the report. Here its content; form_word and form_sheet set it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.briefs.written import written
from assistant.frameworks import Indicator
from assistant.ledger import Figure
from assistant.report.leaf_cells import BONUS, TODO, LeafCells
from assistant.report.score_table import score_notes
from assistant.rules import show
from assistant.scorecard import LeafMarks, Scorecard

SPENT = "final_accounts"
BUDGETS = ("annual_budget", "initial_budget")
"""What 执行率 may be counted against; without an indicator of it, the first of these that the framework has a rate for."""
FUNDS = (("年度资金总额", "total"), ("基本支出", "basic"), ("项目支出", "project"))
STAGES = (("年初预算数", "initial_budget"), ("全年预算数", "annual_budget"), ("全年执行数", SPENT))
PENS = ("填报人", "联系电话", "单位负责人（签章）")
"""Places for a pen; they stay empty."""


LONG = 14
"""A text of more characters than this stands at the left of its cell."""
OTHER_HEADS = ("指标类别", "年度绩效目标（不单独计分）", "年度指标值", "实际完成值", "完成率", "偏差原因分析及改进措施")


@dataclass(frozen=True, slots=True)
class Fund:
    """A line of the form's 预算执行: the three amounts and the rate (None: not given)."""

    name: str
    amounts: tuple[Figure | None, ...]
    rate: Figure | None
    over: int
    """Which of the amounts the rate is counted against."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A leaf on the form."""

    node: Indicator
    leaf: LeafMarks
    names: tuple[str, ...]
    target: str
    achieved: str
    share: str
    marks: str
    variance: str


@dataclass(frozen=True)
class Form:
    """The whole form. `execution` is the leaf whose share and marks stand in the head; it is no row where it is an indicator of the
    first level, as on the issued form. `others` are targets that no leaf is scored by: name, target, achieved, completion, variance."""

    title: str
    unit: str
    year: int
    funds: tuple[Fund, ...]
    execution: FormRow | None
    in_head: bool
    goal: str
    result: str
    rows: tuple[FormRow, ...]
    others: tuple[tuple[str, ...], ...]
    full_marks: str
    marks: str
    grade: str
    notes: tuple[str, ...]
    card: Scorecard

    @property
    def fund_heads(self) -> tuple[str, str, str]:
        """The heads over share, rate and marks in the line of the money."""
        rate = self.funds[0].rate
        word = rate.label[-3:] if rate is not None and rate.label.endswith("率") else "执行率"
        name = f"{self.execution.leaf.called}\n" if self.execution is not None else ""
        return f"{name}分值", word, f"{name}得分"

    @property
    def depth(self) -> int:
        """How many levels the rows have."""
        return max((len(row.names) for row in self.rows), default=1)

    @property
    def has_targets(self) -> bool:
        """Whether any row is scored by a target."""
        return any(row.target for row in self.rows)


def make_form(cells: LeafCells) -> Form:
    """The form of a scored case."""
    card = cells.card
    rows = [_row(cells, leaf.indicator, leaf.path) for leaf in card.framework.leaves()]
    execution = next((row for row in rows if _is_execution(row, card)), None)
    in_head = execution is not None and len(execution.leaf.path) == 1
    kept = tuple(row for row in rows if not (in_head and row is execution))
    goal, result = (_told(cells, id) for id in ("unit.annual_goal", "unit.goal_result"))
    return Form(
        f"{card.year}年度部门整体支出绩效自评表", card.unit, card.year, tuple(_funds(cells, execution)), execution, in_head,
        goal or "【待补：年度总体目标】", result or "【待补：年度总体目标的实际完成情况】", kept, tuple(_others(cells)),
        show(card.framework.full_marks), show(card.marks), card.grade,
        (*_head_note(execution if in_head else None), *score_notes(cells, as_issued=False)), card,
    )  # fmt: skip


def _head_note(row: FormRow | None) -> Iterator[str]:
    """The head has no place for a variance: what was lost there is told under the form."""
    if row is not None and row.variance:
        yield f"注：{row.leaf.called}扣分原因：{row.variance}"


def _told(cells: LeafCells, id: str) -> str:
    text = cells.fill(written(cells.case, id))
    return f"{text}。" if text else ""


def _row(cells: LeafCells, node: Indicator, path: tuple[str, ...]) -> FormRow:
    leaf = cells.card.leaf(node.id)
    share = BONUS if leaf.bonus else show(leaf.full_marks) if leaf.full_marks else "—"
    return FormRow(
        node, leaf, path, cells.target(leaf), cells.achieved(leaf), share, cells.marks(leaf), cells.variance(leaf)
    )


def _is_execution(row: FormRow, card: Scorecard) -> bool:
    """Whether the leaf is what the head of the form calls 预算执行率: by its measure, else by its id."""
    return bool(_budget_of(row, card)) or row.node.id == "budget_execution"


def _budget_of(row: FormRow, card: Scorecard) -> str:
    """The budget against which the leaf measures what was spent, or ""."""
    measures = {part.measure for part in row.leaf.parts} - {""}
    return next((budget for budget in BUDGETS if _rate_id(card, budget, "total") in measures), "")


def _rate_id(card: Scorecard, budget: str, row: str) -> str:
    """The framework's rate of spending over that budget, or ""."""
    pair = (f"{SPENT}.{row}", f"{budget}.{row}")
    return next((ratio.id for ratio in card.framework.ratios if ratio.value.ratio == pair), "")


def _funds(cells: LeafCells, execution: FormRow | None) -> Iterator[Fund]:
    """The lines of the money; the rate is over the budget that the marks are given by."""
    card, ledger = cells.card, cells.ledger
    known = next((budget for budget in BUDGETS if _rate_id(card, budget, "total")), BUDGETS[0])
    budget = (_budget_of(execution, card) if execution is not None else "") or known
    over = next(n for n, (_, stage) in enumerate(STAGES) if stage == budget)
    first = "其中："
    for name, row in FUNDS:
        amounts = tuple(ledger.get(f"{stage}.{row}") for _, stage in STAGES)
        if row == "total":
            yield Fund(name, amounts, ledger.get(_rate_id(card, budget, row)), over)
        elif any(amounts):
            yield Fund(first + name, amounts, ledger.get(_rate_id(card, budget, row)), over)
            first = ""


def _others(cells: LeafCells) -> Iterator[tuple[str, ...]]:
    """Targets that no leaf is scored by."""
    scored = {part.measure for leaf in cells.card.leaves for part in leaf.parts}
    for row in cells.ledger.targets:
        if row.id not in scored:
            level = "／".join(dict.fromkeys(name for name in (row.level1, row.level2) if name))
            yield (
                level,
                row.name,
                cells.wanted(row),
                cells.reached(row),
                cells.completed(row),
                cells.cause(row, False),
            )


def continues(rows: tuple[FormRow, ...], at: int, level: int) -> bool:
    """Whether the name of that level stands in the row above already, and reaches down to this one."""
    return at > 0 and _above(rows[at - 1], level) == _above(rows[at], level) != ()


def reach(rows: tuple[FormRow, ...], at: int, level: int) -> int:
    """Over how many rows the name of that level reaches from here."""
    end = at + 1
    while end < len(rows) and continues(rows, end, level):
        end += 1
    return end - at


def _above(row: FormRow, level: int) -> tuple[str, ...]:
    """The names down to that level, where it lies above the leaf."""
    return row.names[: level + 1] if len(row.names) > level + 1 else ()


def amount(figure: Figure | None) -> str:
    """An amount of the head in 万元."""
    return TODO if figure is None else figure.number()


def held_full(form: Form) -> Decimal:
    """The shares that hold for this unit, added."""
    return sum((leaf.full_marks for leaf in form.card.leaves), Decimal(0))
