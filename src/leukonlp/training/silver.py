"""A teacher's opinion of a text, carried over to the tokens of the student."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leukonlp.pipeline.recogniser.decoding import B, E, I, O, S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating[Any]]


def on_tokens(
    likely: Array, pieces: Sequence[tuple[int, int]], places: Sequence[tuple[int, int]]
) -> NDArray[np.float32]:
    """Return the probabilities of BIOES labels at ``places``, given those at ``pieces``.

    Pieces and tokens cut words differently. An entity begins in a token when it begins in the token's first
    piece, and ends in it when it ends in the last; a piece that reaches over the token's border has its
    beginning or its end on the other side.

    Args:
        likely: pieces x types x 5.
        pieces: start and end of each piece, in order.
        places: start and end of each token, in order.
    """
    result = np.zeros((len(places), likely.shape[1], 5), dtype=np.float32)
    result[:, :, O] = 1
    starts, ends = np.array(pieces, dtype=int).reshape(-1, 2).T
    for i, (start, end) in enumerate(places):
        first = int(np.searchsorted(ends, start, side="right"))
        last = int(np.searchsorted(starts, end)) - 1
        if first <= last:
            covered = likely[first : last + 1].astype(np.float32)
            if starts[first] < start:
                _move(covered[0], (B, I), (S, E))
            if ends[last] > end:
                _move(covered[-1], (E, I), (S, B))
            result[i] = covered[0] if first == last else _joined(covered)
    return result


def _move(p: Array, *ways: tuple[int, int]) -> None:
    for source, target in ways:
        p[:, target] += p[:, source]
        p[:, source] = 0


def _joined(pieces: Array) -> Array:
    """Return the labels of a token made of several pieces (pieces x types x 5)."""
    p = np.zeros_like(pieces[0])
    begins = pieces[0, :, B] + pieces[0, :, S]
    ends = pieces[-1, :, E] + pieces[-1, :, S]
    p[:, O] = pieces[:, :, O].mean(0)
    p[:, S] = np.minimum(begins, ends)
    p[:, B], p[:, E] = begins - p[:, S], ends - p[:, S]
    p[:, I] = np.clip(1 - p.sum(1), 0, None)
    return p / p.sum(1, keepdims=True)


def mixed(
    likely: Array, types: Sequence[str], guidelines: Array, *, least: float = 0.01
) -> NDArray[np.float32]:
    """Return tokens x TYPES x 5: each type's mean over the heads that know it, weighted by their corpora.

    Args:
        likely: tokens x heads x 5.
        types: the type of each head.
        guidelines: how likely the text is one that each head's corpus would hold, one number a head.
        least: added to every weight, so that none is nothing.
    """
    from leukonlp.training.gold import TYPES

    result = np.zeros((len(likely), len(TYPES), 5), dtype=np.float32)
    for number, type in enumerate(TYPES):
        heads = [i for i, known in enumerate(types) if known == type]
        weight = guidelines[heads] + least
        result[:, number] = np.einsum("thl,h->tl", likely[:, heads], weight / weight.sum())
    return result
