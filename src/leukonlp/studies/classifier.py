"""The trained tagger: relevance, phase, design and modality with calibrated probabilities.

Linear support vector machines over sparse features (near the best for this work: RobotSearch,
doi:10.1002/jrsm.1287), calibrated by Platt's sigmoid on folds that the machine was not trained on. What is
kept of them is numbers: scikit-learn fits them, one product of matrices asks all of them at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import expit
from sklearn.base import BaseEstimator
from sklearn.calibration import CalibratedClassifierCV
from sklearn.svm import LinearSVC
from sklearn.utils.validation import check_is_fitted

from leukonlp.records import Study
from leukonlp.studies.features import features
from leukonlp.studies.labels import MODALITIES

Labels: TypeAlias = Mapping[str, Any]
"""``relevant``, ``phase``, ``design`` (one label each), ``modality`` (a list); what lacks is not judged."""
SINGLE = ("relevant", "phase", "design")
"""Fields with exactly one label."""
_NAME = "{}={}"
_FEWEST = 2


class StudyTagger(BaseEstimator):  # type: ignore[misc]
    """Tags studies, in the manner of scikit-learn's estimators: ``fit``, ``predict``, ``predict_proba``.

    Args:
        C: how little the machines are regularised.
        least: in how many studies a feature must occur to be learned.
        folds: parts that the studies are cut into for calibration.
    """

    def __init__(self, C: float = 0.6, least: int = 3, folds: int = 3) -> None:
        self.C = C
        self.least = least
        self.folds = folds

    def fit(self, X: Sequence[Study], y: Sequence[Labels]) -> StudyTagger:
        """Learn from labelled studies.

        Args:
            X: studies with their mentions and what the rules found.
            y: the labels of each. A field in which all are alike is not learned, and is in no prediction.
        """
        rows = [features(study) for study in X]
        seen = Counter(chain.from_iterable(rows))
        names = sorted(name for name, count in seen.items() if count >= self.least)
        self.names_ = "\n".join(names)  # as one string: skops takes seconds for a dict of this size
        self.__dict__.pop("_known", None)
        matrix = self._matrix(rows)
        self.classes_: dict[str, Any] = {}
        machines: dict[str, NDArray[Any]] = {}
        for field in SINGLE:
            given = Counter(str(labels[field]) for labels in y if labels.get(field) is not None)
            # A label that is seen once can be learned or calibrated, not both: it is left out.
            judged = [i for i, labels in enumerate(y) if given[str(labels.get(field))] >= _FEWEST]
            answers = np.array([str(y[i][field]) for i in judged])
            if len(set(answers.tolist())) < _FEWEST:
                continue
            classes, found = self._fitted(matrix[judged], answers)
            self.classes_[field] = classes
            machines |= {_NAME.format(field, label): row for label, row in zip(classes, found, strict=True)}
        judged = [i for i, labels in enumerate(y) if labels.get("modality") is not None]
        for label in MODALITIES:
            answers = np.array([label in y[i]["modality"] for i in judged])
            if min(answers.sum(), len(answers) - answers.sum()) >= self.folds:
                machines[_NAME.format("modality", label)] = self._fitted(matrix[judged], answers)[1][1]
        kept = [label for label in MODALITIES if _NAME.format("modality", label) in machines]
        if kept:
            self.classes_["modality"] = np.array(kept, dtype=str)
        self.machines_ = {name: row.astype(np.float32) for name, row in machines.items()}
        self.__dict__.pop("_stacked", None)  # of an earlier fit
        return self

    def predict_proba(self, X: Sequence[Study]) -> dict[str, NDArray[np.float64]]:
        """Return for each field an array of studies x ``classes_[field]``; for modality each by itself."""
        check_is_fitted(self)
        matrix = self._matrix([features(study) for study in X])
        weights, (intercept, slope, offset) = self._side_by_side()
        margins, first = matrix @ weights + intercept, 0
        likely: dict[str, NDArray[np.float64]] = {}
        for field, classes in self.classes_.items():
            own = slice(first, first + len(classes))
            first = own.stop
            p = expit(-(slope[own] * margins[:, own] + offset[own]))
            likely[field] = p / p.sum(axis=1, keepdims=True) if field in SINGLE else p
        return likely

    def _side_by_side(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the weights of all machines, and their intercepts, slopes and offsets."""
        if not hasattr(self, "_stacked"):
            names = [_NAME.format(field, label) for field, own in self.classes_.items() for label in own]
            table = np.stack([self.machines_[name] for name in names], axis=1).astype(np.float64)
            self._stacked = table[:-3], table[-3:]
        return self._stacked

    @property
    def vocabulary_(self) -> dict[str, int]:
        """The column of each feature that was learned."""
        if not hasattr(self, "_known"):
            self._known = {name: column for column, name in enumerate(self.names_.split("\n"))}
        return self._known

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = super().__getstate__()
        return {name: value for name, value in state.items() if name not in ("_stacked", "_known")}

    def predict(self, X: Sequence[Study]) -> list[dict[str, Any]]:
        """Return the likeliest label of each field, and the modalities that are likelier than not."""
        likely = self.predict_proba(X)
        rows: list[dict[str, Any]] = [{} for _ in X]
        for field, classes in self.classes_.items():
            for row, p in zip(rows, likely[field], strict=True):
                row[field] = str(classes[p.argmax()]) if field in SINGLE else classes[p >= 0.5].tolist()
        return rows

    def _fitted(self, matrix: Any, answers: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the classes, and for each its weights, intercept, and slope and offset of its sigmoid."""
        fewest = min(Counter(answers.tolist()).values())
        calibrated = CalibratedClassifierCV(
            LinearSVC(C=self.C, random_state=0), ensemble=False, cv=max(2, min(self.folds, fewest))
        ).fit(matrix, answers)
        (fitted,) = calibrated.calibrated_classifiers_
        rows = [
            np.concatenate([weights, [intercept, sigmoid.a_, sigmoid.b_]])
            for weights, intercept, sigmoid in zip(
                fitted.estimator.coef_, fitted.estimator.intercept_, fitted.calibrators, strict=True
            )
        ]
        if len(rows) == 1:  # of two classes scikit-learn keeps the second: the first is its mirror image
            mirrored = rows[0] * np.append(np.ones(len(rows[0]) - 2), [-1.0, -1.0])
            rows = [mirrored, rows[0]]
        return calibrated.classes_, np.stack(rows)

    def _matrix(self, rows: Sequence[set[str]]) -> Any:
        known = self.vocabulary_
        columns = [sorted([known[name] for name in row if name in known]) for row in rows]
        counts = np.array([*map(len, columns)], dtype=np.int64)
        ends = np.concatenate([[0], np.cumsum(counts)])
        flat = np.fromiter(chain.from_iterable(columns), dtype=np.int32, count=int(ends[-1]))
        lengths = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts)  # every study weighs the same
        return sparse.csr_matrix((lengths, flat, ends), shape=(len(rows), len(known)))
