"""The trainable twin of :mod:`leukonlp.pipeline.recogniser.network`, in PyTorch.

Weights have the same names and shapes in both; a test compares their outputs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from leukonlp.pipeline.recogniser.decoding import LABELS
from leukonlp.pipeline.recogniser.features import FORMS
from leukonlp.pipeline.recogniser.network import EPSILON

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from leukonlp.pipeline.recogniser.model import Shape


class Affine(nn.Module):
    """``x @ w + b``, stored in NumPy's order."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        linear = nn.Linear(inputs, outputs)
        self.w = nn.Parameter(linear.weight.detach().T.contiguous())
        self.b = nn.Parameter(linear.bias.detach())

    def forward(self, x: Tensor) -> Tensor:
        """Return the product."""
        return x @ self.w + self.b


class Conv(nn.Module):
    """Gated convolution over the tokens i-k, i, i+k."""

    def __init__(self, width: int, step: int) -> None:
        super().__init__()
        self.affine, self.step = Affine(3 * width, 2 * width), step

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return what the block adds to ``x`` (texts x tokens x width)."""
        middle = _normed(x) * mask  # beyond a text's end there is nothing, as in the twin
        left = functional.pad(middle, (0, 0, self.step, 0))[:, : x.shape[1]]
        right = functional.pad(middle, (0, 0, 0, self.step))[:, self.step :]
        return _gated(self.affine(torch.cat([left, middle, right], -1)))


class Attention(nn.Module):
    """Self-attention over the whole text."""

    def __init__(self, width: int, size: int) -> None:
        super().__init__()
        self.affine, self.out = Affine(width, 4 * size), Affine(2 * size, width)
        self.size = size

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return what the block adds to ``x`` (texts x tokens x width)."""
        query, key, value = self.affine(_normed(x)).split([self.size, self.size, 2 * self.size], -1)
        seen = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask.view(len(x), 1, -1).bool()
        )
        return self.out(seen)


def _normed(x: Tensor) -> Tensor:
    return functional.rms_norm(x, x.shape[-1:], eps=EPSILON)


def _gated(x: Tensor) -> Tensor:
    value, gate = x.chunk(2, -1)
    return value * gate.relu()


_BLOCKS = {"conv": Conv, "attention": Attention}


class Network(nn.Module):
    """Label logits for batches of texts.

    Args:
        shape: settings of the recogniser.
        widths: columns of the tables of hashed forms.
        vectors: n-gram vector of every word of the training texts, words x dimensions; not trained.
        rows: the word's rows in the tables of hashed forms, words x 4.
        dropout: share of each block's output that is dropped in training.
        word_dropout: share of words whose lower-case form is hidden in training, so that the others count.
    """

    vectors: Tensor
    rows: Tensor

    def __init__(
        self,
        shape: Shape,
        widths: Sequence[int],
        vectors: NDArray[np.float32],
        rows: NDArray[np.int64],
        *,
        dropout: float,
        word_dropout: float,
    ) -> None:
        super().__init__()
        self.register_buffer("vectors", torch.from_numpy(vectors), persistent=False)
        self.register_buffer("rows", torch.from_numpy(rows), persistent=False)
        self.table = nn.ModuleDict(
            {form: nn.Embedding(n, w) for form, n, w in zip(FORMS, shape.rows, widths, strict=True)}
        )
        for table in self.table.values():
            nn.init.normal_(table.weight, std=0.5)
        self.words = Affine(vectors.shape[1] + sum(widths), 2 * shape.width)
        kinds = [block.partition(":") for block in shape.blocks]
        self.blocks = nn.ModuleList(_BLOCKS[kind](shape.width, int(size)) for kind, _, size in kinds)
        self.out = Affine(shape.width, shape.columns * len(LABELS))
        self.columns, self.dropout, self.word_dropout = shape.columns, dropout, word_dropout

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        """Return texts x tokens x columns x 5 logits.

        Args:
            words: texts x tokens numbers of words.
            mask: texts x tokens, 1 where there is a token.
        """
        several, places = torch.unique(words, return_inverse=True)
        x = self._drop(_gated(self.words(self._features(several)))[places])
        mask = mask.unsqueeze(-1).to(x.dtype)
        for block in self.blocks:
            x = x + self._drop(block(x, mask))
        logits: Tensor = self.out(self._drop(_normed(x)))
        return logits.view(*words.shape, self.columns, len(LABELS))

    def _features(self, words: Tensor) -> Tensor:
        rows = self.rows[words]
        tables = [table(rows[:, i]) for i, table in enumerate(self.table.values())]
        if self.training:
            tables[0] = tables[0] * (torch.rand(len(words), 1) >= self.word_dropout)
        return torch.cat([self.vectors[words], *tables], -1)

    def _drop(self, x: Tensor) -> Tensor:
        return functional.dropout(x, self.dropout, self.training)


def half_precision() -> torch.autocast:
    """Return a context of 16-bit products (bfloat16) where the processor has them (AVX-512, AMX).

    Elsewhere they are emulated, many times as slow as 32-bit ones, and the context changes nothing.
    """
    able = torch.backends.cpu.get_cpu_capability().startswith(("AVX512", "AMX"))
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=able)


def weights_of(network: Network) -> dict[str, NDArray[np.float32]]:
    """Return the weights by the names of :class:`leukonlp.pipeline.recogniser.network.Network`."""
    names: dict[str, Any] = {}
    for name, tensor in network.state_dict().items():
        name = name.removeprefix("blocks.").replace(".affine.", ".").replace("table.", "table.", 1)
        names[name.removesuffix(".weight")] = tensor.detach().float().numpy().copy()
    return names
