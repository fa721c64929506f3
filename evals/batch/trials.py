"""Batches that are killed, cut off and shared, each to its end; what each left is counted."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic, process_time, sleep

from assistant.synth import synthesize
from evals.batch.ledger import Left, examine, halves
from evals.batch.points import POINTS, WITH_MODEL
from evals.batch.postgres import Server
from evals.batch.run import Model, Scene, group_cpu, group_memory, kill, killed_after, until, workers
from evals.endpoint import serve

SEED = 7
_ONCE = ("entered", "queued", "beat")
"""Places that a short run reaches once."""
_STARTED = 5.0
"""Seconds in which a batch starts."""
_AHEAD = 30
"""Calls between two kills, so that ten of them fall within a batch of 60, however fast the machine is."""
_SLOW = 0.5
"""Seconds of an answer, so that calls are under way at most moments."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A batch, or several, that was broken off: how often, what it left, and what the model was asked again.

    `again`: questions asked more than once; `kept_again`: of those, asked again though their answer had been kept; `at_risk`: calls
    that were under way when the processes were killed, all kills together.
    """

    name: str
    breaks: int
    left: Left
    half_at_once: int = 0
    again: int = 0
    kept_again: int = 0
    at_risk: int = 0


@contextmanager
def stage(count: int) -> Iterator[Path]:
    """A folder that holds so many made-up cases as `cases`."""
    with tempfile.TemporaryDirectory(prefix="jiping-batch-") as place:
        synthesize(count, SEED, Path(place) / "cases", 0.0)
        yield Path(place)


def every_point(place: Path, with_model: bool, only: tuple[str, ...] = ()) -> Broken:
    """One batch, killed once at each place, taken up again each time."""
    points = [point for point in only or POINTS if with_model or point not in WITH_MODEL]
    return _broken(place, "points", with_model, len(points), lambda scene, _, n: _at(scene, points[n]))


def _at(scene: Scene, point: str) -> bool:
    process = scene.batch(doom=f"{point}:{1 if point in _ONCE else 2}")
    died = process.wait() < 0
    kill(process)
    return died


def at_random(place: Path, name: str, kills: int, seed: int) -> Broken:
    """One batch by a model, killed so often: every third time while it starts, else at a moment some calls further on."""
    random = Random(seed)

    def strike(scene: Scene, model: Model, number: int) -> bool:
        process = scene.batch()
        if number % 3 == 2:
            return killed_after(process, random.uniform(0, _STARTED))
        wanted = len(model.asked) + random.randint(1, _AHEAD)
        until(lambda: process.poll() is not None or len(model.asked) >= wanted)
        return killed_after(process, random.uniform(0, _SLOW))

    return _broken(place, name, True, kills, strike)


def _broken(
    place: Path, name: str, with_model: bool, times: int, strike: Callable[[Scene, Model, int], bool]
) -> Broken:
    model = Model(_SLOW)
    with serve(model) as served:
        scene = Scene(place / "cases", place / name, endpoint=served.base_url if with_model else "")
        struck = half = kept_again = again = risk = 0
        for number in range(times):
            before, kept = model.asked.copy(), scene.kept()
            struck += strike(scene, model, number)
            half += len(halves(scene.out))
            kept_again += sum(model.asked[key] > before[key] for key in before) if len(before) == kept else 0
            risk += max(0, len(model.asked) - scene.kept())
        scene.finish()
        again = model.asked.total() - len(model.asked)
    return Broken(name, struck, examine(scene), half, again, kept_again, risk)


def server_away(place: Path, server: Server, mode: str, seconds: float) -> Broken:
    """A batch on PostgreSQL, which is stopped in the middle for some seconds."""
    model = Model()
    with serve(model) as served:
        scene = Scene(place / "cases", place / mode, server.database(mode), served.base_url)
        process = scene.batch()
        with workers(process):
            wanted = len(list((place / "cases").glob("*/case.yaml"))) // 4
            until(lambda: process.poll() is not None or _done(scene) >= wanted)
            server.stop(mode)
            sleep(seconds)
            server.start()
            process.wait()
        return Broken(mode, 1, examine(scene), again=model.asked.total() - len(model.asked))


@dataclass(frozen=True, slots=True)
class Takeover:
    """One of two workers killed for good: what was left, and seconds until a case of its hands was begun by the other."""

    left: Left
    seconds: float


def one_of_two(place: Path, server: Server, elsewhere: bool) -> Takeover:
    """Two workers, of which one is killed with cases in its hands; `elsewhere`: on a machine that nobody can look at."""
    model = Model(wait=0.5)
    with serve(model) as served:
        scene = Scene(
            place / "cases", place / f"two-{elsewhere}", server.database(f"two_{elsewhere}".lower()), served.base_url
        )
        batch = scene.batch("--jobs", "0")
        names = ("甲", "乙") if elsewhere else ("", "")
        first = scene.worker("--jobs", "1", elsewhere=names[0])
        with workers(batch, first):
            until(lambda: any(case.worker for case in scene.rows()))
            doomed = {case.worker for case in scene.rows() if case.worker}
            second = scene.worker("--jobs", "1", elsewhere=names[1])
            with workers(second):
                until(
                    lambda: {case.worker for case in scene.rows() if case.worker} - doomed or batch.poll() is not None
                )
                kill(first)
                held = [case.name for case in scene.rows() if case.state == "running" and case.worker in doomed]
                seconds = until(lambda: not _still(scene, held, doomed))
                batch.wait()
        return Takeover(examine(scene), seconds)


def _still(scene: Scene, held: list[str], doomed: set[str]) -> bool:
    return any(case.name in held and case.worker in doomed and case.state == "running" for case in scene.rows())


def shared(place: Path, url: str, count: int) -> float:
    """Seconds that so many workers of one process need, each with two calls at a time to a slow endpoint, from the first case taken on."""
    with serve(Model(wait=0.5)) as served:
        scene = Scene(
            place / "cases", place / f"shared-{count}", url, served.base_url,
            {"JIPING_CONCURRENCY": "2", "JIPING_CASES_AT_ONCE": "2"},
        )  # fmt: skip
        hands = [scene.worker("--jobs", "1") for _ in range(count)]
        with workers(*hands):
            until(lambda: scene.present() == count)
            batch = scene.batch("--jobs", "0")
            with workers(batch):
                until(lambda: any(case.worker for case in scene.rows()))
                began = monotonic()
                until(lambda: batch.poll() is not None or all(c.state in ("done", "failed") for c in scene.rows()))
                return monotonic() - began


@dataclass(frozen=True, slots=True)
class Speed:
    """A batch timed: seconds from the first case taken on, those of our processors, the most memory in KiB of a worker and of all
    processes together, the morning list included, and calls."""

    cases: int
    seconds: float
    processor: float
    memory: int
    together: int
    calls: int = 0
    most_at_once: int = 0
    beside: float = 0.0
    """Seconds of processor of the same drafts in one process, without a batch around them."""


def timed(place: Path, name: str, count: int, wait: float = 0.0, settings: dict[str, str] | None = None) -> Speed:
    """The batch of all cases on this machine; with `wait` by a model that takes so long for an answer."""
    with serve(Model(wait=wait)) as served:
        scene = Scene(place / "cases", place / name, endpoint=served.base_url if wait else "", settings=settings or {})
        process = scene.batch()
        with workers(process):
            until(lambda: process.poll() is not None or any(case.worker for case in scene.rows()))
            began, seconds, processor, memory, together = monotonic(), 0.0, 0.0, 0, 0
            while process.poll() is None:
                all_now, largest = group_memory(process)
                together, memory = max(together, all_now), max(memory, largest)
                processor = max(processor, group_cpu(process))
                if not seconds and _done(scene) >= count:
                    seconds = monotonic() - began
                sleep(0.5 if not seconds else 0.05)
        seconds = seconds or monotonic() - began
        return Speed(count, seconds, processor, memory, together, len(served.chats), served.most_at_once, _alone(place))


def _alone(place: Path) -> float:
    """Seconds of processor of one draft without a batch around it."""
    from assistant.pipeline import draft_case

    folders = sorted(folder.parent for folder in (place / "cases").glob("*/case.yaml"))[:14]
    with tempfile.TemporaryDirectory() as out:
        draft_case(folders[0], Path(out) / "warm")
        began = process_time()
        for folder in folders:
            draft_case(folder, Path(out) / folder.name)
        return (process_time() - began) / len(folders)


def _done(scene: Scene) -> int:
    return sum(case.state in ("done", "failed") for case in scene.rows())
