"""The morning list: what became of every case of a batch, what blocks it, and what to do first.

recorded, outcome   a run folder, read -> `Outcome`
tasks, first        judged: things to do, the state of a case, what to do first, the order of cases
overview            all cases together: the spread of marks, the most common deductions, the forms
sheet, page         shown: summary.xlsx (main_sheet, charts, over cells), summary.html (page_cases, bars, style); words, links: both
write               both files, whole or not at all
"""

from assistant.summary.first import Verdict, judge, judged
from assistant.summary.outcome import Outcome, read_outcome
from assistant.summary.write import SUMMARY_FILES, write_summary

__all__ = ["SUMMARY_FILES", "Outcome", "Verdict", "judge", "judged", "read_outcome", "write_summary"]
