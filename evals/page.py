"""The results as one page that needs nothing else: no script, no link, nothing from the network."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape
from itertools import accumulate

from evals.results import Bars, Result, Table

_RATE = re.compile(r"(\d{1,3}(?:\.\d+)?)%")
_NUMBER = re.compile(r"[\d.,%×—<>≤≥ -]+")
_GOOD, _MIDDLING, _BAD = "#3f7fbf", "#d9a52e", "#c0504d"
_COLOURS = {1: (_GOOD,), 2: (_GOOD, _BAD), 3: (_GOOD, _MIDDLING, _BAD)}
"""Of the parts of a bar by how many there are, the good one first."""
_STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2em auto;max-width:70em;padding:0 1em;color:#222}
h1{margin-bottom:.2em}h2{margin:2em 0 .2em;padding-top:.6em;border-top:2px solid #444}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:.8em 0;font-size:14px}caption{text-align:left;font-weight:600;padding:.4em 0 .2em}
th,td{border-bottom:1px solid #ddd;padding:.2em .7em;text-align:left;vertical-align:top}th{border-bottom:2px solid #888;vertical-align:bottom}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td:first-child,caption{white-space:nowrap}td.r{min-width:6em}p.note{color:#666;margin:.1em 0;font-size:13px}
li{margin:.2em 0;overflow-wrap:anywhere}summary{cursor:pointer;margin-top:1em}
.off{border:2px solid #c0504d;background:#fdf3f2;padding:.4em 1em}.fine{border:2px solid #4f8f5b;background:#f2f8f3;padding:.4em 1em}
figure{margin:1em 0;break-inside:avoid}figcaption{font-weight:600}svg{display:block;max-width:100%;height:auto}svg text{font-size:13px;fill:#222}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
@media print{td:first-child,caption{white-space:normal}body{font-size:10pt;margin:0;max-width:none}table{font-size:8.5pt}.wide{overflow:visible}th,td{padding:.1em .4em}
tr,figure{break-inside:avoid}thead{display:table-header-group}h2,caption{break-after:avoid}}
"""
_NAMES, _BAR, _ROW = 190, 520, 26
"""Widths of a chart's names and bars, and the height of a row, in pixels."""


def page(results: Sequence[Result], missed: Mapping[str, Sequence[str]] | None = None) -> str:
    """The HTML of a run; `missed`: suite -> the limits that its figures do not keep to."""
    body = "\n".join(_suite(result) for result in results)
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>绩评助手 评测结果</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>绩评助手 评测结果</h1>\n{_verdict(missed or {})}\n"
        f"{body}\n</body></html>\n"
    )


def _verdict(missed: Mapping[str, Sequence[str]]) -> str:
    """What does not keep to its limit, before anything else."""
    lines = [f"<li><b>{escape(name)}</b>　{escape(line)}</li>" for name, told in missed.items() for line in told]
    if not lines:
        return '<p class="fine">各项都达到要求（evals/thresholds.yaml）。</p>'
    return f'<div class="off"><p>没有达到要求的{len(lines)}项：</p><ul>{"".join(lines)}</ul></div>'


def _suite(result: Result) -> str:
    parts = [
        f'<h2 id="{escape(result.suite)}">{escape(result.suite)}</h2>'
        f"<p>{escape(result.purpose)}（用时{escape(result.seconds)}秒）</p>"
    ]
    parts += [_chart(bars) for bars in result.charts if bars.rows]
    parts += [_table(table) for table in result.tables]
    if result.misses:
        lines = "".join(f"<li>{escape(line)}</li>" for line in result.misses)
        parts.append(f"<details><summary>没有做对的{len(result.misses)}例</summary><ol>{lines}</ol></details>")
    return "\n".join(parts)


def _chart(bars: Bars) -> str:
    """Each row a bar of its parts' shares, with the counts that are wide enough to be read in it."""
    height = _ROW * (len(bars.rows) + 1)
    drawn = [_bar(name, counts, _ROW * row) for row, (name, counts) in enumerate(bars.rows)]
    drawn += [
        f'<rect x="{_NAMES + 130 * n}" y="{height - 16}" width="12" height="12" fill="{colour}"/>'
        f'<text x="{_NAMES + 130 * n + 18}" y="{height - 5}">{escape(part)}</text>'
        for n, (part, colour) in enumerate(zip(bars.parts, _COLOURS[len(bars.parts)], strict=True))
    ]
    width = _NAMES + _BAR + 60
    return (
        f'<figure><figcaption>{escape(bars.title)}</figcaption><svg width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img">{"".join(drawn)}</svg></figure>'
    )


def _bar(name: str, counts: Sequence[int], top: int) -> str:
    total = sum(counts)
    drawn = [
        f'<text x="0" y="{top + 16}">{escape(name)}</text><text x="{_NAMES + _BAR + 8}" y="{top + 16}">{total}</text>'
    ]
    left = _NAMES
    for colour, count, end in zip(_COLOURS[len(counts)], counts, accumulate(counts), strict=True):
        right = _NAMES + _BAR * end // max(total, 1)
        drawn.append(f'<rect x="{left}" y="{top + 3}" width="{right - left}" height="18" fill="{colour}"/>')
        if count and right - left > 12 * len(str(count)):
            drawn.append(f'<text x="{left + 6}" y="{top + 17}" style="fill:#fff">{count}</text>')
        left = right
    return "".join(drawn)


def _table(table: Table) -> str:
    numeric = [all(_NUMBER.fullmatch(row[n]) for row in table.rows) for n in range(len(table.columns))]
    heads = "".join(
        f'<th class="n">{escape(head)}</th>' if right else f"<th>{escape(head)}</th>"
        for head, right in zip(table.columns, numeric, strict=True)
    )
    rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in table.notes)
    return f'<div class="wide"><table><caption>{escape(table.title)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{notes}'


def _cell(text: str) -> str:
    """A number stands right; a rate has a bar behind it."""
    rate = _RATE.fullmatch(text)
    if rate:
        width = min(Decimal(rate[1]), Decimal(100))
        bar = f"background:linear-gradient(90deg,#cfe3f7 {width}%,transparent {width}%)"
        return f'<td class="n r" style="{bar}">{escape(text)}</td>'
    kind = ' class="n"' if _NUMBER.fullmatch(text) else ""
    return f"<td{kind}>{escape(text)}</td>"
