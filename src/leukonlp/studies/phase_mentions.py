"""One phase that a text names: whether it is a trial's, whether that trial is the study's, and how surely.

Owns the reading of the word "phase"; knows nothing of the other phases of the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leukonlp.studies import attribution, phase_parent
from leukonlp.studies import phase_cues as cues
from leukonlp.studies.reading import Reading, Sentence

_BOTH = 2
_OWN = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A phase that the text states of this study."""

    start: int
    end: int
    numbers: frozenset[int]
    strength: int
    """3 title or self-reference, 2 methods, 1 neutral."""


def phases_in(plain: str) -> Iterator[re.Match[str]]:
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


def judge(reading: Reading, match: re.Match[str], staged: bool) -> Hit | None:
    """Return what one phase named says of this study, None where it is another's or no trial's.

    Args:
        reading: the record.
        match: of ``phase_cues.PHASE``.
        staged: whether the record tells of stages of something else too: "a phase 1 interview".
    """
    numbers = numbers_of(match)
    if numbers not in cues.PAIRS or cues.SERIES.match(reading.plain, match.start()):
        return None
    sentence = reading.sentence_at(match.start())
    before, after = reading.around(*match.span())
    if cues.OTHER_SENSE.match(after) or attribution.denied(before) or attribution.to_come(before):
        return None
    if cues.ALONE.fullmatch(reading.plain, sentence.start, sentence.end):
        return Hit(match.start(), match.end(), numbers, _OWN)
    trial = cues.TRIAL.match(after) or cues.TASK.match(after)
    if trial is None:
        return None if staged else _bare(reading, match, sentence, before, after)
    if not _developed(reading, match, trial, numbers):
        return None
    if staged and trial.re is cues.TASK and not _clinical(before, trial):
        return None  # "the phase 1 externship programme"
    numbers = _latest(match, numbers) if _several(trial) else numbers
    strength = _strength(reading, match, trial, sentence)
    if staged and strength < _OWN and not _clinical(before, trial):
        return None
    return Hit(match.start(), match.end() + trial.end(), numbers, strength) if strength else None


def _strength(reading: Reading, match: re.Match[str], trial: re.Match[str], sentence: Sentence) -> int:
    """Return how surely a trial with its phase is the study's: see ``Hit``, 0 for no."""
    before, after = reading.around(*match.span())
    several = _several(trial)
    plural = several or match.group().startswith("phases")
    strength = _own(sentence, before, after, plural=plural, labelled=bool(reading.sections))
    if several:
        # "In two phase 3 trials of X" is what a paper on a drug tells of others' work.
        others = not cues.POOLED.search(reading.plain) and not _opens(reading, match, trial)
        strength = 0 if strength == 1 and others else strength
    elif not strength and _heads(before, after, trial):
        strength = 2
    if strength == 1 and _begins(reading, match, trial):
        strength = 2
    return 0 if strength == 1 and not reading.turns else strength


def portions(reading: Reading, found: list[re.Match[str]]) -> list[Hit]:
    """A trial of two phases of which each is told by itself: "the phase 1 part", "the phase 2 part"."""
    parts = [m for m in found if cues.PORTION.match(reading.plain, m.end())]
    numbers = frozenset().union(*(numbers_of(m) for m in parts))
    if len(parts) < _BOTH or len(numbers) != _BOTH or numbers not in cues.PAIRS:
        return []
    if any(attribution.other(*reading.around(*m.span()), own=True) for m in parts):
        return []
    return [Hit(parts[0].start(), parts[0].end(), numbers, 2)]


def followed(reading: Reading, match: re.Match[str]) -> Hit | None:
    """A phase of the trial that the record analyses anew or goes on with, however it is told."""
    numbers = numbers_of(match)
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
        return Hit(match.start(), match.end(), numbers, 1)
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
    return Hit(match.start(), end, numbers, 1)


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


def _bare(reading: Reading, match: re.Match[str], sentence: Sentence, before: str, after: str) -> Hit | None:
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
    return Hit(match.start(), match.end(), numbers_of(match), strength)


def _developed(reading: Reading, match: re.Match[str], trial: re.Match[str], numbers: frozenset[int]) -> bool:
    """False for a stage of observing work, and for acid: "Ph 2 trial" names a phase, "pH 2" does not."""
    if 4 not in numbers and cues.WATCHED.search(trial.group()):
        return False
    return "phase" in match.group() or reading.text.startswith("Ph", match.start())


def _clinical(before: str, trial: re.Match[str]) -> bool:
    return cues.CLINICAL.search(f"{before[-40:]}|{trial.group()}") is not None


def numbers_of(match: re.Match[str]) -> frozenset[int]:
    """Return the phases that a match of ``phase_cues.PHASE`` names, 0 for early phase 1."""
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
