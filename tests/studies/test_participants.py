"""Participants: how many people of this study, in every way to say it, and what is no such number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Study
from leukonlp.studies import people
from leukonlp.studies.reading import Reading

Assess = Callable[..., Study]

STATED = [
    ("Seventeen boys received vector A.", 17, "Seventeen boys"),
    ("We enrolled 32 boys at six sites.", 32, "32 boys"),
    ("A total of 102 consecutive patients were treated.", 102, "102 consecutive patients"),
    ("We analysed data from 56 subjects.", 56, "56 subjects"),
    ("Thirty-nine patients were screened and 32 patients were treated.", 32, "32 patients"),
    ("Thirty-nine patients were screened and 32 treated.", 32, "32 treated"),
    ("In this trial eight children, five of them boys, were given vector A.", 8, "eight children"),
    ("Of 11 adults screened, six were enrolled.", 6, "six were enrolled"),
    ("We gave the oil to 24 persons: 14 men, 5 women and 5 boys.", 24, "24 persons"),
    ("Nearly 2 million newborns were born. We enrolled 40 infants.", 40, "40 infants"),
    (
        "Sixteen patients were compared with 68 patients matched by age. Among these 84 people, ten died.",
        84,
        "84 people",
    ),
    ("One hundred and two patients were included.", 102, "One hundred and two patients"),
    ("Two hundred twenty adults were enrolled.", 220, "Two hundred twenty adults"),
    ("We studied 1,854 newborns.", 1854, "1,854 newborns"),
    ("Twenty-four children with Krabbe disease underwent transplantation.", 24, "Twenty-four children"),
    ("Patients (n = 29) were treated with arsa-cel.", 29, "n = 29"),
    ("Men were randomly assigned to drug A (n=77) or placebo (n=39).", 116, "n=77) or placebo (n=39"),
    ("We examined 46 women, of whom 29 (63%) had myelopathy.", 46, "46 women"),
    ("Of 67 boys who received eli-cel, 7 boys developed cancer.", 67, "67 boys"),
    ("We compared 20 patients with 30 healthy controls.", 20, "20 patients"),
    ("Fifteen patients and 40 healthy volunteers were included.", 15, "Fifteen patients"),
    ("METHODS: We enrolled 40 infants. RESULTS: 12 infants died and 3 infants improved.", 40, "40 infants"),
    (
        "METHODS: Adults took drug A. RESULTS: A total of 59 adults were treated; 4 adults stopped.",
        59,
        "59 adults",
    ),
    ("In previous reports, 300 patients were described. We enrolled 12 patients.", 12, "12 patients"),
    ("The records of 97 patients were reviewed.", 97, "97 patients"),
    ("We screened 57 patients with dystonia for variants.", 57, "57 patients"),
]


@pytest.mark.parametrize(("abstract", "value", "quote"), STATED)
def test_enrolled(study: Assess, abstract: str, value: int, quote: str) -> None:
    fact = study("Outcome of treatment", abstract).n_enrolled
    assert fact is not None
    assert (fact.value, fact.quote.text) == (value, quote)


UNSTATED = [
    "Boys received vector A.",
    "Samples of 12 centres were pooled and 40 variants were found.",
    "Survival was 95% of patients at 5 years.",
    "Boys aged 13 years were included.",
    "The disease affects 1 in 40,000 newborns and 2 per 100,000 children.",
    "Twelve mice were injected and 30 rats were fed.",
    "Patients with type 2 patients' disease were seen at day 7.",
    "We followed families. Three patients died.",
    "BACKGROUND: In all, 300 patients have been reported. METHODS: We followed families.",
]


@pytest.mark.parametrize("abstract", UNSTATED)
def test_not_stated_is_none(study: Assess, abstract: str) -> None:
    assert study("Outcome of treatment", abstract).n_enrolled is None


class TestScreened:
    def test_is_told_apart_from_enrolled(self, study: Assess) -> None:
        found = study("Drug A", "Thirty-nine patients were screened and 32 patients were treated.")
        assert found.n_screened is not None
        assert (found.n_screened.value, found.n_screened.quote.text) == (39, "Thirty-nine patients")

    @pytest.mark.parametrize(
        ("abstract", "value", "quote"),
        [
            ("We studied 5 affected infants; 542,554 newborns were screened.", 542554, "542,554 newborns"),
            ("Dried blood spots from 32 737 newborns were tested twice.", 32737, "32 737 newborns"),
            (
                "Lipids were measured in 27,335 de-identified dried blood spots of newborns.",
                27335,
                "27,335 de-identified dried blood spots of newborns",
            ),
        ],
    )
    def test_the_screening_of_newborns_enrols_nobody(
        self, study: Assess, abstract: str, value: int, quote: str
    ) -> None:
        found = study("Newborn screening for Krabbe disease", abstract)
        assert found.n_enrolled is None
        assert found.n_screened is not None
        assert (found.n_screened.value, found.n_screened.quote.text) == (value, quote)

    @pytest.mark.parametrize(
        ("abstract", "enrolled", "screened"),
        [
            ("In this trial 36 children received drug A. Forty-four were screened.", 36, 44),
            ("Of 44 children assessed for eligibility, 36 were enrolled in this trial.", 36, 44),
            ("Of 44 children assessed, 36 children were randomised.", 36, 44),
            ("Of 44 children assessed, 36 walked.", 44, None),
        ],
    )
    def test_more_are_looked_at_than_taken(
        self, study: Assess, abstract: str, enrolled: int, screened: int | None
    ) -> None:
        found = study("Drug A", abstract)
        assert found.n_enrolled is not None
        assert found.n_enrolled.value == enrolled
        assert (found.n_screened.value if found.n_screened is not None else None) == screened

    def test_is_none_when_not_said(self, study: Assess) -> None:
        assert study("Drug A", "We enrolled 32 boys.").n_screened is None


class TestOnePerson:
    def test_a_case_report_has_one(self, study: Assess) -> None:
        fact = study("Tiratricol: a case report", "A 6-year-old boy was treated with tiratricol.").n_enrolled
        assert fact is not None
        assert (fact.value, fact.quote.text) == (1, "A 6-year-old boy")

    def test_words_for_the_age_and_adjectives(self, study: Assess) -> None:
        fact = study(
            "A case report", "We describe a previously healthy, fifty-year-old Dutch man."
        ).n_enrolled
        assert fact is not None
        assert fact.value == 1


def test_animals_and_reviews_enrol_nobody(study: Assess) -> None:
    assert study("Vector A in mice", "Fluid of 12 patients was tested; mice were treated.").n_enrolled is None
    assert study("Krabbe disease: a review", "We review 300 patients of the literature.").n_enrolled is None


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("We enrolled 30 boys.", "studied"),
        ("We enrolled 30 healthy volunteers.", "control"),
        ("Results were compared with those of 30 untreated children.", "control"),
        ("We followed 30 untreated children.", "studied"),
        ("In all, 30 boys were screened.", "screened"),
        ("In all, 30 boys were assessed for eligibility.", "screened"),
    ],
)
def test_roles(read: Callable[..., Reading], words: str, role: str) -> None:
    (count,) = people.find(read("Outcome", words)).counts
    assert (count.value, count.role) == (30, role)
