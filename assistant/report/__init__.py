"""The finished report: blocks from sections and figures, and the writers of docx, markdown and xlsx."""

from assistant.report.assemble import Report, assemble
from assistant.report.forms import write_forms
from assistant.report.markdown import render_markdown
from assistant.report.score_sheet import write_scorecard
from assistant.report.word import write_docx

__all__ = ["Report", "assemble", "render_markdown", "write_docx", "write_forms", "write_scorecard"]
