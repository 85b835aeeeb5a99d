"""What the classifier sees of a study: words, treatments in their surroundings, and what the rules found.

Title and abstract are told apart; what the rules found stands beside the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from leukonlp.records import Study, Tag
from leukonlp.studies.wording import ENDS, Wording

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
    counts: Counter[str] = Counter()
    found: set[str] = set()
    for text in texts:
        kinds = [kind for kind in text.kinds if kind not in ENDS]
        found.update(_grams(text.place, kinds))
        if text.place == "t":
            found.update([f"w:{word}" for word in text.words])
        counts.update([f"{text.place}:{kind}" for kind in kinds if kind[0] == "<"])
    found.update(f"n:{kind}>{n}" for kind, count in counts.items() for n in _COUNTS if count >= n)
    found.update(_rules(study))
    found.update(_indexing(study))
    return found


def _grams(place: str, kinds: Sequence[str]) -> set[str]:
    """Return words, pairs, and the threes that hold a kind."""
    found = {f"{place}:{kind}" for kind in kinds}
    found.update([f"{place}:{a} {b}" for a, b in pairwise(kinds)])
    near = {at + step for at, kind in enumerate(kinds) if kind[0] == "<" for step in (-2, -1, 0)}
    found.update(
        [f"{place}:{' '.join(kinds[at : at + 3])}" for at in near if at >= 0 and at + 3 <= len(kinds)]
    )
    return found


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
