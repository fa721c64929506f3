"""What a table says of one leaf, column by column: shared by the score table and the 自评表."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.appendix import ColumnKind
from assistant.briefs import Deduction
from assistant.briefs.deductions import read_problems
from assistant.briefs.remarks import no_reason, says_nothing
from assistant.briefs.written import written_cell
from assistant.frameworks import Indicator
from assistant.intake import Case
from assistant.ledger import Ledger, Target
from assistant.report.figure_tables import reason
from assistant.rules import met, show
from assistant.scorecard import LeafMarks, Scorecard

Fill = Callable[[str], str]

_NO_QUOTES = str.maketrans("", "", "“”‘’")
TODO, BONUS = "【待补】", "加减分"
WAIVED = {"full": "视同满分", "pro_rata": "不计分", "siblings": "分值已并入"}
"""What a table says of an indicator that does not apply to the unit, by the framework's policy."""


@dataclass(frozen=True)
class LeafCells:
    """The leaves of a scored case as texts of cells; `fill` puts figures into the slots of what people wrote.

    `problems_at` is where the report tells its problems (三（二）), "" in a form that stands alone and tells them itself.
    """

    case: Case
    card: Scorecard
    ledger: Ledger
    deductions: Sequence[Deduction]
    problems_at: str
    fill: Fill

    def text(self, kind: ColumnKind, node: Indicator, leaf: LeafMarks) -> str:
        """The cell of that column."""
        match kind:
            case "full_marks":
                return self.share(node)
            case "description":
                return node.description
            case "standard":
                return leaf.standard
            case "marks":
                return self.marks(leaf)
            case "rate":
                figure = self.ledger.get(f"rate.{node.id}")
                return "—" if figure is None or leaf.waived else figure.printed()
            case "remark":
                return self.remark(leaf)
            case "target":
                return self.target(leaf)
            case "achieved":
                return self.achieved(leaf)
            case "completion":
                return self.completion(leaf)
            case "variance":
                return self.variance(leaf)

    def share(self, node: Indicator) -> str:
        """The node's share as the form prints it; what holds for this unit where 不适用 moved marks into it."""
        if node.bonus or (not node.full_marks and all(leaf.bonus for leaf in node.leaves())):
            return BONUS
        held = sum((self.card.leaf(leaf.id).full_marks for leaf in node.leaves()), Decimal(0))
        if self.card.framework.not_applicable == "siblings" and held != node.full_marks:
            return show(held) if held else "—"
        return show(node.full_marks if node.printed_full_marks is None else node.printed_full_marks)

    def marks(self, leaf: LeafMarks) -> str:
        """The marks, or what stands in their place."""
        if leaf.waived:
            word = WAIVED[self.card.framework.not_applicable]
            return f"{show(leaf.marks)}（{word}）" if leaf.marks else word
        return TODO if leaf.marks is None else show(leaf.marks)

    def remark(self, leaf: LeafMarks) -> str:
        """Why marks were lost, or that the indicator does not apply; "" for full marks."""
        if leaf.waived:
            return self.fill(f"不适用：{self._why_waived(leaf)}。")
        lost = next((d for d in self.deductions if d.leaf == leaf.id), None)
        if lost is None:
            return ""
        return self.fill(reason(lost if self.problems_at else self._spelled_out(lost), self.problems_at))

    def target(self, leaf: LeafMarks) -> str:
        """年度指标值 with its sign, of a leaf that has one."""
        row = self.target_of(leaf)
        return "" if row is None else self.wanted(row)

    def achieved(self, leaf: LeafMarks) -> str:
        """实际完成值; of a leaf without a target, what its measures came to."""
        row = self.target_of(leaf)
        if row is not None:
            return self.reached(row)
        figures = [figure for part in leaf.parts if part.measure and (figure := self.ledger.get(part.measure))]
        if len(figures) == 1 and _same(figures[0].label, leaf.name):
            return figures[0].printed()
        return "\n".join(dict.fromkeys(f"{figure.label}{figure.printed()}" for figure in figures))

    def completion(self, leaf: LeafMarks) -> str:
        """完成率 of a target; the state of one without numbers."""
        row = self.target_of(leaf)
        return "" if row is None else self.completed(row)

    def variance(self, leaf: LeafMarks) -> str:
        """偏差原因分析及改进措施: of a target as the unit wrote it, asked for where it was missed; else why marks were lost."""
        row = self.target_of(leaf)
        return self.remark(leaf) if row is None or leaf.waived else self.cause(row, leaf.lost > 0)

    def wanted(self, row: Target) -> str:
        """A target's 年度指标值 with its sign."""
        figure = self.ledger.get(row.target)
        text = figure.printed() if figure is not None else self._written(row, "target")
        return f"{'' if row.sign == '定性' else row.sign}{text}" if text else TODO

    def reached(self, row: Target) -> str:
        """A target's 实际完成值; of one without numbers, the words or the state."""
        figure = self.ledger.get(row.achieved)
        return figure.printed() if figure is not None else self._written(row, "achieved") or row.state or TODO

    def completed(self, row: Target) -> str:
        """A target's 完成率, or its state."""
        figure = self.ledger.get(f"{row.id}.completion")
        return row.state or "—" if figure is None else figure.printed()

    def cause(self, row: Target, lost: bool) -> str:
        """What the unit wrote of the variance; asked for where the target was missed or marks were lost."""
        said = self._written(row, "variance_reason")
        if not (no_reason(said) if lost else says_nothing(said)):
            return f"{said}。"
        return f"【待补：“{row.name}”的偏差原因】" if lost or self._missed(row) else ""

    def target_of(self, leaf: LeafMarks) -> Target | None:
        """The row of targets that the leaf is scored by."""
        measures = {part.measure for part in leaf.parts}
        return next((row for row in self.ledger.targets if row.id in measures), None)

    def _missed(self, row: Target) -> bool:
        wanted, got = self.ledger.get(row.target), self.ledger.get(row.achieved)
        if wanted is None or got is None:
            return row.state in ("部分达成", "未达成")
        return not met(row.sign, wanted.value, got.value)

    def _written(self, row: Target, column: str) -> str:
        """A cell of the sheet of targets as people wrote it."""
        number = int(row.id.rpartition(".")[2])
        found = next((r for r in self.case.rows("targets") if r.number == number), None)
        return "" if found is None else self.fill(written_cell(self.case, "targets", found, column))

    def _spelled_out(self, lost: Deduction) -> Deduction:
        """The deduction with its problem's cause and measure in place of a reference to it."""
        problem = next((p for p in read_problems(self.case) if p.number == lost.problem), None)
        if problem is None:
            return lost
        measure = f"改进措施：{problem.measure}" if problem.measure else ""
        told = [text for text in (lost.note or problem.cause or problem.text, measure) if text]
        return replace(lost, note="；".join(told), problem=0)

    def _why_waived(self, leaf: LeafMarks) -> str:
        written = self.case.slotted.get(f"not_applicable.{leaf.id}", self.case.text(f"not_applicable.{leaf.id}"))
        return (written or leaf.waived).removesuffix("，不适用，视同满分").strip().rstrip("。；")


def _same(label: str, name: str) -> bool:
    """Whether a leaf is called what the figure is called, quotes aside: the value alone will do beside it."""
    return label.translate(_NO_QUOTES) == name.translate(_NO_QUOTES)
