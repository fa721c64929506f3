"""A report against itself: what it says in two places, what it adds up, what its own table gives. One file a check.

Each check takes a `Reading` (no case needed) and yields findings that show their arithmetic and every place they stand on.
`error` only where the document cannot be right as it stands; what it does not say is not guessed.
"""

from assistant.verify.checks.reading import Check

SELF_CHECKS: tuple[Check, ...] = ()

__all__ = ["SELF_CHECKS"]
