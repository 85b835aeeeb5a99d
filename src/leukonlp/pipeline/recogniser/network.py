"""The network's way from word vectors to label probabilities, in NumPy; training has its twin in PyTorch.

Blocks add to the stream of token vectors (residual), each behind a layer norm:

``conv:k``
    a gated convolution over the tokens i-k, i, i+k (Dauphin et al. 2017, arXiv:1612.08083);
``attention:h``
    self-attention over the whole text with h heads (Vaswani et al. 2017, arXiv:1706.03762), without
    positions: what a name means in one place tells of it in all others.

One text at a time: its matrices fit the processor's cache, and its result does not hang on its neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]
_EPSILON = np.float32(1e-5)


class Network:
    """A trained network.

    Args:
        weights: arrays by name (``words.w``, ``words.b``, ``0.norm.w`` ... ``out.b``).
        blocks: the blocks in order, such as ``("conv:1", "attention:2")``.
        types: entity types that the last layer tells apart.
    """

    def __init__(self, weights: Mapping[str, Array], blocks: tuple[str, ...], types: int) -> None:
        self.weights = weights
        self.blocks = [(kind, int(size)) for kind, _, size in (block.partition(":") for block in blocks)]
        self.types = types

    def words(self, features: Array) -> Array:
        """Return the context-free vectors of words: words x width.

        In 64 bits: a product of matrices rounds by its shape, and a word must not hang on those read with it.
        """
        wide = features.astype(np.float64) @ self.weights["words.w"] + self.weights["words.b"]
        words: Array = _gated(wide).astype(np.float32)
        return words

    def probabilities(self, x: Array) -> Array:
        """Return tokens x types x 5 label probabilities for the word vectors of one text."""
        for number, (kind, size) in enumerate(self.blocks):
            added = (self._conv if kind == "conv" else self._attention)(x, f"{number}.", size)
            added += x
            x = added
        logits = self._affine(self._norm(x, ""), "out.")
        return _softmax(logits.reshape(len(x), self.types, -1))

    def _conv(self, x: Array, name: str, step: int) -> Array:
        n, width = x.shape
        near = np.empty((n, 3 * width), dtype=np.float32)
        middle = near[:, width : 2 * width] = self._norm(x, name)
        near[:step, :width] = 0
        near[step:, :width] = middle[: max(0, n - step)]
        near[: max(0, n - step), 2 * width :] = middle[step:]
        near[max(0, n - step) :, 2 * width :] = 0
        return _gated(self._affine(near, name))

    def _attention(self, x: Array, name: str, heads: int) -> Array:
        n, width = x.shape
        size = width // heads
        mixed = self._affine(self._norm(x, name), name)
        mixed[:, :width] *= np.float32(size**-0.5)
        seen = np.empty((n, width), dtype=np.float32)
        for first in range(0, width, size):
            query, key, value = (mixed[:, at : at + size] for at in range(first, 3 * width, width))
            weight = query @ key.T
            weight -= weight.max(axis=1, keepdims=True)
            np.exp(weight, out=weight)
            np.divide(weight @ value, weight.sum(axis=1, keepdims=True), out=seen[:, first : first + size])
        return self._affine(seen, f"{name}out.")

    def _affine(self, x: Array, name: str) -> Array:
        product: Array = x @ self.weights[f"{name}w"]
        product += self.weights[f"{name}b"]
        return product

    def _norm(self, x: Array, name: str) -> Array:
        centred: Array = x - x.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", centred, centred) / np.float32(x.shape[1])
        centred *= (1 / np.sqrt(spread + _EPSILON))[:, None]
        centred *= self.weights[f"{name}norm.w"]
        centred += self.weights[f"{name}norm.b"]
        return centred


def _gated(x: Array) -> Array:
    half = x.shape[1] // 2
    gate = x[:, half:]
    np.negative(gate, out=gate)
    with np.errstate(over="ignore"):  # a gate that is shut all the way is 1 / infinity
        np.exp(gate, out=gate)
    gate += 1
    return x[:, :half] / gate


def _softmax(x: Array) -> Array:
    x = np.exp(x - x.max(axis=-1, keepdims=True))
    x /= x.sum(axis=-1, keepdims=True)
    return x
