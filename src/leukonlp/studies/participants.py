"""How many people a study enrolled or analysed, screened, and compared them with, as its text says."""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies import compared
from leukonlp.studies import people_cues as cues
from leukonlp.studies import screening_cues as screening
from leukonlp.studies.people import People
from leukonlp.studies.people_choice import choose
from leukonlp.studies.people_counts import TAKEN, Count
from leukonlp.studies.reading import Reading

_TRIALS = ("randomized_trial", "single_arm_trial", "expanded_access", "protocol")
_SCREENING = re.compile(r"\bscreen(?:ed|ing)\b|\bblood spots?\b")
_APART = frozenset(("part:background", "part:conclusions"))


def enrolled(reading: Reading, people: People, *, design: str | None) -> Fact | None:
    """Return the number of people of this study; for a case report 1, quoted by its words for the person.

    Newborns who are screened as a population are those studied, and those taken of the people looked at ("of
    14 screened, nine were treated"); else one of the counts, one person, or none
    is chosen by odds (``people_choice``). Where nobody but those screened is counted ("we screened 57
    patients for variants") they are those studied.
    """
    newborns = _newborns(reading, people, design)
    if newborns:
        return _fact(reading, max(newborns, key=lambda c: c.value))
    taken = [c for c in people.counts if TAKEN in c.signs and not _APART & c.signs]
    if len({c.value for c in taken}) == 1:
        return _fact(reading, taken[0])
    told = choose(reading, people, design)
    if isinstance(told, Count):
        return _fact(reading, next((c for c in people.counts if _drawn_from(reading, c, told)), told))
    if told is not None:
        return Fact(1, told)
    tested = [c for c in people.counts if c.role == "screened" and not _APART & c.signs]
    return _fact(reading, max(tested, key=lambda c: c.value)) if tested else None


def _drawn_from(reading: Reading, count: Count, best: Count) -> bool:
    """True for those randomised of those enrolled: "96 were enrolled and 91 were randomised"."""
    return (
        count.role == "studied"
        and "after:enrol" in best.signs
        and "after:random" in count.signs
        and "sum" not in count.signs | best.signs
        and "sum of others" not in best.signs
        and best.value > count.value > best.value / 2
        and reading.sentence_at(count.start) == reading.sentence_at(best.start)
        and f" {best.value - count.value} " not in reading.words(reading.sentence_at(best.start))
    )


def screened(reading: Reading, people: People, enrolled: Fact | None, *, design: str | None) -> Fact | None:
    """Return the number of people screened, where it is told apart from those enrolled."""
    newborns = _newborns(reading, people, design)
    if newborns:
        return _fact(reading, max(newborns, key=lambda c: c.value))
    found = [c for c in people.counts if c.role == "screened" and "part:background" not in c.signs]
    if not found or enrolled is None:
        return None
    most = max(found, key=lambda c: c.value)
    return _fact(reading, most) if most.value > (enrolled.value or 0) else None  # type: ignore[operator]


def comparison(reading: Reading, people: People, enrolled: Fact | None, *, design: str | None) -> Fact | None:
    """Return the number of people of the comparison group: controls, a placebo arm, untreated siblings.

    It is named for a study of several people only, and never the number of all of them.

    Args:
        reading: the record.
        people: its counts of people.
        enrolled: the number of people of the study, or None.
        design: the design of the study, or None.
    """
    if design in ("case_report", "protocol"):
        return None
    whole = enrolled.quote if enrolled is not None else None
    found = [c for c in people.counts if c.role == "control" and not _APART & c.signs and c.value > 1]
    found = [c for c in found if whole is None or (c.start, c.end) != (whole.start, whole.end)]
    if not found and reading.places(cues.ARM_WORDS):
        found = [c for c in people.counts if _in_arm(reading, c)]
        found = [c for c in found if enrolled is None or c.value < (enrolled.value or 0)]  # type: ignore[operator]
    if not found:
        return compared.group(reading, enrolled=int(enrolled.value or 0) if enrolled is not None else 0)
    # Several groups of controls are told one by one; the first counted is the study's own.
    first = min(found, key=lambda c: ("part:title" in c.signs, c.start))
    return _fact(reading, first)


def _in_arm(reading: Reading, count: Count) -> bool:
    """True for a count of a control or placebo arm: "placebo (n = 39)", "39 received placebo"."""
    if count.role != "studied" or "sum" in count.signs or _APART & count.signs:
        return False
    if "size" in count.signs:
        return cues.ARM_NAMED.search(reading.before(count.start, 60)) is not None
    return cues.ARM_GIVEN.match(reading.after(count.end, 90, of=count.start)) is not None


def _newborns(reading: Reading, people: People, design: str | None) -> list[Count]:
    """Counts of newborns screened as a population; none in a trial, which screens to enrol."""
    screened = [c for c in people.counts if c.role == "screened" and not _APART & c.signs]
    if not screened or design in _TRIALS or not _SCREENING.search(reading.plain):
        return []
    return [c for c in screened if screening.NEWBORNS.search(reading.plain, c.start, c.end)]


def _fact(reading: Reading, count: Count) -> Fact:
    return Fact(count.value, reading.quote(count.start, count.end))
