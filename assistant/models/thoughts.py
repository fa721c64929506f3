"""A model's thinking aloud is taken out before anyone sees it: `<think>…</think>`, also where one of the two marks is missing."""

from __future__ import annotations

import re

from assistant.patterns import regex

_MARK = regex(r"<\s?(/?)\s?think(?:ing)?\s?>", re.IGNORECASE)
_LONGEST = len("< / thinking >")


class Listener:
    """Takes an answer piece by piece and gives on what is meant to be read.

    A mark may be cut anywhere, so a piece that could be the beginning of one is held back. Text before a closing mark that was
    never opened was thinking too: `voided` then tells that what was given on no longer counts.
    """

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False
        self._kept: list[str] = []
        self.thought = False
        """Whether there was any thinking."""
        self.voided = False
        """Whether the last `hear` took back all text given on before it."""

    def hear(self, piece: str) -> str:
        """What may be read of the answer so far and was not given on yet."""
        self.voided = False
        text, self._held, at = self._held + piece, "", 0
        given: list[str] = []
        for mark in _MARK.finditer(text):
            if mark[1] and not self._thinking:
                given, self._kept, self.voided = [], [], True
            elif not self._thinking:
                given.append(text[at : mark.start()])
            self._thinking, self.thought, at = not mark[1], True, mark.end()
        rest = text[at:]
        cut = rest.rfind("<", max(0, len(rest) - _LONGEST))
        if cut >= 0:
            rest, self._held = rest[:cut], rest[cut:]
        if not self._thinking:
            given.append(rest)
        self._kept += given
        return "".join(given)

    def rest(self) -> str:
        """What was held back, once the answer has ended."""
        return "" if self._thinking else self._held

    def text(self) -> str:
        """The whole answer, once it has ended: without thoughts, without blanks around it."""
        return "".join([*self._kept, self.rest()]).strip()
