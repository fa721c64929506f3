"""Which words of a sentence are a claim about this unit's year: not a negation, a plan, a quotation, another year or another unit."""

from __future__ import annotations

import re

from assistant.patterns import regex
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.sentences import Said

_NEGATED = regex(
    r"(?:未|未能|没有|没|没能|尚未|仍未|并未|不能|无法|难以|不够|不太|不|未必|并非|非|有待|离|距|远未)(?:够|能|能够|完全|全部|按时|按期|及时|很|真正|得到|达到|实现|取得|形成|进一步)?$"
)
_NOT_YET = regex(r"^(?:的?(?:差距|难度|压力|不足)|(?:还|仍|尚)(?:不|未|有))")
_PURPOSE = regex(
    r"(?:确保|保证|力争|争取|力求|努力|致力|以便|旨在|目标是|目的是|(?<![按合到])要求|必须|应当|应该|应|须|需要?|为了?|推动|推进|促进|督促|敦促|保障|抓紧|是否|能否|如何|如果|若|倘若|只有|才能|方能|即可|作为|视为|的，得|得满分)[^，。；]{0,30}$"
)
_FUTURE = regex(
    r"(?:将|拟|(?:^|[我本]局?)计划|计划(?=于|在|到|将|明年|20\d\d)|打算|准备|预计|预期|下一步|下步|今后|明年|次年|来年|下年|接下来|后续|届时)[^，。；]{0,40}$"
)
_FUTURE_BEFORE = regex(r"^(?:下一步|下步|今后|明年|次年|来年|下年|接下来|后续|计划|拟|将)|(?:将|拟|计划|打算)$")
_OTHER_YEAR = regex(
    r"(?<![比较与同和由对])(?:上年|去年|上一年|往年|前年|以前年度|历年)(?!末|结转|度?相比|同期|决算|支出|实际|预算)[^，。；]{0,30}$"
)
_COMPARED_YEAR = regex(r"(?:比|较|与|同|和)(?:\d{4}年|上年|去年)$")
_YEAR = regex(r"(?<![\d〔\[（(\-—])(20\d\d)年")
_OTHER_UNIT = regex(
    r"(?:兄弟单位|其他(?:单位|部门|地区|区县)|外单位|相关单位|有关单位|协作单位|施工单位|建设单位|承包商|中标单位|供应商|(?<![本我])各(?:街道|镇|单位|部门|社区|学校|医院|区县))[^，。；]{0,24}$"
)
_NAMED_UNIT = regex(
    r"(?:^|[，。；、由经与和])([\u4e00-\u9fff]{2,14}?(?:局|委员会|厅|办公室|街道办事处|镇政府|公司|集团|管理中心))(?=[^，。；]{0,20}$)"
)
_PLANNED_HEAD = regex(r"计划|打算|思路|建议|措施|努力方向|目标设[置定]")
_DUE_HEAD = regex(r"总体要求|年度(?:总体|绩效)?目标$|绩效目标$|主要任务$|职能|职责")
"""What is due stands here; that it has been done may be said here too, and is then a claim."""
_PERFECT = regex(
    r"^(?:[^，。；]{0,6}(?:已|了)|(?:均|都)|[^，。；]{0,3}(?:完成|达成|办结|达标|完毕|使用)(?=[，。；]|$))"
)
_DONE_HEAD = regex(r"完成|实现|落实|成效|结果|执行|情况")
_RULE_HEAD = regex(
    r"标准|指标说明|说明$|要点|年度(?:指标|目标|绩效目标)|目标值|目标内容|预期|要求|名称|^[一二三四]级指标|措施|依据"
)
_HEAD_OF_RESULT = regex(r"完成|扣分|得分|情况说明|偏差|原因")


def is_claim(said: Said, at: int, reading: Reading) -> bool:
    """Whether the words at this place of a sentence assert something of this unit in this year."""
    _, start = said.clause(at)
    before = said.words[start:at]
    if said.quoted(at) or _NEGATED.search(before) or _NOT_YET.match(said.words[at + 4 : at + 10]):
        return False
    if _PURPOSE.search(before) or _FUTURE.search(before):
        return False
    earlier = said.clauses_before(at)
    if any(_FUTURE_BEFORE.search(piece) for piece in earlier) or (
        earlier and re.search(r"(?:要求|确保|力争|目标是|目标为)$", earlier[0])
    ):
        return False
    if _OTHER_YEAR.search(before) and not _COMPARED_YEAR.search(before):
        return False
    if any(_OTHER_YEAR.search(piece) for piece in earlier) and not re.search(r"本年|今年|当年|本年度", said.words[:at]):
        return False
    return _this_year(said, at, reading) and _own(before, reading) and _told_as_fact(said, at)


def _this_year(said: Said, at: int, reading: Reading) -> bool:
    """Whether the last year named before the words is the case's."""
    if reading.card is None:
        return True
    years = [m for m in _YEAR.finditer(said.words, 0, at) if not _COMPARED_YEAR.search(said.words[: m.end()])]
    return not years or int(years[-1][1]) == reading.card.year


def _own(before: str, reading: Reading) -> bool:
    """Whether no other unit is the subject."""
    if _OTHER_UNIT.search(before):
        return False
    named = _NAMED_UNIT.search(before)
    if named is None or reading.card is None:
        return True
    return is_own_name(named[1], reading)


_COVERAGE = regex(r"[（(][^（）()]{1,12}[）)]$")
"""（本级） behind a unit's name."""


def is_own_name(name: str, reading: Reading) -> bool:
    """Whether a name is the case's unit's, in full or shortened (区委组织部 of 区委员会组织部)."""
    if reading.card is None or name[0] in "我本该":
        return True
    short = reading.case.short_name if reading.case is not None else ""
    own = _COVERAGE.sub("", reading.card.unit)
    return _shortens(name, own) or _shortens(own, name) or (bool(short) and (short in name or name in short))


def _shortens(short: str, full: str) -> bool:
    """Whether the characters of one stand in the other in their order, and both end alike."""
    rest = iter(full)
    return short[-1:] == full[-1:] and all(char in rest for char in short)


def _told_as_fact(said: Said, at: int) -> bool:
    """Whether the section and the column are ones that report, and do not set out rules or plans."""
    if said.row and _RULE_HEAD.search(said.head) and not _HEAD_OF_RESULT.search(said.head):
        return False
    heading = said.headings[-1] if said.headings else ""
    if _DONE_HEAD.search(heading):
        return True
    if _DUE_HEAD.search(heading) and not _PERFECT.match(said.words[at:]):
        return False
    return not _PLANNED_HEAD.search(heading)
