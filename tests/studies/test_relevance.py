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


@pytest.mark.parametrize(
    "abstract",
    [
        "We analysed 159 children with leukodystrophy and other disorders.",
        "We treated ten adults, five with Krabbe disease.",
        "Of the families, three had Krabbe disease.",
        "Twenty patients affected by Krabbe disease took part.",
        "We enrolled boys who have adrenoleukodystrophy.",
        "METHODS: We tested 40 infants, some (Krabbe disease, n=3) ill.",
        "Children with leukodystrophy lose ground while they wait. We gave cells to 40 patients.",
        "We injected the vector into a mouse model of Krabbe disease.",
        "The incidence of Krabbe disease was estimated in 20 hospitals.",
    ],
)
def test_one_plain_mention_of_whom_the_study_is_about_is_enough(study: Assess, abstract: str) -> None:
    tag = study("Cord blood for inherited disorders", abstract).relevant
    assert tag is not None
    assert tag.label is True
    assert tag.quote is not None


@pytest.mark.parametrize(
    ("abstract", "options"),
    [
        ("We treated 20 children as in Krabbe disease.", {}),
        ("We treated 20 children with disorders such as Krabbe disease.", {}),
        ("In 20 children the differential diagnosis of patients with Krabbe disease was made.", {}),
        ("We treated 20 children, compared with children with Krabbe disease.", {}),
        ("We excluded children with Krabbe disease.", {}),
        ("Our 20 children are unlike patients with Krabbe disease.", {}),
        ("METHODS: We saw 20 men. CONCLUSIONS: Children with Krabbe disease may gain.", {}),
        ("BACKGROUND: Children with Krabbe disease die. METHODS: We saw 20 men.", {}),
        ("We treated 20 children with Krabbe disease.", {"negated": ("with ",)}),
        ("We treated 20 children with Krabbe disease.", {"speculative": ("with ",)}),
    ],
)
def test_a_passing_mention_is_not(study: Assess, abstract: str, options: dict[str, object]) -> None:
    found = study("Cord blood for inherited disorders", abstract, **options)
    assert found.relevant is not None
    assert found.relevant.label is False
    assert found.diseases == ()


def test_all_diseases_that_the_population_counts_are_listed(study: Assess) -> None:
    found = study(
        "Baclofen in children with leukodystrophy",
        "We reviewed children with leukodystrophy. There were 23 children with leukodystrophy: 12 with "
        "metachromatic leukodystrophy, six with Pelizaeus-Merzbacher disease and five with Krabbe disease.",
    )
    assert set(found.diseases) == {"MONDO:0019046", MLD, "MONDO:0010283", KRABBE}


def test_a_definition_does_not_repeat_the_disease(study: Assess) -> None:
    found = study("Lipids in men", "They may rise in adrenoleukodystrophy (X-ALD) too. We saw 20 men.")
    assert found.diseases == ()


def test_at_risk_of_a_disease_is_not_with_it(study: Assess) -> None:
    found = study("Vitamin D for boys at risk of Krabbe disease", "Boys with adrenoleukodystrophy took it.")
    assert found.diseases == (ALD,)


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
