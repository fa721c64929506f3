"""The facts of tables: budget items by stage, goals and what was done, figures beside a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from assistant.numbers import base, unit_family
from assistant.patterns import regex
from assistant.subjects import normal_term
from assistant.verify.itself.fact_keys import RATE, WHOLE, Fact, Key, Setting, item_core, plain_core, scope_of
from assistant.verify.reading.facets import Aspect, is_rubric, period_of, stage_in, without_stage
from assistant.verify.reading.tables import Cell, Table
from assistant.verify.scoring.aims import Aim, Told

_NAMED = ("三级指标", "指标名称", "绩效指标", "名称", "指标", "项目")
_TARGET_HEAD = regex(r"指标值|目标值|计划(?:数|值)|年度目标|预期")
_DONE_HEAD = regex(r"实际(?:完成)?(?:值|情况|数)|完成(?:值|数|情况)|^自评情况$|^(?:得分)?说明$")
_PLAIN_HEAD = regex(r"数量|数值|金额|人数|数据|数")
_RATE_HEAD = regex(r"(?:预算)?执行率")
_MARKS_HEAD = regex(r"分值|权重|满分|标准分|得分|评分")
_PART = regex(r"收入|项目|采购|三公|资产|明细|专项")
_TOTAL = regex(r"合计|总计|共计|总和|总得分|总分|自评总分|总得分情况")
_WHOLE_ROW = regex(r"合计|总计|(?:本年)?支出(?:合计|总计)|总支出|(?:部门)?整体支出|年度资金总额|资金总额|部门预算")
_UNIT_IN_NAME = regex(r"[（(]\s?([\u4e00-\u9fff%％]{1,3})\s?[)）]$")
_SHARE_IN_NAME = regex(r"[（(]\s?\d{1,3}(?:\.\d{1,2})?\s?分\s?[)）]$")
_SHORTEST_THING = 3
_UNIT_COLUMN = ("计量单位", "单位", "度量单位")
_PROSE_HEAD = regex(r"完成情况|(?<!指标)说明|原因|成效|自评情况|实施情况")
_SHORTEST_PROSE, _LONGEST_CAPTION = 6, 40


class _Column(NamedTuple):
    """What the head of a column makes of its numbers."""

    head: str
    kind: str
    aspect: Aspect = ""


def facts_of_tables(tables: tuple[Table, ...], year: str) -> Iterator[Fact]:
    """The facts that tables state in a report of that year, "" where it says none."""
    for table in tables:
        columns = [_column(heads) for heads in table.heads]
        if not any(column.kind for column in columns):
            continue
        caption = table.caption if len(table.caption) <= _LONGEST_CAPTION else ""
        scope = scope_of(caption)
        settings = [Setting(period_of(column.head, caption, year), scope) for column in columns]
        for row in table.body:
            yield from _of_row(table, row, columns, settings)


def facts_of_rows(rows: Iterable[Aim | Told]) -> Iterator[Fact]:
    """The results of rows whose heads stand inside a form: 三级指标, 年度指标值, 实际完成值."""
    for row in rows:
        if isinstance(row, Told) or is_rubric(row.name):
            continue
        spot, found = row.achieved_spot, row.achieved
        core = plain_core(normal_term(_named_thing(row.name, found.unit)))
        if core:
            mention = found._replace(start=spot.start + found.start, end=spot.start + found.end)
            key = Key(core, "", unit_family(mention.unit))
            yield Fact(key, mention, spot.start, Setting("", frozenset()), cell=f"{row.name}，实际完成{spot.words}")


def prose_cells(tables: tuple[Table, ...]) -> Iterator[tuple[Table, Cell]]:
    """The cells that hold sentences of what was done or why, not of the rubric or of goals."""
    for table in tables:
        told = {at for at, heads in enumerate(table.heads) if heads and _PROSE_HEAD.search(heads[-1])}
        if told:
            for row in table.body:
                for at, cell in row.items():
                    if at in told and at == cell.column and cell.mention is None and len(cell.words) >= _SHORTEST_PROSE:
                        yield table, cell


def _column(heads: tuple[str, ...]) -> _Column:
    head = heads[-1] if heads else ""
    if any(_MARKS_HEAD.search(words) for words in heads):
        return _Column(head, "")
    if _RATE_HEAD.fullmatch(head):
        return _Column(head, "rate")
    if (stage := stage_in(head)) and not plain_core(without_stage(head)):
        return _Column(head, "stage", stage)
    if _TARGET_HEAD.search(head):
        return _Column(head, "value", "target")
    return _Column(head, "value" if _DONE_HEAD.search(head) or _PLAIN_HEAD.fullmatch(head) else "")


def _of_row(table: Table, row: Mapping[int, Cell], columns: list[_Column], settings: list[Setting]) -> Iterator[Fact]:
    name = _name(table, row)
    if not name or is_rubric(_SHARE_IN_NAME.sub("", name)):
        return
    for at, cell in row.items():
        if at != cell.column or cell.mention is None or at >= len(columns) or cell.mention.upper is not None:
            continue
        column = columns[at]
        core, unit = _of_cell(table, row, name, column, cell)
        if not core or cell.value is None:
            continue
        mention = cell.mention
        if not mention.unit:
            value, base_unit = base(cell.value, unit)
            mention = mention._replace(value=value, unit=base_unit, step=base(cell.step, unit)[0])
        key = Key(core, column.aspect, unit_family(mention.unit))
        shown = f"{normal_term(name)}，{column.head}{cell.words}"
        home = min(c.start for c in table.rows[0].values())
        yield Fact(key, mention, home, settings[at], cell=shown)


def _name(table: Table, row: Mapping[int, Cell]) -> str:
    """What a row is called: by the column of names where there is one, else by its first words."""
    first = table.name_of(row)
    column = table.column(*_NAMED)
    if column is None or column not in row or _TOTAL.search(first):
        return first
    return row[column].words or first


def _of_cell(table: Table, row: Mapping[int, Cell], name: str, column: _Column, cell: Cell) -> tuple[str, str]:
    """What a number is of and its unit, both "" where the table does not say."""
    unit = (cell.mention.unit if cell.mention else "") or table.unit_of(cell.column)
    whole = bool(_WHOLE_ROW.fullmatch(normal_term(name))) and not _PART.search(table.caption)
    if column.kind == "stage" and unit_family(unit) == "元":
        core = WHOLE if whole else item_core(name)
        return (core, unit) if whole or core != WHOLE else ("", "")
    if column.kind == "rate" and unit in ("", "%"):
        item = item_core(name)
        return ("", "") if item == WHOLE and not whole else (RATE if whole else f"{item}执行率", "%")
    if column.kind == "value" and (unit := unit or _unit_beside(table, row, name)):
        return plain_core(normal_term(_named_thing(name, unit))), unit
    return "", ""


def _named_thing(name: str, unit: str) -> str:
    """What an indicator counts: 外借文献册次 in 册次 is of 外借文献, 预算执行率（10分） of 预算执行率."""
    thing = _UNIT_IN_NAME.sub("", _SHARE_IN_NAME.sub("", name))
    for measure in (unit, f"{unit}次", f"{unit}数"):
        if unit and unit not in "%元" and thing.endswith(measure) and len(thing) - len(measure) >= _SHORTEST_THING:
            return thing.removesuffix(measure)
    return thing


def _unit_beside(table: Table, row: Mapping[int, Cell], name: str) -> str:
    """The unit of a row: in its column of units, or in brackets after its name."""
    column = table.column(*_UNIT_COLUMN)
    if column is not None and column in row and row[column].words:
        return row[column].words
    found = _UNIT_IN_NAME.search(name)
    return found[1] if found else "%" if name.endswith("率") else ""
