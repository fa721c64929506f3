"""A count and the things named beside it: 制定3项制度：《甲》《乙》; “投入”“产出”两类指标; A、B、C等三项."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.findings import Finding, Severity
from assistant.patterns import regex
from assistant.verify.reading.enumerators import from_han, shortened
from assistant.verify.reading.passages import Passage
from assistant.verify.reading.reading import Reading

_COUNT = r"(?P<count>[二两三四五六七八九十]{1,3}|[0-9]{1,2})\s?(?P<unit>项|个|部|份|篇|件|门|类|大|级|种|条)(?!以上|多|余|工作日|月)"
_TITLES = r"(?<![》、，和及与])(?P<titles>《[^《》]{1,80}》(?:[、，和及与]?\s?《[^《》]{1,80}》){1,30})"
_WRITTEN = r"制度|办法|文件|方案|规定|细则|规划|预案|标准|清单|报告|作品|课件|课题|论文|案例|指引|手册|片"
_BEFORE = regex(
    rf"(?<![第其近超约每各前余\d.]){_COUNT}(?P<rest>[^，。；：:《》]{{0,16}}?(?:{_WRITTEN}))"
    rf"(?P<link>[，,]?(?:分别[是为]|即|包括|主要有|有)[：:]?|[：:（(])\s?{_TITLES}(?P<open>等)?"
)
_AFTER = regex(rf"{_TITLES}(?P<open>等)?(?:共计?|合计|这)?{_COUNT}(?P<rest>[^，。；：《》]{{0,6}}(?:{_WRITTEN}))")
_THING_FIRST = regex(rf"{_TITLES}(?P<open>等)?(?P<rest>[^，。；：《》]{{0,8}}(?:{_WRITTEN}))(?:共计?|合计)?{_COUNT}")
_QUOTED = regex(
    rf"(?<![”、和及与])(?P<names>“[^“”]{{1,20}}”(?:[、和及与]?“[^“”]{{1,20}}”){{1,15}})(?P<open>等)?(?:共计?|合计|这)?{_COUNT}(?P<rest>[^，。；：]{{0,12}})"
)
_ONE_QUOTE = regex(
    rf"“(?P<names>[^“”、，。]{{2,10}}(?:、[^“”、，。]{{2,10}}){{1,9}})”(?P<open>等)?(?:这)?{_COUNT}(?P<rest>[^，。；：]{{0,12}})"
)
_PLAIN = regex(
    rf"{_COUNT}(?P<rest>[^，。；：、]{{0,8}}?(?:领域|方面|环节|阶段|层级|任务|工作|措施|问题|指标|制度|平台|机制|行动|工程|板块|维度|类别|项目|方式|方法|途径|渠道|手段))"
)
_OPENED = regex(r"(?P<open>等)?(?:共计?|合计|这)?$")
_BODIES = r"(?:内设)?机构|科室|股室|处室|(?:事业|预算|下属)单位|学校|乡镇|街道|社区|站所|中心"
_SPELT_OUT = regex(
    r"(?<![第其近超约每各前余\d.])(?P<count>[二两三四五六七八九十]{1,3}|[0-9]{1,2})\s?(?P<unit>个|家|所)"
    r"(?P<rest>[^，。；：、]{0,8})(?:，?分别[是为]|，?即|[：:])[：:]?(?P<names>[^。；：:，]{4,200}?)(?P<open>等)?(?=[。；，\n]|$)"
)
_BODIES_COUNTED = regex(
    r"(?P<open>等)?共?\s?(?P<count>[二两三四五六七八九十]{1,3}|[0-9]{1,2})\s?(?P<unit>个|家|所)"
    r"(?P<rest>(?:职能|内设|业务|预算|下属|直属|事业|二级|独立核算)?(?:办公室|科室|股室|处室|机构|单位|中心|站所|部门))"
)
_BODIES_OPENED = regex(r".*(?:内设|下设|下属|下辖|设有|所属)(?P<names>[^，。；：:“”《》\d]{4,})$", re.DOTALL)
_FARTHEST = 200
_SLOGAN = regex(
    r"“(?P<count>[二两三四五六七八九十])(?P<unit>个|张|项|条|大|种|类|本)?(?P<rest>(?P<thing>[\u4e00-\u9fff]{1,4}))”[^“”，。；：、]{0,6}[：。，]?(?:即|[：:])[：:]?(?P<names>[^。：:“”]{4,120}?)(?P<open>等)?(?=[。：\n]|$)"
)
_STAGES = regex(
    r"(?P<count>[二两三四五六七八九十])(?P<unit>个)(?P<rest>(?P<thing>阶段|环节|步骤))[：:](?P<names>[^。：:]{6,200}?)(?P<open>等)?(?=[。\n]|$)"
)
_BRACKETS = regex(r"（[^（）]{0,60}）|\([^()]{0,60}\)")
_BODY_NAMED = regex(rf"(?:{_BODIES})[数]?$")
_LONGEST_NAME = 20
_NAMES = regex(r"[^，。；：！？（）()“”《》]{4,120}$")
_LEAD = regex(
    r".*(?:包括|涵盖|涉及|分为|形成|聚焦|围绕|实现|开展|建立|健全|完善|推进|抓好|实施|完成|加强|从|在|按|对|将|有|为|以)(?!效|序)"
)
_COMPANION = regex(r"配套|附|子|具体|相关")
_SHORTEST_LIST = 3


def counted(reading: Reading) -> Iterator[Finding]:
    """A finding for each count that differs from the things named beside it."""
    for passage in reading.passages:
        words = passage.words
        if "《" in words:
            yield from _titles(reading, passage)
        if "“" in words:
            yield from _quoted(reading, passage)
        if "、" in words:
            yield from _plain(reading, passage)
            if "个" in words or "家" in words or "所" in words:
                yield from _spelt_out(reading, passage)
                yield from _bodies_first(reading, passage)
        if "“" in words or "阶段" in words:
            yield from _slogans(reading, passage)


def _titles(reading: Reading, passage: Passage) -> Iterator[Finding]:
    taken: set[int] = set()
    for found in _BEFORE.finditer(passage.words):
        taken.add(found.start("titles"))
        severity: Severity = "warning" if found["link"].strip("，,：: ") in ("包括", "主要有", "有") else "error"
        yield from _differs(reading, passage, found, found["titles"].count("《"), severity)
    for found in (*_AFTER.finditer(passage.words), *_THING_FIRST.finditer(passage.words)):
        if found.start("titles") not in taken and not _COMPANION.search(found["rest"]):
            yield from _differs(reading, passage, found, found["titles"].count("《"), "error")


def _quoted(reading: Reading, passage: Passage) -> Iterator[Finding]:
    for found in _QUOTED.finditer(passage.words):
        if not _COMPANION.search(found["rest"]):
            yield from _differs(reading, passage, found, found["names"].count("“"), "warning")
    for found in _ONE_QUOTE.finditer(passage.words):
        yield from _differs(reading, passage, found, found["names"].count("、") + 1, "warning")


def _plain(reading: Reading, passage: Passage) -> Iterator[Finding]:
    """Names without marks: only three or more short ones of like length after a verb, and only a plain miscount."""
    words = passage.words
    for found in _PLAIN.finditer(words):
        opened = _OPENED.search(words, max(0, found.start() - 3), found.start())
        end = opened.start() if opened else found.start()
        before = _NAMES.search(words, max(0, end - 120), end)
        if before is None or _COMPANION.search(found["rest"]):
            continue
        parts = before[0].split("、")
        cut_off = before.start() and words[before.start() - 1] not in "。；：（(！？"
        lead = _LEAD.match(parts[0])
        if len(parts) < 2 or not lead or (cut_off and "、" in words[max(0, before.start() - 40) : before.start()]):
            continue
        names = [parts[0][lead.end() :], *parts[1:]]
        if any("和" in name or "及" in name or "与" in name for name in names[:-1]):
            continue
        last = re.split(r"以及|和|及|与", names[-1])
        names = [*names[:-1], *last]
        lengths = [len(name.strip()) for name in names]
        if len(names) < _SHORTEST_LIST or not 2 <= min(lengths) <= max(lengths) <= min(lengths) + 1:
            continue
        yield from _differs(reading, passage, found, len(names), "warning", bool(opened and opened["open"]))


def _spelt_out(reading: Reading, passage: Passage) -> Iterator[Finding]:
    """内设机构5个：甲科、乙科、丙科: bodies counted and then named."""
    for found in _SPELT_OUT.finditer(passage.words):
        before = passage.words[max(0, found.start() - 12) : found.start()]
        if not _BODY_NAMED.search(found["rest"].strip() or before.rstrip("有共为设 ")):
            continue
        names = _BRACKETS.sub("", found["names"]).strip()
        parts = [part for part in names.split("、") if part.strip()]
        if len(parts) < 2 or max(len(part) for part in parts) > _LONGEST_NAME:
            continue
        joined = len(re.split(r"以及|和|及|与", parts[-1])) - 1
        count = int(found["count"]) if found["count"].isdecimal() else from_han(found["count"])
        if count not in range(len(parts), len(parts) + joined + 1):
            yield from _differs(reading, passage, found, len(parts), "error")


def _bodies_first(reading: Reading, passage: Passage) -> Iterator[Finding]:
    """内设甲科、乙科、丙科3个科室: bodies named and then counted."""
    for found in _BODIES_COUNTED.finditer(passage.words):
        opened = _BODIES_OPENED.match(passage.words[max(0, found.start() - _FARTHEST) : found.start()])
        parts = _BRACKETS.sub("", opened["names"]).split("、") if opened else []
        if len(parts) < 2 or max(len(part) for part in parts) > _LONGEST_NAME:
            continue
        joined = len(re.split(r"以及|和|及|与", parts[-1])) - 1
        if _number(found["count"]) not in range(len(parts), len(parts) + joined + 1):
            yield from _differs(reading, passage, found, len(parts), "error")


def _slogans(reading: Reading, passage: Passage) -> Iterator[Finding]:
    """“三减”：减环节、减时间、减跑动; 三个阶段：准备阶段（…），实施阶段（…）: a count and things that all carry its word."""
    for found in (*_SLOGAN.finditer(passage.words), *_STAGES.finditer(passage.words)):
        thing = found["thing"]
        parts = [part for part in re.split(r"[、，；]|和|以及", _BRACKETS.sub("", found["names"])) if part.strip()]
        if len(parts) >= 2 and all(thing in part and len(part) <= _LONGEST_NAME for part in parts):
            yield from _differs(reading, passage, found, len(parts), "warning")


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else from_han(words)


def _differs(
    reading: Reading, passage: Passage, found: re.Match[str], listed: int, severity: Severity, is_open: bool = False
) -> Iterator[Finding]:
    """A finding unless the count is that of the list; after 等 the list may be shorter."""
    count = int(found["count"]) if found["count"].isdecimal() else from_han(found["count"])
    reading.held(passage.start + found.start("count"))
    is_open = is_open or bool(found.groupdict().get("open"))
    if count in (0, listed) or (is_open and listed < count):
        return
    start, end = passage.start + found.start(), passage.start + found.end()
    said = found["count"] + (found["unit"] or "") + found["rest"]
    message = f"说的是“{shortened(said, 20)}”，列出名称的有{listed}；{count}与{listed}不一致。请核对数目，或补全名称"
    yield Finding(
        "count", severity, f"{reading.text.place(start)}：{message}。", quote=reading.text.text[start:end], start=start, end=end,
        expected=str(listed),
    )  # fmt: skip
