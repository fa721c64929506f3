"""The findings of the reader: each names file, sheet and cell, says why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.findings import Code, Finding, Severity
from assistant.intake.cells import NONE_WORDS, Cell, Refusal, invisible, plain


@dataclass
class Notes:
    """Gathers findings while a workbook is read.

    `refused` are the ids whose cells could not be used; those in `blank_words` only said — or 无 (`none`: 无 or 不适用 in words),
    those in `unread` (id -> place and label) have content.
    """

    file: str
    findings: list[Finding] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    blank_words: set[str] = field(default_factory=set)
    none: set[str] = field(default_factory=set)
    unread: dict[str, str] = field(default_factory=dict)

    def add(self, code: Code, severity: Severity, place: str, label: str, reason: str, remedy: str = "") -> None:
        """A finding about a cell, a sheet or a table."""
        of = f"（{label}）" if label else ""
        tail = f"{remedy}。" if remedy else ""
        self.findings.append(Finding(code, severity, f"{self.file} {place}{of}：{reason}。{tail}", quote=place))

    def refuse(self, id: str, cell: Cell, label: str, refusal: Refusal, *, needed: bool = True) -> None:
        """A cell that was not used. A blank word (—, /, 无) where a figure may be lacking is only told."""
        self.refused.add(id)
        if refusal.code == "missing":
            self.blank_words.add(id)
            if isinstance(cell.value, str) and plain(cell.value) in NONE_WORDS:
                self.none.add(id)
        else:
            self.unread[id] = f"{cell.place}（{label}）"
        severity: Severity = "info" if refusal.code == "missing" and not needed else "error"
        self.add(refusal.code, severity, cell.place, label, refusal.reason, refusal.remedy)

    def marks(self, cell: Cell, label: str) -> None:
        """Say that zero-width or direction marks were taken out of a text."""
        if isinstance(cell.value, str) and (count := invisible(cell.value)):
            reason = f"文字里有 {count} 个看不见的控制字符，已去掉"
            self.add("markup", "warning", cell.place, label, reason, "请核对文字来源")
