"""The reviewer's rules as a bureau keeps them (knowledge_base/review.yaml): which one a finding speaks to, and what sends a report back."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from assistant.data_files import Strict, line_of, parse_yaml
from assistant.errors import FrameworkError
from assistant.findings import Code, Finding, Severity

NAME = "review.yaml"


class SendBack(Strict):
    """What sends a report back: findings of these severities or codes, but never of those."""

    severities: tuple[Severity, ...]
    codes: tuple[Code, ...] = ()
    never: tuple[Code, ...] = ()


class Speaks(Strict):
    """Findings of these codes, and where `words` are given only with one of them in the message; `mend`: what to do about them."""

    codes: tuple[Code, ...]
    words: tuple[str, ...] = ()
    mend: str = ""

    def holds_for(self, finding: Finding) -> bool:
        """Whether the finding is one of them."""
        return finding.code in self.codes and (not self.words or any(word in finding.message for word in self.words))


class ReviewRule(Strict):
    """One rule. `title`: it in a few words, `rule`: what is required, `mend`: what to do where the finding itself does not say."""

    number: int
    title: str
    rule: str
    mend: str
    speaks: tuple[Speaks, ...]


class ReviewRules(Strict):
    """All rules, in the order in which they are asked."""

    checked: str
    send_back: SendBack
    rules: tuple[ReviewRule, ...]

    def rule_of(self, finding: Finding) -> tuple[ReviewRule, str] | None:
        """The first rule that the finding speaks to, and what it says to do."""
        for rule in self.rules:
            spoken = next((one for one in rule.speaks if one.holds_for(finding)), None)
            if spoken is not None:
                return rule, spoken.mend or rule.mend
        return None

    def sends_back(self, finding: Finding) -> bool:
        """Whether a report with this finding is sent back."""
        policy = self.send_back
        if finding.code in policy.never:
            return False
        return finding.severity in policy.severities or finding.code in policy.codes


@cache
def review_rules() -> ReviewRules:
    """The rules that come with the program.

    Raises:
        FrameworkError: naming the line that is not right.
    """
    return read_rules((files("knowledge_base") / NAME).read_text("utf-8"), NAME)


def rules_of(root: Path) -> ReviewRules:
    """The bureau's own rules, where they lie in the folder under the same name; else those that come with the program.

    Raises:
        FrameworkError: naming the line that is not right.
    """
    own = root / NAME
    return read_rules(own.read_text("utf-8-sig", errors="replace"), NAME) if own.is_file() else review_rules()


def read_rules(text: str, name: str) -> ReviewRules:
    """The rules that a file's text holds.

    Raises:
        FrameworkError: naming the line that is not right, or a number given twice.
    """
    try:
        rules = ReviewRules.model_validate(parse_yaml(text, name))
    except ValidationError as error:
        fault = error.errors()[0]
        where = f"{name} {line_of(text, fault['loc'])}".strip()
        wrong = ".".join(map(str, fault["loc"]))
        raise FrameworkError(where, f"“{wrong}”写得不对（{fault['msg']}）", "按文件开头的说明改正") from error
    numbers = [rule.number for rule in rules.rules]
    if len(numbers) != len(set(numbers)):
        twice = next(number for number in numbers if numbers.count(number) > 1)
        raise FrameworkError(name, f"第{twice}条写了两次", "每条规则一个编号")
    return rules
