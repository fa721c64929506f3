"""Where a report names its own unit besides the scoring sentence: the title on a line of its own, the signature, the annexes.

Each place is told with a word for it; `names` compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.patterns import regex
from assistant.verify.checks.own_unit import named_units
from assistant.verify.reading.passages import Passage
from assistant.verify.reading.reading import Reading

_KINDS = (
    "局|委员会|委|厅|办公室|街道办事处|人民政府|中心|馆|站|学校|中学|小学|幼儿园|医院|卫生院|组织部|宣传部|统战部|法院|检察院|研究所|研究院"
    "|联合会|总工会|管理所|支队|大队|学院|大学|党校"
)
_ALONE = regex(rf"\s*(?P<unit>[\u4e00-\u9fff]{{2,24}}(?:{_KINDS}))\s*(?:[（(](?:盖章|公章|章)[)）])?\s*$")
_TITLED = regex(rf"\s*(?P<unit>[\u4e00-\u9fff]{{2,24}}?(?:{_KINDS}))\s{{0,2}}20\d\d\s{{0,2}}年")
_DATE = regex(r"\s*(?:20\d\d|二[〇○零O]\S{2})\s*年[^，。；]{2,12}日?\s*$")
_NAMED_CELL = regex(
    rf"(?:部门|单位)(?:[（(](?:单位|部门)[)）])?名称(?:[（(][^）)]{{1,12}}[)）])?\s*[：:\t|]\s*(?P<unit>[\u4e00-\u9fff]{{2,24}}(?:{_KINDS}))(?=[\s，。；（]|$)"
)
_ANNEX = regex(
    rf"\s*(?:附件[：:]?\s*)?(?:\d{{1,2}}[.、]|[：:])?\s*(?P<unit>[\u4e00-\u9fff]{{2,24}}?(?:{_KINDS}))(?=20\d\d年度?[^，。]{{0,16}}(?:自评|绩效|评分))"
)
_INTRODUCED = regex(
    rf"(?:（[^）]{{1,4}}）[^。，]{{2,10}}。)?(?P<unit>[\u4e00-\u9fff]{{2,24}}?(?:{_KINDS}))(?:[（(][^）)]{{1,24}}[)）])?(?:是(?!我|本)|为(?!我|本)|系|内设|共有|主要(?:负责|承担))"
)
_NO_NAME = regex(r"^(?:我|本|各|该|全|以上|上述|经|由|按|根据|其|并|和|与)|所属|下属")
_HEAD, _FOOT, _TITLE = 4, 12, 40
_FIRST = 10


class Named(NamedTuple):
    """A unit's name, where it stands, and what stands there: 标题, 落款, 附件 or 正文. `sure`: no other unit's name can stand there."""

    start: int
    name: str
    place: str
    sure: bool


def own_places(reading: Reading) -> list[Named]:
    """Every place where the report's own unit is due, in the order of the text."""
    found = [Named(start, name, "自评的单位", True) for start, name in named_units(reading)]
    for block in reading.text.blocks if "名称" in reading.text.text else ():
        for match in _NAMED_CELL.finditer(reading.text.text[block.start : block.end]):
            found.append(Named(block.start + match.start("unit"), match["unit"], "单位名称", True))
    prose = reading.passages
    found += _titles(prose[:_HEAD])
    found += _signatures(prose)
    found += _introduced(prose[:_FIRST])
    for passage in prose:
        if "附件" in passage.words[:8] and (annex := _ANNEX.match(passage.words)) is not None:
            found.append(Named(passage.start + annex.start("unit"), annex["unit"], "附件标题", False))
    once: dict[int, Named] = {}
    for one in sorted(found):
        once.setdefault(one.start, one)
    return [one for one in once.values() if not _NO_NAME.search(one.name)]


def _titles(prose: Sequence[Passage]) -> Iterator[Named]:
    """The unit on a line of its own above the title of the report."""
    for passage in prose:
        first = passage.blocks[0]
        words = passage.words[: first.end - first.start]
        if len(words) <= _TITLE and (alone := _ALONE.match(words) or _TITLED.match(words)) is not None:
            yield Named(passage.start + alone.start("unit"), alone["unit"], "标题", True)
            return


def _signatures(prose: Sequence[Passage]) -> Iterator[Named]:
    """The unit alone on a line above the date at the end."""
    first = max(_HEAD, len(prose) - _FOOT)
    for at in range(first, len(prose)):
        words = prose[at].words
        after = prose[at + 1].words if at + 1 < len(prose) else ""
        joined = re.match(r"(.{4,26}?)\s+(20\d\d\s?年.{3,12}日)\s*$", words)
        alone = _ALONE.match(joined[1] if joined else words)
        if alone is not None and (joined or _DATE.match(after)):
            yield Named(prose[at].start + alone.start("unit"), alone["unit"], "落款", False)


def _introduced(prose: Sequence[Passage]) -> Iterator[Named]:
    """某局是区政府工作部门: the first sentence of the first chapter that says what the unit is."""
    for passage in prose:
        found = _INTRODUCED.match(passage.words)
        if found is not None:
            yield Named(passage.start + found.start("unit"), found["unit"], "单位概况", False)
            return
