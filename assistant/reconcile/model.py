"""The identities as data (knowledge_base/reconciliation.yaml), one entry spread over its stage columns."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import ValidationError

from assistant.data_files import Strict, line_of, parse_yaml
from assistant.errors import FrameworkError
from assistant.findings import Severity
from assistant.rules import Exact

_NAME = "reconciliation.yaml"
PREVIOUS = "previous:"
"""Before an id: the figure of last year's case."""


class Rows(Strict):
    """Rows of a table as one number: `column` added up, or the rows counted where there is none; only rows that hold `where`."""

    label: str
    table: str
    column: str = ""
    where: dict[str, str] = {}  # noqa: RUF012 - pydantic copies it
    unit: str = ""


Source = str | Rows


class Identity(Strict):
    """One identity.

    `sum`: total = parts − minus, with `optional` (and `optional_minus`) terms where they were given; `unlisted` are parts that
    the workbook has no cell for. `same`: one fact in two places. `order`: each figure is no more than the next. `rows`: the same
    within each row of `table`, over `columns`. `together`: none of the figures is 0 unless all are.
    `severity` is what a gap beyond the printed digits is worth where the data cannot be right; `note` what else may explain it.
    `reasons` are text cells: a gap that is no error is told as explained where one of them is filled in.
    """

    kind: Literal["sum", "same", "order", "rows", "together"]
    name: str
    group: str = ""
    total: str = ""
    parts: tuple[Source, ...] = ()
    minus: tuple[Source, ...] = ()
    optional: tuple[str, ...] = ()
    optional_minus: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    figures: tuple[Source, ...] = ()
    table: str = ""
    columns: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    severity: Severity = "error"
    note: str = ""

    @property
    def terms(self) -> tuple[Source, ...]:
        """Everything that must be given, the total first."""
        return (*((self.total,) if self.total else ()), *self.parts, *self.minus, *self.figures)

    @property
    def with_previous(self) -> bool:
        """Whether it needs last year's case."""
        return any(isinstance(term, str) and term.startswith(PREVIOUS) for term in self.terms)


class Confusion(Strict):
    """Figures that are taken for each other: a rate computed with one where another was due is named as such."""

    ids: tuple[str, ...]


class Limits(Strict):
    """The limits of the practice; a bureau may change them."""

    over_fulfilment: Exact
    sample: Exact
    disclosure_days: int
    no_reason: tuple[str, ...]


class Book(Strict):
    """The whole file."""

    identities: tuple[Identity, ...]
    confusions: tuple[Confusion, ...]
    limits: Limits


@cache
def load_book() -> Book:
    """The shipped identities, confusions and limits.

    Raises:
        FrameworkError: the file is not as it must be.
    """
    text = (files("knowledge_base") / _NAME).read_text("utf-8")
    raw = parse_yaml(text, _NAME)
    try:
        spread = [one for entry in raw["identities"] for one in _spread(entry)]
        confusions = [one for entry in raw["confusions"] for one in _spread(entry)]
        return Book.model_validate({**raw, "identities": spread, "confusions": confusions})
    except ValidationError as error:
        first = error.errors()[0]
        where = f"{_NAME} {line_of(text, first['loc'][:1])}".strip()
        raise FrameworkError(where, f"{first['loc']}：{first['msg']}", "按文件开头的说明改正") from error


def _spread(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """An entry with `each: {id: words}` once per id, `{each}` filled in; its name says which."""
    each = entry.pop("each", None)
    if each is None:
        return [entry]
    pairs = each.items() if isinstance(each, dict) else ((id, "") for id in each)
    return [_named({key: _filled(value, id) for key, value in entry.items()}, words) for id, words in pairs]


def _named(entry: dict[str, Any], words: str) -> dict[str, Any]:
    return entry if not words else {**entry, "group": entry["name"], "name": f"{entry['name']}（{words}）"}


def _filled(value: Any, id: str) -> Any:
    if isinstance(value, str):
        return value.replace("{each}", id)
    if isinstance(value, list):
        return [_filled(one, id) for one in value]
    return value
