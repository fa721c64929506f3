"""An outline for one case: the framework's own indicators in their places, nothing that its workbook never asks for, headings counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.briefs.build import claims
from assistant.briefs.enumerators import enumerator
from assistant.frameworks import Framework, Indicator
from assistant.intake import Case
from assistant.outlines import Outline, Section, TableSpec

_DEEPEST = 5


def laid_out(outline: Outline, case: Case) -> Outline:
    """The outline as this case's report prints it; one that names every section and number itself stays as it is."""
    framework = case.framework
    sections = _without_empty_headings(_kept(outline, case))
    sections = tuple(made for section in sections for made in _for_indicators(section, framework))
    if outline.counted:
        sections = tuple(_counted(sections))
    tables = tuple(_for_first_level(table, framework) for table in outline.tables)
    return outline.model_copy(update={"sections": sections, "tables": tables})


def _kept(outline: Outline, case: Case) -> tuple[Section, ...]:
    """The sections that the workbook asks for, or that the unit or its materials gave something for."""
    asked = {section.id for section in outline.sections if _asked(section, case.framework)}
    open_to_materials = tuple(s for s in outline.sections if s.id in asked or s.genre)
    claimed = claims(outline.model_copy(update={"sections": open_to_materials}), case)
    return tuple(
        section for section in open_to_materials
        if not _told_as_leaves(section, outline, case)
        and (claimed.get(section.id) or (section.id in asked and (section.given is None or _any_given(section.given, case))))
    )  # fmt: skip


def _asked(section: Section, framework: Framework) -> bool:
    return not section.sheets or any(sheet in framework.sheets for sheet in section.sheets)


def _any_given(ids: Iterable[str], case: Case) -> bool:
    return any(id in case.ledger or case.text(id) or case.rows(id) for id in ids)


def _told_as_leaves(section: Section, outline: Outline, case: Case) -> bool:
    """Whether the targets of a section of results are indicators of the framework, each with a section of its own."""
    if section.genre != "results" or not any(s.kind == "indicators" for s in outline.sections):
        return False
    measures = {part.measure for leaf in case.framework.leaves() for part in leaf.indicator.parts}
    return all(target.id in measures for target in case.ledger.targets)


def _without_empty_headings(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Without headings that nothing stands under any more."""
    kept: list[Section] = []
    for section in reversed(sections):
        below = kept[-1] if kept else None
        bare = section.kind == "heading" and section.heading and not section.tables
        ends = below is None or below.kind == "score_table" or (below.heading and below.level <= section.level)
        if not (bare and ends):
            kept.append(section)
    return tuple(reversed(kept))


def _for_indicators(section: Section, framework: Framework) -> Iterator[Section]:
    """A section for each node: the first level with its marks, the leaves with what the data say, headings between.

    A group for which there is no level above its leaves' has no heading of its own: its name stands before theirs.
    """
    if section.kind != "indicators":
        yield section
        return

    def walk(nodes: tuple[Indicator, ...], depth: int, group: str = "") -> Iterator[Section]:
        for node in nodes:
            if not node.is_leaf and section.level + depth >= _DEEPEST:
                yield from walk(node.children, depth, f"{group}{node.name}：")
                continue
            top = depth == 0 and not node.is_leaf
            template = section.leaf_template if node.is_leaf else section.template if top else ""
            yield Section.model_validate({
                "id": f"{section.id}.{node.id}", "kind": "template" if template else "heading", "template": template,
                "level": section.level + depth, "heading": group + node.name, "indicator": node.id,
                "leaves": (node.id,) if node.is_leaf else (),
            })  # fmt: skip
            yield from walk(node.children, depth + 1)

    yield from walk(framework.indicators, 0)


def _counted(sections: Iterable[Section]) -> Iterator[Section]:
    """Headings with their numbers: 一、 （一） 1. （1） ①, each from one again below a new heading of a higher level."""
    counts = [0] * _DEEPEST
    for section in sections:
        if not section.heading:
            yield section
            continue
        counts[section.level - 1] += 1
        counts[section.level :] = [0] * (_DEEPEST - section.level)
        number = enumerator(section.level, counts[section.level - 1])
        yield section.model_copy(update={"heading": number + section.heading})


def _for_first_level(table: TableSpec, framework: Framework) -> TableSpec:
    """The table with a row for every 一级指标 where a row stands for each of them."""
    rows = []
    for row in table.rows:
        for node in framework.indicators if row.each else (None,):
            if node is None:
                rows.append(row)
                continue
            cells = tuple(cell.replace("{id}", node.id) for cell in row.cells)
            label = row.label.replace("{name}", framework.called[node.id])
            rows.append(row.model_copy(update={"label": label, "cells": cells, "each": ""}))
    return table.model_copy(update={"rows": tuple(rows)})
