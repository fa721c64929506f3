"""What a number is said of.

Two ways of knowing, used by intake (to remember a material's numbers) and by verify (to judge a report's):

*context*  the sentence with its numbers blanked, seen from one of them: what stands to its left and to its right;
*terms*    the words of the field (基本支出, 年初预算 …) that stand by the number in its clause, or in the heads of its table cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.numbers import Mention

BLANK = "□"
SELF = "◇"
"""In a subject: another number, and the number itself."""
_SENTENCE_END = re.compile(r"[。！？；\n\t]")
_CLAUSE_END = re.compile(r"[，。！？；：,;:\n\t]")
_FILLER = re.compile(r"[\s“”‘’\"'（）()《》]+")
_MARKS = re.compile(r"[\s，。、；：！？“”‘’\"'（）()《》〔〕\[\]【】…—\-·,.;:!?]+")
REACH = 40
"""How many characters of context are looked at on each side."""


@dataclass(frozen=True, slots=True)
class Context:
    """A number seen in its sentence, other quantities as □: `left` and `right` within reach, `before` all the way back.

    `earlier` are the sentences of its paragraph that come before.
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


def sentence_bounds(text: str, at: int, low: int = 0, high: int | None = None) -> tuple[int, int]:
    """Start and end of the sentence (ended by 。！？； or a line) around a place, within `low:high`."""
    high = len(text) if high is None else high
    start = max((m.end() for m in _SENTENCE_END.finditer(text, low, at)), default=low)
    end = _SENTENCE_END.search(text, at, high)
    return start, end.end() if end else high


def contexts(text: str, mentions: Sequence[Mention], low: int = 0, high: int | None = None) -> list[Context]:
    """The context of each mention, which must be in order and lie within `low:high`."""
    high = len(text) if high is None else high
    found: list[Context] = []
    for number, mention in enumerate(mentions):
        start, end = sentence_bounds(text, mention.start, low, high)
        end = max(end, mention.end)
        before = [m for m in mentions[:number] if m.start >= start]
        after = [m for m in mentions[number + 1 :] if m.end <= end]
        left = _blanked(text, start, mention.start, before)
        right = _blanked(text, mention.end, end, after)
        found.append(Context(left[-REACH:], right[:REACH], left, text[start:end].strip(), text[low:start]))
    return found


def _blanked(text: str, start: int, end: int, mentions: Iterable[Mention]) -> str:
    parts, at = [], start
    for mention in mentions:
        if mention.is_quantity:
            parts += [text[at : mention.start], BLANK]
            at = mention.end
    parts.append(text[at:end])
    return "".join(parts)


_QUOTED_TITLE = re.compile(r"《[^》]*》")
_YEAR = re.compile(r"(?<![\d〔\[(（-])(20\d\d)\s*年(?!度?第|[度]?[—-])")


def year_said(context: Context) -> str:
    """The one year that the sentence names before the number, titles in 《》 aside, or ""."""
    years = set(_YEAR.findall(_QUOTED_TITLE.sub("", context.before)))
    return years.pop() if len(years) == 1 else ""


def label_of(context: Context, unit: str) -> str:
    """A short name for a number of a material: the noun it counts, else what stands before it."""
    after = re.split(rf"[，。、；：！？（(和及与{BLANK}\s]", context.right)[0]
    if after and unit and after[0] not in "的，。、；":
        return after[:14]
    clause = _CLAUSE_END.split(context.left)[-1].split(BLANK)[-1].strip("、和及与达为共约超近")
    return clause[-14:] or after[:14] or plain(context.sentence)[:14]


def plain(text: str) -> str:
    """Without punctuation and space, for comparing words."""
    return _MARKS.sub("", text)


def common_suffix(a: str, b: str) -> int:
    """How many characters two strings share at their ends."""
    n = 0
    for x, y in zip(reversed(a), reversed(b), strict=False):
        if x != y:
            break
        n += 1
    return n


def common_prefix(a: str, b: str) -> int:
    """How many characters two strings share at their beginnings."""
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def dice(a: frozenset[str], b: frozenset[str]) -> float:
    """How alike two sets of bigrams are, 0 to 1 (a measure of words, never of money)."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def normal_term(text: str) -> str:
    """A term or a table head in the form in which terms are compared: no quotes, brackets or space, no 其中."""
    return _FILLER.sub("", text.removeprefix("其中：").removeprefix("其中:").removeprefix("其中").removeprefix("："))


class Terms:
    """A set of terms that is looked up in running text in one pass, the longest first."""

    def __init__(self, terms: Iterable[str]) -> None:
        words = sorted({normal_term(term) for term in terms if term}, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(re.escape, words))) if words else None

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """(term, start, end) in order, not overlapping; offsets are into `normal_term(text)`."""
        if self._pattern is None:
            return []
        return [(m[0], m.start(), m.end()) for m in self._pattern.finditer(text)]
