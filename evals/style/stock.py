"""The phrases by which a report's tone is heard."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pydantic import ValidationError, field_validator

from assistant.data_files import Strict, line_of, parse_yaml
from assistant.errors import FrameworkError

_NAME = "stock.yaml"


class Stock(Strict):
    """stock.yaml: what each group is for is said there."""

    checked: str
    connectives: tuple[str, ...]
    praise: tuple[str, ...]
    effects: tuple[str, ...]
    ranks: tuple[str, ...]
    sources: tuple[str, ...]
    spoken: tuple[str, ...]
    efforts: tuple[str, ...]
    manner: tuple[str, ...]
    quality: tuple[str, ...]

    @field_validator("*", mode="before")
    @classmethod
    def _split(cls, value: object, info: object) -> object:
        """A group is written as one string."""
        listed = getattr(info, "field_name", "") != "checked"
        return tuple(value.split()) if listed and isinstance(value, str) else value


@cache
def stock() -> Stock:
    """The phrases.

    Raises:
        FrameworkError: naming the line.
    """
    text = (files("knowledge_base") / "phrases" / _NAME).read_text("utf-8")
    try:
        return Stock.model_validate(parse_yaml(text, _NAME))
    except ValidationError as error:
        fault = error.errors()[0]
        where = f"{_NAME} {line_of(text, fault['loc'])}".strip()
        raise FrameworkError(
            where, f"{'.'.join(map(str, fault['loc']))} 写法不对", "每组词写成一个字符串，用空格隔开"
        ) from error
