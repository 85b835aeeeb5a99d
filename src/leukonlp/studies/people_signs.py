"""Signs in the words around a count of people by which ``people`` weighs it; owns no weight and no rule.

A sign is a short name: ``before:enrol`` says that a word of enrolment stands before the count. Words
are looked up one by one, so that a sign costs no pattern.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from leukonlp.studies import people_cues as cues
from leukonlp.studies.reading import Part, Reading

_CLASSES: Final = {
    "enrol": "enrolled enroled enrolment enrollment enrolling included includes recruited entered "
    "participated "
    "accrued registered joined selected eligible met fulfilled",
    "cohort": "cohort series sample consisted comprised comprising comprises consisting composed",
    "population": "population inhabitants catchment",
    "total": "total overall altogether all",
    "random": "randomized randomised randomly randomization randomisation allocated allotted assigned "
    "divided",
    "treat": "treated received receiving underwent undergoing given transplanted administered took "
    "vaccinated "
    "infused injected dosed operated",
    "study": "studied analysed analyzed evaluated examined reviewed assessed investigated identified "
    "compared "
    "surveyed interviewed followed tested observed performed conducted study trial analysis survey "
    "retrospective "
    "prospective effects effect",
    "report": "report reports describe described describes present presents presented",
    "complete": "completed completing finished completers",
    "some": "including only remaining other another additional further except excluding whereas while which",
    "those": "these those whom them",
    "event": "developed experienced showed had died remained improved survived discontinued achieved "
    "responded "
    "occurred detected found withdrew withdrawn excluded lost dropped relapsed failed reached exhibited "
    "demonstrated required became",
    "arm": "placebo control controls arm arms versus vs group groups",
    "each": "each per",
    "plan": "will planned intended aimed aims sought target size power powered aim needed required "
    "calculated recruit enrol enroll include",
    "past": "previous previously earlier prior published literature historical worldwide estimated",
    "screen": "screened eligibility consented consent approached invited referred",
    "data": "data records charts information available evaluable",
    "who": "aged age ages mean median with who scheduled diagnosed consecutive",
}
_CLASS: Final = {word: name for name, words in _CLASSES.items() for word in words.split()}
_VERBS: Final = frozenset("enrol random treat study complete event screen plan arm some".split())
_LAST: Final = frozenset("of in from for among on the these all our with and to".split())
_SEX: Final = frozenset("men women boys girls males females".split())
_EVENTS: Final = frozenset(cues.EVENTS)
_STAFF: Final = frozenset(
    "physicians nurses caregivers parents mothers fathers workers employees students clinicians "
    "practitioners "
    "professionals surgeons doctors pharmacists specialists therapists teachers providers officers".split()
)
_MARKS: Final = ".,;:()[]"
_ADDED: Final = frozenset(("sum", "times"))
_LAST_RANK: Final = 4
_LAST_PLACE: Final = 6


class Weighable(Protocol):
    """What the relations between counts need to know of one of them."""

    @property
    def value(self) -> int: ...  # noqa: D102
    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def signs(self) -> frozenset[str]: ...  # noqa: D102


def around(before: str, within: str, noun: str, after: str, part: Part | None, value: int) -> set[str]:
    """Return the signs of a count: the plain words before it in its sentence, within it and after it."""
    signs = {f"part:{part}", *_size(value)}
    words = before.split()
    signs.update(f"before:{name}" for name in _classes(words[-7:]))
    if not words:
        signs.add("opens")
    elif before.endswith((": ", "; ", "(", "[")):
        signs.add("listed" if before[-1] in "([" else "opens")
    elif words[-1] in _LAST:
        signs.add(f"next:{words[-1]}")
        if ("of" in words[-2:] or "from" in words[-2:]) and cues.DENOMINATOR.search(before):
            signs.add("denominator")
    elif before.endswith("/"):
        signs.add("denominator")
    signs.update(f"within:{name}" for name in _classes(within.split()))
    if noun in _SEX:
        signs.add("sex")
    elif noun in _EVENTS:
        signs.update(("event", "nobody"))
    elif noun in _STAFF:
        signs.add("staff")
    if "%" in after[:40] and cues.SHARE.match(after):
        signs.add("share")
    following = set(_following(after))
    signs |= following
    if "before:those" in signs:  # "of these, 82 were included": not the same as "of these, 82 died"
        signs.update(f"those {name}" for name in following if name.startswith("after:"))
    return signs


def _following(after: str) -> Iterator[str]:
    if after.startswith((" (", " [")):
        closed = after.find(")" if after[1] == "(" else "]")
        after = after[closed + 1 :] if closed > 0 else after
    words = after.split()[:14]
    if words:
        yield f"after:{next((name for name in _classes(words) if name in _VERBS), None)}"
        if _CLASS.get(words[0].strip(_MARKS)) == "who":
            yield "then:who"
        if "each" in words[:3] or "per" in words[:2]:
            yield "then:each"


def _classes(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        name = _CLASS.get(word.strip(_MARKS))
        if name is not None:
            yield name


def _size(value: int) -> tuple[str, ...]:
    if value >= 10:
        return ("value:1000+",) if value >= 1000 else ()
    return ("value:1",) if value < 2 else ("value:2-4",) if value < 5 else ("value:5-9",)


def added_to_their_like(counts: Sequence[Weighable]) -> set[int]:
    """Return the numbers that "another" adds to their like: "ten ... another ten" tells none twice."""
    return {count.value // 2 for count in counts if "sum:twice" in count.signs}


def relations(counts: Sequence[Weighable]) -> Iterator[set[str]]:
    """Yield for each count, in order, the signs of how it stands to the others."""
    most = max((c.value for c in counts if "sum" not in c.signs), default=0)
    told = Counter(c.value for c in counts)
    sums = {c.value for c in counts if "sum" in c.signs}
    halves = added_to_their_like(counts)
    drawn = {c.value for c in counts if "before:random" in c.signs or "after:random" in c.signs}
    for place, count in enumerate(counts):
        signs = set()
        if count.value == most and "sum" not in count.signs:
            signs.add("most")
        elif count.value * 4 < most:
            signs.add("far below most")
        if told[count.value] > 1 + (count.value in halves):
            signs.add("again")
        if place == 0:
            signs.add("first")
        if len(counts) == 1:
            signs.add("alone")
        if "sum" in count.signs:
            signs.update(_rivals(count, counts))
        elif count.value in sums:
            signs.add("sum of others")
        if drawn and count.value not in drawn:
            signs.add("others randomised")
        yield signs


def standings(reading: Reading, counts: Sequence[Weighable]) -> Iterator[set[str]]:
    """Yield for each count, in order, its rank by size and signs of where it stands in the record."""
    if not counts:
        return
    sizes = sorted({count.value for count in counts}, reverse=True)
    ranks = {value: min(rank, _LAST_RANK) for rank, value in enumerate(sizes)}
    places = {sentence.start: min(place, _LAST_PLACE) for place, sentence in enumerate(reading.sentences)}
    at = [reading.sentence_at(count.start) for count in counts]
    told = [_ADDED.isdisjoint(c.signs) for c in counts]
    beside = Counter(sentence.start for sentence, plain in zip(at, told, strict=True) if plain)
    own = min(
        (
            count.start
            for count, sentence, plain in zip(counts, at, told, strict=True)
            if plain and sentence.part not in ("title", "background")
        ),
        default=len(reading.plain),
    )
    for count, sentence in zip(counts, at, strict=True):
        signs = {f"rank:{ranks[count.value]}", f"sentence:{places[sentence.start]}"}
        if count.start <= own:
            signs.add("own first")
        if beside[sentence.start] == 1:
            signs.add("one in sentence")
        yield signs


def _rivals(total: Weighable, counts: Sequence[Weighable]) -> Iterator[str]:
    """Signs of a sum: whether another count says the same, or is larger than every arm and says otherwise."""
    plain = [c for c in counts if "sum" not in c.signs]
    arm = max((c.value for c in plain if total.start <= c.start < total.end), default=0)
    others = [c for c in plain if not total.start <= c.start < total.end]
    if any(c.value == total.value for c in others):
        yield "sum:confirmed"
    elif any(c.value > arm for c in others):
        yield "sum:rival"
        if any(c.value > arm and c.start < total.start for c in others):
            yield "sum:rival before"
