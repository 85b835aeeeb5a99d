"""Scores: how far predictions agree with a gold standard; owns definitions and intervals, no models.

Four questions, one function each: :func:`spans` (are the mentions found?), :func:`linking` (are they
the right concepts?), :func:`classes` (are the tags right?) and :func:`read_gold` (what is right?).
Every score says on how many documents and items it stands.
"""

from leukonlp.scoring.concepts import LinkScore, linking
from leukonlp.scoring.entities import Span, SpanScore, spans
from leukonlp.scoring.gold import read_gold
from leukonlp.scoring.intervals import Rates, bootstrap, wilson
from leukonlp.scoring.tags import ClassScore, classes

__all__ = [
    "ClassScore",
    "LinkScore",
    "Rates",
    "Span",
    "SpanScore",
    "bootstrap",
    "classes",
    "linking",
    "read_gold",
    "spans",
    "wilson",
]
