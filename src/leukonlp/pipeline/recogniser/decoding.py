"""From probabilities of BIOES labels to spans; owns which label may follow which."""

from __future__ import annotations

from collections.abc import Iterator
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


class TokenSpan(NamedTuple):
    """Tokens ``first`` to ``last`` (inclusive), the entity type's number, and how sure (0 to 1)."""

    first: int
    last: int
    type: int
    score: float


def spans(probabilities: NDArray[np.float32]) -> list[TokenSpan]:
    """Return the likeliest spans that do not overlap.

    Args:
        probabilities: tokens x types x 5 labels; each row of labels sums to 1.
    """
    found = [
        TokenSpan(first, last, type, float(probabilities[range(first, last + 1), type, path].mean()))
        for type in range(probabilities.shape[1])
        for first, last, path in _of_type(probabilities[:, type])
    ]
    kept: list[TokenSpan] = []
    for span in sorted(found, key=lambda s: (-s.score, s.first, s.type)):
        if all(span.last < other.first or span.first > other.last for other in kept):
            kept.append(span)
    return sorted(kept)


def _of_type(p: NDArray[np.float32]) -> Iterator[tuple[int, int, list[int]]]:
    """Yield first token, last token and labels of each span of one type."""
    stretch: list[int] = []
    for token in [*np.flatnonzero(p[:, O] < _SURELY_OUTSIDE).tolist(), None]:
        if stretch and token != stretch[-1] + 1:
            path = _path(p[stretch[0] : stretch[-1] + 1])
            yield from ((stretch[0] + a, stretch[0] + b, path[a : b + 1]) for a, b in _runs(path))
            stretch = []
        if token is not None:
            stretch.append(token)


def _path(p: NDArray[np.float32]) -> list[int]:
    """Return the likeliest allowed labels of a stretch (Viterbi); the best ones at once where they fit."""
    best: list[int] = p.argmax(1).tolist()
    if best[0] not in (I, E) and best[-1] not in (B, I) and _ALLOWED[best[:-1], best[1:]].all():
        return best
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


def _runs(path: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for i, label in enumerate(path):
        if label in (B, S):
            start = i
        if label in (E, S):
            yield start, i


def labels_of(spans: Any, tokens: int) -> list[int]:
    """Return the BIOES labels of ``tokens`` tokens, given (first, last) spans that do not overlap."""
    labels = [O] * tokens
    for first, last in spans:
        labels[first : last + 1] = [S] if first == last else [B, *[I] * (last - first - 1), E]
    return labels
