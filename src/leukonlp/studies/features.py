"""What the classifier sees of a study: words, treatments in their surroundings, and what the rules found.

Title and abstract are told apart; what the rules found stands beside the words. ``features`` names all that
can be learned, ``columns`` finds those that were.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from leukonlp.records import Study, Tag
from leukonlp.studies import grams
from leukonlp.studies.machines import ones
from leukonlp.studies.wording import Wording

RULE = "rule:"
"""What the names of the rules' findings begin with."""
_COUNTS = (1, 2, 3, 5, 8)
_PEOPLE = (1, 2, 10, 50, 500)


def features(study: Study, texts: Sequence[Wording]) -> set[str]:
    """Return the names of the features that a study has.

    Args:
        study: what the rules made of a record.
        texts: its wordings.
    """
    return set(chain(_single(study, texts), *map(grams.names, texts)))


class Columns:
    """The columns of the features that were learned.

    Args:
        known: the column of each.
    """

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = known
        self._grams = grams.Grams(known)

    def matrix(self, studies: Sequence[Study], texts: Sequence[Sequence[Wording]]) -> Any:
        """Return studies x features, see :func:`leukonlp.studies.machines.ones`."""
        known = self._known
        single = [
            [known[name] for name in _single(study, own) if name in known]
            for study, own in zip(studies, texts, strict=True)
        ]
        owners, columns = self._grams.columns([text for own in texts for text in own])
        of_text = np.repeat(np.arange(len(texts)), [*map(len, texts)])
        of_single = np.repeat(np.arange(len(single)), [*map(len, single)])
        return ones(
            np.concatenate([of_text[owners], of_single]),
            np.concatenate([columns, np.array([*chain.from_iterable(single)], np.int64)]),
            shape=(len(studies), len(known)),
        )


def _single(study: Study, texts: Sequence[Wording]) -> Iterator[str]:
    """Yield what is no n-gram."""
    for text in texts:
        if text.place == "t":
            yield from (f"w:{word}" for word in text.words)
        counts = Counter([kind for kind in text.kinds if kind[0] == "<"])
        yield from (
            f"n:{text.place}:{kind}>{n}" for kind, count in counts.items() for n in _COUNTS if count >= n
        )
    yield from _rules(study)
    yield from _indexing(study)


def _rules(study: Study) -> Iterator[str]:
    for field in ("phase", "design", "relevant"):
        tag: Tag | None = getattr(study, field)
        yield f"{RULE}{field}:{tag.label if tag else None}"
        if tag is not None and tag.quote is not None and tag.quote.start < len(study.title):
            yield f"{RULE}{field}:{tag.label}:title"
    yield from (f"{RULE}modality:{tag.label}" for tag in study.modality)
    n = study.n_enrolled.value if study.n_enrolled else None
    if isinstance(n, int):
        yield f"{RULE}people>{max((low for low in _PEOPLE if n >= low), default=0)}"
    if study.registry_numbers:
        yield f"{RULE}registered"


def _indexing(study: Study) -> Iterator[str]:
    if not study.abstract.automated:
        yield from (f"type:{term.name}" for term in study.abstract.publication_types)
        yield from (f"mesh:{heading.name}" for heading in study.abstract.mesh)
