"""审核意见: the findings on a submission as a reviewer writes them, held against the opinions that the unit had before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.documents import Text
from assistant.findings import Finding, Severity
from assistant.patterns import regex
from assistant.reviewing.checked import Checked
from assistant.reviewing.rules import ReviewRules

State = Literal["未报", "已报", "退回", "复核通过"]
Outcome = Literal["已改", "未改", "未核对"]
_ORDER = {"error": 0, "warning": 1, "info": 2}
_LEAD = regex(r"^[：:，,、的\s]+")
_MEND = regex(r"(?<=[。；）])[^。；）]{0,60}请[^。]{1,200}。")
_OF_FIGURES = ("arithmetic", "contradiction")
_PLACES = regex(r"“[^”]{1,80}”(?:一节|(?=第\d))|第\d+[页段行列]|表\d+")
_FIGURE = regex(r"\d[\d,]*(?:\.\d+)?")
_NAMED = regex(r"“([^”]{1,40})”")
_ELSE = {"unreadable": "请换成能读、可以上报的文件再报。"}
_VARYING = regex(r"[\d\s，。、：；“”‘’（）().,…%]+")


@dataclass(frozen=True, slots=True)
class Item:
    """One opinion. `rule`: the number of the rule, 0 where none speaks to it; `outcome`: against the last opinions, "" at the first review."""

    number: int
    severity: Severity
    code: str
    place: str
    problem: str
    rule: int
    rule_title: str
    mend: str
    quote: str
    sends_back: bool
    outcome: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """By which it is known again: its kind and its words without numbers, for these move as a report is mended."""
        return self.code, _VARYING.sub("", self.problem)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An opinion of the last review and what became of it; 未核对: 雷同 with a report that is not in this batch."""

    number: int
    place: str
    problem: str
    outcome: Outcome


@dataclass(frozen=True)
class Opinion:
    """All that is told one unit. `round`: which review it is, from 1; `unchanged`: the file is the one of the last review; `carried`: the unit
    handed in nothing since, and all of it is the last review's."""

    unit: str
    file: str
    year: str
    total: str
    grade: str
    state: State
    round: int
    digest: str
    with_case: bool
    items: tuple[Item, ...]
    earlier: tuple[Earlier, ...] = ()
    unchanged: bool = False
    remark: str = ""
    carried: bool = False

    def count(self, severity: Severity) -> int:
        """How many items are of this severity."""
        return sum(item.severity == severity for item in self.items)

    def to_json(self) -> dict[str, Any]:
        """As it is written beside the docx, and read again at the next review."""
        return asdict(self)


def opinion(
    checked: Checked,
    rules: ReviewRules,
    last: dict[str, Any] | None,
    remark: str = "",
    compared: Collection[str] = (),
) -> Opinion:
    """The opinion on a submission.

    `last`: the unit's opinion of the review before (`to_json`), None at the first; `compared`: whose reports it was held against.
    """
    items = _items(checked, rules)
    before = _before(last)
    earlier, known = _held_against(items, before, compared)
    if last is not None:
        items = [_marked(item, item.key in known) for item in items]
    files = [path.name for path in (checked.submission.report, *checked.submission.sheets) if path is not None]
    return Opinion(
        unit=checked.unit,
        file="、".join(files),
        year=checked.year,
        total=checked.total,
        grade=checked.grade,
        state=_state(items, earlier, last is not None),
        round=(int(last.get("round", 0)) if last else 0) + 1,
        digest=checked.digest,
        with_case=checked.with_case,
        items=tuple(items),
        earlier=tuple(earlier),
        unchanged=bool(last and checked.digest and last.get("digest") == checked.digest),
        remark=remark,
    )


def carried(last: dict[str, Any]) -> Opinion:
    """The opinion of the last review for a unit that handed in nothing this time."""
    values = last | {
        "items": tuple(Item(**one) for one in last["items"]),
        "earlier": tuple(Earlier(**one) for one in last["earlier"]),
        "remark": f"本次没有再报，仍是第{last['round']}次审核的结果",
        "carried": True,
    }
    return Opinion(**{name: values[name] for name in Opinion.__dataclass_fields__})


def _items(checked: Checked, rules: ReviewRules) -> list[Item]:
    """The findings in order of severity and place, numbered; what several of them say alike is told once, with all places."""
    ranked = sorted(checked.findings, key=lambda f: (not rules.sends_back(f), _ORDER[f.severity], f.start))
    alike: list[list[Finding]] = []
    for finding in ranked:
        same = next((group for group in alike if _says_the_same(group[0], finding, checked.whole)), None)
        if same is None:
            alike.append([finding])
        else:
            same.append(finding)
    return [_item(number, group, checked.whole, rules) for number, group in enumerate(alike, 1)]


def _says_the_same(one: Finding, other: Finding, text: Text | None) -> bool:
    """Whether it is one fault: the same figures at odds in two tables, or two sums over the figures of one paragraph."""
    if (one.code, one.severity) != (other.code, other.severity) or one.code not in _OF_FIGURES:
        return False
    own, others = (frozenset(_FIGURE.findall(_PLACES.sub("", f.message))) for f in (one, other))
    if _place(one, text) == _place(other, text):
        return len(own & others) * 3 >= min(len(own), len(others)) * 2 > 0
    named = (frozenset(_NAMED.findall(_PLACES.sub("", f.message))) for f in (one, other))
    return len(own) > 1 and own == others and len(set(named)) == 1


def _item(number: int, alike: Sequence[Finding], text: Text | None, rules: ReviewRules) -> Item:
    finding = alike[0]
    rule, usual = rules.rule_of(finding) or (None, "")
    place = _place(finding, text)
    elsewhere = dict.fromkeys(where for one in alike[1:] if (where := _place(one, text)) != place)
    words = finding.message.strip()
    for known in (place, text.name if text is not None else ""):
        words = _LEAD.sub("", words.removeprefix(known)) if known else words
    mends = _MEND.search(words)
    problem = words[: mends.start()] if mends else words
    mend = words[mends.start() :] if mends else f"{usual}。" if usual else _ELSE.get(finding.code, "请核对并改正。")
    return Item(
        number,
        finding.severity,
        finding.code,
        place,
        f"{problem.rstrip('。')}；{'、'.join(elsewhere)}也是如此。" if elsewhere else problem,
        rule.number if rule else 0,
        rule.title if rule else "其他",
        mend,
        finding.quote,
        rules.sends_back(finding),
    )


def _place(finding: Finding, text: Text | None) -> str:
    return text.place(finding.start) if text is not None and finding.end else "全文"


def _marked(item: Item, known: bool) -> Item:
    values = asdict(item)
    values["outcome"] = "未改" if known else "新增"
    return Item(**values)


def _before(last: dict[str, Any] | None) -> list[Item]:
    """The opinions of the last review that asked for something."""
    if not last:
        return []
    return [Item(**one) for one in last.get("items", []) if one.get("severity") != "info"]


def _held_against(
    items: Sequence[Item], before: Sequence[Item], compared: Collection[str]
) -> tuple[list[Earlier], set[tuple[str, str]]]:
    """What became of each earlier opinion, and the keys of those of now that were there before."""
    now = Counter(item.key for item in items)
    quoted = {(item.code, item.quote): item.key for item in items if item.quote}
    earlier, known = [], set()
    for item in before:
        key = item.key if now[item.key] > 0 else quoted.get((item.code, item.quote))
        outcome: Outcome = "已改"
        if key is not None and now[key] > 0:
            now[key] -= 1
            known.add(key)
            outcome = "未改"
        elif item.code == "similarity" and not any(f"与{name}" in item.problem for name in compared):
            outcome = "未核对"
        earlier.append(Earlier(item.number, item.place, item.problem, outcome))
    return earlier, known


def _state(items: Sequence[Item], earlier: Sequence[Earlier], again: bool) -> State:
    """退回 where something sends it back; 复核通过 where nothing is left of what was asked; else 已报: a person decides."""
    if any(item.sends_back for item in items):
        return "退回"
    left = [one for one in earlier if one.outcome != "已改"] if again else [i for i in items if i.severity != "info"]
    return "已报" if left else "复核通过"
