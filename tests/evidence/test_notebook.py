"""What a notebook shows of an index and its hits: whole, well-formed, and nothing of a record run."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from leukonlp.errors import SettingsError
from leukonlp.evidence import EvidenceIndex

from .made import MLD, make

EVIL = "<script>alert('x')</script> & \"quotes\""


@pytest.fixture
def filled(index: EvidenceIndex) -> EvidenceIndex:
    index.add_many(
        [
            make("1", (MLD,), phase="phase_3", modality="hsct", enrolled=1200, title=EVIL, year=2001),
            make("2", (MLD,), phase="phase_1", retracts=("1",), year=2020),
            make("x<y", (), body="Nothing.", year=1999),
        ]
    )
    return index


def parsed(html: str) -> Any:
    """The markup as a parser without mercy has it."""
    return etree.fromstring(f"<div>{html}</div>")


def cells(html: str) -> list[list[str]]:
    rows = parsed(html).iter("tr")
    return [["".join(cell.itertext()) for cell in row] for row in rows]


def test_hits(filled: EvidenceIndex) -> None:
    html = filled.search(phase=["phase_1", "phase_3"])._repr_html_()
    assert parsed(html).findtext("p") == "2 studies, 1 to 2 shown"
    head, second, first = cells(html)
    assert head == ["PMID", "Year", "Study", "Phase", "Design", "Modality", "n"]
    assert second[:2] == ["2", "2020"]
    assert first == ["1", "2001", f"RETRACTED {EVIL} phase_3.", "phase_3", "", "hsct", "1,200"]
    assert [link.get("href") for link in parsed(html).iter("a")] == [
        "https://pubmed.ncbi.nlm.nih.gov/2/",
        "https://pubmed.ncbi.nlm.nih.gov/1/",
    ]
    assert "<script" not in html


def test_one_hit(filled: EvidenceIndex) -> None:
    (hit,) = filled.search(year=1999)
    assert cells(hit._repr_html_())[1][:2] == ["x<y", "1999"]
    assert list(parsed(hit._repr_html_()).iter("a")) == [], "a local id leads nowhere"


def test_the_title_is_not_said_twice_and_a_placeholder_leads_nowhere(index: EvidenceIndex) -> None:
    index.add(make("900000001", (MLD,), title="Leukodystrophy of mice", year=2002))
    (found,) = index.search(year=2002)
    html = index.search(year=2002)._repr_html_()
    assert parsed(html).findtext("p") == "1 study, 1 to 1 shown"
    assert list(parsed(html).iter("a")) == []
    assert (found.quote.text, cells(html)[1][2]) == (found.title, found.title)


def test_no_hits(filled: EvidenceIndex) -> None:
    html = filled.search("zebra")._repr_html_()
    assert parsed(html).findtext("p") == "0 studies"


def test_an_index(filled: EvidenceIndex) -> None:
    told = {row[0]: row[1] for row in cells(filled._repr_html_())}
    assert told["studies"] == "3"
    assert told["on leukodystrophies"] == "2"
    assert told["years"] == "1999 to 2020"
    assert told["phase"] == "phase_1 (1), phase_3 (1)"
    assert str(filled.path) in parsed(filled._repr_html_()).findtext("p/b")


def test_an_index_as_a_table(filled: EvidenceIndex) -> None:
    table = filled.to_pandas()
    assert list(table["pmid"]) == ["2", "1", "x<y"]
    assert table.loc[1, "n_enrolled"] == 1200
    arrow = filled.to_arrow()
    assert arrow.column("pmid").to_pylist() == ["2", "1", "x<y"]
    assert arrow.to_pylist() == filled.search(limit=None).to_dicts()


def test_columns_of_arrow_have_one_type_whatever_is_missing(filled: EvidenceIndex) -> None:
    everything, nothing = filled.to_arrow(), filled.search("zebra").to_arrow()
    assert nothing.num_rows == 0
    assert everything.schema == nothing.schema
    assert str(nothing.schema.field("modality").type).startswith("list<")


def test_arrow_without_pyarrow(filled: EvidenceIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(SettingsError, match=r"pip install 'leukonlp\[parquet\]'"):
        filled.to_arrow()
