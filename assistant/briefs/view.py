"""What a template of the report may look at: figures by comparison only, answers, rows, texts. It never hands out a number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from assistant.briefs import phrases
from assistant.briefs.answers import LeafView, leaf_view
from assistant.briefs.brief import Deduction, Problem, Task
from assistant.briefs.evidence import evidence
from assistant.briefs.remarks import no_reason
from assistant.briefs.written import written, written_cell
from assistant.indicators import label_of
from assistant.intake import Case
from assistant.intake.materials import unslotted
from assistant.ledger import Figure
from assistant.outlines import DEDUCTIONS, Genre, Outline, Section, named, table_numbers
from assistant.scorecard import Scorecard


@dataclass(frozen=True)
class ReportView:
    """A case to a template. All methods are pure; comparisons with a figure that is missing are false."""

    case: Case
    card: Scorecard
    outline: Outline
    section: Section
    we: str
    tasks: tuple[Task, ...]
    deductions: tuple[Deduction, ...]
    problems: tuple[Problem, ...]

    @property
    def year(self) -> int:
        """The case's year."""
        return self.case.year

    @property
    def unit(self) -> str:
        """The unit's full name."""
        return unslotted(self.case.unit)

    @property
    def framework(self) -> str:
        """The framework's name, in 《》."""
        return f"《{self.card.framework.name}》"

    @property
    def appendix(self) -> str:
        """The score table's heading."""
        return named(self.outline.appendix.heading, self.year, self.unit)

    def _figure(self, id: str) -> Figure | None:
        return self.card.ledger.get(id)

    def has(self, *ids: str) -> bool:
        """Whether all of these figures are known."""
        return all(id in self.card.ledger for id in ids)

    def any(self, *ids: str) -> bool:
        """Whether one of these figures is known."""
        return any(id in self.card.ledger for id in ids)

    def zero(self, *ids: str) -> bool:
        """Whether all of these figures are known and 0."""
        return all((figure := self._figure(id)) is not None and figure.value == 0 for id in ids)

    def positive(self, id: str) -> bool:
        """Whether it is known and above 0."""
        return self.above(id, "0")

    def at_least(self, id: str, edge: str) -> bool:
        """Whether the exact value is at least this."""
        figure = self._figure(id)
        return figure is not None and figure.value >= Decimal(edge)

    def above(self, id: str, edge: str) -> bool:
        """Whether the exact value is above this."""
        figure = self._figure(id)
        return figure is not None and figure.value > Decimal(edge)

    def below(self, id: str, edge: str) -> bool:
        """Whether the exact value is below this."""
        figure = self._figure(id)
        return figure is not None and figure.value < Decimal(edge)

    def compare(self, id: str, other: str) -> str:
        """`more`, `less`, `same`, or "" where either is missing."""
        a, b = self._figure(id), self._figure(other)
        if a is None or b is None or a.base[1] != b.base[1]:
            return ""
        return "same" if a.base[0] == b.base[0] else "more" if a.base[0] > b.base[0] else "less"

    def over(self, *rows: tuple[str, str, str]) -> str:
        """The names of the rows (name, figure, limit) whose figure is above its limit."""
        return "、".join(name for name, id, limit in rows if self.compare(id, limit) == "more")

    def undefined(self, id: str) -> bool:
        """Whether the ratio has no value because its denominator is 0."""
        result = self.card.measures.results.get(id)
        return result is not None and bool(result.undefined)

    def called(self, measure: str) -> str:
        """What the framework calls a measure."""
        return label_of(measure, self.card.framework)

    def scored(self, measure: str) -> bool:
        """Whether an indicator of the framework is scored by this measure, or shows it beside its marks."""
        return any(part.measure == measure for leaf in self.case.framework.leaves() for part in leaf.indicator.parts)

    def listed(self, *pairs: tuple[str, str], zeros: bool = False) -> str:
        """词[[id:value]]、… of the figures that are known, by their own names where 词 is ""; no zeros unless asked for."""
        known = [(word, id) for word, id in pairs if self.has(id) and (zeros or not self.zero(id))]
        return "、".join(f"{word}[[{id}:value]]" if word else f"[[{id}]]" for word, id in known)

    def lagging(self, *pairs: tuple[str, str]) -> str:
        """词[[id:value]] of the lowest of these rates, where it is below nine tenths; else ""."""
        known = [(figure.value, word, id) for word, id in pairs if (figure := self._figure(id)) is not None]
        low = min(known, default=None)
        return f"{low[1]}（[[{low[2]}:value]]）" if low and len(known) > 1 and low[0] < 90 else ""

    def units(self) -> str:
        """The names of the units that a department's figures were added up from; "" for any other case."""
        department = self.case.department
        return "、".join(unslotted(unit.unit) for unit in department.units) if department else ""

    def prints(self, template: str) -> bool:
        """Whether a section of the report is written by this template."""
        return any(section.template == template for section in self.outline.sections)

    def text(self, id: str) -> str:
        """A text field, answer or reason, its numbers as slots; "" where it was left blank."""
        return written(self.case, id)

    def rows(self, table: str) -> list[dict[str, str]]:
        """The rows of a table, their numbers as slots, blank cells as ""."""
        return [
            _Row({name: written_cell(self.case, table, row, name) for name in row.cells})
            for row in self.case.rows(table)
        ]

    def table(self, id: str) -> str:
        """表n where the table is printed, else ""."""
        number = table_numbers(self.outline, self.card.ledger).get(id)
        return f"表{number}" if number else ""

    def losses(self) -> str:
        """Where every lost mark is told of: 表n, or the appendix where its table has a column for it; "" if nowhere."""
        told = any(column.kind == "remark" for column in self.outline.appendix.columns)
        return self.table(DEDUCTIONS) or (self.appendix.split("：")[0] if told else "")

    def place(self, genre: Genre) -> str:
        """Where a genre stands in the report: 三（二）."""
        return self.outline.place_of(genre)

    def leaf(self, id: str) -> LeafView | None:
        """An indicator of the framework, or None."""
        leaf = next((leaf for leaf in self.card.leaves if leaf.id == id), None)
        node = next((leaf.indicator for leaf in self.case.framework.leaves() if leaf.indicator.id == id), None)
        return None if leaf is None or node is None else leaf_view(self.case, node, leaf)

    @property
    def leaves(self) -> list[LeafView]:
        """The indicators that the outline gives to this section and the framework has."""
        return [view for id in self.section.leaves if (view := self.leaf(id)) is not None]

    def lost(self, id: str) -> bool:
        """Whether that indicator lost marks."""
        return any(deduction.leaf == id for deduction in self.deductions)

    def short_of(self, id: str, measure: str) -> str:
        """How an indicator that lost marks by this measure was marked down, in words; "" where it lost none."""
        view = self.leaf(id)
        if view is None or measure not in view.lost_measures:
            return ""
        node = next(n.indicator for n in self.case.framework.leaves() if n.indicator.id == id)
        kind = next(part.rule.kind for part in node.parts if part.measure == measure)
        return {"bands": "未达到满分档", "judged": "酌情扣分"}.get(kind, "没有得满分")

    def lost_by(self, measure: str) -> bool:
        """Whether this measure cost one of the section's indicators marks."""
        return any(measure in leaf.lost_measures for leaf in self.leaves)

    def _explained_at(self, id: str) -> str:
        """Where a lost mark is told of: the problems, else the table of deductions."""
        deduction = next((d for d in self.deductions if d.leaf == id), None)
        if deduction is None or not deduction.explained:
            return ""
        if deduction.problem:
            caused = any(p.cause for p in self.problems if p.number == deduction.problem)
            return f"“{self.place('problems')}”" if caused else ""
        return self.losses()

    def why(self, id: str, todo: str) -> str:
        """，原因见… where the indicator's lost marks are explained, ，【待补：…】 where none were lost.

        An unknown reason of a lost mark is asked for with the lost marks, and only there.
        """
        where = self._explained_at(id)
        return f"，原因见{where}" if where else "" if self.lost(id) else f"，【待补：{todo}】"

    def three_public_reason(self, *items: str) -> str:
        """Why the “三公” expenses differ from budget or last year, as filled in: for all of them, else for these items; "" if nothing is said."""
        totals = (self.text("three_public.reason"), self.text("three_public.total.variance_reason"))
        told = [text for text in totals if not no_reason(text)][:1]
        told = told or [self.text(f"three_public.{item}.variance_reason") for item in items]
        return "；".join(dict.fromkeys(text for text in told if not no_reason(text)))

    def costs(self, measure: str) -> bool:
        """Whether this measure cost any indicator of the framework marks."""
        lost = {deduction.leaf for deduction in self.deductions}
        return any(part.measure == measure for leaf in self.case.framework.leaves()
                   if leaf.indicator.id in lost for part in leaf.indicator.parts)  # fmt: skip

    def checks(self, opening: str = "") -> str:
        """The section's checklist in words, after these."""
        lost = [leaf.id for leaf in self.leaves if (leaf.unmet or leaf.violated) and leaf.lost]
        return phrases.checks(self.leaves, opening, self._explained_at(lost[0]) if lost else "")

    def reasons(self, skip_lost: bool = True) -> str:
        """What people wrote beside the marks of this section's indicators."""
        return phrases.reasons(self.leaves, skip_lost)

    def said(self, leaf: LeafView) -> list[str]:
        """What people wrote beside the marks of one indicator, lost or not, without what an earlier one of the section says."""
        before = (other for other in takewhile(lambda other: other.id != leaf.id, self.leaves))
        told = {text for other in before for text in phrases.said(other)}
        return [text for text in phrases.said(leaf) if text not in told]

    def evidence(self, leaf: LeafView) -> list[str]:
        """What the data say of one indicator, whatever it is called."""
        node = next(n.indicator for n in self.case.framework.leaves() if n.indicator.id == leaf.id)
        return evidence(self.case, self.card, node, leaf)

    def grades(self) -> list[str]:
        """What was written beside each graded part, else the grade that was chosen, as statements."""
        return [text for leaf in self.leaves for text in phrases.graded(leaf)]

    def systems(self, category: str = "", status: str = "") -> str:
        """《…》《…》 of the unit's systems, of one kind or in one state."""
        return phrases.systems(self.case, category, status)

    def system_kinds(self) -> str:
        """The kinds of systems there are."""
        return phrases.system_kinds(self.case)

    def project_names(self, column: str, value: str) -> str:
        """The projects marked so, by name."""
        return phrases.project_names(self.case, column, value)

    def fields(self) -> str:
        """The fields of the key tasks, where they are short enough to be named in one breath; else ""."""
        names = list(dict.fromkeys(task.field for task in self.tasks))
        short = all(0 < len(name) <= 12 for name in names) and 1 < len(names) <= 6
        return "、".join(names) if short and self.has("count.key_tasks.fields") else ""

    def unfinished(self) -> str:
        """The tasks that were not finished, by state."""
        return phrases.unfinished(self.tasks)

    def target_lines(self) -> list[str]:
        """Each target against what was achieved."""
        return phrases.target_lines(self.card.ledger.targets, self.card.ledger)

    def tops(self, bonus: bool = True) -> list[tuple[str, str, str]]:
        """First-level indicators that have marks: name, id of its marks, id of its full marks. `bonus`: also those on top of the base."""
        rows = [(n.name, f"marks.{n.id}", f"full_marks.{n.id}") for n in self.card.framework.indicators]
        return [row for row in rows if self.has(row[1]) and (bonus or self.has(row[2]))]

    def on_form(self, full: str) -> str:
        """The id of a share as the form has it, where 不适用 left indicators out of it and the total was scaled up."""
        return f"printed_{full}" if self.has("marks.raw", f"printed_{full}") else full

    def share(self, full: str) -> str:
        """分值[[…]] as on the form, and what of it applies where that is less."""
        printed = self.on_form(full)
        return f"分值[[{printed}:value]]" + ("" if printed == full else f"，其中适用的指标[[{full}:value]]")

    def bonuses(self) -> list[tuple[str, str]]:
        """Indicators on top of the base that have marks: name, id of its marks."""
        return [(leaf.name, f"marks.{leaf.id}") for leaf in self.card.leaves if leaf.bonus and leaf.marks is not None]

    @property
    def grade(self) -> str:
        """The grade by the framework's thresholds, or "" where it has none or marks are missing."""
        return self.card.grade

    def grade_starts(self) -> list[tuple[str, str]]:
        """Each grade but the lowest: its name, id of the marks at which it begins."""
        grades = self.card.framework.grades
        return [(name, f"grade.{n}") for n, (name, least) in enumerate(grades, 1) if least > 0]

    @property
    def lowest_grade(self) -> str:
        """The grade of all that is below the others."""
        return self.card.framework.grades[-1][0] if self.card.framework.grades else ""

    def unverified(self) -> list[str]:
        """Names of the indicators whose marks were handed in and not computed."""
        return [phrases.inner(leaf.called) for leaf in self.card.leaves if leaf.basis == "declared"]

    def unmarked(self) -> list[str]:
        """Names of the indicators without marks."""
        return [phrases.inner(leaf.called) for leaf in self.card.leaves if leaf.marks is None]


class _Row(dict[str, str]):
    """A row whose blank cells read as ""."""

    def __missing__(self, key: str) -> str:
        return ""
