"""What was answered for an indicator, as statements that a text may use: no item that writes a number of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.briefs.written import written
from assistant.frameworks import Indicator
from assistant.intake import Case
from assistant.marking import FATE
from assistant.scorecard import LeafMarks
from assistant.slots import stray_numbers


@dataclass(frozen=True, slots=True)
class LeafView:
    """An indicator to a template. `met` and `unmet`: items' texts; `violated`: what occurred of what costs marks;
    `grades`: part -> the grade as a statement; `vetoes`: what did not occur, `vetoed`: what did; `fate`: what became of the
    marks of an indicator that does not apply; `called`: its name as a text has to call it (Framework.called)."""

    id: str
    name: str
    lost: bool
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    grades: Mapping[str, str]
    vetoes: str
    vetoed: str
    reasons: Mapping[str, str]
    lost_measures: frozenset[str]
    lost_parts: frozenset[str]
    violated: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    fate: str = ""
    called: str = ""


def clean(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts that write no number of their own."""
    return tuple(text for text in texts if text and not stray_numbers(text))


def leaf_view(case: Case, node: Indicator, leaf: LeafMarks) -> LeafView:
    """The answers of an indicator."""
    met: list[str] = []
    unmet: list[str] = []
    partly: list[str] = []
    by_answer = {"符合": met, "不符合": unmet, "部分符合": partly}
    violated: list[str] = []
    grades: dict[str, str] = {}
    for number, part in enumerate(node.parts, 1):
        key = f"{node.id}.{number}"
        answer = case.entries.get(f"answer.{key}")
        if part.rule.kind == "checklist":
            for n, item in enumerate(part.rule.items, 1):
                by_answer.get(case.text(f"answer.{key}.{n}"), []).append(item.text)
        elif part.rule.kind == "violations" and answer is not None and answer.number is not None:
            (violated if answer.number else met).append(part.rule.item if answer.number else part.rule.standard)
        elif part.rule.kind == "grades":
            said = f"{part.text.removesuffix('公开')}{answer.text}" if answer is not None and answer.text else ""
            grades[leaf.parts[number - 1].name] = said if clean([said]) else ""
    lost = [n for n, part in enumerate(leaf.parts) if part.marks is not None and part.marks < part.full_marks]
    lost = lost if leaf.lost > 0 else []
    occurred = node.zero_if.occurred if node.zero_if else ""
    veto = case.text(f"answer.{node.id}.veto") if clean([occurred]) else ""
    return LeafView(
        node.id, node.name, leaf.lost > 0, clean(met), clean(unmet), grades,
        occurred if veto == "无" else "", occurred if veto == "有" else "", dict(_reasons(case, node, leaf)),
        frozenset(node.parts[n].measure for n in lost), frozenset(leaf.parts[n].name for n in lost), clean(violated),
        clean(partly), FATE[case.framework.not_applicable] if leaf.waived else "", leaf.called,
    )  # fmt: skip


def _reasons(case: Case, node: Indicator, leaf: LeafMarks) -> list[tuple[str, str]]:
    """What stands beside the marks: part's name (the leaf's for the whole) -> words."""
    keys = [(node.name, f"reason.{node.id}")]
    keys += [(part.name, f"reason.{node.id}.{n}") for n, part in enumerate(leaf.parts, 1)]
    return [(name, text) for name, key in keys if (text := written(case, key))]
