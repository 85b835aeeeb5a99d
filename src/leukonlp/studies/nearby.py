"""Patterns tried only around the strings that they must hold, and rows of patterns found by such strings.

A pattern that may begin at any word costs a hundred times its trigger; a window around the trigger is a
tenth of a sentence. Owns no fact and no word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from leukonlp.studies.reading import Part, Reading, Sentence
from leukonlp.studies.triggers import Group, Place

Row: TypeAlias = tuple[str, Group, re.Pattern[str]]
"""What a pattern stands for, the strings of which it holds one, and the pattern."""


_WORD = re.compile(r"\b\w")


def near(
    reading: Reading,
    pattern: re.Pattern[str],
    triggers: Group,
    *,
    left: int,
    right: int,
    apart: tuple[Part, ...],
    starts: re.Pattern[str] = _WORD,
    needs: Group = (),
) -> Iterator[tuple[re.Match[str], Sentence]]:
    """Return the matches that hold a trigger, with their sentence, except in the parts ``apart``, in order.

    Args:
        reading: the record.
        pattern: what to match; it begins with a word, at most ``left`` characters before the trigger.
        triggers: strings of which a match holds at least the end of one.
        left: how far before a trigger a match may begin, in characters, within its sentence.
        right: how far after it a match may end.
        apart: parts of the paper that are not read.
        starts: where a match may begin: by default at each word.
        needs: strings of which one must stand in the window.
    """
    places = reading.places(triggers)
    if not places:  # mostly: then no generator is made
        return iter(())
    return _near(reading, pattern, sorted(places), left, right, apart, starts, needs)


def _near(
    reading: Reading,
    pattern: re.Pattern[str],
    places: Iterable[Place],
    left: int,
    right: int,
    apart: tuple[Part, ...],
    starts: re.Pattern[str],
    needs: Group,
) -> Iterator[tuple[re.Match[str], Sentence]]:
    done, plain = -1, reading.plain
    for at, stop in places:
        if at < done:
            continue
        sentence = reading.sentence_at(at)
        if sentence.part in apart:
            continue
        begin, end = max(sentence.start, at - left, done), min(sentence.end, stop + right)
        if needs and not any(plain.find(need, at, end) >= 0 for need in needs):
            continue
        for start in starts.finditer(plain, begin, stop):
            match = pattern.match(plain, start.start(), end)
            if match is not None and match.end() > at:
                done = match.end()
                yield match, sentence
                break


class Rows:
    """Rows of patterns, of which only those are tried whose strings stand in a text."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = tuple(rows)
        self.words: Group = tuple(sorted({word for _, triggers, _ in self._rows for word in triggers}))
        self._of = {
            word: tuple(place for place, row in enumerate(self._rows) if word in row[1])
            for word in self.words
        }

    def present(self, reading: Reading) -> list[Row]:
        """Return the rows with a string in the text, in their own order."""
        found = {reading.plain[at:stop] for at, stop in reading.places(self.words)}
        return [self._rows[place] for place in sorted({p for word in found for p in self._of[word]})]
