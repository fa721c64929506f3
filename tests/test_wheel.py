"""The wheel, installed away from the working tree: everything is in it, and the demo runs from any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("assistant", "evals", "knowledge_base", "prompts")
CASE = "evals/cases/futian-organization-2020"
RUN_FOLDER = {"report.docx", "report.md", "scorecard.xlsx", "ledger.json"}
RUN_FOLDER |= {"scorecard.json", "draft.json", "check.json", "run.json"}

# Without `site` no .pth file is read: the editable install, and with it the working tree, is out of reach.
RUN = """
import sys
installed, vendors, *sys.argv[1:] = sys.argv[1:]
sys.path += [installed, vendors]
import assistant, evals, knowledge_base, prompts
for package in (assistant, evals, knowledge_base, prompts):
    assert package.__file__.startswith(installed), package.__file__
from assistant.cli import main
sys.exit(main())
"""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files to build from, in a folder of their own: no build/ or .egg-info of earlier days has a say."""
    folder = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, source, cwd=out)
    (built,) = out.glob("*.whl")
    return built


def test_everything_is_in_the_wheel(source: Path, wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    here = {
        path.relative_to(source).as_posix()
        for package in PACKAGES
        for path in (source / package).rglob("*")
        if path.is_file()
    }
    assert packed == here
    assert {f"{CASE}/case.yaml", f"{CASE}/workbook.xlsx"} <= packed
    assert any(name.startswith(f"{CASE}/materials/") and name.endswith(".docx") for name in packed)
    assert any(name.startswith("knowledge_base/frameworks/") and name.endswith(".yaml") for name in packed)
    assert any(name.startswith("prompts/") and name.endswith(".jinja") for name in packed)


def test_the_demo_runs_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    elsewhere.mkdir()
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--quiet",
        "--no-index",
        "--no-deps",
    ]
    run(*pip, "--target", installed, wheel, cwd=elsewhere)
    assert os.access(installed / "bin" / "jiping", os.X_OK)
    vendors = sysconfig.get_path("purelib")
    run(
        sys.executable,
        "-I",
        "-S",
        "-c",
        RUN,
        installed,
        vendors,
        "demo",
        "--out",
        elsewhere / "out",
        cwd=elsewhere,
    )
    made = {path.name for path in (elsewhere / "out").rglob("*")}
    assert made >= RUN_FOLDER
