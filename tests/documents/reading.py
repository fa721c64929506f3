"""What every test of the reader uses: the promises of a text, the promises of a refusal, and makers of files."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest

from assistant.documents import Text, read_document
from assistant.errors import InputError


def check(text: Text) -> Text:
    """The promises that hold for every text."""
    last = 0
    for block in text.blocks:
        assert block.start >= last
        assert not text.text[last : block.start].strip(), "text outside the blocks"
        line = text.text[block.start : block.end]
        assert "\n" not in line
        assert text.text[block.end : text.text.index("\n", block.end)].strip() == ""
        if block.kind == "row":
            assert [text.text[c.start : c.end] for c in block.cells] == [cell.strip() for cell in line.split("\t")]
            assert [c.column for c in block.cells] == sorted({c.column for c in block.cells})
        else:
            assert line.strip() == line != ""
            assert "\t" not in line
        assert all(text.block_at(offset) == block for offset in (block.start, block.end))
        last = block.end
    assert text.text[last:].strip() == ""
    assert text.text.endswith("\n")
    return text


def read(path: Path) -> Text:
    return check(read_document(path))


def lines(text: Text) -> list[str]:
    return [text.text[block.start : block.end] for block in text.blocks]


def refused(path: Path) -> InputError:
    """The error on reading it, which must name the file and say in Chinese what is wrong and what to do, on one line."""
    with pytest.raises(InputError) as caught:
        read_document(path)
    error = caught.value
    assert path.name in str(error)
    assert "\n" not in str(error)
    for part in (error.reason, error.remedy):
        assert any("\u4e00" <= char <= "\u9fff" for char in part)
    return error


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def word_with(path: Path, document: bytes) -> Path:
    """A Word file with this as its main part."""
    docx.Document().save(str(path))
    return pack(path, {**unpacked(path), "word/document.xml": document})


def pdf_with(path: Path, *pages: Sequence[tuple[float, float, str]], rules: str = "", rotate: int = 0) -> Path:
    """A PDF of A4 pages with (x, y, text) in 16 pt; `rules` are drawn on every page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}]>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>"
        b"/DW 1000/W[1 95 500]/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/Ascent 880/Descent -120"
        b"/ItalicAngle 0/CapHeight 700/StemV 90>>",
    ]
    for number, page in enumerate(pages):
        texts = "".join(f"BT /F 16 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in page)
        content = f"{rules}\n{texts}".encode()
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {rotate}/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {7 + 2 * number} 0 R>>".encode(),
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        ]
    data = b"%PDF-1.5\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF\n"
    path.write_bytes(data + end.encode())
    return path
