"""Links lead to PubMed, the DOI resolver and trial registers, or nowhere."""

from __future__ import annotations

import pytest

from leukonlp.report import links


def test_pubmed() -> None:
    assert links.pubmed("28976817") == "https://pubmed.ncbi.nlm.nih.gov/28976817/"
    for bad in (None, "", "123456789", "12a", "١٢٣", "1\n", "javascript:alert(1)", "../1"):
        assert links.pubmed(bad) is None


def test_trial() -> None:
    assert links.trial("NCT01896102") == "https://clinicaltrials.gov/study/NCT01896102"
    for bad in (
        None,
        "NCT0189610",
        "NCT018961022",
        "nct01896102",
        "NCT01896102\n",
        "ISRCTN1",
        "<b>",
        'DRKS"x',
    ):
        assert links.trial(bad) is None


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("ISRCTN12345678", "https://www.isrctn.com/ISRCTN12345678"),
        ("CRD42021234567", "https://www.crd.york.ac.uk/PROSPERO/view/CRD42021234567"),
        (
            "2015-001955-54",
            "https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:2015-001955-54",
        ),
        ("2022-501234-12-00", "https://euclinicaltrials.eu/ctis-public/view/2022-501234-12-00"),
        ("jRCTs031180001", "https://trialsearch.who.int/Trial2.aspx?TrialID=jRCTs031180001"),
        ("CTRI/2020/01/012345", "https://trialsearch.who.int/Trial2.aspx?TrialID=CTRI%2F2020%2F01%2F012345"),
    ],
)
def test_other_registers(number: str, address: str) -> None:
    assert links.trial(number) == address


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
