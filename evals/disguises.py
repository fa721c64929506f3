"""How a copied passage is dressed up: the kinds that the mechanism was made with, and kinds that it was not, kept apart to measure it by."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.patterns import regex
from assistant.similarity import Report

_NUMBER = regex(r"\d[\d,]*(?:\.\d+)?")
_YEAR = regex(r"20\d\d")
_SENTENCE = regex(r"[^。；！？]+[。；！？]?")
_CHARACTER = regex(r"[\u4e00-\u9fff]")
_SELF = regex(r"[我本][局委办校院馆]")
_OTHER_WORDS = dict(pair.split(">") for pair in (
    "完成>做完 开展>组织 建设>修建 推进>推动 提升>提高 加强>强化 开通>启用 覆盖>惠及 增加>新增 减少>压减 办理>受理 组织>举办 检查>排查 整改>改正 发现>查出 主要>大多 原因>缘由"
    " 由于>因为 问题>短板 安排>布置 及时>按时 建立>设立 制定>拟定 印发>下发 培训>轮训 全年>年内 其中>里面 另外>此外 同时>并且 已经>已 没有>未 需要>须 年底前>年末以前"
    " 比上年>较去年 逐户>挨户 每月>按月 每季度>逐季 群众>居民 单位>机构 项目>工程 资金>经费 负责>承担 牵头>主办 试点>试行 走访>上门 服务>帮办 使用>动用 支付>拨付 采购>购置 验收>查验"
).split())  # fmt: skip
_STILL_OTHER_WORDS = dict(pair.split(">") for pair in (
    "来自>源于 平均>均值 比例>占比 占>达 用于>投向 分别>各 后>之后 前>之前 低于>不及 高于>超出 都>均 也>亦 只>仅 多>较多 少>较少 因>由于 由>经 与>同 把>将 到>至 从>自 每>逐 全部>悉数 当年>本年"
    " 次年>第二年 下一年>来年 科>科室 股>股室 收到>接到 登记>记录 提前>预先 延期>推迟 更换>换新 新建>兴建 改造>翻新 老人>长者 学生>学员 企业>公司 村>村庄 社区>居委 人员>人手 工作>事务"
    " 指标>考核项 结算>清算 合同>协议 招标>发包 设备>器材 数据>数字 台账>清册 报告>书面汇报 通知>告知 增长>上升 下降>回落 高>较高 慢>迟缓 早>较早 晚>较迟 新>新式 旧>老旧"
).split())  # fmt: skip

Dress = Callable[[str, Report, Report, random.Random], str]
"""A passage, whose it is, whose it becomes -> how it reads there."""
Where = Literal["alone", "inside", "apart"]
"""A paragraph of its own; in the middle of one of the receiver's; its two halves in two places."""


@dataclass(frozen=True, slots=True)
class Disguise:
    """`name` in tables, `key` in figures; `keeps`: the donor's figures are left in it; `held_out`: the mechanism was not made with it."""

    name: str
    key: str
    dress: Dress
    where: Where = "alone"
    keeps: bool = False
    held_out: bool = False


def _as_it_is(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    return words


def _other_numbers(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    def other(found: re.Match[str]) -> str:
        if _YEAR.fullmatch(found[0]):
            return found[0]
        return "".join(str(chance.randint(1, 9)) if sign.isdigit() else sign for sign in found[0])

    return _NUMBER.sub(other, words)


def _other_names(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    for name in donor.names:
        words = words.replace(name, receiver.unit)
    return _SELF.sub("本单位", words)


def _other_words(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    clauses = _replaced(words, _OTHER_WORDS, chance, 0.8).split("，")
    return "，".join(f"还{clause}" if at and chance.random() < 0.2 else clause for at, clause in enumerate(clauses))


def _still_other_words(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    """Six in ten of the commonest words replaced, each wherever it stands."""
    return _replaced(words, _STILL_OTHER_WORDS, chance, 0.6)


def _replaced(words: str, others: dict[str, str], chance: random.Random, share: float) -> str:
    for word, instead in others.items():
        if chance.random() < share:
            words = words.replace(word, instead)
    return words


def _other_order(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    said = _SENTENCE.findall(words)
    if len(said) > 1:
        said = [*said[1:], said[0]] if len(said) < 3 else chance.sample(said, len(said))
    return "".join(one if one[-1] in "。；！？" else f"{one}。" for one in said)


def _all_of_it(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    for dress in (_other_numbers, _other_names, _other_order):
        words = dress(words, donor, receiver, chance)
    return words


def _clauses_dropped(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    """Every fourth clause is left out."""
    clauses = words.split("，")
    return "，".join(clause for at, clause in enumerate(clauses) if at % 4 != 3 or at == len(clauses) - 1)


def _rounded(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    """Long figures told roughly: 4,816件 → 4800余件."""

    def rough(found: re.Match[str]) -> str:
        digits = found[0].replace(",", "")
        if "." in digits or len(digits) < 3 or _YEAR.fullmatch(digits):
            return found[0]
        return f"{int(digits) // 10 ** (len(digits) - 2) * 10 ** (len(digits) - 2)}余"

    return _NUMBER.sub(rough, words)


def _led_in(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    """Every sentence is given an opening of its own."""
    openings = ("具体来看，", "一年来，", "在此过程中，", "据统计，", "从结果看，")
    return "".join(f"{chance.choice(openings)}{one}" for one in _SENTENCE.findall(words))


def _other_points(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    """Other punctuation, and the line breaks and blanks of a page that was copied."""
    words = words.replace("；", "。").replace("、", "，").replace("“", "「").replace("”", "」")
    return "".join(f"{sign} " if at % 17 == 16 else sign for at, sign in enumerate(words))


def _fragment(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    """Twenty to thirty characters of it, figures and points not counted, from the begin of a clause on."""
    places = [found.start() for found in _CHARACTER.finditer(words)]
    count = chance.randint(20, 30)
    begins = [at for at, place in enumerate(places) if not place or words[place - 1] in "，。；：、"]
    start = chance.choice([at for at in begins if at + count <= len(places)] or [0])
    return words[places[start] : places[min(start + count, len(places)) - 1] + 1]


DISGUISES = (
    Disguise("一字不改", "verbatim", _as_it_is, keeps=True),
    Disguise("只改数", "numbers", _other_numbers),
    Disguise("只改单位名称", "names", _other_names, keeps=True),
    Disguise("改一部分词", "words", _other_words),
    Disguise("调换句子次序", "order", _other_order, keeps=True),
    Disguise("数、名称、次序都改", "all", _all_of_it),
    Disguise("换另一批词", "synonyms", _still_other_words, held_out=True),
    Disguise("每四个分句删一个", "dropped", _clauses_dropped, held_out=True),
    Disguise("数改成约数", "rounded", _rounded, held_out=True),
    Disguise("每句加开头", "led_in", _led_in, held_out=True),
    Disguise("改标点、带空格", "points", _other_points, held_out=True),
    Disguise("插进自己的段落", "inside", _as_it_is, "inside", held_out=True),
    Disguise("拆到两处", "apart", _as_it_is, "apart", held_out=True),
    Disguise("二三十字的片断", "fragment", _fragment, "inside", held_out=True),
)
