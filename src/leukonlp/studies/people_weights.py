"""What each sign of a count of people weighs, read from ``data/people_weights.tsv`` at first use.

A weight is ten times the logarithm of the odds that a sign adds; ``scripts/people_weights.py`` learns them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def load_weights() -> Mapping[str, int]:
    """Return the weight of every sign; one that is missing weighs nothing."""
    lines = files("leukonlp.studies").joinpath("data/people_weights.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in lines.splitlines()[1:]]
    return {sign: int(weight) for sign, weight in rows}


def weigh(signs: Iterable[str]) -> int:
    """Return what signs weigh together."""
    weights = load_weights()
    return sum(weights.get(sign, 0) for sign in signs)
