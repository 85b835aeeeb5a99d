"""Mentions of treatments and what stands around them, by names and by numbers; judges none.

The names of what is around a mention (``l2:received boys``) are what is learned and kept. To look up dozens
for each mention, words are numbered, and what is around all mentions of a batch is one table of numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate, chain, repeat, takewhile
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from leukonlp.studies.labels import MODALITIES
from leukonlp.studies.wording import ENDS, Wording

_Numbers: TypeAlias = NDArray[np.int64]
_EDGE = "^"
_WINDOW = 8
_NEAREST = 3
_COUNTS = (1, 2, 3, 5, 8)
_UNKNOWN, _END = 0, -1
_MOST = np.iinfo(np.int64).max
"""More than any code: a search ends before it."""
_OF_A_SIDE = ("", "1", "2", *(f":{modality}" for modality in MODALITIES))
_FAMILIES = [f"{side}{family}" for side in "lr" for family in _OF_A_SIDE]
"""What names begin with: of each word around, the nearest, the two nearest, the three nearest."""
_BREAK = (".",)
_PLACE: dict[str, int] = {label: i for i, label in enumerate(MODALITIES)}


class Context(NamedTuple):
    """A mention of a treatment."""

    modality: str
    standing: list[str]
    """Names of what it is among the treatments of its text."""
    words: list[str]
    """The kinds of its text, see :class:`leukonlp.studies.wording.Wording`."""
    at: int
    """Its place among them."""

    @property
    def features(self) -> list[str]:
        """The names of all its features, each once."""
        before = _sentence(self.words[max(0, self.at - _WINDOW) : self.at][::-1])
        after = _sentence(self.words[self.at + 1 : self.at + 1 + _WINDOW])
        found = {*self.standing}
        for side, words in (("l", before), ("r", after)):
            found.update([f"{side}:{word}" for word in words])
            found.update([f"{side}:{self.modality}:{word}" for word in words[:_NEAREST]])
            found.update((f"{side}1:{words[0]}", f"{side}2:{' '.join(words[:2])}"))
        return list(found)


def contexts(texts: Sequence[Wording], design: str | None) -> list[Context]:
    """Return the mentions of treatments in a study.

    Args:
        texts: its wordings.
        design: the label of its design, as the rules found it.
    """
    pairs = [(text, one) for text in texts for one in text.named]
    names, kinds = Counter([one.name for _, one in pairs]), Counter([one.modality for _, one in pairs])
    titled = [one for text, one in pairs if text.place == "t"]
    title_names, title_kinds = {one.name for one in titled}, {one.modality for one in titled}

    @cache
    def standing(name: str, kind: str, setting: bool) -> list[str]:
        alike, count = name in title_names, names[name]
        return [
            f"k:{kind}",
            f"n:{name}",
            f"s:{setting}",
            f"title:{alike}",
            f"title:{alike}:{kind in title_kinds}:{bool(titled)}",
            f"kinds:{min(len(kinds), 5)}",
            f"share:{4 * kinds[kind] // len(pairs)}",
            f"alike:{4 * count // len(pairs)}",
            f"d:{design}",
            f"d:{design}:{kind}",
            *[f"count>{n}" for n in _COUNTS if count > n],
        ]

    return [
        Context(
            kind,
            [f"q:{text.place}{5 * at // len(text.kinds)}", *standing(name, kind, setting)],
            text.kinds,
            at,
        )
        for text, (at, kind, setting, name) in pairs
    ]


def _sentence(words: list[str]) -> list[str]:
    """Return the words to the end of the sentence, and a mark for it."""
    return [*takewhile(lambda word: word not in ENDS, words), _EDGE]


class Surroundings:
    """The columns of what is learned of mentions.

    Args:
        columns: of each feature that was learned.
    """

    def __init__(self, columns: Mapping[str, int]) -> None:
        families = {family: number for number, family in enumerate(_FAMILIES)}
        parted = ((*name.rpartition(":")[::2], column) for name, column in columns.items())
        known = [(families[kind], own.split(), column) for kind, own, column in parted if kind in families]
        words = dict.fromkeys([_EDGE, *chain.from_iterable(own for _, own, _ in known)])
        self._numbers = {word: number for number, word in enumerate(words, 1)}
        self._base = len(words) + 1
        codes = np.array([self._code(n, *map(self._numbers.get, own)) for n, own, _ in known], np.int64)
        order = np.argsort(codes)
        self._codes = np.append(codes[order], _MOST)
        self._found = np.append(np.array([column for *_, column in known], np.int64)[order], -1)
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
            places = np.clip(at[:, None] + step * np.arange(1, _WINDOW + 2), 0, len(numbers) - 1)
            inner = (numbers[places] != _END) & (sentence[places] == sentence[at][:, None])
            inner[:, _WINDOW] = False
            words = np.where(inner, numbers[places], _UNKNOWN)
            words[every, inner.sum(axis=1)] = self._numbers[_EDGE]
            codes = self._codes_of(len(_OF_A_SIDE) * side, kinds, words)
            known = np.hstack([words, words[:, :1], words[:, :1], words[:, :_NEAREST]]) != _UNKNOWN
            owners.append(np.nonzero(known)[0])
            sought.append(codes[known])
        return np.concatenate(owners), np.concatenate(sought)

    def _codes_of(self, own: int, kinds: _Numbers, words: _Numbers) -> _Numbers:
        """Return the codes of one side, in the order of the families of a side, which begin at ``own``."""
        codes = (
            self._code(own, words),
            self._code(own + 1, words[:, :1]),
            self._code(own + 2, words[:, :1], words[:, 1:2]),
            self._code(own + 3 + kinds[:, None], words[:, :_NEAREST]),
        )
        return np.hstack(codes)

    def _numbered(self, mentions: Sequence[Context]) -> tuple[_Numbers, _Numbers]:
        """Return the numbers of all words, an end before and after each text, and where the mentions are."""
        texts = {id(mention.words): mention.words for mention in mentions}
        lengths = [len(words) + 1 for words in texts.values()]
        begins = dict(zip(texts, accumulate(lengths, initial=1), strict=False))
        every = chain(*(chain(_BREAK, words) for words in texts.values()), _BREAK)
        numbers = np.fromiter(map(self._numbers.get, every, repeat(_UNKNOWN)), np.int64, sum(lengths) + 1)
        return numbers, np.array([begins[id(mention.words)] + mention.at for mention in mentions], np.int64)

    def _code(self, family: Any, first: Any, second: Any = _UNKNOWN) -> Any:
        """Return the number of a feature: its family and its words as the digits of one number."""
        return (family * self._base + first) * self._base + second
