"""Which figures do the words around a number name? Found without looking at its value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import add
from typing import NamedTuple

from assistant.ledger import Figure
from assistant.numbers import Mention, compatible_units, significant_digits
from assistant.patterns import regex
from assistant.subjects import BLANK, Context, normal_term
from assistant.verify.matching.heads import TABLE_WORDS, named_by_heads
from assistant.verify.matching.known import Known, normal_name, reach_of
from assistant.verify.matching.listed import listed
from assistant.verify.reading.places import Place

_GENERIC_RATE = regex(r"(?:全年|年度|总体|整体|预算|支出|资金|执行|完成|到位)*(?:率|幅度)")
"""A rate of whatever the sentence speaks of."""
_CLAUSE = regex(r"[，。！？；：,;:、]")
_DISTINCTIVE = 3
"""A count of so many digits that one figure alone has is known by its aspect (满意2516份)."""
_POSTS = "编制"
_NAMED_STAGES = {"预算": ("年初预算", "全年预算"), "决算": ("决算", "执行")}
_PARAGRAPH, _RECENT = 400, 3
"""How much of the paragraph before a sentence may still name what it speaks of: so many characters, and the last two sentences of them."""
_SENTENCE = regex(r"[。！？；]")
_LIST_GOES_ON = ("、", "和", "及")
"""A number after these belongs with the one before it; after a comma the sentence may have come back to the whole."""
_BETWEEN = regex(
    r"[^\u4e00-\u9fff]|分别|账面|共计|合计|总计|全年|本年|年末|年初|累计|实际|达到|其中|增加|减少|增长|下降|占比|约|近|超|共|为|达|是|仅|至|到|的|数|额|率|计|有|了|由|较|比|各"
)
"""What may stand between an item and its number without making it another thing's."""
_BODY = regex(
    r"^[\u4e00-\u9fff]*?(?:部门|单位|机关|政府|委员会|中心|街道|学校|中学|小学|[部局委办院所镇乡校会科处])"
    r"|安排|批复|下达|用于|发生|编制|确定|核定|收到|使用|形成|资金|经费|金额|财政|拨款|调整|年度|总|我|本"
)
"""Who spends, and how it came about: not what it is spent on."""
_STRANGE = 4
_THE_REST = regex(r"(?:其余|其他|其它|余下|剩余)[^，。；□]{0,8}[各均都]扣[分了掉]?$")
_COMPARED = regex(r"(?:低于|高于|超过|超出|少于|多于|大于|小于|不及|相比|比|较|与|同)(?:本单位|上述|同期)?$")

_TARGET_BEHIND = regex(r"(?:及?以[上下内])?的(?:年度|全年|年初)?(?:绩效)?(目标|指标值|计划)(?:值|数)?")
"""达到95%的年度指标值: what the number is stands behind it, whatever stands before."""


class Named(NamedTuple):
    """The figures that words name, from the closest tie to the loosest.

    `beside`: the item stands at the number, nothing but its aspect between; `carried`: an item said before, its aspect at the
    number; `near`: an item before the number with other words between; `weak`: an item said before, or after, only.
    `reach` is how many characters before the number its item begins (0: none does); `full_rate`: that item is a rate by its
    full name (政府采购执行率), which no arithmetic makes another one.
    """

    beside: list[Figure]
    carried: list[Figure]
    near: list[Figure]
    weak: list[Figure]
    reach: int = 0
    full_rate: bool = False

    @property
    def loose(self) -> list[Figure]:
        """Those that may be meant where nothing closer is said."""
        return self.near or self.weak


def named_figures(mention: Mention, place: Place, known: Known) -> Named:
    """The figures that terms in the clause, or the heads of the table cell, name; those of the spoken aspect only, if there are any."""
    if place.alone:
        return Named(named_by_heads(mention, place, known), [], [], [])
    before = normal_term(place.context.before)
    own = len(before) - len(before.rsplit(BLANK, 1)[-1])
    found = [hit for hit in known.words_of(before)[0] if hit[0] not in TABLE_WORDS]
    said = _aspects_said(before, own, place, known)
    aspects = [word for word, _, _ in reversed(said)]
    if (figures := _respectively(before, place, mention, known)) or (figures := _of_the_rest(before, mention, known)):
        return Named(figures, [], [], [])
    near: list[Figure] = []
    reach = 0
    for word, start, end in reversed(found):
        if start < own or not (figures := known.of_unit(word, mention.unit)):
            continue
        reach = len(before) - start
        if not any(at >= own for _, at, _ in said):
            figures = _posts_or_people(figures, word, before[end:])
        narrowed = _narrow(figures, aspects, known, place.year)
        of_name = _of_the_stage_told(_of_its_name(figures, word), mention, place, known)
        figures = narrowed if len(narrowed) < len(figures) else of_name
        if sided := _other_side(figures, word, {a for a, s, _ in said if s >= own}, mention, known):
            figures = sided
        if _is_tied(before[end:], known):
            full = mention.unit == "%" and not mention.direction and _is_full_rate(word)
            return Named(figures, [], [], [], reach, full)
        near = figures
        break
    spoken = {word for word, start, _ in said if start >= own}
    if near and not spoken:
        return Named([], [], near, [], reach)  # only an aspect at the number goes with an item said before
    earlier, _ = known.words_of(_just_said(place.context.earlier))
    nearest_first = [*_items(reversed(found), known), *_items(reversed(earlier), known)]
    by_word = {word: known.of_unit(word, mention.unit) for word in dict.fromkeys(nearest_first)}
    carried = _first(_spoken(figures, spoken, known) for figures in by_word.values()) or _first(
        _other_side(figures, word, spoken, mention, known) for word, figures in by_word.items()
    )
    strange = _of_a_stranger(before[own:], known)
    whole = before[own : own + 1] not in _LIST_GOES_ON and not strange
    if whole and not (carried and mention.kind == "score" and "满分" not in spoken):
        carried = [*carried, *_spoken(known.of_unit("", mention.unit), spoken, known)]
    # In a row, whose name the sentence need not repeat; the 分 of a standard are its own.
    if not carried and spoken and mention.kind != "score":
        heads = (known.of_unit(normal_name(head), mention.unit) for head in place.row_heads)
        carried = _first(_spoken(figures, spoken, known) for figures in heads)
    if carried or near:
        return Named([], carried, near, [], reach)
    weak = [f for word in _right_after(place.context, known) for f in known.of_unit(word, mention.unit)]
    still = list(_items(reversed(found), known)) if strange else by_word
    weak += _first(_narrow(by_word[word], aspects, known, place.year) for word in still)
    if place.row_heads:
        weak += named_by_heads(mention, place, known)
    return Named([], carried, near, weak, reach)


def _aspects_said(before: str, own: int, place: Place, known: Known) -> list[tuple[str, int, int]]:
    """The aspects before a number and where; of its own clause, which begins at `own`, only the one behind it, if there is one."""
    said = [hit for hit in known.words_of(before)[1] if not _only_compared(before, hit)]
    behind = _TARGET_BEHIND.match(place.context.right)
    return [*(hit for hit in said if hit[1] < own), (behind[1], len(before), len(before))] if behind else said


@lru_cache(maxsize=256)
def _just_said(earlier: str) -> str:
    """The sentences before this one that may still name what it speaks of, in normal form."""
    return normal_term("".join(_SENTENCE.split(earlier[-_PARAGRAPH:])[-_RECENT:]))


def _is_full_rate(word: str) -> bool:
    return word.endswith(("率", "幅度")) and _GENERIC_RATE.fullmatch(word) is None


def _of_the_rest(before: str, mention: Mention, known: Known) -> list[Figure]:
    """What any one indicator lost, where a sentence says it of all others (其余各扣0.5分)."""
    if mention.kind != "score" or not _THE_REST.search(before):
        return []
    return known.losses


def _of_a_stranger(own: str, known: Known) -> bool:
    """Whether the clause of a number names something that is no item and no body of the unit (租用培训场地支出9万元)."""
    clause = _CLAUSE.split(own)[-1]
    for _, start, end in reversed(known.terms.find(clause)):
        clause = clause[:start] + clause[end:]
    return len(_BETWEEN.sub("", _BODY.sub("", clause))) >= _STRANGE


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


def _of_the_stage_told(figures: list[Figure], mention: Mention, place: Place, known: Known) -> list[Figure]:
    """What a bound is of, where its sentence says no stage: of what came of the item, or of the stage that the sentences before
    speak of. It would hold of nearly all its stages.
    """
    done = [f for f in figures if f.scope.stage in _NAMED_STAGES["决算"]] if mention.bound else []
    if not done:
        return figures
    said = known.words_of(_just_said(place.context.earlier))[1]
    told = _narrow(figures, [word for word, _, _ in reversed(said)], known)
    return [f for f in figures if f in done or (f in told and len(told) < len(figures))]


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
    figures = known.near_value(mention.value, reach_of(mention), mention.unit)
    chars = frozenset(clause)
    named = []
    for figure in figures:
        if figure.scope.unit and normal_name(figure.scope.unit) not in wide:
            continue  # one unit's of several: nobody but that unit is meant by it
        for term in known.said_of(figure):
            if not chars.isdisjoint(term) and _nearly(term, clause, wide):
                if not any(_opposed(item, clause) for item in map(normal_name, figure.items)):
                    named.append(figure)
                break
    if mention.kind == "count" and significant_digits(mention) >= _DISTINCTIVE and len(figures) == 1:
        named += [f for f in figures if any(left.endswith(aspect) for aspect in known.aspects.get(f.id, ()) if aspect)]
    return named


def _opposed(item: str, clause: str) -> bool:
    """Whether a clause says 非流动资产 where the item is 流动资产, or the other way round."""
    if item.startswith("非"):
        return item not in clause and item[1:] in clause
    return bool(item) and f"非{item}" in clause


def _nearly(term: str, clause: str, wide: str) -> bool:
    """Whether a term's characters stand in the clause in their order, or more than half of their pairs do, one in the clause at least."""
    if term[0] in clause:
        if any(clause.endswith(term[:n]) for n in range(3, len(term))):
            return True
        rest = iter(clause)
        if all(char in rest for char in term):
            return True
    if len(term) < 3 or not any(map(clause.__contains__, pairs := list(map(add, term, term[1:])))):
        return False
    return 2 * sum(map(wide.__contains__, pairs)) > len(pairs)


def _items(hits: Iterable[tuple[str, int, int]], known: Known) -> Iterable[str]:
    """The terms, and the items of the figures that a term names by their full label."""
    for word in dict.fromkeys(word for word, _, _ in hits if word not in TABLE_WORDS):
        yield word
        for figure in known.by_item[word]:
            yield from (item for item in known.names[figure.id][1] if item and item not in TABLE_WORDS)


def _right_after(context: Context, known: Known) -> list[str]:
    """The term that follows the number at once (6个项目)."""
    items, _ = known.words_of(_CLAUSE.split(normal_term(context.right)[:12])[0])
    return [items[0][0]] if items and items[0][1] <= 1 else []


def _only_compared(before: str, hit: tuple[str, int, int]) -> bool:
    """Whether an aspect is only what something is held against (低于年初预算，其中：…), with no number of its own."""
    _, start, end = hit
    tail = before[end : end + 3].lstrip("数总额的为")
    return bool(_COMPARED.search(before[:start])) and bool(tail) and tail[0] != BLANK


def _respectively(before: str, place: Place, mention: Mention, known: Known) -> list[Figure]:
    """In “A、B、C分别为1、2、3”: the figures of the name that this number belongs to, or of the first name with this aspect."""
    one = listed(before, normal_term(place.context.right))
    if one is None:
        return _in_order(before, mention, known)
    items, said = known.words_of(one.name)
    spoken = [word for word, _, _ in reversed(said)]
    if items:
        shared = [word for word, _, _ in reversed(known.words_of(one.shared)[1])]
        return _narrow(known.of_unit(items[-1][0], mention.unit), [*spoken, *shared], known)
    hits = [hit for name in one.earlier for hit in known.words_of(name)[0]]
    return _first(_spoken(known.of_unit(word, mention.unit), set(spoken), known) for word in _items(hits, known))


def _in_order(before: str, mention: Mention, known: Known) -> list[Figure]:
    """The same where other words stand between the names and 分别: by the order of the items alone (3月末、6月末，累计支出数分别为)."""
    at = before.rfind("分别")
    if at < 0:
        return []
    hits = known.words_of(before[before.rfind(BLANK, 0, at) + 1 : at])[0]
    items = [word for word, _, _ in hits if word not in TABLE_WORDS]
    position = before.count(BLANK, at)
    if position >= len(items):
        return []
    aspects = [word for word, _, _ in reversed(known.words_of(before)[1])]
    return _narrow(known.of_unit(items[position], mention.unit), aspects, known)


def _of_unit(figures: Iterable[Figure], mention: Mention) -> list[Figure]:
    return [f for f in figures if compatible_units(mention.unit, f.unit)]


def _narrow(figures: list[Figure], aspects: Sequence[str], known: Known, year: str = "") -> list[Figure]:
    """Those of the aspect that is said nearest to the number; all of them where none is said, or one of another year than is said."""
    own = not year or any(f.period == year for f in figures)
    for aspect in aspects:
        said = [f for f in figures if aspect in known.aspects.get(f.id, set())]
        if said and not (year and own and all(f.period != year for f in said)):
            return said
    return figures
