"""The two manuals: every command, option, file, sheet, message and YAML example that they show is the product's own."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from framework_tables import Table
from pydantic import TypeAdapter
from typer.main import get_command

from assistant.catalogue import load_catalogue
from assistant.cli.app import app
from assistant.data_files import parse_yaml
from assistant.frameworks import (
    Framework,
    Indicator,
    Part,
    Ratio,
    differences,
    framework_ids,
    load_framework,
    read_framework,
)
from assistant.frameworks.checks import complaints
from assistant.intake import load_case
from assistant.outlines import outline_ids, read_outline
from assistant.pipeline import RUN_FILES
from assistant.prompts import prompt_names
from assistant.rules import Rule, wording

ROOT = Path(__file__).resolve().parents[1]
MANUAL = (ROOT / "docs" / "manual.md").read_text("utf-8")
RUBRIC = (ROOT / "docs" / "frameworks.md").read_text("utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FIRST = "shenzhen-futian-2020"


def blocks(text: str) -> list[tuple[str, str]]:
    """Language and content of each fenced block, in order."""
    return [(found[1], found[2]) for found in FENCE.finditer(text)]


def examples() -> list[tuple[str, Any]]:
    """The YAML examples of frameworks.md, each with the wording that is quoted right below it, or ""."""
    found = list(FENCE.finditer(RUBRIC))
    below = [*found[1:], None]
    return [
        (after[2] if after and after[1] == "text" and not RUBRIC[one.end() : after.start()].strip() else "", parse_yaml(one[2], "frameworks.md"))
        for one, after in zip(found, below, strict=True) if one[1] == "yaml"
    ]  # fmt: skip


def of_kind(*keys: str) -> list[Any]:
    """The examples that are mappings with these keys at the top."""
    return [told for _, told in examples() if isinstance(told, dict) and told.keys() >= set(keys)]


PARTS = [(quoted, told) for quoted, told in examples() if isinstance(told, dict) and "rule" in told]
LEAVES = [told for told in of_kind("id", "name", "full_marks") if "indicators" not in told]
RATIOS = [ratio for _, told in examples() if isinstance(told, list) for ratio in told]


@cache
def small() -> Framework:
    """The complete small framework of the document."""
    (text,) = [
        text for kind, text in blocks(RUBRIC) if kind == "yaml" and text.startswith("id:") and "\nindicators:" in text
    ]
    return read_framework(text, "frameworks.md")


def ratios() -> dict[str, Ratio]:
    """The rates that the examples may name: a shipped framework's, and the document's own."""
    own = [Ratio.model_validate(told) for told in RATIOS]
    return {ratio.id: ratio for ratio in (*load_framework(FIRST).ratios, *small().ratios, *own)}


def around(node: dict[str, Any]) -> Framework:
    """A framework that holds one indicator, all rates and all sheets."""
    spare = {"id": "spare", "name": "其余", "full_marks": 1, "parts": [{"full_marks": 1, "rule": {"kind": "judged"}}]}
    sheets = [sheet.id for sheet in load_catalogue().sheets]
    whole = TypeAdapter(Indicator).validate_python(node).full_marks + 1
    return Framework.model_validate(
        {"id": "x", "name": "x", "place": "x", "year": 2024, "full_marks": whole, "outline": FIRST, "source": "x",
         "sheets": sheets, "ratios": list(ratios().values()), "indicators": [node, spare]}
    )  # fmt: skip


def test_the_small_framework_stands_and_its_official_text_agrees() -> None:
    assert not list(differences(small()))


def test_its_table_of_marks_holds_and_reaches_every_branch() -> None:
    (told,) = of_kind("framework", "leaves")
    table = Table(small(), told["leaves"])
    assert told["framework"] == small().id
    assert not table.faults, "\n".join(table.faults)
    assert not list(table.untouched()), "\n".join(table.untouched())


@pytest.mark.parametrize(("quoted", "told"), PARTS, ids=lambda value: str(value)[:60].split("\n")[0])
def test_a_rule_is_valid_and_its_wording_is_what_the_program_makes(quoted: str, told: dict[str, Any]) -> None:
    part = Part.model_validate(told)
    bonus = {"bonus": True} if part.rule.kind == "bonus" else {}
    framework = around({"id": "one", "name": "一项", "full_marks": told["full_marks"], "parts": [told], **bonus})
    assert not list(complaints(framework))
    name = ratios()[part.measure].name if part.measure in ratios() else part.text
    assert quoted.splitlines() == wording(part.rule, part.full_marks, name)


def test_every_kind_of_rule_has_an_example() -> None:
    schema = TypeAdapter(Rule).json_schema()
    assert {told["rule"]["kind"] for _, told in PARTS} == set(schema["discriminator"]["mapping"])


@pytest.mark.parametrize("told", LEAVES, ids=lambda told: told["id"])
def test_an_indicator_is_valid(told: dict[str, Any]) -> None:
    if "sections" not in told:
        assert not list(complaints(around(told)))


def test_no_example_goes_unread() -> None:
    outline = of_kind("sections", "appendix")
    known = [*(told for _, told in PARTS), *LEAVES, *outline, *of_kind("indicators"), *of_kind("framework", "leaves")]
    assert all(told in known or isinstance(told, list) for _, told in examples())
    assert len(outline) == 1
    assert RATIOS


def test_the_outline_reads_and_names_templates_that_exist() -> None:
    (text,) = [text for kind, text in blocks(RUBRIC) if kind == "yaml" and "\nsections:" in text]
    outline = read_outline(text, "frameworks.md")
    assert {section.template for section in outline.sections if section.template} <= set(prompt_names())
    specs = load_catalogue().specs
    assert set(outline.figures()) <= specs.keys()


def test_the_tables_of_keys_are_complete() -> None:
    for model in (Framework, Indicator, Part, Ratio):
        internal = {"digest", "id", "name", "value"}
        assert not [key for key in model.model_fields if key not in internal and f"`{key}`" not in RUBRIC
                    and f"`{key}: true`" not in RUBRIC], model  # fmt: skip


def test_the_tables_of_sheets_and_figures_are_the_catalogues() -> None:
    catalogue = load_catalogue()
    for sheet in catalogue.sheets:
        assert f"| `{sheet.id}` | {sheet.title} |" in RUBRIC
    rows = re.findall(r"^\| `(\w+(?:\.\w+)+)` \| (\S+) \|$", RUBRIC, re.MULTILINE)
    assert rows
    assert not [(id, label) for id, label in rows if id not in catalogue.specs or catalogue.specs[id].label != label]


def commands(text: str) -> Iterator[str]:
    """Every `jiping …` command line of a document, in fences and in the text."""
    lines = [line.strip() for _, block in blocks(text) for line in block.splitlines()]
    lines += re.findall(r"`(jiping [^`]+)`", FENCE.sub("", text))
    return (line for line in lines if line.startswith("jiping ") and "|" not in line)


@pytest.mark.parametrize("line", sorted({*commands(MANUAL), *commands(RUBRIC)}))
def test_a_command_line_names_a_command_and_its_options(line: str) -> None:
    group: Any = get_command(app)
    name, *words = shlex.split(line)[1:]
    if name.startswith("-"):
        assert name == "--help"
        return
    assert name in group.commands, line
    command = group.commands[name]
    command = command.commands[words[0]] if hasattr(command, "commands") else command
    known = {option for param in command.params for option in param.opts if option.startswith("-")}
    assert {word for word in words if word.startswith("-") and word != "-"} <= known | {"--help"}
    if name == "frameworks" and words:
        assert words[0] in ("check", "import")


def test_every_command_stands_in_the_manual() -> None:
    group: Any = get_command(app)
    assert not [name for name in group.commands if f"jiping {name}" not in MANUAL]


def test_every_file_of_a_run_stands_in_the_manual() -> None:
    assert not [name for name in RUN_FILES if f"| `{name}` |" not in MANUAL]


@pytest.mark.parametrize("text", [MANUAL, RUBRIC], ids=["manual", "frameworks"])
def test_names_of_frameworks_and_sheets_are_the_products(text: str) -> None:
    shipped = {*framework_ids(), *outline_ids()}
    places = "shenzhen|henan|hunan|guangdong|national"
    assert not set(re.findall(rf"\b(?:{places})-[\w-]+", text)) - shipped
    titles = {sheet.title for sheet in load_catalogue().sheets}
    assert not set(re.findall(r"“(\d+(?:-\d+)? [一-鿿]+)”", text)) - titles


def test_the_case_of_the_manual_loads(tmp_path: Path) -> None:
    told, _ = [text for kind, text in blocks(MANUAL) if kind == "yaml"]
    shutil.copytree(ROOT / "evals" / "cases" / "futian-organization-2020", tmp_path / "2020")
    (tmp_path / "2019").mkdir()
    (tmp_path / "2020" / "case.yaml").write_text(told, "utf-8")
    case = load_case(tmp_path / "2020")
    assert (case.unit, case.short_name, case.coverage) == ("示例区民政局", "我局", "本级")


def source() -> str:
    """Everything from which messages are made, without the joints of strings."""
    text = "".join(path.read_text("utf-8") for path in sorted((ROOT / "assistant").rglob("*.py")))
    return re.sub(r"\{[^{}\n]*\}|\"\s*\n\s*f?\"", "", text)


@pytest.mark.parametrize(
    "cell",
    re.findall(r"^\| (“[^|]+”) \|", MANUAL[MANUAL.index("### 12.1") : MANUAL.index("## 13")], re.MULTILINE)
    + re.findall(r"^\| (“[^|]+”) \|", RUBRIC[RUBRIC.index("## 15") : RUBRIC.index("## 16")], re.MULTILINE),
)
def test_a_message_that_is_explained_is_one_that_the_program_gives(cell: str) -> None:
    said = source()
    for words in re.findall(r"“([^”]+(?:“[^”]*”[^”]*)*)”", cell):
        assert not [piece for piece in re.split(r"…|“”", words) if piece.strip() not in said], words


@pytest.mark.parametrize("text", [MANUAL, RUBRIC], ids=["manual", "frameworks"])
def test_links_inside_a_document_lead_somewhere(text: str) -> None:
    heads = {
        re.sub(r"[^\w\s-]", "", head.lower()).replace(" ", "-") for head in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    assert not [link for link in re.findall(r"\]\(#([^)]+)\)", text) if link not in heads]
