"""The tables, as SQLAlchemy classes. A change here needs a migration beside it; tests/test_records.py compares the two."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All tables."""


class ExemplarRow(Base):
    """A report that was taken in. `masking` is the version of the rules by which its passages were masked."""

    __tablename__ = "exemplars"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    outline: Mapped[str] = mapped_column(Text)
    year: Mapped[int]
    source: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(200), index=True)
    approved: Mapped[bool]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    notes: Mapped[str] = mapped_column(Text)
    masking: Mapped[str] = mapped_column(String(64))
    added: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class PassageRow(Base):
    """A passage; `number` is its place in the exemplar."""

    __tablename__ = "passages"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    exemplar: Mapped[str] = mapped_column(ForeignKey("exemplars.id", ondelete="CASCADE"))
    number: Mapped[int]
    genre: Mapped[str] = mapped_column(String(40))
    section: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    masked: Mapped[str] = mapped_column(Text)
    masked_section: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("ix_passages_exemplar", "exemplar", "number"),)


class VectorRow(Base):
    """What an embedder made of a passage's words (their digest): shared by all passages that say the same."""

    __tablename__ = "vectors"

    embedder: Mapped[str] = mapped_column(String(200), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class GenerationRow(Base):
    """One row: a number that every change to the exemplars raises, so that other processes see that theirs are old."""

    __tablename__ = "generation"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class BatchRow(Base):
    """Many cases drafted in one go. `calls` and `tokens` are what it has cost so far, `seconds` how long workers were at it; the
    limits (`most_…`) are None where there is none. `state`: running, paused, stopped, done; `reason` says in Chinese why."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    root: Mapped[str] = mapped_column(Text)
    out: Mapped[str] = mapped_column(Text)
    model: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), index=True)
    reason: Mapped[str] = mapped_column(Text)
    calls: Mapped[int] = mapped_column(BigInteger)
    tokens: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[int] = mapped_column(BigInteger)
    most_calls: Mapped[int | None] = mapped_column(BigInteger)
    most_tokens: Mapped[int | None] = mapped_column(BigInteger)
    most_seconds: Mapped[int | None] = mapped_column(BigInteger)
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class BatchCaseRow(Base):
    """A case of a batch as it was last handed in: `digest` is that of its inputs and of the model, `version` counts its changes,
    `attempt` how often it was put into the queue. `state`: waiting, running, done, failed."""

    __tablename__ = "batch_cases"

    batch: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(400), primary_key=True)
    unit: Mapped[str] = mapped_column(Text)
    folder: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    attempt: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), index=True)
    worker: Mapped[str] = mapped_column(String(40))
    started: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    error: Mapped[str] = mapped_column(Text)
    errors: Mapped[int]
    warnings: Mapped[int]
    missing: Mapped[int]
    calls: Mapped[int]
    tokens: Mapped[int]


class InputRow(Base):
    """The files of a case, zipped."""

    __tablename__ = "inputs"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class ResultRow(Base):
    """A run folder, zipped: what came of one version of a case. `published`: it stands in the batch's output folder."""

    __tablename__ = "results"

    batch: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(400), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    published: Mapped[bool]


class ReplyRow(Base):
    """A finished answer of a model, so that the same question is not paid for twice; `key` is the digest of the question."""

    __tablename__ = "replies"

    batch: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    calls: Mapped[int]
    prompt_tokens: Mapped[int]
    completion_tokens: Mapped[int]


class WorkerRow(Base):
    """A process that drafts. `place` is the machine's running system, `pid` and `born` the process on it; `beats` grows while it
    lives; `allotted` is how many calls to `endpoint` it may have under way."""

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    host: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    pid: Mapped[int] = mapped_column(BigInteger)
    born: Mapped[str] = mapped_column(Text)
    program: Mapped[str] = mapped_column(Text)
    endpoint: Mapped[str] = mapped_column(Text)
    allotted: Mapped[int]
    beats: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[datetime] = mapped_column(DateTime(timezone=True))
