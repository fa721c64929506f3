"""Headings inside a section go on below the heading it stands under: 1. below （一）, （1） below 1., ① below （1）."""

from __future__ import annotations

from pathlib import Path

import pytest
from draft_cases import make_case

from assistant.briefs import build_briefs
from assistant.drafting import DraftSection, draft_section
from assistant.outlines import Section, load_outline
from assistant.report.assemble import assemble
from assistant.report.blocks import Heading, Paragraph
from assistant.scorecard import score

SUMMARY = """# 年度工作总结

## 统计调查

完成人口抽样调查样本户3200户，入户率达到要求。

## 统计执法

检查企业45家，立案3起，全部办结。
"""


@pytest.mark.parametrize(
    ("level", "first", "heading"), [(2, "1. 统计调查", 3), (3, "（1）统计调查", 4), (4, "①统计调查。", 0)]
)
def test_fields_are_numbered_below_their_section(level: int, first: str, heading: int, tmp_path: Path) -> None:
    case = make_case(tmp_path, {"summary.md": SUMMARY})
    card, outline = score(case), load_outline(case.framework.outline)
    numbers = {2: "（一）", 3: "1. ", 4: "（1）"}
    duties = Section(
        id="duties", kind="narrative", genre="duties", level=level, heading=f"{numbers[level]}履职", missing="材料"
    )  # type: ignore[arg-type]
    table = next(s for s in outline.sections if s.kind == "score_table")
    outline = outline.model_copy(update={"sections": (duties, table), "required": ()})
    sections: list[DraftSection] = [draft_section(brief) for brief in build_briefs(case, card, outline)]
    blocks = assemble(case, card, outline, sections).document.blocks
    headings = [(b.text, b.level) for b in blocks if isinstance(b, Heading)]
    leads = [b.lead for b in blocks if isinstance(b, Paragraph)]
    assert (first, heading) in headings if heading else first in leads
