"""The people a record counts and describes: every count of people with the role its words give it.

Owns finding and weighing; which count becomes a fact is said in ``participants``. Read by the
design rules too, for a study of people is no study of cells.
"""

from __future__ import annotations

from dataclasses import dataclass

from leukonlp.records import Quote
from leukonlp.studies import people_cues as cues
from leukonlp.studies import screening_cues as screening
from leukonlp.studies.people_counts import Count, counted
from leukonlp.studies.people_signs import relations, standings
from leukonlp.studies.people_sums import added_up
from leukonlp.studies.people_weights import weigh
from leukonlp.studies.reading import Reading

TRIGGERS = (
    cues.MANY_WORDS,
    cues.ONE_WORDS,
    screening.SCREENED_TRIGGERS,
    screening.SPOT_TRIGGERS,
    screening.LOOKED_WORDS,
    cues.TAKEN_WORDS,
    cues.TOTAL_WORDS,
    cues.NUMBER_WORDS,
    cues.GROUPS_OF_WORDS,
    cues.DESCRIBED_WORDS,
    cues.SIZE_FORMS,
    cues.SIZE_WORDS,
    cues.ARM_WORDS,
)
_CREDIBLE = -8
"""Lowest score of a count that is believed to be of this study's people, be it of a part of them."""
_IMPOSSIBLE = -100
_FOREIGN = frozenset(("absent", "cited", "labelled background", "tissue"))
"""Signs of people of another study, who lack what is told, or of cells only: no other sign outweighs them."""


@dataclass(frozen=True, slots=True)
class People:
    """All counts of a record, and the words that describe one person or people in general."""

    counts: tuple[Count, ...]
    single: Quote | None
    """A report of one person: "a 6-year-old boy"."""
    described: Quote | None
    """Words that show people as the study's own subjects."""

    @property
    def most(self) -> int:
        """The highest credible number of people studied, 0 without any count."""
        return max((c.value for c in self.counts if credible(c)), default=0)

    @property
    def shown(self) -> Quote | None:
        """The words that show that people are the subjects, or None."""
        return self.described or self.single


NOBODY = People((), None, None)
"""A record that counts and describes no people."""


def possible(count: Count) -> bool:
    """Return False for a count of people of another study, or of cells."""
    return _FOREIGN.isdisjoint(count.signs)


def credible(count: Count) -> bool:
    """Return True for a count of people of this study, be it of all or of a part."""
    return count.score >= _CREDIBLE and count.role != "control" and "nobody" not in count.signs


def find(reading: Reading) -> People:
    """Return the people of a record."""
    found = counted(reading)
    found += added_up(reading, found)
    counts = _weighed(reading, sorted(found, key=lambda c: (c.start, c.end)))
    single = _single(reading)
    return People(counts, single, _described(reading, counts, single))


def _weighed(reading: Reading, found: list[Count]) -> tuple[Count, ...]:
    """Every count with its score; only those studied are compared with each other."""
    studied = [c for c in found if c.role == "studied" and possible(c)]
    added = zip(relations(studied), standings(reading, studied), strict=True)
    related = {count: signs | standing for count, (signs, standing) in zip(studied, added, strict=True)}
    counts = []
    for count in found:
        signs = count.signs | related.get(count, frozenset())
        score = weigh(signs | {"count"}) if possible(count) else _IMPOSSIBLE
        counts.append(Count(count.value, count.start, count.end, score, count.role, signs))
    return tuple(counts)


def _single(reading: Reading) -> Quote | None:
    # Without labels a short case report tells of its patient before any "we" marks its own work.
    for start, end in reading.nouns(cues.ONE_WORDS):
        sentence = reading.sentence_at(start)
        if reading.sections and sentence.part == "background":
            continue
        left = max(sentence.start, start - 80)
        if cues.TISSUE.search(reading.plain, left, start):
            continue
        old = reading.plain.find("old", left, start) >= 0
        aged = cues.ONE_AGED.search(reading.plain, left, start) if old else None
        if aged is not None:
            return reading.quote(aged.start(), end)
        before = cues.ONE_BEFORE.search(reading.plain, left, start)
        after = cues.ONE_AFTER.match(reading.plain, end, sentence.end)
        if before is not None and after is not None:
            return reading.quote(before.start(), after.end())
    return None


def _described(reading: Reading, counts: tuple[Count, ...], single: Quote | None) -> Quote | None:
    best = max(filter(credible, counts), key=lambda c: (c.score, -c.start), default=None)
    if best is not None:
        return reading.quote(best.start, best.end)
    if single is not None:
        return single
    for match in reading.opening(cues.DESCRIBED, cues.DESCRIBED_WORDS):
        if reading.sentence_at(match.start()).part not in ("background", "conclusions"):
            return reading.quote(match.start(), match.end())
    title = cues.TITLE.search(reading.plain, 0, reading.title_end)
    return reading.quote(*title.span()) if title else None
