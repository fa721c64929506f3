"""单位: whose report it is. Title, conclusion, scoring sentence and 单位名称 name the case's unit and no other."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.verify.checks.claims import is_own_name
from assistant.verify.reading.reading import Reading

_KINDS = (
    "局|委员会|厅|办公室|街道办事处|街道办|人民政府|管理中心|服务中心|文化馆|图书馆|博物馆|纪念馆|档案馆|文化站|学校|中学|小学|幼儿园"
    "|医院|卫生院|组织部|宣传部|统战部|武装部|政法委|法院|检察院|研究所|研究院|联合会|总工会|管理所|支队|大队"
)
_UNIT = rf"(?P<unit>[\u4e00-\u9fff]{{2,22}}?(?:{_KINDS}))"
_SUBJECT = regex(
    rf"(?:^|[，。；：、\s）)]|20\d\d年度?|20\d\d|年度){_UNIT}(?:（[^）]{{1,12}}）)?"
    r"(?=(?:20\d\d年?度?|本年度|年度)?(?:部门|单位|预算)*(?:整体支出|整体绩效|绩效自评|自评(?:总?得分|总分|结果|结论|等级|报告|综合|为|\d)|综合得分|总得分|得分|评价等级))"
)
_OTHERS = regex(r"^(?:度|我|本|按照?|根据|依据|由|经|向|报|与|和|对照|落实|围绕|参照|关于|印发)")
_FILLED_IN = regex(
    rf"(?:单位名称|部门名称|填报单位|填报部门|自评单位|评价单位|预算单位)(?:（[^）]{{1,12}}）)?[：:\t]\s*{_UNIT}(?=[\s，。；（]|$)"
)
_SCORING = regex(r"自评.{0,12}得分|综合得分|总得分|评价等级|得分\s*\d")
_CONCLUSION = regex(r"结论|综合评价|总体评价|评价结果")
_TITLE_BLOCKS, _TITLE = 4, 60


def own_unit(reading: Reading) -> list[Finding]:
    """An error for each place of the report's own unit that names another one."""
    card, text = reading.card, reading.text
    if card is None or not card.unit:
        return []
    found = []
    for start, name in sorted(set(named_units(reading))):
        if is_own_name(name, reading):
            continue
        found.append(Finding(
            "wrong_scope", "error", f"{text.place(start)}的单位写成“{name}”，本报告的单位是“{card.unit}”。请改正。",
            quote=text.text[start : start + _TITLE].split("\n")[0], start=start, end=start + len(name), expected=card.unit,
        ))  # fmt: skip
    return found


def named_units(reading: Reading) -> Iterator[tuple[int, str]]:
    """Place and name of each unit that the text puts where its own stands: 单位名称, title, conclusion, scoring sentence."""
    text = reading.text
    for number, block in enumerate(text.blocks):
        words = text.text[block.start : block.end]
        if "单位" in words or "部门" in words:
            for match in _FILLED_IN.finditer(words):
                yield block.start + match.start("unit"), match["unit"]
        if block.kind != "row" and number < _TITLE_BLOCKS and len(words) < _TITLE:
            yield from _subjects(words, block.start)
    for said in reading.said:
        concluding = bool(said.headings) and bool(_CONCLUSION.search(said.headings[-1]))
        if not said.row and (concluding or _SCORING.search(said.words)):
            yield from _subjects(said.words, said.start)


def _subjects(words: str, start: int) -> Iterator[tuple[int, str]]:
    for match in _SUBJECT.finditer(words):
        if not _OTHERS.match(match["unit"]):
            yield start + match.start("unit"), match["unit"]
