"""What is handed in and what comes of it, as zips: machines that work on one batch share the database and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assistant.records.insert import insert_new
from assistant.records.tables import BatchCaseRow, InputRow, ResultRow


@dataclass(frozen=True, slots=True)
class Parcel:
    """A result that is to be put into the output folder."""

    batch: str
    name: str
    version: int


def known_inputs(session: Session, digests: Iterable[str]) -> set[str]:
    """Those of these inputs that are kept already."""
    wanted = list(digests)
    return {
        digest
        for start in range(0, len(wanted), 500)
        for digest in session.scalars(select(InputRow.digest).where(InputRow.digest.in_(wanted[start : start + 500])))
    }


def keep_inputs(session: Session, digest: str, data: bytes) -> None:
    """Keep the files of a case."""
    insert_new(session, InputRow, [{"digest": digest, "data": data}])


def inputs(session: Session, digest: str) -> bytes | None:
    """The files of a case."""
    return session.scalar(select(InputRow.data).where(InputRow.digest == digest))


def drop_unused_inputs(session: Session) -> None:
    """Inputs that no case of any batch has any more."""
    used = select(BatchCaseRow.digest)
    session.execute(delete(InputRow).where(InputRow.digest.not_in(used)).execution_options(synchronize_session=False))


def unpublished(session: Session, batch: str) -> list[Parcel]:
    """The results that have not been put into the output folder, oldest version first."""
    query = (
        select(ResultRow.name, ResultRow.version)
        .where(ResultRow.batch == batch, ResultRow.published.is_(False))
        .order_by(ResultRow.name, ResultRow.version)
    )
    return [Parcel(batch, name, version) for name, version in session.execute(query)]


def results(session: Session, batch: str) -> list[Parcel]:
    """Every result, by name and version."""
    query = (
        select(ResultRow.name, ResultRow.version)
        .where(ResultRow.batch == batch)
        .order_by(ResultRow.name, ResultRow.version)
    )
    return [Parcel(batch, name, version) for name, version in session.execute(query)]


def newest(session: Session, batch: str) -> list[Parcel]:
    """The last result of every case that the batch still has."""
    names = set(session.scalars(select(BatchCaseRow.name).where(BatchCaseRow.batch == batch)))
    return [one for one in {parcel.name: parcel for parcel in results(session, batch)}.values() if one.name in names]


def result(session: Session, parcel: Parcel) -> bytes:
    """The run folder."""
    return session.scalars(select(ResultRow.data).where(*_this(parcel))).one()


def mark_published(session: Session, parcel: Parcel) -> None:
    """It stands in the output folder, whole."""
    done: Any = update(ResultRow).where(*_this(parcel)).values(published=True)
    session.execute(done.execution_options(synchronize_session=False))


def _this(parcel: Parcel) -> tuple[Any, ...]:
    return ResultRow.batch == parcel.batch, ResultRow.name == parcel.name, ResultRow.version == parcel.version
