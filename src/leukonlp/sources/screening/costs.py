"""How often a word, or a stretch of letters, is met in PubMed records: what an anchor costs.

``data/frequent.tsv`` counts the words of names that stand in one of 3,000 abstracts or more,
``data/grams.tsv`` the stretches of four letters in whole records (34,000 abstracts on all of medicine, 346
records of NLM's sample files). The speed rests on them, by the choice of anchors; what is kept does not.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from leukonlp.sources.screening.stems import stems

_DATA = Path(__file__).parent / "data"
_RARE = 32
"""Of a stretch of four letters that the table does not name."""
_SHORT = 6
_SHORTNESS = 100
"""What a short word costs beside its count, a letter below ``_SHORT``: the automaton is slower for it."""

_TINY = 600
"""What one of two or three letters costs besides: it is inside a dozen words of every record."""

_MARKUP = frozenset({"type", "associated", "class", "disease", "activity", "adult"})
"""Words of PubMed's own tags, attributes and headings, and others that stand in most records."""


@lru_cache(maxsize=2**14)
def word_cost(word: str) -> int:
    """Return in how many of 10,000 records a word of a key is met, about."""
    counted = _words().get(word, 1)
    if word in _MARKUP:
        return 10_000
    short = min(map(len, stems(word)))
    return counted + _SHORTNESS * max(0, _SHORT - short) + (_TINY if short < 4 else 0)


def rarity(key: str) -> int:
    """Return in how many of 10,000 abstracts the rarest word of a key stands."""
    return min((_words().get(word, 1) for word in key.split(" ") if word.isalpha()), default=10_000)


@lru_cache(maxsize=2**14)
def literal_cost(part: str) -> int:
    """Return how often a part of a word is met in 10,000 records, about: as its rarest four letters."""
    return sum(_grams_cost(stem) + _SHORTNESS * max(0, _SHORT - len(stem)) for stem in stems(part))


def _grams_cost(stem: bytes) -> int:
    text = stem.decode()
    grams = _grams()
    return min((grams.get(text[i : i + 4], _RARE) for i in range(len(text) - 3)), default=20_000)


@lru_cache(maxsize=1)
def _words() -> dict[str, int]:
    with (_DATA / "frequent.tsv").open(encoding="utf-8", newline="") as lines:
        return {row["word"]: int(row["per_10000"]) for row in csv.DictReader(lines, delimiter="\t")}


@lru_cache(maxsize=1)
def _grams() -> dict[str, int]:
    with (_DATA / "grams.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return {gram: 2 ** int(row["log2_per_10000"]) for row in rows for gram in row["grams"].split(" ")}
