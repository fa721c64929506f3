"""One submission, read and checked: what a process of its own does, so that nothing in a file can stop the others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.documents import Text, read_document
from assistant.documents.secrecy import refuse_secret
from assistant.errors import InputError, JipingError
from assistant.findings import Finding
from assistant.reviewing.naming import unit_in_report
from assistant.reviewing.submitted import Submission, is_report
from assistant.reviewing.tables import with_tables
from assistant.run_folder import digest_of

_TABLES = (".docx", ".docm", ".xlsx", ".xlsm", ".xls")


@dataclass(frozen=True)
class Checked:
    """What came of a submission. `text`: the report alone, None where it was not read; `refused`: why it was not, a finding too.

    `whole`: the report and its score tables, which the findings' places are of. `total`, `grade`: as printed, "" where none is.
    """

    submission: Submission
    unit: str
    text: Text | None
    whole: Text | None
    findings: tuple[Finding, ...]
    total: str = ""
    grade: str = ""
    year: str = ""
    digest: str = ""
    refused: str = ""
    with_case: bool = False


def check_submission(submission: Submission) -> Checked:
    """Reads and checks it; never raises for what is wrong with a file."""
    try:
        return _checked(submission)
    except JipingError as error:
        return refused(submission, str(error))
    except Exception as error:  # noqa: BLE001 — one bad file must not end a night's work
        return refused(
            submission, f"程序读不了这份文件（{type(error).__name__}）。请另存为 .docx 再交，并反馈给软件维护人员。"
        )


def refused(submission: Submission, reason: str) -> Checked:
    """A submission that could not be read, and why."""
    digest = _digest(submission.report)
    finding = Finding("unreadable", "error", reason)
    unit = submission.unit or submission.name
    return Checked(submission, unit, None, None, (finding,), digest=digest, refused=reason)


def _digest(path: Path | None) -> str:
    try:
        return digest_of(path) if path is not None else ""
    except OSError:
        return ""


def _checked(submission: Submission) -> Checked:
    report = None if submission.report is None else read_document(submission.report)
    if report is not None:
        refuse_secret(report)
    beside = [path for path in submission.others if path.suffix.lower() in _TABLES and not is_report(path)]
    whole, told = with_tables(report, [*submission.sheets, *beside], submission.name)
    refuse_secret(whole)
    if report is None:
        if not whole.blocks:
            raise InputError(submission.name, "没有自评报告，表里也没有评分", "请交 .docx 或 .pdf 的自评报告和评分表")
        told.append(Finding("missing", "error", "只交了表，没有自评报告。请补交自评报告。"))
    findings, with_case = _found(submission, report, whole)
    total, grade, year = _concluded(whole)
    return Checked(
        submission,
        submission.unit or unit_in_report(whole) or submission.name,
        report,
        whole,
        (*told, *findings),
        total,
        grade,
        year,
        _digest(submission.report),
        with_case=with_case,
    )


def _found(submission: Submission, report: Text | None, whole: Text) -> tuple[list[Finding], bool]:
    """The findings, against the case where it can be read."""
    from assistant.verify import check_against_case, check_alone

    if submission.case is None or report is None:
        return list(check_alone(whole).findings), False
    from assistant.intake import load_case
    from assistant.scorecard import score

    try:
        case = load_case(submission.case)
        card = score(case)
    except JipingError as error:
        unread = Finding("unreadable", "warning", f"填报数据读不了，只用报告自身核对：{error}")
        return [unread, *check_alone(whole).findings], False
    return [*check_against_case(report, card, case=case).findings, *_of_tables(report, whole)], True


def _of_tables(report: Text, whole: Text) -> list[Finding]:
    """What the tables handed in with a report add to what it says by itself."""
    from assistant.verify import check_alone

    if whole is report:
        return []
    known = {(finding.code, finding.start, finding.message) for finding in check_alone(report).findings}
    return [f for f in check_alone(whole).findings if (f.code, f.start, f.message) not in known]


def _concluded(text: Text) -> tuple[str, str, str]:
    """Total, grade and year that the report prints."""
    from assistant.verify.itself.calendar import own_year
    from assistant.verify.reading.reading import Reading
    from assistant.verify.scoring import told
    from assistant.verify.scoring.concluded import grades, totals

    reading = Reading(text)
    said = next((one.value for one in totals(reading.statements)), None)
    if said is None:
        tables = (table.total for table in reading.score_tables if not table.of_project)
        said = next((total.value for total in tables if total is not None), None)
    grade = next((one.word for one in grades(reading.passages)), "")
    return told(said) if said is not None else "", grade, str(own_year(reading) or "")
