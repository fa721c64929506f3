"""What was handed in: the fill-in workbook (written blank, read filled), the materials, the case folder.

case       Case, Workbook, Entry, Row, Passage, Sentence: what the readers give
inputs     every input cell of a framework's workbook; list_figures
template   writes the workbook (book: its look; template_*: help and checks, questions and rates, tables, what is worked out
           live, 待补清单); carried: what last year's case gives it, and which of it is still there word for word
opened     opens an .xlsx safely and finds named cells; cells: one cell -> number, text or refusal; declared: units of sheets
workbook   reads the filled one (origin: whose it is; tables: rows; siblings: units that are doubtful; derive, surveys: blank
           totals, counts, targets, surveys; notes: findings)
tailor     the framework as it holds for one unit; waivers: 不适用 that its data contradict
materials  passages with their numbers as figures
units      部门汇总: the cases of 本级 and 下属单位 as one
load       case.yaml and all it names -> Case, or its files
"""

from __future__ import annotations

from assistant.intake.case import Case, Entry, Passage, Row, Sentence, Workbook
from assistant.intake.inputs import list_figures
from assistant.intake.load import files_of_case, load_case
from assistant.intake.template import write_template
from assistant.intake.workbook import read_workbook

__all__ = [
    "Case", "Entry", "Passage", "Row", "Sentence", "Workbook",
    "files_of_case", "list_figures", "load_case", "read_workbook", "write_template",
]  # fmt: skip
