"""年度目标: a target missed costs marks and has its reason, a target met has full marks, and nobody praises what was missed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from assistant.findings import Code, Finding, Severity
from assistant.patterns import regex
from assistant.verify.checks.targets import no_reason
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.statements import Statement
from assistant.verify.scoring import Spot, told
from assistant.verify.scoring.aims import Aim, Told, lists_with_targets, rows_with_targets, way_of
from assistant.verify.scoring.rule import read_rule

_MOST_LOOKS = 300
_EXCESS = Decimal("0.3")
"""Beyond this share over the target the official form asks for a reason."""
_PRAISE = regex(
    r"(?<![未没不])(?:圆满完成|超额完成|全部完成|全面完成|如期完成|目标已(?:全部)?完成|均已完成|已达标|全部达标"
    r"|(?:完成|达到|实现)了?(?:年度|年初|预期|既定|全年|绩效)+的?(?:绩效)?目标)"
)
_ALL_DONE = regex(
    r"(?:圆满|全面|全部|均)(?:完成|实现)了?[^，。；、]{0,10}(?:各项|年度|全年|年初|既定|预期)[^，。；、]{0,6}(?:目标|任务|指标)"
    r"|(?:全部|各项|所有)(?:绩效|年度|预期)*(?:目标|任务|指标)[^，。；、]{0,4}(?:均已?|全部|圆满)(?:完成|实现)|(?:全部|所有)项目均?[^，。；、]{0,4}(?:圆满)?完成[^，。；、]{0,6}(?:绩效)?目标"
)
_NOT_SAID = regex(r"未|没|基本|除|计划|确保|力争|推动|促进|保障|为了?|要|将|是否")
_SHARE_DONE = regex(r"完成(?:了)?(?:年度|全年)?(?:目标|计划|任务)的\s?(?P<share>\d{1,3}(?:\.\d{1,2})?)\s?[%％]")
_NOT_DONE = regex(r"^\s*(?:未完成|未达标|未达到|未实现|未开展|尚未)")
_PARTLY = regex(r"^\s*部分(?:完成|达成|实现)")
_DENIED = regex(r"(?:未|没有|没能|尚未|不)[^，。；]{0,6}$")
_CAUSE = regex(r"原因|由于|因为?(?![此素而果])|受.{1,20}影响|所致|主要是")
_DEDUCTED = regex(r"扣|未得|失分")
_AIMED = regex(r"^(?:(?!实际|已|完成).){0,30}(?:目标|计划|指标值|任务)(?:值|数)?[^□率实已]{0,14}$")
_GOT = regex(r"实际|完成|实现|达到|开展|举办")


def missed(reading: Reading) -> Iterator[Finding]:
    """Findings on the targets of rows, of lists and of sentences."""
    prose = _Prose(reading)
    rows = list(rows_with_targets(reading.tables))
    yield from _all_done(reading, [row for row in rows if isinstance(row, Aim) and row.missed and row.sure])
    for row in rows:
        finding = _of_words(reading, row) if isinstance(row, Told) else _of_row(reading, row, prose)
        if finding is not None:
            yield finding
    for aim, passage in lists_with_targets(reading.passages):
        if not aim.missed:
            continue
        praise = _praised(passage.words)
        if praise or not _CAUSE.search(passage.words):
            lack = f"却写“{praise}”" if praise else "没有写原因"
            yield _finding(
                reading, "rule" if praise else "missing", "error" if praise and aim.sure else "warning", aim.achieved_spot,
                f"“{aim.name}”目标为{aim.target.text}（{reading.text.place(aim.target_spot.start)}），完成情况写{aim.achieved.text}，"
                f"没有达到目标，{lack}。请核对两处的数，或如实写明未完成的原因。", aim.target.text,
            )  # fmt: skip
    yield from _sentences(reading)


def _of_row(reading: Reading, aim: Aim, prose: _Prose) -> Finding | None:
    silent = aim.asks_reason and (aim.reason is None or no_reason(aim.reason.words))
    if aim.missed:
        return _missed_row(reading, aim, silent, prose)
    full, marks = aim.full, aim.marks
    if full and marks and silent and Decimal(0) <= marks.value < full.value and not prose.tells(aim.name, _DEDUCTED):
        if _rule_gives(aim):
            return None
        return _finding(
            reading, "rule", "warning", marks.spot,
            f"“{aim.name}”年度指标值{aim.target_spot.words}、实际完成{aim.achieved_spot.words}，已达到目标，得分{marks.told}分低于分值{full.told}分，"
            "没有写扣分原因。请写明原因，或核对得分。", f"{full.told}分或扣分原因",
        )  # fmt: skip
    if aim.excess > _EXCESS and (aim.reason is None or no_reason(aim.reason.words)):
        return _finding(
            reading, "missing", "warning" if aim.asks_reason else "info", aim.achieved_spot,
            f"“{aim.name}”年度指标值{aim.target_spot.words}、实际完成{aim.achieved_spot.words}，超过目标{told(round(aim.excess * 100, 1))}%，"
            "没有写偏差原因。请写明是任务增加还是目标定得偏低。", "偏差原因",
        )  # fmt: skip
    return None


def _missed_row(reading: Reading, aim: Aim, silent: bool, prose: _Prose) -> Finding | None:
    wrong = []
    praise = next((p for spot in (aim.achieved_spot, aim.reason) if spot and (p := _praised(spot.words))), "")
    if praise:
        wrong.append(f"却写“{praise}”")
    at_full = aim.full is not None and aim.marks is not None and 0 < aim.full.value <= aim.marks.value
    if at_full and not _rule_gives(aim) and aim.full is not None:
        wrong.append(f"得分却是满分{aim.full.told}分")
    if silent and not prose.tells(aim.name, _CAUSE):
        wrong.append("没有写具体的偏差原因（“无”“基本完成”不算）")
    if not wrong:
        return None
    code: Code = "missing" if len(wrong) == 1 and silent and "偏差" in wrong[0] else "rule"
    spot = aim.marks.spot if at_full and aim.marks else aim.achieved_spot
    return _finding(
        reading, code, "error" if aim.sure else "warning", spot,
        f"“{aim.name}”年度指标值{aim.target_spot.words}、实际完成{aim.achieved_spot.words}，没有达到目标，{'，'.join(wrong)}。"
        "请核对数据，按评分标准扣分并写明原因。", "低于满分" if at_full else "偏差原因",
    )  # fmt: skip


def _of_words(reading: Reading, row: Told) -> Finding | None:
    """未完成 in words with full marks."""
    full, marks, words = row.full, row.marks, row.achieved.words
    if not full or not marks or marks.value < full.value or full.value <= 0:
        return None
    if not _NOT_DONE.match(words) and not _PARTLY.match(words):
        return None
    return _finding(
        reading, "rule", "error" if _NOT_DONE.match(words) else "warning", marks.spot,
        f"“{row.name}”完成情况写“{words[:20]}”，得分却是满分{full.told}分。请按评分标准扣分，或核对完成情况。", "低于满分",
    )  # fmt: skip


def _sentences(reading: Reading) -> Iterator[Finding]:
    """目标8期，实际6期，圆满完成: target, result and praise in one sentence."""
    for _, group in groupby(reading.statements, key=lambda s: (s.passage.start, s.sentence)):
        said = list(group)
        if not 2 <= len(said) <= 4 or not (praise := _praised(said[0].words)):
            continue
        aims = [s for s in said if _AIMED.search(s.lead)]
        if len(aims) != 1:
            continue
        got = [s for s in said if s is not aims[0] and s.mention.unit == aims[0].mention.unit and _is_result(s)]
        if len(got) == 1 and got[0].mention.start > aims[0].mention.start:
            yield from _sentence(reading, aims[0], got[0], praise)


def _all_done(reading: Reading, failed: list[Aim]) -> Iterator[Finding]:
    """全面完成各项目标 beside a row whose target was missed, or beside 完成目标的86.92% in the same paragraph."""
    for passage in reading.passages:
        for found in _ALL_DONE.finditer(passage.words):
            before = passage.words[max(0, found.start() - 12) : found.start()]
            if _NOT_SAID.search(before) or _NOT_SAID.search(found[0]) or "《" in before:
                continue
            start, end = passage.start + found.start(), passage.start + found.end()
            share = next((m for m in _SHARE_DONE.finditer(passage.words) if Decimal(m["share"]) < 100), None)
            if share is not None:
                told_of = f"同一段又写“{share[0]}”"
            elif failed:
                one = failed[0]
                told_of = f"而“{one.name}”目标{one.target_spot.words}、实际{one.achieved_spot.words}，没有达到目标（{reading.text.place(one.achieved_spot.start)}）"
            else:
                continue
            yield Finding(
                "rule", "warning", f"{reading.text.place(start)}：写“{found[0]}”，{told_of}。请改成如实的说法，或核对完成数。",
                quote=found[0], start=start, end=end,
            )  # fmt: skip
            return


def _is_result(said: Statement) -> bool:
    return bool(_GOT.search(said.lead)) and not said.mention.direction and not said.mention.bound


def _sentence(reading: Reading, aim: Statement, got: Statement, praise: str) -> Iterator[Finding]:
    wanted, done = aim.mention, got.mention
    if wanted.value is None or done.value is None or wanted.upper is not None or done.upper is not None:
        return
    way, sure = way_of(aim.lead, aim.lead[-8:] + wanted.text, wanted)
    if done.value >= wanted.value if way == "up" else done.value <= wanted.value:
        return
    yield _finding(
        reading, "rule", "error" if sure or way == "up" else "warning", Spot(done.text, done.start, done.end),
        f"目标为{wanted.text}，完成{done.text}，没有达到目标，同一句却写“{praise}”。请核对两个数，或改写这一句。", wanted.text,
    )  # fmt: skip


def _praised(words: str) -> str:
    """Words of praise that are not denied: 圆满完成, and not 未能全部完成."""
    for found in _PRAISE.finditer(words):
        if not _DENIED.search(words[max(0, found.start() - 10) : found.start()]):
            return found[0]
    return ""


def _rule_gives(aim: Aim) -> bool:
    """Whether the row's own standard gives this mark for this result."""
    if aim.standard is None or aim.full is None or aim.marks is None or aim.achieved.value is None:
        return False
    rule = read_rule(aim.standard.words, aim.full.value, aim.name)
    return rule is not None and aim.marks.value in rule.marks(aim.achieved.value)


class _Prose:
    """What the paragraphs say of an indicator. After `_MOST_LOOKS` questions it answers yes: nothing more is then found missing."""

    def __init__(self, reading: Reading) -> None:
        self.words = "\n".join(passage.words for passage in reading.passages)
        self.looks = 0

    def tells(self, name: str, pattern: re.Pattern[str]) -> bool:
        """Whether such a thing is said near the first place that names it."""
        self.looks += 1
        if self.looks > _MOST_LOOKS:
            return True
        at = self.words.find(name)
        return at >= 0 and pattern.search(self.words[max(0, at - 100) : at + 200]) is not None


def _finding(reading: Reading, code: Code, severity: Severity, spot: Spot, message: str, expected: str = "") -> Finding:
    return Finding(
        code, severity, f"{reading.text.place(spot.start)}：{message}", quote=spot.words, start=spot.start, end=spot.end,
        expected=expected,
    )  # fmt: skip
