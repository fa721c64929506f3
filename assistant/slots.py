"""Slots: how drafted text names a figure without writing its number.

`[[figure_id]]` prints label, value and unit (预算执行率97.87%), the label left out where the sentence says it just before;
`[[figure_id:value]]` prints value and unit. A slot whose figure is missing prints 【待补：label】.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.errors import SlotError
from assistant.ledger import Ledger
from assistant.numbers import find_numbers
from assistant.patterns import regex

_SLOT = regex(r"\[\[([A-Za-z0-9_.]+)(:value)?\]\]")
_TODO = regex(r"【待补：[^】]*】")


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot in a text: which figure, and whether value and unit only."""

    id: str
    value_only: bool
    start: int
    end: int


def slots(text: str) -> list[Slot]:
    """The slots of a text, in order."""
    return [Slot(m[1], bool(m[2]), m.start(), m.end()) for m in _SLOT.finditer(text)]


def without_slots(text: str, blank: str = "") -> str:
    """The text with `blank` in the place of each slot."""
    return _SLOT.sub(lambda _: blank, text)


def fill(text: str, ledger: Ledger, label_of: Callable[[str], str]) -> tuple[str, tuple[str, ...]]:
    """The text with its slots filled, and the ids of those that the ledger could not fill.

    `label_of` names a figure that is missing. Quotes inside quotes nest.
    """
    out: list[str] = []
    missing: list[str] = []
    at = 0
    for slot in slots(text):
        out.append(text[at : slot.start])
        at = slot.end
        figure = ledger.get(slot.id)
        if figure is None:
            missing.append(slot.id)
            out.append(f"【待补：{label_of(slot.id)}】")
            continue
        said = "".join(out)
        labelled = not slot.value_only and not any(
            said.endswith(tail)
            for term in figure.terms
            for tail in (term, f"{term}为", f"{term}达", f"{term}达到", f"{term}是")
        )
        out.append((figure.label if labelled else "") + figure.bound_printed())
    out.append(text[at:])
    return nested_quotes("".join(out)), tuple(missing)


def nested_quotes(text: str) -> str:
    """Quotes inside quotes as ‘’; a text whose quotes do not pair stays as it is."""
    out: list[str] = []
    depth = 0
    for char in text:
        depth += char == "“"
        out.append({"“": "‘", "”": "’"}.get(char, char) if depth > 1 else char)
        depth -= char == "”"
        if depth < 0:
            return text
    return text if depth else "".join(out)


def stray_numbers(text: str) -> list[str]:
    """Quantities that stand in the text outside its slots: a drafter may not write any."""
    bare = _TODO.sub("", without_slots(text, "□"))
    return [m.text for m in find_numbers(bare) if m.is_quantity and m.value is not None]


def refuse_stray_numbers(text: str, allowed: Iterable[str] = ()) -> None:
    """Stop at text that writes a number itself.

    Raises:
        SlotError: naming the numbers.
    """
    strays = [number for number in stray_numbers(text) if number not in set(allowed)]
    if strays:
        raise SlotError(f"句中直接写了数字 {'、'.join(strays)}：“{text}”。数字只能用数据项的占位写入。")
