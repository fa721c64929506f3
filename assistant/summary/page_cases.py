"""The cases on the page: the list, which the reader puts in another order without a script, and what is to do for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from assistant.rules import show
from assistant.summary.first import STATES, State, Verdict, step_of
from assistant.summary.links import link_to
from assistant.summary.overview import NOBODY
from assistant.summary.tasks import Task
from assistant.summary.words import SEVERITIES, marks_text, percent

_PARTIAL = "<br><small>不全</small>"
_SHOWN = 6
"""So many things to do are shown of a case at once; the others open."""
_ORDERS: tuple[tuple[str, str, str, Callable[[Verdict], Any]], ...] = (
    ("first", "f", "先后", lambda verdict: 0),
    ("marks", "m", "得分率低的在前", lambda verdict: -1 if verdict.outcome.rate is None else verdict.outcome.rate),
    ("lost", "l", "扣分多的在前", lambda verdict: -verdict.outcome.lost_marks),
    ("open", "o", "待补多的在前", lambda verdict: -verdict.count("open", "unexplained")),
    ("unit", "u", "单位名称", lambda verdict: verdict.outcome.unit),
)
"""Each: its name, the letter of its CSS variable, its label, and the key by which the cases are put in order."""
_HEADS = (
    ("n", "序"), ("", "状态"), ("", "单位"), ("n", "得分"), ("n few", "得分率"), ("n few", "等级"), ("n few", "缺项"),
    ("n few", "报告错误"), ("n few", "数据错误"), ("n few", "待补"), ("wide", "先做什么"), ("few", "草稿"),
)  # fmt: skip


def case_list(verdicts: Sequence[Verdict], out: Path) -> str:
    """One row a case. Every row carries its place in each order as a CSS variable, and the picked order applies it."""
    if not verdicts:
        return ""
    places = [_places(verdicts, key) for *_, key in _ORDERS]
    picks = "".join(
        f'<input type="radio" class="pick" name="order" id="by-{name}"{" checked" if name == "first" else ""}>'
        f'<label for="by-{name}">{label}</label>'
        for name, _, label, _ in _ORDERS
    )
    heads = "".join(f'<span class="{kind}" role="columnheader">{head}</span>' for kind, head in _HEADS)
    lines = []
    for at, verdict in enumerate(verdicts):
        style = ";".join(f"--{letter}:{place[at]}" for (_, letter, *_), place in zip(_ORDERS, places, strict=True))
        lines.append(f'<div class="row" role="row" style="{style}">{_cells(at + 1, verdict, out)}</div>')
    return (
        f'<h2 id="all">总表</h2><div><span class="sorts note">排序：</span>{picks}'
        f'<div class="list" role="table" aria-label="总表"><div class="row head" role="row">{heads}</div>{"".join(lines)}</div></div>'
    )


def _places(verdicts: Sequence[Verdict], key: Callable[[Verdict], Any]) -> list[int]:
    """For each case its place in the order of `key`; cases alike keep the order that they have."""
    ranked = sorted(range(len(verdicts)), key=lambda at: key(verdicts[at]))
    places = [0] * len(verdicts)
    for place, at in enumerate(ranked):
        places[at] = place
    return places


def _cells(number: int, verdict: Verdict, out: Path) -> str:
    outcome = verdict.outcome
    counts = (
        verdict.count("required", "unmarked", "record"), verdict.count("report"), verdict.count("data"), verdict.count("open", "unexplained")
    )  # fmt: skip
    texts = (
        str(number), _tag(verdict.state), f'<a href="#c{number}">{escape(outcome.unit)}</a>', marks_text(outcome.marks) + _PARTIAL * (not outcome.complete and outcome.marks is not None), percent(outcome.rate),
        escape(outcome.grade) or "—", *(str(count) if count else '<span class="zero">—</span>' for count in counts),
        escape(verdict.first), _link(verdict, out, "打开"),
    )  # fmt: skip
    return "".join(
        f'<span class="{kind}" role="cell">{text}</span>' for (kind, _), text in zip(_HEADS, texts, strict=True)
    )


def _tag(state: State) -> str:
    return f'<span class="tag t{STATES.index(state)}">{state.sign} {escape(state.name)}</span>'


def _link(verdict: Verdict, out: Path, text: str) -> str:
    report = verdict.outcome.report
    address = link_to(report, out) if report else ""
    return f'<a href="{escape(address)}">{text}</a>' if address else "没有草稿"


def case_sections(verdicts: Sequence[Verdict], out: Path) -> str:
    """What is to do for each case, in the same order."""
    if not verdicts:
        return ""
    told = "".join(_section(number, verdict, out) for number, verdict in enumerate(verdicts, 1))
    return f'<h2 id="tasks">逐份要做的事</h2>{told}'


def _section(number: int, verdict: Verdict, out: Path) -> str:
    outcome = verdict.outcome
    year = f"{outcome.year}年度" if outcome.year else ""
    head = f"<h3>{number}. {escape(outcome.unit)} {year} {_tag(verdict.state)}</h3>"
    lost = "、".join(f"{escape(leaf.name)}{show(leaf.lost)}分" for leaf in outcome.lost[:_SHOWN])
    more = len(outcome.lost) - _SHOWN
    lines = [f"<p>{escape(verdict.first)}（{_link(verdict, out, '打开草稿')}）</p>"]
    if lost:
        lines.append(
            f'<p class="note">扣{show(outcome.lost_marks)}分：{lost}{f"，另有{more}项" if more > 0 else ""}。</p>'
        )
    tasks = verdict.tasks
    if tasks:
        lines.append(_tasks(tasks[:_SHOWN]))
    if len(tasks) > _SHOWN:
        lines.append(f"<details><summary>另有{len(tasks) - _SHOWN}件</summary>{_tasks(tasks[_SHOWN:])}</details>")
    return f'<section class="case" id="c{number}">{head}{"".join(lines)}</section>'


def _tasks(tasks: Sequence[Task]) -> str:
    lines = "".join(
        f"<tr><td>{SEVERITIES[task.severity]}</td><td>{escape(step_of(task).name)}</td><td>{escape(task.what)}</td>"
        f"<td>{escape(task.where)}</td><td>{escape(task.who) or NOBODY}</td></tr>"
        for task in tasks
    )
    heads = "<th>程度</th><th>类别</th><th>要做什么</th><th>在哪里</th><th>责任科室（通常）</th>"
    return f'<table class="tasks"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'
