"""What a section must say: its figures as slots, its facts under their tasks, each deduction with its problem and measure.

brief       the data: Brief, WorkItem, Topic, Fact, Deduction, Problem
roles       what a passage of a material is for: work, aims, plans, problems, lessons, housekeeping
topics      passages -> topics, each fact once
assign      topics -> key tasks
deductions  every lost mark with the rule's side, the cause given, the problem that stands for it
remarks     reasons that tell something, and notes on the filling-in that do not
written     what people wrote, numbers as slots
view        what a template of the report may look at
build       build_briefs
layout      laid_out: the outline as one case's report prints it
"""

from __future__ import annotations

from assistant.briefs.brief import Brief, Deduction, Fact, Problem, SlotLine, Task, Topic, WorkItem
from assistant.briefs.build import build_briefs
from assistant.briefs.layout import laid_out
from assistant.briefs.view import ReportView

__all__ = [
    "Brief", "Deduction", "Fact", "Problem", "ReportView", "SlotLine", "Task", "Topic", "WorkItem", "build_briefs",
    "laid_out",
]  # fmt: skip
