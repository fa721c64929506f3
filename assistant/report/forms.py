"""The 自评表 into a run folder, as a Word file and as a workbook."""

from __future__ import annotations

from pathlib import Path

from assistant.intake import Case
from assistant.report.assemble import leaf_cells
from assistant.report.form import make_form
from assistant.report.form_sheet import write_form_sheet
from assistant.report.form_word import write_form
from assistant.scorecard import Scorecard

FORM_WORD, FORM_SHEET = "self-evaluation-form.docx", "self-evaluation-form.xlsx"


def write_forms(case: Case, card: Scorecard, folder: Path) -> None:
    """Both files of the form."""
    form = make_form(leaf_cells(case, card, ""))
    write_form(form, folder / FORM_WORD)
    write_form_sheet(form, folder / FORM_SHEET)
