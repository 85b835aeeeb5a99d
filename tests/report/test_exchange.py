"""What is exported is read back by other people's programs, with nothing lost and nothing run."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leukonlp.records import Abstract, Study, Tag
from leukonlp.report.export import write

from .test_export import nasty

Make = Callable[..., Study]


def exported(studies: list[Study], format: str) -> io.BytesIO:
    file = io.BytesIO()
    assert write(studies, format, file) == len(studies)
    return io.BytesIO(file.getvalue())


@pytest.fixture
def studies(make_study: Make) -> list[Study]:
    one = make_study(authors=("Doe Ann", "Roe Bob"), journal="Journal of Myelin", doi="10.1000/x")
    return [one, nasty(), make_study("3", "MLD: 5 % & more_of {it}", abstract="", retracted=True)]


class TestBioC:
    """Read with the package ``bioc`` of the format's authors."""

    @pytest.mark.parametrize("format", ["bioc", "bioc-json"])
    def test_every_annotation_stands_where_it_says(self, format: str, studies: list[Study]) -> None:
        from bioc import biocjson, biocxml

        text = exported(studies, format).getvalue().decode()
        collection = (biocxml if format == "bioc" else biocjson).loads(text)
        assert [document.id for document in collection.documents] == [study.pmid for study in studies]
        seen = 0
        for document, study in zip(collection.documents, studies, strict=True):
            for passage in document.passages:
                for annotation in passage.annotations:
                    place = annotation.total_span
                    start = place.offset - passage.offset
                    assert passage.text[start : start + place.length] == annotation.text
                    seen += 1
            assert document.infons.get("phase") == (study.phase.label if study.phase else None)
        assert seen == 8, "three mentions and three quotes of the first, two mentions of the second"

    def test_both_forms_say_the_same(self, studies: list[Study]) -> None:
        from bioc import biocjson, biocxml

        plain = [studies[0], studies[2]]
        as_xml = biocxml.loads(exported(plain, "bioc").getvalue().decode())
        as_json = biocjson.loads(exported(plain, "bioc-json").getvalue().decode())
        assert biocjson.dumps(as_xml) == biocjson.dumps(as_json)

    def test_json_keeps_what_xml_cannot_hold(self) -> None:
        document = json.loads(exported([nasty()], "bioc-json").getvalue())["documents"][0]
        text = document["passages"][1]["text"]
        assert "\x00\x1b\ufffd." in text, "controls are kept; half a character is shown as such"


def test_pubtator_as_bioc_reads_it(studies: list[Study]) -> None:
    from bioc import pubtator

    read = pubtator.loads(exported(studies[:1], "pubtator").getvalue().decode())
    (document,) = read
    assert document.title == studies[0].title
    assert [(a.start, a.end, a.text, a.id) for a in document.annotations] == [
        (m.start, m.end, m.text, m.concept) for m in studies[0].mentions
    ]


def test_ris_as_rispy_reads_it(studies: list[Study]) -> None:
    import rispy

    first, second, third = rispy.loads(exported(studies, "ris").getvalue().decode())
    assert first["title"] == studies[0].title
    assert first["authors"] == ["Doe Ann", "Roe Bob"]
    assert (first["year"], first["doi"]) == ("2020", "10.1000/x")
    assert "phase: phase_1_2" in first["keywords"]
    assert any("17 children" in note for note in first["notes"])
    assert second["title"] == nasty().title
    assert "retracted" in third["keywords"]


def test_bibtex_as_bibtexparser_reads_it(studies: list[Study]) -> None:
    import bibtexparser

    library = bibtexparser.parse_string(exported(studies, "bibtex").getvalue().decode())
    assert library.failed_blocks == []
    first, second, third = library.entries
    assert first["title"] == f"{{{studies[0].title}}}"
    assert first["author"] == "{Doe Ann} and {Roe Bob}"
    assert "modality: gene\\_therapy" in first["keywords"]
    assert "17 children" in first["note"]
    assert first.key == "pmid30000001"
    assert "unbalanced" in second["title"]
    assert third["title"] == r"{MLD: 5 \% \& more\_of \textbraceleft{}it\textbraceright{}}"


class TestWorkbook:
    """XLSX, read with openpyxl."""

    def read(self, studies: list[Study]) -> Any:
        import openpyxl

        return openpyxl.load_workbook(exported(studies, "xlsx"))["studies"]

    def test_values_have_their_types(self, studies: list[Study]) -> None:
        heads, first, second, third = self.read(studies).iter_rows(values_only=True)
        row = dict(zip(heads, first, strict=True))
        assert (row["pmid"], row["year"], row["n_enrolled"], row["retracted"]) == (
            "30000001",
            2020,
            17,
            False,
        )
        assert (row["phase"], row["phase_quote"]) == ("phase_1_2", "phase 1/2")
        assert row["authors"] == "Doe Ann; Roe Bob"
        assert row["multicentre"] is None
        assert dict(zip(heads, third, strict=True))["retracted"] is True
        assert dict(zip(heads, second, strict=True))["pmid"] == "a|b\tc"

    def test_nothing_is_a_formula_or_a_link(self) -> None:
        link = Study(
            Abstract("1", '=HYPERLINK("http://example.org")', "https://example.org/x"), relevant=Tag(True)
        )
        sheet = self.read([nasty(), link])
        cells = [cell for line in sheet.iter_rows(min_row=2) for cell in line if isinstance(cell.value, str)]
        assert {cell.data_type for cell in cells} == {"s"}
        assert not [cell for cell in cells if cell.hyperlink]
        titles = [sheet.cell(row, 2).value for row in (2, 3)]
        assert titles == [nasty().title, '=HYPERLINK("http://example.org")'], "text as it is, no apostrophe"

    def test_a_text_longer_than_a_cell_is_cut_visibly(self) -> None:
        sheet = self.read([Study(Abstract("1", "T", "long " * 9000), relevant=Tag(True))])
        cut = sheet.cell(2, 3).value
        assert len(cut) == 32_767
        assert cut.endswith("…")

    def test_equal_studies_give_equal_files(self, studies: list[Study]) -> None:
        assert exported(studies, "xlsx").getvalue() == exported(studies, "xlsx").getvalue()


def test_parquet_goes_through_arrow_and_back(studies: list[Study]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    from leukonlp.report import tables

    table = parquet.read_table(exported([studies[0], studies[2]], "parquet"))
    assert table.to_pylist() == [tables.row(studies[0]), tables.row(studies[2])]
    assert table.schema.field("modality").type == pa.list_(pa.string())


def test_jsonl_is_read_again_as_the_same_studies(studies: list[Study], tmp_path: Path) -> None:
    import leukonlp

    path = tmp_path / "studies.jsonl"
    path.write_bytes(exported([studies[0], studies[2]], "jsonl").getvalue())
    assert list(leukonlp.read(path)) == [studies[0], studies[2]]
