"""Which of the treatments that a text names does the study test? Judged for each mention from its context.

A logistic regression over the words around a mention, its name, and its standing among the other treatments
of the text. One machine serves every modality: what "patients received X" says holds for a rare kind of
treatment as for a common one. It learns from labels of whole studies: a mention counts as tested where its
modality is one of the study's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import takewhile
from math import exp, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from leukonlp.studies.labels import MODALITIES
from leukonlp.studies.machines import learned, matrix
from leukonlp.studies.wording import ENDS, Wording

_EDGE = "^"
_WINDOW = 8
_NEAREST = 3
_SURE = 20.0
"""Log-odds where all labelled mentions were alike."""
_COUNTS = (1, 2, 3, 5, 8)
_PLACE: dict[str, int] = {label: i for i, label in enumerate(MODALITIES)}


class Context(NamedTuple):
    """A mention of a treatment: its modality and its features."""

    modality: str
    features: list[str]


def contexts(texts: Sequence[Wording], design: str | None) -> list[Context]:
    """Return the mentions of treatments in a study.

    Args:
        texts: its wordings.
        design: the label of its design, as the rules found it.
    """
    pairs = [(text, one) for text in texts for one in text.named]
    names, kinds = Counter(one.name for _, one in pairs), Counter(one.modality for _, one in pairs)
    titled = {one for text, one in pairs if text.place == "t"}
    title_names, title_kinds = {one.name for one in titled}, {one.modality for one in titled}
    found = []
    for text, one in pairs:
        kind, count = one.modality, names[one.name]
        alike = one.name in title_names
        standing = [
            f"k:{kind}",
            f"n:{one.name}",
            f"s:{one.setting}",
            f"q:{text.place}{5 * one.at // len(text.kinds)}",
            f"title:{alike}",
            f"title:{alike}:{kind in title_kinds}:{bool(titled)}",
            f"kinds:{min(len(kinds), 5)}",
            f"share:{4 * kinds[kind] // len(pairs)}",
            f"alike:{4 * count // len(pairs)}",
            f"d:{design}",
            f"d:{design}:{kind}",
            *(f"count>{n}" for n in _COUNTS if count > n),
        ]
        around = _around(text.kinds, one.at, kind)
        found.append(Context(kind, list({*standing, *around})))
    return found


def _around(kinds: Sequence[str], at: int, kind: str) -> list[str]:
    """Return the words before and after, to the end of the sentence at most."""
    before = [*takewhile(_inside, reversed(kinds[max(0, at - _WINDOW) : at])), _EDGE]
    after = [*takewhile(_inside, kinds[at + 1 : at + 1 + _WINDOW]), _EDGE]
    return [
        *[f"l:{word}" for word in before],
        *[f"r:{word}" for word in after],
        f"l1:{before[0]}",
        f"r1:{after[0]}",
        f"l2:{' '.join(before[:2])}",
        f"r2:{' '.join(after[:2])}",
        *[f"l:{kind}:{word}" for word in before[:_NEAREST]],
        *[f"r:{kind}:{word}" for word in after[:_NEAREST]],
    ]


def _inside(word: str) -> bool:
    return word not in ENDS


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
        return [[self._likely(context) for context in study] for study in X]

    def _likely(self, context: Context) -> float:
        known = [w for w in map(self._weights().get, context.features) if w is not None]
        return 1 / (1 + exp(-self.intercept_ - sum(known) / sqrt(max(len(known), 1))))

    def _weights(self) -> dict[str, float]:
        if not hasattr(self, "_table"):
            self._table = dict(zip(self.names_.split("\n"), self.weights_.tolist(), strict=False))
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
