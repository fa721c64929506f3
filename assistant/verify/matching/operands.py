"""What a worked-out number is worked out from: the numbers of its sentence, and figures that its words name without a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.ledger import Figure
from assistant.numbers import Mention, base, compatible_units
from assistant.subjects import BLANK, normal_term
from assistant.verify.matching.known import Known
from assistant.verify.matching.naming import Place
from assistant.verify.matching.verdict import EXPLAINED, Verdict

_PLANNED, _DONE = 1, 3
_RANKS = {
    "上年决算": 0,
    "年初": 0,
    "年初预算": _PLANNED,
    "编制": _PLANNED,
    "全年预算": 2,
    "执行": _DONE,
    "决算": _DONE,
    "年末": _DONE,
}
"""In which order the stages of one item follow each other: a change goes from the lower to the higher."""
_PLAN_WORDS, _DONE_WORDS = (
    ("计划", "目标", "应", "预算", "编制", "发放"),
    ("实际", "完成", "已", "达到", "回收", "收回"),
)
TAIL = 16
"""How far before its number a cue begins."""
_MOST_OPERANDS = 20
_WHOLE = ("总", "全年", "全部", "整体", "合计")
_LAST_YEAR = ("上年", "去年", "上一年")


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
            if self.figure.scope.stage in _RANKS:
                return _RANKS[self.figure.scope.stage]
            if self.figure.id.endswith((".target", ".achieved")):
                return _PLANNED if self.figure.id.endswith(".target") else _DONE
        if any(word in self.words for word in _DONE_WORDS):
            return _DONE
        return _PLANNED if any(word in self.words for word in _PLAN_WORDS) else None

    def shares_item(self, other: Amount) -> bool:
        """Whether both are the same thing in two stages or years."""
        if self.figure is None or other.figure is None:
            return False
        return bool(set(self.figure.items) & set(other.figure.items) - {""})


@dataclass(frozen=True, slots=True)
class Entry:
    """A quantity of a sentence with the verdict that its own words gave it."""

    mention: Mention
    place: Place
    verdict: Verdict

    @property
    def before(self) -> str:
        """The sentence up to the number, other quantities as □."""
        return self.place.context.before

    def amount(self) -> Amount | None:
        """This number as an operand of another; only an explained one can be."""
        mention, verdict = self.mention, self.verdict
        if verdict.status not in EXPLAINED or verdict.status == "structural" or mention.value is None:
            return None
        words = self.before.rpartition("，")[2].rpartition(BLANK)[2]
        if mention.upper is not None or verdict.figure is None:
            return (
                None
                if mention.upper is not None
                else Amount(mention.value, mention.unit, mention.text, mention.value, None, words)
            )
        return amount_of(verdict.figure, mention.value, words)


def amount_of(figure: Figure, said: Decimal | None = None, words: str = "") -> Amount:
    """A figure as an operand; not said in the text, it counts as printed elsewhere."""
    value, unit = figure.base
    if said is None:
        said = base(Decimal(figure.number().replace(",", "")), figure.unit)[0]
    return Amount(value, unit, figure.printed(), said, figure, words)


@dataclass
class Sentence:
    """The quantities of a sentence as they are settled one after another, those of the sentence before it, and what was worked out.

    `wholes`: what the last share of the paragraph was of; `pair`: (from, to) of the sentence's first comparison.
    """

    entries: list[Entry]
    known: Known
    wholes: list[Amount]
    before: Sequence[Entry] = ()
    pair: tuple[Amount, Amount] | None = None


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


def all_of(entries: Sequence[Entry]) -> list[Amount]:
    """The quantities as operands; none at all if one of them is not explained."""
    amounts = [entry.amount() for entry in entries]
    return [] if None in amounts else [amount for amount in amounts if amount is not None]


def bases(words: str, like: Amount, known: Known, share: bool = False) -> list[Amount]:
    """What a number is held against by words alone: 年初预算 (of the same item), 基本支出 (in the same stage), 上年; at most two.

    `share`: the base is a whole, so it is no smaller than the part, and 总支出 or 全年支出 is the unit's total.
    """
    words = normal_term(words)
    items, said = known.words_of(words)
    aspects = [word for word, _, _ in said] or [word for word in _LAST_YEAR if word in words]
    pools: list[list[Figure]] = [
        _with_aspects([f for f in known.by_item[word] if _fits(f, like)], aspects, like, known)
        for word, _, _ in reversed(items)
    ]
    if not items and aspects and like.figure is not None:
        names = [normal_term(item) for item in like.figure.items if item]
        siblings = [f for name in names for f in (*known.by_item.get(name, []), *known.targets_ending(name))]
        pools.append(_with_aspects([f for f in siblings if _fits(f, like)], aspects, like, known))
    whole_said = any(word in words for word in _WHOLE)
    if (share and whole_said) or (aspects and not items and not any(pools)):
        totals = [f for f in known.by_item.get("", []) if _fits(f, like)]
        pools.insert(
            0 if share else len(pools),
            _of_stage(totals, like) if share else _with_aspects(totals, aspects, like, known),
        )
    found = next((pool for pool in pools if pool), [])
    if share:
        found = [f for f in found if f.base[0] >= like.value]
    return [amount_of(f) for f in _distinct(found)][:2]


def whole_of(like: Amount, known: Known) -> list[Amount]:
    """The unit's total in the stage of a part."""
    totals = _of_stage([f for f in known.by_item.get("", []) if _fits(f, like)], like)
    return [amount_of(f) for f in totals if f.base[0] >= like.value][:1]


def by_words(words: str, unit: str, known: Known) -> list[Amount]:
    """The figures of the items of a clause that names them without a number, one each, in order; of 决算 where no stage is said."""
    normal = normal_term(words)
    items, said = known.words_of(normal)
    aspects = {aspect for aspect, _, _ in said}
    found: list[Amount] = []
    for word in [word for word, _, _ in items] or ([""] if aspects else []):
        figures = [f for f in known.by_item.get(word, []) if f.base[1] == unit]
        spoken = [f for f in figures if known.aspects.get(f.id, set()) & aspects]
        figures = spoken or (figures if word else [])
        done = [f for f in figures if _RANKS.get(f.scope.stage) == _DONE]
        found += [amount_of(f) for f in (done or figures)[:1]]
    return found


def plans_of(done: Amount, known: Known) -> list[Amount]:
    """What was planned for the same item: its budget, its posts."""
    if done.figure is None or done.rank != _DONE:
        return []
    names = [normal_term(item) for item in done.figure.items if item]
    siblings = [f for name in names for f in known.by_item.get(name, []) if _fits(f, done)]
    return [amount_of(f) for f in _distinct(f for f in siblings if _RANKS.get(f.scope.stage) in (_PLANNED, 2))][:2]


def marks_of(words: str, known: Known) -> list[tuple[Amount, Amount]]:
    """(full marks, marks) of the indicator that a clause names, or of the whole where it names none."""
    items, _ = known.words_of(normal_term(words))
    figures = known.by_item.get(items[-1][0] if items else "", [])
    full = [amount_of(f) for f in figures if f.id.startswith("full_marks.")]
    given = [amount_of(f) for f in figures if f.id.startswith("marks.")]
    return [(full[0], given[0])] if full and given else []


def in_order(first: Amount, second: Amount) -> tuple[Amount, Amount]:
    """(from, to): by the order of their stages, or as the sentence has them."""
    if first.rank is not None and second.rank is not None and first.rank > second.rank:
        return second, first
    return first, second


def _fits(figure: Figure, like: Amount) -> bool:
    return figure is not like.figure and not figure.subject and compatible_units(like.unit, figure.base[1])


def _with_aspects(figures: list[Figure], aspects: Sequence[str], like: Amount, known: Known) -> list[Figure]:
    """Those of the aspects that are said (目标 for 目标值, 预算 for 年初预算), the last said first; of the stage of `like` where none is."""
    if not aspects:
        return _of_stage(figures, like)
    for aspect in reversed(aspects):
        if spoken := [f for f in figures if aspect in known.aspects.get(f.id, set())]:
            return spoken
        if partly := [f for f in figures if any(aspect in own for own in known.aspects.get(f.id, set()))]:
            return partly
    return []


def _of_stage(figures: list[Figure], like: Amount) -> list[Figure]:
    if like.figure is None:
        return []
    stage = like.figure.scope.stage
    if same := [f for f in figures if f.scope.stage == stage]:
        return same
    return [f for f in figures if stage in _RANKS and _RANKS.get(f.scope.stage) == _RANKS[stage]]


def _distinct(figures: Iterable[Figure]) -> list[Figure]:
    return list({figure.base: figure for figure in figures}.values())
