"""What the YAML parser complains of reaches people in Chinese."""

from __future__ import annotations

import re

import pytest

from assistant.frameworks import faults


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id: a\n\tb: 1\n", "制表符"), ("id: [a\nb: 1\n", "没有配对"), ("id: a: b\n", "冒号"), ('id: "a\n', "引号没有配对"),
        ("id: @a\n", "特殊符号"), ("id: *a\n", "加引号"), ("id: 1\nid: 2\n", "键 id 重复"), ("a:\n  - b\n c\n", "没有对齐|冒号"),
        ("id: a\x01\n", "控制字符"),
    ],
)  # fmt: skip
def test_what_the_yaml_parser_says_is_told_in_chinese(text: str, says: str) -> None:
    _, (fault,) = faults(text, "mine.yaml")
    assert re.search(says, fault.reason)
    assert not re.search(r"[a-z]{3,}", fault.reason)
