"""Operating points of the tagger: how likely a label must be to miss little, or to err little.

Trialstreamer offers the same three (Marshall et al. 2020, doi:10.1093/jamia/ocaa163): ``sensitive`` finds at
least 95% of what is there, ``precise`` is right at least 95% of the time, ``balanced`` has the best F1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Point: TypeAlias = dict[str, float | int]
"""``threshold``, ``sensitivity``, ``precision`` and ``n``, the studies that truly have the label."""
SENSITIVE, PRECISE = 0.95, 0.95
FEWEST = 5
"""Studies that must truly have a label, for a figure that means anything."""


def points(likely: NDArray[Any], truth: NDArray[Any]) -> dict[str, Point]:
    """Return the three operating points of one label; a point that cannot be reached is missing.

    Args:
        likely: probability of the label for each study, from a tagger that was not trained on it.
        truth: whether each study has it.
    """
    total = int(truth.sum())
    if total < FEWEST:
        return {}
    order = np.argsort(-likely, kind="stable")
    cut = likely[order]
    hits = np.cumsum(truth[order])
    last = np.append(cut[1:] != cut[:-1], True)  # a threshold takes all that are as likely
    sensitivity, precision = hits[last] / total, hits[last] / (np.flatnonzero(last) + 1)
    cut = cut[last]
    f1 = 2 * sensitivity * precision / np.maximum(sensitivity + precision, 1e-9)
    best = int(f1.argmax())
    chosen = {"balanced": best} if precision[best] >= 0.5 else {}  # else it is wrong more often than right
    if (sensitivity >= SENSITIVE).any():
        chosen["sensitive"] = int((sensitivity >= SENSITIVE).argmax())
    enough = (precision >= PRECISE) & (sensitivity * total >= FEWEST)
    if enough.any():
        chosen["precise"] = int(np.flatnonzero(enough)[-1])
    return {name: _point(i, cut, sensitivity, precision, total) for name, i in sorted(chosen.items())}


def _point(i: int, cut: Any, sensitivity: Any, precision: Any, total: int) -> Point:
    return {
        "threshold": float(cut[i]),  # not rounded: it must take the study that it was found at
        "sensitivity": round(float(sensitivity[i]), 4),
        "precision": round(float(precision[i]), 4),
        "n": total,
    }


def threshold(points: Mapping[str, Mapping[str, Any]], field: str, label: str, name: str) -> float:
    """Return how likely a label must be at an operating point; more than 1 where it has no such point."""
    point = points.get(field, {}).get(label, {}).get(name)
    return float(point["threshold"]) if point else 2.0
