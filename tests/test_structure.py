"""Sentences and printed labels."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.structure import category, inline_sections, sentences


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_a_title_is_a_sentence_of_its_own() -> None:
    assert parts("A title of it\nWe saw ten. All lived.") == ["A title of it", "We saw ten.", "All lived."]


@pytest.mark.parametrize(
    "whole",
    [
        "It rose by 3.5% vs. Placebo in the arm.",
        "Described by Krabbe et al. In 1916 as new.",
        "E. coli grew well (Fig. 2).",
        "We used approx. 5 mg i.e. Half the dose.",
    ],
)
def test_abbreviations_end_no_sentence(whole: str) -> None:
    assert parts(whole) == [whole]


def test_vitamin_e_ends_one() -> None:
    assert parts("They took vitamin E. We saw no harm.") == ["They took vitamin E.", "We saw no harm."]


@given(st.text(alphabet='aB. \n?!()"1E', max_size=80))
def test_sentences_hold_all_but_white_space(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(text[s:e].split()) for s, e in spans) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_printed_labels_become_sections() -> None:
    text = (
        "Title\nBACKGROUND: It is rare. PATIENTS AND METHODS: We saw ten. "
        "RESULTS: All lived. LIMITATIONS: Few."
    )
    found = inline_sections(text, 6)
    assert [(s.label, s.category, text[s.start : s.end]) for s in found] == [
        ("BACKGROUND", "background", "It is rare."),
        ("PATIENTS AND METHODS", "methods", "We saw ten."),
        ("RESULTS", "results", "All lived."),
        ("LIMITATIONS", None, "Few."),
    ]


@pytest.mark.parametrize(
    "text", ["We saw three things: one, two. The results: none.", "DNA: it is long.", ""]
)
def test_running_text_has_no_sections(text: str) -> None:
    assert inline_sections(text) == ()


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("MATERIALS AND METHODS", "methods"),
        ("METHODS AND RESULTS", "results"),
        ("INTERPRETATION", "conclusions"),
        ("AIMS", "objective"),
        ("IMPORTANCE", "background"),
        ("MAIN OUTCOME MEASURES", "methods"),
        ("FUNDING", None),
    ],
)
def test_categories(label: str, meaning: str | None) -> None:
    assert category(label) == meaning
