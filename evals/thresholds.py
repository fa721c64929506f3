"""What the suites must reach: evals/thresholds.yaml, one line a figure, each with the reason why there."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pydantic import ValidationError, model_validator

from assistant.data_files import Strict, line_of, parse_yaml
from assistant.errors import FrameworkError

_NAME = "thresholds.yaml"


class Limit(Strict):
    """The least or the most that a figure may be, or both, and why. `thorough`: too few cases for it, or none, where time is short."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    thorough: bool = False
    why: str

    @model_validator(mode="after")
    def _bounded(self) -> Limit:
        if self.at_least is None and self.at_most is None:
            raise ValueError("至少要写 at_least 或 at_most")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("at_least 大于 at_most")
        return self

    def holds(self, figure: Decimal) -> bool:
        """Whether a figure keeps to it."""
        return (self.at_least is None or figure >= self.at_least) and (self.at_most is None or figure <= self.at_most)

    def __str__(self) -> str:
        low = "" if self.at_least is None else f"≥{self.at_least}"
        return "，".join(filter(None, (low, "" if self.at_most is None else f"≤{self.at_most}")))


class Thresholds(Strict):
    """By suite, then by figure as the suite's `figures` name it; `*` stands for one part of a name: *.facts."""

    suites: dict[str, dict[str, Limit]]


@cache
def thresholds() -> Thresholds:
    """All limits.

    Raises:
        FrameworkError: naming the line that is not right.
    """
    return read((files("evals") / _NAME).read_text("utf-8"))


def read(text: str) -> Thresholds:
    """The limits that a file's text holds.

    Raises:
        FrameworkError: naming the line that is not right.
    """
    try:
        return Thresholds.model_validate({"suites": parse_yaml(text, _NAME)})
    except ValidationError as error:
        fault = error.errors()[0]
        where = f"{_NAME} {line_of(text, fault['loc'][1:])}".strip()
        raise FrameworkError(
            where, f"{'.'.join(map(str, fault['loc'][1:]))}：{fault['msg']}", "按其他各行改正"
        ) from error


def missed(limits: Mapping[str, Limit], figures: Mapping[str, str | int], *, thorough: bool = True) -> tuple[str, ...]:
    """What does not keep to its limit, one line each. A limit that no figure answers to is missed too: nothing was measured.

    A figure without a value ("": there was no case) is passed over, and in a run that was not thorough what needs one.
    """
    told = []
    for name, limit in limits.items():
        if limit.thorough and not thorough:
            continue
        answering = [(figure, value) for figure, value in figures.items() if _named(name, figure)]
        if not answering:
            told.append(f"{name} 要求{limit}，没有测出这个数")
        told += [
            f"{figure}={value}，要求{limit}（{limit.why}）"
            for figure, value in answering
            if value != "" and not limit.holds(Decimal(str(value)))
        ]
    return tuple(told)


def limit_of(limits: Mapping[str, Limit], figure: str) -> Limit | None:
    """The limit that a figure must keep to."""
    return next((limit for name, limit in limits.items() if _named(name, figure)), None)


def _named(pattern: str, figure: str) -> bool:
    wanted, parts = pattern.split("."), figure.split(".")
    return len(wanted) == len(parts) and all(one in ("*", other) for one, other in zip(wanted, parts, strict=True))
