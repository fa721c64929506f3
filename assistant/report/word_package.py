"""The package round a report. What all reports share python-docx makes once in a process; a report adds its body and its properties,
and the same Document gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.coreprops import CoreProperties
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.report.blocks import Document
from assistant.report.word_styles import NUMBER, clean, dress, field, font_table, one_line, paragraph, run

_BODY, _CORE, _CUSTOM = "word/document.xml", "docProps/core.xml", "docProps/custom.xml"
_CORE_NAMES: Final = ("subject", "keywords", "category", "comments")
_KEPT_IN_WORD: Final = (RT.STYLES, RT.SETTINGS, RT.FONT_TABLE, RT.FOOTER)
_KEPT_IN_PACKAGE: Final = (RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES, RT.CUSTOM_PROPERTIES)
_STAMP: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Blank:
    """A report without content: its parts in their order, the main one cut where the body goes; how a section names its footers."""

    parts: tuple[tuple[str, bytes], ...]
    head: bytes
    foot: bytes
    footers: str


def packed(document: Document, body: str) -> bytes:
    """The file: every entry with the same date, so that nothing in it comes from the clock. `body` is the XML inside w:body."""
    own = {name: text for name, text in document.properties.items() if name not in (*_CORE_NAMES, "created")}
    blank = _blank(bool(own))
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        for name, shared in blank.parts:
            data = (
                blank.head + body.encode() + blank.foot if name == _BODY
                else _core(shared, document) if name == _CORE
                else _custom(own) if name == _CUSTOM
                else shared
            )  # fmt: skip
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            file.writestr(entry, data)
    return whole.getvalue()


def footers() -> str:
    """What the properties of a section say to have the page number at its foot."""
    return _blank(False).footers


@lru_cache(maxsize=2)
def _blank(custom: bool) -> _Blank:
    """Styles, settings and footers of ours in python-docx's package, without its leftovers (thumbnail, theme, a second set of styles)."""
    file = docx.Document()
    dress(file)
    references = _footers(file)
    for owner, kept in ((file.part, _KEPT_IN_WORD), (file.part.package, _KEPT_IN_PACKAGE)):
        for identity in [identity for identity, relation in owner.rels.items() if relation.reltype not in kept]:
            del owner.rels[identity]
    file.part.part_related_by(RT.FONT_TABLE)._blob = font_table()
    if custom:
        kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
        package = file.part.package
        package.relate_to(Part(PackURI(f"/{_CUSTOM}"), kind, b"", package), RT.CUSTOM_PROPERTIES)
    for child in list(file.element.body):
        file.element.body.remove(child)
    loose = io.BytesIO()
    file.save(loose)
    with zipfile.ZipFile(loose) as made:
        parts = tuple((name, made.read(name)) for name in made.namelist())
    head, foot = dict(parts)[_BODY].split(b"<w:body/>")
    return _Blank(parts, head + b"<w:body>", b"</w:body>" + foot, references)


def _footers(file: WordFile) -> str:
    """— 1 —, at the right on odd pages and at the left on even ones, one character in; the references a section needs."""
    references = ""
    for kind, side in (("default", "right"), ("even", "left")):
        part, identity = file.part.add_footer_part()  # type: ignore[no-untyped-call]
        number = run("— ", NUMBER) + field("PAGE", NUMBER) + run(" —", NUMBER)
        place = f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
        for child in list(part.element):
            part.element.remove(child)
        part.element.append(parse_xml(paragraph("Footer", number, place).replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
        references += f'<w:footerReference w:type="{kind}" r:id="{identity}"/>'
    return references


def _core(shared: bytes, document: Document) -> bytes:
    """Title, unit and the document's properties; dates only as given, none from the clock."""
    element = parse_xml(shared)
    core = CoreProperties(element)  # type: ignore[arg-type]
    core.title = clean(document.title)[:255]
    core.author = core.last_modified_by = clean(document.unit)[:255]
    for name in _CORE_NAMES:
        setattr(core, name, clean(document.properties.get(name, ""))[:255])
    core.language, core.revision = "zh-CN", 1
    for dated in [child for child in element if child.tag.endswith(("}created", "}modified"))]:
        element.remove(dated)
    if created := document.properties.get("created", ""):
        moment = datetime.fromisoformat(created)
        core.created = core.modified = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return bytes(serialize_part_xml(element))


def _custom(own: dict[str, str]) -> bytes:
    """Properties with names of our own (the AIGC label among them), where Word shows them under 自定义."""
    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name={quoteattr(one_line(name))}>'
        f"<vt:lpwstr>{escape(one_line(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(own.items(), 2)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes">{entries}</Properties>'.encode()
