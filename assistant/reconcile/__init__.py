"""勾稽: the data's own contradictions, each with its arithmetic, both places, and which is more likely wrong.

The identities are data (knowledge_base/reconciliation.yaml), judged within the last printed digits and within one 口径.
What could not be checked is told by name: it has not passed.
"""

from __future__ import annotations

from assistant.catalogue import load_catalogue
from assistant.intake import Case
from assistant.ledger import Ledger
from assistant.reconcile.disclosure import check_disclosures
from assistant.reconcile.identities import check
from assistant.reconcile.model import PREVIOUS, Identity, Rows, load_book
from assistant.reconcile.previous import load_previous
from assistant.reconcile.rates import check_rates
from assistant.reconcile.said import check_said
from assistant.reconcile.stated import check_stated
from assistant.reconcile.surveys import check_surveys
from assistant.reconcile.targets import check_targets
from assistant.reconcile.terms import Known
from assistant.reconcile.told import check_told
from assistant.reconcile.twice import check_twice
from assistant.reconcile.units import check_units
from assistant.reconcile.verdict import Reconciliation, Unchecked, judged
from assistant.reconcile.waivers import check_waivers

__all__ = ["Reconciliation", "Unchecked", "reconcile"]


def reconcile(case: Case, rates: Ledger | None = None) -> Reconciliation:
    """What the case's figures say against each other.

    `rates`: the ledger with computed rates and marks (a scorecard's), to hold given ones against; without it those are left out.
    """
    book = load_book()
    ledger = case.ledger if rates is None else rates
    previous, why, told = load_previous(case)
    known = Known(case, ledger, previous)
    mine = [one for one in book.identities if _is_asked(one, case)]
    tried = [check(one, known) for one in mine if previous or not one.with_previous]
    families = [
        check_targets(case, ledger, book.limits),
        check_surveys(case, book.limits),
        check_disclosures(case, book.limits),
        check_said(case, ledger),
        check_told(case),
        check_twice(case),
        check_waivers(case, ledger),
        check_units(case, reconcile),
    ]
    if rates is not None:
        families = [check_rates(case.framework.ratios, rates, book.confusions), check_stated(case, rates), *families]
    backing: dict[str, tuple[str, ...]] = {}
    for family in families:
        for id, names in family.backing.items():
            backing[id] = (*backing.get(id, ()), *names)
    result = judged(tried, backing, case).with_more(told)
    if previous is None and any(one.with_previous for one in mine):
        result = result.with_more((), unchecked=[Unchecked("与上年填报的对照", why)])
    for family in families:
        result = result.with_more(family.findings, family.checked, family.unchecked)
    return result


def _is_asked(identity: Identity, case: Case) -> bool:
    """Whether the workbook of this framework has cells for every term of it."""
    specs, sheets = load_catalogue().specs, set(case.framework.sheets)
    tables = {sheet.table for sheet in load_catalogue().sheets if sheet.id in sheets}
    if identity.table and identity.table not in tables:
        return False
    for term in identity.terms:
        if isinstance(term, Rows):
            if term.table not in tables:
                return False
        elif (spec := specs.get(term.removeprefix(PREVIOUS))) is None or spec.sheet not in sheets:
            return False
    return True
