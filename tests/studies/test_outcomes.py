"""Results: rates, times, measures of the field, ratios, primary end points; plans and controls are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.studies import outcomes
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]

FIGURES = [
    (
        "MFD-free survival at 24 months was 90% in treated boys.",
        (90.0, "24-month MFD-free survival in treated boys", "%"),
    ),
    (
        "The objective response rate was 30% with drug A compared with 3% with placebo.",
        (30.0, "objective response rate with drug A", "%"),
    ),
    ("Median time to progression was 5.6 months.", (5.6, "median time to progression", "months")),
    ("The mean GMFM-88 score was 72.5% at 2 years.", (72.5, "mean GMFM-88 at 2 years", "%")),
    ("The EDSS rose by 0.5 points.", (0.5, "increase in EDSS", "points")),
    ("Plasma C26:0 was reduced by 40%.", (40.0, "decrease in C26:0", "%")),
    ("NfL fell from 120 pg/mL to 35 pg/mL.", (35.0, "NfL (from 120)", "pg/mL")),
    ("ARSA activity rose 18-fold.", (18.0, "increase in arylsulfatase A activity", "fold")),
    ("The Loes score remained stable.", (None, "Loes score", None)),
    ("The Neurologic Function Score did not change.", (None, "Neurologic Function Score", None)),
]


@pytest.mark.parametrize(("abstract", "expected"), FIGURES)
def test_figures(read: Read, abstract: str, expected: tuple[object, ...]) -> None:
    reading = read("Outcome of treatment", f"We treated ten boys. {abstract}")
    facts = outcomes.outcomes(reading)
    assert [(fact.value, fact.statistic, fact.unit) for fact in facts] == [expected]
    assert reading.text[facts[0].quote.start : facts[0].quote.end] == facts[0].quote.text


def test_ratios_and_intervals(read: Read) -> None:
    text = (
        "We treated ten boys. The hazard ratio for death was 0.45 (95% CI, 0.20 to 0.98). "
        "Steroids helped (adjusted OR 1.61, 1.11 to 2.33). One boy or 2.5 litres mattered."
    )
    found = [(f.value, f.low, f.high, f.statistic) for f in outcomes.outcomes(read("Outcome", text))]
    assert found == [(0.45, 0.2, 0.98, "hazard ratio for death"), (1.61, 1.11, 2.33, "adjusted odds ratio")]


def test_a_short_form_without_a_figure_is_no_ratio(read: Read) -> None:
    text = "We treated ten boys. The OR was closed for a day, RR rose (95% CI of HR 0.45, 0.20 to 0.98)."
    found = [(f.value, f.low, f.high) for f in outcomes.outcomes(read("Outcome", text))]
    assert found == [(0.45, 0.2, 0.98)]


def test_intervals_that_have_no_end(read: Read) -> None:
    text = "We treated ten boys. Median overall survival was 24 months (95% CI 10-not reached)."
    assert [(f.value, f.low, f.high) for f in outcomes.outcomes(read("Outcome", text))] == [
        (24.0, 10.0, None)
    ]


def test_a_p_value_of_a_measure_without_a_number(read: Read) -> None:
    text = "We treated ten boys. The C26:0/C22:0 ratio decreased significantly (p<0.001)."
    found = [(fact.value, fact.statistic) for fact in outcomes.outcomes(read("Outcome", text))]
    assert found == [(None, "C26:0/C22:0"), (0.001, "p value <: C26:0/C22:0")]


def test_the_primary_end_point(read: Read) -> None:
    text = "We treated ten boys. The primary end point was the change in EDSS at 24 months."
    found = [(fact.value, fact.statistic) for fact in outcomes.outcomes(read("Outcome", text))]
    assert found == [(None, "primary end point: change in EDSS")]


NONE = [
    "We measured the Loes score and the GMFM-88.",
    "The EDSS will be assessed.",
    "Motor milestones were lost in untreated siblings.",
    "Overall survival was 40% in the placebo group.",
    "PFS and overall survival were 40% and 60%, respectively.",
    "Overall survival was 24% versus 16%.",
    "The difference in median survival times was large; difference in median survival of 3 months.",
    "Two boys with an IQ of 60 were treated.",
    "The primary end point was not met.",
    "The IQ was 95 and 60 in the two groups, respectively.",
]


@pytest.mark.parametrize("abstract", NONE)
def test_plans_controls_and_unclear_figures_are_none(read: Read, abstract: str) -> None:
    assert outcomes.outcomes(read("Outcome of treatment", f"We treated ten boys. {abstract}")) == ()


def test_background_is_none(read: Read) -> None:
    text = "BACKGROUND: Survival was 50%; the Loes score rose. RESULTS: Boys were well."
    assert outcomes.outcomes(read("Outcome", text)) == ()
