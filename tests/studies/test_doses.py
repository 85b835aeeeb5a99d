"""Doses: their number, their unit, lists and ranges; laboratory values and weights are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.studies import doses
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]

SINGLE = [
    ("They were given 1.0x10(14) vg/kg of the vector.", (1e14, "vg/kg")),
    ("They were given 1.1 × 10¹⁴ vg/kg.", (1.1e14, "vg/kg")),
    ("They were given 3.7 × 1013 vector genomes into the brain.", (3.7e13, "vg")),
    ("They were given 2e13 vector genomes per kilogram.", (2e13, "vg/kg")),
    ("They received 7.2 x 10(6) CD34+ cells per kilogram.", (7.2e6, "CD34+ cells/kg")),
    ("They were given 100 million cells by injection.", (1e8, "cells")),
    ("They took 10 mg per kg per day.", (10.0, "mg/kg/day")),
    ("They took 15 mg/d.", (15.0, "mg/day")),
    ("They took 40 mg twice daily.", (40.0, "mg twice daily")),
    ("They took 30 mg m −2 of it.", (30.0, "mg/m2")),
    ("They took 30 mg/m(2) of it.", (30.0, "mg/m2")),
    ("They took 1,250 mg/m2.", (1250.0, "mg/m2")),
    ("They took 5 mg x kg(-1).", (5.0, "mg/kg")),
    ("They took 0,5 mg b.i.d.", (0.5, "mg b.i.d.")),
    ("They took 200 mu g by inhaler.", (200.0, "μg")),
    ("They had irradiation of the whole body at 12 Gy.", (12.0, "Gy")),
    ("They took 400 U/kg every 2 weeks.", (400.0, "U/kg every 2 weeks")),
    ("On day 1 and 60 mg/m2 was given.", (60.0, "mg/m2")),
]


@pytest.mark.parametrize(("abstract", "expected"), SINGLE)
def test_a_dose(read: Read, abstract: str, expected: tuple[float, str]) -> None:
    reading = read("Outcome of treatment", f"We treated ten boys. {abstract}")
    facts = doses.doses(reading)
    assert [(fact.value, fact.unit) for fact in facts] == [expected]
    for fact in facts:
        assert reading.text[fact.quote.start : fact.quote.end] == fact.quote.text


NONE = [
    "Cortisol was 20 µg/dl and calcium 9 mg/dl.",
    "LDL cholesterol was 40 mg higher.",
    "Birth weight was 1200 g.",
    "Urinary protein excretion was 300 mg/day.",
    "CD4 counts were 500 cells/µl.",
    "Cells were 10 µm wide and 5 mg/ml was found.",
    "Boys given placebo (10 mg) were well.",
    "In a previous trial they took 20 mg.",
    "Doses stayed below ≤160 mg/d.",
    "The study product was DUOC-01 cells given by injection.",
]


@pytest.mark.parametrize("abstract", NONE)
def test_no_dose(read: Read, abstract: str) -> None:
    assert doses.doses(read("Outcome of treatment", f"We treated ten boys. {abstract}")) == ()


def test_lists_and_ranges(read: Read) -> None:
    text = "We treated ten boys with 5, 10 or 20 mg of A, and with 1 x 10^13 to 3 x 10^13 vg/kg."
    facts = doses.doses(read("Outcome of treatment", text))
    assert [(fact.value, fact.low, fact.high, fact.unit, fact.statistic) for fact in facts] == [
        (5.0, None, None, "mg", None),
        (10.0, None, None, "mg", None),
        (20.0, None, None, "mg", None),
        (None, 1e13, 3e13, "vg/kg", "range"),
    ]


def test_a_spread_is_not_a_dose_and_a_review_has_none(read: Read) -> None:
    facts = doses.doses(read("Outcome", "We treated ten boys. The mean dose was 0.57±0.38 mg/kg."))
    assert [(fact.value, fact.statistic) for fact in facts] == [(0.57, "mean")]
    assert doses.doses(read("Statins", "Statins lower lipids; 20 mg daily is usual.")) == ()


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("20 mg/kg", 20.0),
        ("1,250 mg", 1250.0),
        ("0,5 mg", 0.5),
        ("1.1 x 10^14 vg/kg", 1.1e14),
        ("1.1 x 10(14) vg/kg", 1.1e14),
        ("10^13 vg/kg", 1e13),
        ("2e13 vg/kg", 2e13),
        ("2e+13 vg/kg", 2e13),
        ("3 × 10¹³ vg/kg", 3e13),
        ("2 million cells/kg", 2e6),
        ("1.5 billion cells/kg", 1.5e9),
    ],
)
def test_every_way_to_print_a_number(read: Callable[..., Reading], printed: str, value: float) -> None:
    (fact,) = doses.doses(read("Outcome of treatment", f"We infused boys with a dose of {printed}."))
    assert (fact.value, fact.quote.text) == (value, printed)


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("mg per kilogram per day", "mg/kg/day"),
        ("mg/kg /day", "mg/kg/day"),
        ("milligrams per kilogram", "mg/kg"),
        ("micrograms/kg/h", "μg/kg/h"),
        ("mcg/kg", "μg/kg"),
        ("µg/kg/d", "μg/kg/day"),
        ("mg/m2", "mg/m2"),
        ("mg/m²", "mg/m2"),
        ("mg per square metre", "mg/m2"),
        ("mg kg-1 day-1", "mg/kg/day"),
        ("vector genomes/kg", "vg/kg"),
        ("mg/kg body weight", "mg/kg"),
        ("mg/kg/24 h", "mg/kg/day"),
        ("mg/kg/hour", "mg/kg/h"),
    ],
)
def test_every_way_to_print_a_unit(read: Callable[..., Reading], printed: str, unit: str) -> None:
    (fact,) = doses.doses(read("Outcome of treatment", f"We gave boys 7 {printed} of drug A."))
    assert (fact.value, fact.unit, fact.quote.text) == (7.0, unit, f"7 {printed}")
