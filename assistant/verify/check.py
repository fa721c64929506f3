"""A document checked: verdicts number by number, findings, and the summary of check.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from assistant.documents import Text
from assistant.findings import Code, Finding, numbered
from assistant.ledger import Figure, Ledger, Provenance
from assistant.numbers import Mention
from assistant.verify.checks import CASE_CHECKS, TEXT_CHECKS, TONE_CHECKS, WHOLE_CHECKS, Reading
from assistant.verify.known import Known
from assistant.verify.match import EXPLAINED, Status, Verdict, judge
from assistant.verify.places import Seen, seen_numbers

if TYPE_CHECKING:
    from assistant.intake import Case
    from assistant.scorecard import Scorecard

_STATUS_CODES: dict[Status, Code] = {
    "mismatch": "mismatch", "misattributed": "misattributed", "wrong_unit": "wrong_unit",
    "wrong_period": "wrong_period", "wrong_scope": "wrong_scope", "unsupported": "unsupported",
}  # fmt: skip


_LONGEST_LIST = 10
_ANNOUNCED = ("方面", "层面", "层级", "层次", "维度", "环节", "阶段", "角度")


@dataclass(frozen=True, slots=True)
class MentionVerdict:
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
    """All that was found in a document."""

    report: str
    mentions: tuple[MentionVerdict, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    def summary(self) -> dict[str, dict[str, int]]:
        """Mentions by status and findings by severity."""
        return {
            "mentions": dict(sorted(Counter(m.verdict.status for m in self.mentions).items())),
            "findings": {
                s: n for s in ("error", "warning", "info") if (n := sum(f.severity == s for f in self.findings))
            },
        }

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
    known = Known(with_rubric(card))
    verdicts: list[MentionVerdict] = []
    findings: list[Finding] = []
    for seen in seen_numbers(text):
        verdict = _judged(seen, known)
        verdicts.append(MentionVerdict(seen.mention, verdict, seen.place.context.sentence))
        if verdict.status not in EXPLAINED:
            findings.append(_finding(text, seen, verdict))
    if whole and not any(v.mention.is_quantity and v.verdict.status in EXPLAINED for v in verdicts):
        findings.append(Finding(
            "unreadable", "error", f"{text.name}：没有找到任何能与台账核对的数，可能不是这份填报的报告，或文字是图片。请确认文件。"
        ))  # fmt: skip
    reading = Reading(text, card, case)
    for check in (*TEXT_CHECKS, *CASE_CHECKS, *(WHOLE_CHECKS if whole else ())):
        findings += check(reading)
    return Check(text.name, tuple(verdicts), tuple(numbered(findings)))


def contradicted(text: Text, card: Scorecard, case: Case) -> list[Finding]:
    """The praise and the comparing words of a text that the case's figures contradict; of its own numbers nothing is said."""
    reading = Reading(text, card, case)
    return [finding for check in TONE_CHECKS for finding in check(reading)]


def check_alone(text: Text) -> Check:
    """A report with no case: what can be said from its own text. Quantities stay `unsupported`, which is no finding here."""
    verdicts = []
    for seen in seen_numbers(text):
        status: Status = "unsupported" if seen.mention.is_quantity else "structural"
        reason = "没有给出填报数据，未核对" if status == "unsupported" else ""
        verdicts.append(MentionVerdict(seen.mention, Verdict(status, reason=reason), seen.place.context.sentence))
    findings = [finding for check in TEXT_CHECKS for finding in check(Reading(text))]
    if not any(v.mention.is_quantity for v in verdicts):
        findings.append(
            Finding(
                "unreadable",
                "warning",
                f"{text.name}：没有找到任何数，无从核对；可能不是报告，或文字是图片。请确认文件。",
            )
        )
    return Check(text.name, tuple(verdicts), tuple(numbered(findings)))


def _judged(seen: Seen, known: Known) -> Verdict:
    if not seen.mention.is_quantity or seen.mention.value is None or seen.block.kind == "contents":
        return Verdict("structural", reason="不是数量")
    if _claims_nothing(seen):
        return Verdict("structural", reason="泛指或列举的引语")
    return judge(seen.mention, seen.place, known)


def _claims_nothing(seen: Seen) -> bool:
    """一个, 一年 as an article, and 三个方面 that announces a list: Chinese numerals that hold against no figure."""
    mention = seen.mention
    if (
        seen.place.alone
        or any(char.isdecimal() for char in mention.text)
        or mention.kind != "count"
        or mention.value is None
    ):
        return False
    return mention.value == 1 or (mention.value <= _LONGEST_LIST and seen.place.context.right.startswith(_ANNOUNCED))


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


def with_rubric(card: Scorecard) -> Ledger:
    """The scorecard's ledger and the numbers of the rubric's own wording, each known by its sentence."""
    return card.ledger.add(_rubric_figures(card))


def _rubric_figures(card: Scorecard) -> Iterable[Figure]:
    from assistant.intake.materials import Register  # checking a text alone needs none of intake

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
