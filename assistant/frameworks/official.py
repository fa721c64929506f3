"""The bureau's own wording against the rule: every number of the text must be the rule's, every number of the rule in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.frameworks.model import Framework, Indicator, Part
from assistant.numbers import Mention, find_numbers
from assistant.patterns import regex
from assistant.rules import (
    Bands,
    Bonus,
    Checklist,
    Grades,
    Judged,
    Linear,
    Step,
    TargetRule,
    Violations,
    show,
)

Place = tuple[str | int, ...]
_ZERO, _ONE, _HUNDRED = Decimal(0), Decimal(1), Decimal(100)
_NOTHING = regex(r"不得分|不计分|零分|得0分|全部扣|扣完")
_EVERYTHING = regex(r"满分|全部分值|得全部")


@dataclass
class _Numbers:
    """The numbers of a leaf's rules: marks, rates (edges and steps), counts. `must` have to stand in the text, `may` can."""

    marks: set[Decimal] = field(default_factory=set)
    rates: set[Decimal] = field(default_factory=set)
    counts: set[Decimal] = field(default_factory=set)
    may: set[Decimal] = field(default_factory=lambda: {_ZERO, _ONE, _HUNDRED})


def differences(framework: Framework) -> Iterator[tuple[Place, str]]:
    """Each as (place of the text in the file, what differs). A judged part has no numbers to compare."""
    for place, leaf in _leaves(framework.indicators, ("indicators",)):
        if leaf.official_text:
            yield from (((*place, "official_text"), f"{leaf.name}：{said}") for said in _compare(framework, leaf))


def assumed(framework: Framework) -> Iterator[tuple[Place, str]]:
    """The readings that no source states: each as (place, what was assumed)."""
    for place, leaf in _leaves(framework.indicators, ("indicators",)):
        for number, part in enumerate(leaf.parts):
            here, rule = (*place, "parts", number, "rule"), part.rule
            if isinstance(rule, Step) and rule.reading_source == "assumed":
                words = {"whole": "不足一档的不扣", "started": "不足一档的按一档扣", "pro_rata": "不足一档的按比例扣"}
                yield (
                    here,
                    f"{leaf.name}：每{show(rule.each)}{rule.step_unit}扣分，来源没有说明不足一档怎么扣，按“{words[rule.reading]}”计",
                )
            if isinstance(rule, TargetRule) and rule.missed_source == "assumed":
                how = "按完成率计分" if rule.missed == "pro_rata" else "不得分"
                yield here, f"{leaf.name}：来源没有说明未达到目标怎么计分，按“{how}”计"


def _leaves(nodes: tuple[Indicator, ...], above: Place) -> Iterator[tuple[Place, Indicator]]:
    for number, node in enumerate(nodes):
        if node.is_leaf:
            yield (*above, number), node
        yield from _leaves(node.children, (*above, number, "children"))


def _compare(framework: Framework, leaf: Indicator) -> Iterator[str]:
    text = leaf.official_text
    of_rule = _Numbers()
    for part in leaf.parts:
        _gather(framework, part, of_rule)
    if len(leaf.parts) == 1 and not isinstance(leaf.parts[0].rule, Judged | TargetRule) and not leaf.bonus:
        of_rule.may.add(leaf.full_marks)
        if not _EVERYTHING.search(text):
            of_rule.marks.add(leaf.full_marks)
    said = [mention for mention in find_numbers(text) if mention.value is not None]
    if not any(isinstance(part.rule, Judged) for part in leaf.parts):
        yield from _foreign(said, of_rule, leaf)
    yield from _lacking(text, said, of_rule)


def _gather(framework: Framework, part: Part, found: _Numbers) -> None:
    rule = part.rule
    found.may.add(part.full_marks)
    ratio = framework.by_ratio.get(part.measure)
    if ratio is not None and ratio.value.per is not None:
        found.may.add(ratio.value.per)
    match rule:
        case Bands():
            found.marks.update(band.marks for band in rule.bands)
            (found.rates if rule.unit == "%" else found.counts).update(e for band in rule.bands for e in band.edges)
        case Linear():
            found.rates.update({rule.full_at, rule.zero_at} - {_ZERO, _HUNDRED})
            found.rates.update({rule.least} if rule.least is not None else set())
            found.may.update({part.full_marks * rule.ceiling, rule.ceiling * _HUNDRED} if rule.ceiling else set())
        case Step():
            edges = found.rates if rule.edge_unit == "%" else found.counts
            edges.update(rule.edges)
            edges.update({rule.each} - {_ONE})
            found.marks.add(rule.deduct)
        case Violations():
            found.marks.add(rule.each)
        case Checklist():
            found.marks.update(item.marks for item in rule.items)
            found.marks.update(item.partial for item in rule.items if item.partial is not None)
        case Grades():
            found.marks.update(grade.marks for grade in rule.grades)
        case TargetRule():
            found.rates.update({rule.least} if rule.least is not None else set())
            found.may.update(share for state in rule.states for share in (state.least, state.most))
        case Bonus():
            found.marks.update(abs(end) for end in (rule.least, rule.most) if end is not None)


def _values(mention: Mention) -> set[Decimal]:
    """Its numbers without their sign: the minus of （执行率－60%） is the formula's."""
    return {abs(value) for value in (mention.value, mention.upper) if value is not None}


def _foreign(said: list[Mention], of_rule: _Numbers, leaf: Indicator) -> Iterator[str]:
    """Numbers of the text that are none of the rule's."""
    by_kind = {"score": of_rule.marks, "percent": of_rule.rates, "points": of_rule.rates, "count": of_rule.counts}
    for mention in said:
        family = by_kind.get(mention.kind)
        known = {abs(number) for number in (*(family or ()), *of_rule.may, leaf.full_marks)}
        if family is not None and _values(mention) - known:
            yield f"原文的“{mention.text}”在规则里没有"


def _lacking(text: str, said: list[Mention], of_rule: _Numbers) -> Iterator[str]:
    """Numbers of the rule that do not stand in the text."""
    kinds = {"score": set[Decimal](), "rate": set[Decimal](), "any": set[Decimal]()}
    for mention in said:
        kinds["any"] |= _values(mention)
        if mention.kind == "score":
            kinds["score"] |= _values(mention)
        elif mention.kind in ("percent", "points", "ratio"):
            kinds["rate"] |= _values(mention)
    marks = of_rule.marks - ({_ZERO} if _NOTHING.search(text) else set())
    if _EVERYTHING.search(text) and marks:
        marks = marks - {max(marks)}
    for unit, wanted, have in (
        ("分", marks, kinds["score"] | kinds["any"]),
        ("%", of_rule.rates, kinds["rate"] | kinds["any"]),
        ("", of_rule.counts, kinds["any"]),
    ):
        yield from (f"规则的 {show(number)}{unit} 在原文里没有" for number in sorted(wanted) if abs(number) not in have)
