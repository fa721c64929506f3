"""A report against itself, in both directions: each check has reports that it must flag and reports that all checks must leave alone.

`tests/itself/<check>.py` holds them: FLAGGED, (report in Markdown, words that a finding's message must hold, and the severity
of each finding in order; one error where nothing is said), and LEFT_ALONE.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from itself.whole import PLANTED, REPORTS

from assistant.documents import read_document
from assistant.findings import Finding
from assistant.verify.check import check_alone
from assistant.verify.itself import SELF_CHECKS
from assistant.verify.reading.reading import Check, Reading


def name_of(check: Check) -> str:
    return str(getattr(check, "__name__", check))


def examples(check: Check) -> Any:
    return import_module(f"itself.{name_of(check)}")


def findings(report: str, folder: Path, *checks: Check) -> list[Finding]:
    path = folder / "report.md"
    path.write_text(report, "utf-8")
    reading = Reading(read_document(path))
    return [finding for check in checks for finding in check(reading) if finding.severity != "info"]


def flagged(check: Check) -> Iterator[tuple[str, str, str]]:
    for report, names, *severity in examples(check).FLAGGED:
        yield report, names, severity[0] if severity else "error"


BAD = [(check, *entry) for check in SELF_CHECKS for entry in flagged(check)]
GOOD = [(check, report) for check in SELF_CHECKS for report in examples(check).LEFT_ALONE]


@pytest.mark.parametrize(
    ("check", "report", "names", "severities"), BAD, ids=lambda value: name_of(value) if callable(value) else None
)
def test_flags(check: Check, report: str, names: str, severities: str, tmp_path: Path) -> None:
    """One contradiction is one finding, and as grave as the example says."""
    found = findings(report, tmp_path, check)
    messages = [finding.message for finding in found]
    assert " ".join(finding.severity for finding in found) == severities, (report, messages)
    assert any(names in message for message in messages), messages


@pytest.mark.parametrize(("check", "report"), GOOD, ids=lambda value: name_of(value) if callable(value) else None)
def test_leaves_alone(check: Check, report: str, tmp_path: Path) -> None:
    assert [finding.message for finding in findings(report, tmp_path, *SELF_CHECKS)] == []


@pytest.mark.parametrize("check", SELF_CHECKS, ids=name_of)
def test_every_check_has_examples_on_both_sides(check: Check) -> None:
    assert len(examples(check).FLAGGED) >= 5
    assert len(examples(check).LEFT_ALONE) >= 5


def test_a_finding_stands_where_it_says(tmp_path: Path) -> None:
    """In every example, of every check: what one of them doubts, another may have to do without."""
    for _, report, *_ in BAD:
        path = tmp_path / "report.md"
        path.write_text(report, "utf-8")
        text = read_document(path)
        for finding in check_alone(text).findings:
            of_all = finding.code == "unreadable"
            assert of_all or 0 <= finding.start < finding.end <= len(text.text), finding
            assert finding.message.endswith("。"), finding.message


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report[:12])
def test_a_whole_report_is_left_alone(report: str, tmp_path: Path) -> None:
    assert [finding.message for finding in findings(report, tmp_path, *SELF_CHECKS)] == []


@pytest.mark.parametrize(("check", "report", "right", "wrong", "names"), PLANTED)
def test_an_error_in_a_whole_report_is_found(
    check: str, report: str, right: str, wrong: str, names: str, tmp_path: Path
) -> None:
    """One error planted: its own check tells it, in words that name it."""
    assert report.count(right) == 1
    own = next(one for one in SELF_CHECKS if name_of(one) == check)
    found = findings(report.replace(right, wrong), tmp_path, own)
    assert any(names in finding.message for finding in found), [finding.message for finding in found]
