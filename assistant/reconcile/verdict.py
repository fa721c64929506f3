"""From what was tried to what is told: severities weighed against the other identities, the likelier error named, all summed up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.findings import Finding, Severity
from assistant.intake import Case
from assistant.reconcile.diagnosis import Amount, Diagnosis, diagnose
from assistant.reconcile.identities import Checked, Gap

_SURE = ("unit", "sign", "neighbours", "swap")
"""Slips that no honest figure looks like by chance."""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """An identity that could not be judged, and why; `missing` are ids. `empty`: nothing of it was given."""

    name: str
    reason: str
    missing: tuple[str, ...] = ()
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What came of it: the findings, the identities that were judged (name, holds), and those that were not. `backing`: figure id
    -> what bears the figure out."""

    findings: tuple[Finding, ...]
    checked: tuple[tuple[str, bool], ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    backing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The summary, without the findings."""
        return {
            "checked": [{"name": name, "holds": holds} for name, holds in self.checked],
            "not_checked": [{"name": u.name, "reason": u.reason, "missing": list(u.missing)} for u in self.unchecked],
        }

    def with_more(self, findings: Sequence[Finding], checked: Sequence[tuple[str, bool]] = (),
                  unchecked: Sequence[Unchecked] = ()) -> Reconciliation:  # fmt: skip
        """This and what another family of checks came to."""
        return Reconciliation((*self.findings, *findings), (*self.checked, *checked), (*self.unchecked, *unchecked))


def judged(tried: Sequence[Checked], backing: Mapping[str, Sequence[str]], case: Case) -> Reconciliation:
    """The verdict over all identities that were tried. `backing`: figure id -> what else bears the figure out."""
    company = _Company(tried, backing)
    findings = [_explained(one, gap, case) or _told(one, gap, company) for one in tried for gap in one.gaps]
    checked = [(one.identity.name, one.holds) for one in tried if not one.reason]
    unchecked = [Unchecked(one.identity.name, one.reason, one.missing, one.empty) for one in tried if one.reason]
    return Reconciliation(tuple(findings), tuple(checked), tuple(unchecked))


class _Company:
    """Which identities speak for a figure, and which against it."""

    def __init__(self, tried: Sequence[Checked], backing: Mapping[str, Sequence[str]]) -> None:
        self.backing = backing
        self.holds: dict[str, list[Checked]] = defaultdict(list)
        self.breaks: dict[str, list[tuple[Checked, Gap]]] = defaultdict(list)
        self.bare_groups: set[str] = set()
        for one in tried:
            if one.reason or one.identity.kind not in ("sum", "same"):
                continue
            if one.holds and one.bare and one.identity.group:
                self.bare_groups.add(one.identity.group)
            for id in one.used:
                if one.holds:
                    self.holds[id].append(one)
            for gap in one.gaps:
                if gap.severity != "info":
                    for term, _ in gap.terms:
                        self.breaks[term.id].append((one, gap))

    def amount(self, one: Checked, gap: Gap, at: int) -> Amount:
        """A term of a gap with what the other identities say of it."""
        term, sign = gap.terms[at]
        ids = {id for id in (term.id, *term.inputs) if id}
        own = [other.identity.name for id in ids for other in self.holds[id] if other is not one]
        holds = tuple(dict.fromkeys([*own, *(name for id in ids for name in self.backing.get(id, ()))]))
        breaks = tuple(dict.fromkeys(
            other.identity.name for id in ids for other, its in self.breaks[id]
            if other is not one and abs(abs(its.gap) - abs(gap.gap)) <= max(gap.allowed, its.allowed)
        ))  # fmt: skip
        flow = bool(one.identity.minus)  # opening + income - spending: what must stand there is not added up by anyone
        addend = not flow or term.id in ("", *one.identity.optional, *one.identity.optional_minus)
        total = at == 0 and len(gap.terms) > 2
        return Amount(term.label, term.value, sign, term.half, term.unit, total, holds, breaks, addend)


def _explained(one: Checked, gap: Gap, case: Case) -> Finding | None:
    """A gap that is no error, and whose reason stands in the workbook."""
    reason = next((entry for id in one.identity.reasons if (entry := case.entries.get(id)) and entry.text), None)
    if reason is None or gap.severity != "warning":
        return None
    return _finding(
        "info",
        f"{one.identity.name}：{gap.told}，{gap.tail}；已说明：“{reason.text[:60]}”（{reason.provenance.place}）。",
        gap.quote,
    )


def _told(one: Checked, gap: Gap, company: _Company) -> Finding:
    identity, severity = one.identity, gap.severity
    if not gap.terms or severity == "info":
        note = f"（{identity.note}）" if identity.note and severity != "info" else ""
        advice = "" if severity == "info" else "，请核对后更正，确实如此的请写明原因"
        return _finding(severity, f"{identity.name}：{gap.told}，{gap.tail}{advice}{note}。", gap.quote, gap.expected)
    amounts = [company.amount(one, gap, at) for at in range(len(gap.terms))]
    found = diagnose(amounts, gap.allowed)
    severity, tail = _weighed(one, gap, found, company)
    why = f"判断：{found.words}" if severity == "error" or found.slip is not None else ""
    note = f"（{identity.note}）" if identity.note else ""
    advice = "请核对原始数据后更正" if severity == "error" else "请核对，确实如此的请写明原因"
    message = "；".join(part for part in (f"{identity.name}：{gap.told}，{tail}{note}", why, advice) if part)
    suspect = gap.terms[found.suspect][0] if found.suspect is not None else None
    place = suspect.place if suspect is not None and suspect.place else gap.quote
    return _finding(severity, f"{message}。", place, gap.expected)


def _weighed(one: Checked, gap: Gap, found: Diagnosis, company: _Company) -> tuple[Severity, str]:
    """A gap that blank terms could explain is an error all the same where the sister columns close without them, or where the
    digits show a slip."""
    if one.identity.severity != "error":
        return gap.severity, gap.tail
    if found.slip is not None and found.slip.kind in _SURE:
        return "error", gap.tail
    if gap.plausible and not one.identity.unlisted and one.identity.group in company.bare_groups:
        return "error", f"{gap.tail}；但其他各列没有这些项目也相等，更可能是数字有误"
    return gap.severity, gap.tail


def _finding(severity: Severity, message: str, quote: str, expected: str = "") -> Finding:
    return Finding("reconcile", severity, message, quote=quote, expected=expected)
