"""The numbered lines of a document and the lists that they make: 一、（一）1.（1）① at the head of a line, headings and items alike.

A .txt or .pdf does not say what is a heading; the number at its head and the lines between do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from unicodedata import numeric

from assistant.documents import Text
from assistant.patterns import regex
from assistant.verify.reading.passages import Passage

_HAN = "[一二三四五六七八九十]"
_LINE = regex(
    rf"第\s?(?P<chapter>{_HAN}{{1,3}})\s?(?P<kind>[章节部篇])"
    rf"|(?P<han>{_HAN}{{1,3}})\s?(?:、|[.．](?!\d))(?!{_HAN})"
    rf"|[（(]\s?(?P<bracketed_han>{_HAN}{{1,3}})\s?[)）]"
    r"|[（(]\s?(?P<bracketed>[0-9]{1,2})\s?[)）]|(?P<half>[0-9]{1,2})\s?[)）]"
    r"|(?P<digits>[0-9]{1,2})\s?(?:、|[.．](?:(?!\d)|(?=20\d\d\s?年)))"
    r"|(?P<circled>[①-⑳])"
)
_STYLES = {
    "chapter": "第{}", "han": "{}、", "bracketed_han": "（{}）", "bracketed": "（{}）", "half": "（{}）", "digits": "{}.", "circled": "{}",
}  # fmt: skip
_ATTACHED = regex(r"附[件表录]\s?[0-9一二三四五六七八九十]{0,3}(?:\s|[：:]|$)")
_CONTENTS = regex(r"目\s{0,4}录$")
_PAGE = regex(r"[.…·\s]*\d{0,3}$")
_LONGEST_HEADING = 45
_DEEPEST = 12
"""So many lists may be open at once; what a hostile text opens beyond that closes the outermost."""


@dataclass(slots=True)
class Item:
    """A numbered line. `words`: what follows its number; `heading`: marked as one, or short and without a sentence in it.

    `filled`: something stands between it and the next line of its own list or of an outer one.
    """

    style: str
    number: int
    start: int
    end: int
    words: str
    heading: bool
    level: int
    marked: bool
    filled: bool = False

    @property
    def label(self) -> str:
        """Its number as it is printed: （三）."""
        return label(self.style, self.number)

    @property
    def title(self) -> str:
        """Number and words, as a message quotes it."""
        return f"{self.label}{shortened(self.words, 24)}"


@dataclass(slots=True)
class Listing:
    """The lines of one list in the order of the text. `parent` is the line under which it stands."""

    style: str
    parent: Item | None
    items: list[Item] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The number that came last."""
        return self.items[-1].number

    @property
    def headings(self) -> bool:
        """Whether these are headings: marked as such, or short lines most of which have text beneath (of 一、 and （一）: half)."""
        if any(item.marked for item in self.items):
            return True
        short = sum(item.heading for item in self.items)
        filled = sum(item.filled for item in self.items)
        half = len(self.items) if self.style.endswith("han") else len(self.items) + 1
        return short * 2 > len(self.items) and filled * 2 >= half


def shortened(words: str, most: int = 40) -> str:
    """Words as a message quotes them."""
    words = words.strip()
    return words if len(words) <= most else f"{words[: most - 2]}……"


def plain(value: Decimal) -> str:
    """A number as a message shows it, without the noughts that its division left: 87.50 stays, 1E+2 is 100."""
    return format(value, "f")


def label(style: str, number: int) -> str:
    """A number in the form of its list: 三、 （三） 3. （3） ③."""
    form = _STYLES.get(style.partition(":")[0], "{}")
    kind = style.partition(":")[2]
    if style.startswith(("chapter", "han", "bracketed_han")):
        return form.format(in_han(number)) + kind
    return form.format(chr(0x245F + number) if style == "circled" else number)


def in_han(number: int) -> str:
    """12 as 十二."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{'零一二三四五六七八九'[tens]}十") + (
        "零一二三四五六七八九"[ones] if ones else ""
    )


_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}


def from_han(words: str) -> int:
    """十二 as 12; 0 where it is no such number."""
    left, ten, right = words.partition("十")
    if not ten:
        return _VALUES.get(words, 0)
    if (left and left not in _VALUES) or (right and right not in _VALUES):
        return 0
    return (_VALUES[left] if left else 1) * 10 + (_VALUES[right] if right else 0)


def item_of(passage: Passage) -> Item | None:
    """The numbered line that a passage is or begins with."""
    words = passage.words
    found = _LINE.match(words)
    if not found or not found.lastgroup:
        return None
    group = "chapter" if found.lastgroup == "kind" else found.lastgroup
    style = "bracketed" if group == "half" else group
    if style == "chapter":
        style = f"chapter:{found['kind']}"
    text = found[group]
    number = int(numeric(text)) if group == "circled" else int(text) if text.isdecimal() else from_han(text)
    rest = words[found.end() :].strip()
    block = passage.blocks[0]
    marked = block.kind == "heading"
    end = passage.start + min(len(words), 60)
    return Item(style, number, passage.start, end, rest, marked or _is_short(rest), block.level, marked)


def _is_short(words: str) -> bool:
    if not words or len(words) > _LONGEST_HEADING or words[-1] in "；;，,、":
        return False
    return not re.search(r"[。；;！？]", words[:-1])


def listings(text: Text, prose: Sequence[Passage]) -> list[Listing]:
    """All lists of numbered lines; the lines of a table of contents make none."""
    reader = _Lists()
    rows = [block.start for block in text.blocks if block.kind == "row"]
    before: Passage | None = None
    for passage in _without_contents(prose):
        if before is not None and bisect_right(rows, passage.start) > bisect_right(rows, before.start):
            reader.body()
        reader.read(passage)
        before = passage
    if before is not None and bisect_right(rows, before.start) < len(rows):
        reader.body()
    return reader.found


def _without_contents(prose: Sequence[Passage]) -> Iterator[Passage]:
    """The passages without a table of contents that has no dots: after 目录, up to the line that says its first entry again."""
    at = next((n for n, passage in enumerate(prose) if _CONTENTS.match(passage.words)), None)
    end = None
    if at is not None and at + 1 < len(prose):
        first = _PAGE.sub("", prose[at + 1].words)
        end = next((n for n, p in enumerate(prose[at + 2 :], at + 2) if _PAGE.sub("", p.words) == first), None)
    if at is None or end is None:
        yield from prose
        return
    yield from prose[:at]
    yield from prose[end:]


class _Lists:
    """The lists that are open at a place of the text, the outermost first."""

    def __init__(self) -> None:
        self.found: list[Listing] = []
        self._open: list[Listing] = []
        self._line: Item | None = None

    def body(self) -> None:
        """Something that is no numbered line."""
        if self._line is not None:
            self._line.filled = True

    def read(self, passage: Passage) -> None:
        """Take in the next passage."""
        if _ATTACHED.match(passage.words):
            self._open, self._line = [], None
            return
        item = item_of(passage)
        if item is None:
            self._plain(passage)
            return
        listing = self._place(item)
        if self._line is not None and self._line not in listing.items and listing.parent is self._line:
            self._line.filled = True
        listing.items.append(item)
        self._line = item

    def _plain(self, passage: Passage) -> None:
        block = passage.blocks[0]
        if block.kind == "heading" and block.level:
            self._open = [one for one in self._open if 0 < one.items[-1].level < block.level]
            if self._line is not None and self._line.level < block.level:
                self.body()
            self._line = None
            return
        self.body()

    def _place(self, item: Item) -> Listing:
        """The list that a line belongs to, opened if need be; lists inside it are closed."""
        same = [n for n, one in enumerate(self._open) if one.style == item.style]
        at = next((n for n in reversed(same) if self._open[n].last + 1 == item.number), None)
        if at is None and item.number != 1 and same:
            at = same[-1]
        if at is None and same and item.marked and item.level <= self._open[same[-1]].items[-1].level:
            del self._open[same[-1] :]
        if at is None:
            listing = Listing(item.style, self._parent(item))
            self.found.append(listing)
            self._open = [*self._open, listing][-_DEEPEST:]
            return listing
        del self._open[at + 1 :]
        return self._open[at]

    def _parent(self, item: Item) -> Item | None:
        """The line that a new list stands under: the last one of the innermost list of another kind."""
        outer: Iterable[Listing] = reversed(self._open)
        return next((one.items[-1] for one in outer if one.style != item.style), None)
