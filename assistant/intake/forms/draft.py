"""A form that was read -> the YAML of a draft framework: every leaf `judged` until a clerk gives it a rule."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.catalogue import load_catalogue
from assistant.errors import InputError
from assistant.frameworks import Framework, framework_ids, load_framework
from assistant.intake.forms.tree import Form, Node
from assistant.numbers import find_numbers
from assistant.patterns import regex
from assistant.rules import show

_ZERO = Decimal(0)
_PLACE = regex(r"[一-鿿]{2,3}(?:省|市)?[一-鿿]{1,4}(?:区|县|市|新区)|[一-鿿]{2,4}(?:区|县|市|省)")
_YEAR = regex(r"20\d\d")
_BONUS = regex(r"^(?:加减分|加分|附加分|奖励分)")
_PLAIN = regex(r"[^\W_][\w（）“”、．·\-]*")
_ALWAYS = ("basics", "key_tasks", "accounts", "answers", "problems", "deductions")
_SPOKEN: dict[tuple[str, ...], tuple[str, ...]] = {
    ("三公",): ("three_public",), ("采购",): ("procurement",), ("资产",): ("assets", "asset_movements"),
    ("编制控制", "人员", "在职", "编外"): ("staff", "personnel_detail"), ("结转", "结余"): ("carryover",),
    ("调整", "调剂"): ("adjustments",), ("序时", "支付进度", "季度"): ("progress",), ("项目",): ("project_totals",),
    ("满意",): ("satisfaction",), ("信访", "来信"): ("petitions",), ("制度", "内控"): ("systems",), ("预算编制", "编制"): ("budget_make_up",),
}  # fmt: skip
"""Words of a form -> the sheets on which the matter is filled in."""
_BECAUSE = "导入自评分表，还没有写成规则"


@dataclass(frozen=True, slots=True)
class Head:
    """What the file itself does not say for certain."""

    id: str
    file: str
    year: int
    base: str


def settle_shares(form: Form, file: str) -> None:
    """Fills what follows from the printed shares, and says so; the leaves stand.

    Raises:
        InputError: the share of an indicator cannot be told.
    """
    if not form.nodes:
        raise InputError(
            file,
            "没有读到评分表：找不到含有“一级指标”“分值”“评分标准”等表头的表",
            "请核对文件，表头写成规范的名称后再导入",
        )
    _mark_bonus(form)
    base = [node for node in form.nodes if not node.bonus]
    for node in list(base):
        _settle(node, form, file)
    whole = sum((_worth(node) for node in base), _ZERO)
    if whole == 1:
        form.told.append("各项权重合计为1，已乘以100")
        for node in _all(base):
            node.share = None if node.share is None else node.share * 100
        form.total = form.total * 100 if form.total == 1 else form.total
        whole = Decimal(100)
    if form.total is not None and form.total != whole:
        form.told.append(f"合计行印作{show(form.total)}分，各项指标合计{show(whole)}分；采用各项指标的合计")
    for node in _all(base):
        if node.children and node.share is not None and node.share != _worth(node):
            form.told.append(
                f"{node.place}：“{node.name}”印作{show(node.share)}分，下级合计{show(_worth(node))}分；采用下级的合计，印的分值记在 printed_full_marks"
            )


def _mark_bonus(form: Form) -> None:
    for node in form.nodes:
        if node.bonus or _BONUS.match(node.name):
            form.told.append(f"{node.place}：“{node.name}”按加减分指标处理，不计入总分")
            for below in _all([node]):
                below.bonus = True
    for node in _all(form.nodes):
        node.bonus = node.bonus and all(leaf.bonus for leaf in node.leaves())


def _all(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _worth(node: Node) -> Decimal:
    """The leaves' shares added; marks on top of the base are worth nothing."""
    return sum((leaf.share or _ZERO for leaf in node.leaves() if not leaf.bonus), _ZERO)


def _settle(node: Node, form: Form, file: str) -> None:
    """A share for every leaf: what is left of the parent's where one is lacking, the parent's own where all are."""
    if not node.children:
        if node.share is None:
            raise InputError(f"{file} {node.place}", f"“{node.name}”没有分值", "请在评分表里补上分值后再导入")
        if node.share == 0:
            raise InputError(f"{file} {node.place}", f"“{node.name}”的分值是 0", "请补上分值，或删去这一行后再导入")
        return
    lacking = [child for child in node.children if child.share is None and not child.children and not child.bonus]
    if len(lacking) == 1 and node.share is not None:
        others = (c.share if c.share is not None else _worth(c) for c in node.children if c is not lacking[0])
        rest = node.share - sum(others, _ZERO)
        if rest > 0:
            lacking[0].share = rest
            told = f"“{lacking[0].name}”没有印分值，按“{node.name}”余下的{show(rest)}分计"
            form.told.append(f"{lacking[0].place}：{told}")
    bare = [leaf for leaf in node.leaves() if leaf.share is None]
    shares = [child.share for child in node.children if child.share]
    if node.share is not None and not shares and len(bare) == len(list(node.leaves())):
        names = "、".join(leaf.name for leaf in bare)
        form.told.append(f"{node.place}：“{node.name}”的下级指标没有分值，合并为一项（{names}）")
        for leaf in bare:
            node.descriptions += [f"{leaf.name}：{text}" for text in leaf.descriptions] or [leaf.name]
            node.standards += leaf.standards
        node.children = []
        return
    for child in node.children:
        if not child.bonus:
            _settle(child, form, file)


def draft_yaml(form: Form, head: Head) -> str:
    """The text of the file."""
    base = load_framework(head.base)
    title = form.title or head.file.rpartition(".")[0]
    whole = sum((_worth(node) for node in form.nodes), _ZERO)
    place = found[0] if (found := _PLACE.search(title)) else "（待填写）"
    sheets = _sheets(base, form)
    lines = [
        f"# 由 {head.file} 导入的草稿。名称、分值和评分标准是原文；每项都由填报人评分（judged），直到写成规则。",
        "# 写规则的办法见随软件的各指标体系；改好后运行 jiping frameworks check。",
        "# 工作表和比率按评分表里提到的事项选列；规则还要用到的，照随软件的各指标体系补上。",
        *(f"# 导入时：{_line(told)}" for told in form.told),
        f"id: {head.id}",
        f"name: {_quoted(title)}",
        f"place: {_quoted(place)}",
        f"year: {head.year}",
        f"full_marks: {_number(whole)}",
        "outline: general",
        f"source: {_quoted(f'由评分表 {head.file} 导入')}",
        f"sheets: [{', '.join(sheets)}]",
        "",
        "ratios:",
        *(_ratio(base, sheets)),
        "",
        "indicators:",
    ]
    ids = _Ids()
    for number, node in enumerate(form.nodes, 1):
        lines += _node(node, 1, (number,), ids)
    return "\n".join(lines) + "\n"


def year_of(form: Form, file: str, otherwise: int) -> int:
    """The year in the form's title or the file's name."""
    found = _YEAR.search(form.title) or _YEAR.search(file)
    return int(found[0]) if found else otherwise


def _sheets(base: Framework, form: Form) -> tuple[str, ...]:
    """The sheets that every report needs, those of the matters that the form speaks of, and those its indicators are answered on."""
    said = "".join(text for node in _all(form.nodes) for text in (node.name, *node.descriptions, *node.standards))
    spoken = {sheet for words, sheets in _SPOKEN.items() if any(word in said for word in words) for sheet in sheets}
    bonus = any(node.bonus for node in _all(form.nodes))
    kept = (sheet for sheet in base.sheets if sheet in _ALWAYS or sheet in spoken)
    return (*kept, *(("awards",) if bonus and "awards" not in base.sheets else ()))


def _ratio(base: Framework, sheets: tuple[str, ...]) -> Iterator[str]:
    """The general rates over those sheets: the report can speak of them, and a rule that is written later finds its measure."""
    specs = load_catalogue().specs
    kept: set[str] = set()
    for ratio in base.ratios:
        if all(id in kept or (id in specs and specs[id].sheet in sheets) for id in ratio.value.inputs):
            kept.add(ratio.id)
            told = ratio.model_dump(mode="json", exclude_defaults=True)
            yield f"  - {json.dumps(told, ensure_ascii=False)}"


class _Ids:
    """Ids: that of a shipped leaf of the same name, where only one has it; else the ordinals i1_2_3."""

    def __init__(self) -> None:
        known: dict[str, set[str]] = {}
        for id in framework_ids():
            for leaf in load_framework(id).leaves():
                if not leaf.indicator.own and not leaf.indicator.bonus:
                    known.setdefault(_bare(leaf.indicator.name), set()).add(leaf.indicator.id)
        self._known = {name: next(iter(ids)) for name, ids in known.items() if len(ids) == 1}
        self._used: set[str] = set()

    def of(self, node: Node, way: tuple[int, ...]) -> str:
        """The id of a node."""
        standard = "" if node.children or node.bonus else self._known.get(_bare(node.name), "")
        if not standard or standard in self._used:
            return "i" + "_".join(map(str, way))
        self._used.add(standard)
        return standard


def _bare(name: str) -> str:
    """A name without its number, white space and marks."""
    return "".join(re.findall(r"[^\W_]+", re.sub(r"^[\s（(]*[\d一二三四五六七八九十]{1,2}[）)．.、]", "", name)))


def _node(node: Node, depth: int, way: tuple[int, ...], ids: _Ids) -> Iterator[str]:
    pad = "  " * (2 * depth - 1)
    worth = _worth(node)
    yield f"{pad}- id: {ids.of(node, way)}"
    yield f"{pad}  name: {_quoted(node.name)}"
    yield f"{pad}  full_marks: {_number(worth)}"
    if node.children:
        if node.share is not None and node.share != worth and not node.bonus:
            yield f"{pad}  printed_full_marks: {_number(node.share)}"
        yield f"{pad}  children:"
        for number, child in enumerate(node.children, 1):
            yield from _node(child, depth + 1, (*way, number), ids)
        return
    if node.descriptions:
        yield from _text(pad, "description", "\n".join(node.descriptions))
    standard = "\n".join(node.standards)
    if standard:
        yield from _text(pad, "official_text", standard)
    if node.bonus:
        yield f"{pad}  bonus: true"
    numbers = [mention.text for mention in find_numbers(standard) if mention.value is not None]
    told = (
        f"原文中的数：{'、'.join(dict.fromkeys(numbers))}"
        if numbers
        else "原文中没有数"
        if standard
        else "没有印评分标准"
    )
    yield f"{pad}  # {_line(told)}"
    most = f", most: {_number(node.share)}" if node.share else ""
    rule = f"{{kind: bonus{most}}}" if node.bonus else f"{{kind: judged, because: {_BECAUSE}}}"
    yield f"{pad}  parts: [{{full_marks: {_number(worth)}, rule: {rule}}}]"


def _number(value: Decimal) -> str:
    text = show(value)
    return f'"{text}"' if "." in text else text


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and not text.isdigit() else json.dumps(text, ensure_ascii=False)


def _line(text: str) -> str:
    return " ".join(text.split())


def _text(pad: str, key: str, text: str) -> Iterator[str]:
    """A text to the letter: as a block where it has several lines, else quoted."""
    lines = text.split("\n")
    if len(lines) > 1 and all(line and line == line.strip() and line.isprintable() for line in lines):
        yield f"{pad}  {key}: |-"
        yield from (f"{pad}    {line}" for line in lines)
    else:
        yield f"{pad}  {key}: {json.dumps(text, ensure_ascii=False)}"
