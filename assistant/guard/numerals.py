"""Numbers that a model typed itself: every figure is a slot, and a date or name with a numeral stands as its statement has it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.guard.fault import Fault
from assistant.guard.lexicon import spans_free, wordings
from assistant.guard.matter import Matter
from assistant.guard.text import SLOT, Text
from assistant.numbers import find_numbers
from assistant.patterns import regex

_DIGIT = regex(r"[0-9０-９①-⑳⑴-⒇Ⅰ-Ⅻⅰ-ⅻ²³½¼¾‰㈠-㈩㊀-㊉廿卅壹贰叁肆伍陆柒捌玖拾佰仟〇]+(?:[.．%％][0-9０-９]*)?")
_LOOSE = regex(
    r"翻(?:了)?(?:[一两几数]番|番)|过半|大半|半数|近半|[一二两三四五六七八九几数]成(?![立为果功效长员熟绩本都交])|[数几]十|[数几上近成]百|[数几上近成]千|[数几上近成]万|[十百千万]余|若干"
    r"|百分之|千分之|万分之|分之[一二三四五六七八九十]|[一二两三四五六七八九十百千万]倍|倍增|成倍|双倍|加倍|第[一二三四五六七八九十百]+|三分之|四分之|[两三四五六七八九]连|两位数|个位数"
)
_COUNTED = regex(r"([两二三四五六七八九十])(?:项|个方面|方面|类)(?=[均都皆：]|工作|任务|指标|目标|内容)")
_COUNTS = {"两": 2} | {numeral: n for n, numeral in enumerate("一二三四五六七八九十", 1)}
_LIST = regex(r"[^，。；：、和与]{2,24}(?:[、和与][^，。；：、和与]{2,24}){1,9}")
_KEPT = regex(r"[一二两三四五六七八九十]是(?!否)|第[一二三]方|第一(?:时间|书记|责任人|议题|线)")
_NO_NUMERAL = regex(r"(?<=[队退入行])伍|(?<=大)陆")
_ALLOWED = "数字一律用占位写入，日期和含数字的名称照原句写"


def numerals(matter: Matter) -> Iterator[Fault]:
    """Every number in a sentence that its statements do not hold as it stands."""
    texts = "\n".join([matter.known_blank, *wordings(matter.ground.year)])
    held = {narrow(mention.text) for mention in find_numbers(texts)}
    known = narrow(texts)
    for number, text in enumerate(matter.sentences):
        for words in _typed(text):
            if not _held(narrow(words), held, known, matter, text) and not counts_rightly(matter, text, words):
                slots = "、".join(f"[[{slot.id}]]" for s in matter.must for slot in s.slots) or "没有数字可用"
                message = f"“{words}”是自行写的数字。{_ALLOWED}；本段可用：{slots}。"
                yield Fault("unsupported", number, words, message)


def _typed(text: Text) -> Iterator[str]:
    """The numerals of a sentence outside its slots, each once."""
    body = text.blank
    taken = [(at, at + len(word)) for word, at in spans_free().find(body)]
    taken += [(m.start(), m.end()) for m in _NO_NUMERAL.finditer(body)]
    for mention in find_numbers(body):
        inside = any(start <= mention.start and mention.start < end for start, end in taken)
        if mention.kind == "enumerator" or inside:
            continue
        taken.append((mention.start, mention.end))
        yield body[mention.start : mention.end]
    for pattern in (_DIGIT, _LOOSE):
        for m in pattern.finditer(body):
            if not any(start < m.end() and m.start() < end for start, end in taken) and not _KEPT.match(
                body, m.start()
            ):
                taken.append(m.span())
                yield m[0]


def _held(words: str, held: set[str], known: str, matter: Matter, text: Text) -> bool:
    """Whether what is known has the numeral, as a number of its own where it is one."""
    if words in held:
        return True
    typed = any(mention.is_quantity for mention in find_numbers(words))
    return (not typed and words in known) or words == str(matter.ground.year) + "年"


def counts_rightly(matter: Matter, text: Text, words: str) -> bool:
    """Whether a number only counts what the sentence itself tells (两项均…): its statements, its figures' clauses, or a list."""
    found = _COUNTED.match(text.blank, max(0, text.blank.find(words)))
    if not found or found[0] != words:
        return False
    told = matter.told[matter.sentences.index(text)]
    slots = sum(bool(clause.slots) for clause in text.clauses)
    lists = (m[0].count("、") + m[0].count("和") + m[0].count("与") + 1 for m in _LIST.finditer(text.blank))
    return _COUNTS[found[1]] in (len(told), slots, *lists)


def typed_in(text: str) -> list[str]:
    """The numbers that stand in a text with blanks, as they are compared: dates, document numbers, counts; enumerators and idioms are none."""
    return [narrow(m.text) for m in find_numbers(text) if m.kind not in ("enumerator", "idiom")]


def narrow(text: str) -> str:
    """In narrow characters, without slots and spaces."""
    return SLOT.sub("", text).translate(_NARROW)


_NARROW = {**{ord("０") + n: str(n) for n in range(10)}, ord("％"): "%", ord("．"): ".", ord(" "): None, 0x3000: None}
