"""Which figures do the words around a number name? Found without looking at its value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.ledger import Figure
from assistant.numbers import Mention, compatible_units, significant_digits
from assistant.subjects import BLANK, Context, normal_term
from assistant.verify.matching.known import Known, normal_name

_CLAUSE = re.compile(r"[，。！？；：,;:、]")
_TABLE_WORDS = ("合计", "总计", "共计", "小计")
"""These name a row of a table; in a sentence they only add up what it speaks of."""
_DISTINCTIVE = 3
"""A count of so many digits that one figure alone has is known by its aspect (满意2516份)."""
_POSTS = "编制"
_NAMED_STAGES = {"预算": ("年初预算", "全年预算"), "决算": ("决算", "执行")}
_PARAGRAPH, _RECENT = 400, 3
"""How much of the paragraph before a sentence may still name what it speaks of: so many characters, and the last two sentences of them."""
_SENTENCE = re.compile(r"[。！？；]")
_UNIT_SAID = re.compile(r"[（(](?:亿元|万元|千元|元|人|个|件|%|分)[）)]$")
_LIST_GOES_ON = ("、", "和", "及")
"""A number after these belongs with the one before it; after a comma the sentence may have come back to the whole."""
_BETWEEN = re.compile(
    r"[^\u4e00-\u9fff]|分别|共计|合计|总计|全年|本年|年末|年初|累计|实际|达到|其中|增加|减少|增长|下降|占比|约|近|超|共|为|达|是|仅|至|到|的|数|额|率|计|有|了|由|较|比|各"
)
"""What may stand between an item and its number without making it another thing's."""
_COMPARED = re.compile(r"(?:低于|高于|超过|超出|少于|多于|大于|小于|不及|相比|比|较|与|同)(?:本单位|上述|同期)?$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: its context in prose, or the heads of its table cell (nearest first) and the sum of the cells above it."""

    context: Context
    row_heads: tuple[str, ...] = ()
    column_heads: tuple[str, ...] = ()
    unit: str = ""
    alone: bool = False
    year: str = ""
    column_sum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """The figures that words name, from the closest tie to the loosest.

    `beside`: the item stands at the number, nothing but its aspect between; `carried`: an item said before, its aspect at the
    number; `near`: an item before the number with other words between; `weak`: an item said before, or after, only.
    `reach` is how many characters before the number its item begins (0: none does).
    """

    beside: list[Figure]
    carried: list[Figure]
    near: list[Figure]
    weak: list[Figure]
    reach: int = 0

    @property
    def loose(self) -> list[Figure]:
        """Those that may be meant where nothing closer is said."""
        return self.near or self.weak


def named_figures(mention: Mention, place: Place, known: Known) -> Named:
    """The figures that terms in the clause, or the heads of the table cell, name; those of the spoken aspect only, if there are any."""
    if place.alone:
        return Named(_by_heads(mention, place, known), [], [], [])
    before = normal_term(place.context.before)
    own = len(before) - len(before.rsplit(BLANK, 1)[-1])
    found, said = known.words_of(before)
    found = [hit for hit in found if hit[0] not in _TABLE_WORDS]
    said = [hit for hit in said if not _only_compared(before, hit)]
    aspects = [word for word, _, _ in reversed(said)]
    if (listed := _respectively(before, found)) and (figures := known.of_unit(listed, mention.unit)):
        return Named(_narrow(figures, aspects, known), [], [], [])
    near: list[Figure] = []
    reach = 0
    for word, start, end in reversed(found):
        if start < own or not (figures := known.of_unit(word, mention.unit)):
            continue
        reach = len(before) - start
        if not any(at >= own for _, at, _ in said):
            figures = _posts_or_people(figures, word, before[end:])
        narrowed = _narrow(figures, aspects, known)
        figures = narrowed if len(narrowed) < len(figures) else _of_its_name(figures, word)
        if sided := _other_side(figures, word, {a for a, s, _ in said if s >= own}, mention, known):
            figures = sided
        if _is_tied(before[end:], known):
            return Named(figures, [], [], [], reach)
        near = figures
        break
    spoken = {word for word, start, _ in said if start >= own}
    earlier, _ = known.words_of(normal_term("".join(_SENTENCE.split(place.context.earlier[-_PARAGRAPH:])[-_RECENT:])))
    nearest_first = [*_items(reversed(found), known), *_items(reversed(earlier), known)]
    by_word = {word: known.of_unit(word, mention.unit) for word in dict.fromkeys(nearest_first)}
    carried = _first(_spoken(figures, spoken, known) for figures in by_word.values())
    if not carried and spoken:
        carried = _first(_other_side(figures, word, spoken, mention, known) for word, figures in by_word.items())
    if before[own : own + 1] not in _LIST_GOES_ON:
        carried = [*carried, *_spoken(known.of_unit("", mention.unit), spoken, known)]
    # In a row, whose name the sentence need not repeat; the 分 of a standard are its own.
    if not carried and spoken and mention.kind != "score":
        heads = (known.of_unit(normal_name(head), mention.unit) for head in place.row_heads)
        carried = _first(_spoken(figures, spoken, known) for figures in heads)
    if carried or near:
        return Named([], carried, near, [], reach)
    weak = [f for word in _right_after(place.context, known) for f in known.of_unit(word, mention.unit)]
    weak += _first(_narrow(figures, aspects, known) for figures in by_word.values())
    if place.row_heads:
        weak += _by_heads(mention, place, known)
    return Named([], carried, near, weak, reach)


def _posts_or_people(figures: list[Figure], word: str, after: str) -> list[Figure]:
    """Of 编制数 and 实有人数 the one that a bare name means (核定编制64人，在编人员56人); all where it has no posts."""
    posts = "编制" in word and not after.startswith(("人员", "内"))
    if not any(f.scope.stage == _POSTS for f in figures):
        return figures
    return [f for f in figures if (f.scope.stage == _POSTS) == posts] or figures


def _of_its_name(figures: list[Figure], word: str) -> list[Figure]:
    """Of an item whose own name says a stage, the figures of that stage (部门预算总额 is no 决算)."""
    for said, stages in _NAMED_STAGES.items():
        if said in word:
            return [f for f in figures if not f.scope.stage or f.scope.stage in stages] or figures
    return figures


def _other_side(figures: list[Figure], word: str, spoken: set[str], mention: Mention, known: Known) -> list[Figure]:
    """The target, or what was achieved, of a longer name that ends like this one (满意度目标 of 社会公众满意度), if it is what is said."""
    if not spoken or len(word) < 3 or any(known.aspects.get(f.id, set()) & spoken for f in figures):
        return []
    return _spoken(_of_unit(known.targets_ending(word), mention), spoken, known)


def _is_tied(gap: str, known: Known) -> bool:
    """Whether only aspects, verbs of amount and marks stand between an item and its number (固定资产投资6.5亿元 is no 固定资产)."""
    for _, start, end in reversed(known.words_of(gap)[1]):
        gap = gap[:start] + gap[end:]
    return len(_BETWEEN.sub("", gap)) < 2


def _spoken(figures: list[Figure], aspects: set[str], known: Known) -> list[Figure]:
    return [f for f in figures if known.aspects.get(f.id, set()) & aspects]


def _first(lists: Iterable[list[Figure]]) -> list[Figure]:
    return next((figures for figures in lists if figures), [])


def spoken_of(mention: Mention, place: Place, known: Known) -> list[Figure]:
    """Figures of this very value whose own words are nearly said in the clause (年初安排项目6个 of 年初项目数)."""
    if mention.value is None:
        return []
    left = normal_term(place.context.before).rsplit(BLANK, 1)[-1]
    after = _CLAUSE.split(normal_term(place.context.right))[0][:10]
    clause = left[-24:] + after
    wide = normal_term(place.context.before).replace(BLANK, "")[-24:] + after
    figures = _of_unit(known.near_value(mention.value, mention.step), mention)
    named = [f for f in figures if any(_nearly(normal_name(term), clause, wide) for term in (*f.terms, *f.items))]
    if mention.kind == "count" and significant_digits(mention) >= _DISTINCTIVE and len(figures) == 1:
        named += [f for f in figures if any(left.endswith(aspect) for aspect in known.aspects.get(f.id, ()) if aspect)]
    return named


def _nearly(term: str, clause: str, wide: str) -> bool:
    """Whether a term's characters stand in the clause in their order, or more than half of their pairs do, one in the clause at least."""
    if len(term) < 2:
        return False
    if any(clause.endswith(term[:n]) for n in range(3, len(term))):
        return True
    rest = iter(clause)
    if all(char in rest for char in term):
        return True
    pairs = [term[i : i + 2] for i in range(len(term) - 1)]
    return (
        len(pairs) >= 2
        and 2 * sum(pair in wide for pair in pairs) > len(pairs)
        and any(pair in clause for pair in pairs)
    )


def _items(hits: Iterable[tuple[str, int, int]], known: Known) -> Iterable[str]:
    """The terms, and the items of the figures that a term names by their full label."""
    for word in dict.fromkeys(word for word, _, _ in hits if word not in _TABLE_WORDS):
        yield word
        for figure in known.by_item[word]:
            yield from (item for item in known.names[figure.id][1] if item and item not in _TABLE_WORDS)


def _right_after(context: Context, known: Known) -> list[str]:
    """The term that follows the number at once (6个项目)."""
    items, _ = known.words_of(_CLAUSE.split(normal_term(context.right)[:12])[0])
    return [items[0][0]] if items and items[0][1] <= 1 else []


def _only_compared(before: str, hit: tuple[str, int, int]) -> bool:
    """Whether an aspect is only what something is held against (低于年初预算，其中：…), with no number of its own."""
    _, start, end = hit
    tail = before[end : end + 3].lstrip("数总额的为")
    return bool(_COMPARED.search(before[:start])) and bool(tail) and tail[0] != BLANK


def _respectively(before: str, found: list[tuple[str, int, int]]) -> str:
    """In “A、B、C分别为1、2、3”: the item that this number belongs to, or ""."""
    at = before.rfind("分别")
    if at < 0:
        return ""
    position = before[at:].count(BLANK)
    start = before.rfind(BLANK, 0, at) + 1
    items = [word for word, s, e in found if start <= s and e <= at]
    return items[position] if position < len(items) else ""


def _by_heads(mention: Mention, place: Place, known: Known) -> list[Figure]:
    """The figures of a table cell: row and column name it together, or one an item and the other its aspect.

    A row's name may need the one left of it, where another row has the same (管理制度健全性 of 预算管理).
    """
    columns = list(map(normal_name, place.column_heads))
    rows = [normal_name(_UNIT_SAID.sub("", head)) for head in place.row_heads]
    names = [*(name + above for name, above in pairwise(rows)), *rows]
    for name in names:
        for column in columns:
            if figures := known.of_unit(name + column, mention.unit):
                return figures
    for items, aspects in ((names, columns), (columns, rows)):
        for item in items:
            figures = known.of_unit(item, mention.unit)
            if exact := [f for f in figures if known.aspects.get(f.id, set()) & set(aspects)]:
                return exact
    for head in columns:
        named = [f for f in known.of_unit(head, mention.unit) if known.names[f.id][0] == head]
        if whole := [f for f in named if f.aspects and head not in known.names[f.id][1]]:
            return whole  # 预算执行率分值: one head says item and aspect
    for column in columns:
        figures = [f for f in known.of_unit(column, mention.unit) if not known.aspects.get(f.id)]
        if whole := [f for f in figures if not rows or _is_total(f, rows[0], known)]:
            return whole
    for row in rows:
        named = known.of_unit(row, mention.unit)
        if figures := [f for f in named if not known.aspects.get(f.id) or row in known.aspects[f.id]]:
            return figures  # a rate's own name says both what it is of and that it is a rate
    return []


def _is_total(rate: Figure, row: str, known: Known) -> bool:
    """Whether a row is the one that a rate over the whole stands in: the rate's own inputs are named so (合计, 总计)."""
    if all(id.startswith("given.") for id in rate.provenance.inputs):
        return row in _TABLE_WORDS
    inputs = (known.ledger.get(id) for id in rate.provenance.inputs)
    return any(f.id in known.names and row in known.names[f.id][1] for f in inputs if f)


def _of_unit(figures: Iterable[Figure], mention: Mention) -> list[Figure]:
    return [f for f in figures if compatible_units(mention.unit, f.base[1])]


def _narrow(figures: list[Figure], aspects: Sequence[str], known: Known) -> list[Figure]:
    """Those of the aspect that is said nearest to the number; all of them where none is said."""
    for aspect in aspects:
        if said := [f for f in figures if aspect in known.aspects.get(f.id, set())]:
            return said
    return figures
