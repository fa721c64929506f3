"""A report against itself: what it says in two places, what it adds up, what its own table gives. One file a check.

Each check takes a `Reading` (no case needed) and yields findings that show their arithmetic and every place they stand on.
`error` only where the document cannot be right as it stands; what it does not say is not guessed.
"""

from assistant.verify.itself.accounts import accounts
from assistant.verify.itself.averages import averages
from assistant.verify.itself.balances import balances
from assistant.verify.itself.counted import counted
from assistant.verify.itself.dates import dates
from assistant.verify.itself.differences import differences
from assistant.verify.itself.disclosure import disclosure
from assistant.verify.itself.formulas import formulas
from assistant.verify.itself.lists import lists
from assistant.verify.itself.marks import marks
from assistant.verify.itself.missed import missed
from assistant.verify.itself.names import names
from assistant.verify.itself.outline import outline
from assistant.verify.itself.own_rule import own_rule
from assistant.verify.itself.rates import rates
from assistant.verify.itself.repetition import repetition
from assistant.verify.itself.score_rates import score_rates
from assistant.verify.itself.sections import sections
from assistant.verify.itself.shares import shares
from assistant.verify.itself.staffing import staffing
from assistant.verify.itself.sums import sums
from assistant.verify.itself.surveys import surveys
from assistant.verify.itself.table_rates import table_rates
from assistant.verify.itself.table_sums import table_sums
from assistant.verify.itself.tabled import tabled
from assistant.verify.itself.twice import twice
from assistant.verify.itself.years import years
from assistant.verify.reading.reading import Check

FIGURE_CHECKS: tuple[Check, ...] = (
    sums,
    rates,
    shares,
    differences,
    averages,
    formulas,
    score_rates,
    balances,
    accounts,
    table_sums,
    table_rates,
    twice,
)
"""Numbers held against numbers. With a case each number is held against the case's own figure, and `reconcile` those against one another."""

OTHER_CHECKS: tuple[Check, ...] = (
    names,
    repetition,
    counted,
    dates,
    disclosure,
    lists,
    outline,
    sections,
    staffing,
    surveys,
    tabled,
    years,
    marks,
    missed,
    own_rule,
)
SELF_CHECKS = (*FIGURE_CHECKS, *OTHER_CHECKS)

__all__ = ["FIGURE_CHECKS", "OTHER_CHECKS", "SELF_CHECKS"]
