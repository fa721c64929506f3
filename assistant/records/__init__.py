"""What is kept between runs, in a database: exemplars with their passages and vectors; batches, and who works on them.

database     open_database: engine, migrations, the copy before an upgrade
tables       the tables as classes; migrations/ how a database of an older version gets there
exemplars    Exemplar <-> rows, the vectors, the generation
batches      batches and their cases · parcels: what is handed in and what comes of it, zipped
replies      the answers of models, each paid for once · workers: who is alive, and the shares of the endpoint
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.records.database import Database, RecordsError, default_url, open_database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # what `Database.session` gives, for those who may not know sqlalchemy

__all__ = ["Database", "RecordsError", "Session", "default_url", "open_database"]
