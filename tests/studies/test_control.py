"""What the treatment was compared with, and who was blinded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.studies import control
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]

COMPARATORS = [
    ("We randomised 20 boys to drug A or placebo.", "placebo"),
    ("We did a placebo-controlled trial in 20 boys.", "placebo"),
    ("We treated 20 boys; outcomes were compared with a natural history cohort.", "natural_history"),
    ("We followed 20 boys in a natural history study.", None),
    ("We treated ten boys and compared them with untreated siblings.", "untreated"),
    ("We randomised 20 boys to drug A or no treatment.", "untreated"),
    ("We treated ten boys with untreated leukaemia.", None),
    ("We randomised 20 boys to drug A or usual care.", "standard_care"),
    ("We randomised 20 boys to drug A or treatment as usual.", "standard_care"),
    ("We compared high-dose A versus low-dose A in 20 boys.", "dose"),
    ("We randomly assigned 20 boys to receive drug A or drug B.", "active"),
    ("We randomly assigned 20 boys to an exercise group or control group.", None),
    ("We treated ten boys in a single-arm trial.", "none"),
    ("We treated ten boys. There was no placebo.", None),
    ("We treated ten boys. A previous placebo-controlled trial had failed.", None),
    ("We treated ten boys.", None),
]


@pytest.mark.parametrize(("abstract", "expected"), COMPARATORS)
def test_comparators(read: Read, abstract: str, expected: str | None) -> None:
    reading = read("Outcome of treatment", abstract)
    fact = control.comparator(reading)
    assert (fact.value if fact is not None else None) == expected
    if fact is not None:
        assert reading.text[fact.quote.start : fact.quote.end] == fact.quote.text


def test_a_title_names_the_arms_of_a_randomised_trial_only(read: Read) -> None:
    title = "Drug A versus drug B in boys"
    fact = control.comparator(read(title, "Twenty boys were randomised."))
    assert fact is not None
    assert fact.value == "active"
    assert control.comparator(read(title, "We reviewed twenty charts.")) is None


BLINDING = [
    ("In this double-blind trial we treated 20 boys.", "double_blind"),
    ("In this double-masked trial we treated 20 boys.", "double_blind"),
    ("In this observer-blinded trial we treated 20 boys.", "single_blind"),
    ("In this triple-blind trial we treated 20 boys.", "triple_blind"),
    ("In this open-label trial we treated 20 boys.", "open_label"),
    ("In this open, single-arm study we treated 20 boys.", "open_label"),
    ("We ran a double-blind trial with an open-label extension.", "double_blind"),
    ("We now report the open-label extension of a double-blind trial.", "open_label"),
    ("We did open surgery in 20 boys.", None),
    ("We treated 20 boys. A double-blind trial is warranted.", None),
]


@pytest.mark.parametrize(("abstract", "expected"), BLINDING)
def test_blinding(read: Read, abstract: str, expected: str | None) -> None:
    fact = control.blinding(read("Outcome of treatment", abstract))
    assert (fact.value if fact is not None else None) == expected
