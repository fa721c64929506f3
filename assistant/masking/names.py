"""What is known by its words: proper names by the tagger, and whatever stands before 局, 社区, 项目 … and is not everybody's word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from assistant.masking.shapes import SURNAMES, Span
from assistant.masking.words import Words, words
from assistant.patterns import regex

_PROPER = {"nr": "人名", "nrt": "人名", "nrfg": "人名", "ns": "地名", "nt": "单位", "nz": "名称"}
_COINED = frozenset({"n", "j", "ng", "zg", "s", "f", "q"})
"""Tags of words that the tagger made up from characters it found in no dictionary."""
_FUNCTION = frozenset("p c u uj ul uv uz ud ug d r y o e w m t eng".split())
_LEADING = frozenset("由经被向与和为对以在给让请把将从至")
"""Prepositions that the tagger glues to a name that it does not know: 由凤鸣, 经杜婷."""
_QUOTED = regex(r"[“「『‘\"]([^“”「」『』‘’\"\n]{1,60})[”」』’\"]([\u4e00-\u9fff]{0,4})")
_MEASURES = tuple("率性度益况标")
"""What the name of an indicator ends with: “预算执行率” is everybody's."""
_OPENINGS = frozenset({"工程", "项目"})
"""Suffixes that the dictionary joins with what follows: 工程建设, 项目前期."""
_SURE = frozenset(
    "王李张刘陈杨赵吴周徐孙朱胡郭罗郑梁谢宋唐韩冯邓曹彭肖袁潘蔡蒋杜魏苏吕沈姚卢姜崔谭陆汪廖贾韦邹孟邱尹薛闫侯陶黎贺郝龚邵覃戴莫孔欧"
)
"""Characters that as a word of their own are a surname and nothing else."""
_FARTHEST = 6
"""So many words before a suffix a name begins at most."""


class Token(NamedTuple):
    """A word with its place and its tag; `known`: it stands in the dictionary."""

    start: int
    end: int
    word: str
    tag: str
    known: bool


class _Tagger(Protocol):
    def tag(self, text: str, hmm: bool = True) -> list[tuple[str, str]]: ...

    def has_word(self, word: str) -> bool: ...


@cache
def _tagger() -> _Tagger:
    import rjieba

    tagger = rjieba.Jieba()
    for suffix in words().suffixes:
        if len(suffix) > 1:  # else 排涝站配 may end in a word 站配
            tagger.add_word(suffix, None, "n")
    return tagger


def tokens(text: str) -> list[Token]:
    """The words of a text in order; together they are the text."""
    tagger, at, found = _tagger(), 0, list[Token]()
    for word, tag in tagger.tag(text):
        known = tagger.has_word(word)
        if not known and len(word) > 2 and word[0] in _LEADING and _han(word):
            found.append(Token(at, at + 1, word[0], "p", True))
            word, at = word[1:], at + 1  # noqa: PLW2901 -- the rest is the word
            known = tagger.has_word(word)
            tag = "nr" if not known and word[0] in SURNAMES and len(word) < 4 else tag  # noqa: PLW2901
        found.append(Token(at, at + len(word), word, tag, known))
        at += len(word)
    return found


def by_words(text: str) -> Iterator[Span]:
    """Names of units, places, people and projects, perhaps overlapping."""
    found, known = tokens(text), words()
    yield from _quotes(text, known)
    for at, token in enumerate(found):
        if suffix := _suffix(token, known):
            start = _name_before(found, at, suffix, known)
            if start < token.end:
                yield Span(start, token.end, known.suffixes[suffix])
        elif opening := _opening(token, known):
            start = _name_before(found, at, opening, known)
            if start < token.start:
                yield Span(start, token.start + len(opening), known.suffixes[opening])
        if kind := _proper(token, known):
            yield Span(token.start, _with_singles(found, at), kind)
        if end := _given_name(found, at):
            yield Span(token.start, end, "人名")


def _quotes(text: str, known: Words) -> Iterator[Span]:
    """What stands in quotation marks, but for sayings of everybody and names of indicators."""
    for quote in _QUOTED.finditer(text):
        words_in = tokens(quote[1])
        everyday = all(t.word in known.everyday or not _han(t.word) for t in words_in)
        plain = everyday and (len(quote[1]) <= 2 or quote[1].endswith(_MEASURES))
        named = any(quote[2].startswith(s) for s, kind in known.suffixes.items() if kind == "项目" and len(s) > 1)
        if named or not (plain or quote[1].strip("，。；、") in known.quoted):
            yield Span(quote.start(), quote.start(2), "名称")


def _suffix(token: Token, known: Words) -> str:
    """The suffix that a name may end with here; "" for words like 环节 and 住院, which only look like it."""
    suffix = known.suffix_of(token.word)
    ordinary = token.known and token.tag not in _PROPER and len(token.word) <= 2
    return "" if token.word != suffix and (ordinary or token.word in known.common) else suffix


def _opening(token: Token, known: Words) -> str:
    """The suffix that a word swallowed at its beginning: 项目前期, and 路雨污 of 阳光路雨污分流, which is in no dictionary; "" if none."""
    word = token.word
    if word[:2] in _OPENINGS and len(word) > 2:
        return word[:2]
    coined = len(word) > 1 and not token.known and not _ordinary(word, known)
    return word[0] if coined and known.suffixes.get(word[0]) == "地名" else ""


def _proper(token: Token, known: Words) -> str:
    """The blank of a word that is a name by itself; "" for all others."""
    word = token.word
    if len(word) < 2 or word in known.everyday or not _han(word):
        return ""
    if token.known:  # the dictionary calls many words a person that are none
        kind = _PROPER.get(token.tag, "")
        doubtful = token.tag == "nr" and (word[0] not in SURNAMES or len(word) > 4)
        return "" if doubtful else kind
    if _ordinary(word, known):
        return ""
    return _PROPER.get(token.tag, "名称" if token.tag in _COINED else "")


def _ordinary(word: str, known: Words) -> bool:
    """Whether a word that is in no dictionary was put together from everyday characters (每条, 维修费)."""
    return word[-1] in known.ends or not known.plain.isdisjoint(word)


def _with_singles(found: Sequence[Token], at: int) -> int:
    """Where a person's name ends that the tagger cut short: 欧阳明｜远."""
    token = found[at]
    after = found[at + 1] if at + 1 < len(found) else None
    cut = token.tag == "nr" and after is not None and len(after.word) == 1 and len(token.word) < 4
    return (
        after.end
        if cut and after is not None and after.tag not in _FUNCTION | {"v"} and _han(after.word)
        else token.end
    )


def _given_name(found: Sequence[Token], at: int) -> int:
    """Where a name ends whose surname is a word of its own: 郑｜海涛, 江｜兴｜敏; 0 if it is none."""
    token, after = found[at], found[at + 1] if at + 1 < len(found) else None
    if after is None or token.word not in SURNAMES or len(after.word) > 2 or not _han(after.word):
        return 0
    led = at > 0 and found[at - 1].word in _LEADING and after.word not in words().everyday
    sure = led or (token.word in _SURE and token.tag not in _FUNCTION | {"q"} and after.tag not in _FUNCTION)
    if not (sure or after.tag.startswith("nr") or not after.known):
        return 0
    third = found[at + 2] if at + 2 < len(found) else None
    apart = third is not None and len(after.word) == len(third.word) == 1 and third.tag not in _FUNCTION
    return third.end if apart and third is not None and _han(third.word) else after.end


def _name_before(found: Sequence[Token], at: int, suffix: str, known: Words) -> int:
    """Where the name begins that ends with this suffix; the token's end if it is nobody's (养老服务中心)."""
    token, generic = found[at], known.generic[suffix]
    head = "" if token.word.startswith(suffix) else token.word.removesuffix(suffix)
    named = token.start if head and head not in generic and not known.plain.issuperset(head) else token.end
    for back, before in enumerate(reversed(found[max(0, at - _FARTHEST) : at])):
        word, verb = before.word, before.tag == "v"
        if word in known.names:
            named = before.start
            continue
        if not _han(word) or before.tag in _FUNCTION or (not before.known and _ordinary(word, known)):
            break
        if verb and (len(word) == 1 or word[-1] in known.verbs):
            break
        if word not in generic and known.suffix_of(word) != word:
            if verb and back:
                break
            if word not in known.common or not back:
                named = before.start
            if verb:
                break
    return named


def _han(word: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in word)
