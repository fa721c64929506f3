"""What is kept between runs, in a database: exemplars with their passages and vectors.

database     open_database: engine, migrations, the copy before an upgrade
tables       the tables as classes; migrations/ how a database of an older version gets there
exemplars    Exemplar <-> rows, the vectors, the generation
"""

from __future__ import annotations

from assistant.records.database import Database, RecordsError, default_url, open_database

__all__ = ["Database", "RecordsError", "default_url", "open_database"]
