"""What a number is said of.

Two ways of knowing, used by intake (to remember a material's numbers) and by verify (to judge a report's):

*context*  the sentence with its numbers blanked, seen from one of them: what stands to its left and to its right;
*terms*    the words of the field (基本支出, 年初预算 …) that stand by the number in its clause, or in the heads of its table cell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import add
from typing import NamedTuple

from assistant.numbers import Mention
from assistant.patterns import regex

BLANK = "□"
SELF = "◇"
"""In a subject: another number, and the number itself."""
_SENTENCE_END = regex(r"[。！？；\n\t]")
_CLAUSE_END = regex(r"[，。！？；：,;:\n\t]")
_FILLER = regex(r"[\s“”‘’\"'（）()《》]+")
_MARKS = regex(r"[\s，。、；：！？“”‘’\"'（）()《》〔〕\[\]【】…—\-·,.;:!?]+")
REACH = 40
"""How many characters of context are looked at on each side."""
LONGEST = 1000
"""No sentence is longer, and nothing said further back is still spoken of."""


class Context(NamedTuple):
    """A number seen in its sentence, other quantities as □: `left` and `right` within reach, `before` all the way back.

    `earlier` is what comes before the sentence in its paragraph.
    """

    left: str
    right: str
    before: str
    sentence: str
    earlier: str = ""

    @property
    def subject(self) -> str:
        """Left and right as one string around the number itself: what `Figure.subject` keeps."""
        return f"{self.left}{SELF}{self.right}"


def split_subject(subject: str) -> tuple[str, str]:
    """Left and right of `Context.subject`."""
    left, _, right = subject.partition(SELF)
    return left, right


def sentence_ends(text: str, low: int = 0, high: int | None = None) -> list[int]:
    """Where the sentences of `text[low:high]` end (after 。！？； or a line), the last one's end left out.

    What runs on for more than `LONGEST` is cut at a comma, so that whatever is asked of a sentence costs a bounded time.
    """
    high = len(text) if high is None else high
    stops = [found.end() for found in _SENTENCE_END.finditer(text, low, high)]
    if not stops and high - low <= LONGEST:
        return stops
    ends: list[int] = []
    start = low
    for stop in (*stops, high):
        while stop - start > LONGEST:
            comma = text.rfind("，", start, start + LONGEST) + 1
            start = comma or start + LONGEST
            ends.append(start)
        if stop < high:
            ends.append(stop)
        start = stop
    return ends


def contexts(text: str, mentions: Sequence[Mention], low: int = 0, high: int | None = None) -> list[Context]:
    """The context of each mention, which must be in order and lie within `low:high`; of one that is no quantity, its sentence.

    Time is linear in the text.
    """
    if not mentions:
        return []
    high = len(text) if high is None else high
    if (mentions[0].start, mentions[0].end) == (low, high):
        return [Context("", "", "", mentions[0].text)]  # a cell that is a number and nothing else
    ends = sentence_ends(text, low, high)
    found: list[Context] = []
    sentence, earlier, before, at, last = "", "", "", low, -1
    for number, mention in enumerate(mentions):
        place = bisect_right(ends, mention.start)
        start, end = ends[place - 1] if place else low, ends[place] if place < len(ends) else high
        if place != last:
            last, before, at = place, "", start
            sentence, earlier = text[start:end].strip(), text[max(low, start - LONGEST) : start]
        whole = sentence if mention.end <= end else text[start : mention.end].strip()
        if not mention.is_quantity:
            found.append(Context("", "", "", whole))
            continue
        before += text[at : mention.start]
        found.append(Context(before[-REACH:], _ahead(text, mentions, number, end), before, whole, earlier))
        before, at = before + BLANK, mention.end
    return found


def sentences_around(text: str, mentions: Sequence[Mention], low: int, high: int) -> list[str]:
    """The sentence that each mention stands in, as in its context; `mentions` lie within `low:high`."""
    ends = sentence_ends(text, low, high)
    found = []
    for mention in mentions:
        place = bisect_right(ends, mention.start)
        start, end = ends[place - 1] if place else low, ends[place] if place < len(ends) else high
        found.append(text[start : max(end, mention.end)].strip())
    return found


def _ahead(text: str, mentions: Sequence[Mention], number: int, end: int) -> str:
    """What follows a mention up to `end`, other quantities blanked, within reach."""
    at = mentions[number].end
    right = ""
    for next_one in range(number + 1, len(mentions)):
        mention = mentions[next_one]
        if mention.end > end or len(right) >= REACH:
            break
        if mention.is_quantity:
            right, at = right + text[at : mention.start] + BLANK, mention.end
    return (right + text[at : max(end, at)][:REACH])[:REACH]


_QUOTED_TITLE = regex(r"《[^》]*》")
_YEAR = regex(r"(?<![\d〔\[(（-])(20\d\d)\s*年(?!度?第|[度]?[—-])")


def year_said(context: Context) -> str:
    """The one year that the sentence names before the number, titles in 《》 aside, or ""."""
    return year_in(context.before)


def year_in(words: str) -> str:
    """The one year that some words name, titles in 《》 aside, or ""."""
    if "年" not in words:
        return ""
    years = set(_YEAR.findall(_QUOTED_TITLE.sub("", words)))
    return years.pop() if len(years) == 1 else ""


_LABEL_MOST, _LABEL_LEAST = 24, 5
_LABEL_ENDS = "、和及与达为共约超近"


def label_of(context: Context, unit: str) -> str:
    """A short name for a number of a material: what stands before it in its clause, read on over the number where that is too little."""
    clause = _CLAUSE_END.split(context.before)[-1]
    before = clause.split(BLANK)[-1].strip(_LABEL_ENDS) or clause.replace(BLANK, "").strip(_LABEL_ENDS)
    after = re.split(rf"[，。、；：！？（(和及与{BLANK}\s]", context.right)[0]
    if len(before) < _LABEL_LEAST and unit and not after.startswith("的"):
        before += after[:_LABEL_MOST]
    return _tail(before) or after[:_LABEL_MOST] or _tail(plain(context.before) or plain(context.right))


def _tail(words: str) -> str:
    """The end of some words, marked where it was cut; a quotation or a title is not cut open."""
    at = max(len(words) - _LABEL_MOST, 0)
    for opening, close in ("“”", "《》", "（）"):
        if (opened := words.rfind(opening, 0, at)) > words.rfind(close, 0, at):
            at = opened
    return f"…{words[at:]}" if at else words


def plain(text: str) -> str:
    """Without punctuation and space, for comparing words."""
    return _MARKS.sub("", text)


def common_suffix(a: str, b: str) -> int:
    """How many characters two strings share at their ends."""
    if a == b:
        return len(a)
    if not a or not b or a[-1] != b[-1]:
        return 0
    n = 0
    for x, y in zip(reversed(a), reversed(b), strict=False):
        if x != y:
            break
        n += 1
    return n


def common_prefix(a: str, b: str) -> int:
    """How many characters two strings share at their beginnings."""
    if a == b:
        return len(a)
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters."""
    return frozenset(map(add, text, text[1:]))


def dice(a: frozenset[str], b: frozenset[str]) -> float:
    """How alike two sets of bigrams are, 0 to 1 (a measure of words, never of money)."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


@lru_cache(maxsize=2048)
def normal_term(text: str) -> str:
    """A term or a table head in the form in which terms are compared: no quotes, brackets or space, no 其中."""
    return _FILLER.sub("", text.removeprefix("其中：").removeprefix("其中:").removeprefix("其中").removeprefix("："))


class Terms:
    """A set of terms that is looked up in running text in one pass, the longest first."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for word in sorted({normal_term(term) for term in terms} - {""}, key=len, reverse=True):
            self._by_first.setdefault(word[0], []).append(word)

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """(term, start, end) in order, not overlapping; offsets are into `normal_term(text)`.

        A pattern of all terms would take longer to compile than all the texts of a report take to be looked through.
        """
        found: list[tuple[str, int, int]] = []
        end = 0
        for at, first in enumerate(text):
            if at < end or first not in self._by_first:
                continue
            word = next((word for word in self._by_first[first] if text.startswith(word, at)), "")
            if word:
                end = at + len(word)
                found.append((word, at, end))
        return found
