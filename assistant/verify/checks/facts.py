"""What the case knows, in the shape in which praise and comparisons are held against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.ledger import Figure, Target
from assistant.patterns import regex
from assistant.rules import Bands, Step, met
from assistant.subjects import Terms, normal_term

if TYPE_CHECKING:
    from assistant.frameworks import Indicator
    from assistant.intake import Case
    from assistant.scorecard import Scorecard

_CORE = regex(r"(?:预算)?(?:执行|按期完成|完成|按期办结|办结|及时办理回复|办理回复|回复|达标|利用|使用|控制)?率$|度$")
_SHARE = regex(r"(?:执行|完成|办结|回复|达标|利用|使用|覆盖|及时|合格)率$|满意度$")
_HUNDRED = Decimal(100)
_CLEARLY_SHORT = Decimal("0.9")


@dataclass(frozen=True, slots=True)
class Rate:
    """A computed rate: its words, the words without 率, and whether its indicator stays below its top."""

    figure: Figure
    terms: tuple[str, ...]
    core: str
    short: bool
    lost: bool
    """Whether a part that it decides by a proportion or by steps lost marks at all."""
    share: bool
    """A share of what was due (完成率, 执行率): below 100 % not all of it was done."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One item in two 口径: what it came to, and the budget, posts or last year's amount that it is held against."""

    item: str
    now: Figure
    other: Figure
    against: str


_AGAINST = (("全年预算", "预算"), ("年初预算", "年初预算"), ("上年决算", "上年"), ("编制", "编制"))
_NOW = ("决算", "执行", "年末")


class Facts:
    """An index over a scorecard, and over the case's rows where it is given. Built once a check."""

    def __init__(self, card: Scorecard, case: Case | None = None) -> None:
        self.card, self.case = card, case
        self.undone = self._count("count.key_tasks.incomplete")
        self.tasks = self._count("count.key_tasks")
        self.missed = tuple(t for t in card.ledger.targets if missed(t, card))
        planned, done = self._count("work.planned"), self._count("work.completed")
        self.work_short = planned is not None and done is not None and done < planned
        planned, done = self._count("projects.planned"), self._count("projects.completed")
        self.projects_short = planned is not None and done is not None and done < planned

    def _count(self, id: str) -> Decimal | None:
        figure = self.card.ledger.get(id)
        return None if figure is None else figure.value

    def is_known(self, target: Target) -> bool:
        """Whether it can be said that a target was reached or missed."""
        if target.sign == "定性":
            return target.state in ("达成", "部分达成", "未达成")
        return target.target in self.card.ledger and target.achieved in self.card.ledger

    @cached_property
    def open_names(self) -> tuple[tuple[str, str], ...]:
        """Tasks, projects and targets that were not reached: (name, how it stands)."""
        rows = [] if self.case is None else [
            *((r.text("task"), r.text("status")) for r in self.case.rows("key_tasks") if r.text("status") in ("部分完成", "未完成")),
            *((r.text("name"), "没有按期完成") for r in self.case.rows("projects") if r.text("on_time") == "否"),
        ]  # fmt: skip
        rows += [(target.name, "没有达到年度指标值") for target in self.missed]
        return tuple((normal_term(name), how) for name, how in rows if len(name) >= 4)

    @cached_property
    def rates(self) -> tuple[Rate, ...]:
        """Every rate of the framework that has a value."""
        found = []
        for ratio in self.card.framework.ratios:
            figure = self.card.ledger.get(ratio.id)
            if figure is None or not ratio.value.is_rate:
                continue
            terms = tuple(normal_term(term) for term in (ratio.name, *ratio.terms))
            core = _CORE.sub("", terms[0])
            share = bool(_SHARE.search(ratio.name)) and ratio.value.ratio is not None and ratio.value.per is None
            found.append(
                Rate(figure, terms, core if len(core) >= 2 else "", self._short(ratio.id), self._lost(ratio.id), share)
            )
        return tuple(found)

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {leaf.indicator.id: leaf.indicator for leaf in self.card.framework.leaves()}

    def _short(self, id: str) -> bool:
        """Whether a part that this rate decides stays below its top band, or clearly below its full marks."""
        for leaf in self.card.leaves:
            for part, marks in zip(self._indicators[leaf.id].parts, leaf.parts, strict=True):
                if part.measure != id or marks.marks is None or part.rule.kind in ("judged", "target", "violations"):
                    continue
                top = marks.full_marks if isinstance(part.rule, Bands | Step) else marks.full_marks * _CLEARLY_SHORT
                if marks.marks < top:
                    return True
        return False

    def _lost(self, id: str) -> bool:
        """Whether a part that this rate decides by a proportion or by steps is below its full marks."""
        return any(
            part.measure == id and part.rule.kind in ("linear", "step")
            and marks.marks is not None and marks.marks < marks.full_marks
            for leaf in self.card.leaves for part, marks in zip(self._indicators[leaf.id].parts, leaf.parts, strict=True)
        )  # fmt: skip

    @cached_property
    def rate_terms(self) -> Terms:
        """All words under which a rate may be spoken of."""
        return Terms({word for rate in self.rates for word in (*rate.terms, rate.core)} - {""})

    @cached_property
    def leaf_rates(self) -> dict[str, tuple[str, Decimal]]:
        """Name of a leaf or node -> how it is called, and its 得分率 in %."""
        found: dict[str, tuple[str, Decimal]] = {}
        for node in self.card.framework.nodes():
            rate = self.card.ledger.get(f"rate.{node.id}")
            if rate is not None:
                found.setdefault(normal_term(node.name), (node.name, rate.value))
        return found

    @cached_property
    def leaf_terms(self) -> Terms:
        """The names of the indicators, and the longer words that hold one (项目预算执行率 is not 预算执行率)."""
        return Terms({*self.leaf_rates, *(term for rate in self.rates for term in rate.terms)})

    @cached_property
    def pairs(self) -> dict[str, list[Pair]]:
        """Item -> its pairs."""
        items: dict[tuple[str, str], list[Figure]] = {}
        for figure in self.card.ledger:
            if figure.items and not figure.subject and figure.scope.stage and figure.provenance.source != "paragraph":
                items.setdefault((figure.items[0], figure.base[1]), []).append(figure)
        found: dict[str, list[Pair]] = {}
        for (item, _), figures in items.items():
            now = next(
                (f for stage in _NOW for f in figures if f.scope.stage == stage and not f.id.startswith("carryover.")),
                None,
            )
            if now is None:
                continue
            terms = [normal_term(term) for term in now.items if term]
            for pair in _pairs(item, now, figures):
                for term in dict.fromkeys(terms):
                    found.setdefault(term, []).append(pair)
        return found

    @cached_property
    def pair_terms(self) -> Terms:
        """The words of the items that have a counterpart."""
        return Terms(self.pairs)

    def pairs_said(self, words: str, against: tuple[str, ...]) -> list[Pair]:
        """The pairs of the last item that these words name."""
        found = [hit for hit in self.pair_terms.find(normal_term(words)) if hit[0] not in _NO_ITEM]
        for item, _, _ in reversed(found):
            if pairs := [p for p in self.pairs[item] if p.against in against]:
                return pairs
        return []

    @cached_property
    def stages(self) -> dict[str, list[dict[str, Figure]]]:
        """Item -> its figures by stage; what is carried over apart."""
        groups: dict[tuple[str, str], dict[str, Figure]] = {}
        for figure in self.card.ledger:
            told = figure.items and not figure.subject and figure.provenance.source != "paragraph"
            if told and figure.scope.stage and not figure.id.startswith("carryover."):
                groups.setdefault((figure.items[0], figure.base[1]), {}).setdefault(figure.scope.stage, figure)
        found: dict[str, list[dict[str, Figure]]] = {}
        for group in groups.values():
            for term in {normal_term(item) for figure in group.values() for item in figure.items if item} - _NO_ITEM:
                found.setdefault(term, []).append(group)
        return found

    @cached_property
    def stage_terms(self) -> Terms:
        """The words of those items."""
        return Terms(self.stages)

    def item_said(self, words: str) -> str:
        """The last item that these words name."""
        found = self.stage_terms.find(normal_term(words))
        return found[-1][0] if found else ""


_NO_ITEM = frozenset("合计 总计 采购 编制 金额 在编".split())


def _pairs(item: str, now: Figure, figures: list[Figure]) -> Iterator[Pair]:
    for stage, against in _AGAINST:
        other = next((f for f in figures if f.scope.stage == stage), None)
        if other is not None and other is not now:
            yield Pair(item, now, other, against)


def missed(target: Target, card: Scorecard) -> bool:
    """Whether a target was not reached in its direction; not where a number is missing."""
    if target.sign == "定性":
        return target.state in ("部分达成", "未达成")
    wanted, got = card.ledger.get(target.target), card.ledger.get(target.achieved)
    return wanted is not None and got is not None and not met(target.sign, wanted.base[0], got.base[0])
