"""Spelling keys."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.lexicon.normalize import Speller, word_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("Aicardi–Goutières syndrome", "Aicardi-Goutie\u0300res Syndrome", "AICARDI GOUTIERES SYNDROMES"),
        ("OTL-200", "OTL 200", "OTL200", "OTL‑200"),
        ("arylsulphatase A", "Arylsulfatase-A"),
        ("metachromatic leucodystrophies", "Metachromatic leukodystrophy"),
        ("haematopoietic", "Hematopoietic"),
        ("Krabbe's disease", "Krabbe’s diseases", "Krabbe disease", "KRABBE'S DISEASE"),
        ("GM2 gangliosidoses", "GM2-gangliosidosis"),
        ("eIF2Bε", "EIF2B-epsilon"),
        ("β-galactosidase", "beta galactosidase"),
        ("Lorenzo's oil", "Lorenzo’s oil"),
        ("PMDs", "PMD"),
        ("cerebral oedema", "cerebral edema"),
        ("soft\u00adhyphen", "soft hyphen"),
    ],
)
def test_spellings_share_a_key(spellings: tuple[str, ...]) -> None:
    speller = Speller()
    assert len({speller.key(s) for s in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("type 1", "type 11"), ("ARSA", "ARSB"), ("a, b", "a b"), ("AGS", "AG"), ("RVCLS", "RVCL")],
)
def test_keys_that_differ(one: str, other: str) -> None:
    assert Speller().key(one) != Speller().key(other)


@pytest.mark.parametrize(
    ("surface", "key"),
    [
        ("biopsies", "biopsy"),
        ("Biopsies", "biopsy"),
        ("series", "serie"),
        ("diagnoses", "diagnosis"),
        ("glucoses", "glucose"),
        ("PMDs", "pmd"),
        ("ADs", "ad"),
        ("RVCLS", "rvcls"),
        ("ABCDEFS", "abcdefs"),
        ("PATIENTS", "patient"),
        ("LEUKODYSTROPHIES", "leukodystrophy"),
        ("cells", "cell"),
        ("mess", "mess"),
        ("stress", "stress"),
        ("virus", "virus"),
        ("gas", "gas"),
        ("β", "beta"),
        ("’s", ""),
        ("12", "12"),
    ],
)
def test_the_key_of_a_word(surface: str, key: str) -> None:
    assert word_key(surface) == key


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """It grows up to the limit, and no key depends on what was forgotten."""
    monkeypatch.setattr("leukonlp.lexicon.normalize._CACHE_LIMIT", 40)
    speller = Speller()
    sizes = []
    for n in range(200):
        word = "ab" + "".join(chr(97 + int(digit)) for digit in str(n))
        assert speller.key(word) == Speller().key(word)
        sizes.append((len(speller._keys), len(speller._chunks)))
    assert max(keys for keys, _ in sizes) == 40
    assert max(chunks for _, chunks in sizes) == 40
    assert min(sizes) == (1, 1)
    monkeypatch.setattr("leukonlp.lexicon.normalize._TEXTS", 5)
    held = []
    for n in range(12):
        long = f"leukodystrophy number {n} " * 40
        assert speller.key(long) == speller.key(long) == Speller().key(long)
        held.append(len(speller._texts))
    assert held == [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2]


@given(st.text(max_size=200))
def test_words_lead_back_to_the_text(text: str) -> None:
    speller = Speller()
    words = speller.words(text)
    assert " ".join(w.key for w in words) == speller.key(text)
    assert all(0 <= w.start < w.end <= len(text) and w.key for w in words)
    assert all(a.end <= b.start for a, b in pairwise(words))
    assert all(" " not in w.key for w in words)


@given(st.text(max_size=60))
def test_a_key_is_its_own_key_in_length(text: str) -> None:
    """A key is stable: making it twice gives the same."""
    speller = Speller()
    assert speller.key(text) == Speller().key(text)
