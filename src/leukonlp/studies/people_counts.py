"""Counts of people as papers print them, each with the role its words give it; owns no weight.

With a noun ("29 boys"), without one ("32 were treated", "a total of 29") and in brackets ("n = 29").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from leukonlp.studies import attribution
from leukonlp.studies import people_cues as cues
from leukonlp.studies import screening_cues as screening
from leukonlp.studies.numbers import Found, count_before, count_ending, whole
from leukonlp.studies.people_signs import around
from leukonlp.studies.reading import Reading
from leukonlp.studies.triggers import Place

Role: TypeAlias = Literal["studied", "screened", "control"]
_NOUNS = frozenset(cues.MANY_WORDS)
TAKEN = "taken of screened"
"""Sign of those taken, where more were looked at: "of 14 screened, nine were treated"."""
_ILL = re.compile(
    r"\b(?:patients|outpatients|inpatients|pts|cases|diabetics|probands|asthmatics|recipients|survivors)$"
)


@dataclass(frozen=True, slots=True)
class Count:
    """People counted at ``start:end``; a higher ``score`` speaks more clearly of all people of this study.

    The score is ten times the logarithm of the odds against "not stated" (``people_weights``).
    """

    value: int
    start: int
    end: int
    score: int
    role: Role = "studied"
    signs: frozenset[str] = frozenset()


def counted(reading: Reading) -> list[Count]:
    """Return every count that the record prints, unweighed; the healthy count where there are no patients."""
    nouns = reading.nouns(cues.MANY_WORDS)
    found = _counts(reading, nouns)
    sizes = [*_sizes(reading, nouns)]
    if not any(c.role == "studied" and _ILL.search(reading.plain, c.start, c.end) for c in found):
        found, sizes = [*map(_own, found)], [*map(_own, sizes)]
    found += [*_screened(reading), *sizes]
    starts = {count.start for count in found}
    return found + [count for count in _taken(reading) if count.start not in starts]


def _counts(reading: Reading, nouns: list[Place]) -> list[Count]:
    found = []
    plain = reading.plain
    for start, end in nouns:
        sentence = reading.sentence_at(start)
        number = count_before(reading.plain, max(sentence.start, start - 120), start)
        if number is None or (plain.startswith("pairs", start) and not cues.RELATED.search(number.words)):
            continue
        before = reading.plain[max(sentence.start, number.start - 70) : number.start]
        dated = number.words.startswith(",") and cues.YEAR.fullmatch(plain, number.start, number.start + 4)
        if (
            dated
            or cues.NUMBERED.search(before[-30:])
            or attribution.to_come(reading.before(number.start, 140))
        ):
            continue
        after = reading.plain[end : min(sentence.end, end + 110)]
        role = _role(number, before, plain[number.start : end], after)
        signs = around(before, number.words, reading.plain[start:end], after, sentence.part, number.value)
        against = cues.COMPARED_WITH.search(before) is not None or cues.AS_CONTROLS.match(after) is not None
        if role == "control" and not (against or cues.AGAINST.search(plain, number.start, end + 30)):
            signs.add("well")
        if _from_elsewhere(signs, before, number.words, after):
            signs.add("cited")
        if cues.ABSENT.search(before):
            signs.add("absent")
        if before.endswith(("of ", "from ")) and cues.TISSUES.search(before):
            given_back = cues.GIVEN_BACK.search(plain, sentence.start, sentence.end)
            signs.update(() if given_back else ("tissue",))
        if sentence.part == "background" and reading.sections:
            signs.add("labelled background")
        found.append(Count(number.value, number.start, end, 0, role, frozenset({"noun", *signs})))
    return found


def _role(number: Found, before: str, within: str, after: str) -> Role:
    if screening.SCREENED.match(after) and not cues.INCLUDED.search(before):
        return "screened"
    if screening.SCREENED_BEFORE.search(before) and not _given_a_test(within, after):
        return "screened"
    if _tested(number, before, after):
        return "screened"
    if cues.CONTROL_BEFORE.search(before):
        return "control"
    if cues.COMPARED_WITH.search(before) and cues.OF_OTHERS.match(after):
        return "control"
    own = cues.UNTREATED.search(number.words) and cues.BEFORE.search(before) and "compar" not in before
    if (cues.CONTROL.search(number.words) and not own) or cues.CONTROL_AFTER.match(after):
        return "control"
    return "studied"


def _from_elsewhere(signs: Collection[str], before: str, within: str, after: str) -> bool:
    """True for people of an earlier report: "the three previously reported patients"."""
    if (
        cues.REPORTED.search(within)
        or cues.REPORTED_BEFORE.search(before)
        or cues.REPORTED_AFTER.match(after)
    ):
        return True
    told = "before:past" in signs or "previously" in after or "literature" in after
    return told and attribution.cites(before, after)


def _given_a_test(within: str, after: str) -> bool:
    """True for people screened for a trait, who are those studied: neither newborns nor candidates."""
    return screening.SCREENED_FOR.match(after) is not None and screening.NEWBORNS.search(within) is None


def _own(count: Count) -> Count:
    """The count, as one of the study's own people where they are healthy and nobody's controls."""
    return replace(count, role="studied") if "well" in count.signs else count


def _tested(number: Found, before: str, after: str) -> bool:
    """More were looked at than taken; or blood spots of a population were tested."""
    then = screening.LOOKED_THEN.match(after)
    if then is not None and not screening.ANOTHER_ARM.match(after, then.end()):
        return True
    if screening.OF.search(before) and screening.LOOKED_AT.match(after):
        return True
    return (
        number.value >= 500
        and screening.SPOTS.search(before) is not None
        and screening.TESTED.match(after) is not None
    )


def _screened(reading: Reading) -> Iterator[Count]:
    """Numbers of people screened without a noun for them: "44 were screened", "27,335 blood spots of"."""
    for match, _ in reading.matches(screening.BARE_SCREENED, screening.SCREENED_TRIGGERS):
        yield Count(whole(match[1]), match.start(1), match.end(), 0, "screened", frozenset({"bare"}))
    for match, sentence in reading.matches(screening.SPOT_COUNT, screening.SPOT_TRIGGERS):
        number = count_before(reading.plain, sentence.start, match.start() + 1)
        if number is not None:
            yield Count(number.value, number.start, match.end(), 0, "screened", frozenset({"bare"}))


def _taken(reading: Reading) -> Iterator[Count]:
    """Numbers of people taken without a noun for them: "39 patients were screened and 32 treated"."""
    plain = reading.plain
    parts = [*_parts_taken(reading)]
    told = {*_before_verbs(reading), *_after_totals(reading), *parts}
    starts = {start for start, *_ in told}
    of_screened = [*_of_screened(reading)]
    told.update(place for place in of_screened if place[0] not in starts)
    taken = {
        start
        for start, end, _ in of_screened
        if screening.TAKEN_AFTER.match(plain, end) and not screening.ANOTHER_ARM.match(plain, end)
    } | {start for start, *_ in parts}
    for start, end, stop in sorted(told):
        sentence = reading.sentence_at(start)
        before = plain[max(sentence.start, start - 70) : start]
        if not cues.NUMBERED.search(before[-30:]):
            after = plain[end : min(sentence.end, end + 110)]
            value = whole(plain[start:end])
            signs = around(before, "", "", after, sentence.part, value)
            signs.update((TAKEN,) if start in taken else ())
            yield Count(value, start, stop, 0, "studied", frozenset({"bare", *signs}))


def _before_verbs(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Yield where a number starts and ends, and where the verb after it ends: "six were enrolled"."""
    plain = reading.plain
    for start, end in reading.places(cues.TAKEN_WORDS):
        stop, words = start, 0
        left = max(0, start - 60)
        while words < 3 and plain[plain.rfind(" ", left, stop) + 1 : stop] in cues.BETWEEN:
            stop, words = plain.rfind(" ", left, stop), words + 1
        if words and plain[start:end] in cues.SORTED_WORDS:
            stop = _before_unknown(plain, left, stop)
        number = count_ending(plain, left, stop)
        if number is None or cues.YEAR.fullmatch(plain, number.start, stop):
            continue
        if words or cues.BARE_END.match(plain, start):
            yield number.start, stop, end


def _parts_taken(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Yield where the 20 of "we reviewed 20 of 51 patients" starts and ends."""
    for start, _ in reading.nouns(cues.MANY_WORDS):
        sentence = reading.sentence_at(start)
        whole_group = count_before(reading.plain, max(sentence.start, start - 60), start)
        if whole_group is None or not reading.plain.endswith("of ", sentence.start, whole_group.start):
            continue
        match = cues.PART_TAKEN.search(
            reading.plain, max(sentence.start, whole_group.start - 60), whole_group.start
        )
        if match is not None:
            yield match.start(1), match.end(1), match.end(1)


def _of_screened(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Yield where the number of those taken starts and ends: "of 21 screened, 13 with signs were treated"."""
    for match, _ in reading.matches(screening.OF_SCREENED, screening.LOOKED_WORDS):
        start, end = match.span(match.lastindex or 0)
        yield start, end, end


def _before_unknown(plain: str, left: int, stop: int) -> int:
    """Return the end of the number before a noun that nobody foresaw: "84 housewives", "44 town nurses"."""
    first = plain.rfind(" ", left, stop)
    noun = plain[first + 1 : stop]
    if first < 0 or not noun.endswith("s") or not noun.isalpha() or noun in cues.THINGS:
        return stop
    if f" {noun}" in _NOUNS:
        return stop
    for _ in range(3):
        if plain[max(0, first - 1)].isdigit() or count_ending(plain, left, first) is not None:
            return first
        first = plain.rfind(" ", left, first)
        if first < 0:
            break
    return stop


def _after_totals(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Yield where a number starts and ends that follows "a total of", "we enrolled", "the number of"."""
    for _, end in reading.places(cues.TOTAL_WORDS):
        match = cues.TOTAL_BARE.match(reading.plain, end)
        if match is None:
            continue
        if cues.THINGS.isdisjoint(reading.after(match.end(), 40).split()[:2]):
            yield match.start(1), match.end(1), match.end(1)
    for _, end in reading.places(cues.NUMBER_WORDS):
        match = cues.NUMBER_OF.match(reading.plain, end)
        if match is not None and cues.ANYBODY.match(reading.plain, end):
            yield match.start(1), match.end(1), match.end(1)


def _sizes(reading: Reading, nouns: list[Place]) -> Iterator[Count]:
    """Numbers in brackets: ``(n = 29)``."""
    plain = reading.plain
    if not reading.places(cues.SIZE_FORMS):
        return
    starts = [start for start, _ in nouns]
    for match in reading.opening(cues.SIZE, cues.SIZE_WORDS):
        start, end = match.span()
        sentence = reading.sentence_at(start)
        before = plain[max(sentence.start, start - 70) : start]
        value = whole(match[1])
        signs = around(before, "", "", plain[end : min(sentence.end, end + 60)], sentence.part, value) | {
            "size"
        }
        place = bisect_left(starts, start)
        if (place and nouns[place - 1][1] + 2 == start) or (
            place < len(nouns) and starts[place] - end in (1, 2)
        ):
            signs.add("size:beside")
        if bisect_left(starts, sentence.start) == bisect_left(starts, sentence.end):
            signs.add("nobody")
        role: Role = "control" if cues.CONTROL.search(before[-25:]) else "studied"
        if role == "control" and not cues.AGAINST.search(plain, max(0, start - 25), end + 30):
            signs.add("well")
        yield Count(value, start, end, 0, role, frozenset(signs))
