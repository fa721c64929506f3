"""Praise in a material that the figures contradict does not reach the draft; its facts do, and the person is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from closure_examples import NOT_TONE
from draft_cases import make_case

from assistant.intake import Case
from assistant.scorecard import score
from assistant.tempering import tempered

TASKS = [("民生", "数字档案馆建设", "部分完成", "硬件到货晚两个月"), ("民生", "老旧管网改造", "完成", "")]


def made(text: str, tmp_path: Path) -> Case:
    return make_case(tmp_path, {"summary.md": f"# 工作总结\n\n## 民生工作\n\n{text}\n"}, key_tasks=TASKS)


def sentences(case: Case) -> list[str]:
    return [sentence.text for passage in case.passages for sentence in passage.sentences]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("全年重点工作圆满完成，办结事项321件。", ["办结事项321件。"]),
        ("全年重点工作圆满完成。", []),
        ("数字档案馆建设已全面完成，录入档案5.2万卷，培训管理员40人。", ["录入档案5.2万卷，培训管理员40人。"]),
        ("办结事项321件，政府采购计划全部完成，采购设备45台。", ["办结事项321件，采购设备45台。"]),
        ("走访居民820户。全年重点工作圆满完成。登记诉求96条。", ["走访居民820户。", "登记诉求96条。"]),
    ],
)
def test_the_clause_goes_and_the_facts_stay(text: str, left: list[str], tmp_path: Path) -> None:
    case = made(text, tmp_path)
    after, told = tempered(case, score(case))
    assert sentences(after) == left
    assert [f.code for f in told] == ["tone"]
    assert told[0].severity == "warning"
    assert "summary.md" in told[0].message
    for sentence in (s for passage in after.passages for s in passage.sentences):
        assert len(sentence.figures) == sentence.slotted.count("[[")
        assert all(f"[[{id}" in sentence.slotted for id in sentence.figures)


@pytest.mark.parametrize(
    "text", ["老旧管网改造已全面完成，更换管网12公里。", "走访居民820户，登记诉求96条。", *NOT_TONE[:6]]
)
def test_what_is_true_or_no_claim_stays(text: str, tmp_path: Path) -> None:
    case = made(text, tmp_path)
    after, told = tempered(case, score(case))
    assert told == []
    assert after is case
