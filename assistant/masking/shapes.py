"""What is known by its form: web addresses, 《…》, quoted names, honours, Latin names, people beside their titles, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from assistant.masking.words import words
from assistant.numbers import Mention, find_numbers
from assistant.patterns import regex


class Span(NamedTuple):
    """A stretch of a text that a blank stands for; `kind` is the word inside the blank."""

    start: int
    end: int
    kind: str


_WEB = regex(r"(?:https?://|www\.)[!-~]{1,300}|[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}\.(?:com|cn|net|org)\b")  # fmt: skip
_TITLE = regex(r"《[^《》\n]{1,120}》")
_LETTERS = regex(r"[\u4e00-\u9fff]{1,8}$")
_LATIN = regex(r"[A-Za-zＡ-Ｚａ-ｚ][A-Za-z0-9Ａ-Ｚａ-ｚ_.+&-]{1,40}")
_STRONG = regex(
    r"(?:荣获|喜获|荣膺|斩获|获颁|获评|被评为|评选为|评为|被授予|授予|被命名为|命名为|被确定为|被认定为|入选|入围|摘得|捧回|捧得)"
    r"([^，。；：！？\n]{1,80})"
)
_WEAK = regex(
    r"(?:获得|取得|获|列入|列为|当选|通过|创建|创成)([^，。；：！？\n]{0,40}?"
    r"(?:称号|荣誉|表彰|表扬|奖牌|奖项|奖(?![励金补学惩])|杯|名单|标兵|模范|示范[区县点城市单位校村社街道]{1,3}|先进(?:集体|单位|个人|工作者)|文明(?:单位|城市|村镇|校园)|百强\S?|第[一二三四五六七八九十\d]{1,3}名?))"
)
_HONOUR = regex(
    r"(?:“[^”\n]{1,30}”|[\u4e00-\u9fff]{0,16}?)(?:称号|先进集体|先进单位|先进个人|先进工作者|文明单位|文明城市|文明村镇|文明校园|模范单位|标兵单位"
    r"|[一二三特金银铜]等?奖|优秀奖|创新奖|百强[县区市镇]|十佳\S{1,4}|卫生城市|示范单位|红旗手|劳动模范|五一劳动奖\S)"
)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施洪柳庄沙卓冉尚苗裴傅伍聂倪季章萧阎赖樊殷牛芦俞鲁葛申尤毕庞卜岳梅盛邢詹翁荆辛祝左涂谷祁冀耿焦柯阮甘符靳仇鄢蓝褚窦戚柏乔屈游蒲骆芮宁欧阳司马上官诸葛"
_DOES = "负责|牵头|担任|主持|分管|具体|带队|带领|领队|审签|审核|审定|审阅|审批|签字|签发|签批|确认|同意|批准|授课|主讲|讲授|执笔|整理|登记|接待|经办|复核|把关|包片|包联|联系"
_BOUND_BEFORE = regex(r"(?:不低于|不高于|不少于|不多于|不超过|不足|不到|超过|高于|低于|多于|少于|大于|小于|至少|最多|最高|最低|大约|将近|接近|约|近|超|逾|≥|≤|>|<|＞|＜|＝|=|\+|±)\s?$")  # fmt: skip
_BOUND_AFTER = regex(r"\s?(?:余万?|多万?|以上|以下|以内|左右|上下|之多|有余)")
_DIGITS = regex(r"[0-9０-９]+(?:[.,，．][0-9０-９]+)*[%％‰℃]?")
_PLAN = regex(r"[“”]?十[一二三四五六七八九]五[“”]?(?:规划|时期)?")
_KEPT = frozenset({"enumerator", "idiom"})
_LEVELS = frozenset({"一级指标", "二级指标", "三级指标", "四级指标"})
_DOCUMENTS = frozenset({"docno"})
_DATES = frozenset({"year", "date"})


def by_shape(text: str) -> Iterator[Span]:
    """All that form alone tells, in no order, perhaps overlapping."""
    yield from (Span(*found.span(), "网址") for found in _WEB.finditer(text))
    yield from (Span(*found.span(), "文件") for found in _TITLE.finditer(text))
    yield from (Span(*found.span(1), "荣誉") for found in _STRONG.finditer(text))
    yield from (Span(*found.span(1), "荣誉") for found in _WEAK.finditer(text))
    yield from (Span(*found.span(), "荣誉") for found in _HONOUR.finditer(text))
    yield from _latin(text)
    yield from _people(text)
    yield from numbers(text)


def _latin(text: str) -> Iterator[Span]:
    kept = words().latin
    yield from (Span(*found.span(), "名称") for found in _LATIN.finditer(text) if found[0].upper() not in kept)


def _people(text: str) -> Iterator[Span]:
    """A surname, one or two characters or none, a title; or a title, a colon, a name."""
    everyday = words().everyday
    for pattern in _person_patterns():
        for found in pattern.finditer(text):
            if found[1][:2] not in everyday:
                yield Span(*found.span(1), "人名")


@cache
def _person_patterns() -> tuple[re.Pattern[str], ...]:
    known = words()
    titles = "|".join(sorted(known.titles, key=len, reverse=True))
    surname = f"(?:欧阳|司马|上官|诸葛|[{SURNAMES}])"
    return (
        re.compile(f"({surname}(?:某某?|[\\u4e00-\\u9fff]{{1,2}}))(?={titles})"),
        re.compile(f"(?:{titles})[:：为是]\\s?({surname}[\\u4e00-\\u9fff]{{1,2}})(?![\\u4e00-\\u9fff])"),
        re.compile(f"(?:{'|'.join(known.before)})((?![任于]){surname}[\\u4e00-\\u9fff]{{1,2}})"),
        re.compile(f"[由经]({surname}[\\u4e00-\\u9fff]{{1,2}})(?={_DOES})"),
        re.compile(f"在({surname}[\\u4e00-\\u9fff]{{1,2}})的(?:带领|带动|指导|组织)"),
        re.compile(f"((?![向任于]){surname}(?:{'|'.join(known.addressed)}))"),
    )


def numbers(text: str) -> Iterator[Span]:
    """Every number with its unit and its bound words; enumerators and fixed phrases of Chinese numerals stay."""
    read: set[int] = set()
    for mention in find_numbers(text):
        read.update(range(mention.start, mention.end))
        level = text[mention.start : mention.end + 2] in _LEVELS
        if not level and (mention.kind not in _KEPT or _tells(mention)):
            yield _with_bounds(text, mention)
    yield from (Span(*found.span(), "数") for found in _DIGITS.finditer(text) if found.start() not in read)
    yield from (Span(*found.span(), "日期") for found in _PLAN.finditer(text))


def _tells(mention: Mention) -> bool:
    """Whether a phrase says something of one unit: 1+11+147+N, 24小时."""
    return mention.kind == "idiom" and any(char.isascii() and char.isalnum() for char in mention.text)


def _with_bounds(text: str, mention: Mention) -> Span:
    if mention.kind in _DOCUMENTS:
        letters = _LETTERS.search(text, max(0, mention.start - 8), mention.start)
        return Span(letters.start() if letters else mention.start, mention.end, "文件")
    if mention.kind in _DATES:
        return Span(mention.start, mention.end, "日期")
    before = _BOUND_BEFORE.search(text[max(0, mention.start - 5) : mention.start])
    after = _BOUND_AFTER.match(text, mention.end)
    start = mention.start - len(before[0]) if before else mention.start
    return Span(start, after.end() if after else mention.end, "电话" if mention.kind == "phone" else "数")
