"""The yardsticks of `jiping eval speed`: what is quadratic is called so, peers do the same work, and nothing is asked of all pairs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.documents import plain, read_document
from assistant.intake import Case
from assistant.numbers import find_numbers
from assistant.report import write_docx
from assistant.scorecard import score
from assistant.subjects import LONGEST, contexts, sentence_ends
from assistant.verify import check_alone
from assistant.verify.check import with_rubric
from assistant.verify.reading.places import seen_numbers
from evals.clock import growth_row, ratio_row
from evals.suites import speed_reading, speed_startup
from evals.suites.speed_hostile import hostile_documents
from evals.suites.speed_making import assembled, write_bare
from evals.suites.speed_samples import with_figures

SIZES = (100, 400, 1600)


@pytest.mark.parametrize(
    ("power", "met"),
    [(1.0, True), (1.1, True), (1.5, False), (2.0, False)],
    ids=["linear", "n log n", "n√n", "quadratic"],
)
def test_what_grows_faster_than_its_input_is_called_so(power: float, met: bool) -> None:
    row = growth_row("k", "核对", SIZES, [size**power for size in SIZES], "字")
    assert row.met is met
    assert row.verdict == ("达到" if met else "未达到")


def test_one_bad_step_is_not_hidden_by_a_good_one() -> None:
    assert growth_row("k", "核对", SIZES, [1.0, 4.0, 64.0], "字").met is False


def test_a_ratio_is_held_against_its_budget() -> None:
    assert ratio_row("k", "找数", (0.038, 0.002), "20", "于正则").met is True
    assert ratio_row("k", "找数", (0.042, 0.002), "20", "于正则").met is False


@pytest.mark.parametrize("number", [500, 2000])
def test_a_ledger_is_filled_up_to_the_number_of_figures_that_the_row_names(number: int, futian: Case) -> None:
    assert len(with_rubric(with_figures(score(futian), number))) == number


def test_python_docx_is_given_the_same_words_to_write(futian: Case, tmp_path: Path) -> None:
    document = assembled(futian)
    write_docx(document, tmp_path / "ours.docx")
    write_bare(document, tmp_path / "bare.docx")
    ours, bare = (read_document(tmp_path / name).text for name in ("ours.docx", "bare.docx"))
    assert [m.text for m in find_numbers(bare) if m.is_quantity] != []
    assert len(bare) > 0.9 * len(ours)


@pytest.mark.parametrize("python", ["no/such/python", sys.executable], ids=["not there", "without the peers"])
def test_without_the_peers_their_rows_say_so(python: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(speed_reading.PEERS, python)
    rows = speed_reading.beside_peers("全年支出12.5万元。", ours=10.0)
    assert rows
    assert all("未安装" in row.measured and row.met is None for row in rows)


def test_checking_a_text_starts_without_the_heavy_parts(tmp_path: Path) -> None:
    row = next(row for row in speed_startup.startup(tmp_path, rounds=1) if row.key == "startup.heavy")
    assert row.met is True


def test_a_heavy_part_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed_startup, "HEAVY", ("typer",))
    row = next(row for row in speed_startup.startup(tmp_path, rounds=1) if row.key == "startup.heavy")
    assert row.met is False
    assert row.measured == "typer"


def pieces(text: str) -> list[str]:
    ends = [0, *sentence_ends(text), len(text)]
    return [text[start:end] for start, end in pairwise(ends)]


def test_sentences_end_where_they_end() -> None:
    assert pieces("支出12万元。结余3万元；\n合计") == ["支出12万元。", "结余3万元；", "\n", "合计"]


def test_a_text_that_never_ends_a_sentence_is_cut_at_its_commas() -> None:
    text = "完成投资12.5万元，" * 1000
    cut = pieces(text)
    assert "".join(cut) == text
    assert max(map(len, cut)) <= LONGEST
    assert all(piece.endswith("，") for piece in cut if piece)


def test_what_is_said_of_a_number_is_bounded_however_long_the_sentence() -> None:
    text = "12.5" * 3 + "万元与" * 3000 + "全年支出7万元"
    context = contexts(text, find_numbers(text))[-1]
    assert context.before.endswith("全年支出")
    assert len(context.before) <= LONGEST
    assert len(context.earlier) <= LONGEST


def heads(lines: Sequence[str]) -> list[tuple[str, ...]]:
    text = plain.read("t.txt", "\n".join(lines).encode("utf-8"))
    return [
        (seen.mention.text, *seen.place.row_heads[:1], *seen.place.column_heads)
        for seen in seen_numbers(text, find_numbers(text.text))
    ]


def test_a_wide_row_is_read_by_its_nearest_heads() -> None:
    names = [f"项目{chr(0x7532 + n % 10)}" for n in range(400)]
    seen = heads(["\t".join(["名称", *names]), "\t".join(["支出", *["12.5"] * 400])])
    assert seen[299] == ("12.5", "支出", names[299])


@pytest.mark.parametrize("name", hostile_documents(100))
def test_hostile_documents_are_read_to_their_end(name: str) -> None:
    text = plain.read("t.txt", hostile_documents(4000)[name].encode("utf-8"))
    assert len(text.text) > 2000
    last = find_numbers(text.text)[-1:]
    assert [m.mention for m in check_alone(text).mentions][-1:] == last
