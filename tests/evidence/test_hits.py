"""The shape of what a search returns."""

from __future__ import annotations

import json
import sys

import pytest

from leukonlp.errors import SettingsError
from leukonlp.evidence import EvidenceIndex, Hits
from leukonlp.evidence.frames import COLUMNS

from .made import HSCT, MLD, make


@pytest.fixture
def hits(index: EvidenceIndex) -> Hits:
    index.add(
        make(
            "5", (MLD, HSCT), phase="phase_2", modality="hsct", enrolled=17, months=24.5, nct=("NCT00000001",)
        )
    )
    index.add_many([make("6", year=None, body="x" * 300), make("7", retracts=("6",), year=1999)])
    return index.search("families", sort="year")


def test_is_a_sequence(hits: Hits) -> None:
    assert len(hits) == hits.total == 3
    assert [h.pmid for h in hits] == ["5", "7", "6"]
    assert hits[-1].pmid == "6"
    assert [h.pmid for h in hits[:2]] == ["5", "7"]
    assert hits[0] in hits


def test_hit_gives_its_study(hits: Hits) -> None:
    assert hits[0].study == make(
        "5", (MLD, HSCT), phase="phase_2", modality="hsct", enrolled=17, months=24.5, nct=("NCT00000001",)
    )
    assert (hits[0].title, hits[0].year, hits[0].retracted) == ("Report 5", 2015, False)


def test_as_plain_values(hits: Hits) -> None:
    row = hits.to_dicts()[0]
    assert json.loads(json.dumps(row)) == row
    score = row.pop("score")
    assert score > 0
    start = hits[0].study.text.index("We followed")
    words = "We followed families with metachromatic leukodystrophy."
    assert row == {
        "pmid": "5",
        "title": "Report 5",
        "year": 2015,
        "journal": None,
        "doi": None,
        "pmcid": None,
        "phase": "phase_2",
        "design": None,
        "modality": ["hsct"],
        "diseases": [MLD],
        "genes": [],
        "therapies": [HSCT],
        "concepts": ["metachromatic leukodystrophy", "haematopoietic stem cell transplantation"],
        "nct": ["NCT00000001"],
        "n_enrolled": 17,
        "follow_up_months": 24.5,
        "retracted": False,
        "quote": words,
        "quote_start": start,
        "quote_end": start + len(words),
        "why": ["words: families"],
    }


def test_as_a_table(hits: Hits) -> None:
    pandas = pytest.importorskip("pandas")
    table = hits.to_pandas()
    assert isinstance(table, pandas.DataFrame)
    assert list(table["pmid"]) == ["5", "7", "6"]
    assert list(table["retracted"]) == [False, False, True]
    assert list(Hits().to_pandas().columns) == list(table.columns) == list(hits[0].to_dict()) == list(COLUMNS)


def test_a_table_without_pandas(hits: Hits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(SettingsError, match=r"not installed; `pip install pandas`, or use to_dicts\(\)"):
        hits.to_pandas()


def test_prints_readably(index: EvidenceIndex, hits: Hits) -> None:
    lines = repr(hits).splitlines()
    assert lines[0] == "3 studies, 1 to 3:"
    assert lines[1:3] == [
        "  5 (2015) Report 5",
        "      'We followed families with metachromatic leukodystrophy.'",
    ]
    assert lines[5] == "  6 (no year) RETRACTED Report 6"
    assert repr(index.search("families", limit=1, offset=2)).startswith("3 studies, 3 to 3:")
    assert repr(hits[0]).startswith("Hit(pmid='5', year=2015, title='Report 5', quote='We followed")
    assert repr(Hits()) == "0 studies"
    assert max(map(len, lines)) < 125
