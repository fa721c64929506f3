"""Opens an Office file (a zip of XML parts) that may be hostile.

Everything is counted while it is unpacked, whatever the zip's own header says; XML with a DOCTYPE is refused, entities
are never resolved, nothing is fetched. Macros and embedded objects are never looked at.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from assistant.documents import source
from assistant.errors import InputError

MAX_ENTRIES = 10_000
MAX_PART = 64 * 1024 * 1024
MAX_TOTAL = 200 * 1024 * 1024
MAX_RATIO = 250
MAX_TAGS = 4_000_000

_RATIO_FROM = 10 * 1024 * 1024
_CHUNK = 256 * 1024
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)
_DOCTYPES = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)
_WANTED = {"word": ("Word 文档", ".docx"), "xl": ("Excel 工作簿", ".xlsx")}


class Package:
    """An open Office file; `main` is the name of its main part."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.main = ""
        self._size = len(data)
        self._unpacked = 0
        if data.count(b"PK\x01\x02") > MAX_ENTRIES:
            raise self._bomb(f"压缩包里的文件超过 {MAX_ENTRIES} 个")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise self._damaged() from error
        self.names = frozenset(self._zip.namelist())

    def read(self, part: str) -> bytes:
        """The bytes of a part."""
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    chunks.append(chunk)
                    size += len(chunk)
                    self._count(len(chunk), size)
        except (KeyError, *_DAMAGED) as error:
            raise self._damaged() from error
        return b"".join(chunks)

    def parse(self, part: str) -> etree._Element:
        """The root element of an XML part, without comments and processing instructions."""
        data = self.read(part)
        if any(mark in data for mark in _DOCTYPES):
            raise self._doctype()
        if data.count(b"<") > MAX_TAGS:
            raise self._bomb("文档结构过于庞大")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged() from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._doctype()
        return root

    def related(self, part: str, kind: str) -> str:
        """The name of the part that `part` ("" for the file itself) points to as its `kind` (styles, footnotes …), or ""."""
        folder, base = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if relations not in self.names:
            return ""
        for relation in self.parse(relations):
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                if target in self.names:
                    return target
        return ""

    def _count(self, fresh: int, part: int) -> None:
        self._unpacked += fresh
        if part > MAX_PART or self._unpacked > MAX_TOTAL:
            raise self._bomb(f"解压后超过 {(MAX_PART if part > MAX_PART else MAX_TOTAL) // 1024 // 1024} MB")
        if self._unpacked > max(_RATIO_FROM, MAX_RATIO * self._size):
            raise self._bomb(f"解压后是原文件的 {MAX_RATIO} 倍以上")

    def _bomb(self, reason: str) -> InputError:
        return InputError(
            self.name,
            f"{reason}，疑为恶意文件，已停止读取",
            "请核对文件来源，用 Office 或 WPS 打开后另存一份再试",
        )

    def _damaged(self) -> InputError:
        return InputError(
            self.name, "文件已损坏或加密，无法读取", "请用 Office 或 WPS 打开检查，修复或取消密码后另存一份再试"
        )

    def _doctype(self) -> InputError:
        return InputError(
            self.name,
            "文件内含 DOCTYPE 或实体定义，正常的办公文件不会有，已拒绝读取",
            "请用 Office 或 WPS 打开后另存一份再试",
        )


def open_package(path: Path, needs: str = "word/document.xml") -> Package:
    """The Office file at `path`, whose main part must be of the kind of `needs` (word/document.xml, xl/workbook.xml)."""
    return package_of(path.name, source.load(path), needs)


def package_of(name: str, data: bytes, needs: str = "word/document.xml") -> Package:
    """The same from bytes. Word may give the main part another name: it is found as Word finds it, by its relation."""
    folder = needs.partition("/")[0]
    kind = source.type_of(data)
    if kind != "zip":
        raise source.refuse(name, kind, *_WANTED[folder])
    package = Package(name, data)
    package.main = package.related("", "officeDocument") or needs
    if package.main not in package.names or not package.main.startswith(f"{folder}/"):
        raise source.refuse(name, kind, *_WANTED[folder])
    return package
