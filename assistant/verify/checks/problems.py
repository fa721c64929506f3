"""问题 → 措施 and 问题 → 扣分: each problem is answered, none stands against an indicator with full marks, and 无 is true."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.documents import Block, Text
from assistant.findings import Finding, Severity
from assistant.patterns import regex
from assistant.subjects import bigrams, normal_term, plain
from assistant.verify.reading.reading import Reading

if TYPE_CHECKING:
    from assistant.verify.checks.facts import Facts

_PROBLEM_HEAD = regex(
    r"(?:存在|主要|突出|面临)的?(?:主要|突出|有关)?的?(?:问题|不足|薄弱环节|短板)|^[（(\d一二三四五六七八九十、.．）)\s]*(?:问题|不足)(?:[及和与、]|分析|$)"
    r"|问题[及和与、](?:原因|不足|整改|改进|措施|对策|建议)|不足之处"
)
_NOT_PROBLEMS = regex(
    r"上年|以前年度|往年|整改(?:落实)?情况|解决.{0,8}问题|问题(?:整改|导向|建议)|需要说明的问题|其他.{0,6}问题|经验.{0,2}问题"
)
_MEASURE_HEAD = regex(r"措施|对策|整改|改进|下一步|下步|今后|建议|后续|打算|努力方向")
_MEASURE = regex(
    r"(?:改进|整改|应对|解决|具体)?措施[：:为]|(?:下一步|下步|今后|接下来|为此|对此|针对(?:该|此|上述|这一|以上))|整改[：:]"
    r"|(?:^|[，。；：])(?:我|本)?(?:局|委|办|院|校|单位|中心|街道|部门)?(?:将|拟|计划(?:于|在)|准备|打算)"
    r"|20\d\d年(?:将|拟|起|底前|\d{1,2}月(?:底|末)?前)|(?:月|季度|年)(?:底|末)前(?:完成|建立|制定|修订|出台|清理)"
)
_MEASURES_BEGIN = regex(r"^.{0,6}(?:改进|整改|应对|下一步)[^，。；：]{0,8}[：:]$")
_OPEN_MEASURE = regex(r"【待补[^】]*(?:措施|整改)")
_ITEM = regex(
    r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]{1,2}是|[①-⑳])"
)
_INLINE = regex(r"(?:^|(?<=[。；：]))(?=[一二三四五六七八九十]{1,2}是)")
_NONE = regex(
    r"^(?:暂?无|无(?:明显|突出)?问题|无改进措施|[^，。]{0,10}(?:暂|均|都)?(?:没有|无|未发现|未发生|不存在|未存在)(?:发现|存在)?(?:明显|突出|重大|较大|其他|任何)?的?(?:问题|不足)(?:[及和与]不足)?)[。；]?$"
)
_COST = regex(r"扣\s*[\d一二三四五六七八九十]|扣分|失分|影响[^，。]{0,12}得分|自评(?:扣|未得)")
_NOTHING = regex(r"^(?:暂?无|没有|不适用|[/—\-－]+)?[。.]?$")
_TABLE_PROBLEM = regex(
    r"^(?:存在(?:的)?|主要|具体|当前)?(?:问题|不足)(?:描述|表现|内容|及不足)?$|^(?:存在的?|主要)问题"
)
_TABLE_MEASURE = regex(r"措施|整改(?:安排|计划|方案|要求)")


@dataclass(frozen=True, slots=True)
class _Item:
    """A problem, or a measure, as the report gives it: its words with the paragraphs below it, and its place."""

    words: str
    start: int
    end: int

    @property
    def title(self) -> str:
        """The problem in short, for a message."""
        first = re.split(r"[。；\n]", _ITEM.sub("", self.words.strip()))[0]
        return first if len(first) <= 40 else f"{first[:38]}……"

    @property
    def problem(self) -> str:
        """The words up to the measure."""
        match = _MEASURE.search(self.words)
        return self.words[: match.start()] if match else self.words


def problems(reading: Reading) -> list[Finding]:
    """What a reviewer holds against the section of problems of a whole report."""
    card, facts = reading.card, reading.facts
    if card is None or facts is None:
        return []
    found = [*_table_rows(reading)]
    told: list[_Item] = []
    answers = list(_answers(reading.text))
    for section, inside, combined in _sections(reading.text):
        items = [
            item for item in section if not _NOTHING.match(item.words.strip()) and not _NONE.match(item.words.strip())
        ]
        none = [item for item in section if item not in items]
        told += items
        if none and not items:
            found += _denied(none[0], facts)
        unanswered = [
            item for item in items if not _MEASURE.search(item.words) and not _OPEN_MEASURE.search(item.words)
        ]
        found += _without(unanswered, items, inside if combined else answers)
    for item in told:
        found += _at_full_marks(item, facts)
    found += _linked(reading, facts)
    return _once(found)


def _once(found: list[Finding]) -> list[Finding]:
    seen: dict[tuple[int, str], Finding] = {}
    for finding in found:
        key = (finding.start, finding.expected)
        if key not in seen or finding.severity == "error":
            seen[key] = finding
    return list(seen.values())


def _sections(text: Text) -> Iterator[tuple[list[_Item], list[_Item], bool]]:
    """The items of each section of problems, the measures that it lists after them, and whether its heading announces those."""
    blocks = [b for b in text.blocks if b.kind != "contents"]
    for number, block in enumerate(blocks):
        words = text.text[block.start : block.end]
        if not _is_problem_head(block, words):
            continue
        below = _below(blocks, number)
        if any(b.kind == "heading" and _is_problem_head(b, text.text[b.start : b.end]) for b in below):
            continue
        below = [b for b in below if b.kind != "row"]
        cut = next((n for n, b in enumerate(below) if _MEASURES_BEGIN.match(text.text[b.start : b.end])), len(below))
        yield _items(text, below[:cut]), _items(text, below[cut + 1 :]), bool(_MEASURE_HEAD.search(words))


def _is_problem_head(block: Block, words: str) -> bool:
    return (
        block.kind == "heading" and bool(block.level) and len(words) <= 40
        and bool(_PROBLEM_HEAD.search(words)) and not _NOT_PROBLEMS.search(words) and not _ONE_PROBLEM.search(words)
    )  # fmt: skip


_ONE_PROBLEM = regex(
    r"(?:不足|问题)(?!及|和|与|、|$)[^及和与、]{2,}$|^\d+[.．、].{0,30}(?:应用|能力|力度|水平|深度|人手|力量)不足$"
)


def _below(blocks: list[Block], number: int) -> list[Block]:
    head = blocks[number]
    found = []
    for block in blocks[number + 1 :]:
        if block.kind == "heading" and block.level and block.level <= head.level:
            break
        found.append(block)
    return found


def _items(text: Text, blocks: list[Block]) -> list[_Item]:
    """The problems of a section: by sub-headings, else by enumerators at the start of paragraphs or inside one, else one a paragraph."""
    spans = [
        (b.start, b.end, b.kind == "heading" and bool(b.level)) for b in blocks if b.end > b.start and b.kind != "note"
    ]
    if not spans:
        return []
    heads = [n for n, (_, _, head) in enumerate(spans) if head]
    if not heads:
        numbered = [n for n, (start, end, _) in enumerate(spans) if _ITEM.match(text.text[start:end])]
        heads = numbered if len(numbered) > 1 else []
    if heads:
        ends = [*heads[1:], len(spans)]
        return [_item(text, spans[a][0], spans[b - 1][1]) for a, b in zip(heads, ends, strict=True)]
    found = []
    for start, end, _ in spans:
        cuts = [m.start() for m in _INLINE.finditer(text.text[start:end])]
        edges = [*cuts, end - start] if len(cuts) > 1 else [0, end - start]
        found += [_item(text, start + a, start + b) for a, b in itertools.pairwise(edges)]
    return [item for item in found if not _LEADS_IN.search(item.words) and not _AFTERWORD.match(item.words)]


def items_below(text: Text, head: Block) -> list[str]:
    """The words of the items of a section, in order."""
    blocks = [b for b in text.blocks if b.kind != "contents"]
    return [item.words for item in _items(text, [b for b in _below(blocks, blocks.index(head)) if b.kind != "row"])]


_LEADS_IN = regex(r"(?:如下|以下|下列)[^。]{0,16}[。：:]?$|[：:]$")
_AFTERWORD = regex(r"^(?:除上述|此外，|自评扣分|各项评价指标|上述(?:各项)?(?:措施|问题)|【待补)")


def _item(text: Text, start: int, end: int) -> _Item:
    return _Item(text.text[start:end], start, end)


def _answers(text: Text) -> Iterator[_Item]:
    """The items of the sections that give measures alone."""
    blocks = [b for b in text.blocks if b.kind != "contents"]
    for number, block in enumerate(blocks):
        words = text.text[block.start : block.end]
        if (
            block.kind == "heading"
            and block.level
            and _MEASURE_HEAD.search(words)
            and not _is_problem_head(block, words)
        ):
            yield from _items(text, [b for b in _below(blocks, number) if b.kind != "row"])


def _without(unanswered: list[_Item], items: list[_Item], answers: list[_Item]) -> list[Finding]:
    """The problems that no measure answers: by a measure's own words, else by the order of the two lists."""
    if not unanswered:
        return []
    left = [answer for answer in answers if not _NOTHING.match(answer.words.strip())]
    if len(left) >= len(items) or any(_OPEN_MEASURE.search(answer.words) for answer in answers):
        return []
    lacking = list(unanswered)
    for answer in left:
        if not lacking:
            break
        words = bigrams(plain(answer.words))
        best = max(lacking, key=lambda item: len(words & bigrams(plain(item.words))))
        lacking.remove(best)
    return [
        Finding(
            "closure", "error", f"问题“{item.title}”没有对应的改进措施。请针对原因写明措施、责任科室和完成时限。",
            quote=item.title, start=item.start, end=item.end, expected="改进措施",
        )
        for item in lacking
    ]  # fmt: skip


def _denied(item: _Item, facts: Facts) -> list[Finding]:
    """问题 “无” below full marks."""
    from assistant.rules import show

    lost = [leaf for leaf in facts.card.leaves if leaf.lost > 0]
    if not lost:
        return []
    names = "、".join(f"“{leaf.called}”扣{show(leaf.lost)}分" for leaf in lost[:5]) + ("等" if len(lost) > 5 else "")
    return [Finding(
        "closure", "error", f"存在问题写“{item.words.strip()[:30]}”，但自评有扣分（{names}）。请写明扣分反映的问题。",
        quote=item.words.strip()[:60], start=item.start, end=item.end, expected="扣分对应的问题",
    )]  # fmt: skip


def _at_full_marks(item: _Item, facts: Facts) -> Iterator[Finding]:
    """A problem that names an indicator whose marks are full."""
    words = normal_term(item.problem)
    leaves = {normal_term(leaf.called): leaf for leaf in facts.card.leaves if not leaf.bonus and not leaf.waived}
    for name, start, end in facts.leaf_terms.find(words):
        leaf = leaves.get(name)
        if leaf is None or leaf.marks is None or leaf.lost or not leaf.full_marks:
            continue
        clause = words[max(0, start - 12) : end + 16]
        costs = bool(_COST.search(clause))
        if not costs and re.search(r"(?:虽|已|均)[^，。]{0,8}$", words[max(0, start - 8) : start]):
            continue
        yield _full(item, leaf.called, "error" if costs else "warning", "写明扣分" if costs else "提到")


def _full(item: _Item, name: str, severity: Severity, how: str) -> Finding:
    return Finding(
        "closure", severity, f"问题“{item.title}”{how}“{name}”，但该指标自评满分。请核对得分，或改写问题。",
        quote=item.title, start=item.start, end=item.end, expected=name,
    )  # fmt: skip


def _linked(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """Problems that the workbook ties to an indicator with full marks."""
    if reading.case is None:
        return
    for row in reading.case.rows("problems"):
        name, text = row.text("indicator"), row.text("problem")
        leaf = next(
            (
                x
                for x in facts.card.leaves
                if name and normal_term(name) in (normal_term(x.name), normal_term(x.called))
            ),
            None,
        )
        if leaf is None or leaf.bonus or leaf.waived or leaf.marks is None or leaf.lost or _NOTHING.match(text.strip()):
            continue
        start, end = _found(reading.text.text, text)
        yield _full(_Item(text, start, end), leaf.called, "error", "在工作簿中对应")


def _found(text: str, words: str) -> tuple[int, int]:
    """Where the report writes these words: its first eight characters will do."""
    opening = re.split(r"[，。；]", words.strip())[0]
    for length in (len(opening), 8):
        if length >= 4 and (at := text.find(opening[:length])) >= 0:
            return at, at + length
    return 0, 0


def _table_rows(reading: Reading) -> Iterator[Finding]:
    """Rows of a table of problems whose measure is empty."""
    text = reading.text
    heads: dict[int, dict[str, int]] = {}
    for block in text.blocks:
        if block.kind != "row":
            continue
        cells = {cell.column: text.text[cell.start : cell.end].strip() for cell in block.cells}
        if block.table not in heads:
            problem = next(
                (c for c, w in cells.items() if _TABLE_PROBLEM.search(normal_term(w)) and "上年" not in w), None
            )
            measure = next((c for c, w in cells.items() if _TABLE_MEASURE.search(w)), None)
            both = problem is not None and measure is not None and problem != measure
            heads[block.table] = {"problem": problem or 0, "measure": measure or 0} if both else {}
            continue
        columns = heads[block.table]
        if not columns:
            continue
        said, answer = cells.get(columns["problem"], ""), cells.get(columns["measure"], "")
        if said and not _NOTHING.match(said) and _NOTHING.match(answer):
            item = _Item(said, block.start, block.end)
            yield Finding(
                "closure", "error", f"{text.place(block.start)}的问题“{item.title}”没有对应的改进措施。请补填。",
                quote=item.title, start=block.start, end=block.end, expected="改进措施",
            )  # fmt: skip
