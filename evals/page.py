"""The results as one page that needs nothing else: no script, no link, nothing from the network."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from evals.results import Result, Table

_RATE = re.compile(r"(\d{1,3}(?:\.\d+)?)%")
_NUMBER = re.compile(r"[\d.,%×—<>≤≥ -]+")
_STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2em auto;max-width:64em;padding:0 1em;color:#222}
table{border-collapse:collapse;margin:.5em 0}caption{text-align:left;font-weight:600;padding:.6em 0 .2em}
th,td{border-bottom:1px solid #ddd;padding:.2em .8em;text-align:left}th{border-bottom:2px solid #888}
td.n{text-align:right;font-variant-numeric:tabular-nums}td.r{min-width:7em}p.note{color:#666;margin:.1em 0}
tr:last-child td{font-weight:600}li{margin:.2em 0}summary{cursor:pointer;margin-top:1em}
"""


def page(results: Iterable[Result]) -> str:
    """The HTML of a run."""
    body = "\n".join(_suite(result) for result in results)
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>绩评助手 评测结果</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>绩评助手 评测结果</h1>\n{body}\n</body></html>\n"
    )


def _suite(result: Result) -> str:
    parts = [f"<h2>{escape(result.suite)}</h2><p>{escape(result.purpose)}（用时{escape(result.seconds)}秒）</p>"]
    parts += [_table(table) for table in result.tables]
    if result.misses:
        lines = "".join(f"<li>{escape(line)}</li>" for line in result.misses)
        parts.append(f"<details><summary>没有做对的{len(result.misses)}例</summary><ol>{lines}</ol></details>")
    return "\n".join(parts)


def _table(table: Table) -> str:
    heads = "".join(f"<th>{escape(head)}</th>" for head in table.columns)
    rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in table.notes)
    return f"<table><caption>{escape(table.title)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{notes}"


def _cell(text: str) -> str:
    """A number stands right; a rate has a bar behind it."""
    rate = _RATE.fullmatch(text)
    if rate:
        width = min(float(rate[1]), 100)
        bar = f"background:linear-gradient(90deg,#cfe3f7 {width}%,transparent {width}%)"
        return f'<td class="n r" style="{bar}">{escape(text)}</td>'
    kind = ' class="n"' if _NUMBER.fullmatch(text) else ""
    return f"<td{kind}>{escape(text)}</td>"
