"""Two names for one unit: another unit where the report's own is due, its name misspelt, and more than one way to say “we”."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.verify.itself.signed import Named, own_places
from assistant.verify.reading.reading import Reading

_AREA = regex(r".*[省市区县旗州盟镇乡]")
_COVERAGE = regex(r"[（(](?:本级|汇总|含下属单位|部门汇总)[）)]|本级$")
_PARTY = regex(r"^(?:中国共产党|中共)")
_SHORTEST_CORE = 3
_KNOWN_CORES = frozenset(
    "财政局 民政局 教育局 体育局 司法局 公安局 审计局 统计局 水利局 水务局 税务局 商务局 医保局 林业局 农业局 气象局 信访局 档案局 城管局 城建局 住建局 规划局 科技局 科学局 交通局"
    " 环保局 文化局 旅游局 文旅局 卫生局 卫健局 卫健委 发改局 发改委 经信局 经信委 工信局 工信委 国资局 国资委 人社局 人防办 机关局 粮食局 物价局 房管局 园林局 海洋局 渔业局 民宗局 民族局"
    " 招商局 投促局 金融局 应急局 政务局 数据局 总工会 团区委 组织部 宣传部 统战部 政法委 党校 编办 侨办 台办 残联 妇联 科协 文联 红十字会 供电局 邮政局 烟草局 安监局 质监局 药监局 工商局".split()
)
_WE = regex(
    r"我(?<![\u4e00-\u9fff“]我)(局|部(?!门)|委|院|校|中心|馆|站|厅|办(?!公|理|事|法|好|实))(?![长里属内])|我(?<=[，。；、：\s由经为对在和与至向将根据按照结合截至围绕通过]我)(局|部(?!门)|委|院|校|中心|馆|站|厅|办(?!公|理|事|法|好|实))"
)
_MOST_SHOWN = 3
_TITLE = 60


def names(reading: Reading) -> Iterator[Finding]:
    """Findings on the name of the reporting unit, where the report says whose it is."""
    named = [] if reading.card is not None else own_places(reading)
    unit = reading.card.unit if reading.card is not None else _own(named)
    if unit:
        yield from _others(reading, unit, named)
        yield from _misspelt(reading, unit)
    yield from _selves(reading)


def _own(named: list[Named]) -> str:
    """The fullest form of the first unit that the text is said to be of."""
    if not named:
        return ""
    first = next((one.name for one in named if one.sure), named[0].name)
    return max((one.name for one in named if same_unit(one.name, first)), key=len, default=first)


def same_unit(name: str, unit: str) -> bool:
    """Whether two names are one unit's: the same office, and the place of one shortens the other's (区民政局, 中共…区委组织部)."""
    if name[0] in "我本该":
        return True
    (area, core), (own_area, own_core) = parts(name), parts(unit)
    if not (_shortens(core, own_core) or _shortens(own_core, core)):
        return False
    return _shortens(area, own_area) or _shortens(own_area, area)


def parts(name: str) -> tuple[str, str]:
    """A unit's name as place and office: 示例市甲区民政局 → 示例市甲区, 民政局; 甲区委组织部 → 甲区, 组织部."""
    plain = _PARTY.sub("", _COVERAGE.sub("", name)).replace("委员会组织部", "委组织部").replace("人民政府", "")
    found = _AREA.match(plain[:-_SHORTEST_CORE])
    area = found[0] if found else ""
    return area, plain[len(area) :].removeprefix("委")


def _shortens(short: str, full: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in short)


def _others(reading: Reading, unit: str, named: list[Named]) -> Iterator[Finding]:
    text = reading.text
    told: set[str] = set()
    own = next((one.start for one in named if same_unit(one.name, unit)), 0)
    for start, name, place, sure in named:
        if name in told or same_unit(name, unit):
            continue
        told.add(name)
        yield Finding(
            "wording", "error" if sure else "warning",
            f"{text.place(start)}：{place}写的是“{name}”，{text.place(own)}写的是“{unit}”，不是同一个单位。"
            "请改成一致；如果套用了别的单位的文本，还要核对其余内容。",
            quote=text.text[start : start + _TITLE].split("\n")[0], start=start, end=start + len(name), expected=unit,
        )  # fmt: skip


def _misspelt(reading: Reading, unit: str) -> Iterator[Finding]:
    """The office with one character wrong: 区民证局 where all else says 区民政局."""
    area, core = parts(unit)
    if len(core) < _SHORTEST_CORE or not area:
        return
    text, right = reading.text, reading.text.text.count(core)
    variants = "|".join(
        f"{re.escape(core[:at])}[\u4e00-\u9fff]{re.escape(core[at + 1 :])}" for at in range(len(core) - 1)
    )
    found = [
        match
        for match in re.finditer(rf"{re.escape(area[-1])}委?({variants})", text.text)
        if match[1] != core and match[1] not in _KNOWN_CORES
    ]
    for wrong, count in Counter(match[1] for match in found).items():
        if count * 2 > right:
            continue
        first = next(match for match in found if match[1] == wrong)
        yield Finding(
            "wording", "warning",
            f"{text.place(first.start(1))}单位名称写成“{area[-1]}{wrong}”，其余{right}处是“{core}”，疑为错字。请改为“{core}”。",
            quote=first[0], start=first.start(1), end=first.end(1), expected=core,
        )  # fmt: skip


def _selves(reading: Reading) -> Iterator[Finding]:
    """我局 in one chapter and 我院 in another: a report speaks for one unit. 我单位 and 我部门 go with either."""
    text = reading.text
    found = [(match[1] or match[2], match) for match in _WE.finditer(text.text)]
    counts = Counter(kind for kind, _ in found)
    if len(counts) < 2:
        return
    (main, most), (other, few), *_ = counts.most_common()
    first = next(match for kind, match in found if kind == other)
    usual = next(match for kind, match in found if kind == main)
    yield Finding(
        "wording", "warning",
        f"自称不一：{text.place(usual.start())}等{most}处称“我{main}”，{text.place(first.start())}等{few}处称“我{other}”。"
        "请统一；如是套用别的单位的文本，请核对该段内容。",
        quote=first[0], start=first.start(), end=first.end(), expected=f"我{main}",
    )  # fmt: skip
