"""Operands that a sentence names without a number (比预算, 占全年支出): figures of the ledger, found by those words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.ledger import Figure
from assistant.numbers import compatible_units
from assistant.patterns import regex
from assistant.subjects import normal_term
from assistant.verify.matching.known import Known
from assistant.verify.matching.operands import DONE, GENERIC, PLANNED, RANKS, Amount, amount_of

_ADJUSTED = 2
_NEXT = {"年初预算": "全年预算", "上年决算": "决算", "年初": "年末"}
_YEAR = regex(r"^(20\d\d)年度?$")
_RATES = ("%", "个百分点", "倍")
_HOLDINGS = ("年初", "年末")
_FILLING = regex(r"部门|单位|[总全年度部整体合计本区县市的数额金当该其]")
_STRANGE = 2
WHOLE = ("总", "全年", "全部", "整体", "合计")
_WHOLE_ITSELF = ("支出", "收入")
_LAST_YEAR = ("上年", "去年", "上一年")


def bases(words: str, like: Amount, known: Known, share: bool = False) -> list[Amount]:
    """What a number is held against by words alone: 年初预算 (of the same item), 基本支出 (in the same stage), 上年; at most two.

    `share`: the base is a whole, so it is no smaller than the part, and 总支出 or 全年支出 is the unit's total.
    """
    words = normal_term(words)
    if (year := _YEAR.match(words)) is not None:
        return [amount_of(f) for f in _distinct(f for f in _siblings(like, known) if f.period == year[1])][:2]
    items, said = known.words_of(words)
    aspects = [word for word, _, _ in said] or [word for word in _LAST_YEAR if word in words]
    pools: list[list[Figure]] = [
        _with_aspects([f for f in known.by_item[word] if _fits(f, like)], aspects, like, known)
        for word, _, _ in reversed(items)
    ]
    if not items and aspects and like.figure is not None:
        pools.append(_with_aspects(_siblings(like, known), aspects, like, known))
    whole_said = any(word in words for word in WHOLE)
    if share and whole_said:
        totals = _family_totals(like, known)
        pools[:0] = [_with_aspects(totals, aspects, like, known), _of_stage(totals, like)]
    of_whole = share or words.endswith(_WHOLE_ITSELF) or like.figure is None or "" in like.figure.items
    if (share and whole_said) or (aspects and not items and of_whole and not any(pools)):
        totals = [f for f in known.by_item.get("", []) if _fits(f, like)]
        pools.append(_of_stage(totals, like) if share else _with_aspects(totals, aspects, like, known))
    found = next((pool for pool in pools if pool), [])
    if share:
        found = [f for f in found if f.base[0] >= like.value]
    return [amount_of(f) for f in _distinct(found)][:2]


def whole_of(like: Amount, known: Known) -> list[Amount]:
    """The total of a part, in its stage: of its own table, else of the unit."""
    units = [f for f in known.by_item.get("", []) if _fits(f, like)]
    totals = _of_stage(_family_totals(like, known), like) or _of_stage(units, like)
    return [amount_of(f) for f in _distinct(totals) if f.base[0] >= like.value][:1]


def _family_totals(like: Amount, known: Known) -> list[Figure]:
    """The totals of the table that a figure stands in: 政府采购 of 货物类采购."""
    if like.figure is None:
        return []
    family = like.figure.id.split(".")[0]
    totals = (f for item in GENERIC for f in known.by_item.get(item, ()))
    return [f for f in totals if f.id.split(".")[0] == family and _fits(f, like)]


def by_words(words: str, unit: str, known: Known) -> list[Amount]:
    """The figures of the items of a clause that names them without a number, one each, in order; of 决算 where no stage is said.

    `unit` "": of whatever can be a part or a whole.
    """
    normal = normal_term(words)
    items, said = known.words_of(normal)
    aspects = {aspect for aspect, _, _ in said}
    found: list[Amount] = []
    for word in [word for word, _, _ in items] or ([""] if aspects else []):
        figures = [f for f in known.by_item.get(word, []) if (f.base[1] == unit if unit else f.base[1] not in _RATES)]
        spoken = [f for f in figures if known.aspects.get(f.id, set()) & aspects]
        figures = spoken or (figures if word else [])
        done = [f for f in figures if RANKS.get(f.scope.stage) == DONE]
        found += [amount_of(f) for f in (done or figures)[:1]]
    return found


def is_known(words: str, known: Known) -> bool:
    """Whether words hold nothing but what figures are called (公共预算支出 is more than 预算支出)."""
    normal = normal_term(words)
    items, said = known.words_of(normal)
    for _, start, end in sorted((*items, *said), key=lambda hit: -hit[1]):
        normal = normal[:start] + normal[end:]
    return len(_FILLING.sub("", normal)) < _STRANGE


def plans_of(done: Amount, known: Known) -> list[Amount]:
    """What was planned for the same item: its budget, its posts."""
    if done.figure is None or done.rank != DONE:
        return []
    planned = (f for f in _siblings(done, known) if RANKS.get(f.scope.stage) in (PLANNED, _ADJUSTED))
    return [amount_of(f) for f in _distinct(planned)][:2]


def adjusted_from(after: Figure | None, known: Known) -> list[Amount]:
    """What a budget was before it was adjusted."""
    if after is None or after.scope.stage != "全年预算":
        return [amount_of(after)] if after is not None and after.scope.stage == "年初预算" else []
    found = (f for f in _siblings(amount_of(after), known) if f.scope.stage == "年初预算" and not f.direction)
    return [amount_of(f) for f in _distinct(found)][:1]


def adjusted_of(first: Amount, known: Known) -> list[Amount]:
    """What a budget was adjusted to, or a number of last year became."""
    stage = _NEXT.get(first.figure.scope.stage, "") if first.figure is not None else ""
    found = (f for f in _siblings(first, known) if stage and f.scope.stage == stage and not f.direction)
    return [amount_of(f) for f in _distinct(found)][:1]


def done_of(planned: Amount, known: Known) -> list[Amount]:
    """What became of a plan: the spending of a budget, those who hold the posts."""
    if planned.rank not in (PLANNED, _ADJUSTED):
        return []
    done = (f for f in _siblings(planned, known) if RANKS.get(f.scope.stage) == DONE and not f.direction)
    return [amount_of(f) for f in _distinct(done)][:2]


def marks_of(words: str, known: Known) -> list[tuple[Amount, Amount]]:
    """(full marks, marks) of the indicator that a clause names, or of the whole where it names none."""
    items, _ = known.words_of(normal_term(words))
    for item in [word for word, _, _ in reversed(items)] or [""]:
        figures = known.by_item.get(item, [])
        full = [amount_of(f) for f in figures if f.id.startswith("full_marks.")]
        given = [amount_of(f) for f in figures if f.id.startswith("marks.")]
        if full and given:
            return [(full[0], given[0])]
    return []


def _siblings(like: Amount, known: Known) -> list[Figure]:
    """The figures of the same thing in other stages or years."""
    if like.figure is None:
        return []
    names = [normal_term(item) for item in like.figure.items if item not in GENERIC]
    return [f for name in names for f in (*known.by_item.get(name, []), *known.targets_ending(name)) if _fits(f, like)]


def _fits(figure: Figure, like: Amount) -> bool:
    return figure is not like.figure and not figure.subject and compatible_units(like.unit, figure.unit)


def _with_aspects(figures: list[Figure], aspects: Sequence[str], like: Amount, known: Known) -> list[Figure]:
    """Those of the aspects that are said (目标 for 目标值, 预算 for 年初预算), the last said first; of the stage of `like` where none is.

    年初 of a budget is its 年初预算, of what is held at the end of a year what was held at its beginning.
    """
    if not aspects:
        return _of_stage(figures, like)
    holding = like.figure is not None and like.figure.scope.stage in _HOLDINGS
    own_kind = [f for f in figures if (f.scope.stage in _HOLDINGS) == holding]
    for aspect in reversed(aspects):
        for among in (own_kind, figures):
            if spoken := [f for f in among if aspect in known.aspects.get(f.id, set())]:
                return spoken
            if partly := [f for f in among if any(aspect in own for own in known.aspects.get(f.id, set()))]:
                return partly
    return []


def _of_stage(figures: list[Figure], like: Amount) -> list[Figure]:
    if like.figure is None:
        return []
    stage = like.figure.scope.stage
    if same := [f for f in figures if f.scope.stage == stage]:
        return same
    return [f for f in figures if stage in RANKS and RANKS.get(f.scope.stage) == RANKS[stage]]


def _distinct(figures: Iterable[Figure]) -> list[Figure]:
    return list({figure.base: figure for figure in figures}.values())
