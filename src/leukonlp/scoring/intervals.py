"""Precision, recall, F1 and 95% intervals from plain counts; knows no spans and no labels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from leukonlp.errors import SettingsError

Interval: TypeAlias = tuple[float, float]
Z95 = 1.959963984540054
"""97.5% point of the standard normal distribution."""
_CHUNK = 2_000_000


def ratio(numerator: float, denominator: float) -> float | None:
    """Return the quotient, or None where there is nothing to divide by."""
    return numerator / denominator if denominator else None


def wilson(successes: int, n: int, *, z: float = Z95) -> Interval | None:
    """Return Wilson's score interval (Wilson 1927) for a proportion, or None for ``n == 0``.

    Raises:
        SettingsError: the counts do not make a proportion.
    """
    if not 0 <= successes <= n:
        raise SettingsError(f"{successes} of {n} is no proportion; give 0 <= successes <= n")
    if n == 0:
        return None
    p, square = successes / n, z * z
    centre = p + square / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + square / (4 * n * n))
    scale = 1 + square / n
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1 with the counts they stand on.

    ``credit`` is the number of right items (partial matches count in part). A rate whose
    denominator is zero is None, never 0 or 1.
    """

    credit: float
    n_gold: int
    n_predicted: int
    precision_interval: Interval | None = None
    recall_interval: Interval | None = None
    f1_interval: Interval | None = None
    """95% percentile intervals of a bootstrap over documents, or None where not asked for or undefined."""

    @property
    def precision(self) -> float | None:
        """Right items among predicted items."""
        return ratio(self.credit, self.n_predicted)

    @property
    def recall(self) -> float | None:
        """Right items among gold items."""
        return ratio(self.credit, self.n_gold)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, as ``2 credit / (gold + predicted)``."""
        return ratio(2 * self.credit, self.n_gold + self.n_predicted)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "precision_interval": _listed(self.precision_interval),
            "recall_interval": _listed(self.recall_interval),
            "f1_interval": _listed(self.f1_interval),
            "credit": self.credit,
            "n_gold": self.n_gold,
            "n_predicted": self.n_predicted,
        }

    def cells(self) -> tuple[str, ...]:
        """Return the cells of a printed row: P, R, F1, 95% interval of F1, gold, predicted."""
        figures = (percent(self.precision), percent(self.recall), percent(self.f1), span(self.f1_interval))
        return (*figures, str(self.n_gold), str(self.n_predicted))


RATE_HEADER = ("P", "R", "F1", "F1 95% CI", "gold", "predicted")


def rates(per_document: Sequence[tuple[float, int, int]], *, resamples: int, seed: int) -> Rates:
    """Return rates over documents, each given as (credit, gold items, predicted items), with intervals."""
    credit = sum(row[0] for row in per_document)
    n_gold = sum(row[1] for row in per_document)
    n_predicted = sum(row[2] for row in per_document)
    draws = bootstrap(per_document, resamples=resamples, seed=seed)
    if draws is None:
        return Rates(credit, n_gold, n_predicted)
    right, gold, predicted = draws[:, 0], draws[:, 1], draws[:, 2]
    return Rates(
        credit,
        n_gold,
        n_predicted,
        quantiles(right, predicted),
        quantiles(right, gold),
        quantiles(2 * right, gold + predicted),
    )


def bootstrap(per_document: Sequence[Sequence[float]], *, resamples: int, seed: int) -> Any:
    """Return column sums of documents redrawn with replacement, one row a resample.

    Documents, not items, are redrawn, because items of one document are not independent. The
    same seed gives the same sums. None for ``resamples == 0`` or no documents.

    Raises:
        SettingsError: ``resamples`` is negative.
    """
    if resamples < 0:
        raise SettingsError(f"resamples is {resamples}; give 0 (no interval) or more, such as 1000")
    n = len(per_document)
    if not resamples or not n:
        return None
    import numpy as np

    counts = np.asarray(per_document, dtype=np.float64)
    random = np.random.default_rng(seed)
    step = max(1, _CHUNK // n)
    sums = [
        random.multinomial(n, np.full(n, 1 / n), size=min(step, resamples - done)) @ counts
        for done in range(0, resamples, step)
    ]
    return np.concatenate(sums)


def quantiles(numerator: Any, denominator: Any) -> Interval | None:
    """Return the 2.5% and 97.5% points of a ratio over the resamples that have a denominator."""
    defined = denominator > 0
    if not defined.any():
        return None
    import numpy as np

    low, high = np.percentile(numerator[defined] / denominator[defined], (2.5, 97.5))
    return float(low), float(high)


def percent(value: float | None) -> str:
    """Return a rate as percent with one decimal, or a dash."""
    return "-" if value is None else f"{100 * value:.1f}"


def span(interval: Interval | None) -> str:
    """Return an interval as percent, or a dash."""
    return "-" if interval is None else f"{percent(interval[0])}-{percent(interval[1])}"


def grid(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a plain-text table: first column to the left, figures to the right."""
    lines = [tuple(header), *map(tuple, rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    return "\n".join(_aligned(line, widths) for line in lines)


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    figures = [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
    return "  ".join([line[0].ljust(widths[0]), *figures]).rstrip()


def _listed(interval: Interval | None) -> list[float] | None:
    return None if interval is None else list(interval)
