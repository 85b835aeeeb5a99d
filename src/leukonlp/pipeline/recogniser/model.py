"""A trained recogniser in memory and on disk: settings in JSON, weights in safetensors, no code.

Large tables are kept as 8-bit rows with one scale each (``NAME`` and ``NAME.scale``), all else as 16-bit
floats; on loading everything becomes 32-bit floats.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file
from spacy.strings import StringStore
from spacy.vectors import Vectors

from leukonlp.errors import ModelError
from leukonlp.pipeline.recogniser.features import FORMS, Word, hashed, vectors_of
from leukonlp.pipeline.recogniser.network import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHAPE, WEIGHTS = "shape.json", "weights.safetensors"
REMEMBERED = 30_000
"""Words of which vectors are kept: 107 MB at a width of 128."""
_TOGETHER = 512
"""Words read at once, so that what is made on the way stays small."""


@dataclass(frozen=True)
class Shape:
    """The settings of a recogniser's network."""

    types: tuple[str, ...]
    """Entity labels, in the order of the last layer."""
    blocks: tuple[str, ...]
    """Blocks in order, see :mod:`leukonlp.pipeline.recogniser.network`."""
    width: int
    """Numbers in the vector of a token."""
    rows: tuple[int, ...]
    """Rows of the tables of hashed forms, one for each of ``features.FORMS``."""
    floret: Mapping[str, Any]
    """How the n-gram vectors were made: minn, maxn, hash_count, hash_seed, bow, eow."""
    alone: tuple[str, ...] = ()
    """Labels that have a column of their own, behind the others, for texts of one sentence."""

    @property
    def columns(self) -> int:
        """What the last layer tells apart."""
        return len(self.types) + len(self.alone)


def columns_of(types: Sequence[str], own: Sequence[str], *, alone: bool) -> list[int]:
    """Return the column of each of ``types`` in a text.

    Args:
        types: labels; theirs are the first columns.
        own: those of them that have a column of their own, behind these, in a text of one sentence.
        alone: whether the text is one sentence.
    """
    return [
        len(types) + own.index(type) if alone and type in own else place for place, type in enumerate(types)
    ]


class Recogniser:
    """Gives the tokens of a text the probabilities of their labels.

    Args:
        shape: settings of the network.
        weights: arrays by name, as :func:`load` reads them.
    """

    def __init__(self, shape: Shape, weights: Mapping[str, NDArray[Any]]) -> None:
        self.shape = shape
        self.weights = dict(weights)
        floats = {
            name: _floats(array, weights.get(f"{name}.scale"))
            for name, array in weights.items()
            if not name.endswith(".scale")
        }
        self._network = Network(floats, shape.blocks, shape.columns)
        self._tables = [floats[f"table.{form}"] for form in FORMS]
        self._floret = floret_table(floats["table.floret"], shape.floret)
        self._forget()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as what it was made of, so that other processes fill their own memory."""
        return Recogniser, (self.shape, self.weights)

    def probabilities(self, words: Sequence[str], *, alone: bool = False) -> NDArray[np.float32]:
        """Return len(words) x types x 5 probabilities of the labels O, B, I, E, S.

        Args:
            words: the tokens of one text in order, at least one, each with the white space before it.
            alone: the text is one sentence.
        """
        likely = self.columns(words)
        if not self.shape.alone:
            return likely
        return likely[:, columns_of(self.shape.types, self.shape.alone, alone=alone)]

    def columns(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return the probabilities of all columns, whatever the text: len(words) x columns x 5."""
        return self._network.probabilities(self._looked_up(words))

    def vectors_before_last(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return len(words) x width vectors of tokens as the last block and the sieve see them."""
        return self._network.before_last(self._looked_up(words))[1]

    def _looked_up(self, words: Sequence[str]) -> NDArray[np.float32]:
        try:
            places = [*map(self._places.__getitem__, words)]
        except KeyError:
            self.remember(words)
            places = [*map(self._places.__getitem__, words)]
        return self._vectors.take(places, axis=0)

    def remember(self, words: Iterable[str]) -> None:
        """Make the vectors of words that are not remembered yet: many at once cost half as much each."""
        distinct = dict.fromkeys(words)
        known = distinct.keys() & self._places.keys()
        if len(self._places) + len(distinct) - len(known) > len(self._vectors):
            self._forget_rare(len(distinct))
            known = distinct.keys() & self._places.keys()
        self._again |= known
        new = [word for word in distinct if word not in known]
        for at in range(0, len(new), _TOGETHER):
            some, first = new[at : at + _TOGETHER], len(self._places)
            self._vectors[first : first + len(some)] = self._read(some)
            self._places.update(zip(some, range(first, first + len(some)), strict=True))

    def _forget(self, room: int = 0) -> None:
        self._places: dict[str, int] = {}
        self._again: set[str] = set()
        self._vectors = np.empty((max(room, REMEMBERED), 7 * self.shape.width), dtype=np.float32)

    def _forget_rare(self, needed: int) -> None:
        """Keep the words that came again since words were forgotten last, if that leaves room enough."""
        kept = [word for word in self._places if word in self._again]
        if len(kept) + needed > len(self._vectors):
            self._forget(needed)
            return
        for at in range(0, len(kept), _TOGETHER):  # in order of their places: each moves to the front
            some = [self._places[word] for word in kept[at : at + _TOGETHER]]
            self._vectors[at : at + len(some)] = self._vectors[some]
        self._places = dict(zip(kept, range(len(kept)), strict=True))
        self._again = set()

    def _read(self, spaced: Sequence[str]) -> NDArray[np.float32]:
        words = [*map(Word.of, spaced)]
        rows = hashed(words, self.shape.rows)
        tables = [table[rows[:, number]] for number, table in enumerate(self._tables)]
        return self._network.words(np.concatenate([vectors_of(words, self._floret), *tables], axis=1))


def load(folder: Path) -> Recogniser:
    """Read a recogniser that :func:`save` wrote.

    Raises:
        ModelError: a file is missing, damaged, or does not fit the others.
    """
    try:
        given: dict[str, Any] = json.loads((folder / SHAPE).read_text(encoding="utf-8"))
        lists: dict[str, Any] = {k: tuple(v) for k, v in given.items() if isinstance(v, list)}
        shape = Shape(**(given | lists))
        return Recogniser(shape, load_file(folder / WEIGHTS))
    except (OSError, ValueError, TypeError, KeyError, SafetensorError) as error:
        raise ModelError(
            f"{folder} holds no recogniser that can be used ({error}); install it anew"
        ) from error


def save(recogniser: Recogniser, folder: Path) -> None:
    """Write a recogniser into ``folder``, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SHAPE).write_text(json.dumps(asdict(recogniser.shape), indent=1) + "\n", encoding="utf-8")
    save_file(dict(sorted(recogniser.weights.items())), folder / WEIGHTS)
    (folder / WEIGHTS).chmod(0o644)  # safetensors lets nobody else read what it writes


def packed(weights: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[Any]]:
    """Return ``weights`` as they are kept: tables as 8-bit rows with scales, the rest as 16-bit floats."""
    kept: dict[str, NDArray[Any]] = {}
    for name, array in weights.items():
        if name.startswith("table."):
            scale = np.maximum(np.abs(array).max(axis=1), 1e-8) / 127
            kept[name] = np.round(array / scale[:, None]).astype(np.int8)
            kept[f"{name}.scale"] = scale.astype(np.float16)
        else:
            kept[name] = array.astype(np.float16)
    return kept


def floret_table(table: NDArray[np.float32], hashing: Mapping[str, Any]) -> Vectors:
    """Return a table of n-gram vectors (buckets x dimensions) as one that finds the vectors of words."""
    return Vectors(strings=StringStore(), mode="floret", data=table, **hashing)


def _floats(array: NDArray[Any], scale: NDArray[Any] | None) -> NDArray[np.float32]:
    floats: NDArray[np.float32] = array.astype(np.float32)
    if scale is not None:
        floats *= scale.astype(np.float32)[:, None]
    return floats
