"""From probabilities of BIOES labels to spans; owns which label may follow which."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LABELS = "OBIES"
"""Outside, begin, inside, end, single: one set for each type of entity."""
O, B, I, E, S = range(5)
FOLLOWS = ((O, B, S), (I, E), (I, E), (O, B, S), (O, B, S))
"""Which labels may stand behind each label."""
_ALLOWED = np.zeros((5, 5), dtype=bool)
for _left, _rights in enumerate(FOLLOWS):
    _ALLOWED[_left, list(_rights)] = True
_SURELY_OUTSIDE = 0.998
_BEGINS, _ENDS = np.isin(range(5), (B, S)), np.isin(range(5), (E, S))


class TokenSpan(NamedTuple):
    """Tokens ``first`` to ``last`` (inclusive), the entity type's number, and how sure (0 to 1)."""

    first: int
    last: int
    type: int
    score: float


class Entity(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of a text, their label, and how sure (0 to 1)."""

    start: int
    end: int
    label: str
    score: float


def spans(probabilities: NDArray[np.float32]) -> list[TokenSpan]:
    """Return the likeliest spans that do not overlap.

    Args:
        probabilities: tokens x types x 5 labels; each row of labels sums to 1.
    """
    path = _path(probabilities)
    types, firsts = np.nonzero(_BEGINS[path].T)
    lasts = np.nonzero(_ENDS[path].T)[1]  # as many of each type: the path is an allowed one
    scores = _means(probabilities, path, types, firsts, lasts)
    found = sorted(map(TokenSpan, firsts.tolist(), lasts.tolist(), types.tolist(), scores.tolist()))
    if all(left.last < right.first for left, right in pairwise(found)):
        return found
    kept: list[TokenSpan] = []
    for span in sorted(found, key=lambda s: (-s.score, s.first, s.type)):
        if all(span.last < other.first or span.first > other.last for other in kept):
            kept.append(span)
    return sorted(kept)


def _means(
    probabilities: NDArray[np.float32],
    path: NDArray[np.intp],
    types: NDArray[np.intp],
    firsts: NDArray[np.intp],
    lasts: NDArray[np.intp],
) -> NDArray[np.float32]:
    """Return the mean probability of the labels on ``path`` of each span."""
    if not len(types):
        return np.zeros(0, dtype=np.float32)
    tokens = len(path)
    chosen = np.zeros((path.shape[1] * tokens) + 1, dtype=np.float32)  # one more: the last span ends there
    chosen[:-1] = probabilities[np.arange(tokens), np.arange(path.shape[1])[:, None], path.T].ravel()
    borders = np.stack([firsts, lasts + 1], axis=1) + (types * tokens)[:, None]
    means: NDArray[np.float32] = np.add.reduceat(chosen, borders.ravel())[::2] / np.float32(
        lasts - firsts + 1
    )
    return means


def _path(probabilities: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the likeliest allowed labels: tokens x types.

    These are mostly the likeliest labels one by one. Where they do not fit each other, the stretch of tokens
    around them that are not surely outside is decided together.
    """
    path: NDArray[np.intp] = probabilities.argmax(2)
    edge = np.full((1, path.shape[1]), O)
    bad = ~_ALLOWED[np.concatenate([edge, path]), np.concatenate([path, edge])]
    for type in np.flatnonzero(bad.any(axis=0)).tolist():
        p = probabilities[:, type]
        sure = np.flatnonzero(np.concatenate([[True], p[:, O] >= _SURELY_OUTSIDE, [True]])) - 1
        for at in sorted({*np.searchsorted(sure, np.flatnonzero(bad[:, type])).tolist()}):
            first, last = int(sure[at - 1]) + 1, int(sure[at])
            path[first:last, type] = _together(p[first:last])
    return path


def _together(p: NDArray[np.float32]) -> list[int]:
    """Return the likeliest allowed labels of a stretch (Viterbi)."""
    logs: list[list[float]] = np.log(p + 1e-9).tolist()
    scores = [logs[0][k] if k not in (I, E) else -1e9 for k in range(5)]
    back: list[list[int]] = []
    for row in logs[1:]:
        ways = [max((a for a in range(5) if b in FOLLOWS[a]), key=scores.__getitem__) for b in range(5)]
        scores = [scores[ways[b]] + row[b] for b in range(5)]
        back.append(ways)
    path = [max((O, E, S), key=scores.__getitem__)]
    for ways in reversed(back):
        path.append(ways[path[-1]])
    return path[::-1]


def labels_of(spans: Any, tokens: int) -> list[int]:
    """Return the BIOES labels of ``tokens`` tokens, given (first, last) spans that do not overlap."""
    labels = [O] * tokens
    for first, last in spans:
        labels[first : last + 1] = [S] if first == last else [B, *[I] * (last - first - 1), E]
    return labels
