"""Names, people, honours and documents that nothing known holds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from assistant.guard.fault import Fault
from assistant.guard.lexicon import Finder, claims
from assistant.guard.matter import Matter, Text, bare, stands_for
from assistant.patterns import regex

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗凤方俞任袁柳史唐费薛雷贺倪汤罗毕郝安常乐于傅齐康伍余元顾孟黄穆萧尹姚邵汪祁毛禹狄米贝臧"
    "戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾江颜郭梅林徐邱骆高夏蔡田胡凌霍万柯管卢莫房解应丁邓崔龚程陆翁段侯武刘龙叶黎白赖谭温尚曾关"
)
_TITLE = "同志|先生|女士|老师|医生|教授|院士|博士|局长|副局长|处长|副处长|科长|副科长|部长|副部长|主任|副主任|书记|副书记|区长|市长|县长|镇长|校长|院长|所长|站长|队长|股长|主席|委员|经理|董事长|律师|警官|同学"
_PERSON = regex(rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=(?:等)?(?:{_TITLE}))|[{_SURNAMES}](?:某某?|[×xX]{{1,2}})")
_TITLED = regex(rf"(?:{_TITLE})[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff])")
_BODY = regex(r"[\u4e00-\u9fff]{2}(?:科室?|局|处|办|中心|小学|中学|学校|幼儿园|医院|公司|公园|街道|社区|村|镇|馆)")
_PAPER = regex(r"[\u4e00-\u9fff]{1,8}[〔\[（(]□?\d{0,4}[〕\]）)]\s?□?\d{0,5}号")
_ALONE = regex(r"“[^”\n]{0,60}$|《[^》\n]{0,80}$")


def names(matter: Matter) -> Iterator[Fault]:
    """Quoted names, people, organisations, places, meetings, papers and honours that are not known."""
    known = matter.known_bare
    for number, text in enumerate(matter.sentences):
        own = matter.known_to(matter.told[number]) if matter.told[number] else known
        for m in _BODY.finditer(text.bare):
            if m[0] in known and m[0] not in own:
                message = f"“{m[0]}”是别的原句里的名称，这一句说的事没有它，请照原句写。"
                yield Fault("invented", number, m[0], message)
        for name in _named(text):
            if bare(name) not in known:
                yield Fault("invented", number, name, f"“{name}”不在本段的材料里。名称只能照原句写，没有的请删去。")
        for word, at in _honours().find(text.blank):
            held = [statement.blank for statement in matter.resting_on(text, at)]
            if not any(other in blank for blank in held for other in stands_for(word)):
                message = f"“{word}”是荣誉或认定，所述的原句里没有，请删去。"
                yield Fault("claim", number, word, message)


def _named(text: Text) -> Iterator[str]:
    yield from text.names
    blank = text.blank
    for pattern in (_PERSON, _TITLED, _PAPER, _ALONE):
        yield from (m[0] for m in pattern.finditer(blank))


@cache
def _honours() -> Finder:
    return Finder(claims().honours, ("先进制造", "试点运行", "示范区域", "推广费"))
