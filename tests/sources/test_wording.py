"""The text of a record is fixed once: white space, characters, labels, offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.records import MeshHeading, Qualifier, Section
from leukonlp.sources import wording
from leukonlp.sources.wording import Part, compose, squeeze


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("  two \n\t words ", "two words"),
        ("thin\u2009and\u00a0hard blanks", "thin and hard blanks"),
        ("a\x00b\x07 \x1b c", "ab c"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("eIF2Bε – X‑ALD", "eIF2Bε – X‑ALD"),
        ("right\u200fto left", "right\u200fto left"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_squeeze(text: str, squeezed: str) -> None:
    assert squeeze(text) == squeezed


@given(st.text(st.characters(exclude_categories=())))
def test_squeezed_text_is_valid_stable_and_on_one_line(text: str) -> None:
    squeezed = squeeze(text)
    squeezed.encode("utf-8")
    assert squeeze(squeezed) == squeezed
    assert squeezed == squeezed.strip()
    assert len(squeezed.splitlines()) <= 1
    assert "\0" not in squeezed


def test_labels_are_printed_and_sections_span_the_words_alone() -> None:
    text = compose(
        " A  title\nin two lines ",
        [
            Part("We asked\n why.", "Aim:"),
            Part("We counted.", "PATIENTS AND COUNTS", "methods"),
            Part("  ", "RESULTS"),
            Part("No label.", "UNLABELLED"),
        ],
    )
    assert text.title == "A title in two lines"
    assert text.abstract == "Aim: We asked why.\nPATIENTS AND COUNTS: We counted.\nNo label."
    whole = f"{text.title}\n{text.abstract}"
    assert [whole[s.start : s.end] for s in text.sections] == ["We asked why.", "We counted.", "No label."]
    assert [s.label for s in text.sections] == ["Aim", "PATIENTS AND COUNTS", None]
    assert [s.category for s in text.sections] == ["objective", "methods", None]


def test_printed_labels_are_found_where_the_source_names_none() -> None:
    text = compose("T", [Part("METHODS: We counted. RESULTS: Two.")])
    assert text.sections == (
        Section(11, 22, "METHODS", "methods"),
        Section(32, 36, "RESULTS", "results"),
    )


def test_plain_text_has_no_sections() -> None:
    assert compose("T", [Part("We counted."), Part("Two.")]) == ("T", "We counted.\nTwo.", ())
    assert compose("", []) == ("", "", ())


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=8)), max_size=5), st.text(max_size=20))
def test_sections_always_hold_their_words(parts: list[tuple[str, str]], title: str) -> None:
    text = compose(title, [Part(words, label) for words, label in parts])
    whole = f"{text.title}\n{text.abstract}"
    for section in text.sections:
        if section.label:
            assert whole[: section.start].endswith(f"{section.label}: ")
        assert whole[section.start : section.end].strip() == whole[section.start : section.end] != ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2017", 2017),
        ("1998 Dec-1999 Jan", 1998),
        ("Winter 1988-89", 1988),
        ("1995.0", 1995),
        ("19980", None),
        ("", None),
        (None, None),
        ("in press", None),
    ],
)
def test_year(text: str | None, found: int | None) -> None:
    assert wording.year(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" 10.1000/xyz(12)34-5 ", "10.1000/xyz(12)34-5"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("doi:10.1000/182", "10.1000/182"),
        ("S0140-6736(16)30374-9", None),
        (None, None),
    ],
)
def test_doi(text: str | None, found: str | None) -> None:
    assert wording.doi(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("PMC123", "PMC123"), ("123", "PMC123"), (" pmc9.1", "PMC9"), ("NIHMS1", None), (None, None)],
)
def test_pmcid(text: str | None, found: str | None) -> None:
    assert wording.pmcid(text) == found


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("28976817", True),
        ("1", True),
        ("", False),
        ("0", False),
        ("12a", False),
        ("٣", False),
        ("1.2", False),
    ],
)
def test_is_pmid(text: str, yes: bool) -> None:
    assert wording.is_pmid(text) is yes


def test_mesh_heading() -> None:
    assert wording.mesh_heading("*Humans") == MeshHeading("Humans", major=True)
    assert wording.mesh_heading("Sphingolipidoses/*drug therapy/genetics") == MeshHeading(
        "Sphingolipidoses", qualifiers=(Qualifier("drug therapy", major=True), Qualifier("genetics"))
    )


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("van der Berg, Anna B", "van der Berg, Anna B"),
        ("van der Berg AB", "van der Berg, AB"),
        ("Kim, J Jr", "Kim, J, Jr"),
        ("Kim J 2nd", "Kim, J, 2nd"),
        ("de la Rue, Jean-Paul III", "de la Rue, Jean-Paul, III"),
        ("Li J-P", "Li, J-P"),
        ("Prince", "Prince"),
        ("王, 小明", "王, 小明"),
        ("Something Else", "Something Else"),
    ],
)
def test_the_parts_of_a_persons_name(name: str, parts: str) -> None:
    assert wording.medline_person(name) == parts


def test_a_name_of_one_part_and_one_with_a_comma_inside() -> None:
    assert wording.person("Prince", "") == "Prince"
    assert wording.person("Kim", "", "Jr") == "Kim, Jr"
    assert wording.person("Kim, Jr.", "Anna") == "Kim Jr., Anna"


def test_the_commas_of_a_group_part_nothing() -> None:
    name = wording.collective("Group for Myelin,  Vitamins, and Walking")
    assert ", " not in name
    assert name.split() == ["Group", "for", "Myelin,", "Vitamins,", "and", "Walking"]
