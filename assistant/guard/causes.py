"""Causes: each is the statement's own, said of the statement's own effect, and none is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from assistant.guard.fault import WHOLE, Fault
from assistant.guard.lexicon import claims
from assistant.guard.lists import ClaimFamily
from assistant.guard.matter import Matter
from assistant.guard.text import Text, bare, widened, without_small
from assistant.patterns import regex
from assistant.subjects import bigrams

_BECAUSE = regex(
    r"(?:原因(?:是|在于|为|：|:)|主要(?:是|为)|由于|因为|鉴于|缘于|源于|得益于|归功于|因(?!此|而)|受(?!此))"
)
_THEREFORE = regex(r"受此影响|因此|因而|由此|为此")
_LEADING_TO = regex(r"导致|致使|造成|使得|引起|引发")
"""What stands before one of these is the cause of what stands behind it."""
_ALL_SAID = regex(r"；|受此影响|因此|因而|由此|为此")
_ALONE = regex(r"主要|(?:其|主要)?原因")
"""So opens a sentence that gives the cause of the one before it."""
_SEGMENT = regex(r"；")
_NO_CAUSE = regex(r"受[^，。；]{1,16}(?:委托|邀请|指派|聘请|授权)")
_ENDS = regex(r"[，；。]|而(?!且)|(?<=影响)")
_SHORT_OF = regex(r"(?:部分|未|没有|推迟|延期|暂缓|偏|低于)[^：。]{0,20}：(?=[^□]{4,60}$)")
"""What was not done, and after the colon why."""
_ALIKE, _SHORT_CAUSE = 0.7, 12
_SAME, _GIVEN = 0.4, 0.25
"""So much of what a sentence gives as the cause must stand in the statement's cause."""


class Link(NamedTuple):
    """A cause that a text gives, and what it is given of; `pointed` where a word (因此) only points back at it."""

    cause: str
    effect: str
    pointed: bool = False


def causes(matter: Matter) -> Iterator[Fault]:
    """Causes that are not the statements', that are given of something else, or that are not given."""
    given = _links(matter.statements)
    said = _links(matter.sentences)
    for number, links in enumerate(said):
        for link in links:
            if not link.pointed:
                yield from _foreign(number, link, given, matter.statements)
    yield from _unsaid(matter, [link.cause for links in said for link in links])


def explained(statement: str) -> bool:
    """Whether a statement gives a cause without a word that says so (部分完成：设备到货晚)."""
    return _SHORT_OF.search(statement.strip("。")) is not None


def asked_by(text: str, at: int) -> bool:
    """Whether a 受 says who asked for a thing (受某某委托), and gives no cause."""
    return _NO_CAUSE.match(text, at) is not None


def points(word: str) -> bool:
    """Whether a word points from a cause to what follows (因此, 导致): which cause and which effect is judged here, not by the word."""
    return _THEREFORE.fullmatch(word) is not None or _LEADING_TO.fullmatch(word) is not None


def _links(texts: Sequence[Text]) -> list[list[Link]]:
    """The causes of each text; what stands alone as a cause (主要原因是…) is of the text before it."""
    found: list[list[Link]] = []
    before = ""
    for text in texts:
        links = []
        for cause, start, end in _causes(text.blank):
            rest = _SEGMENT.split(text.blank[:start])[-1] + "，" + _SEGMENT.split(text.blank[end:])[0]
            alone = _ALONE.match(text.blank)
            opens = alone is not None and start < alone.end()
            links.append(Link(cause, before if opens or not _core(rest) else rest))
        for one, clause in zip(("", *(clause.text for clause in text.clauses)), text.clauses, strict=False):
            leading, rest = _LEADING_TO.search(clause.text), text.blank[clause.start :]
            if leading:
                links.append(Link(clause.text[: leading.start()] or one, rest[leading.end() :]))
            elif _THEREFORE.search(clause.text):
                links.append(Link(one or before, rest, pointed=True))
        found.append(links)
        before = text.blank
    return found


def _causes(text: str) -> Iterator[tuple[str, int, int]]:
    """What a text gives as causes and where, from the word that says so: to the end of the clause; after 原因是 to the end, or to what follows from it."""
    skip = _family().unless
    short = _SHORT_OF.search(text.strip("。"))
    if short:
        yield text[short.end() :], short.end(), len(text)
    for m in _BECAUSE.finditer(text):
        if any(text.startswith(word, m.start()) for word in skip) or text[max(0, m.start() - 1) : m.end()] in skip:
            continue
        if asked_by(text, m.start()):
            continue
        end = (_ALL_SAID if "原因" in m[0] or "主要" in m[0] else _ENDS).search(text, m.end() + 1)
        stop = len(text) if end is None else end.start()
        yield text[m.end() : stop], m.start(), stop


def _foreign(number: int, link: Link, given: Sequence[Sequence[Link]], statements: Sequence[Text]) -> Iterator[Fault]:
    """A cause that no statement gives, or one that it gives of something else."""
    links = [one for some in given for one in some]
    pairs = _core(link.cause)
    if not pairs or not links:
        return
    own = [one for one in links if _shared(pairs, one.cause) >= _SAME]
    if not own:
        words = "、".join(dict.fromkeys(f"“{one.cause.strip('，。')}”" for one in links[:3]))
        message = f"“{link.cause}”不是原句的原因，原句的原因是{words}，请照原句写。"
        yield Fault("claim", number, link.cause, message)
        return
    effect = _core(link.effect)
    if not all(one.effect for one in own):
        return
    told = max(_shared(effect, one.effect) for one in own)
    others = [text for one in links if one not in own for text in (one.cause, one.effect)]
    own_texts = "".join(text for one in own for text in (one.cause, one.effect))
    others += [
        s.blank for s in statements if s.bare not in bare(own_texts) and not any(one.cause in s.blank for one in own)
    ]
    nearest = max(others, key=lambda text: _shared(effect, text), default="")
    if effect and told < _GIVEN and _shared(effect, nearest) >= _SAME:
        words = link.cause.strip("，。")
        message = f"“{words}”是“{own[0].effect.strip('，。')}”的原因，不是这里所说的事的原因，请照原句写。"
        yield Fault("claim", number, link.cause, message)


def _unsaid(matter: Matter, said: Sequence[str]) -> Iterator[Fault]:
    """A cause that its statement gives and no sentence gives as one."""
    for statement in matter.must:
        for cause, _, _ in _causes(statement.blank):
            pairs = _core(cause)
            if pairs and not any(_shared(pairs, other) >= _GIVEN for other in said):
                words = cause.strip("，。")
                message = f"原句说明了原因“{words}”，这里没有作为原因写出，请用“由于”“因”“主要原因是”写明。"
                yield Fault("missing", WHOLE, words, message, statement.id)


def _shared(pairs: frozenset[str], text: str) -> float:
    """How much of these pairs a text holds; or of their characters, which another form of a word keeps (名额受限: 名额限制)."""
    chars = frozenset("".join(pairs))
    alike = len(chars & frozenset(text)) / max(1, len(chars)) if len(chars) <= _SHORT_CAUSE else 0
    return max(len(pairs & widened(text)) / max(1, len(pairs)), alike if alike >= _ALIKE else 0)


def _core(text: str) -> frozenset[str]:
    return bigrams(without_small(bare(text)))


@cache
def _family() -> ClaimFamily:
    """The family of causes."""
    return next(family for family in claims().families if family.kind == "cause")
