"""What marking a leaf gives: the marks of its parts and its own, each with the basis it stands on."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from assistant.frameworks import Policy

Basis = Literal["computed", "answered", "judged", "declared", "not_applicable", "missing"]
STRENGTH: tuple[Basis, ...] = ("computed", "not_applicable", "answered", "judged", "declared", "missing")
"""From the strongest to the weakest; a leaf is as strong as its weakest part."""

BASIS_NAMES: dict[Basis, str] = {
    "computed": "由数据计算",
    "answered": "逐项问答",
    "judged": "酌情自评",
    "declared": "直接填报（未复核）",
    "not_applicable": "不适用",
    "missing": "待补",
}
FATE: dict[Policy, str] = {
    "full": "视同满分",
    "pro_rata": "不计分，总得分按比例折算",
    "siblings": "分值并入同级指标",
}
"""What becomes of the marks of an indicator that does not apply, in words."""
_ZERO = Decimal(0)


class PartMarks(NamedTuple):
    """A part's marks (None while something is missing), and why. `exact` computes; `marks` are shown, of four places at most.

    `branch` is the way its rule took, as `rules.branches` names them; `waived` is why the part does not apply to the unit.
    """

    marks: Decimal | None
    basis: Basis
    reason: str
    value: Decimal | None = None
    name: str = ""
    full_marks: Decimal = _ZERO
    missing: tuple[str, ...] = ()
    exact: Decimal | None = None
    measure: str = ""
    branch: str = ""
    waived: str = ""


class LeafMarks(NamedTuple):
    """A leaf of the scorecard. `waived` is why it does not apply to the unit, where it does not; `veto` why it scores nothing.

    `refused` is what the data say against 不适用 where it was filled in and not used.
    `called` is how a text calls it: its name, told apart from another leaf of the same name (Framework.called).
    """

    id: str
    name: str
    path: tuple[str, ...]
    full_marks: Decimal
    printed_full_marks: Decimal
    marks: Decimal | None
    basis: Basis
    parts: tuple[PartMarks, ...]
    inputs: dict[str, Decimal]
    formula: str
    reason: str
    standard: str
    exact: Decimal | None = None
    bonus: bool = False
    waived: str = ""
    veto: str = ""
    called: str = ""
    refused: str = ""

    @property
    def lost(self) -> Decimal:
        """Full marks less marks; 0 while the marks are missing, and for marks on top of the base."""
        return _ZERO if self.marks is None else max(self.full_marks - self.marks, _ZERO)

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be given before the leaf can be scored."""
        return () if self.marks is not None else tuple(m for part in self.parts for m in part.missing)
