"""How a report reads, in figures: drafts beside the exemplars.

stock      the phrases it listens for (knowledge_base/phrases/stock.yaml)
sheets     a report -> its headings and its narrative paragraphs, by genre; those of the exemplars and of the drafts
language   measures of form, length, register, stock phrases, facts and repetition
prose      the ten tests of prose as far as code can judge them
measure    what a measure is, and how its cases become a figure
"""
