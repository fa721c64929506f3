"""What a passage of a material is for: work done, this year's aims, next year's plans, problems, lessons, or housekeeping.

Judged by its headings, the title or name of its file, and its opening words; never by a list of one unit's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from assistant.briefs.brief import Fact
from assistant.intake import Passage
from assistant.patterns import regex

Role = Literal["work", "aims", "plans", "problems", "experience", "management"]

_HEADINGS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("problems", regex(r"问题|不足|短板|困难|差距|薄弱")),
    ("plans", regex(r"下一步|下步|打算|思路|明年|来年|下年|展望|努力方向|(?:工作|\d年|年度)的?(?:计划|安排|设想)|^(?:计划|安排|建议)$|相关建议")),
    ("experience", regex(r"经验|做法|启示|体会")),
    ("management", regex(
        r"预算|绩效(?:管理|目标|评价|自评)|财务|内控|内部(?:控制|管理)|采购|资产|制度(?:建设|管理)?$|人员编制|编制管理|机关管理"
    )),
)  # fmt: skip
_OPENINGS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("plans", regex(r"^(?:下一步|下步|接下来|明年|来年)")),
    (
        "problems",
        regex(
            r"^(?:存在的?(?:主要)?(?:问题|不足|困难)|主要(?:问题|不足)|(?:工作中|同时)[，,]?(?:也|还|仍)存在|但(?:也|还|仍)存在)"
        ),
    ),
)
_PLAN_FILE = regex(r"计划|要点|工作安排|打算|(?<![a-z])plan", re.IGNORECASE)
_REPORT_FILE = regex(r"总结|报告|汇报|完成情况|summary|report", re.IGNORECASE)
_YEAR = regex(r"(20\d\d)")
_NUMBERING = regex(
    r"^(?:第[一二三四五六七八九十]+[章节部分]+\s*|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\)"
    r"|\d{1,2}[.、．](?!\d)|（\d{1,2}）|\(\d{1,2}\)|[①-⑳]|[-•·*]\s)\s*"
)
ITEM = regex(r"^(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+，|首先，|其次，|再次，|最后，)")
"""How an item of a list inside a paragraph begins."""

_ANNOUNCED_ITEM = regex(r"^[^，。；：\[]{2,16}[：:](?=[一二三四五六七八九十]+是)")
_ASIDE = regex(r"^（[^（）]{1,16}）[。；]?$")
_DEPTHS = tuple(
    (level, regex(pattern))
    for level, pattern in (
        (1, r"[一二三四五六七八九十]+、"),
        (2, r"[（(][一二三四五六七八九十]+[）)]"),
        (3, r"\d{1,2}[.、．](?!\d)"),
        (4, r"[（(]\d{1,2}[）)]"),
    )
)
_RUN_IN = 16
_ENDS = "。！？；!?;"


def bare(text: str) -> str:
    """A heading or an opening without its number."""
    return _NUMBERING.sub("", text.strip()).strip()


def is_row(passage: Passage) -> bool:
    """A row of a table."""
    return passage.place.startswith("表")


def is_title(passage: Passage) -> bool:
    """A line of its own that is no sentence: a document's title, a date, a signature."""
    text = passage.text.strip()
    told = any(sentence.figures for sentence in passage.sentences) or text[:1] in "-•·*"
    return len(text) <= 40 and not told and not any(mark in text for mark in f"{_ENDS}：:") and not is_row(passage)


def file_role(file: str, title: str, year: int) -> Role:
    """What a whole document is for."""
    name = f"{file.rsplit('/', 1)[-1]} {title}"
    if not _PLAN_FILE.search(name) or _REPORT_FILE.search(name):
        return "work"
    years = _YEAR.findall(name)
    return "plans" if str(year + 1) in years and str(year) not in years else "aims"


def titles(passages: Iterable[Passage]) -> dict[str, str]:
    """File -> the title it opens with."""
    found: dict[str, str] = {}
    for passage in passages:
        if passage.file not in found:
            found[passage.file] = passage.text if is_title(passage) else ""
    return found


def depth(passage: Passage) -> int:
    """How deep the passage's own number stands: 一、 1, （一） 2, 1. 3, （1） 4; 0 without a number."""
    text = passage.text.strip()
    return next((level for level, pattern in _DEPTHS if pattern.match(text)), 0)


def run_in(passage: Passage) -> str:
    """A short first sentence after a number that serves as a heading (三、城市管理方面。…), without its 方面; else ""."""
    text = passage.text.strip()
    opening = bare(text).split("。")[0]
    if bare(text) == text or len(opening) > _RUN_IN or "，" in opening or opening == bare(text).rstrip("。"):
        return ""
    return opening


def role_of(passage: Passage, document: Role, year: int) -> Role:
    """What a passage is for: the nearest heading decides, then its opening words, then its document."""
    for heading in (run_in(passage), *reversed(passage.headings)):
        for role, pattern in _HEADINGS:
            if pattern.search(heading):
                return role
    opening = bare(passage.text)[:16]
    for role, pattern in _OPENINGS:
        if pattern.search(opening):
            return role
    return "plans" if opening.startswith(str(year + 1)) else document


def facts_of(passage: Passage, year: int) -> Iterator[Fact]:
    """The passage's statements, each up to its full stop: what a semicolon parted belongs together."""
    source = f"{passage.file} {passage.place}"
    text = slotted = ""
    figures: tuple[str, ...] = ()
    for sentence, following in zip(passage.sentences, [*passage.sentences[1:], None], strict=True):
        text, slotted, figures = text + sentence.text, slotted + sentence.slotted, figures + sentence.figures
        if following is not None and _ASIDE.match(following.text):
            continue
        if not sentence.text.endswith(("；", ";")) or (following is not None and ITEM.match(following.text)):
            yield _fact(text, slotted, figures, source, is_row(passage), year)
            text, slotted, figures = "", "", ()
    if text:
        yield _fact(text, slotted, figures, source, is_row(passage), year)


def _fact(text: str, slotted: str, figures: tuple[str, ...], source: str, row: bool, year: int) -> Fact:
    if row:
        text, slotted = (re.sub(rf"（{year}年度?）(?=：)", "", t).replace("：", "", 1) for t in (text, slotted))
    text, slotted = (_ANNOUNCED_ITEM.sub("", bare(t)) for t in (text, slotted))
    return Fact(text, slotted, figures, source)
