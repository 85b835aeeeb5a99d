"""What the study's treatment was compared with, and who knew which treatment was given.

Only words of this study count: not of trials it mentions, plans or continues.
"""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies import attribution
from leukonlp.studies.control_cues import (
    BLINDING,
    COMPARATORS,
    COMPARES,
    DENIED,
    EXTENSION,
    POINTS_AWAY,
    RANDOM,
    RANDOM_ARMS,
    TITLE_ARMS,
)
from leukonlp.studies.nearby import near
from leukonlp.studies.reading import Part, Reading, Sentence

_RANDOM = ("randomi", "randomly", "allocated", "assigned")
_VERSUS = ("versus", " vs", "compar")
TRIGGERS = (
    *(triggers for _, triggers, _ in COMPARATORS),
    *(triggers for _, triggers, _ in BLINDING),
    _RANDOM,
    _VERSUS,
)
_APART: tuple[Part, ...] = ("background", "conclusions")


def comparator(reading: Reading) -> Fact | None:
    """Return what the treatment was compared with, or None where the text does not say.

    ``placebo`` (sham included), ``natural_history``, ``untreated``, ``standard_care``, ``dose`` (arms
    differ only in dose), ``active`` (another treatment), ``none`` where the text says there was no
    control. With several, the first of this order.
    """
    for name, triggers, pattern in COMPARATORS:
        for match, sentence in near(reading, pattern, triggers, left=40, right=90, apart=_APART):
            if _own(reading, match, sentence) and (
                name != "natural_history" or COMPARES.search(reading.words(sentence))
            ):
                return Fact(name, reading.quote(match.start(), match.end()))
        if name == "dose":
            found = _arms(reading)
            if found is not None:
                return found
    return None


def _arms(reading: Reading) -> Fact | None:
    """Return ``active`` where people were randomly assigned to one treatment or another."""
    for match, sentence in near(reading, RANDOM_ARMS, _RANDOM, left=10, right=260, apart=_APART):
        if _own(reading, match, sentence):
            return Fact("active", reading.quote(match.start(), match.end()))
    if not any(RANDOM.search(reading.words(s)) for s in reading.holding(_RANDOM) if s.part not in _APART):
        return None
    for sentence in reading.holding(_VERSUS, end=reading.title_end):
        versus = TITLE_ARMS.search(reading.plain, sentence.start, min(sentence.end, reading.title_end))
        if versus is not None:
            return Fact("active", reading.quote(versus.start(), versus.end()))
    return None


def blinding(reading: Reading) -> Fact | None:
    """Return ``open_label``, ``single_blind``, ``double_blind``, ``triple_blind`` or ``quadruple_blind``.

    The first of this study's own words counts; an open-label extension of a blinded trial told in the
    same record leaves the trial blinded.
    """
    found: list[tuple[int, bool, Fact]] = []
    for name, triggers, pattern in BLINDING:
        for match, sentence in near(reading, pattern, triggers, left=14, right=90, apart=_APART):
            if _own(reading, match, sentence):
                later = (
                    name == "open_label"
                    and EXTENSION.match(reading.plain, match.end(), sentence.end) is not None
                )
                found.append((match.start(), later, Fact(name, reading.quote(match.start(), match.end()))))
                break
    if not found:
        return None
    in_title = [entry for entry in found if entry[0] < reading.title_end]
    first = min(in_title or found, key=lambda entry: (entry[1] and not in_title, entry[0]))
    return first[2]


def _own(reading: Reading, match: re.Match[str], sentence: Sentence) -> bool:
    """True when the words around do not point to another study or deny what is matched."""
    plain = reading.plain
    before = plain[max(sentence.start, match.start() - 110) : match.start()]
    after = plain[match.end() : min(sentence.end, match.end() + 120)]
    if DENIED.search(before):
        return False
    if sentence.part == "title":
        return not attribution.about_trials(before, after)
    if not POINTS_AWAY.search(before) and not POINTS_AWAY.search(after):
        return True
    own = attribution.own(before, after, part=sentence.part)
    if attribution.continues(before, after):
        return False
    return own or not attribution.other(before, after, own=own)
