"""What a text defines as short for something is of that thing's kind, wherever it stands.

Definitions ``long form (SF)`` are read by Schwartz and Hearst's algorithm (Pac Symp Biocomput 2003:451-62),
here on characters, so that no tokens are needed. Three things follow from one:

1. where the long form ends in an entity, the short form is of its type in every place;
2. and it is one in the places where nothing was found;
3. where nothing ends with the long form, the short form is no disease and no chemical ("heteroduplex (HD)").
   Genes stay: annotators mark short forms of families and complexes whose long form they leave out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from leukonlp.pipeline.recogniser.decoding import Entity

_BRACKET = re.compile(r"\(\s?([A-Za-z0-9][\w'’./+-]{1,14})(?=\s?[);,])")
_REACH = 100
"""Characters before a bracket in which a long form begins."""


class Definition(NamedTuple):
    """A short form with the place of its bracket's content, and the place of the long form before it."""

    short: str
    start: int
    end: int
    long_start: int
    long_end: int


def consistent(text: str, found: Sequence[Entity], *, dropped: Collection[str]) -> list[Entity]:
    """Return ``found`` with the short forms that the text defines brought into line, in order.

    Args:
        text: the text.
        found: entities in order, without overlap.
        dropped: types that a short form loses when its long form is no entity.
    """
    first: dict[str, Definition] = {}
    for definition in definitions(text):
        first.setdefault(definition.short, definition)
    ends = {e.end: e for e in found}
    places = {e.start: e for e in found}
    starts = [e.start for e in found]
    for definition in sorted(first.values(), key=lambda d: -len(d.short)):  # "SG" is part of "L-SG"
        long = ends.get(definition.long_end)
        if long is None and _inside(definition, starts, places):
            continue
        for start, end in _places(text, definition.short):
            here = places.get(start)
            if here is not None and here.end == end:
                if long is not None:
                    places[start] = long._replace(start=start, end=end)
                elif here.label in dropped:
                    del places[start], starts[bisect_left(starts, start)]
            elif long is not None and _is_free(start, end, starts, places):
                places[start] = long._replace(start=start, end=end)
                insort(starts, start)
    return [places[start] for start in starts]


def definitions(text: str) -> Iterator[Definition]:
    """Yield every ``long form (SF)`` of a text in order."""
    for bracket in _BRACKET.finditer(text):
        short, end = bracket[1], bracket.start() - 1
        if short.isdigit() or short.islower() or not text[end : end + 1].isspace():
            continue
        before = text[max(0, end - _REACH) : end]
        phrase = " ".join(before.split(" ")[-min(len(short) + 5, 2 * len(short)) :])
        start = _long_start(text, end - len(phrase), end, short)
        if start is not None and end - start > len(short) and _is_phrase(text[start:end]):
            yield Definition(short, *bracket.span(1), start, end)


def _long_start(text: str, begin: int, end: int, short: str) -> int | None:
    """Return where the long form begins: letters are sought from the last on, the first at a word's start."""
    low, at = text[begin:end].lower(), end - begin
    letters = [c for c in short.lower() if c.isalnum()]
    for left, letter in zip(range(len(letters) - 1, -1, -1), reversed(letters), strict=True):
        at = low.rfind(letter, 0, at)
        while not left and at > 0 and low[at - 1].isalnum():
            at = low.rfind(letter, 0, at)
        if at < 0:
            return None
    return begin + at


def _is_phrase(long: str) -> bool:
    return long.count("(") == long.count(")") and "]" not in long and "\n" not in long and ". " not in long


def _inside(definition: Definition, starts: Sequence[int], places: Mapping[int, Entity]) -> bool:
    """Return True when one entity holds the end of the long form and the bracket: "von X (VX) disease"."""
    at = bisect_left(starts, definition.long_end) - 1
    return at >= 0 and places[starts[at]].end > definition.end


def _places(text: str, short: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of ``short`` wherever no letter or digit touches it."""
    start = text.find(short)
    while start >= 0:
        end = start + len(short)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield start, end
        start = text.find(short, end)


def _is_free(start: int, end: int, starts: Sequence[int], places: Mapping[int, Entity]) -> bool:
    at = bisect_left(starts, end) - 1
    return at < 0 or places[starts[at]].end <= start
