"""Rows that another process may have put in at the same moment: whoever comes second leaves the first one's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session


def insert_new(session: Session, table: type[DeclarativeBase], rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows whose key is not there yet."""
    if not rows:
        return
    insert: Any = (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert
    session.execute(insert(table).on_conflict_do_nothing(), list(rows))
