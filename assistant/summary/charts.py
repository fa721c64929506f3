"""图表: the spread of marks and the most common deductions, each as a table and as a chart of the spreadsheet's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.summary.cells import put
from assistant.summary.outcome import Outcome
from assistant.summary.overview import Deduction, common, spread

_MOST = 10
_FONT = {"name": "宋体", "size": 10}
_BESIDE = 5
"""The column in which the charts begin; the tables stand left of it."""


def put_charts(
    book: Any, sheet: Any, outcomes: Sequence[Outcome], found: Sequence[Deduction], looks: dict[str, Any]
) -> None:
    """The sheet; without a case or a deduction the tables alone stand there."""
    for column, width in enumerate((26, 12, 12, 4, 4)):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    bands = [(band.name, band.cases) for band in spread(outcomes)]
    end = _table(sheet, 0, ("得分率", "单位数"), bands, looks)
    if any(outcome.rate is not None for outcome in outcomes):
        chart = _chart(book, "column", "得分率分布（单位数）", (1, end - 1), "#2F5D8C")
        sheet.insert_chart(0, _BESIDE, chart, {"description": "、".join(f"{name}：{n}家" for name, n in bands)})
    top = max(end + 2, 18)
    ranked = common(found, _MOST)
    end = _table(sheet, top, ("最常扣分的指标", "扣分单位", "扣分合计"), ranked, looks)
    if ranked:
        chart = _chart(book, "bar", f"最常扣分的{len(ranked)}项指标（单位数）", (top + 1, end - 1), "#A65A2E")
        chart.set_y_axis({"reverse": True, "num_font": _FONT})
        sheet.insert_chart(top, _BESIDE, chart, {"description": "、".join(f"{name}：{n}家" for name, n, _ in ranked)})


def _table(sheet: Any, top: int, heads: Sequence[str], rows: Sequence[tuple[Any, ...]], looks: dict[str, Any]) -> int:
    for column, head in enumerate(heads):
        sheet.write_string(top, column, head, looks["head"])
    for number, cells in enumerate(rows, top + 1):
        for column, (cell, look) in enumerate(zip(cells, ("text", "count", "mark"), strict=False)):
            put(sheet, number, column, cell, looks[look])
    return top + 1 + len(rows)


def _chart(book: Any, kind: str, title: str, rows: tuple[int, int], colour: str) -> Any:
    """One series: names in the first column, numbers in the second."""
    first, last = rows
    chart = book.add_chart({"type": kind})
    chart.add_series(
        {
            "categories": ["图表", first, 0, last, 0],
            "values": ["图表", first, 1, last, 1],
            "fill": {"color": colour},
            "gap": 60,
            "data_labels": {"value": True, "font": _FONT},
        }
    )
    chart.set_title({"name": title, "name_font": {"name": "宋体", "size": 13}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": _FONT, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"num_font": _FONT, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 760, "height": 340})
    return chart
