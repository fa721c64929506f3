"""Reports written by hand. Every number is marked with the truth behind it, so nothing rests on what the checker believes.

    全年支出{7975.66万元|final_accounts.total}，占{26.93%|final_accounts.basic / final_accounts.total}

Left of the bar is what the report says, right of it a figure or a formula: sums and differences, a share in %, and a growth
(`a / b - 1`, `1 - a / b`). In a text for made-up cases the left side is printed: `@` with its unit, `#` bare, `@year` the year,
and of 增加/减少 the word that the sign asks for. There a line that asks for a figure the case does not have is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files

from assistant.documents import Text
from assistant.documents.markdown import read
from assistant.intake import Case
from assistant.ledger import Ledger
from assistant.numbers import find_numbers, printed
from assistant.scorecard import Scorecard
from evals.plant.clean import Clean, Stated, Truth, place_of
from evals.plant.edit import Edit, edited

_MARK = re.compile(r"\{([^{}|]{1,40})\|([^{}|]{0,120})\}")
_OPEN, _SHUT = "\ue000", "\ue001"
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Written:
    """A text of prose/: `case` is the shipped case it tells of, or "synth" for any made-up one."""

    name: str
    case: str
    source: str


def written() -> tuple[Written, ...]:
    """All texts, in the order of their names."""
    folder = files("evals") / "plant" / "prose"
    texts = (entry for entry in folder.iterdir() if entry.name.endswith(".md"))
    return tuple(
        Written(entry.name.removesuffix(".md"), entry.name.split(".")[0], entry.read_text("utf-8"))
        for entry in sorted(texts, key=lambda entry: entry.name)
    )


def truth_of(formula: str, ledger: Ledger) -> Truth:
    """What a figure id, or a formula over ids, is worth.

    Raises:
        LedgerError: a figure is not in the ledger.
    """
    growth, fall = formula.endswith(" - 1"), formula.startswith("1 - ")
    over, _, under = formula.removesuffix(" - 1").removeprefix("1 - ").partition(" / ")
    value, unit = _sum(over, ledger)
    if not under:
        figure = ledger.get(over)
        return Truth(value, unit) if figure is None else Truth.of(figure)
    share = value / _sum(under, ledger)[0] * _HUNDRED
    if growth:
        share -= _HUNDRED
    return Truth(_HUNDRED - share if fall else share, "%")


def _sum(words: str, ledger: Ledger) -> tuple[Decimal, str]:
    first, *rest = words.split(" ")
    value, unit = ledger[first].value, ledger[first].unit
    for sign, id in zip(rest[::2], rest[1::2], strict=True):
        value += ledger[id].value if sign == "+" else -ledger[id].value
    return value, "个百分点" if unit == "%" and rest else unit


def read_prose(text: Written, case: Case, card: Scorecard) -> Clean:
    """The text as a report of that case."""
    truths: list[Truth] = []
    said = (_line(raw, card.ledger, str(case.year), truths) for raw in text.source.splitlines())
    lines = _numbered(_without_empty_sections([line for line in said if line]))
    marked = read(f"{text.name}.md", "\n".join(lines).encode())
    signs = [at for at, char in enumerate(marked.text) if char in (_OPEN, _SHUT)]
    plain = edited(marked, [Edit(at, at + 1, "") for at in signs])
    spans = [
        (start - 2 * n, end - 2 * n - 1) for n, (start, end) in enumerate(zip(signs[::2], signs[1::2], strict=True))
    ]
    return Clean(f"{text.name} · {case.unit}", plain, card, case, tuple(_stated(plain, spans, truths)), whole=False)


def _without_empty_sections(lines: list[str]) -> list[str]:
    """The lines without the headings of sections that have lost all their paragraphs."""
    after = [*lines[1:], "## "]
    return [line for line, following in zip(lines, after, strict=True) if not _heads(line) or not _heads(following)]


def _numbered(lines: list[str]) -> list[str]:
    """The headings numbered anew: a case that has not the figures of a section goes without it."""
    numbers = iter("一二三四五六七八九十")
    return [f"## {next(numbers)}、{line.partition('、')[2]}" if _heads(line) else line for line in lines]


def _heads(line: str) -> bool:
    return line.startswith("## ")


def _line(raw: str, ledger: Ledger, year: str, truths: list[Truth]) -> str | None:
    """A line with its numbers between signs; None where the case has not all of them."""
    found: list[Truth] = []

    def said(mark: re.Match[str]) -> str:
        shown, formula = mark[1], mark[2]
        if shown == "@year":
            return year
        truth = truth_of(formula, ledger)
        if "/" in shown:
            return shown.split("/")[truth.value < 0]
        if shown in ("@", "#"):
            shown = _print(truth, bare=shown == "#")
        found.append(truth if truth.value >= 0 else Truth(-truth.value, truth.unit))
        return f"{_OPEN}{shown}{_SHUT}"

    marks = _MARK.findall(raw)
    if any(shown[0] in "@#" or "/" in shown for shown, _ in marks) and not all(_holds(f, ledger) for _, f in marks):
        return None
    line = _MARK.sub(said, raw)
    truths += found
    return line


def _holds(formula: str, ledger: Ledger) -> bool:
    """Whether the case has every figure of a formula, and it comes to something."""
    ids = [word for word in formula.split(" ") if word not in ("", "+", "-", "/", "1")]
    if not all(id in ledger for id in ids):
        return False
    divisor = formula.partition(" / ")[2].split(" ")[0]
    if divisor and not ledger[divisor].value:
        return False
    return len(ids) < 2 or truth_of(formula, ledger).value != 0


def _print(truth: Truth, bare: bool) -> str:
    value = abs(truth.value)
    if truth.figure is not None:
        number, unit = truth.figure.number(), truth.unit
    else:
        number, unit = printed(value, 2 if truth.unit in ("%", "万元", "个百分点") else 0), truth.unit
    return number if bare else f"{number}{unit}"


def _stated(text: Text, spans: list[tuple[int, int]], truths: list[Truth]) -> Iterator[Stated]:
    mentions = find_numbers(text.text)
    for (start, end), truth in zip(spans, truths, strict=True):
        mention = next((m for m in mentions if m.start < end and start < m.end and m.is_quantity), None)
        if mention is not None:
            yield Stated(mention, truth, *place_of(text, mention))
