"""Relevance and topics: what the study is about, most prominent first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Abstract, MeshHeading, Study
from leukonlp.studies import assess
from leukonlp.studies.reading import Concepts

Assess = Callable[..., Study]

MLD, LATE, ALD, KRABBE = "MONDO:0018868", "MONDO:0009590", "MONDO:0018544", "MONDO:0009499"


@pytest.mark.parametrize(
    ("title", "abstract", "quote"),
    [
        ("Metachromatic leukodystrophy in Poland", "", "Metachromatic leukodystrophy"),
        ("Myelopathy in women", "We examined 46 women with adrenoleukodystrophy.", "adrenoleukodystrophy"),
        ("Enzyme assays", "Krabbe disease was found. The marker of Krabbe disease rose.", "Krabbe disease"),
    ],
)
def test_relevant_with_its_quote(study: Assess, title: str, abstract: str, quote: str) -> None:
    tag = study(title, abstract).relevant
    assert tag is not None
    assert tag.label is True
    assert tag.quote is not None
    assert tag.quote.text == quote


@pytest.mark.parametrize(
    ("title", "abstract", "options"),
    [
        ("Drug A in hypertension", "Men took drug A.", {}),
        ("Epilepsy in children", "Epilepsy was common.", {}),
        ("Epilepsy in children", "Causes include adrenoleukodystrophy.", {}),
        (
            "White matter disease",
            "There was no adrenoleukodystrophy and no adrenoleukodystrophy carrier.",
            {"negated": ("no ",)},
        ),
        (
            "Lysosomes",
            "As in Krabbe disease and as in Krabbe disease models, lipids rose.",
            {"background": ("in ",)},
        ),
    ],
)
def test_not_relevant(study: Assess, title: str, abstract: str, options: dict[str, object]) -> None:
    tag = study(title, abstract, **options).relevant
    assert tag is not None
    assert (tag.label, tag.quote) == (False, None)


class TestMesh:
    def test_a_heading_of_a_person_makes_relevant(self, study: Assess) -> None:
        tag = study("Lipids in blood", mesh=("Adrenoleukodystrophy",)).relevant
        assert tag is not None
        assert (tag.label, tag.basis) == (True, "publication_type")

    def test_a_heading_of_a_program_does_not(self, study: Assess) -> None:
        tag = study("Lipids in blood", mesh=("Adrenoleukodystrophy",), indexing_method="Automated").relevant
        assert tag is not None
        assert tag.label is False

    def test_an_identifier_is_enough(self, lexicon: Concepts) -> None:
        record = Abstract("1", "Lipids in blood", mesh=(MeshHeading("ALD, X-linked", "D000326"),))
        tag = assess(record, (), lexicon=lexicon).relevant
        assert tag is not None
        assert tag.label is True


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        (
            "Late-infantile metachromatic leukodystrophy",
            "Metachromatic leukodystrophy is rare. Metachromatic leukodystrophy is fatal.",
            (LATE,),
        ),
        (
            "Metachromatic leukodystrophy and its late form",
            "Ten had late-infantile metachromatic leukodystrophy; late-infantile metachromatic "
            "leukodystrophy was worse.",
            (MLD, LATE),
        ),
        ("Adrenoleukodystrophy and Krabbe disease", "Krabbe disease, Krabbe disease.", (KRABBE, ALD)),
        ("Adrenoleukodystrophy", "It differs from Krabbe disease.", (ALD,)),
        ("Nothing", "", ()),
    ],
)
def test_diseases_most_prominent_first(
    study: Assess, title: str, abstract: str, expected: tuple[str, ...]
) -> None:
    assert study(title, abstract).diseases == expected


def test_genes_in_the_title_repeated_or_causing_the_disease(study: Assess) -> None:
    assert study("ARSA variants").genes == ("HGNC:713",)
    assert study("Variants", "GALC was sequenced; GALC was new.").genes == ("HGNC:4115",)
    assert study("Adrenoleukodystrophy", "ABCD1 was sequenced. PLP1 was not.").genes == ("HGNC:61",)


def test_therapies_that_are_the_studys(study: Assess) -> None:
    found = study(
        "Arsa-cel in children",
        "Busulfan was given. It did better than hematopoietic stem cell transplantation.",
    )
    assert found.therapies == ("UNII:EPP8G99QG4",)
