"""A case folder: strict case.yaml, files that must be there and inside, contradictions told, digests, the shipped case."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.errors import InputError, UsageError
from assistant.frameworks import load_framework
from assistant.intake import Case, load_case, write_template
from assistant.scorecard import score

YAML = """unit: 示例区民政局
year: 2020
framework: shenzhen-futian-2020
"""


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "workbook.xlsx"
    values: dict[str, object] = {
        "unit.full_name": "示例区民政局", "unit.year": 2020, "unit.coverage": "本级", "unit.duties": "负责社会救助。",
        "unit.short_name": "我局", "projects.count": 3, "final_accounts.total": Decimal("7975.66"),
    }  # fmt: skip
    write_template(load_framework("shenzhen-futian-2020"), path, values)
    return path


@pytest.fixture
def folder(workbook: Path, tmp_path: Path) -> Path:
    case = tmp_path / "batch" / "case"
    case.mkdir(parents=True)
    (case / "case.yaml").write_text(YAML, encoding="utf-8")
    shutil.copy(workbook, case)
    return case


def say(folder: Path, text: str) -> Path:
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_case_has_all_that_was_handed_in(folder: Path) -> None:
    case = load_case(folder)
    assert isinstance(case, Case)
    assert (case.unit, case.short_name, case.year, case.coverage) == ("示例区民政局", "我局", 2020, "本级")
    assert case.ledger["final_accounts.total"].scope.coverage == "本级"
    assert case.text("unit.duties") == "负责社会救助。"
    assert case.findings == ()
    assert case.passages == ()
    assert case.digests == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("case.yaml", "workbook.xlsx")
    }


def test_the_path_of_case_yaml_will_do(folder: Path) -> None:
    assert load_case(folder / "case.yaml").folder == load_case(folder).folder


def test_a_unit_that_gives_no_short_name_is_called_this_unit(folder: Path) -> None:
    write_template(load_framework("shenzhen-futian-2020"), folder / "workbook.xlsx", {"projects.count": 1})
    assert load_case(folder).short_name == "本单位"


def test_materials_become_passages(folder: Path) -> None:
    (folder / "materials").mkdir()
    (folder / "materials" / "summary.md").write_text("# 工作总结\n\n全年培训12期。\n", encoding="utf-8")
    case = load_case(say(folder, YAML + "materials: [materials/summary.md]\n"))
    assert "全年培训12期。" in [passage.text for passage in case.passages]
    assert case.ledger["m1"].value == 12
    assert "materials/summary.md" in case.digests


def test_numbers_in_what_staff_wrote_are_figures_too(folder: Path) -> None:
    values = {"reason.benefits.1": "救助困难群众1206人次", "marks.benefits.1": 20}
    write_template(load_framework("shenzhen-futian-2020"), folder / "workbook.xlsx", values)
    case = load_case(folder)
    assert case.ledger["w1"].value == 1206
    assert case.slotted["reason.benefits.1"] == "救助困难群众[[w1:value]]"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("unit_name: x", ["case.yaml 第4行 unit_name", "不认识的键", "可用的键：unit、short_name"]),
        ("year: 2021", ["case.yaml 第4行", "键 year 重复"]),
        ("materials: materials/a.docx", ["case.yaml 第4行 materials", "应是列表"]),
        ("materials: [a.md, a.md]", ["materials", "列了两次"]),
        ("coverage: 12", ["coverage", "应是文字"]),
        ("workbook: [", ["case.yaml", "YAML 写法有误"]),
    ],
)
def test_case_yaml_is_read_to_the_letter(folder: Path, line: str, said: list[str]) -> None:
    with pytest.raises(InputError) as told:
        load_case(say(folder, f"{YAML}{line}\n"))
    assert all(words in str(told.value) for words in said), str(told.value)
    assert "case.yaml" in told.value.remedy


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("unit: 甲\nyear: 2020\n", "framework：缺少必填的键"),
        ("unit: ''\nyear: 2020\nframework: x\n", "unit：不能为空"),
        ("unit: 甲\nyear: 20\nframework: x\n", "year：应在 2000 至 2100 之间"),
        ("unit: 甲\nyear: 二〇\nframework: x\n", "year：应是整数"),
        ("", "缺少必填的键"),
        ("- a\n", "应是“键: 值”的形式"),
    ],
)
def test_a_case_yaml_that_lacks_something(folder: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as told:
        load_case(say(folder, text))
    assert said in str(told.value)


def test_a_case_yaml_in_another_encoding(folder: Path) -> None:
    (folder / "case.yaml").write_bytes(YAML.encode("gbk"))
    with pytest.raises(InputError, match="UTF-8"):
        load_case(folder)
    (folder / "case.yaml").write_bytes(YAML.encode("utf-8-sig"))
    assert load_case(folder).year == 2020


def test_a_folder_that_is_no_case(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError, match=r"没有 case\.yaml"):
            load_case(path)


def test_an_unknown_framework_is_answered_with_those_there_are(folder: Path) -> None:
    with pytest.raises(UsageError, match="shenzhen-futian-2020"):
        load_case(say(folder, YAML.replace("shenzhen-futian-2020", "nowhere-2020")))


def test_a_framework_of_the_users_own_may_lie_beside_the_case(folder: Path) -> None:
    with pytest.raises(InputError, match=r"没有这个文件（.*mine\.yaml）"):
        load_case(say(folder, YAML.replace("shenzhen-futian-2020", "mine.yaml")))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("workbook: none.xlsx", "没有这个文件"),
        ("materials: [materials/none.docx]", "没有这个文件"),
        ("previous: ../2019", "没有这个文件夹"),
        ("workbook: ../../secret.xlsx", "上一级文件夹之外"),
        ("materials: [/etc/passwd]", "上一级文件夹之外"),
        ("previous: ../../..", "上一级文件夹之外"),
    ],
)
def test_files_must_be_there_and_inside(folder: Path, lines: str, said: str) -> None:
    (folder.parents[1] / "secret.xlsx").write_bytes(b"x")
    with pytest.raises(InputError, match=said) as told:
        load_case(say(folder, f"{YAML}{lines}\n"))
    assert lines.split(": ")[1].strip("[]") in told.value.where


def test_a_link_that_leads_outside_is_refused(folder: Path) -> None:
    outside = folder.parents[1] / "secret.md"
    outside.write_text("x", encoding="utf-8")
    (folder / "linked.md").symlink_to(outside)
    with pytest.raises(InputError, match="上一级文件夹之外"):
        load_case(say(folder, YAML + "materials: [linked.md]\n"))


def test_last_years_case(folder: Path) -> None:
    (folder.parent / "2019").mkdir()
    assert load_case(say(folder, YAML + "previous: ../2019\n")).previous == folder.parent / "2019"


@pytest.mark.parametrize(
    ("old", "new", "code", "severity", "quote"),
    [
        ("year: 2020", "year: 2021", "year", "error", "1 基本信息!B7"),
        ("unit: 示例区民政局", "unit: 示例区教育局", "contradiction", "error", "1 基本信息!B5"),
        ("year: 2020", "year: 2020\ncoverage: 部门汇总", "contradiction", "error", "1 基本信息!B8"),
        ("year: 2020", "year: 2020\nshort_name: 本局", "contradiction", "warning", "1 基本信息!B6"),
    ],
)
def test_where_case_yaml_and_workbook_differ(
    folder: Path, old: str, new: str, code: str, severity: str, quote: str
) -> None:
    case = load_case(say(folder, YAML.replace(old, new)))
    (finding,) = case.findings
    assert (finding.code, finding.severity, finding.quote) == (code, severity, quote)
    assert "case.yaml" in finding.message


def test_the_coverage_of_case_yaml_is_that_of_every_figure(folder: Path) -> None:
    case = load_case(say(folder, YAML + "coverage: 部门汇总\n"))
    assert {figure.scope.coverage for figure in case.ledger} == {"部门汇总"}


def test_the_shipped_case_scores_what_was_published(futian_case: Path) -> None:
    case = load_case(futian_case)
    assert case.findings == ()
    assert (case.unit, case.short_name, case.coverage) == ("中共福田区委组织部（本级）", "区委组织部", "本级")
    assert case.ledger["final_accounts.total"].printed() == "7,975.66万元"
    assert case.ledger["three_public.total.final_accounts"].provenance.formula == "0.00＋5.12＋0.46"
    assert case.ledger["count.key_tasks"].value == 16
    assert "progress.q1.spent" not in case.ledger
    assert case.passages
    card = score(case)
    assert card.complete
    assert card.marks == Decimal("97.85")


def test_reading_tables_is_not_paid_for_by_who_only_wants_the_types() -> None:
    code = "import sys, assistant.intake; print(sorted({'openpyxl', 'xlsxwriter', 'lxml', 'docx'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
