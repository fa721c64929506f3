"""summary.xlsx and summary.html, both whole or neither: an earlier pair stays as it was where one cannot be written."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import InputError
from assistant.run_folder import why_not
from assistant.summary.first import judged
from assistant.summary.outcome import read_outcome
from assistant.summary.page import summary_page
from assistant.summary.sheet import summary_workbook

_REMEDY = "请检查磁盘空间和写入权限，关闭已打开的汇总表，再运行一次"
_PREFIX = ".summary."
_HOUR = 3600
SHEET, PAGE = SUMMARY_FILES = ("summary.xlsx", "summary.html")


def write_summary(folders: Sequence[Path], failed: Sequence[tuple[str, str]], out: Path) -> None:
    """Sum up a batch.

    Args:
        folders: the run folders, in any order; one that cannot be read is told in the list and stops nothing.
        failed: cases that have no run folder: name and reason in Chinese.
        out: the folder for both files, made where it is not there; links to the drafts start from it.

    Raises:
        InputError: they cannot be written there (read-only, full, or one of them is open in another program).
    """
    from xlsxwriter.exceptions import FileCreateError

    verdicts = judged(map(read_outcome, folders))
    try:
        out.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(out)
        with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=out) as held:
            (Path(held) / SHEET).write_bytes(summary_workbook(verdicts, failed, out))
            (Path(held) / PAGE).write_text(summary_page(verdicts, failed, out), "utf-8", newline="\n")
            _put(Path(held), out)
    except (OSError, FileCreateError) as error:
        raise InputError(str(out), f"汇总表写不进去（{_why(error)}）", _REMEDY) from error


def _clear_leftovers(out: Path) -> None:
    """Remove what writers that were killed left; one that is at work now is younger."""
    for left in out.glob(f"{_PREFIX}*"):
        if left.is_dir() and not left.is_symlink() and time.time() - left.stat().st_mtime > _HOUR:
            shutil.rmtree(left, ignore_errors=True)


def _why(error: Exception) -> str:
    """In Chinese; XlsxWriter wraps what the system said."""
    said = error if isinstance(error, OSError) else error.args[0] if error.args else error
    return why_not(said) if isinstance(said, OSError) else str(said)


def _put(held: Path, out: Path) -> None:
    """Both in their places, or the earlier ones back in theirs."""
    done: list[str] = []
    try:
        for name in SUMMARY_FILES:
            if (out / name).exists():
                (out / name).replace(held / f"old {name}")
            done.append(name)
            (held / name).replace(out / name)
    except OSError:
        for name in done:
            (out / name).unlink(missing_ok=True)
            if (held / f"old {name}").exists():
                (held / f"old {name}").replace(out / name)
        raise
