"""The package round the report: its properties, nothing left over from a template, and the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from assistant.report.blocks import Document
from assistant.report.word_styles import clean, font_table, one_line

_CORE: Final = ("subject", "keywords", "category", "comments")
_KEPT_IN_WORD: Final = (RT.STYLES, RT.SETTINGS, RT.FONT_TABLE, RT.FOOTER)
_KEPT_IN_PACKAGE: Final = (RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES, RT.CUSTOM_PROPERTIES)
_STAMP: Final = (1980, 1, 1, 0, 0, 0)


def put_properties(file: WordFile, document: Document) -> None:
    """Title, unit and the document's properties into the file; dates only as given, none from the clock."""
    core = file.core_properties
    core.title = clean(document.title)[:255]
    core.author = core.last_modified_by = clean(document.unit)[:255]
    for name in _CORE:
        setattr(core, name, clean(document.properties.get(name, ""))[:255])
    core.language, core.revision = "zh-CN", 1
    for element in [child for child in core._element if child.tag.endswith(("}created", "}modified"))]:
        core._element.remove(element)
    if created := document.properties.get("created", ""):
        moment = datetime.fromisoformat(created)
        core.created = core.modified = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    own = {name: value for name, value in document.properties.items() if name not in (*_CORE, "created")}
    if own:
        _custom(file, own)


def _custom(file: WordFile, own: dict[str, str]) -> None:
    """Properties with names of our own (the AIGC label among them), where Word shows them under 自定义."""
    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name={quoteattr(one_line(name))}>'
        f"<vt:lpwstr>{escape(one_line(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(own.items(), 2)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes">{entries}</Properties>'
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    package = file.part.package
    package.relate_to(Part(PackURI("/docProps/custom.xml"), kind, xml.encode(), package), RT.CUSTOM_PROPERTIES)


def packed(file: WordFile) -> bytes:
    """The file without python-docx's own leftovers (thumbnail, theme, a second set of styles), every entry with the same date."""
    for owner, kept in ((file.part, _KEPT_IN_WORD), (file.part.package, _KEPT_IN_PACKAGE)):
        for identity in [identity for identity, relation in owner.rels.items() if relation.reltype not in kept]:
            del owner.rels[identity]
    file.part.part_related_by(RT.FONT_TABLE)._blob = font_table()
    loose, fixed = io.BytesIO(), io.BytesIO()
    file.save(loose)
    with zipfile.ZipFile(loose) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            stamped = zipfile.ZipInfo(entry.filename, _STAMP)
            stamped.compress_type = zipfile.ZIP_DEFLATED
            stamped.external_attr = 0o600 << 16
            new.writestr(stamped, old.read(entry))
    return fixed.getvalue()
