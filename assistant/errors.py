"""Every error that a person can meet; anything else that escapes is a bug.

    JipingError
    ├── UsageError        the command line or a setting is wrong            (exit 2)
    ├── InputError        a file, sheet, cell or paragraph cannot be read   (exit 2)
    │   └── FrameworkError   a framework, outline or catalogue file is wrong
    ├── LedgerError       a figure is missing, repeated, or not a Decimal with a unit
    └── SlotError         a template names a slot that the ledger does not hold

Problems *in the data* are no errors: they are `Finding`s and are returned, never raised.
"""

from __future__ import annotations


class JipingError(Exception):
    """Root of the tree. `str()` is one clear Chinese line that a user can act on."""


class UsageError(JipingError):
    """The command, an option or a setting is wrong."""


class InputError(JipingError):
    """Something that was handed in cannot be read.

    `where` names file, sheet, cell, line or paragraph; `reason` says what is wrong; `remedy` what to do.
    """

    def __init__(self, where: str, reason: str, remedy: str) -> None:
        self.where, self.reason, self.remedy = where, reason.rstrip("。"), remedy.rstrip("。")
        super().__init__(f"{self.where}：{self.reason}。{self.remedy}。")


class FrameworkError(InputError):
    """A framework, outline or catalogue file breaks its own rules."""


class LedgerError(JipingError):
    """A figure is unknown, given twice, or not an exact decimal with a unit."""


class SlotError(JipingError):
    """Text with slots names a figure that does not exist, or carries a digit of its own."""
