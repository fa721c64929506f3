"""Points with honest rewritings, and the same rewritings spoiled in one place; `table` prints the shares by family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.drafting.assignments import Point, Statement
from assistant.guard import Fault, Ground, judge

EXEMPLAR = (
    "坚持把群众急难愁盼摆在突出位置，围绕〔项目〕建立三级书记包联的推进办法，由分管领导逐周调度、逐项销号。"
    "针对部门之间信息不通的老毛病，打通〔数量〕个业务系统的数据接口，让窗口少跑一趟路。"
    "通过倒排工期和挂图作战，把年初确定的实事一件一件办到居民心坎上，形成可复制的街区经验。"
)
GROUND = Ground("我单位", "示例区民政局", ("示例区民政局", "区民政局"), 2021, "duties", shown=(EXEMPLAR,))
MARKUP = (
    "**{}**", "# {}", "- {}", "1. {}", "（1）{}", "一是{}", "首先，{}", "<b>{}</b>", "`{}`", "好的，以下是改写后的内容：{}", "{}希望对您有帮助。", "{}如需修改请告诉我。",
    "作为一个语言模型，{}", "<think>先看材料</think>{}", "assistant: {}", "{}（注：数据来自材料）", "{}……", "{}【待补：原因】", "{}👍", "{}https://example.org", "{}See the table below for details.",
    "{}[详情](a.html)", "•{}", "{}\u200b", "{}此处略。", "{}您可以参考。", "> {}", "{}等等。", "{}XX", "| {} | 完成 |", "①{}", "改写如下：{}",
)  # fmt: skip
POLITICAL = (
    "以习近平新时代中国特色社会主义思想为指引，", "深入学习贯彻党的二十大精神，", "认真贯彻中央经济工作会议精神，", "增强“四个意识”，", "坚定拥护“两个确立”，", "在区委的坚强领导下，", "在市委、市政府的正确领导下，", "深入贯彻总书记重要讲话精神，",
    "围绕高质量发展，", "立足新发展阶段、贯彻新发展理念，", "提高政治站位，", "落实全面从严治党要求，", "贯彻党的十九届六中全会精神，", "以党史学习教育为契机，", "聚焦中国式现代化，", "坚决做到两个维护，", "牢记初心使命，",
    "按照省委决策部署，", "开启新征程，", "为实现共同富裕，", "坚持以科学发展观为指导，", "落实八项规定精神，", "学习贯彻党的二十届三中全会精神，", "在上级党委的关心下，", "弘扬伟大建党精神，全面贯彻党的基本路线，",
)  # fmt: skip


@dataclass
class Entry:
    """One point of the bank."""

    name: str
    must: list[str] = field(default_factory=list)
    may: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    edits: list[tuple[str, str]] = field(default_factory=list)

    @property
    def point(self) -> Point:
        must = tuple(Statement(f"{self.name}.{n}", text) for n, text in enumerate(self.must, 1))
        may = tuple(Statement(f"{self.name}.m{n}", text) for n, text in enumerate(self.may, 1))
        return Point(self.name, "", "", must, may, tuple(self.must))


@dataclass(frozen=True)
class Spoiled:
    """A rewriting with one thing wrong in it."""

    family: str
    entry: Entry
    sentences: tuple[str, ...]
    edit: str

    @property
    def faults(self) -> list[Fault]:
        return judge(self.entry.point, self.sentences, GROUND)


def entries() -> list[Entry]:
    """All points of the bank."""
    found: list[Entry] = []
    for path in sorted(Path(__file__).parent.glob("points_*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, body = line[:1], line[1:].strip()
            if kind == "@":
                found.append(Entry(body))
            elif kind == "=":
                found[-1].must.append(body)
            elif kind == "~":
                found[-1].may.append(body)
            elif kind == ">":
                found[-1].right.append(body)
            elif kind == "!":
                family, edit = line[1:].strip().split(":", 1)
                found[-1].edits.append((family, edit))
    return found


def spoiled() -> Iterator[Spoiled]:
    """Every rewriting with one thing wrong."""
    bank = entries()
    for entry in bank:
        for family, edit in entry.edits:
            yield Spoiled(family, entry, tuple(_edited(entry, family, edit)), edit.strip())
    for number, form in enumerate(MARKUP):
        entry = bank[number % len(bank)]
        yield Spoiled("markup", entry, (form.format(entry.right[0]), *entry.right[1:]), form)
    for number, words in enumerate(POLITICAL):
        entry = bank[(7 * number) % len(bank)]
        yield Spoiled("political", entry, (words + entry.right[0], *entry.right[1:]), words)
    plain = "".join(c for c in EXEMPLAR if c not in "，。、〔〕")
    for number in range(30):
        run = plain[4 * number : 4 * number + 12]
        entry = bank[(3 * number) % len(bank)]
        yield Spoiled("copied", entry, (f"{run}，{entry.right[0]}", *entry.right[1:]), run)


def _edited(entry: Entry, family: str, edit: str) -> list[str]:
    if family == "swap":
        one, two = edit.split()
        return [_exchanged(text, one, two) for text in entry.right]
    if family == "left" and edit.strip().isdigit():
        return [text for n, text in enumerate(entry.right, 1) if n != int(edit)]
    old, new = (side.strip() for side in edit.split("=>"))
    joined = "\n".join(entry.right)
    assert old in joined, (entry.name, old)
    return joined.replace(old, new, 1).split("\n")


def _exchanged(text: str, one: str, two: str) -> str:
    for a, b in ((one, "\0"), (two, one), ("\0", two)):
        text = text.replace(f"[[{a}:value]]", f"[[{b}:value]]")
    return text


def shares() -> dict[str, tuple[int, int]]:
    """Family -> (caught, all)."""
    found: dict[str, tuple[int, int]] = {}
    for one in spoiled():
        caught, count = found.get(one.family, (0, 0))
        found[one.family] = (caught + bool(one.faults), count + 1)
    return found


def misses() -> list[str]:
    """What was not caught."""
    return [f"{one.family}: {one.entry.name}: {one.edit}" for one in spoiled() if not one.faults]


def alarms() -> list[str]:
    """What honest sentences were told."""
    return [
        f"{entry.name}: {fault.words} | {fault.message} | {entry.right[fault.sentence] if fault.sentence >= 0 else ''}"
        for entry in entries()
        for fault in judge(entry.point, entry.right, GROUND)
    ]


def table() -> str:
    """The shares by family, and how many honest sentences passed."""
    lines = [f"{family:<10} {caught:>4} / {count}" for family, (caught, count) in sorted(shares().items())]
    right = [sentence for entry in entries() for sentence in entry.right]
    return "\n".join([*lines, f"honest sentences {len(right)}, of {len(entries())} points", *alarms(), *misses()])
