"""One batch in a test's hands: what a worker does, without the processes and the queue around it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.jobs.door import Tickets
from assistant.jobs.found import find_cases
from assistant.jobs.publish import Published, publish
from assistant.jobs.submit import submit
from assistant.jobs.work import Work
from assistant.records import Database, batches
from assistant.records.batches import Batch, BatchCase, Limits

THREE = 3
"""Cases of the fixture `root`."""
NO_LIMITS = Limits()


class Night:
    """The batch of the cases under `root`, its results in `out`."""

    def __init__(self, database: Database, tickets: Tickets, work: Work, root: Path, out: Path) -> None:
        self.database, self.tickets, self.work, self.root, self.out = database, tickets, work, root, out

    def submit(self, limits: Limits = NO_LIMITS, model: str = "") -> Batch:
        found = find_cases(self.root, self.out).cases
        return submit(self.database, self.tickets, found, self.root, self.out, model, "", limits)

    def now(self, batch: Batch) -> Batch:
        with self.database.session() as session:
            found = batches.find(session, batch.id)
        assert found is not None
        return found

    def rows(self, batch: Batch) -> dict[str, BatchCase]:
        with self.database.session() as session:
            return {case.name: case for case in batches.cases(session, batch.id)}

    def run(self, batch: Batch, without: str = "") -> None:
        """All that waits, one after another, as the queue would have it done; `without`: a case that is not taken."""
        for case in self.rows(batch).values():
            if (
                case.name != without
                and case.state in batches.UNFINISHED
                and self.work.take(batch.id, case.name, case.attempt)
            ):
                self.work.draft(batch.id, case.name, case.attempt)

    def publish(self, batch: Batch, again: bool = False) -> list[Published]:
        return list(publish(self.database, batch, again))


def folders(root: Path) -> Sequence[Path]:
    """The case folders right under a root."""
    return sorted(path for path in root.iterdir() if path.is_dir())


def change(case: Path) -> None:
    """A change of the inputs that the reader does not mind."""
    file = case / "case.yaml"
    file.write_text(file.read_text("utf-8") + "# 改过\n", "utf-8")
