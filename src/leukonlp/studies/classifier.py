"""The trained tagger: relevance, phase, design and modality with calibrated probabilities.

Linear support vector machines over sparse features (near the best for this work: RobotSearch,
doi:10.1002/jrsm.1287), calibrated by Platt's sigmoid, beside a judge of each treatment that is named
(:mod:`leukonlp.studies.judge`). What is kept of them is numbers: scikit-learn fits them, one product of
matrices asks all of them at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from leukonlp.records import Study
from leukonlp.studies.context import Context, contexts
from leukonlp.studies.features import Columns, features
from leukonlp.studies.judge import TreatmentJudge, likeliest
from leukonlp.studies.labels import MODALITIES
from leukonlp.studies.machines import calibrated, learned
from leukonlp.studies.wording import Wording, wordings

Labels: TypeAlias = Mapping[str, Any]
"""``relevant``, ``phase``, ``design`` (one label each), ``modality`` (a list); what lacks is not judged."""
Read: TypeAlias = "tuple[list[tuple[Wording, Wording]], list[list[Context]]]"
"""Of each study its wordings, and the treatments that it names."""
SINGLE = ("relevant", "phase", "design")
"""Fields with exactly one label."""
JUDGED = 0.35
"""Share of the judge in the probability of a modality that has a machine, too (docs/decisions/0011)."""
_NAME = "{}={}"
_FEWEST = 2
_KEPT = ("_known", "_found", "_stacked")


class StudyTagger(BaseEstimator):  # type: ignore[misc]
    """Tags studies, in the manner of scikit-learn's estimators: ``fit``, ``predict``, ``predict_proba``.

    Args:
        C: how little the machines are regularised.
        least: in how many studies a feature must occur to be learned.
        folds: parts that the studies are cut into for calibration.
        few: modalities of fewer studies get no machine of their own: the judge alone finds them.
    """

    def __init__(self, C: float = 0.6, least: int = 3, folds: int = 3, few: int = 100) -> None:
        self.C = C
        self.least = least
        self.folds = folds
        self.few = few

    def fit(self, X: Sequence[Study], y: Sequence[Labels]) -> StudyTagger:
        """Learn from labelled studies.

        Args:
            X: studies with their mentions and what the rules found.
            y: the labels of each. A field in which all are alike is not learned, and is in no prediction.
        """
        for name in _KEPT:  # of an earlier fit
            self.__dict__.pop(name, None)
        texts, named = _read(X)
        rows = [features(study, own) for study, own in zip(X, texts, strict=True)]
        self.names_ = learned(rows, self.least)
        given = [labels.get("modality") for labels in y]
        own = [i for i, labels in enumerate(given) if labels is not None]
        self.judge_ = TreatmentJudge().fit([named[i] for i in own], [given[i] or () for i in own])
        seen = self._columns().matrix(X, texts)
        self.classes_: dict[str, Any] = {}
        machines: dict[str, NDArray[Any]] = {}
        for field in SINGLE:
            machines |= self._single(field, seen, [labels.get(field) for labels in y])
        machines |= self._modalities(seen, given)
        self.machines_ = {name: row.astype(np.float32) for name, row in machines.items()}
        return self

    def predict_proba(self, X: Sequence[Study]) -> dict[str, NDArray[np.float64]]:
        """Return for each field an array of studies x ``classes_[field]``; for modality each by itself."""
        check_is_fitted(self)
        texts, named = _read(X)
        weights, (intercept, slope, offset) = self._side_by_side()
        margins = self._columns().matrix(X, texts) @ weights + intercept
        p, first = expit(-(slope * margins + offset)), 0
        likely: dict[str, NDArray[np.float64]] = {}
        for field, classes in self.classes_.items():
            own = p[:, first : first + self._machines_of(field)]
            first += own.shape[1]
            if field in SINGLE:
                likely[field] = own / own.sum(axis=1, keepdims=True)
            else:
                judged = likeliest(named, self.judge_.predict_proba(named))
                judged = judged[:, [MODALITIES.index(label) for label in classes.tolist()]]
                judged[:, : own.shape[1]] *= JUDGED
                judged[:, : own.shape[1]] += (1 - JUDGED) * own
                likely[field] = judged
        return likely

    def predict(self, X: Sequence[Study]) -> list[dict[str, Any]]:
        """Return the likeliest label of each field, and the modalities that are likelier than not."""
        likely = self.predict_proba(X)
        rows: list[dict[str, Any]] = [{} for _ in X]
        for field, classes in self.classes_.items():
            for row, p in zip(rows, likely[field], strict=True):
                row[field] = str(classes[p.argmax()]) if field in SINGLE else classes[p >= 0.5].tolist()
        return rows

    @property
    def vocabulary_(self) -> dict[str, int]:
        """The column of each feature that was learned."""
        if not hasattr(self, "_known"):
            names = self.names_.split("\n") if self.names_ else []
            self._known = {name: column for column, name in enumerate(names)}
        return self._known

    def _columns(self) -> Columns:
        if not hasattr(self, "_found"):
            self._found = Columns(self.vocabulary_)
        return self._found

    @property
    def alone_(self) -> list[str]:
        """The modalities that the judge alone finds."""
        return list(self.classes_.get("modality", [])[self._machines_of("modality") :])

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = super().__getstate__()
        return {name: value for name, value in state.items() if name not in _KEPT}

    def _single(self, field: str, seen: Any, given: Sequence[Any]) -> dict[str, NDArray[Any]]:
        """Return the machines of a field with one label, and note its classes."""
        counts = Counter(str(label) for label in given if label is not None)
        # A label that is seen once can be learned or calibrated, not both: it is left out.
        own = [i for i, label in enumerate(given) if counts[str(label)] >= _FEWEST and label is not None]
        answers = np.array([str(given[i]) for i in own])
        if len(set(answers.tolist())) < _FEWEST:
            return {}
        self.classes_[field], rows = calibrated(seen[own], answers, C=self.C, folds=self.folds)
        labels = self.classes_[field].tolist()
        return {_NAME.format(field, label): row for label, row in zip(labels, rows, strict=True)}

    def _modalities(self, seen: Any, given: Sequence[Collection[str] | None]) -> dict[str, NDArray[Any]]:
        """Return the machines of the common modalities, and note those and the others."""
        own = [i for i, labels in enumerate(given) if labels is not None]
        machines = {}
        for label in MODALITIES:
            answers = np.array([label in (given[i] or ()) for i in own])
            if answers.sum() >= max(self.few, self.folds) and (~answers).sum() >= self.folds:
                machines[label] = calibrated(seen[own], answers, C=self.C, folds=self.folds)[1][1]
        if own:
            rest = [label for label in MODALITIES if label not in machines]
            self.classes_["modality"] = np.array([*machines, *rest], dtype=str)
        return {_NAME.format("modality", label): row for label, row in machines.items()}

    def _machines_of(self, field: str) -> int:
        """Return how many labels of a field have a machine; they come first."""
        return sum(_NAME.format(field, label) in self.machines_ for label in self.classes_.get(field, ()))

    def _side_by_side(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the weights of all machines, and their intercepts, slopes and offsets."""
        if not hasattr(self, "_stacked"):
            names = [_NAME.format(field, label) for field, own in self.classes_.items() for label in own]
            rows = [self.machines_[name] for name in names if name in self.machines_]
            last = len(self.vocabulary_)
            table = np.stack(rows, axis=1).astype(np.float64) if rows else np.zeros((last + 3, 0))
            self._stacked = table[:last], table[last:]
        return self._stacked


def _read(X: Sequence[Study]) -> Read:
    texts = [wordings(study) for study in X]
    designs = [str(study.design.label) if study.design is not None else None for study in X]
    return texts, [contexts(own, design) for own, design in zip(texts, designs, strict=True)]
