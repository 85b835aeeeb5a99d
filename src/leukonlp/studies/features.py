"""What the classifier sees of a study: words, treatments in their surroundings, and what the rules found.

Names are put under their kind (a disease, a gene, a treatment of a modality), so that "effect of X on" is one
feature whatever X is. Title and abstract are told apart; what the rules found stands beside the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from leukonlp.records import Study, Tag
from leukonlp.studies.treatments import WORD, load_treatments

RULE = "rule:"
"""What the names of the rules' findings begin with."""
_SUBSTANCE, _NUMBER = "<substance>", "<number>"
_COUNTS = (1, 2, 3, 5, 8)
_TOKEN = re.compile(r"<\w+>|[^\W_]+")
_PEOPLE = (1, 2, 10, 50, 500)


def features(study: Study) -> set[str]:
    """Return the names of the features that a study has."""
    substances = _substances(study)
    counts: Counter[str] = Counter()
    found: set[str] = set()
    end = len(study.title)
    for place, start, stop in (("t", 0, end), ("a", end, len(study.text))):
        words = _TOKEN.findall(_masked(study, start, stop))
        kinds = _kinds(words, substances)
        found.update(_grams(place, kinds))
        if place == "t":
            found.update(f"w:{word}" for word in words)
        counts.update(f"{place}:{kind}" for kind in kinds if kind[0] == "<")
    found.update(f"n:{kind}>{n}" for kind, count in counts.items() for n in _COUNTS if count >= n)
    found.update(_rules(study))
    found.update(_indexing(study))
    return found


def _substances(study: Study) -> frozenset[str]:
    """Return the words of the substances that were found, known or not."""
    names = (m.text.lower() for m in study.mentions if m.type in ("chemical", "therapy") and not m.negated)
    return frozenset(w for name in names for w in WORD.findall(name) if len(w) > 2 and not w.isdigit())


def _masked(study: Study, start: int, stop: int) -> str:
    """Return a stretch of the text in small letters, its diseases and genes put under their kind."""
    pieces, last = [], start
    for m in study.mentions:
        if m.type in ("disease", "gene") and last <= m.start and m.end <= stop:
            pieces += [study.text[last : m.start], f" <{m.type}> "]
            last = m.end
    pieces.append(study.text[last:stop])
    return "".join(pieces).lower()


def _kinds(words: Sequence[str], substances: frozenset[str]) -> list[str]:
    """Return the words with treatments, other substances and numbers put under their kind."""
    kinds: list[str] = []
    last = 0
    for treatment in [*load_treatments().find(words), None]:
        stop = treatment.first if treatment is not None else len(words)
        kinds += [
            _SUBSTANCE if word in substances else _NUMBER if word.isdigit() else word
            for word in words[last:stop]
        ]
        if treatment is not None:
            kinds.append(f"<{treatment.modality}{'_setting' if treatment.setting else ''}>")
            last = treatment.last
    return kinds


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
