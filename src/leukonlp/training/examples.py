"""Documents as numbers: words, labels that are known, and labels that a teacher thinks likely."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from leukonlp.pipeline.recogniser.decoding import LABELS, labels_of
from leukonlp.pipeline.recogniser.features import Word
from leukonlp.pipeline.recogniser.model import columns_of
from leukonlp.pipeline.recogniser.tokenizer import places_of
from leukonlp.structure import is_one
from leukonlp.training.gold import ALONE, TYPES, UNKNOWN, Document

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

IGNORE = -100
"""Label of a token that teaches nothing (PyTorch's default)."""
_POOL = 3000
"""Examples among which those of like length are put together."""


class Vocabulary:
    """Numbers the words of the training texts."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self._numbers: dict[Word, int] = {}

    def number(self, word: Word) -> int:
        """Return the number of a word; a new word gets the next."""
        number = self._numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
        return number


@dataclass(frozen=True, eq=False)
class Example:
    """One text: the numbers of its words, and what is known of their labels.

    Attributes:
        labels: tokens x columns, label numbers or ``IGNORE``.
        likely: tokens x columns x 5 probabilities; a row of zeros teaches nothing.
    """

    words: NDArray[np.int32]
    labels: NDArray[np.int8]
    likely: NDArray[np.float16]

    def __len__(self) -> int:
        """Return how many tokens."""
        return len(self.words)


def columns_in(text: str) -> list[int]:
    """Return which column of a network tells each of ``TYPES`` in a text."""
    return columns_of(TYPES, ALONE, alone=is_one(text))


def numbers_of(text: str, places: Sequence[tuple[int, int]], vocabulary: Vocabulary) -> NDArray[np.int32]:
    """Return the number of the word at each place."""
    words = (Word(text[a:b], a > 0 and text[a - 1].isspace()) for a, b in places)
    return np.array([vocabulary.number(word) for word in words], dtype=np.int32)


def gold_labels(document: Document, places: Sequence[tuple[int, int]]) -> NDArray[np.int8]:
    """Return tokens x types labels of an annotated document; types that it does not label are ``IGNORE``.

    A span whose borders fall inside a token takes the whole token; of spans that overlap the longer stays.
    """
    labels = np.full((len(places), len(TYPES)), IGNORE, dtype=np.int8)
    starts, ends = np.array(places, dtype=int).reshape(-1, 2).T
    for type in document.types:
        taken: set[int] = set()
        spans = []
        for start, end, kind in sorted(document.spans, key=lambda s: (s[0] - s[1], s[0])):
            first, last = _tokens(starts, ends, start, end)
            if kind == type and first <= last and taken.isdisjoint(range(first, last + 1)):
                spans.append((first, last))
                taken.update(range(first, last + 1))
        labels[:, TYPES.index(type)] = labels_of(spans, len(places))
    for start, end, kind in document.spans:
        if kind == UNKNOWN:
            first, last = _tokens(starts, ends, start, end)
            unsure = labels[first : last + 1]
            unsure[unsure == LABELS.index("O")] = IGNORE
    return labels


def _tokens(starts: NDArray[Any], ends: NDArray[Any], start: int, end: int) -> tuple[int, int]:
    return int(np.searchsorted(ends, start, side="right")), int(np.searchsorted(starts, end)) - 1


def unreachable(document: Document) -> int:
    """Return how many of the document's spans begin or end inside a token."""
    places = places_of(document.text)
    starts, ends = {a for a, _ in places}, {b for _, b in places}
    return sum(s not in starts or e not in ends for s, e, kind in document.spans if kind != UNKNOWN)


def batches(examples: Sequence[Example], tokens: int, rng: random.Random) -> Iterator[list[Example]]:
    """Yield batches for ever: at most ``tokens`` padded tokens of texts of like length, in random order."""
    while True:
        order = rng.sample(range(len(examples)), len(examples))
        ready: list[list[Example]] = []
        for pool in (order[i : i + _POOL] for i in range(0, len(order), _POOL)):
            batch: list[Example] = []
            for example in sorted((examples[i] for i in pool), key=len):
                if batch and (len(batch) + 1) * len(example) > tokens:
                    ready.append(batch)
                    batch = []
                batch.append(example)
            ready.append(batch)
        rng.shuffle(ready)
        yield from ready
