"""Harms that people of the study suffered; a harm that is denied, feared or only measured is none."""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies import harm_counts
from leukonlp.studies.adverse_event_cues import (
    BACKDROP,
    BLOOD_CANCERS,
    CONTROL_AFTER,
    DENIED,
    DENIED_AFTER,
    HARM,
    NEW,
    NOBODY,
    PLAIN,
    SAME,
    STOPPED,
    SURE,
    TITLE_OF_HARM,
    TITLED,
    TURNED,
    VAGUE,
    WATCHED,
)
from leukonlp.studies.nearby import Rows, near
from leukonlp.studies.reading import Part, Reading, Sentence

_SURE, _VAGUE = Rows(SURE), Rows(VAGUE)
TRIGGERS = (_SURE.words, _VAGUE.words, *(triggers for _, triggers, _ in (*SURE, *VAGUE)))
_APART: tuple[Part, ...] = ("title", "background", "objective", "methods", "conclusions")


def adverse_events(reading: Reading, *, treated: bool) -> tuple[Fact, ...]:
    """Return each kind of harm once, in order of its first mention; nothing for a study that treats nobody.

    ``value`` is the name of the harm, the quote its words and those of its number. ``count`` and
    ``total`` are the people it happened to and those of whom they are, where stated; ``low`` is a
    stated percentage (``unit`` is ``%``). Figures of several groups give none.
    """
    if not treated:
        return ()
    found: dict[str, Fact] = {}
    for rows, vague in ((_SURE, False), (_VAGUE, True)):
        for name, triggers, pattern in rows.present(reading):
            fact = _harm(reading, name, triggers, pattern, vague=vague)
            if fact is not None:
                found[name] = fact
    return tuple(sorted(found.values(), key=lambda fact: fact.quote.start))


def _harm(
    reading: Reading, name: str, triggers: tuple[str, ...], pattern: re.Pattern[str], *, vague: bool
) -> Fact | None:
    """The first mention that counts people, else the first that is not denied."""
    first: Fact | None = None
    if name not in TITLED and _treated_for(reading, SAME.get(name, pattern), pattern):
        return None
    for match, sentence in near(reading, pattern, triggers, left=60, right=60, apart=_APART):
        if not _suffered(reading, match, sentence):
            continue
        if vague and name not in PLAIN and _apart_from_harm(reading, match, sentence):
            continue
        fact = harm_counts.counted(reading, name, match, sentence)
        if name in BLOOD_CANCERS and fact.count is None and not _new(reading, match, sentence):
            continue
        if fact.count is not None or fact.low is not None:
            return fact
        first = first or fact
    return first


def _suffered(reading: Reading, match: re.Match[str], sentence: Sentence) -> bool:
    plain = reading.plain
    before = plain[max(sentence.start, match.start() - 80) : match.start()]
    after = plain[match.end() : min(sentence.end, match.end() + 60)]
    each = "respectively" in after  # of drug and placebo, whichever stands nearer
    return not (
        NOBODY.match(match[0])
        or (DENIED.search(TURNED.sub("", before, count=1)) and not STOPPED.search(before))
        or DENIED_AFTER.match(after)
        or (BACKDROP.search(before) and not each)
        or CONTROL_AFTER.match(after)
        or WATCHED.search(plain, max(sentence.start, match.start() - 250), match.start())
    )


def _apart_from_harm(reading: Reading, match: re.Match[str], sentence: Sentence) -> bool:
    """True when the sentence does not speak of harm."""
    start, end = max(sentence.start, match.start() - 300), min(sentence.end, match.end() + 300)
    return HARM.search(reading.plain, start, end) is None


def _new(reading: Reading, match: re.Match[str], sentence: Sentence) -> bool:
    """True when words beside it say that it came after treatment, as people also come with it."""
    start, end = max(sentence.start, match.start() - 50), min(sentence.end, match.end() + 40)
    return NEW.search(reading.plain, start, end) is not None


def _treated_for(reading: Reading, *patterns: re.Pattern[str]) -> bool:
    """True when the title names it, and not as a harm: it is the condition that people have."""
    title = reading.plain[: reading.title_end]
    return any(p.search(title) for p in patterns) and TITLE_OF_HARM.search(title) is None
