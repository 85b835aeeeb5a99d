"""Readings that went wrong on new abstracts of this field: other trials, withheld therapies, harms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Study
from leukonlp.studies import adverse_events, ages, compared, delivery, doses, follow_up, registry, stage
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]
Assess = Callable[..., Study]
TITLE = "Outcome of treatment"

PHASES = [
    # Animals are given what is in a trial elsewhere.
    (
        "Guanabenz in a mouse model of leukodystrophy",
        "Guanabenz, with activity in a phase 2 trial in stroke, was given to mice.",
        "preclinical",
    ),
    (
        "Sobetirome rescues myelin in knockout mice",
        "We treated mice. A phase 1 trial of it in men was withdrawn before enrolment.",
        "preclinical",
    ),
    # Two trials in one breath: the phase 3 is not a part of the phase 2/3.
    (
        "Late harms of arsa-cel",
        "We examined 60 boys who received arsa-cel in a phase 2-3 study (A-1) and a phase 3 study (A-2).",
        "phase_3",
    ),
    ("Phase 2 results of arsa-cel", "We did a phase 1/2 trial in nine boys.", "phase_1_2"),
    # The phase stands in brackets behind the name that the title has.
    (
        "Safety of arsa-cel: the STARlight trial",
        "In STARlight (phase 1/2, NCT00000001) boys receive arsa-cel. As of May, eight had been dosed.",
        "phase_1_2",
    ),
    (
        "Safety of arsa-cel in boys",
        "STARlight (phase 1/2) is a trial of others. As of May, our eight boys had been dosed with arsa-cel.",
        "unphased",
    ),
    # A trial that should not be, that ran beside, or that others were taken into.
    (
        "Simvastatin in boys",
        "We gave simvastatin to three boys. A phase 2 trial should not be started before the dose is known.",
        "unphased",
    ),
    (
        "Simvastatin in boys",
        "We gave simvastatin to three boys. A phase 3 trial in men was run in parallel.",
        "unphased",
    ),
    (
        "Costs of X-ALD",
        "We found 112 people. An oil trial (phase 1-3) was recruiting then.",
        "unphased",
    ),
    (
        "Protocol for a study of men",
        "We will see 60 men for years. A phase 3 trial of simvastatin may later use the data.",
        "not_applicable",
    ),
    # No word of "we" before the treatment is injected.
    (
        "A vector in leukodystrophy",
        "In an open-label phase I/II trial, AAV was injected into the brain of four children.",
        "phase_1_2",
    ),
]


@pytest.mark.parametrize(("title", "abstract", "expected"), PHASES)
def test_phase(study: Assess, title: str, abstract: str, expected: str) -> None:
    phase = study(title, abstract).phase
    assert phase is not None
    assert phase.label == expected


OPINIONS = [
    (
        "Guanabenz in leukodystrophy: a hypothesis",
        "It might help. We discuss why, and propose work in fibroblasts.",
        (),
    ),
    ("Ethics of offering arsa-cel to ill children", "Compassionate use should stay rare.", ()),
    ("Gene therapy for ill children", "Compassionate use for children should stay rare.", ("Editorial",)),
]


@pytest.mark.parametrize(("title", "abstract", "types"), OPINIONS)
def test_an_opinion_has_no_people(study: Assess, title: str, abstract: str, types: tuple[str, ...]) -> None:
    found = study(title, abstract, types=types)
    assert found.design is not None
    assert found.phase is not None
    assert (found.design.label, found.phase.label) == ("other", "not_applicable")


def test_a_letter_on_people_keeps_them(study: Assess) -> None:
    found = study(TITLE, "We saw nine boys with X-ALD.", types=("Letter",))
    assert found.phase is not None
    assert found.phase.label == "unphased"


def test_a_case_beside_a_review_is_one(study: Assess) -> None:
    told = "A 43-year-old man took leriglitazone. In 14 patients of the literature it helped."
    found = study("Leriglitazone: a case and short review", told, types=("Case Reports", "Review"))
    assert found.design is not None
    assert found.design.label == "case_report"


MODALITIES = [
    # Nobody was given it.
    (
        "Transplantation of 30 boys with X-ALD",
        "Thirty boys underwent bone marrow transplantation. Arsa-cel, now studied in a trial, was not "
        "given to any "
        "of them. Arsa-cel was used elsewhere.",
        ["hsct"],
    ),
    (
        "Boys with X-ALD",
        "Bone marrow transplantation was considered but declined. Lorenzo's oil was given and was safe. "
        "Later, Lorenzo's oil was given again. "
        "Bone marrow transplantation was not then pursued.",
        ["dietary"],
    ),
    (
        "Boys with X-ALD",
        "None of the nine boys had received Lorenzo's oil. No boy was treated with Lorenzo's oil. "
        "They refused Lorenzo's oil.",
        [],
    ),
    # ... but what is not effective was given, and only the second of two was withheld.
    ("Boys with X-ALD", "We gave boys Lorenzo's oil. Lorenzo's oil was not effective.", ["dietary"]),
    (
        "Boys with X-ALD",
        "All ten boys received Lorenzo's oil and simvastatin was not begun. Lorenzo's oil was given for "
        "a year.",
        ["dietary"],
    ),
    # The title only asks about it.
    ("Cholestanol: does simvastatin matter?", "We saw X-ALD. None of them had taken simvastatin.", []),
    (
        "Simvastatin in boys with X-ALD",
        "None of the controls took simvastatin, but 9 boys were given simvastatin.",
        ["small_molecule"],
    ),
    # Some refused it, and a speed that declines refuses nothing.
    (
        "Fate of boys with X-ALD given marrow",
        "Four were transplanted; one family declined transplantation.",
        ["hsct"],
    ),
    ("Leriglitazone in X-ALD", "Gait speed declined less with leriglitazone.", ["small_molecule"]),
    ("Simvastatin in X-ALD", "Simvastatin was not given to two who were ill.", ["small_molecule"]),
    # The sentence that names the trial names its therapy, though it comes before the work told.
    (
        "Baseline of the NEXT trial",
        "NEXT is a phase 2/3 study of leriglitazone in boys with X-ALD. Twenty boys were enrolled.",
        ["small_molecule"],
    ),
    # Whose therapy it is, parents decide.
    (
        "Arsa-cel or transplantation? Decision-making of parents in leukodystrophy",
        "We interviewed 21 parents of boys who were offered arsa-cel.",
        [],
    ),
    (
        "Conditioning in 44 children with X-ALD",
        "Forty-four children with X-ALD (n = 24) or MLD (n = 20) underwent bone marrow transplantation.",
        ["hsct"],
    ),
    # Transplants told by other words.
    ("Eye movements in boys with X-ALD", "We tested 45 boys who had undergone transplantation.", ["hsct"]),
    ("Sight of boys given marrow for X-ALD", "We tested 22 boys.", ["hsct"]),
    ("Haploidentical grafts in X-ALD", "Nine boys had bone marrow transplantation.", ["hsct"]),
    # One sentence is enough for animals.
    ("Macaques in leukodystrophy", "We saw lesions. Macaques were given arsa-cel.", ["gene_therapy"]),
    (
        "Editing of Plp1 in jimpy mice, a model of Pelizaeus-Merzbacher disease",
        "We then gave one dose of antisense oligonucleotide to mice, which prolonged survival.",
        ["antisense"],
    ),
]


@pytest.mark.parametrize(("title", "abstract", "expected"), MODALITIES)
def test_modality(study: Assess, title: str, abstract: str, expected: list[str]) -> None:
    assert [tag.label for tag in study(title, abstract).modality] == expected


HARMS = [
    ("Thirteen of 29 had febrile neutropenia.", [("neutropenia", 13, 29)]),
    ("Graft failure occurred in 12 of the transplanted.", [("graft failure", 12, None)]),
    (
        "One died from graft-versus-host disease.",
        [("death", 1, None), ("graft-versus-host disease", None, None)],
    ),
    ("Adverse events were vomiting in 5 and fever in 4 of 8.", [("vomiting", 5, None), ("fever", 4, 8)]),
    ("Anaphylaxis was seen in 2 at month 14.", [("anaphylaxis", 2, None)]),
    ("Anaphylaxis was seen in 2005 after much.", [("anaphylaxis", None, None)]),
    ("Nausea was reported in 3 and 5 patients.", [("nausea", None, None)]),
    ("Three stopped the drug because of thrombocytopenia.", [("thrombocytopenia", 3, None)]),
    ("Two patients were withdrawn from it due to a rash.", [("rash", 2, None)]),
    ("Muscle pain made one patient stop.", [("myalgia", 1, None)]),
    ("Diarrhoea led one to stop.", [("diarrhoea", 1, None)]),
    ("GVHD grade II to IV was seen in 5 of 25.", [("graft-versus-host disease", 5, 25)]),
    ("In one child hepatotoxicity led to a lower dose.", [("hepatotoxicity", 1, None)]),
    ("Patients with cirrhosis showed liver toxicity.", [("hepatotoxicity", None, None)]),
    ("Complement rose in four, of whom one had anaphylaxis.", [("anaphylaxis", 1, None)]),
    ("Hepatic enzymes rose in seven of 11 and settled.", [("raised liver enzymes", 7, 11)]),
    ("There was a CSF leak in one.", [("CSF leak", 1, None)]),
    ("A lead infection needed antibiotics.", [("infection", None, None)]),
    ("Two children with X-ALD died of their disease.", [("death", 2, None)]),
    ("Nausea came to 9 of 77, anaphylaxis in 5 and 1, respectively.", [("anaphylaxis", None, None)]),
    (
        "There were three serious adverse events with the drug and two with placebo.",
        [("serious adverse event", None, None)],
    ),
    ("Three patients had subdural haemorrhage after surgery.", [("haemorrhage", 3, None)]),
    ("No boy died, but nausea occurred in 3 boys.", [("nausea", 3, None)]),
    (
        "Thrombocytopenia below 100 x 10^9/l was found in 32 and led to less oil.",
        [("thrombocytopenia", 32, None)],
    ),
    (
        "Thrombocytosis was seen; four had leukopenia after treatment.",
        [("thrombocytosis", None, None), ("leukopenia", 4, None)],
    ),
    (
        "Four had transplant-related harm (infections in 3, haemorrhage in 1).",
        [("infection", 3, None), ("haemorrhage", 1, None)],
    ),
    ("One infant had CMV reactivation.", [("viral reactivation", 1, None)]),
    ("Drowsiness was noted in three boys.", [("somnolence", 3, None)]),
    ("Anaphylaxis was not seen, and nausea was noted in 2 boys.", [("nausea", 2, None)]),
    (
        "VOD developed in 6/20 after busulfan and in 1/24 after treosulfan.",
        [("veno-occlusive disease", None, None)],
    ),
    ("Transaminases rose in all five.", [("raised liver enzymes", 5, None)]),
    ("One patient had a seizure after surgery.", [("seizures", 1, None)]),
    # None of these was suffered.
    ("Seizure frequency decreased.", []),
    ("Pain and nausea were treated with morphine after surgery.", []),
    ("Hepatotoxicity of such drugs is rare.", []),
    ("Resistance was looked for after initial viremia.", []),
    ("No nausea, vomiting, and headache were seen.", []),
    ("It was safe, but no rash or fever occurred.", []),
    ("Anaphylaxis occurred in none.", []),
    ("Neutropenia was seen in no patient.", []),
    ("Children with neutropenia were excluded.", []),
]


@pytest.mark.parametrize(("abstract", "expected"), HARMS)
def test_harms(read: Read, abstract: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    facts = adverse_events.adverse_events(read(TITLE, f"We treated boys. {abstract}"), treated=True)
    assert [(fact.value, fact.count, fact.total) for fact in facts] == expected


def test_what_a_title_calls_otherwise_is_treated_too(read: Read) -> None:
    text = "We treated 42 patients. Seizures occurred in 34 patients."
    assert adverse_events.adverse_events(read("Epilepsy in children", text), treated=True) == ()
    assert adverse_events.adverse_events(read(TITLE, text), treated=True) != ()


def test_a_cancer_beside_the_therapy_in_the_title_is_its_harm(read: Read) -> None:
    text = "We saw 67 boys. Hematologic cancer developed in 7 of 67 patients."
    (fact,) = adverse_events.adverse_events(read("Gene therapy and hematologic cancer", text), treated=True)
    assert (fact.count, fact.total) == (7, 67)
    assert adverse_events.adverse_events(read("Therapy of hematologic cancer", text), treated=True) == ()


COMPARED = [
    ("An untreated cohort of 28 patients was compared.", 28),
    ("A natural history cohort of 49 untreated patients served as comparator.", 49),
    ("77 received leriglitazone and 39 placebo.", 39),
    ("Eighteen were transplanted; the remaining 15 were not and serve as controls.", 15),
    ("Six had globulin in addition to the oil, six others Lorenzo's oil alone.", 6),
    ("We compared survival of 27 boys with that of 59 boys given marrow.", 59),
    ("The control group of 11 towns was like them.", None),
    ("Of 77 men, 39 received placebo.", 39),
    ("A historical cohort of 20 was seen, and a control group of 30 was asked.", None),
    ("In an earlier control group of 30 patients it was so.", None),
    ("The oil alone helped, and 12 children had it.", None),
]


@pytest.mark.parametrize(("abstract", "expected"), COMPARED)
def test_comparison_group(read: Read, abstract: str, expected: int | None) -> None:
    reading = read(TITLE, f"We treated boys. {abstract}")
    fact = compared.group(reading)
    assert (fact.value if fact is not None else None) == expected
    assert fact is None or reading.text[fact.quote.start : fact.quote.end] == fact.quote.text


def test_an_arm_is_smaller_than_the_study(read: Read) -> None:
    reading = read(TITLE, "We saw men; 39 received placebo.")
    assert compared.group(reading, enrolled=39) is None
    assert compared.group(reading, enrolled=40) is not None


def test_registrations_named_in_work_on_animals(read: Read) -> None:
    text = "We treated mice. A phase 1 study of it in infants has begun (NCT00000001)."
    assert registry.numbers(read(TITLE, text), animals=True) == ()
    registered = f"{text} Trial registration: NCT00000002."
    assert [number.number for number in registry.numbers(read(TITLE, registered), animals=True)] != []


ROUTES = [
    ("The drug was given by gavage to mice.", ["oral"]),
    ("We treated mice with it in drinking water.", ["oral"]),
    ("It was given weekly by tail vein to mice.", ["intravenous"]),
    ("We saw mice after tail vein bleeding.", []),
]


@pytest.mark.parametrize(("abstract", "expected"), ROUTES)
def test_routes(read: Read, abstract: str, expected: list[str]) -> None:
    assert [fact.value for fact in delivery.routes(read(TITLE, f"We saw mice. {abstract}"))] == expected


def test_a_number_of_the_trial_that_a_case_was_not_in(read: Read) -> None:
    text = "We treated a woman. The drug is also being tested in a trial (NCT00000001) without her."
    assert registry.numbers(read(TITLE, text)) == ()


def test_what_was_without_therapy_came_before(read: Read) -> None:
    text = "After ratings for months without therapy, he received intravenous ceftriaxone for weeks."
    assert [fact.value for fact in delivery.routes(read(TITLE, f"We saw a man. {text}"))] == ["intravenous"]


def test_two_sisters_are_the_study_s_own(read: Read) -> None:
    (fact,) = delivery.routes(read(TITLE, "Two sisters received oral leriglitazone."))
    assert fact.value == "oral"


STAGES = [
    ("Children presymptomatic to early symptomatic children were seen.", "mixed"),
    ("Of four, two were presymptomatic and two at an early stage of disease.", "mixed"),
    ("Siblings were treated before and after onset.", "mixed"),
    ("We treated ill men; five boys with preclinical disease were seen, and symptomatic women.", "mixed"),
    ("We treated boys with presymptomatic disease.", "presymptomatic"),
]


@pytest.mark.parametrize(("abstract", "expected"), STAGES)
def test_stage(read: Read, abstract: str, expected: str) -> None:
    fact = stage.stage(read(TITLE, abstract))
    assert fact is not None
    assert fact.value == expected


FOLLOWED = [
    ("Of 45 boys, 22 came for testing at a median of 10.1 years after the graft.", 121.2),
    ("At the five-year visit two boys had myelin.", 60),
    ("GVHD was seen at a median of 2 months after the graft.", None),
    ("At the one-year visit two walked; at the five-year visit none.", None),
]


@pytest.mark.parametrize(("abstract", "expected"), FOLLOWED)
def test_follow_up(read: Read, abstract: str, expected: float | None) -> None:
    fact = follow_up.follow_up(read(TITLE, f"We saw boys. {abstract}"))
    assert (fact.value if fact is not None else None) == expected


def test_ages_in_brackets_are_years(read: Read) -> None:
    fact = ages.ages(read(TITLE, "We saw 24 women (age 41-68) in May."))
    assert fact is not None
    assert (fact.low, fact.high, fact.unit) == (41, 68, "years")
    assert ages.ages(read(TITLE, "We saw 24 women of age 41-68 in May.")) is None


def test_each_dose_has_its_own_name(read: Read) -> None:
    found = doses.doses(read(TITLE, "We gave boys a total of 5 mg/kg and up to 7 mg/kg."))
    assert [(fact.value, fact.statistic) for fact in found] == [(5, "total"), (7, "maximum")]


ABOUT = [
    ("An unusual ataxia", "We saw a woman. Sequencing confirmed Krabbe disease.", ["Krabbe disease"]),
    ("Prenatal work", "We examined 90 pregnancies at risk of Krabbe disease.", ["Krabbe disease"]),
    ("Ataxia", "We saw people at risk of Krabbe disease.", []),
]


@pytest.mark.parametrize(("title", "abstract", "expected"), ABOUT)
def test_about(study: Assess, lexicon: object, title: str, abstract: str, expected: list[str]) -> None:
    found = study(title, abstract)
    assert [lexicon.concepts[id].name for id in found.diseases] == expected  # type: ignore[attr-defined]
    assert found.relevant is not None
    assert found.relevant.label is bool(expected)
