"""Words, pairs and threes of a study's texts, and the columns of those that were learned.

Their names (``a:effect of <biologic>``) are what is learned and kept. To look up hundreds for each study,
words are numbered, and an n-gram is the number that those of its words make. Owns no other feature.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from leukonlp.studies.wording import ENDS, Wording

Numbers = NDArray[np.int64]
_PLACES = ("t", "a")
_LENGTHS = (1, 2, 3)
_UNKNOWN, _END, _NONE = 0, -1, -1
_MOST = np.iinfo(np.int64).max
"""More than any code: a search ends before it."""


def starts(text: Numbers, kind: NDArray[np.bool_]) -> tuple[Numbers, ...]:
    """Return where words, pairs, and the threes that hold a kind begin; none reaches into another text.

    Args:
        text: of each word, which text it is of.
        kind: whether it is a kind, such as ``<disease>``.
    """
    threes = (text[2:] == text[:-2]) & (kind[2:] | kind[1:-1] | kind[:-2])
    return np.arange(len(text)), np.flatnonzero(text[1:] == text[:-1]), np.flatnonzero(threes)


def names(text: Wording) -> Iterator[str]:
    """Yield the names of the n-grams of a text."""
    words = [kind for kind in text.kinds if kind not in ENDS]
    kinds = np.array([word[0] == "<" for word in words], dtype=np.bool_)
    for length, places in zip(_LENGTHS, starts(np.zeros(len(words), np.int64), kinds), strict=True):
        for at in places.tolist():
            yield f"{text.place}:{' '.join(words[at : at + length])}"


class Grams:
    """The columns of n-grams.

    Args:
        columns: of each feature that was learned; those that are no n-grams are passed over.
    """

    def __init__(self, columns: Mapping[str, int]) -> None:
        parted = ((*name.partition(":")[::2], column) for name, column in columns.items())
        known = [(_PLACES.index(place), words, column) for place, words, column in parted if place in _PLACES]
        alike = [[row for row in known if row[1].count(" ") == length - 1] for length in _LENGTHS]
        words = [" ".join([row[1] for row in rows]).split() for rows in alike]
        numbers = {word: number for number, word in enumerate(dict.fromkeys(chain(*words)), 1)}
        self._base = len(numbers) + 1
        self._kinds = np.array([False, *(word[0] == "<" for word in numbers)])
        self._tables: list[tuple[Numbers, Numbers]] = []
        for length, rows, own in zip(_LENGTHS, alike, words, strict=True):
            place, found = (np.array([row[i] for row in rows], np.int64) for i in (0, 2))
            digits = np.array([*map(numbers.__getitem__, own)], np.int64).reshape(-1, length)
            codes = self._codes(place, *digits.T)
            order = np.argsort(codes)
            self._tables.append((np.append(codes[order], _MOST), np.append(found[order], _NONE)))
        # The codes of single words are few, and each can have its place in a table.
        self._words = np.full(len(_PLACES) * self._base, _NONE)
        self._words[self._tables[0][0][:-1]] = self._tables[0][1][:-1]
        self._numbers = numbers | dict.fromkeys(ENDS, _END)

    def columns(self, texts: Sequence[Wording]) -> tuple[Numbers, Numbers]:
        """Return, for each place with an n-gram that was learned, the number of its text and its column."""
        lengths = [len(text.kinds) for text in texts]
        every = map(self._numbers.get, chain.from_iterable(text.kinds for text in texts), repeat(_UNKNOWN))
        words = np.fromiter(every, np.int64, sum(lengths))
        inner = words != _END
        words, text = words[inner], np.repeat(np.arange(len(texts)), lengths)[inner]
        place = np.array([_PLACES.index(text.place) for text in texts], np.int64)[text]
        owners, found = [], []
        for length, (codes, columns), at in zip(
            _LENGTHS, self._tables, starts(text, self._kinds[words]), strict=True
        ):
            sought = self._codes(place[at], *(words[at + step] for step in range(length)))
            if length == 1:
                column = self._words[sought]
            else:
                row = np.searchsorted(codes, sought)
                column = np.where(codes[row] == sought, columns[row], _NONE)
            hit = column != _NONE
            owners.append(text[at[hit]])
            found.append(column[hit])
        return np.concatenate(owners), np.concatenate(found)

    def _codes(self, place: Numbers, *words: Numbers) -> Numbers:
        """Return the code of each n-gram: its place and its words as the digits of one number."""
        code = place
        for each in words:
            code = code * self._base + each
        return code
