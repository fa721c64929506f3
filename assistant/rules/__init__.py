"""评分规则: the kinds of rule (data), one pure function per kind (marks and reason), and their wording."""

from assistant.rules.apply import (
    CHECK_ANSWERS,
    Outcome,
    bands,
    bonus,
    branches,
    checklist,
    completion,
    grades,
    linear,
    met,
    state_range,
    step,
    target,
    violations,
)
from assistant.rules.kinds import (
    MEASURED,
    Band,
    Bands,
    Bonus,
    Checklist,
    Exact,
    Grade,
    Grades,
    Item,
    Judged,
    Linear,
    Rule,
    State,
    Step,
    TargetRule,
    Violations,
    edges,
    exact,
    most,
    show,
    show_marks,
)
from assistant.rules.scaling import scaled
from assistant.rules.words import wording

__all__ = [
    "CHECK_ANSWERS", "MEASURED", "Band", "Bands", "Bonus", "Checklist", "Exact", "Grade", "Grades", "Item", "Judged",
    "Linear", "Outcome", "Rule", "State", "Step", "TargetRule", "Violations", "bands", "bonus", "branches", "checklist",
    "completion", "edges", "exact", "grades", "linear", "met", "most", "scaled", "show", "show_marks", "state_range", "step",
    "target", "violations", "wording",
]  # fmt: skip
