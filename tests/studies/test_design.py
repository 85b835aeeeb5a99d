"""Design: one row of the table for each kind of study, and what must not pass for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Study
from leukonlp.studies.design_rules import RULES
from leukonlp.studies.labels import DESIGNS

Assess = Callable[..., Study]

CASES = [
    # randomised
    ("Leriglitazone in men", "Men were randomly assigned to leriglitazone or placebo.", "randomized_trial"),
    ("Drug A in men: a randomised controlled trial", "", "randomized_trial"),
    ("Drug A in men", "We did a double-blind, placebo-controlled study in 30 men.", "randomized_trial"),
    ("Drug A in men", "METHODS: Thirty men were randomized 2:1. RESULTS: No difference.", "randomized_trial"),
    ("Drug A in men", "Fourteen men took drug A or placebo in a crossover trial.", None),
    # single arm
    ("Drug A in boys: a non-randomised phase 1/2 trial", "Nine boys were treated.", "single_arm_trial"),
    ("Drug A in boys", "In this open-label study, 20 boys took drug A for a year.", "single_arm_trial"),
    ("A single-arm trial of drug A", "Twenty boys took drug A.", "single_arm_trial"),
    ("A phase 2/3 study of vector A", "We treated 17 boys.", "single_arm_trial"),
    (
        "Drug A in boys",
        "In a clinical trial, 12 boys took drug A. A randomized trial is needed.",
        "single_arm_trial",
    ),
    # expanded access
    ("Drug A under an expanded access programme", "We treated six children.", "expanded_access"),
    ("Compassionate use of drug A in children", "Six children were treated.", "expanded_access"),
    ("Hospital exemption for vector A", "Six children were treated.", "expanded_access"),
    # cohort
    ("Natural history of Krabbe disease", "We followed 40 infants.", "cohort"),
    ("Transplantation for adrenoleukodystrophy", "We retrospectively reviewed 60 boys.", "cohort"),
    ("Krabbe disease in the registry", "Data of 84 people in the patient registry were analysed.", "cohort"),
    ("Survival after transplantation", "Medical records of 30 boys were reviewed.", "cohort"),
    (
        "Disease progression in boys with adrenoleukodystrophy",
        "This is a non-interventional, multi-centre study that follows patients. No study drug is given.",
        "cohort",
    ),
    (
        "Newborn screening for Krabbe disease",
        "In four years 2000 newborns were screened in a prospective pilot.",
        "cohort",
    ),
    # cross-sectional
    ("Burden of disease in families", "A survey was sent to 90 parents.", "cross_sectional"),
    (
        "Neuropathy in women with adrenoleukodystrophy",
        "This cross-sectional study examined 46 women.",
        "cross_sectional",
    ),
    # series and single cases
    ("Two brothers with adrenoleukodystrophy", "We report two brothers treated with drug A.", "case_series"),
    ("Transplantation in Krabbe disease: a case series", "Five children were transplanted.", "case_series"),
    ("Krabbe disease after cord blood", "We describe three siblings with Krabbe disease.", "case_series"),
    ("Krabbe disease in an adult: a case report", "A 50-year-old man was seen.", "case_report"),
    ("Tiratricol in a boy", "A 21-month-old boy was treated with tiratricol for a year.", "case_report"),
    ("Late Krabbe disease", "We report a case of Krabbe disease with late onset.", "case_report"),
    # no people
    ("Vector A in twitcher mice", "Mice were injected at day 2.", "animal_study"),
    ("Vector A rescues a canine model", "Dogs were treated at two weeks.", "animal_study"),
    ("Vector A for Krabbe disease", "We gave vector A to mice. Treated mice lived longer.", "animal_study"),
    ("AAV therapy in cats", "Cats were treated; fluid of 12 patients was tested too.", "animal_study"),
    ("Iron and oligodendrocytes", "Patient iPSC lines were cultured with drug A.", "in_vitro"),
    (
        "Iron and PLP1",
        "We made pluripotent stem cells from a patient with a PLP1 variant. Cells died.",
        "in_vitro",
    ),
    ("A new ARSA variant", "The variant was expressed in HEK293T cells.", "in_vitro"),
    # a study of people with a laboratory part is none of cells
    ("New variants", "We sequenced 25 patients and expressed the variants in COS-1 cells.", None),
    # literature
    ("Metachromatic leukodystrophy: a review", "", "review"),
    ("Advances in gene therapy", "In this review we discuss vectors.", "review"),
    ("Treatment of Krabbe disease", "We review the current evidence on transplantation.", "review"),
    (
        "Treatment of metachromatic leukodystrophy: a systematic review",
        "Databases were searched.",
        "systematic_review",
    ),
    (
        "Survival in Krabbe disease",
        "METHODS: We searched PubMed and Embase. RESULTS: 35 reports.",
        "systematic_review",
    ),
    ("Transplantation: a meta-analysis", "", "systematic_review"),
    ("Consensus guidelines for vanishing white matter", "", "guideline"),
    (
        "Screening in adrenoleukodystrophy",
        "We present consensus-based recommendations of experts: consensus statement.",
        "guideline",
    ),
    (
        "MRI follow-up: international recommendations for adrenoleukodystrophy",
        "Thirty experts agreed.",
        "guideline",
    ),
    ("Drug A in men: study protocol for a randomised trial", "Men will be randomised.", "protocol"),
    ("Rationale and design of the LEAF trial", "Men will be enrolled.", "protocol"),
    ("Drug A in men", "METHODS: Patients will be enrolled at ten sites and will be followed.", "protocol"),
    # randomised without saying who was
    (
        "Drug A in men",
        "METHODS: Men with a catheter placed before surgery were randomly assigned to drug A or salt.",
        "randomized_trial",
    ),
    (
        "Drug A and drug B",
        "It was an observer-blind, two-period crossover study in 60 adults.",
        "randomized_trial",
    ),
    ("Two drops for dry eyes", "METHODS: A Latin square decided the order in 24 adults.", "randomized_trial"),
    (
        "Stroke under drug A: results of the LEAF trial",
        "RESULTS: 900 men died after randomisation.",
        "randomized_trial",
    ),
    # single arm
    (
        "Effect of drug A on fat in diabetes",
        "Sixteen patients with diabetes received drug A daily.",
        "single_arm_trial",
    ),
    ("Drug A for spasm", "This non-comparative study lasted a year in 40 adults.", "single_arm_trial"),
    # cohort
    ("Survival after grafts: a retrospective study", "Random slopes were fitted for 60 men.", "cohort"),
    (
        "Death after liver grafts",
        "Consecutive patients (n = 90) had grafts. Predictors of survival: age.",
        "cohort",
    ),
    ("Obesity and ventilation", "This retrospective cohort study analysed weight.", "cohort"),
    # cross-sectional
    ("How families decide", "We interviewed 14 families about their choice.", "cross_sectional"),
    # papers
    ("Drug A for the heart (LEAF) study: study design and baseline data", "Men take drug A.", "protocol"),
    (
        "Drug A for low moods",
        "METHODS: Adults will receive drug A. Mood will be measured each week in this trial.",
        "protocol",
    ),
    ("Exercise at school: a trial", "Methods/Design: Pupils run daily and are randomised.", "protocol"),
    (
        "Exercise at school: a trial",
        "Methods/Design: Pupils ran daily or not, as chance had it (randomised). Results: They ran well.",
        "randomized_trial",
    ),
    ("A quantitative review of 23 randomised trials of drug A", "Deaths fell.", "systematic_review"),
    ("Clinical practice guideline for long-term follow-up", "We did a systematic review.", "guideline"),
    ("New views on drug A", "MEDLINE was searched. This paper reviews drug A.", "review"),
    (
        "Drug A for sweating",
        "To report two cases. A MEDLINE search was done. Two men had drug A.",
        "case_series",
    ),
    # animals, cells
    ("Sedation in horses", "Horses were given drug A or B by matched randomisation.", "animal_study"),
    (
        "Histamine from purified rat mast cells",
        "Cells were cultured with drug A; cells released it.",
        "in_vitro",
    ),
    ("Lameness in a dog: a case report", "A 4-year-old female dog was lame.", "animal_study"),
]


@pytest.mark.parametrize(("title", "abstract", "expected"), CASES)
def test_cases(study: Assess, title: str, abstract: str, expected: str | None) -> None:
    tag = study(title, abstract).design
    assert (tag.label if tag is not None else None) == expected
    assert tag is None or tag.quote is not None


NOT_RANDOMISED = [
    "We retrospectively reviewed 30 boys. A randomized trial is needed.",
    "We retrospectively reviewed 30 boys. Future randomized controlled trials should test this.",
    "In a previous randomized trial drug A failed. We retrospectively reviewed 30 boys.",
    "We retrospectively reviewed 30 boys; treatment was not randomized.",
    "This non-randomised cohort study followed 30 boys.",
    "A Mendelian randomization study was done in a cohort of 3000 people.",
]


@pytest.mark.parametrize("abstract", NOT_RANDOMISED)
def test_randomisation_of_others_or_none(study: Assess, abstract: str) -> None:
    tag = study("Transplantation in boys", abstract).design
    assert tag is not None
    assert tag.label == "cohort"


class TestPublicationTypes:
    @pytest.mark.parametrize(
        ("type", "expected"),
        [
            ("Randomized Controlled Trial", "randomized_trial"),
            ("Practice Guideline", "guideline"),
            ("Meta-Analysis", "systematic_review"),
            ("Review", "review"),
            ("Clinical Trial Protocol", "protocol"),
            ("Clinical Trial, Phase II", "single_arm_trial"),
            ("Editorial", "other"),
            ("Case Reports", "case_report"),
        ],
    )
    def test_decide_where_the_text_is_silent(self, study: Assess, type: str, expected: str) -> None:
        tag = study("Drug A", "", types=(type,)).design
        assert tag is not None
        assert (tag.label, tag.basis, tag.quote) == (expected, "publication_type", None)

    def test_case_reports_of_several_people_are_a_series(self, study: Assess) -> None:
        tag = study(
            "Krabbe disease", "We studied four children with Krabbe disease.", types=("Case Reports",)
        ).design
        assert tag is not None
        assert tag.label == "case_series"

    def test_of_a_program_are_not_read(self, study: Assess) -> None:
        assert study("Drug A", "", types=("Review",), indexing_method="Automated").design is None

    def test_animals_without_humans_in_mesh(self, study: Assess) -> None:
        tag = study("Myelin and drug A", "Rats were fed. Rats lived.", mesh=("Animals",)).design
        assert tag is not None
        assert tag.label == "animal_study"


def test_nothing_told_is_none(study: Assess) -> None:
    assert study("The white matter of the brain").design is None


def test_the_table_knows_every_design_and_no_other() -> None:
    assert {rule.label for rule in RULES} == set(DESIGNS)


class TestNotices:
    @pytest.mark.parametrize(
        ("title", "types"),
        [
            ("Correction: Leriglitazone in men: a phase 3 trial", ()),
            ("Retraction: Leriglitazone in men: a phase 3 trial", ()),
            ("Leriglitazone in men: a phase 3 trial", ("Published Erratum",)),
            ("Leriglitazone in men: a phase 3 trial", ("Retraction of Publication",)),
        ],
    )
    def test_repeat_a_title_but_are_no_study(self, study: Assess, title: str, types: tuple[str, ...]) -> None:
        found = study(title, types=types)
        assert found.design is not None
        assert found.phase is not None
        assert (found.design.label, found.phase.label, found.modality) == ("other", "not_applicable", ())

    @pytest.mark.parametrize(
        "title", ["RETRACTED: Drug A in men: a phase 3 trial", "Gene correction: a phase 3 trial"]
    )
    def test_a_retracted_paper_is_no_notice(self, study: Assess, title: str) -> None:
        found = study(title)
        assert found.phase is not None
        assert found.phase.label == "phase_3"


def test_a_trial_that_counts_expanded_access_too_stays_a_trial(study: Assess) -> None:
    tag = study(
        "Arsa-cel in children",
        "METHODS: Children were treated in a phase 1/2 trial or under expanded access.",
    ).design
    assert tag is not None
    assert tag.label == "single_arm_trial"


def test_a_trial_in_the_title_is_no_review_of_others_unless_it_says_so(study: Assess) -> None:
    body = "In this review we discuss vectors."
    trial = study("A phase 3 trial of drug A in adrenoleukodystrophy", body).design
    assert trial is None or trial.label != "review"
    review = study("Phase 3 trials of drug A in adrenoleukodystrophy: a review", body).design
    assert review is not None
    assert review.label == "review"


def test_a_chart_review_is_no_review(study: Assess) -> None:
    tag = study(
        "Milestones in children: an international chart review", "Records of 100 children were read."
    ).design
    assert tag is not None
    assert tag.label == "cohort"


def test_a_severity_scale_is_other(study: Assess) -> None:
    found = study("A severity scale for Krabbe disease", "We built a scale of 11 items. Raters agreed.")
    assert found.design is not None
    assert found.phase is not None
    assert (found.design.label, found.phase.label) == ("other", "unphased")


GENERAL = (
    "Beta-blockers are effective drugs for most patients with failure of the heart. Treatment should be "
    "started at a low dose. The dose may be raised every week. Symptoms are common at first and remain mild. "
    "Elderly patients can be treated as well, although adverse effects are more frequent. Other drugs have "
    "been shown to help patients with severe disease. Therapy must be checked often, and the risk of falls "
    "should be named."
)


class TestNarrative:
    """A paper that only speaks in general is a review; any work of its own leaves it open."""

    def test_is_a_review(self, study: Assess) -> None:
        tag = study("Beta-blockers in the elderly", GENERAL).design
        assert tag is not None
        assert (tag.label, tag.quote is not None) == ("review", True)

    @pytest.mark.parametrize(
        "work",
        [
            "We measured the pulse.",
            "The pulse was measured (p < 0.01).",
            "Forty patients received them.",
            "The gene and its mutations alter proteins, cells and models of cells.",
        ],
    )
    def test_own_work_is_none(self, study: Assess, work: str) -> None:
        tag = study("Beta-blockers in the elderly", f"{GENERAL} {work}").design
        assert tag is None or tag.label != "review"


NOT = [
    # words of another kind of paper that stand in this one
    ("Drug A in men", "Thirty men took it. The online version of this article (doi:1) holds more.", "review"),
    (
        "A score for pain",
        "900 callers were randomly split into a development and a validation set.",
        "randomized_trial",
    ),
    ("Restenosis", "More than 40 large randomised trials have attempted to prevent it.", "randomized_trial"),
    ("Life after grafts", "This has not been formally evaluated in a randomised trial.", "randomized_trial"),
    ("Captopril in infarction (CATS)", "Of 300 patients given captopril, ten died in CATS.", "animal_study"),
    ("Cat scratch disease: a case report", "A 9-year-old boy had cat scratch disease.", "animal_study"),
    ("Infarction", "Clinical trials show benefit. A clinical trial may help.", "single_arm_trial"),
    ("Adherence to guidelines for asthma", "Records of asthma care were read.", "guideline"),
    ("Ulcers", "The trials of ulcer care will be reviewed; costs will be discussed.", "protocol"),
    ("Bond strength", "Extracted teeth were randomly divided into two groups and glued.", "randomized_trial"),
    (
        "Drug A for Krabbe disease",
        "METHODS: All will receive drug A. RESULTS: Ten took it so far. They will continue.",
        "protocol",
    ),
]


@pytest.mark.parametrize(("title", "abstract", "never"), NOT)
def test_words_of_another_kind_of_paper(study: Assess, title: str, abstract: str, never: str) -> None:
    tag = study(title, abstract).design
    assert tag is None or tag.label != never
