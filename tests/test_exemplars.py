"""The shipped exemplars: said to be fictional, in the order of their outline, complete, and without a finding of our own checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import knowledge_base
from assistant.data_files import parse_yaml
from assistant.documents import read_document
from assistant.outlines import Section, load_outline, named, outline_ids
from assistant.verify import check_alone

FILES = sorted((Path(knowledge_base.__file__).parent / "exemplars").glob("*.md"))
KEYS = {"title", "unit", "kind", "outline", "year", "source"}
SOURCE = "本项目编写，单位、人员、项目和数据均为虚构"
LEAST_CHARACTERS = 2500
LEAST_IN_A_SECTION = 50
LEAST_IN_A_PARAGRAPH = 12
"""Shorter lines are captions and units of tables."""

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


class Line(NamedTuple):
    """A paragraph or a table row, under its headings without their numbers."""

    under: tuple[str, ...]
    words: str


def _opened(path: Path) -> tuple[dict[str, str], str]:
    """The front matter, and the body below it."""
    before, head, body = path.read_text("utf-8").split("---\n", 2)
    assert before == ""
    found = parse_yaml(head, path.name)
    assert isinstance(found, dict)
    return {key: str(value) for key, value in found.items()}, body


def _lines(body: str) -> Iterator[Line]:
    under: list[str] = []
    for line in filter(None, map(str.strip, body.splitlines())):
        marks = len(line) - len(line.lstrip("#"))
        if marks:
            under = [*under[: marks - 1], _unnumbered(line[marks:].strip())]
        else:
            yield Line(tuple(under), line)


def _unnumbered(heading: str) -> str:
    """Without 一、, （一） or 1.: outlines may leave the counting to the report."""
    return heading.lstrip("一二三四五六七八九十（）0123456789").lstrip("、. ")


def _headings(head: dict[str, str], sections: tuple[Section, ...]) -> list[tuple[Section, str]]:
    """Each section and the heading it stands under: its own, or the one before."""
    found, heading = [], ""
    for section in sections:
        heading = section.heading or heading
        found.append((section, _unnumbered(named(heading, int(head["year"]), head["unit"]))))
    return found


@each_file
def test_the_front_matter_has_these_keys_and_no_others(path: Path) -> None:
    head, _ = _opened(path)
    assert set(head) == KEYS
    assert all(value.strip() for value in head.values())
    assert head["outline"] in outline_ids()
    assert head["source"] == SOURCE
    assert path.stem.startswith(f"{head['outline']}-")
    assert head["year"] in head["title"]


@each_file
def test_the_chapters_are_those_of_the_outline_in_its_order(path: Path) -> None:
    head, body = _opened(path)
    sections = _headings(head, load_outline(head["outline"]).sections)
    chapters = [heading for section, heading in sections if section.level == 1 and section.heading]
    assert [_unnumbered(line[2:]) for line in body.splitlines() if line.startswith("# ")] == chapters


@each_file
def test_every_narrative_section_has_text(path: Path) -> None:
    head, body = _opened(path)
    lines = list(_lines(body))
    for section, heading in _headings(head, load_outline(head["outline"]).sections):
        if section.kind == "narrative":
            told = sum(len(line.words) for line in lines if heading in line.under)
            assert told >= LEAST_IN_A_SECTION, f"{section.id}: {heading}"


@each_file
def test_our_own_checks_find_no_fault(path: Path) -> None:
    text = read_document(path)
    assert len(text.text) >= LEAST_CHARACTERS
    assert [f.message for f in check_alone(text).findings if f.severity in ("error", "warning")] == []


def test_there_are_enough_of_every_outline_and_each_is_of_another_unit() -> None:
    heads = [_opened(path)[0] for path in FILES]
    assert len(heads) >= 12
    assert {head["outline"] for head in heads} == set(outline_ids())
    for key in ("unit", "kind"):
        assert len({head[key] for head in heads}) == len(heads), key


def test_no_paragraph_stands_twice() -> None:
    seen: dict[str, str] = {}
    for path in FILES:
        for _, words in _lines(_opened(path)[1]):
            if not words.startswith("|") and len(words) >= LEAST_IN_A_PARAGRAPH:
                assert words not in seen, f"{path.name}, {seen[words]}: {words}"
                seen[words] = path.name
