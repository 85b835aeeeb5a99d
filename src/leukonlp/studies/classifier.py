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
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC
from sklearn.utils.validation import check_is_fitted

from leukonlp.records import Study
from leukonlp.studies.features import RULE, features
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
        rule_weight: how much more what the rules found weighs than a word, for phase, design and relevance;
            of modalities beyond leukodystrophies the rules know little, and they weigh as a word does.
    """

    def __init__(self, C: float = 0.3, least: int = 3, folds: int = 3, rule_weight: float = 6.0) -> None:
        self.C = C
        self.least = least
        self.folds = folds
        self.rule_weight = rule_weight

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
        self.scale_ = np.array([self.rule_weight if name.startswith(RULE) else 1.0 for name in names])
        words = self._matrix(rows)
        ruled = normalize(words @ sparse.diags(self.scale_))
        self.classes_: dict[str, Any] = {}
        machines: dict[str, NDArray[Any]] = {}
        for field in SINGLE:
            given = Counter(str(labels[field]) for labels in y if labels.get(field) is not None)
            # A label that is seen once can be learned or calibrated, not both: it is left out.
            judged = [i for i, labels in enumerate(y) if given[str(labels.get(field))] >= _FEWEST]
            answers = np.array([str(y[i][field]) for i in judged])
            if len(set(answers.tolist())) < _FEWEST:
                continue
            classes, found = self._fitted(ruled[judged], answers)
            self.classes_[field] = classes
            machines |= {_NAME.format(field, label): row for label, row in zip(classes, found, strict=True)}
        judged = [i for i, labels in enumerate(y) if labels.get("modality") is not None]
        plain = normalize(words)[judged]
        for label in MODALITIES:
            answers = np.array([label in y[i]["modality"] for i in judged])
            if min(answers.sum(), len(answers) - answers.sum()) >= self.folds:
                machines[_NAME.format("modality", label)] = self._fitted(plain, answers)[1][1]
        kept = [label for label in MODALITIES if _NAME.format("modality", label) in machines]
        if kept:
            self.classes_["modality"] = np.array(kept, dtype=str)
        self.machines_ = {name: row.astype(np.float32) for name, row in machines.items()}
        self.__dict__.pop("_stacked", None)  # of an earlier fit
        return self

    def predict_proba(self, X: Sequence[Study]) -> dict[str, NDArray[np.float64]]:
        """Return for each field an array of studies x ``classes_[field]``; for modality each by itself."""
        check_is_fitted(self)
        words = self._matrix([features(study) for study in X])
        weights, (intercept, slope, offset), squares = self._side_by_side()
        lengths = np.sqrt(np.maximum(words @ squares, 1e-12))  # with rules at their weight, and as words
        raw, first = words @ weights, 0
        likely: dict[str, NDArray[np.float64]] = {}
        for field, classes in self.classes_.items():
            own = slice(first, first + len(classes))
            first = own.stop
            single = field in SINGLE
            margin = raw[:, own] / lengths[:, [0 if single else 1]] + intercept[own]
            p = expit(-(slope[own] * margin + offset[own]))
            likely[field] = p / p.sum(axis=1, keepdims=True) if single else p
        return likely

    def _side_by_side(self) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Return the weights of all machines, their intercepts, slopes and offsets, and squared scales."""
        if not hasattr(self, "_stacked"):
            rows, scales = [], []
            plain = np.ones_like(self.scale_)
            for field, classes in self.classes_.items():
                rows += [self.machines_[_NAME.format(field, label)] for label in classes]
                scales += [self.scale_ if field in SINGLE else plain] * len(classes)
            table = np.stack(rows, axis=1).astype(np.float64)
            squares = np.stack([self.scale_**2, plain], axis=1)
            self._stacked = table[:-3] * np.stack(scales, axis=1), table[-3:], squares
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
        ends = np.cumsum([0, *map(len, columns)])
        flat = np.fromiter(chain.from_iterable(columns), dtype=np.int32, count=int(ends[-1]))
        return sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(known)))
