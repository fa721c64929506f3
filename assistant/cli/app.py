"""`jiping`: the commands, their Chinese help, and one line for every error of use."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.batch_app import batch, batches, worker
from assistant.cli.command import Command, Group
from assistant.cli.kb_app import kb
from assistant.errors import JipingError

app = typer.Typer(
    cls=Group,
    help="绩评助手：由一份工作簿和工作总结生成部门整体支出绩效自评报告；每个数都有出处。",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)

Case = Annotated[Path, typer.Argument(metavar="CASE", help="一份填报的文件夹，内有 case.yaml", show_default=False)]
Json = Annotated[
    str,
    typer.Option("--json", metavar="文件", help="把结果写成 JSON；“-” 表示写到标准输出", show_default=False),
]
Out = Annotated[Path, typer.Option("--out", metavar="目录", help="结果文件夹，整体写入或完全不写")]


@app.command(cls=Command)
def demo(out: Out = Path("output/demo"), json: Json = "") -> None:
    """用随软件提供的真实案例走完整个流程，并说明草稿在哪里。"""
    from assistant.cli.draft import demo as run

    raise typer.Exit(run(out, json))


@app.command(cls=Command)
def frameworks(
    action: Annotated[
        str,
        typer.Argument(
            metavar="[check|import]", help="check：检查指标体系；import：由财政部门的评分表生成草稿", show_default=False
        ),
    ] = "",
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[文件]", help="指标体系的 .yaml 文件；评分表的 .xlsx 或 .docx", show_default=False),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="文件", help="import 写到哪里", show_default=False)
    ] = None,
    json: Json = "",
) -> None:
    """列出指标体系；frameworks check 文件 检查一份；frameworks import 评分表 由财政部门的表生成一份草稿。"""
    from assistant.cli.frameworks import frameworks as run

    raise typer.Exit(run(action, file, output, json))


@app.command(cls=Command)
def figures(
    framework: Annotated[
        str, typer.Argument(metavar="FRAMEWORK", help="指标体系编号或 .yaml 文件", show_default=False)
    ],
    json: Json = "",
) -> None:
    """列出一个指标体系用到的数据项、表格和回答的编号。"""
    from assistant.cli.rubric import figures as run

    raise typer.Exit(run(framework, json))


@app.command(cls=Command)
def template(
    framework: Annotated[
        str, typer.Argument(metavar="FRAMEWORK", help="指标体系编号或 .yaml 文件", show_default=False)
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="文件", help="写到哪里")] = Path("workbook.xlsx"),
    prior: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="CASE", help="上年的填报文件夹：可沿用的内容预先填好并标明上年", show_default=False
        ),
    ] = None,
) -> None:
    """生成一份空白的填报工作簿；给出 --from 时带上上年可沿用的内容。"""
    from assistant.cli.rubric import template as run

    raise typer.Exit(run(framework, output, prior))


@app.command(cls=Command)
def score(
    case: Case,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="编号=值", help="测算：换一个数看得分，不改数据", show_default=False),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="同时列出每项用到的数据及其出处和评分标准")] = False,
    json: Json = "",
) -> None:
    """计算比率和得分，逐项说明算式、档次和理由，并把没有得到的分分为可补证和事实扣分。"""
    from assistant.cli.score import score as run

    raise typer.Exit(run(case, set_ or [], json, full))


@app.command(cls=Command)
def consolidate(case: Case, json: Json = "") -> None:
    """部门汇总：逐项列出各单位的数、抵销和合计，并注明出处。"""
    from assistant.cli.consolidate import consolidate as run

    raise typer.Exit(run(case, json))


@app.command(cls=Command)
def reconcile(case: Case, json: Json = "") -> None:
    """勾稽：列出数据自身的矛盾和算式。有错误时退出码为 1。"""
    from assistant.cli.reconcile import reconcile as run

    raise typer.Exit(run(case, json))


@app.command(cls=Command)
def draft(
    case: Case,
    out: Out,
    section: Annotated[
        str,
        typer.Option(
            "--section", metavar="编号", help="只起草提纲的这一部分；编号写错时会列出可用的", show_default=False
        ),
    ] = "",
    model: Annotated[
        str,
        typer.Option(
            "--model",
            metavar="名称",
            help="起草用的模型；offline：离线起草。不写时用已配置的模型，没有配置就离线起草",
            show_default=False,
        ),
    ] = "",
    json: Json = "",
) -> None:
    """生成报告草稿、评分表和核对结果。"""
    from assistant.cli.draft import draft as run

    raise typer.Exit(run(case, out, model, json, section))


for one in (batch, worker):
    app.command(cls=Command)(one)


@app.command(cls=Command)
def check(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="报告：.docx .pdf .md .txt", show_default=False)],
    case: Annotated[Path | None, typer.Option("--case", metavar="CASE", help="填报文件夹", show_default=False)] = None,
    text_out: Annotated[
        Path | None,
        typer.Option("--text-out", metavar="文件", help="把读到的纯文本写到这里", show_default=False),
    ] = None,
    json: Json = "",
) -> None:
    """核对一份报告里的每个数：给出 --case 时与填报数据对照。"""
    from assistant.cli.check import check as run

    raise typer.Exit(run(report, case, text_out, json))


@app.command(cls=Command)
def synth(
    count: Annotated[int, typer.Argument(metavar="N", help="生成几份", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="目录", help="空文件夹，每份填报一个子文件夹")],
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="种子；同一种子生成的文件完全相同")] = 1,
    faults: Annotated[float, typer.Option("--faults", metavar="比例", help="预设错误的份数占比，0至1")] = 0.3,
    units: Annotated[int, typer.Option("--units", metavar="n", help="每份是一个部门，另有 n 个纳入汇总的单位")] = 0,
    json: Json = "",
) -> None:
    """生成虚构的填报：数据前后一致，一部分带预设错误，答案在 key.json。"""
    from assistant.cli.synth import synth as run

    raise typer.Exit(run(count, seed, out, faults, units, json))


@app.command(cls=Command)
def model(
    action: Annotated[str, typer.Argument(metavar="check", help="check：检查模型服务能做什么", show_default=False)],
    name: Annotated[
        str, typer.Option("--model", metavar="名称", help="要检查的模型；默认是设置里的那个", show_default=False)
    ] = "",
    json: Json = "",
) -> None:
    """model check 逐项检查设置的模型服务，记住它的用法，说明能不能用来起草。"""
    from assistant.cli.model import model as run

    raise typer.Exit(run(action, name, json))


@app.command("review-batch", cls=Command)
def review_batch(
    root: Annotated[Path, typer.Argument(metavar="ROOT", help="各单位报来的报告", show_default=False)],
    out: Out,
    previous: Annotated[
        Path | None, typer.Option("--previous", metavar="目录", help="上次的结果，默认是 --out", show_default=False)
    ] = None,
    last_year: Annotated[
        Path | None, typer.Option("--last-year", metavar="目录", help="上年的报告，查雷同用", show_default=False)
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", metavar="N", help="同时审几份；0：每个处理器一份", min=0)] = 0,
    json: Json = "",
) -> None:
    """审核报来的报告：每个单位一份审核意见单，一本台账；再报的对照上次的意见。有退回的，退出码为 1。"""
    from assistant.cli.review_batch import review_batch as run

    raise typer.Exit(run(root, out, previous, last_year, jobs, json))


@app.command("eval", cls=Command)
def evaluate(
    suites: Annotated[
        list[str] | None,
        typer.Argument(metavar="SUITE|all", help="评测的名称，可写几个；all：全部", show_default=False),
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            "--model",
            metavar="名称",
            help="同时评测这个模型：照写、改后通过和换回的句数、费用和用时",
            show_default=False,
        ),
    ] = "",
    out: Annotated[Path, typer.Option("--out", metavar="目录", help="eval.json 和 eval.html 写到哪里")] = Path(
        "output/eval"
    ),
    json: Json = "",
) -> None:
    """评测本软件：埋入的错误查出多少、误报多少、速度如何。不写名称时用小样本把各项都跑一遍；写了名称就跑全部样本。"""
    from assistant.cli.eval import evaluate as run

    raise typer.Exit(run(suites or [], model, out, json))


app.add_typer(batches, name="batches")
app.add_typer(kb, name="kb")


def main(args: Sequence[str] | None = None) -> None:
    """Entry point. Exit codes: 0 done; 1 done with errors found; 2 bad usage or unreadable input."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(_run(list(sys.argv[1:] if args is None else args)))


def _run(args: list[str]) -> int:
    from typer.exceptions import TyperException

    from assistant.cli.misuse import usage_error

    try:
        code = app(args, prog_name="jiping", standalone_mode=False)
    except JipingError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2
    except typer.Abort:
        print("已停止，没有写入任何文件。", file=sys.stderr)
        return 130
    except TyperException as error:
        print(usage_error(error), file=sys.stderr)
        return 0 if type(error).__name__ == "NoArgsIsHelpError" else 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        print(
            f"错误：{error.filename or ''} 读写失败：{error.strerror}。请检查路径、权限和磁盘空间。",
            file=sys.stderr,
        )
        return 2
    except Exception as error:  # the last door: no traceback reaches a user
        if os.environ.get("JIPING_DEBUG"):
            raise
        kind = type(error).__name__
        print(
            f"错误：程序内部出错（{kind}），没有写入结果。设置环境变量 JIPING_DEBUG=1 再运行可看到详情，请一并反馈。",
            file=sys.stderr,
        )
        return 2
    return code if isinstance(code, int) else 0
