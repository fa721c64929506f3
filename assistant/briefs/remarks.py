"""What people type beside a mark or as a reason: words about the work, or a note on the filling-in that tells a reader nothing."""

from __future__ import annotations

import re

from assistant.patterns import regex

_NONE = regex(r"^(?:无|暂无|没有|不适用|/|-|—|未发现(?:明显)?问题)[。.]?$")
_ABOUT_FILLING = regex(
    r"直接填(?:报|列)|(?:公开|原|自评)报告|沿用|(?:只|仅|没有|未)(?:列出|公布|公开[^。；，]{0,4}数)|按满分计|得分按|推算|未复核|核对|详见(?:附件|佐证)"
)
"""Clauses about how a mark was filled in: they belong to the score table's notes, not into the text."""

_SOME = r"(?:相关|有关|各项|各类|全部|所有|本项|该项|上述|以上|具体|佐证|证明|支撑|印证|自评|评价|考核|备查|书面)的?"
_THING = rf"(?:(?:{_SOME})*(?:材料|资料|台账|佐证)|(?:{_SOME})+(?:文件|附件|档案|凭证|依据|数据|证明)|附件[一二三四五六七八九十\d]*)"
_ALREADY = r"(?:均|都|已经?|全部|一并|及时|目前|现|真实|基本|按(?:规定|要求|时))*"
_DONE = (
    r"(?:归档|存档|建档|立卷|留存|留档|保存|备查|可查|待查|在案|收集|整理|汇总|装订|上传|上报|提交|报送|提供|附后|附上"
    r"|齐全|齐备|完整|完备|充分|属实|无误|真实|准确|核实|核查|审核|检查|查阅|自查|复核)"
)
_FILED = regex(
    rf"^{_THING}{_ALREADY}(?:[并且、和]?{_DONE}(?:完毕|完成|入库)?)+$|^(?:详?见|参见|已?附|另附|已?提供|已?提交|已?上传|备有|有){_THING}$"
)
"""That papers are filed, complete, or checked."""

_CHECKED = r"(?:自查|检查|核查|核实|核对|审核|复核|查阅|自评|评分|打分|得分|计分|扣分|赋分|执行|落实|完成|扣(?:\[\[[^\]]*\]\]|\S{1,5}分))"
_VERDICT = regex(
    rf"^{_ALREADY}(?:经过?|对照[^，]{{0,10}})?(?:逐项|逐条|全面|认真)?{_CHECKED}(?:属实|无误|完毕|通过|合格)?$"
    rf"|^{_ALREADY}(?:基本|完全|各项|本项|该项|自评|经?{_CHECKED}|情况)*(?:符合|满足|达到|对照|按照?|根据|依据|参照)"
    r"(?:了|相关|有关|评分|评价|评定|考核|自评|指标|计分|上级|规定|文件|各项|的)*(?:标准|要求|规定|条件|办法|细则|规则|实际情况|要点)"
    rf"(?:进行|予以|逐项|据实|如实)*{_CHECKED}?$"
    r"|^(?:合格|达标|情况(?:良好|属实|正常)|(?:自评)?[得给]?满分|(?:酌情|适当|自评|据实|按标准|不|未|无)*(?:扣分|失分|计分)|自?评?扣(?:\[\[[^\]]*\]\]|\S{1,5}分))$"
)
"""That the standard was met or applied, without a word of how."""


def says_nothing(text: str) -> bool:
    """无, 暂无 and the like, and an empty cell."""
    return not text.strip() or bool(_NONE.match(text.strip()))


def about_work(text: str) -> str:
    """Without clauses that speak of the filling-in, and without statements that do nothing else."""
    kept = []
    for part in re.split("[；。]", text):
        pieces = [
            p for p in part.split("，") if p.strip() and not _ABOUT_FILLING.search(p) and not _FILED.match(p.strip())
        ]
        if not all(_VERDICT.match(piece.strip()) for piece in pieces):
            kept.append("，".join(pieces))
    return "；".join(kept)


def no_reason(text: str) -> bool:
    """Whether a reason tells nothing of its subject: blank, 无, or a note on the filling-in (相关材料已归档, 按标准自评)."""
    pieces = [piece.strip() for piece in re.split("[，；。]", text) if piece.strip()]
    return says_nothing(text) or all(_FILED.match(piece) or _VERDICT.match(piece) for piece in pieces)
