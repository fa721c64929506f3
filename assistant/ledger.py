"""数据台账: every figure of a case, once, with its unit, its 口径 and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

from assistant.errors import LedgerError
from assistant.numbers import base, printed

Source = Literal["cell", "paragraph", "formula", "framework", "given"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a figure comes from: a cell, a paragraph of a material, a formula over other figures, or the framework itself."""

    source: Source
    file: str = ""
    sheet: str = ""
    cell: str = ""
    paragraph: str = ""
    quote: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The cell as people look it up, 基本信息!B2; "" for what stands in no cell."""
        return f"{self.sheet}!{self.cell}" if self.cell else ""

    def __str__(self) -> str:
        if self.source == "cell":
            return f"{self.file} {self.place}"
        if self.source == "paragraph":
            return f"{self.file} {self.paragraph}"
        return self.formula or self.file


@dataclass(frozen=True, slots=True)
class Scope:
    """口径. An empty field is not stated. `stage` is one of 年初预算 全年预算 执行 决算 上年决算; `version` 快报 送审 批复.

    `unit` is set where it is the figure of one of several units whose sum is the case's own.
    """

    stage: str = ""
    fund: str = ""
    coverage: str = ""
    as_of: str = ""
    version: str = ""
    unit: str = ""

    def __str__(self) -> str:
        told = (self.stage, self.fund, self.coverage, self.unit, self.as_of, self.version)
        return "、".join(part for part in told if part)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `value` is exact and in `unit`; rates are held in %, so 97.87 with unit "%".

    `places` are the decimal places it was given with, `print_places` the ones it is printed with (both by its unit).
    A text may speak of it by its label, an alias, or an item and an aspect (基本支出 … 决算数); an empty item says that the
    aspect alone will do (年初预算总额). `subject` is what a material says it of.
    `upper` is the high end, and `bound` the word, of a figure that a material gives as a range or a bound (10万余条);
    `wording` is how the material writes it, and how a draft prints it again; `direction` is up or down where it says so.
    """

    id: str
    label: str
    value: Decimal
    unit: str
    period: str
    provenance: Provenance
    scope: Scope = Scope()
    aliases: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    subject: str = ""
    print_places: int | None = None
    upper: Decimal | None = None
    bound: str = ""
    wording: str = ""
    direction: str = ""

    def __post_init__(self) -> None:
        for number in (self.value, self.upper):
            if number is not None and (not isinstance(number, Decimal) or not number.is_finite()):
                raise LedgerError(f"数据项“{self.label}”（{self.id}）的值必须是有限的十进制数，得到 {number!r}。")
        if not self.id:
            raise LedgerError(f"数据项“{self.label}”没有编号。")

    @property
    def terms(self) -> tuple[str, ...]:
        """Label and aliases, without repeats."""
        return tuple(dict.fromkeys((self.label, *self.aliases)))

    @property
    def places(self) -> int:
        """Decimal places as given."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def base(self) -> tuple[Decimal, str]:
        """Value and unit with 万 and 亿 applied: (79756600, 元)."""
        return base(self.value, self.unit)

    def printed(self) -> str:
        """The value as the report prints it: rounded half up once, thousands separated, with its unit."""
        return f"{self.number()}{self.unit}"

    def number(self) -> str:
        """The value as printed, without unit."""
        places = self.places if self.print_places is None else self.print_places
        return printed(self.value, places)

    def bound_printed(self) -> str:
        """As a sentence prints it: a material's own wording where it gave a range or a bound (10万余条), else `printed()`."""
        return self.wording or self.printed()

    def to_json(self) -> dict[str, Any]:
        """As in ledger.json; decimals are strings."""
        return {
            "id": self.id,
            "label": self.label,
            "aliases": list(self.aliases),
            "value": format(self.value, "f"),
            "upper": None if self.upper is None else format(self.upper, "f"),
            "bound": self.bound,
            "unit": self.unit,
            "period": self.period,
            "scope": {k: v for k in Scope.__slots__ if (v := getattr(self.scope, k))},
            "places": self.places,
            "subject": self.subject,
            "provenance": {
                k: list(v) if isinstance(v, tuple) else v
                for k in Provenance.__slots__
                if (v := getattr(self.provenance, k))
            },
        }


Sign = Literal["≥", "≤", "=", "定性"]


@dataclass(frozen=True, slots=True)
class Target:
    """年度指标值 against 实际完成值. `target` and `achieved` are figure ids, or empty where the target is 定性.

    `state` is how far a 定性 target was reached; `full_marks` and `marks` are what the unit gave it (None: not given).
    `place` is the cell where its row begins.
    """

    id: str
    name: str
    sign: Sign
    target: str = ""
    achieved: str = ""
    target_text: str = ""
    achieved_text: str = ""
    variance_reason: str = ""
    evidence: str = ""
    department: str = ""
    level1: str = ""
    level2: str = ""
    state: str = ""
    full_marks: Decimal | None = None
    marks: Decimal | None = None
    own: bool = False
    place: str = ""


@dataclass(frozen=True)
class Ledger:
    """Immutable: `add` and `derive` give a new ledger. An id names one figure for ever."""

    figures: Mapping[str, Figure] = field(default_factory=lambda: MappingProxyType({}))
    targets: tuple[Target, ...] = ()

    @classmethod
    def of(cls, figures: Iterable[Figure], targets: Iterable[Target] = ()) -> Ledger:
        """A ledger of these figures; a repeated id is refused."""
        return cls().add(figures, targets)

    def add(self, figures: Iterable[Figure], targets: Iterable[Target] = ()) -> Ledger:
        """This ledger and more figures.

        Raises:
            LedgerError: an id stands in it already.
        """
        together = dict(self.figures)
        for figure in figures:
            if figure.id in together:
                raise LedgerError(f"数据项编号重复：{figure.id}（{together[figure.id].label}、{figure.label}）。")
            together[figure.id] = figure
        return Ledger(MappingProxyType(together), (*self.targets, *targets))

    def replaced(self, figure: Figure) -> Ledger:
        """This ledger with another figure under the same id: what-if, and a corrected cell."""
        return Ledger(MappingProxyType({**self.figures, figure.id: figure}), self.targets)

    def derive(self, figure: Figure, formula: str, inputs: Iterable[str]) -> Ledger:
        """This ledger with a computed figure that knows its formula and inputs, every one of which must be in it."""
        ids = tuple(inputs)
        for name in ids:
            self[name]
        return self.add([replace(figure, provenance=Provenance("formula", formula=formula, inputs=ids))])

    def get(self, id: str) -> Figure | None:
        """The figure, or None."""
        return self.figures.get(id)

    def target(self, id: str) -> Target | None:
        """The row of the sheet of targets, or None."""
        return next((target for target in self.targets if target.id == id), None)

    def __getitem__(self, id: str) -> Figure:
        try:
            return self.figures[id]
        except KeyError:
            raise LedgerError(f"台账中没有数据项 {id}。") from None

    def __contains__(self, id: object) -> bool:
        return id in self.figures

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures.values())

    def __len__(self) -> int:
        return len(self.figures)
