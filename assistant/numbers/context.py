"""The words around a number that bound it (超, 近, 以上), give its direction (下降), or put it in quotes.

All looking back and ahead is over a few characters, so the time per number does not depend on the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from assistant.numbers.mention import Bound, Direction
from assistant.patterns import regex

_BEFORE: dict[str, Bound] = {
    **dict.fromkeys("约 ≈ 大约 约为 约占 约有 大概 大致 将约".split(), "about"),
    **dict.fromkeys(
        "超 超过 超出 超额 逾 突破 多于 大于 高于 优于 > ＞ 超逾 已超 不止 不下 不下于 突破了 超过了".split(), "above"
    ),
    **dict.fromkeys(
        "近 将近 接近 接近于 不足 不到 不满 未满 未达 未达到 没达到 没有达到 未能达到 没能达到 低于 少于 小于 < ＜".split(),
        "below",
    ),
    **dict.fromkeys(
        "不低于 未低于 不少于 不小于 不得低于 不得少于 至少 最少 最低 起码 ≥ ⩾ ≧ \\geq \\ge >= ＞＝ ＞= 大于等于 大于或等于".split(),
        "at_least",
    ),
    **dict.fromkeys(
        "不超过 未超过 没有超过 未突破 没有突破 不超 未超 不高于 不大于 不多于 不得超过 不得高于 至多 最多 最高 ≤ ⩽ ≦ \\leq \\le <= ＜＝ ＜= 小于等于 小于或等于".split(),
        "at_most",
    ),
}


def _by_last(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Group words by their last character, the longest first."""
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        groups.setdefault(word[-1], []).append(word)
    return {last: tuple(group) for last, group in groups.items()}


_BEFORE_BY_LAST = _by_last(_BEFORE)
_OTHER_WORDS = {
    "约": frozenset("节合预签公违条特履制集简契赴和邀"),
    "近": frozenset("最附临邻就远贴亲靠拉新"),
    "超": frozenset("反赶高"),
    "最高": frozenset("史年期来"),
    "最低": frozenset("史年期来"),
    ">": frozenset('abcdefghijklmnopqrstuvwxyz"/-='),
}
"""After these characters, a bound word is the end of another word (节约, 最近) or of a tag or an arrow."""
_RECENT = frozenset("年 个月 天 日 周 学年 季度 学期".split())
_HUNDREDS = frozenset("百千万")
"""近百年 is no recent time."""
_LASTING = ("历时", "用时", "耗时", "长达", "为期", "历经", "达")

_AFTER = regex(
    r"[ \u3000]?(?:[（(](?P<edge>不?含)(?:本数|[0-9.]{1,8}[%分]?)?[）)])?"
    r"(?:(?P<above>及?以上|之上|有余|之多|出头|开外|挂零|余(?=[，。；、）)\n]|$)|多(?=[，。；、）)\n的]|$))|(?P<below>及?以下|之下|不到(?=[，。；、）)\n的]|$))"
    r"|(?P<at_most>以内(?!部)|之内)|(?P<about>左右(?![岸侧两])|上下(?![调浮半级班游楼功文联])))"
)
_INCLUDED = regex("[（(]含[^不，。；]{0,8}[）)]")
_AFTER_FIRST = frozenset(" \u3000（(及以之有余多不出开挂左上")
_FACING = regex(r"[ \u3000]?(?P<sign>[≤≥＜＞<>⩽⩾≦≧][=＝]?)(?![ \u3000]?[0-9]|[/a-z])")
_FACING_FIRST = frozenset(" ≤≥＜＞<>⩽⩾≦≧")
_MIRRORED: dict[str, Bound] = {
    "≤": "at_least",
    "⩽": "at_least",
    "≦": "at_least",
    "≥": "at_most",
    "⩾": "at_most",
    "≧": "at_most",
}

_UP = "增长 增加 上升 提高 提升 上涨 增收 增支 增多 增高 净增 激增 猛增 递增 攀升 跃升 上浮 上调 调增 扩大 增 升 涨 高出 多出 增幅 涨幅 升幅 增长幅度 增加幅度 上升幅度 提高幅度 加快 ↑".split()
_DOWN = "负增长 下降 减少 降低 下滑 下跌 压减 压缩 缩减 缩短 削减 核减 调减 减收 减支 节支 精简 节减 锐减 骤降 递减 回落 下浮 下调 收窄 萎缩 降幅 减幅 跌幅 下降幅度 减少幅度 降低幅度 放缓 降 减 跌 ↓".split()
_DIRECTIONS: dict[str, Direction] = {**dict.fromkeys(_UP, "up"), **dict.fromkeys(_DOWN, "down")}
_DIRECTIONS_BY_LAST = _by_last(_DIRECTIONS)
_TURNS = _DIRECTIONS_BY_LAST.keys() | frozenset("了达为在多少高低")
_COMPARED: dict[str, Direction] = {"多": "up", "高": "up", "少": "down", "低": "down"}
_NO_DIRECTION = tuple("新增 倍增 增减 加减 升降 起降 涨跌 较高 较多 较少 较低 不少 不多 不高 不低 至少 最多".split())

_BLANKS = " \u3000\u00a0"
_SPACES = frozenset(_BLANKS)
_MAYBE_AFTER = (_AFTER_FIRST | _FACING_FIRST) - _SPACES

_QUOTED = 20
"""A phrase in quotes that is longer than this is a quotation, not a name."""
_SENTENCE_ENDS = regex("[。；;!！?？\n]")

_HEAD = regex(r"(?:^|[\n\t。；;：:！？!?，,…》】]|[%分元）)”][ \u3000]|<[a-z/]{1,4}>)[ \u3000\u00a0#*>_“\"\-]*$")


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one; nothing (the end of the text) is not."""
    return "一" <= char <= "龥"


def at_head(text: str, start: int) -> bool:
    """Whether a line, a cell, or a clause begins at `start`, marks such as # and “ aside."""
    return _HEAD.search(text, max(0, start - 12), start) is not None


class Bounds(NamedTuple):
    """How a number is bounded, whether the bound includes it, and where the number begins with its bound word."""

    bound: Bound
    inclusive: bool
    start: int


def said_of(text: str, start: int, end: int, unit: str) -> tuple[Bound, Direction, bool]:
    """Return the bound and the direction that the words around a number give it, and whether the bound includes it."""
    before, following = text[start - 1 : start], text[end : end + 1]
    if before in _SPACES:
        before = text[max(0, start - 3) : start].rstrip(_BLANKS)[-1:]
    if following in _SPACES:
        following = text[end + 1 : end + 2]
    if before not in _BEFORE_BY_LAST and following not in _MAYBE_AFTER:
        return "", (direction(text, start) if before in _TURNS else ""), False
    said = bounds(text, start, end, unit)
    return said.bound, direction(text, said.start), said.inclusive


def bounds(text: str, start: int, end: int, unit: str) -> Bounds:
    """Read the bound words before `start` and after `end`; with none, the bound is empty."""
    bound, begin = _bound_before(text, start, unit)
    following = text[end : end + 1]
    if bound:
        included = bound in ("at_least", "at_most") or (following in "（(" and _INCLUDED.match(text, end) is not None)
        return Bounds(bound, included, begin)
    if following in _AFTER_FIRST and (after := _AFTER.match(text, end)) and after.lastgroup:
        word: Bound = after.lastgroup  # type: ignore[assignment]
        return Bounds(word, after["edge"] != "不含" and after[0].endswith(("以上", "以下", "以内", "之内")), start)
    if following in _FACING_FIRST and (facing := _FACING.match(text, end)):
        sign = facing["sign"]
        inclusive = len(sign) > 1 or sign in _MIRRORED
        less = sign[0] in "<＜≤⩽≦"
        mirrored: Bound = _MIRRORED.get(sign[0]) or (
            ("at_least" if less else "at_most") if inclusive else ("above" if less else "below")
        )
        return Bounds(mirrored, inclusive, start)
    return Bounds("", False, start)


def _bound_before(text: str, start: int, unit: str) -> tuple[Bound, int]:
    """Read the bound word that ends at `start`, and return where it begins."""
    stop = _skip_spaces_back(text, start)
    words = _BEFORE_BY_LAST.get(text[stop - 1 : stop], ())
    for word in words if text.endswith(words, 0, stop) else ():
        if not text.endswith(word, 0, stop):
            continue
        begin = stop - len(word)
        previous = text[begin - 1 : begin]
        if previous == "每" or previous in _OTHER_WORDS.get(word, ()):
            return "", start
        if (
            word == "近"
            and unit in _RECENT
            and text[start] not in _HUNDREDS
            and not text.endswith(_LASTING, max(0, stop - 4), stop - 1)
        ):
            return "", start
        return _BEFORE[word], begin
    return "", start


def direction(text: str, start: int) -> Direction:
    """Read the direction that is said of the number at `start` (its bound word included): 下降了20%, 同比增长约5%."""
    stop = _skip_spaces_back(text, start)
    if text[stop - 1 : stop] not in _TURNS or not stop:
        return ""
    if text[stop - 1] in "了达" or text.endswith(("幅为", "幅在", "幅度为", "幅度在"), 0, stop):
        stop = _skip_spaces_back(text, stop - 1)
    if text.endswith(_NO_DIRECTION, max(0, stop - 2), stop):
        return ""
    for word in _DIRECTIONS_BY_LAST.get(text[stop - 1 : stop], ()):
        if text.endswith(word, 0, stop):
            return "" if text.endswith("每", 0, stop - len(word)) else _DIRECTIONS[word]
    compared = _COMPARED.get(text[stop - 1 : stop])
    window = text[max(0, stop - 12) : stop]
    return compared if compared and ("比" in window or "较" in window) else ""


def _skip_spaces_back(text: str, pos: int) -> int:
    """Return `pos` before at most two spaces."""
    for _ in range(2):
        if text[pos - 1 : pos] in _SPACES:
            pos -= 1
    return pos


def quoted(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span inside the quotes around a number, if they hold a short name such as “四个意识”."""
    window = text[max(0, start - _QUOTED) : end + _QUOTED]
    inside = min(start, _QUOTED)
    opened = window.rfind("“", 0, inside)
    if opened < 0 or window.find("”", opened, inside) >= 0:
        return None
    closed = window.find("”", inside)
    if closed < 0 or closed - opened > _QUOTED + 1 or _SENTENCE_ENDS.search(window, opened, closed):
        return None
    offset = start - inside
    return opened + 1 + offset, closed + offset
