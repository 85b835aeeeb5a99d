"""Figures that were read too boldly once: each says who and when it is about, or is not given at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Study

Assess = Callable[..., Study]

AGES = [
    (
        "We saw 15 adults. Median age was 39 years at onset and 43 years at transplantation.",
        (43.0, "Median age was 39 years at onset and 43 years at transplantation"),
    ),
    ("We studied 283 boys. Disease began at a mean age of 7 years (SD 2).", None),
    ("We studied 20 boys. Mean age at diagnosis was 4 years.", (4.0, "Mean age at diagnosis was 4 years")),
    ("We studied 20 boys. Symptoms started at a median age of 4 years.", None),
    (
        "We studied 20 boys. Median age was 4 years at the first symptoms.",
        (4.0, "Median age was 4 years at the first symptoms"),
    ),
    ("Of 20 boys, 5 died at a mean age of 12 years.", None),
    ("We treated 24 persons: 14 men, 5 women and 5 boys (mean age, 13 years) without symptoms.", None),
    ("We treated 24 persons; 5 boys aged 3 to 6 years had no symptoms.", None),
    ("We treated 24 boys. The mean age of the symptomatic boys was 7 years.", None),
    ("We treated 24 boys. Median age was 2 years in the asymptomatic group and 7 in the other.", None),
    (
        "We treated 39 children. Median age was 12 months in late infantile and 60 months in juvenile.",
        None,
    ),
    ("We treated 24 boys. Mean age of 5 symptom-free boys was noted.", None),
    ("We treated 13 children (5 boys and 8 girls, median age 34 months).", (34.0, "median age 34 months")),
    ("We treated 24 boys with early onset disease (mean age 7 years).", (7.0, "mean age 7 years")),
    ("We treated 24 boys. Their mean age was 7 years.", (7.0, "mean age was 7 years")),
]


@pytest.mark.parametrize(("abstract", "expected"), AGES)
def test_ages_are_of_all_when_studied(
    study: Assess, abstract: str, expected: tuple[float, str] | None
) -> None:
    fact = study("Krabbe disease", abstract).ages
    assert (None if fact is None else (fact.value, fact.quote.text)) == expected


SURVIVAL = [
    (
        "Survival was 100 percent in the asymptomatic newborns, after a median of 3.0 years, and 43 "
        "percent in "
        "the symptomatic infants.",
        [
            (100.0, "survival in the asymptomatic newborns", "in the asymptomatic newborns"),
            (43.0, "survival in the symptomatic infants", "in the symptomatic infants"),
        ],
    ),
    (
        "Overall survival was 71.8% at 1 year and 58.2% at 5 years.",
        [(71.8, "1-year overall survival", "at 1 year"), (58.2, "5-year overall survival", "at 5 years")],
    ),
    (
        "Among asymptomatic newborns, overall survival was 90%. Overall survival of the older "
        "infants was 43%.",
        [
            (90.0, "overall survival in asymptomatic newborns", "was 90%"),
            (43.0, "overall survival in the older infants", "was 43%"),
        ],
    ),
    ("Survival was 100% and 43%, respectively, in the two groups.", []),
    (
        "Survival was 80% in the treated infants compared with 20% in the untreated infants.",
        [(80.0, "survival in the treated infants", "in the treated infants")],
    ),
]


@pytest.mark.parametrize(("abstract", "expected"), SURVIVAL)
def test_survival_says_of_whom(study: Assess, abstract: str, expected: list[tuple[float, str, str]]) -> None:
    facts = study("Cord blood in Krabbe disease", f"We treated 25 newborns. {abstract}").outcomes
    assert [(f.value, f.statistic) for f in facts] == [(value, name) for value, name, _ in expected]
    for fact, (_, _, end) in zip(facts, expected, strict=True):
        assert fact.quote.text.endswith(end)


STAGES = [
    ("We treated 29 children. Of these, 16 of 29 were presymptomatic at treatment.", None),
    ("We treated 29 children. 16 patients were treated while presymptomatic.", None),
    ("We treated 29 children. About 60% were presymptomatic at treatment.", None),
    (
        "We treated 29 children with presymptomatic late infantile MLD (n=16) or early juvenile MLD (n=13).",
        None,
    ),
    ("We treated 60 boys. Survival was 88% in early-stage patients and 40% in advanced disease.", None),
    ("We treated 29 children. Some patients were presymptomatic at treatment.", None),
    ("We treated 16 presymptomatic children and 13 symptomatic children.", "mixed"),
    ("We treated three presymptomatic children.", "presymptomatic"),
    ("We treated 29 children. All were presymptomatic at treatment.", "presymptomatic"),
]


@pytest.mark.parametrize(("abstract", "expected"), STAGES)
def test_the_stage_of_some_is_not_that_of_all(study: Assess, abstract: str, expected: str | None) -> None:
    fact = study("Metachromatic leukodystrophy", abstract).stage
    assert (None if fact is None else fact.value) == expected


SCREENED = [
    ("We screened 120 men with adrenomyeloneuropathy and enrolled 77.", (77, 120)),
    ("120 patients were assessed for eligibility; 77 received treatment.", (77, 120)),
    ("Of 120 men screened, 77 were randomised.", (77, 120)),
    ("120 men were screened, of whom 77 completed the study.", (77, 120)),
    ("Among 120 patients screened for eligibility, 77 received drug A.", (77, 120)),
    ("We assessed 120 men for eligibility and randomised 77 (40 to drug A, 37 to placebo).", (77, 120)),
    ("We screened 120 patients; 77 patients were enrolled and 70 completed the trial.", (77, 120)),
    ("The study included 61 patients referred to us. Twenty patients underwent surgery.", (61, None)),
    ("Eighteen children were screened. Sixteen were enrolled.", (16, 18)),
    ("We screened 57 patients for ARSA variants; 12 received a transplant.", (57, None)),
]


@pytest.mark.parametrize(("abstract", "expected"), SCREENED)
def test_screened_and_enrolled(study: Assess, abstract: str, expected: tuple[int, int | None]) -> None:
    found = study("Drug A in adrenomyeloneuropathy", abstract)
    assert found.n_enrolled is not None
    numbers = found.n_enrolled.value, found.n_screened.value if found.n_screened is not None else None
    assert numbers == expected


def test_a_trial_denied_or_to_come_gives_nothing(study: Assess) -> None:
    found = study(
        "Drug A in men",
        "This was not a phase 3 trial. In a future phase 3 trial of drug A, 100 men will be enrolled. "
        "Here we treated 12 men with adrenomyeloneuropathy.",
    )
    assert found.phase is not None
    assert found.phase.label == "unphased"
    assert found.design is None
    assert found.n_enrolled is not None
    assert found.n_enrolled.value == 12


@pytest.mark.parametrize("sentence", ["Phase 1/2.", "Design: phase 1/2."])
def test_a_bare_phase_is_the_studys_own(study: Assess, sentence: str) -> None:
    phase = study("Drug A", f"We treated 30 children with vanishing white matter. {sentence}").phase
    assert phase is not None
    assert phase.label == "phase_1_2"


CROSSOVER = [
    ("Drug A: a crossover phase 3 trial", "We treated 20 men.", None),
    ("Drug A: a crossover trial", "We treated 4 men in an open-label trial.", None),
    ("Drug A: a randomised crossover phase 3 trial", "We treated 20 men.", "randomized_trial"),
]


@pytest.mark.parametrize(("title", "abstract", "expected"), CROSSOVER)
def test_a_crossover_has_no_single_arm(
    study: Assess, title: str, abstract: str, expected: str | None
) -> None:
    tag = study(title, abstract).design
    assert (None if tag is None else tag.label) == expected


THERAPIES = [
    ("Guanabenz was given to 30 children with vanishing white matter.", ["small_molecule"]),
    ("We gave guanabenz at 2 mg daily to 30 children.", ["small_molecule"]),
    ("5 patients with Krabbe disease were treated with AAVrh10.", ["gene_therapy"]),
    ("Thirteen patients received intracranial AAV2-ASPA.", ["gene_therapy"]),
    ("We treated five children with intravenous AAVrh10.", ["gene_therapy"]),
    ("We studied 40 children. Of these, 3 children received guanabenz.", []),
    ("We studied 40 children. None of them were treated with guanabenz.", []),
]


@pytest.mark.parametrize(("abstract", "expected"), THERAPIES)
def test_one_sentence_that_counts_those_treated_is_enough(
    study: Assess, abstract: str, expected: list[str]
) -> None:
    assert [tag.label for tag in study("A leukodystrophy of children", abstract).modality] == expected


DESIGNS = [
    ("We examined 120 men with adrenomyeloneuropathy.", None),
    ("120 men with adrenomyeloneuropathy were studied. Gait speed was measured.", None),
    ("We followed 120 men with adrenomyeloneuropathy; they were followed for 5 years.", "cohort"),
    ("We looked back at 120 men with adrenomyeloneuropathy.", "cohort"),
    ("Medical records of 120 men were read.", "cohort"),
    ("We measured lipids in stored plasma of 120 men.", "cohort"),
]


@pytest.mark.parametrize(("abstract", "expected"), DESIGNS)
def test_a_count_of_people_is_no_cohort(study: Assess, abstract: str, expected: str | None) -> None:
    tag = study("Adrenomyeloneuropathy", abstract).design
    assert (None if tag is None else tag.label) == expected


def test_people_from_two_countries_are_no_two_centres(study: Assess) -> None:
    title = "Transplantation: fifteen patients from two countries and the literature"
    assert study(title, "We gathered 15 patients.").multicentre is None
    recruited = study("Transplantation", "Fifteen patients were recruited in two countries.").multicentre
    assert recruited is not None
    assert recruited.value is True
