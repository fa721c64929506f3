"""What the speed suite works on: drafts of the shipped cases, made-up cases, a ledger of any size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib.resources import files
from itertools import count, islice
from pathlib import Path

from assistant.documents import Text, plain, read_document
from assistant.intake import Case, load_case
from assistant.intake.materials import Register
from assistant.ledger import Figure, Provenance
from assistant.pipeline import draft_case
from assistant.scorecard import Scorecard, score
from assistant.synth.write import make
from assistant.verify.check import with_rubric

REPORT_LENGTH = 49_000
"""Characters: five published reports together."""
LARGEST = "futian-organization-2020"
"""The shipped case with the most figures."""


@dataclass(frozen=True)
class Samples:
    """The shipped cases, the plain text of their drafts one after the other, and the largest case, scored."""

    cases: tuple[Path, ...]
    drafts: str
    case: Case
    card: Scorecard
    draft: str

    def report(self, length: int) -> str:
        """A text of that many characters, out of all drafts."""
        return filled(self.drafts, length)

    def own_report(self, length: int) -> Text:
        """A report of the largest case of that many characters, every number of which its ledger explains."""
        return as_text(filled(self.draft, length))


def samples(folder: Path) -> Samples:
    """Draft all shipped cases into the folder."""
    root = Path(str(files("evals") / "cases"))
    cases = tuple(sorted(path for path in root.iterdir() if (path / "case.yaml").is_file()))
    drafts = {}
    for case in cases:
        draft_case(case, folder / case.name)
        drafts[case.name] = read_document(folder / case.name / "report.docx").text
    largest = load_case(root / LARGEST)
    return Samples(cases, "".join(drafts.values()), largest, score(largest), drafts[LARGEST])


def filled(text: str, length: int) -> str:
    """The text over and over, cut off at that length."""
    return (text * (length // len(text) + 1))[:length]


def as_text(words: str) -> Text:
    """A document with these words: lines are paragraphs, lines with tabs rows."""
    return plain.read("report.txt", words.encode("utf-8"))


def made_cases(number: int, seed: int) -> list[Case]:
    """Different made-up cases over all frameworks, read and ready to be scored."""
    return [make(n, seed).case() for n in range(1, number + 1)]


def with_figures(card: Scorecard, number: int) -> Scorecard:
    """The card with its ledger filled up, or cut, to that many figures, those of the rubric's wording counted.

    What is added is what real cases have more of: sentences of materials, and rows of projects, in equal parts.
    """
    lacking = number - len(with_rubric(card))
    added = islice(_more_figures(card.year), max(lacking, 0))
    return replace(card, measures=replace(card.measures, ledger=card.measures.ledger.add(added)))


def _more_figures(year: int) -> Iterator[Figure]:
    for case in count(1):
        made = make(case, seed=97)
        register = Register(f"more.{case}.", year)
        for number, (level, words) in enumerate(made.story):
            if not level:
                register.slotted(words, Provenance("paragraph", file="more.docx", paragraph=f"第{case}.{number}段"))
        for number, figure in enumerate(register.figures):
            yield figure
            row = Provenance("cell", file="more.xlsx", sheet="项目清单", cell=f"D{case * 100 + number}")
            name = f"{made.kind.short_name}第{case}批{number + 1}号补助项目"
            value = Decimal(1000 + 37 * number + case) / 100
            yield Figure(
                f"more.project.{case}.{number}", name, value, "万元", str(year), row, items=(name,), aspects=("支出",)
            )
