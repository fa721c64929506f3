"""The suites of `jiping eval`, one file each: `evals.suites.<name>` holds a function of that name."""

from __future__ import annotations

from importlib import import_module

from assistant.errors import UsageError
from evals.results import Suite

SUITES: dict[str, str] = {
    "numbers": "数的核对：埋入的错误能查出多少，正确的变体误报多少",
    "frameworks": "指标体系：规则能算出多少分，已公布案例的得分能否重现",
    "fidelity": "如实：各类模型写的稿，错数和臆造的事有没有到报告上；照实写的有多少句原样通过",
    "coverage": "写全：必写的话有没有都写到，扣分、问题、措施有没有连上，材料里的事实有多少写进了报告",
    "leakage": "外泄：范文里的人名、地名、项目、荣誉、数和连续的字句，有没有到提示里、到报告上",
    "injection": "夹带指令：材料、工作簿、范文里写给起草程序的话，有没有进到提示里、被照做、告知用户",
    "endpoint": "模型服务：各种故障下的结果、时限和重试",
    "style": "文风：草稿与范文并排，标题、句长、自称、套话、事实、重复和好文字的检验",
    "similarity": "雷同：抄来的段落查出多少，各写各的有没有误报，一千份要多久",
    "retrieval": "范文检索：从别家的报告里找到对的章节，两种办法合并与单用相比",
    "batch": "批量起草：中断、停机、少一台机器时丢失、重复、写了一半的份数；速度和内存",
    "speed": "速度：各环节与同类或限值的比",
}
"""Name and what it measures, in the order in which they run."""
ALL = "all"


def chosen(names: list[str]) -> tuple[str, ...]:
    """The suites asked for, in their order; none or `all` is every one.

    Raises:
        UsageError: a name that is none of them.
    """
    unknown = [name for name in names if name not in SUITES and name != ALL]
    if unknown:
        known = "；".join(f"{name}（{said}）" for name, said in SUITES.items())
        raise UsageError(f"没有这个评测：{'、'.join(unknown)}。可用：{known}；或 {ALL}（全部）。")
    return tuple(name for name in SUITES if not names or ALL in names or name in names)


def suite(name: str) -> Suite:
    """The function of a suite; what it needs is imported now and not before."""
    found: Suite = getattr(import_module(f"evals.suites.{name}"), name)
    return found
