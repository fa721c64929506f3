"""The shapes that a number takes in a Chinese official text, as one compiled pattern.

Each named group is a shape and has one reader (`scan.READERS`). Earlier alternatives win, so the particular (a date, a document
number) comes before the general (digits). Every repetition that something must follow is bounded: time is linear in the text.
"""

from __future__ import annotations

import re

from assistant.numbers.idioms import FIRST_WITH_THING, IDIOMS, PLAIN_WORDS
from assistant.numbers.units import LATIN_UNITS
from assistant.patterns import regex

# Pieces. Spaces come with PDF files; a line break inside a number counts only where it cannot be anything else.
S = r"[ \u3000]{0,2}"  # \u00a0 has become a space: with three characters it would take sre a third of all its time here
TO = rf"{S}[-–—~～－−至到]{S}"
YEAR = r"(?:1[89]|20|21)[0-9]{2}"
MONTH = r"(?:1[0-2]|0?[1-9])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
HOUR = "(?:[01]?[0-9]|2[0-4])"
_MONTH_WORD = rf"{S}月(?![度均报嫂饼薪供])份?"
_LATIN_UNIT = f"(?:{'|'.join(LATIN_UNITS)})(?![A-Za-z0-9])"

# Pieces in words. 千 in 千克 belongs to the unit. `++`: a run of numerals is taken whole, however long.
NUMERAL = "零〇○一二两三四五六七八九十廿卅百千万亿壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億兩"
ITEM = "一二三四五六七八九十"
_HAN = "一-龥"
_BUT_THOUSAND = NUMERAL.replace("千", "")
_CN = rf"(?:[{_BUT_THOUSAND}]|千(?![米克瓦伏卡]))"
_CN_RUN = rf"(?:[{_BUT_THOUSAND}]++|千(?![米克瓦伏卡]))++"
_CN_YEAR = "[一二][〇零○八九0OＯ][〇零○一二三四五六七八九0OＯ]{2}"
_CN_MONTH = "(?:十[一二]?|[一二三四五六七八九])"
_CN_DAY = "(?:三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"

# Numbers: grouped, spaced or plain digits; 万 and 亿, also twice (1亿2000万); 余, 多 or 来 inside (3000余万).
_MONEY_NEXT = rf"{S}[万亿]?{S}元"
_UNIT_NEXT = rf"(?=%|{S}%|{S}个?百分点|{_MONEY_NEXT})"
_IN_A_ROW = r"(?<![0-9][ ][0-9])(?<![0-9][ ][0-9]{2})(?<![0-9][ ][0-9]{3})"
_ENDS_A_LINE = rf"(?:(?<=[{_HAN}][0-9]\n)|(?<=[{_HAN}][0-9]{{2}}\n)|(?<=[{_HAN}][0-9]{{3}}\n)|(?=0))"
DIGITS = (
    r"[0-9]+(?:(?=[, \n])(?<![0-9]{4})(?:(?:,\n?[0-9]{3}(?![0-9]))++"
    rf"|(?=[ ][0-9]){_IN_A_ROW}(?:[ ][0-9]{{3}}){{1,4}}(?![0-9])(?=(?:\.[0-9]{{1,4}})?{_MONEY_NEXT})"
    rf"|(?=[ ]0){_IN_A_ROW}[ ][0-9]{{3}}(?![0-9])(?=[{_HAN}%])"
    rf"|\n{_ENDS_A_LINE}[0-9]{{3}}(?=\.[0-9]{{1,4}}{_MONEY_NEXT})))?"
    rf"(?:\.(?:[0-9]+|\n[0-9]+(?=%|[万亿]?元|[万亿])|[ ][0-9]{{1,4}}{_UNIT_NEXT})|[ \n]\.[0-9]{{1,4}}{_UNIT_NEXT})?"
)
"""Digits that a PDF file has torn apart (20 998.11万元, 98. 3%) are one number where nothing else can be meant: a group of three
before 元, with no other number before it; at the end of a line of words; a broken decimal before %, 个百分点 or 元."""
NUMBER = (
    rf"(?P<digits>{DIGITS})"
    rf"(?:(?=[ \u3000\n百千万亿]|个亿(?!万))(?P<mag>{S}(?:万亿|[万亿](?!达广)|个亿)|[百千][万亿]?(?![米克瓦伏卡强分兆])|\n{{1,2}}[万亿](?=元|人次))"
    r"(?P<rest>(?<=亿)零?[0-9]{1,4}(?:\.[0-9]{1,6})?[千百]?万(?:[0-9]{4})?|(?<=亿)[0-9],[0-9]{3}(?:\.[0-9]{1,6})?万"
    r"|(?<=万)[0-9]千(?:[0-9]百)?|(?<=万)[0-9]{4}(?![0-9]))?)?"
    rf"(?:(?<=[0百千万亿]){S}(?P<odd>[余多]|来(?=[万亿个名位人件次家]))(?P<odd_mag>[百千]?[万亿]|个亿(?!万))?)?"
)
_MARKS_SAID = r"(?:(?<=[得扣计记加减除评])|(?<=[得扣评满值]分)|(?<=[满总得]分[为是共])|(?<=满分)|(?<=[扣得加减][了为掉除])|(?<=分值为)|(?<=权重为)|(?<=分值)|(?<=权重))"
"""Before 三点五分 these say that it is 3.5 marks and no time of day."""
CHINESE = (
    rf"(?P<words>(?:{_MARKS_SAID}{_CN_RUN}|[三四五六七八九]十[一二三四五六七八九]?)点[零一二三四五六七八九]{{1,2}}(?=分(?!钟))"
    rf"|{_CN_RUN}(?:点(?:[一二三四五六七八九][零〇一二三四五六七八九]++(?!十)|[零〇一二三四五六七八九]+(?![十分]))[百千]?[万亿]{{0,2}})?)"
    r"(?:(?<=[十百千万亿拾佰仟萬億])(?P<odd_words>[余多几来])(?P<odd_words_mag>[百千]?[万亿])?)?"
)

_ORDERED = rf"(?={S}[批期季级类产章条款项届名次轮标步])"
_CIRCLE = f"(?=[{_HAN}”]{{2,7}}圈)"
"""After 15分钟: the name of a district within reach of its people."""

# Digits that are no plain number.
_DATES = rf"""
    {YEAR}{S}年{S}(?:{MONTH}(?:{S}月)?{TO})?{MONTH}{_MONTH_WORD}(?:{S}{DAY}{S}[日号](?:{TO}(?:{MONTH}{S}月{S})?{DAY}{S}[日号])?)?
    | {MONTH}(?:{_MONTH_WORD})?{TO}{MONTH}{_MONTH_WORD}(?!{S}{DAY}{S}[日号])
    | {MONTH}{_MONTH_WORD}(?:{S}{DAY}(?:{S}[日号])?{TO}(?:{MONTH}{S}月{S})?{DAY}{S}[日号]|{S}{DAY}{S}[日号])?
    | {MONTH}(?=(?:{S}[、，和]{S}{MONTH}){{1,11}}{S}月(?![度均报]))
"""
_DATES_IN_FIGURES = rf"""
    {YEAR}(?P<mark>[-/.]){MONTH}(?P=mark){DAY}(?![0-9])
    | {YEAR}-(?:0[1-9]|1[0-2])(?![-0-9])
    | 0[1-9]-(?:0[1-9]|[12][0-9]|3[01])(?![-0-9.A-Za-z])
    | {YEAR}[.]{MONTH}[-–—~～]{YEAR}[.]{MONTH}(?![0-9])
"""
_QUARTERS = rf"{YEAR}{S}年?{S}(?:前{S}[二三两23]{S}个?|(?:第{S})?(?:[一二三四1-4]{TO}第?)?[一二三四1-4]){S}季度|(?:[1-4]{TO})?[1-4]{S}季度"
_TIMES = rf"""
    (?<!按)(?<!比)(?<!例)(?<![比例]为)(?:0[0-9]|[6-9]|1[0-9]|2[0-4])[:：][0-5][0-9](?:[:：][0-5][0-9])?
        (?![0-9:：%.]|的?比|{S}[年月日个万亿元人名家项件])
    | {HOUR}{S}时(?![间期代限效候尚段])(?:{S}[0-5]?[0-9]{S}分(?!之))?
    | {HOUR}{S}点(?:{S}[0-5]?[0-9]{S}分(?!之)|半|整|钟)
    | (?:(?<=[午晨早晚])|(?<=[早晚]上)){HOUR}{S}点
"""
_YEARS = rf"""
    {YEAR}/{YEAR}(?![0-9/.])(?:{S}学年度?)?
    | {YEAR}{S}(?:年{S}(?:度)?)?{TO}{YEAR}{S}(?:学年度?|财年|年(?:度)?)?(?![0-9.,])
    | {YEAR}{S}年?[-–—][0-9]{{2}}{S}(?:学年|年)
    | {YEAR}{S}(?:学年度?|财年|年(?:{S}度(?!假))?|届(?=[{_HAN}])|级(?=[新学本硕博大高]))
    | {YEAR}\n{{1,2}}年(?:度(?!假)|(?=[，、,]))
    | {YEAR}(?=(?:{S}(?:年)?[、，和及与]{S}{YEAR}){{1,6}}{S}年)
    | [0-3][0-9]{S}年(?=[末底](?!蕴)|初(?![步期级中心])|{S}{MONTH}{S}月(?![均度]))
"""
_PHONES = r"""
    (?:86[- ])?1[3-9][0-9]{9}(?![0-9]) | 1[3-9][0-9](?P<gap>[- ])[0-9]{4}(?P=gap)[0-9]{4}(?![0-9])
    | 0[0-9]{2,3}[-－—– )）]{0,2}[1-9][0-9]{2,3}[- ]?[0-9]{4}(?:[-转][0-9]{1,6})?(?![0-9])
    | [48]00-[0-9]{3}-?[0-9]{4}(?![0-9])
    | (?:1[12][0-9]|9[0-9]{4}|1[0-9]{4})(?=[”"]?(?:热线|平台|电话|[报接处]警|急救|消防|指挥|服务热线))
"""
_HOTLINES = rf"""
    (?:86)?1[3-9][0-9]{{9}}(?![0-9.,元万亿]) | 0[0-9]{{2,3}}[ )）]?[1-9][0-9]{{6,7}}(?![0-9]) | [48]00[0-9]{{7}}(?![0-9])
    | 123(?:09|15|17|2[089]|3[38]|45|48|5[156]|66|69|71|80|88)(?:(?<=[打拨线过“].{{5}})|(?=[”、/{_HAN}]))(?!{S}[万亿元个名人户件次项条份])
"""
_RATIO = r"[0-9]{1,6}(?:\.[0-9]{1,4})?"
_RATIOS = rf"""
    {_RATIO}(?:{S}[:∶]{S}{_RATIO}){{1,3}}(?![0-9.]|{S}[年月日%万亿元个])
    | {_RATIO}(?:：{_RATIO}){{1,3}}(?![0-9.]|{S}[年月日%万亿元个])
    | {_RATIO}{S}比{S}{_RATIO}(?![0-9年])
    | [0-9]{{1,4}}/[0-9]{{1,4}}(?![0-9/.]|{S}[人年月日次%万])
"""
_CODES = rf"""
    [0-9]{{1,17}}\*{{2,}}[0-9*]*[0-9Xx]?
    | [0-9]{{1,4}}(?:\.[0-9]++){{2,}}+(?!{S}[%万亿])
    | [0-9]{{1,12}}(?:[-－][0-9A-Za-z]{{1,12}}+){{2,}}+ | [0-9]{{2,12}}-0[0-9]{{1,6}}(?![0-9.])
    | [0-9]{{1,17}}(?:\.[0-9]{{1,6}})?(?!{_LATIN_UNIT})[A-Za-z][0-9A-Za-z]*+(?:[-./][0-9A-Za-z]++)*+
    | (?:7|24|5|8|365)[×xX*](?:24|7|8|365)(?:{S}小时)?
    | [0-9]{{1,3}}(?:[+＋](?:[0-9]{{1,3}}|[NXn])(?![0-9])){{1,8}}(?![.,%=＝+＋]|{S}[万亿元分])
    | [0-9]{{1,2}}[·•][0-9]{{1,2}}(?![0-9]) | (?<=“)[0-9]{{1,2}}\.[0-9]{{1,2}}(?=”)
    | (?:[5-9]0|00|10|[6789]5)后(?=[”、，。的干年青]|$)
    | [0-9]{{1,3}}{S}分(?:钟{_CIRCLE}|制) | [0-9]0{S}年代 | [12][0-9]{S}世纪(?:{S}[0-9]0{S}年代)?
    | (?:985|211)(?=[”、/]|高校|工程|院校|大学) | [0-9]{{1,4}}{S}强(?![化制度调大势]) | 24{S}节气
"""
_MARKED = r"[0-9]{1,17}+(?:\.[0-9]{1,6}+)?+[ \u3000]{0,2}(?:[-–—~～－−/.:：∶年月季时点世〔\[+＋*×xXA-Za-z·•后强节、和及与比至到\n财学届级]|[0-9]{4}[ ]|分[ ]?[之钟制]|[接处]警|消防|[”\"高工院大热平电报急指*)])"
"""What stands after the digits of every shape but a plain number; looked for first, for most digits are plain numbers."""

_DIGIT_SHAPES = rf"""
    (?={_MARKED})(?:
        (?P<announced>{YEAR}{S}年{S}第{S}[0-9]{{1,4}}{S}号|{YEAR}{S}年?{S}[0-9]{{1,4}}{S}号(?=[文令]|公告|通告)|{YEAR}[〔\[][0-9]{{1,4}}[〕\]]号) |
        (?P<item>(?:[0-9]{{1,2}}[.．、](?={YEAR}{S}年))|[0-9]{{1,2}}[.．](?={MONTH}{S}月)
            |(?:^|(?<=[\n\t。；;])|(?<=[\n。；;][ ]))[12]?[0-9]\.(?=[ ][0-9]))
        | (?P<time>{_TIMES}) | (?P<date_in_figures>{_DATES_IN_FIGURES}) | (?P<quarters>{_QUARTERS})
        | (?P<date>{_DATES}) | (?P<year>{_YEARS}) | (?P<phone>{_PHONES}) | (?P<ratio>{_RATIOS}) | (?P<code>{_CODES})
        | (?P<fraction>[0-9]{{1,4}}{S}分之{S}[0-9]{{1,4}})
    )
    | (?=[0-9]{{5}}|0[0-9]{{2}})(?P<hotline>{_HOTLINES})
    | (?P<spaced_year>2(?:[ ]0[ ]?[0-3][ ]?[0-9]|0(?:[ ][0-3][ ]?[0-9]|[0-3][ \n][0-9]))[ ]?年(?!级)(?:[ ]?度)?|20\n[0-3][0-9]年(?:度|(?=[，、初末底])))
    | (?P<number>{NUMBER})
"""
_WORD_SHAPES = rf"""
    (?P<parts>百分之?百|[百千万]分之{S}(?:{DIGITS}|{_CN}{{1,12}}(?:点[{NUMERAL}]{{1,8}}|几)?))
    | (?P<fraction_words>{_CN}{{1,6}}分之{_CN}{{1,6}})
    | (?P<circle>{_CN}{{1,3}}分钟{_CIRCLE})
    | (?P<date_words>{_CN_YEAR}年(?:{_CN_MONTH}月(?:{_CN_DAY}日)?)|(?<![{_HAN}]){_CN_MONTH}月(?:份|{_CN_DAY}日)
        |{_CN_MONTH}月(?=[，。；、初底末中上下旬前至到的以\n]|$))
    | (?P<quarters_words>(?:[一二三四](?:[、和至-](?=[一二三四]))?){{1,4}}季度)
    | (?P<year_words>{_CN_YEAR}年(?:度)?)
    | (?P<idiom>{IDIOMS}) | (?P<plain>{PLAIN_WORDS})
    | (?P<level>(?:一(?=二)|二(?=三))?[{ITEM}]级(?!别)|[一二三四五]星(?:级)?|[一二三四特]等[奖功]|二[期类楼审次批环]|(?<=[届大协])[{ITEM}]次(?=会议|全会|全体)|一期(?=工程|项目|功能|的基础|建设)|[{ITEM}]{{1,3}}号(?!召))
    | (?P<reason>(?<![{_HAN}])[{ITEM}]{{1,3}}(?:是|则|要(?![素点件])))
    | (?P<heading>(?<![{_HAN}A-Za-z0-9])[{ITEM}]{{1,3}}{S}[、.．])
    | (?P<half>一半)
    | (?P<ratio_words>[{ITEM}]比[{ITEM}])
    | (?P<chinese>{CHINESE})
"""
_OTHER_SHAPES = rf"""
    (?P<docno>[〔\[【﹝［]{S}{YEAR}{S}[〕\]】﹞］]{S}第?{S}[0-9]{{1,5}}(?:-[0-9]{{1,3}}(?={S}号))?(?:{S}号)?|[(（]{S}{YEAR}{S}[)）]{S}第?{S}[0-9]{{1,5}}(?:-[0-9]{{1,3}})?{S}号)
    | (?P<paren>[（(]{S}(?:[{ITEM}]{{1,3}}|[0-9]{{1,2}}){S}[)）])
    | (?P<circled>[①-⒛㈠-㈩❶-➓⓫-⓴])
    | (?P<link>(?:https?://|www\.)[!-~]+|[A-Z]{{1,4}}(?:/[A-Z]{{1,3}})?[ ]?[0-9]{{2,6}}(?:\.[0-9]{{1,3}})?[-—][0-9]{{4}}(?![0-9]))
    | (?P<latin>[A-Za-z][A-Za-z0-9_]*+(?:[-./@&+][A-Za-z0-9_]++)*+)
    | (?P<first_thing>{FIRST_WITH_THING})
    | (?P<quarters_ordered>第{S}[一二三四1-4](?:{S}[-–—~～－−至到、和及]{S}第?{S}[一二三四1-4]){{0,3}}{S}季度|前{S}[二三两23]{S}个?季度)
    | (?P<ordinal>第{S}(?:[0-9]{{1,4}}(?:(?:\.[0-9]{{1,3}}){{1,3}}|{TO}[0-9]{{1,4}}|(?:[、和及与][0-9]{{1,3}}){{1,6}}{_ORDERED})?
        |{_CN}{{1,7}}(?:至{_CN}{{1,7}}|(?:[、和及与][{ITEM}]{{1,3}}){{1,6}}{_ORDERED})?))
    | (?P<rank>前{S}(?:[0-9]{{1,3}}|[{ITEM}]{{1,3}}){S}[名位强]|前(?:[二三四五六七八九十]{{1,2}}|[0-9]{{1,3}})(?=[，。；、）”\n]|$))
    | (?P<other_item>其[{ITEM}](?=[，,是、：:为]))
    | (?P<doubling>翻了?{S}(?:[近超约]{S})?(?:[一两二三四1-4]{S})?番)
    | (?P<couple>(?<!伎)[俩仨])
    | (?P<half_others>过半(?![数年天个小月日])|半数|(?<![上下前后大多过])半(?=年(?![度报末初])|天|个月|个小时|小时|日))
    | (?P<vague>(?<![总人件次份户系分指函参倍基位小整多少算额])数[十百千万亿]+|几[十百千万亿]+)
"""

PATTERN = regex(
    rf"""(?=[0-9A-Za-z{NUMERAL}〔\[(（【﹝［①-⒛㈠-㈩❶-➓⓫-⓴第前其翻过半数几双成俩仨])
    (?:(?=[0-9])(?:{_DIGIT_SHAPES})|(?=[{NUMERAL}双成])(?:{_WORD_SHAPES})|{_OTHER_SHAPES})""",
    re.VERBOSE,
)
"""One pattern for every number; `lastgroup` of a match is its shape."""

AMOUNT = regex(f"{NUMBER}|{CHINESE}")
"""A plain number alone, as at the high end of a range."""
