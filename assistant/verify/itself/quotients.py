"""Two amounts and the percentage said to be their quotient: which amounts can be meant, whether they give it, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.findings import Finding, Severity
from assistant.numbers import Mention, last_digit, to_places
from assistant.patterns import regex
from assistant.verify.itself.printed import Amount
from assistant.verify.itself.runs import Quantity, Run, name_in
from assistant.verify.reading.reading import Reading

MOST = 14
"""So many of the nearest amounts are tried."""
CHANGE = regex(
    r"比上年|上年|去年|同比|环比|增加|减少|增长|下降|节约|节余|超出|低于|高于|追加|调增|调减|核减|调剂|人均|每|标准|不[低高少超]|以[上下内]$"
)
_NO_AMOUNT = frozenset(("", "%", "个百分点", "分", "倍", "‰", "年", "天", "日"))
_BUDGET = regex(
    r"预算|计划|指标|目标|应|安排|下达|核定|编制|受理|收到|发放|发出|任务|总额|共有|项目|总数|总量|入库|抽检|检查|检测|验收|原值|总值"
)
_ACTUAL = regex(
    r"支出|执行|实际|完成|决算|支付|使用|办结|收回|回收|到位|开展|在用|实有|在编|在岗|整改|回复|缴|合格|达标"
)
_PLANNED = regex(r"(?:计划|应|拟|需|预计|目标)[^，]{0,3}(?:完成|支出|支付|办结|到位|收回|缴)")
_CLAUSE = regex(r"[，；。：,;:（）()、]")
_HUNDRED = Decimal(100)


class Wrong(NamedTuple):
    """A rate that its amounts do not give. `instead`: two other amounts that give it."""

    rate: Quantity
    part: Quantity
    wholes: Sequence[Quantity]
    severity: Severity
    instead: tuple[Quantity, Quantity] | None = None


def holds(rate: Mention, part: Amount, whole: Amount) -> bool:
    """Whether two amounts can give a printed percentage, its bound word allowed for: 约90% is 85% to 95%, 约93% 92.5% to 93.5%."""
    if rate.value is None or whole.low <= 0 or part.value < 0:
        return False
    slack = (last_digit(rate) if rate.bound == "about" else rate.step or Decimal(1)) / 2
    least = rate.value if rate.bound in ("above", "at_least") else rate.value - slack
    most = rate.value if rate.bound in ("below", "at_most") else rate.value + slack
    not_less = rate.bound in ("below", "at_most") or least * whole.low <= part.high * _HUNDRED
    return not_less and (rate.bound in ("above", "at_least") or part.low * _HUNDRED <= most * whole.high)


def amounts(quantities: Iterable[Quantity]) -> list[Quantity]:
    """The amounts that a percentage can be made of."""
    return [q for q in quantities if q.amount is not None and q.unit not in _NO_AMOUNT]


def near_of(earlier: Sequence[Run], run: Run) -> list[Quantity]:
    """The amounts that a percentage of a sentence can be of: its own and the last ones of the sentences before."""
    if all(quantity.unit != "%" for quantity in run):
        return []
    return [*amounts(q for r in earlier for q in r)[-MOST // 2 :], *amounts(run)[-MOST:]]


def pair_of(rate: Mention, parts: Sequence[Quantity], wholes: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """Two amounts that give a rate; only so many of the nearest are tried."""
    return next(
        (
            (a, b)
            for a in parts[-MOST:]
            for b in wholes[-MOST:]
            if a is not b and a.unit == b.unit and a.amount and b.amount and holds(rate, a.amount, b.amount)
        ),
        None,
    )


def clause_of(quantity: Quantity) -> str:
    """The words of its clause right before a number; where its clause begins with it, those behind; else the clause before."""
    *_, last = pieces = _CLAUSE.split(quantity.gap)
    behind = _CLAUSE.split(quantity.after, maxsplit=1)[0].strip()
    if behind and len(pieces) > 1 and not last.strip():
        return behind
    return next((piece.strip() for piece in reversed(pieces) if piece.strip()), "")


def side(name: str) -> str:
    """Whether a name is of what was planned (budget) or of what was done (actual), by the word nearest to the number; else ""."""
    if _PLANNED.search(name):
        return "budget"
    if "在用" in name:
        return "actual"
    budget = max((m.end() for m in _BUDGET.finditer(name)), default=-1)
    actual = max((m.end() for m in _ACTUAL.finditer(name)), default=-1)
    return "" if budget == actual else "budget" if budget > actual else "actual"


def told(reading: Reading, wrong: Wrong) -> Iterator[Finding]:
    """The finding for a percentage that its amounts do not give."""
    mention, part = wrong.rate.said.mention, wrong.part
    wholes = [w for w in wrong.wholes if w.amount and w.amount.value and w.amount.unit == part.unit]
    if part.amount is None or not wholes:
        return
    sums = "；".join(f"{part.amount.text}÷{w.amount.text}＝{_shown(part.amount, w.amount)}" for w in wholes if w.amount)
    only = wholes[0].amount
    sure = only is not None and len(wholes) == 1 and wrong.severity == "error"
    expected = shown_percent(mention.step, part.amount, only) if only and sure else ""
    here = reading.text.place(mention.start)
    places = sorted({reading.text.place(q.said.mention.start) for q in (part, *wholes)} - {here})
    beside = f"（金额见{'、'.join(places)}）" if places else ""
    other = wrong.instead
    instead = (
        f"；{mention.text}是{other[0].said.mention.text}÷{other[1].said.mention.text}，疑与另一项写混" if other else ""
    )
    name = name_in(wrong.rate.gap).rstrip("的") or "比率"
    yield Finding(
        "arithmetic", wrong.severity,
        f"{here}：{name}{mention.text}，按所列的数{sums}{beside}{instead}。请核对金额和比率，改正有误的数；若分母另有口径，请写明。",
        wrong.rate.said.words, mention.start, mention.end, expected,
    )  # fmt: skip


def _shown(part: Amount, whole: Amount) -> str:
    """The quotient as a message shows it: two decimals, no closing zeros."""
    exact = f"{to_places(part.value / whole.value * 100, 2):.2f}"
    return f"{exact.rstrip('0').rstrip('.')}%"


def shown_percent(step: Decimal | None, part: Amount, whole: Amount) -> str:
    """The quotient of two amounts, with as many decimals as a rate whose last digit is worth `step`."""
    exponent = (step or Decimal(1)).normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 2
    return f"{to_places(part.value / whole.value * 100, places):.{places}f}%"
