"""Topics -> key tasks: by words that are rare in this case, and by the company a topic keeps under its heading."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from assistant.briefs.brief import Task, Topic, WorkItem
from assistant.briefs.roles import bare
from assistant.patterns import regex
from assistant.subjects import bigrams, plain

_LEAST = 0.16
_COMPANY = 0.5
_GENERIC = regex(
    r"进一步|继续|积极|不断|持续|深入|全面|扎实|切实|大力|着力|有效|加强|推进|推动|抓好|做好|落实|完善|强化|提升|提高|开展|建设|工作|实施"
    r"|情况|方面|管理|服务|体系|机制|能力|水平|质量|任务|重点|年度"
)
_SLOT = regex(r"\[\[[^\]]*\]\]")


def _words(text: str) -> frozenset[str]:
    return bigrams(_GENERIC.sub("　", plain(_SLOT.sub("", text))))


class Likeness:
    """How well a topic fits a task: the share of the task's rare words that the topic has too."""

    def __init__(self, texts: Iterable[str]) -> None:
        counted = [_words(text) for text in texts]
        seen = Counter(pair for words in counted for pair in words if "　" not in pair)
        self._weight = {pair: math.log(1 + len(counted) / n) for pair, n in seen.items()}

    def weigh(self, words: frozenset[str]) -> float:
        """The weight of a set of words, whatever order the set comes in."""
        return math.fsum(self._weight.get(pair, 0.0) for pair in words)

    def of(self, task: str, topic: frozenset[str]) -> float:
        """0 to 1."""
        words = _words(task)
        whole = self.weigh(words)
        return self.weigh(words & topic) / whole if whole else 0.0


def topic_words(topic: Topic) -> frozenset[str]:
    """Label, headings and facts."""
    return _words("。".join((topic.label, *topic.headings, *(fact.text for fact in topic.facts))))


def by_tasks(tasks: tuple[Task, ...], topics: tuple[Topic, ...]) -> tuple[WorkItem, ...]:
    """The fields in the order of the key tasks, each with its topics; what fits no task stands under its own heading, last."""
    fields = list(dict.fromkeys(task.field for task in tasks))
    like = Likeness(
        [*(f"{t.field}。{t.name}" for t in tasks), *(fact.text for topic in topics for fact in topic.facts)]
    )
    scored = [_task_scores(tasks, like, topic) for topic in topics]
    chosen = _fields(fields, tasks, topics, like, scored)
    items = []
    for name in fields:
        own = [task for task in tasks if task.field == name]
        numbers = {tasks.index(task) for task in own}
        placed: list[tuple[int, int, Topic]] = []  # (task's place, material's place, topic)
        told: set[int] = set()
        for order, (topic, field) in enumerate(zip(topics, chosen, strict=True)):
            if field != name:
                continue
            best = max(numbers, key=lambda n: (scored[order][n], -n))
            fits = scored[order][best] >= _LEAST
            if fits:
                told.add(best)
            own_topic = replace(topic, task=tasks[best].number if fits else 0)
            placed.append((best if fits else len(tasks), order, own_topic))
        if 2 * sum(best < len(tasks) for best, _, _ in placed) > len(placed):
            placed.sort(key=lambda entry: entry[:2])
        told |= _also_told(own, tasks, [topic for _, _, topic in placed], like)
        bare_tasks = tuple(task for task in own if tasks.index(task) not in told)
        items.append(WorkItem(name, tuple(own), tuple(topic for _, _, topic in placed), bare_tasks))
    rest = [topic for topic, field in zip(topics, chosen, strict=True) if field is None]
    return (*items, *by_headings(tuple(rest), fallback="其他工作", whole=False))


def _also_told(own: list[Task], tasks: tuple[Task, ...], topics: list[Topic], like: Likeness) -> set[int]:
    """Tasks that some topic of the field tells of, though it is told mainly of another."""
    return {
        tasks.index(task) for task in own for topic in topics if like.of(task.name, topic_words(topic)) >= 2 * _LEAST
    }


def _task_scores(tasks: tuple[Task, ...], like: Likeness, topic: Topic) -> list[float]:
    """The topic's likeness to each task, headings and label counting once more."""
    words, head = topic_words(topic), _words("。".join((topic.label, *topic.headings)))
    return [like.of(task.name, words) + 0.5 * like.of(task.name, head) for task in tasks]


def _fields(
    fields: list[str],
    tasks: tuple[Task, ...],
    topics: tuple[Topic, ...],
    like: Likeness,
    scored: list[list[float]],
) -> list[str | None]:
    """The field of each topic: its own likeness, and that of the others under the same first heading."""
    own: list[dict[str, float]] = []
    for topic, scores in zip(topics, scored, strict=True):
        head = _words("。".join(topic.headings))
        words = topic_words(topic)
        own.append({
            name: max(scores[n] for n, task in enumerate(tasks) if task.field == name)
            + like.of(name, words) * 0.5 + like.of(name, head)
            for name in fields
        })  # fmt: skip
    company: dict[tuple[str, str], list[float]] = defaultdict(list)
    for topic, scores_ in zip(topics, own, strict=True):
        for name, value in scores_.items():
            if topic.headings:
                company[(topic.headings[0], name)].append(value)
    chosen: list[str | None] = []
    for topic, scores_ in zip(topics, own, strict=True):
        total = {}
        for name, value in scores_.items():
            others = company.get((topic.headings[0], name), []) if topic.headings else []
            total[name] = value + _COMPANY * (sum(others) / len(others) if others else 0.0)
        best = max(total, key=lambda name: (total[name], -fields.index(name))) if total else None
        chosen.append(best if best is not None and total[best] >= _LEAST else None)
    return chosen


def by_headings(topics: tuple[Topic, ...], fallback: str = "", whole: bool = True) -> tuple[WorkItem, ...]:
    """The materials' own fields: their first headings, or the second ones where a single heading holds the `whole` of them."""
    headed = [topic.headings for topic in topics if topic.headings]
    depth = 1 if whole and len({path[0] for path in headed}) == 1 and all(len(path) > 1 for path in headed) else 0
    groups: dict[str, list[Topic]] = {}
    for topic in topics:
        name = bare(topic.headings[depth]) if len(topic.headings) > depth else fallback
        groups.setdefault(name, []).append(topic)
    return tuple(WorkItem(name, (), tuple(group)) for name, group in groups.items())
