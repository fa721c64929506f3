"""jiping eval retrieval: does a search find passages of the right section, and on the right topic, in other people's reports.

Queries are made mechanically: from each narrative section of each exemplar, which is then left out of the store, and from the briefs of
the shipped cases. Nothing of a query tells the store which genre is wanted but its words; the filters are off, except in the last rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, islice

from assistant.briefs import Brief
from assistant.masking import masked, unblanked
from assistant.outlines import Section
from assistant.retrieval import Exemplar, ExemplarPassage, HashedEmbedder, Hit, Store, passages_of, shipped_exemplars
from assistant.retrieval.keyword import tokens
from evals.authored import shipped_cases
from evals.results import Options, Result, Table

K = 5
_LEAST, _WORDS = 3, 12
"""So many content words a query has at least and at most."""
_A_SECTION = 8
"""So many queries a section of a case gives at most."""
_DEPTH = 50
"""So far down the list the first right passage is looked for."""
_QUICK = 3
"""One query in so many, where time is short."""
WAYS = {
    "hybrid": ("两种合并", ("keyword", "vector")),
    "keyword": ("只按词语", ("keyword",)),
    "vector": ("只按向量", ("vector",)),
}
TOPICS = {
    name: words.split()
    for name, words in {
        "执行": "执行率 进度 支付 序时 付款", "采购": "采购 招标 成交价", "资产": "资产 闲置 账实 设备", "目标": "绩效目标 指标值 指标设置",
        "满意": "满意", "人员": "编制 编外 招聘 岗位", "培训": "培训 授课", "投诉": "信访 投诉 热线", "宣传": "宣传 普法", "养老": "养老 老年 老人 适老",
        "儿童": "学校 学生 幼儿 托育 儿童", "医疗": "医院 疾控 门诊 医生", "工程": "工程 施工 竣工 改造", "环境": "垃圾 保洁 绿化 秸秆",
        "党建": "党员 干部 党建 人才", "安全": "安全 隐患 消防", "困难": "低保 救助 残疾 困难", "制度": "制度 内控 台账 档案",
    }.items()
}  # fmt: skip
"""What a passage is about, as far as single words tell."""


@dataclass(frozen=True, slots=True)
class Query:
    """`source` is the kind of query, `left_out` the exemplar that may not answer it ("": a case's)."""

    source: str
    left_out: str
    genre: str
    text: str
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """The rank of the first right passage, by its section and by section and topic; 0: none, None: there is none to be found."""

    query: Query
    section: int
    topic: int | None


def retrieval(options: Options) -> Result:
    """Recall@5 and MRR of the right section, by keyword and by vector together and alone, over all queries or a third of them."""
    exemplars = shipped_exemplars()
    queries = [*_of_exemplars(exemplars), *_of_cases()]
    asked = queries if options.thorough else queries[::_QUICK]
    stores = _stores(exemplars, options)
    found = {way: [_judged(q, stores[q.left_out], ways, "") for q in asked] for way, (_, ways) in WAYS.items()}
    narrowed = {way: [_judged(q, stores[q.left_out], ways, q.genre) for q in asked] for way, (_, ways) in WAYS.items()}
    chance = sum(1 - (1 - _share(q, stores[q.left_out])) ** K for q in asked) / max(len(asked), 1)
    sources = list(dict.fromkeys(q.source for q in asked))
    table = Table(
        "找到对的章节", ("查询", "条数", "办法", f"同类章节 前{K}命中", "MRR", f"同类且同题 前{K}命中", "MRR"),
        tuple(_rows(found, sources)),
        (
            f"每份范文逐一留出，只在其余{len(exemplars) - 1}份里找；随机取{K}段碰上同类章节的机会是{chance:.1%}。",
            "“同题”只算别的报告里确有同类同题段落的查询，题目按若干词判断；不加任何过滤条件。",
        ),
    )  # fmt: skip
    filtered = Table(
        "加上类别过滤", ("查询", "条数", "办法", f"同类章节 前{K}命中", "MRR", f"同类且同题 前{K}命中", "MRR"),
        tuple(_rows(narrowed, [])), ("过滤之后章节必然同类，看的是题目。",),
    )  # fmt: skip
    figures: dict[str, str | int] = {"queries": len(asked), "chance": f"{chance:.4f}"}
    for way, judged in found.items():
        figures |= {
            f"{way}.recall": f"{_recall(_sections(judged)):.4f}",
            f"{way}.mrr": f"{_mrr(_sections(judged)):.4f}",
        }
        figures |= {
            f"{way}.topic_recall": f"{_recall(_topics(judged)):.4f}",
            f"{way}.topic_mrr": f"{_mrr(_topics(judged)):.4f}",
        }
    figures["filtered.topic_recall"] = f"{_recall(_topics(narrowed['hybrid'])):.4f}"
    misses = [
        f"{j.query.source}（{j.query.left_out or '案例'}，{j.query.genre}）：{j.query.text}"
        for j in found["hybrid"]
        if not 0 < j.section <= K
    ]
    return Result("retrieval", "范文检索：能否从别家的报告里找到对的章节", (table, filtered), figures, tuple(misses))


def _stores(exemplars: tuple[Exemplar, ...], options: Options) -> dict[str, Store]:
    """A store without each exemplar, and one with all under ""; each passage is embedded once."""
    whole = Store(passages_of(exemplars), HashedEmbedder())
    stores = {"": whole}
    for done, exemplar in enumerate(exemplars):
        options.tick(done, len(exemplars))
        others = passages_of(e for e in exemplars if e.id != exemplar.id)
        stores[exemplar.id] = Store(others, whole.embedder, whole.vectors)
    return stores


def _of_exemplars(exemplars: Iterable[Exemplar]) -> Iterator[Query]:
    """For each narrative section: its heading with its content words, and the words alone. Both as they stand when masked."""
    for exemplar in exemplars:
        sections = groupby(exemplar.passages, key=lambda p: (p.genre, p.masked_section))
        for (genre, section), group in sections:
            passages = list(group)
            words = _content(" ".join(p.masked for p in passages))
            if not genre or len(words) < _LEAST:
                continue
            topics = _about(" ".join(p.text for p in passages))
            heading = unblanked(section.replace(" / ", " "))
            yield Query("范文的标题和内容词", exemplar.id, genre, f"{heading} {' '.join(words)}", topics)
            yield Query("范文的内容词", exemplar.id, genre, " ".join(words), topics)


def _of_cases() -> Iterator[Query]:
    """For each narrative section of each shipped case: its heading with the words of a topic, a task or a problem."""
    for case in shipped_cases():
        headings = _headings(case.outline.sections)
        for brief in case.briefs:
            if not brief.genre:
                continue
            for said in islice(_said(brief), _A_SECTION):
                if len(words := _content(masked(said))) >= _LEAST:
                    text = f"{headings[brief.section]} {' '.join(words)}"
                    yield Query("案例的标题和要写的事", "", brief.genre, text, _about(said))


def _headings(sections: Iterable[Section]) -> dict[str, str]:
    """Section id -> the heading that it stands under."""
    found, last = {}, ""
    for section in sections:
        last = section.heading or last
        found[section.id] = last
    return found


def _said(brief: Brief) -> Iterator[str]:
    """What a section is about, one thing at a time."""
    if brief.genre in ("problems", "measures"):
        yield from (p.measure or p.text if brief.genre == "measures" else p.text for p in brief.problems)
    for item in brief.items:
        yield from (f"{item.name} {topic.label} {' '.join(f.text for f in topic.facts[:2])}" for topic in item.topics)
        yield from (f"{item.name} {task.name}" for task in item.tasks)
    yield from (f"{topic.label} {' '.join(f.text for f in topic.facts[:2])}" for topic in brief.topics)


def _content(text: str) -> list[str]:
    """The first content words of a masked text."""
    found = dict.fromkeys(word for word in tokens(unblanked(text)) if len(word) > 1 and not word.isdigit())
    return list(found)[:_WORDS]


def _about(text: str) -> frozenset[str]:
    return frozenset(name for name, words in TOPICS.items() if any(word in text for word in words))


def _judged(query: Query, store: Store, ways: tuple[str, ...], genre: str) -> Judged:
    hits = store.search(query.text, genre=genre, k=_DEPTH, ways=ways)
    topical = any(_on_topic(p, query) for p in store.passages)
    return Judged(
        query,
        _first(hits, lambda passage: passage.genre == query.genre),
        _first(hits, lambda passage: _on_topic(passage, query)) if topical else None,
    )


def _on_topic(passage: ExemplarPassage, query: Query) -> bool:
    return passage.genre == query.genre and not query.topics.isdisjoint(_about(passage.text))


def _first(hits: list[Hit], right: Callable[[ExemplarPassage], bool]) -> int:
    return next((rank for rank, hit in enumerate(hits, 1) if right(hit.passage)), 0)


def _share(query: Query, store: Store) -> Decimal:
    """How much of a store is of the right genre: what a passage drawn by chance is worth."""
    return Decimal(sum(p.genre == query.genre for p in store.passages)) / max(len(store.passages), 1)


def _rows(found: dict[str, list[Judged]], sources: list[str]) -> Iterator[tuple[str, ...]]:
    """A row for each kind of query and way, then all together."""
    for source in [*sources, "合计"]:
        for way, judged in found.items():
            chosen = [j for j in judged if source in ("合计", j.query.source)]
            section, topic = _sections(chosen), _topics(chosen)
            yield (
                source, str(len(chosen)), WAYS[way][0], f"{_recall(section):.1%}", f"{_mrr(section):.3f}",
                f"{_recall(topic):.1%}", f"{_mrr(topic):.3f}",
            )  # fmt: skip


def _sections(judged: Iterable[Judged]) -> list[int]:
    return [j.section for j in judged]


def _topics(judged: Iterable[Judged]) -> list[int]:
    return [j.topic for j in judged if j.topic is not None]


def _recall(ranks: list[int]) -> Decimal:
    """How many were found among the first K."""
    return Decimal(sum(0 < rank <= K for rank in ranks)) / max(len(ranks), 1)


def _mrr(ranks: list[int]) -> Decimal:
    """The mean of one over the rank; what was not found counts as 0."""
    return sum((1 / Decimal(rank) for rank in ranks if rank), Decimal(0)) / max(len(ranks), 1)
