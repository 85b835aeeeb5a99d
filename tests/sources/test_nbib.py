"""MEDLINE text: what the tags mean, and that a bad record costs no other. The records are made up."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from leukonlp.config import Settings
from leukonlp.records import Abstract, Accession, Failure, Link, MeshHeading, Qualifier, Term
from leukonlp.sources import nbib
from leukonlp.sources.openers import Stream

FULL = """
PMID- 21
OWN - NLM
STAT- MEDLINE
DCOM- 20200102
LR  - 20210304
IS  - 1111-2222 (Print)
DP  - 1998 Dec-1999 Jan
TI  - Cord blood in small
      children with a white matter disorder.
PG  - 1-9
LID - S1111(20)1-2 [pii]
LID - 10.1000/small.1 [doi]
AB  - BACKGROUND: Little is known. METHODS: We
      treated nine children.
      ¶
      RESULTS: Eight lived.
CI  - Someone.
FAU - van der Berg, Anna B
AU  - van der Berg AB
AD  - Nowhere, a long
      address.
FAU - Kim, J Jr
AU  - Kim J Jr
CN  - The Small Things
      Group
LA  - eng
LA  - ger
SI  - ClinicalTrials.gov/NCT00000001
SI  - GENBANK/A1/B2
PT  - Journal Article
PT  - Research Support, from a very long
      name
TT  - Nabelschnurblut.
PL  - Nowhere
TA  - J Small
JT  - Journal of small things
RN  - 0 (Some (complex) substance)
RN  - EC 3.1.6.8 (Cerebroside-Sulfatase)
NM  - A rare disease
MH  - *Humans
MH  - Leukodystrophy, Globoid Cell/*drug therapy/a long
      qualifier
OT  - white matter
OT  - *a keyword that goes over two
      lines
RIN - J Small. 2000 Jan 1;1(1):1. doi: 10.1000/small.2. PMID:
      22
EIN - J Small. 2000;2:2
PMC - PMC33
AID - 10.1000/other [doi]
SO  - J Small. 1998 Dec.
""".replace("¶", "")


def read(text: str | bytes, **limits: int) -> list[Abstract | Failure]:
    raw = text.encode() if isinstance(text, str) else text
    return list(nbib.read(Stream("file.nbib", io.BytesIO(raw), settings=Settings(**limits))))


def test_every_field() -> None:
    (record,) = read(FULL)
    assert isinstance(record, Abstract)
    sections = record.sections
    assert record == Abstract(
        pmid="21",
        title="Cord blood in small children with a white matter disorder.",
        abstract="BACKGROUND: Little is known. METHODS: We treated nine children. RESULTS: Eight lived.",
        year=1998,
        revised="2021-03-04",
        status="MEDLINE",
        journal="Journal of small things",
        doi="10.1000/small.1",
        pmcid="PMC33",
        authors=("van der Berg, Anna B", "Kim, J, Jr", "The Small Things Group"),
        languages=("eng", "ger"),
        vernacular_title="Nabelschnurblut.",
        publication_types=(Term("Journal Article"), Term("Research Support, from a very long name")),
        mesh=(
            MeshHeading("Humans", major=True),
            MeshHeading(
                "Leukodystrophy, Globoid Cell",
                qualifiers=(Qualifier("drug therapy", major=True), Qualifier("a long qualifier")),
            ),
            MeshHeading("A rare disease"),
        ),
        keywords=("white matter", "a keyword that goes over two lines"),
        chemicals=(Term("Some (complex) substance"), Term("Cerebroside-Sulfatase")),
        accessions=(Accession("ClinicalTrials.gov", "NCT00000001"), Accession("GENBANK", "A1/B2")),
        links=(
            Link("ErratumIn", None, "J Small. 2000;2:2"),
            Link("RetractionIn", "22", "J Small. 2000 Jan 1;1(1):1. doi: 10.1000/small.2."),
        ),
        sections=sections,
    )
    assert record.retracted
    assert [(s.label, s.category, record.text[s.start : s.end]) for s in sections] == [
        ("BACKGROUND", "background", "Little is known."),
        ("METHODS", "methods", "We treated nine children."),
        ("RESULTS", "results", "Eight lived."),
    ]


def test_the_plainest_record_and_fallbacks() -> None:
    assert read("PMID- 1\n") == [Abstract(pmid="1", title="")]
    (record,) = read("PMID- 1\nTT  - Ein Titel\nTA  - J Small\nAU  - Kim J\nDEP - 20010203\nAID - S1 [pii]\n")
    assert isinstance(record, Abstract)
    assert (record.title, record.journal, record.authors) == ("Ein Titel", "J Small", ("Kim, J",))
    assert (record.year, record.doi) == (2001, None)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_many_records_with_any_line_end(end: str) -> None:
    text = "\nPMID- 1\nTI  - One\n\n\nPMID- 2\nTI  - Two\nPMID- 3\nTI  - Three".replace("\n", end)
    assert [(r.pmid, r.title) for r in read(text)] == [("1", "One"), ("2", "Two"), ("3", "Three")]  # type: ignore[union-attr]


def test_a_bad_record_costs_only_itself() -> None:
    records = read(
        b"PMID- 1\nTI  - One\n\nPMID- x7\nTI  - Two\n\nPMID- 3\nno tag here\n\nPMID- 4\nTI  - caf\xe9\n\n"
        b"PMID- 5\nBTI - A book\n\nPMID- 6\nTI  - Six\n"
    )
    assert [(r.pmid, type(r).__name__) for r in records] == [
        ("1", "Abstract"),
        (None, "Failure"),
        ("3", "Failure"),
        ("4", "Failure"),
        ("5", "Failure"),
        ("6", "Abstract"),
    ]
    failures = [r for r in records if isinstance(r, Failure)]
    assert [(f.position, f.kind) for f in failures] == [
        (2, "malformed"),
        (3, "malformed"),
        (4, "malformed"),
        (5, "book"),
    ]
    assert "'x7'" in failures[0].reason
    assert "'no tag here'" in failures[1].reason
    assert "UTF-8" in failures[2].reason


def test_words_before_the_first_record_are_a_failure() -> None:
    records = read("OWN - NLM\nTI  - Lost\n\nPMID- 1\nTI  - One\n")
    assert [type(r).__name__ for r in records] == ["Failure", "Abstract"]


def test_control_characters_go() -> None:
    (record,) = read("PMID- 1\nTI  - A\x00 ti\x07tle\n")
    assert isinstance(record, Abstract)
    assert record.title == "A title"


def test_a_giant_record_is_skipped() -> None:
    long_lines = "      words\n" * 100
    for giant in (f"AB  - {'x' * 900}\n", f"AB  - words\n{long_lines}"):
        records = read(
            f"PMID- 1\nTI  - One\n\nPMID- 2\n{giant}\nPMID- 3\nTI  - Three\n", max_record_bytes=500
        )
        assert [r.kind if isinstance(r, Failure) else r.pmid for r in records] == ["1", "too_large", "3"]


def test_a_value_of_very_many_lines() -> None:
    (record,) = read("PMID- 1\nAB  - one\n" + "      word\n" * 200_000)
    assert isinstance(record, Abstract)
    assert len(record.abstract) == 3 + 5 * 200_000


def test_a_cut_off_file_gives_its_whole_records_and_one_failure() -> None:
    import gzip

    packed = gzip.compress(b"PMID- 1\nTI  - One\n\nPMID- 2\nTI  - Two\n", compresslevel=0)
    records = read(packed[:-12])
    assert isinstance(records[0], Abstract)
    assert [(type(r).__name__, getattr(r, "position", 0)) for r in records[1:]] == [("Failure", 2)]


@pytest.mark.shared
def test_real_files(shared: Path) -> None:
    records = [r for f in sorted((shared / "pubmed" / "nbib").glob("*.nbib")) for r in read(f.read_bytes())]
    assert [r.pmid for r in records] == [
        "12230038",
        "16403221",
        "16377612",
        "14871861",
        "14630660",
        "23039619",
    ]
    for record in records:
        assert isinstance(record, Abstract)
        assert record.year is not None
        assert record.abstract
        for section in record.sections:
            assert record.text[: section.start].endswith(f"{section.label}: ")
