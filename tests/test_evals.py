"""`jiping eval`: what it writes and prints, and how it answers a wrong name."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.cli.app import main
from evals import suites
from evals import thresholds as limits
from evals.page import page
from evals.plant.sources import Source
from evals.plant.trial import Tally, Trial
from evals.results import Bars, Options, Result, Table
from evals.suites import SUITES, chosen, numbers
from evals.thresholds import missed, read

VOID = {"meta", "br"}


class Balanced(HTMLParser):
    """Fails where a tag is not closed, and remembers all tags and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def jiping(*args: str | Path) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(arg) for arg in args])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """One case, one mutant of a class and report."""
    monkeypatch.setattr(numbers, "sources", lambda thorough: (Source(shipped="jinshui-organization-2021"),))
    monkeypatch.setattr(numbers, "MOST", {True: 1, False: 1})


@pytest.mark.usefixtures("small")
def test_a_suite_prints_its_tables_and_writes_json_and_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jiping("eval", "numbers", "--out", tmp_path / "out") == 0
    told = capsys.readouterr().out
    assert "查出率" in told
    assert "改一位数字" in told
    data = json.loads((tmp_path / "out" / "eval.json").read_text("utf-8"))
    (suite,) = data["suites"]
    assert suite["suite"] == "numbers"
    figures = suite["figures"]
    assert figures["total.made"] == sum(n for key, n in figures.items() if key.endswith(".made")) / 2 > 20
    assert figures["改一位数字.caught"] == 2
    reader = Balanced()
    reader.feed((tmp_path / "out" / "eval.html").read_text("utf-8"))
    assert reader.open == []
    assert {"table", "caption", "details"} <= reader.seen
    assert reader.links == []
    assert "script" not in reader.seen


def test_with_json_on_stdout_the_tables_go_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Table("一张表", ("名称", "查出率"), (("甲", "97.5%"),), ("一条注",))
    monkeypatch.setattr(suites, "suite", lambda name: lambda options: Result(name, "试", (table,), {"a": 1}))
    monkeypatch.setattr(limits, "thresholds", lambda: read("甲: {}"))
    assert jiping("eval", "--out", tmp_path, "--json", "-") == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == json.loads((tmp_path / "eval.json").read_text("utf-8"))
    assert [suite["suite"] for suite in json.loads(out)["suites"]] == list(SUITES)
    assert json.loads(out)["thorough"] is False
    for word in ("一张表", "查出率", "97.5%", "一条注"):
        assert word in err


LIMITS = read("""
甲:
  "*.wrong": {at_most: "0", why: 不得有错}
  share: {at_least: "0.9", thorough: true, why: 例数够才看}
""")


def measuring(monkeypatch: pytest.MonkeyPatch, wrong: int, share: str) -> None:
    """`jiping eval` with one suite that measures this, under `LIMITS`."""
    chart = Bars("一张图", ("好", "坏"), (("模型", (3, 1)),))
    result = Result("甲", "试", (), {"model.wrong": wrong, "share": share}, charts=(chart,))
    monkeypatch.setattr(suites, "SUITES", {"甲": "试"})
    monkeypatch.setattr(suites, "suite", lambda name: lambda options: result)
    monkeypatch.setattr(limits, "thresholds", lambda: LIMITS)


@pytest.mark.parametrize(
    ("names", "wrong", "share", "says"),
    [
        ((), 0, "0.95", ""),
        ((), 2, "0.95", "model.wrong=2，要求≤0（不得有错）"),
        ((), 0, "0.50", ""),
        (("甲",), 0, "0.50", "share=0.50，要求≥0.9（例数够才看）"),
    ],
)
def test_a_missed_limit_is_exit_code_1_and_stands_everywhere(
    names: tuple[str, ...], wrong: int, share: str, says: str,
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    measuring(monkeypatch, wrong, share)
    assert jiping("eval", *names, "--out", tmp_path) == (1 if says else 0)
    (suite,) = json.loads((tmp_path / "eval.json").read_text("utf-8"))["suites"]
    html = (tmp_path / "eval.html").read_text("utf-8")
    told = capsys.readouterr().out
    if not says:
        assert suite["missed"] == []
        assert "没有达到" not in told + html
        return
    assert suite["missed"] == [says]
    assert f"没有达到要求：甲 {says}" in told
    assert html.index(says) < html.index("<h2")


def test_a_limit_without_a_figure_is_missed_unless_only_a_thorough_run_has_it() -> None:
    both = LIMITS.suites["甲"]
    assert missed(both, {}, thorough=False) == ("*.wrong 要求≤0，没有测出这个数",)
    assert len(missed(both, {}, thorough=True)) == 2


def test_the_page_draws_its_charts_without_help() -> None:
    chart = Bars("句子", ("通过", "换回<b>"), (("faithful", (90, 10)), ("没有", (0, 0))))
    html = page([Result("x", "", (), charts=(chart,))])
    reader = Balanced()
    reader.feed(html)
    assert reader.open == []
    assert "svg" in reader.seen
    assert "b" not in reader.seen
    widths = [int(width) for width in re.findall(r'<rect x="\d+" y="3" width="(\d+)"', html)]
    assert widths[0] == 9 * widths[1] > 0


def test_an_unknown_suite_is_answered_with_the_known_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert jiping("eval", "numbres", "--out", tmp_path / "out") == 2
    error = capsys.readouterr().err.strip()
    assert len(error.splitlines()) == 1
    for word in ("numbres", "all", *SUITES):
        assert word in error
    assert not (tmp_path / "out").exists()


def test_an_unknown_model_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert jiping("eval", "numbers", "--model", "gpt", "--out", tmp_path / "out") == 2
    assert "gpt" in capsys.readouterr().err


def test_no_name_and_all_mean_every_suite() -> None:
    assert chosen([]) == chosen(["all"]) == chosen(["numbers", "all"]) == tuple(SUITES)
    assert chosen(["speed"]) == ("speed",)


def test_the_weakest_class_stands_first_and_the_sum_last() -> None:
    tallies = {"甲": Tally(made=200, caught=199), "乙": Tally(made=50, caught=40), "丙": Tally(made=10, caught=10)}
    trial = Trial("一份", tallies, misses=["【乙】一处"])
    rows = numbers.told(numbers.Measured((trial,))).tables[0].rows
    shown = [(row[0], row[3]) for row in rows if row[3] != "—"]
    assert shown == [("乙", "80.0%"), ("甲", "99.5%"), ("丙", "100.0%"), ("总计", "95.8%")]


def test_the_quick_set_is_a_share_of_the_whole() -> None:
    quick, whole = numbers.sources(False), numbers.sources(True)
    assert set(quick) < set(whole)
    assert numbers.MOST[False] < numbers.MOST[True]


def test_what_a_report_says_cannot_reach_the_page_as_markup() -> None:
    result = Result("x", "<b>", (Table("<i>", ("a",), (("97.5%",), ("<script>",)), ("&",)),), misses=("<img src=x>",))
    html = page([result])
    reader = Balanced()
    reader.feed(html)
    assert reader.seen.isdisjoint({"b", "i", "script", "img"})
    assert "&lt;script&gt;" in html
    assert "97.5%" in html
    assert Options().thorough is False
