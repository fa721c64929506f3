"""Years in structural places of a report that are not its own: title, headings, captions, the scoring sentence, 截至…年末.

Plans, comparisons and cited documents name other years with good reason, and are left alone (field-notes §4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.findings import Finding, Severity
from assistant.patterns import regex
from assistant.verify.itself.calendar import HAN_YEAR, YEAR, from_han_year, own_year, titles
from assistant.verify.reading.enumerators import shortened
from assistant.verify.reading.reading import Reading

_PLANNED = regex(
    r"计划|打算|思路|下一步|下年|明年|展望|规划|安排|目标|预算编制|建议|上年|去年|整改|对比|比较|以来|历年|近[三五]年|批复|公开"
)
_SCORED = regex(r"(?:得分|评分|总分)(?:为|是|达到?)?[：:]?\s{0,2}[0-9]{1,3}(?:\.[0-9]{1,2})?\s{0,2}分")
_OWN_SCORE = regex(r"整体支出|部门整体|单位整体|绩效自评|自评|绩效评价|综合")
_COMPARED = regex(r"上一?年|去年|往年|历年|较|比|同期|提高|下降|考核|连续")
_AS_OF = regex(
    r"(?P<as_of>截[至止](?:到|于)?\s{0,2})?(?<!\d)(?P<year>20\d\d)\s{0,2}年\s{0,2}(?:12\s{0,2}月\s{0,2}(?:31\s{0,2}日|[底末])|年?[底末])"
)
_YEARS_FIGURES = regex(r"在职|在编|实有|在岗|编制|人员|职工|资产|实际支出|决算|预算|采购")
_OTHER_DAY = regex(
    r"年初|期初|上一?年|去年|结转|比|较|同期|历年|成立|建成|开工|规划|到期|[前内]完成|计划|力争|预计|将|有效期|自"
)
_CAPTION = regex(r"(?:附?表|图|附件)\s?[0-9一二三四五六七八九十]{0,2}[：:\s]")
_ALONE = regex(r"\s*[（(]\s?20\d\d\s?年度?\s?[)）]\s*$")
"""（2022年度） on a line of its own, over a form."""
_TITLES = 4
_NEAR = 40
_LONGEST_HEADING = 60


def years(reading: Reading) -> Iterator[Finding]:
    """A finding for each structural place with another year than the report's own. With a case the year is the case's to say."""
    if reading.card is not None:
        return
    own = own_year(reading)
    if own is None:
        return
    yield from _titles(reading, own)
    yield from _in_han(reading, own)
    yield from _headings(reading, own)
    for passage in reading.passages:
        for start, end in passage.sentences():
            words = passage.words[start - passage.start : end - passage.start]
            if "年" in words:
                yield from _scored(reading, own, words, start)
                yield from _as_of(reading, own, words, start, passage.words)


def _titles(reading: Reading, own: int) -> Iterator[Finding]:
    for block, year in titles(reading):
        words = reading.text.text[block.start : block.end]
        if int(year["year"]) != own and str(own) not in words:
            yield _finding(reading, "error", words, block.start + year.start("year"), own, "标题或封面")


def _in_han(reading: Reading, own: int) -> Iterator[Finding]:
    """A title that writes its year as 二〇二二."""
    for block in [b for b in reading.text.blocks if b.kind in ("paragraph", "heading")][:_TITLES]:
        words = reading.text.text[block.start : block.end]
        found = HAN_YEAR.search(words)
        if (
            found is not None
            and _OWN_SCORE.search(words)
            and len(words) <= _LONGEST_HEADING
            and from_han_year(found[0]) != own
        ):
            yield _finding(reading, "error", words, block.start + found.start(), own, "标题或封面")


def _headings(reading: Reading, own: int) -> Iterator[Finding]:
    """Headings and captions: another year alone is for a person to look at."""
    cover = {block.start for block, _ in titles(reading)}
    heads = {item.start for listing in reading.listings if listing.headings for item in listing.items if item.heading}
    for passage in reading.passages:
        words = passage.words
        captioned = (
            _CAPTION.match(words) is not None or words.rstrip().endswith("表") or _ALONE.match(words) is not None
        )
        if passage.start in cover or len(words) > _LONGEST_HEADING:
            continue
        if not (passage.blocks[0].kind == "heading" or passage.start in heads or captioned):
            continue
        found = list(YEAR.finditer(words))
        if (
            len(found) == 1
            and int(found[0]["year"]) != own
            and not _PLANNED.search(words)
            and not _quoted(words, found[0])
        ):
            yield _finding(
                reading,
                "warning",
                words,
                passage.start + found[0].start("year"),
                own,
                "标题" if not captioned else "表题",
            )


def _quoted(words: str, found: re.Match[str]) -> bool:
    return words.count("《", 0, found.start()) > words.count("》", 0, found.start())


def _scored(reading: Reading, own: int, words: str, start: int) -> Iterator[Finding]:
    """The sentence that says the total: the year it says it of."""
    scored = _SCORED.search(words)
    if not scored or not _OWN_SCORE.search(words, 0, scored.start()) or _COMPARED.search(words):
        return
    named = [year for year in YEAR.finditer(words, 0, scored.start()) if not _quoted(words, year)]
    if named and all(int(year["year"]) != own for year in named):
        yield _finding(reading, "error", words, start + named[-1].start("year"), own, "评价得分")


def _as_of(reading: Reading, own: int, words: str, start: int, passage: str) -> Iterator[Finding]:
    """The day for which the year's figures hold: its last one."""
    for found in _AS_OF.finditer(words):
        if int(found["year"]) == own or _quoted(words, found):
            continue
        near = words[max(0, found.start() - 12) : found.end() + _NEAR]
        figures = _YEARS_FIGURES.search(words, found.end(), found.end() + _NEAR)
        if _OTHER_DAY.search(near) or (not figures and not found["as_of"]) or _says_both(passage, own):
            continue
        severity: Severity = "error" if figures else "warning"
        yield _finding(reading, severity, words, start + found.start("year"), own, "数据截止日")


def _says_both(passage: str, own: int) -> bool:
    """Whether the paragraph gives the own year's last day too: then the other one is a comparison."""
    return any(int(found["year"]) == own for found in _AS_OF.finditer(passage))


def _finding(reading: Reading, severity: Severity, words: str, start: int, own: int, where: str) -> Finding:
    named = reading.text.text[start : start + 4]
    ask = "请改正" if severity == "error" else "请核对"
    return Finding(
        "year", severity, f"{reading.text.place(start)}：{where}“{shortened(words, 50)}”写的是{named}年，本报告评价的是{own}年度。{ask}。",
        quote=words.strip(), start=start, end=start + 4, expected=f"{own}年",
    )  # fmt: skip
