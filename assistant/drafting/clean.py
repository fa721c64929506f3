"""A statement of a material made fit for the report: lead-ins and stock words off, one name for the unit, the year said once.

Only words are taken away, or one name put for another: nothing is added, and no figure leaves the words it stands with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.drafting.classify import is_slogan, is_specific, is_spoken
from assistant.patterns import regex

_OPEN, _CLOSE = "“（「『《(【[［", "”）」』》)】]］"
_ITEM = regex(r"^(?:[一二三四五六七八九十]+是(?:要)?|首先，|其次，|再次，|最后，|另外，|此外，|同时，)")
_LEAD_IN = regex(
    r"^(?:截至目前|到目前为止|目前|现在|今年以来|一年来|近年来|据(?:不完全)?统计|据了解|据悉|总的来看|总体来看|可以说|今年|本年度?|全年来看|下一步|下步|接下来)(?:，|(?=[^，]))"
)
_NOT_LEAD_IN = regex(r"^(?:目前的|现在的|今年的|本年度?的|本年(?:度)?(?:支出|收入|预算|决算))")
_BACKGROUND = regex(
    r"^(?:(?:为|为了)(?:深入|进一步|全面|认真|切实)?(?:学习)?(?:贯彻|落实|推动)|在[^，]{2,30}(?:领导|指导|支持|关心)下?|根据|按照|围绕)[^，]{0,40}"
    r"(?:精神|部署|要求|指示|领导下|指导下|支持下|关心下)，"
)
_INVERTED = regex(r"^(《[^》]+》|“[^”]+”)是([^，。；]{0,8}(?:制定|出台|推出|建立|印发|创办))的(?=，|$)")
_TABLE_TAIL = regex(r"(?:，|；)?[^，；]*(?:列(?:在|于|入)|见|详见)(?:下|附|上)(?:表|图|件)[^，；]*$")
_TAIL = regex(
    r"^(?:确保|点燃|凝聚|营造|激发(?:了)?[^，]{0,10}热情|为[^，]{2,30}(?:提供|奠定|作出|保驾护航|注入)|推动[^，]{2,20}(?:新台阶|高质量发展)|有力(?:推动|促进|保障|支撑|提升)"
    r"|切实(?:提升|增强|提高|保障)|取得|成效|效果(?:显著|明显|良好)|展现|彰显|(?:不断|持续|进一步)(?:提升|增强|提高|夯实))"
)
_AFTER_NAME = regex(r"^(?:部长|副部长|局长|副局长|主任|副主任|书记|长)")
_BEFORE_NAME = "由经向对在与和及请让被是为把给于报同以供的，。；：、（(以及但而且并故即使令要求了"
_SELF = {
    "部": r"我部(?!分|门)|本部(?!分|门|位)|部里", "局": r"我局|本局|局里", "委": r"我委(?!托|员)|本委|委里", "办": r"我办(?!理|公|事|学|证|结|了)|本办(?!法|理)",
    "院": r"我院|本院|院里", "校": r"我校|本校|校里", "中心": r"我中心|本中心|中心里", "所": r"我所(?!在|有|说|做|属)|本所|所里", "站": r"我站|本站|站里",
    "队": r"我(?:支|大|总)?队|本(?:支|大|总)?队|队里", "街道": r"我街道?(?:办)?(?!区)|本街道?办", "镇": r"我镇|本镇", "馆": r"我馆|本馆|馆里", "会": r"我会(?!议|员)|本会(?!计|议)|会里",
}  # fmt: skip
_ANY_SELF = r"我单位|我部门|本部门|本单位|我们单位|我们部门|单位里|我机关|本机关"


def clauses(text: str, marks: str = "，") -> list[str]:
    """The clauses between these marks; a mark inside quotes or brackets parts nothing."""
    found, start, depth = [], 0, 0
    for at, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in marks and not depth:
            found.append(text[start:at])
            start = at + 1
    return [*found, text[start:]]


def own_words(text: str, we: str, names: Iterable[str], unit: str) -> str:
    """我局, 区民政局, the full name: all as the report calls the unit. Names of documents and quoted words stay."""
    tail = re.sub(r"[（(][^）)]*[）)]", "", unit)[-4:]
    patterns = [_ANY_SELF, *(pattern for word, pattern in _SELF.items() if word in tail)]
    pattern = re.compile("|".join((*map(re.escape, names), *(f"(?<!自)(?:{own})" for own in patterns))))
    quoted = [(m.start(), m.end()) for m in re.finditer(r"《[^》]*》|“[^”]*”", text)]

    def put(match: re.Match[str]) -> str:
        before = text[: match.start()][-1:]
        inside = any(start <= match.start() < end for start, end in quoted)
        own = match[0].startswith(("我", "本")) or match[0].endswith("里")
        free = own or not before or before in _BEFORE_NAME or before == "]"
        return we if free and not inside and not _AFTER_NAME.match(text[match.end() :]) else match[0]

    said = pattern.sub(put, text)
    return re.sub(r"(?<![自])我们(?=率先|还|也|在|对|把|将|按|从|先|已|共|通过|坚持|建|开|组|制|推|完)", we, said)


def same_year(text: str, year: int) -> str:
    """The case's year said by the month alone; 今年 and 去年 as a report says them; other years stay."""
    if not re.search(rf"(?<!\d)(?!{year})20\d\d年", text):
        text = re.sub(rf"(?:^|(?<=[，。；（、]))(?:在)?{year}年(?=\d{{1,2}}月)", "", text)
        text = re.sub(rf"^{year}年度?(?:以来|内|全年)?，", "", text)
    text = re.sub(r"今年(?=\d{1,2}月)", "", text)
    text = re.sub(r"(\d{1,2}月)份(?!额)", r"\1", text)
    return text.replace("今年", "当年").replace("去年", "上年").replace("明年", f"{year + 1}年")


def pruned(text: str) -> str:
    """Without stock words that open or close it, and without pointers to a table that is not in the report."""
    text = _BACKGROUND.sub("", text)
    text = _TABLE_TAIL.sub("", text) if len(clauses(text, "，；")) > 1 else text
    parts = clauses(text, "；")
    return "；".join(part for part in map(_pruned_part, parts) if part)


def _pruned_part(part: str) -> str:
    pieces = clauses(part)
    while (
        len(pieces) > 1
        and not is_specific(pieces[-1])
        and (_TAIL.match(pieces[-1]) or is_slogan(pieces[-1]) or is_spoken(pieces[-1]))
    ):
        pieces.pop()
    while len(pieces) > 1 and is_slogan(pieces[0]) and not is_specific(pieces[0]):
        pieces.pop(0)
    return "，".join(pieces)


def tidy(text: str) -> str:
    """One full stop, no two marks in a row, no space between Chinese words."""
    text = re.sub(r"(?<=[\u4e00-\u9fff，。；：、）》”\]])\s+|\s+(?=[\u4e00-\u9fff，。；：、（《“\[])", "", text.strip())
    text = re.sub(r"(?<=[\u4e00-\u9fff”》）\]]),(?=\D)", "，", text)
    text = re.sub(r"[，；、：]+(?=[。；])", "", text)
    text = re.sub(r"[。；]（([^（）。]{2,12})）[。；]?$", r"（\1）", text)
    text = re.sub(r"，{2,}", "，", text)
    return re.sub(r"。{2,}", "。", text)


def sentence(text: str) -> str:
    """The text as one sentence with its full stop."""
    body = tidy(text).rstrip("。；，、：")
    return body if body.endswith(("！", "？")) else f"{body}。"


def cleaned(text: str, we: str, names: Iterable[str], unit: str, year: int) -> str:
    """All of the above; "" where nothing is left."""
    body = text.strip().rstrip("。；！")
    body = _ITEM.sub("", body)
    if not _NOT_LEAD_IN.match(body):
        body = _LEAD_IN.sub("", body)
    body = _INVERTED.sub(r"\2\1", pruned(same_year(body, year)))
    return tidy(own_words(body, we, names, unit)).rstrip("。；，")
