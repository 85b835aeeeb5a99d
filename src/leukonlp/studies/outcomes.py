"""What the study found: rates, times, measures of its field, ratios between groups, primary end points.

Owns their order and that none is told twice; each kind has its module.
"""

from __future__ import annotations

from leukonlp.records import Fact
from leukonlp.studies import measures, rates, ratios
from leukonlp.studies.reading import Reading

TRIGGERS = (*rates.TRIGGERS, *measures.TRIGGERS, *ratios.TRIGGERS)


def outcomes(reading: Reading) -> tuple[Fact, ...]:
    """Return the results of this study in the order of the text.

    ``statistic`` names the measure, with when and in whom where stated (``5-year survival in the
    infants``, ``hazard ratio for death``, ``primary end point: ...``, ``p value <: EDSS``); ``value`` is
    the number, or None where the measure is reported without one; ``low`` and ``high`` the interval.
    """
    figures = list(rates.rates(reading))
    told = [fact for fact in measures.measures(reading) if not _inside(fact, figures)]
    facts = [
        *figures,
        *told,
        *measures.p_values(reading, told),
        *ratios.ratios(reading),
        *measures.primary_end_points(reading),
    ]
    return tuple(sorted(facts, key=lambda fact: (fact.quote.start, fact.quote.end, fact.statistic or "")))


def _inside(fact: Fact, others: list[Fact]) -> bool:
    """True when another fact's quote covers the start of this one: the same words, read more closely."""
    return any(other.quote.start <= fact.quote.start < other.quote.end for other in others)
