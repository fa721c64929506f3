"""Reports become passages; a search finds the right ones, and only those that one may see."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from assistant.errors import InputError, JipingError
from assistant.outlines import load_outline
from assistant.retrieval import (
    Exemplar,
    ExemplarPassage,
    HashedEmbedder,
    Store,
    passages_of,
    read_exemplar,
    shipped_exemplars,
    shipped_store,
)
from assistant.retrieval.duplicates import distinct
from assistant.retrieval.genres import genre_of
from assistant.retrieval.split import LEAST, MOST
from tests.exemplar_text import OTHER, REPORT


@pytest.fixture(scope="module")
def store() -> Store:
    return shipped_store()


def made(tmp_path: Path, text: str = REPORT, name: str = "report.md", owner: str = "甲局") -> Exemplar:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_exemplar(path, owner)


def passage(number: int, text: str, owner: str = "", approved: bool = True, genre: str = "duties") -> ExemplarPassage:
    return ExemplarPassage(f"p{number}", "e", owner, approved, "general", "局", genre, "一、履职情况", 2022, text, text)


def test_a_report_is_split_by_its_headings_into_sections_and_genres(tmp_path: Path) -> None:
    exemplar = made(tmp_path)
    assert (exemplar.unit, exemplar.kind, exemplar.year) == ("云栖县水利局", "水利局", 2022)
    assert [(p.genre, p.section.split(" / ")[-1]) for p in exemplar.passages] == [
        ("", "一、基本情况"),
        ("duties", "（一）农村供水"),
        ("duties", "（二）防汛准备"),
        ("problems", "三、存在的问题及改进措施"),
        ("measures", "三、存在的问题及改进措施"),
    ]


def test_what_may_reach_a_prompt_holds_none_of_the_report_s_facts(tmp_path: Path) -> None:
    for found in made(tmp_path).passages:
        for fact in ("云栖", "白鹭湖", "1,203.40", "2,310", "46", "62%", "4月30日", "2022"):
            assert fact not in found.masked + found.masked_section


def test_numbered_lines_of_a_word_file_are_headings_too(tmp_path: Path) -> None:
    document = Document()
    for line in REPORT.replace("#", "").split("\n"):
        if line.strip():
            document.add_paragraph(line.strip())
    document.add_paragraph(
        "（三）水土保持。治理坡地，种植护坡草皮，完工后由村组管护，验收资料齐全，群众反映良好，没有发生水毁。"
    )
    path = tmp_path / "report.docx"
    document.save(str(path))
    sections = [p.section.split(" / ")[-1] for p in read_exemplar(path).passages]
    assert sections[1:3] == ["（一）农村供水", "（二）防汛准备"]
    assert sections[-1] == "（三）水土保持"


def test_long_paragraphs_are_cut_at_points_and_sentences_and_short_ones_joined(tmp_path: Path) -> None:
    point = "是流程不顺，" + "各科室分头报送、反复修改，合同签订滞后，" * 8 + "影响支付。"
    long = "".join(f"{number}{point}" for number in "一二三")
    short = "\n\n".join(["巡查由村组负责。", "每周报送一次情况。"] * 6)
    text = f"# 一、存在的问题\n\n{long}\n\n# 二、履职情况\n\n{short}\n"
    passages = made(tmp_path, text).passages
    problems = [p.text for p in passages if p.genre == "problems"]
    assert [p[:2] for p in problems] == ["一是", "二是", "三是"]
    assert all(len(p.text) <= MOST for p in passages)
    duties = [p.text for p in passages if p.genre == "duties"]
    assert all(len(text) >= LEAST for text in duties[:-1])
    assert "".join(duties).count("巡查") == 6


@pytest.mark.parametrize(
    ("titles", "paragraph", "genre"),
    [
        (("存在的问题",), "", "problems"),
        (("总体评价和整改措施", "部门整体支出绩效存在问题及改进措施"), "下一步将提前论证", "measures"),
        (("总体评价和整改措施", "部门整体支出绩效存在问题及改进措施"), "目标不够细化，进度偏慢", "problems"),
        (("经验做法和后续计划", "后续计划"), "", "plans"),
        (("绩效目标完成情况",), "", "results"),
        (("履职情况", "就业帮扶重点工作调度和部门会商制度的建立"), "", "duties"),
        (("基本情况", "机构和人员情况"), "", ""),
        (("绩效目标实现情况分析", "预算执行情况"), "", ""),
    ],
)
def test_a_heading_says_the_genre(titles: tuple[str, ...], paragraph: str, genre: str) -> None:
    assert genre_of(titles, paragraph) == genre


def test_every_narrative_genre_of_every_outline_is_written_in_some_exemplar() -> None:
    for exemplar in shipped_exemplars():
        outline = load_outline(exemplar.outline)
        told = {section.genre for section in outline.sections if section.kind == "narrative"}
        found = {p.genre for p in exemplar.passages}
        assert {"problems", "measures"} & told <= found, exemplar.id
        assert len(exemplar.passages) > 15, exemplar.id


def test_keyword_and_vector_are_joined(store: Store) -> None:
    hits = store.search("预算执行进度偏慢 支付", k=8)
    assert len(hits) == 8
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    best = hits[0]
    assert best.score == pytest.approx(sum(1 / (60 + rank) for rank in (best.keyword_rank, best.vector_rank) if rank))
    alone = store.search("预算执行进度偏慢 支付", k=8, ways=("keyword",))
    assert {hit.vector_rank for hit in alone} == {0}


def test_filters_hold_and_the_order_within_them_is_that_of_the_search(store: Store) -> None:
    for hit in store.search("资金支付 采购", genre="problems", outline="general", k=10):
        assert (hit.passage.genre, hit.passage.outline) == ("problems", "general")
    assert all("改进" in hit.passage.section for hit in store.search("资金支付", section="改进", k=10))
    assert store.search("资金支付", genre="problems", section="没有这个标题") == []
    assert store.search(" ") == []


def test_the_same_search_gives_the_same_answer_in_another_store(store: Store) -> None:
    again = shipped_store()
    for query in ("老年人助餐", "采购成交价低于计划", "下一步工作计划"):
        assert [h.passage.id for h in store.search(query, k=20)] == [h.passage.id for h in again.search(query, k=20)]


def test_one_sees_shipped_approved_and_one_s_own(tmp_path: Path) -> None:
    mine, theirs = made(tmp_path, owner="甲局"), made(tmp_path, OTHER, "b.md", owner="乙馆")
    private = Store(passages_of([mine, theirs]))
    assert {h.passage.owner for h in private.search("农村供水 场地预约 培训", owner="甲局", k=50)} == {"甲局"}
    assert private.search("农村供水 场地预约", owner="丙办", k=50) == []
    opened = Store([replace(p, approved=True) for p in theirs.passages])
    assert opened.search("场地预约", owner="丙办")[0].passage.exemplar == theirs.id


def test_few_visible_among_many_are_all_found() -> None:
    many = [
        passage(n, f"第{n}处{'甲乙丙丁戊己庚辛'[n % 8]}山塘巡查{n}次，隐患销号，{'责任到人' * (n % 5)}")
        for n in range(400)
    ]
    own = replace(
        many[37], id="own", owner="甲局", approved=False, text="泵站检修完成，责任到人", masked="泵站检修完成，责任到人"
    )
    others = [replace(p, owner="乙局", approved=False) for p in many]
    found = Store([*others, own]).search("泵站检修", owner="甲局", k=5)
    assert [hit.passage.id for hit in found] == ["own"]


def test_the_same_passage_is_kept_once_and_nobody_loses_theirs_to_a_stranger() -> None:
    text = "巡查由每月一次改为每周一次，发现漏点当天报修，修复情况由村组签字确认，逾期未修的在月度例会上说明原因，连续两月逾期的扣减管护补助，并由乡镇另行安排人员接手。"
    same = passage(1, text)
    numbers = replace(passage(2, text + "共12处"), masked=text + "共〔数〕处")
    near = passage(3, text.replace("村组", "村民小组"))
    other = passage(4, "档案按年度归档，借阅登记，专人保管，到期鉴定销毁。")
    assert [p.id for p in distinct([same, numbers, near, other])] == ["p1", "p4"]
    one, two = (replace(same, id=owner, owner=owner, approved=False) for owner in ("甲局", "乙局"))
    assert [p.id for p in distinct([one, two])] == ["甲局", "乙局"]
    assert [p.id for p in distinct([one, replace(one, id="again")])] == ["甲局"]


def test_the_hashed_embedder_is_the_same_everywhere() -> None:
    vectors = HashedEmbedder().embed(["预算执行率", "预算执行偏慢", "文艺演出", ""])
    assert vectors.shape == (4, HashedEmbedder.dimension)
    assert float((vectors[0] ** 2).sum()) == pytest.approx(1)
    assert float(vectors[0] @ vectors[1]) > 0.4 > float(vectors[0] @ vectors[2])
    assert not vectors[3].any()
    assert [int(n) for n in vectors[0].nonzero()[0][:4]] == [172, 201, 288, 400]


class Made:
    """An embedder whose vectors are as long as it is told; it fails when it is told to."""

    def __init__(self, name: str, length: int = 3) -> None:
        self.name, self.length, self.asked, self.down = name, length, 0, False

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        if self.down:
            raise JipingError("向量服务没有回答。")
        self.asked += len(texts)
        return [[float(len(text) % 7 + 1), *([1.0] * (self.length - 1))] for text in texts]


def test_known_vectors_are_not_made_again_and_another_length_makes_all_again(tmp_path: Path) -> None:
    passages = made(tmp_path).passages
    first = Made("a")
    store = Store(passages, first)
    assert first.asked == len(passages)
    again = Made("a")
    Store([*passages, passage(9, "新增一段")], again, store.vectors)
    assert again.asked == 1
    longer = Made("a", 4)
    whole = Store([*passages, passage(9, "新增一段")], longer, store.vectors)
    assert {len(vector) for vector in whole.vectors.values()} == {4}


def test_without_its_endpoint_a_store_falls_back_and_says_so(tmp_path: Path) -> None:
    passages = made(tmp_path).passages
    down = Made("a")
    down.down = True
    hashed = Store(passages, down)
    assert hashed.trouble == "向量服务没有回答。"
    assert hashed.search("农村供水", owner="甲局")[0].vector_rank > 0
    failing = Made("a")
    store = Store(passages, failing)
    failing.down = True
    assert {hit.vector_rank for hit in store.search("农村供水", owner="甲局")} == {0}
    assert store.trouble
    changed = Made("a")
    other = Store(passages, changed)
    changed.length = 5
    assert {hit.vector_rank for hit in other.search("农村供水", owner="甲局")} == {0}
    assert "维数" in other.trouble


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("secret.md", "机密★3年\n\n# 一、履职情况\n\n巡查由村组负责，每周报送一次情况。", "密级"),
        ("inner.md", "内部资料，注意保存\n\n# 一、履职情况\n\n巡查由村组负责，每周报送一次情况。", "内部资料"),
        ("empty.md", "", "空的"),
        ("table.md", "| 指标 | 得分 |\n| --- | --- |\n| 执行率 | 9 |\n", "段落"),
        ("head.md", "---\ntitle: [1\n---\n\n正文", "YAML"),
        ("other.csv", "a,b", "不支持"),
    ],
)
def test_what_cannot_be_an_exemplar_is_refused_by_name(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        made(tmp_path, text, name)
    assert name in str(caught.value)


def test_secrecy_spoken_of_is_no_mark(tmp_path: Path) -> None:
    assert made(
        tmp_path, REPORT + "\n# 四、其他\n\n保密工作按规定开展，没有发生失密泄密，涉密载体按机密、秘密分级登记。\n"
    ).passages


def test_front_matter_is_printed_on_one_line(tmp_path: Path) -> None:
    text = '---\ntitle: "a\\e[31mb\\nc"\nunit: 云栖县水利局\nyear: 2022\n---\n' + REPORT
    exemplar = made(tmp_path, text)
    assert exemplar.title == "a[31mbc"
    assert not any("title" in p.text for p in exemplar.passages)


def test_a_report_of_five_hundred_pages_is_split_in_time_proportional_to_it(tmp_path: Path) -> None:
    body = REPORT.split("# 二")[1]

    def taken(times: int) -> float:
        text = "\n".join(body.replace("白鹭湖", f"第{n}处").replace("46", str(n)) for n in range(times))
        start = time.process_time()
        made(tmp_path, "# 二" + text, f"{times}.md")
        return time.process_time() - start

    taken(5)
    assert taken(200) < 30 * max(taken(20), 0.01)
