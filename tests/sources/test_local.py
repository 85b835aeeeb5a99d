"""JSONL and text files: which keys count, and that a bad line costs no other."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.config import Settings
from leukonlp.records import Abstract, Accession, Failure, Link, Mention, MeshHeading, Section, Study, Term
from leukonlp.sources import local, wording
from leukonlp.sources.openers import Stream


def stream(data: str | bytes, *, name: str = "file.jsonl", **limits: int) -> Stream:
    raw = data.encode() if isinstance(data, str) else data
    return Stream(name, io.BytesIO(raw), settings=Settings(**limits))


def read(*lines: Any) -> list[Abstract | Study | Failure]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return list(local.read_jsonl(stream(text)))


def one(**data: Any) -> Any:
    (record,) = read(data if data.keys() & {"title", "abstract", "text"} else {**data, "title": ""})
    return record


def test_the_keys_of_a_plain_line() -> None:
    record = one(
        pmid="31",
        title=" A\ntitle ",
        abstract="Some  words.",
        year="1995.0",
        journal="J Small",
        lang=["eng"],
        pmcid="PMC5",
        doi="https://doi.org/10.1000/1",
        authors=["Kim J"],
        pubtypes=["Journal Article"],
        mesh=["*Humans", "Brain/pathology"],
        keywords=["white matter", ""],
        nct=["NCT00000001"],
        phase_text=["ignored"],
    )
    assert record == Abstract(
        pmid="31",
        title="A title",
        abstract="Some words.",
        year=1995,
        journal="J Small",
        languages=("eng",),
        pmcid="PMC5",
        doi="10.1000/1",
        authors=("Kim J",),
        publication_types=(Term("Journal Article"),),
        mesh=(MeshHeading("Humans", major=True), wording.mesh_heading("Brain/pathology")),
        keywords=("white matter",),
        accessions=(Accession("ClinicalTrials.gov", "NCT00000001"),),
    )


@pytest.mark.parametrize(
    ("data", "pmid"),
    [
        ({"pmid": "1", "id": "x"}, "1"),
        ({"pmid": "", "id": "x-1"}, "x-1"),
        ({"pmid": None, "id": 7}, "7"),
        ({"id": " local  id "}, "local id"),
    ],
)
def test_identifiers(data: dict[str, Any], pmid: str) -> None:
    assert one(**data).pmid == pmid


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"title": "T", "abstract": "A"}, "T\nA"),
        ({"title": "T", "text": "A"}, "T\nA"),
        ({"title": "T", "text": "T\nA"}, "T\nA"),
        ({"text": "A"}, "\nA"),
        ({"title": "T", "abstract": "", "text": "B"}, "T\n"),
        ({"title": "T", "abstract": None, "text": "B"}, "T\nB"),
        ({"title": "T"}, "T\n"),
        ({"title": None}, "\n"),
    ],
)
def test_where_the_text_stands(data: dict[str, Any], text: str) -> None:
    assert one(id="1", **data).text == text


@pytest.mark.parametrize("year", ["", None, "n.d.", 0])
def test_no_year(year: object) -> None:
    assert one(id="1", year=year).year is None


def test_year_as_a_number() -> None:
    assert one(id="1", year=2001).year == one(id="1", year=2001.0).year == 2001


def test_line_breaks_of_wrapped_text_are_blanks() -> None:
    record = one(
        id="1", abstract="BACKGROUND: The metachromatic\nleukodystrophy.\nMETHODS: Nine\r\n\r\nchildren"
    )
    assert record.abstract == "BACKGROUND: The metachromatic leukodystrophy.\nMETHODS: Nine\nchildren"
    assert [(s.label, record.text[s.start : s.end]) for s in record.sections] == [
        ("BACKGROUND", "The metachromatic leukodystrophy."),
        ("METHODS", "Nine\nchildren"),
    ]


def test_hostile_text_becomes_valid() -> None:
    (record,) = read('{"id": "1", "title": "half \\ud800 pair", "abstract": "NUL \\u0000 and \\u0007bell"}')
    assert isinstance(record, Abstract)
    assert record.text == "half \ufffd pair\nNUL and bell"
    record.text.encode("utf-8")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "is no JSON"),
        ("[1, 2]", "holds a list"),
        ('"words"', "holds a str"),
        ('{"title": "T"}', 'has no "pmid" or "id"; give each record one'),
        ('{"id": true}', 'has no "pmid" or "id"'),
        ('{"id": "1", "title": 3}', '"title" is a int, not text'),
        ('{"id": "1", "mesh": 3}', '"mesh" is a int, not a list'),
        ('{"id": "1", "mesh": [3]}', '"mesh" holds 3'),
        ('{"id": "1", "mesh": [{"name": 3}]}', "which is no MeshHeading"),
        ('{"id": "1", "sections": [{"start": "2", "end": 3}]}', "which is no Section"),
        ('{"id": "1", "keywords": [null]}', '"keywords" is a list of more than texts'),
        ('{"id": "1", "version": "two"}', '"version" is'),
        ('{"id": "1", "links": [{"pmid": "2"}]}', "missing"),
        ('{"id": "1", "year": NaN}', "holds NaN"),
        ("[" * 100_000, "nested too deeply"),
        ('{"id": "1", "year": ' + "9" * 5000 + "}", "4300"),
    ],
)
def test_a_bad_line_costs_only_itself(line: str, reason: str) -> None:
    records = read({"id": "1", "title": "T"}, line, "", {"id": "3", "title": "T"})
    assert [type(r).__name__ for r in records] == ["Abstract", "Failure", "Abstract"]
    failure = records[1]
    assert isinstance(failure, Failure)
    assert failure.position == 2
    assert reason in failure.reason
    assert len(failure.reason) <= 300


def test_invalid_utf8_is_a_failure_with_its_place() -> None:
    records = list(
        local.read_jsonl(stream(b'{"id": "1", "text": ""}\n{"id": "\xff"}\n{"id": "3", "text": ""}'))
    )
    assert isinstance(records[1], Failure)
    assert "UTF-8 at byte 9" in records[1].reason
    assert len(records) == 3


def test_a_long_line_is_too_large() -> None:
    data = '{"id": "1", "text": ""}\n{"id": "2", "title": "' + "x" * 500 + '"}\n{"id": "3", "text": ""}'
    records = list(local.read_jsonl(stream(data, max_record_bytes=100)))
    assert [r.kind if isinstance(r, Failure) else r.pmid for r in records] == ["1", "too_large", "3"]


def test_a_cut_off_file_gives_its_whole_lines_and_one_failure() -> None:
    packed = gzip.compress(b"".join(b'{"id": "%d", "text": ""}\n' % n for n in (1, 2, 3)), compresslevel=0)
    records = list(local.read_jsonl(stream(packed[:-14])))
    assert [r.pmid for r in records[:-1]] == ["1", "2"]
    assert isinstance(records[-1], Failure)
    assert records[-1].position == 3


def test_abstracts_come_back_as_they_were_written() -> None:
    abstract = Abstract(
        pmid="41",
        title="T",
        abstract="AIM: To see\nNo label, no stop\nX: more",
        year=1999,
        version=2,
        revised="2001-02-03",
        status="MEDLINE",
        languages=("eng",),
        vernacular_title="V",
        publication_types=(Term("Journal Article", "D016428"),),
        mesh=(MeshHeading("Humans", "D006801", True),),
        chemicals=(Term("Water", "D014867"),),
        accessions=(Accession("ISRCTN", "1"),),
        links=(Link("CommentIn", "2", "J"),),
        indexing_method="Automated",
        sections=(Section(7, 13, "AIM", "objective"), Section(14, 31), Section(35, 39, "X")),
    )
    assert read(abstract.to_dict()) == [abstract]


def test_sections_that_no_longer_fit_the_text_are_read_anew() -> None:
    record = one(
        id="1", title="T", abstract="Two  blanks.", sections=[{"start": 2, "end": 13, "label": "AIM"}]
    )
    assert (record.abstract, record.sections) == ("Two blanks.", ())


def annotated() -> Study:
    return Study(
        Abstract(pmid="51", title="Krabbe disease"), mentions=(Mention(0, 14, "Krabbe disease", "disease"),)
    )


def test_annotated_lines_come_back_as_studies() -> None:
    assert read(annotated().to_dict()) == [annotated()]


def test_annotated_lines_are_checked() -> None:
    shifted, foreign, number, hollow = (annotated().to_dict() for _ in range(4))
    shifted["mentions"][0]["start"] = 1
    foreign["text"] = "other\n"
    number["pmid"] = 51
    del hollow["title"]
    records = read(shifted, foreign, number, hollow)
    assert all(isinstance(r, Failure) for r in records)
    assert "annotate it again" in records[0].reason  # type: ignore[union-attr]
    assert "has no 'title'" in records[3].reason  # type: ignore[union-attr]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = (
    "pmid id title abstract text year mesh pubtypes sections links mentions study record version nct".split()
)


@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8))
def test_any_json_is_a_record_or_a_failure(data: dict[str, Any]) -> None:
    (record,) = read(data)
    assert isinstance(record, (Abstract, Study, Failure))
    if isinstance(record, Abstract):
        record.text.encode("utf-8")


def text(data: str | bytes, *, name: str = "folder/Case one.txt", **limits: int) -> Abstract | Failure:
    (record,) = local.read_text(stream(data, name=name, **limits))
    return record


def test_a_text_file_is_one_record() -> None:
    assert text("\n A  title\r\nSome wrapped\nwords.\n\nMore.\n") == Abstract(
        pmid="Case one", title="A title", abstract="Some wrapped words.\nMore."
    )
    assert text("Only a title", name="a.b.txt.gz") == Abstract(pmid="a.b", title="Only a title")


def test_a_text_file_that_cannot_be_read() -> None:
    assert isinstance(found := text(b"caf\xe9"), Failure)
    assert "UTF-8 at byte 4" in found.reason
    assert isinstance(found := text("x" * 200, max_record_bytes=100), Failure)
    assert found.kind == "too_large"
    assert isinstance(found := text(gzip.compress(b"words")[:-5]), Failure)
    assert "cut off" in found.reason


@pytest.mark.shared
def test_real_lines(shared: Path) -> None:
    path = shared / "pubmed" / "records.jsonl.gz"
    count = years = nct = 0
    with path.open("rb") as file:
        for record in local.read_jsonl(Stream(str(path), file, settings=Settings())):
            assert isinstance(record, Abstract)
            count += 1
            years += record.year is not None
            nct += bool(record.accessions)
    assert count == 34_537
    assert years > 13_000
    assert nct > 0
