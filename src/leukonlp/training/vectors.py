"""Vectors of words and their character n-grams, trained by floret (the fastText of spaCy's makers)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def train_vectors(words: Path, out: Path, *, settings: dict[str, Any]) -> None:
    """Train a floret table on a file of ``write_words`` and write it in floret's text format.

    One thread: floret's threads race each other, and the table would never come out the same twice.

    Args:
        words: lines of words.
        out: the table's file.
        settings: arguments of ``floret.train_unsupervised``: dim, bucket, minn, maxn, epoch ...
    """
    import floret

    model = floret.train_unsupervised(str(words), mode="floret", thread=1, verbose=0, **settings)
    part = out.with_suffix(".part")
    model.save_floret_vectors(str(part))
    part.replace(out)


def read_vectors(path: Path) -> tuple[NDArray[np.float32], dict[str, Any]]:
    """Return a floret table (buckets x dimensions) and how its n-grams are hashed.

    The table is scaled so that the vectors of words are about as large as the other features.
    """
    with path.open(encoding="utf-8") as lines:
        buckets, dim, minn, maxn, hash_count, hash_seed, bow, eow = next(lines).split()
        table = np.array([line.split()[1:] for line in lines], dtype=np.float32)
    assert table.shape == (int(buckets), int(dim))
    hashing = {
        "minn": int(minn),
        "maxn": int(maxn),
        "hash_count": int(hash_count),
        "hash_seed": int(hash_seed),
    }
    return table, hashing | {"bow": bow, "eow": eow}
