"""Class scores: are the study tags right? One label a document (phase, design) or several (modality).

Macro averages run over every class that occurs in gold or predictions; a class whose precision is
undefined (never predicted) adds 0 to the macro precision, likewise recall, as in scikit-learn.
Accuracy asks for the whole label set of a document to be right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from leukonlp.errors import InputError
from leukonlp.scoring.entities import check_documents
from leukonlp.scoring.intervals import (
    RATE_HEADER,
    Interval,
    Rates,
    bootstrap,
    grid,
    percent,
    rates,
    ratio,
    span,
    wilson,
)

Labels: TypeAlias = "str | bool | Collection[str] | None"
NONE = "(none)"
"""How a missing label is written in the confusion counts."""
MISSING = "(no prediction)"
"""How a document that the predictions do not name is written there."""


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Class rates: per class, micro, macro, and accuracy."""

    n: int
    """Documents scored."""
    n_unlabelled: int
    """Gold documents whose label is None (not judged); they are left out."""
    n_without_prediction: int
    """Scored documents that the predictions do not name; they count as wrong."""
    n_correct: int
    multi_label: bool
    per_class: Mapping[str, Rates]
    micro: Rates
    macro_precision: float | None
    macro_recall: float | None
    macro_f1: float | None
    macro_f1_interval: Interval | None
    confusion: Mapping[tuple[str, str], int]
    """(gold label, predicted label) to documents; for several labels, ``+``-joined label sets."""

    @property
    def accuracy(self) -> float | None:
        """Documents whose labels are all right, among those scored."""
        return ratio(self.n_correct, self.n)

    @property
    def accuracy_interval(self) -> Interval | None:
        """Wilson's 95% interval of the accuracy."""
        return wilson(self.n_correct, self.n)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        interval, macro = self.accuracy_interval, self.macro_f1_interval
        return {
            "n": self.n,
            "n_unlabelled": self.n_unlabelled,
            "n_without_prediction": self.n_without_prediction,
            "multi_label": self.multi_label,
            "accuracy": self.accuracy,
            "accuracy_interval": None if interval is None else list(interval),
            "n_correct": self.n_correct,
            "micro": self.micro.to_dict(),
            "macro": {
                "precision": self.macro_precision,
                "recall": self.macro_recall,
                "f1": self.macro_f1,
                "f1_interval": None if macro is None else list(macro),
            },
            "per_class": {name: rate.to_dict() for name, rate in self.per_class.items()},
            "confusion": [{"gold": g, "predicted": p, "n": n} for (g, p), n in self.confusion.items()],
        }

    def table(self) -> str:
        """Return a printable table, one line a class, then the averages."""
        head = (
            f"classes: n = {self.n} documents, accuracy {percent(self.accuracy)} "
            f"(95% CI {span(self.accuracy_interval)}; {self.n_correct}/{self.n})\n"
        )
        if self.n_without_prediction:
            head += f"{self.n_without_prediction} of them without any prediction, which counts as wrong\n"
        rows = [(name, *rate.cells()) for name, rate in self.per_class.items()]
        macro = ("macro", percent(self.macro_precision), percent(self.macro_recall), percent(self.macro_f1))
        averages = [("micro", *self.micro.cells()), (*macro, span(self.macro_f1_interval), "", "")]
        return head + grid(("class", *RATE_HEADER), [*rows, *averages])


def classes(
    gold: Mapping[str, Labels], predicted: Mapping[str, Labels], *, resamples: int = 1000, seed: int = 0
) -> ClassScore:
    """Score predicted labels against gold labels, document by document.

    A value is one label, or a collection of labels where a document may have several (an empty
    collection is a judgement: no label). None in gold means not judged, and is left out.

    Args:
        gold: document id to gold label or labels.
        predicted: document id to predicted label or labels.
        resamples: bootstrap resamples of documents for the 95% intervals; 0 for none.
        seed: seed of the bootstrap.

    Raises:
        InputError: ``predicted`` names other documents, or one side has single labels and the other sets.
    """
    check_documents(gold, predicted)
    judged = [name for name in gold if gold[name] is not None]
    multi = _is_multi([gold[name] for name in judged], [predicted.get(name) for name in judged])
    pairs = [(_labels(gold[name]), _labels(predicted.get(name))) for name in judged]
    names = sorted({label for pair in pairs for labels in pair for label in labels})
    per_class = {
        c: rates([_counts(pair, (c,)) for pair in pairs], resamples=resamples, seed=seed) for c in names
    }
    return ClassScore(
        n=len(pairs),
        n_unlabelled=len(gold) - len(judged),
        n_without_prediction=sum(name not in predicted for name in judged),
        n_correct=sum(g == p and name in predicted for name, (g, p) in zip(judged, pairs, strict=True)),
        multi_label=multi,
        per_class=per_class,
        micro=rates([_counts(pair, names) for pair in pairs], resamples=resamples, seed=seed),
        macro_precision=_mean([rate.precision for rate in per_class.values()]),
        macro_recall=_mean([rate.recall for rate in per_class.values()]),
        macro_f1=_mean([rate.f1 for rate in per_class.values()]),
        macro_f1_interval=_macro_interval(pairs, names, resamples=resamples, seed=seed),
        confusion=dict(
            sorted(
                Counter(
                    (_joined(g), _joined(p) if name in predicted else MISSING)
                    for name, (g, p) in zip(judged, pairs, strict=True)
                ).items()
            )
        ),
    )


Pair: TypeAlias = tuple[frozenset[str], frozenset[str]]


def _is_multi(gold: Sequence[Labels], predicted: Sequence[Labels]) -> bool:
    kinds = {not isinstance(value, (str, bool)) for value in (*gold, *predicted) if value is not None}
    if len(kinds) > 1:
        raise InputError(
            "single labels and sets of labels are mixed; give each document one label, or each document a set"
        )
    return kinds == {True}


def _labels(value: Labels) -> frozenset[str]:
    if value is None:
        return frozenset()
    if isinstance(value, bool):
        return frozenset({str(value).lower()})
    return frozenset({value}) if isinstance(value, str) else frozenset(value)


def _counts(pair: Pair, names: Collection[str]) -> tuple[float, int, int]:
    gold, predicted = (labels.intersection(names) for labels in pair)
    return len(gold & predicted), len(gold), len(predicted)


def _mean(values: Sequence[float | None]) -> float | None:
    return ratio(sum(value or 0.0 for value in values), len(values))


def _macro_interval(
    pairs: Sequence[Pair], names: Sequence[str], *, resamples: int, seed: int
) -> Interval | None:
    """Bootstrap the macro F1; a class absent from a resample takes no part in its mean."""
    columns = [[count for name in names for count in _counts(pair, (name,))] for pair in pairs]
    draws = bootstrap(columns, resamples=resamples, seed=seed) if names else None
    if draws is None:
        return None
    import numpy as np

    credit, size = draws[:, 0::3], draws[:, 1::3] + draws[:, 2::3]
    present = size > 0
    f1 = np.divide(2 * credit, size, out=np.zeros_like(size), where=present)
    means = f1.sum(axis=1) / np.maximum(present.sum(axis=1), 1)
    low, high = np.percentile(means, (2.5, 97.5))
    return float(low), float(high)


def _joined(labels: frozenset[str]) -> str:
    return "+".join(sorted(labels)) or NONE
