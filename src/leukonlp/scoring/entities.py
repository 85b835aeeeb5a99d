"""Span scores: are the mentions found? Strict and partial, one gold span to one predicted span.

*Strict*: same start, end and type. *Partial*, after SemEval-2013 task 9 (Segura-Bedmar et al. 2013)
with the type required: an exact match earns 1, an overlap with a span of the same type 0.5. Exact
pairs are made first; the rest are paired one to one so that as many as possible find a partner.

Spans that repeat start, end and type within a document (two concepts on the same words) are one
span, on both sides: two predictions on the same offsets never count twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from leukonlp.errors import InputError, SettingsError
from leukonlp.scoring.intervals import RATE_HEADER, Rates, grid, rates
from leukonlp.scoring.pairing import Place, overlapping

Mode: TypeAlias = Literal["strict", "partial"]
PARTIAL_CREDIT = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """A typed stretch of text, end exclusive, and the concept it stands for.

    Several concept ids of one mention are joined by ``|``.
    """

    start: int
    end: int
    type: str
    concept: str | None = None

    def __post_init__(self) -> None:
        """Refuse offsets that span nothing.

        Raises:
            InputError: naming the offsets.
        """
        if not 0 <= self.start < self.end:
            raise InputError(f"a span cannot run from {self.start} to {self.end}; give 0 <= start < end")

    @property
    def place(self) -> Place:
        """What makes two spans the same mention."""
        return self.start, self.end, self.type


Documents: TypeAlias = Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class SpanScore:
    """Span rates over all types (micro) and by type."""

    mode: Mode
    overall: Rates
    by_type: Mapping[str, Rates]
    n_exact: int
    n_partial: int
    n_documents: int
    n_without_prediction: int
    """Gold documents that the predictions do not name at all; their spans count as missed."""

    @property
    def precision(self) -> float | None:
        """Precision over all types."""
        return self.overall.precision

    @property
    def recall(self) -> float | None:
        """Recall over all types."""
        return self.overall.recall

    @property
    def f1(self) -> float | None:
        """F1 over all types."""
        return self.overall.f1

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "mode": self.mode,
            "overall": self.overall.to_dict(),
            "by_type": {name: rate.to_dict() for name, rate in self.by_type.items()},
            "n_exact": self.n_exact,
            "n_partial": self.n_partial,
            "n_documents": self.n_documents,
            "n_without_prediction": self.n_without_prediction,
        }

    def table(self) -> str:
        """Return a printable table, one line a type and one for all."""
        rows = [(name, *rate.cells()) for name, rate in self.by_type.items()]
        head = f"spans, {self.mode}: n = {self.n_documents} documents"
        if self.n_without_prediction:
            head += f", {self.n_without_prediction} of them without any prediction"
        return f"{head}\n" + grid(("type", *RATE_HEADER), [*rows, ("all", *self.overall.cells())])


def spans(
    gold: Documents, predicted: Documents, *, mode: Mode = "strict", resamples: int = 1000, seed: int = 0
) -> SpanScore:
    """Score predicted spans against gold spans, document by document.

    A gold document that is missing from ``predicted`` counts as one without predictions.

    Args:
        gold: document id to its gold spans.
        predicted: document id to its predicted spans.
        mode: ``strict`` or ``partial``, as the module defines them.
        resamples: bootstrap resamples of documents for the 95% intervals; 0 for none.
        seed: seed of the bootstrap.

    Raises:
        InputError: ``predicted`` names documents that ``gold`` does not hold.
        SettingsError: an unknown mode.
    """
    if mode not in get_args(Mode):
        raise SettingsError(f"mode {mode!r} is unknown; choose one of {', '.join(get_args(Mode))}")
    check_documents(gold, predicted)
    tallies = [_tally(gold[name], predicted.get(name, ())) for name in gold]
    types = sorted({kind for tally in tallies for kind in tally})
    part = PARTIAL_CREDIT if mode == "partial" else 0.0

    def rate(kinds: Sequence[str]) -> Rates:
        return rates([_sum(tally, kinds, part) for tally in tallies], resamples=resamples, seed=seed)

    return SpanScore(
        mode=mode,
        overall=rate(types),
        by_type={kind: rate([kind]) for kind in types},
        n_exact=sum(count.exact for tally in tallies for count in tally.values()),
        n_partial=sum(count.partial for tally in tallies for count in tally.values()) if part else 0,
        n_documents=len(gold),
        n_without_prediction=sum(name not in predicted for name in gold),
    )


def check_documents(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> None:
    """Refuse predictions for documents outside the gold standard.

    Raises:
        InputError: naming the first such documents.
    """
    strange = [name for name in predicted if name not in gold]
    if strange:
        shown = ", ".join(strange[:5]) + (", ..." if len(strange) > 5 else "")
        raise InputError(
            f"{len(strange)} predicted documents are not in the gold standard ({shown}); "
            "give predictions for gold documents only, under the same ids"
        )


@dataclass(frozen=True, slots=True)
class _Count:
    exact: int
    partial: int
    n_gold: int
    n_predicted: int


def _tally(gold: Iterable[Span], predicted: Iterable[Span]) -> dict[str, _Count]:
    wanted, found = {span.place for span in gold}, {span.place for span in predicted}
    tally = {}
    for kind in sorted({place[2] for place in wanted | found}):
        g = {place for place in wanted if place[2] == kind}
        p = {place for place in found if place[2] == kind}
        partial = len(overlapping(sorted(g - p), sorted(p - g)))
        tally[kind] = _Count(len(g & p), partial, len(g), len(p))
    return tally


def _sum(tally: Mapping[str, _Count], kinds: Sequence[str], part: float) -> tuple[float, int, int]:
    counts = [tally[kind] for kind in kinds if kind in tally]
    credit = sum(count.exact + part * count.partial for count in counts)
    return credit, sum(count.n_gold for count in counts), sum(count.n_predicted for count in counts)
