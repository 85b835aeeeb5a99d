"""Links lead to three sites, or nowhere."""

from __future__ import annotations

import pytest

from leukonlp.report import links


def test_pubmed() -> None:
    assert links.pubmed("28976817") == "https://pubmed.ncbi.nlm.nih.gov/28976817/"
    for bad in (None, "", "123456789", "12a", "١٢٣", "1\n", "javascript:alert(1)", "../1"):
        assert links.pubmed(bad) is None


def test_trial() -> None:
    assert links.trial("NCT01896102") == "https://clinicaltrials.gov/study/NCT01896102"
    for bad in (None, "NCT0189610", "NCT018961022", "nct01896102", "NCT01896102\n", "2015-001955-54"):
        assert links.trial(bad) is None


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("10.1056/NEJMoa1700554", "10.1056/NEJMoa1700554"),
        (
            "10.1002/(SICI)1099-1492<1::AID>3.0.CO;2-#",
            "10.1002/%28SICI%291099-1492%3C1%3A%3AAID%3E3.0.CO%3B2-%23",
        ),
        ('10.1000/"onclick="x', "10.1000/%22onclick%3D%22x"),
    ],
)
def test_doi(value: str, path: str) -> None:
    assert links.doi(value) == f"https://doi.org/{path}"


def test_no_doi() -> None:
    for bad in (None, "", "javascript:alert(1)", "10.1/x", "10.1000/a b", "https://doi.org/10.1000/x"):
        assert links.doi(bad) is None
