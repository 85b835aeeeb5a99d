"""What is learned of the words around mentions of treatments, looked up for all mentions of a batch at once.

The names of what is around a mention (``l2:received boys``) are what is learned and kept. To look up dozens
for each mention, words are numbered, and a feature is the number that those of its words make.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, repeat
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from leukonlp.studies.context import EDGE, NEAREST, WINDOW, Context
from leukonlp.studies.labels import MODALITIES
from leukonlp.studies.wording import ENDS

_Numbers: TypeAlias = NDArray[np.int64]
_UNKNOWN, _END = 0, -1
_MOST = np.iinfo(np.int64).max
"""More than any code: a search ends before it."""
_OF_A_SIDE = ("", "1", "2", *(f":{modality}" for modality in MODALITIES))
_FAMILIES = [f"{side}{family}" for side in "lr" for family in _OF_A_SIDE]
"""What names begin with: of each word around, the nearest, the two nearest, the three nearest."""
_BREAK = (".",)
_PLACE: dict[str, int] = {label: i for i, label in enumerate(MODALITIES)}


class Surroundings:
    """The columns of what is learned of mentions.

    Args:
        columns: of each feature that was learned.
    """

    def __init__(self, columns: Mapping[str, int]) -> None:
        families = {family: number for number, family in enumerate(_FAMILIES)}
        kinds, firsts, seconds, found = list[int](), list[str](), list[str](), list[int]()
        for name, column in columns.items():  # flat lists: a tuple for each would keep the collector busy
            family, _, own = name.rpartition(":")
            if family in families:
                first, _, second = own.partition(" ")
                kinds.append(families[family])
                firsts.append(first)
                seconds.append(second)
                found.append(column)
        words = dict.fromkeys([EDGE, *firsts, *filter(None, seconds)])
        self._numbers = {word: number for number, word in enumerate(words, 1)}
        self._base = len(words) + 1
        codes = self._code(np.array(kinds, np.int64), self._of([firsts]), self._of([seconds]))
        order = np.argsort(codes)
        self._codes = np.append(codes[order], _MOST)
        self._found = np.append(np.array(found, np.int64)[order], -1)
        self._numbers |= dict.fromkeys(ENDS, _END)
        self._columns = columns

    def columns(self, mentions: Sequence[Context]) -> tuple[_Numbers, _Numbers]:
        """Return, for each feature that was learned, the number of its mention and its column."""
        owners, sought = self._sought(mentions)
        row = np.searchsorted(self._codes, sought)
        hit = self._codes[row] == sought
        last = len(self._columns) + 1
        owners, found = np.divmod(np.unique(owners[hit] * last + self._found[row[hit]]), last)
        names = chain.from_iterable(mention.standing for mention in mentions)
        counts = [len(mention.standing) for mention in mentions]
        own = np.fromiter(map(self._columns.get, names, repeat(-1)), np.int64, sum(counts))
        holders = np.repeat(np.arange(len(mentions)), counts)
        return np.concatenate([owners, holders[own >= 0]]), np.concatenate([found, own[own >= 0]])

    def _sought(self, mentions: Sequence[Context]) -> tuple[_Numbers, _Numbers]:
        """Return the code of each feature of the words around a mention, and whose it is."""
        numbers, at = self._numbered(mentions)
        kinds = np.array([_PLACE[mention.modality] for mention in mentions], np.int64)
        every = np.arange(len(mentions))
        sentence = np.cumsum(numbers == _END)
        owners, sought = [], []
        for side, step in enumerate((-1, 1)):
            places = np.clip(at[:, None] + step * np.arange(1, WINDOW + 2), 0, len(numbers) - 1)
            inner = (numbers[places] != _END) & (sentence[places] == sentence[at][:, None])
            inner[:, WINDOW] = False
            words = np.where(inner, numbers[places], _UNKNOWN)
            words[every, inner.sum(axis=1)] = self._numbers[EDGE]
            codes = self._codes_of(len(_OF_A_SIDE) * side, kinds, words)
            known = np.hstack([words, words[:, :1], words[:, :1], words[:, :NEAREST]]) != _UNKNOWN
            owners.append(np.nonzero(known)[0])
            sought.append(codes[known])
        return np.concatenate(owners), np.concatenate(sought)

    def _codes_of(self, own: int, kinds: _Numbers, words: _Numbers) -> _Numbers:
        """Return the codes of one side, in the order of the families of a side, which begin at ``own``."""
        codes = (
            self._code(own, words),
            self._code(own + 1, words[:, :1]),
            self._code(own + 2, words[:, :1], words[:, 1:2]),
            self._code(own + 3 + kinds[:, None], words[:, :NEAREST]),
        )
        return np.hstack(codes)

    def _numbered(self, mentions: Sequence[Context]) -> tuple[_Numbers, _Numbers]:
        """Return the numbers of all words, an end before and after each text, and where the mentions are."""
        texts = {id(mention.words): mention.words for mention in mentions}
        lengths = [len(words) + 1 for words in texts.values()]
        begins = dict(zip(texts, accumulate(lengths, initial=1), strict=False))
        numbers = self._of([*chain.from_iterable((_BREAK, words) for words in texts.values()), _BREAK])
        return numbers, np.array([begins[id(mention.words)] + mention.at for mention in mentions], np.int64)

    def _of(self, texts: Sequence[Sequence[str]]) -> _Numbers:
        """Return the numbers of the words of texts, one after the other."""
        every = map(self._numbers.get, chain.from_iterable(texts), repeat(_UNKNOWN))
        return np.fromiter(every, np.int64, sum(map(len, texts)))

    def _code(self, family: Any, first: Any, second: Any = _UNKNOWN) -> Any:
        """Return the number of a feature: its family and its words as the digits of one number."""
        return (family * self._base + first) * self._base + second
