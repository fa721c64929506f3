"""Copied passages put into reports on purpose: a paragraph of one unit's report in another's, as it is or dressed up."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.documents import Text
from assistant.documents.text import Builder, Cell
from assistant.patterns import regex
from assistant.similarity.pieces import Piece, Report, pieces

_GENRES = frozenset(("duties", "problems", "measures", "experience", "plans", "tasks"))
_SHORTEST, _LONGEST = 80, 400
_STRETCH, _OWN = 8, 0.6
"""A passage that every unit's report has, but for its figures, is nobody's to copy: so much of it must be its unit's own."""
_NUMBER = regex(r"\d[\d,]*(?:\.\d+)?")
_YEAR = regex(r"20\d\d")
_SENTENCE = regex(r"[^。；！？]+[。；！？]?")
_HEADING = regex(r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、])+\s*")
_OTHER_WORDS = dict(pair.split(">") for pair in (
    "完成>做完 开展>组织 建设>修建 推进>推动 提升>提高 加强>强化 开通>启用 覆盖>惠及 增加>新增 减少>压减 办理>受理 组织>举办 检查>排查 整改>改正 发现>查出 主要>大多 原因>缘由"
    " 由于>因为 问题>短板 安排>布置 及时>按时 建立>设立 制定>拟定 印发>下发 培训>轮训 全年>年内 其中>里面 另外>此外 同时>并且 已经>已 没有>未 需要>须 年底前>年末以前"
    " 比上年>较去年 逐户>挨户 每月>按月 每季度>逐季 群众>居民 单位>机构 项目>工程 资金>经费 负责>承担 牵头>主办 试点>试行 走访>上门 服务>帮办 使用>动用 支付>拨付 采购>购置 验收>查验"
).split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """A passage of report `donor` as it was put into report `receiver`, from `start` to `end` of that one's text."""

    kind: str
    donor: int
    receiver: int
    start: int
    end: int


Dress = Callable[[str, Report, Report, random.Random], str]
"""A passage, whose it is, whose it becomes -> how it reads there."""


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
    return re.sub(r"[我本][局委办校院馆]", "本单位", words)


def _other_words(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    for word, instead in _OTHER_WORDS.items():
        if chance.random() < 0.8:
            words = words.replace(word, instead)
    clauses = words.split("，")
    return "，".join(f"还{clause}" if at and chance.random() < 0.2 else clause for at, clause in enumerate(clauses))


def _other_order(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    said = _SENTENCE.findall(words)
    if len(said) > 1:
        said = [*said[1:], said[0]] if len(said) < 3 else chance.sample(said, len(said))
    return "".join(one if one[-1] in "。；！？" else f"{one}。" for one in said)


def _all_of_it(words: str, donor: Report, receiver: Report, chance: random.Random) -> str:
    for dress in (_other_numbers, _other_names, _other_order):
        words = dress(words, donor, receiver, chance)
    return words


_DRESSES: dict[str, Dress] = {
    "一字不改": _as_it_is,
    "只改数": _other_numbers,
    "只改单位名称": _other_names,
    "改一部分词": _other_words,
    "调换句子次序": _other_order,
    "数、名称、次序都改": _all_of_it,
}
DRESSED = tuple(zip(_DRESSES, ("verbatim", "numbers", "names", "words", "order", "all"), strict=True))
"""How a copy is dressed up, and the name of its figures."""
KEPT = ("一字不改", "只改单位名称", "调换句子次序")
"""The donor's figures are left in it."""


def planted(reports: Sequence[Report], kind: str, seed: int) -> tuple[list[Report], list[Copy]]:
    """Every report with one passage of another in it, and where it stands. Last year's reports are left as they are."""
    chance = random.Random(f"{kind} {seed}")
    offered = _worth_copying(reports)
    made, copies = list(reports), []
    for receiver, report in enumerate(reports):
        donors = [
            at for at in range(len(reports)) if at != receiver and offered[at] and reports[at].unit != report.unit
        ]
        if report.previous or not donors:
            continue
        donor = chance.choice(donors)
        piece = offered[donor].pop(chance.randrange(len(offered[donor])))
        words = _DRESSES[kind](_HEADING.sub("", piece.words), reports[donor], report, chance)
        text, start = _with_passage(report.text, words, chance)
        made[receiver] = replace(report, text=text)
        copies.append(Copy(kind, donor, receiver, start, start + len(words)))
    return made, copies


def _worth_copying(reports: Sequence[Report]) -> list[list[Piece]]:
    """Of each report the narrative paragraphs of some length whose wording is for the most part in no other unit's report."""
    cut = [list(pieces(report, at)) for at, report in enumerate(reports)]
    holders: dict[str, set[str]] = {}
    for report, of_report in zip(reports, cut, strict=True):
        for stretch in {stretch for piece in of_report for stretch in _stretches(piece)}:
            holders.setdefault(stretch, set()).add(report.unit)
    return [[piece for piece in found if _is_narrative(piece) and _own_share(piece, holders) >= _OWN] for found in cut]


def _is_narrative(piece: Piece) -> bool:
    return _SHORTEST <= len(piece.words) <= _LONGEST and piece.genre in _GENRES


def _own_share(piece: Piece, holders: dict[str, set[str]]) -> float:
    stretches = _stretches(piece)
    return sum(len(holders[stretch]) == 1 for stretch in stretches) / len(stretches)


def _stretches(piece: Piece) -> list[str]:
    return [piece.bare[at : at + _STRETCH] for at in range(max(1, len(piece.bare) - _STRETCH + 1))]


def _with_passage(text: Text, words: str, chance: random.Random) -> tuple[Text, int]:
    """The text with a paragraph more somewhere behind one of its paragraphs, and where it begins."""
    homes = [at for at, block in enumerate(text.blocks) if block.kind == "paragraph" and block.end - block.start > 40]
    home = chance.choice(homes or [len(text.blocks) - 1])
    builder = Builder(text.name)
    table, start = 0, 0
    for at, block in enumerate(text.blocks):
        if block.kind == "row":
            if block.table != table:
                table = block.table
                builder.table()
            builder.row(Cell(text.text[c.start : c.end], c.column, c.columns, c.row_continues) for c in block.cells)
        else:
            builder.paragraph(text.text[block.start : block.end], block.kind, block.level)
        if at == home:
            start = len(builder.build().text)
            builder.paragraph(words)
    return builder.build(), start
