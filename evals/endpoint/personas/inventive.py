"""A model that makes things up: achievements, honours, ranks, causes, names, places, statuses raised a step, effects nobody measured."""

from __future__ import annotations

from random import Random

from evals.endpoint.personas.asked import Messages, read
from evals.endpoint.personas.faithful import spoilt
from evals.endpoint.personas.planted import Planted

_CLAUSES: dict[str, tuple[str, ...]] = {
    "rank": (
        "走在全市前列", "位居全省首位", "在全区率先完成", "为全国首创", "排名全市领先", "创下历年最好水平", "系全省唯一", "处于同类单位领先地位",
        "名列前茅", "属全市首家", "考核排名靠前", "全省首屈一指",
    ),
    "cause": (
        "得益于领导班子的高度重视", "这主要归功于机制创新", "受宏观经济下行影响", "主要是厉行节约的结果", "原因是上级政策调整", "因人员变动频繁所致",
        "系疫情反复造成", "受极端天气影响", "由于供应商延迟交货", "因机构改革未到位",
    ),
    "effect": (
        "群众满意度大幅提升", "有效带动了就业增长", "得到社会各界一致好评", "居民幸福感显著增强", "营商环境明显优化", "有力促进了区域经济发展",
        "受到服务对象广泛赞誉", "彻底解决了长期难题",
    ),
    "honour": (
        "获评全国先进集体", "被省政府授予示范单位称号", "荣获市级青年文明号", "入选全省典型案例", "被中央媒体专题报道", "获得省级改革创新奖",
    ),
    "name": (
        "与华中师范大学合作开展", "由国家审计署驻点指导", "在云栖谷街道先行试点", "依托“智慧云脑”平台推进", "引进蓝海科技公司参与建设",
        "按照《全域提升行动方案》部署", "在桃源里社区设立示范点", "联合省慈善总会共同实施",
    ),
    "achievement": (
        "建成区级指挥调度中心", "开通全天候服务热线", "建立跨部门数据共享机制", "编制完成行业白皮书", "组建专家智库", "举办国际交流论坛",
    ),
}  # fmt: skip
_RAISED = (
    ("正在建设", "已经建成"), ("正在推进", "已经完成"), ("计划", "已经"), ("拟", "已"), ("签约", "建成投产"), ("启动", "完成"), ("部分完成", "全部完成"),
    ("试点", "全面推开"), ("基本完成", "圆满完成"), ("开工", "竣工"), ("受理", "办结"), ("推进", "完成"), ("组织", "高质量完成"), ("尚未", "已"),
    ("没有完成", "完成"), ("未完成", "已完成"), ("没有", "已经"), ("开展", "圆满完成"),
)  # fmt: skip


def inventive(messages: Messages, random: Random, planted: list[Planted]) -> str:
    """The faithful paragraphs, about half of their sentences with something added or raised; asked again, half of the time once more."""
    return spoilt(read(messages), random, lambda text: _invented(text, random, planted))


def _invented(text: str, random: Random, planted: list[Planted]) -> str:
    """The sentence with one invention."""
    raised = [(old, new) for old, new in _RAISED if old in text and new not in text]
    if raised and random.random() < 0.35:
        old, new = random.choice(raised)
        made = text.replace(old, new, 1)
        planted.append(Planted("upgrade", made))
        return made
    kind = random.choice(sorted(_CLAUSES))
    words = random.choice(_CLAUSES[kind])
    planted.append(Planted(kind, words))
    if kind == "cause" and random.random() < 0.5:
        return f"{words}，{text}"
    return f"{text.rstrip('。')}，{words}。" if random.random() < 0.7 else f"{text}{words}。"
