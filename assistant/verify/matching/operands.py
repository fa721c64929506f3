"""What a worked-out number is worked out from: the numbers of its sentence and of those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from assistant.ledger import Figure
from assistant.numbers import Mention, base, compatible_units
from assistant.patterns import regex
from assistant.subjects import BLANK, normal_term
from assistant.verify.matching.known import Known
from assistant.verify.matching.verdict import EXPLAINED, Verdict
from assistant.verify.reading.places import Place

PLANNED, DONE = 1, 3
RANKS = {
    "上年决算": 0,
    "年初": 0,
    "年初预算": PLANNED,
    "编制": PLANNED,
    "全年预算": 2,
    "执行": DONE,
    "决算": DONE,
    "年末": DONE,
}
"""In which order the stages of one item follow each other: a change goes from the lower to the higher."""
_PLAN_WORDS, _DONE_WORDS = (
    ("计划", "目标", "应", "预算", "编制", "发放"),
    ("实际", "完成", "已", "达到", "回收", "收回"),
)
TAIL = 16
"""How far before its number a cue begins."""
_MOST_OPERANDS = 20
GENERIC = frozenset(("", "合计", "总计", "共计", "小计"))
"""Items that many tables have: they make no two figures the same thing."""
_NOUN = 8
_NOUN_ENDS = regex(r"[^\u4e00-\u9fff]")
_NAME_ENDS = regex(r"^(?:其中|全年|本年|当年|新)?(?P<core>.{2,}?)(?:金额|数量|总额|人数|总数|数|额|的|为)*$")


@dataclass(frozen=True, slots=True)
class Amount:
    """An operand in base units: `value` exact, `said` as the text prints it, `shown` for the reason, `words` the clause that says it."""

    value: Decimal
    unit: str
    shown: str
    said: Decimal
    figure: Figure | None = None
    words: str = ""

    @property
    def rank(self) -> int | None:
        """Where it stands in the order of stages; None where nothing says so."""
        if self.figure is not None:
            if self.figure.scope.stage in RANKS:
                return RANKS[self.figure.scope.stage]
            if self.figure.id.endswith((".target", ".achieved")):
                return PLANNED if self.figure.id.endswith(".target") else DONE
        if any(word in self.words for word in _DONE_WORDS):
            return DONE
        return PLANNED if any(word in self.words for word in _PLAN_WORDS) else None

    def shares_item(self, other: Amount) -> bool:
        """Whether both are the same thing in two stages or years."""
        if self.figure is None or other.figure is None:
            return False
        return bool(set(self.figure.items) & set(other.figure.items) - GENERIC)


class Entry(NamedTuple):
    """A quantity of a sentence with the verdict that its own words gave it."""

    mention: Mention
    place: Place
    verdict: Verdict

    @property
    def before(self) -> str:
        """The sentence up to the number, other quantities as □."""
        return self.place.context.before

    def amount(self) -> Amount | None:
        """This number as an operand of another; only an explained one can be, and of a bound (近740万元) only the figure behind it."""
        mention, verdict = self.mention, self.verdict
        if verdict.status not in EXPLAINED or verdict.status == "structural" or mention.value is None:
            return None
        figure, words = verdict.figure, self.words
        if mention.upper is not None or mention.bound:
            return amount_of(figure, figure.base[0], words) if mention.upper is None and figure is not None else None
        if figure is None:
            return Amount(mention.value, mention.unit, mention.text, mention.value, None, words)
        return amount_of(figure, mention.value, words)

    @property
    def words(self) -> str:
        """The words that say it: since the number before it, in its clause."""
        return self.before.rpartition("，")[2].rpartition(BLANK)[2]

    def is_called(self, name: str, known: Known) -> bool:
        """Whether its own words, the noun that it counts, or the names of the figure behind it say this name.

        In “A、B分别为1、2” the words before the first number name both: there the figure decides.
        """
        figure, words = self.verdict.figure, normal_term(self.words)
        if figure is not None and figure.id in known.names:
            label, items = known.names[figure.id]
            if name in items or label.startswith(name) or name in known.aspects[figure.id]:
                return True
        if "分别" in self.before:
            return False
        return name in words or _NOUN_ENDS.split(self.place.context.right[:_NOUN])[0].startswith(name)


def amount_of(figure: Figure, said: Decimal | None = None, words: str = "") -> Amount:
    """A figure as an operand; not said in the text, it counts as printed elsewhere."""
    value, unit = figure.base
    if said is None:
        said = base(Decimal(figure.number().replace(",", "")), figure.unit)[0]
    return Amount(value, unit, figure.printed(), said, figure, words)


@dataclass
class Sentence:
    """The quantities of a sentence as they are settled one after another, those of the sentence before it, and what was worked out.

    `wholes`: what the last share of the paragraph was of; `pair`: (from, to) of the sentence's last comparison.
    """

    entries: list[Entry]
    known: Known
    wholes: list[Amount]
    before: Sequence[Entry] = ()
    pair: tuple[Amount, Amount] | None = None

    def note(self, pair: tuple[Amount, Amount] | None, whole: Amount | None) -> None:
        """Remember what a number was worked out of, for the next one that leans on it (增加C，增长D)."""
        self.pair = pair or self.pair
        if whole is not None:
            self.wholes[:] = [whole]


def before_place(entries: Sequence[Entry], before: str, after: str = "") -> Sequence[Entry]:
    """The quantities that stand in a part of the sentence, one for each □ in it, without those of the part up to `after`.

    The last few only: nobody adds up more in one sentence, and a line of numbers without end costs no more than its length.
    """
    end = before.count(BLANK)
    return entries[max(after.count(BLANK), end - _MOST_OPERANDS) : end]


def nearest(entries: Sequence[Entry], unit: str) -> Amount | None:
    """The last quantity that goes with this unit ("": any), if it is explained: an unexplained one is no ground to build on."""
    found = next((e for e in reversed(entries) if compatible_units(unit, e.mention.unit)), None)
    return found.amount() if found is not None else None


def said_as(name: str, entries: Sequence[Entry], known: Known) -> list[Entry]:
    """Those that words without a number speak of again (新党员人数 of 发展新党员150人), the nearest first."""
    core = _NAME_ENDS.match(normal_term(name))
    if core is None:
        return []
    return [entry for entry in reversed(entries) if entry.is_called(core["core"], known)]


def all_of(entries: Sequence[Entry]) -> list[Amount]:
    """The quantities as operands; none at all if one of them is not explained."""
    amounts = [entry.amount() for entry in entries]
    return [] if None in amounts else [amount for amount in amounts if amount is not None]


def in_order(first: Amount, second: Amount) -> tuple[Amount, Amount]:
    """(from, to): by the order of their stages, or as the sentence has them."""
    if first.rank is not None and second.rank is not None and first.rank > second.rank:
        return second, first
    return first, second
