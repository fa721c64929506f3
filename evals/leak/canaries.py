"""Facts that only an exemplar holds, put into its paragraphs: names, places, units, projects, honours, numbers, documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱覃武乔赖庞樊殷施洪翟安倪严牛温芦季俞章鲁葛伍韦申尤毕聂"
_GIVEN = "志建文明国华德永光庆平海春秀玉兰芳英梅慧敏静雅婷佳欣怡思雨子涵浩宇晨旭泽凯博睿俊杰鹏飞振兴启航若曦"
_EVERYDAY = (
    "红旗",
    "团结",
    "和平",
    "东风",
    "幸福",
    "健康",
    "光明",
    "胜利",
    "长青",
    "桃源",
    "远航",
    "凤鸣",
    "同心",
    "惠民",
    "春晖",
    "晨光",
    "金色",
    "阳光",
)
_RARE = "柳沐澜岚翎桐霁芷蘅荻蓼樾垚砚珩璟琅澈洵汀屿岑嵩峄澧沅涪赣汶泗淄沂"
_PLACES = ("镇", "乡", "街道", "社区", "村", "县", "新区", "小区", "路", "湾", "岭", "大街", "里弄", "屯")
_UNITS = (
    "公司",
    "集团",
    "合作社",
    "事务所",
    "研究院",
    "福利院",
    "商会",
    "小学",
    "中学",
    "幼儿园",
    "卫生院",
    "农场",
    "社工站",
    "税务所",
)
_PROJECTS = (
    "大桥",
    "水厂扩建工程",
    "步道",
    "文化广场",
    "科技园",
    "排涝站",
    "智慧平台",
    "安置房项目",
    "产业园",
    "活动月",
    "计划",
    "改造提升工程",
)
_HONOURS = ("获得全市{}奖", "获评省级{}示范点", "捧回{}杯", "被授予{}先锋称号", "入选全国{}案例", "荣获{}先进集体")
_SAYINGS: dict[str, tuple[str, ...]] = {
    "人名": ("由{}带队入户核实。", "评议会由{}主持。", "包片干部{}每周到场。", "{}同志负责逐户登记。", "材料经{}审签后归档。"),
    "地名": ("回访了{}的住户。", "{}先行试点，做法已整理成册。", "现场会放在{}召开。", "{}的管网同步更新。"),
    "单位": ("{}参与了验收。", "与{}签了服务协议。", "委托{}抽样复核。", "{}捐赠了一批器材。"),
    "项目": ("{}年内完成主体施工。", "{}已交付使用。", "继续推进{}，工期顺延到次年。", "为{}配了专管员。"),
    "荣誉": ("本单位{}。", "因工作扎实，{}。", "下属科室{}。"),
    "数": ("共发放{}份手册。", "回收问卷{}份。", "比计划多{}人次。", "办理用时压缩{}。", "惠及{}名群众。"),
    "文号": ("依据{}组织核查。", "按{}的口径重新归集。", "{}印发后逐条对照。"),
    "品牌": ("“{}”做法在全区推开。", "打造“{}”服务队。", "“{}”上线运行。"),
    "联系": ("咨询可拨{}。", "公示见{}。"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Canary:
    """`words` stand in one exemplar and in no honest report of another unit; `said` is the sentence that holds them."""

    kind: str
    words: str
    said: str


def canary(kind: str, dice: Random) -> Canary:
    """One of that kind, drawn."""
    words = _MADE[kind](dice)
    return Canary(kind, words, dice.choice(_SAYINGS[kind]).format(words))


def planted(report: str, dice: Random) -> tuple[str, list[Canary]]:
    """A report in Markdown with a canary after each paragraph of some length, one kind after the other."""
    lines, found = [], list[Canary]()
    kinds = list(_SAYINGS)
    for line in report.split("\n"):
        lines.append(line)
        if len(line) > 40 and line[0] not in "#|-" and line.endswith("。"):
            found.append(canary(kinds[len(found) % len(kinds)], dice))
            lines[-1] += found[-1].said
    return "\n".join(lines), found


def _name(dice: Random) -> str:
    """Two characters: a word of everybody's, or none at all."""
    return dice.choice(_EVERYDAY) if dice.random() < 0.5 else dice.choice(_RARE) + dice.choice(_RARE)


def _person(dice: Random) -> str:
    given = dice.choice(_GIVEN) + (dice.choice(_GIVEN) if dice.random() < 0.7 else "")
    return dice.choice(_SURNAMES) + given


def _number(dice: Random) -> str:
    value = dice.randint(1200, 98000)
    return dice.choice(
        (
            f"{value:,}",
            str(value),
            f"{value / 10000:.2f}万",
            f"{dice.randint(11, 97)}.{dice.randint(11, 97)}%",
            "三千六百余",
        )
    )


def _document(dice: Random) -> str:
    number = f"〔20{dice.randint(15, 23)}〕{dice.randint(3, 120)}号"
    return dice.choice(
        (f"{_name(dice)}财发{number}", f"《{_name(dice)}资金管理细则》", f"{_name(dice)[0]}府办{number}")
    )


def _contact(dice: Random) -> str:
    return dice.choice(
        (
            f"0{dice.randint(311, 898)}-{dice.randint(2000000, 8999999)}",
            f"www.{dice.choice(('lanwan', 'yunxi', 'hemu'))}.gov.cn",
        )
    )


_MADE: dict[str, Callable[[Random], str]] = {
    "人名": _person,
    "地名": lambda dice: _name(dice) + dice.choice(_PLACES),
    "单位": lambda dice: _name(dice) + dice.choice(_UNITS),
    "项目": lambda dice: _name(dice) + dice.choice(_PROJECTS),
    "荣誉": lambda dice: dice.choice(_HONOURS).format(_name(dice)),
    "数": _number,
    "文号": _document,
    "品牌": lambda dice: _name(dice) + dice.choice(("帮办", "议事厅", "守护", "直通车", "微课堂")),
    "联系": _contact,
}
KINDS = tuple(_SAYINGS)
