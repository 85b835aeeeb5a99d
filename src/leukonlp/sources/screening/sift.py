"""The second sieve: tells which hits of literals in a record count, by what stands around and beside them.

What is told here is never less than ``judge`` finds in the words: a record that is let go holds no name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from leukonlp.lexicon import load_lexicon
from leukonlp.lexicon.misprints import Misprints
from leukonlp.lexicon.normalize import Speller
from leukonlp.sources.screening.anchors import anchors
from leukonlp.sources.screening.beside import FIELD, Beside
from leukonlp.sources.screening.judge import Judge, load_judge
from leukonlp.sources.screening.names import Wanted, load_wanted
from leukonlp.sources.screening.odd import (
    DELETE,
    FORMULAS,
    INLINE,
    REFERENCE,
    around,
    beside_word,
    chunk,
    inside_word,
    looked_at,
    plain,
    readings,
    stretch,
)
from leukonlp.sources.screening.standing import Standing

_REMEMBERED = 100_000
_ODD = (*INLINE, b"", b"")
"""The tags of what is odd; none for controls, references and letters."""
_TINY = 5
"""Letters up to which an odd word may need its neighbour to be a name, with marks around it."""


class _Reading(NamedTuple):
    """How an odd word, or a few of them, may be read."""

    anchors: frozenset[int]
    words: frozenset[str]
    """What stands beside anchors."""
    gene: bool
    """A gene may be found by it."""
    tiny: bool
    """It may need the words next to it to be a name."""


class Sift:
    """Tells whether hits in a record make it a suspect."""

    def __init__(self, wanted: Wanted, judge: Judge, speller: Speller) -> None:
        self._judge = judge
        names = [*((k, n, False) for k, n in wanted.strong), *((k, n, True) for k, n in wanted.clues)]
        everyone = [name for _, name, _ in names] + [name for _, name in wanted.weak]
        printed = {word for name in everyone for word in speller.key(name.surface).split(" ")}
        misprints = Misprints(wanted.words)
        self._anchors = anchors(names, words=printed, misprinted=wanted.words)
        self._standing = Standing(self._anchors, misprints, speller.key)
        self._beside = Beside(self._anchors, wanted)
        self._gene_anchors = anchors(
            [(key, name, True) for key, name in wanted.weak], words=printed, misprinted=wanted.words
        )
        self._genes = Standing(self._gene_anchors, misprints, speller.key)
        parted = [a.literal.lower().split(b"-") for a in self._anchors if b"-" in a.literal]
        self._tiny = frozenset(word.strip() for words in parted for word in words)
        """Words of names that are found by two of them and what parts these."""
        named = [*self._standing.literals, *((ui.encode(), False) for ui in sorted(wanted.headings))]
        self._odd_from = len(named) + len(FORMULAS)
        self._anchors_to = len(self._standing.literals)
        self.literals = [*named, *((odd, False) for odd in (*FORMULAS, *INLINE, DELETE, REFERENCE))]
        """What to look for, each with whether its case may differ: of anchors, what is enough, what is odd.

        The number of the last stands for letters that are not ASCII, too.
        """
        self._read: dict[bytes, _Reading] = {}

    def counts(self, data: bytes, start: int, end: int, hits: Sequence[tuple[int, int]]) -> bool:
        """Tell whether the record ``data[start:end]`` may hold a name.

        Args:
            data: the bytes around it too.
            start: where the record begins.
            end: where it ends.
            hits: where literals end, and which of :attr:`literals` they are; authors left out.
        """
        standing: list[tuple[int, int]] = []
        odd: set[_Reading] = set()
        for place, number in hits:
            if number < self._anchors_to:
                for anchor in self._standing.at(number, data, place):
                    standing.append((place, anchor))
            elif number < self._odd_from:
                return True
            else:
                for reading in self._odd(data, start, end, place, number):
                    odd.add(reading)
                    standing += [(place, anchor) for anchor in reading.anchors]
        if not standing:
            return False
        words = frozenset[str]().union(*(reading.words for reading in odd))
        named = [hit for hit in standing if self._beside.is_there(data, start, end, *hit, words)]
        if not named or (strong := self._weigh(data[start:end], start, named)) is None:
            return False
        return strong or self._is_weak(data[start:end], words, whole=any(reading.gene for reading in odd))

    def _odd(self, data: bytes, start: int, end: int, place: int, number: int) -> Iterator[_Reading]:
        """Yield how an odd place is read, if a word may be there that does not look like itself."""
        tag = _ODD[number - self._odd_from]
        if not tag or inside_word(data, place - len(tag), place):
            reading = self._reading(chunk(data, start, place - 1, end))
            yield reading
            beside = reading.tiny
        else:
            beside = beside_word(data, place - len(tag), place, self._tiny)
        if beside:
            yield self._reading(stretch(data, start, place - 1, end))

    def _weigh(self, record: bytes, start: int, named: Sequence[tuple[int, int]]) -> bool | None:
        """Return whether a name is there that is enough; None where not even one is that takes more."""
        weak = False
        seen: set[tuple[str, bool]] = set()
        for place, number in named:
            anchor = self._anchors[number]
            words = around(record, place - start, anchor.size + 1)
            if anchor.strong and (words, True) not in seen and self._judge.is_strong(words):
                return True
            weak = weak or (anchor.weak and self._judge.is_clue(words))
            seen.add((words, anchor.strong))  # both halves of a word are hits
        return False if weak else None

    def _is_weak(self, record: bytes, words: frozenset[str], *, whole: bool) -> bool:
        """Tell whether a gene or hint is there, at an anchor of one or in the whole, and a context."""
        text = looked_at(record)
        if not (FIELD in words or self._beside.is_of_the_field(text)):
            return False
        if whole:
            return self._judge.is_gene(plain(text))
        hits = self._genes.in_text(text)
        places = {(place, self._gene_anchors[number].size + 1) for number, place in hits}
        return any(self._judge.is_gene(around(text, *place)) for place in places)

    def _reading(self, piece: bytes) -> _Reading:
        known = self._read.get(piece)
        if known is None:
            if len(self._read) > _REMEMBERED:
                self._read.clear()
            texts = [b" %s " % reading for reading in readings(piece)]
            known = self._read[piece] = _Reading(
                frozenset(number for text in texts for number, _ in self._standing.in_text(text)),
                frozenset[str]().union(*map(self._beside.words, texts)),
                any(any(self._genes.in_text(text)) for text in texts),
                len(plain(piece)) <= _TINY,
            )
        return known


@lru_cache(maxsize=1)
def load_sift() -> Sift:
    """Return the sift of the packaged lexicon, made once for each process."""
    return Sift(load_wanted(), load_judge(), load_lexicon().speller)
