"""A case folder for a framework of the tests' own, or a shipped one: the workbook is written by the template and read as any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.frameworks import load_framework
from assistant.intake import write_template

UNIT, YEAR = "清江县文化馆", 2023
SMALL = """
id: made-up
name: 虚构县部门整体支出绩效评价指标体系
place: 虚构县
year: 2023
full_marks: 100
outline: shenzhen-futian-2020
sheets: [basics, accounts, targets, weights, answers, awards, problems, deductions]
source: 虚构
reweighting: true
ratios:
  - {id: budget_execution_rate, name: 预算执行率, value: {ratio: [final_accounts.total, annual_budget.total]}}
indicators:
  - id: input
    name: 投入
    full_marks: 40
    printed_full_marks: 39
    children:
      - id: budgets
        name: 预算
        full_marks: 30
        children:
          - {id: execution, name: 预算执行情况, full_marks: 20, description: 看预算执行。, parts: [{full_marks: 20, measure: budget_execution_rate, rule: {kind: linear}}]}
          - {id: soundness, name: 预算管理, full_marks: 10, parts: [{full_marks: 10, rule: {kind: judged, because: 没有公布评分标准}}]}
      - {id: posts, name: 岗位设置, full_marks: 10, parts: [{full_marks: 10, rule: {kind: judged}}]}
  - id: output
    name: 产出
    full_marks: 60
    own: true
    parts: [{full_marks: 60, rule: {kind: target, states: [{label: 达成, least: "80%", most: "100%"}, {label: 部分达成, least: "60%", most: "80%"}]}}]
"""
BONUS = """  - {id: extra, name: 表彰事项, full_marks: 0, bonus: true, parts: [{full_marks: 0, rule: {kind: bonus, most: 5}}]}
"""
TARGETS: tuple[dict[str, str], ...] = (
    {"level1": "产出", "level2": "数量指标", "name": "举办讲座场次", "sign": "≥", "target": "40", "unit": "场", "achieved": "30",
     "full_marks": "40", "variance_reason": "主会场7月起闭馆维修，停办10场，已改在分馆补办。"},
    {"level1": "产出", "level2": "质量指标", "name": "活动方案公开情况", "sign": "定性", "target": "按月公开", "achieved": "按月公开",
     "state": "达成", "full_marks": "20", "marks": "20"},
)  # fmt: skip
VALUES: dict[str, Any] = {
    "unit.full_name": UNIT, "unit.short_name": "本馆", "unit.year": YEAR, "unit.coverage": "本级",
    "unit.duties": "组织群众文化活动。", "initial_budget.total": "800", "annual_budget.total": "1000", "final_accounts.total": "900",
    "marks.soundness.1": "9", "reason.soundness.1": "有一项制度没有及时修订", "marks.posts.1": "10", "reason.posts.1": "岗位按编制设置",
}  # fmt: skip


def made_case(
    folder: Path,
    framework: str = SMALL,
    values: Mapping[str, Any] | None = None,
    tables: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    materials: Mapping[str, str] | None = None,
) -> Path:
    """The folder of the case. `framework` is a shipped id or the text of a file; `values` None take a cell of `VALUES` away."""
    folder.mkdir(parents=True, exist_ok=True)
    name = framework
    if "\n" in framework:
        (folder / "framework.yaml").write_text(framework, "utf-8")
        name = "framework.yaml"
    rubric = load_framework(name if name == framework else str(folder / name))
    base = {} if name == framework else VALUES
    filled = {id: value for id, value in {**base, **(values or {})}.items() if value is not None}
    write_template(rubric, folder / "workbook.xlsx", filled, {k: list(v) for k, v in (tables or {}).items()})
    for file, text in (materials or {}).items():
        (folder / file).write_text(text, "utf-8")
    told = {"unit": filled.get("unit.full_name", UNIT), "short_name": filled.get("unit.short_name", ""),
            "year": YEAR, "framework": name, "materials": sorted(materials or {})}  # fmt: skip
    (folder / "case.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    return folder
