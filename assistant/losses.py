"""扣分去向: lost marks split into 可补证 (data, answers or evidence not yet given) and 事实扣分 (figures or answers decide).

Nothing here looks for a way to more marks: a loss that facts decide is said to be one, and what may still be proved says what
has to be brought. Beside them 缺佐证: full marks that stand on a person's word alone, which a spot check cuts first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assistant.catalogue import load_catalogue
from assistant.indicators import label_of
from assistant.intake import Case
from assistant.intake.inputs import LeafInputs, PartInputs, questions
from assistant.marking import LeafMarks, PartMarks
from assistant.rules import show
from assistant.scorecard import Scorecard

_ZERO = Decimal(0)
_PERSON = ("judged", "declared", "answered")


@dataclass(frozen=True, slots=True)
class Bring:
    """What has to be given: its words, the sheet it belongs on, who fills that sheet, and its id."""

    what: str
    sheet: str
    department: str
    id: str


@dataclass(frozen=True, slots=True)
class Loss:
    """Marks of a leaf that are not there, why, and what to bring where that can still be done."""

    id: str
    name: str
    path: tuple[str, ...]
    marks: Decimal
    why: str
    bring: tuple[Bring, ...] = ()


@dataclass(frozen=True, slots=True)
class Losses:
    """Everything that was lost; `unproven` are full marks without evidence, which are not lost."""

    total: Decimal
    recoverable: tuple[Loss, ...]
    factual: tuple[Loss, ...]
    unproven: tuple[Loss, ...]

    def to_json(self) -> dict[str, Any]:
        """As in `score --json`; decimals are strings."""
        return {
            "total": show(self.total),
            "recoverable": [_json(loss) for loss in self.recoverable],
            "factual": [_json(loss) for loss in self.factual],
            "unproven": [_json(loss) for loss in self.unproven],
        }


def _json(loss: Loss) -> dict[str, Any]:
    bring = [{"what": b.what, "sheet": b.sheet, "department": b.department, "id": b.id} for b in loss.bring]
    return {"id": loss.id, "name": loss.name, "path": list(loss.path), "marks": show(loss.marks), "why": loss.why} | (
        {"bring": bring} if bring else {}
    )


def split_losses(case: Case, card: Scorecard) -> Losses:
    """Where the marks of a case went, leaf by leaf in the order of the form."""
    recoverable: list[Loss] = []
    factual: list[Loss] = []
    unproven: list[Loss] = []
    for leaf, asked in zip(card.leaves, questions(case.framework), strict=True):
        if leaf.waived or leaf.bonus:
            continue
        gone = leaf.lost if leaf.marks is not None else leaf.full_marks - _known(leaf)
        if not gone:
            if lacking := tuple(_unproven(case, leaf, asked)):
                unproven.append(_loss(leaf, leaf.full_marks, leaf.reason, lacking))
            continue
        bring, open_marks, why = _open(case, card, leaf, asked)
        open_marks = min(gone, open_marks)
        if open_marks:
            recoverable.append(_loss(leaf, open_marks, "；".join(why), bring))
        if gone > open_marks:
            factual.append(_loss(leaf, gone - open_marks, _facts(leaf, asked, case)))
    total = sum((loss.marks for loss in (*recoverable, *factual)), _ZERO)
    return Losses(total, tuple(recoverable), tuple(factual), tuple(unproven))


def _known(leaf: LeafMarks) -> Decimal:
    """The marks of the parts that are not missing."""
    return sum((part.exact for part in leaf.parts if part.exact is not None), _ZERO)


def _loss(leaf: LeafMarks, marks: Decimal, why: str, bring: tuple[Bring, ...] = ()) -> Loss:
    return Loss(leaf.id, leaf.called, leaf.path, marks, why, bring)


def _open(
    case: Case, card: Scorecard, leaf: LeafMarks, asked: LeafInputs
) -> tuple[tuple[Bring, ...], Decimal, list[str]]:
    """What to bring for a leaf, how many of its lost marks hang on it, and why."""
    if leaf.marks is not None and leaf.veto:
        return (), _ZERO, []
    whole = leaf.marks is not None and any(part.marks is None for part in leaf.parts)
    bring: list[Bring] = []
    why: list[str] = []
    marks = _ZERO
    for part, cells in zip(leaf.parts, asked.parts, strict=True):
        if not _is_open(case, part, cells):
            continue
        marks += part.full_marks - (part.marks or _ZERO)
        bring += _wanted(case, card, part, cells)
        why.append(f"{part.name}：{part.reason}" if len(leaf.parts) > 1 else part.reason)
    if whole:
        return tuple(dict.fromkeys(bring)), leaf.full_marks, [leaf.reason]
    return tuple(dict.fromkeys(bring)), marks, why


def _is_open(case: Case, part: PartMarks, cells: PartInputs) -> bool:
    """Whether something not yet given stands behind a part's loss."""
    if part.marks is not None and part.marks >= part.full_marks:
        return False
    if part.basis in ("missing", "declared"):
        return True
    return part.basis == "judged" and not _proved(case, part, cells)


def _proved(case: Case, part: PartMarks, cells: PartInputs) -> bool:
    """Whether a reason or the number of a piece of evidence stands beside a person's mark."""
    target = case.ledger.target(part.measure)
    beside = (target.evidence, target.variance_reason) if target else ()
    return any((*beside, case.text(cells.reason.id), case.text(cells.evidence.id)))


def _wanted(case: Case, card: Scorecard, part: PartMarks, cells: PartInputs) -> Iterator[Bring]:
    """The cells that a part still needs."""
    ids = part.missing or (card.measures.of(part.measure).missing if part.measure and not cells.judged else ())
    ids = ids or tuple(answer.id for answer in cells.answers if not case.text(answer.id))
    labels = {answer.id: answer.label for answer in cells.answers}
    for id in ids:
        yield _bring(case, id, labels.get(id, ""))
    if part.basis == "judged" and part.measure.startswith("targets."):
        yield _bring(case, f"{part.measure}.variance_reason")
        yield _bring(case, f"{part.measure}.evidence")
    elif part.basis == "judged":
        yield _bring(case, cells.reason.id, f"{part.name}的扣分理由")
        yield _bring(case, cells.evidence.id, f"{part.name}的佐证编号")


def _bring(case: Case, id: str, label: str = "") -> Bring:
    """One thing to bring, with the sheet it stands on and that sheet's department."""
    catalogue = load_catalogue()
    if id.startswith("targets"):
        row = next((t for t in case.ledger.targets if id.startswith(f"{t.id}.")), None)
        sheet = catalogue.sheet("targets")
        column = next((c.label for c in sheet.columns if id.endswith(f".{c.id}")), sheet.title)
        what = f"“{row.name}”的{column}" if row else "单位自设的绩效指标、年度指标值和分值"
        return Bring(what, sheet.title, (row.department if row else "") or sheet.owner, id)
    if id == "count.key_tasks.incomplete":
        sheet = catalogue.sheet("key_tasks")
    elif (spec := catalogue.specs.get(id)) is not None:
        sheet = catalogue.sheet(spec.sheet)
    else:
        sheet = catalogue.sheet("answers")
    return Bring(label or label_of(id, case.framework), sheet.title, sheet.owner, id)


def _facts(leaf: LeafMarks, asked: LeafInputs, case: Case) -> str:
    """The reasons of the parts that facts decided."""
    if leaf.veto:
        return leaf.reason
    told = [
        (f"{part.name}：{part.reason}" if len(leaf.parts) > 1 else part.reason)
        for part, cells in zip(leaf.parts, asked.parts, strict=True)
        if part.marks is not None and part.marks < part.full_marks and not _is_open(case, part, cells)
    ]
    return "；".join(told) or leaf.reason


def _unproven(case: Case, leaf: LeafMarks, asked: LeafInputs) -> Iterable[Bring]:
    """Evidence that a spot check would ask for: parts with full marks on a person's word, without evidence number or reason."""
    for part, cells in zip(leaf.parts, asked.parts, strict=True):
        if part.basis in _PERSON and not _proved(case, part, cells):
            if case.text(asked.reason.id) and any(p.marks is None for p in leaf.parts):
                continue
            if part.measure.startswith("targets."):
                yield _bring(case, f"{part.measure}.evidence")
            else:
                yield _bring(case, cells.evidence.id, f"{part.name}的佐证材料编号或情况说明")
