"""What the network sees of a word: its character n-gram vector and four hashed forms.

A word looks the same wherever it stands, so its features are computed once and remembered. The hash is
BLAKE2b, which is the same on every machine and in every run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.vectors import Vectors

FORMS = ("lower", "prefix", "suffix", "shape")
_LONGEST_SHAPE = 40
_REMEMBERED = 30_000


class Word(NamedTuple):
    """A token: its characters, and whether white space stands before it."""

    text: str
    apart: bool

    @classmethod
    def of(cls, spaced: str) -> Word:
        """Return the word of a token that still has the white space before it."""
        text = spaced.lstrip()
        return cls(text, text != spaced)


def shape(text: str) -> str:
    """Return capitals as X, other letters as x, digits as d; runs longer than three are cut to three."""
    kinds: list[str] = []
    for c in text[:_LONGEST_SHAPE]:
        kind = "X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c
        if kinds[-3:] != [kind] * 3:
            kinds.append(kind)
    return "".join(kinds)


def forms(word: Word) -> tuple[str, str, str, str]:
    """Return the forms that are hashed, in the order of ``FORMS``."""
    lower = word.text.lower()
    return lower, lower[:3], word.text[-3:], shape(word.text) + (" " if word.apart else "")


def hashed(words: Sequence[Word], rows: Sequence[int]) -> NDArray[np.int64]:
    """Return the row of each form of each word: len(words) x 4, each below the table's ``rows``."""
    return np.array(
        [
            [_row(name + form, size) for name, form, size in zip(FORMS, forms(w), rows, strict=True)]
            for w in words
        ],
        dtype=np.int64,
    ).reshape(len(words), len(FORMS))


@lru_cache(maxsize=_REMEMBERED)  # beginnings, endings and shapes come again and again
def _row(form: str, rows: int) -> int:
    digest = hashlib.blake2b(form.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "little") % rows


def vectors_of(words: Sequence[Word], table: Vectors) -> NDArray[np.float32]:
    """Return the floret vector of each word in lower case: len(words) x dimensions."""
    found: NDArray[np.float32] = table.get_batch([word.text.lower() for word in words])
    return found
