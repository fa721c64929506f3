"""A unit's words in its department's report: 本校 there is another body than 本局, so the unit is called by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.intake.case import Case, Passage, Sentence
from assistant.intake.materials import Register
from assistant.intake.sentences import split_sentences
from assistant.ledger import Figure, Provenance
from assistant.patterns import regex

_TAILS = (
    ("学", "校"), ("学校", "校"), ("幼儿园", "园"), ("委员会", "委"), ("办公室", "办"), ("办事处", "街道"), ("街道", "街道"), ("中心", "中心"),
    ("医院", "院"), ("卫生院", "院"), ("镇人民政府", "镇"), ("乡人民政府", "乡"),
)  # fmt: skip
"""What a body calls itself by the end of its name; any other by its last character (我局, 本馆)."""
_NO_SELF = "(?<![基成资根日样版文原标范课剧脚副])"
_LEAD = regex(
    r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、．]\s*|[-•·*]\s*|[一二三四五六七八九十]是)?"
    r"(?:(?:20\d\d年(?:度|以来|底|末)?|全年|年内|本年度?|一年来|同时|此外|另外|其次|首先|最后|目前|截至[^，。；]{1,12})，)?"
)
"""What may stand before the name: the mark of a list, the year, a joining word."""
_LEANS = regex(r"^(?:其中|其余|其|该|这|此|上述|以上|两者|并|且|也|还|但|而|因此|因而|从而|由此|对此|为此|据此|不过)")
_SHORT = 12
"""A piece without a closing mark and no longer than this is a head, and says nothing of anybody."""
_CLOSED = ("。", "！", "？", "；")


@lru_cache(maxsize=256)
def _selves(name: str, short: str) -> re.Pattern[str]:
    """本单位, 我校 … of a unit of that name; not 基本单位, 我校长."""
    tail = next((word for end, word in reversed(_TAILS) if name.endswith(end)), name[-1:])
    words = ["本单位", "我单位", "本部门", "我部门", f"本{tail}", f"我{tail}"]
    words += [short] if short[:1] in ("本", "我") and len(short) > 1 else []
    together = "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
    return re.compile(f"{_NO_SELF}(?:{together})(?![长级])")


def called(text: str, unit: Case) -> str:
    """The text with the unit's name wherever it speaks of itself."""
    selves = _selves(unit.unit, unit.short_name)
    return unit.unit.join(selves.sub(lambda _: unit.unit, piece) for piece in text.split(unit.unit))


def names_it(text: str, unit: Case) -> bool:
    """Whether the text says whose it is."""
    short = unit.short_name
    return unit.unit in text or (len(short) > 1 and short[0] not in "本我" and short in text)


def named(sentence: str, unit: Case) -> str:
    """A sentence of the unit that says whose it is; one that leans on the sentence before it is left as it is."""
    said = called(sentence, unit)
    if names_it(said, unit) or _LEANS.match(said) or not (said.endswith(_CLOSED) or len(said) > _SHORT):
        return said
    lead = _LEAD.match(said)
    at = lead.end() if lead else 0
    return f"{said[:at]}{unit.unit}{said[at:]}"


def with_units_passages(
    units: Sequence[Case], passages: tuple[Passage, ...], figures: Sequence[Figure], year: int
) -> tuple[tuple[Passage, ...], tuple[Figure, ...]]:
    """The department's passages and their figures (`m1` …), then those of the units, numbered on."""
    register = Register("m", year, list(figures))
    found = list(passages)
    for unit in units:
        for passage in _passages(unit, register):
            found.append(replace(passage, id=f"p{len(found) + 1}"))
    return tuple(found), tuple(register.figures)


def _passages(unit: Case, register: Register) -> Iterator[Passage]:
    for passage in unit.passages:
        file = f"{unit.folder.name}/{passage.file}"
        where = Provenance("paragraph", file=file, paragraph=passage.place)
        sentences = []
        for sentence in passage.sentences:
            for said in split_sentences(named(sentence.text, unit)):
                slotted, ids = register.slotted(said, where)
                sentences.append(Sentence(said, slotted, ids))
        text = "".join(sentence.text for sentence in sentences)
        headings = tuple(called(heading, unit) for heading in passage.headings)
        yield replace(passage, file=file, headings=headings, text=text, sentences=tuple(sentences))
