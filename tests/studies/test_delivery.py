"""Vectors with their serotype, and routes of the study's own treatment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.studies import delivery
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]

VECTORS = [
    ("They received a lentiviral vector.", ["lentiviral"]),
    ("Their cells were corrected with gamma-retroviral vectors.", ["gammaretroviral"]),
    ("Their cells were corrected with retroviral vectors.", ["retroviral"]),
    ("They received an adenoviral vector.", ["adenoviral"]),
    ("They received scAAV9, an AAV, once.", ["AAV9"]),
    ("They received AAVrh.10 carrying GALC.", ["AAVrh10"]),
    ("They received AAV2/5-ARSA.", ["AAV2/5"]),
    ("They received adeno-associated virus serotype 8 vectors.", ["AAV8"]),
    ("They received adeno-associated virus (AAV) serotype rh10.", ["AAVrh10"]),
    ("They received rAAV-Olig001-ASPA.", ["AAV"]),
    ("It was a non-viral gene therapy.", ["non_viral"]),
    ("The RNA came in lipid nanoparticles.", ["LNP"]),
    ("No boy had anti-AAV9 antibodies or an adenovirus infection.", []),
    ("They had vasculitis (AAV).", []),
    ("They received antiretroviral drugs.", []),
    ("Unlike lentiviral vectors, the drug is cheap.", []),
]


@pytest.mark.parametrize(("abstract", "expected"), VECTORS)
def test_vectors(read: Read, abstract: str, expected: list[str]) -> None:
    reading = read("Outcome of treatment", f"We treated ten boys. {abstract}")
    facts = delivery.vectors(reading)
    assert [fact.value for fact in facts] == expected
    for fact in facts:
        assert reading.text[fact.quote.start : fact.quote.end] == fact.quote.text


ROUTES = [
    ("They received intravenous infusions and oral leriglitazone 15 mg.", ["intravenous", "oral"]),
    ("The vector was injected into the cisterna magna.", ["intracisternal"]),
    ("The drug was given intrathecally.", ["intrathecal"]),
    ("The vector was given by intracerebroventricular infusion.", ["intracerebroventricular"]),
    ("Cells were given by intracerebral injection.", ["intracerebral"]),
    ("They received 10 mg s.c. once.", ["subcutaneous"]),
    ("Two boys had oral cancer and intravenous access was hard.", []),
    ("One had intracerebral hemorrhage; oral glucose tolerance testing was done.", []),
    ("The drug was better than oral cortisone tablets.", []),
    ("They kept an oral diary and an intravenous line.", []),
    ("They had previously received intravenous immunoglobulin.", []),
]


@pytest.mark.parametrize(("abstract", "expected"), ROUTES)
def test_routes(read: Read, abstract: str, expected: list[str]) -> None:
    facts = delivery.routes(read("Outcome of treatment", f"We treated ten boys. {abstract}"))
    assert [fact.value for fact in facts] == expected


def test_a_route_or_vector_of_the_background_or_of_a_review_says_nothing(read: Read) -> None:
    text = "BACKGROUND: Lentiviral vectors are given by intravenous infusion. METHODS: We treated ten boys."
    assert delivery.vectors(read("Outcome", text)) == ()
    assert delivery.routes(read("Outcome", text)) == ()
    assert delivery.vectors(read("Gene transfer", "Adenoviral vectors reach the liver.")) == ()
