"""A made-up report with everything a report can have; its words say nothing about anybody."""

from __future__ import annotations

from assistant.report.blocks import (
    Block,
    Cell,
    Contents,
    Cover,
    Document,
    Heading,
    Landscape,
    Paragraph,
    Table,
)

LONG = (
    "本部门围绕年度重点任务统筹安排预算资金，严格控制一般性支出，及时下达项目指标，按月跟踪执行进度，"
    "对进度偏慢的项目逐一分析原因并提出处理办法，年末形成书面总结，作为下一年度编制预算的依据。"
)
RULE = (
    "1.执行率达到95%（含）以上的，得满分；\n2.执行率在85%（含）至95%之间的，得满分的80%；\n"
    "3.执行率在75%（含）至85%之间的，得满分的60%；\n4.执行率低于75%的，不得分。全年预算数以年末调整后的数为准，执行数以批复的决算数为准。"
)


def head(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, header=True) for text in texts)


def money_table(number: int, rows: int = 6) -> Table:
    names = (
        "人员经费",
        "日常公用经费",
        "社区服务项目",
        "设施维护项目",
        "信息系统项目",
        "培训项目",
        "其他支出",
    )
    body = tuple(
        (
            Cell(names[n % 7], align="left"),
            Cell(f"{1200 + 37 * n:,}.50", align="right"),
            Cell(f"{1100 + 31 * n:,}.25", align="right"),
            Cell(f"{91.5 + n / 4:.2f}%", align="right"),
        )
        for n in range(rows)
    )
    return Table(
        rows=(head("项目", "全年预算数", "执行数", "执行率"), *body),
        widths=(3, 2, 2, 1.5),
        caption=f"表{number}　部门预算执行情况",
        unit="万元",
        notes=("注：执行率为执行数与全年预算数之比。",),
    )


def score_table(rows: int = 25) -> Table:
    top = (
        Cell("一级指标", columns=2, header=True),
        Cell("二级指标", columns=2, header=True),
        Cell("三级指标", columns=2, header=True),
        Cell("指标说明", rows=2, header=True),
        Cell("参考评分标准", rows=2, header=True),
        Cell("自评得分", rows=2, header=True),
    )
    second = head(*(("名称", "参考分值") * 3))
    body = []
    for n in range(rows):
        cells: list[Cell] = []
        first = {0: (12, "过程"), 12: (rows - 12, "产出与效益")}.get(n)
        if first:
            cells += [Cell(first[1], rows=first[0]), Cell(str(first[0] * 2), rows=first[0])]
        if n < 12 and n % 3 == 0:
            cells += [Cell(f"预算管理{n // 3 + 1}", rows=3), Cell("6", rows=3)]
        elif n >= 12 and (n - 12) % 13 == 0:
            cells += [Cell("履职效果", rows=rows - n), Cell(str(2 * (rows - n)), rows=rows - n)]
        cells += [
            Cell(f"指标名称第{n + 1}项"),
            Cell("2"),
            Cell("看预算支出是否均衡、及时，反映资金使用的进度。", align="left"),
            Cell(RULE, align="left"),
            Cell("1.80" if n % 4 else "2.00"),
        ]
        body.append(tuple(cells))
    total = (Cell("合计", columns=6), Cell(""), Cell(""), Cell("【待补：总分】"))
    return Table(rows=(top, second, *body, total), widths=(2, 1.4, 2, 1.4, 2.6, 1.4, 5, 10, 1.6), header_rows=2)


def sample() -> Document:
    blocks: tuple[Block, ...] = (
        Cover(
            title=("某某区示例事务管理局", "2023年度部门整体支出", "绩效自评报告"),
            boxes=(
                ("填报单位（公章）", "某某区示例事务管理局"),
                ("单位负责人（签章）", ""),
                ("填报人", ""),
                ("联系电话", ""),
            ),
            date="2024年3月",
        ),
        Contents(),
        Heading(1, "一、部门基本情况"),
        Heading(2, "（一）主要职能"),
        *(Paragraph(LONG * 3) for _ in range(4)),
        Heading(2, "（二）年度总体工作和重点工作任务"),
        Heading(3, "1.社区服务"),
        Paragraph(LONG, lead="一是完善服务网络。"),
        Heading(4, "（1）服务站点"),
        Paragraph(
            "全年新建站点12个，服务居民3.6万人次，完成年度目标的104.35%，【待补：服务满意度的调查样本数】。" + LONG
        ),
        Heading(2, "（三）部门整体收支情况"),
        Paragraph("全年预算数7,975.66万元，执行数7,805.55万元，预算执行率97.87%，详见下表。"),
        money_table(1),
        Paragraph(LONG * 2),
        Heading(1, "二、部门整体支出绩效情况"),
        Heading(2, "（一）预算编制与执行"),
        *(Paragraph(LONG * 2) for _ in range(5)),
        money_table(2, 30),
        Heading(2, "（二）存在的问题和原因分析"),
        *(Paragraph(LONG * 2, lead=f"{n}是部分项目进度偏慢。") for n in "一二三四"),
        Heading(1, "三、改进措施"),
        *(Paragraph(LONG * 2) for _ in range(3)),
        Landscape((score_table(),), title="2023年度部门整体支出绩效自评评分表"),
        Heading(1, "四、其他说明"),
        Paragraph(LONG),
        Paragraph("某某区示例事务管理局", align="right", indent=False),
    )
    return Document(
        blocks, "2023年度部门整体支出绩效自评报告", "某某区示例事务管理局",
        {"created": "2024-03-01T09:00:00", "subject": "部门整体支出绩效自评", "AIGC": '{"Label":"1"}'},
    )  # fmt: skip
