"""评分标准: rows whose mark or full marks their own rule cannot give, and rows in which some reading of the rule does."""

from __future__ import annotations


def report(name: str, full: str, standard: str, mark: str, prose: str = "", achieved: str = "") -> str:
    """A score table with one row of interest and one that fills it up to a hundred."""
    rest = str(100 - int(full))
    return (
        f"# 部门整体支出绩效自评报告\n\n{prose}\n\n| 三级指标 | 分值 | 评分标准 | 实际完成情况 | 自评得分 |\n| --- | --- | --- | --- | --- |\n"
        f"| {name} | {full} | {standard} | {achieved} | {mark} |\n"
        f"| 履职成效 | {rest} | 由评价组综合判断。 | 见正文 | {rest} |\n"
    )


BANDS = "预算执行率≥95%，得6分；85%（含）-95%，得4分；70%（含）-85%，得2分；＜70%，得0分。"
FLIPPED = "1. 95%>利用率≥80%的，得2分；2. 利用率≥95%的，得3分；3. 利用率<80%的，得0分。"
STEP = "预算完成率不低于94%的得3分；每低5%扣1分，扣完为止。"
BOTH = "支付进度率为100%的得4分；每超过或降低5%扣1分，扣完为止。"
LINEAR = "得分=预算执行率×10分，最高得10分。"
OTHERWISE = "预算执行率达到95%以上得满分，低于60%不得分，其余按比例计分。"
ITEMS = "①制度健全，得1分；②手续完备，得2分；③账实相符，得2分。"

FLAGGED = [
    (report("预算执行率", "6", BANDS, "6", "全年预算执行率为88.4%。"), "应得4分"),
    (report("预算执行率", "6", BANDS, "4", "全年预算执行率为96.1%。"), "应得6分"),
    (report("固定资产利用率", "3", FLIPPED, "3", achieved="83%"), "应得2分"),
    (report("预算完成率", "3", STEP, "3", "本单位预算完成率为84.5%。"), "“预算完成率”得3分"),
    (report("预算完成率", "3", STEP, "2.5", "本单位预算完成率为96%。"), "应得3分"),
    (report("支付进度率", "4", BOTH, "4", achieved="112%"), "“支付进度率”得4分"),
    (report("预算执行率", "10", LINEAR, "9.8", "预算执行率91.2%。"), "应得9.12分"),
    (report("预算执行率", "10", OTHERWISE, "9.8", "预算执行率为82%。"), "应得8.63或8.2分"),
    (report("资产管理规范性", "3", ITEMS, "3"), "评分标准可得5分"),
    (report("预算执行率", "8", BANDS, "6"), "分值印为8分"),
    (report("绩效目标设定", "4", "1.目标完整（3分）；2.指标可衡量（3分）。", "4"), "可得6分"),
    (report("公众满意度", "5", "满意度达到91%的得5分；每低1%扣0.4分，扣完为止。", "5", achieved="86%"), "“公众满意度”得5分"),
    (report("编外人员控制率", "2", "1.比率＜6%的，得2分；2.6%≤比率≤9%的，得1分；3.比率＞9%的，得0分。", "2", achieved="7.5%"), "应得1分"),
    (report("预算调整率", "4", "预算调整率≤6%，得4分；6%-12%（含），得2分；＞12%，得0分。", "4", achieved="8%"), "应得2分"),
    # no rule is printed, and the mark exceeds the rate's share of it
    ("全年预算执行率为31%。\n\n| 指标 | 分值 | 得分 |\n| --- | --- | --- |\n| 预算执行 | 10 | 6 |\n| 产出 | 50 | 50 |\n| 效益 | 40 | 40 |\n"
     "| 合计 | 100 | 96 |\n", "31%×10=3.1分", "warning"),
]  # fmt: skip

LEFT_ALONE = [
    report("预算执行率", "6", BANDS, "6", "全年预算执行率为96.1%。"),
    # on the printed edge: 94.996% is printed as 95%
    report("预算执行率", "6", BANDS, "4", "全年预算执行率为95%。"),
    report("固定资产利用率", "3", FLIPPED, "2", achieved="83%"),
    # whole steps, a started step, pro rata: each is a reading
    report("预算完成率", "3", STEP, "3", "本单位预算完成率为92%。"),
    report("预算完成率", "3", STEP, "2", "本单位预算完成率为92%。"),
    report("预算完成率", "3", STEP, "2.6", "本单位预算完成率为92%。"),
    report("支付进度率", "4", BOTH, "2", achieved="112%"),
    report("预算执行率", "10", LINEAR, "9.12", "预算执行率91.2%。"),
    report("预算执行率", "10", LINEAR, "10", "预算执行率103.5%。"),
    report("预算执行率", "10", OTHERWISE, "8.2", "预算执行率为82%。"),
    report("预算执行率", "10", OTHERWISE, "0", "预算执行率为52%。"),
    # the value stands nowhere
    report("预算执行率", "6", BANDS, "2"),
    # two values: which one the mark is for cannot be told
    report("预算执行率", "6", BANDS, "6", "本级预算执行率为88%，汇总后预算执行率为96%。"),
    # the target and last year's value are not the value
    report("预算执行率", "6", BANDS, "6", "预算执行率目标为85%。上年预算执行率为80%。"),
    report("资产管理规范性", "5", ITEMS, "5"),
    # the items are alternatives
    report("任务完成情况", "5", "1.全部完成的，得5分；2.部分完成的，得3分；3.没有完成的，得0分。", "5"),
    # a judgement, an open award, and one for each case
    report("履职效果", "8", "按效果好、较好、一般、差，在分值区间内酌情打分，好的得满分。", "7"),
    report("宣传报道", "8", "每被市级媒体报道一次得1分。", "8"),
    report("合规性", "6", "发现一处不合规的扣2分，扣完为止。", "4"),
    # two rates are marked in one row
    report("公用经费控制率", "6", "1.“三公”经费控制率低于92%得3分，否则得2分；2.日常公用经费控制率低于92%得3分，否则得2分。", "5", "日常公用经费控制率为95%。"),
    # the rule itself holds a way to nothing
    report("采购执行率", "2", "采购执行率达到100%得2分；每低5%扣1分；实际采购数大于计划数的，不得分。", "0", "采购执行率为100%。"),
    # no rule is printed, and the rate is a usual one
    "全年预算执行率为95%。\n\n| 指标 | 分值 | 得分 |\n| --- | --- | --- |\n| 预算执行 | 10 | 10 |\n| 产出 | 50 | 50 |\n| 效益 | 40 | 40 |\n",
]  # fmt: skip
