"""summary.html: the same as summary.xlsx on one page that needs nothing else: no script, nothing from the network, all text escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

from assistant.rules import show
from assistant.summary import bars
from assistant.summary.first import STATES, State, Verdict
from assistant.summary.outcome import Outcome
from assistant.summary.overview import (
    Deduction,
    FormGroup,
    Office,
    common,
    deductions,
    forms,
    mean_rate,
    offices,
    spread,
    states,
)
from assistant.summary.page_cases import case_list, case_sections
from assistant.summary.style import STYLE
from assistant.summary.words import AGAIN, batch_title, marks_text, model_name, percent, unfinished

_MOST_DEDUCTIONS = 15
_CHARTED = 10
_PARTS = (
    ("undone", "未完成"), ("all", "总表"), ("offices", "按责任科室"), ("marks", "得分和扣分"), ("forms", "各部分得分"), ("models", "模型使用"),
    ("tasks", "逐份要做的事"),
)  # fmt: skip


def summary_page(verdicts: Sequence[Verdict], failed: Sequence[tuple[str, str]], out: Path) -> str:
    """The page.

    Args:
        verdicts: the cases, in the order of what blocks them.
        failed: cases without a run folder: name and reason in Chinese.
        out: the folder it will stand in, which its links start from.
    """
    outcomes = [verdict.outcome for verdict in verdicts]
    found = deductions(outcomes)
    title = escape(batch_title(outcomes))
    body = "\n".join(
        part
        for part in (
            _failed(unfinished(verdicts, failed)),
            case_list(verdicts, out),
            _offices(offices(verdicts)),
            _charts(outcomes, found),
            _deductions(found),
            _forms(forms(verdicts)),
            _models(outcomes),
            case_sections(verdicts, out),
        )
        if part
    )
    top = f"<h1>{title}</h1>\n{_cards(verdicts, len(failed))}\n{_navigation(body)}"
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body>{top}\n{body}\n</body></html>\n"
    )


def _cards(verdicts: Sequence[Verdict], failed: int) -> str:
    mean = percent(mean_rate(verdict.outcome for verdict in verdicts))
    cards = [_card(f"t{at}" if count else "", count, state) for at, (state, count) in enumerate(states(verdicts))]
    cards.append(f"<div><b>{failed}</b>没有做成<br><small>原因见“未完成”</small></div>")
    cards.append(f"<div><b>{mean}</b>平均得分率<br><small>得分÷满分，可以跨指标体系比较</small></div>")
    empty = "" if verdicts or failed else '<p class="note">这一批没有填报。</p>'
    told = f'<p class="note">共{len(verdicts) + failed}份。表格在同一文件夹的 <a href="summary.xlsx">summary.xlsx</a>。</p>'
    return f'{told}{empty}<div class="cards">{"".join(cards)}</div>'


def _card(look: str, count: int, state: State) -> str:
    told = f"{state.sign} {escape(state.name)}<br><small>{escape(state.meaning)}</small>"
    return f'<div class="{look}"><b>{count}</b>{told}</div>'


def _navigation(body: str) -> str:
    """To each part that is there: the list of many cases is long."""
    links = " · ".join(f'<a href="#{id}">{name}</a>' for id, name in _PARTS if f'<h2 id="{id}">' in body)
    return f'<p class="nav">{links}</p>' if links else ""


def _offices(found: Sequence[Office]) -> str:
    if not found:
        return ""
    heads = "".join(f"<th class=n>{state.sign} {escape(state.name)}</th>" for state in STATES[:-1])
    lines = "".join(
        f"<tr><td>{escape(one.name)}</td>{''.join(f'<td class=n>{number}</td>' for number in (*one.tasks, one.all, one.cases))}</tr>"
        for one in found
    )
    return (
        '<h2 id="offices">按责任科室</h2><p class="note">要做的事有几件；科室是通常的分工，逐件见 summary.xlsx 的“待办”，可按科室筛选。</p>'
        f"<table><thead><tr><th>责任科室（通常）</th>{heads}<th class=n>合计</th><th class=n>涉及填报（份）</th></tr></thead><tbody>{lines}</tbody></table>"
    )


def _failed(rows: Sequence[tuple[str, str]]) -> str:
    if not rows:
        return ""
    lines = "".join(f"<tr><td>{escape(name)}</td><td>{escape(reason)}</td></tr>" for name, reason in rows)
    return (
        f'<h2 id="undone">未完成（{len(rows)}份）</h2><p class="note">{escape(AGAIN)}</p>'
        f"<table><thead><tr><th>填报</th><th>原因</th></tr></thead><tbody>{lines}</tbody></table>"
    )


def _charts(outcomes: Sequence[Outcome], found: Sequence[Deduction]) -> str:
    if not any(outcome.rate is not None for outcome in outcomes):
        return ""
    bands = [(band.name, band.cases) for band in spread(outcomes)]
    ranked = [(name, units) for name, units, _ in common(found, _CHARTED)]
    drawn = bars.columns("spread", "得分率分布（单位数，含下限）", bands)
    if ranked:
        drawn += bars.rows("common", f"最常扣分的{len(ranked)}项指标（单位数）", ranked)
    return f'<h2 id="marks">得分和扣分</h2><div class="charts">{drawn}</div>'


def _deductions(found: Sequence[Deduction]) -> str:
    if not found:
        return ""
    lines = "".join(
        f"<tr><td>{escape(one.name)}</td><td>{escape(one.framework)}</td><td class=n>{show(one.full_marks)}</td>"
        f"<td class=n>{len(one.units)}/{one.asked}</td><td class=n>{percent(one.share)}</td><td class=n>{marks_text(one.lost)}</td></tr>"
        for one in found[:_MOST_DEDUCTIONS]
    )
    more = len(found) - _MOST_DEDUCTIONS
    rest = f'<p class="note">另有{more}项，见 summary.xlsx 的“扣分”。</p>' if more > 0 else ""
    heads = "<th>指标</th><th>指标体系</th><th class=n>分值</th><th class=n>扣分/应评单位</th><th class=n>扣分面</th><th class=n>扣分合计</th>"
    return f"<table><caption>扣分的指标</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>{rest}"


def _forms(groups: Sequence[FormGroup]) -> str:
    if not groups:
        return ""
    return '<h2 id="forms">各部分得分</h2>' + "".join(map(_form, groups))


def _form(group: FormGroup) -> str:
    """One form: a column for each part, a row for each unit."""
    heads = "".join(f"<th class=n>{escape(name)}（{show(full)}分）</th>" for name, full in group.parts)
    lines = []
    for verdict in group.verdicts:
        held = {part.name: part for part in verdict.outcome.parts}
        cells = "".join(
            f"<td class=n>{marks_text(held[name].marks if name in held else None)}{'（有待补）' if name in held and held[name].open else ''}</td>"
            for name, _ in group.parts
        )
        bonus = marks_text(verdict.outcome.bonus) if verdict.outcome.bonus else "—"
        total = marks_text(verdict.outcome.marks)
        lines.append(
            f"<tr><td>{escape(verdict.outcome.unit)}</td>{cells}<td class=n>{bonus}</td><td class=n>{total}</td></tr>"
        )
    name = f"{escape(group.name)}（{len(group.verdicts)}家，平均得分率{percent(mean_rate(v.outcome for v in group.verdicts))}）"
    return (
        f"<details open><summary>{name}</summary><table><thead><tr><th>单位</th>{heads}<th class=n>加减分</th><th class=n>得分</th></tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table></details>"
    )


def _models(outcomes: Sequence[Outcome]) -> str:
    if not outcomes:
        return ""
    names = Counter(model_name(outcome.model) for outcome in outcomes)
    lines = []
    for name, cases in names.most_common():
        used = [outcome.model for outcome in outcomes if model_name(outcome.model) == name]
        sums = (sum(getattr(one, key) for one in used) for key in ("passed", "repaired", "replaced", "calls", "tokens"))
        cells = "".join(f"<td class=n>{number:,}</td>" for number in (cases, *sums))
        lines.append(f"<tr><td>{escape(name)}</td>{cells}</tr>")
    heads = "".join(
        f"<th class=n>{head}</th>" for head in ("份数", "原样通过的句子", "改后通过", "换回离线", "调用次数", "词元")
    )
    failures = Counter(failure for outcome in outcomes for failure in outcome.model.failures)
    told = "".join(f"<li>{escape(failure)}（{cases}份）</li>" for failure, cases in failures.most_common())
    return (
        f'<h2 id="models">模型使用</h2><table><thead><tr><th>模型</th>{heads}</tr></thead><tbody>{"".join(lines)}</tbody></table>'
        + (f"<p>没有写成的原因：</p><ul>{told}</ul>" if told else "")
    )
