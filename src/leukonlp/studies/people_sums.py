"""Numbers of people that a record leaves to be added or multiplied: arms, groups, so many in each group.

Whether a sum counts for more than its parts is a matter of its signs and their weights; owns neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from leukonlp.studies import people_cues as cues
from leukonlp.studies import screening_cues as screening
from leukonlp.studies.numbers import whole
from leukonlp.studies.people_counts import TAKEN, Count
from leukonlp.studies.people_signs import around
from leukonlp.studies.people_wholes import without_wholes
from leukonlp.studies.reading import Reading, Sentence

_UNFIT = cues.NO_ARM | {
    "part:background",
    "part:conclusions",
    "absent",
    "cited",
    "tissue",
    "labelled background",
}
_FEW = 1000
"""Fewer than one in so many are found later, and no part of those studied."""
_NEAR = 400
"""How far apart, in characters, two groups of one study are told."""
_ARMS = _TWICE = 4
_STAGES = ("after:enrol", "after:random", "after:complete", "after:study", "after:screen")
"""Steps that the same people go through."""
_GROUPS_NEAR = 600


def added_up(reading: Reading, found: list[Count]) -> list[Count]:
    """Return the numbers that adding and multiplying the counts of a record gives.

    Args:
        reading: the record.
        found: its counts.
    """
    times = [*_times(reading, found)]
    allotted = [*_allotted(reading)]
    ends = {total.end for total in allotted}
    sums = [
        *(total for total in _sums(reading, found) if total.end not in ends),  # arms of another whole
        *_with_controls(reading, found),
        *_with_others(reading, found),
        *_denominators(reading, found),
        *_given(reading, found),
        *allotted,
    ]
    return [*without_wholes(reading, found, sums, times), *times]


def _with_controls(reading: Reading, found: list[Count]) -> Iterator[Count]:
    """Patients and those they are compared with: "33 women and 132 controls", "of 49 men ... 51 controls"."""
    first = next((c for c in found if c.role == "control" and not _UNFIT & c.signs), None)
    if first is None:
        return
    at = reading.sentence_at(first.start)
    near = [c for c in found if c.role != "screened" and not _UNFIT & c.signs and "size" not in c.signs]
    beside = [
        c for c in near if at.start <= c.start < at.end and not _inside(reading.plain, c.start, at.start)
    ]
    if not any(c.role == "studied" for c in beside):
        before = [c for c in near if c.role == "studied" and 0 < first.start - c.start < _NEAR]
        beside = [max(before, key=lambda c: c.value), *beside] if before else []
    if len(beside) > 1:
        yield _sum(sorted(beside, key=lambda c: c.start), apart=beside[0].start < at.start)


def _with_others(reading: Reading, found: list[Count]) -> Iterator[Count]:
    """People added to those counted before: "ten men ... another ten", "validated in 200 more patients"."""
    most: Count | None = None
    for count in sorted(found, key=lambda c: c.start):
        if count.role == "screened" or _UNFIT & count.signs:
            continue
        if most is not None and "size" not in count.signs and count.start > most.start:
            more = cues.MORE.search(reading.plain, max(most.end, count.start - 45), count.end)
            few = count.value * _FEW < most.value  # "38 further affected persons" of 412,385 newborns
            if more is not None and not few and not _inside(reading.plain, count.start, most.start):
                total = _sum([most, count], apart=True)
                twice = {"sum:twice"} if count.value == most.value else set()
                yield replace(total, signs=total.signs | {"sum:more"} | twice)
        if count.role == "studied" and (most is None or count.value > most.value):
            most = count


def _given(reading: Reading, found: list[Count]) -> Iterator[Count]:
    """Arms told by verbs alone: "Two hundred received drug A, 198 received drug B"."""
    by_sentence: dict[int, list[Count]] = {}
    for count in found:
        if "bare" in count.signs and cues.GIVEN.search(reading.plain, count.start, count.end):
            by_sentence.setdefault(reading.sentence_at(count.start).start, []).append(count)
    for counts in by_sentence.values():
        if len(counts) > 1:
            total = _sum(sorted(counts, key=lambda c: c.start))
            yield replace(total, signs=total.signs - {"bare"} | {"sum:given"})
            return


def _allotted(reading: Reading) -> Iterator[Count]:
    """Arms without a noun: "24 were randomly assigned to surgery and 26 to rest"."""
    for match, sentence in reading.matches(cues.ALLOTTED, cues.ALLOTTED_WORDS):
        arms = [place for place in range(1, 5) if match[place]]
        value = sum(whole(match[arm]) for arm in arms)
        start, end = match.start(arms[0]), match.end(arms[-1])
        signs = {f"part:{sentence.part}", "sum", "sum:2", "sum:random", "sum:allotted"}
        if cues.OF_SEEN.search(reading.plain, sentence.start, start):
            signs.add(TAKEN)
        yield Count(value, start, end, 0, "studied", frozenset(signs))


def _denominators(reading: Reading, found: list[Count]) -> Iterator[Count]:
    """Groups known by shares alone: "13 of 28 patients in the drug group and 5 of 27 in the other"."""
    by_sentence: dict[int, list[Count]] = {}
    for count in found:
        if "denominator" in count.signs and "after:arm" in count.signs:
            by_sentence.setdefault(reading.sentence_at(count.start).start, []).append(count)
    for counts in by_sentence.values():
        if len(counts) > 1:
            total = _sum(sorted(counts, key=lambda c: c.start))
            yield replace(total, signs=total.signs - {"denominator"} | {"sum:denominators"})
            return


def _sums(reading: Reading, found: list[Count]) -> Iterator[Count]:
    """The arms of a study that one sentence counts, added up: "60 received A and 58 received B"."""
    by_sentence: dict[tuple[int, bool], list[Count]] = {}
    for count in found:
        each = "then:each" in count.signs and "size" not in count.signs
        if count.role != "screened" and not cues.NO_ARM & count.signs and not each:
            key = (reading.sentence_at(count.start).start, "size" in count.signs)
            by_sentence.setdefault(key, []).append(count)
    lone: list[Count] = []
    for (_, size), counts in sorted(by_sentence.items()):
        arms = sorted(counts, key=lambda c: c.start)
        if not size:
            arms = _arms(reading, arms)
        elif len(arms) == 1:
            lone.append(arms[0])
        if size and len(arms) == _TWICE and arms[0].value + arms[1].value == arms[2].value + arms[3].value:
            arms = arms[:2]  # the same people parted in two ways
        if len(arms) > 1 and (size or _parallel(reading, arms)) and not _whole_and_parts(arms):
            yield _sum(arms)
    yield from _told_apart(lone)


def _told_apart(sizes: list[Count]) -> Iterator[Count]:
    """Arms told one by one: "Those given A (n = 60) improved. Those given B (n = 58) did not."."""
    run: list[Count] = []
    for size in [*sizes, None]:
        if size is not None and (not run or size.start - run[-1].start < _NEAR):
            run.append(size)
            continue
        if len(run) > 1:
            yield _sum(run[-_ARMS - 1 :], apart=True)
        run = [size] if size is not None else []


def _parallel(reading: Reading, arms: list[Count]) -> bool:
    """True for counts that stand side by side; no group of controls, and none that is part of another."""
    if any(arm.role == "control" or "after:event" in arm.signs for arm in arms):
        return False
    if screening.SCREENED_BEFORE.search(reading.before(arms[0].start, 40)):
        return False  # so many were looked at, and of them so many treated
    if len({sign for arm in arms for sign in arm.signs if sign in _STAGES}) > 1:
        return False  # so many were enrolled, and of them so many randomised
    between = [reading.plain[a.end : b.start] for a, b in pairwise(arms)]
    if cues.STAGED.match(between[0]) or _drawn_later(arms):
        return False
    alike = len(arms) > 2 and all(cues.ARMED & arm.signs for arm in arms)
    joined = cues.AND.search(between[-1]) is not None or alike or "arm" in arms[-1].signs
    return joined and not any(cues.APART.search(words) for words in between)


def _drawn_later(arms: list[Count]) -> bool:
    """True where only the last are randomised: "324 received it openly, and 182 were randomised"."""
    return "after:random" in arms[-1].signs and "after:treat" in arms[0].signs


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
    if not any(word in reading.plain for word in cues.GROUPED):
        return
    for count in found:
        each = cues.EACH.match(reading.plain, count.end) or cues.EACH_BEFORE.search(
            reading.plain, max(0, count.start - 40), count.start
        )
        if each is not None and "sum" not in count.signs:
            yield _multiplied(count, cues.GROUPS.search(reading.plain))
    for match, sentence in reading.matches(cues.GROUPS_OF, cues.GROUPS_OF_WORDS):
        value = whole(match[1]) * whole(match[2])
        after = reading.after(match.end(), 110)
        if not cues.THINGS.isdisjoint(after.split()[:2]):
            continue
        signs = around("", "", "", after, sentence.part, value) | {"times", "noun"}
        yield Count(value, match.start(), match.end(), 0, "studied", frozenset(signs))


def _multiplied(count: Count, groups: re.Match[str] | None) -> Count:
    """The count times the number of groups; two where no number of them is told."""
    if groups is None or abs(groups.start() - count.start) >= _GROUPS_NEAR:
        return replace(count, value=2 * count.value, signs=count.signs | {"times", "times:two"})
    start, end = min(count.start, groups.start()), max(count.end, groups.end())
    value = count.value * whole(groups[1])
    return Count(value, start, end, 0, count.role, count.signs | {"times"})


def _arms(reading: Reading, counts: list[Count]) -> list[Count]:
    """The arms among the counts of a sentence, with those that lack a noun: "and 58 received B"."""
    plain = reading.plain
    sentence = reading.sentence_at(counts[0].start)
    arms = counts
    if not all("listed" in c.signs or "sex" in c.signs for c in counts):
        # "39 patients (29 women)": what the bracket tells is part of what stands before it.
        arms = _outside(plain, counts, sentence.start) or counts
    more = []
    for count in arms:
        at = count.start
        for _ in range(_ARMS):
            joined = plain.endswith(cues.JOINING, sentence.start, at)
            before = cues.ARM_BEFORE.search(plain, max(sentence.start, at - 60), at) if joined else None
            if (
                before is None
                or cues.YEAR.fullmatch(plain, *before.span(1))
                or cues.NUMBERED.search(plain, max(sentence.start, before.start() - 30), before.start())
            ):
                break
            at = before.start(1)
            more.append(before.span(1))
    if any(cues.ARMED & c.signs for c in arms):
        bare = cues.ARM_BARE.finditer(plain, arms[0].end, sentence.end)
        more += [m.span(1) for m in bare if not _inside(plain, m.start(1), arms[0].start)]
    for start, end in more:
        if not cues.YEAR.fullmatch(plain, start, end) and not any(c.start <= start < c.end for c in arms):
            arms = [*arms, _bare_arm(plain, start, end, sentence)]
    return sorted(arms, key=lambda c: c.start)


def _bare_arm(plain: str, start: int, end: int, sentence: Sentence) -> Count:
    before, after = plain[max(sentence.start, start - 70) : start], plain[end : min(sentence.end, end + 110)]
    value = whole(plain[start:end])
    signs = around(before, "", "", after, sentence.part, value)
    return Count(value, start, end, 0, "studied", frozenset({"arm", *signs}))


def _outside(plain: str, counts: list[Count], left: int) -> list[Count]:
    """Return the counts that stand in no bracket that opens after ``left``, in order; reads the text once."""
    found, open_ = [], 0
    for count in sorted(counts, key=lambda c: c.start):
        open_ += plain.count("(", left, count.start) - plain.count(")", left, count.start)
        left = count.start
        if open_ <= 0:
            found.append(count)
    return found


def _inside(plain: str, at: int, left: int) -> bool:
    """True inside a bracket that opens after ``left``."""
    return plain.count("(", left, at) > plain.count(")", left, at)
