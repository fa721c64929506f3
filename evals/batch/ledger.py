"""What a batch left behind: lost, doubled, half written, or other than it should be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.records import batches, parcels
from assistant.run_folder import RECORD, digest_of
from evals.batch.run import Scene

REPORT = "report.md"


@dataclass(frozen=True, slots=True)
class Left:
    """Counts; `misses` names each."""

    cases: int
    lost: int
    doubled: int
    halves: int
    different: int
    misses: tuple[str, ...] = ()


def case_names(cases: Path) -> list[str]:
    """The cases of a synth folder."""
    return sorted(folder.name for folder in cases.iterdir() if (folder / "case.yaml").is_file())


def halves(out: Path) -> list[str]:
    """Folders that stand under their names without being whole; to be asked at any moment, a kill included."""
    if not out.is_dir():
        return []
    seen = [folder for folder in out.iterdir() if folder.is_dir() and not folder.name.startswith(".")]
    return [folder.name for folder in seen if not _whole(folder)]


def examine(scene: Scene, reference: Path | None = None) -> Left:
    """A batch that came to its end; `reference` is the output of the same cases drafted without any trouble."""
    names = case_names(scene.cases)
    half = halves(scene.out)
    leftovers = [entry.name for entry in scene.out.iterdir() if entry.name.startswith(".")]
    lost = [name for name in names if not (scene.out / name / RECORD).is_file()]
    doubled = [
        entry.name
        for entry in scene.out.iterdir()
        if entry.is_dir() and entry.name not in names and entry.name not in leftovers
    ]
    doubled += _twice(scene)
    different = [
        name for name in names if reference and name not in lost and _text(scene.out / name) != _text(reference / name)
    ]
    told = [("丢失", lost), ("重复", doubled), ("不完整", [*half, *leftovers]), ("内容不同", different)]
    misses = tuple(f"{kind}：{name}" for kind, found in told for name in found)
    return Left(len(names), len(lost), len(doubled), len(half) + len(leftovers), len(different), misses)


def summed(all: Sequence[Left]) -> Left:
    """Several batches together."""
    return Left(
        sum(left.cases for left in all), sum(left.lost for left in all), sum(left.doubled for left in all),
        sum(left.halves for left in all), sum(left.different for left in all), tuple(miss for left in all for miss in left.misses),
    )  # fmt: skip


def _twice(scene: Scene) -> list[str]:
    """Cases with two results, or drafted as a second version though nothing changed."""
    database = scene.database()
    with database.session() as session:
        found = batches.everything(session)
        results = [parcel.name for batch in found for parcel in parcels.results(session, batch.id)]
    database.close()
    return [name for name in set(results) if results.count(name) > 1]


def _whole(folder: Path) -> bool:
    record = folder / RECORD
    if not record.is_file():
        return False
    try:
        outputs = json.loads(record.read_text("utf-8"))["outputs"]
    except (ValueError, KeyError):
        return False
    return all((folder / name).is_file() and digest_of(folder / name) == digest for name, digest in outputs.items())


def _text(folder: Path) -> str:
    return (folder / REPORT).read_text("utf-8")
