"""Which items make up a whole, by the words of the field: where all of them are listed, nothing else can belong to the total."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.patterns import regex

_WHOLES = tuple(
    tuple(regex(pattern) for pattern in whole)
    for whole in (
        ("基本支出", "项目支出"),
        ("人员(?:经费|支出)", "公用(?:经费|支出)"),
        ("货物", "工程", "服务"),
        ("因公出国", "公务用?车", "(?:公务)?接待"),
        ("因公出国", "购置", "运行", "接待"),
        ("因公出国", "购置及运行", "接待"),
        ("车辆?购置", "运行"),
        ("流动资产", "非流动资产"),
        ("登记", "备案"),
        ("(?:机关|行政)编制", "事业编制"),
        ("行政编制", "事业编制", "工勤编制"),
        ("行政(?:编制?)?(?:人员|在职)?$", "事业(?:编制?)?(?:人员|在职)?$"),
        ("离休", "退休"),
        ("公益一类", "公益二类"),
        ("在职", "离退休"),
        ("年初|上年结转", "追加|调整|调剂"),
        ("男", "女"),
        ("线上", "线下"),
        ("城市|城镇", "农村"),
        ("本级", "下级|下属|所属"),
        ("已?完成", "未完成"),
        ("合格", "不合格"),
        ("公办", "民办"),
        ("收入", "(?:上年|年初)结转"),
        ("支出", "结转下年|年末结转"),
        ("新建", "改扩?建"),
        ("集中采购", "分散采购"),
        ("在用", "闲置"),
        ("旧存", "新收"),
        ("网上", "窗口"),
        ("少儿", "成人"),
        ("行政编制", "参公编制", "事业编制"),
        ("为?优的?$", "良的?$", "中的?$"),
        ("为?优的?$", "良的?$", "中的?$", "差的?$"),
    )
)
_KINDS = "类型岗级区组"
"""Names that all end in one of these are kinds of one division: 少儿类、成人类、老年类."""
_REST = regex(r"其他|其它|其余|剩余")
_CROSS = regex(
    r"党员|女|男|本科|研究生|硕士|博士|学历|岁|周岁|少数民族|骨干|优秀|高级|副高|中级|重点|优先|新增|首次|达标|合格|在编|聘|贫困|残疾|老年"
)


def complete(names: Iterable[str]) -> bool:
    """Whether items are, by their names, all there is: 基本支出 and 项目支出; or the last is 其他."""
    listed = list(names)
    if len(listed) < 2:
        return False
    if _REST.match(listed[-1]):
        return True
    for whole in _WHOLES:
        if len(whole) == len(listed) and all(any(kind.search(name) for name in listed) for kind in whole):
            return True
    return False


def three_public(total: str, names: Iterable[str]) -> bool:
    """Whether the parts of a 三公经费 name its cars and its reception: journeys abroad alone could be missing, and are said in words."""
    listed = list(names)
    return "三公" in total and any("车" in name for name in listed) and any("接待" in name for name in listed)


def cross_cut(names: Iterable[str]) -> bool:
    """Whether items are of several divisions, so that one thing may be in two of them: 党员150人、女性80人."""
    listed = list(names)
    alike = len({name[-1:] for name in listed}) == 1 and listed[0][-1:] in _KINDS
    return not alike and not complete(listed) and any(_CROSS.search(name) for name in listed)
