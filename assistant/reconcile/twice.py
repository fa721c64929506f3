"""One thing told with two values: in two materials, or in a material and a text cell, in the same words at the number."""

from __future__ import annotations

import re
from collections import defaultdict

from assistant.findings import Finding
from assistant.intake import Case
from assistant.ledger import Figure
from assistant.patterns import regex
from assistant.reconcile.verdict import Reconciliation
from assistant.subjects import BLANK, normal_term, split_subject

_NAME = "同一事项在不同材料中的数"
_CLAUSE = regex(r"[，。；：！？、,;:（）()]")
_DONE = regex(r"20\d\d年度?|全年|本年|当年|年内|累计|共计|共|已|了|举办|开展|组织|完成|实施|召开|场次$|达到|达|为")
"""Words at a number that say only that it was done."""
_NO_TOTAL = (
    "其中",
    "含",
    "比",
    "较",
    "增",
    "减",
    "占",
    "每",
    "人均",
    "平均",
    "计划",
    "目标",
    "拟",
    "上半年",
    "下半年",
    "季度",
    "月",
)
_LEAST = 5


def check_twice(case: Case) -> Reconciliation:
    """Numbers of two files (the workbook is one) whose clause says the same thing, of the same unit and year."""
    told: dict[tuple[str, str, str, str], list[Figure]] = defaultdict(list)
    for figure in case.ledger:
        words = _said_of(figure)
        if words:
            told[(words, figure.base[1], figure.period, figure.scope.unit)].append(figure)
    shared = {key: figures for key, figures in told.items() if len({f.provenance.file for f in figures}) > 1}
    found = [finding for figures in shared.values() for finding in _findings(figures)]
    return Reconciliation(tuple(found), ((f"{_NAME}（{len(shared)}项）", not found),) if shared else ())


def _said_of(figure: Figure) -> str:
    """The clause before the number without the words that say only that it was done; "" where it names no thing of its own."""
    if not figure.subject or figure.upper is not None or figure.bound or figure.direction:
        return ""
    left, right = split_subject(figure.subject)
    clause = _CLAUSE.split(left)[-1]
    if BLANK in clause or any(word in clause for word in _NO_TOTAL) or _CLAUSE.split(right)[0]:
        return ""
    words = _DONE.sub("", normal_term(clause))
    return words if len(words) >= _LEAST else ""


def _findings(figures: list[Figure]) -> list[Finding]:
    first = figures[0]
    others = [f for f in figures[1:] if f.provenance.file != first.provenance.file and f.base[0] != first.base[0]]
    return [
        Finding(
            "reconcile", "error",
            f"同一事项两处不一致：{_place(first)}写“{_quote(first)}”，{_place(other)}写“{_quote(other)}”，"
            f"分别为{first.bound_printed()}和{other.bound_printed()}。请核对原始记录，改成一致；口径不同的，在文字中写明。",
            quote=_place(first), expected=other.bound_printed(),
        )
        for other in others
    ]  # fmt: skip


def _place(figure: Figure) -> str:
    where = figure.provenance
    return where.place or f"{where.file} {where.paragraph}"


def _quote(figure: Figure) -> str:
    """The clause at the number, as it stands there."""
    pieces = re.split("[。；，]", figure.provenance.quote)
    return next((piece for piece in pieces if figure.bound_printed() in piece), figure.provenance.quote)[:40]
