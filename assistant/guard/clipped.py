"""A statement's clause told nearly as it stands, with one word gone or another verb in its place: that is no paraphrase but another fact."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.guard.fault import Fault
from assistant.guard.kindred import in_order, kindred
from assistant.guard.lexicon import claims_of, hedges, light_verbs, neutral_words, statuses
from assistant.guard.matter import REACHES, Mate, Matter
from assistant.guard.text import Clause, is_content, stands_for, tagged, widened
from assistant.patterns import regex
from assistant.subjects import bigrams

_POINTING = regex(r"[该此这]|上述|前述|其(?![中他余它])")
"""A sentence with one of these names its subject by pointing back."""
_TOPIC = regex(r"方面$")
_FROM = regex(r"(?:由|从|自)[^，□]{1,12}?(?=(?:改|转|变|调整)[为到成])")
"""Where something came from need not be said."""
_NOTHING = regex(r"较(?=[上去往预同])|^为了?[\u4e00-\u9fff]{2}")
"""较 that only compares, and the verb of an aim, which other families judge."""
_GLUED = frozenset("赴向归由从受被对给拟将把并还经有性")
"""What the cutter of words leaves stuck to a word, and 性, which makes a noun of it."""
_MODIFIER = regex(r"([\u4e00-\u9fff]{2,12})的(?=[\u4e00-\u9fff])")
_TAGS = frozenset("nabdzsjltv")
"""So begin the tags of the words that bound a thing or say what was done with it; pronouns, numerals and grammar do not."""
_NEARLY = 0.5
"""A clause of which so much is said, or whose figure stands in it, is told as it stands."""
_SAID = 0.6
"""A word of whose pairs so many are said is said."""
_SLACK = 2


def clipped(matter: Matter) -> Iterator[Fault]:
    """Words of a statement's clause that the sentences which tell it have nowhere."""
    told: dict[str, str] = {}
    for text, ids in zip(matter.sentences, matter.told, strict=True):
        for id in ids:
            told[id] = told.get(id, "") + text.blank
    known = "".join((matter.ground.we, matter.ground.unit, *matter.ground.own_names))
    for number, text in enumerate(matter.sentences):
        if _POINTING.search(text.blank):
            continue
        for clause in text.clauses:
            mates = [mate for mate in matter.closest(clause) if told.get(mate.statement.id)]
            lost = min((_lost(mate, clause, told[mate.statement.id], known) for mate in mates), key=len, default=[])
            if lost:
                message = f"原句“{mates[0].clause.text}”里的“{lost[0]}”没有了，说的就不是原来的事，请照原句写。"
                yield Fault("claim", number, clause.text, message, mates[0].statement.id)
        known += text.blank


def _lost(mate: Mate, clause: Clause, said: str, known: str) -> list[str]:
    """The words of a statement's clause that are gone; `known` are the unit's names and the sentences before, which name things in full."""
    pairs, meant = widened(said), _NOTHING.sub("", _FROM.sub("", mate.clause.text))
    core = mate.clause.core
    if _TOPIC.search(meant) or (not mate.clause.slots and len(core & pairs) < _NEARLY * len(core)):
        return []
    lightened = any(word in light_verbs() and word not in mate.clause.text for word, _ in tagged(clause.text))
    forms = [word for word, tag in tagged(clause.text) if tag[0] in "va" and word not in mate.statement.words]
    lost = [
        word
        for word, tag in tagged(meant)
        if _binds(word, tag, lightened)
        and not (
            word in known or _is_said(word, said, pairs) or (tag[0] == "v" and any(kindred(word, one) for one in forms))
        )
    ]
    if mate.clause.slots:
        lost += [m[1] for m in _MODIFIER.finditer(meant) if not bigrams(m[1]) & pairs]
    return lost


def _binds(word: str, tag: str, lightened: bool) -> bool:
    """Whether a clause without the word would say something else; a verb may give way to one that only carries its object."""
    if word in hedges() or word.startswith("每"):
        return True
    if word in REACHES or word in claims_of("cause"):
        return False  # the unit's own circle goes without saying; causes are judged as causes
    free = word in light_verbs() or word.startswith("不") or (tag == "v" and lightened)
    return tag[0] in _TAGS and is_content(word) and not free


def _is_said(word: str, said: str, pairs: frozenset[str]) -> bool:
    """Whether a word stands in a text, in other words, nearly whole, or taken apart (按季报数: 按季度报送数据)."""
    if any(other in said for other in stands_for(word)):
        return True
    planned = statuses().ladders[0].rungs[0].words
    if word in planned and any(other in said for other in planned):
        return True
    if word in hedges():
        return False
    rest = "".join(char for char in word if char not in _GLUED)
    if rest != word and (rest in said or len(rest) < 2):
        return True
    own = bigrams(word)
    if len(own & pairs) >= _SAID * len(own) > 0 or (word[:2] in neutral_words() and word[2:] and word[2:] in said):
        return True
    return in_order(word, said, _SLACK)
