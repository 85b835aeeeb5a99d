"""How many people a study enrolled or analysed, and how many it screened, as its text says."""

from __future__ import annotations

from leukonlp.records import Fact
from leukonlp.studies.people import Count, People
from leukonlp.studies.reading import Reading

_CLEAR = 2
"""Lowest score of a count that is believed."""


def enrolled(reading: Reading, people: People, *, design: str | None) -> Fact | None:
    """Return the number of people of this study; for a case report 1, quoted by its words for the person.

    In a screening study those screened are those studied; likewise where nobody else is counted
    ("we screened 57 patients for variants").
    """
    counts = [c for c in people.counts if c.role == "studied" and c.score >= _CLEAR]
    if (
        design == "case_report"
        and people.single is not None
        and not any(c.value > 1 and c.score > 3 for c in counts)
    ):
        return Fact(1, people.single)
    tested = [c for c in people.counts if c.role == "screened" and c.score >= 1]
    if tested and (not counts or "screen" in reading.plain[: reading.title_end]):
        return _fact(reading, max(tested, key=lambda c: c.value))
    if not counts:
        return None
    best = max(c.score for c in counts)
    # Of counts that speak about equally clearly the largest is the whole; arms and subgroups are smaller.
    return _fact(reading, max((c for c in counts if c.score >= best - 1), key=lambda c: (c.value, -c.start)))


def screened(reading: Reading, people: People, enrolled: Fact | None) -> Fact | None:
    """Return the number of people screened, where it is told apart from those enrolled."""
    found = [c for c in people.counts if c.role == "screened" and c.score >= 0]
    if not found or enrolled is None:
        return None
    most = max(found, key=lambda c: c.value)
    return _fact(reading, most) if most.value > (enrolled.value or 0) else None  # type: ignore[operator]


def _fact(reading: Reading, count: Count) -> Fact:
    return Fact(count.value, reading.quote(count.start, count.end))
