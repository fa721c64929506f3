"""A text as it stands and as it was meant: what cannot be seen, letters apart, full-width and traditional forms, escapes and codes undone."""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

from assistant.patterns import regex

_HIDDEN = regex(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_BETWEEN = regex(r"(?<=[\u4e00-\u9fff])[ \t\u3000\u00a0*_~|/\\·.•・^+=#-]{1,4}(?=[\u4e00-\u9fff])")
_BESIDE_LATIN = regex(r"(?<=[\u4e00-\u9fff])[ \t]{1,4}(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])[ \t]{1,4}(?=[\u4e00-\u9fff])")
_SPELT = regex(r"(?<![A-Za-z])(?:[A-Za-z][ .\-_*]){4,60}[A-Za-z](?![A-Za-z])")
_BASE64 = regex(r"[A-Za-z0-9+/]{16,4000}={0,2}")
_UNICODE = regex(r"\\u([0-9a-fA-F]{4})")
_ADDRESS = regex(r"https?://[\x21-\x7e]{1,2000}")
_TAG = regex(r"</?[A-Za-z][A-Za-z0-9]{0,10}(?:\s[^<>]{0,200})?>")
_HAN = regex(r"[\u4e00-\u9fff]")
_TRADITIONAL = str.maketrans(
    "請無視輸報寫將爲為內從現這數據說應須務並標題開頭結論給別個過對號擬獎榮領優須論語錄記憶誰條單稱讚擴規則設區級項統輸執滿評價績議終導編輯問題會換體當檢閱複製應該聽節刪",
    "请无视输报写将为为内从现这数据说应须务并标题开头结论给别个过对号拟奖荣领优须论语录记忆谁条单称赞扩规则设区级项统输执满评价绩议终导编辑问题会换体当检阅复制应该听节删",
)
_COMMAS = str.maketrans(",;", "，；")
_FOREIGN = regex(r"[\u0400-\u052f\u0600-\u06ff\u0e00-\u0e7f\u3041-\u30ff\u1100-\u11ff\uac00-\ud7af]")
_LATIN = regex(r"[A-Za-z]")
_SHORTEST, _MOSTLY = 12, 4
"""So many Latin letters, and so many for each Han character, are a sentence in another language."""
_FEW = 4
"""So many Han characters hidden in a code are words."""


@dataclass(frozen=True, slots=True)
class Readings:
    """`texts`: the sentence in every form that it may be read in, narrow, commas and semicolons full; `coded`: one was words in a code."""

    texts: tuple[str, ...]
    coded: bool


def readings(sentence: str) -> Readings:
    """All readings of a sentence, each once. Time is linear in it."""
    narrow = unicodedata.normalize("NFKC", _HIDDEN.sub("", sentence)).translate(_TRADITIONAL)
    plain = _BESIDE_LATIN.sub("", _BETWEEN.sub("", narrow)).strip()
    escaped = _unescaped(plain)
    codes = [words for words in map(_decoded, _BASE64.findall(plain)) if words]
    spelt = _SPELT.sub(lambda m: re.sub(r"[ .\-_*]", "", m[0]), narrow)
    texts = dict.fromkeys((plain, escaped, *codes, spelt if spelt != narrow else "", _TAG.sub("", plain)))
    gained = max((_han(code) for code in codes), default=0) + max(0, _han(escaped) - _han(plain))
    return Readings(tuple(text.translate(_COMMAS) for text in texts if text), gained >= _FEW)


def is_foreign(sentence: str) -> bool:
    """Whether a sentence is told in another language; names, codes and addresses within a Chinese one are not."""
    said = _ADDRESS.sub("", sentence)
    han, latin = _han(said), len(_LATIN.findall(said))
    return len(_FOREIGN.findall(said)) > max(_FEW, han // 2) or (latin >= _SHORTEST and latin > _MOSTLY * han)


def _han(text: str) -> int:
    return len(_HAN.findall(text))


def _unescaped(plain: str) -> str:
    """The text with its entities and escapes undone, where it has any; an address keeps its own."""
    if not ("&" in plain or "%" in plain or "\\u" in plain):
        return ""
    undone = unquote(html.unescape(_UNICODE.sub(lambda m: chr(int(m[1], 16)), _ADDRESS.sub("", plain))))
    return _BETWEEN.sub("", undone)


def _decoded(code: str) -> str:
    """What base64 hides, where that is words."""
    try:
        words = base64.b64decode(code + "=" * (-len(code) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
    return words if words.isprintable() else ""
