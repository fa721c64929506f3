"""Years in structural places (cover, titles, headings, captions, the scoring sentence, 截至…) must be the case's."""

from __future__ import annotations

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.verify.reading.reading import Reading

_YEAR = regex(r"(?<![\d〔\[（(\-－—])(20\d\d)(?=\s*年(?!\s*[-—至]))")
_CAPTION = regex(r"^(?:表|图|附件|附表)\s*\d*")
_SCORING = regex(r"自评.{0,12}得分|综合得分|评价等级")
_AS_OF = regex(r"截至\s*(20\d\d)\s*年")


def years(reading: Reading) -> list[Finding]:
    """An error for another year in a structural place; elsewhere another year is often right, and is left alone."""
    text, card = reading.text, reading.card
    if card is None:
        return []
    found: list[Finding] = []
    for number, block in enumerate(text.blocks):
        words = text.text[block.start : block.end]
        if "20" not in words:
            continue
        structural = (
            block.kind == "heading"
            or (number < 3 and len(words) < 60)
            or _CAPTION.match(words)
            or _SCORING.search(words)
        )
        for match in _YEAR.finditer(words):
            named = int(match[1])
            as_of = any(m.start(1) == match.start() for m in _AS_OF.finditer(words))
            quoted = words.count("《", 0, match.start()) > words.count("》", 0, match.start())
            if named != card.year and (structural or as_of) and not quoted:
                start = block.start + match.start()
                found.append(Finding(
                    "year", "error", f"{text.place(start)}的年份是{named}年，本次评价年度是{card.year}年。请改正。",
                    quote=words[:60], start=start, end=start + 4, expected=f"{card.year}年",
                ))  # fmt: skip
    return found
