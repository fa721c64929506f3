"""Whose report a file is: by the list of units, by the name of file or folder, else by what the report says of itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from assistant.documents import Text
from assistant.patterns import regex
from assistant.verify.itself.signed import own_places
from assistant.verify.reading.reading import Reading

_UNIT = regex(
    r"[\u4e00-\u9fff]{2,24}?(?:局|委员会|厅|办公室|街道办事处|街道办|街道|人民政府|镇政府|乡政府|镇|乡|中心|馆|站|学校|中学|小学|幼儿园|医院|卫生院|组织部|宣传部|统战部"
    r"|政法委|纪委监委|纪委|编办|委|法院|检察院|研究所|研究院|联合会|残联|妇联|总工会|工商联|科协|文联|团区委|团县委|管理所|支队|大队|学院|大学|党校|公司|集团|部|所|院|会|办|园)"
    r"(?=$|[^\u4e00-\u9fff]|20\d\d|关于|部门|单位|整体|绩效|自评|预算|评分|得分|报告)"
)
_LEADING = regex(r"^(?:附件|附表|关于|报送|上报)+")
_NOISE = regex(r"[\d\s_\-—–·.、()（）【】\[\]《》+]+")
_YEAR = regex(r"20\d\d\s?年度?")


def plain(name: str) -> str:
    """A name in the form in which names are compared."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name))


def listed_unit(name: str, roster: Sequence[str]) -> str:
    """The unit of the list whose name a file or folder carries; the longest of several."""
    bare = plain(name)
    return max((unit for unit in roster if plain(unit) and plain(unit) in bare), key=len, default="")


def unit_in_name(name: str) -> str:
    """The unit that the name of a file or folder says: 甲区民政局2023年度自评报告."""
    spaced = _NOISE.sub(" ", _YEAR.sub(" ", unicodedata.normalize("NFKC", name)))
    found = (_LEADING.sub("", match[0]) for match in _UNIT.finditer(spaced))
    return next((unit for unit in found if len(unit) > 2), "")


def unit_in_report(text: Text) -> str:
    """The unit that the report says it is of: on its cover, in its title, its conclusion, its signature; "" if it does not."""
    named = own_places(Reading(text))
    first = next((one.name for one in named if one.sure), named[0].name if named else "")
    return max((one.name for one in named if one.name.endswith(first)), key=len, default=first)
