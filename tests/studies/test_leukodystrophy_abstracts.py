"""What was misread in abstracts on leukodystrophies written to be hard, each as short as it can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import numpy as np
import pytest
from numpy.typing import NDArray

import leukonlp
from leukonlp.config import Settings
from leukonlp.records import Abstract, Study, Tag
from leukonlp.studies import decision, phase
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]
KRABBE = "Krabbe disease"


class Assess(Protocol):
    """Annotates a record by lexicon and rules."""

    def __call__(self, title: str, abstract: str = "") -> Study: ...


@pytest.fixture
def study() -> Assess:
    def build(title: str, abstract: str = "") -> Study:
        record = Abstract(pmid="1", title=title, abstract=abstract)
        (found,) = leukonlp.annotate([record], settings=Settings(ner=(), tagger=()))
        assert isinstance(found, Study)
        return found

    return build


@pytest.mark.parametrize(
    "abstract",
    [
        # a foreign trial as background of what is done here
        "Neural stem cells were reported to be feasible in a phase 1 study of 4 boys. We describe 2 boys "
        "who were given cord blood.",
        "METHODS: A Markov model was built. Efficacy inputs came from 29 patients of a phase 1/2 trial.",
        "CONTEXT: In the phase 2 Triac Trial, drug A lowered T3. METHODS: We identified 81 boys; ten took "
        "part in the trial extension and were left out.",
        "PURPOSE: Screening is called for now that arsa-cel has shown benefit, with 29 children treated in "
        "the pivotal phase 1/2 programme. METHODS: We tested 200 newborns.",
    ],
)
def test_the_phase_of_a_trial_told_as_background(read: Read, abstract: str) -> None:
    assert phase.stated(read(KRABBE, abstract)) is None


@pytest.mark.parametrize(
    "abstract",
    [
        "Now that drug A is licensed, we conducted a phase 3 trial of it in 40 boys.",
        "Model inputs were taken from our phase 3 trial of drug A in 40 boys.",
        "We did a post hoc analysis of a phase 3 trial of drug A; boys with seizures were excluded.",
    ],
)
def test_the_phase_of_the_own_trial_beside_such_words(read: Read, abstract: str) -> None:
    tag = phase.stated(read("Drug A in boys", abstract))
    assert tag is not None
    assert tag.label == "phase_3"


def test_a_dose_response_is_no_reply(study: Assess) -> None:
    tag = study(
        "Dose-response: a randomised trial of drug A", "Forty men were randomised to drug A or placebo."
    ).design
    assert tag is not None
    assert tag.label == "randomized_trial"


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        (
            "Outcome in Krabbe disease",
            "Twenty infants under one year received bone marrow transplantation. After bone marrow "
            "transplantation they improved.",
            ["hsct"],
        ),
        ("Outcome in Krabbe disease", "Twenty children had never been transplanted. They declined.", []),
        # both groups are looked at
        ("Survival in adrenoleukodystrophy with and without bone marrow transplantation", "", ["hsct"]),
        # "transplanted" is itself what was done; that others were not transplanted changes nothing
        (
            "Fludarabine, melphalan and TBI conditioning for adrenoleukodystrophy",
            "We reviewed patients transplanted here. Twelve more boys did not undergo transplantation.",
            ["hsct"],
        ),
        (
            "Does transplantation after onset prolong life in Krabbe disease?",
            "We compared patients who did and did not undergo HSCT. Sixteen patients transplanted "
            "after onset lived longer. AAV-delivered GALC deserves study.",
            ["hsct"],
        ),
        # what makes a therapy bearable is none
        (
            "AAV9 gene therapy in GM1 gangliosidosis",
            "Nine children with GM1 gangliosidosis were given AAV9. Immune modulation consisted of "
            "rituximab, sirolimus and a taper of prednisone. Sirolimus levels were measured.",
            ["gene_therapy"],
        ),
        # tested by others
        (
            "Antisense oligonucleotides in a mouse model of Pelizaeus-Merzbacher disease",
            "Jimpy mice were given antisense oligonucleotides. Transplantation of human neural stem cells "
            "has previously been tested in four boys; our approach requires no graft.",
            ["antisense"],
        ),
        (
            "Effusion in Aicardi-Goutieres syndrome",
            "We report a girl with the syndrome. Baricitinib was begun, and the effusion resolved.",
            ["small_molecule"],
        ),
        # of another drug it is said that nobody had it
        (
            "Baricitinib in Aicardi-Goutieres syndrome",
            "Forty children with the syndrome were treated. Ruxolitinib was not given to any of them.",
            ["small_molecule"],
        ),
        # what came of it is told in the next sentence
        (
            "Dystonia in POLR3A-related hypomyelination",
            "We describe a woman with it. Deep brain stimulation was performed. Dystonia improved.",
            ["device_or_procedure"],
        ),
        # what is done for people is not done for the dogs
        (
            "Intrathecal AAV9-GALC in the Krabbe dog",
            "Umbilical cord blood transplantation delays disease in infants. Dogs were given AAV9-GALC.",
            ["gene_therapy"],
        ),
        (
            "Transplantation of human oligodendrocyte-lineage cells in Pelizaeus-Merzbacher disease",
            "Five boys had cells injected.",
            ["cell_therapy"],
        ),
        (
            "A TREM2-activating antibody in leukoencephalopathy with axonal spheroids",
            "Twenty adults were given it.",
            ["biologic"],
        ),
        # what is measured is not given
        (
            "AAV9 gene transfer in GM1 gangliosidosis",
            "Nine children were treated. Ganglioside in fluid fell after treatment. Ganglioside rose later.",
            ["gene_therapy"],
        ),
        (
            "A thyroid receptor beta agonist in men with adrenoleukodystrophy",
            "Twenty men took one dose.",
            ["small_molecule"],
        ),
    ],
)
def test_therapies_of_the_study(study: Assess, title: str, abstract: str, expected: list[str]) -> None:
    assert [tag.label for tag in study(title, abstract).modality] == expected


@pytest.mark.parametrize(
    ("abstract", "value"),
    [
        ("Of 34 children screened, nineteen were dosed.", 19),
        (
            "Of 21 children screened, 13 with signs (5 boys, 8 girls) were given enzyme. 11 completed it.",
            13,
        ),
        (
            "In the trial, 38 children were assessed and 29 (16 late-infantile, 13 juvenile) were treated. "
            "In all 29 patients enzyme activity rose.",
            29,
        ),
        ("At one large centre, children completed two tests. Seventy-four children were assessed.", 74),
        (
            "We studied two completed phase 2 studies. Of 67 patients who received it, 6 patients fell ill.",
            67,
        ),
        ("Motor function of 12 children was analysed and compared with 35 non-transplanted children.", 47),
        ("We transduced CD34+ cells of twelve children and reinfused them in a trial.", 12),
        ("Ten, male swimmers were tested; five swimmers responded.", 10),
        (
            "We describe two adults who were transplanted from donors (one sibling, one unrelated).",
            2,
        ),
        ("Twenty-four boys were enrolled, of whom 22 took the drug. Nineteen boys completed week 96.", 22),
        (
            "Eleven adults were enrolled and eight (age 23 to 50 years) took it. Ataxia rose in four.",
            8,
        ),
        ("Twenty-nine patients were identified and 25 with sufficient data analysed. Ten patients died.", 25),
        ("Of 231 respondents who opened the survey, 174 completed it and were analysed.", 174),
        (
            "Among 14 children assessed, 9 were treated; data were compared with 20 boys of a registry.",
            9,
        ),
        (
            "412,385 newborns were screened. Testing of relatives uncovered 38 further affected persons.",
            412385,
        ),
        ("Twenty-one boys were enrolled, of whom 11 were randomized to drug A and 10 to drug B.", 21),
        ("Twenty-one boys were enrolled, of whom 11 received drug A and 10 received drug B.", 21),
        (
            "We enrolled 82 affected individuals; 40 healthy children scanned there served as controls.",
            122,
        ),
        ("Forty-five boys were enrolled and 22 received placebo.", 45),
        ("In this work 32,737 de-identified newborn DBS were analyzed.", 32737),
    ],
)
def test_people_of_the_study(study: Assess, abstract: str, value: int) -> None:
    found = study(KRABBE, abstract).n_enrolled
    assert found is not None
    assert found.value == value


def test_people_of_the_largest_series_are_those_of_others(study: Assess) -> None:
    told = "We describe a boy with ataxia. It was noted in few of the 105 patients of the largest series."
    found = study("A boy with leukodystrophy", told).n_enrolled
    assert found is None or found.value == 1


def test_cells_that_stay_in_the_dish_have_no_patients(study: Assess) -> None:
    assert study(KRABBE, "We sequenced RNA of CD34+ cells of 84 patients.").n_enrolled is None


@pytest.mark.parametrize(
    ("title", "abstract", "label"),
    [
        (
            "Screening for Krabbe disease: a summary of the evidence",
            "One program tested 109,259 infants.",
            "review",
        ),
        (
            "Preparing trials in vanishing white matter: advice from an international consortium",
            "Natural history data on 296 patients may replace placebo.",
            "guideline",
        ),
        (
            "Gene therapy for leukodystrophy: a phase 1/2 trial and expanded access",
            "Forty children were treated in an open-label phase 1/2 trial or under expanded access.",
            "single_arm_trial",
        ),
        (
            "Reply to: Plasma exchange in adrenoleukodystrophy",
            "They cite two boys. We see no rationale.",
            "other",
        ),
        ("An MRI severity score for Krabbe disease", "Three raters read scans of 31 patients.", "other"),
        ("Tiratricol in a toddler", "A boy was referred at 17 months. Tiratricol was begun.", "case_report"),
    ],
)
def test_designs(study: Assess, title: str, abstract: str, label: str) -> None:
    tag = study(title, abstract).design
    assert tag is not None
    assert tag.label == label


def test_a_gene_of_the_title_makes_the_disease_that_opens_the_abstract_its_topic(study: Assess) -> None:
    told = "Correcting very long chain fatty acids would be of much use to those with adrenoleukodystrophy."
    found = study("Bezafibrate fails in ABCD1-deficient human fibroblasts", told)
    assert found.relevant is not None
    assert found.relevant.label is True


def test_work_on_cells_only_is_preclinical_whoever_says_that_it_is(study: Assess) -> None:
    ruled = study("Astrocytes in vanishing white matter", "Fibroblasts of five patients were reprogrammed.")
    ruled = replace(ruled, phase=Tag("unphased", basis="text"), design=None)
    (found,) = decision.tagged([ruled], _Tagger({"in_vitro": 0.9, "cohort": 0.1}), {})  # type: ignore[arg-type]
    assert found.phase is not None
    assert found.phase.label == "preclinical"
    stated = replace(ruled, phase=Tag("phase_1", basis="text"))
    (found,) = decision.tagged([stated], _Tagger({"in_vitro": 0.9, "cohort": 0.1}), {})  # type: ignore[arg-type]
    assert found.phase is not None
    assert found.phase.label == "phase_1"


class _Tagger:
    """A tagger that knows designs only."""

    def __init__(self, likely: dict[str, float]) -> None:
        self.classes_ = {"design": np.array([*likely])}
        self.likely = likely

    def predict_proba(self, studies: list[Study]) -> dict[str, NDArray[np.float64]]:
        return {"design": np.array([[*self.likely.values()]] * len(studies))}


def test_expanded_access_of_the_title_stands(study: Assess) -> None:
    ruled = study(
        "Baricitinib in Aicardi-Goutieres syndrome: an expanded access program", "Forty boys took it."
    )
    kept = decision._design(ruled, {"cohort": 0.9, "expanded_access": 0.01})
    assert kept is not None
    assert kept.label == "expanded_access"


def test_of_leukodystrophies_the_tagger_must_be_surer_of_another_design(study: Assess) -> None:
    """It has seen few of them: at .4 to .7 the rules are right as often as it, or more."""
    ruled = study("Lorenzo oil in adrenoleukodystrophy", "In an open-label trial, 22 men took the oil.")
    assert ruled.design is not None
    assert ruled.design.label == "single_arm_trial"
    likely = {"cohort": 0.6, "single_arm_trial": 0.2}
    kept = decision._design(replace(ruled, phase=None), likely)
    assert kept is not None
    assert kept.label == "single_arm_trial"
    elsewhere = replace(ruled, phase=None, relevant=Tag(False, basis="text"))
    changed = decision._design(elsewhere, likely)
    assert changed is not None
    assert changed.label == "cohort"
