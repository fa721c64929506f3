"""A paragraph -> its sentences."""

from __future__ import annotations


def split_sentences(text: str) -> list[str]:
    """Sentences with their closing marks; a mark inside quotes or brackets closes none."""
    found, start, depth = [], 0, 0
    for at, char in enumerate(text):
        if char in "“（「『《(":
            depth += 1
        elif char in "”）」』》)":
            depth = max(0, depth - 1)
        elif char in "。！？；" and not depth:
            found.append(text[start : at + 1].strip())
            start = at + 1
    tail = text[start:].strip()
    return [sentence for sentence in (*found, tail) if sentence]
