"""`jiping kb`: the commands of the exemplar store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.command import Command, Group

kb = typer.Typer(
    cls=Group,
    help="范文库：随软件提供的范文，和本单位自己加入的报告。起草时只借它们的写法，数、名称和项目都已脱敏。",
    rich_markup_mode=None,
    no_args_is_help=True,
)

Json = Annotated[
    str, typer.Option("--json", metavar="文件", help="把结果写成 JSON；“-” 表示写到标准输出", show_default=False)
]
Owner = Annotated[
    str, typer.Option("--owner", metavar="名称", help="属于哪个单位；默认取设置 owner", show_default=False)
]


@kb.command(cls=Command)
def add(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="自评报告：.docx .pdf .md .txt", show_default=False)
    ],
    owner: Owner = "",
    approve: Annotated[bool, typer.Option("--approve", help="准许所有单位使用；不写则只有本单位看得到")] = False,
    json: Json = "",
) -> None:
    """加入自己的报告作范文：按标题拆成段落；同一份文件只收一次。"""
    from assistant.cli.kb import add as run

    raise typer.Exit(run(files, owner, approve, json))


@kb.command(cls=Command)
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="要找的内容", show_default=False)],
    genre: Annotated[
        str,
        typer.Option(
            "--genre", metavar="类别", help="只找一类，如 problems（存在问题）；写错时列出全部类别", show_default=False
        ),
    ] = "",
    section: Annotated[
        str, typer.Option("--section", metavar="词", help="标题里要有的词，几个用空格隔开", show_default=False)
    ] = "",
    outline: Annotated[
        str,
        typer.Option(
            "--outline",
            metavar="提纲",
            help="只找按这份提纲写的报告，如 general；写错时列出全部提纲",
            show_default=False,
        ),
    ] = "",
    k: Annotated[int, typer.Option("-k", metavar="N", help="最多几段，1至50")] = 5,
    owner: Owner = "",
    json: Json = "",
) -> None:
    """在范文里查找：按词语和按相近程度各查一遍，合在一起排序。"""
    from assistant.cli.kb import search as run

    raise typer.Exit(run(text, genre, section, outline, k, owner, json))


@kb.command("list", cls=Command)
def listed(owner: Owner = "", json: Json = "") -> None:
    """列出看得到的范文。"""
    from assistant.cli.kb import listed as run

    raise typer.Exit(run(owner, json))


@kb.command(cls=Command)
def remove(
    id: Annotated[str, typer.Argument(metavar="ID", help="范文编号，见 jiping kb list", show_default=False)],
    owner: Owner = "",
    json: Json = "",
) -> None:
    """删除本单位加入的一份范文。"""
    from assistant.cli.kb import remove as run

    raise typer.Exit(run(id, owner, json))
