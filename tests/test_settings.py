"""Settings: where they come from, what is refused, what is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.settings import Settings, load_settings


def refused(environ: dict[str, str], folder: Path) -> str:
    with pytest.raises(UsageError) as caught:
        load_settings(environ, folder)
    return str(caught.value)


def test_with_nothing_set_there_is_no_model_and_the_marks_are_on(tmp_path: Path) -> None:
    settings = load_settings({"PATH": "/bin"}, tmp_path)
    assert (settings.base_url, settings.model) == ("", "")
    assert settings.ai_mark


def test_a_variable_wins_over_the_file_and_the_file_over_the_shared_names(tmp_path: Path) -> None:
    (tmp_path / "jiping.toml").write_text(
        'base_url = "http://10.0.0.1/v1"\nmodel = "from-file"\nretries = 1\n', "utf-8"
    )
    environ = {"OPENAI_BASE_URL": "http://10.0.0.2/v1", "OPENAI_API_KEY": "sk-shared", "JIPING_MODEL": "from-variable"}
    settings = load_settings(environ, tmp_path)
    assert settings.base_url == "http://10.0.0.1/v1"
    assert settings.model == "from-variable"
    assert settings.retries == 1
    assert settings.key == "sk-shared"


def test_the_shared_names_are_enough_and_a_local_server_needs_no_key(tmp_path: Path) -> None:
    settings = load_settings({"OPENAI_BASE_URL": "http://127.0.0.1:8000/v1/"}, tmp_path)
    assert settings.base_url == "http://127.0.0.1:8000/v1"
    assert settings.key


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    (tmp_path / "jiping.toml").write_bytes(b'\xef\xbb\xbfmodel = "qwen"\r\n')
    assert load_settings({}, tmp_path).model == "qwen"


def test_the_file_may_be_elsewhere(tmp_path: Path) -> None:
    elsewhere = tmp_path / "ours.toml"
    elsewhere.write_text("extra_body = { enable_thinking = false }\n", "utf-8")
    settings = load_settings({"JIPING_CONFIG": str(elsewhere)}, tmp_path)
    assert settings.extra_body == {"enable_thinking": False}
    assert "不存在" in refused({"JIPING_CONFIG": str(tmp_path / "none.toml")}, tmp_path)


def test_an_unknown_variable_is_refused_with_the_near_miss(tmp_path: Path) -> None:
    said = refused({"JIPING_MODLE": "x"}, tmp_path)
    assert "JIPING_MODLE" in said
    assert "JIPING_MODEL" in said


def test_variables_that_others_read_are_known(tmp_path: Path) -> None:
    load_settings({"JIPING_PEERS": "x", "JIPING_DEBUG": "1"}, tmp_path)


def test_an_unknown_key_of_the_file_is_refused_with_the_near_miss(tmp_path: Path) -> None:
    (tmp_path / "jiping.toml").write_text('base_ulr = "http://h/v1"\n', "utf-8")
    said = refused({}, tmp_path)
    assert "jiping.toml" in said
    assert "base_ulr" in said
    assert "base_url" in said


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("JIPING_RETRIES", "many", "整数"),
        ("JIPING_RETRIES", "-1", "不小于"),
        ("JIPING_READ_SECONDS", "0", "大于"),
        ("JIPING_READ_SECONDS", "nan", "不大于"),
        ("JIPING_AI_MARK", "也许", "true"),
        ("JIPING_BASE_URL", "127.0.0.1:8000", "http://"),
        ("JIPING_MAX_TOKENS_FIELD", "tokens", "max_completion_tokens"),
        ("JIPING_EXTRA_BODY", "{thinking", "JSON"),
        ("OPENAI_BASE_URL", "ftp://h/v1", "http://"),
    ],
)
def test_a_wrong_value_names_its_variable_and_what_was_expected(
    tmp_path: Path, name: str, value: str, expected: str
) -> None:
    said = refused({name: value}, tmp_path)
    assert name in said
    assert expected in said


def test_a_wrong_value_in_the_file_names_file_and_key(tmp_path: Path) -> None:
    (tmp_path / "jiping.toml").write_text("concurrency = 0\n", "utf-8")
    said = refused({}, tmp_path)
    assert "jiping.toml" in said
    assert "concurrency" in said


def test_a_file_that_is_no_toml_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "jiping.toml").write_text('model = "a"\nbase_url = http://h/v1\n', "utf-8")
    assert "第2行" in refused({}, tmp_path)


@pytest.mark.parametrize("url", ["http://user:hunter2@10.0.0.1/v1", "http://10.0.0.1/v1?key=hunter2"])
def test_an_address_with_a_secret_in_it_is_refused_without_repeating_it(tmp_path: Path, url: str) -> None:
    assert "hunter2" not in refused({"JIPING_BASE_URL": url}, tmp_path)


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    environ = {"JIPING_API_KEY": "sk-hunter2", "JIPING_DATABASE_URL": "postgresql://u:hunter2@db/jiping"}
    settings = load_settings(environ, tmp_path)
    assert "hunter2" not in f"{settings!r} {settings} {settings.shown()}"
    assert settings.key == "sk-hunter2"
    assert "hunter密" not in refused({"JIPING_API_KEY": "hunter密"}, tmp_path)


def test_settings_do_not_change() -> None:
    settings = Settings(model="a")
    with pytest.raises(ValueError, match="frozen"):
        settings.model = "b"  # type: ignore[misc]


def test_settings_made_in_code_know_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIPING_MODEL", "someone's")
    assert Settings().model == ""


def test_every_setting_stands_in_the_manual() -> None:
    manual = (Path(__file__).resolve().parents[1] / "docs" / "manual.md").read_text("utf-8")
    assert not [name for name in Settings.model_fields if f"`{name}`" not in manual]
