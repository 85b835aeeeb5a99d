"""Which of the treatments that a text names does the study test? Judged for each mention from its context.

A logistic regression over the words around a mention, its name, and its standing among the other treatments
of the text. One machine serves every modality: what "patients received X" says holds for a rare kind of
treatment as for a common one. It learns from labels of whole studies: a mention counts as tested where its
modality is one of the study's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import exp
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from leukonlp.studies.context import Context
from leukonlp.studies.labels import MODALITIES
from leukonlp.studies.machines import learned, matrix
from leukonlp.studies.surroundings import Surroundings

_SURE = 20.0
"""Log-odds where all labelled mentions were alike."""
_Learned: TypeAlias = "tuple[Surroundings, NDArray[np.float64]]"
_PLACE: dict[str, int] = {label: i for i, label in enumerate(MODALITIES)}


class TreatmentJudge(BaseEstimator):  # type: ignore[misc]
    """Tells how likely each mention of a treatment is one that the study tests.

    Args:
        C: how little it is regularised.
        least: at how many mentions a feature must occur to be learned.
    """

    def __init__(self, C: float = 5.0, least: int = 4) -> None:
        self.C = C
        self.least = least

    def fit(self, X: Sequence[Sequence[Context]], y: Sequence[Collection[str]]) -> TreatmentJudge:
        """Learn from the mentions of labelled studies, and the modalities of each."""
        mentions = [context for study in X for context in study]
        answers = np.array([c.modality in own for study, own in zip(X, y, strict=True) for c in study])
        self.names_ = learned([context.features for context in mentions], self.least)
        self.__dict__.pop("_table", None)
        if not self.names_ or answers.all() or not answers.any():  # there is nothing to tell apart
            self.names_, self.weights_ = "", np.zeros(0, np.float32)
            self.intercept_ = _SURE if answers.any() else -_SURE
            return self
        fitted = LogisticRegression(C=self.C, solver="liblinear", max_iter=300, random_state=0)
        known = {name: column for column, name in enumerate(self.names_.split("\n"))}
        fitted.fit(matrix([context.features for context in mentions], known), answers)
        self.weights_ = fitted.coef_[0].astype(np.float32)
        self.intercept_ = float(fitted.intercept_[0])
        return self

    def predict_proba(self, X: Sequence[Sequence[Context]]) -> list[list[float]]:
        """Return for each study the probability of each of its mentions."""
        check_is_fitted(self)
        likely = iter(self._likely([context for study in X for context in study]))
        return [[next(likely) for _ in study] for study in X]

    def _likely(self, mentions: Sequence[Context]) -> list[float]:
        surroundings, weights = self._learned()
        owners, columns = surroundings.columns(mentions)
        sums = np.bincount(owners, weights[columns], len(mentions))
        counts = np.bincount(owners, minlength=len(mentions))
        odds = self.intercept_ + sums / np.sqrt(np.maximum(counts, 1))
        return [1 / (1 + exp(-each)) for each in odds.tolist()]

    def _learned(self) -> _Learned:
        """Return how what is learned is found around mentions, and the weights."""
        if not hasattr(self, "_table"):
            columns = {name: i for i, name in enumerate(self.names_.split("\n")[: len(self.weights_)])}
            self._table = Surroundings(columns), self.weights_.astype(np.float64)
        return self._table

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = super().__getstate__()
        return {name: value for name, value in state.items() if name != "_table"}


def likeliest(X: Sequence[Sequence[Context]], likely: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """Return studies x ``MODALITIES``: the probability of the likeliest mention of each, 0 where none is.

    Args:
        X: mentions of each study.
        likely: their probabilities.
    """
    rows = np.zeros((len(X), len(MODALITIES)))
    for row, study, ps in zip(rows, X, likely, strict=True):
        for context, p in zip(study, ps, strict=True):
            place = _PLACE[context.modality]
            row[place] = max(row[place], p)
    return rows
