"""Times other readers of Chinese numbers, in an environment of their own (`make peers`): text on stdin, JSON on stdout.

Run as a file by the interpreter of that environment, which has nothing of ours; the digit regex runs beside them as the yardstick.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

ROUNDS = 3
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
"""The yardstick: one compiled regex for digits, their thousands and their decimals."""


def recognizers() -> Callable[[str], object]:
    """The number model of recognizers-text."""
    module = importlib.import_module("recognizers_number")
    parse: Callable[[str], object] = module.NumberRecognizer(module.Culture.Chinese).get_number_model().parse
    return parse


def jionlp_money() -> Callable[[str], object]:
    """The reader of amounts of money of jionlp."""
    extract: Callable[[str], object] = importlib.import_module("jionlp.algorithm.ner").extract_money
    return extract


PEERS = {"recognizers-text-number": recognizers, "jionlp": jionlp_money}


def main() -> None:
    """Print {name: {version, seconds, digits}}, or {name: {error}} for one that is not there or does not work."""
    text = sys.stdin.buffer.read().decode("utf-8")
    pattern = re.compile(DIGITS)
    told: dict[str, dict[str, str]] = {}
    for name, load in PEERS.items():
        try:
            read = load()
            read(text[:2000])
            best, digits = float("inf"), float("inf")
            for _ in range(ROUNDS):
                digits = min(digits, _taken(lambda _text: list(pattern.finditer(_text)), text))
                best = min(best, _taken(read, text))
        except (ImportError, PackageNotFoundError) as error:
            told[name] = {"error": f"未安装（{error}）"}
        except Exception as error:  # noqa: BLE001 - whatever a peer does wrong is its own row
            told[name] = {"error": f"{type(error).__name__}：{error}"}
        else:
            told[name] = {"version": version(name), "seconds": f"{best:.6f}", "digits": f"{digits:.6f}"}
    json.dump(told, sys.stdout, ensure_ascii=True)


def _taken(read: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    read(text)
    return time.process_time() - start


if __name__ == "__main__":
    main()
