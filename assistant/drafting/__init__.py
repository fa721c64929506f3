"""Brief -> text with slots. `draft_section` is the offline drafter: it selects, groups and orders, and invents nothing.

draft      what a drafter hands back: sections, paragraphs, sentences with sources
classify   what a statement of a material does (result, action, effect; or slogan, meeting, background)
clean      a statement's words made fit: one name for the unit, the year once, stock words off
compose    a topic -> one 观点: result, facts, effect
duties     the year's tasks, and what was done
points     lessons and plans
problems   problems, causes, measures (here or in a section of their own), and the lost marks that no problem stands for
targets    年度绩效目标: what was aimed for, and what was reached of it
words      enumerators, headings, 【待补：…】
templates  the sections about figures, from prompts/
offline    draft_section

assignments   the offline section as points of statements, for a model to write; what it wrote put in their place
asking        the prompt: what must be said, what may be, exemplars; and what was wrong
reply         a model's text -> the sentences of each point
"""

from __future__ import annotations

from assistant.drafting.draft import Author, DraftParagraph, DraftSection, DraftSentence
from assistant.drafting.offline import draft_section

__all__ = ["Author", "DraftParagraph", "DraftSection", "DraftSentence", "draft_section"]
