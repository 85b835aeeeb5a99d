"""The development phase that a record states of its own study; other senses and other studies never count.

Owns the reading of the word "phase" and of the publication types that name one, and the phase that
follows from the design where none is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from leukonlp.records import Tag
from leukonlp.studies import attribution, phase_parent
from leukonlp.studies import phase_cues as cues
from leukonlp.studies.design_papers import opines
from leukonlp.studies.labels import phase_rank
from leukonlp.studies.people import People
from leukonlp.studies.reading import Reading, Sentence

_BOTH = 2
_TRIED = 20
"""Mentions of a phase that are looked up again in the text."""


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    numbers: frozenset[int]
    strength: int
    """3 title or self-reference, 2 methods, 1 neutral."""


def stated(reading: Reading) -> Tag | None:
    """Return the phase that the text states of this study, or None; basis ``text``."""
    found = list(_named(reading.plain))
    staged = bool(found) and cues.STAGED.search(reading.plain) is not None
    hits = [hit for match in found if (hit := _judge(reading, match, staged)) is not None]
    if not staged:
        hits += _portions(reading, found)
    if not hits and found and not staged:
        hits = [hit for match in found[:_TRIED] if (hit := _followed(reading, match)) is not None]
    if not hits:
        return _first_in_human(reading)
    best = max(hit.strength for hit in hits)
    wider = [hit for hit in hits if hit.strength == 2 and len(hit.numbers) > 1]
    return _combine(reading, [_joined(reading, hit) for hit in hits if hit.strength == best], wider)


def _named(plain: str) -> Iterator[re.Match[str]]:
    """Yield every phase with a number; the pattern is tried only where the word stands."""
    end = 0
    for word in ("phase", "ph ", "ph."):
        at = plain.find(word)
        while at >= 0:
            early = 6 if plain.startswith(("early ", "early-"), max(at - 6, 0)) else 0
            match = cues.PHASE.match(plain, at - early) if at >= end else None
            if match is not None:
                yield match
            end = match.end() if match is not None else end
            at = plain.find(word, at + 1)
        end = 0


def _joined(reading: Reading, hit: _Hit) -> _Hit:
    """The phases that one noun or list takes together: of one trial both, of several the latest."""
    first = cues.PHASE.match(reading.plain, hit.start)
    following = cues.NEXT.match(reading.plain, first.end()) if first is not None else None
    second = cues.PHASE.match(reading.plain, following.end()) if following is not None else None
    noun = cues.NOUN.match(reading.plain, second.end()) if second is not None else None
    if second is None or noun is None:
        return hit
    numbers = hit.numbers | _numbers(second)
    if noun[1] or cues.APART.search(reading.plain, hit.start, second.start()):
        numbers = frozenset({max(numbers)})
    if numbers not in cues.PAIRS or reading.sentence_at(noun.end()) != reading.sentence_at(hit.start):
        return hit
    return replace(hit, end=noun.end(), numbers=numbers)


def _combine(reading: Reading, hits: list[_Hit], wider: list[_Hit]) -> Tag | None:
    one_by_one = [hit for hit in hits if reading.plain.endswith("one ", 0, hit.start)]
    if len(one_by_one) > 1:  # "one phase 2/3, one phase 3": two trials, of which the later phase counts
        hits = [max(one_by_one, key=lambda hit: phase_rank(cues.PAIRS[hit.numbers]))]
    titled = [hit for hit in hits if hit.start < reading.title_end]
    numbers = max((hit.numbers for hit in titled or hits), key=lambda n: phase_rank(cues.PAIRS[n]))
    # "Phase 2 results" in the title of what the abstract calls a phase 1/2 trial.
    for hit in (*hits, *wider):
        if len(numbers) == 1 and numbers < hit.numbers and not _another(reading, hit, hits, numbers):
            numbers, hits = hit.numbers, [*hits, hit]
    first = next((hit for hit in hits if hit.numbers == numbers), hits[0])
    last = first if first.numbers == numbers else next((h for h in hits if h.numbers != first.numbers), first)
    same = reading.sentence_at(first.start) == reading.sentence_at(last.start)
    quote = reading.quote(first.start, last.end if same and last.end > first.start else first.end)
    return Tag(cues.PAIRS[numbers], quote=quote, basis="text")


def _another(reading: Reading, wide: _Hit, hits: list[_Hit], numbers: frozenset[int]) -> bool:
    """True for "a phase 2/3 study and a phase 3 study": two trials, and the phase 3 is none of the former."""
    return any(
        narrow.numbers == numbers
        and wide.start < narrow.start
        and reading.sentence_at(wide.start) == reading.sentence_at(narrow.start)
        and cues.APART.search(reading.plain, wide.start, narrow.start)
        for narrow in hits
    )


def _judge(reading: Reading, match: re.Match[str], staged: bool) -> _Hit | None:
    numbers = _numbers(match)
    if numbers not in cues.PAIRS or cues.SERIES.match(reading.plain, match.start()):
        return None
    sentence = reading.sentence_at(match.start())
    before, after = reading.around(*match.span())
    if cues.OTHER_SENSE.match(after) or attribution.denied(before) or attribution.to_come(before):
        return None
    if cues.ALONE.fullmatch(reading.plain, sentence.start, sentence.end):
        return _Hit(match.start(), match.end(), numbers, 3)
    trial = cues.TRIAL.match(after) or cues.TASK.match(after)
    if trial is None:
        return None if staged else _bare(reading, match, sentence, before, after)
    if not _developed(reading, match, trial, numbers):
        return None
    if staged and trial.re is cues.TASK and not _clinical(before, trial):
        return None  # "the phase 1 externship programme"
    several = _several(trial)
    numbers = _latest(match, numbers) if several else numbers
    plural = several or match.group().startswith("phases")
    strength = _own(sentence, before, after, plural=plural, labelled=bool(reading.sections))
    if (
        several
        and strength == 1
        and not cues.POOLED.search(reading.plain)
        and not _opens(reading, match, trial)
    ):
        return None  # "in two phase 3 trials of X": what a paper on a drug tells of others' work
    if not strength and not several and _heads(before, after, trial):
        strength = 2
    if strength == 1 and _begins(reading, match, trial):
        strength = 2
    if (staged and strength < 3 and not _clinical(before, trial)) or (strength == 1 and not reading.turns):
        return None
    return _Hit(match.start(), match.end() + trial.end(), numbers, strength) if strength else None


def _portions(reading: Reading, found: list[re.Match[str]]) -> list[_Hit]:
    """A trial of two phases of which each is told by itself: "the phase 1 part", "the phase 2 part"."""
    parts = [m for m in found if cues.PORTION.match(reading.plain, m.end())]
    numbers = frozenset().union(*(_numbers(m) for m in parts))
    if len(parts) < _BOTH or len(numbers) != _BOTH or numbers not in cues.PAIRS:
        return []
    if any(attribution.other(*reading.around(*m.span()), own=True) for m in parts):
        return []
    return [_Hit(parts[0].start(), parts[0].end(), numbers, 2)]


def _followed(reading: Reading, match: re.Match[str]) -> _Hit | None:
    """A phase of the trial that the record analyses anew or goes on with, however it is told."""
    numbers = _numbers(match)
    sentence = reading.sentence_at(match.start())
    before, after = reading.around(*match.span())
    if (
        numbers not in cues.PAIRS
        or sentence.part == "conclusions"
        or cues.OTHER_SENSE.match(after)
        or attribution.denied(before)
        or attribution.to_come(before)
    ):
        return None
    if phase_parent.titled(reading, match.start()) and not attribution.other(before, after):
        return _Hit(match.start(), match.end(), numbers, 1)
    trial = cues.TRIAL.match(after)
    named = (
        trial is not None
        or cues.NAMED_TRIAL.match(reading.text, match.end()) is not None
        or cues.TRIAL_LISTED.search(before) is not None
    )
    numbers = _latest(match, numbers) if _several(trial) else numbers
    end = match.end() + (trial.end() if trial is not None else 0)
    if not named or not phase_parent.of(reading, match.start(), end):
        return None
    return _Hit(match.start(), end, numbers, 1)


def _several(trial: re.Match[str] | None) -> bool:
    return trial is not None and trial.group().endswith(("trials", "studies"))


def _latest(match: re.Match[str], numbers: frozenset[int]) -> frozenset[int]:
    """Of "phase 2 and 3 trials", some of each, the later phase counts."""
    return frozenset({max(numbers)}) if " and " in match.group() else numbers


def _heads(before: str, after: str, trial: re.Match[str]) -> bool:
    """True for a design stated without a verb: "Phase III, multicentre, randomised study of patients"."""
    opens = not before or before.endswith((".; ", ". ", ": "))
    return opens and len(cues.DESIGNED.findall(trial.group())) >= 2 and not attribution.other(before, after)


def _opens(reading: Reading, match: re.Match[str], trial: re.Match[str]) -> bool:
    """True where the abstract begins with its trials and their design: "Two blinded phase 3 trials"."""
    start = reading.sentence_at(match.start()).start
    words = reading.plain[start : match.end() + trial.end()]
    opening = start <= reading.title_end + 1 and cues.SO_MANY.match(words) is not None
    return opening and len(cues.DESIGNED.findall(words)) >= _BOTH


def _begins(reading: Reading, match: re.Match[str], trial: re.Match[str]) -> bool:
    """True where the abstract begins with a trial and what it is for: "A blinded phase 3 study to assess"."""
    sentence = reading.sentence_at(match.start())
    if sentence.start > reading.title_end + 1 or trial.re is not cues.TRIAL:
        return False
    led = cues.LED_BY.fullmatch(reading.plain, sentence.start, match.start()) is not None
    return led and cues.FOR.match(reading.plain, match.end() + trial.end(), sentence.end) is not None


def _bare(reading: Reading, match: re.Match[str], sentence: Sentence, before: str, after: str) -> _Hit | None:
    """A phase that no noun follows: the words before it, or its place in the title, must name a trial."""
    if "phase" not in match.group() or not (
        cues.TRIAL_BEFORE.search(before)
        or _names_trial(sentence, after, before)
        or (sentence.part == "title" and cues.TRIAL_LISTED.search(before))
    ):
        return None
    plural = match.group().startswith("phases")
    strength = _own(sentence, before, after, plural=plural, labelled=bool(reading.sections))
    if not strength or (strength == 1 and not reading.turns):
        return None
    return _Hit(match.start(), match.end(), _numbers(match), strength)


def _developed(reading: Reading, match: re.Match[str], trial: re.Match[str], numbers: frozenset[int]) -> bool:
    """False for a stage of observing work, and for acid: "Ph 2 trial" names a phase, "pH 2" does not."""
    if 4 not in numbers and cues.WATCHED.search(trial.group()):
        return False
    return "phase" in match.group() or reading.text.startswith("Ph", match.start())


def _clinical(before: str, trial: re.Match[str]) -> bool:
    return cues.CLINICAL.search(f"{before[-40:]}|{trial.group()}") is not None


def _numbers(match: re.Match[str]) -> frozenset[int]:
    found = frozenset(cues.NUMBERS[group] for group in match.groups()[1:] if group is not None)
    # "Early phase 1" is a phase of its own; "early phase II" is phase 2 in its beginnings.
    return frozenset({0}) if match.group(1) and found == {1} else found


def _names_trial(sentence: Sentence, after: str, before: str) -> bool:
    """A title may end in, or be parted by, a bare phase: ``...: phase 2``."""
    return (
        sentence.part == "title"
        and cues.EDGE.match(after) is not None
        and not before.endswith(("in ", "during "))
    )


def _own(sentence: Sentence, before: str, after: str, *, plural: bool, labelled: bool) -> int:
    apart = sentence.part in ("background", "conclusions")
    own = attribution.own(before, after, part=sentence.part)
    general = plural and not own and cues.PRESENT.match(after) is not None
    if (
        attribution.continues(before, after)
        and (own or not apart or not (labelled or plural))
        and not general
    ):
        return 3
    if sentence.part == "title":
        return 0 if attribution.about_trials(before, after) else 3
    if attribution.other(before, after, own=own):
        return 0
    if own:
        return 3
    if apart or (plural and not cues.COUNTED.search(before)):
        return 0
    return 2 if sentence.part in ("methods", "objective") else 1


def _first_in_human(reading: Reading) -> Tag | None:
    """A study that calls itself first in human and names no phase is a phase 1."""
    if "first in" not in reading.plain and "first-in" not in reading.plain:
        return None
    for match in cues.FIRST_IN_HUMAN.finditer(reading.plain):
        sentence = reading.sentence_at(match.start())
        before, after = reading.around(*match.span())
        own = sentence.part == "title" or attribution.own(before, after, part=sentence.part)
        if (
            own
            and not attribution.other(before, after, own=own)
            and not cues.DEVICE.search(reading.plain, 0, sentence.end)
        ):
            return Tag("phase_1", quote=reading.quote(match.start(), match.end()), basis="text")
    return None


def published(reading: Reading) -> Tag | None:
    """Return the phase that the publication types name, or None; never for types that a program assigned."""
    if reading.abstract.automated:
        return None
    types = reading.abstract.publication_types
    names = (key for term in types for key in (term.name.lower(), (term.ui or "").lower()))
    numbers = frozenset(cues.TYPES[name] for name in names if name in cues.TYPES)
    if not numbers:
        return None
    label = cues.PAIRS.get(numbers) or cues.PAIRS[frozenset({max(numbers)})]
    return Tag(label, basis="publication_type")


def decide(reading: Reading, stated: Tag | None, design: Tag | None, people: People) -> Tag | None:
    """Return the phase: the stated one, else what the design says, else None.

    A review, systematic review or guideline has none, even where it retells a trial in detail,
    unless its own title states one or it goes through the trials' people one by one; nor has a
    study of animals, whose drug may be in trials.
    """
    reviews = design is not None and design.label in (
        "review",
        "systematic_review",
        "guideline",
        "animal_study",
    )
    titled = stated is not None and stated.quote is not None and stated.quote.start < reading.title_end
    anew = (
        design is not None
        and design.label == "systematic_review"
        and cues.BY_PERSON.search(reading.plain, 0, reading.title_end) is not None
    )
    if stated is not None and (titled or anew or not reviews):
        return stated
    return _implied(reading, design, people)


def _typed(design: Tag) -> bool:
    return design.label == "other" and design.basis == "publication_type"


def _implied(reading: Reading, design: Tag | None, people: People) -> Tag | None:
    """Return what the design says where no phase is stated: preclinical, unphased, not applicable, None."""
    if design is None:
        return Tag("unphased", quote=people.shown, basis="text") if people.shown is not None else None
    if design.label in ("animal_study", "in_vitro"):
        return Tag("preclinical", quote=design.quote, basis=design.basis)
    if design.label in ("review", "systematic_review", "guideline", "protocol"):
        return Tag("not_applicable", quote=design.quote, basis=design.basis)
    if opines(reading, design) or (people.shown is None and _typed(design)):
        return Tag("not_applicable", quote=design.quote, basis=design.basis)
    if people.shown is not None:
        return Tag("unphased", quote=people.shown, basis="text")
    return Tag("unphased", quote=design.quote, basis=design.basis)
