"""The words of made-up cases (knowledge_base/synth.yaml), and a generator of numbers that is the same everywhere."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.data_files import Strict, parse_yaml
from assistant.patterns import regex

_CENT = Decimal("0.01")
_RANGE = regex(r"\{(\w+):(\d+)-(\d+)\}")


class Field(Strict):
    """A field of work with its tasks: (name, the fact that the material tells of it)."""

    name: str
    tasks: tuple[tuple[str, str], ...]


class Kind(Strict):
    """A kind of fictional unit. `targets`: 二级指标, name, sign, unit, least, most; `business`: it has income of its own."""

    id: str
    name: str
    short_name: str
    departments: tuple[str, ...]
    duties: tuple[str, ...]
    fields: tuple[Field, ...]
    targets: tuple[tuple[str, str, str, str, int, int], ...]
    projects: tuple[str, ...]
    business: bool = False


class Words(Strict):
    """The whole file. `losses`: leaf id -> problem, cause, measure."""

    kinds: tuple[Kind, ...]
    unfinished: tuple[str, ...]
    short_of_target: tuple[str, ...]
    dissatisfied: tuple[str, ...]
    systems: tuple[tuple[str, str], ...]
    losses: dict[str, tuple[str, str, str]]


@cache
def load_words() -> Words:
    """The shipped words."""
    resource = files("knowledge_base") / "synth.yaml"
    return Words.model_validate(parse_yaml(resource.read_text("utf-8"), resource.name))


@dataclass(frozen=True)
class Dice:
    """Chance from a seed; amounts are exact hundredths."""

    random: random.Random

    @classmethod
    def of(cls, seed: int, *names: object) -> Dice:
        """The same seed and names give the same throws on every machine."""
        return cls(random.Random("/".join(map(str, (seed, *names)))))

    def whole(self, least: int, most: int) -> int:
        """A whole number between two, both included."""
        return self.random.randint(least, most)

    def amount(self, least: int, most: int) -> Decimal:
        """An amount with two places."""
        return Decimal(self.whole(least * 100, most * 100)) * _CENT

    def share(self, of: Decimal, least: int, most: int) -> Decimal:
        """Between `least` and `most` thousandths of an amount, at two places."""
        return (of * self.whole(least, most) / 1000).quantize(_CENT)

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred."""
        return self.whole(1, 100) <= percent

    def one(self, things: Any) -> Any:
        """One of them."""
        return things[self.whole(0, len(things) - 1)]

    def some(self, things: Any, least: int, most: int) -> list[Any]:
        """Between `least` and `most` of them, in their order."""
        count = min(self.whole(least, most), len(things))
        return [things[n] for n in sorted(self.random.sample(range(len(things)), count))]

    def split(self, total: Decimal, parts: int) -> list[Decimal]:
        """A sum in so many parts, exactly."""
        weights = [self.whole(40, 160) for _ in range(parts)]
        made = [(total * weight / sum(weights)).quantize(_CENT) for weight in weights[:-1]]
        return [*made, total - sum(made, Decimal(0))]

    def told(self, fact: str, known: Mapping[str, Any]) -> str:
        """A fact with its numbers: those that are `known` by name, the others thrown."""

        def number(match: re.Match[str]) -> str:
            thrown = self.whole(int(match[2]), int(match[3]))
            return str(known.get(match[1], thrown))

        return _RANGE.sub(number, fact)
