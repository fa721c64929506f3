"""Results into the output folder, each whole or not at all. What a person changed there is never written over."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from assistant.errors import JipingError, UsageError
from assistant.jobs.parcel import unpacked
from assistant.records import Database, parcels
from assistant.records.batches import Batch
from assistant.records.parcels import Parcel
from assistant.run_folder import RECORD, refuse_foreign, whole_folder, why_not


class PublishError(JipingError):
    """The output folder cannot be written; the results stay in the database."""


@dataclass(frozen=True, slots=True)
class Published:
    """A run folder as it stands now; `remark` says what was kept beside it, if anything was."""

    name: str
    folder: Path
    remark: str = ""


def refuse_unwritable(out: Path) -> None:
    """Say so before any work is done.

    Raises:
        UsageError: nothing can be written there.
    """
    try:
        with whole_folder(out / ".jiping"):
            pass
        (out / ".jiping").rmdir()
    except OSError as error:
        raise UsageError(
            f"输出文件夹 {out} 不能写入（{why_not(error)}）。请检查权限和磁盘空间，或换一个文件夹。"
        ) from error


def publish(database: Database, batch: Batch, again: bool = False) -> Iterator[Published]:
    """Put every result that is not there yet into the batch's output folder; with `again` also those that have since been removed.

    Raises:
        PublishError: the folder is read-only, the disk is full; what has been published so far stays.
        RecordsError: the database does not answer.
    """
    out = Path(batch.out)
    with database.session() as session:
        wanted = parcels.unpublished(session, batch.id)
        if again:
            there = set(wanted)
            wanted += [p for p in parcels.newest(session, batch.id) if p not in there and not (out / p.name).exists()]
    for parcel in wanted:
        with database.session() as session:
            data = parcels.result(session, parcel)
        try:
            made = _put(parcel, data, out)
        except OSError as error:
            raise PublishError(
                f"结果写不进 {out}（{why_not(error)}）。结果都在数据库里，没有丢失；请腾出空间或改好权限后，再运行同一条命令。"
            ) from error
        with database.session() as session:
            parcels.mark_published(session, parcel)
        yield made


def folders_of(database: Database, batch: Batch) -> dict[str, Path]:
    """Case -> the folder of its last result: the one of its name, or one beside it where somebody has changed a file in that.

    Raises:
        RecordsError: the database does not answer.
    """
    out, found = Path(batch.out), {}
    with database.session() as session:
        for parcel in parcels.newest(session, batch.id):
            own = out / parcel.name
            beside = sorted(own.parent.glob(f"{escape(own.name)}.v*"))
            if beside:
                data = parcels.result(session, parcel)
                own = next((place for place in (own, *beside) if _is_there(place, data)), own)
            found[parcel.name] = own
    return found


def _put(parcel: Parcel, data: bytes, out: Path) -> Published:
    folder, remark = out / parcel.name, ""
    if _is_there(folder, data):
        return Published(parcel.name, folder)
    try:
        refuse_foreign(folder)
    except UsageError:
        folder = _free(out, parcel.name, parcel.version)
        remark = f"{parcel.name}：原来的文件夹里有人改过的文件，没有覆盖；新的结果在 {folder.name}。"
    else:
        if folder.is_dir() and any(folder.iterdir()):
            kept = _free(out, parcel.name, parcel.version - 1)
            folder.replace(kept)
            remark = f"{parcel.name}：填报有变化，已重新起草；原来的结果留在 {kept.name}。"
    with whole_folder(folder) as made:
        unpacked(data, made)
    return Published(parcel.name, folder, remark)


def _is_there(folder: Path, data: bytes) -> bool:
    """Whether this very result stands there already: it was written, and the writer died before saying so."""
    record = folder / RECORD
    if not record.is_file():
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return record.read_bytes() == package.read(RECORD)


def _free(out: Path, name: str, version: int) -> Path:
    """`<name>.v<version>`, or the next that is not taken."""
    while (found := out / f"{name}.v{max(version, 1)}").exists():
        version = max(version, 1) + 1
    return found
