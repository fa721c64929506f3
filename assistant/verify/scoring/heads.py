"""What the columns of a score table are, by the words at their heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from assistant.patterns import regex

Role = Literal[
    "name", "full", "marks", "rate", "deducted", "description", "standard", "sign", "unit", "target", "achieved", "reason", "budget", "executed", "other"
]  # fmt: skip

_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("rate", regex(r"得分率")),
    ("deducted", regex(r"^扣(?:减)?分(?:值|数)?(?:[（(]分[)）])?$")),
    ("standard", regex(r"(?:评分|评价|计分|评分办法|参考评分|考核|打分|赋分)(?:标准|细则|依据及标准|规则|办法)$|^(?:评分说明|计分方法|评分方法)$")),
    ("reason", regex(r"偏差|原因|扣分.{0,8}说明|得分说明|扣分(?:说明|理由|情况|依据)|未达标|整改")),
    ("target", regex(r"^年度计划$|^计划任务(?:数|量)?$|^(?:年度|年初|预期|绩效|计划|全年|本年)?(?:指标|目标)值(?:[（(].{0,8}[)）])?$|^(?:年初|年度|绩效|预期)(?:绩效)?目标值?$|^计划(?:完成)?值$|^目标值")),
    ("achieved", regex(r"^实际完成$|^完成任务(?:数|量)?$|^(?:全年|年度|实际|本年)?(?:实际)?(?:完成|实现|达成)(?:指标)?(?:值|情况|数)(?:[（(].{0,8}[)）])?$|^(?:全年|年度)实际值$|^实际值$|^完成结果$|^(?:预算)?执行率(?:[（(]%[)）])?$")),
    ("sign", regex(r"^指标(?:性质|方向|符号)$|^计算符号$|^运算符号$")),
    ("unit", regex(r"^(?:计量|度量|指标)单位$|^单位$")),
    ("marks", regex(r"^(?:[\u4e00-\u9fff]{2,8}率|预算执行|预算完成)得分$|^(?:单位|部门|本次)?(?:自评|自我评价|评价|实际|实得|绩效)?(?:得分|评分|分数|实得分|打分)(?:值|情况|数)?(?:[（(]分[)）])?$|^自评分$")),
    ("full", regex(r"^(?:[\u4e00-\u9fff]{2,8}率|预算执行|预算完成)分值$|^(?:参考|指标|标准|权重|基准|满分|设定|规定|总)?(?:分值|权重|满分|分数权重|标准分|满分值|基准分|总分值)(?:[（(](?:分|%|％)[)）])?$|^权重分值?$|^标准分数?$|^权重[（(]分值[)）]$|^分值权重$")),
    ("budget", regex(r"^(?:年初|全年|年度|调整)?预算(?:数|金额|资金总额)")),
    ("executed", regex(r"^(?:全年|实际)?(?:执行|支出)(?:数|金额)")),
    ("description", regex(r"^(?:指标|评价)(?:说明|解释|内涵|内容|要点|释义)|^(?:评价|考核)(?:要点|内容)|^指标(?:描述|定义)")),
    ("name", regex(r"^(?:[一二三四]级|绩效|评价|考核|三级绩效)?指标(?:名称|体系|类型|类别)?$|^(?:指标)?名称$|^(?:评价|考核)项目$|^[一二三四]级$|^自评指标$|^(?:评价|考核)?维度$")),
)  # fmt: skip
_SECOND_OPINION = regex(r"复核|财政|核定|审核|抽查|第三方|专家|上年|上一年|重点评价")
_SPACE = regex(r"\s+")
_LONGEST_HEAD = 24


@lru_cache(maxsize=2048)
def role_of(head: str) -> Role | None:
    """The role of one head, None where its words are no head of a score table."""
    words = _SPACE.sub("", head)
    if not words or len(words) > _LONGEST_HEAD:
        return None
    if _SECOND_OPINION.search(words) and re.search(r"[得评]分|分$", words):
        return "other"
    return next((role for role, pattern in _ROLES if pattern.search(words)), None)


def is_head(cells: Iterable[str]) -> bool:
    """Whether a row is a head: two roles or more in it, and nothing in it that is a number alone."""
    words = [cell for cell in cells if cell.strip()]
    found = [role_of(cell) for cell in words]
    known = [role for role in found if role is not None]
    return len(known) >= 2 and 2 * len(known) >= len(words) and not any(cell.strip()[:1].isdigit() for cell in words)


def scores(roles: Mapping[int, Role]) -> bool:
    """Whether columns are those of a score table: full marks and marks."""
    found = set(roles.values())
    return "full" in found and "marks" in found


def merged(upper: Mapping[int, Role], lower: Mapping[int, Role]) -> dict[int, Role]:
    """The roles of two rows of heads, one under the other: the lower row says more where it says anything."""
    return {**upper, **lower}
