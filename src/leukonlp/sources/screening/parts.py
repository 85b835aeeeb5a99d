"""Parts of names, whole words or halves, to find the names by; how a part is printed, and what it costs.

Where a word may be misprinted, the pipeline still reads the name: then one of two words, or of two halves of
one, is as it should be.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from leukonlp.sources.screening.costs import cost, cost_again, hits
from leukonlp.sources.screening.stems import halves, is_greek, stems

BOUND = 6
"""Letters below which a word must stand alone: ``ald`` is in many others. Longer ones may end otherwise."""
GAPS = (
    b"",
    b" ",
    b"-",
    b" - ",
    b"\n",
    b"  ",
    b"\xc2\xa0",
    b"\xc2\xad",
    b"\xe2\x80\x90",
    b"\xe2\x80\x91",
    b"\xe2\x80\x92",
    b"\xe2\x80\x93",
    b"\xe2\x80\x94",
    b" \xe2\x80\x93 ",
    b"\xe2\x80\xaf",
    b"\xe2\x88\x92",
)
"""What stands between figures and letters (``4H``, ``18q``), or tiny words (``eli-cel``), to find them by."""
PAIR = re.compile(r"\b(?:\d+ [a-z]{1,2}|[a-z]{2,4} \d+)\b")
"""Figures and letters in a key that are looked for together."""
COMMON = 200
"""Records in 10,000 from which on words of three letters are looked for with what is next to them."""
_ENOUGH = 3
"""Words of a name that are looked for beside an anchor."""


class Part(NamedTuple):
    """A word of a name, a part of it, or a pair of :data:`PAIR`."""

    letters: str
    word: str
    """The word that it is of, by its key."""
    half: bool = False
    base: str = ""
    """The word that it is half of, where another is written as one with it."""


class Taken:
    """Chooses the parts of names to look for, such as were chosen before if they will do."""

    def __init__(self, words: Container[str], misprinted: Container[str]) -> None:
        self._words = words
        self._misprinted = misprinted
        self._taken: set[tuple[str, bool]] = set()

    def parts(self, key: str, *, repaired: bool) -> list[Part]:
        """Return the parts that cost least of which one stands in every printed form of a name."""
        words = list(dict.fromkeys(self.words(key)))
        ways = [[Part(pair[0], pair[0])] for pair in PAIR.finditer(key)]
        ways += [way for word, whole in words for way in self._ways(word, whole, repaired)]
        if repaired:
            ways += [[Part(*a), Part(*b)] for a, b in combinations(words, 2) if a[1] != b[1]]
        best = min(ways, key=lambda way: (sum(map(self._cost, way)), way), default=[])
        self._taken.update((part.letters, part.half) for part in best)
        return best

    def words(self, key: str) -> Iterator[tuple[str, str]]:
        """Yield the words that can be anchors, twice; of two that are written as one, each with both."""
        for word in words_of(key):
            yield word, word
            if word not in self._words:
                yield from ((part, word) for part in next(self._cuts(word), ()))

    def _cuts(self, word: str) -> Iterator[tuple[str, ...]]:
        """Yield the words of other names that a word falls into, of those that are long enough to be seen."""
        for at in range(2, len(word) - 1):
            parts = word[:at], word[at:]
            if all(part in self._words for part in parts) and max(map(len, parts)) >= BOUND:
                yield tuple(part for part in parts if len(part) >= BOUND)

    def _ways(self, word: str, whole: str, repaired: bool) -> Iterator[list[Part]]:
        cut = halves(word) if word in self._misprinted else ()
        if not (repaired and cut and word == whole):
            yield [Part(word, whole)]
            yield from ([Part(half, whole, True, word)] for both in cut for half in both)
        else:
            yield from ([Part(half, whole, True, word) for half in both] for both in cut)

    def _cost(self, part: Part) -> int:
        if " " in part.letters:
            return COMMON
        return (cost_again if (part.letters, part.half) in self._taken else cost)(part.letters)


def words_of(key: str) -> list[str]:
    """Return the words of a key that are of letters, and of more than one."""
    return [w for w in key.split(" ") if len(w) > 1 and w.isascii() and w.isalpha() and not is_greek(w)]


def needed(key: str, *, figures: bool) -> frozenset[str]:
    """Return the rarest words of a name, all of which it holds; with a single one, ``figures`` too."""
    words = set(words_of(key))
    pair = PAIR.search(key) if figures and len(words) == 1 else None
    return frozenset([*sorted(words, key=lambda w: (cost(w), w))[:_ENOUGH], *([pair[0]] if pair else [])])


@lru_cache(maxsize=2**14)
def _halves_shown(word: str) -> tuple[bytes, ...]:
    both = min(halves(word), key=lambda both: sum(hits(stem) for half in both for stem in stems(half)))
    return tuple(stem for half in both for stem in stems(half))


def shown_by(word: str, misprinted: Container[str]) -> tuple[bytes, ...]:
    """Return lower-case literals of which one stands in each printed form of what is needed."""
    if " " in word:
        return gapped(word)
    return _halves_shown(word) if word in misprinted and halves(word) else stems(word)


def gapped(pair: str) -> tuple[bytes, ...]:
    """Return the ways to print two short words, or a figure and a letter, that stand next to each other."""
    first, second = pair.encode().split(b" ")
    return tuple(first + gap + second for gap in GAPS)
