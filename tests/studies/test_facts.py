"""Ages, stage, centres, follow-up, harms and survival: the figure, its unit, its quote, or None."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Study
from leukonlp.studies import adverse_events, ages, follow_up, outcomes, sites, stage
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]
TITLE = "Outcome of treatment"

AGES = [
    ("We treated boys (median age, 6 years; range, 4 to 13).", (6.0, "median", 4.0, 13.0, "years")),
    ("The median age was 7.1 years (range 0.8–66.8).", (7.1, "median", 0.8, 66.8, "years")),
    ("Mean age was 43.9 ± 10.2 years.", (43.9, "mean", None, None, "years")),
    ("The mean (SD) age of the women was 49.2 (13.1) years.", (49.2, "mean", None, None, "years")),
    (
        "Their median age at transplantation was 18 months (range, 5-40 months).",
        (18.0, "median at treatment", 5.0, 40.0, "months"),
    ),
    ("Median age was 8 years (IQR 6-10).", (8.0, "median", None, None, "years")),
    ("We enrolled boys aged 3-13 years.", (None, "range", 3.0, 13.0, "years")),
    ("We enrolled men aged 18 to 65 years.", (None, "range", 18.0, 65.0, "years")),
    ("We enrolled children aged between 6 months and 14 years.", (None, "range", 0.5, 14.0, "years")),
    ("The boys' mean age was 9½ years.", (9.5, "mean", None, None, "years")),
    ("Patients' ages ranged from 2 to 35 years.", (None, "range", 2.0, 35.0, "years")),
    ("The median age of the 6,848 patients was 67 years.", (67.0, "median", None, None, "years")),
    ("We enrolled men, aged 52.3 ± 9.0 years.", (52.3, "mean", None, None, "years")),
    ("Patients' age (median, 6 years) was noted.", (6.0, "median", None, None, "years")),
    ("Fifty children 6 to 18 years of age were enrolled.", (None, "range", 6.0, 18.0, "years")),
    ("We enrolled patients aged 18 years or older.", (18.0, "minimum", None, None, "years")),
    ("We enrolled children under 6 months of age.", (6.0, "maximum", None, None, "months")),
    ("Mean age at onset was 4 years.", (4.0, "mean at onset", None, None, "years")),
    ("Median age was 4 years at first symptoms.", (4.0, "median at onset", None, None, "years")),
    ("Median age at diagnosis was 6.1 years (range 1-20).", (6.1, "median at diagnosis", 1.0, 20.0, "years")),
    ("We treated infants (age range 12-44 days).", (None, "range", 12.0, 44.0, "days")),
    ("The median age was 6 (of all) months.", (6.0, "median", None, None, "months")),
    ("The median age was 1.5 years (range, 8 to 40 months).", (1.5, "median", 0.67, 3.33, "years")),
    ("The median age was 1.5 years (range, 8 months to 3 years).", (1.5, "median", 0.67, 3.0, "years")),
]


@pytest.mark.parametrize(("abstract", "expected"), AGES)
def test_ages(read: Read, abstract: str, expected: tuple[object, ...]) -> None:
    fact = ages.ages(read(TITLE, abstract))
    assert fact is not None
    assert (fact.value, fact.statistic, fact.low, fact.high, fact.unit) == expected


def test_age_at_treatment_comes_before_age_at_onset(read: Read) -> None:
    fact = ages.ages(read(TITLE, "Median age at onset was 4 years. Median age at treatment was 7 years."))
    assert fact is not None
    assert fact.value == 7.0


def test_age_at_diagnosis_comes_before_age_at_onset(read: Read) -> None:
    for text in (
        "Median age at onset was 4 years. Median age at diagnosis was 7 years.",
        "Median age at diagnosis was 7 years. Median age at onset was 4 years.",
    ):
        fact = ages.ages(read(TITLE, text))
        assert fact is not None
        assert (fact.value, fact.statistic) == (7.0, "median at diagnosis")


def test_age_of_a_single_patient(read: Read) -> None:
    fact = ages.ages(read(TITLE, "A 21-month-old boy was treated."), single=True)
    assert fact is not None
    assert (fact.value, fact.unit, fact.quote.text) == (21.0, "months", "21-month-old")


@pytest.mark.parametrize(
    "abstract",
    [
        "The average stage of the images was 3.",
        "The mean age of the boys ranged from 3 to 6 years between centres.",
        "BACKGROUND: Onset is at a median age of 6 years. METHODS: We treated boys.",
        "Boys of all ages were treated with an agent.",
        "Incidence was highest at ages 55-64 years.",
        "Mean age was 48.4 and 50.7 years, respectively.",
        "Drug A (20 boys, mean age 72 years) was compared with drug B (21 boys, mean age 71 years).",
        "The average donor age was 29 years.",
        "Median gestational age was 32 weeks.",
        "Mean age ranged from 39.4 to 44.0 years between centres.",
        "RESULTS: Among patients aged 40 years or older, two died.",
        "Risk was raised at ages 50 and 60 years.",
    ],
)
def test_no_ages(read: Read, abstract: str) -> None:
    assert ages.ages(read(TITLE, abstract)) is None


FOLLOW_UP = [
    ("Median follow-up was 3.2 years (range 0.6–12.2).", (38.4, "median", 7.2, 146.4)),
    ("The median follow-up time was 45 months (16-91).", (45.0, "median", 16.0, 91.0)),
    ("Mean follow-up of 9.5 years (range, 4-15 years).", (114.0, "mean", 48.0, 180.0)),
    ("Boys were followed for up to 24 months.", (24.0, "maximum", None, None)),
    ("All were followed for at least 2 years.", (24.0, "minimum", None, None)),
    ("They were followed for a median of 7.8 years.", (93.6, "median", None, None)),
    ("At 2-year follow-up, nine walked.", (24.0, None, None, None)),
    ("After five years of follow-up, nine walked.", (60.0, None, None, None)),
    ("Follow-up ranged from 4 to 6 years.", (None, "range", 48.0, 72.0)),
    ("Median follow-up was 108 months (IQR 40-157).", (108.0, "median", None, None)),
    ("Median follow-up was 2.5 (range 1.0-6.0) years.", (30.0, "median", 12.0, 72.0)),
    ("Follow-up was 52 weeks.", (11.96, None, None, None)),
    ("At 4 years' follow-up, nine walked.", (48.0, None, None, None)),
    ("Survival was not reached at 40 months' median follow-up.", (40.0, "median", None, None)),
    ("At more than 2 years of follow-up, nine walked.", (24.0, "minimum", None, None)),
    ("Biopsies were taken after 26-48 months of follow-up.", (None, "range", 26.0, 48.0)),
    ("During the 3.2 ± 1.5-year follow-up, two fell ill.", (38.4, None, None, None)),
    ("Median follow-up was 7.1 (interquartile range 3.5-8.8) years.", (85.2, "median", None, None)),
]


@pytest.mark.parametrize(("abstract", "expected"), FOLLOW_UP)
def test_follow_up_in_months(read: Read, abstract: str, expected: tuple[object, ...]) -> None:
    fact = follow_up.follow_up(read(TITLE, abstract))
    assert fact is not None
    assert (fact.value, fact.statistic, fact.low, fact.high) == expected
    assert fact.unit == "months"


def test_a_median_comes_before_a_bare_figure(read: Read) -> None:
    fact = follow_up.follow_up(read(TITLE, "At 2-year follow-up, nine walked. Median follow-up was 4 years."))
    assert fact is not None
    assert fact.value == 48.0


BY_OTHER_WORDS = [
    ("The median duration of follow-up was 9½ years.", (114.0, "median")),
    ("Whom we followed for about 12 years.", (144.0, None)),
    ("After a median of 26 months, the outcome was called good or bad.", (26.0, "median")),
    ("After a median of 2.2 years on treatment (range, 0.2-6.2), T3 had fallen.", (26.4, "median")),
    ("The pumps stayed in place for a median of 28 months (range 3-96).", (28.0, "median")),
    ("Over 12 months the drug was well tolerated.", (12.0, None)),
    ("We treated 16 men for 24 months with drug A.", (24.0, None)),
    ("Men were assigned to drug A or placebo for 96 weeks.", (22.08, None)),
    ("After 24 months of treatment, nine walked.", (24.0, None)),
    ("We did a 12-month, open-label trial in boys.", (12.0, None)),
    ("We report an interim analysis at 12 months.", (12.0, None)),
    ("We report her state 10 years later.", (120.0, None)),
]


@pytest.mark.parametrize(("abstract", "expected"), BY_OTHER_WORDS)
def test_a_single_span_of_observation_treatment_or_assessment(
    read: Read, abstract: str, expected: tuple[float, str | None]
) -> None:
    fact = follow_up.follow_up(read(TITLE, f"We treated boys. {abstract}"))
    assert fact is not None
    assert (fact.value, fact.statistic) == expected


@pytest.mark.parametrize(
    "abstract",
    [
        # groups, visits, stages
        "The boys have been followed for 7 years and 1 year.",
        "Survival was 100% after a median follow-up of 3.0 years, and 43% after a median of 3.4 years.",
        "At 2-year follow-up, nine walked. At 5-year follow-up, eight walked.",
        "Men took 400 mg for 12 weeks, then 800 mg for 12 weeks.",
        "In this crossover trial drug A and placebo were taken for 12 weeks each.",
        "Cells were given, and boys received immunosuppression for 9 months.",
        # no span of the study
        "Neutrophils engrafted after a median of 17 days.",
        "We gave vaccine every 6 months.",
        "Boys had received drug B for 3 years before enrolment in an earlier trial of 9 months.",
        "We treated boys of 12 months of age.",
        "Boys received antibiotics for 2 weeks.",
    ],
)
def test_several_spans_or_none_of_the_study_give_none(read: Read, abstract: str) -> None:
    assert follow_up.follow_up(read(TITLE, f"We treated boys. {abstract}")) is None


@pytest.mark.parametrize(
    "abstract",
    [
        "Boys were followed.",
        "Boys were followed up by MRI every 3 months.",
        "Two boys were lost to follow-up.",
        "BACKGROUND: Median follow-up was 4 years. METHODS: We asked 20 families.",
    ],
)
def test_no_follow_up(read: Read, abstract: str) -> None:
    assert follow_up.follow_up(read(TITLE, abstract)) is None


CENTRES = [
    ("This multicentre study enrolled 20 boys.", True),
    ("This multi-center trial enrolled 20 boys.", True),
    ("Boys were treated at four hospitals.", True),
    ("Boys were recruited in 22 countries.", True),
    ("Data of boys from 22 countries were read.", None),
    ("We did an international, retrospective cohort study.", True),
    ("Patients were seen at 12 clinical sites.", True),
    ("This single-centre study enrolled 20 boys.", False),
    ("All boys were treated at one hospital.", False),
    ("All boys were treated at our institution.", None),
    ("The trial ran in more than one hospital.", True),
    ("Raters from several centres scored the scale.", True),
    ("This trial randomly assigned 90 men at 131 sites.", True),
    ("Lesions at 12 sites were measured.", None),
    ("We enrolled 20 boys. Multicentre trials are needed.", None),
    ("Injection at two sites was painless.", None),
    ("We enrolled 20 boys.", None),
    ("BACKGROUND: A multicentre trial failed. METHODS: We enrolled 20 boys.", None),
]


@pytest.mark.parametrize(("abstract", "expected"), CENTRES)
def test_centres(read: Read, abstract: str, expected: bool | None) -> None:
    fact = sites.multicentre(read(TITLE, abstract))
    assert (fact.value if fact is not None else None) is expected


STAGES = [
    ("We treated presymptomatic children.", "presymptomatic"),
    ("Asymptomatic newborns were transplanted.", "presymptomatic"),
    ("Infants were treated before symptom onset.", "presymptomatic"),
    ("Eleven asymptomatic newborns and 14 early-symptomatic infants were transplanted.", "mixed"),
    ("We treated presymptomatic and symptomatic patients.", "mixed"),
    ("We treated 11 newborns without symptoms and 14 infants with symptoms.", "mixed"),
    ("At an early stage the disease was compared in boys.", None),
    ("We treated early-symptomatic children.", "early_symptomatic"),
    ("Boys with early-stage disease: 12 early-stage patients were treated.", "early_symptomatic"),
    ("We treated boys: severely affected patients only.", "advanced"),
    ("All treated boys remain asymptomatic patients.", None),
    ("We treated symptomatic boys.", None),
    ("We treated boys.", None),
    ("CONCLUSIONS: Presymptomatic children should be treated.", None),
]


@pytest.mark.parametrize(("abstract", "expected"), STAGES)
def test_stage(read: Read, abstract: str, expected: str | None) -> None:
    fact = stage.stage(read(TITLE, abstract))
    assert (fact.value if fact is not None else None) == expected


HARMS = [
    ("Grade II acute graft-versus-host disease occurred in three boys.", ["graft-versus-host disease"]),
    ("Chronic GVHD was seen in two boys.", ["graft-versus-host disease"]),
    ("Primary graft failure occurred in one boy; two boys died.", ["graft failure", "death"]),
    ("There were three treatment-related deaths.", ["death"]),
    (
        "Six boys had myelodysplastic syndrome and one acute myeloid leukemia.",
        ["myelodysplastic syndrome", "leukaemia"],
    ),
    ("Infusion-related reactions were reported.", ["infusion reaction"]),
    ("Weight gain and peripheral oedema were common with drug A.", ["weight gain", "oedema"]),
    ("Febrile neutropenia and mucositis were reported.", ["neutropenia", "mucositis"]),
    ("Raised transaminases were found in two boys.", ["raised liver enzymes"]),
    ("There was no GVHD and no graft failure.", []),
    ("No patient died and GVHD was not observed.", []),
    ("GVHD prophylaxis was given to all boys.", []),
    ("GVHD-free survival was 90%.", []),
    ("Boys were monitored for insertional oncogenesis.", []),
    ("All boys were well.", []),
]


@pytest.mark.parametrize(("abstract", "expected"), HARMS)
def test_harms(read: Read, abstract: str, expected: list[str]) -> None:
    facts = adverse_events.adverse_events(read(TITLE, f"We treated ten boys. {abstract}"), treated=True)
    assert [fact.value for fact in facts] == expected


def test_harms_in_methods_or_in_a_study_that_treats_nobody_do_not_count(read: Read) -> None:
    text = "METHODS: We recorded GVHD. RESULTS: All boys engrafted."
    assert adverse_events.adverse_events(read(TITLE, text), treated=True) == ()
    assert adverse_events.adverse_events(read(TITLE, "Two boys died."), treated=False) == ()


SURVIVAL = [
    (
        "The 5-year overall survival was 95% (95% CI, 80-99%).",
        [(95.0, "5-year overall survival", 80.0, 99.0)],
    ),
    ("Overall survival at 2 years was 78.5%.", [(78.5, "2-year overall survival", None, None)]),
    (
        "Event-free survival was 61.1% and overall survival was 90.9%.",
        [(61.1, "event-free survival", None, None), (90.9, "overall survival", None, None)],
    ),
    ("Survival was longer.", []),
    ("In untreated controls, overall survival was 40%.", []),
]


@pytest.mark.parametrize(("abstract", "expected"), SURVIVAL)
def test_survival(read: Read, abstract: str, expected: list[tuple[object, ...]]) -> None:
    facts = outcomes.outcomes(read(TITLE, f"We treated ten boys. {abstract}"))
    assert [(f.value, f.statistic, f.low, f.high) for f in facts] == expected
    assert all(fact.unit == "%" for fact in facts)


def test_facts_reach_the_study(study: Callable[..., Study]) -> None:
    found = study(
        "Lentiviral gene therapy in boys",
        "In this multicentre phase 2/3 study, 17 boys (median age, 6 years; range, 4 to 13) with "
        "early-stage cerebral boys' disease "
        "received vector A. Median follow-up was 29.4 months (range 21.6 to 42.0). One boy died. "
        "NCT01896102.",
    )
    assert found.n_enrolled is not None
    assert found.n_enrolled.value == 17
    assert found.ages is not None
    assert found.multicentre is not None
    assert found.follow_up is not None
    assert found.follow_up.value == 29.4
    assert found.nct == ("NCT01896102",)
    assert len(found.quotes()) >= 7
