"""A report as the pieces that are compared: its paragraphs as bare words, each with the way back to the text.

Bare: Chinese characters and letters only; a number is `#`, the unit's own name `@`, so that a copy in which only these were changed
is the same piece again; a title in 《》, which all cite alike, is `$`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from assistant.documents import Text
from assistant.masking import names_of
from assistant.patterns import regex
from assistant.retrieval.genres import genre_of
from assistant.verify.reading.facets import is_rubric
from assistant.verify.reading.passages import Passage, passages

NUMBER, OWN, TITLE = "#", "@", "$"
_NUMBER = r"[0-9０-９]+(?:[,，.．][0-9０-９]+)*"
_NUMBERS = regex(_NUMBER)
_SIGNS = regex("[#@$]")
_COMMA = regex("[,，]")
_HALF = str.maketrans("０１２３４５６７８９．", "0123456789.")
_TITLE = r"《[^》\n]{1,60}》"
_TITLES = regex(_TITLE)
_NOT_BARE = regex(r"[^\u3400-\u9fffA-Za-z#@$]+")
_TOKEN = rf"{_NUMBER}|[\u3400-\u9fffA-Za-z]"
_HEADING = regex(r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、])+\s*")
_SENTENCE = regex(r"[^。；！？\n]+[。；！？]?")
_SUBJECT = (
    r"(?:绩效)?(?:自我评价|自评|评价)(?:工作)?(?:对象|范围|时段|时间|期间|年度|基准日|目的|依据|原则|方法|方式|标准|指标|等级|得分|总得?分|结果|结论|程序|步骤|组织|总体"
    r"|的|采用|采取|按|遵循|坚持|实行|由|以|围绕|从|分为|先|经|主要)"
)
_OF_THE_EVALUATION = regex(
    rf"\s{{0,4}}(?:[（(]?[\d一二三四五六七八九十]{{1,3}}[)）.．、]\s?)?(?:本次|此次|这次|本年度|今年|\d{{4}}年度?)?(?:部门)?(?:整体)?(?:支出)?{_SUBJECT}"
    r"|\s{0,4}(?:根据|按照|依据|对照|为贯彻|为落实)[^。；]{0,160}(?:自评|评价)(?:工作)?(?:[。；，]|如下|报告|情况|总?得分|等级)"
    r"|\s{0,4}现(?:将|就)[^。；]{0,60}(?:报告|汇报|说明)如下"
)
"""A sentence that tells how and by which notice the evaluation is done, and no work of the unit: the bureau's own words, which all repeat."""
_CREED = regex(
    r"(?:深入|全面|认真|坚决|切实|扎实|坚持|始终){0,4}(?:学习|宣传|贯彻|落实|践行|牢记|围绕|以|按照){1,4}[^，。；：]{2,60}(?:精神|思想|讲话|论述|指示|批示|部署|方针|政策|理念|战略|要求)(?:为指导|为统领|为遵循)?"
)
"""What every office professes in the same words."""
_LISTED = regex(r"(?:[\u4e00-\u9fff]{1,3}、){3,30}[\u4e00-\u9fff]{1,3}")
"""Words told off one by one (采购、合同、资产、绩效): the words are nobody's, nor is their order."""
_MOST_OF_RUBRIC = 3
"""A paragraph of which one part in so many is a rubric is the rubric's."""
_SHORTEST = 12
"""Bare characters: what is shorter is a heading or a name."""
_YEAR = regex(r"(?:19|20)\d\d")
_STANDING = regex(r"职能|职责|机构|人员|概况|基本情况|制度|依据")
CHANGING = frozenset(("problems", "measures", "duties", "experience", "plans"))
"""What must be another every year."""


@dataclass(frozen=True, eq=False)
class Report:
    """A report that is compared. `unit`: whose it is (one unit has one name in all years); `previous`: it is last year's."""

    unit: str
    name: str
    text: Text
    previous: bool = False

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the unit is called, the longest first."""
        return tuple(sorted(names_of(self.unit), key=len, reverse=True))

    @cached_property
    def _own(self) -> re.Pattern[str] | None:
        return re.compile("|".join(map(re.escape, self.names))) if self.names else None

    def bare(self, words: str) -> str:
        """The words without punctuation, numbers and own names as signs."""
        return _NOT_BARE.sub("", _NUMBERS.sub(NUMBER, self._signed(words)))

    def figures(self, words: str) -> tuple[str, ...]:
        """The number behind each sign of `bare(words)`, without commas between its digits."""
        return tuple(_COMMA.sub("", figure).translate(_HALF) for figure in _NUMBERS.findall(self._signed(words)))

    def places(self, words: str) -> list[tuple[int, int]]:
        """Start and end in `words` of each character of `bare(words)`."""
        own = f"{self._own.pattern}|" if self._own else ""
        return [found.span() for found in re.finditer(f"{_TITLE}|{own}{_TOKEN}", words)]

    def _signed(self, words: str) -> str:
        titled = _TITLES.sub(TITLE, _SIGNS.sub(" ", words))
        return self._own.sub(OWN, titled) if self._own else titled


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a report. `report` and `number` are places in the lists of reports and of the report's pieces."""

    report: int
    number: int
    words: str
    start: int
    section: tuple[str, ...]
    bare: str = field(repr=False)
    figures: tuple[str, ...] = field(default=(), repr=False)
    """What each `#` of it stands for."""

    @property
    def genre(self) -> str:
        """What kind of narrative its section is; "" where that is about figures."""
        return genre_of(tuple(_HEADING.sub("", heading) for heading in self.section), self.words)

    @property
    def stands(self) -> bool:
        """Whether it tells of what is the same every year: what the unit is for, who is in it, by which rules it works."""
        return bool(self.section) and self.genre not in CHANGING and bool(_STANDING.search(self.section[-1]))

    def figures_by_place(self) -> dict[int, str]:
        """The figures by the places of their signs."""
        signs = (at for at, sign in enumerate(self.bare) if sign == NUMBER)
        return dict(zip(signs, self.figures, strict=True))


def pieces(report: Report, at: int) -> Iterator[Piece]:
    """The paragraphs of the report that is number `at`; tables, headings and the wording of a rubric are left out."""
    number = 0
    for passage in passages(report.text):
        if _is_heading(passage) or not (words := _of_the_unit(passage.words)).strip():
            continue
        bare = report.bare(words)
        if len(bare) >= _SHORTEST:
            yield Piece(at, number, words, passage.start, passage.section, bare, report.figures(words))
            number += 1


def _of_the_unit(words: str) -> str:
    """The words with blanks instead of what is the evaluation's, and no work of the unit; "" where that is a good part of them."""
    sentences = _SENTENCE.findall(words)
    rubric = {sentence for sentence in sentences if is_rubric(sentence)}
    if sum(len(sentence) for sentence in sentences if sentence in rubric) * _MOST_OF_RUBRIC >= len(words):
        return ""

    def blanks(found: re.Match[str]) -> str:
        return " " * len(found[0])

    def judged(found: re.Match[str]) -> str:
        return blanks(found) if found[0] in rubric or _OF_THE_EVALUATION.match(found[0]) else found[0]

    return _LISTED.sub(blanks, _CREED.sub(blanks, _SENTENCE.sub(judged, words)))


def digits_of(figure: str) -> int:
    """How many of its digits count: zeros at its ends do not."""
    return len(figure.replace(".", "").strip("0"))


def is_year(figure: str) -> bool:
    """Whether it is written as a year is."""
    return bool(_YEAR.fullmatch(figure))


def _is_heading(passage: Passage) -> bool:
    return passage.blocks[0].kind == "heading"
