"""Registry numbers: every register's form, however it is printed, each once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Accession
from leukonlp.studies import registry
from leukonlp.studies.reading import Reading

Read = Callable[..., Reading]

FORMS = [
    ("NCT01896102", "ClinicalTrials.gov", "NCT01896102"),
    ("NCT 01896102", "ClinicalTrials.gov", "NCT01896102"),
    ("nct-01896102", "ClinicalTrials.gov", "NCT01896102"),
    ("EudraCT 2010-020234-15", "EudraCT", "2010-020234-15"),
    ("EudraCT 2021-999902-99", "EudraCT", "2021-999902-99"),
    ("EudraCT number 2010–020234–15", "EudraCT", "2010-020234-15"),
    ("EU CT 2023-505123-12-00", "CTIS", "2023-505123-12-00"),
    ("ISRCTN 12345678", "ISRCTN", "ISRCTN12345678"),
    ("UMIN000012345", "UMIN-CTR", "UMIN000012345"),
    ("jRCTs031180123", "jRCT", "jRCTs031180123"),
    ("jRCT2031200111", "jRCT", "jRCT2031200111"),
    ("JapicCTI-121234", "JapicCTI", "JapicCTI-121234"),
    ("ChiCTR1900021234", "ChiCTR", "ChiCTR1900021234"),
    ("ChiCTR-TRC-12002345", "ChiCTR", "ChiCTR-TRC-12002345"),
    ("ACTRN12612000123456", "ANZCTR", "ACTRN12612000123456"),
    ("DRKS00012345", "DRKS", "DRKS00012345"),
    ("NTR1234", "NTR", "NTR1234"),
    ("CTRI/2015/07/006001", "CTRI", "CTRI/2015/07/006001"),
    ("PACTR201501000123456", "PACTR", "PACTR201501000123456"),
    ("IRCT20100102002954N5", "IRCT", "IRCT20100102002954N5"),
    ("KCT0001234", "CRiS", "KCT0001234"),
    ("TCTR20190101001", "TCTR", "TCTR20190101001"),
    ("RBR-6mnnv4", "ReBEC", "RBR-6mnnv4"),
    ("SLCTR/2015/001", "SLCTR", "SLCTR/2015/001"),
]


@pytest.mark.parametrize(("printed", "bank", "number"), FORMS)
def test_forms(read: Read, printed: str, bank: str, number: str) -> None:
    assert registry.numbers(read("Drug A", f"Registered as {printed}.")) == (Accession(bank, number),)


@pytest.mark.parametrize(
    "text", ["NCT0189610", "NCT018961022", "Call 2010-020234-155", "PMID 12345678", "NTR", "page 2010-2015"]
)
def test_no_number(read: Read, text: str) -> None:
    assert registry.numbers(read("Drug A", f"See {text}.")) == ()


def test_each_once_in_order_and_with_those_pubmed_lists(read: Read) -> None:
    listed = (
        Accession("ClinicalTrials.gov", "NCT00000002"),
        Accession("GENBANK", "AB123456"),
        Accession("ISRCTN", "ISRCTN12345678"),
    )
    reading = read("Drug A", "NCT00000002 and NCT00000001; later nct00000002.", accessions=listed)
    assert [a.number for a in registry.numbers(reading)] == ["NCT00000002", "NCT00000001", "ISRCTN12345678"]
