"""`python -m evals.inject.fit`: weighs the signs of an order by a corpus, and writes knowledge_base/phrases/orders-weights.yaml.
`python -m evals.inject.fit check`: what each threshold would drop of sentences that the weights were not fitted to.

The corpus is `corpus/orders.txt` and the payloads of the suite on one side; `corpus/ordinary.txt` (sentences near to orders, which are none), the
exemplars, rubrics and outlines, and the materials and text cells of shipped and made-up cases on the other, whole and in runs of a few clauses, since the reader judges runs. The fit is a logistic regression with a square
penalty, by accelerated gradient steps: deterministic, some seconds. A sign that stands in fewer than three places, or weighs next to nothing, is left out.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import yaml

from assistant.data_files import parse_yaml
from assistant.documents import read_document
from assistant.frameworks import load_framework
from assistant.intake.orders import reader_of_signs, score
from assistant.intake.readings import readings
from assistant.intake.sentences import split_sentences
from assistant.intake.sieve import texts_of
from assistant.intake.signs import Signs
from assistant.intake.workbook import read_workbook
from assistant.synth.write import make, write
from evals.inject.payloads import PAYLOADS

_CORPUS = Path(__file__).parent / "corpus"
_CASES = Path(__file__).parent.parent / "cases"
_PHRASES = files("knowledge_base") / "phrases"
_MADE, _SEED = 20, 11
_RUN = 3
_FOLDS = 5
_FEWEST = 3
_LEAST, _PARTS = 0.05, 20
_PENALTY = 1.0
_STEPS = 200
_HEAD = "# Written by `python -m evals.inject.fit`: what each sign of an order is worth (assistant/intake/signs.py). Not to be edited by hand.\n"
Clauses = Sequence[frozenset[str]]


class Example(NamedTuple):
    """A text by its signs, whether it is an order, and how much it counts."""

    clauses: Clauses
    is_order: bool
    counts: float


def lines(name: str) -> list[str]:
    """The sentences of a corpus file, one a line."""
    return [line for line in (_CORPUS / name).read_text("utf-8").splitlines() if line]


def digest() -> str:
    """What the weights were fitted to, besides the exemplars: sentences and classes of words."""
    told = ((_CORPUS / "orders.txt"), (_CORPUS / "ordinary.txt"), Path(str(_PHRASES / "orders.yaml")))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in told)).hexdigest()[:16]


class Corpus(NamedTuple):
    """Sentences: orders, ordinary ones near to orders, and what is told in shipped and made-up files."""

    orders: list[str]
    near: list[str]
    told: list[str]

    def part(self, fold: int, held: bool) -> Corpus:
        """The sentences of one fold, or all the others."""
        return Corpus(*([s for n, s in enumerate(kind) if (n % _FOLDS == fold) == held] for kind in self))


def corpus() -> Corpus:
    """All of it."""
    return Corpus([*lines("orders.txt"), *(p.text for p in PAYLOADS if p.is_order)], lines("ordinary.txt"), _told())


@cache
def _clauses(sentence: str) -> Clauses:
    return _signs().of(next(iter(readings(sentence).texts), ""))


@cache
def _signs() -> Signs:
    return reader_of_signs()


def examples(told: Corpus) -> Iterator[Example]:
    """What is fitted to. Near neighbours count most: they are what is mistaken."""
    for sentence in told.orders:
        yield Example(_clauses(sentence), True, 2.0)
    for sentences, whole, part in ((told.near, 3.0, 0.7), (told.told, 1.0, 0.2)):
        for sentence in sentences:
            yield Example(_clauses(sentence), False, whole)
            yield from (Example(run, False, part) for run in _runs(_clauses(sentence)))


def check(whole: Corpus) -> Iterator[str]:
    """A line for each threshold: the share above it of sentences that were left out of the fit, by the weights alone and not by rules."""
    scores: tuple[list[int], ...] = ([], [], [])
    for fold in range(_FOLDS):
        weights, bias = fitted(list(examples(whole.part(fold, held=False))))
        worth = {sign: round(weight * _PARTS) for sign, weight in weights.items()}
        for seen, sentences in zip(scores, whole.part(fold, held=True), strict=True):
            seen.extend(score(_clauses(sentence), worth, round(bias * _PARTS)) for sentence in sentences)
    for least in range(0, 65, 4):
        shares = (sum(one > least for one in seen) / len(seen) for seen in scores)
        yield "  ".join((f"{least:3}", *map("{} {:.2%}".format, Corpus._fields, shares)))


def _told() -> list[str]:
    """The sentences of the exemplars, of the rubrics and outlines, and of materials and text cells of the shipped cases and of made-up ones."""
    found: dict[str, None] = {}
    for path in sorted(Path(str(files("knowledge_base") / "exemplars")).glob("*.md")):
        found.update(dict.fromkeys(_document(path)))
    for folder in sorted(path.parent for path in _CASES.glob("*/case.yaml")):
        found.update(dict.fromkeys(_case(folder)))
    for kind in ("frameworks", "outlines"):
        for path in sorted(Path(str(files("knowledge_base") / kind)).glob("*.yaml")):
            for _, text in texts_of(parse_yaml(path.read_text("utf-8"), path.name)):
                found.update(dict.fromkeys(split_sentences(text)))
    with TemporaryDirectory(prefix="jiping-fit-") as room:
        for number in range(_MADE):
            made = make(number, _SEED)
            write(made, Path(room) / str(number))
            found.update(dict.fromkeys(_case(Path(room) / str(number))))
    return list(found)


def _document(path: Path) -> Iterator[str]:
    text = read_document(path)
    for block in text.blocks:
        yield from split_sentences(text.text[block.start : block.end].strip())


def _case(folder: Path) -> Iterator[str]:
    """What its materials and its text cells say, orders or not."""
    for path in sorted((folder / "materials").iterdir()):
        yield from _document(path)
    told = yaml.safe_load((folder / "case.yaml").read_text("utf-8"))
    book = read_workbook(folder / "workbook.xlsx", load_framework(told["framework"]), told["year"])
    rows = (cell for table in book.tables.values() for row in table for cell in row.cells.values())
    for entry in (*book.entries.values(), *rows):
        if entry.number is None:
            yield from split_sentences(entry.text)


def _runs(clauses: Clauses) -> Iterator[Clauses]:
    for start in range(len(clauses)):
        for end in range(start + 1, min(len(clauses), start + _RUN) + 1):
            if end - start < len(clauses):
                yield clauses[start:end]


def fitted(given: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Sign -> weight, and the bias."""
    import numpy as np

    seen = Counter(sign for example in given for clause in example.clauses for sign in clause)
    column = {sign: n for n, sign in enumerate(sorted(s for s, times in seen.items() if times >= _FEWEST))}
    places = [[column[s] for clause in e.clauses for s in clause if s in column] + [len(column)] for e in given]
    rows = np.repeat(np.arange(len(given)), [len(found) for found in places])
    columns = np.concatenate([np.array(found) for found in places])
    wanted = np.array([example.is_order for example in given], dtype=float)
    counts = np.array([example.counts for example in given], dtype=float)
    penalty = np.full(len(column) + 1, _PENALTY)
    penalty[-1] = 0

    def across(told: Any) -> Any:
        return np.bincount(rows, told[columns], len(given))

    def down(told: Any) -> Any:
        return np.bincount(columns, told[rows], len(penalty))

    steepest = np.ones(len(penalty))
    for _ in range(15):  # the largest curvature bounds the step
        steepest /= np.linalg.norm(steepest)
        steepest = down(counts * across(steepest))
    step = 1 / (0.3 * float(np.linalg.norm(steepest)) + _PENALTY)
    weights = ahead = np.zeros(len(penalty))
    pace = 1.0
    for _ in range(_STEPS):
        odds = 1 / (1 + np.exp(-np.clip(across(ahead), -30, 30)))
        new = ahead - step * (down(counts * (odds - wanted)) + penalty * ahead)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead, weights, pace = new + (pace - 1) / faster * (new - weights), new, faster
    told = dict(zip(column, map(float, weights), strict=False))
    return {sign: weight for sign, weight in told.items() if abs(weight) >= _LEAST}, float(weights[-1])


def written(weights: dict[str, float], bias: float) -> str:
    """The data file, in twentieths: signs of one weight in one line."""
    by_weight: dict[int, list[str]] = {}
    for sign, weight in weights.items():
        by_weight.setdefault(round(weight * _PARTS), []).append(sign)
    rows = (
        f"  {weight}: '{' '.join(by_weight[weight]).replace(chr(39), chr(39) * 2)}'" for weight in sorted(by_weight)
    )
    return "\n".join((f"{_HEAD}corpus: '{digest()}'", f"bias: {round(bias * _PARTS)}", "signs:", *rows, ""))


def main(asked: Sequence[str]) -> None:
    """Write the weights, or with `check` print the rates."""
    if "check" in asked:
        print("\n".join(check(corpus())))
    else:
        told = written(*fitted(list(examples(corpus()))))
        Path(str(_PHRASES / "orders-weights.yaml")).write_text(told, "utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
