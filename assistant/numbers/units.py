"""The words that follow a number: which they are, what they count, and how they convert.

Only money has factors beyond 万 and 亿 (角); every other unit is its own base, under one name (㎡ is 平方米).
A measure word is none when it opens another word: 5 人 but not 5 人员, 3 分 but not 3 分局; `_OPENS_A_WORD` says so for each.
分 is a mark, never money: cents occur only after 元 and 角, and `quantities` reads those.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.numbers.mention import Kind

PERSONS = frozenset("人名位")
"""Words that count people and may stand for each other."""

_THINGS = frozenset(
    """
    个 户 家 项 件 份 篇 条 期 场 套 台 辆 部 间 所 座 处 宗 起 例 张 本 册 枚 面 支 只 头 棵 株 门 堂 节 批 类 种 级 组 队 轮
    栋 幢 艘 架 口 眼 匹 尾 羽 盆 袋 箱 桶 瓶 盒 包 卷 幅 双 对 根 块 片 段 层 道 顶 款 章 字 页 集 点 笔 单 票 席 档 颗 粒 剂 通
    班 届 大类 小类 大项 小项 子项 分项 标段 方面 床位 泊位 车位 学位 岗位 台套 件套 标台 条目 栏目 单元
    """.split()
)
_MEASURES = """
    次 人次 车次 批次 班次 场次 件次 户次 架次 台次 辆次 家次 例次 船次 篇次 条次 项次 门次 剂次 趟 遍 回 人天 人日 人份
    年 个月 天 日 夜 小时 分钟 秒 周 季度 学年 学期 课时 学时 工时 工作日 周年 周岁 岁
    平方米 平方公里 公顷 亩 立方米 公里 米 厘米 毫米 华里 海里 吨 公斤 千克 克 毫克 微克 斤 升 毫升
    千瓦 兆瓦 千瓦时 度 千伏 千伏安 摄氏度 分贝 标准箱 折 MB GB TB
    """.split()
_CURRENCIES = frozenset("元 美元 港元 欧元 日元 英镑 澳门元 新台币".split())

_OTHER_NAMES = """
    元: 圆 圓 元整 圆整 元人民币 块钱
    美元: 美金
    港元: 港币
    %: ％ ﹪ \\%
    个百分点: 百分点
    个: 個
    个月: 個月
    小时: 个小时 h
    工作日: 个工作日
    周: 个星期 星期
    季度: 个季度
    学年: 个学年
    学期: 个学期
    课时: 个课时
    学时: 个学时
    周年: 个周年
    平方米: ㎡ m² m2 平米 平方
    平方公里: km² k㎡ 平方千米
    立方米: m³ m3 立方
    公里: km KM 千米
    米: m
    厘米: cm
    毫米: mm
    公斤: kg KG
    吨: t
    毫克: mg
    毫升: ml
    千瓦: kW kw KW
    兆瓦: MW
    千瓦时: kWh kwh KWH
    千伏: kV
    摄氏度: ℃
    人次: 人（次） 人(次)
    场次: 场（次） 场(次)
    批次: 批（次） 批(次)
    户次: 户（次） 户(次)
    台套: 台（套） 台(套) 台/套
    件套: 件（套） 件(套)
    """

_OPENS_A_WORD = {
    "个": "性|别(?!墅)|体(?!育)|税",
    "名": "[称单额录义誉次列]",
    "位": "[于列置次]|居(?!民)",
    "人": "[员才民事大力社均物类群]|数(?!量)|口(?!水)",
    "户": "[籍外型]",
    "家": "[长属园政]|具(?![备有])|庭(?!农|医|教|经|林|牧)|电(?!商|力|影|子|信|视|网)",
    "项": "目",
    "份": "额",
    "条": "[件例]",
    "期": "[间限望待货初末]",
    "场": "[所地馆景面]",
    "部": "[门分署长委队级属落件]",
    "间": "[接隔断]",
    "所": "[有属在需示以列涉得用述谓提做致含]",
    "处": "[理置于罚分方级长室在]",
    "起": "[到草步来诉点初始义源伏因飞重施]",
    "例": "[如行外会子证]",
    "本": "[级部局次年单报市区指项人科月期周着身地院校会办处委机街镇县乡村社]",
    "面": "[向对积临试貌授]",
    "支": "[出付持部援撑农教委架]|队(?!伍)",
    "只": "[有要能是需剩为占完]",
    "头": "[部脑]",
    "门": "[户市店诊口槛禁球票]",
    "节": "[约能日余点目假水电庆省气俭前后制减]",
    "批": "[准复评示发改量阅]",
    "类": "[别型似比]",
    "种": "[植子养]",
    "级": "别",
    "组": "[织成建长员工]",
    "队": "[伍员长列]",
    "架": "构",
    "口": "[径岸袋罩号头]",
    "包": "[括含装容干保庇围联片抓村案机]",
    "幅": "度",
    "双": "[方创减碳拥随]",
    "对": "[口象接应比外于策标照待此]",
    "根": "[据本源治植基]",
    "片": "区",
    "层": "[面级]",
    "道": "[路德理]",
    "款": "[项式]",
    "章": "程",
    "字": "[样典段]",
    "集": "[中体团合成约聚资群散市镇训思]",
    "点": "[击位名评亮燃对面赞多]",
    "笔": "[试记录]",
    "单": "[位元独一项个纯株亲设列]",
    "档": "案",
    "通": "(?!电话|来电)",
    "班": "[子车长级组主]",
    "次": "[年日性序数要级月品]",
    "年": "[初末底度终级轻龄报会均鉴货产检限]",
    "天": "[然津河气]",
    "日": "[常均期报志程益本间用]",
    "夜": "[间市]",
    "周": "[边期转末报全知密围到一二三四五六日]",
    "季度": "[末初]",
    "米": "[粮面]",
    "克": "[服难]",
    "升": "[级至学到降华旗温格值任入]",
    "度": "[假过数汛夏冬量]",
    "回": "[复收访头应落顾归家乡流购填避升笼迁]",
    "元": "[旦素宵件器首气化]",
    "倍": "[感加]|增(?![长加幅])",
    "折": "[旧合算叠扣]",
    "分": "[别类布析局享配批期段步解档散值界钟红店院校行子母包流离明歧担拨账税户摊季年月区片层]"
    "|公司|会场|支(?![出付])|管(?!理)|组(?!织)|项(?!目)|工(?!作)|部(?!门)|发(?!现|展)|数(?!据|量|字)"
    "|级(?!别)|之[一二三四五六七八九十0-9]",
}
_LATIN_GOES_ON = "[A-Za-z0-9]"


class Unit(NamedTuple):
    """A unit as printed (`word`), its one name, the kind of number it makes, and what may not follow it."""

    word: str
    name: str
    kind: Kind
    blocked: re.Pattern[str] | None


def _kind(name: str) -> Kind:
    if name in _CURRENCIES:
        return "money"
    return _OWN_KINDS.get(name, "count")


_OWN_KINDS: dict[str, Kind] = {
    "%": "percent",
    "‰": "percent",
    "‱": "percent",
    "个百分点": "points",
    "倍": "multiple",
    "分": "score",
}


def _vocabulary() -> dict[str, Unit]:
    """Return every unit by the word that is printed for it."""
    names = {word: word for word in (*PERSONS, *_THINGS, *_MEASURES, *_CURRENCIES, *_OWN_KINDS)}
    for line in _OTHER_NAMES.strip().splitlines():
        name, _, words = line.strip().partition(": ")
        names.update(dict.fromkeys(words.split(), name))
    units = {}
    for word, name in names.items():
        blocked = _LATIN_GOES_ON if word.isascii() and word.isalnum() else _OPENS_A_WORD.get(word)
        units[word] = Unit(word, name, _kind(name), re.compile(blocked) if blocked else None)
    return units


_UNITS = _vocabulary()
LATIN_UNITS = sorted((word for word in _UNITS if "A" <= word[0] <= "z"), key=lambda word: -len(word))
"""The units in Latin letters, the longest first."""
_LENGTHS = {
    first: sorted({len(word) for word in _UNITS if word[0] == first}, reverse=True)
    for first in {word[0] for word in _UNITS}
}
_FAMILIES = {
    **dict.fromkeys(PERSONS, "人"),
    **{"日": "天", "场次": "场", "批次": "批", "班次": "班", "周岁": "岁", "千克": "公斤"},
}
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


def unit_at(text: str, pos: int) -> Unit | None:
    """Return the longest unit that begins at `pos`, unless it opens another word there."""
    for length in _LENGTHS.get(text[pos : pos + 1], ()):
        unit = _UNITS.get(text[pos : pos + length])
        if unit and (unit.blocked is None or not unit.blocked.match(text, pos + length)):
            return unit
    return None


def base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Convert to the base unit, exactly: 万元 and 亿元 to 元, 万人次 to 人次, 万 to a bare number, 成 to %."""
    factor, name = _scale(unit)
    return (value * factor if factor != 1 else value), name


@lru_cache(maxsize=4096)
def _scale(unit: str) -> tuple[Decimal, str]:
    """What one of this unit is in base units; texts bring their own units, so the cache has an end."""
    power = 0
    while unit not in _UNITS and unit[:1] in _POWERS:
        power += _POWERS[unit[0]]
        unit = unit[1:]
    if unit == "角":
        power, unit = power - 1, "元"
    elif unit == "成":
        power, unit = power + 1, "%"
    name = _UNITS[unit].name if unit in _UNITS else unit
    return Decimal(10) ** power, name


def unit_family(unit: str) -> str:
    """Return the one unit that speaks for those that count the same: 元 for 万元, 人 for 名 and 位, 天 for 日."""
    name = base(Decimal(0), unit)[1]
    return _FAMILIES.get(name, name)


def compatible_units(one: str, other: str) -> bool:
    """Whether two units may belong to one quantity.

    A bare number goes with everything; 个 with every other counter of things (家 项 件 …), not with people, occasions,
    time or size; money, %, ‰, 个百分点, 倍 and 分 only with themselves.
    """
    a, b = unit_family(one), unit_family(other)
    if a == b or not a or not b:
        return True
    return (a == "个" and b in _THINGS) or (b == "个" and a in _THINGS)
