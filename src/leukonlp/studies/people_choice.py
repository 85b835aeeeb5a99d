"""Which of its counts is the number of people of a record: one of them, one person, or none that is stated.

A choice by odds (conditional logit): what speaks for each possibility is added up by ``people_weights``,
and a number that is told more than once has the odds of all its counts. Owns the signs of "one" and "none"; a
count brings its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from typing import TypeAlias

from leukonlp.records import Quote
from leukonlp.studies import people_cues as cues
from leukonlp.studies.people import People, possible
from leukonlp.studies.people_counts import Count
from leukonlp.studies.people_signs import added_to_their_like
from leukonlp.studies.people_weights import weigh
from leukonlp.studies.reading import Reading

Option: TypeAlias = Count | Quote | None
"""A count, the words for one person, or nothing."""
CAUTION = 4
"""Added to what speaks for none: a wrong number does more harm than one that is left out."""
_SEVERAL = 4
"""So many counts of several people, or more."""


def options(
    reading: Reading, people: People, design: str | None
) -> Iterator[tuple[Option, int | None, frozenset[str]]]:
    """Yield all that may be chosen, its number, and its signs.

    Args:
        reading: the record.
        people: its counts of people.
        design: the design of the study, or None.
    """
    for count in people.counts:
        if count.role == "studied" and possible(count):
            yield count, count.value, count.signs
    case = _case(reading)
    quote = people.single or case
    if quote is not None:
        yield quote, 1, frozenset(_of_one(reading, people, case, design))
    yield None, None, frozenset(("none", f"none:{design}"))


def choose(reading: Reading, people: People, design: str | None) -> Option:
    """Return what tells the likeliest number, None where most speaks for none that is stated."""
    halves = added_to_their_like(people.counts)
    odds: dict[int | None, float] = {}
    best: dict[int | None, tuple[int, Option]] = {}
    for option, value, signs in options(reading, people, design):
        score = (
            option.score if isinstance(option, Count) else weigh(signs) + (CAUTION if value is None else 0)
        )
        told = exp(score / 10)
        odds[value] = max(odds.get(value, 0.0), told) if value in halves else odds.get(value, 0.0) + told
        if value not in best or score > best[value][0]:
            best[value] = score, option
    return best[max(odds, key=lambda number: odds[number])][1]


def _of_one(reading: Reading, people: People, case: Quote | None, design: str | None) -> Iterator[str]:
    """Yield the signs of a report of one person."""
    yield from ("one", f"one:{design}")
    if people.single is not None:
        yield "one:described"
    if case is not None:
        yield "one:case"
    if cues.CASE_TITLE.search(reading.plain, 0, reading.title_end):
        yield "one:title"
    yield f"one:beside {min(sum(c.value > 1 and c.role == 'studied' for c in people.counts), _SEVERAL)}"


def _case(reading: Reading) -> Quote | None:
    """Words of a case report for its one case: "a case of", "this case report"."""
    match = cues.ONE_CASE.search(reading.plain) if " case" in f" {reading.plain}" else None
    return reading.quote(*match.span()) if match is not None else None
