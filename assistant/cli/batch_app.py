"""`jiping batch`, `jiping worker`, and `jiping batches`: a batch looked at and steered from another process."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.command import Command, Group

batches = typer.Typer(
    cls=Group,
    help="批量起草的各个批次：查看、暂停、继续、停止。可在另一个窗口或另一台机器上用。",
    rich_markup_mode=None,
    no_args_is_help=True,
)

Id = Annotated[str, typer.Argument(metavar="ID", help="批次编号，见 jiping batches list", show_default=False)]
Json = Annotated[
    str, typer.Option("--json", metavar="文件", help="把结果写成 JSON；“-” 表示写到标准输出", show_default=False)
]
Database = Annotated[
    str,
    typer.Option("--database", metavar="URL", help="数据库地址；默认取设置 database_url，没有就用本机的 SQLite 文件", show_default=False),
]  # fmt: skip


def batch(
    root: Annotated[Path, typer.Argument(metavar="ROOT", help="放着各单位填报的文件夹", show_default=False)],
    out: Annotated[
        Path, typer.Option("--out", metavar="目录", help="结果文件夹，每份填报一个子文件夹", show_default=False)
    ],
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            metavar="N",
            help="工作进程数，默认同处理器核数；0：只提交，由 jiping worker 起草",
            show_default=False,
        ),
    ] = -1,
    model: Annotated[
        str, typer.Option("--model", metavar="名称", help="起草用的模型；offline：离线起草", show_default=False)
    ] = "",
    database: Database = "",
    max_calls: Annotated[int, typer.Option("--max-calls", metavar="N", help="最多调用模型几次；0：不限")] = 0,
    max_tokens: Annotated[int, typer.Option("--max-tokens", metavar="N", help="最多用多少词元；0：不限")] = 0,
    max_hours: Annotated[float, typer.Option("--max-hours", metavar="小时", help="最多运行多久；0：不限")] = 0,
    json: Json = "",
) -> None:
    """批量起草一个文件夹下的所有填报：断电、死机后再运行同一条命令就接着做，做完的不重做。"""
    from assistant.cli.batch import batch as run

    raise typer.Exit(run(root, out, jobs, model, database, (max_calls, max_tokens, max_hours), json))


def worker(
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", help="工作进程数，默认同处理器核数", show_default=False)
    ] = -1,
    database: Database = "",
) -> None:
    """帮忙起草：从同一个数据库里取 jiping batch 提交的填报，可在多台机器上同时运行。按 Ctrl-C 停止。"""
    from assistant.cli.batch import worker as run

    raise typer.Exit(run(jobs, database))


@batches.command("list", cls=Command)
def listed(database: Database = "", json: Json = "") -> None:
    """列出所有批次和进度。"""
    from assistant.cli.batch import listed as run

    raise typer.Exit(run(database, json))


@batches.command(cls=Command)
def show(id: Id, database: Database = "", json: Json = "") -> None:
    """一个批次的每一份填报。"""
    from assistant.cli.batch import shown as run

    raise typer.Exit(run(id, database, json))


@batches.command(cls=Command)
def pause(id: Id, database: Database = "") -> None:
    """暂停：手上的几份写完后不再取新的。"""
    from assistant.cli.batch import steered as run

    raise typer.Exit(run("pause", id, database))


@batches.command(cls=Command)
def resume(id: Id, database: Database = "") -> None:
    """继续一个暂停或停止的批次。"""
    from assistant.cli.batch import steered as run

    raise typer.Exit(run("resume", id, database))


@batches.command(cls=Command)
def stop(id: Id, database: Database = "") -> None:
    """停止：手上的几份写完后不再取新的。"""
    from assistant.cli.batch import steered as run

    raise typer.Exit(run("stop", id, database))
