"""The sieve of a trained recogniser: which tokens are so surely no name that its last block may skip them.

Learned from what the recogniser itself says of texts that nobody labelled (logistic regression). The bound is
set on texts it did not learn from, so low that no token goes that may be part of a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from leukonlp.pipeline.recogniser.model import Recogniser
from leukonlp.pipeline.recogniser.tokenizer import spaced_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]
TEXTS = 1200
"""Texts that are read: some 400,000 tokens."""
_A_NAME = 0.03
"""From this probability on a token counts as one of a name when the sieve learns."""
_LOST = 0.1
"""No token of this probability may be sifted out."""
_MARGIN = 0.5
"""How far below the lowest score of such a token the bound lies, as a natural logarithm of odds."""
_EVERY = 2
_WEIGHT = 8.0


def sifted(recogniser: Recogniser, texts: Sequence[str]) -> Recogniser:
    """Return the recogniser with a sieve.

    Args:
        recogniser: a trained one; a sieve that it has is replaced.
        texts: texts like those it will read; the first half teaches, the second sets the bound.

    Returns:
        It stays without a sieve where these texts tell none: no token, or every one, may be part of a name.
    """
    from sklearn.linear_model import LogisticRegression

    plain = Recogniser(
        recogniser.shape, {n: w for n, w in recogniser.weights.items() if not n.startswith("sieve.")}
    )
    half = len(texts) // 2
    (vectors, likely), (others, theirs) = (_read(plain, part) for part in (texts[:half], texts[half:]))
    if not 0 < (likely > _A_NAME).sum() < len(likely) or not (theirs > _LOST).any():
        return plain
    fitted = LogisticRegression(max_iter=300, class_weight={False: 1.0, True: _WEIGHT}).fit(
        vectors[::_EVERY], likely[::_EVERY] > _A_NAME
    )
    weights = fitted.coef_[0].astype(np.float16).astype(np.float32)
    least = float((others[theirs > _LOST] @ weights).min()) - _MARGIN
    sieve = {"sieve.w": weights.astype(np.float16), "sieve.b": np.array([least], dtype=np.float16)}
    return Recogniser(plain.shape, {**plain.weights, **sieve})


def share_kept(recogniser: Recogniser, texts: Sequence[str]) -> float:
    """Return the share of tokens that the sieve lets through (0 to 1)."""
    vectors, _ = _read(recogniser, texts)
    weights, least = (recogniser.weights[f"sieve.{name}"].astype(np.float32) for name in "wb")
    return float((vectors @ weights >= least).mean())


def _read(recogniser: Recogniser, texts: Sequence[str]) -> tuple[Array, Array]:
    """Return the vectors of all tokens before the last block, and how likely each is part of a name."""
    vectors, likely = [np.empty((0, recogniser.shape.width), np.float32)], [np.empty(0, np.float32)]
    for words in filter(None, map(spaced_words, texts)):
        vectors.append(recogniser.vectors_before_last(words))
        likely.append(1 - recogniser.columns(words)[:, :, 0].min(axis=1))
    return np.concatenate(vectors), np.concatenate(likely)
