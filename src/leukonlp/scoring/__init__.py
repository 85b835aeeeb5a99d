"""Scores: how far predictions agree with a gold standard; owns definitions and intervals, no models.

Four questions, one function each: :func:`mentions` (are the mentions found, and what goes wrong? with
:func:`spans` and :func:`errors` as its parts), :func:`linking` (are they the right concepts?),
:func:`classes` (are the tags right?) and :func:`read_gold` (what is right?).
Every score says on how many documents and items it stands.
"""

from leukonlp.scoring.commonest import ErrorString
from leukonlp.scoring.concepts import LinkScore, linking
from leukonlp.scoring.confusion import Errors, errors
from leukonlp.scoring.corpus import MentionScore, mentions
from leukonlp.scoring.entities import Span, SpanScore, spans
from leukonlp.scoring.gold import read_gold
from leukonlp.scoring.intervals import Rates, bootstrap, wilson
from leukonlp.scoring.tags import ClassScore, classes

__all__ = [
    "ClassScore",
    "ErrorString",
    "Errors",
    "LinkScore",
    "MentionScore",
    "Rates",
    "Span",
    "SpanScore",
    "bootstrap",
    "classes",
    "errors",
    "linking",
    "mentions",
    "read_gold",
    "spans",
    "wilson",
]
