"""The same figure in a material or a text cell: found by the field's words that stand at the number, and by nothing else.

Only a clause that says one item and its 口径, and no other word, is held against the figure: 教育支出决算 is no 支出决算.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from assistant.findings import Finding, Severity
from assistant.intake import Case
from assistant.ledger import Figure, Ledger
from assistant.numbers import Mention, base, find_numbers, printed, same_as_printed, unit_family
from assistant.patterns import regex
from assistant.reconcile.diagnosis import Amount, slips
from assistant.reconcile.terms import half_of, number
from assistant.reconcile.verdict import Reconciliation
from assistant.subjects import BLANK, normal_term, split_subject

_NAME = "材料和文字说明中的数与数据表"
_CLAUSE = regex(r"[，。；！？,;]")
_EMPTY = regex(
    r"20\d\d年度?|截至|截止|\d{1,2}月(?:\d{1,2}日|底|末)?|年度|全年|本年|当年|年末|年底|分别|共计|累计|实际|实现|完成|安排|支付|达到|总额|总计|合计|"
    r"约|近|超|共|为|达|是|计|的|数|额|元|万元|[：:、\s]"
)
"""Words at a number that make it no other thing's."""
_NO_TOTAL = ("其中", "含", "比", "较", "增", "减", "占", "每", "人均", "平均")
_COUNTED = ("count.key_tasks", "count.systems")
_SOME = ("完成", "实现", "新")
"""Before a count of a list: only some of its rows."""
_US = ("我局", "我委", "我办", "我校", "我院", "全局", "全委", "全校", "全院")
_SURE = ("unit", "neighbours", "swap")
_LONGEST, _SHORT = 24, 3


def check_said(case: Case, rates: Ledger) -> Reconciliation:
    """Every number of the texts that names a figure of the tables, or a rate computed from them."""
    told = [figure for figure in case.ledger if figure.subject and not figure.scope.unit]
    if not told:
        return Reconciliation(())
    words = _Words(figure for figure in rates if _comparable(figure, case))
    own = [
        normal_term(name)
        for name in (case.unit, case.short_name, "本单位", "我单位", "本部门", "我部门", "单位", "部门", *_US)
        if name
    ]
    found: list[Finding] = []
    compared = 0
    backing: dict[str, tuple[str, ...]] = {}
    for figure in told:
        if figure.upper is not None or figure.direction:
            continue
        named = [one for one in words.named(figure, own) if one.period == figure.period]
        if not named or len({one.base[0] for one in named}) > 1:
            continue
        compared += 1
        if not agrees(figure, named[0]):
            found.append(_finding(figure, named[0]))
        else:
            backing[named[0].id] = (f"文字中的{figure.bound_printed()}",)
    if not compared:
        return Reconciliation(())
    return Reconciliation(tuple(found), ((f"{_NAME}（{compared}处）", not found),), backing=backing)


def _comparable(figure: Figure, case: Case) -> bool:
    """A cell of the tables or a rate of the framework; never a mark, a row's own number or another text's."""
    if figure.subject or figure.id.startswith(("targets.", "given.")):
        return False
    if figure.id.startswith("count."):
        return figure.id in _COUNTED
    return figure.id in case.framework.by_ratio or (figure.id in case.ledger and bool(figure.unit))


class _Words:
    """Terms of the figures, looked up in short clauses."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._whole: dict[str, list[Figure]] = defaultdict(list)
        self._items: dict[str, list[Figure]] = defaultdict(list)
        self._aspects: dict[str, set[str]] = {}
        words: set[str] = set()
        for figure in figures:
            names = figure.terms if figure.aspects else (*figure.terms, *figure.items)
            if figure.id in _COUNTED:
                names = tuple(name for name in names if len(name) > _SHORT)
            for term in dict.fromkeys(map(normal_term, names)):
                self._whole[term].append(figure)
            for item in dict.fromkeys(map(normal_term, () if figure.id in _COUNTED else figure.items)):
                self._items[item].append(figure)
            self._aspects[figure.id] = {normal_term(aspect) for aspect in figure.aspects}
            words |= self._aspects[figure.id]
        self._all = (set(self._whole) | set(self._items) | words) - {""}

    def named(self, figure: Figure, own: list[str]) -> list[Figure]:
        """The figures of that unit that the clause at the number names, with nothing left unsaid."""
        left, _ = split_subject(figure.subject)
        clause = normal_term(_CLAUSE.split(left.rsplit(BLANK, 1)[-1])[-1])
        starts = all(self._only_totals(normal_term(piece)) for piece in _CLAUSE.split(left)[:-1])
        head = normal_term(re.split("[：:]", left)[0]) if re.search("[：:]", left) else ""
        unit = unit_family(figure.base[1])
        tokens, rest = self._tokens(clause[-_LONGEST:])
        bare = _EMPTY.sub("", rest)
        said_whose = False
        for name in own:
            if name and bare.startswith(name):
                bare, said_whose = bare.removeprefix(name), True
                break
        if bare or not tokens or any(word in clause for word in _NO_TOTAL):
            return []
        whole = [f for token in tokens for f in self._whole.get(token, ()) if len(tokens) == 1]
        found = whole or self._by_parts(tokens, [head] if head and head in self._items else [])
        if not found and (starts or said_whose):
            found = [f for f in self._items.get("", ()) if set(tokens) <= self._aspects[f.id]]
        if any(word in clause for word in _SOME):
            found = [f for f in found if f.id not in _COUNTED]
        return [f for f in dict.fromkeys(found) if unit_family(f.base[1]) == unit]

    def _only_totals(self, clause: str) -> bool:
        """Whether an earlier clause speaks of nothing but the unit's whole (全年预算…，全年支出…): the bare word then does so too."""
        tokens, rest = self._tokens(clause.replace(BLANK, ""))
        bare = {aspect for figure in self._items.get("", ()) for aspect in self._aspects[figure.id]}
        return not _EMPTY.sub("", rest) and set(tokens) <= bare

    def _by_parts(self, tokens: list[str], heads: list[str]) -> list[Figure]:
        """One item with its aspect, every token one of the two; the item may head the line (基本支出：年初预算数…，决算数…)."""
        found = []
        for item in (*tokens, *heads):
            rest = [token for token in tokens if token != item]
            found += [f for f in self._items.get(item, ()) if rest and set(rest) <= self._aspects[f.id]]
        return found

    def _tokens(self, text: str) -> tuple[list[str], str]:
        """The terms in a clause, the longest reading first, and what is left of it."""
        tokens, rest, at = [], [], 0
        while at < len(text):
            word = next((text[at:end] for end in range(len(text), at + 1, -1) if text[at:end] in self._all), "")
            if word:
                tokens.append(word)
                at += len(word)
            else:
                rest.append(text[at])
                at += 1
        return tokens, "".join(rest)


def _mention(figure: Figure) -> Mention | None:
    found = [one for one in find_numbers(figure.wording) if one.value is not None]
    return found[0] if len(found) == 1 else None


def agrees(said: Figure, figure: Figure) -> bool:
    """Equal, or one the other rounded; a bound (超, 不足) only has to be true."""
    mention = _mention(said)
    if mention is None:
        return True
    value = figure.base[0]
    if said.bound in ("above", "at_least"):
        return value >= said.value
    if said.bound:
        return True
    scale = base(Decimal(1), figure.unit)[0]
    step = mention.step or Decimal(0)
    if figure.value and abs(value - said.value) <= half_of(figure.value, figure.unit) * scale + step / 2:
        return True
    return same_as_printed(mention._replace(bound=""), figure.value, figure.unit) in ("exact", "rounded")


def _place(figure: Figure) -> str:
    where = figure.provenance
    return where.place or f"{where.file} {where.paragraph}"


def quoted(said: Figure) -> str:
    """Where a text says a number, with its words."""
    return f"{_place(said)}：“{said.provenance.quote[:40]}”"


def _apart(gap: Decimal, figure: Figure) -> str:
    """The difference with the digits of a printed figure; between two rates it is 个百分点."""
    if figure.unit == "%":
        return f"{printed(abs(gap))}个百分点"
    return f"{number(abs(gap), figure.unit)}{figure.unit}"


def _finding(said: Figure, figure: Figure) -> Finding:
    cell, source = figure.provenance, _place(said)
    place = cell.place or (f"按{cell.formula}计算" if cell.formula else cell.sheet)
    mention = _mention(said)
    step = mention.step if mention and mention.step else Decimal(0)
    scale = base(Decimal(1), figure.unit)[0]
    one = Amount("材料中的数", said.value / scale, 1, step / scale / 2, figure.unit)
    other = Amount(figure.label, figure.value, -1, half_of(figure.value, figure.unit), figure.unit)
    gap = one.value - other.value
    found = slips([one, other], gap, one.half + other.half)
    severity: Severity = "error" if any(slip.kind in _SURE for slip in found) else "warning"
    why = f"；判断：{found[0].words.replace('“材料中的数”可能', '两数之一可能')}" if found else ""
    message = (
        f"{figure.label}：文字写{said.bound_printed()}（{quoted(said)}），数据表为{figure.printed()}（{place}），"
        f"相差{_apart(gap, figure)}{why}。请核对改成一致；口径不同的，在文字中写明口径。"
    )
    return Finding("reconcile", severity, message, quote=source, expected=figure.printed())
