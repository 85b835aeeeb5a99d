"""The second sieve: tells which hits of literals in a record count, by what stands around and beside them.

What is told here is never less than ``judge`` finds in the words: a record that is let go holds no name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from leukonlp.lexicon import load_lexicon
from leukonlp.lexicon.misprints import Misprints
from leukonlp.lexicon.normalize import Speller
from leukonlp.sources.screening.anchors import GAPS, Anchor, anchors
from leukonlp.sources.screening.judge import Judge, load_judge
from leukonlp.sources.screening.literals import NUMBER, SHIFT, Literals
from leukonlp.sources.screening.names import CONTEXT, Wanted, load_wanted
from leukonlp.sources.screening.odd import (
    FORMULAS,
    INLINE,
    REFERENCE,
    around,
    chunk,
    inside_word,
    leads,
    looked_at,
    near,
    plain,
    readings,
)

_REMEMBERED = 100_000
_MANY = 16
"""Literals from which on they are looked for all at once."""
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
            Anchor(b"4%sH" % gap, exact=True, alone=True, strong=False, weak=True) for gap in GAPS
        ]
        self._found = Literals([(a.literal, not a.exact) for a in self._anchors])
        odd = [*((ui.encode(), False) for ui in sorted(wanted.headings)), *((f, False) for f in FORMULAS)]
        self._tags = len(self._anchors) + len(odd)
        odd += [(literal, False) for literal in (*INLINE, *leads(), REFERENCE)]
        self.literals = [*((a.literal, not a.exact) for a in self._anchors), *odd]
        """What to look for, each with whether its case may differ: anchors, what is enough, what is odd."""
        context = [(word.encode(), True) for word in CONTEXT]
        context += [(word.encode(), False) for word in sorted(wanted.short)]
        beside = sorted({literal for anchor in self._anchors for literal in anchor.beside})
        self._context = frozenset(range(len(context)))
        number = {literal: n for n, literal in enumerate(beside, start=len(context))}
        self._beside = [frozenset(number[literal] for literal in a.beside) for a in self._anchors]
        self._others = Literals([*context, *((literal, True) for literal in beside)], once=True)
        self._gene_anchors = anchors(
            [(key, name, True) for key, name in wanted.weak], words=printed, misprinted=wanted.words
        )
        self._genes = Literals([(a.literal, not a.exact) for a in self._gene_anchors])
        self._known: dict[bytes, frozenset[str]] = {}
        self._read: dict[bytes, tuple[frozenset[int], frozenset[int]]] = {}

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
                standing += [(place, anchor) for anchor in self._reading(piece)[0]]
        return bool(standing) and self._weigh(data[start:end], start, standing, chunks)

    def _weigh(
        self, record: bytes, start: int, standing: Sequence[tuple[int, int]], chunks: set[bytes]
    ) -> bool:
        odd = frozenset[int]().union(*(self._reading(piece)[1] for piece in chunks))
        weak: list[int] = []
        seen: set[str] = set()
        for place, number in standing:
            if self._anchors[number].weak:
                weak.append(place - start)
            if self._anchors[number].strong and self._accompanied(number, record, place - start, odd):
                words = around(record, place - start)
                if words not in seen and self._judge.is_strong(words):
                    return True
                seen.add(words)  # both halves of a word are hits
        if not any(self._judge.is_clue(around(record, place)) for place in weak):
            return False
        text = looked_at(record)
        genes = bool(chunks) or any(True for _ in self._in_text(self._genes, self._gene_anchors, text))
        context = not self._context.isdisjoint(odd | self._present(text))
        return genes and context and self._judge.is_weak(plain(text))

    def _accompanied(self, number: int, record: bytes, place: int, odd: frozenset[int]) -> bool:
        """Tell whether what an anchor needs beside it is there."""
        beside = self._beside[number]
        if not beside or not beside.isdisjoint(odd):
            return True
        part = near(record, place)
        if len(beside) > _MANY:
            return not beside.isdisjoint(self._present(part))
        low = part.lower()
        return any(literal in low for literal in self._anchors[number].beside)

    def _present(self, text: bytes) -> frozenset[int]:
        """Return what stands in a text of all that may have to stand beside an anchor."""
        return frozenset(hit & NUMBER for hit in self._others.hits(text))

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

    def _reading(self, piece: bytes) -> tuple[frozenset[int], frozenset[int]]:
        """Return the anchors that an odd word is read as, and what it may be beside them."""
        known = self._read.get(piece)
        if known is None:
            if len(self._read) > _REMEMBERED:
                self._read.clear()
            texts = [b" %s " % reading for reading in readings(piece)]
            found = frozenset(
                number for text in texts for number in self._in_text(self._found, self._anchors, text)
            )
            others = frozenset[int]().union(*map(self._present, texts))
            known = self._read[piece] = found, others
        return known

    def _in_text(self, literals: Literals, anchors: Sequence[Anchor], text: bytes) -> Iterator[int]:
        for hit in literals.hits(text):
            if self._stands(anchors[hit & NUMBER], text, hit >> SHIFT):
                yield hit & NUMBER


def _joined(data: bytes, at: int) -> bool:
    """Tell whether letters, or figures, go on over a place: a letter and a figure are two words."""
    pair = data[at - 1], data[at]
    return all(c in _LETTERS for c in pair) or all(c in _FIGURES for c in pair)


@lru_cache(maxsize=1)
def load_sift() -> Sift:
    """Return the sift of the packaged lexicon, made once for each process."""
    return Sift(load_wanted(), load_judge(), load_lexicon().speller)
