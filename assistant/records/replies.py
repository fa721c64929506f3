"""Answers of models, kept as soon as they are finished: what is paid for once is not asked again after a crash."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.records import batches
from assistant.records.insert import insert_new
from assistant.records.tables import ReplyRow


@dataclass(frozen=True, slots=True)
class KeptReply:
    """An answer and what it cost."""

    text: str
    calls: int
    prompt_tokens: int
    completion_tokens: int


def reply(session: Session, batch: str, key: str) -> KeptReply | None:
    """The answer to a question that this batch has asked before."""
    row = session.execute(
        select(ReplyRow.text, ReplyRow.calls, ReplyRow.prompt_tokens, ReplyRow.completion_tokens).where(
            ReplyRow.batch == batch, ReplyRow.key == key
        )
    ).one_or_none()
    return KeptReply(*row) if row else None


def keep_reply(session: Session, batch: str, key: str, kept: KeptReply, counted: int = 0) -> None:
    """Keep an answer and count its cost, of which `counted` calls were counted before; the first one to a question stays."""
    batches.spend(session, batch, kept.calls - counted, kept.prompt_tokens + kept.completion_tokens)
    row = {"batch": batch, "key": key, "text": kept.text, "calls": kept.calls}
    tokens = {"prompt_tokens": kept.prompt_tokens, "completion_tokens": kept.completion_tokens}
    insert_new(session, ReplyRow, [row | tokens])


def count(session: Session) -> int:
    """How many answers are kept, of all batches."""
    return session.scalar(select(func.count()).select_from(ReplyRow)) or 0


def drop_replies(session: Session, batch: str) -> None:
    """A batch that is done asks nothing again."""
    session.execute(delete(ReplyRow).where(ReplyRow.batch == batch).execution_options(synchronize_session=False))
