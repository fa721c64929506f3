"""Measures of form, length, register, stock phrases, facts and repetition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from assistant.numbers import find_numbers
from evals.style.measure import Case, Measure
from evals.style.sheets import Paragraph, Sheet
from evals.style.stock import stock

LONG = 80
"""Characters from which on a sentence is long: it wants a second reading. (GB/T 9704 sets none; a line holds 28, so these are three.)"""
RUN = 12
"""Characters of a run that says the same again, as in the guard."""
OPENING = 4
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_HEADINGS = (
    re.compile(r"([一二三四五六七八九十]{1,3})、"),
    re.compile(r"（([一二三四五六七八九十]{1,3})）"),
    re.compile(r"(\d{1,2})[.．]"),
    re.compile(r"（(\d{1,2})）"),
)
_UNNUMBERED = re.compile(r"附件|附表|附录")
_HAN = "一二三四五六七八九"
_NAMED = re.compile(r"《[^》]+》|〔\d{4}〕|“[^”]{2,20}(?:项目|工程|改造|计划|行动|平台|系统)”")
_QUOTED = re.compile(r"“[^”]*”")
_YEAR = re.compile(r"^(?:20\d\d年度?|全年|年末|当年)[，,]?")
_SELF = re.compile(r"我们|(?:我|本)(?:单位|部门|局|委|办|院|校|馆|中心|街道|会|部)")


def sentences(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """The sentences of these paragraphs, without the numbers of points."""
    for paragraph in paragraphs:
        yield from (found[0].strip() for found in _SENTENCE.finditer(paragraph.bare) if len(found[0].strip()) > 1)


def unquoted(words: str) -> str:
    """Without what stands in “…”: that is a name, and nobody's claim."""
    return _QUOTED.sub("", words)


@cache
def has_fact(sentence: str) -> bool:
    """Whether a sentence carries a fact that can be looked up: a quantity, a date, a document, a named project."""
    return any(m.is_quantity or m.kind in ("date", "docno") for m in find_numbers(sentence)) or bool(
        _NAMED.search(sentence)
    )


def _headings(report: Sheet, _: Sequence[Paragraph]) -> Iterator[Case]:
    """一、（一）1.（1）: a heading goes one level down and starts at 1, or goes on from the last of its level."""
    last = [0, 0, 0, 0]
    depth = -1
    for heading in report.headings:
        found = next(((level, match) for level, form in enumerate(_HEADINGS) if (match := form.match(heading))), None)
        if found is None:
            if depth >= 0 and not _UNNUMBERED.match(heading):
                yield Case(0, heading)
            continue
        level, match = found
        number = int(match[1]) if match[1].isdecimal() else _han(match[1])
        yield Case(int(level <= depth + 1 and number == last[level] + 1), heading)
        last = [*last[:level], number, *[0] * (3 - level)]
        depth = level


def _han(words: str) -> int:
    tens, ten, ones = words.rpartition("十")
    return (10 * (_HAN.find(tens) + 1 or 1) if ten else 0) + (_HAN.find(ones) + 1 if ones else 0)


def _sentence_lengths(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    return (Case(len(sentence), sentence) for sentence in sentences(paragraphs))


def _long(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    return (Case(int(len(sentence) > LONG), sentence) for sentence in sentences(paragraphs))


def _paragraph_lengths(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    return (Case(len(paragraph.text), paragraph.text) for paragraph in paragraphs)


def _sentences_each(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    return (Case(len(list(sentences([paragraph]))), paragraph.text) for paragraph in paragraphs)


def _one_name(report: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    """Each time the unit calls itself for short: whether by the name that it uses most. Its full name is always right."""
    full = report.names[0]
    short = [re.escape(name) for name in report.names[1:] if name != full]
    pattern = re.compile("|".join([*short, _SELF.pattern]))
    said = [found for paragraph in paragraphs for found in pattern.findall(paragraph.text.replace(full, ""))]
    most = Counter(said).most_common(1)
    return (Case(int(name == most[0][0]), name) for name in said)


def _density(words: Sequence[str], paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    found = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return (Case(len(found.findall(unquoted(p.text))), p.text, len(p.text)) for p in paragraphs)


def _spoken(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    return _density(stock().spoken, paragraphs)


def _connectives(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    return _density(stock().connectives, paragraphs)


def _praise(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    return _density(stock().praise, paragraphs)


def _empty(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    """套话: a sentence of praise or resolve that carries no fact."""
    for sentence in sentences(paragraphs):
        yield Case(int(any(word in unquoted(sentence) for word in stock().praise) and not has_fact(sentence)), sentence)


def _facts(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    return (Case(int(has_fact(sentence)), sentence) for sentence in sentences(paragraphs))


def _openings(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    """Sentences that open with the same characters as two others of the report."""
    said = [(_YEAR.sub("", sentence, count=1)[:OPENING], sentence) for sentence in sentences(paragraphs)]
    times = Counter(opening for opening, _ in said)
    return (Case(int(times[opening] > 2), sentence) for opening, sentence in said)


def _repeated(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    """The characters of each paragraph that lie in a run said before in the report."""
    seen: set[str] = set()
    for paragraph in paragraphs:
        words = "".join(paragraph.text.split())
        runs = [words[at : at + RUN] for at in range(len(words) - RUN + 1)]
        again = [at for at, run in enumerate(runs) if run in seen]
        covered = sum(min(RUN, after - at) for at, after in pairwise([*again, len(words) + RUN]) if again)
        seen.update(runs)
        yield Case(covered, paragraph.text, len(words))


LANGUAGE = (
    Measure("heading_form", "标题按一、（一）1.（1）连续编号", "share", "more", _headings),
    Measure("sentence_length", "句长（字，中位数）", "median", "", _sentence_lengths),
    Measure("long_sentences", f"超过{LONG}字的句子", "share", "less", _long),
    Measure("paragraph_length", "段长（字，中位数）", "median", "", _paragraph_lengths),
    Measure("sentences_a_paragraph", "每段句数（中位数）", "median", "", _sentences_each),
    Measure("one_name", "自称一致（用最常用的那个名字）", "share", "more", _one_name),
    Measure("spoken", "口语词（每千字）", "density", "less", _spoken),
    Measure("connectives", "常用连接语（每千字）", "density", "", _connectives),
    Measure("openings", "三句以上同样开头的句子", "share", "less", _openings),
    Measure("praise", "空泛褒扬和表态（每千字）", "density", "less", _praise),
    Measure("empty", "没有事实的套话句", "share", "less", _empty),
    Measure("facts", "有可查事实的句子", "share", "more", _facts),
    Measure("repeated", f"连续{RUN}字重复的文字", "share", "less", _repeated),
)
"""Measured in all narrative sections, and of each genre."""
