"""Batches: their cases, what was handed in, what came of it, the answers of models, and the workers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _counts(*names: str, kind: type[sa.Integer] = sa.Integer, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=nullable) for name in names]


def _batch() -> sa.Column[Any]:
    return sa.Column("batch", sa.String(40), sa.ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)


def upgrade() -> None:
    """Make the tables of the batches."""
    op.create_table(
        "batches",
        sa.Column("id", sa.String(40), primary_key=True),
        *_texts("name", "root", "out", "model"),
        sa.Column("state", sa.String(20), nullable=False, index=True),
        *_texts("reason"),
        *_counts("calls", "tokens", "seconds", kind=sa.BigInteger),
        *_counts("most_calls", "most_tokens", "most_seconds", kind=sa.BigInteger, nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "batch_cases",
        _batch(),
        sa.Column("name", sa.String(400), primary_key=True),
        *_texts("unit", "folder"),
        sa.Column("digest", sa.String(64), nullable=False),
        *_counts("version", "attempt"),
        sa.Column("state", sa.String(20), nullable=False, index=True),
        sa.Column("worker", sa.String(40), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in ("started", "ended")),
        *_texts("error"),
        *_counts("errors", "warnings", "missing", "calls", "tokens"),
    )
    op.create_table(
        "inputs",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "results",
        _batch(),
        sa.Column("name", sa.String(400), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("published", sa.Boolean, nullable=False),
    )
    op.create_table(
        "replies",
        _batch(),
        sa.Column("key", sa.String(64), primary_key=True),
        *_texts("text"),
        *_counts("calls", "prompt_tokens", "completion_tokens"),
    )
    op.create_table(
        "workers",
        sa.Column("id", sa.String(40), primary_key=True),
        *_texts("host", "place"),
        sa.Column("pid", sa.BigInteger, nullable=False),
        *_texts("born", "program", "endpoint"),
        sa.Column("allotted", sa.Integer, nullable=False),
        sa.Column("beats", sa.BigInteger, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
