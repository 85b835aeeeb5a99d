"""How many people a study enrolled or analysed, and how many it screened, as its text says."""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies.people import Count, People
from leukonlp.studies.reading import Reading

_TRIALS = ("randomized_trial", "single_arm_trial", "expanded_access", "protocol")
_SCREENING = re.compile(r"\bscreen(?:ed|ing)\b|\bblood spots?\b")
_NEWBORN = re.compile(r"\b(?:newborn|neonate|infant|bab(?:y|ies)|births)")
_CLEAR = 2
"""Lowest score of a count that is believed."""


def enrolled(reading: Reading, people: People, *, design: str | None) -> Fact | None:
    """Return the number of people of this study; for a case report 1, quoted by its words for the person.

    Where nobody but those screened is counted ("we screened 57 patients for variants") they are those
    studied. The screening of newborns enrols nobody: its number is that of those screened.
    """
    if _newborns(reading, people, design):
        return None
    counts = [c for c in people.counts if c.role == "studied" and c.score >= _CLEAR]
    if (
        design == "case_report"
        and people.single is not None
        and not any(c.value > 1 and c.score > 3 for c in counts)
    ):
        return Fact(1, people.single)
    tested = [c for c in people.counts if c.role == "screened" and c.score >= 1]
    if tested and not counts:
        return _fact(reading, max(tested, key=lambda c: c.value))
    if not counts:
        return None
    best = max(c.score for c in counts)
    # Of counts that speak about equally clearly the largest is the whole; arms and subgroups are smaller.
    return _fact(reading, max((c for c in counts if c.score >= best - 1), key=lambda c: (c.value, -c.start)))


def screened(reading: Reading, people: People, enrolled: Fact | None, *, design: str | None) -> Fact | None:
    """Return the number of people screened, where it is told apart from those enrolled."""
    newborns = _newborns(reading, people, design)
    if newborns:
        return _fact(reading, max(newborns, key=lambda c: c.value))
    found = [c for c in people.counts if c.role == "screened" and c.score >= 0]
    if not found or enrolled is None:
        return None
    most = max(found, key=lambda c: c.value)
    return _fact(reading, most) if most.value > (enrolled.value or 0) else None  # type: ignore[operator]


def _newborns(reading: Reading, people: People, design: str | None) -> list[Count]:
    """Counts of newborns screened as a population; none in a trial, which screens to enrol."""
    screened = [c for c in people.counts if c.role == "screened" and c.score >= 1]
    if not screened or design in _TRIALS or not _SCREENING.search(reading.plain):
        return []
    return [c for c in screened if _NEWBORN.search(reading.plain, c.start, c.end)]


def _fact(reading: Reading, count: Count) -> Fact:
    return Fact(count.value, reading.quote(count.start, count.end))
