"""The lists behind the typed blanks, from knowledge_base/phrases/masking.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from assistant.data_files import parse_yaml


@dataclass(frozen=True, slots=True)
class Words:
    """Each field is a key of the file, whose head says what it is for; `generic` and `suffixes` are by suffix."""

    common: frozenset[str]
    everyday: frozenset[str]
    generic: dict[str, frozenset[str]]
    quoted: frozenset[str]
    latin: frozenset[str]
    titles: tuple[str, ...]
    addressed: tuple[str, ...]
    before: tuple[str, ...]
    plain: frozenset[str]
    ends: frozenset[str]
    verbs: frozenset[str]
    names: frozenset[str]
    suffixes: dict[str, str]

    def suffix_of(self, token: str) -> str:
        """The longest suffix that the token ends with; "" if none."""
        return next((token[-n:] for n in (5, 4, 3, 2, 1) if n <= len(token) and token[-n:] in self.suffixes), "")


@cache
def words() -> Words:
    """The lists as shipped."""
    name = "masking.yaml"
    data: dict[str, Any] = parse_yaml((files("knowledge_base") / "phrases" / name).read_text("utf-8"), name)
    listed = {key: data[key].split() for key in data}
    kinds = {
        "places": ("地名", "bare"),
        "projects": ("项目", "generic"),
        "agents": ("单位", "generic"),
        "institutions": ("单位", "bare"),
    }
    sets = {key: frozenset(listed[key]) for key in ("generic", "bare", "common", "quoted", "latin", "names")}
    return Words(
        common=sets["common"],
        everyday=sets["common"] | sets["generic"],
        generic={suffix: sets[nobody] for key, (_, nobody) in kinds.items() for suffix in listed[key]},
        quoted=sets["quoted"],
        latin=sets["latin"],
        titles=tuple(listed["titles"]),
        addressed=tuple(listed["addressed"]),
        before=tuple(listed["before"]),
        plain=frozenset(data["plain"]),
        ends=frozenset(data["ends"]),
        verbs=frozenset(data["verbs"]),
        names=sets["names"],
        suffixes={suffix: blank for key, (blank, _) in kinds.items() for suffix in listed[key]},
    )


_RULES = 3
"""Raised when the code of the masking changes what it blanks."""


@cache
def masking_version() -> str:
    """Names the rules: a text masked by other rules is masked again."""
    lists = (files("knowledge_base") / "phrases" / "masking.yaml").read_bytes()
    return f"{_RULES}.{blake2b(lists, digest_size=8).hexdigest()}"
