"""Linear machines over names of features: the matrix that they see, and their calibrated fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.calibration import CalibratedClassifierCV
from sklearn.svm import LinearSVC


def learned(rows: Sequence[Collection[str]], least: int) -> str:
    """Return the names of features that occur in at least ``least`` rows, a line each.

    As one string: skops takes seconds for a dict or list of this size.
    """
    seen = Counter(chain.from_iterable(rows))
    return "\n".join(sorted(name for name, count in seen.items() if count >= least))


def matrix(rows: Sequence[Collection[str]], known: Mapping[str, int]) -> Any:
    """Return rows x features as a sparse matrix; each row has the length 1, so that all weigh the same.

    Args:
        rows: names of features; those that are not known count nothing.
        known: the column of each feature.
    """
    columns = [[known[name] for name in row if name in known] for row in rows]
    owners = np.repeat(np.arange(len(rows)), [*map(len, columns)])
    flat = np.array([*chain.from_iterable(columns)], np.int64)
    return ones(owners, flat, shape=(len(rows), len(known)))


def ones(rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]) -> Any:
    """Return the sparse matrix with something in these rows and columns; its rows have the length 1."""
    places = np.unique(rows * shape[1] + columns)
    rows, columns = np.divmod(places, shape[1])
    counts = np.bincount(rows, minlength=shape[0])
    ends = np.concatenate([[0], np.cumsum(counts)])
    lengths = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts)
    return sparse.csr_matrix((lengths, columns.astype(np.int32), ends), shape=shape)


def calibrated(
    seen: Any, answers: NDArray[Any], *, C: float, folds: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Fit support vector machines, and Platt's sigmoids on folds that they were not trained on.

    Args:
        seen: rows x features.
        answers: the class of each row.
        C: how little they are regularised.
        folds: parts that the rows are cut into for calibration.

    Returns:
        The classes, and classes x (weights, intercept, slope and offset of the sigmoid).
    """
    fewest = min(Counter(answers.tolist()).values())
    model = CalibratedClassifierCV(
        LinearSVC(C=C, random_state=0), ensemble=False, cv=max(2, min(folds, fewest))
    ).fit(seen, answers)
    (fitted,) = model.calibrated_classifiers_
    rows = [
        np.concatenate([weights, [intercept, sigmoid.a_, sigmoid.b_]])
        for weights, intercept, sigmoid in zip(
            fitted.estimator.coef_, fitted.estimator.intercept_, fitted.calibrators, strict=True
        )
    ]
    if len(rows) == 1:  # of two classes scikit-learn keeps the second: the first is its mirror image
        mirrored = rows[0] * np.append(np.ones(len(rows[0]) - 2), [-1.0, -1.0])
        rows = [mirrored, rows[0]]
    return model.classes_, np.stack(rows)
