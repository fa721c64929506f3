"""The checks that need a case. They are loaded with one: a text alone is checked sooner without their patterns."""

from assistant.verify.checks.closure import closure
from assistant.verify.checks.grades import grades
from assistant.verify.checks.known_dates import known_dates
from assistant.verify.checks.own_unit import own_unit
from assistant.verify.checks.problems import problems
from assistant.verify.checks.references import references
from assistant.verify.checks.targets import outcomes, targets
from assistant.verify.checks.years import years

CASE_CHECKS = (years, known_dates, grades, outcomes, own_unit)
WHOLE_CHECKS = (closure, problems, references, targets)
