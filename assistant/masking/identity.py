"""Identity, phone and card numbers become blanks before a text leaves the machine.

Read leniently: digits may be full-width, spaced or hyphened, and a wrong check digit hides no 身份证号; a number too many is no loss, for
figures travel as slots. Sums of money are left alone, and so are 统一社会信用代码: they name offices, and are published.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.patterns import regex

IDENTITY, PHONE, CARD = "〔身份证号〕", "〔电话〕", "〔银行卡号〕"

_HALF = str.maketrans("０１２３４５６７８９ｘＸ＋（）－", "0123456789xX+()-")
_GAP = "[ \t\u00a0\u3000\u200b-\u200d\u2060\ufeff\u2010-\u2015\u2212-]{0,2}"
"""What may stand inside a number: one or two spaces, hyphens or invisible marks."""
_HIDDEN = "[\u200b-\u200d\u2060\ufeff]?"
_SLOT = regex(r"\[\[[A-Za-z][A-Za-z0-9_.]{0,199}(?::value)?\]\]")
_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = "(?<![0-9])", "(?![0-9])"
_NO_MONEY = (
    rf"{_NO_DIGIT_AFTER}(?!\.[0-9]{{1,2}}(?![0-9]))(?!\s?(?:[十百千万亿]{{0,2}}(?:美|港|欧)?元|[万亿]|[十百千]))"
)

_MANY_DIGITS = regex(rf"[0-9０-９](?:(?:{_GAP}|[.·－])[0-9０-９]){{6}}")
"""Without it no number here is of a person: most texts need no second look."""
_MONTH, _DAY = f"(?:0{_GAP}[1-9]|1{_GAP}[0-2])", f"(?:0{_GAP}[1-9]|[12]{_GAP}[0-9]|3{_GAP}[01])"


def _digits(count: int) -> str:
    return rf"[0-9](?:{_GAP}[0-9]){{{count - 1}}}"


_NEW_IDENTITY = regex(
    rf"{_NO_DIGIT_BEFORE}[1-9]{_GAP}{_digits(5)}{_GAP}(?:1{_GAP}[89]|2{_GAP}0){_GAP}{_digits(2)}{_GAP}{_MONTH}{_GAP}{_DAY}"
    rf"{_GAP}{_digits(3)}{_GAP}[0-9Xx](?![0-9A-Za-z])"
)
"""18 signs: place, a date of birth, three of order, one of check (GB 11643)."""
_OLD_IDENTITY = regex(
    rf"{_NO_DIGIT_BEFORE}(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123])[0-9]{{6}}(?:0[1-9]|1[0-2])"
    rf"(?:0[1-9]|[12][0-9]|3[01])[0-9]{{3}}{_NO_MONEY}"
)
"""15 digits of before 1999: place, date of birth without the century."""
_FOUR = f"[0-9](?:{_HIDDEN}[0-9]){{3}}"
_MOBILE = regex(
    rf"{_NO_DIGIT_BEFORE}(?:(?:\+|00)?86{_GAP})?1{_HIDDEN}[3-9]{_HIDDEN}[0-9](?:{_GAP}|[.·]){_FOUR}(?:{_GAP}|[.·]){_FOUR}{_NO_MONEY}"
)
"""Eleven digits, in one or as 3-4-4: other groups are more likely a row of a table."""
_FIXED = regex(
    rf"{_NO_DIGIT_BEFORE}(?:(?:\+|00)86{_GAP}[1-9][0-9]{{1,2}}|\(0[1-9][0-9]{{1,2}}\)|0[1-9][0-9]{{1,2}})"
    rf"{_GAP}[2-9][0-9]{{2,3}}{_GAP}[0-9]{{4}}(?:(?:-|\s?转\s?)[0-9]{{1,5}})?{_NO_DIGIT_AFTER}"
)
_SAID_PHONE = regex(
    rf"(?:电话|手机|座机|传真|联系方式)[^\n0-9]{{0,8}}?([2-9][0-9]{{2,3}}{_GAP}[0-9]{{4}}){_NO_DIGIT_AFTER}"
)
"""Seven or eight digits are a phone number only where the words say so."""
_CARD = regex(rf"{_NO_DIGIT_BEFORE}[3-9](?:{_GAP}[0-9]){{12,18}}{_NO_MONEY}")
_SAID_CARD = regex(rf"(?:卡号|账号|帐号|账户|帐户)[^\n0-9]{{0,8}}?((?<![0-9])[0-9](?:{_GAP}[0-9]){{7,29}}){_NO_MONEY}")
_SAID_IDENTITY = regex(
    rf"(?:身份证|证件号|公民身份号码)[^\n0-9]{{0,8}}?((?<![0-9])[0-9](?:{_GAP}[0-9]){{13,17}}(?:{_GAP}[Xx])?)(?![0-9A-Za-z])"
)


def mask_identity(text: str) -> str:
    """The text with each number of a person as a typed blank; slots `[[…]]` stay as they are. Linear in the text."""
    if not _MANY_DIGITS.search(text):
        return text
    parts, at = [], 0
    for slot in _SLOT.finditer(text):
        parts += [_masked(text[at : slot.start()]), slot[0]]
        at = slot.end()
    return "".join([*parts, _masked(text[at:])])


def _masked(text: str) -> str:
    for find, blank, is_one in _KINDS:
        plain = text.translate(_HALF)  # one sign for one: places are the same
        parts, at = [], 0
        for match in find.finditer(plain):
            start, end = match.span(match.re.groups)  # the number, without the words that announce it
            if is_one(plain[start:end]):
                parts += [text[at:start], blank]
                at = end
        text = "".join([*parts, text[at:]])
    return text


def _any(number: str) -> bool:
    return True


def _passes_luhn(number: str) -> bool:
    """The check of ISO/IEC 7812 that every bank card passes; 15 to 19 digits, no one of them throughout."""
    digits = [int(sign) for sign in reversed(number) if "0" <= sign <= "9"]
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return len(digits) >= 15 and len(set(digits)) > 1 and (sum(digits[::2]) + doubled) % 10 == 0


_KINDS: tuple[tuple[re.Pattern[str], str, Callable[[str], bool]], ...] = (
    (_SAID_IDENTITY, IDENTITY, _any),
    (_NEW_IDENTITY, IDENTITY, _any),
    (_SAID_CARD, CARD, _any),
    (_CARD, CARD, _passes_luhn),
    (_OLD_IDENTITY, IDENTITY, _any),
    (_MOBILE, PHONE, _any),
    (_FIXED, PHONE, _any),
    (_SAID_PHONE, PHONE, _any),
)
