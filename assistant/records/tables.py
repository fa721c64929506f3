"""The tables, as SQLAlchemy classes. A change here needs a migration beside it; tests/test_records.py compares the two."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary, String, Text
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
