"""Other units of the batch where a report's own unit is due: the mark of a text that was taken over.

Names of others are right in most places (联合区财政局, 报市委组织部同意). They are wrong where a report says whose evaluation it is, or opens a
sentence on posts, budgets and accounts, unless it tells of what belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.documents import Text
from assistant.findings import Finding
from assistant.patterns import regex

_SHORTEST, _QUOTE = 5, 60
_EVALUATED = regex(
    r"(?:20\d\d\s?年度?)?的?(?:部门|单位)?(?:整体)?(?:支出|预算)?(?:绩效)?(?:自我评价|自评)(?!(?:工作)?的?(?:通知|方案|要求|培训|部署|会议))|[（(](?:以下|下)?简?称[：:“”]{0,2}[我本]"
)
_TOLD = regex(
    r"(?:20\d\d\s?年(?:度|末)?|全年|年末|当年)?(?:内设|核定编制|在编|实有|年初预算|全年预算|决算支出|支出决算|预算执行率)"
)
_SENTENCE = regex(r"[^。；\n\t]+")
_OPENS = regex(r"(?:^|[，,：:])\s*(?:关于|现将|附件)?\s*$")
_OURS = regex(r"[我本](?:单位|部门|[局委办校院馆站所队会])[（(]$")
_BELONGS = r"(?:所属|下属|直属|二级|包括|纳入|合并|划[转出入]|分别)[^。\n]{0,80}"


def strangers(text: Text, unit: str, units: Sequence[str]) -> Iterator[Finding]:
    """Where the report of `unit` speaks of another of `units` as if it were that one's; one finding for each of them.

    A name that lies in the unit's own, or in a longer one that is known, is not looked at.
    """
    others = [name for name in units if len(name) >= _SHORTEST and name not in unit and name in text.text]
    if not others:
        return
    names = re.compile("|".join(re.escape(name) for name in sorted({unit, *others}, key=len, reverse=True)))
    told: set[str] = set()
    for sentence in _SENTENCE.finditer(text.text):
        words = sentence[0]
        for found in names.finditer(words):
            name = found[0]
            if name in told or name not in others or not _as_its_own(words, found, text.text):
                continue
            told.add(name)
            start = sentence.start() + found.start()
            shown = words.strip()
            shown = shown if len(shown) <= _QUOTE else f"{shown[: _QUOTE - 2]}……"
            yield Finding(
                "wrong_scope", "error",
                f"{text.place(start)}“{shown}”说的是{name}，本报告是{unit}的。请改成本单位的名称和情况，并核对这一段的每个数。",
                quote=name, start=start, end=start + len(name),
            )  # fmt: skip


def _as_its_own(words: str, name: re.Match[str], report: str) -> bool:
    """Whether a sentence says by this name whose report it is in."""
    before, behind = words[: name.start()], words[name.end() :]
    if _OURS.search(before):
        return True
    if not _OPENS.search(before):
        return False
    if _EVALUATED.match(behind):
        return True
    return bool(_TOLD.match(behind)) and re.search(_BELONGS + re.escape(name[0]), report) is None
