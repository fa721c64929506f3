"""A folder of submitted reports reviewed: each checked in a process, all held against one another, and every unit told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from os import cpu_count
from pathlib import Path
from typing import Any

from assistant.documents import Text, read_document
from assistant.documents.secrecy import refuse_secret
from assistant.errors import JipingError, UsageError
from assistant.findings import Finding
from assistant.report.word import write_docx
from assistant.reviewing.checked import Checked, check_submission, refused
from assistant.reviewing.kept import RECORD, SHEETS, file_names, is_review, keep_earlier, last_review, refuse_other
from assistant.reviewing.naming import plain, unit_in_report
from assistant.reviewing.opinion import Opinion, carried, opinion
from assistant.reviewing.register_sheet import write_register
from assistant.reviewing.roster import read_roster
from assistant.reviewing.rules import ReviewRules, rules_of
from assistant.reviewing.sheet import opinion_sheet
from assistant.reviewing.strangers import strangers
from assistant.reviewing.submitted import Submission, is_report, issued, submissions
from assistant.run_folder import whole_folder, write_json
from assistant.similarity import Pair, Report, compare, similarities

Step = Callable[[str, int, int], None]
REGISTER = "台账.xlsx"


@dataclass(frozen=True)
class Reviewed:
    """What a review found. `remarks`: what was odd about the folder itself, in Chinese."""

    folder: Path
    opinions: tuple[Opinion, ...]
    pairs: tuple[Pair, ...]
    remarks: tuple[str, ...]
    last_year: Path | None = None

    @property
    def sent_back(self) -> int:
        """How many reports are sent back."""
        return sum(one.state == "退回" for one in self.opinions)

    def to_json(self, names: Sequence[str] = ()) -> dict[str, Any]:
        """The record of the review; `names`: of the units' sheets."""
        called = names or file_names(one.unit for one in self.opinions)
        states = Counter(one.state for one in self.opinions)
        return {
            "states": {state: states[state] for state in ("未报", "已报", "退回", "复核通过")},
            "remarks": list(self.remarks),
            "last_year": str(self.last_year or ""),
            "units": [one.to_json() | {"sheet": name} for one, name in zip(self.opinions, called, strict=True)],
            "similar": [_pair_json(pair) for pair in self.pairs],
        }


def review_batch(
    root: Path,
    out: Path,
    previous: Path | None = None,
    last_year: Path | None = None,
    jobs: int = 0,
    step: Step = lambda *_: None,
) -> Reviewed:
    """Reviews every report under `root` and writes `out` whole: an 审核意见单 for each unit, 台账.xlsx, review.json.

    `previous`: the result folder of the last review, else `out` itself where it is one; a folder of last year's reports will do as
    well as under `last_year`, which is remembered from one review to the next. `jobs`: processes, 0 for one a core. `step(name, done, total)` is told of each report.

    Raises:
        UsageError: `root` holds no report, `out` something else.
        InputError: the list of units or the record of the last review cannot be read.
    """
    refuse_other(out)
    for folder in (previous, last_year):
        if folder is not None and not folder.is_dir():
            raise UsageError(f"{folder} 不是一个文件夹。")
    if previous is not None and not is_review(previous):
        previous, last_year = None, last_year or previous
    rules = rules_of(root)
    _, roster = read_roster(root)
    away = [path for path in (out, previous, last_year) if path is not None]
    checked = _checked(submissions(root, roster, away), jobs, step)
    before, year_before = last_review(previous or out)
    last_year = last_year or year_before
    step("雷同", len(checked), len(checked))
    remarks: list[str] = []
    pairs = _similar(checked, last_year, roster, list(_words_of(issued(root, roster), remarks)), remarks)
    units = [*dict.fromkeys((*roster, *(one.unit for one in checked)))]
    checked = [replace(one, findings=(*one.findings, *_of_others(one, units))) for one in checked]
    told = similarities(pair for pair in pairs if not _is_taken_over(pair, checked))
    full = [replace(one, findings=(*one.findings, *_told(told, one))) for one in checked]
    compared = [*(one.unit for one in checked), *(("本单位上年报告",) if last_year else ())]
    opinions = _opinions(full, roster, rules, before, compared)
    reviewed = Reviewed(out, tuple(opinions), tuple(pairs), tuple(remarks), last_year)
    _write(reviewed, rules, out, step)
    return reviewed


def _checked(found: Sequence[Submission], jobs: int, step: Step) -> list[Checked]:
    """Each submission in a process; one that takes its process with it is tried again alone, and then told of."""
    done: dict[int, Checked] = {}
    total = len(found)
    with ProcessPoolExecutor(min(jobs or cpu_count() or 1, max(total, 1))) as pool:
        waiting = [pool.submit(check_submission, one) for one in found]
        for at, future in enumerate(waiting):
            try:
                done[at] = future.result()
                step(found[at].name, len(done), total)
            except BrokenProcessPool:
                continue
    for at, one in enumerate(found):
        if at not in done:
            done[at] = _alone(one)
            step(one.name, len(done), total)
    return [done[at] for at in range(total)]


def _alone(one: Submission) -> Checked:
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(check_submission, one).result()
        except BrokenProcessPool:
            return refused(one, "程序读这份文件时中断了，多半是文件太大或已损坏。请另存为 .docx 再交。")


def _similar(
    checked: Sequence[Checked],
    last_year: Path | None,
    roster: Sequence[str],
    issued: Sequence[Text],
    remarks: list[str],
) -> list[Pair]:
    """The passages in common; a report that could not be read is not among them."""
    reports = [_report(one) for one in checked if one.text is not None]
    if last_year is not None:
        reports += _of_last_year(last_year, roster, [report.unit for report in reports], remarks)
    return compare(reports, issued)


def _words_of(files: Sequence[Path], remarks: list[str]) -> Iterator[Text]:
    """What can be read of the bureau's own files."""
    for file in files:
        try:
            yield read_document(file, unseen=False)
        except JipingError as error:
            remarks.append(f"{file.name}没有读，其中的话没有算作套语：{error}")


def _is_taken_over(pair: Pair, checked: Sequence[Checked]) -> bool:
    """Whether one of the two says of itself that it is the other's report: told once, and to that one."""
    units = {pair.left.report.unit, pair.right.report.unit}
    return any(
        finding.code == "wrong_scope" and {one.unit, finding.quote} == units
        for one in checked if one.unit in units for finding in one.findings
    )  # fmt: skip


def _report(one: Checked) -> Report:
    assert one.text is not None
    return Report(one.unit, one.submission.report.name if one.submission.report else one.unit, one.text)


def _of_last_year(folder: Path, roster: Sequence[str], units: Sequence[str], remarks: list[str]) -> Iterator[Report]:
    """Last year's reports under the names that their units have this year."""
    known = {plain(unit): unit for unit in units}
    for one in submissions(folder, roster or units):
        if one.report is None:
            continue
        try:
            text: Text = read_document(one.report, unseen=False)
            refuse_secret(text)
        except JipingError as error:
            remarks.append(f"上年的{one.report.name}没有读，没有与它比较雷同：{error}")
            continue
        unit = one.unit or unit_in_report(text) or one.name
        yield Report(known.get(plain(unit), unit), one.report.name, text, previous=True)


def _told(told: dict[Report, list[Finding]], one: Checked) -> list[Finding]:
    """The findings of 雷同 on this submission."""
    return next((findings for report, findings in told.items() if report.text is one.text), [])


def _of_others(one: Checked, units: Sequence[str]) -> list[Finding]:
    """Where it is another unit's report that speaks, and this was not told already."""
    if one.text is None:
        return []
    quoted = [f.quote + f.message for f in one.findings if f.severity == "error"]
    return [f for f in strangers(one.text, one.unit, units) if not any(f.quote in words for words in quoted)]


def _opinions(
    checked: Sequence[Checked],
    roster: Sequence[str],
    rules: ReviewRules,
    before: dict[str, dict[str, Any]],
    compared: Sequence[str],
) -> list[Opinion]:
    """An opinion for each submission, for each unit of the last review and of the list that handed in nothing, in the list's order."""
    places = {plain(unit): at for at, unit in enumerate(roster)}
    handed = Counter(plain(one.unit) for one in checked)
    made = [opinion(one, rules, before.get(plain(one.unit)), _remark(one, handed, places), compared) for one in checked]
    made += [carried(last) for unit, last in before.items() if not handed[unit]]
    away = [unit for unit in roster if not handed[plain(unit)] and plain(unit) not in before]
    made += [Opinion(unit, "", "", "", "", "未报", 0, "", False, ()) for unit in away]
    return sorted(made, key=lambda one: (places.get(plain(one.unit), len(places)), one.unit))


def _remark(one: Checked, handed: Counter[str], places: dict[str, int]) -> str:
    said = []
    if handed[plain(one.unit)] > 1:
        said.append(f"这个单位交了{handed[plain(one.unit)]}份（本份在“{one.submission.name}”），请确认以哪份为准")
    if places and plain(one.unit) not in places:
        said.append("不在名单里")
    second = [path.name for path in one.submission.others if is_report(path)]
    if second:
        said.append(f"文件夹里还有一份报告：{'、'.join(second[:3])}，没有审核，请确认以哪份为准")
    others = [path.name for path in one.submission.others if path.suffix.lower() not in (".docx", ".docm")]
    others = [name for name in others if name not in second]
    if others:
        said.append(f"另有{'、'.join(others[:3])}{'等' if len(others) > 3 else ''}没有审核")
    if one.text is not None and one.text.pictures:
        said.append("有的页是图片，没有读")
    return "；".join(said)


def _write(reviewed: Reviewed, rules: ReviewRules, out: Path, step: Step) -> None:
    """The folder, whole or not at all; what an earlier review told stays beside it."""
    names = file_names(one.unit for one in reviewed.opinions)
    with whole_folder(out) as room:
        (room / SHEETS).mkdir()
        told = {one.unit: name for one, name in zip(reviewed.opinions, names, strict=True) if one.carried}
        if is_review(out):
            keep_earlier(out, room, told)
        due = [(one, name) for one, name in zip(reviewed.opinions, names, strict=True) if one.round]
        due = [(one, name) for one, name in due if not (room / SHEETS / f"{name}.docx").exists()]
        for done, (one, name) in enumerate(due, 1):
            write_docx(opinion_sheet(one, rules), room / SHEETS / f"{name}.docx")
            write_json(room / SHEETS / f"{name}.json", one.to_json())
            step("写意见单", done, len(due))
        write_register(reviewed.opinions, reviewed.pairs, room / REGISTER, "部门整体支出绩效自评报送审核台账")
        write_json(room / RECORD, reviewed.to_json(names))


def _pair_json(pair: Pair) -> dict[str, Any]:
    sides = {
        side: {
            "unit": place.report.unit, "file": place.report.name, "last_year": place.report.previous, "place": place.where,
            "start": place.start, "end": place.end,
        }
        for side, place in (("left", pair.left), ("right", pair.right))
    }  # fmt: skip
    return {**sides, "characters": pair.characters, "share": f"{pair.share:.2f}", "text": pair.text}
