"""One cell -> an exact number, a text, nothing, or a refusal with its reason and remedy. Nothing is guessed.

Numbers become the 15-digit decimal that Excel shows, never a sum of floats. A unit may stand in the cell's text, in its number
format, or be declared for its column or sheet; conversion is exact.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, localcontext
from typing import Literal

from assistant.numbers import base, compatible_units
from assistant.patterns import regex
from assistant.rules import show

_BLANK_WORDS = frozenset(
    {"—", "——", "-", "--", "－", "/", "／", "\\", "无", "没有", "暂无", "不适用", "N/A", "n/a", "NA", "空", "…", "……"}
)
NONE_WORDS = frozenset({"无", "没有", "暂无", "不适用", "N/A", "n/a", "NA"})
"""Of the blank words those that say that there is nothing; a stroke says nothing at all."""
_ERRORS = regex(r"#(REF!|DIV/0!|VALUE!|NAME\?|N/A|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|UNKNOWN!)")
_NUMBER = regex(
    r"(?P<sign>[+-]?)\s*(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?P<places>\.[0-9]+)?\s*(?P<unit>[^\d.,+\-]*)"
)
_QUOTED = regex(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_UNIT_IN_FORMAT = regex(r"亿元|百万元|万元|千元|元|亿|万|人|件|套|个|部")
_SCALED = regex(r"[0#?],+(?![0#?,])|[!\\]\.|\\,")
_MONEY_MARK = "¥"
_HIGHEST_SHARE = Decimal("1.5")
_HIGHEST_RATE = Decimal(1000)
_MOST_DIGITS = 24
_SHOWN = Context(prec=15)
"""Excel shows 15 significant digits of a number."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as both readings saw it: `value` stored or calculated, `formula` its text if it has one."""

    sheet: str
    address: str
    value: object
    formula: str = ""
    number_format: str = "General"
    is_error: bool = False

    @property
    def place(self) -> str:
        """3 收支决算!C5."""
        return f"{self.sheet}!{self.address}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a cell was not used, and what to do."""

    code: Literal["unreadable", "missing", "wrong_unit"]
    reason: str
    remedy: str


def invisible(text: str) -> int:
    """How many zero-width and direction marks stand in it."""
    return sum(unicodedata.category(char) == "Cf" for char in text)


def plain(value: object) -> str:
    """A cell's text without invisible marks and control characters; line breaks stay."""
    text = str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    if text.isprintable():  # nothing of all that, as in nearly every cell
        return text.strip()
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in ("Cf", "Cc", "Cs"))
    return "\n".join(line.strip() for line in "".join(kept).split("\n")).strip()


def is_blank(cell: Cell) -> bool:
    """Nothing there, or white space only. A formula is never blank."""
    return not cell.formula and (cell.value is None or (isinstance(cell.value, str) and not plain(cell.value)))


def trouble(cell: Cell) -> Refusal | None:
    """What makes a cell unusable whatever should stand in it."""
    if cell.is_error or (isinstance(cell.value, str) and _ERRORS.fullmatch(cell.value.strip().upper())):
        return Refusal("unreadable", f"公式出错（{cell.value}）", "请改正公式或直接填写结果")
    if cell.formula and cell.value is None:
        return Refusal("unreadable", "公式没有计算结果", "请用 Excel 或 WPS 打开工作簿，保存一次再交；或直接填写结果")
    if cell.formula and isinstance(cell.value, str) and not plain(cell.value):
        return Refusal("missing", "公式的结果是空的", "请改正公式或直接填写结果")
    return None


def text_of(cell: Cell) -> str | Refusal | None:
    """The cell as text; None where it is blank."""
    if is_blank(cell):
        return None
    if problem := trouble(cell):
        return problem
    value = cell.value
    if isinstance(value, bool):
        return Refusal("unreadable", f"填的是逻辑值 {str(value).upper()}", "请填写文字")
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, (time, timedelta)):
        return Refusal("unreadable", "填的是时间", "请把单元格格式改为文本后重新填写")
    if isinstance(value, Decimal):
        number = _exact(value)
        if isinstance(number, Refusal):
            return number
        return f"{show(number.scaleb(2))}%" if _format_of(cell)[1] else show(number)
    return plain(value)


def choice_of(cell: Cell, choices: tuple[str, ...]) -> str | Refusal | None:
    """One of the choices."""
    text = text_of(cell)
    if not isinstance(text, str):
        return text
    joined = "".join(text.split())
    for choice in choices:
        if "".join(choice.split()) == joined:
            return choice
    return Refusal("unreadable", f"“{_short(text)}”不是可选的回答", f"请从下拉表中选择：{'、'.join(choices)}")


def number_of(cell: Cell, unit: str, declared: str = "") -> Decimal | Refusal | None:
    """The number in `unit`; None where the cell is blank.

    `declared` is the unit of the column or sheet, which a bare number is in; the cell's own unit goes before it.
    """
    if is_blank(cell):
        return None
    if problem := trouble(cell) or _not_a_number(cell):
        return problem
    if isinstance(cell.value, str):
        found = _written(cell.value)
        share = False
    else:
        found, share = _stored(cell)
    if isinstance(found, Refusal):
        return found
    value, own = found
    if unit == "%":
        return _rate(value, own, share)
    if share:
        return Refusal("wrong_unit", f"填的是百分数（{show(value.scaleb(2))}%）", f"这里的单位是{unit}，请填数值")
    return _convert(value, own, declared or unit, unit)


def whole_of(cell: Cell, unit: str, declared: str = "") -> Decimal | Refusal | None:
    """The same, where only whole numbers make sense."""
    value = number_of(cell, unit, declared)
    if isinstance(value, Decimal) and value != value.to_integral_value():
        return Refusal("unreadable", f"{show(value)}{unit}不是整数", "这里要填整数，请核对")
    return value


def mark_of(cell: Cell, most: Decimal | None) -> Decimal | Refusal | None:
    """A mark between 0 and the full marks; None: it may be any (marks on top of the base have no printed limit)."""
    value = number_of(cell, "分")
    if isinstance(value, Decimal) and most is not None and not 0 <= value <= most:
        return Refusal("unreadable", f"得分 {show(value)} 不在 0 至 {show(most)} 分之间", "请核对后重新填写")
    return value


def year_of(cell: Cell) -> Decimal | Refusal | None:
    """A year: 2020, 2020年, 2020年度."""
    text = text_of(cell)
    if not isinstance(text, str):
        return text
    found = re.fullmatch(r"(20\d\d)\s*(?:年度?)?", unicodedata.normalize("NFKC", text))
    return Decimal(found[1]) if found else Refusal("unreadable", f"“{_short(text)}”不是年份", "请填四位年份，如 2020")


def free_number(cell: Cell, unit: str) -> tuple[Decimal, str] | Refusal | None:
    """A number whose unit the user chose (a target): the value with its unit, or None where it is a text or blank."""
    if is_blank(cell):
        return None
    if problem := trouble(cell):
        return problem
    own = ""
    if isinstance(cell.value, str):
        written = _written(cell.value)
        if isinstance(written, Refusal):
            return None
        own = written[1]
    elif isinstance(cell.value, date):
        return None
    else:
        words, share, _ = _format_of(cell)
        own = "%" if share else words
    said = unit or own
    value = number_of(cell, said, said)
    return value if value is None or isinstance(value, Refusal) else (value, said)


def _not_a_number(cell: Cell) -> Refusal | None:
    value = cell.value
    if isinstance(value, bool):
        return Refusal("unreadable", f"填的是逻辑值 {str(value).upper()}", "请填数字")
    if isinstance(value, (datetime, date, time, timedelta)):
        return Refusal("unreadable", f"填的是日期或时间（{value}）", "请把单元格格式改为数值，重新填写数字")
    if isinstance(value, str) and plain(value) in _BLANK_WORDS:
        return Refusal(
            "missing", f"填的是“{plain(value)}”，看不出是 0 还是没有数据", "没有发生的请填 0，没有数据的请留空"
        )
    return None


def _exact(value: Decimal) -> Decimal | Refusal:
    """The decimal that Excel shows."""
    if not value.is_finite() or abs(value) >= Decimal(10) ** 18:
        return Refusal("unreadable", f"数值 {value} 过大", "请核对后重新填写")
    return _tidy(_SHOWN.plus(value))


def _tidy(value: Decimal) -> Decimal:
    """Without exponent and trailing zeros, so that equal cells give equal figures."""
    return Decimal(show(value))


def _stored(cell: Cell) -> tuple[tuple[Decimal, str] | Refusal, bool]:
    """A number cell: its value with the unit of its number format, and whether it is shown as a percentage."""
    if not isinstance(cell.value, Decimal):
        return Refusal("unreadable", f"“{_short(str(cell.value))}”不是数", "请填数字"), False
    number = _exact(cell.value)
    if isinstance(number, Refusal):
        return number, False
    unit, share, scaled = _format_of(cell)
    if scaled:
        reason = f"数字格式（{cell.number_format}）按缩小后的数显示，看不出是哪个数"
        return Refusal("wrong_unit", reason, "请把单元格格式改为常规，按本表的单位重新填写"), False
    return (number, unit), share


def _format_of(cell: Cell) -> tuple[str, bool, bool]:
    """What the number format says: a unit in words, a percentage, a display scaled down."""
    section = cell.number_format.split(";")[0]
    bare = _QUOTED.sub("", section)
    words = "".join(a or b or "" for a, b in _QUOTED.findall(section)) + "".join(c for c in bare if ord(c) > 0x2E80)
    unit = _UNIT_IN_FORMAT.search(words)
    return unit[0] if unit else "", "%" in bare, bool(_SCALED.search(re.sub(r'"[^"]*"', "", section)))


def _written(text: str) -> tuple[Decimal, str] | Refusal:
    """A number written as text, with the unit it was written with. Words of bound (约, 超) are refused."""
    refusal = Refusal(
        "unreadable",
        f"“{_short(plain(text))}”不能读作一个数",
        "请只填一个阿拉伯数字，要带单位的写成 8357.72万元 或 83577200元",
    )
    folded = " ".join(unicodedata.normalize("NFKC", plain(text)).split())
    marked = folded.startswith(_MONEY_MARK)
    found = _NUMBER.fullmatch(folded.removeprefix(_MONEY_MARK).strip())
    if found is None:
        return refusal
    unit = "".join(found["unit"].split())
    if marked and not unit:
        return Refusal("wrong_unit", f"“{_short(plain(text))}”没有写清是元还是万元", "请在数后写明单位，或去掉 ¥")
    digits = found["whole"].replace(",", "").replace(" ", "") + (found["places"] or "")
    if len(digits) > _MOST_DIGITS:
        return refusal
    return _tidy(Decimal(found["sign"] + digits)), unit


def _rate(value: Decimal, own: str, share: bool) -> Decimal | Refusal:
    if share:
        value = _tidy(value.scaleb(2))
    elif own not in ("", "%"):
        return Refusal("wrong_unit", f"单位“{own}”不对", "这里要填百分数，如 97.87 或 97.87%")
    elif own == "" and 0 < abs(value) <= _HIGHEST_SHARE:
        reason = f"填的是 {show(value)}，看不出是 {show(value)}% 还是 {show(_tidy(value.scaleb(2)))}%"
        return Refusal("wrong_unit", reason, "请写明百分号，如 97.87%")
    if abs(value) > _HIGHEST_RATE:
        return Refusal("wrong_unit", f"{show(value)}% 过大", "请核对，写成 97.87 或 97.87%")
    return value


def _convert(value: Decimal, own: str, declared: str, unit: str) -> Decimal | Refusal:
    said = own or declared
    if said == unit:
        return value
    factor, name = base(Decimal(1), said)
    if not compatible_units(said, unit):
        return Refusal("wrong_unit", f"单位“{said}”不对，这里的单位是{unit}", f"请按{unit}填写，或在数后写明单位")
    home, unit_name = base(Decimal(1), unit)
    if not name and unit_name == "元":
        return Refusal("wrong_unit", f"单位“{said}”没有写全", f"请写成{said}元，或按{unit}填写")
    with localcontext() as context:
        context.prec = 60
        return _tidy(value * factor / home)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 30 else flat[:29] + "…"
