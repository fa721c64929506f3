"""A topic -> one 观点: a short result first, then the facts with their figures, then the effect."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.briefs.brief import Brief, Fact, Topic
from assistant.briefs.topics import depends
from assistant.drafting.classify import RANK, RESULT, is_slogan, kind_of, weight
from assistant.drafting.clean import clauses, cleaned, sentence
from assistant.drafting.draft import DraftParagraph, DraftSentence
from assistant.subjects import bigrams, plain

LEAD_LENGTH = 30
_MOST = 7
_ENOUGH = 2
_SLOT = re.compile(r"\[\[[^\]]*\]\]")
_ADVERBIAL = re.compile(
    r"(?:后|时|中|上|里|方面|以来|年来|[天月]来|之下|领导下|指导下|前提下|期间|基础上|思路|要求|原则|部署|精神|方式|背景下|过程中|同时|如下|分工是|包括)$"
    r"|^(?:针对|按照|根据|围绕|随着|由于|自从|对于|关于|通过[^，]{0,8}$|经[^，]{0,8}$)"
)
_NO_OPENING = re.compile(
    r"^(?:由|被|让|使|并|且|也|还|但|而|均|都|以|即|在|对|向|于|经|同|与|和|把|将|就|则|才|又|再|可|能|会|要|需|应|因|从而|因此|其中|其|该|这|此|目的|最晚|每|一次|一看|占|为|队下)"
)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A fact with its words made fit, in the material's order."""

    fact: Fact
    text: str


def compose(topic: Topic, brief: Brief, number: str = "", keep_all: bool = False) -> DraftParagraph | None:
    """The paragraph of a topic, or None where nothing in it is worth printing."""
    said = [_Statement(fact, _fit(fact, brief)) for fact in _chosen(topic.facts, keep_all)]
    said = [statement for statement in said if len(_SLOT.sub("□", statement.text)) > 3]
    if not said:
        return None
    lead, at, rest = _lead(topic, said)
    if at is not None:
        group = _group(said, at)
        opener = [_Statement(said[at].fact, rest)] if rest else []
        said = [*opener, *group[1:], *(s for s in said if s not in group)]
    elif lead:
        said = _best_first(said)
    sentences = tuple(DraftSentence(sentence(s.text), sources=(s.fact.source,)) for s in said)
    opening = f"{number}{lead}。" if lead else ""
    if not opening and sentences and number:
        first = sentences[0]
        sentences = (DraftSentence(number + first.text, sources=first.sources), *sentences[1:])
    return DraftParagraph(opening, 0, sentences)


def _fit(fact: Fact, brief: Brief) -> str:
    return cleaned(fact.slotted, brief.we, brief.own_names, brief.unit, brief.year)


def _chosen(facts: tuple[Fact, ...], keep_all: bool) -> list[Fact]:
    """The facts worth telling: no stock words and bare meetings where better stands beside them, seven at most."""
    kinds = {id(fact): kind_of(fact) for fact in facts}
    dull = {"slogan", "meta", "problem"} if not keep_all else {"slogan", "meta"}
    kept = [fact for fact in facts if kinds[id(fact)] not in dull]
    good = [fact for fact in kept if kinds[id(fact)] in ("result", "action", "effect")]
    if len(good) >= _ENOUGH and not keep_all:
        kept = good
    kept = [f for n, f in enumerate(kept) if not depends(f) or f.figures or (n and _before(facts, f) in kept)]
    while len(kept) > _MOST:
        plain_ones = [fact for fact in kept if not fact.figures] or kept
        kept.remove(min(plain_ones, key=lambda fact: (weight(fact), -kept.index(fact))))
    return kept


def _before(facts: tuple[Fact, ...], fact: Fact) -> Fact | None:
    at = facts.index(fact)
    return facts[at - 1] if at else None


def _group(said: list[_Statement], at: int) -> list[_Statement]:
    """A statement and those after it that lean on it."""
    end = at + 1
    while end < len(said) and depends(said[end].fact):
        end += 1
    return said[at:end]


def _best_first(said: list[_Statement]) -> list[_Statement]:
    """Under a bare label the strongest result comes first, if it can stand alone and the first is none."""
    if weight(said[0].fact) >= 6 or not said:
        return said
    free = [n for n, s in enumerate(said) if not depends(s.fact) and not _NO_OPENING.match(s.text)]
    if not free:
        return said
    best = max(free, key=lambda n: (weight(said[n].fact), -n))
    if weight(said[best].fact) < weight(said[0].fact) + 4:
        return said
    group = _group(said, best)
    return [*group, *(s for s in said if s not in group)]


def _lead(topic: Topic, said: list[_Statement]) -> tuple[str, int | None, str]:
    """The lead; the statement it was cut from (None: the label alone); what is left of that statement."""
    label = topic.label.strip("。；，：")
    about = bigrams(plain(label))
    best: tuple[float, str, int | None, str] = (0.0, "", None, "")
    for at, statement in enumerate(said):
        if depends(statement.fact) and at:
            continue
        for text, rest in _cuts(statement.text):
            score = _lead_score(text, about, statement, at)
            if score > best[0]:
                best = (score, text, at, rest)
    if best[0] >= 3 and (not about or about & bigrams(plain(_SLOT.sub("", best[1])))):
        return best[1], best[2], best[3]
    if label and _width(label) <= LEAD_LENGTH and not is_slogan(label):
        return label, None, ""
    return (best[1], best[2], best[3]) if best[0] >= 3 else ("", None, "")


def _cuts(text: str) -> list[tuple[str, str]]:
    """(opening clauses, the rest) wherever both can stand alone."""
    if "；" in text or "：" in text:
        return []
    pieces = clauses(text)
    found = []
    for n in range(1, min(len(pieces), 3) + 1):
        opening, rest = "，".join(pieces[:n]), "，".join(pieces[n:])
        if _width(opening) > LEAD_LENGTH or _ADVERBIAL.search(pieces[n - 1]) or _NO_OPENING.match(opening):
            continue
        if rest and (_NO_OPENING.match(rest) or _ADVERBIAL.search(pieces[n])):
            continue
        found.append((opening, rest))
    return found


def _lead_score(text: str, about: frozenset[str], statement: _Statement, at: int) -> float:
    if is_slogan(text) or kind_of(statement.fact) in ("slogan", "meta", "background", "meeting"):
        return 0.0
    words = bigrams(plain(_SLOT.sub("", text)))
    score = 2.0 * bool(RESULT.search(text)) + 2.0 * bool(RANK.search(text)) + 1.0 * ("[[" in text)
    score += 3.0 * len(words & about) / len(about) if about else 0.0
    score += 1.0 if at == 0 else 0.0
    return score - (1.0 if _width(text) < 7 else 0.0) - 0.02 * _width(text)


def _width(text: str) -> int:
    """Length as printed, a slot counted as five characters."""
    return len(_SLOT.sub("□□□□□", text))
