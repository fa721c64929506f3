"""Lessons and plans: points as the materials give them; nothing is promised or claimed in anybody's name."""

from __future__ import annotations

from dataclasses import replace

from assistant.briefs.brief import Brief, Topic
from assistant.briefs.enumerators import chinese
from assistant.briefs.roles import ITEM
from assistant.drafting.compose import compose, plain_sentences
from assistant.drafting.draft import DraftParagraph, DraftSentence
from assistant.drafting.words import paragraph, placeholder
from assistant.patterns import regex

_HEAD = regex(r"计划|打算|安排|思路|建议|做法|经验|体会|下一步|\d{4}年")


def points(brief: Brief) -> list[DraftParagraph]:
    """The section, or what has to be given for it."""
    return _points(brief) or [paragraph(f"{placeholder(brief.missing)}。")]


def _points(brief: Brief) -> list[DraftParagraph]:
    """Items of a list in one paragraph, 一是…二是…; else a paragraph a topic, numbered where there are several."""
    told = [topic for topic in brief.topics if topic.facts]
    topics = [replace(t, label="") if len(told) == 1 or _HEAD.search(t.label) else t for t in told]
    keep = brief.genre == "plans"
    if len(topics) > 1 and all(len(t.facts) == 1 or ITEM.match(t.facts[0].text) for t in topics):
        return _enumerated(topics, brief)
    made: list[DraftParagraph] = []
    for topic in topics:
        number = f"{len(made) + 1}. " if len(topics) > 1 else ""
        if (made_of := compose(topic, brief, number, keep_all=keep)) is not None:
            made.append(made_of)
    return made


def _enumerated(topics: list[Topic], brief: Brief) -> list[DraftParagraph]:
    """一是…二是… over the items; what belongs to an item follows it."""
    sentences: list[DraftSentence] = []
    number = 0
    for topic in topics:
        own = list(plain_sentences((topic,), brief))
        if own:
            number += 1
            first = own[0]
            sentences += [DraftSentence(f"{chinese(number)}是{first.text}", sources=first.sources), *own[1:]]
    return [DraftParagraph(sentences=tuple(sentences))] if sentences else []
