"""Names, people, honours and documents that nothing known holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from assistant.guard.fault import Fault
from assistant.guard.lexicon import Finder, name_words
from assistant.guard.matter import Matter
from assistant.guard.text import BLANK, Text, bare, stands_for
from assistant.patterns import regex

_PAPER = regex(r"[\u4e00-\u9fff]{1,8}[〔\[（(]□?\d{0,4}[〕\]）)]\s?□?\d{0,5}号")
_OFFICE = regex(r"[\u4e00-\u9fff]{2}(?:科(?![室长目学技普级员研])|(?<![格布大全结当邮])局(?![面部势限长]))")
_RECEIVED = "获得"
_ALONE = regex(r"“[^”\n]{0,60}$|《[^》\n]{0,80}$")


def names(matter: Matter) -> Iterator[Fault]:
    """Quoted names, people, organisations, places, meetings, papers and honours that are not known."""
    known = matter.known_bare
    for number, text in enumerate(matter.sentences):
        own = matter.known_to(matter.told[number]) if matter.told[number] else known
        for m in _patterns().body.finditer(text.bare):
            if m[0] in known and m[0] not in own:
                message = f"“{m[0]}”是别的原句里的名称，这一句说的事没有它，请照原句写。"
                yield Fault("invented", number, m[0], message)
        for name in _named(text):
            if bare(name) not in known:
                yield Fault("invented", number, name, f"“{name}”不在本段的材料里。名称只能照原句写，没有的请删去。")
        for word, at in _honours().find(text.blank):
            if word == _RECEIVED and _receives(text, at + len(word)):
                continue
            held = [statement.blank for statement in matter.resting_on(text, at)]
            if not any(other in blank for blank in held for other in stands_for(word)):
                message = f"“{word}”是荣誉或认定，所述的原句里没有，请删去。"
                yield Fault("claim", number, word, message)


def _receives(text: Text, at: int) -> bool:
    """Whether 获得 only says that something was received: behind it stands a figure, and neither an honour nor a name."""
    clause = text.clauses[text.clause_number(at)]
    rest = clause.text[at - clause.start :]
    return BLANK in clause.text and not _honours().find(rest) and not Text(rest).names


def _named(text: Text) -> Iterator[str]:
    yield from text.names
    blank = text.blank
    for pattern in (_patterns().person, _patterns().titled, _PAPER, _OFFICE, _ALONE):
        yield from (m[0] for m in pattern.finditer(blank))


class _Patterns(NamedTuple):
    """Shapes of names: 张某主任, 主任张某, 某科."""

    person: re.Pattern[str]
    titled: re.Pattern[str]
    body: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = name_words()
    titles, bodies = ("|".join(sorted(some, key=len, reverse=True)) for some in (words.titles, words.bodies))
    return _Patterns(
        re.compile(
            rf"[{words.surnames}][\u4e00-\u9fff]{{1,2}}(?=(?:等)?(?:{titles}))|[{words.surnames}](?:某某?|[×xX]{{1,2}})"
        ),
        re.compile(rf"(?:{titles})[{words.surnames}][\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff])"),
        re.compile(rf"[\u4e00-\u9fff]{{2}}(?:{bodies})"),
    )


@cache
def _honours() -> Finder:
    return Finder(name_words().honours, name_words().unless)
