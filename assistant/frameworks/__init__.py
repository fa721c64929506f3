"""指标体系: a city's rubric for a year as data, read from one YAML file that keeps its own rules."""

from assistant.frameworks.load import faults, framework_ids, load_framework, read_framework
from assistant.frameworks.model import Framework, Indicator, Leaf, Part, Policy, Ratio, Value, Veto
from assistant.frameworks.official import assumed, differences
from assistant.frameworks.shares import bare_shares

__all__ = [
    "Framework",
    "Indicator",
    "Leaf",
    "Part",
    "Policy",
    "Ratio",
    "Value",
    "Veto",
    "assumed",
    "bare_shares",
    "differences",
    "faults",
    "framework_ids",
    "load_framework",
    "read_framework",
]
