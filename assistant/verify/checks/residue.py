"""What must not be left in a report that is signed: 【待补】, slots, the template's own words, marks of a converter, half sentences.

Redaction is no residue: （略）, 张×× and a blank to sign on are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from assistant.findings import Finding, Severity
from assistant.patterns import regex
from assistant.verify.reading.enumerators import item_of, shortened
from assistant.verify.reading.passages import Passage
from assistant.verify.reading.reading import Reading

_TODO = regex(r"【待补[：:]?([^】\n]{0,200})】")
_FILLED_WITH = r"(?:单位|部门|[局委办院处科股室馆站]|[市区县镇]|街道|年|月|日|亿?万?元|％|%|个|项|人|次|分|份|件|家|名|工作|项目|同志)"


class _Kind(NamedTuple):
    """A kind of residue: what it looks like, how sure it is, what it is called and what to do.

    `signs`: a text without any of these need not be searched. `once`: a converter leaves many, and one finding counts them.
    """

    pattern: re.Pattern[str]
    severity: Severity
    name: str
    remedy: str
    signs: tuple[str, ...]
    once: bool = False


_MARKS = (
    _Kind(
        regex(
            r"(?=[\[{×✕XxＸ（(T【请在此点单…_*?？某])(?:"  # no other character begins one: most places are passed by at once
            r"\[\[[^\]\n]{0,80}\]\]|\{\{[^}\n]{0,80}\}\}|\{%[^%\n]{0,80}%\}|[×✕]{3,}|[XxＸ]{3,}|[（(]此处[^）)\n]{0,60}[）)]|TODO"
            r"|[（(](?:请|在此|此处)?(?:填写|填入|输入|插入)[^）)\n]{0,40}[）)]|【\s{0,4}】|【[^】\n]{0,20}(?:填写|此处|单位名称|示例)[^】\n]{0,40}】"
            r"|(?:请在?此处?|此处请?|在此处?请?)(?:填写|输入|插入|补充)|点击(?:此处|这里)(?:输入|添加)|单击此处"
            rf"|(?<![A-Za-z0-9])(?:[×✕]{{2}}|[XxＸ]{{2}})(?={_FILLED_WITH})|…{{1,2}}(?=(?:亿?万?元|[个项次]|%))|_{{2,}}(?=(?:亿?万?元|[个项次人]|%))"
            r"|(?<=[为是达共约])_{2,}|(?<=[\u4e00-\u9fff])(?<![率值分数重权额])[×✕](?=(?:亿?万?元|[项次家份期场]|年|月|日|人次))|\*{2,}(?=亿?万?元)|[?？]{3,}"
            r"|某某(?=[省市区县镇乡局]|街道|单位|部门)|[（(](?:如|若)(?:无|没有|有)[^（）()\n]{0,20}(?:填|注明|说明)[^（）()\n]{0,20}[）)]"
            r"|[（(][^（）()\n]{0,20}仅供参考[^（）()\n]{0,10}[）)])"
        ),
        "error", "模板痕迹", "请删去或填上内容",
        ("[[", "{{", "{%", "××", "✕✕", "XX", "xx", "Xx", "xX", "ＸＸ", "此处", "此页", "TODO", "填写", "填入", "输入", "插入", "【", "…", "__", "单击", "点击", "×", "✕", "**", "??", "？？", "某某", "（如", "（若", "参考"),
    ),
    _Kind(
        regex(r"(?m)(?:^|(?<=\t))(?:填[写表报]说明|填写要求|编写说明|撰写说明|[（(]?示例[：:）)]|[（(]?参考格式)[^\n]{0,40}"),
        "warning", "模板的说明", "请删去", ("说明", "要求", "示例", "参考格式"),
    ),
    _Kind(
        regex(
            r"</?(?:p|br|div|span|table|tr|td|b|strong|font|img|a)(?:\s[^<>\n]{0,80})?/?>|&(?:nbsp|lt|gt|amp|quot|#\d{2,5});|```"
            r"|(?<!\*)\*\*(?=[^\s*])[^*\n]{1,120}\*\*(?!\*)|(?m:^\s{0,3}#{1,6}\s(?=\S))"
        ),
        "warning", "网页或标记语言的符号", "请删去符号，保留文字", ("<", "&", "```", "**", "# "), once=True,
    ),
    _Kind(
        regex(r"\$[^$\n]{0,40}\\[a-zA-Z%]{1,12}[^$\n]{0,40}\$|\\(?:geq|leq|times|frac|text|%)(?![a-z])"),
        "info", "公式符号的原码", "请改成正常的符号，如≥", ("\\",), once=True,
    ),
    _Kind(regex(r"[（(]此页[^）)\n]{0,60}[）)]"), "warning", "排版用的说明", "请在定稿时删去", ("此页",)),
    _Kind(regex("\ufffd{1,20}"), "warning", "乱码", "请对照原文改正", ("\ufffd",), once=True),
)  # fmt: skip
_SLIPS = regex(
    r"(?P<stops>(?<!。)。。(?!。)|，，|、、|；；|：：|[，、；]。|。[，、；])"
    r"|(?P<words>(?:(?<=项目)|(?<![目标]))的的(?![确士])|(?<![目饱温总缓调共柔祥平随])和和(?![气睦美善谐平解好声顺田县])"
    r"|(?<![存实自内外潜现])在在(?![乎职编岗校册建用位读线场园院籍外地途运售营研保训馆库户产网学修逃押侦办案])"
    r"|(?P<verb>进行|开展|完成|实现|推进|加强|通过)(?P=verb)(?![率度量性会者型])"
    r"|按照按照|以及以及|进一步进一步|不断不断|我局我局|本单位本单位|我单位我单位)"
)
"""A doubled word is none where the second half begins a word (在在职, 和和谐) or the first one ends one (存在在, 饱和和)."""
_SLIP_SIGNS = (
    *"。。 ，， 、、 ；； ：： ，。 、。 ；。 。， 。、 。； 的的 和和 在在 进行进行 开展开展 完成完成 实现实现 推进推进 加强加强 按照按照 通过通过 以及以及".split(),
    *"进一步进一步 不断不断 我局我局 本单位本单位 我单位我单位".split(),
)
"""A text without any of these has no slip of this kind."""
_BLANK = regex(r"(?:支出|收入|预算|执行率|完成率|得分|[为达])[ \u3000_]{1,8}(?:亿元|万元|元|%|分)(?=[，。；、])")
_UNFINISHED = regex(r"(?:[，、]|(?:以及|的|和|与|及|并|将|把|由于|因为|包括))$")
_MOST_SLIPS = 10
"""So many slips of one paragraph are told."""
_SHORTEST_SENTENCE = 20


def residue(reading: Reading) -> list[Finding]:
    """Open places (warning: the draft says itself that they are open) and all that is left over from making the report."""
    text = reading.text
    found = [
        Finding(
            "missing", "warning", f"{text.place(m.start())}还没有填写{f'：{m[1]}' if m[1] else ''}。请补充后再定稿。",
            quote=m[0], start=m.start(), end=m.end(),
        )
        for m in _TODO.finditer(text.text)
    ]  # fmt: skip
    for kind in _MARKS:
        found += _left(reading, kind)
    found += _no_number(reading)
    found += _slips(reading)
    found += _unfinished(reading)
    return found


def _left(reading: Reading, kind: _Kind) -> Iterator[Finding]:
    text = reading.text
    if not any(sign in text.text for sign in kind.signs):
        return
    matches = list(kind.pattern.finditer(text.text))
    for match in matches[:1] if kind.once else matches:
        start, end = match.span()
        more = f"等{len(matches)}处" if kind.once and len(matches) > 1 else ""
        said = f"留有{kind.name}“{shortened(match[0])}”{more}。{kind.remedy}"
        yield Finding("residue", kind.severity, f"{text.place(start)}{said}。", quote=match[0], start=start, end=end)


def _no_number(reading: Reading) -> Iterator[Finding]:
    """支出 万元，: the unit stands, the number was never filled in."""
    for passage in reading.passages:
        for match in _BLANK.finditer(passage.words) if "元" in passage.words or "%" in passage.words else ():
            start, end = passage.start + match.start(), passage.start + match.end()
            yield Finding(
                "residue",
                "warning",
                f"{reading.text.place(start)}“{match[0]}”缺少数字。请填上。",
                quote=match[0],
                start=start,
                end=end,
            )


def _slips(reading: Reading) -> Iterator[Finding]:
    """Doubled stops and words of the prose."""
    signs = [sign for sign in _SLIP_SIGNS if sign in reading.text.text]
    for passage in reading.passages if signs else ():
        if not any(sign in passage.words for sign in signs):
            continue
        for match in islice(_SLIPS.finditer(passage.words), _MOST_SLIPS):
            start, end = passage.start + match.start(), passage.start + match.end()
            near = passage.words[max(0, match.start() - 10) : match.end() + 10]
            what = "标点重复" if match["stops"] else "文字重复"
            yield Finding(
                "residue", "warning", f"{reading.text.place(start)}“{near.strip()}”：{what}“{match[0]}”。请改正。",
                quote=match[0], start=start, end=end,
            )  # fmt: skip


def _unfinished(reading: Reading) -> Iterator[Finding]:
    """A paragraph that breaks off before the next heading."""
    prose = reading.passages
    for passage, after in pairwise(prose):
        words = passage.words.rstrip()
        if (
            len(words) < _SHORTEST_SENTENCE
            or passage.blocks[0].kind != "paragraph"
            or not _UNFINISHED.search(words[-4:])
        ):
            continue
        if (
            _is_heading(after)
            and not _is_heading(passage)
            and "\n" not in reading.text.text[passage.end : after.start].strip("\n ")
        ):
            yield Finding(
                "residue", "warning", f"{reading.text.place(passage.start)}的末句没有写完：“{words[-30:]}”。请补全。",
                quote=words[-30:], start=passage.end - min(30, len(words)), end=passage.end,
            )  # fmt: skip


def _is_heading(passage: Passage) -> bool:
    item = item_of(passage)
    return passage.blocks[0].kind == "heading" or (
        item is not None and item.heading and item.style in ("han", "bracketed_han")
    )
