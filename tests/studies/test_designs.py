"""Design, and the phase where none is stated: short records on both sides of what each row asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Study, Tag
from leukonlp.studies import people
from leukonlp.studies.design_bench import more_cells
from leukonlp.studies.design_cues import Evidence
from leukonlp.studies.reading import Reading

DESIGNED: list[tuple[str, str, str | None, str | None]] = [
    (
        "Drug A in boys",
        "We randomised 40 boys to drug A or placebo.",
        "randomized_trial «randomised» text",
        "unphased «40 boys» text",
    ),
    (
        "A randomised trial of drug A",
        "We treated boys.",
        "randomized_trial «randomised» text",
        "unphased «randomised» text",
    ),
    (
        "Drug A in boys",
        "In this open-label trial, all boys received drug A.",
        "single_arm_trial «open-label» text",
        "unphased «boys received» text",
    ),
    (
        "Drug A in boys: a cohort study",
        "We followed 40 boys.",
        "cohort «cohort study» text",
        "unphased «40 boys» text",
    ),
    (
        "Drug A in boys",
        "We retrospectively reviewed the records of 40 boys.",
        "cohort «retrospectively reviewed» text",
        "unphased «40 boys» text",
    ),
    (
        "Drug A in mice",
        "Mice were injected with drug A.",
        "animal_study «mice» text",
        "preclinical «mice» text",
    ),
    (
        "Drug A in twitcher mice",
        "We gave drug A. Patients are ill.",
        "animal_study «twitcher» text",
        "preclinical «twitcher» text",
    ),
    (
        "Drug A in cultured fibroblasts",
        "Cells were treated with drug A. Cells grew.",
        "in_vitro «fibroblasts» text",
        "preclinical «fibroblasts» text",
    ),
    ("Gout: a review", "We review what is known.", "review «review» text", "not_applicable «review» text"),
    (
        "Gout: a systematic review and meta-analysis",
        "We searched PubMed.",
        "systematic_review «systematic review» text",
        "not_applicable «systematic review» text",
    ),
    (
        "Drug A for boys: study protocol",
        "We will enrol boys.",
        "protocol «study protocol» text",
        "not_applicable «study protocol» text",
    ),
    (
        "Guidelines for the treatment of gout",
        "We recommend drug A.",
        "guideline «Guidelines for» text",
        "not_applicable «Guidelines for» text",
    ),
    (
        "Gout in a boy: a case report",
        "A 6-year-old boy was treated.",
        "case_report «a case report» text",
        "unphased «A 6-year-old boy» text",
    ),
    (
        "Gout: a case series",
        "We describe five boys.",
        "case_series «case series» text",
        "unphased «five boys» text",
    ),
    (
        "Prevalence of gout: a cross-sectional survey",
        "We asked 400 men.",
        "cross_sectional «Prevalence of» text",
        "unphased «400 men» text",
    ),
    (
        "Expanded access to drug A",
        "We treated 12 boys under compassionate use.",
        "expanded_access «Expanded access» text",
        "unphased «12 boys» text",
    ),
    (
        "Correction to: Drug A in boys",
        "",
        "other «Correction to» text",
        "not_applicable «Correction to» text",
    ),
    ("Retraction: Drug A in boys", "", "other «Retraction» text", "not_applicable «Retraction» text"),
    (
        "Drug A crossover in boys",
        "In this crossover study 12 boys took drug A, then drug B.",
        None,
        "unphased «12 boys» text",
    ),
    (
        "Drug A crossover in boys",
        "In this double-blind crossover study 12 boys took drug A, then placebo.",
        "randomized_trial «double-blind» text",
        "unphased «12 boys» text",
    ),
    (
        "Survival of patients",
        "Forty patients were seen. Survival was told.",
        None,
        "unphased «Forty patients» text",
    ),
    (
        "Survival of patients",
        "Forty patients were seen. Survival and follow-up were told.",
        "cohort «Forty patients» text",
        "unphased «Forty patients» text",
    ),
    (
        "Survival of patients in a trial",
        "Forty patients were seen. Survival and follow-up of the trial were told.",
        "single_arm_trial «a trial» text",
        "unphased «Forty patients» text",
    ),
    (
        "Survival of patients in a trial",
        ("Forty patients were seen. Survival and follow-up and incidence of the trial were told."),
        "single_arm_trial «a trial» text",
        "unphased «Forty patients» text",
    ),
    (
        "Survival of patients",
        "Forty patients were seen. Survival and follow-up were told by questionnaire.",
        None,
        "unphased «Forty patients» text",
    ),
    (
        "Effect of drug A in boys",
        "Five boys received drug A.",
        "single_arm_trial «boys received» text",
        "unphased «Five boys» text",
    ),
    (
        "Effect of drug A in boys",
        "Four boys received drug A.",
        "case_series «Four boys» text",
        "unphased «Four boys» text",
    ),
    (
        "Effect of drug A in boys",
        "Five boys received drug A. We looked at records.",
        "case_series «Five boys» text",
        "unphased «Five boys» text",
    ),
    (
        "Gout in boys",
        "Five boys received drug A.",
        "case_series «Five boys» text",
        "unphased «Five boys» text",
    ),
    ("Efficacy of drug A", "Drug A was given to 12 patients daily.", None, "unphased «12 patients» text"),
    (
        "Retrospective cohort study of gout",
        "We looked.",
        "cohort «Retrospective cohort study» text",
        "unphased «Retrospective cohort study» text",
    ),
    (
        "Gout: natural history of boys",
        "We followed 12 boys.",
        "cohort «natural history of» text",
        "unphased «12 boys» text",
    ),
    (
        "Phase 2 trial of drug A: a cohort study",
        "We followed 12 boys.",
        "single_arm_trial «Phase 2 trial» text",
        "phase_2 «Phase 2 trial» text",
    ),
    (
        "Blood cells in boys with gout",
        "We enrolled 12 boys. Cells were counted.",
        None,
        "unphased «12 boys» text",
    ),
    (
        "Variant of ARSA in a family",
        "Two sisters had a novel mutation. Sequencing found it.",
        "case_series «Two sisters» text",
        "unphased «Two sisters» text",
    ),
    (
        "Genotype in 400 patients with gout",
        "We sequenced ARSA in 400 patients.",
        None,
        "unphased «400 patients» text",
    ),
    (
        "Newborn screening for Krabbe disease",
        "We screened 1000 newborns.",
        "cohort «Newborn screening for» text",
        "unphased «1000 newborns» text",
    ),
    ("Validation of a questionnaire", "We asked 200 men.", None, "unphased «200 men» text"),
    (
        "Drug A: the first five patients",
        "Five patients were treated.",
        "case_series «five patients» text",
        "unphased «five patients» text",
    ),
    ("Drug A in boys", "A randomised trial is needed. We treated boys.", None, "unphased «in boys» text"),
]
"""Title, abstract; design and phase, each with its quote and what it rests on."""


def _said(tag: Tag | None) -> str | None:
    if tag is None:
        return None
    return f"{tag.label} «{tag.quote.text}» {tag.basis}" if tag.quote else f"{tag.label} {tag.basis}"


@pytest.mark.parametrize(("title", "abstract", "design", "phase"), DESIGNED)
def test_design_and_what_it_says_of_the_phase(
    study: Callable[..., Study], title: str, abstract: str, design: str | None, phase: str | None
) -> None:
    found = study(title, abstract)
    assert (_said(found.design), _said(found.phase)) == (design, phase)


@pytest.mark.parametrize(
    ("design", "label", "basis"),
    [
        ("Editorial", "not_applicable", "publication_type"),
        ("Review", "not_applicable", "publication_type"),
        ("Case Reports", "unphased", "publication_type"),
        ("Randomized Controlled Trial", "unphased", "publication_type"),
        ("Clinical Trial, Phase II", "phase_2", "publication_type"),
    ],
)
def test_the_phase_that_a_publication_type_leaves(
    study: Callable[..., Study], design: str, label: str, basis: str
) -> None:
    phase = study("On gout", "Gout is told of.", types=(design,)).phase
    assert phase is not None
    assert (phase.label, phase.basis) == (label, basis)


@pytest.mark.parametrize(
    ("words", "times", "least", "more"),
    [
        ("cells cells", 2, 0, True),
        ("cells cells patients", 2, 0, False),
        ("cells cells cells patients", 2, 0, True),
        ("cells cells", 2, 2, False),
        ("cells cells cells", 2, 2, True),
        ("", 2, 0, False),
    ],
)
def test_cells_outnumber_people(
    read: Callable[..., Reading], words: str, times: int, least: int, more: bool
) -> None:
    reading = read("T", words)
    assert more_cells(_evidence(reading), times, least) is more


def _evidence(reading: Reading) -> Evidence:
    return Evidence(reading, people.find(reading), None)


GIVEN = "We gave ten boys 2 x 10^6 cells/kg by intravenous infusion, carrying a lentiviral vector."


@pytest.mark.parametrize(
    ("title", "given"),
    [("Gene therapy in boys", True), ("Gout in boys", False), ("Gene therapy in mice: a review", False)],
)
def test_how_a_treatment_was_given_is_told_of_studies_that_treat(
    study: Callable[..., Study], title: str, given: bool
) -> None:
    found = study(title, GIVEN)
    told = [[fact.value for fact in facts] for facts in (found.vectors, found.routes, found.doses)]
    assert told == ([["lentiviral"], ["intravenous"], [2e6]] if given else [[], [], []])


def test_an_abstract_that_says_too_little_is_no_review(study: Callable[..., Study]) -> None:
    """Silence about work of its own tells nothing below 350 characters."""
    said = (
        "Drugs for the disease are important. The therapy should help patients. Treatment may be useful. "
        "Drugs can help. Patients have been treated. "
    )
    for length, label in ((349, None), (350, "review"), (400, "review")):
        text = (said * 3)[: length - 1].rstrip().ljust(length - 1, "s") + "."
        assert len(text) == length
        design = study("Drugs for the disease", text).design
        assert (design.label if design is not None else None) == label, length
