"""What reaches the page from models of every character: each persona, each case, each narrative section, again and again.

It proves the guard, not a model: the personas go wrong on purpose, and every slip is noted where it is made, so that it can be
looked for in what was shipped. What counts is the finished text.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from evals.authored import Prepared, Shipped, drafted, shipped_cases, shown_from
from evals.endpoint import says, serve
from evals.endpoint.personas import PERSONAS, Seeded
from evals.endpoint.personas.planted import Planted
from evals.results import Options, Result, Table

PURPOSE = "如实：模型乱写时，错数、臆造的事、拔高的状态有没有到报告上；照实写时，有多少句原样通过"
SEEDS = {True: 20, False: 1}
_SLOT = re.compile(r"\[\[[^\]]*\]\]")
_CLAIMS = ("rank", "cause", "upgrade")


@dataclass
class Count:
    """One persona over all cases and seeds."""

    drafts: int = 0
    passed: int = 0
    repaired: int = 0
    replaced: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    survived: Counter[str] = field(default_factory=Counter)
    wrong_numbers: int = 0
    findings: int = 0
    must: int = 0
    untold: int = 0
    calls: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, case: Prepared, shipped: Shipped, planted: Iterable[Planted]) -> None:
        """One more draft."""
        tally = shipped.tally
        self.drafts += 1
        self.passed, self.repaired, self.replaced = (
            self.passed + tally.passed, self.repaired + tally.repaired, self.replaced + tally.replaced
        )  # fmt: skip
        self.calls += tally.usage.calls
        written = [(_bare(s.slotted), s) for s in shipped.by_model]
        for slip in set(planted):
            self.planted[slip.kind] += 1
            words = _bare(slip.words)
            if words and (found := next((s for text, s in written if words in text), None)) is not None:
                self.survived[slip.kind] += 1
                self.misses.append(f"{case.name} {slip.kind}：{found.slotted}")
        self._look(case, shipped)

    def _look(self, case: Prepared, shipped: Shipped) -> None:
        """Numbers and findings in the model's sentences, and what must have been said."""
        texts = {sentence.text for sentence in shipped.by_model}
        for finding in shipped.check.findings:
            if finding.severity == "info" or not _inside(finding.quote, texts):
                continue
            self.findings += 1
            self.wrong_numbers += finding.code in _OF_NUMBERS
            self.misses.append(f"{case.name} {finding.code}：{finding.quote}")
        said = "".join(sentence.slotted for sentence in shipped.report.sentences)
        for point in case.points:
            for statement in point.must:
                self.must += 1
                if any(f"[[{id}" not in said for id in statement.figures):
                    self.untold += 1
                    self.misses.append(f"{case.name} 没有写到：{statement.text}")


_OF_NUMBERS = frozenset({
    "mismatch", "misattributed", "wrong_unit", "wrong_period", "wrong_scope", "unsupported", "arithmetic", "contradiction"
})  # fmt: skip


def _bare(text: str) -> str:
    """Without punctuation at the ends; slots as they are."""
    return text.strip("。；，、 \n")


def _inside(quote: str, texts: set[str]) -> bool:
    return bool(quote) and any(quote.rstrip("。") in text for text in texts)


def fidelity(options: Options) -> Result:
    """The suite `fidelity`."""
    from assistant.models import OFFLINE, connect
    from assistant.retrieval import shipped_store
    from assistant.settings import Settings, load_settings

    began = time.monotonic()
    cases = list(shipped_cases())
    counts = {name: Count() for name in PERSONAS}
    rounds = [(name, seed) for name in PERSONAS for seed in range(SEEDS[options.thorough])]
    store = shipped_store()
    for done, (name, number) in enumerate(rounds, 1):
        for case in cases:
            persona = Seeded(name, options.seed * 1000 + number)
            with serve(says(persona)) as served:
                chat = connect(Settings(base_url=served.base_url, model="scripted"))
                shipped = drafted(case, chat, shown_from(store, case))
            counts[name].add(case, shipped, persona.planted)
        options.tick(done, len(rounds))
    if options.model != OFFLINE:
        counts[options.model] = Count()
        for case in cases:
            chat = connect(load_settings(), options.model)
            counts[options.model].add(case, drafted(case, chat, shown_from(store, case)), ())
    return _told(counts, len(cases), f"{time.monotonic() - began:.1f}")


def _told(counts: dict[str, Count], cases: int, seconds: str) -> Result:
    rows, kinds, figures = [], [], dict[str, str | int]()
    for name, count in counts.items():
        total = count.passed + count.repaired + count.replaced
        planted, survived = sum(count.planted.values()), sum(count.survived.values())
        rows.append((
            name, str(count.drafts), f"{count.passed}（{_share(count.passed, total)}）", str(count.repaired), str(count.replaced),
            str(planted), str(survived), str(count.wrong_numbers), str(count.findings - count.wrong_numbers),
            f"{count.must - count.untold}/{count.must}", str(count.calls),
        ))  # fmt: skip
        figures |= {
            f"{name}.sentences": total, f"{name}.untouched": _share(count.passed, total), f"{name}.planted": planted,
            f"{name}.survived": survived, f"{name}.wrong_numbers": count.wrong_numbers, f"{name}.untold": count.untold,
        }  # fmt: skip
        for kind in sorted(count.planted):
            kinds.append((
                name, kind, str(count.planted[kind]), str(count.survived[kind]),
                _share(count.planted[kind] - count.survived[kind], count.planted[kind]),
            ))  # fmt: skip
    claims = sum(counts["inventive"].planted[kind] for kind in _CLAIMS)
    kept = sum(counts["inventive"].survived[kind] for kind in _CLAIMS)
    figures |= {
        "claims_caught": _share(claims - kept, claims),
        "wrong_numbers": sum(c.wrong_numbers for c in counts.values()),
    }
    tables = (
        Table(
            f"各类模型写{cases}份填报的结果",
            (
                "模型",
                "稿",
                "原样通过",
                "修改后通过",
                "换回离线句",
                "埋入",
                "到了报告上",
                "数有错",
                "其他问题",
                "必写的数写到",
                "调用",
            ),
            tuple(rows),
            ("目标：数有错0；faithful 原样通过≥98%；必写的全部写到；inventive 的排名、原因、拔高查出≥95%。",),
        ),
        Table("埋入的错，逐类", ("模型", "类别", "埋入", "到了报告上", "挡住"), tuple(kinds)),
    )
    misses = tuple(miss for count in counts.values() for miss in count.misses)
    return Result("fidelity", PURPOSE, tables, figures, misses, seconds)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "—"
