"""部门汇总: 本级 and 下属单位 as one case, as a user writes it in case.yaml."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from made_case import SMALL, TARGETS, made_case

from assistant.cli import main
from assistant.documents import read_document
from assistant.errors import InputError
from assistant.intake import files_of_case, load_case
from assistant.outlines import load_outline
from assistant.pipeline import required_missing
from assistant.reconcile import reconcile
from assistant.scorecard import score, what_if
from assistant.verify import check_against_case

OFFICE, FIRST, SECOND, BUREAU = "清江县教育局机关", "清江县第一小学", "清江县第二小学", "清江县教育局"
NO_TOTALS: dict[str, Any] = {"initial_budget.total": None, "annual_budget.total": None, "final_accounts.total": None}
OFFSET = {
    "figure": "final_accounts.subsidies",
    "amount": "100万元",
    "between": ["office", FIRST],
    "reason": "本级补助学校",
}
GIVEN: dict[str, tuple[str, dict[str, Any]]] = {
    "office": (
        OFFICE,
        {"annual_budget.total": "1000", "final_accounts.total": "900", "final_accounts.subsidies": "100"},
    ),
    "first": (FIRST, {"annual_budget.total": "500", "final_accounts.total": "300", "final_accounts.subsidies": "0"}),
}
Build = Callable[..., Path]


def unit(folder: Path, name: str, values: dict[str, Any], **more: Any) -> Path:
    said = {"unit.full_name": name, "unit.short_name": "我校", **NO_TOTALS, **values}
    told = more.pop(
        "materials",
        {"work.md": f"# {name}工作总结\n\n2023年，我校举办讲座30场。食堂改造完成，服务学生{len(folder.name)}00人。\n"},
    )
    rows = more.pop("tables", {"targets": list(TARGETS)})
    made_case(folder, more.pop("rubric", SMALL), said, rows, told)
    return write(folder, more)


def write(folder: Path, more: dict[str, Any]) -> Path:
    file = folder / "case.yaml"
    told = yaml.safe_load(file.read_text("utf-8")) | more
    file.write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    return folder


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """The department of an office and a school; `changes` by folder, `own` cells and case.yaml keys of the department."""

    def made(changes: dict[str, dict[str, Any]] | None = None, own: dict[str, Any] | None = None, **told: Any) -> Path:
        for folder, (name, values) in GIVEN.items():
            more = dict((changes or {}).get(folder, {}))
            unit(tmp_path / folder, more.pop("unit", name), values | more.pop("values", {}), **more)
        said = {
            "unit.full_name": BUREAU,
            "unit.short_name": "我局",
            "unit.coverage": "部门汇总",
            **NO_TOTALS,
            **(own or {}),
        }
        made_case(tmp_path / "bureau", told.pop("rubric", SMALL), said, {"targets": list(TARGETS)})
        return write(tmp_path / "bureau", {"units": ["../office", "../first"], "offsets": [OFFSET], **told})

    return made


def jiping(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(words)
    return int(ended.value.code or 0)


def refused(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_case(folder)
    return str(caught.value)


def test_amounts_add_less_what_is_taken_out_and_know_where_they_come_from(build: Build) -> None:
    case = load_case(build())
    spent, budget = case.ledger["final_accounts.total"], case.ledger["annual_budget.total"]
    assert (spent.value, budget.value) == (Decimal("1100"), Decimal("1500"))
    assert case.ledger["final_accounts.subsidies"].value == 0
    assert spent.provenance.formula == f"{OFFICE}900.00＋{FIRST}300.00－抵销100.00万元"
    assert spent.provenance.inputs == ("u1.final_accounts.total", "u2.final_accounts.total", "offset1")
    assert spent.scope.coverage == "部门汇总"
    part = case.ledger["u2.final_accounts.total"]
    assert (part.value, part.scope.coverage, part.scope.unit) == (Decimal("300"), "本级", FIRST)
    assert part.provenance.file == "first/workbook.xlsx"
    assert part.provenance.cell == "E12"
    assert case.ledger["count.units"].value == 2


def test_a_rate_is_worked_out_from_the_sums(build: Build) -> None:
    card = score(load_case(build()))
    assert card.ledger["budget_execution_rate"].printed() == "73.33%"  # the average of the units' is 75 %
    moved = what_if(load_case(build()), {"u2.final_accounts.total": Decimal(400)})
    assert moved.ledger["final_accounts.total"].value == 1200


def test_what_one_unit_lacks_is_lacking_in_the_sum(build: Build) -> None:
    folder = build({"first": {"values": {"annual_budget.total": None}}})
    case = load_case(folder)
    assert "annual_budget.total" not in case.ledger
    assert case.department is not None
    assert case.department.lacking["annual_budget.total"] == (FIRST,)
    (told,) = [f for f in case.findings if f.code == "missing" and FIRST in f.message]
    assert "部门支出合计全年预算数" in told.message
    lacking = required_missing(case, score(case), load_outline(case.framework.outline))
    assert any(f.quote == "annual_budget.total" and f"{FIRST}的工作簿中填写" in f.message for f in lacking)
    assert jiping("consolidate", str(folder)) == 1


@pytest.mark.parametrize("said", ["不适用", "无", "0"])
def test_none_in_words_counts_as_nought(build: Build, said: str) -> None:
    case = load_case(build({"first": {"values": {"final_accounts.subsidies": said}}}))
    assert case.ledger["final_accounts.subsidies"].value == 0


def test_a_stroke_is_no_nought(build: Build) -> None:
    case = load_case(build({"first": {"values": {"final_accounts.subsidies": "—"}}}))
    assert "final_accounts.subsidies" not in case.ledger


def test_a_blank_part_is_nought_where_its_total_comes_out_without_it(build: Build) -> None:
    closed = {"final_accounts.subsidies": None, "final_accounts.project": "300"}
    case = load_case(build({"first": {"values": closed}}))
    assert case.ledger["final_accounts.subsidies"].value == 0
    open_ = {"final_accounts.subsidies": None, "final_accounts.project": "200"}
    assert "final_accounts.subsidies" not in load_case(build({"first": {"values": open_}})).ledger


def test_the_departments_own_number_is_held_against_the_sum(build: Build) -> None:
    case = load_case(build(own={"final_accounts.total": "1200", "annual_budget.total": "1500"}))
    assert case.ledger["final_accounts.total"].value == 1100
    told = [f for f in reconcile(case).findings if "部门填报数与各单位合计" in f.message]
    assert len(told) == 1
    assert "1,200.00万元" in told[0].message
    assert "相差100.00万元" in told[0].message


def test_a_workbook_of_another_coverage_is_told(build: Build) -> None:
    case = load_case(build(own={"unit.coverage": "本级"}))
    assert [f.code for f in case.findings if "填报范围" in f.message] == ["contradiction"]


def test_the_departments_own_number_stands_where_there_is_no_sum(build: Build) -> None:
    case = load_case(build({"first": {"values": {"annual_budget.total": None}}}, own={"annual_budget.total": "1480"}))
    assert case.ledger["annual_budget.total"].value == 1480
    assert case.ledger["annual_budget.total"].provenance.source == "cell"


def test_money_between_units_that_was_not_taken_out_is_told(build: Build) -> None:
    case = load_case(build(offsets=[OFFSET | {"amount": "80万元"}]))
    (told,) = [f.message for f in reconcile(case).findings if "没有抵销" in f.message]
    assert "还有20.00万元没有抵销" in told
    too_much = load_case(build(offsets=[OFFSET | {"amount": "120万元"}]))
    assert any("抵销额大于所填的数" in f.message for f in reconcile(too_much).findings)


def test_what_one_books_as_paid_another_books_as_received(build: Build) -> None:
    rubric = SMALL.replace("basics, accounts,", "basics, income, accounts,")
    booked = {"income.superior.final_accounts": "80", "income.total.final_accounts": "320"}
    none = {"income.superior.final_accounts": "0", "income.total.final_accounts": "950"}
    changes = {"first": {"rubric": rubric, "values": booked}, "office": {"rubric": rubric, "values": none}}
    both = OFFSET | {"amount": "800000元", "against": "income.superior.final_accounts"}
    case = load_case(build(changes, rubric=rubric, offsets=[both]))
    assert case.ledger["income.superior.final_accounts"].value == 0
    assert case.ledger["income.total.final_accounts"].value == 1190
    assert case.ledger["final_accounts.total"].value == 1120
    (told,) = [f.message for f in reconcile(case).findings if "两边应当相等" in f.message]
    assert f"100.00万元（{OFFICE}100.00万元）" in told
    assert f"80.00万元（{FIRST}80.00万元）" in told
    assert "相差20.00万元" in told


def test_each_unit_is_reconciled_by_itself(build: Build) -> None:
    case = load_case(build({"first": {"values": {"final_accounts.project": "400", "final_accounts.basic": "10"}}}))
    assert any(f.message.startswith(f"{FIRST}：支出合计") for f in reconcile(case).findings)


@pytest.mark.parametrize(("changes", "told", "words"), [
    ({"first": {"year": 2022, "values": {"unit.year": 2022}}}, {}, ["2022年度", "2023年度", "../first"]),
    ({"office": {"version": "批复"}, "first": {"version": "快报"}}, {}, ["../office/case.yaml 写“批复”", "../first/case.yaml 写“快报”"]),
    ({"first": {"as_of": "2023-12-20"}}, {"as_of": "2023-12-31"}, ["数据时点不同", "2023-12-20", "2023-12-31"]),
    ({"first": {"unit": OFFICE}}, {}, [f"“{OFFICE}”在“../office”里已经有了"]),
    ({}, {"units": ["../office", "../office"]}, ["同一个文件夹列了两次"]),
    ({}, {"units": ["../office", "../bureau"]}, ["指向本部门自己"]),
    ({}, {"units": ["../office", "../none"]}, ["没有这个文件夹"]),
    ({}, {"units": []}, ["没有写 units"]),
    ({}, {"coverage": "本级"}, ["coverage 应写“部门汇总”"]),
    ({}, {"offsets": [OFFSET | {"amount": "100"}]}, ["offsets 第1项 amount", "120万元"]),
    ({}, {"offsets": [OFFSET | {"amount": "100人"}]}, ["不是带单位的金额"]),
    ({}, {"offsets": [OFFSET | {"figure": "final_accounts.nothing"}]}, ["offsets 第1项 figure", "没有“final_accounts.nothing”"]),
    ({}, {"offsets": [OFFSET | {"figure": "unit.duties"}]}, ["不是可以相加的金额"]),
    ({}, {"offsets": [OFFSET | {"between": ["office", SECOND]}]}, [f"没有“{SECOND}”", FIRST]),
    ({}, {"offsets": [OFFSET | {"between": ["office", OFFICE]}]}, ["两边都是"]),
])  # fmt: skip
def test_what_cannot_be_added_is_refused_with_its_place(
    build: Build, changes: dict[str, Any], told: dict[str, Any], words: list[str]
) -> None:
    message = refused(build(changes, **told))
    assert all(word in message for word in words), message


def test_a_unit_that_cannot_be_read_is_named(build: Build) -> None:
    folder = build()
    (folder.parent / "first" / "workbook.xlsx").write_bytes(b"nothing")
    assert "units 第2项 ../first" in refused(folder)


def test_one_workbook_for_two_units_is_refused(build: Build) -> None:
    folder = build()
    book = (folder.parent / "office" / "workbook.xlsx").read_bytes()
    (folder.parent / "first" / "workbook.xlsx").write_bytes(book)
    assert "同一份工作簿" in refused(folder)


def test_units_that_list_each_other_are_refused(build: Build) -> None:
    folder = build()
    write(folder.parent / "first", {"units": ["../bureau"], "coverage": "部门汇总"})
    assert "上级" in refused(folder)


def test_rows_are_joined_and_say_whose_they_are(build: Build) -> None:
    case = load_case(build())
    names = [row.text("name") for row in case.rows("targets")]
    assert names[0] == TARGETS[0]["name"]
    assert names[2] == f"{TARGETS[0]['name']}（{OFFICE}）"
    assert names[4] == f"{TARGETS[0]['name']}（{FIRST}）"
    assert case.ledger["count.targets"].value == 6
    assert case.rows("targets")[4].cells["name"].provenance.place.startswith(f"{FIRST}：")
    assert score(case).ledger["full_marks.output"].value == 60  # the units' shares are no shares of the department's
    assert not case.findings


def test_the_units_words_name_the_unit(build: Build) -> None:
    case = load_case(build())
    said = {passage.file: passage.text for passage in case.passages}
    assert said["first/work.md"] == f"2023年，{FIRST}举办讲座30场。{FIRST}食堂改造完成，服务学生500人。"
    figures = [f for f in case.ledger if f.scope.unit == FIRST and f.subject]
    assert {f.printed() for f in figures} >= {"30场", "500人"}
    assert "我校" not in "".join(said.values())


@pytest.mark.parametrize(("sentence", "statuses"), [
    ("2023年全年预算数1500万元，部门支出合计决算数1100万元。", ["verified", "verified"]),
    (f"{FIRST}全年预算500万元，决算数300万元。", ["verified", "verified"]),
    ("本单位全年预算数500万元。", ["wrong_scope"]),
    (f"{FIRST}全年预算1000万元。", ["misattributed"]),
    ("预算执行率75%。", ["mismatch"]),
])  # fmt: skip
def test_a_units_number_is_not_the_departments(
    build: Build, tmp_path: Path, sentence: str, statuses: list[str]
) -> None:
    case = load_case(build())
    page = tmp_path / "page.md"
    page.write_text(f"{sentence}\n", "utf-8")
    check = check_against_case(read_document(page), score(case), whole=False, case=case)
    found = [m.verdict.status for m in check.mentions if m.verdict.status != "structural"]
    assert found == statuses


def test_the_department_of_the_manual_loads(tmp_path: Path) -> None:
    manual = (Path(__file__).resolve().parents[1] / "docs" / "manual.md").read_text("utf-8")
    (told,) = [
        block.partition("```")[0] for block in manual.split("```yaml\n") if "\nunits:" in block.partition("```")[0]
    ]
    names = yaml.safe_load(told)["units"]
    for folder in ["局机关", "第一小学", "第二小学", "教育局"]:
        made_case(
            tmp_path / folder,
            "shenzhen-futian-2020",
            {"unit.full_name": f"示例县{folder}", "final_accounts.total": "300"},
        )
        write(tmp_path / folder, {"year": 2020})
    (tmp_path / "教育局" / "case.yaml").write_text(told, "utf-8")
    case = load_case(tmp_path / "教育局")
    assert case.department is not None
    assert [unit.folder.name for unit in case.department.units] == [Path(name).name for name in names]
    assert case.ledger["final_accounts.total"].value == 780


def test_every_file_of_the_units_is_a_file_of_the_case(build: Build) -> None:
    folder = build()
    name, _, files = files_of_case(folder)
    assert name == BUREAU
    assert {"office", "first"} <= {file.parent.name for file in files if file.name == "workbook.xlsx"}
    assert "first/workbook.xlsx" in load_case(folder).digests


def test_the_command_shows_each_figure(build: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "told.json"
    assert jiping("consolidate", str(build()), "--json", str(out)) == 0
    told = json.loads(out.read_text("utf-8"))
    spent = next(one for one in told["figures"] if one["id"] == "final_accounts.total")
    assert (spent["value"], [part["value"] for part in spent["parts"]]) == ("1100", ["900", "300"])
    assert spent["offsets"] == ["offset1"]
    assert "部门支出合计决算数 1100万元" in capsys.readouterr().out
    assert jiping("consolidate", str(tmp_path / "first")) == 2
