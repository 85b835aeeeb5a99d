"""Phase: every way to print one, of this study only, and no other sense of the word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Study, Tag
from leukonlp.studies import phase
from leukonlp.studies.decision import STATED
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]
Assess = Callable[..., Study]


def label(tag: Tag | None) -> object:
    return tag.label if tag is not None else None


FORMS = [
    ("A phase I trial of oral drug A in boys", "phase_1"),
    ("A Phase 1 study of drug A", "phase_1"),
    ("A phase-1 study of drug A", "phase_1"),
    ("A phase\u20111 study of drug A", "phase_1"),
    ("A phase\u00a01 study of drug A", "phase_1"),
    ("A phase one study of drug A", "phase_1"),
    ("A phase Ib dose-escalation study of drug A", "phase_1"),
    ("A phase 1b multiple ascending dose study of drug A", "phase_1"),
    ("Phase Ia/Ib study of drug A", "phase_1"),
    ("A phase 0 study of drug A", "early_phase_1"),
    ("An early phase 1 study of drug A", "early_phase_1"),
    ("An early phase II study of drug A", "phase_2"),
    ("A phase I/II trial of drug A", "phase_1_2"),
    ("A phase 1/2 trial of drug A", "phase_1_2"),
    ("A phase I/IIa trial of drug A", "phase_1_2"),
    ("A phase 1b/2a trial of drug A", "phase_1_2"),
    ("A phase 1–2 trial of drug A", "phase_1_2"),
    ("A phase I-II trial of drug A", "phase_1_2"),
    ("A phase 1 and phase 2 trial of drug A", "phase_1_2"),
    ("A phase 1 / 2 open-label study of drug A", "phase_1_2"),
    ("Phases 1 and 2 trial of drug A", "phase_1_2"),
    ("A phase II randomised trial of drug A", "phase_2"),
    ("A phase IIa study of drug A", "phase_2"),
    ("A phase 2b, double-blind, placebo-controlled, parallel-group, multicentre trial of drug A", "phase_2"),
    ("A phase two trial of drug A", "phase_2"),
    ("A phase 2 1-year study of drug A", "phase_2"),
    ("Drug A in adult men: phase 2", "phase_2"),
    ("A phase II/III trial of drug A", "phase_2_3"),
    ("A Phase 2b/3 trial of drug A", "phase_2_3"),
    ("A phase II-III trial of drug A", "phase_2_3"),
    ("A phase 2/phase 3 trial of drug A", "phase_2_3"),
    ("A phase III trial of drug A", "phase_3"),
    ("A phase IIIb study of drug A", "phase_3"),
    ("A phase three study of drug A", "phase_3"),
    ("Two randomised phase 3 trials of drug A", "phase_3"),
    ("A phase 4 study of drug A", "phase_4"),
    ("A phase IV study of drug A", "phase_4"),
    ("Drug A: results of the phase II LEAF study", "phase_2"),
    ("Drug A: a multicentre phase III LEAF-study", "phase_3"),
    ("A Ph 2 trial of drug A", "phase_2"),
    ("A phase 1a/1b/2a trial of drug A", "phase_1_2"),
    ("A phase I/II/III trial of drug A", "phase_2_3"),
    ("A phase 2/2b trial of drug A", "phase_2"),
    ("A phase 3b/4 trial of drug A", "phase_4"),
    ("Healing kept up: phase III comparison of drug A with drug B", "phase_3"),
    ("Safety of drug A: results of the phase 2/3 clinical development programme", "phase_2_3"),
]


@pytest.mark.parametrize(("title", "expected"), FORMS)
def test_forms_in_a_title(read: Read, title: str, expected: str) -> None:
    tag = phase.stated(read(title))
    assert label(tag) == expected
    assert tag is not None
    assert tag.quote is not None
    assert tag.basis == "text"


OWN = [
    ("We conducted an open-label phase 1/2 trial of drug A in nine boys.", "phase_1_2"),
    ("We report the results of a phase 2 study of drug A.", "phase_2"),
    ("In this phase 3 trial, 40 men received drug A.", "phase_3"),
    ("This randomised, double-blind, phase 2b study enrolled 60 women.", "phase_2"),
    ("This was a phase III trial at four hospitals.", "phase_3"),
    ("Twelve boys were enrolled in a phase 1/2 study (NCT00000001).", "phase_1_2"),
    ("A phase 2 trial was conducted in 30 adults.", "phase_2"),
    ("METHODS: In a phase I study, drug A was given to 12 men. RESULTS: It was safe.", "phase_1"),
    ("METHODS: LEAF was a multicentre, phase 3 trial. RESULTS: Walking improved.", "phase_3"),
    ("METHODS: Phase II, randomised trial in 20 clinics. RESULTS: Walking improved.", "phase_2"),
    ("OBJECTIVE: To test drug A in a phase 2 trial. METHODS: Adults took drug A.", "phase_2"),
    ("We followed the boys treated in the phase 2/3 trial of drug A for six years.", "phase_2_3"),
    ("This open-label extension of a previous phase 3 trial followed 50 men.", "phase_3"),
    ("We did a post hoc analysis of a phase 3 trial of drug A.", "phase_3"),
    ("Patients who completed the phase 2/3 trial entered this long-term follow-up.", "phase_2_3"),
    ("Data from two phase 3 trials were pooled: post hoc analyses of two phase 3 trials.", "phase_3"),
    ("We aimed to assess drug A in a phase 1 and phase 2 study in infants.", "phase_1_2"),
    ("METHODS: This was a phase 3b, open-label, randomised (3:1), controlled study.", "phase_3"),
    ("METHODS: Data were taken from phase 2 and phase 3 studies of drug A.", "phase_3"),
    ("METHODS: Data from three phase 3 studies were analysed together.", "phase_3"),
    ("BACKGROUND: This analysis investigates walking, using data from two phase 3 studies.", "phase_3"),
    ("BACKGROUND: The scale was tested using data collected in a 9-week, phase 2 trial.", "phase_2"),
    ("METHODS: Relapse was evaluated across three phase 3 trials of drug A.", "phase_3"),
    ("Thirty men were recruited from an ongoing randomised phase 3 trial and scanned.", "phase_3"),
    ("METHODS: In a phase 1 trial 12 men took it. In a phase 2 trial 60 men took it.", "phase_2"),
    ("This article describes the reasons for and the design of the phase 2b/3 trial of drug A.", "phase_2_3"),
    ("Walking is lost early. LEAF is a phase 3, multicentre trial to compare drug A with B.", "phase_3"),
    ("Drug A eases the hay.; Phase III, multicentre, randomised, blind study of 60 men.", "phase_3"),
    ("Bones are lost.This phase 2 study, in six towns, gave drug A to 80 women.", "phase_2"),
    ("A three-phase CT was done. METHODS: This was a randomised, phase 2 trial.", "phase_2"),
    ("METHODS: Two placebo-controlled, phase 2a studies tested drug A in 40 men.", "phase_2"),
    ("METHODS: FERN and MOSS were phase 2, crossover, multicentre studies of drug A.", "phase_2"),
    ("METHODS: We pooled adults of two phase 2 (X-1) and three phase 3 (X-2, X-3) trials.", "phase_3"),
    ("METHODS: Four trials (phase 1b, phase 2, and two phase 3 trials) were pooled.", "phase_3"),
    ("We did an open-label phase 1 study followed by a phase 2 expansion in boys.", "phase_1_2"),
    ("The phase 1 part of this work raised the dose. In the phase 2 part 30 men took it.", "phase_1_2"),
    ("Design: phase II, single-arm, open-label. Drug A was given.", "phase_2"),
    ("We treated boys. LEAF, a randomised phase 2 trial, enrolled 60 of them.", "phase_2"),
    ("We saw 80 boys, of whom 20 boys entered a phase 2 trial of drug A.", "phase_2"),
    ("We gave boys drug A in a placebo-controlled-phase 3 study.", "phase_3"),
    ("This was a phase ll trial in 40 men.", "phase_2"),
    (
        "METHODS: This is a phase I-II, randomised, open-label trial, currently ongoing in six towns.",
        "phase_1_2",
    ),
    ("Two replicate, randomised, double-blind phase 3 trials studied drug A in 900 adults.", "phase_3"),
    (
        "AIM: To relate pain to healing in two phase 3 studies. METHODS: Scores of 400 men were read.",
        "phase_3",
    ),
    ("As part of multicentre phase 2 and 3 studies, we gave drug A to five men.", "phase_3"),
    ("Models learn. Data from a dose-ranging phase 2 trial were divided into two sets.", "phase_2"),
    ("A blinded, phase 3 study to assess drug A in 40 men.", "phase_3"),
    ("Phase 2 trial of drug A before drug B in infants.", "phase_2"),
    ("This is a phase 2, blinded, placebo-controlled, proof of concept study in 30 women.", "phase_2"),
    ("LEAF is a prospective, randomised, two-arm phase 2-trial to test drug A in 70 men.", "phase_2"),
    ("We gave 60 men the vaccine in a phase 2 C. difficile prevention trial.", "phase_2"),
    ("We ran a trial. Part A was a phase 1 arm of rising doses, part B a phase 2 arm.", "phase_1_2"),
    ("METHODS/DESIGN: In the two-armed randomised phase II GroveLeaf study, 30 men take A.", "phase_2"),
]


@pytest.mark.parametrize(("abstract", "expected"), OWN)
def test_the_study_says_it_of_itself(read: Read, abstract: str, expected: str) -> None:
    assert label(phase.stated(read("Drug A in a rare disease", abstract))) == expected


OTHERS = [
    # other studies
    "In a previous phase 2 trial, drug A slowed decline. We reviewed the records of 30 men.",
    "We analysed blood of 20 boys. A phase 3 trial is warranted.",
    "We analysed blood of 20 boys. A phase 3 trial of drug A is now under way.",
    "We analysed blood of 20 boys. These results support a phase 2 trial.",
    "We analysed blood of 20 boys. Drug A should be tested in a phase 3 trial.",
    "We studied 20 boys. This scale is suitable for use in a phase 3 trial.",
    "We studied 20 boys. Our data will inform the design of phase 2 trials.",
    "Drug A has entered phase 3 trials. We measured its level in 10 volunteers.",
    "Drug A failed in an earlier randomised phase 3 study. We asked 40 families why.",
    "BACKGROUND: A phase 3 trial showed benefit. METHODS: We surveyed 90 doctors.",
    "BACKGROUND: Phase I studies suggest safety. METHODS: We surveyed 90 doctors.",
    "METHODS: We surveyed 90 doctors. CONCLUSIONS: A phase 2 trial is planned.",
    "We followed 12 children. The ongoing phase 1/2 trial (NCT00000001) will tell more.",
    "We studied 30 women. (The phase 1 STARBEAM study) showed previously that the dose is safe.",
    "Phase II studies suggest that drug A works. It is taken by mouth.",
    "Drug A has been shown to be effective in a phase III trial and was licensed.",
    "The level was chosen as the recommended phase 2 dose in mice.",
    "We followed 12 children; unlike the phase 3 study, ours included girls.",
    "We followed 12 children. A large confirmatory phase 3 trial is needed.",
    "We followed 12 children. Candidates for a phase 2 trial were identified.",
    "We gave 20 men drug A. This will help to develop and design a phase 3 study of it.",
    "We gave 20 men drug A. Data were sought for the development of a phase 3 trial.",
    "We gave 20 men drug A, to prepare for a phase 3 trial of its effect.",
    "We gave 20 men drug A and looked for endpoints for the phase 3 study.",
    "Phase 2 trial of drug A was promising. It is taken by mouth.",
    # other senses
    "Acute phase proteins rose in 12 men during the acute phase.",
    "After a lead-in phase, 20 men were randomly assigned to drug A or placebo.",
    "After a 4-week run-in phase, 20 men took drug A.",
    "This two-phase study had a screening phase and a treatment phase.",
    "Three-phase CT was done in 30 patients.",
    "The phase angle was lower in 30 patients; phase contrast imaging was normal.",
    "Phase III periodontal therapy was given to 40 adults.",
    "Adherence to phase III cardiac rehabilitation was studied in 40 adults.",
    "METHODS: In a two-phase work 19 nurses participated in the phase 1 nursing programme.",
    "The study had two phases. In phase 1, 20 women were interviewed; in phase 2, 40 were tested.",
    "Phase 1 of the study comprised interviews with 20 women.",
    "Drug A is cleared by phase II metabolism and phase II enzymes.",
    "Phase I reactions are followed by phase II conjugation.",
    "Phase III contractions of the stomach were seen in ten volunteers.",
    "Cells arrested in G1 phase and S phase.",
    "Forty patients with chronic phase leukaemia were followed.",
    "The phase III of the migrating motor complex was absent in eight men.",
    "Blood was drawn in the luteal phase in 16 women.",
    "Variants were looked up in the 1000 Genomes phase 3 data.",
    "Registry phase-2 participants were invited (Study-Phase 2).",
    "The open-label phase followed in 12 boys.",
    "Our group already showed benefit in men enrolled in phase 1 trials. We studied 45 women.",
    "We followed 30 men. Drug A has never been evaluated in a phase 3 trial.",
    "Drug A had efficacy similar to that of drug B in a comparative phase III trial in 159 men.",
    "We gave 30 men drug A. It will be possible to test it only in large phase III trials.",
    "Drug A was further investigated in a large phase III programme; 60 men were asked about it.",
    "In phase 2 of the LEAF trial, 3500 people were followed.",
    "We did a phase 1 mixed-methods observational study in 117 nurses.",
    "We kept the enzyme at pH 2 in our study of 12 men.",
]


@pytest.mark.parametrize("abstract", OTHERS)
def test_other_studies_and_other_senses_never_count(read: Read, abstract: str) -> None:
    assert phase.stated(read("Drug A in a rare disease", abstract)) is None


@pytest.mark.parametrize(
    "title",
    [
        "Outcome measures for phase 3 trials in rare diseases: candidates for phase 3",
        "Design of phase 2 trials in small populations",
        "A systematic review of phase 3 trials of drug A",
        "Selection of doses for phase III studies of drug A",
        "Acute phase response in boys",
        "Early phase of disease in boys",
        "Drug A for rare tumours: a meta-analysis from six phase III randomised trials",
        "Trial design by simulation: a phase II case study with drug A",
        "The LEAF trial phase 2: first two of three phases of the LEAF trial",
    ],
)
def test_titles_about_trials_in_general(read: Read, title: str) -> None:
    assert phase.stated(read(title)) is None


FOLLOWED = [
    (
        "Drug A in women: a subgroup analysis of LEAF",
        "BACKGROUND: The phase 3 LEAF trial showed a benefit of drug A. METHODS: We looked at women.",
    ),
    (
        "Drug A and walking",
        "BACKGROUND: In the phase III LEAF study drug A slowed decline. METHODS: Data from LEAF were used.",
    ),
    (
        "Drug A and walking",
        "BACKGROUND: A recent phase 3 trial was won by drug A. METHODS: In this post hoc analysis, "
        "walking was studied.",
    ),
    (
        "Drug A for six years: an open-label extension",
        "BACKGROUND: A placebo-controlled phase 3 study showed that drug A helps. METHODS: All took it.",
    ),
    (
        "Drug A for six years: results of the extension study",
        "Adults who had completed one of two trials (A-1 [phase 2] or A-2 [phase 3]) take drug A.",
    ),
    (
        "Fewer relapses with drug A",
        "BACKGROUND: FERN and MOSS were two 24-week, double-blind, phase 3 studies of drug A. This pooled "
        "post-hoc analysis asks for relapses. METHODS: A relapse was a worsening by three points.",
    ),
]


@pytest.mark.parametrize(("title", "abstract"), FOLLOWED)
def test_a_later_analysis_keeps_the_phase_of_its_trial(read: Read, title: str, abstract: str) -> None:
    assert label(phase.stated(read(title, abstract))) == "phase_3"


NOT_FOLLOWED = [
    (  # another trial's name
        "Drug B and walking: the MOSS study",
        "BACKGROUND: The phase 3 LEAF trial showed a benefit of drug A. METHODS: We gave drug B in MOSS.",
    ),
    (  # a disease, not a trial
        "Drug B in ALD",
        "BACKGROUND: Phase 3 ALD studies showed a benefit. METHODS: Men with leukodystrophy (ALD) took B.",
    ),
    (  # trials in general
        "Planning of trials",
        "Interim analysis of phase 3 trials is vital. METHODS: A post hoc analysis of two plans was done.",
    ),
    (  # still to come
        "Drug A in 20 men: an extension study",
        "METHODS: Men took drug A. CONCLUSIONS: A phase 3 LEAF trial is planned.",
    ),
    (  # a slope of the breath, no trial
        "Breathing out: a secondary analysis",
        "METHODS: The slope of phase III (DN2) of the breath was measured in 20 men.",
    ),
]


@pytest.mark.parametrize(("title", "abstract"), NOT_FOLLOWED)
def test_a_foreign_trial_gives_no_phase_to_a_later_analysis(read: Read, title: str, abstract: str) -> None:
    assert phase.stated(read(title, abstract)) is None


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ("In two phase 3 trials of drug A compared with placebo, pain was gone at 4 hours in 66%.", False),
        (
            "Pain disables. We looked at pooled results. In two phase 3 trials of drug A it went in 66%.",
            True,
        ),
    ],
)
def test_counted_trials_are_the_studys_own_where_it_puts_them_together(
    read: Read, told: str, own: bool
) -> None:
    tag = phase.stated(read("Drug A for migraine", told))
    assert label(tag) == ("phase_3" if own else None)


def test_words_for_what_a_phase_supports_name_no_phase_of_this_study(read: Read) -> None:
    text = "We followed 30 men. These data support inclusion of these patients in a phase 3 outcomes trial."
    assert phase.stated(read("Drug A in a rare disease", text)) is None


def test_quote_is_tight_and_exact(read: Read) -> None:
    tag = phase.stated(
        read("Drug A for boys", "We did an open-label phase 1/2 gene-therapy trial in nine boys.")
    )
    assert tag is not None
    assert tag.quote is not None
    assert tag.quote.text == "phase 1/2 gene-therapy trial"


def test_the_quote_of_a_combined_phase_ends_with_it(read: Read) -> None:
    tag = phase.stated(read("Drug A", "We did a phase 1/2 trial; this phase 2 trial enrolled nine boys."))
    assert tag is not None
    assert tag.quote is not None
    assert (tag.label, tag.quote.text) == ("phase_1_2", "phase 1/2 trial")


def test_a_title_wins_over_the_abstract(read: Read) -> None:
    tag = phase.stated(
        read("Drug A: a phase 3 trial", "METHODS: After a phase 2 study, men took drug A. RESULTS: All well.")
    )
    assert label(tag) == "phase_3"


def test_results_of_one_part_belong_to_the_combined_trial(read: Read) -> None:
    tag = phase.stated(read("Phase 2 study results for drug A", "We conducted a phase 1/2 trial of drug A."))
    assert label(tag) == "phase_1_2"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Patient-level meta-analysis of the FERN 1, 2 and 3 studies of drug A", "phase_3"),
        ("Individual participant data meta-analysis of drug A", "phase_3"),
        ("Meta-analysis of trials of drug A", "not_applicable"),
    ],
)
def test_an_analysis_of_the_trials_people_keeps_their_phase(study: Assess, title: str, expected: str) -> None:
    told = "METHODS: The studies were multicentre, randomised, open-label phase 3 trials of similar design."
    assert label(study(title, told).phase) == expected


class TestFirstInHuman:
    def test_is_phase_1_where_no_phase_is_stated(self, read: Read) -> None:
        assert label(phase.stated(read("A first-in-human study of antibody A in volunteers"))) == "phase_1"

    def test_may_be_called_an_evaluation_of_safety(self, read: Read) -> None:
        title = "First-in-human evaluation of the safety of vaccine A"
        assert label(phase.stated(read(title, "We vaccinated 20 adults."))) == "phase_1"
        assert phase.stated(read("First-in-human evaluation of a rapid diagnosis")) is None

    def test_gives_way_to_a_stated_phase(self, read: Read) -> None:
        assert label(phase.stated(read("A first-in-human phase 1/2 study of vector A"))) == "phase_1_2"

    def test_says_nothing_of_a_device(self, read: Read) -> None:
        assert phase.stated(read("First-in-human study of a coated balloon")) is None


class TestPublicationTypes:
    @pytest.mark.parametrize(
        ("types", "expected"),
        [
            (("Clinical Trial, Phase I",), "phase_1"),
            (("Clinical Trial, Phase II",), "phase_2"),
            (("Clinical Trial, Phase III", "Randomized Controlled Trial"), "phase_3"),
            (("Clinical Trial, Phase IV",), "phase_4"),
            (("Clinical Trial, Phase I", "Clinical Trial, Phase II"), "phase_1_2"),
            (("Clinical Trial, Phase II", "Clinical Trial, Phase III"), "phase_2_3"),
        ],
    )
    def test_name_the_phase(self, study: Assess, types: tuple[str, ...], expected: str) -> None:
        tag = study("Drug A in men", "Twenty men took drug A.", types=types).phase
        assert tag is not None
        assert (tag.label, tag.basis, tag.quote) == (expected, "publication_type", None)

    def test_text_wins(self, study: Assess) -> None:
        tag = study("Drug A in men: a phase 1/2 trial", types=("Clinical Trial, Phase I",)).phase
        assert tag is not None
        assert (tag.label, tag.basis) == ("phase_1_2", "text")

    def test_assigned_by_a_program_count_for_nothing(self, study: Assess) -> None:
        found = study(
            "Drug A in men",
            "Twenty men took drug A.",
            types=("Clinical Trial, Phase II",),
            indexing_method="Automated",
        )
        assert label(found.phase) == "unphased"


class TestWithoutAStatedPhase:
    @pytest.mark.parametrize(
        ("title", "abstract", "expected"),
        [
            ("Drug A restores myelin in twitcher mice", "Mice were injected at day 2.", "preclinical"),
            (
                "Ferroptosis of oligodendrocytes",
                "Cultured fibroblasts and iPSC lines were treated.",
                "preclinical",
            ),
            ("Metachromatic leukodystrophy: a review", "We review the literature.", "not_applicable"),
            ("Consensus guidelines for adrenoleukodystrophy", "Experts agreed.", "not_applicable"),
            ("Drug A in boys: study protocol", "Boys will be enrolled.", "not_applicable"),
            ("Drug A in boys: study protocol for a phase 2 trial", "Boys will be enrolled.", "phase_2"),
            ("Transplantation in Krabbe disease", "We reviewed 25 infants with Krabbe disease.", "unphased"),
        ],
    )
    def test_the_design_decides(self, study: Assess, title: str, abstract: str, expected: str) -> None:
        assert label(study(title, abstract).phase) == expected

    def test_unphased_quotes_the_people(self, study: Assess) -> None:
        tag = study("Transplantation in Krabbe disease", "We reviewed 25 infants with Krabbe disease.").phase
        assert tag is not None
        assert tag.quote is not None
        assert tag.quote.text == "25 infants"

    def test_a_review_that_retells_a_trial_has_no_phase(self, study: Assess) -> None:
        found = study(
            "Drug A: a review", "In a phase III trial, 692 men took drug A. This article reviews its use."
        )
        assert label(found.phase) == "not_applicable"

    def test_nothing_told_is_none(self, study: Assess) -> None:
        assert study("The white matter of the brain").phase is None


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        (
            "Heart safety of zorbitine",
            "Clots were assessed in 4,210 participants in 9 phase II/III trials of zorbitine.",
            "phase_2_3",
        ),
        (
            "Rescue pills in trials of zorbitine",
            "Three phase II and III, placebo-controlled, randomized studies of zorbitine were included in "
            "this analysis. A total of 900 patients took rescue pills.",
            "phase_3",
        ),
        (
            "Imaging of nodules with zorbitide",
            "Nodules were imaged in a successful trial before. The results of the larger phase III study "
            "using zorbitide to tell bad from good nodules are now presented. METHODS: Patients were "
            "referred for imaging, and 120 took part.",
            "phase_3",
        ),
        (
            "What does a nurse cost?",
            "DESIGN: Cost-effectiveness analysis based on a phase II randomized controlled trial. "
            "PARTICIPANTS: 600 women were randomized.",
            "phase_2",
        ),
    ],
)
def test_results_that_are_told_again_or_at_last(
    title: str, abstract: str, expected: str, study: Assess
) -> None:
    assert label(study(title, abstract).phase) == expected


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        (
            "New ways with stomach germs",
            "It will be possible to evaluate the efficacy of these vaccines only in large phase III trials.",
        ),
        (
            "Selenium and human cells",
            "Cells were exposed to selenium. This provides a theoretical basis for phase III studies.",
        ),
        (
            "Plasma DNA as a test",
            "It was tested in samples acquired from 105 patients referred for participation in phase I "
            "trials.",
        ),
    ],
)
def test_trials_that_the_record_only_points_to(title: str, abstract: str, study: Assess) -> None:
    assert label(study(title, abstract).phase) not in STATED
