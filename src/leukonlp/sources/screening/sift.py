"""The second sieve: tells which hits of literals in a record count, by what stands around and beside them.

What is told here is never less than ``judge`` finds in the words: a record that is let go holds no name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from leukonlp.lexicon import load_lexicon
from leukonlp.lexicon.misprints import Misprints
from leukonlp.lexicon.normalize import Speller
from leukonlp.sources.screening.anchors import Anchor, anchors
from leukonlp.sources.screening.beside import FIELD, Beside
from leukonlp.sources.screening.judge import Judge, load_judge
from leukonlp.sources.screening.literals import NUMBER, SHIFT, Literals
from leukonlp.sources.screening.names import Wanted, load_wanted
from leukonlp.sources.screening.odd import (
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
from leukonlp.sources.screening.parts import GAPS

_REMEMBERED = 100_000
_TINY = 5
"""Letters up to which an odd word may need its neighbour to be a name, with marks around it."""
_FIGURES = frozenset(b"0123456789")
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


class Sift:
    """Tells whether hits in a record make it a suspect."""

    def __init__(self, wanted: Wanted, judge: Judge, speller: Speller) -> None:
        self._judge = judge
        self._key = speller.key
        names = [*((k, n, False) for k, n in wanted.strong), *((k, n, True) for k, n in wanted.clues)]
        everyone = [name for _, name, _ in names] + [name for _, name in wanted.weak]
        printed = {word for name in everyone for word in self._key(name.surface).split(" ")}
        self._misprints = Misprints(wanted.words)
        self._anchors = anchors(names, words=printed, misprinted=wanted.words)
        self._anchors += [
            Anchor(
                b"4%sH" % gap, exact=True, alone=True, strong=False, weak=True, names=(frozenset(),), size=2
            )
            for gap in GAPS
        ]
        parted = [a.literal.lower().split(b"-") for a in self._anchors if b"-" in a.literal]
        self._tiny = frozenset(word.strip() for words in parted for word in words)
        """Words of names that are found by two of them and what parts these."""
        self._found = Literals([(a.literal, not a.exact) for a in self._anchors])
        odd = [*((ui.encode(), False) for ui in sorted(wanted.headings)), *((f, False) for f in FORMULAS)]
        self._tags = len(self._anchors) + len(odd)
        odd += [(literal, False) for literal in (*INLINE, REFERENCE)]
        self.literals = [*((a.literal, not a.exact) for a in self._anchors), *odd]
        """What to look for, each with whether its case may differ: anchors, what is enough, what is odd.

        The number of the last stands for letters that are not ASCII, too.
        """
        self._beside = Beside(self._anchors, wanted)
        self._gene_anchors = anchors(
            [(key, name, True) for key, name in wanted.weak], words=printed, misprinted=wanted.words
        )
        self._genes = Literals([(a.literal, not a.exact) for a in self._gene_anchors])
        self._known: dict[bytes, frozenset[str]] = {}
        self._read: dict[bytes, tuple[frozenset[int], frozenset[str]]] = {}

    def counts(self, data: bytes, start: int, end: int, hits: Sequence[tuple[int, int]]) -> bool:
        """Tell whether the record ``data[start:end]`` may hold a name.

        Args:
            data: the bytes around it too.
            start: where the record begins.
            end: where it ends.
            hits: where literals end, and which of :attr:`literals` they are; authors left out.
        """
        standing: list[tuple[int, int]] = []
        chunks: set[bytes] = set()
        for place, number in hits:
            if number < len(self._anchors):
                if self._stands(self._anchors[number], data, place):
                    standing.append((place, number))
            elif number < self._tags:
                return True
            elif number >= self._tags + len(INLINE) or inside_word(
                data, place - len(INLINE[number - self._tags]), place
            ):
                piece = chunk(data, start, place - 1, end)
                chunks.add(piece)
                tiny = len(plain(piece)) <= _TINY
                pieces = [piece, stretch(data, start, place - 1, end)] if tiny else [piece]
                standing += [(place, anchor) for part in pieces for anchor in self._reading(part)[0]]
            elif beside_word(data, place - len(INLINE[number - self._tags]), place, self._tiny):
                piece = stretch(data, start, place - 1, end)
                standing += [(place, anchor) for anchor in self._reading(piece)[0]]
        if not standing:
            return False
        odd = frozenset[str]().union(*(self._reading(piece)[1] for piece in chunks))
        named = [hit for hit in standing if self._beside.is_there(data, start, end, *hit, odd)]
        return bool(named) and self._weigh(data[start:end], start, named, chunks)

    def _weigh(self, record: bytes, start: int, named: Sequence[tuple[int, int]], chunks: set[bytes]) -> bool:
        weak = False
        seen: set[tuple[str, bool]] = set()
        for place, number in named:
            anchor = self._anchors[number]
            words = around(record, place - start, anchor.size + 1)
            if anchor.strong and (words, True) not in seen and self._judge.is_strong(words):
                return True
            weak = weak or (anchor.weak and self._judge.is_clue(words))
            seen.add((words, anchor.strong))  # both halves of a word are hits
        if not weak:
            return False
        text = looked_at(record)
        odd = frozenset[str]().union(*(self._reading(piece)[1] for piece in chunks))
        return FIELD in odd | self._beside.words(text) and self._names_gene(text, whole=bool(chunks))

    def _names_gene(self, text: bytes, *, whole: bool) -> bool:
        """Tell whether a gene or hint is there, which may be in the whole or at an anchor of one alone."""
        if whole:
            return self._judge.is_gene(plain(text))
        hits = self._in_text(self._genes, self._gene_anchors, text)
        places = {(place, self._gene_anchors[number].size + 1) for number, place in hits}
        return any(self._judge.is_gene(around(text, *place)) for place in places)

    def _stands(self, anchor: Anchor, data: bytes, end: int) -> bool:
        """Tell whether the letters around a literal let it count."""
        if not (anchor.alone or anchor.half):
            return True
        start = end - len(anchor.literal)
        if anchor.alone:
            if data[end : end + 1] in (b"s", b"S"):
                end += 1
            return not (_joined(data, start) or _joined(data, end))
        while data[start - 1] in _LETTERS:
            start -= 1
        while data[end] in _LETTERS:
            end += 1
        return not self._meant(data[start:end]).isdisjoint(anchor.words)

    def _meant(self, word: bytes) -> frozenset[str]:
        """Return what a word may be: itself, and the words of names that it is one edit from."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            key = self._key(word.decode())
            known = self._known[word] = frozenset((key, *self._misprints.meant(key)))
        return known

    def _reading(self, piece: bytes) -> tuple[frozenset[int], frozenset[str]]:
        """Return the anchors that an odd word is read as, and what it may be beside them."""
        known = self._read.get(piece)
        if known is None:
            if len(self._read) > _REMEMBERED:
                self._read.clear()
            texts = [b" %s " % reading for reading in readings(piece)]
            found = frozenset(
                number for text in texts for number, _ in self._in_text(self._found, self._anchors, text)
            )
            others = frozenset[str]().union(*map(self._beside.words, texts))
            known = self._read[piece] = found, others
        return known

    def _in_text(
        self, literals: Literals, anchors: Sequence[Anchor], text: bytes
    ) -> Iterator[tuple[int, int]]:
        for hit in literals.hits(text):
            if self._stands(anchors[hit & NUMBER], text, hit >> SHIFT):
                yield hit & NUMBER, hit >> SHIFT


def _joined(data: bytes, at: int) -> bool:
    """Tell whether letters, or figures, go on over a place: a letter and a figure are two words."""
    pair = data[at - 1], data[at]
    return all(c in _LETTERS for c in pair) or all(c in _FIGURES for c in pair)


@lru_cache(maxsize=1)
def load_sift() -> Sift:
    """Return the sift of the packaged lexicon, made once for each process."""
    return Sift(load_wanted(), load_judge(), load_lexicon().speller)
