"""A file of PubMed XML survives whatever stands in it; real files agree with Bio.Entrez."""

from __future__ import annotations

import gzip
import io
import re
import tracemalloc
from pathlib import Path

import pytest

from leukonlp.config import Settings
from leukonlp.records import Abstract, Deletion, Failure, Record
from leukonlp.sources import pubmed_xml
from leukonlp.sources.openers import Stream

HEAD = '<?xml version="1.0"?>\n<!DOCTYPE PubmedArticleSet SYSTEM "https://example.org/p.dtd">\n<PubmedArticleSet>\n'
TAIL = "</PubmedArticleSet>\n"


def rec(pmid: int | str, *, title: str = "A title.", abstract: str = "Words.", data: str = "") -> str:
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID><Article>'
        f"<ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>{abstract}</AbstractText></Abstract>"
        f"</Article></MedlineCitation><PubmedData>{data}</PubmedData></PubmedArticle>\n"
    )


def read(data: bytes | str, **limits: int) -> list[Record]:
    raw = data.encode() if isinstance(data, str) else data
    return list(pubmed_xml.read(Stream("file.xml", io.BytesIO(raw), settings=Settings(**limits))))


def told(records: list[Record]) -> list[str]:
    """PMIDs of what was read, and the kinds of the failures."""
    return [f"{r.kind}:{r.position}" if isinstance(r, Failure) else r.pmid for r in records]


def test_a_set_of_articles_books_and_deletions() -> None:
    book = "<PubmedBookArticle><BookDocument><PMID>3</PMID></BookDocument></PubmedBookArticle>"
    gone = '<DeleteCitation><PMID Version="1">4</PMID><PMID Version="2">5</PMID></DeleteCitation>'
    records = read(HEAD + rec(1) + rec(2) + book + gone + TAIL)
    assert [type(r) for r in records] == [Abstract, Abstract, Failure, Deletion, Deletion]
    assert records[2] == Failure("file.xml", 3, "a book, not an article", pmid="3", kind="book")
    assert records[3:] == [Deletion("4", 1), Deletion("5", 2)]


@pytest.mark.parametrize(
    "pack", [gzip.compress, lambda data: gzip.compress(data[:300]) + gzip.compress(data[300:])]
)
def test_gzip(pack: object) -> None:
    data = (HEAD + rec(1) + rec(2) + TAIL).encode()
    assert told(read(pack(data))) == ["1", "2"]  # type: ignore[operator]


@pytest.mark.parametrize(
    "broken",
    [
        rec(2).replace("</MedlineCitation>", ""),
        rec(2, title="R&D"),
        rec(2, title="&undeclared;"),
        rec(2, title="NUL \0 byte"),
        rec(2, title="&#0;"),
        rec(2, title="&#xD800;"),
        rec(2).replace("</PubmedArticle>", ""),
    ],
)
def test_a_broken_record_costs_only_itself(broken: str) -> None:
    records = read(HEAD + rec(1) + broken + rec(3) + TAIL)
    assert told(records) == ["1", "malformed:2", "3"]
    assert isinstance(records[1], Failure)
    assert records[1].pmid == "2"
    assert "fetch the record again" in records[1].reason


def test_invalid_utf8_costs_only_its_record() -> None:
    data = (HEAD + rec(1) + rec(2, title="caf\u00e9") + rec(3) + TAIL).encode("utf-8")
    assert told(read(data.replace(b"caf\xc3\xa9", b"caf\xe9"))) == ["1", "malformed:2", "3"]


def test_a_pmid_that_is_no_number_is_a_failure() -> None:
    records = read(HEAD + rec("12x") + rec(3) + TAIL)
    assert told(records) == ["malformed:1", "3"]
    assert "'12x'" in records[0].reason  # type: ignore[union-attr]


@pytest.mark.parametrize("cut", [40, 200])
def test_a_truncated_file_gives_its_whole_records_and_one_failure(cut: int) -> None:
    records = read((HEAD + rec(1) + rec(2) + rec(3) + TAIL)[: -len(TAIL) - cut])
    assert told(records) == ["1", "2", "malformed:3"]
    assert "does not end" in records[2].reason  # type: ignore[union-attr]


def test_a_file_cut_off_between_two_records_is_told() -> None:
    records = read(HEAD + rec(1))
    assert told(records) == ["1", "malformed:2"]
    assert "</PubmedArticleSet>" in records[1].reason  # type: ignore[union-attr]


def test_truncated_gzip_gives_its_whole_records_and_one_failure() -> None:
    packed = gzip.compress((HEAD + "".join(rec(n) for n in range(1, 400)) + TAIL).encode(), compresslevel=0)
    records = read(packed[: len(packed) // 2])
    *whole, last = records
    assert [r.pmid for r in whole if isinstance(r, Abstract)] == [str(n) for n in range(1, len(whole) + 1)]
    assert len(whole) > 150
    assert isinstance(last, Failure)
    assert last.position == len(whole) + 1
    assert last.source == "file.xml"
    assert "gzip data is cut off" in last.reason


def test_external_entities_are_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET WORDS")
    for declaration in (
        f'<!ENTITY x SYSTEM "{secret.as_uri()}">',
        f'<!ENTITY % x SYSTEM "{secret.as_uri()}"> %x;',
    ):
        attack = f"<!DOCTYPE PubmedArticleSet [{declaration}]>\n<PubmedArticleSet>{rec(1, title='&x;')}{TAIL}"
        records = read(attack)
        assert told(records) == ["malformed:1"]
        assert "entities" in records[0].reason  # type: ignore[union-attr]
        assert "SECRET" not in repr(records)


def test_billion_laughs_are_refused() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    attack = (
        f'<!DOCTYPE PubmedArticleSet [<!ENTITY l0 "lol">{lol}]><PubmedArticleSet>{rec(1, title="&l9;")}{TAIL}'
    )
    assert told(read(attack)) == ["malformed:1"]


def test_the_dtd_is_not_fetched(offline: None) -> None:
    assert told(read(HEAD.replace("example.org", "127.0.0.1:9") + rec(1) + TAIL)) == ["1"]


def test_a_giant_record_is_skipped() -> None:
    records = read(HEAD + rec(1) + rec(2, abstract="x" * 5000) + rec(3) + TAIL, max_record_bytes=4000)
    assert told(records) == ["1", "too_large:2", "3"]
    assert records[1].pmid == "2"  # type: ignore[union-attr]
    assert "max_record_bytes" in records[1].reason  # type: ignore[union-attr]


def test_a_long_abstract_is_read() -> None:
    (record,) = read(HEAD + rec(1, abstract="ten letters " * 2**20) + TAIL)
    assert isinstance(record, Abstract)
    assert len(record.abstract) == 12 * 2**20 - 1


def test_words_between_records_are_listed_not_lost() -> None:
    records = read(HEAD + rec(1) + "<ERROR>backend failed</ERROR>" + rec(2) + TAIL)
    assert told(records) == ["1", "malformed:2", "2"]
    assert "backend failed" in records[1].reason  # type: ignore[union-attr]


def test_comments_and_cdata_do_not_make_records() -> None:
    inside = rec(1, abstract="<![CDATA[</PubmedArticle><PubmedArticle> & more]]><!-- </PubmedArticle> -->")
    (record,) = read(HEAD + f"<!-- {rec(9)} -->" + inside + TAIL)
    assert isinstance(record, Abstract)
    assert (record.pmid, record.abstract) == ("1", "</PubmedArticle><PubmedArticle> & more")


def test_history_and_references_are_left_out_and_do_no_harm() -> None:
    ids = '<ArticleIdList><ArticleId IdType="doi">10.1000/own</ArticleId></ArticleIdList>'
    cited = ids.replace("own", "cited")
    references = f"<ReferenceList><Reference>{cited}</Reference><ReferenceList/></ReferenceList>"
    references += references
    history = "<History><PubMedPubDate><Year>1901</Year></PubMedPubDate></History>"
    for data in (
        history + ids + references,
        ids + references,
        history + references,
        history + references + ids,
        references + history + ids,
    ):
        (record,) = read(HEAD + rec(1, data=data) + TAIL)
        assert isinstance(record, Abstract)
        assert record.doi == (None if ids not in data else "10.1000/own")


def test_other_encodings_are_read() -> None:
    latin = (HEAD.replace('"1.0"', '"1.0" encoding="ISO-8859-1"') + rec(1, title="Krabbé") + TAIL).encode(
        "latin-1"
    )
    assert [r.title for r in read(latin)] == ["Krabbé"]  # type: ignore[union-attr]


def test_memory_stays_flat() -> None:
    packed = gzip.compress((HEAD + rec(1, abstract="some words " * 500) * 4000 + TAIL).encode())
    stream = Stream("file.xml", io.BytesIO(packed), settings=Settings(max_ratio=5000))
    tracemalloc.start()
    count = sum(1 for _ in pubmed_xml.read(stream))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 4000
    assert peak < 8_000_000  # of 23 MB, of which 2 MB are unpacked at once


REAL = {
    "biopython_pubmed1.xml": 2,
    "biopython_pubmed2.xml": 2,
    "biopython_pubmed4.xml": 1,
    "biopython_pubmed5.xml": 1,
    "biopython_pubmed6.xml": 1,
    "biopython_pubmed7.xml": 1,
    "pubmed-29768149.xml": 1,
    "pubmed21n0001.xml.gz": 49,
    "pubmed21n1000.xml.gz": 29,
    "pubmed21n1001.xml.gz": 37,
    "pubmed21n1002.xml.gz": 45,
    "pubmedsample18n0001.xml.gz": 177,
}


def real(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


@pytest.mark.shared
@pytest.mark.parametrize("name", REAL)
def test_real_files_give_every_record(shared: Path, name: str) -> None:
    raw = real(shared / "pubmed" / "xml" / name)
    records = read(raw)
    assert len(records) == REAL[name]
    references = b"".join(re.findall(rb"<ReferenceList>.*?</ReferenceList>", raw, re.DOTALL)).decode()
    for record in records:
        assert isinstance(record, Abstract)
        assert Abstract.from_dict(record.to_dict()) == record
        assert record.year is not None
        assert "\n" not in record.title
        assert record.doi is None or f">{record.doi}<" not in references
        for section in record.sections:
            words = record.text[section.start : section.end]
            assert words == words.strip() != ""
            if section.label:
                assert record.text[: section.start].endswith(f"{section.label}: ")


@pytest.mark.shared
@pytest.mark.parametrize("name", REAL)
def test_real_files_agree_with_entrez(shared: Path, name: str) -> None:
    from Bio import Entrez

    raw = real(shared / "pubmed" / "xml" / name).replace(b'SYSTEM "http://dtd', b'SYSTEM "https://dtd')
    theirs = Entrez.read(io.BytesIO(raw), validate=False)["PubmedArticle"]
    for record, their in zip(read(raw), theirs, strict=True):
        assert isinstance(record, Abstract)
        citation = their["MedlineCitation"]
        article = citation["Article"]
        assert record.pmid == citation["PMID"]
        assert record.version == int(citation["PMID"].attributes["Version"])
        assert record.revised == "-".join(citation["DateRevised"][part] for part in ("Year", "Month", "Day"))
        assert record.languages == tuple(article["Language"])
        assert [t.ui for t in record.publication_types] == [
            t.attributes["UI"] for t in article["PublicationTypeList"]
        ]
        headings = [m for m in record.mesh if (m.ui or "").startswith("D")]
        assert [(m.name, m.major, len(m.qualifiers)) for m in headings] == [
            (
                str(m["DescriptorName"]),
                m["DescriptorName"].attributes["MajorTopicYN"] == "Y",
                len(m["QualifierName"]),
            )
            for m in citation.get("MeshHeadingList", [])
        ]
        assert [c.name for c in record.chemicals] == [
            c["NameOfSubstance"] for c in citation.get("ChemicalList", [])
        ]
        own = [str(i) for i in their["PubmedData"]["ArticleIdList"] if i.attributes["IdType"] == "doi"]
        places = [str(i) for i in article["ELocationID"] if i.attributes["EIdType"] == "doi"]
        assert record.doi in (own + places or [None])
        assert (
            [(x.type, x.pmid) for x in record.links]
            == [
                (x.attributes["RefType"], str(x["PMID"]) if "PMID" in x else None)
                for x in citation["CommentsCorrectionsList"]
                if x.attributes["RefType"] != "Cites"
            ]
            if "CommentsCorrectionsList" in citation
            else record.links == ()
        )
