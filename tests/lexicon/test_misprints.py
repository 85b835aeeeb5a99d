"""One letter wrong: which words a printed word may stand for."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.lexicon import load_lexicon
from leukonlp.lexicon.misprints import SHORTEST, Misprints, repairable

WORD = "leukodystrophy"


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
