"""Linking scores: do mentions stand for the right concepts? Mention level, end to end, and document level.

The concepts of one mention are a set (``A|B`` in :class:`Span` is the set of A and B, as are two
predictions on the same offsets); a mention is right when the sets are equal.

- *accuracy*: among gold mentions that have a concept and were found strictly, those linked rightly.
- *end to end*: a predicted mention with a concept counts when offsets, type and concepts are all right.
- *documents*: the set of (type, concept) pairs of each document, whatever the offsets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from leukonlp.scoring.entities import Documents, Span, check_documents
from leukonlp.scoring.intervals import RATE_HEADER, Interval, Rates, grid, percent, rates, ratio, span, wilson


@dataclass(frozen=True, slots=True)
class LinkScore:
    """Linking rates at three levels."""

    n_documents: int
    n_gold: int
    """Gold mentions that have a concept."""
    n_found: int
    """Those of them that a prediction hits with the same offsets and type."""
    n_correct: int
    """Those of them linked to the right concepts."""
    end_to_end: Rates
    documents: Rates

    @property
    def accuracy(self) -> float | None:
        """Right links among mentions found."""
        return ratio(self.n_correct, self.n_found)

    @property
    def accuracy_interval(self) -> Interval | None:
        """Wilson's 95% interval of the accuracy."""
        return wilson(self.n_correct, self.n_found)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        interval = self.accuracy_interval
        return {
            "accuracy": self.accuracy,
            "accuracy_interval": None if interval is None else list(interval),
            "n_correct": self.n_correct,
            "n_found": self.n_found,
            "n_gold": self.n_gold,
            "n_documents": self.n_documents,
            "end_to_end": self.end_to_end.to_dict(),
            "documents": self.documents.to_dict(),
        }

    def table(self) -> str:
        """Return a printable table."""
        head = (
            f"linking: n = {self.n_documents} documents, {self.n_gold} linked gold mentions, "
            f"{self.n_found} found\n"
            f"accuracy of found mentions: {percent(self.accuracy)} "
            f"(95% CI {span(self.accuracy_interval)}; {self.n_correct}/{self.n_found})\n"
        )
        rows = [("end to end", *self.end_to_end.cells()), ("document sets", *self.documents.cells())]
        return head + grid(("level", *RATE_HEADER), rows)


def linking(gold: Documents, predicted: Documents, *, resamples: int = 1000, seed: int = 0) -> LinkScore:
    """Score the concepts of predicted spans against those of gold spans.

    Gold mentions without a concept make no demand; a concept predicted for one of them is an error
    of the end-to-end and document levels.

    Args:
        gold: document id to its gold spans.
        predicted: document id to its predicted spans.
        resamples: bootstrap resamples of documents for the 95% intervals; 0 for none.
        seed: seed of the bootstrap.

    Raises:
        InputError: ``predicted`` names documents that ``gold`` does not hold.
    """
    check_documents(gold, predicted)
    n_gold = n_found = n_correct = 0
    mentions: list[tuple[float, int, int]] = []
    sets: list[tuple[float, int, int]] = []
    for name in gold:
        wanted, given = _by_place(gold[name]), _by_place(predicted.get(name, ()))
        demanded = {place: concepts for place, concepts in wanted.items() if concepts}
        right = sum(given.get(place) == concepts for place, concepts in demanded.items())
        n_gold += len(demanded)
        n_found += sum(place in given for place in demanded)
        n_correct += right
        mentions.append((right, len(demanded), sum(bool(concepts) for concepts in given.values())))
        g, p = _named(wanted), _named(given)
        sets.append((len(g & p), len(g), len(p)))
    return LinkScore(
        n_documents=len(gold),
        n_gold=n_gold,
        n_found=n_found,
        n_correct=n_correct,
        end_to_end=rates(mentions, resamples=resamples, seed=seed),
        documents=rates(sets, resamples=resamples, seed=seed),
    )


def _by_place(items: Iterable[Span]) -> dict[tuple[int, int, str], set[str]]:
    places: dict[tuple[int, int, str], set[str]] = {}
    for item in items:
        concepts = places.setdefault(item.place, set())
        concepts.update(part for part in (item.concept or "").split("|") if part)
    return places


def _named(places: dict[tuple[int, int, str], set[str]]) -> set[tuple[str, str]]:
    return {(place[2], concept) for place, concepts in places.items() for concept in concepts}
