"""What must not travel with a text, as blanks.

identity   mask_identity(text): numbers of persons, before any call to an endpoint
typed      masked(text): numbers, units, places, people, projects, honours, documents, dates → 〔数〕〔单位〕…
shapes     what is known by its form; names: what is known by its words; words: the lists behind them
"""

from __future__ import annotations

from assistant.masking.typed import BLANKS, Span, masked, names_of, spans, unblanked
from assistant.masking.words import masking_version

__all__ = ["BLANKS", "Span", "masked", "masking_version", "names_of", "spans", "unblanked"]
