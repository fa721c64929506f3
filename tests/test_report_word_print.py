"""How much room text takes, and how LibreOffice prints the Word file."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_sample import sample

from assistant.report.word import write_docx
from assistant.report.word_measure import Unit, count_lines, paginate
from assistant.report.word_styles import TEXT_WIDTH


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("字" * 28, 1),
        ("字" * 29, 2),
        ("字" * 28 + "。", 1),  # hangs
        ("字" * 28 + "）字", 2),  # takes its neighbour along
        ("字" * 25 + "7,975.66万元", 2),  # a number is not broken
        ("12" * 28, 1),
    ],
)
def test_count_lines(text: str, count: int) -> None:
    assert count_lines(text, TEXT_WIDTH / 20, 16, 0.25) == count


@given(
    st.text(alphabet="一（）《，。”A1.% 、…", max_size=40),
    st.sampled_from((0.5, 5.0, 10.5, 21.0, 33.0, 60.0)),
)
def test_count_lines_ends_in_any_width(text: str, width: float) -> None:
    assert 1 <= count_lines(text, width, 10.5) <= 2 * len(text) + 1


def test_pages_of_kept_units() -> None:
    units = [
        Unit(50),
        Unit(20, keep=True, mark=0),
        Unit(50),
        Unit(30, repeat=10, mark=1),
        Unit(30, repeat=10, mark=2),
    ]
    assert paginate(units, 100, 1) == ({0: 2, 1: 2, 2: 3}, 3)


@pytest.mark.needs_soffice
def test_libreoffice_prints_what_the_contents_say(tmp_path: Path) -> None:
    """The 目录 is right, each page has its number, and a full page of text has 22 lines."""
    office = shutil.which("soffice") or ""
    file = tmp_path / "report.docx"
    write_docx(sample(), file)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    order = [office, "--headless", home, "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(order, check=True, capture_output=True, timeout=180)
    pdf = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    pages = [re.sub(r"[ \u2009]", "", page.get_textpage().get_text_bounded().replace("\r", "")) for page in pdf]
    sizes = [page.get_size() for page in pdf]
    pdf.close()
    assert "填报人：" in pages[0]
    assert not any(re.search(r"—\d+—", page) for page in pages[:2])
    numbers = [[int(n) for n in re.findall(r"—(\d+)—", page)] for page in pages[2:]]
    assert numbers == [[n] for n in range(1, len(pages) - 1)]
    entries = re.findall(r"^(.+?)\.{3,}(\d+)$", pages[1], re.MULTILINE)
    assert len(entries) == 10
    for heading, page in entries:
        assert re.search(rf"^{re.escape(heading)}$", pages[int(page) + 1], re.MULTILINE), (heading, page)
    assert pages[2].count("\n") in (22, 23)  # 22 lines and the page number
    across = [page for page, (width, height) in zip(pages, sizes, strict=True) if width > height]
    assert len(across) >= 5
    assert all("参考评分标准" in page for page in across)
