"""A case's files, or a run folder, as a zip and back; the same files give the same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from assistant.errors import InputError
from assistant.run_folder import why_not

MOST_BYTES = 200_000_000
"""A case or a run folder, unpacked."""
_DATE = (1980, 1, 1, 0, 0, 0)


def digest_of_inputs(folder: Path, files: Sequence[Path], manner: str) -> str:
    """What the files say and how they are to be drafted (`manner`), in 64 letters.

    Raises:
        InputError: a file cannot be read.
    """
    sum = hashlib.sha256(manner.encode())
    for name, data in _contents(folder.resolve(), files):
        sum.update(f"\0{name}\0{hashlib.sha256(data).hexdigest()}".encode())
    return sum.hexdigest()


def packed_case(folder: Path, files: Sequence[Path]) -> bytes:
    """The files of a case, and of the earlier years that it names, under their places beside one another.

    Raises:
        InputError: a file cannot be read, or all are too much.
    """
    return _zipped(_contents(folder.resolve(), files))


def packed_folder(folder: Path) -> bytes:
    """All files of a run folder."""
    return _zipped([(path.name, path.read_bytes()) for path in sorted(folder.iterdir())])


def unpacked(data: bytes, into: Path) -> None:
    """Write the files of a zip under a folder.

    Raises:
        InputError: it is not one of ours, or would be too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise InputError("填报的文件", "解开后过大", "请减少材料后再试")
            for entry in entries:
                parts = PurePosixPath(entry.filename).parts
                if not parts or ".." in parts or entry.filename.startswith("/"):
                    raise InputError("数据库里的文件", f"名称 {entry.filename} 不对", "请重新提交这份填报")
                path = into.joinpath(*parts)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(package.read(entry))
    except zipfile.BadZipFile as error:
        raise InputError("数据库里的文件", "已损坏", "请重新提交这份填报") from error


def _contents(folder: Path, files: Sequence[Path]) -> list[tuple[str, bytes]]:
    total, found = 0, []
    for path in sorted(files):
        try:
            total += path.stat().st_size
            if total > MOST_BYTES:
                raise InputError(str(folder), f"文件共超过{MOST_BYTES // 1_000_000}MB", "请减少材料后再试")
            found.append((path.relative_to(folder.parent).as_posix(), path.read_bytes()))
        except OSError as error:
            raise InputError(str(path), f"读不出来（{why_not(error)}）", "请检查权限") from error
    return found


def _zipped(contents: Sequence[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, data in contents:
            package.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED, 1)
    return made.getvalue()
