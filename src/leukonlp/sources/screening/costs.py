"""How often a word, or a part of one, is met in PubMed records: what an anchor costs.

``data/frequent.tsv`` counts the words of names that stand in one of 3,000 abstracts or more,
``data/parts.tsv`` the records in whose bytes stand whole words or halves of them, in ten of 10,000 or more
(11,501 abstracts on all of medicine with their headings, and 346 records of NLM's sample files). The speed
rests on them, by the choice of anchors.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from leukonlp.sources.screening.stems import stems

_DATA = Path(__file__).parent / "data"
_EACH = 30
"""What one more literal costs the automaton, in hits in 10,000 records."""
_SHORT = {3: 0, 2: 50_000, 1: 10**6}
"""What literals cost besides by their length: the automaton looks at more places for them."""
_TAKEN = 0.05
"""Share of its hits that a literal costs again for each further name that it stands for."""


def rarity(key: str) -> int:
    """Return in how many of 10,000 abstracts the rarest word of a key stands."""
    words = _counts("frequent")
    return min((words.get(word, 1) for word in key.split(" ") if word.isalpha()), default=10_000)


@lru_cache(maxsize=2**14)
def cost(part: str) -> int:
    """Return what looking for a word, or a part of one, costs: hits in 10,000 records, about."""
    return sum(hits(stem) + _EACH + _SHORT.get(len(stem), 0) for stem in stems(part))


@lru_cache(maxsize=2**14)
def cost_again(part: str) -> int:
    """Return what it costs where it is looked for already."""
    return int(_TAKEN * sum(hits(stem) for stem in stems(part)))


def hits(stem: bytes) -> int:
    """Return in how many of 10,000 records a literal stands, in any case."""
    return _counts("parts").get(stem.decode().lower(), 1)


@lru_cache(maxsize=2)
def _counts(table: str) -> dict[str, int]:
    with (_DATA / f"{table}.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t")
        next(rows)
        return {part: int(number) for part, number in rows}
