"""The people a record counts and describes: every count of people with the role its words give it.

Owns finding and weighing; which count becomes a fact is said in ``participants``. Read by the
design rules too, for a study of people is no study of cells.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, TypeAlias

from leukonlp.records import Quote
from leukonlp.studies import attribution
from leukonlp.studies import people_cues as cues
from leukonlp.studies.numbers import Found, count_before, count_ending, whole
from leukonlp.studies.people_signs import around, relations
from leukonlp.studies.people_weights import WEIGHTS
from leukonlp.studies.reading import Reading, Sentence
from leukonlp.studies.triggers import Place

Role: TypeAlias = Literal["studied", "screened", "control"]

TRIGGERS = (
    cues.MANY_WORDS,
    cues.ONE_WORDS,
    cues.SCREENED_TRIGGERS,
    cues.SPOT_TRIGGERS,
    cues.TAKEN_WORDS,
    cues.TOTAL_WORDS,
    cues.NUMBER_WORDS,
)
_CREDIBLE = 0
_FOREIGN = frozenset(("cited", "labelled background", "tissue"))
"""Signs of people of another study, or of their cells only: no other sign outweighs them."""


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


def credible(count: Count) -> bool:
    """Return True for a count of people of this study, be it of all or of a part."""
    return count.score >= _CREDIBLE and count.role != "control" and "nobody" not in count.signs


def find(reading: Reading) -> People:
    """Return the people of a record."""
    nouns = reading.nouns(cues.MANY_WORDS)
    counted = _counts(reading, nouns)
    if not any(c.role == "studied" for c in counted):
        counted = [_own(c) for c in counted]
    found = [*counted, *_screened(reading), *_sizes(reading, nouns)]
    starts = {count.start for count in found}
    found += [count for count in _taken(reading) if count.start not in starts]
    found += [*_sums(reading, found), *_times(reading, found)]
    counts = _weighed(sorted(found, key=lambda c: (c.start, c.end)))
    single = _single(reading)
    return People(counts, single, _described(reading, counts, single))


def _weighed(found: list[Count]) -> tuple[Count, ...]:
    """Every count with its score; only those studied are compared with each other."""
    studied = [c for c in found if c.role == "studied" and _FOREIGN.isdisjoint(c.signs)]
    related = dict(zip(studied, relations(studied), strict=True))
    counts = []
    for count in found:
        signs = count.signs | related.get(count, frozenset())
        counts.append(replace(count, score=_score(signs), signs=signs))
    return tuple(counts)


def _score(signs: frozenset[str]) -> int:
    if not signs.isdisjoint(_FOREIGN):
        return -100
    return WEIGHTS["count"] + sum(WEIGHTS.get(sign, 0) for sign in signs)


def _counts(reading: Reading, nouns: list[Place]) -> list[Count]:
    found = []
    plain = reading.plain
    for start, end in nouns:
        sentence = reading.sentence_at(start)
        number = count_before(reading.plain, max(sentence.start, start - 120), start)
        if number is None or (plain.startswith("pairs", start) and not cues.RELATED.search(number.words)):
            continue
        before = reading.plain[max(sentence.start, number.start - 70) : number.start]
        if cues.NUMBERED.search(before) or attribution.to_come(reading.before(number.start, 140)):
            continue
        after = reading.plain[end : min(sentence.end, end + 110)]
        role = _role(number, before, plain[number.start : end], after)
        signs = around(before, number.words, reading.plain[start:end], after, sentence.part, number.value)
        if role == "control" and not cues.AGAINST.search(reading.plain, number.start, end + 30):
            signs.add("well")
        if ("before:past" in signs or "previously" in after or "literature" in after) and attribution.cites(
            before, after
        ):
            signs.add("cited")
        if before.endswith(("of ", "from ")) and cues.TISSUES.search(before):
            signs.add("tissue")
        if sentence.part == "background" and reading.abstract.sections:
            signs.add("labelled background")
        found.append(Count(number.value, number.start, end, 0, role, frozenset({"noun", *signs})))
    return found


def _role(number: Found, before: str, within: str, after: str) -> Role:
    if cues.SCREENED.match(after) and not cues.INCLUDED.search(before):
        return "screened"
    if cues.SCREENED_BEFORE.search(before) and not _given_a_test(within, after):
        return "screened"
    if _tested(number, before, after):
        return "screened"
    own = cues.UNTREATED.search(number.words) and cues.BEFORE.search(before) and "compar" not in before
    if (cues.CONTROL.search(number.words) and not own) or cues.CONTROL_AFTER.match(after):
        return "control"
    return "studied"


def _given_a_test(within: str, after: str) -> bool:
    """True for people screened for a trait, who are those studied: neither newborns nor candidates."""
    return cues.SCREENED_FOR.match(after) is not None and cues.NEWBORNS.search(within) is None


def _own(count: Count) -> Count:
    """The count, as one of the study's own people where they are healthy and nobody's controls."""
    return replace(count, role="studied") if "well" in count.signs else count


def _tested(number: Found, before: str, after: str) -> bool:
    """More were looked at than taken; or blood spots of a population were tested."""
    if cues.OF.search(before) and cues.LOOKED_AT.match(after):
        return True
    return (
        number.value >= 500 and cues.SPOTS.search(before) is not None and cues.TESTED.match(after) is not None
    )


def _screened(reading: Reading) -> Iterator[Count]:
    """Numbers of people screened without a noun for them: "44 were screened", "27,335 blood spots of"."""
    for match, _ in reading.matches(cues.BARE_SCREENED, cues.SCREENED_TRIGGERS):
        yield Count(whole(match[1]), match.start(1), match.end(), 0, "screened", frozenset({"bare"}))
    for match, sentence in reading.matches(cues.SPOT_COUNT, cues.SPOT_TRIGGERS):
        number = count_before(reading.plain, sentence.start, match.start() + 1)
        if number is not None:
            yield Count(number.value, number.start, match.end(), 0, "screened", frozenset({"bare"}))


def _taken(reading: Reading) -> Iterator[Count]:
    """Numbers of people taken without a noun for them: "39 patients were screened and 32 treated"."""
    plain = reading.plain
    for start, end, stop in {*_before_verbs(reading), *_after_totals(reading)}:
        sentence = reading.sentence_at(start)
        before = plain[max(sentence.start, start - 70) : start]
        if not cues.NUMBERED.search(before):
            after = plain[end : min(sentence.end, end + 110)]
            value = whole(plain[start:end])
            signs = around(before, "", "", after, sentence.part, value)
            yield Count(value, start, stop, 0, "studied", frozenset({"bare", *signs}))


def _before_verbs(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Yield where a number starts and ends, and where the verb after it ends: "six were enrolled"."""
    plain = reading.plain
    for start, end in reading.places(cues.TAKEN_WORDS):
        stop, words = start, 0
        left = max(0, start - 60)
        while words < 3 and plain[plain.rfind(" ", left, stop) + 1 : stop] in cues.BETWEEN:
            stop, words = plain.rfind(" ", left, stop), words + 1
        number = count_ending(plain, left, stop)
        if number is not None and (words or cues.BARE_END.match(plain, start)):
            yield number.start, stop, end


def _after_totals(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Yield where a number starts and ends that follows "a total of", "we enrolled", "the number of"."""
    for _, end in reading.places(cues.TOTAL_WORDS):
        match = cues.TOTAL_BARE.match(reading.plain, end)
        if match is not None:
            yield match.start(1), match.end(1), match.end(1)
    for _, end in reading.places(cues.NUMBER_WORDS):
        match = cues.NUMBER_OF.match(reading.plain, end)
        if match is not None and cues.ANYBODY.match(reading.plain, end):
            yield match.start(1), match.end(1), match.end(1)


def _sizes(reading: Reading, nouns: list[Place]) -> Iterator[Count]:
    """Numbers in brackets: ``(n = 29)``."""
    plain = reading.plain
    if not any(form in plain for form in cues.SIZE_FORMS):
        return
    starts = [start for start, _ in nouns]
    for match in cues.SIZE.finditer(plain):
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
        yield Count(value, start, end, 0, role, frozenset(signs))


def _sums(reading: Reading, found: list[Count]) -> Iterator[Count]:
    """The arms of a study that one sentence counts, added up: "60 received A and 58 received B"."""
    by_sentence: dict[tuple[int, bool], list[Count]] = {}
    for count in found:
        if count.role != "screened" and not cues.NO_ARM & count.signs:
            key = (reading.sentence_at(count.start).start, "size" in count.signs)
            by_sentence.setdefault(key, []).append(count)
    lone: Count | None = None
    for (_, size), counts in sorted(by_sentence.items()):
        arms = sorted(counts, key=lambda c: c.start)
        if not size:
            arms = _arms(reading, arms)
        elif len(arms) == 1:
            # "Those given A (n = 60) improved. Those given B (n = 58) did not."
            if lone is not None and arms[0].start - lone.start < 400:
                yield _sum([lone, arms[0]], apart=True)
            lone = arms[0]
        if len(arms) > 1 and (size or (_parallel(reading, arms) and not _whole_and_parts(arms))):
            yield _sum(arms)


def _parallel(reading: Reading, arms: list[Count]) -> bool:
    """True for counts that stand side by side; no group of controls, and none that is part of another."""
    if any(arm.role == "control" or "after:event" in arm.signs for arm in arms):
        return False
    verbs = {sign for arm in arms for sign in arm.signs if sign in ("after:enrol", "after:random")}
    if len(verbs) > 1:  # so many were enrolled, and of them so many randomised
        return False
    between = [reading.plain[a.end : b.start] for a, b in pairwise(arms)]
    alike = len(arms) > 2 and all(cues.ARMED & arm.signs for arm in arms)
    joined = cues.AND.search(between[-1]) is not None or alike
    return joined and not any(cues.APART.search(words) for words in between)


def _whole_and_parts(arms: list[Count]) -> bool:
    """True for a number that those after it make up: "24 persons: 14 men, 5 women and 5 boys"."""
    return len(arms) > 2 and arms[0].value == sum(arm.value for arm in arms[1:])


def _sum(arms: list[Count], *, apart: bool = False) -> Count:
    signs = {sign for sign in arms[0].signs if not sign.startswith("value")}
    every = [{s.partition(":")[2] for s in arm.signs if s.startswith(("before", "after"))} for arm in arms]
    for name in ("random", "treat", "arm", "event", "enrol"):
        said = sum(name in words for words in every)
        signs.update((f"sum:{name}", *((f"sum:all {name}",) if said == len(arms) else ())) if said else ())
    signs |= {f"sum:{kind}" for kind in ("size", "sex", "noun") if all(kind in arm.signs for arm in arms)}
    if any(arm.role == "control" for arm in arms):
        signs.add("sum:controls")
    values = [arm.value for arm in arms]
    if max(values) > 3 * min(values):
        signs.add("sum:uneven")
    signs |= {"sum", f"sum:{min(len(arms), 4)}", *(("sum:apart",) if apart else ())}
    return Count(sum(c.value for c in arms), arms[0].start, arms[-1].end, 0, "studied", frozenset(signs))


def _times(reading: Reading, found: list[Count]) -> Iterator[Count]:
    """So many in each of so many groups: "19 patients in each group" of "two groups"."""
    if "group" not in reading.plain and "arm" not in reading.plain:
        return
    for count in found:
        each = cues.EACH.match(reading.plain, count.end) or cues.EACH_BEFORE.search(
            reading.plain, max(0, count.start - 40), count.start
        )
        groups = cues.GROUPS.search(reading.plain) if each is not None and "sum" not in count.signs else None
        if groups is not None and abs(groups.start() - count.start) < 600:
            start, end = min(count.start, groups.start()), max(count.end, groups.end())
            value = count.value * whole(groups[1])
            yield Count(value, start, end, 0, count.role, count.signs | {"times"})


def _arms(reading: Reading, counts: list[Count]) -> list[Count]:
    """The arms among the counts of a sentence, with those that lack a noun: "and 58 received B"."""
    plain = reading.plain
    sentence = reading.sentence_at(counts[0].start)
    arms = counts
    if not all("listed" in c.signs or "sex" in c.signs for c in counts):
        # "39 patients (29 women)": what the bracket tells is part of what stands before it.
        arms = [c for c in counts if not _inside(plain, c.start, sentence.start)]
    more = []
    for count in arms:
        before = cues.ARM_BEFORE.search(plain, max(sentence.start, count.start - 60), count.start)
        if before is not None:
            more.append((before.start(1), before.end(1)))
    if any(cues.ARMED & c.signs for c in arms):
        more += [m.span(1) for m in cues.ARM_BARE.finditer(plain, arms[0].end, sentence.end)]
    for start, end in more:
        if not any(c.start <= start < c.end for c in arms):
            arms = [*arms, _bare_arm(plain, start, end, sentence)]
    return sorted(arms, key=lambda c: c.start)


def _bare_arm(plain: str, start: int, end: int, sentence: Sentence) -> Count:
    before, after = plain[max(sentence.start, start - 70) : start], plain[end : min(sentence.end, end + 110)]
    value = whole(plain[start:end])
    signs = around(before, "", "", after, sentence.part, value)
    return Count(value, start, end, 0, "studied", frozenset({"arm", *signs}))


def _inside(plain: str, at: int, left: int) -> bool:
    """True inside a bracket that opens after ``left``."""
    return plain.count("(", left, at) > plain.count(")", left, at)


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
    best = max(filter(credible, counts), key=lambda c: (c.score, -c.start), default=None)
    if best is not None:
        return reading.quote(best.start, best.end)
    if single is not None:
        return single
    for match in cues.DESCRIBED.finditer(reading.plain):
        if reading.sentence_at(match.start()).part not in ("background", "conclusions"):
            return reading.quote(match.start(), match.end())
    title = cues.TITLE.search(reading.plain, 0, reading.title_end)
    return reading.quote(*title.span()) if title else None
