"""The run folder: it appears whole or not at all, and what a person changed in it since is never written over."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from assistant.errors import UsageError

RECORD = "run.json"
_HOUR = 3600
_REASONS = {
    errno.ENOSPC: "磁盘已满", errno.EDQUOT: "磁盘配额已满", errno.EROFS: "文件夹只能读", errno.EACCES: "没有权限",
    errno.EPERM: "没有权限", errno.EEXIST: "它是一个文件，不是文件夹", errno.ENOTDIR: "它的上级不是文件夹", errno.ENOENT: "没有这个文件",
}  # fmt: skip


def why_not(error: OSError) -> str:
    """In Chinese, why the system could not read or write."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def write_json(path: Path, data: Any) -> None:
    """Chinese as it is, one space of indent, a line feed at the end."""
    path.write_bytes(to_json(data, indent=1) + b"\n")


def refuse_foreign(out: Path, section: str = "") -> None:
    """Stop before work is done for a folder that cannot be the run's, or that holds what would be lost.

    Raises:
        UsageError: it is a file; it holds something that no run of ours left; a file of the run was changed since; a whole
            report would give way to one section.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"--out {out} 是一个文件，请给出文件夹。")
    if not out.is_dir() or not any(out.iterdir()):
        return
    if not (out / RECORD).is_file():
        raise UsageError(f"--out {out} 里已有别的文件，没有改动。请换一个空文件夹。")
    record = _record(out / RECORD)
    changed = [name for name, digest in record.get("outputs", {}).items() if _differs(out / name, digest)]
    if changed:
        raise UsageError(
            f"--out {out} 里的 {'、'.join(changed)} 在生成以后改过，没有覆盖。请换一个文件夹，或先把改过的文件移到别处。"
        )
    if section and record and not record.get("section"):
        raise UsageError(f"--out {out} 里是完整的报告，没有用单独一节覆盖它。只起草一节请换一个文件夹。")


def _record(path: Path) -> dict[str, Any]:
    """run.json, or nothing where it cannot be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _differs(path: Path, digest: str) -> bool:
    return path.is_file() and digest_of(path) != digest


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A folder that appears under its name only when all of it is there; an earlier run is replaced at that moment."""
    out.parent.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(out)
    made = Path(tempfile.mkdtemp(prefix=f".{out.name}.{os.getpid()}.", dir=out.parent))
    try:
        made.chmod(0o755)
        yield made
        if out.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{out.name}.old.{os.getpid()}.", dir=out.parent))
            out.replace(old / out.name)
            made.replace(out)
            shutil.rmtree(old)
        else:
            made.replace(out)
    finally:
        if made.exists() and made != out:
            shutil.rmtree(made, ignore_errors=True)


def _clear_leftovers(out: Path) -> None:
    """Remove what dead runs into this folder left beside it; an earlier run that one of them had set aside goes back."""
    own = re.compile(rf"\.{re.escape(out.name)}\.(?:old\.)?(?:(\d+)\.)?[a-z0-9_]{{8}}")
    for entry in list(out.parent.iterdir()):
        name = own.fullmatch(entry.name)
        if name is None or entry.is_symlink() or not entry.is_dir():
            continue
        try:
            if not _dead(int(name[1] or 0)) and time.time() - entry.stat().st_mtime < _HOUR:
                continue
            if not out.exists() and (entry / out.name).is_dir():
                (entry / out.name).replace(out)
        except OSError:
            continue
        shutil.rmtree(entry, ignore_errors=True)


def _dead(pid: int) -> bool:
    """Whether no process has this number; never so where that cannot be asked."""
    if not pid or os.name != "posix":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
