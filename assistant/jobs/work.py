"""One case, as a worker does it: take it, draft it, keep what comes of it. Each may be done again after a crash, and is the same then."""

from __future__ import annotations

import errno
import os
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import JipingError
from assistant.jobs.asking import Calls, KeptChat, PutOff
from assistant.jobs.door import Steps, Tickets
from assistant.jobs.parcel import packed_folder, unpacked
from assistant.jobs.patience import insisting, waiting
from assistant.records import Database, RecordsError, batches, parcels
from assistant.records.batches import Batch, BatchCase, Outcome
from assistant.run_folder import why_not
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.pipeline import Run, Writer
    from assistant.records import Session

Writers = Callable[[Settings, str], "Writer | None"]
"""Settings and the name of a model -> who writes; a function of a module, for it goes to other processes."""
_NIGHT = 24 * 3600.0
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


class Work:
    """What the workers of one process share. `drafted` counts the cases that this process has finished; once it is `leaving`, what it
    has taken and not begun is given back."""

    def __init__(
        self, database: Database, tickets: Tickets, settings: Settings, worker: str, writers: Writers, calls: Calls
    ) -> None:
        self.drafted, self.leaving = 0, False
        self._database, self._tickets, self._settings, self._worker = database, tickets, settings, worker
        self._writers, self._calls = writers, calls
        self._known: dict[str, Writer | None] = {}
        self._one = threading.Lock()

    @property
    def steps(self) -> Steps:
        """What the queue runs."""
        return Steps(self.take, self.draft)

    def take(self, batch: str, name: str, attempt: int) -> bool:
        """Whether the case is to be drafted now; where its batch does not run it is put off."""
        return insisting(self._database, lambda session: self._taken(session, batch, name, attempt))

    def _taken(self, session: Session, batch: str, name: str, attempt: int) -> bool:
        case, of = batches.case(session, batch, name), batches.find(session, batch)
        if case is None or of is None or case.attempt != attempt or case.state not in batches.UNFINISHED:
            return False
        if of.state == "running" and of.spent:
            batches.set_state(session, batch, "stopped", of.spent)
        elif of.state == "running" and not self.leaving:
            return batches.begin(session, case, self._worker)
        again = batches.put_off(session, case)
        if again is not None and of.state == "running" and not of.spent:
            self._tickets.put_in(session, [again], of.model)
        return False

    def draft(self, batch: str, name: str, attempt: int) -> None:
        """Draft the case and keep its run folder, or why there is none."""
        found = insisting(self._database, lambda session: self._begun(session, batch, name, attempt))
        if found is None:
            return
        of, case, data = found
        try:
            outcome, folder = waiting(lambda: self._drafted(of, case, data))  # exemplars lie in the database too
        except PutOff as reason:
            self._put_off(case, reason)
        except OSError as error:
            if error.errno in _NO_ROOM:
                self._put_off(case, PutOff(f"起草的机器上临时文件写不进去（{why_not(error)}），请腾出空间后再继续。"))
            else:
                self._fail(case, f"读写文件失败（{why_not(error)}）。请检查权限和磁盘空间后重试。")
        except JipingError as error:
            self._fail(case, str(error))
        except Exception as error:  # one case's failure is its own row
            if os.environ.get("JIPING_DEBUG"):
                raise
            self._fail(case, f"程序内部出错（{type(error).__name__}），这一份没有起草。请把这份填报一并反馈。")
        else:
            insisting(self._database, lambda session: batches.finish(session, case, outcome, folder))
            self.drafted += 1

    def _begun(self, session: Session, batch: str, name: str, attempt: int) -> tuple[Batch, BatchCase, bytes] | None:
        """What is needed to draft; None if it is done already, or no more wanted as it is."""
        case, of = batches.case(session, batch, name), batches.find(session, batch)
        if case is None or of is None or case.attempt != attempt or not batches.begin(session, case, self._worker):
            return None
        data = parcels.inputs(session, case.digest)
        return None if data is None else (of, case, data)

    def _drafted(self, of: Batch, case: BatchCase, data: bytes) -> tuple[Outcome, bytes]:
        from assistant.pipeline import draft_case

        with tempfile.TemporaryDirectory(prefix="jiping-") as place:
            root, out = Path(place) / "in", Path(place) / "out"
            unpacked(data, root)
            folder = root / Path(case.folder).name
            writer = self._writer(of)
            try:
                if writer is None:
                    with self._one:  # arithmetic all the way: two at once in one process only slow one another
                        run = draft_case(folder, out)
                else:
                    run = draft_case(folder, out, writer=writer)
            except JipingError as error:
                if isinstance(error, PutOff | RecordsError):
                    raise
                told = str(error).replace(str(root.resolve()), str(Path(case.folder).parent))
                raise JipingError(told.replace(str(root), str(Path(case.folder).parent))) from error
            return _outcome(run), packed_folder(out)

    def _writer(self, of: Batch) -> Writer | None:
        if not of.model:
            return None
        if of.model not in self._known:
            self._known[of.model] = self._writers(self._settings, of.model)
        writer = self._known[of.model]
        if writer is None:
            raise PutOff(f"这台机器没有设置模型“{of.model}”的服务地址")
        chat: Any = writer.chat
        patience = self._settings.endpoint_patience
        return replace(writer, chat=KeptChat(chat, of, self._database, self._calls, patience), seconds=_NIGHT)

    def _put_off(self, case: BatchCase, reason: PutOff) -> None:
        def back(session: Session) -> None:
            batches.put_off(session, case)
            batches.set_state(session, case.batch, "stopped", str(reason))

        insisting(self._database, back)

    def _fail(self, case: BatchCase, error: str) -> None:
        insisting(self._database, lambda session: batches.fail(session, case, error))


def _outcome(run: Run) -> Outcome:
    warnings = sum(finding.severity == "warning" for finding in run.check.findings)
    usage = run.tally.usage
    return Outcome(
        run.check.errors, warnings, len(run.required_missing), usage.calls, usage.prompt_tokens + usage.completion_tokens
    )  # fmt: skip
