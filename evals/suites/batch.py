"""A night's batch: killed at every step and at random moments, its database stopped, a worker lost; and how fast it is."""

from __future__ import annotations

from collections.abc import Sequence
from os import cpu_count

from evals.batch import postgres
from evals.batch.ledger import Left
from evals.batch.trials import (
    Broken,
    Speed,
    Takeover,
    at_random,
    every_point,
    one_of_two,
    server_away,
    shared,
    stage,
    timed,
)
from evals.results import Options, Result, Table

PURPOSE = "批量起草：断电、死机、数据库停机、少一台机器时，丢失、重复、写了一半的份数；两台与一台相比；速度和内存"
CASES = 60
BATCHES, KILLS = 5, 10
MANY, MOST = 200, 1000
_QUICK = ("finishing",)
_AWAY = 8.0


def batch(options: Options) -> Result:
    """The suite `batch`."""
    broken = _quick() if not options.thorough else _thorough(options)
    takeovers: list[Takeover] = []
    shares: dict[int, float] = {}
    speeds: dict[str, Speed] = {}
    notes: list[str] = []
    if not options.thorough:
        notes.append(
            "小样本：只在一处中断一次；PostgreSQL、少一台机器、两台与一台、速度和内存没有测（jiping eval batch 测全部）。"
        )
    else:
        if postgres.installed() is None:
            notes.append("没有安装 PostgreSQL：数据库停机、少一台机器、两台与一台都没有测！")
        else:
            with postgres.postgres() as server:
                with stage(CASES) as place:
                    broken += [server_away(place, server, mode, _AWAY) for mode in ("fast", "immediate")]
                with stage(16) as place:
                    takeovers = [one_of_two(place, server, elsewhere) for elsewhere in (False, True)]
                with stage(24) as place:
                    shares = {count: shared(place, server.database(f"shared_{count}"), count) for count in (1, 2)}
        speeds = _speeds(options)
    tables = [_breaks(broken, notes), *_rest(takeovers, shares, speeds)]
    misses = tuple(miss for one in broken for miss in one.left.misses)
    return Result("batch", PURPOSE, tuple(tables), _figures(broken, takeovers, shares, speeds), misses)


def _quick() -> list[Broken]:
    with stage(3) as place:
        return [every_point(place, with_model=False, only=_QUICK)]


def _thorough(options: Options) -> list[Broken]:
    found = []
    with stage(CASES) as place:
        found.append(every_point(place, with_model=True))
        options.tick(1, 10)
        for number in range(BATCHES):
            found.append(at_random(place, f"random-{number + 1}", KILLS, options.seed * 100 + number))
            options.tick(2 + number, 10)
    return found


def _speeds(options: Options) -> dict[str, Speed]:
    found = {}
    with stage(MANY) as place:
        found["offline"] = timed(place, "offline", MANY)
        each = 32 // (cpu_count() or 1)
        found["model"] = timed(
            place, "model", MANY, 0.5, {"JIPING_CONCURRENCY": str(each), "JIPING_CASES_AT_ONCE": str(max(4, each // 2))}
        )
    options.tick(9, 10)
    with stage(MOST) as place:
        found["many"] = timed(place, "many", MOST)
    return found


def _breaks(broken: Sequence[Broken], notes: Sequence[str]) -> Table:
    rows = [
        (
            one.name, str(one.left.cases), str(one.breaks), str(one.left.lost), str(one.left.doubled), str(one.left.halves + one.half_at_once),
            str(one.again), str(one.kept_again), str(one.at_risk),
        )
        for one in broken
    ]  # fmt: skip
    return Table(
        "中断后接着做",
        ("批次", "份", "中断次数", "丢失", "重复", "写了一半", "重复的调用", "已存的又问", "中断时在途"),
        tuple(rows),
        ("points：整组进程在每个步骤的边界各被杀一次；random：随机时刻；fast、immediate：PostgreSQL 正常停机和断电式停机后再启动。", *notes),
    )  # fmt: skip


def _rest(takeovers: Sequence[Takeover], shares: dict[int, float], speeds: dict[str, Speed]) -> list[Table]:
    tables = []
    if takeovers:
        rows = [
            (name, str(one.left.lost), str(one.left.doubled), str(one.left.halves), f"{one.seconds:.1f}")
            for name, one in zip(("同一台机器", "另一台机器"), takeovers, strict=True)
        ]
        tables.append(
            Table("两个工作进程死了一个", ("死在", "丢失", "重复", "写了一半", "多久被接手（秒）"), tuple(rows))
        )
    if shares:
        row = (f"{shares[1]:.1f}", f"{shares[2]:.1f}", f"{shares[1] / shares[2]:.2f}")
        tables.append(
            Table("两个工作进程与一个（每次调用0.5秒，每个进程同时2次）", ("一个（秒）", "两个（秒）", "倍"), (row,))
        )
    if speeds:
        timings = [
            (
                name, str(one.cases), f"{one.seconds:.1f}", f"{one.cases / one.seconds:.2f}", f"{one.processor / one.cases:.3f}",
                f"{one.beside:.3f}", f"{one.memory / 1024:.0f}", f"{one.together / 1024:.0f}", str(one.calls), str(one.most_at_once),
            )
            for name, one in speeds.items()
        ]  # fmt: skip
        tables.append(
            Table(
                "速度和内存", ("批次", "份", "秒", "份/秒", "处理器秒/份", "单独起草", "每进程内存（MB）", "合计内存（MB）", "调用", "同时最多"), tuple(timings),
                ("处理器秒/份含启动、队列、数据库和打包；单独起草：同样的填报不经批量、在一个进程里。机器上有别的负载时看处理器秒。",),
            )
        )  # fmt: skip
    return tables


def _figures(
    broken: Sequence[Broken], takeovers: Sequence[Takeover], shares: dict[int, float], speeds: dict[str, Speed]
) -> dict[str, str | int]:
    lefts: list[Left] = [one.left for one in broken] + [one.left for one in takeovers]
    figures: dict[str, str | int] = {
        "breaks": sum(one.breaks for one in broken),
        "lost": sum(left.lost for left in lefts),
        "doubled": sum(left.doubled for left in lefts),
        "half_written": sum(left.halves for left in lefts) + sum(one.half_at_once for one in broken),
        "asked_though_kept": sum(one.kept_again for one in broken),
        "asked_beyond_risk": sum(
            max(0, one.again - one.at_risk) for one in broken if one.name not in ("fast", "immediate")
        ),
        "takeover_seconds": f"{max(one.seconds for one in takeovers):.1f}" if takeovers else "",
        "two_against_one": f"{shares[1] / shares[2]:.2f}" if shares else "",
        "offline_a_second": f"{speeds['offline'].cases / speeds['offline'].seconds:.2f}" if speeds else "",
        "memory_growth": "",
        "model_wall": "",
    }
    if speeds:
        many, few = speeds["many"], speeds["offline"]
        figures["memory_growth"] = f"{max(many.memory / few.memory, many.together / few.together):.3f}"
        figures["beside_a_draft"] = f"{few.processor / few.cases - few.beside:.3f}"
        ideal = speeds["model"].calls * 0.5 / 32
        figures["model_wall"] = f"{speeds['model'].seconds / ideal:.2f}"
        figures["processor_a_draft"] = f"{speeds['offline'].processor / speeds['offline'].cases:.3f}"
        figures["processor_a_model_draft"] = f"{speeds['model'].processor / speeds['model'].cases:.3f}"
    return figures
