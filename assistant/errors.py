"""Every error that a person can meet; anything else that escapes is a bug.

    JipingError
    ├── UsageError        the command line or a setting is wrong            (exit 2)
    ├── InputError        a file, sheet, cell or paragraph cannot be read   (exit 2)
    │   └── FrameworkError   a framework, outline or catalogue file is wrong
    ├── ModelError        a model's endpoint gave no answer that can be used   (exit 2)
    ├── LedgerError       a figure is missing, repeated, or not a Decimal with a unit
    └── SlotError         a template names a slot that the ledger does not hold

Problems *in the data* are no errors: they are `Finding`s and are returned, never raised.
"""

from __future__ import annotations

from typing import Literal, get_args

ModelFault = Literal[
    "unreachable", "key", "model", "too_long", "busy", "server", "not_an_endpoint", "timeout", "cut_off", "filtered", "empty", "refused"
]  # fmt: skip
"""Why a call gave no answer that can be used."""
MODEL_FAULTS: tuple[ModelFault, ...] = get_args(ModelFault)


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

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        """So that it comes whole out of a worker process."""
        return type(self), (self.where, self.reason, self.remedy)


class FrameworkError(InputError):
    """A framework, outline or catalogue file breaks its own rules."""


class ModelError(JipingError):
    """A model's endpoint gave no finished answer; `str()` says in Chinese what to do, and holds no key and no address.

    `retry_after`: seconds that the endpoint asks to wait, where it said so; `calls`: requests that were sent before giving up.
    """

    def __init__(self, kind: ModelFault, message: str, *, retry_after: float | None = None) -> None:
        self.kind, self.retry_after, self.calls = kind, retry_after, 0
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """So that it comes whole out of a worker process."""
        state = {"retry_after": self.retry_after, "calls": self.calls}
        return type(self), (self.kind, str(self)), state


class LedgerError(JipingError):
    """A figure is unknown, given twice, or not an exact decimal with a unit."""


class SlotError(JipingError):
    """Text with slots names a figure that does not exist, or carries a digit of its own."""
