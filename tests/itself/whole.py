"""Whole reports, consistent throughout: of other kinds of unit and other outlines. All checks must leave them alone.

Each is followed by errors that a reader sees: (check, words of the report, what they are changed to, words of the message).
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).with_name("reports_whole")
COUNTY_HEALTH = (_HERE / "county_health.md").read_text("utf-8")
LIBRARY = (_HERE / "library.md").read_text("utf-8")
HOSPITAL = (_HERE / "hospital.md").read_text("utf-8")
STATISTICS = (_HERE / "statistics.md").read_text("utf-8")
STREET = (_HERE / "street.md").read_text("utf-8")
ARCHIVE = (_HERE / "archive.md").read_text("utf-8")
CIVIL = (_HERE / "civil.md").read_text("utf-8")
HEALTH_OFFICE = (_HERE / "health_office.md").read_text("utf-8")
WATER = (_HERE / "water.md").read_text("utf-8")
MARKET = (_HERE / "market.md").read_text("utf-8")
REPORTS = (COUNTY_HEALTH, LIBRARY, HOSPITAL, STATISTICS, STREET, ARCHIVE, CIVIL, HEALTH_OFFICE, WATER, MARKET)

PLANTED = (
    ("differences", CIVIL, "支出增加587.00万元", "支出增加578.00万元", "增长7.12%"),
    ("shares", HEALTH_OFFICE, "占项目支出的30.00%、20.00%、15.00%", "占项目支出的30.00%、15.00%、20.00%", "写混"),
    ("shares", WATER, "依次占50%、25%、15%、10%", "依次占50%、25%、10%、15%", "写混"),
    ("rates", MARKET, "结案1,124件，结案率94.77%", "结案1,142件，结案率94.77%", "结案率94.77%"),
    ("differences", MARKET, "压减35.84万元", "压减38.54万元", "压减率4.83%"),
    ("marks", COUNTY_HEALTH, "个别指标不够细化 | 8.7 |", "个别指标不够细化 | 7.8 |", "总分前后不一致"),
    ("marks", COUNTY_HEALTH, "自评得分94.7分", "自评得分97.4分", "写总分97.4分"),
    ("marks", COUNTY_HEALTH, "产出（30分） | 数量", "产出（35分） | 数量", "印为35分"),
    ("marks", COUNTY_HEALTH, "自评等级为“优”", "自评等级为“良”", "应为“优”"),
    ("own_rule", COUNTY_HEALTH, "| 97.50% | 9.75 |", "| 97.50% | 9.50 |", "应得9.75分"),
    ("marks", HOSPITAL, "预约诊疗率 | 8 | 6 |", "预约诊疗率 | 8 | 7 |", "=91.24分"),
    ("marks", HOSPITAL, "得分为96.00分（", "得分为98.00分（", "写总分98分"),
    ("marks", HOSPITAL, "得分合计90.24分", "得分合计92.04分", "写总分92.04分"),
    ("marks", STATISTICS, "得22分）", "得23分）", "是扣2分"),
    ("marks", STATISTICS, "合计得分94.1分", "合计得分91.4分", "=94.1分"),
    ("marks", STREET, "自评得分9.85分", "自评得分9.58分", "=96.08分"),
    ("marks", STREET, "自评得分为96.35分", "自评得分为95.36分", "写总分95.36分"),
    ("outline", STREET, "3.1.3 垃圾", "3.1.4 垃圾", "编号不连续"),
    ("outline", STREET, "1.3 年度", "1.2 年度", "编号用了两次"),
    ("lists", HOSPITAL, "目标有三项", "目标有四项", "列出的有3"),
    ("lists", STATISTICS, "上述五项合计", "上述六项合计", "列出的有5项"),
    ("counted", HOSPITAL, "推行“三减”", "推行“四减”", "列出名称的有3"),
    ("counted", STREET, "经济发展办共6个办公室", "经济发展办共7个办公室", "列出名称的有6"),
    ("counted", COUNTY_HEALTH, "6个股室，下属", "7个股室，下属", "列出名称的有6"),
    ("tabled", COUNTY_HEALTH, "共安排项目5个", "共安排项目6个", "列出的是5项"),
    ("missed", LIBRARY, "| 102.3万人次 | 8 | 7.44 |", "| 102.3万人次 | 8 | 8 |", "满分8分"),
    ("missed", LIBRARY, "总体目标基本实现", "圆满完成各项目标任务", "接待读者人次"),
    ("missed", ARCHIVE, "扫描124.3万页，完成目标的103.58%", "扫描104.3万页，完成目标的86.92%", "86.92%"),
    ("twice", LIBRARY, "外借文献88.6万册次", "外借文献86.8万册次", "86.8万册次"),
    ("names", COUNTY_HEALTH, "\n松岭县卫生健康局\n\n2024", "\n松岭县农业农村局\n\n2024", "落款写的是"),
    ("names", LIBRARY, "名称 | 滨湾市图书馆", "名称 | 滨湾市文化馆", "单位名称写的是"),
    ("years", LIBRARY, "（2022年度）", "（2021年度）", "2021年"),
    ("dates", COUNTY_HEALTH, "2024年3月28日", "2023年3月28日", "落款日期"),
    (
        "repetition",
        COUNTY_HEALTH,
        "（三）盘活闲置资产。2024年5月底前将3台设备调剂给县妇幼保健院使用。",
        "（三）加快支出进度。实行按月通报，6月末执行率低于50%的项目由分管领导约谈。",
        "重复",
    ),
)
