"""Which of the treatments that a text names does the study test? Judged for each mention from its context.

A logistic regression over the words around a mention, its name, and its standing among the other treatments
of the text. One machine serves every modality: what "patients received X" says holds for a rare kind of
treatment as for a common one. It learns from labels of whole studies: a mention counts as tested where its
modality is one of the study's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from itertools import chain, takewhile
from math import exp, sqrt
from typing import Any, NamedTuple, TypeAlias

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
_Lookups: TypeAlias = "Sequence[Callable[[str], int | None]]"
_Learned: TypeAlias = "tuple[Mapping[str, int], Mapping[str, _Lookups], Sequence[float]]"
_PLACE: dict[str, int] = {label: i for i, label in enumerate(MODALITIES)}


class Context(NamedTuple):
    """A mention of a treatment."""

    modality: str
    standing: list[str]
    """Names of what it is among the treatments of its text."""
    before: list[str]
    """The words before it, the nearest first, to the end of the sentence at most; likewise those after it."""
    after: list[str]

    @property
    def features(self) -> list[str]:
        """The names of all its features, each once."""
        families = zip(_families(self.modality), self.around(), strict=True)
        return list({*self.standing, *(f"{family}:{word}" for family, words in families for word in words)})

    def around(self) -> tuple[Sequence[str], ...]:
        """Return the words before and after, of each of the families that :func:`_families` names."""
        before, after = self.before, self.after
        return (
            before,
            after,
            before[:1],
            after[:1],
            (" ".join(before[:2]),),
            (" ".join(after[:2]),),
            before[:_NEAREST],
            after[:_NEAREST],
        )


def _families(kind: str) -> tuple[str, ...]:
    """Return what the names of the features of the words around a mention begin with."""
    return "l", "r", "l1", "r1", "l2", "r2", f"l:{kind}", f"r:{kind}"


def contexts(texts: Sequence[Wording], design: str | None) -> list[Context]:
    """Return the mentions of treatments in a study.

    Args:
        texts: its wordings.
        design: the label of its design, as the rules found it.
    """
    pairs = [(text, one) for text in texts for one in text.named]
    names, kinds = Counter(one.name for _, one in pairs), Counter(one.modality for _, one in pairs)
    titled = [one for text, one in pairs if text.place == "t"]
    title_names, title_kinds = {one.name for one in titled}, {one.modality for one in titled}

    @cache
    def standing(name: str, kind: str, setting: bool) -> list[str]:
        alike, count = name in title_names, names[name]
        return [
            f"k:{kind}",
            f"n:{name}",
            f"s:{setting}",
            f"title:{alike}",
            f"title:{alike}:{kind in title_kinds}:{bool(titled)}",
            f"kinds:{min(len(kinds), 5)}",
            f"share:{4 * kinds[kind] // len(pairs)}",
            f"alike:{4 * count // len(pairs)}",
            f"d:{design}",
            f"d:{design}:{kind}",
            *[f"count>{n}" for n in _COUNTS if count > n],
        ]

    found = []
    for text, (at, kind, setting, name) in pairs:
        before = text.kinds[max(0, at - _WINDOW) : at]
        after = text.kinds[at + 1 : at + 1 + _WINDOW]
        own = [f"q:{text.place}{5 * at // len(text.kinds)}", *standing(name, kind, setting)]
        found.append(Context(kind, own, _sentence(before[::-1]), _sentence(after)))
    return found


def _sentence(words: list[str]) -> list[str]:
    """Return the words to the end of the sentence, and a mark for it."""
    return [*(words if ENDS.isdisjoint(words) else takewhile(_inside, words)), _EDGE]


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
        columns, families, weights = self._learned()
        around = chain.from_iterable(map(map, families[context.modality], context.around()))
        known = {*map(columns.get, context.standing), *around}
        own = [weights[i] for i in known if i is not None]
        return 1 / (1 + exp(-self.intercept_ - sum(own) / sqrt(max(len(own), 1))))

    def _learned(self) -> _Learned:
        """Return the columns by name; for each modality, how words are looked up by family; the weights."""
        if not hasattr(self, "_table"):
            columns = {name: i for i, name in enumerate(self.names_.split("\n")[: len(self.weights_)])}
            words: defaultdict[str, dict[str, int]] = defaultdict(dict)
            for name, i in columns.items():
                family, _, word = name.rpartition(":")
                words[family][word] = i
            families: dict[str, _Lookups] = {
                kind: [words[family].get for family in _families(kind)] for kind in MODALITIES
            }
            self._table = columns, families, self.weights_.tolist()
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
