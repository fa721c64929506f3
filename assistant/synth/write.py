"""N cases as folders that every command reads, and the key of what was planted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from assistant.errors import UsageError
from assistant.frameworks import framework_ids, load_framework
from assistant.intake import write_template
from assistant.report import write_docx
from assistant.report.blocks import Document, Heading, Paragraph
from assistant.synth.answers import answer, explain
from assistant.synth.family import check_units, department_of, name_units, unit_kind
from assistant.synth.faults import plant
from assistant.synth.made import FILE, Made, Planted
from assistant.synth.money import money
from assistant.synth.rows import fill_tables
from assistant.synth.story import tell
from assistant.synth.words import Dice, Kind, load_words

KEY = "key.json"
MOST = 10000
Step = Callable[[str, int, int], None]


def synthesize(
    count: int, seed: int, out: Path, faults: float = 0.3, step: Step | None = None, units: int = 0
) -> dict[str, list[Planted]]:
    """Write `count` made-up cases into `out`, over all shipped frameworks in turn, and key.json beside them.

    `faults`: the share of cases with planted faults, 0 to 1. `units`: each is a department with so many units, in folders of
    their own beside it, and has no faults. Gives case folder -> what was planted.

    Raises:
        UsageError: a number out of range, or the folder holds something else.
    """
    if not 0 <= faults <= 1:
        raise UsageError(f"--faults {faults}：应在0至1之间，如0.3表示三成的填报有预设错误。")
    if not 1 <= count <= MOST:
        raise UsageError(f"份数{count}：应在1至{MOST}之间。")
    check_units(units)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"--out {out} 已有内容，没有改动。请换一个空文件夹。")
    out.mkdir(parents=True, exist_ok=True)
    key: dict[str, list[Planted]] = {}
    faulty = frozenset() if units else faulty_ones(count, seed, faults)
    for number in range(1, count + 1):
        made = make(number, seed, planted=number in faulty)
        if units:
            made = write_department(made, out, seed, number, units)
        else:
            write(made, out / made.name)
        key[made.name] = made.faults
        if step is not None:
            step(made.name, number, count)
    told = {name: [fault.to_json() for fault in planted] for name, planted in key.items()}
    (out / KEY).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    return key


def faulty_ones(count: int, seed: int, share: float) -> frozenset[int]:
    """Which of the cases get faults: exactly the share, rounded half up."""
    wanted = int(count * share + 0.5)
    return frozenset(Dice.of(seed, "faulty").random.sample(range(1, count + 1), wanted))


def write_department(like: Made, out: Path, seed: int, number: int, units: int) -> Made:
    """A department of that many units in the place of a case, each in a folder of its own."""
    folders = [f"{like.name}-u{n}" for n in range(1, units + 1)]
    made = [make(number, seed * 1000 + n, kind=unit_kind(like.kind, n)) for n in range(1, units + 1)]
    for unit, folder in zip(made, folders, strict=True):
        unit.coverage = unit.values["unit.coverage"] = "本级"
        write(unit, out / folder)
    department = department_of(like, made, seed, number)
    write(department, out / department.name)
    name_units(out / department.name, folders)
    return department


def make(number: int, seed: int, planted: bool = False, kind: Kind | None = None) -> Made:
    """The case of that number, the same for the same seed; a planted one differs from its clean twin in its faults alone.
    `kind`: another unit than the one whose turn it is."""
    ids, words = framework_ids(), load_words()
    dice = Dice.of(seed, number)
    framework = load_framework(ids[(number - 1) % len(ids)])
    kind = kind or words.kinds[(number - 1) % len(words.kinds)]
    coverage = "本级" if dice.chance(60) else "部门汇总"
    made = Made(f"{number:04d}-{framework.id}-{kind.id}", framework, kind, framework.year, coverage)
    fill_tables(made, money(dice, kind), dice, words)
    tell(made, dice)
    answer(made, dice)
    explain(made, dice, words)
    if planted:
        plant(made, Dice.of(seed, number, "faults"), number)
    return made


def write(made: Made, folder: Path) -> None:
    """case.yaml, workbook.xlsx and the material."""
    (folder / "materials").mkdir(parents=True)
    lines = [
        "# 虚构的填报，单位和数据都不是真的。", f"unit: {made.kind.name}", f"short_name: {made.kind.short_name}", f"year: {made.year}",
        f"framework: {made.framework.id}", f"workbook: {FILE}", f"materials: [{made.material}]", f"coverage: {made.coverage}",
    ]  # fmt: skip
    (folder / "case.yaml").write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    write_template(made.framework, folder / FILE, made.values, made.tables)
    path = folder / made.material
    if path.suffix == ".md":
        told = (f"{'#' * level} {text}" if level else text for level, text in made.story)
        path.write_text("\n\n".join(told) + "\n", "utf-8", newline="\n")
        return
    blocks = tuple(Heading(2 if level > 2 else 1, text) if level else Paragraph(text) for level, text in made.story)
    write_docx(Document(blocks, made.story[0][1], made.kind.name), path)
