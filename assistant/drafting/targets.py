"""年度绩效目标 in words, group by group (数量指标, 质量指标 …): what was aimed for, and what was reached of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.briefs.brief import Brief
from assistant.briefs.remarks import no_reason
from assistant.briefs.written import cell_source, written_cell
from assistant.drafting.clean import own_words, sentence
from assistant.drafting.draft import DraftParagraph, DraftSentence
from assistant.drafting.words import heading, paragraph, placeholder
from assistant.intake import Row
from assistant.ledger import Target
from assistant.outlines import Section
from assistant.rules import met

_AIM = {"≥": "[[{id}:value]]以上", "≤": "不超过[[{id}:value]]", "=": "[[{id}:value]]"}
_REACHED = {"达成": "达到目标", "部分达成": "部分达到目标", "未达成": "没有达到目标"}
_RUN_ON = 4
"""An aim in so few characters follows its name at once (社会认可度提升); a longer one stands after a colon."""


@dataclass(frozen=True, slots=True)
class _Aim:
    """A row of the table of targets; `target` is None where its 指标性质 is not given."""

    row: Row
    target: Target | None

    def text(self, brief: Brief, column: str) -> str:
        """A cell in the report's words, its numbers as slots."""
        told = written_cell(brief.report.case, "targets", self.row, column)
        return own_words(told, brief.we, brief.own_names, brief.unit)


def targets(brief: Brief) -> list[DraftParagraph]:
    """The year's targets as they were set, each with its value in its direction."""
    return _listed(brief, _aimed)


def results(brief: Brief) -> list[DraftParagraph]:
    """What was reached of each target, the value first; of a missed one also why."""
    return _listed(brief, _reached)


def _listed(brief: Brief, say: Callable[[_Aim, Brief], str]) -> list[DraftParagraph]:
    """Numbered items under the heading of their 二级指标; a group of one has no number, a single group no heading."""
    groups = _groups(brief)
    if not groups:
        return [paragraph(f"{placeholder(brief.missing)}。")]
    made: list[DraftParagraph] = []
    for number, (name, aims) in enumerate(groups.items(), 1):
        items = [DraftSentence(sentence(say(aim, brief)), sources=_sources(aim)) for aim in aims]
        if brief.level > 2:
            lead = f"（{number}）{name}。" if name and len(groups) > 1 else ""
            made.append(DraftParagraph(lead, 0, tuple(items)))
            continue
        if name and len(groups) > 1:
            made.append(heading(number, name, brief.level))
        for at, item in enumerate(items, 1):
            mark = f"（{at}）" if len(items) > 1 else ""
            made.append(paragraph(mark + item.text, *item.sources))
    return made


def _groups(brief: Brief) -> dict[str, list[_Aim]]:
    """二级指标 -> its targets, in the order in which they were filled in."""
    case, section = brief.report.case, brief.report.section
    known = {target.id: target for target in case.ledger.targets}
    others = [s for s in brief.report.outline.sections if s.genre == section.genre and s.id != section.id]
    groups: dict[str, list[_Aim]] = {}
    for row in case.rows("targets"):
        if row.text("name") and _belongs(row.text("level1"), section, others):
            aim = _Aim(row, known.get(f"targets.{row.number}"))
            groups.setdefault(aim.text(brief, "level2"), []).append(aim)
    return groups


def _belongs(level1: str, section: Section, others: Sequence[Section]) -> bool:
    """Whether the section tells of this 一级指标: by name, or because no other section of its kind does."""
    if section.levels:
        return level1 in section.levels
    return not any(level1 in other.levels for other in others)


def _sources(aim: _Aim) -> tuple[str, ...]:
    return cell_source(aim.row, "name", "target", "achieved", "variance_reason")


def _aimed(aim: _Aim, brief: Brief) -> str:
    name, wanted = aim.text(brief, "name"), _wanted(aim, brief)
    return f"{name}{wanted}" if "[[" in wanted or len(wanted) <= _RUN_ON else f"{name}：{wanted}"


def _wanted(aim: _Aim, brief: Brief) -> str:
    """The value in its direction (95%以上, 不超过5%), words where it is 定性, else what has to be given."""
    target = aim.target
    if target is not None and target.target:
        return _AIM[target.sign].format(id=target.target)
    lacking = "年度指标值" if target is not None else "指标性质"
    return aim.text(brief, "target") or _ask(aim, brief, lacking)


def _reached(aim: _Aim, brief: Brief) -> str:
    name = aim.text(brief, "name")
    target = aim.target
    if target is None or target.sign == "定性":
        told = _state(aim, brief)
        return told if name in told.split("【")[0] else f"{name}：{told}"
    if not target.achieved:
        told = aim.text(brief, "achieved")
        lacking = _ask(aim, brief, "实际完成值")
        return f"{name}：年度指标值{_wanted(aim, brief)}，{told + '，' if told else ''}{lacking}"
    ledger = brief.report.card.ledger
    wanted, done = ledger.get(target.target), ledger[target.achieved]
    got = f"{name}：实际完成[[{done.id}:value]]，年度指标值{_wanted(aim, brief)}"
    if wanted is None:
        return got
    if done.base == wanted.base:
        return f"{name}[[{done.id}:value]]" + _verdict("达到年度指标值", True, aim, brief)
    reached = met(target.sign, wanted.base[0], done.base[0])
    return got + _verdict("达到目标" if reached else "没有达到目标", reached, aim, brief)


def _state(aim: _Aim, brief: Brief) -> str:
    """A 定性 target: what was reached in words, then its state."""
    told = aim.text(brief, "achieved") or f"年度目标为“{_wanted(aim, brief)}”"
    state = aim.target.state if aim.target is not None else ""
    if not state:
        return f"{told}，{_ask(aim, brief, '完成程度')}"
    return told + _verdict(_REACHED.get(state, state), state == "达成", aim, brief)


def _verdict(told: str, reached: bool, aim: _Aim, brief: Brief) -> str:
    """，达到目标, and the reason that was given; a miss without one asks for it."""
    reason = aim.text(brief, "variance_reason")
    if no_reason(reason):
        reason = "" if reached else _ask(aim, brief, "偏差原因和改进措施")
    tail = "" if not reason else f"；{reason}" if reached else f"，偏差原因：{reason}"
    return f"，{told}{tail}"


def _ask(aim: _Aim, brief: Brief, lacking: str) -> str:
    return placeholder(f"“{aim.text(brief, 'name')}”的{lacking}")
