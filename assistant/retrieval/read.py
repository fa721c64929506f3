"""A file -> Exemplar. Shipped ones carry front matter; of others title, unit and year are read off the first lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

from assistant.data_files import parse_yaml
from assistant.documents import Text, markdown, read_document, source
from assistant.documents.plain import lines_of
from assistant.documents.secrecy import refuse_secret
from assistant.errors import FrameworkError, InputError
from assistant.intake.orders import orders
from assistant.masking import masked, names_of
from assistant.patterns import regex
from assistant.retrieval.passage import Exemplar, ExemplarPassage
from assistant.retrieval.split import masked_path, split

_KEYS = ("title", "unit", "kind", "outline", "year", "source")
_FENCE = "---"
_YEAR = regex(r"(20\d\d)\s?年")
_UNIT = regex(
    r"(?:^|\d年度?|[\s“《])([\u4e00-\u9fff]{2,20}?(?:局|委员会|委|办公室|办|厅|街道办事处|中心|部|院|馆|所|站|校|政府))(?=关于|20\d\d|部门|整体|绩效|$|\s|（)"
)
_LABELLED = regex(r"(?:部门|单位)(?:（单位）)?名称(?:（公章）|（盖章）)?[：:\t\s]\s*([\u4e00-\u9fff]{4,24})")
_AREA = regex(r"^.{1,12}(?:省|市|区|县|旗|镇|乡|街道)(?=.{2})")
_TITLE = regex(r"(?:自评|绩效|支出).{0,12}报告")
_LONGEST = 200
_FIRST = 15
"""So many lines from the top hold title, unit and year."""
MOST_PASSAGES = 5000
_NO_SECTIONS = "没有识别出履职情况、存在问题、改进措施等部分的标题，只能查到，起草时用不上；请给各部分加上这样的标题，删除后重新加入"


def read_exemplar(path: Path, owner: str = "", approved: bool = False) -> Exemplar:
    """The exemplar in a .docx, .pdf, .md or .txt file, split into passages.

    Raises:
        InputError: it cannot be read, has no running text, or carries a mark of secrecy.
    """
    data = source.load(path)
    head, text = _opened(path, data)
    refuse_secret(text)
    digest = blake2b(data, digest_size=16).hexdigest()
    head = _guessed(path, text) | head
    exemplar = _made(_id_of(owner, digest), head, text, digest, owner, approved)
    if len(exemplar.passages) > MOST_PASSAGES:
        raise InputError(path.name, f"超过 {MOST_PASSAGES} 段，太长了", "请只加入自评报告本身，或拆成几个文件")
    if not exemplar.passages:
        raise _empty(path.name, text, exemplar.notes)
    return exemplar


def _empty(name: str, text: Text, notes: tuple[str, ...]) -> InputError:
    """Why nothing of a file can be used, and what to do."""
    if text.pictures:
        return InputError(name, "扫描件（页面只有图片）", "请先做文字识别（OCR）再加入")
    why = next((note for note in notes if note != _NO_SECTIONS), "只有表格、标题或极短的文字")
    return InputError(name, f"里面没有可作范文的段落：{why}", "请加入含履职情况、存在问题等文字的自评报告")


def _id_of(owner: str, digest: str) -> str:
    """The same file of two owners is two exemplars."""
    return "u" + blake2b(f"{owner}\0{digest}".encode(), digest_size=5).hexdigest()


@cache
def shipped_exemplars() -> tuple[Exemplar, ...]:
    """The exemplars of knowledge_base/exemplars, by name.

    Raises:
        FrameworkError: one of them lacks a key of its front matter.
    """
    return tuple(_shipped(name, data) for name, data in shipped_files())


def shipped_files() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file of knowledge_base/exemplars, by name."""
    folder = files("knowledge_base") / "exemplars"
    entries = [entry for entry in folder.iterdir() if entry.name.endswith(".md")] if folder.is_dir() else []
    yield from ((entry.name, entry.read_bytes()) for entry in sorted(entries, key=lambda entry: entry.name))


def _shipped(name: str, data: bytes) -> Exemplar:
    head, body = front_matter(name, data)
    lacking = [key for key in _KEYS if not head.get(key)]
    if lacking:
        raise FrameworkError(
            name, f"范文的文件头缺少 {'、'.join(lacking)}", "按 knowledge_base/exemplars 中其他范文补齐"
        )
    text = markdown.read(name, body.encode("utf-8"))
    return _made(name.removesuffix(".md"), head, text, blake2b(data, digest_size=16).hexdigest(), "", True)


def remasked(exemplar: Exemplar) -> Exemplar:
    """The exemplar with its passages masked by the rules of today."""
    names = names_of(exemplar.unit)
    passages = tuple(
        replace(
            passage,
            masked=masked(passage.text, names),
            masked_section=masked_path(passage.section, names),
        )
        for passage in exemplar.passages
    )
    return replace(exemplar, passages=passages)


def _opened(path: Path, data: bytes) -> tuple[dict[str, str], Text]:
    """What the front matter says, and the text below it; only Markdown has one."""
    if path.suffix.lower() not in (".md", ".markdown") or source.type_of(data) != "text":
        return {}, read_document(path)
    head, body = front_matter(path.name, data)
    text = markdown.read(path.name, body.encode("utf-8"))
    if not text.blocks:
        raise InputError(path.name, "里面没有可读的文字", "请加入有正文的文件")
    return head, text


def front_matter(name: str, data: bytes) -> tuple[dict[str, str], str]:
    """The keys between two lines of dashes at the top, and the rest; no keys where there are no such lines."""
    lines = lines_of(name, data)
    if not lines or lines[0].strip() != _FENCE:
        return {}, "\n".join(lines)
    end = next((n for n, line in enumerate(lines[1:60], 1) if line.strip() == _FENCE), 0)
    if not end:
        return {}, "\n".join(lines)
    found = parse_yaml("\n".join(lines[1:end]), name)
    head = {str(k): _printable(v) for k, v in found.items() if v is not None} if isinstance(found, dict) else {}
    return head, "\n".join(lines[end + 1 :])


def _printable(value: object) -> str:
    """A value of the front matter as one short line: it goes to the terminal."""
    return "".join(char for char in str(value) if char.isprintable())[:_LONGEST]


def _guessed(path: Path, text: Text) -> dict[str, str]:
    """Title, unit, kind and year off the first lines; what is not found stays empty."""
    lines = [text.text[b.start : b.end].replace("\t", " ") for b in text.blocks[:_FIRST]]
    top = "\n".join(lines)
    title = next((line for line in lines if _TITLE.search(line) and len(line) <= 60 and "。" not in line), path.stem)
    labelled = _LABELLED.search(top)
    unit = labelled or _UNIT.search(title.replace(" ", "")) or next(filter(None, map(_UNIT.match, lines)), None)
    year = _YEAR.search(top)
    name = unit[1] if unit else ""
    return {
        "title": title,
        "unit": name,
        "kind": _AREA.sub("", name),
        "year": year[1] if year else "0",
        "source": path.name,
    }


def _made(id: str, head: dict[str, str], text: Text, digest: str, owner: str, approved: bool) -> Exemplar:
    """The exemplar with its passages, but for those that give orders to a drafter."""
    year = int(head["year"]) if head.get("year", "").isdecimal() else 0
    unit, kind, outline = (head.get(key, "") for key in ("unit", "kind", "outline"))
    passage = partial(
        ExemplarPassage, exemplar=id, owner=owner, approved=approved, outline=outline, kind=kind, year=year
    )
    found = [
        passage(id=f"{id}#{number}", **piece._asdict())
        for number, piece in enumerate(split(text, names_of(unit), outline), 1)
    ]
    passages = tuple(p for p in found if not orders(f"{p.section}\n{p.text}"))
    notes = [] if any(p.genre for p in passages) else [_NO_SECTIONS]
    if len(passages) < len(found):
        notes.append(f"有{len(found) - len(passages)}段夹有像是写给起草程序的指令，没有采用，请核实来源")
    if text.pictures and passages:
        notes.append(f"有{len(text.pictures)}页只有图片，没有读到文字")
    return Exemplar(
        id, head.get("title", ""), unit, kind, outline, year, head.get("source", ""), owner, approved, digest,
        passages, tuple(notes),
    )  # fmt: skip
