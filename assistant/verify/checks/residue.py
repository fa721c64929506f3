"""What must not be left in a report that is signed: 【待补】, slots, template marks."""

from __future__ import annotations

import re

from assistant.findings import Finding
from assistant.verify.checks.reading import Reading

_TODO = re.compile(r"【待补[：:]?([^】\n]{0,200})】")
_RESIDUE = re.compile(r"\[\[[^\]]{0,80}\]\]|\{\{[^}]{0,80}\}\}|\{%[^%]{0,80}%\}|×××+|XXX+|xxx+|（此处[^）]{0,60}）|TODO")


def residue(reading: Reading) -> list[Finding]:
    """Open places (warning: the draft says itself that they are open) and leftovers of a template (error)."""
    text = reading.text
    found = [
        Finding(
            "missing", "warning", f"{text.place(m.start())}还没有填写{f'：{m[1]}' if m[1] else ''}。请补充后再定稿。",
            quote=m[0], start=m.start(), end=m.end(),
        )
        for m in _TODO.finditer(text.text)
    ]  # fmt: skip
    found += [
        Finding(
            "residue", "error", f"{text.place(m.start())}留有模板痕迹“{m[0]}”。请删去或填上内容。",
            quote=m[0], start=m.start(), end=m.end(),
        )
        for m in _RESIDUE.finditer(text.text)
    ]  # fmt: skip
    return found
