"""Readings that failed on abstracts of this field written anew: what they are about, harms, doses, people."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Mention, Study
from leukonlp.studies import (
    adverse_events,
    ages,
    assess,
    countries,
    delivery,
    doses,
    follow_up,
    registry,
    stage,
)
from leukonlp.studies.reading import Concepts, Reading

Read = Callable[..., Reading]
Assess = Callable[..., Study]
TITLE = "Outcome of treatment"

ABOUT = [
    # The objective names what is studied.
    (
        "An oil in healthy boys",
        "OBJECTIVE: To learn whether it prevents X-ALD. RESULTS: 12 stayed well.",
        (),
        ["adrenoleukodystrophy"],
    ),
    # The opening names it, and the closing does again.
    (
        "A screen in jimpy mice",
        "Pelizaeus-Merzbacher disease has no cure. We gave mice a drug. It may help in Pelizaeus-Merzbacher "
        "disease.",
        ("\n",),
        ["Pelizaeus-Merzbacher disease"],
    ),
    # The opening names it, and its gene is what is worked on.
    (
        "Twitcher mice live longer",
        "Krabbe disease has no cure. We gave mice GALC.",
        ("\n",),
        ["Krabbe disease"],
    ),
    ("Mice live longer", "Krabbe disease has no cure. We gave mice a drug.", ("\n",), []),
    ("Mice live longer", "Storage disorders such as Krabbe disease harm. We gave mice GALC.", ("as ",), []),
    # A title on white matter: those named are what it is about, but for one only compared.
    ("Leukoencephalopathies to treat", "We treat Krabbe disease.", (), ["Krabbe disease"]),
    ("A hypomyelination", "It differs from Krabbe disease.", (), []),
    # Counted without "n =".
    (
        "A survey of families",
        "Boys had Krabbe disease 22, and X-ALD (15%).",
        (),
        ["Krabbe disease", "adrenoleukodystrophy"],
    ),
]


@pytest.mark.parametrize(("title", "abstract", "background", "expected"), ABOUT)
def test_what_it_is_about(
    study: Assess,
    lexicon: Concepts,
    title: str,
    abstract: str,
    background: tuple[str, ...],
    expected: list[str],
) -> None:
    found = study(title, abstract, background=background)
    assert [lexicon.concepts[id].name for id in found.diseases] == expected
    assert found.relevant is not None
    assert found.relevant.label is bool(expected)


MODALITIES = [
    (
        "Grafts in X-ALD",
        "Boys received marrow transplants. Arsa-cel was approved in 2020. Arsa-cel is approved.",
        ["hsct"],
    ),
    ("Busulfan-based conditioning in X-ALD", "We treated 9 boys.", ["hsct"]),
    ("Fear conditioning in X-ALD", "We saw 9 boys.", []),
    (
        "Enzyme replacement therapy in mice with X-ALD",
        "We gave it with or without leriglitazone, and leriglitazone was given at 2 weeks.",
        ["enzyme_replacement", "small_molecule"],
    ),
    (
        "Boys with X-ALD",
        "We saw 9 boys; after being transplanted five lived. Seven were transplanted.",
        ["hsct"],
    ),
    (
        "Arsa-cel in X-ALD",
        "We gave it to 9 boys. One was transplanted later, and after transplantation died.",
        ["gene_therapy"],
    ),
    ("Arsa-cel, an overview of X-ALD", "Tiratricol is not approved.", ["gene_therapy"]),
]


@pytest.mark.parametrize(("title", "abstract", "expected"), MODALITIES)
def test_modality(study: Assess, title: str, abstract: str, expected: list[str]) -> None:
    assert [tag.label for tag in study(title, abstract).modality] == expected


@pytest.mark.parametrize(
    ("effect", "expected"), [("and his gait improved", ["small_molecule"]), ("at noon", [])]
)
def test_one_sentence_tells_of_a_case(study: Assess, effect: str, expected: list[str]) -> None:
    found = study("A man with X-ALD: case report", f"A 30-year-old man was given bezafibrate {effect}.")
    assert found.design is not None
    assert (found.design.label, [tag.label for tag in found.modality]) == ("case_report", expected)


@pytest.mark.parametrize(
    ("disease", "drug", "expected"),
    [("X-ALD", "diazoxide", ["small_molecule"]), ("asthma", "diazoxide", []), ("X-ALD", "lactate", [])],
)
def test_a_drug_beyond_the_lexicon_counts_in_a_leukodystrophy(
    make: Callable[..., object], lexicon: Concepts, disease: str, drug: str, expected: list[str]
) -> None:
    """Where the trained tagger has no say, the table of treatments has."""
    title = f"The effect of {drug} in {disease}"
    mentions = [Mention(14, 14 + len(drug), drug, "chemical")]
    if disease == "X-ALD":
        start = title.index(disease)
        mentions.append(Mention(start, len(title), disease, "disease", "MONDO:0018544"))
    found = assess(make(title, "We treated 12 mice."), tuple(mentions), lexicon=lexicon)  # type: ignore[arg-type]
    assert [tag.label for tag in found.modality] == expected


HARMS = [
    ("Graft failure 9% (8/89) was seen.", ("graft failure", 8, 89)),
    ("Veno-occlusive disease 4 pts, all others well.", ("veno-occlusive disease", 4, None)),
    ("BK viremia appeared in 3 of 15 on the drug.", ("viral reactivation", 3, 15)),
    ("Pump infection led to explantation in one child.", ("infection", 1, None)),
    ("Seventeen device failures occurred in 9 of 24 boys.", ("device failure", 9, 24)),
    ("Platelets fell below 100,000 in 5 cases.", ("thrombocytopenia", 5, None)),
    ("Hematologic cancer developed in 7 of 67 boys.", ("haematologic cancer", 7, 67)),
    ("Gastric discomfort occurred in four boys.", ("gastrointestinal complaints", 4, None)),
    ("Adverse events: gastrointestinal in 13 of 23.", ("gastrointestinal complaints", 13, 23)),
    ("Adverse events included thrombocytosis (11 patients).", ("thrombocytosis", 11, None)),
    ("Serious treatment-emergent adverse events occurred in 2 boys.", ("serious adverse event", 2, None)),
    ("CSF pleocytosis 2/5, all others well.", ("CSF pleocytosis", 2, 5)),
    ("Hemorrhagic cystitis 5 (25%), all others well.", ("haemorrhagic cystitis", 5, None)),
    ("Nine (45%) developed grade II-IV aGVHD.", ("graft-versus-host disease", 9, None)),
    ("Two boys complained of myalgia.", ("myalgia", 2, None)),
    ("CMV reactivation in 5/7 and mixed chimerism occurred.", ("viral reactivation", 5, 7)),
    ("Two boys of the active group had infusion reactions (13.3%).", ("infusion reaction", 2, None)),
]


@pytest.mark.parametrize(("abstract", "expected"), HARMS)
def test_harms(read: Read, abstract: str, expected: tuple[object, ...]) -> None:
    facts = adverse_events.adverse_events(read(TITLE, f"We treated boys. {abstract}"), treated=True)
    assert [(fact.value, fact.count, fact.total) for fact in facts] == [expected]


def test_harms_of_two_that_share_a_number(read: Read) -> None:
    reading = read(TITLE, "We treated boys. Diarrhea and headache were each reported by 3 boys (21%).")
    facts = adverse_events.adverse_events(reading, treated=True)
    assert [(fact.value, fact.count, fact.low) for fact in facts] == [
        ("diarrhoea", 3, 21.0),
        ("headache", 3, 21.0),
    ]


def test_a_number_of_the_second_harm(read: Read) -> None:
    reading = read(TITLE, "We treated boys. Three boys had transient neutropenia and one had stomatitis.")
    facts = adverse_events.adverse_events(reading, treated=True)
    assert [(fact.value, fact.count) for fact in facts] == [("neutropenia", 3), ("mucositis", 1)]


def test_a_harm_of_both_arms_is_one_and_that_of_placebo_none(read: Read) -> None:
    both = "We treated boys. Adverse events in the drug and placebo groups were weight gain and oedema."
    alone = "We treated boys. Adverse events in the placebo group were weight gain and oedema."
    found = [
        [fact.value for fact in adverse_events.adverse_events(read(TITLE, text), treated=True)]
        for text in (both, alone)
    ]
    assert found == [["weight gain", "oedema"], []]


DOSES = [
    ("We gave mice 800 ug at 8 weeks.", [(800.0, "μg")]),
    ("They were assigned to 1-1.5 g/kg/day of oil.", [(None, "g/kg/day")]),
    ("We studied 12. Boys were allocated to diet plus globulins (1 g/kg monthly).", [(1.0, "g/kg monthly")]),
    ("Boys were dosed with 1 x 10^12 (n = 2) or 4 x 10^12 vg.", [(1e12, "vg"), (4e12, "vg")]),
    ("We gave 30 mg. A trial of 150 mg weekly is now enrolling.", [(30.0, "mg")]),
    ("A dose of 30 ug reduced the protein by 70%.", [(30.0, "μg")]),
]


@pytest.mark.parametrize(("abstract", "expected"), DOSES)
def test_doses(read: Read, abstract: str, expected: list[tuple[float | None, str]]) -> None:
    assert [(fact.value, fact.unit) for fact in doses.doses(read(TITLE, abstract))] == expected


def test_doses_of_mice_are_of_a_study_of_mice_alone(read: Read) -> None:
    reading = read(TITLE, "We saw 12 of them; in mice treated with 75 mg/kg of it axons improved.")
    found = [[fact.value for fact in doses.doses(reading, animals=animals)] for animals in (True, False)]
    assert found == [[75.0], []]


ROUTES = [
    ("We gave boys 1 mg/kg weekly IV or placebo.", ["intravenous"]),
    ("We saw boys of phase IV and grade IV.", []),
    ("We gave boys ICV arylsulfatase.", ["intracerebroventricular"]),
    ("We gave boys grafts; intrathecal chemotherapy was omitted.", []),
]


@pytest.mark.parametrize(("abstract", "expected"), ROUTES)
def test_routes(read: Read, abstract: str, expected: list[str]) -> None:
    assert [fact.value for fact in delivery.routes(read(TITLE, abstract))] == expected


def test_vectors_beside_others_and_by_brand(read: Read) -> None:
    texts = (
        "We gave grafts with or without AAV9.",
        "We gave boys Lenti-D.",
        "We treated boys without AAV9.",
        "We gave boys marrow. Lentiviral gene therapy is not yet available.",
    )
    found = [[fact.value for fact in delivery.vectors(read(TITLE, text))] for text in texts]
    assert found == [["AAV9"], ["lentiviral"], [], []]


FOLLOWED = [
    ("We saw boys. Median follow-up was 4.1 y.", 49.2, None, None),
    ("We saw boys. Median follow up after grafting 7.5 y (3.0-19.7).", 90.0, 36.0, 236.4),
    ("We saw boys. Safety was assessed with monitoring for at least 5 years.", 60.0, None, None),
    ("We saw boys. The observation period was 62 months (7-260).", 62.0, 7.0, 260.0),
    ("We saw boys at baseline, 6 and 12 months.", 12.0, None, None),
    ("We saw a boy. At 7 years post-BMT he can run.", 84.0, None, None),
    ("We saw boys. Median age at last follow-up was 7 (IQR 4-12) years.", None, None, None),
    ("We saw boys. There was follow-up evaluation of C28Y.", None, None, None),
]


@pytest.mark.parametrize(("abstract", "value", "low", "high"), FOLLOWED)
def test_follow_up(
    read: Read, abstract: str, value: float | None, low: float | None, high: float | None
) -> None:
    fact = follow_up.follow_up(read(TITLE, abstract))
    assert (fact.value, fact.low, fact.high) == (value, low, high) if fact else value is None


AGES = [
    ("We treated boys 2-12 years with it.", (None, 2.0, 12.0)),
    ("We saw boys 2-12 years after treatment.", None),
    ("We treated boys. Median age at HSCT 7.0 y (1.5-18.2).", (7.0, 1.5, 18.2)),
]


@pytest.mark.parametrize(("abstract", "expected"), AGES)
def test_ages(read: Read, abstract: str, expected: tuple[float | None, ...] | None) -> None:
    fact = ages.ages(read(TITLE, abstract))
    assert (None if fact is None else (fact.value, fact.low, fact.high)) == expected


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("Fifteen adults (9 women, mean age 51 years) took part.", "both"),
        ("Ten adults (10 women, mean age 51 years) took part.", "female"),
        ("We included 227 children; 118 were male.", "both"),
        ("Files of 16 patients (10 F/6 M) were scanned.", "both"),
    ],
)
def test_sex(study: Assess, abstract: str, expected: str) -> None:
    found = study(TITLE, abstract).sex
    assert found is not None
    assert found.value == expected


def test_a_stage_told_after_the_people(read: Read) -> None:
    found = stage.stage(
        read(TITLE, "We enrolled boys 17 years of age or younger who had early-stage disease.")
    )
    assert found is not None
    assert (found.value, found.quote.text[-10:]) == ("early_symptomatic", "ge disease")


def test_an_experience_has_a_country(read: Read) -> None:
    found = countries.countries(read("Oil in X-ALD: an Italian experience", "We treated boys."))
    assert [fact.value for fact in found] == ["Italy"]


def test_first_people_of_an_ongoing_trial_are_of_that_trial(read: Read) -> None:
    told = (
        "In the ongoing trial (NCT00000001) boys are treated. We report baseline features of the first six."
    )
    other = "In an ongoing trial (NCT00000001) boys are treated. We report ten girls."
    found = [[a.number for a in registry.numbers(read("Drug A", text))] for text in (told, other)]
    assert found == [["NCT00000001"], []]


def test_people_in_a_bracket_begin_the_study_s_own_part(read: Read) -> None:
    """ "n = 48" tells as much as "n = 4" did."""
    parts = [s.part for s in read("Mice", "Canavan disease is bad. Mice (n=48) were injected.").sentences]
    assert parts == ["title", "background", None]


def test_a_plan_told_in_the_introduction_is_of_the_methods(read: Read) -> None:
    reading = read(
        "Drug A: protocol",
        "INTRODUCTION: X-ALD is grave. DRUGGED is a 96-week, open-label trial assessing drug A in boys. "
        "METHODS: Boys run.",
    )
    assert [sentence.part for sentence in reading.sentences] == [
        "title",
        "background",
        "methods",
        "methods",
    ]
