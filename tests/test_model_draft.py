"""`draft` with an endpoint: what reaches the page from models that do well, slip, break, or are not there."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from assistant.documents import read_document
from assistant.models import connect
from assistant.pipeline import Run, Writer, draft_case
from assistant.settings import Settings
from assistant.slots import slots
from evals.endpoint import Answer, Script, failure, says, serve
from evals.endpoint.personas.asked import Messages, read
from evals.endpoint.personas.faithful import paragraph

CASE = Path(__file__).resolve().parents[1] / "evals/cases/longgang-civil-affairs-2021"
SHOWN = ("全年开展〔项目〕〔数〕，惠及〔数〕。", "全年开展邻里守望行动36场，惠及2,100人。")


@contextmanager
def writer(script: Script, **given: object) -> Iterator[Writer]:
    """A model behind a real endpoint, with one exemplar passage to show."""
    with serve(script) as served:
        settings = Settings(base_url=served.base_url, model="scripted", retries=0, **given)  # type: ignore[arg-type]
        chat = connect(settings)
        assert chat is not None
        yield Writer(chat, lambda assignment, family: [SHOWN])


def run(script: Script, out: Path, section: str = "problems", **given: object) -> Run:
    with writer(script, **given) as one:
        return draft_case(CASE, out, section=section, writer=one)


def authors(folder: Path) -> list[str]:
    data = json.loads((folder / "draft.json").read_text("utf-8"))
    return [sentence["author"] for section in data["sections"] for sentence in section["sentences"]]


def faithful(messages: Messages) -> str:
    asked = read(messages)
    if asked.again:
        return "".join(asked.points[0].must)
    return "\n".join(paragraph(point, Random(1)) for point in asked.points)


def test_a_model_that_does_as_it_is_told_is_printed_and_marked(tmp_path: Path) -> None:
    made = run(says(faithful), tmp_path / "out")
    assert made.tally.passed > 5
    assert (made.tally.repaired, made.tally.replaced, made.check.errors) == (0, 0, 0)
    assert "model" in authors(tmp_path / "out")
    assert "人工智能辅助生成" in read_document(tmp_path / "out/report.docx").text
    with zipfile.ZipFile(tmp_path / "out/report.docx") as package:
        assert b'name="AIGC"' in package.read("docProps/custom.xml")
    record = json.loads((tmp_path / "out/run.json").read_text("utf-8"))
    assert record["model"] == "scripted"
    assert record["usage"]["calls"] >= 1
    assert {"draft-system.v1", "draft-points.v1"} <= record["prompts"].keys()


def test_without_the_marks_where_the_setting_says_so(tmp_path: Path) -> None:
    with writer(says(faithful)) as one:
        draft_case(CASE, tmp_path / "out", section="problems", writer=Writer(one.chat, one.look, ai_mark=False))
    assert "人工智能" not in read_document(tmp_path / "out/report.docx").text


def test_the_same_replies_give_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        run(says(faithful), tmp_path / name)
    for file in ("report.docx", "report.md", "draft.json", "check.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def spoilt(change: Callable[[str], str]) -> Callable[[Messages], str]:
    """A model that changes each of its first paragraphs, and cannot be brought to mend them."""
    return lambda messages: "\n".join(change(line) for line in faithful(messages).splitlines())


SPOILT: dict[str, tuple[Callable[[str], str], str]] = {
    "a number typed": (lambda text: text.replace("。", "，惠及群众3200人。", 1), "3200"),
    "a rank": (lambda text: text.replace("。", "，走在全市前列。", 1), "走在全市前列"),
    "a cause": (lambda text: f"因机构改革未到位，{text}", "机构改革"),
    "an honour": (lambda text: f"{text}获评全省先进集体。", "先进集体"),
    "a made-up slot": (lambda text: text.replace("。", "，共[[m999:value]]。", 1), "m999"),
    "markdown": (lambda text: f"**{text}**", "**"),
    "an exemplar's words": (lambda text: text + SHOWN[1], "邻里守望"),
    "talk to the reader": (lambda text: f"{text}以上内容供您参考，如需修改请告知。", "供您参考"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_a_model_adds_does_not_reach_the_page(tmp_path: Path, name: str) -> None:
    change, words = SPOILT[name]
    made = run(says(spoilt(change)), tmp_path / "out")
    assert words not in read_document(tmp_path / "out/report.docx").text
    assert made.tally.faults
    assert made.check.errors == 0


def test_what_a_model_leaves_out_is_put_back_as_the_offline_drafter_wrote_it(tmp_path: Path) -> None:
    draft_case(CASE, tmp_path / "offline", section="problems")
    run(says(lambda messages: "存在一些问题。"), tmp_path / "out")
    text, wanted = (read_document(tmp_path / name / "report.docx").text for name in ("out", "offline"))
    assert text == wanted


def test_one_spoilt_sentence_costs_that_sentence_alone(tmp_path: Path) -> None:
    def drops_the_last(messages: Messages) -> str:
        return "\n".join("".join(line.split("。")[:-2]) + "。" for line in faithful(messages).splitlines())

    made = run(says(drops_the_last), tmp_path / "out")
    data = json.loads((tmp_path / "out/draft.json").read_text("utf-8"))
    said = "".join(s["slotted"] for section in data["sections"] for s in section["sentences"])
    draft_case(CASE, tmp_path / "offline", section="problems")
    data = json.loads((tmp_path / "offline/draft.json").read_text("utf-8"))
    wanted = [s.id for section in data["sections"] for one in section["sentences"] for s in slots(one["slotted"])]
    assert all(f"[[{id}" in said for id in wanted)
    assert made.check.errors == 0


def test_a_repair_takes_the_place_of_the_faulty_sentence_alone(tmp_path: Path) -> None:
    """The model mends by writing the whole paragraph anew: what it had right the first time stays as it was."""

    slips = 0

    def slips_once(messages: Messages) -> str:
        nonlocal slips
        if read(messages).again:
            return faithful(messages)
        slips += 1
        return SPOILT["a rank"][0](faithful(messages))

    clean = run(says(faithful), tmp_path / "clean", section="duties")
    made = run(says(slips_once), tmp_path / "out", section="duties")
    assert (made.tally.repaired, made.tally.replaced) == (slips, 0)
    assert made.tally.passed == clean.tally.passed - slips
    assert authors(tmp_path / "out").count("repaired") == slips


BROKEN: dict[str, tuple[Script, str]] = {
    "wrong key": (lambda request: failure(401, "bad key"), "密钥"),
    "wrong model": (lambda request: failure(404, "no such model"), "模型"),
    "cut off": (lambda request: Answer("写到一半", finish="length"), "没有写完"),
    "empty": (lambda request: Answer(""), "空"),
    "a web page": (lambda request: Answer(status=200, body=b"<html>login</html>"), "接口"),
    "server error": (lambda request: failure(503, "busy"), "服务"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_endpoint_that_breaks_leaves_the_offline_draft_and_is_told_once(tmp_path: Path, name: str) -> None:
    script, told = BROKEN[name]
    made = run(script, tmp_path / "out")
    draft_case(CASE, tmp_path / "offline", section="problems")
    assert read_document(tmp_path / "out/report.docx").text == read_document(tmp_path / "offline/report.docx").text
    assert len(made.tally.failures) == 1
    assert told in made.tally.failures[0]
    assert set(authors(tmp_path / "out")) == {"offline"}


def test_an_endpoint_that_dies_half_way_leaves_a_whole_report(tmp_path: Path) -> None:
    asked = 0

    def dies(request: dict[str, object]) -> Answer:
        nonlocal asked
        asked += 1
        return says(faithful)(request) if asked <= 3 else failure(401, "expired")

    made = run(dies, tmp_path / "out", section="duties", concurrency=1)
    assert made.tally.passed
    assert made.tally.stopped
    assert asked < 8
    assert {"model", "offline"} <= set(authors(tmp_path / "out"))
    assert made.check.errors == 0


def test_a_long_section_is_asked_for_again_in_smaller_pieces(tmp_path: Path) -> None:
    def small(request: dict[str, object]) -> Answer:
        messages: list[dict[str, str]] = request["messages"]  # type: ignore[assignment]
        if len(read(messages).points) > 1:
            return Answer("太长了", finish="length")
        return says(faithful)(request)

    made = run(small, tmp_path / "out", section="duties")
    assert made.tally.passed > 10
    assert not made.tally.failures


def test_an_exemplar_reaches_the_prompt_masked_and_fenced(tmp_path: Path) -> None:
    with serve(says(faithful)) as served:
        chat = connect(Settings(base_url=served.base_url, model="scripted"))
        assert chat is not None
        draft_case(CASE, tmp_path / "out", section="problems", writer=Writer(chat, lambda a, f: [SHOWN]))
        sent = "\n".join(m["content"] for request in served.chats for m in request.body["messages"])
    assert SHOWN[0] in sent
    assert "邻里守望" not in sent


@pytest.mark.parametrize(("room", "all_of_it"), [(500, False), (1200, False), (2500, True)])
def test_a_small_model_is_sent_no_more_than_it_holds(tmp_path: Path, room: int, all_of_it: bool) -> None:
    with serve(says(faithful)) as served:
        chat = connect(Settings(base_url=served.base_url, model="scripted", context_chars=room))
        assert chat is not None
        long = Writer(chat, lambda assignment, family: [("范文" * 400, "范文" * 400)])
        made = draft_case(CASE, tmp_path / "out", section="duties", writer=long)
        sizes = [sum(len(m["content"]) for m in request.body["messages"]) for request in served.chats]
    assert all(size <= room for size in sizes)
    assert made.check.errors == 0
    assert bool(sizes) == (room > 500)
    assert bool(made.tally.failures) != all_of_it
