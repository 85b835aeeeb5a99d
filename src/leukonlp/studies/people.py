"""The people a record counts and describes: every count of people with the role its words give it.

Owns finding and weighing; which count becomes a fact is said in ``participants``. Read by the
design rules too, for a study of people is no study of cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from leukonlp.records import Quote
from leukonlp.studies import attribution
from leukonlp.studies import people_cues as cues
from leukonlp.studies.numbers import Found, count_before, whole
from leukonlp.studies.reading import Part, Reading, Sentence

Role: TypeAlias = Literal["studied", "screened", "control"]

TRIGGERS = (cues.MANY_WORDS, cues.ONE_WORDS, cues.SCREENED_TRIGGERS, cues.SPOT_TRIGGERS)


@dataclass(frozen=True, slots=True)
class Count:
    """People counted at ``start:end``; a higher ``score`` speaks more clearly of all people of this study."""

    value: int
    start: int
    end: int
    score: int
    role: Role = "studied"


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
        return max((c.value for c in self.counts if c.score >= 1 and c.role != "control"), default=0)

    @property
    def shown(self) -> Quote | None:
        """The words that show that people are the subjects, or None."""
        return self.described or self.single


NOBODY = People((), None, None)
"""A record that counts and describes no people."""


def find(reading: Reading) -> People:
    """Return the people of a record."""
    counted = _counts(reading)
    found = (*counted, *_screened(reading), *_sizes(reading))
    found = (*found, *_taken(reading, [c for c in found if c.role == "screened"]))
    counts = tuple(sorted(found, key=lambda c: (c.start, c.end)))
    single = _single(reading)
    return People(counts, single, _described(reading, counts, single))


def _counts(reading: Reading) -> list[Count]:
    found = []
    for start, end in reading.nouns(cues.MANY_WORDS):
        sentence = reading.sentence_at(start)
        number = count_before(reading.plain, max(sentence.start, start - 90), start)
        if number is None:
            continue
        before = reading.plain[max(sentence.start, number.start - 70) : number.start]
        if cues.NUMBERED.search(before) or attribution.to_come(reading.before(number.start, 140)):
            continue
        after = reading.plain[end : min(sentence.end, end + 110)]
        found.append(_weigh(number, end, sentence.part, before, after))
    return found


def _weigh(number: Found, end: int, part: Part | None, before: str, after: str) -> Count:
    value, start = number.value, number.start
    if (cues.SCREENED.match(after) and not cues.INCLUDED.search(before)) or cues.SCREENED_BEFORE.search(
        before
    ):
        return Count(value, start, end, cues.PARTS[part], "screened")
    if _tested(number, before, after):
        return Count(value, start, end, cues.PARTS[part], "screened")
    own = cues.UNTREATED.search(number.words) and cues.BEFORE.search(before) and "compar" not in before
    if (cues.CONTROL.search(number.words) and not own) or cues.CONTROL_AFTER.match(after):
        return Count(value, start, end, cues.PARTS[part] - 1, "control")
    score = cues.PARTS[part]
    whole_group = cues.DENOMINATOR.search(before) is not None
    score += 2 * bool(cues.BEFORE.search(before)) + 2 * bool(cues.AFTER.match(after)) + whole_group
    score += before.endswith(("among these ", "all these ", "for these "))
    # "Fifty-two patients" at the head of a sentence is the study; among results it may be a subgroup.
    score += before.endswith(("total of ", "all ", "; ", ": ")) or bool(cues.AMONG.search(before))
    score += not before and part != "results"
    score -= 3 * bool(cues.SHARE.match(after)) + 3 * _part(before, whole_group)
    score -= 2 * (value < 2) + bool(cues.ARM.match(after)) + 3 * attribution.cites(before, after)
    score -= 2 * bool(cues.FARED.match(after)) + 2 * bool(cues.SUBSET.match(after))
    score -= 4 * bool(cues.TISSUES.search(before))
    return Count(value, start, end, score)


def _part(before: str, whole_group: bool) -> bool:
    """True for words that lead up to a part of the people; "the study included" leads up to all."""
    return bool(cues.PART_OF.search(before)) and not whole_group and not cues.COMPRISED.search(before)


def _tested(number: Found, before: str, after: str) -> bool:
    """More were looked at than taken; or blood spots of a population were tested."""
    if cues.OF.search(before) and cues.LOOKED_AT.match(after):
        return True
    return (
        number.value >= 500 and cues.SPOTS.search(before) is not None and cues.TESTED.match(after) is not None
    )


def _screened(reading: Reading) -> Iterator[Count]:
    """Numbers of people screened without a noun for them: "44 were screened", "27,335 blood spots of"."""
    for match, sentence in reading.matches(cues.BARE_SCREENED, cues.SCREENED_TRIGGERS):
        yield Count(whole(match[1]), match.start(1), match.end(), cues.PARTS[sentence.part], "screened")
    for match, sentence in reading.matches(cues.SPOT_COUNT, cues.SPOT_TRIGGERS):
        number = count_before(reading.plain, sentence.start, match.start() + 1)
        if number is not None:
            yield Count(number.value, number.start, match.end(), cues.PARTS[sentence.part], "screened")


def _taken(reading: Reading, screened: list[Count]) -> Iterator[Count]:
    """Numbers without a noun after those screened: "39 patients were screened and 32 treated"."""
    for count in screened:
        sentence = reading.sentence_at(count.start)
        score = cues.PARTS[sentence.part] + 3
        searched = cues.SCREENED_FOR.search(reading.plain, sentence.start, sentence.end) is not None
        for pattern in (cues.BARE, cues.BARE_AFTER) if searched else cues.BARES:
            for match in pattern.finditer(reading.plain, count.end, sentence.end):
                if whole(match[1]) <= count.value:
                    yield Count(whole(match[1]), match.start(), match.end(), score)
        # "Eighteen were screened. Sixteen were enrolled."
        after = reading.sentence_at(min(sentence.end + 2, len(reading.plain)))
        opening = cues.OPENING.match(reading.plain, after.start, after.end) if after != sentence else None
        if opening is not None and not searched and whole(opening[1]) <= count.value:
            yield Count(whole(opening[1]), opening.start(1), opening.end(), score)


def _sizes(reading: Reading) -> list[Count]:
    """``(n = 29)`` says less than a noun does; two in one sentence are the arms of a study, which add up."""
    found: list[Count] = []
    by_sentence: dict[Sentence, list[re.Match[str]]] = {}
    if "n=" not in reading.plain and "n =" not in reading.plain:
        return found
    for match in cues.SIZE.finditer(reading.plain):
        by_sentence.setdefault(reading.sentence_at(match.start()), []).append(match)
    for sentence, matches in by_sentence.items():
        values = [whole(m[1]) for m in matches]
        before = reading.plain[max(sentence.start, matches[0].start() - 60) : matches[0].start()]
        if cues.CONTROL.search(before[-25:]) or not cues.ANYBODY.search(
            reading.plain, sentence.start, sentence.end
        ):
            continue
        random = re.search(
            r"\b(?:randomi|randomly|assigned|allocated)", reading.plain[sentence.start : matches[0].start()]
        )
        score = cues.PARTS[sentence.part]
        if len(values) == 1:
            beside = cues.ANYBODY.match(
                reading.plain, min(matches[0].end() + 1, sentence.end)
            ) or cues.SUBJECTS.search(before)
            found.append(Count(values[0], matches[0].start(), matches[0].end(), score + bool(beside)))
        elif random:
            found.append(Count(sum(values), matches[0].start(), matches[-1].end(), score + 1))
    return found


def _single(reading: Reading) -> Quote | None:
    # Without labels a short case report tells of its patient before any "we" marks its own work.
    for start, end in reading.nouns(cues.ONE_WORDS):
        sentence = reading.sentence_at(start)
        if reading.abstract.sections and sentence.part == "background":
            continue
        left = max(sentence.start, start - 80)
        if cues.TISSUE.search(reading.plain, left, start):
            continue
        aged = cues.ONE_AGED.search(reading.plain, left, start)
        if aged is not None:
            return reading.quote(aged.start(), end)
        before = cues.ONE_BEFORE.search(reading.plain, left, start)
        after = cues.ONE_AFTER.match(reading.plain, end, sentence.end)
        if before is not None and after is not None:
            return reading.quote(before.start(), after.end())
    return None


def _described(reading: Reading, counts: tuple[Count, ...], single: Quote | None) -> Quote | None:
    best = max((c for c in counts if c.role != "control"), key=lambda c: (c.score, -c.start), default=None)
    if best is not None and best.score >= 1:
        return reading.quote(best.start, best.end)
    if single is not None:
        return single
    for match in cues.DESCRIBED.finditer(reading.plain):
        if reading.sentence_at(match.start()).part not in ("background", "conclusions"):
            return reading.quote(match.start(), match.end())
    title = cues.TITLE.search(reading.plain, 0, reading.title_end)
    return reading.quote(*title.span()) if title else None
