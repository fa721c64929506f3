"""未达目标 → 偏差原因: a target that was not reached says why, in the report and not only in the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.subjects import Terms, normal_term
from assistant.verify.checks.claims import is_claim
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.sentences import Said

if TYPE_CHECKING:
    from assistant.ledger import Figure, Target

_NO_REASON = regex(
    r"^(?:暂?无|没有|不适用|正常|基本完成|已完成|已基本完成|部分完成|未完成|偏差较小|略有偏差|存在偏差|工作需要|实际需要|客观原因|[/—\-－]+)?[。.]?$"
)
_SHORTEST = 3
_WHY_HEAD = regex(r"偏差|原因|未完成说明|改进措施|整改")
_CAUSE = regex(r"原因(?:主要)?(?:是|为|在于|系|：|:)|由于|(?<![原成])因(?![此素而果])为?|主要是(?:由于|因为?)?")
"""After these the cause must follow."""
_TOLD_CAUSE = regex(r"受.{1,20}影响|所致|推迟|延期|延后|暂停|取消|尚未(?!完成|达|实现)|未能按")
_FORMULA = regex(
    r"年度(?:指标|目标)值[^，。；]*|实际(?:完成)?值?[^，。；]*|(?:部分|没有|未能?|没能)(?:达到|完成|实现)[^，。；]*"
    r"|按[^，。；]{0,8}(?:计分|扣分|不得分|评分)|在规定的分值区间内评分|(?:未|部分)达成|自评[^，。；]*|扣\s*[\d.]+\s*分"
)
"""What the rule saw, and not why."""
_EMPTY_CAUSE = regex(r"原因(?:主要)?(?:是|为|在于|系|：|:)\s*(?:暂?无|不明|不详|待核实|没有)?\s*(?:[，。；]|$)")
_SAYS = regex(
    r"(?P<no>没有完全|没有|未能|没能|未|尚未|不能|没)?(?P<soft>基本|部分|接近|大体)?(?:达到|完成|实现|达成)了?"
    r"(?:年度|年初|全年|预期|预定|既定|设定|计划|绩效|考核|申报)*的?(?:绩效)?(?:目标|指标)(?!值?的|任务|管理|设置|申报|编制|数据|完成率|体系)"
)
_FILL = regex(
    r"[^\u4e00-\u9fff]|已经?|均|都|也|全部|总体|实际|完成|达到?|超额|如期|按期|比例|人次|场次|万元|达|为|共|全年|年末|本年|顺利|圆满|没有|但|却|仍|并|了|个|项|场|期|次|人|户|件|家"
)
_BEFORE_NAME = regex(r"(?:^|[^\u4e00-\u9fff]|[和及与年的中标是度将把])$")


def no_reason(words: str) -> bool:
    """Whether words give no reason: empty, 无, 暂无, 基本完成 and the like."""
    return bool(_NO_REASON.match(words.strip()))


def outcomes(reading: Reading) -> list[Finding]:
    """Sentences that say of a named target that it was reached, or missed, where its figures say otherwise."""
    facts = reading.facts
    if facts is None:
        return []
    found = []
    known = {
        normal_term(t.name): t for t in facts.card.ledger.targets if len(t.name) >= _SHORTEST and facts.is_known(t)
    }
    names = Terms(known)
    for said in reading.said:
        if "目标" not in said.words and "指标" not in said.words:
            continue
        for match in _SAYS.finditer(said.words):
            if match["soft"] or not is_claim(said, match.start(), reading):
                continue
            target = known.get(_named(said, match.start(), known, names))
            if target is None or (target in facts.missed) is bool(match["no"]):
                continue
            wanted, got = (_told(facts.card.ledger.get(id), text) for id, text in (
                (target.target, target.target_text), (target.achieved, target.achieved_text or target.state)))  # fmt: skip
            start = said.start + match.start()
            due = "没有达到目标" if target in facts.missed else "达到目标"
            found.append(Finding(
                "contradiction", "error",
                f"{reading.text.place(start)}写“{target.name}”{match[0]}，但年度指标值{'' if target.sign == '定性' else target.sign}{wanted}，"
                f"实际{got}，应为{due}。请改写，或核对数据。",
                quote=said.short, start=start, end=said.start + match.end(), expected=due,
            ))  # fmt: skip
    return found


def _named(said: Said, at: int, known: dict[str, Target], names: Terms) -> str:
    """The target that the words before this place speak of: the last one named, with nothing else named after it."""
    for cell in said.row:
        if cell != said.words and normal_term(cell) in known:
            return normal_term(cell)
    if re.search(r"除[^，。；]{1,40}外", said.words[:at]):
        return ""
    _, start = said.clause(at)
    for number, piece in enumerate((said.words[start:at], *said.clauses_before(at)[:4])):
        plain = normal_term(piece)
        if hits := names.find(plain):
            name, begins, ends = hits[-1]
            rest = plain[ends:]
            clean = _BEFORE_NAME.search(plain[:begins]) and (number or not _FILL.sub("", rest))
            return name if clean else ""
        if not number and _FILL.sub("", plain):
            return ""
    heading = normal_term(said.headings[-1]) if said.headings else ""
    return next((name for name, _, ends in names.find(heading) if ends == len(heading)), "")


def targets(reading: Reading) -> list[Finding]:
    """Missed targets of which neither the report nor, where the report is silent, the data says why."""
    facts = reading.facts
    if facts is None:
        return []
    found = []
    for target in facts.missed:
        spoken = [said for said in reading.said if _speaks_of(said, target)]
        if any("【待补" in said.words for said in spoken) or any(_explains(said, target) for said in spoken):
            continue
        if not spoken and not no_reason(target.variance_reason):
            continue
        place = spoken[0] if spoken else None
        start = place.start if place else 0
        where = reading.text.place(start) if place else target.place
        wanted, got = (_told(facts.card.ledger.get(id), text) for id, text in (
            (target.target, target.target_text), (target.achieved, target.achieved_text or target.state)))  # fmt: skip
        known = not no_reason(target.variance_reason)
        lack = f"数据中写有原因“{target.variance_reason}”，报告没有写出。请在这里或附表中写明" if known else (
            "也没有写偏差原因（“无”“基本完成”不算）。请写明具体原因和改进措施")  # fmt: skip
        hole = any(_EMPTY_CAUSE.search(said.words) for said in spoken)
        found.append(Finding(
            "closure", "warning" if known and not hole else "error",
            f"{where}“{target.name}”年度指标值{'' if target.sign == '定性' else target.sign}{wanted}，实际{got}，没有达到目标，{lack}。",
            quote=place.short if place else target.name, start=start, end=start + len(place.words) if place else 0,
            expected=target.variance_reason if known else f"“{target.name}”的偏差原因",
        ))  # fmt: skip
    return found


def _told(figure: Figure | None, text: str) -> str:
    return figure.printed() if figure is not None else text or "未填"


def _speaks_of(said: Said, target: Target) -> bool:
    name = normal_term(target.name)
    if said.row:
        return any(normal_term(cell) == name for cell in said.row)
    return name in normal_term(said.words)


def _explains(said: Said, target: Target) -> bool:
    """A cell of reasons in its row, or a sentence that names it and a cause."""
    words = said.words.strip()
    rest = _FORMULA.sub("", words)
    if said.row and _WHY_HEAD.search(said.head):
        return not _bare(_CAUSE.sub("", rest))
    given = re.split(r"[，。；]", target.variance_reason.strip())[0]
    if not no_reason(given) and normal_term(given) in normal_term(words):
        return True
    if said.row:
        return False
    if any(not _bare(re.split(r"[。；]", rest[m.end() :])[0]) for m in _CAUSE.finditer(rest)):
        return True
    return bool(_TOLD_CAUSE.search(rest.replace(target.name, "")))


def _bare(words: str) -> bool:
    """Whether nothing is left that could be a cause."""
    pieces = [piece.strip() for piece in re.split(r"[，。；、（）()：:\s]", words)]
    return all(
        no_reason(piece) or re.fullmatch(r"原因|不明|不详|待核实|待查|暂不清楚|详见附件", piece) for piece in pieces
    )
