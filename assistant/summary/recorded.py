"""What the files of a run folder must hold to be summed up: read strictly where it is there, with a default where older runs had none."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from assistant.documents import visible
from assistant.findings import Severity


def _shown(text: str) -> str:
    return visible(text)[0].strip()


Text = Annotated[str, AfterValidator(_shown)]
"""A text as a reader sees it: no hidden marks, one line."""
Mark = Annotated[Decimal, Field(ge=-100_000, le=100_000)]
Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    """Keys that nobody here asks for are passed over: a newer program may write more."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class RecordedFinding(_Part):
    """A finding; its code is any word, for a newer program may know more of them."""

    severity: Severity
    code: str
    message: Text
    quote: Text = ""


class RecordedLeaf(_Part):
    """An indicator of the card; `marks` is None while something is missing."""

    id: str
    name: Text
    path: tuple[Text, ...] = ()
    full_marks: Mark
    marks: Mark | None
    basis: str
    reason: Text = ""
    bonus: bool = False


class RecordedTotal(_Part):
    """The total of the card."""

    full_marks: Mark
    marks: Mark
    grade: Text = ""
    complete: bool = True


class CardFile(_Part):
    """scorecard.json; `findings` (勾稽) is None in runs older than it."""

    unit: Text
    year: int
    framework: Text
    total: RecordedTotal
    indicators: tuple[RecordedLeaf, ...]
    bonus: Mark = Decimal(0)
    scaled_from: Mark | None = None
    findings: tuple[RecordedFinding, ...] | None = None


class CheckFile(_Part):
    """check.json."""

    findings: tuple[RecordedFinding, ...]


class DraftFile(_Part):
    """draft.json: what a person still has to give."""

    todo: tuple[Text, ...] = ()


class RecordedUsage(_Part):
    """What a model's calls cost."""

    calls: Count = 0
    tokens: Count = 0


class RecordedSentences(_Part):
    """What became of a model's sentences."""

    passed: Count = 0
    repaired: Count = 0
    replaced: Count = 0
    failures: tuple[Text, ...] = ()


class RunFile(_Part):
    """run.json; `section` is set where only one section was drafted."""

    model: Text = ""
    section: Text = ""
    usage: RecordedUsage = RecordedUsage()
    sentences: RecordedSentences = RecordedSentences()


def told(error: ValidationError) -> str:
    """Where in the file its first fault is, in Chinese."""
    first = error.errors()[0]
    place = ".".join(str(step) for step in first["loc"])
    if not place:
        return "不是完整的 JSON" if first["type"] == "json_invalid" else "内容不是应有的形式"
    return f"缺少“{place}”" if first["type"] == "missing" else f"“{place}”不是应有的形式"
