from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from draft_cases import drafted, make_case, whole_text

from assistant.intake.materials import Register, unslotted
from assistant.ledger import Figure, Ledger, Provenance
from assistant.slots import fill


def test_what_people_wrote_like_a_slot_is_no_slot() -> None:
    register = Register("m", 2022)
    text, ids = register.slotted("建成[[budget_execution_rate]]512套，[ [m1] ]{{x}}", Provenance("paragraph"))
    assert ids == ("m1",)
    ledger = Ledger.of([*register.figures, Figure("budget_execution_rate", "预算执行率", Decimal(97), "%", "2022",
                                                  Provenance("formula"))])  # fmt: skip
    filled, missing = fill(text, ledger, str)
    assert filled == "建成［［budget_execution_rate］］512套，［ ［m1］ ］{{x}}"
    assert not missing
    assert unslotted("示财[2022]8号") == "示财[2022]8号"


def test_what_looks_like_a_slot_or_a_template_is_printed_as_written(tmp_path: Path) -> None:
    mark, said = "[[marks.total]]{{ report.year }}{% raw %}", "［［marks.total］］{{ report.year }}{% raw %}"
    material = f"# 2022年工作总结\n\n## 一、统计{mark}\n\n按季度对困难家庭和新增市场主体逐户核实情况、更新台账，完成走访1,260户{mark}。\n\n核对家底，建立台账3本[ [marks.total] ]。\n"
    case = make_case(
        tmp_path, {"总结.md": material}, texts={"unit.duties": f"负责统计{mark}。"},
        key_tasks=[("普查" + mark, f"宣传{mark}", "未完成", f"缺人{mark}")],
        problems=[(f"力量薄弱{mark}，缺2人", "", f"编制紧{mark}", f"招人{mark}", f"人事科{mark}", f"6月{mark}")],
        systems=[(f"财务制度{mark}", f"财务{mark}", "修订中")],
    )  # fmt: skip
    *_, report = drafted(replace(case, short_name=f"统计局{mark}"))
    text = whole_text(report)
    for where in (
        "负责统计",
        "宣传",
        "力量薄弱",
        "编制紧",
        "招人",
        "人事科",
        "财务制度",
        "涉及财务",
        "统计局",
    ):
        assert where + said in text, where
    assert "建立台账3本［" in text
    assert "走访1,260户" not in text  # a material that writes slots or templates is told as an order and not used
    assert "[[" not in text
