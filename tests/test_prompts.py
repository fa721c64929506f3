from __future__ import annotations

import pytest

from assistant.errors import FrameworkError, UsageError
from assistant.prompts import load_prompt, prompt_names, read_prompt

GOOD = "---\npurpose: p\nvariables: [name]\n---\n你好，{{ name }}"


def test_every_shipped_prompt_loads_and_says_what_it_is_for() -> None:
    for name in prompt_names():
        prompt = load_prompt(name)
        assert prompt.purpose
        assert len(prompt.digest) == 64
        assert prompt.name == f"{name}.v{prompt.version}"


def test_a_prompt_renders_plain_text() -> None:
    assert read_prompt(GOOD, "hello.v2.jinja").render(name="<b>&“") == "你好，<b>&“"


@pytest.mark.parametrize("given", [{}, {"name": "x", "other": "y"}])
def test_variables_missing_or_too_many_stop_the_run(given: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=r"hello\.v2"):
        read_prompt(GOOD, "hello.v2.jinja").render(**given)


def test_something_undefined_inside_stops_the_run() -> None:
    prompt = read_prompt(GOOD.replace("{{ name }}", "{{ name.nothing }}"), "hello.v1.jinja")
    with pytest.raises(UsageError, match="nothing"):
        prompt.render(name={})


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (GOOD, "hello.jinja"),
        ("你好", "hello.v1.jinja"),
        (GOOD.replace("purpose: p\n", ""), "hello.v1.jinja"),
        (GOOD.replace("[name]", "[name, unused]"), "hello.v1.jinja"),
        (GOOD.replace("[name]", "[]"), "hello.v1.jinja"),
        (GOOD + "{% if %}", "hello.v1.jinja"),
    ],
)
def test_a_faulty_prompt_is_refused(text: str, file: str) -> None:
    with pytest.raises(FrameworkError, match="hello"):
        read_prompt(text, file)


def test_a_template_cannot_leave_its_sandbox() -> None:
    prompt = read_prompt(GOOD.replace("{{ name }}", "{{ name.__class__.__mro__ }}"), "hello.v1.jinja")
    with pytest.raises(UsageError):
        prompt.render(name="x")


def test_the_digest_follows_the_words() -> None:
    assert read_prompt(GOOD, "a.v1.jinja").digest != read_prompt(GOOD + "。", "a.v1.jinja").digest
