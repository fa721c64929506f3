"""Charts of the page as inline SVG: no script, dark on light, each number printed, and all of it told in words too."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_WIDTH, _TALL, _FOOT, _HEAD = 560, 190, 26, 22
_LINE, _NAME = 26, 190
_LONGEST_NAME = 13


def columns(id: str, title: str, values: Sequence[tuple[str, int]]) -> str:
    """Upright columns: name and count."""
    most = max((count for _, count in values), default=0) or 1
    step = _WIDTH // max(len(values), 1)
    drawn = []
    for at, (name, count) in enumerate(values):
        tall = (_TALL - _HEAD) * count // most
        left, top = at * step, _HEAD + (_TALL - _HEAD) - tall
        middle = left + step // 2
        drawn.append(
            f'<rect x="{left + 8}" y="{top}" width="{step - 16}" height="{tall}" class="bar"/>'
            f'<text x="{middle}" y="{top - 6}" class="mid">{count}</text>'
            f'<text x="{middle}" y="{_TALL + 18}" class="mid small">{escape(name)}</text>'
        )
    floor = f'<line x1="0" y1="{_TALL}" x2="{_WIDTH}" y2="{_TALL}" class="axis"/>'
    return _svg(id, title, _TALL + _FOOT, values, floor + "".join(drawn))


def rows(id: str, title: str, values: Sequence[tuple[str, int]]) -> str:
    """Lying bars: name and count."""
    most = max((count for _, count in values), default=0) or 1
    drawn = []
    for at, (name, count) in enumerate(values):
        top, wide = at * _LINE, (_WIDTH - _NAME - 50) * count // most
        short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
        drawn.append(
            f'<text x="{_NAME - 8}" y="{top + 18}" class="end">{escape(short)}</text>'
            f'<rect x="{_NAME}" y="{top + 4}" width="{wide}" height="{_LINE - 8}" class="bar"/>'
            f'<text x="{_NAME + wide + 6}" y="{top + 18}">{count}</text>'
        )
    return _svg(id, title, _LINE * len(values) + 4, values, "".join(drawn))


def _svg(id: str, title: str, height: int, values: Sequence[tuple[str, int]], drawn: str) -> str:
    told = "；".join(f"{name}{count}家" for name, count in values)
    return (
        f"<figure><figcaption>{escape(title)}</figcaption>"
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="{id}-t {id}-d">'
        f'<title id="{id}-t">{escape(title)}</title><desc id="{id}-d">{escape(told)}</desc>{drawn}</svg></figure>'
    )
