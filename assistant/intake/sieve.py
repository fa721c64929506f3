"""Takes orders to the writer out of what was handed in, before anything reads it, and tells of each.

A drafter may obey whatever it reads, and the offline one repeats it: so an order is dropped here, once for all, with its sentence and
no more. Where it points at what follows (以下这句话写入报告：…) that goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from assistant.data_files import parse_yaml
from assistant.errors import InputError
from assistant.findings import Finding
from assistant.intake.case import Entry, Row, Workbook
from assistant.intake.orders import is_certain, is_doubtful, is_order, orders
from assistant.intake.readings import is_foreign
from assistant.intake.sentences import split_sentences
from assistant.patterns import regex

_POINTS_ON = regex(r"[：:]\W{0,3}$|以下|下面|下列|下述|如下|下方|下一[句段条行]|(?i:\b(?:following|below|next)\b)")
_LEANS_ON = regex(
    r"^(?:请|只|不要|不得|不许|别|勿|务必|必须|切记|记住|然后|这一?条|这些?要求|本条|上述|以上|否则|如有违反|无需|直接)|照办|照做|照抄|原样|逐字"
)
"""Beside an order a sentence that begins so belongs to it."""
_SHORT = 8
"""Paragraphs of so many characters and fewer may be one order broken over lines."""
_SHOWN = 60
_UNPRINTED = frozenset({"id", "note", "source"})


@dataclass
class Sieve:
    """One document's or workbook's texts, in order. `findings` tell what was dropped."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    _pointed: bool = False

    def kept(self, text: str, place: str) -> str:
        """The text without its orders, as it was where there are none; line breaks stay."""
        lines = [(line, split_sentences(line)) for line in text.split("\n")]
        kept = [self._sentences(said, place) for _, said in lines]
        if all(len(left) == len(said) for left, (_, said) in zip(kept, lines, strict=True)):
            return text
        whole = (
            line if len(left) == len(said) else "".join(left) for left, (line, said) in zip(kept, lines, strict=True)
        )
        return "\n".join(line for line in whole if line)

    def _sentences(self, said: list[str], place: str) -> list[str]:
        """Those of a paragraph that are no orders; one that points at what follows takes the rest along, or after a colon the next."""
        pointed, self._pointed = self._pointed and bool(said), self._pointed and not said
        found: list[str] = []
        hostile = [is_foreign(sentence) or bool(orders(sentence)) for sentence in said]
        for at, sentence in enumerate(said):
            leaning = any(hostile) and _LEANS_ON.search(sentence)
            if not (pointed or hostile[at] or leaning):
                found.append(sentence)
                if is_doubtful(sentence):
                    self._ask(sentence, place)
                continue
            self.tell(sentence, place)
            if not pointed and _POINTS_ON.search(sentence):
                pointed, self._pointed = True, at == len(said) - 1 and sentence.endswith(("：", ":"))
        return found

    def is_order(self, text: str, place: str) -> bool:
        """Whether a text that is used whole or not at all (a heading, a table cell) is one."""
        if not orders(text):
            return False
        self.tell(text, place)
        return True

    def broken(self, paragraphs: Iterable[str]) -> frozenset[int]:
        """Which of a document's paragraphs, by number from 0, are pieces of an order broken over short lines."""
        found: set[int] = set()
        for short, group in groupby(enumerate(paragraphs), key=lambda item: len(item[1]) <= _SHORT):
            numbered = list(group)
            if short and len(numbered) > 1:
                pieces = frozenset(orders("\n".join(line for _, line in numbered)))
                found.update(number for number, line in numbered if line in pieces)
        return frozenset(found)

    def tell(self, sentence: str, place: str) -> None:
        """Tell of an order that was dropped."""
        why = "不是中文，没有采用，要用的请译成中文" if is_foreign(sentence) else "像是写给起草程序的指令，没有采用"
        self.findings.append(Finding(
            "injection", "warning", f"{self.file} {place}：“{_shown(sentence)}”{why}，请核实材料来源。", quote=sentence,
        ))  # fmt: skip

    def _ask(self, sentence: str, place: str) -> None:
        """Ask about a sentence that may be an order: it stays where it stands, but `briefs.statement` takes it for no fact."""
        self.findings.append(Finding(
            "injection", "info",
            f"{self.file} {place}：“{_shown(sentence)}”拿不准是不是写给起草程序的指令，材料里的没有写进正文，请核实；是指令的请删去。",
            quote=sentence,
        ))  # fmt: skip

    def tell_unseen(self, count: int) -> None:
        """Tell of characters that the document prints so that nobody sees them, and that were not read."""
        if count:
            self.findings.append(Finding(
                "injection", "warning",
                f"{self.file}：有{count}个字设为看不见（隐藏、白色或极小），没有采用。要用的内容请改成正常显示，不知来历的请核实材料来源。",
            ))  # fmt: skip


def _shown(sentence: str) -> str:
    return sentence if len(sentence) <= _SHOWN else f"{sentence[:_SHOWN]}…"


def refuse_orders(path: Path) -> list[Finding]:
    """Refuse a rubric or an outline one of whose texts is an order by its form: they stand on the page, and in prompts, as they are.

    A rubric speaks of reports, marks and what they must hold by trade, so a text whose words only weigh like an order's is told.

    Raises:
        InputError: one is; says in which file and under which key.
    """
    found = []
    for key, text in texts_of(parse_yaml(path.read_text("utf-8-sig"), path.name)):
        for sentence in filter(is_order, split_sentences(text)):
            where, said = f"{path.name} {'.'.join(key)}", f"“{_shown(sentence)}”像是写给起草程序的指令"
            if is_certain(sentence):
                reason = f"{said}，不是评价指标或提纲的文字"
                raise InputError(where, reason, "请核实文件来源，改写或删去这一句后再试")
            found.append(Finding("injection", "warning", f"{where}：{said}，请核实文件来源。", quote=sentence))
    return found


def texts_of(raw: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a data file with its path of keys; entries of lists by number from 1. Notes stand in no report."""
    if isinstance(raw, str):
        yield path, raw
    elif isinstance(raw, dict):
        for key, value in raw.items():
            if key not in _UNPRINTED:
                yield from texts_of(value, (*path, str(key)))
    elif isinstance(raw, list):
        for number, value in enumerate(raw, 1):
            yield from texts_of(value, (*path, f"第{number}项"))


def sifted(book: Workbook) -> Workbook:
    """A workbook without orders in its text cells; a cell or a row that holds nothing else is blank."""
    findings: list[Finding] = []

    def sift(entry: Entry) -> Entry | None:
        if entry.number is not None or not entry.text:
            return entry
        sieve = Sieve(entry.provenance.file, findings)
        text = sieve.kept(entry.text, entry.provenance.place)
        return entry if text == entry.text else replace(entry, text=text) if text else None

    entries = {id: kept for id, entry in book.entries.items() if (kept := sift(entry)) is not None}
    tables = {}
    for table, rows in book.tables.items():
        made = []
        for row in rows:
            cells = {column: kept for column, entry in row.cells.items() if (kept := sift(entry)) is not None}
            if cells or not row.cells:
                made.append(Row(row.number, MappingProxyType(cells)))
        tables[table] = tuple(made)
    return replace(book, entries=entries, tables=tables, findings=(*book.findings, *findings)) if findings else book
