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
    ("NCT 0189 6102", "ClinicalTrials.gov", "NCT01896102"),
    ("NCT0189\n6102", "ClinicalTrials.gov", "NCT01896102"),
    ("ISRCTN 1234 5678", "ISRCTN", "ISRCTN12345678"),
    ("ACTRN1261 2000 123 456", "ANZCTR", "ACTRN12612000123456"),
    ("CTRI No. 2015/07/006001", "CTRI", "CTRI/2015/07/006001"),
    ("PER-012-15", "REPEC", "PER-012-15"),
    ("ITMCTR2100004567", "ITMCTR", "ITMCTR2100004567"),
]


@pytest.mark.parametrize("between", [", ", " and ", "/", "; "])
def test_numbers_may_share_one_prefix(read: Read, between: str) -> None:
    found = registry.numbers(read("Drug A", f"Registered as NCT00000001{between}00000002."))
    assert [each.number for each in found] == ["NCT00000001", "NCT00000002"]


def test_a_count_after_a_number_is_no_number(read: Read) -> None:
    found = registry.numbers(
        read("Drug A", "We treated (NCT00000001) and 00000.5 mg, NCT00000003, 12345678.")
    )
    assert [each.number for each in found] == ["NCT00000001", "NCT00000003"]


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


VARIANTS = [
    ("ClinicalTrials.gov identifier: 01896102", "NCT01896102"),
    ("ClinicalTrials.govNCT01896102", "NCT01896102"),
    ("NCT number 01896102", "NCT01896102"),
    ("ISRCTN, 12345678", "ISRCTN12345678"),
    ("ISRCTN registry: 12 345 678", "ISRCTN12345678"),
    ("EudraCT: 2010 020234 15", "2010-020234-15"),
    ("EUCTR2010-020234-15-NL", "2010-020234-15"),
    ("NTR registration number: 5586", "NTR5586"),
    ("Netherlands Trial Register: 1747", "NTR1747"),
    ("Dutch Trial Register, NL7558", "NL7558"),
    ("ANZCTR 12612000123456", "ACTRN12612000123456"),
    ("UMIN Clinical Trials Registry 000012012", "UMIN000012012"),
    ("Japic CTI-121234", "JapicCTI-121234"),
    ("WHO with an ID U1111-1144-2013", "U1111-1144-2013"),
    ("DOH-27-0207-1539", "DOH-27-0207-1539"),
    ("LBCTR2019010188", "LBCTR2019010188"),
    ("RPCEC00000123", "RPCEC00000123"),
    ("PROSPERO CRD42017063962", "CRD42017063962"),
]


@pytest.mark.parametrize(("printed", "number"), VARIANTS)
def test_variants_of_print(read: Read, printed: str, number: str) -> None:
    found = registry.numbers(read("Drug A", f"The study was registered: {printed} ."))
    assert [accession.number for accession in found] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "The ethics committee agreed (NL54115.015.15).",
        "It was entered in the Netherlands Trial Register in 2015.",
        "The VNTR 1234 was typed.",
        "Albumin 123456789 was measured.",
    ],
)
def test_other_numbers_are_none(read: Read, text: str) -> None:
    assert registry.numbers(read("Drug A", text)) == ()


ANOTHER = [
    "In contrast to an earlier trial of drug B (NCT00000001), we treated boys.",
    "CONCLUSIONS: A confirmatory trial (NCT00000001) has begun.",
    "CONCLUSIONS: A phase 3 trial of drug A is now recruiting (NCT00000001).",
]


@pytest.mark.parametrize("text", ANOTHER)
def test_the_number_of_another_trial_is_not_taken(read: Read, text: str) -> None:
    assert registry.numbers(read("Drug A", text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "This extension followed patients of the earlier trial (NCT00000001).",
        "The study is enrolling (Trial Registration Number: NCT00000001).",
        "We report on participants of a previous trial (NCT00000001).",
        "An earlier trial of drug B (NCT00000001) failed. Registered as NCT00000001.",
    ],
)
def test_the_number_of_a_trial_that_goes_on_here_is_taken(read: Read, text: str) -> None:
    assert [a.number for a in registry.numbers(read("Drug A", text))] == ["NCT00000001"]


LISTED = (
    Accession("ClinicalTrials.gov", "NCT00000001"),
    Accession("GenBank", "AB123456"),
    Accession("x", " nct00000009 "),
)


@pytest.mark.parametrize(
    ("text", "printed", "with_those_listed"),
    [
        ("A previous trial (NCT00000001) failed. This trial is NCT00000002.", "2", "1 2 9"),
        ("In our previous trial (NCT00000001) boys ran.", "1", "1 9"),
        ("Patients of a previous trial (NCT00000001) ran.", "1", "1 9"),
        ("Registration: NCT00000002; another trial is NCT00000001.", "2", "2 1 9"),
        ("Another registered trial (NCT00000001) failed.", "", "1 9"),
        ("NCT00000002 and NCT00000001, then NCT00000002.", "2 1", "2 1 9"),
        ("CONCLUSIONS: An ongoing trial (NCT00000001) will tell.", "", "1 9"),
        ("METHODS: An ongoing trial (NCT00000001) enrols boys.", "1", "1 9"),
        ("We give no number.", "", "1 9"),
    ],
)
def test_which_numbers_are_the_study_s_own(
    read: Read, text: str, printed: str, with_those_listed: str
) -> None:
    for listed, expected in (((), printed), (LISTED, with_those_listed)):
        found = registry.numbers(read("Drug A", text, accessions=listed))
        assert [each.number.removeprefix("NCT0000000") for each in found] == expected.split()
        assert {each.bank for each in found} <= {"ClinicalTrials.gov"}
