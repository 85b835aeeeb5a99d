"""Words with one letter wrong."""

from __future__ import annotations

import string
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.lexicon import load_lexicon
from leukonlp.lexicon.misprints import SHORTEST, Misprints, repairable

WORDS = sorted(repairable(load_lexicon()))


@lru_cache(maxsize=1)
def misprints() -> Misprints:
    return Misprints(WORDS)


def edits(one: str, other: str) -> int:
    """The edit distance by its definition: letters more, less or other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("leukodystrophy", ("leukodystrophy",)),
        ("leukodystropy", ("leukodystrophy",)),
        ("leukodystrophhy", ("leukodystrophy",)),
        ("leukodistrophy", ("leukodystrophy",)),
        ("xeukodystrophy", ()),
        ("leukxdstrophy", ()),
        ("canavxn", ()),
    ],
)
def test_one_letter_more_less_or_other(key: str, meant: tuple[str, ...]) -> None:
    assert misprints().meant(key) == meant


@pytest.mark.parametrize("key", ["lekodystroophy", "leukodystorphy", "luekodystrophy"])
def test_a_letter_less_here_and_one_more_there_are_two_edits(key: str) -> None:
    """Regression: two words that lose a letter each and are then alike were taken for one edit apart."""
    assert edits(key, "leukodystrophy") == 2
    assert misprints().meant(key) == ()


@given(st.data())
def test_what_is_meant_is_what_is_one_edit_away(data: st.DataObject) -> None:
    letters = list(data.draw(st.sampled_from(WORDS)))
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(letters) - 1))
        letters[at : at + data.draw(st.integers(0, 1))] = data.draw(
            st.text(string.ascii_lowercase, max_size=1)
        )
    key = "".join(letters)
    near = tuple(w for w in WORDS if w[:1] == key[:1] and edits(key, w) <= 1)
    assert misprints().meant(key) == (near if len(key) >= SHORTEST - 1 else ())
