"""Words with one letter wrong."""

from __future__ import annotations

import string
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.lexicon import load_lexicon
from leukonlp.lexicon.misprints import SHORTEST, Misprints, repairable

WORD = "leukodystrophy"
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


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        (WORD, (WORD,)),
        ("leukodystropy", (WORD,)),
        ("leukodysttrophy", (WORD,)),
        ("leukodistrophy", (WORD,)),
        ("leukodystrophi", (WORD,)),
        ("leukodystroph", (WORD,)),
        ("deukodystrophy", ()),  # the first letter must be right
        ("leukodistrofy", ()),
        ("leukodyshy", ()),
        ("ldystrophy", ()),
        ("leukody", ()),
    ],
)
def test_one_letter(printed: str, meant: tuple[str, ...]) -> None:
    assert Misprints([WORD]).meant(printed) == meant


@given(at=st.integers(1, len(WORD) - 1), letter=st.sampled_from(string.ascii_lowercase))
def test_whichever_letter_it_is(at: int, letter: str) -> None:
    near = Misprints([WORD])
    for printed in (
        WORD[:at] + WORD[at + 1 :],
        WORD[:at] + letter + WORD[at:],
        WORD[:at] + letter + WORD[at + 1 :],
    ):
        assert near.meant(printed) == (WORD,)
        assert near.meant(printed) == (WORD,), "asked again it says something else"


def test_words_that_are_as_near_are_all_named_in_order() -> None:
    assert Misprints(["leukemias", "leucemias", "leukemics"]).meant("leukemias") == (
        "leucemias",
        "leukemias",
        "leukemics",
    )


def test_only_long_words_of_core_diseases_are_repaired() -> None:
    words = repairable(load_lexicon())
    assert {"leukodystrophy", "metachromatic", "alexander"} <= words
    assert not {"krabbe", "atidarsagene", "haematopoietic"} & words
    assert all(word.isalpha() and len(word) >= SHORTEST for word in words)
