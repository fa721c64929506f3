"""What an endpoint is like: the ways in which compatible servers differ, as data.

`jiping model check` finds them and remembers them per address and model in `data_dir`; settings overrule what was found.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from assistant.data_files import Strict
from assistant.errors import UsageError
from assistant.settings import Settings

FILE = "endpoints.json"


class Profile(Strict):
    """How one model at one endpoint wants to be asked."""

    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    streaming: bool = True
    whole: bool = True
    """Whether an answer may be fetched whole: some models are served as a stream only."""
    stream_usage: bool = True
    """Whether a stream may be asked to end with its usage (`stream_options`)."""
    system_role: bool = True
    """Whether a message may have the role system; else it is put before the first of the user's."""
    temperature: bool = True
    """Whether a temperature may be given."""
    thinks: bool = False
    """Whether it thinks aloud before it answers: then its answers get room for that."""
    extra_body: dict[str, Any] = Field(default_factory=dict)


def profile_of(settings: Settings, model: str) -> Profile:
    """The profile to use: what settings say, else what was found, else what most servers take.

    Raises:
        UsageError: the remembered profiles cannot be read.
    """
    return overruled(_remembered(settings.data_dir).get(_name(settings, model), Profile()), settings)


def overruled(profile: Profile, settings: Settings) -> Profile:
    """The profile as far as settings do not say otherwise."""
    said = {
        "max_tokens_field": settings.max_tokens_field or None,
        "streaming": settings.streaming,
        "stream_usage": settings.stream_usage,
        "system_role": settings.system_role,
        "extra_body": settings.extra_body or None,
    }
    return profile.model_copy(update={name: value for name, value in said.items() if value is not None})


def remember(settings: Settings, model: str, profile: Profile) -> Path:
    """Keep what was found of a model, beside what is known of others; the file is replaced whole."""
    path = settings.data_dir / FILE
    try:
        known = _remembered(settings.data_dir)
    except UsageError:
        known = {}  # what cannot be read is written anew
    data = {name: kept.model_dump(mode="json") for name, kept in {**known, _name(settings, model): profile}.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{FILE}.{os.getpid()}")
    beside.write_text(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n", "utf-8")
    beside.replace(path)
    return path


def _name(settings: Settings, model: str) -> str:
    return f"{settings.base_url} {model}"


def _remembered(folder: Path) -> dict[str, Profile]:
    path = folder / FILE
    try:
        data = json.loads(path.read_text("utf-8"))
        return {name: Profile(**kept) for name, kept in data.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError, ValidationError):
        raise UsageError(f"{path} 的内容读不懂，请删除它，再运行 jiping model check。") from None
