"""The network's way from word vectors to label probabilities, in NumPy; training has its twin in PyTorch.

Blocks add to the stream of token vectors (residual), each behind a norm (root mean square, without weights:
Zhang and Sennrich 2019, arXiv:1910.07467):

``conv:k``
    a gated convolution over the tokens i-k, i, i+k (Dauphin et al. 2017, arXiv:1612.08083; the gate is a
    ReLU: Shazeer 2020, arXiv:2002.05202). The first block is one, and since its input hangs on each word
    alone, its three products are made once a word;
``attention:n``
    self-attention over the whole text (Vaswani et al. 2017, arXiv:1706.03762) with one head, n numbers in a
    key and 2n in a value, without positions: what a name means in one place tells of it in all others.

One text at a time: its matrices fit the processor's cache, and its result does not hang on its neighbours.

Most words are surely no name. A *sieve*, one product with each token's vector before the last block, tells
them, and that block is computed for the rest alone (early exit: Xin et al. 2021, arXiv:2010.13382, there for
whole texts). Networks without ``sieve.w`` compute all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]
F = TypeVar("F", bound="np.floating[Any]")
EPSILON = 1e-5
"""Added to the mean square of a vector before its root divides it."""


class Network:
    """A trained network.

    Args:
        weights: arrays by name (``words.w``, ``words.b``, ``0.w``, ``0.b`` ... ``out.b``).
        blocks: the blocks in order, such as ``("conv:1", "attention:32", "conv:1")``; the first is a
            convolution, and where the last is another, a sieve can spare it tokens.
        columns: sets of labels that the last layer gives, one for each entity type or more.
    """

    def __init__(self, weights: Mapping[str, Array], blocks: tuple[str, ...], columns: int) -> None:
        self.weights = weights
        self.blocks = [(kind, int(size)) for kind, _, size in (block.partition(":") for block in blocks)]
        self.columns = columns
        self.width = weights["out.w"].shape[0]
        # left, middle and right of the first block, side by side: one product makes all three
        self._first = np.concatenate(np.split(weights["0.w"].astype(np.float64), 3), axis=1)
        self._words = weights["words.w"].astype(np.float64)
        self.skips = len(self.blocks) > 1 and self.blocks[-1][0] == "conv"
        self._sieve = (weights["sieve.w"], weights["sieve.b"]) if "sieve.w" in weights else None

    def words(self, features: Array) -> Array:
        """Return of each word its context-free vector and the first block's products: words x 7 widths.

        In 64 bits: a product of matrices rounds by its shape, and a word must not hang on those read with it.
        """
        wide = features.astype(np.float64) @ self._words + self.weights["words.b"]
        vectors = _gated(wide)
        return np.concatenate([vectors, _normed(vectors) @ self._first], axis=1, dtype=np.float32)

    def probabilities(self, words: Array) -> Array:
        """Return tokens x columns x 5 label probabilities for what :meth:`words` made of a text's tokens."""
        x, near = self.before_last(words)
        likely = np.zeros((len(x), self.columns, 5), dtype=np.float32)
        likely[:, :, 0] = 1  # surely no name
        kept = self._kept(near)
        x = x[kept]
        if self.skips:
            near = _neighbours(near, self.blocks[-1][1], kept)
            x += _gated(self._affine(near, f"{len(self.blocks) - 1}."))
        likely[kept] = _softmax(self._affine(_normed(x), "out.").reshape(len(x), self.columns, 5))
        return likely

    def before_last(self, words: Array) -> tuple[Array, Array]:
        """Return tokens x width before the last block that can be skipped, and the same behind its norm."""
        x = words[:, : self.width] + self._first_block(words[:, self.width :])
        for number, (kind, size) in enumerate(self.blocks[1 : -1 if self.skips else None], start=1):
            x += (self._conv if kind == "conv" else self._attention)(_normed(x), f"{number}.", size)
        return x, _normed(x)

    def _kept(self, near: Array) -> NDArray[np.int64]:
        """Return the tokens that may be part of a name."""
        if self._sieve is None:
            return np.arange(len(near))
        weights, least = self._sieve
        return np.flatnonzero(near @ weights >= least)

    def _first_block(self, products: Array) -> Array:
        step, wide = self.blocks[0][1], 2 * self.width
        left, middle, right = (products[:, at : at + wide] for at in range(0, 3 * wide, wide))
        total = middle + self.weights["0.b"]
        total[step:] += left[:-step]
        total[:-step] += right[step:]
        return _gated(total)

    def _conv(self, x: Array, name: str, step: int) -> Array:
        return _gated(self._affine(_neighbours(x, step), name))

    def _attention(self, x: Array, name: str, size: int) -> Array:
        query, key, value = np.split(self._affine(x, name), [size, 2 * size], axis=1)
        query *= np.float32(size**-0.5)
        weight = query @ key.T
        weight -= weight.max(axis=1, keepdims=True)
        np.exp(weight, out=weight)
        seen = weight @ value
        seen /= weight.sum(axis=1, keepdims=True)
        return self._affine(seen, f"{name}out.")

    def _affine(self, x: Array, name: str) -> Array:
        product: Array = x @ self.weights[f"{name}w"]
        product += self.weights[f"{name}b"]
        return product


def _neighbours(x: Array, step: int, kept: NDArray[np.int64] | None = None) -> Array:
    """Return for each token, or each that is kept, the vectors of i-step, i and i+step side by side."""
    n, width = x.shape
    padded = np.zeros((n + 2 * step, width), dtype=np.float32)
    padded[step : n + step] = x
    if kept is not None:
        return np.concatenate([padded[kept + at] for at in (0, step, 2 * step)], axis=1)
    return np.concatenate([padded[at : at + n] for at in (0, step, 2 * step)], axis=1)


def _normed(x: NDArray[F]) -> NDArray[F]:
    scale = np.einsum("ij,ij->i", x, x) / x.shape[1] + EPSILON
    normed: NDArray[F] = x * (1 / np.sqrt(scale))[:, None]
    return normed


def _gated(x: NDArray[F]) -> NDArray[F]:
    half = x.shape[1] // 2
    gated: NDArray[F] = np.maximum(x[:, half:], 0)
    return np.multiply(gated, x[:, :half], out=gated)


def _softmax(x: Array) -> Array:
    x = np.exp(x - x.max(axis=-1, keepdims=True))
    x /= x.sum(axis=-1, keepdims=True)
    return x
