"""Every format is parsed back: nothing lost, every offset right, nothing dangerous, whole or not at all."""

from __future__ import annotations

import builtins
import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from leukonlp.errors import InputError
from leukonlp.records import Abstract, Mention, Study, Tag
from leukonlp.report import bioc as bioc_format
from leukonlp.report import citations, tables
from leukonlp.report.export import FORMATS, write

Make = Callable[..., Study]
NASTY = (
    "=SUM(A1)\t{a} 50% & $5_x #1 \\ ~ ^ \"q\" 'p' <b> | é 漢 \U0001f9e0\r\nline\x0b\u2028end\x00\x1b\ud800."
)


def nasty() -> Study:
    title = "=cmd|' /C calc'!A0 <T> {unbalanced"
    abstract = f"{NASTY} The MLD gene is here."
    text = f"{title}\n{abstract}"
    start = text.index("MLD")
    brain = text.index("\U0001f9e0")
    return Study(
        Abstract(
            "a|b\tc", title, abstract, 2020, journal="@J", doi="10.1/{x}", authors=("+A, B", "The & Group")
        ),
        (
            Mention(brain, brain + 1, text[brain], "gene"),
            Mention(start, start + 3, "MLD", "disease", "MONDO:0018868", "MLD"),
        ),
        relevant=Tag(True),
    )


def written(studies: list[Study], format: str, folder: Path) -> bytes:
    path = folder / f"out.{format}"
    with path.open("wb") as file:
        assert write(iter(studies), format, file) == len(studies)
    return path.read_bytes()


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_csv(tmp_path: Path, make_study: Make) -> None:
    data = written(
        [make_study(modality=("gene_therapy", "hsct"), authors=("Doe A", "Roe B"))], "csv", tmp_path
    )
    (row,) = rows(data)
    assert list(row) == list(tables.COLUMNS)
    assert (row["pmid"], row["year"], row["n_enrolled"], row["follow_up_months"]) == (
        "30000001",
        "2020",
        "17",
        "24",
    )
    assert (row["modality"], row["authors"]) == ("gene_therapy; hsct", "Doe A; Roe B")
    assert (row["phase"], row["phase_quote"], row["phase_basis"]) == ("phase_1_2", "phase 1/2", "text")
    assert (row["design_quote"], row["multicentre"], row["retracted"]) == ("", "", "false")
    assert row["disease_names"] == "metachromatic leukodystrophy, late infantile form"
    assert row["therapy_names"] == "LEUKO:T0001", "no mention names it, so the id stands for itself"


def test_csv_runs_no_formula(tmp_path: Path) -> None:
    (row,) = rows(written([nasty()], "csv", tmp_path))
    assert row["title"].startswith("'=cmd")
    assert row["abstract"].startswith("'=SUM")
    assert row["journal"] == "'@J"
    assert row["authors"].startswith("'+A")
    assert row["abstract"][1:] == nasty().abstract.abstract.replace("\x00", "\ufffd").replace(
        "\ud800", "\ufffd"
    )


@given(st.text(max_size=20))
def test_safe_cells(text: str) -> None:
    cell = tables.safe(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    cell.encode("utf-8")
    assert cell.removeprefix("'").replace("\ufffd", "") == text.removeprefix("'").replace("\0", "").replace(
        "\ufffd", ""
    )


def test_jsonl_is_the_studies_themselves(tmp_path: Path, make_study: Make) -> None:
    studies = [make_study("1"), nasty(), make_study("3", relevant=False)]
    lines = written(studies, "jsonl", tmp_path).decode("utf-8").splitlines()
    back = [Study.from_dict(json.loads(line)) for line in lines if line]
    assert back == studies


def ris(data: bytes) -> list[list[tuple[str, str]]]:
    records: list[list[tuple[str, str]]] = [[]]
    for line in data.decode("utf-8").split("\r\n"):
        if not line:
            continue
        found = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert found, line
        if found[1] == "ER":
            records.append([])
        else:
            records[-1].append((found[1], found[2]))
    return records[:-1]


def test_ris(tmp_path: Path, make_study: Make) -> None:
    study = make_study(
        retracted=True,
        authors=("Doe, Ann", "Roe, Bob, Jr"),
        doi="10.1000/x",
        journal="J",
        keywords=("myelin",),
    )
    first, second = ris(written([study, nasty()], "ris", tmp_path))
    assert first[0] == ("TY", "JOUR")
    assert [value for tag, value in first if tag == "AU"] == ["Doe, Ann", "Roe, Bob, Jr"]
    fields = dict(first)
    assert (fields["TI"], fields["PY"], fields["DO"], fields["AN"]) == (
        study.title,
        "2020",
        "10.1000/x",
        "30000001",
    )
    assert fields["AB"] == study.abstract.abstract
    assert fields["UR"] == "https://pubmed.ncbi.nlm.nih.gov/30000001/"
    keywords = [value for tag, value in first if tag == "KW"]
    assert {"phase: phase_1_2", "modality: gene_therapy", "gene: ARSA", "retracted", "myelin"} <= set(
        keywords
    )
    notes = [value for tag, value in first if tag == "N1"]
    assert 'phase phase_1_2: "phase 1/2" (text)' in notes
    assert 'participants 17: "17 children"' in notes
    assert "Retracted publication" in notes
    assert dict(second)["TI"] == nasty().title
    assert "UR" not in dict(second)


def bibtex(text: str) -> list[tuple[str, dict[str, str]]]:
    """Parse by BibTeX's own rule: a field ends where its braces balance, backslashes or not."""
    entries, place = [], 0
    while (place := text.find("@article{", place)) >= 0:
        comma = text.index(",", place)
        key, fields, place = text[place + 9 : comma], {}, comma
        while found := re.compile(r",\n  (\w+) = \{").match(text, place):
            depth, end = 1, found.end()
            while depth:
                depth += {"{": 1, "}": -1}.get(text[end], 0)
                end += 1
            fields[found[1]], place = text[found.end() : end - 1], end
        assert text.startswith("\n}\n", place)
        entries.append((key, fields))
    return entries


def untex(text: str) -> str:
    named = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"}
    return re.sub(r"\\text(\w+)\{\}|\\([&%$#_])", lambda m: named[m[1]] if m[1] else m[2], text)


AUTHORS = (
    *("van der Berg, Ann", "Kim, J, Jr", "The & Group"),
    *("Myelin,\N{NO-BREAK SPACE}Vitamins,\N{NO-BREAK SPACE}and Walking", "王, 小明"),
)
"""Names as the readers give them: a group's commas part nothing."""


def test_bibtex(tmp_path: Path, make_study: Make) -> None:
    study = make_study("30000001", "50% of MLD & ALD_x", authors=AUTHORS, doi="10.1000/a_b")
    data = written([study, nasty(), study], "bibtex", tmp_path).decode("utf-8")
    (key, first), (odd, second), (again, _) = bibtex(data)
    assert (key, odd, again) == ("pmid30000001", "a-b-c", "pmid30000001-2")
    assert first["title"] == r"{50\% of MLD \& ALD\_x}"
    assert first["author"] == (
        r"{van der Berg}, {Ann} and {Kim}, {Jr}, {J} and {The \& Group} and {Myelin, Vitamins, and Walking}"
        " and {王}, {小明}"
    )
    assert (first["year"], first["doi"]) == ("2020", "10.1000/a_b")
    assert r"phase: phase\_1\_2" in first["keywords"]
    assert r'phase phase\_1\_2: "phase 1/2" (text)' in first["note"]
    assert untex(first["abstract"]) == study.abstract.abstract
    assert untex(second["title"][1:-1]) == nasty().title
    assert "doi" not in second
    assert untex(second["abstract"]) == citations.line(nasty().abstract.abstract)


def bioc(data: bytes) -> Iterator[tuple[Any, str]]:
    root = etree.fromstring(data)
    assert root.tag == "collection"
    assert [child.tag for child in root][:3] == ["source", "date", "key"]
    for document in root.iter("document"):
        text = ""
        for passage in document.iter("passage"):
            text = text.ljust(int(passage.findtext("offset"))) + (passage.findtext("text") or "")
        yield document, text


def test_bioc(tmp_path: Path, make_study: Make) -> None:
    study = make_study(title="MLD \U0001f9e0 & therapy")
    ((document, text),) = bioc(written([study], "bioc", tmp_path))
    assert text == study.text.replace("\n", " ")
    infons = {i.get("key"): i.text for i in document.findall("infon")}
    assert (infons["phase"], infons["design"], infons["modality"]) == (
        "phase_1_2",
        "single_arm_trial",
        "gene_therapy",
    )
    found = document.findall(".//annotation")
    for annotation in found:
        location = annotation.find("location")
        start, size = int(location.get("offset")), int(location.get("length"))
        assert text[start : start + size] == annotation.findtext("text")
    ids = [annotation.get("id") for annotation in found]
    assert ids == ["M1", "M2", "M3", "Q1", "Q2", "Q3"]
    named = {i.get("key"): i.text for i in found[2].findall("infon")}
    assert (named["type"], named["identifier"], named["negated"]) == ("disease", "MONDO:0009499", "true")
    quoted = {i.get("key"): i.text for i in found[3].findall("infon")}
    assert quoted == {"type": "quote", "field": "phase", "value": "phase_1_2"}


def test_bioc_passages_hold_their_annotations(tmp_path: Path) -> None:
    title = "MLD again"
    study = Study(
        Abstract("1", title, "MLD"),
        (Mention(0, 3, "MLD", "disease"), Mention(10, 13, "MLD", "disease")),
        relevant=Tag(True),
    )
    ((document, _),) = bioc(written([study], "bioc", tmp_path))
    assert [len(passage.findall("annotation")) for passage in document.iter("passage")] == [1, 1]


def test_bioc_keeps_offsets_past_what_xml_cannot_hold(tmp_path: Path) -> None:
    ((document, text),) = bioc(written([nasty()], "bioc", tmp_path))
    assert document.findtext("id") == "a|b\tc"
    for annotation in document.iter("annotation"):
        start = int(annotation.find("location").get("offset"))
        assert text[start : start + len(annotation.findtext("text"))] == annotation.findtext("text")
    assert "\r\nline" in text
    assert "\x00" not in text


def pubtator(text: str) -> Iterator[tuple[str, str, list[list[str]]]]:
    for block in text.strip("\n").split("\n\n"):
        title, abstract, *mentions = block.split("\n")
        name, kind, first = title.split("|", 2)
        again, other, rest = abstract.split("|", 2)
        assert (kind, other, again) == ("t", "a", name)
        yield name, f"{first} {rest}", [line.split("\t") for line in mentions]


def test_pubtator(tmp_path: Path, make_study: Make) -> None:
    study = make_study(title="Gene | therapy")
    data = written([study, nasty(), make_study("3", abstract="")], "pubtator", tmp_path).decode("utf-8")
    first, second, third = pubtator(data)
    assert first[1] == study.text.replace("\n", " ")
    assert first[2][0][4:] == ["Disease", "MONDO:0017729"]
    assert (second[0], second[2][0][5]) == ("a_b_c", "-")
    assert third[1:] == ("Gene therapy in MLD ", [])
    for name, text, mentions in (first, second):
        assert mentions
        for fields in mentions:
            assert len(fields) == 6
            assert fields[0] == name
            assert text[int(fields[1]) : int(fields[2])] == fields[3]
    assert len(data.splitlines()) == len(data.split("\n")) - 1, "no other line break is left"


def test_parquet(tmp_path: Path, make_study: Make) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    studies = [make_study(modality=("gene_therapy", "hsct")), nasty()]
    written(studies, "parquet", tmp_path)
    table = parquet.read_table(tmp_path / "out.parquet")
    assert table.column_names == list(tables.COLUMNS)
    first, second = table.to_pylist()
    assert first["modality"] == ["gene_therapy", "hsct"]
    assert (first["year"], first["n_enrolled"], first["multicentre"]) == (2020, 17.0, None)
    assert second["title"] == nasty().title, "Parquet keeps the raw text"


@pytest.mark.parametrize(("format", "package"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_a_format_without_its_package_names_the_cure(
    format: str, package: str, tmp_path: Path, make_study: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith(package):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(InputError, match=rf"pip install 'leukonlp\[{format}\]'"):
        write([make_study()], format, io.BytesIO())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"parquet", "xlsx"}))
def test_no_study_is_an_empty_file_that_parses(format: str, tmp_path: Path) -> None:
    data = written([], format, tmp_path)
    if format == "csv":
        assert data.decode().strip().split(",") == list(tables.COLUMNS)
    elif format == "bioc":
        assert list(bioc(data)) == []
    elif format == "bioc-json":
        assert json.loads(data)["documents"] == []
    else:
        assert data == b""


def test_unknown_formats_are_refused_before_any_work() -> None:
    with pytest.raises(
        InputError,
        match="'xml' is unknown; choose one of csv, parquet, xlsx, jsonl, ris, bibtex, bioc, bioc-json",
    ):
        write(iter(()), "xml", io.BytesIO())


def test_pieces_of_the_formats() -> None:
    assert citations.tex("a_b {c} \\") == r"a\_b \textbraceleft{}c\textbraceright{} \textbackslash{}"
    assert citations.line(" a\r\n\tb\x00c ") == "a b c"
    assert list(bioc_format._about(Study(Abstract("1", "t")))) == []
