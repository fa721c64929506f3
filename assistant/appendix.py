"""附件: which columns the score table at the end of a report has, and where it prints the shares of the marks."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from assistant.data_files import Strict

ColumnKind = Literal[
    "full_marks", "description", "standard", "marks", "rate", "remark", "target", "achieved", "completion", "variance",
]  # fmt: skip
COLUMNS: dict[ColumnKind, tuple[str, float]] = {
    "full_marks": ("分值", 0.8), "description": ("指标说明", 3.2), "standard": ("参考评分标准", 5.6), "marks": ("自评得分", 1.1),
    "rate": ("得分率", 1.3), "remark": ("扣分情况说明", 3.2), "target": ("年度指标值", 1.4), "achieved": ("实际完成值", 1.8),
    "completion": ("完成率", 1.3), "variance": ("偏差原因分析及改进措施", 3.2),
}  # fmt: skip
"""Kind of a score table's column -> its label and its width, where an outline gives none."""


class AppendixColumn(Strict):
    """A column of the score table, right of the indicators' names."""

    kind: ColumnKind
    label: str = ""
    width: float = 0

    @property
    def head(self) -> str:
        """Its label."""
        return self.label or COLUMNS[self.kind][0]

    @property
    def share(self) -> float:
        """Its relative width."""
        return self.width or COLUMNS[self.kind][1]


class Appendix(Strict):
    """The score table on pages of its own.

    `shares`: marks beside the name of each level, of each but the first, or in one column for the leaves (right of their names,
    unless `columns` has a place for full_marks); `share` is what they are called (参考分值, 分值). `total` heads the last row.
    """

    heading: str
    caption: str
    shares: Literal["each_level", "below_first", "leaf"] = "each_level"
    share: str = ""
    total: str = "总计"
    columns: tuple[AppendixColumn, ...] = tuple(AppendixColumn(kind=k) for k in ("description", "standard", "marks"))

    @model_validator(mode="after")
    def _has_marks(self) -> Appendix:
        kinds = [column.kind for column in self.columns]
        if len(set(kinds)) < len(kinds):
            raise ValueError("appendix 的 columns 有重复的列")
        if "marks" not in kinds:
            raise ValueError("appendix 的 columns 没有 marks（得分）一列")
        if self.shares != "leaf" and "full_marks" in kinds:
            raise ValueError(f"shares: {self.shares} 已在各级名称旁列出分值，columns 不再写 full_marks")
        return self
