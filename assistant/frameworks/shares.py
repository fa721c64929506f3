"""Limits of a rate written as a share of one (0.95 for 95%): rates are in %, so they are read as less than 1%."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from assistant.data_files import parse_yaml
from assistant.frameworks.model import Framework
from assistant.frameworks.reach import Place
from assistant.patterns import regex
from assistant.rules import show

_EDGES = ("at_least", "above", "at_most", "below", "full_at", "zero_at", "least")
_BARE = regex(r"-?0?\.[0-9]*[1-9][0-9]*")


def bare_shares(framework: Framework, text: str) -> Iterator[tuple[Place, str]]:
    """Each as (place in the file, what to look at): an edge between 0 and 1 on a rate, written without %."""
    rates = {ratio.id for ratio in framework.ratios if ratio.value.is_rate}
    raw = parse_yaml(text, framework.id)
    for number, ratio in enumerate(raw.get("ratios", ())):
        yield from _told(ratio, ("most",), ("ratios", number), ratio["name"])
    for place, part, rule in _rules(raw["indicators"], ("indicators",)):
        if part.get("measure") in rates and rule.get("unit", "%") in ("%", "个百分点", "百分点"):
            for at, edges in (
                (place, rule),
                *((((*place, "bands", n)), b) for n, b in enumerate(rule.get("bands", ()))),
            ):
                yield from _told(edges, _EDGES, at, framework.ratio_names[part["measure"]])


def _rules(nodes: list[dict[str, Any]], above: Place) -> Iterator[tuple[Place, dict[str, Any], dict[str, Any]]]:
    for number, node in enumerate(nodes):
        for n, part in enumerate(node.get("parts", ())):
            yield (*above, number, "parts", n, "rule"), part, part["rule"]
        yield from _rules(node.get("children", []), (*above, number, "children"))


def _told(entry: dict[str, Any], keys: tuple[str, ...], at: Place, name: str) -> Iterator[tuple[Place, str]]:
    for key in keys:
        written = str(entry.get(key, "")).strip()
        if _BARE.fullmatch(written):
            share = show(Decimal(written) * 100)
            yield (
                (*at, key),
                f'{name}：{key} 写的是 {written}，比率以%计，读作 {written}%；如果是 {share}%，请写成 "{share}%"',
            )
