"""Texts made to be slow: the time for four times the length, and for a megabyte."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from assistant.documents import Text
from assistant.errors import InputError
from assistant.numbers import find_numbers
from assistant.verify import check_alone
from evals.clock import show, uncollected
from evals.hostile import hostile_strings
from evals.results import Table
from evals.suites.speed_samples import as_text

MOST_A_FOURFOLD = 6.0
LIMIT = 120.0
"""What would take longer than so many seconds by how it has grown so far is not run, and has failed."""
T = TypeVar("T")
LONG = 3.0
"""What takes so many seconds is not run again."""
SHORTEST = 0.005
"""What is shorter than this is taken for this: growth from nothing says nothing."""
_COLUMNS = ("内容", "全长用时", "四倍长度", "预算", "结论")


class Measured(NamedTuple):
    """A table, its figures, and what was too slow."""

    table: Table
    figures: dict[str, str]
    misses: tuple[str, ...]


def hostile_documents(size: int) -> dict[str, str]:
    """Documents of about that many characters, each of a shape that invites work for every pair of its parts."""
    clause, row = "完成投资12.5万元，比上年增长3.2%，", "基本支出\t1,234.50\t97.8%\n"
    wide = "\t".join(f"{n}万元" for n in range(size // 14))
    return {
        "一行到底，没有句号": clause * (size // len(clause)),
        "一段里的许多句": "全年支出12.5万元，完成项目35个。" * (size // 18),
        "许多短行": "完成35项。\n" * (size // 7),
        "许多行的表": "项目\t金额\t占比\n" + row * (size // len(row)),
        "一行极宽的表": f"{'项目' + chr(9) * 3}\n{wide}\n{wide}\n",
        "层层括号": "（" * (size // 2) + "12.5万元" + "）" * (size // 2),
        "重复的同一句": "各项工作圆满完成，全年支出12.5万元。\n" * (size // 20),
        "不收尾的待补和引号": "【待补：《“[[{{（此处" * (size // 14),
        "每句都与自己相反": "由12万元增加到10万元，比上年减少；" * (size // 19),
        "许多小标题": "".join(f"（{'一二三四五'[n % 5]}）第{n}项工作\n" for n in range(size // 11)),
        "许多年份和“分别”": "2021年收入、支出、结余分别为1万元、2万元、3万元、" * (size // 29),
    }


def hostile(size: int, thorough: bool) -> list[Measured]:
    """Strings read, documents checked, and where there is time the strings checked too, at a quarter of the length."""
    gc.collect()
    gc.freeze()  # what lives by now is not looked through again before each of some hundreds of runs
    try:
        measured = [
            _measured(f"找数：刁难的字符串，{size:,}字", find_numbers, _by_size(hostile_strings, size)),
            _measured(f"核对：刁难的文档，{size:,}字", _checked, _documents(hostile_documents, size)),
        ]
        if thorough:
            strings = _documents(hostile_strings, size // 4)
            measured.append(_measured(f"核对：刁难的字符串，{size // 4:,}字", _checked, strings))
    finally:
        gc.unfreeze()
    return measured


def _by_size(make: Callable[[int], dict[str, str]], size: int) -> dict[str, tuple[str, ...]]:
    """Each text at a sixteenth of the length, a quarter, and the whole."""
    sizes = [make(size // share) for share in (16, 4, 1)]
    return {name: tuple(texts[name] for texts in sizes) for name in sizes[0]}


def _documents(make: Callable[[int], dict[str, str]], size: int) -> dict[str, tuple[Text | None, ...]]:
    return {name: tuple(map(_document, texts)) for name, texts in _by_size(make, size).items()}


def _measured(title: str, work: Callable[[T], object], texts: Mapping[str, Sequence[T]]) -> Measured:
    rows: list[tuple[str, ...]] = []
    figures: dict[str, str] = {}
    misses: list[str] = []
    for name, by_size in texts.items():
        took, times = _timed(work, *by_size)
        good = times is not None and times <= MOST_A_FOURFOLD
        told = "太慢，没有再测" if times is None else f"{times:.1f}倍"
        rows.append((name, took, told, f"最多{MOST_A_FOURFOLD:g}倍", "达到" if good else "未达到"))
        figures[f"{title}：{name}"] = "" if times is None else f"{times:.2f}"
        if not good:
            misses.append(f"{title}：{name}：{took}，{told}")
    note = f"从四分之一到全长时间是几倍，成比例为4倍；短于{show(SHORTEST)}的按{show(SHORTEST)}算。不计垃圾回收。"
    return Measured(Table(title, _COLUMNS, tuple(rows), (note,)), figures, tuple(misses))


def _document(words: str) -> Text | None:
    """The words as a document; None where they are refused as no text."""
    try:
        return as_text(words.encode("utf-8", "replace").decode("utf-8"))
    except InputError:
        return None


def _checked(text: Text | None) -> object:
    return check_alone(text) if text is not None and text.blocks else None


def _timed(work: Callable[[T], object], tiny: T, small: T, large: T) -> tuple[str, float | None]:
    """Seconds for the large one as words, and how many times as long as the small one it takes; None: not run, too slow."""
    first = uncollected(lambda: work(tiny))
    if first * 64 > LIMIT:
        return f"十六分之一的长度已用{show(first)}", None
    before = uncollected(lambda: work(small))
    if before * 16 > LIMIT:
        return f"四分之一的长度已用{show(before)}", None
    after = uncollected(lambda: work(large))
    if after < LONG:  # in turns, so that a slow moment of the machine does not look like growth
        before = min(before, uncollected(lambda: work(small)))
        after = min(after, uncollected(lambda: work(large)))
    return show(after), after / max(before, SHORTEST)
