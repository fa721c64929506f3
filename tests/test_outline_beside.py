"""A city's outline may lie beside its framework: no file of the program has to be touched."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from assistant.cli.app import main
from assistant.errors import FrameworkError, UsageError
from assistant.frameworks import load_framework
from assistant.outlines import load_outline

CITY = Path(__file__).parent / "cities" / "qingjiang-2023.yaml"
OUTLINE = (files("knowledge_base") / "outlines" / "shenzhen-futian-2020.yaml").read_text("utf-8")


def city(folder: Path, outline: str) -> Path:
    lines = CITY.read_text("utf-8").splitlines()
    path = folder / "mine.yaml"
    path.write_text("\n".join(f"outline: {outline}" if x.startswith("outline:") else x for x in lines), "utf-8")
    return path


def test_an_outline_beside_the_framework_is_used(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(OUTLINE.replace("一、", "第一部分、", 1), "utf-8")
    framework = load_framework(str(city(tmp_path, "ours.yaml")))
    assert any(section.heading.startswith("第一部分、") for section in load_outline(framework.outline).sections)


@pytest.mark.parametrize("name", ["../ours.yaml", "not-there.yaml", "no-such-outline"])
def test_one_that_is_not_there_or_lies_outside_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "ours.yaml").write_text(OUTLINE, "utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    with pytest.raises(UsageError, match="没有提纲"):
        load_outline(load_framework(str(city(inside, name))).outline)


def test_a_fault_in_it_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(OUTLINE.replace("appendix:", "appendices:"), "utf-8")
    with pytest.raises(FrameworkError, match=r"ours\.yaml"):
        load_outline(load_framework(str(city(tmp_path, "ours.yaml"))).outline)


def test_the_check_looks_at_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = city(tmp_path, "ours.yaml")
    with pytest.raises(SystemExit) as stopped:
        main(["frameworks", "check", str(path)])
    assert stopped.value.code == 2
    assert "提纲" in "".join(capsys.readouterr())
