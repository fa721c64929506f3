"""The independent reader: every number of a finished text explained against the ledger, or reported.

It reads the document only. It has never heard of slots, briefs or models.
"""

from assistant.verify.check import Check, MentionVerdict, check_against_case, check_alone, contradicted

__all__ = ["Check", "MentionVerdict", "check_against_case", "check_alone", "contradicted"]
