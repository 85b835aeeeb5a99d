"""All that is said about the mentions of one corpus: strict and partial rates, and the errors behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leukonlp.scoring.confusion import Errors, errors
from leukonlp.scoring.entities import Documents, SpanScore, spans
from leukonlp.scoring.intervals import Rates, grid, percent, span

_CI = "95% CI"
_HEADER = ("type", "gold", "predicted", "P", _CI, "R", _CI, "F1", _CI, "partial F1", _CI)


@dataclass(frozen=True, slots=True)
class MentionScore:
    """Span rates by type, each with a 95% bootstrap interval over documents, and errors by kind."""

    strict: SpanScore
    partial: SpanScore
    errors: Errors
    n_left_out: int = 0
    """Gold documents that contradict themselves; they take no part."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "strict": self.strict.to_dict(),
            "partial": self.partial.to_dict(),
            "errors": self.errors.to_dict(),
            "n_left_out": self.n_left_out,
        }

    def table(self) -> str:
        """Return the rates, one line a type and one for all where there are several, then the errors."""
        head = f"spans, strict and partial: n = {self.strict.n_documents} documents"
        if self.strict.n_without_prediction:
            head += f", {self.strict.n_without_prediction} of them without any prediction"
        if self.n_left_out:
            head += f"; {self.n_left_out} left out"
        by_type = self.strict.by_type
        rows = [_row(name, rate, self.partial.by_type[name]) for name, rate in by_type.items()]
        if len(rows) > 1:
            rows.append(_row("all", self.strict.overall, self.partial.overall))
        return f"{head}\n{grid(_HEADER, rows)}\n\n{self.errors.table()}"


def mentions(
    texts: Mapping[str, str],
    gold: Documents,
    predicted: Documents,
    *,
    commonest: int = 5,
    n_left_out: int = 0,
    resamples: int = 1000,
    seed: int = 0,
) -> MentionScore:
    """Score predicted spans against gold spans in every way that needs no concepts.

    Args:
        texts: document id to the text that the offsets point into.
        gold: document id to its gold spans.
        predicted: document id to its predicted spans.
        commonest: words listed for each kind of error; 0 for none.
        n_left_out: gold documents that were left out of ``gold``, to be told with the score.
        resamples: bootstrap resamples of documents for the 95% intervals; 0 for none.
        seed: seed of the bootstrap.

    Raises:
        InputError: ``predicted`` names documents that ``gold`` does not hold.
        SettingsError: ``commonest`` or ``resamples`` is negative.
    """
    return MentionScore(
        spans(gold, predicted, mode="strict", resamples=resamples, seed=seed),
        spans(gold, predicted, mode="partial", resamples=resamples, seed=seed),
        errors(texts, gold, predicted, commonest=commonest),
        n_left_out,
    )


def _row(name: str, strict: Rates, partial: Rates) -> tuple[str, ...]:
    return (
        name,
        str(strict.n_gold),
        str(strict.n_predicted),
        *(percent(strict.precision), span(strict.precision_interval)),
        *(percent(strict.recall), span(strict.recall_interval)),
        *(percent(strict.f1), span(strict.f1_interval)),
        *(percent(partial.f1), span(partial.f1_interval)),
    )
