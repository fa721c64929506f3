"""Passages -> topics: facts that make one 观点, in the order of the materials, each fact once in the whole report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.briefs.brief import Fact, Topic
from assistant.briefs.roles import Role, bare, facts_of, file_role, is_row, is_title, role_of, titles
from assistant.intake import Passage
from assistant.subjects import bigrams, plain

_MOST_FACTS = 6
_LONG = 200
_SHORT_LEAD = 26
_ALIKE = 0.72
_ITEM = re.compile(r"^(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+，|首先，|其次，|再次，|最后，)")
_ASPECT = re.compile(r"^(?:在)?([^，。；\[\]]{2,10}?)(?:方面|上)，")
_SLOT = re.compile(r"\[\[([a-z]\w*)(?::value)?\]\]")
_DEPENDENT = re.compile(
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
    headed = {passage.file for passage in passages if passage.headings}
    found: list[Material] = []
    label = ("", "")
    for passage in passages:
        if is_title(passage):
            label = (passage.file, bare(passage.text)) if passage.text != title[passage.file] else label
            continue
        role = role_of(passage, file_role(passage.file, title[passage.file], year), year)
        facts = list(facts_of(passage, year))
        if not passage.headings and passage.file in headed and role == "work":
            facts = [fact for fact in facts if fact.figures and _done(fact)]
        headings = passage.headings or ((label[1],) if label[0] == passage.file else ())
        for group in _groups(facts):
            _join(found, Material(role, Topic("", tuple(group), headings)), row=is_row(passage))
    return [Material(m.role, _labelled(m, found)) for m in _once(found)]


def _done(fact: Fact) -> bool:
    return bool(re.search(r"完成|建成|实现|达到?|发放|办理|新增|开展|帮扶|服务|培训", fact.text)) and "周年" not in fact.text


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


def _opens(facts: list[Fact], n: int) -> bool:
    fact = facts[n]
    item = bool(_ITEM.match(fact.text)) and len(facts) > _MOST_FACTS
    short = (
        len(fact.text) <= _SHORT_LEAD and not fact.figures and not depends(fact)
        and 0 < n < len(facts) - 1 and bool(facts[n + 1].figures or len(facts[n + 1].text) > _SHORT_LEAD)
    )  # fmt: skip
    return item or short


def _join(found: list[Material], new: Material, row: bool) -> None:
    """Adds a topic, or its facts to the one before where both are short and stand under the same heading."""
    last = found[-1] if found else None
    same = last is not None and last.role == new.role and last.topic.headings == new.topic.headings and bool(new.topic.headings)
    if last is not None and same:
        together = (*last.topic.facts, *new.topic.facts)
        if row or (len(together) <= _MOST_FACTS and not aspect(new.topic.facts[0].text)):
            found[-1] = Material(last.role, Topic("", together, last.topic.headings))
            return
    found.append(new)


def _labelled(material: Material, all_: list[Material]) -> Topic:
    """The nearest heading names the first topic under it, if it is not the heading of a whole field."""
    topic = material.topic
    own = aspect(topic.facts[0].slotted)
    under = [m for m in all_ if m.topic.headings == topic.headings]
    label = own
    if not own and topic.headings and (len(topic.headings) > 1 or len(under) == 1) and topic.facts[0] in under[0].topic.facts:
        label = topic.headings[-1]
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
    for before, after in zip(pieces, pieces[1:], strict=False):
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
