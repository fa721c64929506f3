"""A document checked: verdicts number by number, findings, and the summary of check.json."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.documents import Text
from assistant.findings import Code, Finding, numbered
from assistant.numbers import Mention
from assistant.verify.checks import TEXT_CHECKS, TONE_CHECKS, Reading, residue
from assistant.verify.coverage import Coverage, coverage
from assistant.verify.itself import OTHER_CHECKS
from assistant.verify.matching.verdict import EXPLAINED, Status, Verdict
from assistant.verify.reading.kept import kept_with
from assistant.verify.reading.places import Seen, with_sentences

if TYPE_CHECKING:
    from assistant.intake import Case
    from assistant.ledger import Figure, Ledger
    from assistant.scorecard import Scorecard
    from assistant.verify.matching.known import Known

_MOST_PAGES = 10
_OF_FIGURES: frozenset[Code] = frozenset({"arithmetic", "contradiction", "count", "rule", "reconcile"})
_ENOUGH = 20
"""From so many quantities on, a report can be told to be another unit's."""
_UNCHECKED, _NO_QUANTITY = Verdict("unsupported", reason="没有给出填报数据，未核对"), Verdict("structural")
_STATUS_CODES: dict[Status, Code] = {
    "mismatch": "mismatch", "misattributed": "misattributed", "wrong_unit": "wrong_unit",
    "wrong_period": "wrong_period", "wrong_scope": "wrong_scope", "unsupported": "unsupported",
}  # fmt: skip


class MentionVerdict(NamedTuple):
    """A number of the document and what came of it."""

    mention: Mention
    verdict: Verdict
    sentence: str

    def to_json(self) -> dict[str, Any]:
        """As in check.json."""
        m, v = self.mention, self.verdict
        return {
            "start": m.start,
            "end": m.end,
            "text": m.text,
            "value": _text(m.value),
            "unit": m.unit,
            "kind": m.kind,
            "status": v.status,
            "figure": v.figure.id if v.figure else None,
            "expected": v.expected,
            "reason": v.reason,
        }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


@dataclass(frozen=True)
class Check:
    """All that was found in a document. `coverage`: how much of it could be checked, where it was checked alone."""

    report: str
    mentions: tuple[MentionVerdict, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage | None = None

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    def summary(self) -> dict[str, dict[str, Any]]:
        """Mentions by status, findings by severity, and of a text alone what was checked."""
        told: dict[str, dict[str, Any]] = {
            "mentions": dict(sorted(Counter(m.verdict.status for m in self.mentions).items())),
            "findings": {
                s: n for s in ("error", "warning", "info") if (n := sum(f.severity == s for f in self.findings))
            },
        }
        return told if self.coverage is None else {**told, "checked": self.coverage.to_json()}

    def to_json(self) -> dict[str, Any]:
        """As design.md §6."""
        return {
            "report": self.report,
            "mentions": [m.to_json() for m in self.mentions],
            "findings": [f.to_json() for f in self.findings],
            "summary": self.summary(),
        }


def check_against_case(text: Text, card: Scorecard, whole: bool = True, case: Case | None = None) -> Check:
    """Every number of a report against the figures of its case and the rubric that it prints.

    `whole`: it is the whole report, and must also say what only a whole report can (every lost mark explained).
    `case` adds the rows of the workbook: which task was not done, which problem stands for which indicator.
    """
    from assistant.verify.checks.of_case import CASE_CHECKS, WHOLE_CHECKS  # checking a text alone needs none of these
    from assistant.verify.matching.judging import judged_numbers

    reading = Reading(text, card, case)
    known = kept_with(card, _known_of)
    verdicts: list[MentionVerdict] = []
    findings: list[Finding] = []
    for seen, verdict in judged_numbers(text, reading.mentions, known):
        verdicts.append(MentionVerdict(seen.mention, verdict, seen.place.context.sentence))
        if verdict.status not in EXPLAINED:
            findings.append(_finding(text, seen, verdict))
    if whole and (other := _of_another(reading, verdicts)) is not None:
        return Check(text.name, tuple(verdicts), tuple(numbered([other])))
    if whole and not any(v.mention.is_quantity and v.verdict.status in EXPLAINED for v in verdicts):
        findings.append(Finding(
            "unreadable", "error", f"{text.name}：没有找到任何能与台账核对的数，可能不是这份填报的报告，或文字是图片。请确认文件。"
        ))  # fmt: skip
    for check in (residue, *TONE_CHECKS, *CASE_CHECKS, *(WHOLE_CHECKS if whole else ())):
        findings += check(reading)
    itself = [finding for check in OTHER_CHECKS for finding in check(reading)]
    findings += _unread(text, numbers=True)
    findings += _as_the_data(_one_a_place(itself), verdicts)
    return Check(text.name, tuple(verdicts), tuple(numbered(findings)))


def _as_the_data(findings: list[Finding], verdicts: list[MentionVerdict]) -> Iterable[Finding]:
    """A report against itself where its case is known.

    A number that is not the case's has been told of already; where each is the case's, the data are at odds, as reconcile tells.
    """
    due = [v for v in verdicts if v.verdict.status != "structural"]
    starts = [v.mention.start for v in due]
    for finding in findings:
        inside = due[bisect_left(starts, finding.start) : bisect_left(starts, finding.end)]
        if not inside or finding.code not in _OF_FIGURES:
            yield finding
        elif all(v.verdict.status in EXPLAINED for v in inside):
            told = "" if finding.severity == "info" else "报告与填报数据一致，矛盾在数据中，见勾稽。"
            yield replace(finding, severity="info", message=finding.message + told)


def _of_another(reading: Reading, verdicts: list[MentionVerdict]) -> Finding | None:
    """One finding in place of hundreds, where most numbers are unknown and the report says that it is of another year or unit."""
    from assistant.verify.checks.claims import is_own_name
    from assistant.verify.checks.own_unit import named_units
    from assistant.verify.itself.calendar import own_year

    card = reading.card
    due = [v for v in verdicts if v.verdict.status != "structural"]
    known = sum(v.verdict.status in EXPLAINED for v in due)
    if card is None or len(due) < _ENOUGH or known * 2 > len(due):
        return None
    year = own_year(reading)
    names = dict.fromkeys(name for _, name in named_units(reading))
    other = next(iter(names), "") if not any(is_own_name(name, reading) for name in names) else ""
    if (year is None or year == card.year) and not other:
        return None
    of = f"{other or card.unit}{year or ''}年度" if year else other
    return Finding(
        "wrong_scope" if other else "wrong_period", "error",
        f"{reading.text.name}：这份报告是{of}的，填报数据是{card.unit}{card.year}年度的，{len(due)}个数中只有{known}个对得上，"
        "没有逐数列出。请换成对应的报告或数据再查。",
        expected=f"{card.unit}{card.year}年度",
    )  # fmt: skip


def contradicted(text: Text, card: Scorecard, case: Case) -> list[Finding]:
    """The praise and the comparing words of a text that the case's figures contradict; of its own numbers nothing is said."""
    reading = Reading(text, card, case)
    return [finding for check in TONE_CHECKS for finding in check(reading)]


def check_alone(text: Text) -> Check:
    """A report with no case: what can be said from its own text. Quantities stay `unsupported`, which is no finding here."""
    reading = Reading(text)
    verdicts = []
    for mention, sentence in with_sentences(text, reading.mentions):
        verdicts.append(MentionVerdict(mention, _UNCHECKED if mention.is_quantity else _NO_QUANTITY, sentence))
    findings = _one_a_place([finding for check in TEXT_CHECKS for finding in check(reading)])
    findings += _unread(text, any(v.mention.is_quantity for v in verdicts))
    return Check(text.name, tuple(verdicts), tuple(numbered(findings)), coverage(reading))


def _unread(text: Text, numbers: bool) -> Iterable[Finding]:
    """What was not read: pages that are pictures; all of it, where no number was found."""
    if text.pictures:
        pages = "、".join(str(page) for page in text.pictures[:_MOST_PAGES])
        said = f"{text.name}：第{pages}页{'等' if len(text.pictures) > _MOST_PAGES else ''}是图片，没有读出文字，没有检查。请先识别文字（OCR）再查。"
        yield Finding("unreadable", "warning", said)
    if text.stripped:
        said = f"{text.name}：有{text.stripped}个看不见的字符（零宽字符、文字方向标记），核对时已略去。请在原稿中删去，以免复制、检索出错。"
        yield Finding("markup", "info", said)
    if not numbers:
        said = f"{text.name}：没有找到任何数，无从核对；可能不是报告，或文字是图片。请确认文件。"
        yield Finding("unreadable", "warning", said)


def _one_a_place(findings: list[Finding]) -> list[Finding]:
    """One finding for a number and a kind of problem, the worst: two checks may meet the same contradiction."""
    order = {"error": 0, "warning": 1, "info": 2}
    kept: dict[tuple[str, int, int], Finding] = {}
    for finding in sorted(findings, key=lambda one: order[one.severity]):
        kept.setdefault((finding.code, finding.start, finding.end), finding)
    return list(kept.values())


def _finding(text: Text, seen: Seen, verdict: Verdict) -> Finding:
    where = text.place(seen.mention.start)
    quote = seen.place.context.sentence or seen.mention.text
    if seen.place.alone and seen.place.row_heads:
        quote = f"{seen.place.row_heads[0]}：{seen.mention.text}"
    message = (
        f"{where}“{_short(quote)}”中的“{seen.mention.text}”：{verdict.reason}。请改正文中的数，或更正数据后重新生成。"
    )
    return Finding(
        _STATUS_CODES[verdict.status], "error", message, quote=quote, start=seen.mention.start, end=seen.mention.end,
        expected=verdict.expected,
    )  # fmt: skip


def _short(quote: str) -> str:
    return quote if len(quote) <= 60 else f"{quote[:58]}……"


def _known_of(card: Scorecard) -> Known:
    from assistant.verify.matching.known import Known

    return Known(with_rubric(card))


def with_rubric(card: Scorecard) -> Ledger:
    """The scorecard's ledger and the numbers of the rubric's own wording, each known by its sentence."""
    return card.ledger.add(_rubric_figures(card))


def _rubric_figures(card: Scorecard) -> Iterable[Figure]:
    from assistant.intake.materials import Register  # checking a text alone needs none of intake
    from assistant.ledger import Provenance

    register = Register("standard.", card.year)
    descriptions = {leaf.indicator.id: leaf.indicator.description for leaf in card.framework.leaves()}
    for leaf in card.leaves:
        law = Provenance("framework", file=card.framework.id, paragraph=f"{leaf.name}的评分标准")
        for line in (*leaf.standard.splitlines(), *descriptions[leaf.id].splitlines()):
            register.slotted(line, law)
        for part in leaf.parts:
            register.slotted(part.reason, Provenance("formula", formula=f"{leaf.name}的得分说明"))
        register.slotted(leaf.reason, Provenance("formula", formula=f"{leaf.name}的得分说明"))
    return register.figures
