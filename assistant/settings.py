"""What is set outside the program: `JIPING_*` variables and `jiping.toml`, read into one frozen model.

A variable wins over the file, and both over `OPENAI_API_KEY` and `OPENAI_BASE_URL`, which fill what neither says. A name that is not
known is refused, so that a slip of the pen does not leave a setting quietly at its default.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from assistant.errors import UsageError

PREFIX = "JIPING_"
FILE = "jiping.toml"
BESIDE = ("JIPING_CONFIG", "JIPING_DEBUG", "JIPING_PEERS")
"""Variables that are read elsewhere: which file, tracebacks for developers, the readers that `jiping eval speed` runs beside."""
PLACEHOLDER = "none"
"""Sent as the key where none is set: a local server takes any."""
_SHARED = {"OPENAI_BASE_URL": "base_url", "OPENAI_API_KEY": "api_key"}
_SECRET = ("api_key", "database_url")


class Settings(BaseSettings):
    """Every setting, with its default; seconds are whole or decimal, characters are 汉字."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True)

    base_url: str = ""
    """The OpenAI-compatible endpoint, up to and with /v1."""
    api_key: SecretStr = SecretStr("")
    model: str = ""
    """The model that drafts; none: drafting offline."""
    embedding_model: str = ""
    """The model that turns passages into vectors; none: hashed characters."""

    connect_seconds: float = Field(10, gt=0, le=600)
    read_seconds: float = Field(90, gt=0, le=3600)
    """The longest silence within an answer that comes piece by piece."""
    draft_seconds: float = Field(300, gt=0, le=36000)
    """The longest that one answer may take, retries and all."""
    retries: int = Field(3, ge=0, le=20)
    concurrency: int = Field(8, ge=1, le=512)
    """Calls under way at once of this process."""
    endpoint_concurrency: int = Field(32, ge=1, le=4096)
    """Calls under way at once of all workers of a batch together."""
    cases_at_once: int = Field(4, ge=1, le=64)
    """Cases that a worker process has with a model at once."""
    endpoint_patience: float = Field(1800, ge=0, le=360000)
    """Seconds that a batch waits for an endpoint that is away before it stops."""
    context_chars: int = Field(6000, ge=500, le=2_000_000)
    """What a prompt may hold."""

    max_tokens_field: Literal["", "max_tokens", "max_completion_tokens"] = ""
    """This and the next four overrule what `jiping model check` found."""
    streaming: bool | None = None
    stream_usage: bool | None = None
    system_role: bool | None = None
    extra_body: dict[str, Any] = Field(default_factory=dict)

    ai_mark: bool = True
    """Drafts with a model's text carry the visible line and the AIGC property."""
    data_dir: Path = Path("~/.jiping")
    database_url: str = Field("", repr=False)
    """None: an SQLite file in `data_dir`."""
    owner: str = ""
    """The department whose private exemplars may be read."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is passed in is all there is: `load_settings` has gathered it, and knows where each value came from."""
        return (init_settings,)

    @field_validator("base_url", mode="after")
    @classmethod
    def _address(cls, given: str) -> str:
        url = given.strip().rstrip("/").removesuffix("/chat/completions")
        if not url:
            return ""
        try:
            parts = urlsplit(url)
            _ = parts.port
        except ValueError as error:
            raise ValueError("不是一个网址") from error
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("应是 http:// 或 https:// 开头的地址，例如 http://127.0.0.1:8000/v1")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("地址里不要带用户名、密码、? 或 #；密钥请写在 api_key")
        return url

    @field_validator("api_key", mode="after")
    @classmethod
    def _key(cls, given: SecretStr) -> SecretStr:
        key = given.get_secret_value().strip()
        if not all("!" <= character <= "~" for character in key):
            raise ValueError("密钥只能含英文字母、数字和符号，请检查是否混入了空格、引号或中文")
        return SecretStr(key)

    @field_validator("model", "embedding_model", "owner", "database_url", mode="after")
    @classmethod
    def _trimmed(cls, given: str) -> str:
        return given.strip()

    @field_validator("data_dir", mode="after")
    @classmethod
    def _home(cls, given: Path) -> Path:
        return given.expanduser()

    @property
    def key(self) -> str:
        """What is sent as the key."""
        return self.api_key.get_secret_value() or PLACEHOLDER

    def shown(self) -> dict[str, Any]:
        """All settings for people and for run.json: of a secret only whether it is set."""
        values = self.model_dump(mode="json")
        return values | {name: "（已设置）" if getattr(self, name) else "" for name in _SECRET}


def load_settings(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """The settings that hold here and now: of `environ` (the process's own) and of `folder` (the current one).

    Raises:
        UsageError: a name is unknown, a value is not what its setting takes, or the file cannot be read.
    """
    environ = os.environ if environ is None else environ
    path, written = _file(environ, folder or Path())
    values: dict[str, tuple[Any, str]] = {
        field: (environ[name], f"环境变量 {name}") for name, field in _SHARED.items() if environ.get(name, "").strip()
    }
    for field, value in written.items():
        if field not in Settings.model_fields:
            raise UsageError(f"设置文件 {path} 里没有 {field} 这一项{_nearest(field, Settings.model_fields)}。")
        values[field] = (value, f"设置文件 {path} 的 {field}")
    for name, text in environ.items():
        if not name.upper().startswith(PREFIX) or name.upper() in BESIDE:
            continue
        field = name[len(PREFIX) :].lower()
        if field not in Settings.model_fields:
            known = [*(PREFIX + known.upper() for known in Settings.model_fields), *BESIDE]
            raise UsageError(f"没有 {name} 这个环境变量{_nearest(name.upper(), known)}。")
        values[field] = (_typed(field, text, name), f"环境变量 {name}")
    try:
        return Settings(**{field: value for field, (value, _) in values.items()})
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        field = str(fault["loc"][0])
        raise UsageError(f"{values[field][1]} 写得不对：{_expected(fault)}。请改好后再运行。") from None


def _file(environ: Mapping[str, str], folder: Path) -> tuple[Path, dict[str, Any]]:
    """The settings file and what it says; none in the current folder is no fault, a named one that is missing is."""
    named = environ.get("JIPING_CONFIG", "").strip()
    path = Path(named).expanduser() if named else folder / FILE
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        if named:
            raise UsageError(f"环境变量 JIPING_CONFIG 指的设置文件 {path} 不存在，请核对路径。") from None
        return path, {}
    except UnicodeDecodeError:
        raise UsageError(f"设置文件 {path} 不是 UTF-8 编码，请另存为 UTF-8。") from None
    except OSError:
        raise UsageError(f"设置文件 {path} 打不开，请检查它是不是文件、有没有读取的权限。") from None
    try:
        return path, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"第{line[1]}行" if line else "末尾"
        raise UsageError(
            f'设置文件 {path} {where}写法有误：每行一项，如 model = "名称"，文字要加英文双引号。'
        ) from None


def _typed(field: str, text: str, name: str) -> Any:
    """A variable's text as the setting's type needs it: the empty one is as good as none, a table is written as JSON."""
    if field == "extra_body":
        try:
            return json.loads(text or "{}")
        except ValueError:
            raise UsageError(f'环境变量 {name} 应是 JSON，例如 {{"enable_thinking": false}}。') from None
    default = Settings.model_fields[field].get_default(call_default_factory=True)
    return text.strip() if text.strip() or isinstance(default, str | SecretStr) else default


_BOUNDS = {"greater_than": ("gt", "大于"), "greater_than_equal": ("ge", "不小于"), "less_than_equal": ("le", "不大于")}
_TYPES = {
    "int": "应是整数", "float": "应是数", "decimal": "应是数", "bool": "应是 true 或 false", "string": "应是加引号的文字",
    "path": "应是路径", "dict": "应是键和值的表", "literal": "应是 max_tokens 或 max_completion_tokens",
}  # fmt: skip


def _expected(fault: Any) -> str:
    """What a value should have been; never the value itself, which may be a secret."""
    kind = fault["type"]
    if kind == "value_error":
        return str(fault["ctx"]["error"])
    if kind in _BOUNDS:
        bound, said = _BOUNDS[kind]
        return f"应{said} {fault['ctx'][bound]}"
    return next((said for name, said in _TYPES.items() if kind.startswith(name)), "类型不对")


def _nearest(name: str, known: Collection[str]) -> str:
    """The known name that was probably meant; all of them where none is near."""
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"，是不是 {near[0]}" if near else f"，可用的有：{'、'.join(known)}"
