"""评分标准 in words, generated from a rule where the bureau's own wording was not entered."""

from __future__ import annotations

from decimal import Decimal

from assistant.rules.kinds import (
    Bands,
    Bonus,
    Checklist,
    Grades,
    Judged,
    Linear,
    Rule,
    Step,
    TargetRule,
    Violations,
    show,
    show_marks,
)

_READINGS = {"whole": "不足一档的不扣", "started": "不足一档的按一档扣", "pro_rata": "不足一档的按比例扣"}


def wording(rule: Rule, full: Decimal, name: str) -> list[str]:
    """The lines of the standard, each a clause without its full stop."""
    match rule:
        case Bands():
            return [f"{b.words(name, rule.unit)}的，得{show_marks(b.marks)}分" for b in rule.bands]
        case Linear():
            return _linear(rule, full, name)
        case Step():
            return _step(rule, full, name)
        case Violations():
            first = f"{rule.standard}的，得{show(full)}分" if rule.standard else f"没有{rule.item}的，得{show(full)}分"
            return [first, f"每有1项{rule.item}扣{show_marks(rule.each)}分，扣完为止"]
        case Checklist():
            return [
                f"{item.text}（{show_marks(item.marks)}分）"
                + (f"，部分符合的得{show_marks(item.partial)}分" if item.partial is not None else "")
                for item in rule.items
            ]
        case Grades():
            return [f"{grade.label}的，得{show_marks(grade.marks)}分" for grade in rule.grades]
        case TargetRule():
            return _target(rule, full)
        case Bonus():
            return _bonus(rule)
        case Judged():
            because = f"（{rule.because}）" if rule.because else ""
            return [f"由填报单位据实评分，满分{show(full)}分，扣分与不扣分都要写明理由{because}"]


def _linear(rule: Linear, full: Decimal, name: str) -> list[str]:
    top = "" if rule.ceiling is None else f"，最高得{show_marks(full * rule.ceiling)}分"
    if rule.zero_at:
        span = f"（{show(rule.full_at)}%－{show(rule.zero_at)}%）"
        lines = [f"得分＝（{name}－{show(rule.zero_at)}%）÷{span}×{show(full)}分{top}，最低得0分"]
    else:
        over = "" if rule.full_at == 100 else f"÷{show(rule.full_at)}%"
        lines = [f"得分＝{name}{over}×{show(full)}分{top}"]
    if rule.least is not None:
        word = "高于" if rule.full_at < rule.zero_at else "低于"
        lines.append(f"{name}{word}{show(rule.least)}%的，不得分")
    return lines


def _step(rule: Step, full: Decimal, name: str) -> list[str]:
    unit, each = rule.edge_unit, f"{show(rule.each)}{rule.step_unit}"
    low, high = rule.at_least, rule.at_most
    reading = f"，{_READINGS[rule.reading]}" if rule.reading_source == "stated" else ""
    tail = f"扣{show_marks(rule.deduct)}分{reading}，扣完为止"
    if low is not None and high is not None:
        held = f"{name}为{show(low)}{unit}" if low == high else f"{name}在{show(low)}{unit}至{show(high)}{unit}之间"
        base = "上述界限的" if rule.of == "edge" else ""
        return [f"{held}的，得{show(full)}分", f"每超过或低于{base}{each}{tail}"]
    word, held, edge = ("超过", "不超过", high) if high is not None else ("低于", "不低于", low)
    limit = f"{show(edge or Decimal(0))}{unit}"
    base = "该界限的" if rule.of == "edge" else ""
    return [f"{name}{held}{limit}的，得{show(full)}分", f"{word}{limit}的，每{word[0]}{base}{each}{tail}"]


def _target(rule: TargetRule, full: Decimal) -> list[str]:
    lines = [f"达到年度指标值的，得{show(full)}分"]
    if rule.missed == "zero":
        lines.append("未达到的，不得分")
    else:
        least = f"，完成率低于{show(rule.least)}%的不得分" if rule.least is not None else ""
        lines.append(f"未达到的，按完成率计分{least}")
    lines += [f"定性指标{s.label}的，得分值的{show(s.least)}%至{show(s.most)}%" for s in rule.states]
    return lines


def _bonus(rule: Bonus) -> list[str]:
    limits = [f"最高{show(rule.most)}分"] if rule.most is not None else []
    limits += [f"最低{show(rule.least)}分"] if rule.least is not None and rule.least != 0 else []
    return ["按加减分事项逐项计分" + (f"，{'，'.join(limits)}" if limits else "")]
