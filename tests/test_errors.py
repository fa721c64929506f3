"""An error that a worker process raises arrives whole."""

from __future__ import annotations

import pickle

import pytest

from assistant.errors import FrameworkError, InputError, ModelError


@pytest.mark.parametrize("kind", [InputError, FrameworkError])
def test_an_input_error_keeps_its_place_reason_and_remedy(kind: type[InputError]) -> None:
    error = kind("工作簿.xlsx 3 收支决算!C5", "不是数。", "请填数字")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (str(again), again.where, again.reason, again.remedy) == (
        str(error),
        "工作簿.xlsx 3 收支决算!C5",
        "不是数",
        "请填数字",
    )


def test_a_model_error_keeps_its_kind_and_what_it_cost() -> None:
    error = ModelError("busy", "端点忙", retry_after=12)
    error.calls = 3
    again = pickle.loads(pickle.dumps(error))
    assert (again.kind, str(again), again.retry_after, again.calls) == ("busy", "端点忙", 12, 3)
