"""A topic -> one 观点: a short result first, then the facts with their figures, then the effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.briefs.brief import Brief, Fact, Topic
from assistant.briefs.topics import aspect, depends
from assistant.drafting.classify import RANK, RESULT, is_slogan, is_spoken, kind_of, weight
from assistant.drafting.clean import clauses, cleaned, sentence
from assistant.drafting.draft import DraftParagraph, DraftSentence
from assistant.patterns import regex
from assistant.subjects import bigrams, plain

LEAD_LENGTH = 30
_MOST = 7
_GOOD_LEAD = 3.0
_SELF_STANDING = 0.5
_SAME = 0.75
_SLOT = regex(r"\[\[[^\]]*\]\]")
_ADVERBIAL = regex(
    r"(?:后|时|中|上|里|方面|以来|年来|[天月]来|之下|领导下|指导下|前提下|期间|基础上|思路|要求|原则|部署|精神|方式|背景下|过程中|同时|如下|分工是|包括)$"
    r"|(?:按照|根据)[^，]*(?:安排|计划|分工)$|^(?:针对|按照|根据|围绕|随着|由于|自从|对于|关于|通过[^，]{0,8}$|经[^，]{0,8}$)"
)
_LEANING = regex(r"以来，|^(?:办法|系统|制度|计划|指数|项目|平台|政策|教材|题库|测评|改革)(?!.{0,2}[《“])")
_NO_OPENING = regex(
    r"^(?:由|被|让|使|并|且|也|还|但|而|均|都|以|即|在|对|向|于|经|同|与|和|把|将|就|则|才|又|再|可|能|会|要|需|应|因|从而|因此|其中|其|该|这|此|目的|最晚|每|一次|一看|占|为|队下)"
)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A fact with its words made fit, in the material's order."""

    fact: Fact
    text: str


def compose(
    topic: Topic, brief: Brief, number: str = "", keep_all: bool = False, under: str = ""
) -> DraftParagraph | None:
    """The paragraph of a topic, or None where nothing in it is worth printing. `under` is the heading it stands under."""
    said = [_Statement(fact, _fit(fact, brief)) for fact in _chosen(topic.facts, keep_all)]
    said = [statement for statement in said if len(_SLOT.sub("□", statement.text)) > 3]
    if not said:
        return None
    label = topic.label.strip("。；，：")
    lead, at, rest = _lead("" if _doubles(label, under) else label, said)
    if at is not None:
        group = _group(said, at)
        opener = [_Statement(said[at].fact, rest)] if rest else []
        said = [*opener, *group[1:], *(s for s in said if s not in group)]
    elif lead and (about := aspect(said[0].text)) and lead.endswith(about):
        said[0] = _Statement(said[0].fact, said[0].text.split("，", 1)[1])
    sentences = tuple(DraftSentence(sentence(s.text), sources=(s.fact.source,)) for s in said)
    opening = f"{number}{lead}。" if lead else ""
    if not opening and sentences and number:
        first = sentences[0]
        sentences = (DraftSentence(number + first.text, sources=first.sources), *sentences[1:])
    return DraftParagraph(opening, 0, sentences)


def _doubles(label: str, under: str) -> bool:
    """Whether a label says again what the heading above it says."""
    own, above = plain(label), plain(under)
    return bool(own and above) and (own in above or above in own or _shared(under, bigrams(own)) > _SAME)


def plain_sentences(topics: Iterable[Topic], brief: Brief) -> Iterator[DraftSentence]:
    """The facts of these topics, all of them, one sentence each."""
    for topic in topics:
        for fact in topic.facts:
            if text := _fit(fact, brief):
                yield DraftSentence(sentence(text), sources=(fact.source,))


def _fit(fact: Fact, brief: Brief) -> str:
    return cleaned(fact.slotted, brief.we, brief.own_names, brief.unit, brief.year)


def _chosen(facts: tuple[Fact, ...], keep_all: bool) -> list[Fact]:
    """The facts worth telling: no stock words, bare meetings or asides where better stands beside them, seven at most."""
    kinds = {id(fact): kind_of(fact) for fact in facts}
    dull = {"slogan", "meta"} if keep_all else {"slogan", "meta", "plan"}
    kept = [fact for fact in facts if kinds[id(fact)] not in dull]
    good = [
        fact for fact in kept
        if kinds[id(fact)] in ("result", "action", "effect", "problem") and (fact.figures or not is_spoken(fact.text))
    ]  # fmt: skip
    if good and not keep_all:
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


def _lead(label: str, said: list[_Statement]) -> tuple[str, int | None, str]:
    """The lead; the statement it was cut from (None: the label alone); what is left of that statement.

    Only the first statement, or one that says itself what it is about, may be cut: the others lean on what stands before.
    """
    about = bigrams(plain(label))
    best: tuple[float, str, int | None, str] = (0.0, "", None, "")
    for at, statement in enumerate(said):
        if depends(statement.fact) and at:
            continue
        for text, rest in _cuts(statement.text):
            shared = _shared(text, about)
            if at and (shared < _SELF_STANDING or _LEANING.search(text)):
                continue
            score = _lead_score(text, shared, statement, at)
            if score > best[0]:
                best = (score, text, at, rest)
    found = best[0] >= _GOOD_LEAD
    if found and (not label or _shared(best[1], about) > 0):
        return best[1], best[2], best[3]
    if not label or is_slogan(label) or _width(label) > LEAD_LENGTH:
        return (best[1], best[2], best[3]) if found else ("", None, "")
    if found and best[2] == 0 and _width(label + best[1]) <= LEAD_LENGTH:
        return f"{label}方面，{best[1]}", 0, best[3]
    return label, None, ""


def _shared(text: str, about: frozenset[str]) -> float:
    """How much of the label a lead holds."""
    return len(bigrams(plain(_SLOT.sub("", text))) & about) / len(about) if about else 0.0


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
        if rest and ("[[" in opening or _NO_OPENING.match(rest) or _ADVERBIAL.search(pieces[n])):
            continue
        found.append((opening, rest))
    return found


def _lead_score(text: str, shared: float, statement: _Statement, at: int) -> float:
    if is_slogan(text) or kind_of(statement.fact) in ("slogan", "meta", "background", "meeting"):
        return 0.0
    score = 2.0 * bool(RESULT.search(text)) + 2.0 * bool(RANK.search(text)) + 1.0 * ("[[" in text) + 2.0 * shared
    score += (2.0 if at == 0 else 0.0) - 2.0 * is_spoken(text)
    return score - (1.0 if _width(text) < 7 else 0.0) - 0.02 * _width(text)


def _width(text: str) -> int:
    """Length as printed, a slot counted as five characters."""
    return len(_SLOT.sub("□□□□□", text))
