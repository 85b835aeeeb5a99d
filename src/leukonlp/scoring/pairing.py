"""One-to-one pairing of overlapping spans; owns which gold span a wrongly cut prediction stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Place: TypeAlias = tuple[int, int, str]
"""Start, end and type of a span."""


def overlapping(gold: Sequence[Place], predicted: Sequence[Place]) -> list[tuple[Place, Place]]:
    """Return a maximum one-to-one pairing of overlapping spans (augmenting paths), in order of ``gold``.

    Args:
        gold: gold places of one document and one type.
        predicted: predicted places of the same.
    """
    partner: dict[int, int] = {}
    near = [[j for j, p in enumerate(predicted) if p[0] < g[1] and g[0] < p[1]] for g in gold]

    def place(i: int, seen: set[int]) -> bool:
        for j in near[i]:
            if j not in seen:
                seen.add(j)
                if j not in partner or place(partner[j], seen):
                    partner[j] = i
                    return True
        return False

    for i in range(len(gold)):
        place(i, set())
    return sorted((gold[i], predicted[j]) for j, i in partner.items())
