"""masked(text): a text whose facts are blanks, so that it lends its style and nothing else.

A number that find_numbers sees, and every other digit; what the tagger takes for a name; what stands before 局, 镇, 项目 … and is
not a word of everybody (knowledge_base/phrases/masking.yaml); quoted names; honours; 《…》 and document numbers; dates; addresses.
In doubt a word is blanked: a blank too many costs a little style, a name too few is a stranger's fact in a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from assistant.masking.names import by_words
from assistant.masking.shapes import Span, by_shape
from assistant.patterns import regex

__all__ = ["BLANKS", "Span", "masked", "names_of", "spans", "unblanked"]

BLANKS = ("数", "日期", "电话", "名称", "人名", "地名", "单位", "项目", "文件", "网址", "荣誉")
"""The words inside the blanks, of two that meet the later one stays: 〔数〕 is no number, and find_numbers does not take it for one."""
_NUMERIC = frozenset({"数", "日期", "电话"})
_LISTED = frozenset({"地名", "单位", "人名", "项目"})
_ITEM = regex(r"[、和及与][\u4e00-\u9fff]{2,5}[、和及与]")
_BLANK = regex("〔(?:" + "|".join(BLANKS) + ")〕")
_PLACE = regex(r"^([\u4e00-\u9fff]{2,7}?(?:自治[区州县]|省|市|区|县|旗|镇|乡|街道))(?=[\u4e00-\u9fff])")
_AREA = regex(r"(?:自治[区州县]|省|市|区|县|旗|镇|乡|街道)$")


def masked(text: str, names: Iterable[str] = ()) -> str:
    """The text with typed blanks in place of all that could be one unit's fact; `names` are blanked wherever they stand."""
    parts, at = [], 0
    for span in spans(text, names):
        parts += [text[at : span.start], f"〔{span.kind}〕"]
        at = span.end
    return "".join(parts) + text[at:]


def spans(text: str, names: Iterable[str] = ()) -> list[Span]:
    """What `masked` blanks: in order, not overlapping, neighbours of a kind joined."""
    merged = _merged([*by_shape(text), *by_words(text), *_literal(text, names)])
    return _merged([*merged, *_between(text, merged)])


def _between(text: str, found: list[Span]) -> Iterator[Span]:
    """What stands in a list between two names of a kind is a third: 〔地名〕、某某、〔地名〕."""
    for one, other in pairwise(found):
        if one.kind == other.kind and one.kind in _LISTED and _ITEM.fullmatch(text, one.end, other.start):
            yield Span(one.end + 1, other.start - 1, one.kind)


def _merged(found: list[Span]) -> list[Span]:
    """In order, not overlapping, neighbours of a name joined."""
    merged: list[Span] = []
    for span in sorted(found):
        if span.start >= span.end:
            continue
        last = merged[-1] if merged else None
        if last and (span.start < last.end or (span.start == last.end and _joins(last, span))):
            kind = max(last.kind, span.kind, key=BLANKS.index)
            merged[-1] = Span(last.start, max(last.end, span.end), kind)
        else:
            merged.append(span)
    return merged


def _joins(last: Span, span: Span) -> bool:
    """Whether two blanks side by side are one name: a place and its office, a person's two halves."""
    return last.kind == span.kind or _NUMERIC.isdisjoint((last.kind, span.kind))


def _literal(text: str, names: Iterable[str]) -> Iterable[Span]:
    for name in names:
        at = text.find(name) if name else -1
        while at >= 0:
            yield Span(at, at + len(name), "地名" if _AREA.search(name) else "单位")
            at = text.find(name, at + len(name))


def names_of(unit: str) -> tuple[str, ...]:
    """A unit's name and the places in it, with and without their 省市区县: what its own report calls itself by."""
    names, rest = [unit] if len(unit) > 1 else [], unit
    while place := _PLACE.match(rest):
        names.append(place[1])
        bare = _AREA.sub("", place[1])
        names += [bare] if len(bare) > 1 else []
        rest = rest[place.end() :]
    names += [rest] if rest and rest != unit and len(rest) > 2 else []
    return tuple(dict.fromkeys(names))


def unblanked(text: str) -> str:
    """A masked text without its blanks, for what counts words."""
    return _BLANK.sub(" ", text)
