"""The words that follow a number: which they are, what they count, and how they convert.

Only money has factors beyond 万 and 亿 (角); every other unit is its own base, under one name (㎡ is 平方米).
A measure word is none when it opens another word: 5 人 but not 5 人员, 3 分 but not 3 分局; `_OPENS_A_WORD` says so for each.
分 is a mark, never money: cents occur only after 元 and 角, and `quantities` reads those.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from assistant.numbers.mention import Kind

PERSONS = frozenset("人名位")
"""Words that count people and may stand for each other."""

_PLACES = frozenset("村 镇 乡 街道 社区 乡镇 县 区 市 省 国".split())
"""What a region is made of: 9镇2街道."""

_THINGS = _PLACES | frozenset(
    """
    个 户 家 项 件 份 篇 条 期 场 套 台 辆 部 间 所 座 处 宗 起 例 张 本 册 枚 面 支 只 头 棵 株 门 堂 节 批 类 种 级 组 队 轮
    栋 幢 艘 架 口 眼 匹 尾 羽 盆 袋 箱 桶 瓶 盒 包 卷 幅 双 对 根 块 片 段 层 道 顶 款 章 字 页 集 点 笔 单 票 席 档 颗 粒 剂 通
    班 届 列 盏 首 曲 丛 罐 板 针 讲 床 路 站 版 桩 孔 束 杯 股 跨 餐 课 版面 包件 机位 席位 名额 站点
    大类 小类 大项 小项 子项 分项 标段 方面 床位 泊位 车位 学位 岗位 台套 件套 标台 条目 栏目 单元
    """.split()
)
_MEASURES = """
    次 人次 车次 船次 航次 频次 井次 亩次 趟 趟次 遍 回 圈 步 航班 人天 人日 人份 人时 人年 顿 晚 旬
    年 个月 天 日 夜 小时 分钟 秒 周 季度 学年 学期 课时 学时 工时 工作日 周年 周岁 岁
    平方米 平方公里 公顷 亩 立方米 公里 车道公里 车道 米 延米 厘米 毫米 华里 海里 吨 公斤 千克 克 毫克 微克 斤 升 毫升
    千瓦 兆瓦 千瓦时 度 千伏 千伏安 摄氏度 分贝 兆帕 赫兹 标准箱 折 字节 像素 兆 千兆 MB GB TB Mbps Gbps
    """.split()
DIGITS_ONLY = _PLACES | frozenset(
    """
    列 曲 丛 板 针 讲 床 路 站 版 桩 孔 束 股 跨 课 圈 步 晚 旬 兆 千兆 首 度 口 通 回 包 集 字 折 升 双 对 米
    """.split()
)
"""Measure words that count after digits only; after a numeral in words they are the rest of a word (一线, 十里)."""
_NEVER_A_YEAR = _PLACES | frozenset("版 路 站".split())
"""These count nothing after what looks like a year: 2021版, 2021市级."""

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
    标准箱: 标箱 TEU
    千瓦时: kWh kwh KWH
    千伏: kV
    摄氏度: ℃
    度: °
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
    "位": "[于列置次]|小数|数(?!字)|居(?!民)",
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
    "列": "[入出举席车明示支为第名在表]",
    "首": "[先次批个届都府要期付领页席家创发]",
    "板": "块",
    "针": "[对织剂灸]",
    "讲": "[话述解师座]",
    "床": "[位单]",
    "路": "[径灯段口面网线桥]|公交|车",
    "站": "[位台点在式]",
    "版": "[权图本]",
    "股": "[权东份]",
    "课": "[题程堂]",
    "跨": "[区部年省市县界域越境]",
    "孔": "子",
    "束": "[手缚]",
    "餐": "[饮馆厅具]",
    "步": "[行入伐骤]",
    "晚": "[间上]",
    "村": "[民务集级委口庄]",
    "镇": "[级政区街]",
    "乡": "[村镇级]",
    "街道": "办",
    "社区": "[居工服书委治矫养]",
    "县": "[级域委政城区]",
    "区": "[域级政委内间划别分块管属直长财]",
    "市": "[场级民委政直区容属值长内外辖财本]",
    "省": "[级委政直内外厅份]",
    "国": "[家内际有务企产债资]",
    "兆": "头",
    "章": "程",
    "字": "[样典段]",
    "集": "[中体团合成约聚资群散市镇训思]",
    "点": "[击位名评亮燃对面赞多]",
    "笔": "[试记录]",
    "单": "[位元独一项个纯株亲设列]",
    "档": "案",
    "通": "(?!电话|来电)",
    "班": "[子车长级组主]",
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
    "分": "[钱别类布析局享配批期段步解档散值界钟红店院校行子母包流离明歧担拨账税户摊季年月区片层]"
    "|公司|会场|支(?![出付])|管(?!理)|组(?!织)|项(?!目)|工(?!作)|部(?!门)|发(?!现|展)|数(?!据|量|字)"
    "|级(?!别)|之[一二三四五六七八九十0-9]",
}
_TIMES_OPENS_A_WORD = "[年日性序数要级月品生干目货]"
_NO_TIMES = frozenset("个层面级类点部")
_LATIN_GOES_ON = "[A-Za-z0-9]"


class Unit(NamedTuple):
    """A unit as printed (`word`), its one name, the kind of number it makes, and what may not follow it (a pattern)."""

    word: str
    name: str
    kind: Kind
    blocked: str


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
    names.update({f"{word}次": f"{word}次" for word in _THINGS - _PLACES - _NO_TIMES if len(word) == 1})
    names.update(_torn(names))
    units = {}
    for word, name in names.items():
        opened = _TIMES_OPENS_A_WORD if word.endswith("次") else None
        blocked = _LATIN_GOES_ON if word.isascii() and word.isalnum() else _OPENS_A_WORD.get(word, opened)
        if word in _NEVER_A_YEAR:
            blocked = "|".join(filter(None, (blocked, f"(?<=(?:19|20)[0-9][0-9]{word})", f"(?<=[.][0-9]{word})")))
        units[word] = Unit(word, name, _kind(name), blocked or "")
    return units


def _torn(names: dict[str, str]) -> dict[str, str]:
    """Return the units that a PDF file tears apart, as it does: 个 百分点, 个百\n分点, 人 次."""
    whole = {word: name for word, name in names.items() if name == "个百分点" or word == "人次"}
    return {
        f"{word[:at]}{gap}{word[at:]}": name
        for word, name in whole.items()
        for at in range(1, len(word))
        for gap in " \n"
    }


def _lengths(words: dict[str, Unit]) -> dict[str, list[int]]:
    """How long the words are that begin with a character, the longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {first: sorted(lengths, reverse=True) for first, lengths in found.items()}


_UNITS = _vocabulary()
LATIN_UNITS = sorted((word for word in _UNITS if "A" <= word[0] <= "z"), key=lambda word: -len(word))
"""The units in Latin letters, the longest first."""
_LENGTHS = _lengths(_UNITS)
_FAMILIES = {
    **dict.fromkeys(PERSONS, "人"),
    **{"日": "天", "场次": "场", "批次": "批", "班次": "班", "周岁": "岁", "千克": "公斤"},
}
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


def unit_at(text: str, pos: int) -> Unit | None:
    """Return the longest unit that begins at `pos`, unless it opens another word there."""
    for length in _LENGTHS.get(text[pos : pos + 1], ()):
        unit = _UNITS.get(text[pos : pos + length])
        if unit and not (unit.blocked and _compiled(unit.blocked).match(text, pos + length)):
            return unit
    return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when a text first has the unit: a hundred of them at import would be felt at every start."""
    return re.compile(pattern)


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


@lru_cache(maxsize=4096)
def unit_family(unit: str) -> str:
    """Return the one unit that speaks for those that count the same: 元 for 万元, 人 for 名 and 位, 天 for 日."""
    name = base(Decimal(0), unit)[1]
    return _FAMILIES.get(name, name)


@lru_cache(maxsize=4096)
def compatible_units(one: str, other: str) -> bool:
    """Whether two units may belong to one quantity.

    A bare number goes with everything; 个 with every other counter of things (家 项 件 …), not with people, occasions,
    time or size; money, %, ‰, 个百分点, 倍 and 分 only with themselves.
    """
    a, b = unit_family(one), unit_family(other)
    if a == b or not a or not b:
        return True
    return (a == "个" and b in _THINGS) or (b == "个" and a in _THINGS)
