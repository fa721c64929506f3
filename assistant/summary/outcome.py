"""A run folder -> `Outcome`: what became of one case, as its files tell it. Nothing is judged here and nothing shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from sys import intern
from typing import Literal, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.documents import visible
from assistant.findings import Severity
from assistant.frameworks import load_framework
from assistant.frameworks.load import framework_ids
from assistant.run_folder import RECORD
from assistant.summary.recorded import CardFile, CheckFile, DraftFile, RecordedFinding, RecordedLeaf, RunFile, told

_File = TypeVar("_File", bound=BaseModel)
_ZERO = Decimal(0)
REPORT = "report.docx"


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding in the report (`check.json`) or in the case's own data (`scorecard.json`); `quote` is its place or its words."""

    origin: Literal["report", "data"]
    severity: Severity
    code: str
    message: str
    quote: str

    @property
    def is_required(self) -> bool:
        """Whether it says that a required figure is missing; `quote` is the figure's id then."""
        return self.origin == "report" and self.code == "missing" and self.severity == "error"

    @property
    def is_open(self) -> bool:
        """Whether it says that a 【待补】 is left in the report."""
        return self.origin == "report" and self.code == "missing" and not self.is_required


@dataclass(frozen=True, slots=True)
class PartSum:
    """A first-level part of the form: its full marks and marks without 加减分; `open`: leaves that have no marks yet."""

    name: str
    full_marks: Decimal
    marks: Decimal
    open: int


@dataclass(frozen=True, slots=True)
class LeafOutcome:
    """A leaf of the form; `marks` is None while something is missing; `reason` is "" where it has its full marks."""

    id: str
    name: str
    part: str
    full_marks: Decimal
    marks: Decimal | None
    basis: str
    reason: str
    bonus: bool

    @property
    def lost(self) -> Decimal:
        """The marks that are not there: none where they are open, or on top of the base."""
        return _ZERO if self.bonus or self.marks is None else max(self.full_marks - self.marks, _ZERO)


@dataclass(frozen=True, slots=True)
class ModelUse:
    """The model that wrote ("offline": none), its sentences, calls and failures."""

    name: str = ""
    passed: int = 0
    repaired: int = 0
    replaced: int = 0
    calls: int = 0
    tokens: int = 0
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case.

    `marks` and `full_marks` are None where the card could not be read; `notes` say in Chinese what the folder lacks, so that nobody
    takes silence for a good report; `report` is None where there is none; `bonus` is in `marks`; not
    `complete`: some leaves have no marks yet, and the total is only of the others.
    """

    folder: Path
    unit: str
    year: int | None = None
    framework: str = ""
    framework_name: str = ""
    marks: Decimal | None = None
    full_marks: Decimal | None = None
    bonus: Decimal = _ZERO
    complete: bool = False
    grade: str = ""
    parts: tuple[PartSum, ...] = ()
    leaves: tuple[LeafOutcome, ...] = ()
    problems: tuple[Problem, ...] = ()
    todo: tuple[str, ...] = ()
    model: ModelUse = ModelUse()
    report: Path | None = None
    notes: tuple[str, ...] = ()

    @property
    def rate(self) -> Decimal | None:
        """得分率: what makes totals of different forms comparable; None where marks are missing."""
        return self.marks / self.full_marks if self.complete and self.marks is not None and self.full_marks else None

    @property
    def lost(self) -> tuple[LeafOutcome, ...]:
        """The leaves that lost marks, the most first."""
        return tuple(sorted((leaf for leaf in self.leaves if leaf.lost), key=lambda leaf: -leaf.lost))

    @property
    def lost_marks(self) -> Decimal:
        """All marks that were lost."""
        return sum((leaf.lost for leaf in self.leaves), _ZERO)

    def count(self, origin: str, severity: Severity) -> int:
        """How many findings of that severity `check.json` ("report") or the data ("data") have."""
        return sum(problem.origin == origin and problem.severity == severity for problem in self.problems)

    @property
    def required_missing(self) -> tuple[Problem, ...]:
        """The required figures that are missing."""
        return tuple(problem for problem in self.problems if problem.is_required)


def read_outcome(run_folder: Path) -> Outcome:
    """What the files of a run folder (design.md §6) tell of its case.

    A file that is missing, cut short or of another form is told in `notes`; the others are read all the same. Raises nothing.
    """
    notes: list[str] = []
    card = _read(run_folder / "scorecard.json", CardFile, notes)
    check = _read(run_folder / "check.json", CheckFile, notes)
    draft = _read(run_folder / "draft.json", DraftFile, notes)
    run = _read(run_folder / RECORD, RunFile, notes)
    if run is not None and run.section:
        notes.append(f"只起草了一节（{run.section}），不是完整的报告")
    if card is not None and card.findings is None:
        notes.append("由旧版本生成，没有数据核对的结果")
    report = run_folder / REPORT
    if not report.is_file():
        notes.append(f"没有 {REPORT}")
    found = [*_problems("report", check.findings if check else ()), *_problems("data", (card and card.findings) or ())]
    return Outcome(
        folder=run_folder,
        unit=(card.unit if card else "") or visible(run_folder.name)[0] or "（没有名称）",
        year=card.year if card else None,
        framework=card.framework if card else "",
        framework_name=framework_name(card.framework) if card else "",
        marks=card.total.marks if card else None,
        full_marks=card.total.full_marks if card else None,
        bonus=card.bonus if card else _ZERO,
        complete=card is not None and card.total.complete,
        grade=card.total.grade if card else "",
        parts=_parts(card.indicators) if card else (),
        leaves=tuple(map(_leaf, card.indicators)) if card else (),
        problems=tuple(found),
        todo=_todo(draft, found),
        model=_model(run) if run else ModelUse(),
        report=report if report.is_file() else None,
        notes=tuple(notes),
    )


@cache
def _shipped_ids() -> frozenset[str]:
    return frozenset(framework_ids())


def framework_name(id: str) -> str:
    """The name of a shipped framework; of any other, the id that the case gives. No file is opened for a name in a record."""
    return load_framework(id).name if id in _shipped_ids() else id


def _read(path: Path, model: type[_File], notes: list[str]) -> _File | None:
    try:
        return model.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        notes.append(f"没有 {path.name}")
    except OSError:
        notes.append(f"{path.name} 打不开")
    except ValidationError as error:
        notes.append(f"{path.name} 读不出：{told(error)}")
    return None


def _problems(origin: Literal["report", "data"], found: tuple[RecordedFinding, ...]) -> list[Problem]:
    return [Problem(origin, f.severity, f.code, f.message, f.quote) for f in found]


def _leaf(leaf: RecordedLeaf) -> LeafOutcome:
    """A leaf without the standard words of full marks; the words of the form, alike in every case, are held once."""
    part = leaf.path[0] if leaf.path else leaf.name
    id, name, part, basis = map(intern, (leaf.id, leaf.name, part, leaf.basis))
    whole = leaf.marks is not None and leaf.marks >= leaf.full_marks
    return LeafOutcome(id, name, part, leaf.full_marks, leaf.marks, basis, "" if whole else leaf.reason, leaf.bonus)


def _parts(leaves: tuple[RecordedLeaf, ...]) -> tuple[PartSum, ...]:
    """The first level of the form in its order; a part that holds 加减分 alone is none."""
    base = [leaf for leaf in map(_leaf, leaves) if not leaf.bonus]
    groups: dict[str, list[LeafOutcome]] = {}
    for leaf in base:
        groups.setdefault(leaf.part, []).append(leaf)
    return tuple(
        PartSum(
            name,
            sum((leaf.full_marks for leaf in group), _ZERO),
            sum((leaf.marks for leaf in group if leaf.marks is not None), _ZERO),
            sum(leaf.marks is None for leaf in group),
        )
        for name, group in groups.items()
    )


def _todo(draft: DraftFile | None, found: list[Problem]) -> tuple[str, ...]:
    """The 【待补】 that no finding of the check already tells of."""
    quoted = [problem.quote for problem in found if problem.is_open]
    return tuple(name for name in (draft.todo if draft else ()) if not any(name in quote for quote in quoted))


def _model(run: RunFile) -> ModelUse:
    said, used = run.sentences, run.usage
    return ModelUse(run.model, said.passed, said.repaired, said.replaced, used.calls, used.tokens, said.failures)
