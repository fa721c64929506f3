"""What a template of the report may look at: figures by comparison only, answers, rows, texts. It never hands out a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.briefs.brief import Deduction, Problem, Task
from assistant.briefs.written import written, written_cell
from assistant.frameworks import Indicator
from assistant.intake import Case
from assistant.ledger import Figure
from assistant.outlines import Outline, Section, table_numbers
from assistant.scorecard import LeafMarks, Scorecard
from assistant.slots import stray_numbers


@dataclass(frozen=True)
class LeafView:
    """An indicator to a template: what was answered, and whether marks were lost. `met` and `unmet` are items' texts."""

    id: str
    name: str
    lost: bool
    missing: bool
    declared: bool
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    grades: tuple[str, ...]
    vetoes: str
    reasons: Mapping[int, str]

    def part_lost(self, number: int) -> bool:
        """Whether that part lost marks."""
        return number in self._parts_lost

    _parts_lost: frozenset[int] = frozenset()


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
        return self.case.unit

    @property
    def framework(self) -> str:
        """The framework's name, in 《》."""
        return f"《{self.card.framework.name}》"

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

    def undefined(self, id: str) -> bool:
        """Whether the ratio has no value because its denominator is 0."""
        result = self.card.measures.results.get(id)
        return result is not None and bool(result.undefined)

    def listed(self, *pairs: tuple[str, str], zeros: bool = False) -> str:
        """词[[id:value]]、… of the figures that are known; zeros are left out unless asked for."""
        told = [
            f"{word}[[{id}:value]]" for word, id in pairs if self.has(id) and (zeros or not self.zero(id))
        ]  # fmt: skip
        return "、".join(told)

    def text(self, id: str) -> str:
        """A text field, answer or reason, its numbers as slots; "" where it was left blank."""
        return written(self.case, id)

    def rows(self, table: str) -> list[dict[str, str]]:
        """The rows of a table, their numbers as slots, blank cells as ""."""
        return [_Row({name: written_cell(self.case, table, row, name) for name in row.cells}) for row in self.case.rows(table)]

    def table(self, id: str) -> str:
        """表n where the table is printed, else ""."""
        number = table_numbers(self.outline, self.card.ledger).get(id)
        return f"表{number}" if number else ""

    def place(self, genre: str) -> str:
        """Where a genre stands in the report: 三（二）."""
        return self.outline.place_of(genre)

    def leaf(self, id: str) -> LeafView | None:
        """An indicator of the framework, or None."""
        leaf = next((leaf for leaf in self.card.leaves if leaf.id == id), None)
        node = next((leaf.indicator for leaf in self.case.framework.leaves() if leaf.indicator.id == id), None)
        return None if leaf is None or node is None else _leaf_view(self.case, node, leaf)

    @property
    def leaves(self) -> list[LeafView]:
        """The indicators that the outline gives to this section and the framework has."""
        return [view for id in self.section.leaves if (view := self.leaf(id)) is not None]

    def met(self) -> list[str]:
        """What was answered 符合 in this section's indicators, as statements."""
        return [text for leaf in self.leaves for text in leaf.met]

    def lost(self, id: str) -> Deduction | None:
        """The deduction of an indicator, or None."""
        return next((d for d in self.deductions if d.leaf == id), None)

    def explained_at(self, id: str) -> str:
        """Where a lost mark is explained (三（二）, or the table of deductions), or "" where nothing was lost or said."""
        deduction = self.lost(id)
        if deduction is None or not deduction.explained:
            return ""
        return f"“{self.place('problems')}”" if deduction.problem else self.table("deductions")

    def tops(self) -> list[tuple[str, str, str]]:
        """First-level indicators that have marks: name, id of its marks, id of its full marks."""
        nodes = self.card.framework.indicators
        return [(node.name, f"marks.{node.id}", f"full_marks.{node.id}") for node in nodes if self.has(f"marks.{node.id}")]

    def unverified(self) -> list[str]:
        """Names of the indicators whose marks were handed in and not computed."""
        return [leaf.name for leaf in self.card.leaves if leaf.basis == "declared"]

    def unmarked(self) -> list[str]:
        """Names of the indicators without marks."""
        return [leaf.name for leaf in self.card.leaves if leaf.marks is None]


class _Row(dict[str, str]):
    """A row whose blank cells read as ""."""

    def __missing__(self, key: str) -> str:
        return ""


def clean(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts that write no number of their own."""
    return tuple(text for text in texts if text and not stray_numbers(text))


def _leaf_view(case: Case, node: Indicator, leaf: LeafMarks) -> LeafView:
    met: list[str] = []
    unmet: list[str] = []
    grades: list[str] = []
    for number, part in enumerate(node.parts, 1):
        key = f"{node.id}.{number}"
        answer = case.entries.get(f"answer.{key}")
        if part.rule.kind == "checklist":
            for n, item in enumerate(part.rule.items, 1):
                {"符合": met, "不符合": unmet}.get(case.text(f"answer.{key}.{n}"), []).append(item.text)
        elif part.rule.kind == "violations" and answer is not None and answer.number is not None:
            (unmet if answer.number else met).append(part.rule.item if answer.number else part.rule.standard)
        elif part.rule.kind == "grades" and answer is not None and answer.text:
            grades.append(f"{part.text.removesuffix('公开')}{answer.text}")
    lost = frozenset(
        n for n, part in enumerate(leaf.parts, 1) if part.marks is not None and part.marks < part.full_marks
    )
    keys = {0: f"reason.{node.id}"} | {n: f"reason.{node.id}.{n}" for n in range(1, len(node.parts) + 1)}
    reasons = {n: text for n, key in keys.items() if (text := written(case, key))}
    veto = node.zero_if.occurred if node.zero_if and case.text(f"answer.{node.id}.veto") == "无" else ""
    return LeafView(
        node.id, node.name, leaf.lost > 0, leaf.marks is None, leaf.basis == "declared",
        clean(met), clean(unmet), clean(grades), veto if clean([veto]) else "", reasons, lost,
    )  # fmt: skip
