"""Passages -> topics: facts that make one 观点, in the order of the materials, each fact once in the whole report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.briefs.brief import Fact, Topic
from assistant.briefs.roles import (
    ITEM,
    Role,
    bare,
    depth,
    facts_of,
    file_role,
    is_row,
    is_title,
    role_of,
    run_in,
    titles,
)
from assistant.briefs.statement import is_statement
from assistant.intake import Passage
from assistant.patterns import regex
from assistant.subjects import bigrams, plain

_MOST_FACTS = 6
_HEAD_LENGTH = 70
_PROMOTED = ""
_LONG = 200
_SHORT_LEAD = 26
_SHORT_LABEL = 14
_ALIKE = 0.72
_ASPECT = regex(r"^(?:在)?([^，。；\[\]]{2,10}?)(?:方面|上)，")
_ACCOUNTS = regex(
    r"“?三公”?经费|部门预算|预算执行率|(?:基本|项目)支出|财政拨款|公务接待费|(?:^|，)(?:年初|全年)预算\d|预算.{0,16}支出.{0,16}执行率"
)
"""What the ledger tells: a summary's own figures of the accounts are left to the sections about figures."""

_BEFORE = regex(r"^(?:早在|截至|在)?(?:(20\d\d)年|上年|去年|上一年)(?!度?(?:结转|末|底|相比|同期))")
_NOW = regex(r"今年|当年|本年|[比较](?!例|为|率|重)")
_ROW = regex(r" 表\d+第\d+行$")
_ANNOUNCED = regex(r"(?:情况|分布|名单|明细|数据)?(?:具体)?如下：?$|：$")
_TITLE = regex(r"总结|报告|汇报|要点|计划|情况$|\d{4}年")
_SLOT = regex(r"\[\[([a-z]\w*)(?::value)?\]\]")
_DEPENDENT = regex(
    r"^(?:其中|其余|其|此外|另外|同时|该|这|此|上述|以上|两者|二者|两(?:个|项|种)|并|且|也|还|但|而|因此|因而|从而|由此|对此|为此|据此|不过"
    r"|\[\[\w+:value\]\](?:比率|指标|数字|数据)?(?:都|均))"
)


@dataclass(frozen=True, slots=True)
class Material:
    """A topic and the role of the passages it was made from."""

    role: Role
    topic: Topic


def depends(fact: Fact) -> bool:
    """Whether the statement leans on the one before it (其中…, 该…)."""
    return bool(_DEPENDENT.match(fact.slotted))


def aspect(text: str) -> str:
    """The words before 方面， at the beginning: what the passage says it is about; else ""."""
    found = _ASPECT.match(text)
    return found[1] if found and "[" not in found[1] else ""


def read_topics(passages: Iterable[Passage], year: int) -> list[Material]:
    """All topics of the materials in order, without what is told twice."""
    passages = tuple(passages)
    title = titles(passages)
    headings = _headings(passages, title)
    headed = {p.file for p in passages if headings[p.id]}
    found: list[Material] = []
    for passage in passages:
        path = headings[passage.id]
        facts = list(facts_of(passage, year))
        if is_title(passage) or (path and path[-1] == _PROMOTED):
            continue
        role = role_of(passage, file_role(passage.file, title[passage.file], year), year)
        facts = [fact for fact in facts if is_statement(fact.text, planned=role != "work")]
        own = run_in(passage)
        if own and len(facts) > 1 and (role == "work" or ITEM.match(facts[1].text)):
            path, facts = (*path, own.removesuffix("方面")), facts[1:]
        if not path and passage.file in headed and role == "work":
            facts = [fact for fact in facts if fact.figures and _done(fact)]
        if role == "work":
            facts = [fact for fact in _of_the_year(facts, year) if not _ACCOUNTS.search(fact.text)]
        for group in _groups(facts) if role == "work" else _items(facts):
            point = depth(passage) > 0 and len(facts) > 1
            _join(found, Material(role, Topic("", tuple(group), path)), is_row(passage), point)
    return [Material(m.role, _tabled(_labelled(m, found))) for m in _once(found)]


def _of_the_year(facts: list[Fact], year: int) -> Iterator[Fact]:
    """Without what an earlier year did, and what leans on it; a comparison with this year stays."""
    earlier = False
    for fact in facts:
        opening = _BEFORE.match(fact.text)
        now = str(year) in fact.text or bool(_NOW.search(fact.text))
        earlier = not now and (not opening[1] or int(opening[1]) < year) if opening else earlier and depends(fact)
        if not earlier:
            yield fact


def _tabled(topic: Topic) -> Topic:
    """Rows of a table told as one statement, after the words that announce them (…如下：) where there are some."""
    made: list[Fact] = []
    rows = False
    for fact in topic.facts:
        row = bool(_ROW.search(fact.source))
        if row and made and (rows or made[-1].slotted.endswith("：")):
            last = made[-1]
            joint = "；" if rows else ""
            text, slotted = (_ANNOUNCED.sub("", t).rstrip("。") for t in (last.text, last.slotted))
            colon = "" if rows else "："
            made[-1] = Fact(
                f"{text}{joint}{colon}{fact.text}", f"{slotted}{joint}{colon}{fact.slotted}", last.figures + fact.figures,
                f"{last.source}、{fact.source.rsplit(' ', 1)[-1]}",
            )  # fmt: skip
        else:
            made.append(fact)
        rows = row
    return replace(topic, facts=tuple(made))


def _headings(passages: tuple[Passage, ...], title: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Passage id -> its headings: without the document's own title, with unnumbered lines and numbered openings that head others.

    A passage that only heads the ones after it ends in `_PROMOTED`.
    """
    cover = _covers(passages)
    found: dict[str, tuple[str, ...]] = {}
    label = ("", "")
    open_: list[tuple[int, str]] = []
    for n, passage in enumerate(passages):
        following = passages[n + 1] if n + 1 < len(passages) else None
        if n and passages[n - 1].file != passage.file:
            open_ = []
        if is_title(passage) and passage.text != title[passage.file]:
            label = (passage.file, bare(passage.text))
        level = depth(passage)
        if level:
            open_ = [(above, name) for above, name in open_ if above < level]
        own = tuple(h for h in passage.headings if h != cover.get(passage.file))
        own = own or ((label[1],) if label[0] == passage.file else ())
        path = (*own, *(name for _, name in open_))
        if (
            level
            and following is not None
            and following.file == passage.file
            and depth(following) > level
            and _only_heads(passage)
        ):
            name = aspect(bare(passage.text)) or re.split("[，。：；]", bare(passage.text))[0]
            open_.append((level, name))
            path = (*path, _PROMOTED)
        found[passage.id] = path
    return found


def _only_heads(passage: Passage) -> bool:
    """One short statement without a figure."""
    return len(passage.sentences) == 1 and not passage.sentences[0].figures and len(passage.text) <= _HEAD_LENGTH


def _covers(passages: tuple[Passage, ...]) -> dict[str, str]:
    """File -> the document's own title, where a heading style makes it stand over everything."""
    found: dict[str, str] = {}
    for passage in passages:
        first = passage.headings[0] if passage.headings else ""
        found[passage.file] = first if found.setdefault(passage.file, first) == first else ""
    return {file: title for file, title in found.items() if title and _TITLE.search(title)}


def _done(fact: Fact) -> bool:
    return bool(re.search(r"完成|建成|发放|办理|新增|帮扶|实现", fact.text)) and "周年" not in fact.text


def _groups(facts: list[Fact]) -> Iterator[list[Fact]]:
    """One group, or one per point where a long paragraph makes several: a short statement of its own opens a point."""
    if sum(len(fact.text) for fact in facts) <= _LONG or len(facts) <= _MOST_FACTS // 2 + 1:
        if facts:
            yield facts
        return
    starts = [n for n, fact in enumerate(facts) if _opens(facts, n)]
    if len(starts) < 2:
        yield facts
        return
    starts[0] = 0
    for start, end in zip(starts, [*starts[1:], len(facts)], strict=True):
        yield facts[start:end]


def _items(facts: list[Fact]) -> Iterator[list[Fact]]:
    """Problems, plans and lessons: one group an item (一是…), else one for the whole paragraph."""
    starts = [n for n, fact in enumerate(facts) if ITEM.match(fact.text)]
    for start, end in zip([0, *(n for n in starts if n)], [*(n for n in starts if n), len(facts)], strict=True):
        if facts[start:end]:
            yield facts[start:end]


def _opens(facts: list[Fact], n: int) -> bool:
    fact = facts[n]
    item = bool(ITEM.match(fact.text)) and len(facts) > _MOST_FACTS
    short = (
        len(fact.text) <= _SHORT_LEAD and not fact.figures and not depends(fact)
        and 0 < n < len(facts) - 1 and bool(facts[n + 1].figures or len(facts[n + 1].text) > _SHORT_LEAD)
    )  # fmt: skip
    return item or short


def _join(found: list[Material], new: Material, row: bool, point: bool) -> None:
    """Adds a topic, or its facts to the one before where both are short and stand under the same heading.

    A numbered passage of several statements is a `point` of its own and joins nothing.
    """
    last = found[-1] if found else None
    same = (
        last is not None
        and last.role == new.role == "work"
        and last.topic.headings == new.topic.headings
        and bool(new.topic.headings)
    )
    if last is not None and same:
        together = (*last.topic.facts, *new.topic.facts)
        if row or (not point and len(together) <= _MOST_FACTS and not aspect(new.topic.facts[0].text)):
            found[-1] = Material(last.role, Topic("", together, last.topic.headings))
            return
    found.append(new)


def _labelled(material: Material, all_: list[Material]) -> Topic:
    """The nearest heading names the first topic under it, if it is not the heading of a whole field."""
    topic = material.topic
    own = aspect(topic.facts[0].slotted)
    under = [m for m in all_ if m.topic.headings == topic.headings]
    label = own
    if (
        not own
        and topic.headings
        and (len(topic.headings) > 1 or len(under) == 1)
        and topic.facts[0] in under[0].topic.facts
    ):
        label = topic.headings[-1]
    elif own and len(topic.headings) > 1 and len(topic.headings[-1] + own) <= _SHORT_LABEL:
        label = topic.headings[-1] + own
    return Topic(bare(label), topic.facts, topic.headings)


def _once(materials: list[Material]) -> list[Material]:
    """Without statements that an earlier one (or a longer one with the same figures) tells already."""
    kept: list[Material] = []
    told: list[tuple[frozenset[str], frozenset[str]]] = []
    for material in materials:
        facts = []
        for fact in material.topic.facts:
            shape = bigrams(plain(_SLOT.sub("", fact.slotted)))
            values = _values(fact)
            if any(_same(shape, values, *other) for other in told):
                continue
            told.append((shape, values))
            facts.append(fact)
        if facts:
            kept.append(Material(material.role, Topic(material.topic.label, tuple(facts), material.topic.headings)))
    return kept


def _values(fact: Fact) -> frozenset[str]:
    """The quantities as written, spaces and commas aside."""
    pieces = re.split(r"\[\[[a-z]\w*:value\]\]", fact.slotted)
    rest, values = fact.text, []
    for before, after in pairwise(pieces):
        start = rest.find(before) + len(before) if before in rest else 0
        tail = rest[start:]
        end = tail.find(after) if after else len(tail)
        values.append(re.sub(r"[\s,，]", "", tail[: max(end, 0)]))
        rest = tail[max(end, 0) :]
    return frozenset(values)


def _same(shape: frozenset[str], values: frozenset[str], other: frozenset[str], others: frozenset[str]) -> bool:
    """Told already: nearly the same words, or figures that all stand there with much the same words."""
    if not shape:
        return False
    shared = len(shape & other) / len(shape)
    if values and values <= others:
        return shared >= 0.35
    return shared >= _ALIKE and values <= others
