"""The exemplar store: reports, their passages, vectors, and the generation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of the exemplar store."""
    op.create_table(
        "exemplars",
        sa.Column("id", sa.String(40), primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("title", "unit", "kind", "outline")),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("owner", sa.String(200), nullable=False, index=True),
        sa.Column("approved", sa.Boolean, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, index=True),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("masking", sa.String(64), nullable=False),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("id", sa.String(60), primary_key=True),
        sa.Column("exemplar", sa.String(40), sa.ForeignKey("exemplars.id", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("genre", sa.String(40), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("section", "text", "masked", "masked_section")),
        sa.Index("ix_passages_exemplar", "exemplar", "number"),
    )
    op.create_table(
        "vectors",
        sa.Column("embedder", sa.String(200), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    generation = op.create_table(
        "generation",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.bulk_insert(generation, [{"id": 1, "number": 0}])
