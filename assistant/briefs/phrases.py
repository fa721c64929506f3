"""Phrases that a template asks for where its own words would be a maze of ifs: each made from answers, rows and slots alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.briefs.answers import LeafView
from assistant.briefs.brief import Task
from assistant.briefs.remarks import about_work, no_reason, says_nothing
from assistant.briefs.written import written_cell
from assistant.intake import Case
from assistant.intake.materials import unslotted
from assistant.ledger import Ledger, Target

_MOST_NAMED = 8


def checks(leaves: Sequence[LeafView], opening: str, where: str) -> str:
    """The section's checklist in words: what complies, then what does not and where that is explained.

    What the unit itself wrote beside its answers says it better than the rubric's item does; the item speaks where nothing was written.
    """
    met = dict.fromkeys(text.rstrip("。；") for leaf in leaves for text in _own_words(leaf) or leaf.met)
    unmet = dict.fromkeys(text.rstrip("。；") for leaf in leaves for text in leaf.unmet)
    told = f"{opening}{'；'.join(met)}。" if met else ""
    violated = [text for leaf in leaves for text in leaf.violated]
    at = f"，说明见{where}" if where else ""
    if violated:
        told += f"发现有{'、'.join(violated)}{at}。"
    if unmet:
        told += f"“{'”“'.join(unmet)}”不符合要求{at}。"
    return told


def _own_words(leaf: LeafView) -> list[str]:
    """What was written beside an indicator all of whose items comply."""
    if not leaf.met or leaf.unmet or leaf.lost:
        return []
    told = (about_work(reason) for reason in leaf.reasons.values())
    return [text for text in told if not says_nothing(text)]


def reasons(leaves: Sequence[LeafView], skip_lost: bool) -> str:
    """What people wrote beside their marks, equal words once. Reasons for a loss are told with the lost marks; notes on the filling-in are not told."""
    told: dict[str, list[str]] = {}
    for leaf in leaves:
        for name, reason in leaf.reasons.items():
            if (skip_lost and name in leaf.lost_parts) or (name == leaf.name and leaf.lost):
                continue
            text = about_work(reason)
            if says_nothing(text):
                continue
            about = told.setdefault(text, [])
            if name != leaf.name and name[:2] not in text[:12]:
                about.append(name)
    return "".join(f"{'、'.join(names)}方面，{text}。" if names else f"{text}。" for text, names in told.items())


def said(leaf: LeafView) -> list[str]:
    """What people wrote beside the marks of an indicator, lost or not; notes on the filling-in are left out."""
    told = (about_work(reason) for reason in leaf.reasons.values())
    return list(dict.fromkeys(text for text in told if not says_nothing(text)))


def graded(leaf: LeafView) -> list[str]:
    """A graded part's reason where one was written, else subject and grade (部门预算按规定的…公开)."""
    told = (about_work(leaf.reasons.get(name, "")) or text for name, text in leaf.grades.items())
    return [text for text in told if text]


def inner(name: str) -> str:
    """A name to be put in “”: quotes inside it as ‘’."""
    return name.replace("“", "‘").replace("”", "’")


def in_marks(name: str) -> str:
    """A system's name in 《》."""
    bare = name.strip().strip("《》")
    return f"《{bare}》"


def systems(case: Case, category: str = "", status: str = "") -> str:
    """The names of the unit's systems, of one kind or in one state."""
    rows = [
        row for row in case.rows("systems")
        if row.text("name") and (not category or row.text("category") == category) and (not status or row.text("status") == status)
    ]  # fmt: skip
    return "".join(in_marks(written_cell(case, "systems", row, "name")) for row in rows)


def system_kinds(case: Case) -> str:
    """The kinds of systems there are."""
    kinds = dict.fromkeys(unslotted(row.text("category")) for row in case.rows("systems"))
    return "、".join(kind for kind in kinds if kind)


def project_names(case: Case, column: str, value: str) -> str:
    """The projects with that mark, by name; 等 where there are many."""
    names = [written_cell(case, "projects", row, "name") for row in case.rows("projects") if row.text(column) == value]
    return "、".join(names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else "")


def unfinished(tasks: Sequence[Task]) -> str:
    """The tasks that were not finished, by state."""
    told = []
    for state in ("部分完成", "未完成"):
        names = [re.split(r"[，。；：]", task.name)[0] for task in tasks if task.status == state]
        if names:
            told.append(f"“{'”“'.join(names)}”{state}")
    return "，".join(told)


def target_lines(targets: Sequence[Target], ledger: Ledger) -> list[str]:
    """Each target against what was achieved, misses first with their reason."""
    missed, kept = [], []
    for target in targets:
        aim, done = ledger.get(target.target), ledger.get(target.achieved)
        if aim is None or done is None or aim.base[1] != done.base[1]:
            continue
        wanted, got = aim.base[0], done.base[0]
        ok = got >= wanted if target.sign == "≥" else got <= wanted if target.sign == "≤" else got == wanted
        name, reason = unslotted(target.name), unslotted(target.variance_reason)
        text = f"“{name}”年度指标值[[{aim.id}:value]]，实际完成[[{done.id}:value]]"
        if ok:
            kept.append(text)
        else:
            why = f"【待补：“{name}”的偏差原因】" if no_reason(reason) else reason
            missed.append(f"{text}，没有达到目标，{why.rstrip('。')}")
    lines = [f"{text}。" for text in missed]
    return [*lines, f"{'；'.join(kept)}。"] if kept else lines
