"""The house rules that ruff and mypy cannot see: rooms and their order, the length of files, no traces of a machine, no floats."""

from __future__ import annotations

import ast
import io
import re
import shutil
import socket
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
LONGEST = 320

# Where a length on paper may be a float. Elsewhere nothing is made into one, and the rooms of the figures write none down either.
ON_PAPER = ("assistant/report/", "assistant/documents/pdf", "assistant/intake/book.py")
FIGURES = "ledger rules indicators marking scorecard reconcile numbers intake frameworks catalogue slots".split()


def rooms() -> set[str]:
    found = {
        path.stem for path in (ROOT / "assistant").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    return {f"assistant.{name}" for name in found - {"__init__"}}


def contract(kind: str) -> dict[str, list[str]]:
    (one,) = [entry for entry in CONTRACTS if entry["type"] == kind]
    return one


def test_every_room_has_its_place_in_the_order() -> None:
    placed = {name.strip(" ()") for line in contract("layers")["layers"] for name in line.split("|")}
    assert rooms() <= placed, (
        "add the new room to the layers in pyproject.toml and to the picture in docs/architecture.md"
    )


def test_the_verifier_is_kept_from_everything_that_drafts() -> None:
    drafts = {f"assistant.{name}" for name in ("slots", "briefs", "prompts", "models", "retrieval", "drafting")}
    assert drafts & rooms() <= set(contract("forbidden")["forbidden_modules"])


@pytest.fixture(scope="module")
def broken_house(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What lint-imports says of a copy of the code with one planted fault per law, each inside a function."""
    copy = tmp_path_factory.mktemp("house")
    for package in ("assistant", "evals"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", "cases"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for room, line in {
        "errors": "import assistant.report",
        "catalogue": "import openpyxl.styles, typer, rich.console",
        "verify/planted": "import assistant.verify.between",
        "verify/between": "from assistant import slots",
    }.items():
        with (copy / "assistant" / f"{room}.py").open("a", encoding="utf-8") as file:
            file.write(f"\n\ndef planted():\n    {line}\n")
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command, "--no-cache", "--no-logo"], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "said",
    [
        r"assistant\.errors -> assistant\.report \(l\.",
        r"assistant\.catalogue -> openpyxl \(l\.",
        r"assistant\.catalogue -> typer \(l\.",
        r"assistant\.catalogue -> rich \(l\.",
        r"assistant\.verify\.between -> assistant\.slots \(l\.",
    ],
)
def test_a_forbidden_import_is_caught(broken_house: str, said: str) -> None:
    assert re.search(said, broken_house), broken_house


def test_no_python_file_is_too_long(project_files: list[Path]) -> None:
    lengths = {
        path: len((ROOT / path).read_text(encoding="utf-8").splitlines())
        for path in project_files
        if path.suffix == ".py"
    }
    assert lengths
    long = {str(path): lines for path, lines in lengths.items() if lines > LONGEST}
    assert not long, "which second noun does each hide?"


# In two pieces each, so that this file is not its own first finding.
TRACES = {
    "a package index": re.compile("|".join(["pypi" r"\.org", "python" r"hosted\.org", "index" "-url", "find" "-links", r"https?://[^ \"]*/" "simple"])),
    "a home folder": re.compile("|".join(["/root" r"/\w", r"/(?:home|Users)" r"/\w", r"[A-Z]:\\+" "Users"])),
    "this very folder": re.compile(re.escape(f"{ROOT}/")),
    "a neighbour's folder": re.compile(r"\.\./" "shared"),
}  # fmt: skip


def readable(path: Path) -> Iterator[str]:
    """The text of a file; of a .docx or .xlsx, that of its parts."""
    data = (ROOT / path).read_bytes()
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            yield from (parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    else:
        yield data.decode("utf-8", "replace")


def test_no_file_tells_where_it_was_made(project_files: list[Path]) -> None:
    told = [
        f"{path}: {what}: {found.group()}"
        for path in project_files
        for text in readable(path)
        for what, pattern in TRACES.items()
        if (found := pattern.search(text))
    ]
    assert project_files
    assert not told


@pytest.mark.parametrize(
    ("trace", "text"),
    [
        ("a package index", "--index" "-url https://x.example/y"),
        ("a package index", "https://mirror.example/" "simple"),
        ("a home folder", "open('/ho" "me/li/a.xlsx')"),
        ("a home folder", "C:\\Us" "ers\\li"),
        ("this very folder", f"{ROOT}/assistant"),
    ],
)  # fmt: skip
def test_a_trace_is_seen(trace: str, text: str) -> None:
    assert TRACES[trace].search(text)


def floats(code: str, *, written: bool) -> list[int]:
    """The lines that make a float: `float(…)` and, if `written`, 0.5."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
        or (written and isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]


def test_figures_are_decimals_everywhere() -> None:
    found = []
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(ON_PAPER):
            of_figures = name.split("/")[1].removesuffix(".py") in FIGURES
            found += [f"{name}:{line}" for line in floats(path.read_text(encoding="utf-8"), written=of_figures)]
    assert not found, "a figure passes through a float"


def test_a_float_is_seen() -> None:
    code = "a = float(b)\nc = 0.5\nisinstance(d, float)\ne = Decimal('0.5')\nf: float"
    assert floats(code, written=True) == [1, 2]
    assert floats(code, written=False) == [1]


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "model.example", b"model.example"])
def test_the_network_is_shut(host: str | bytes) -> None:
    with pytest.raises(pytest.fail.Exception, match="reached for the network"):
        socket.create_connection((host, 80), timeout=1)


def test_this_machine_is_not_the_network() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()
