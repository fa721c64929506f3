"""Exemplars <-> rows: the one place where the exemplar store and the database meet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assistant.masking import masking_version
from assistant.records.insert import insert_new
from assistant.records.tables import ExemplarRow, GenerationRow, PassageRow, VectorRow
from assistant.retrieval import Exemplar, ExemplarPassage, remasked

_BATCH = 500


def generation(session: Session) -> int:
    """The number that every change raises."""
    return session.scalars(select(GenerationRow.number)).one()


def load(session: Session) -> list[Exemplar]:
    """All exemplars of the database in the order in which they came; passages masked by older rules are masked again."""
    passages: dict[str, list[PassageRow]] = {}
    for row in session.scalars(select(PassageRow).order_by(PassageRow.exemplar, PassageRow.number)):
        passages.setdefault(row.exemplar, []).append(row)
    rows = session.scalars(select(ExemplarRow).order_by(ExemplarRow.added, ExemplarRow.id))
    return [_exemplar(row, passages.get(row.id, [])) for row in rows]


def _exemplar(row: ExemplarRow, passages: list[PassageRow]) -> Exemplar:
    found = Exemplar(
        row.id, row.title, row.unit, row.kind, row.outline, row.year, row.source, row.owner, row.approved, row.digest,
        tuple(_passage(row, passage) for passage in passages), tuple(json.loads(row.notes)),
    )  # fmt: skip
    return found if row.masking == masking_version() else remasked(found)


def _passage(row: ExemplarRow, passage: PassageRow) -> ExemplarPassage:
    return ExemplarPassage(
        passage.id, row.id, row.owner, row.approved, row.outline, row.kind, passage.genre, passage.section, row.year,
        passage.text, passage.masked, passage.masked_section,
    )  # fmt: skip


def add(session: Session, exemplar: Exemplar) -> bool:
    """Keep an exemplar; False where it is there: another process may have been faster."""
    _raise_generation(session)  # first, for it holds back every other writer until this session ends
    if session.get(ExemplarRow, exemplar.id) is not None:
        return False
    session.add(
        ExemplarRow(
            id=exemplar.id, title=exemplar.title, unit=exemplar.unit, kind=exemplar.kind, outline=exemplar.outline,
            year=exemplar.year, source=exemplar.source, owner=exemplar.owner, approved=exemplar.approved,
            digest=exemplar.digest, notes=json.dumps(exemplar.notes, ensure_ascii=False), masking=masking_version(),
            added=datetime.now(UTC),
        )
    )  # fmt: skip
    session.flush()
    session.add_all(
        PassageRow(
            id=p.id, exemplar=p.exemplar, number=number, genre=p.genre, section=p.section, text=p.text,
            masked=p.masked, masked_section=p.masked_section,
        )
        for number, p in enumerate(exemplar.passages, 1)
    )  # fmt: skip
    return True


def approve(session: Session, id: str) -> None:
    """Let everybody see an exemplar."""
    session.execute(update(ExemplarRow).where(ExemplarRow.id == id).values(approved=True))
    _raise_generation(session)


def remove(session: Session, id: str) -> None:
    """Drop an exemplar with its passages."""
    session.execute(delete(PassageRow).where(PassageRow.exemplar == id))
    session.execute(delete(ExemplarRow).where(ExemplarRow.id == id))
    _raise_generation(session)


def _raise_generation(session: Session) -> None:
    session.execute(update(GenerationRow).values(number=GenerationRow.number + 1))


def vectors(session: Session, embedder: str) -> dict[str, Any]:
    """The vectors that this embedder made, by the digest of the words: each a row of float32."""
    import numpy as np

    found = session.execute(select(VectorRow.digest, VectorRow.vector).where(VectorRow.embedder == embedder))
    return {digest: np.frombuffer(vector, dtype="<f4") for digest, vector in found}


def keep_vectors(session: Session, embedder: str, made: Mapping[str, Any]) -> None:
    """Keep exactly these vectors of this embedder; those of others stay as they are."""
    import numpy as np

    kept = session.execute(select(VectorRow.digest, VectorRow.vector).where(VectorRow.embedder == embedder))
    present: dict[str, bytes] = {digest: vector for digest, vector in kept}  # noqa: C416 -- a result is no mapping
    rows = {digest: np.asarray(vector, dtype="<f4").tobytes() for digest, vector in made.items()}
    for gone in _batches(digest for digest, vector in present.items() if rows.get(digest) != vector):
        session.execute(delete(VectorRow).where(VectorRow.embedder == embedder, VectorRow.digest.in_(gone)))
    missing = [
        {"embedder": embedder, "digest": digest, "vector": vector}
        for digest, vector in rows.items()
        if present.get(digest) != vector
    ]
    insert_new(session, VectorRow, missing)


def _batches(items: Iterable[str]) -> Iterable[list[str]]:
    waiting = iter(items)
    while batch := list(islice(waiting, _BATCH)):
        yield batch
