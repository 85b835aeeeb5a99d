"""Harms and how many people had them; denied harms and treated conditions are none."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from leukonlp.studies import adverse_events
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]
TITLE = "Outcome of treatment"

COUNTED = [
    ("Grade 3 GVHD occurred in 3 of 20 patients.", ("graft-versus-host disease", 3, 20, None)),
    ("Two patients died.", ("death", 2, None, None)),
    ("Two of ten boys died.", ("death", 2, 10, None)),
    ("Six of the 14 patients died.", ("death", 6, 14, None)),
    ("Of 20 boys, four died.", ("death", 4, None, None)),
    ("There were three treatment-related deaths.", ("death", 3, None, None)),
    ("Infections (12%) were common adverse events.", ("infection", None, None, 12.0)),
    ("Nausea was reported in 3/20 (15%) of patients.", ("nausea", 3, 20, 15.0)),
    ("Five patients (25%) developed a rash.", ("rash", 5, None, 25.0)),
    ("Anaemia developed in 20% of patients.", ("anaemia", None, None, 20.0)),
    ("One case of graft failure was seen.", ("graft failure", 1, None, None)),
    ("Seven of eight children had a serious adverse event.", ("serious adverse event", 7, 8, None)),
    ("Adverse events were fatigue (n = 4).", ("fatigue", 4, None, None)),
    ("Headache occurred in 12% versus 5%.", ("headache", None, None, None)),
    ("Seven patients died in each group.", ("death", None, None, None)),
    ("Within 24 h the patient developed fever.", ("fever", None, None, None)),
]


@pytest.mark.parametrize(("abstract", "expected"), COUNTED)
def test_how_many(read: Read, abstract: str, expected: tuple[object, ...]) -> None:
    reading = read(TITLE, f"We treated boys. {abstract}")
    facts = adverse_events.adverse_events(reading, treated=True)
    assert [(fact.value, fact.count, fact.total, fact.low) for fact in facts] == [expected]
    assert (facts[0].unit == "%") is (facts[0].low is not None)
    assert reading.text[facts[0].quote.start : facts[0].quote.end] == facts[0].quote.text


NONE = [
    "No boy died.",
    "No patients died during follow-up.",
    "Neither child had died by then.",
    "None of the boys died.",
    "No patient developed nausea.",
    "Headache occurred in 10% of placebo patients.",
    "Boys given the drug had less nausea (p<0.04), vomiting (p<0.02) and more comfort.",
    "They were monitored for nausea, rash and all that could follow, with fever.",
    "Headache relief was reported by all.",
    "Infections must be watched for after treatment.",
    "Boys presenting with hypertension developed well.",
    "Those with chronic leukaemia were reported to do well.",
    "Four patients took drugs for pain other than mucositis.",
]


@pytest.mark.parametrize("abstract", NONE)
def test_no_harm(read: Read, abstract: str) -> None:
    assert adverse_events.adverse_events(read(TITLE, f"We treated boys. {abstract}"), treated=True) == ()


def test_the_condition_in_the_title_is_no_harm_unless_the_title_says_so(read: Read) -> None:
    text = "We treated ten men. Hypertension occurred in two patients."
    assert adverse_events.adverse_events(read("Drug A for hypertension", text), treated=True) == ()
    assert adverse_events.adverse_events(read("Hypertension after drug A", text), treated=True) != ()


def test_long_sentences_take_no_long_time(read: Read) -> None:
    reading = read(TITLE, "We treated boys " + "nausea occurred in 3 of " * 2000)
    start = process_time()
    adverse_events.adverse_events(reading, treated=True)
    assert process_time() - start < 2.0
