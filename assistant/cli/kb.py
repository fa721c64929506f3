"""kb: exemplars added, found, listed, removed."""

from __future__ import annotations

import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.show import Printer, progress
from assistant.errors import JipingError, UsageError
from assistant.outlines import GENRE_NAMES, outline_ids

if TYPE_CHECKING:
    from assistant.library import Added, Library
    from assistant.retrieval import Exemplar, Hit

_NO_GENRE = "其他"
_MOST = 50
_SHOWN = 160
"""Characters of a passage on the terminal; JSON has all of them."""


def add(files: list[Path], owner: str, approve: bool, json: str) -> int:
    """Take each file in as an exemplar; one that cannot be is told and does not stop the others (exit 2)."""
    out = Printer(json)
    library = _kept(owner)
    taken: list[Added] = []
    failed: list[str] = []
    with progress("加入范文", quiet=json == "-") as step:
        for done, file in enumerate(files):
            step(file.name, done, len(files))
            try:
                taken.append(library.add(file, approve))
            except JipingError as error:
                failed.append(str(error))
        step("建立索引", len(files), len(files))
        trouble = ""
        if any(added.same is None for added in taken):
            trouble = library.store(partial(step, "计算向量")).trouble
    for added in taken:
        out.say(_told(added, approve))
    if trouble:
        print(f"提醒：{trouble}", file=sys.stderr)
    for message in failed:
        print(f"错误：{message}", file=sys.stderr)
    new = [added.exemplar for added in taken if added.same is None]
    out.say(f"加入{len(new)}份，已有{len(taken) - len(new)}份，未能加入{len(failed)}份。")
    out.json({"added": [_row(exemplar) for exemplar in new], "failed": failed})
    return 2 if failed else 0


def _told(added: Added, approve: bool) -> str:
    """What became of a file, in one line."""
    exemplar = added.exemplar
    if added.same is not None:
        how = "是同一份文件" if added.same.digest == exemplar.digest else "文字相同"
        opened = "，现已准许所有单位使用" if added.approved else ""
        return f"{exemplar.source}：与已有的范文 {added.same.id}《{added.same.title}》{how}，没有重复加入{opened}。"
    genres = Counter(passage.genre for passage in exemplar.passages)
    parts = "、".join(f"{name}{genres[id]}" for id, name in {**GENRE_NAMES, "": _NO_GENRE}.items() if genres[id])
    notes = "".join(f"注意：{note}。" for note in exemplar.notes)
    seen = "所有单位可用" if approve else f"只有“{exemplar.owner}”可用"
    twice = f"其中{added.repeats}段与已有的相同，查找时只出现一次。" if added.repeats else ""
    return f"已加入 {exemplar.id}《{exemplar.title}》：{len(exemplar.passages)}段（{parts}），{seen}。{twice}{notes}"


def search(text: str, genre: str, section: str, outline: str, k: int, owner: str, json: str) -> int:
    """Passages that fit the text."""
    if not text.strip():
        raise UsageError("没有写要找的内容。例如：jiping kb search 预算执行偏慢")
    if genre and genre not in GENRE_NAMES:
        known = "、".join(f"{id}（{name}）" for id, name in GENRE_NAMES.items())
        raise UsageError(f"没有类别“{genre}”。可用的有：{known}。")
    if not 1 <= k <= _MOST:
        raise UsageError(f"-k 应在1至{_MOST}之间。")
    out = Printer(json)
    library = _library(owner)
    outlines = {e.outline for e in library.exemplars() if e.outline} | set(outline_ids())
    if outline and outline not in outlines:
        raise UsageError(f"没有提纲“{outline}”。可用的有：{'、'.join(sorted(outlines))}。")
    with progress("查找", quiet=json == "-") as step:
        store = library.store(partial(step, "计算向量"))
        hits = library.search(text, genre=genre, section=section, outline=outline, k=k)
    if store.trouble:
        print(f"提醒：{store.trouble}", file=sys.stderr)
    exemplars = {exemplar.id: exemplar for exemplar in library.exemplars()}
    for number, hit in enumerate(hits, 1):
        out.say(_shown(number, hit, exemplars[hit.passage.exemplar]))
    if not hits:
        out.say("没有找到。换几个词，或去掉 --genre、--section、--outline 再试。")
    out.json([_found(hit) for hit in hits])
    return 0


def _shown(number: int, hit: Hit, exemplar: Exemplar) -> str:
    passage = hit.passage
    text = passage.text.replace("\n", " ")
    cut = text[:_SHOWN] + ("……" if len(text) > _SHOWN else "")
    return f"{number}. 【{GENRE_NAMES.get(passage.genre, _NO_GENRE)}】{exemplar.unit or exemplar.title}（{passage.year or '年份不详'}）{passage.section}\n   {cut}\n   {passage.id}"


def _found(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "id": passage.id, "exemplar": passage.exemplar, "genre": passage.genre, "section": passage.section,
        "outline": passage.outline, "year": passage.year, "text": passage.text, "masked": passage.masked,
        "score": f"{hit.score:.6f}", "keyword_rank": hit.keyword_rank, "vector_rank": hit.vector_rank,
    }  # fmt: skip


def listed(owner: str, json: str) -> int:
    """All exemplars that the owner may see."""
    out = Printer(json)
    exemplars = _library(owner).exemplars()
    for e in exemplars:
        whose = "随软件提供" if not e.owner else f"{e.owner}，{'所有单位可用' if e.approved else '仅本单位可用'}"
        out.say(f"{e.id}\t{e.unit or '单位不详'}\t{e.year or '年份不详'}\t{len(e.passages)}段\t{whose}\t{e.title}")
    out.say(f"共{len(exemplars)}份。")
    out.json([_row(exemplar) for exemplar in exemplars])
    return 0


def _row(exemplar: Exemplar) -> dict[str, Any]:
    fields = ("id", "title", "unit", "kind", "outline", "year", "source", "owner", "approved", "notes")
    return {name: getattr(exemplar, name) for name in fields} | {"passages": len(exemplar.passages)}


def remove(id: str, owner: str, json: str) -> int:
    """Drop one of the owner's exemplars."""
    out = Printer(json)
    gone = _kept(owner).remove(id)
    out.say(f"已删除 {gone.id}《{gone.title}》。")
    out.json(_row(gone))
    return 0


def _library(owner: str) -> Library:
    """The library that the settings name; says so where nothing is kept."""
    library = _named(owner)
    if library.trouble:
        print(f"提醒：{library.trouble}现在只有随软件提供的范文可用。", file=sys.stderr)
    return library


def _kept(owner: str) -> Library:
    """The library that the settings name, to be changed.

    Raises:
        UsageError: nothing can be kept.
    """
    library = _named(owner)
    if library.trouble:
        raise UsageError(f"{library.trouble}范文库没有改动。")
    return library


def _named(owner: str) -> Library:
    from assistant.cli.library import library_of
    from assistant.settings import load_settings

    return library_of(load_settings(), owner.strip())
