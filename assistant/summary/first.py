"""What blocks submission, and what to do first: one line a case, the cases in the order of what blocks them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.summary.outcome import Outcome
from assistant.summary.tasks import Task, tasks_of


@dataclass(frozen=True, slots=True)
class State:
    """How far a case is from being handed in; `sign` tells it without colour."""

    name: str
    sign: str
    meaning: str


BLOCKED = State("不能报送", "■", "缺必填数据、缺得分，或报告有错误")
CORRECT = State("先更正", "◆", "数据有错误、对不上，或扣分没有写清原因")
COMPLETE = State("待补充", "▲", "还有【待补】或提醒")
READY = State("可送审", "○", "没有发现要处理的地方，通读后送审")
STATES = (BLOCKED, CORRECT, COMPLETE, READY)


@dataclass(frozen=True, slots=True)
class Step:
    """A kind of thing to do. `first` is said of the earliest step that has something: {n} places, {short} and {place} of the
    first of them, {who} the departments with how many each, where one is known."""

    id: str
    name: str
    state: State
    first: str


STEPS = (
    Step("record", "结果不全", BLOCKED, "结果不全：{short}。请把结果文件夹移到别处，重新起草。"),
    Step("required", "缺必填数据", BLOCKED, "先补{n}项必填数据，从“{short}”开始{place}。"),
    Step("unmarked", "没有得分", BLOCKED, "{n}项指标还没有得分，从“{short}”开始{place}。"),
    Step("report", "报告有错误", BLOCKED, "报告有{n}处错误，先改{short}{place}。"),
    Step("data", "数据错误", CORRECT, "数据有{n}处错误，先核对{short}{place}。"),
    Step("unexplained", "扣分没有原因", CORRECT, "有{n}处扣分没有写清原因，先写{short}{place}。"),
    Step("open", "待补", COMPLETE, "有{n}处【待补】{who}，先写{short}{place}。"),
    Step("warning", "报告提醒", COMPLETE, "报告有{n}处提醒，先看{short}{place}。"),
    Step("data_warning", "数据提醒", COMPLETE, "数据有{n}处提醒，先看{short}{place}。"),
)  # fmt: skip
"""From what stops a report to what merely asks for a look."""
_ORDER = {step.id: number for number, step in enumerate(STEPS)}
_DONE = "没有发现要处理的地方，通读后可以送审。"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A case with everything to do for it (the first things first), its state, and what to do first in one line."""

    outcome: Outcome
    tasks: tuple[Task, ...]
    state: State
    first: str

    def count(self, *steps: str) -> int:
        """How many things there are to do in these steps."""
        return sum(task.step in steps for task in self.tasks)


def judge(outcome: Outcome) -> Verdict:
    """What is to be done for one case."""
    tasks = tuple(sorted(tasks_of(outcome), key=lambda task: (_ORDER[task.step], task.severity != "error")))
    if not tasks:
        return Verdict(outcome, (), READY, _DONE)
    step = step_of(tasks[0])
    return Verdict(outcome, tasks, step.state, _told(step, [task for task in tasks if task.step == step.id]))


def judged(outcomes: Iterable[Outcome]) -> list[Verdict]:
    """The cases in the order of what blocks them: by the steps one after another, more places before fewer; then by name."""
    return sorted(map(judge, outcomes), key=_rank)


def step_of(task: Task) -> Step:
    """The step that a task belongs to."""
    return STEPS[_ORDER[task.step]]


def _rank(verdict: Verdict) -> tuple[object, ...]:
    counts = Counter(task.step for task in verdict.tasks)
    outcome = verdict.outcome
    return *(-counts[step.id] for step in STEPS), outcome.unit, outcome.year or 0, str(outcome.folder)


def _told(step: Step, tasks: Sequence[Task]) -> str:
    first = tasks[0]
    beside = "，".join(words for words in (first.where, first.who) if words)
    place = f"（{beside}）" if beside else ""
    return step.first.format(n=len(tasks), short=first.short, place=place, who=_by_department(tasks))


def _by_department(tasks: Sequence[Task]) -> str:
    counts = Counter(task.who or "科室未定" for task in tasks)
    told = "、".join(f"{name}{n}处" for name, n in counts.most_common())
    return f"（{told}）" if any(task.who for task in tasks) else ""
