"""What is counted, and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from leukonlp.lexicon import Lexicon
from leukonlp.records import Abstract, Fact, Quote, Study
from leukonlp.report.summary import summarize

ROOT, MLD, LATE, ALD, CEREBRAL = (
    "MONDO:0019046",
    "MONDO:0018868",
    "MONDO:0017729",
    "MONDO:0018544",
    "MONDO:0010247",
)
Make = Callable[..., Study]


def cell(summary: dict[str, Any], row: str, modality: str) -> dict[str, Any]:
    cells = next(entry["cells"] for entry in summary["map"]["rows"] if entry["id"] == row)
    return next(entry for entry in cells if entry["modality"] == modality)


def test_it_is_plain_json_and_reads_its_input_once(lexicon: Lexicon, make_study: Make) -> None:
    summary = summarize(iter([make_study()]), lexicon=lexicon)
    assert json.loads(json.dumps(summary)) == summary


def test_the_map_rolls_up_counts_and_keeps_the_highest_phase(lexicon: Lexicon, make_study: Make) -> None:
    studies = [
        make_study("1", phase="preclinical", design="animal_study"),
        make_study("2", phase="phase_2", diseases=(MLD,)),
        make_study(
            "3",
            phase="unphased",
            design="cohort",
            modality=("hsct", "gene_therapy"),
            diseases=(CEREBRAL, MLD),
        ),
        make_study("4", phase=None, modality=()),
    ]
    summary = summarize(studies, lexicon=lexicon)
    mld = cell(summary, MLD, "gene_therapy")
    assert (mld["n"], mld["phase"]) == (3, "phase_2")
    assert {kind: n for kind, n in mld["designs"].items() if n} == {"d2": 1, "d3": 1, "d5": 1}
    assert cell(summary, ALD, "hsct")["phase"] == "unphased"
    untreated = cell(summary, MLD, "none")
    assert (untreated["n"], untreated["phase"]) == (1, "untagged")
    gap = cell(summary, ALD, "dietary")
    assert (gap["n"], gap["phase"], sum(gap["designs"].values())) == (0, None, 0)
    assert [(row["name"], row["n"]) for row in summary["map"]["rows"]] == [
        ("metachromatic leukodystrophy", 4),
        ("X-linked adrenoleukodystrophy", 1),
    ]
    assert [disease["name"] for disease in summary["map"]["without_study"]] == [
        "Pelizaeus-Merzbacher disease"
    ]


def test_every_row_has_every_column(lexicon: Lexicon, make_study: Make) -> None:
    summary = summarize([make_study(modality=("magnets",))], lexicon=lexicon)
    columns = [column["modality"] for column in summary["map"]["columns"]]
    assert columns[-2:] == ["magnets", "none"]
    assert [entry["modality"] for entry in summary["map"]["rows"][0]["cells"]] == columns


def test_funnel_and_retractions(lexicon: Lexicon, make_study: Make) -> None:
    studies = [
        make_study("1"),
        make_study("2", modality=()),
        make_study("3", retracted=True, phase="phase_4", year=1990),
        make_study("4", relevant=False),
        Study(Abstract("5", "never judged")),
    ]
    summary = summarize(studies, lexicon=lexicon)
    assert summary["funnel"] == {
        "records": 5,
        "relevant": 3,
        "retracted": 1,
        "counted": 2,
        "with_modality": 1,
    }
    assert cell(summary, MLD, "gene_therapy")["phase"] == "phase_1_2"
    assert summary["timeline"]["years"] == [2020]
    assert {study["pmid"]: study["retracted"] for study in summary["studies"]} == {
        "1": False,
        "2": False,
        "3": True,
    }


def test_timeline_has_its_empty_years(lexicon: Lexicon, make_study: Make) -> None:
    studies = [
        make_study("1", year=2018),
        make_study("2", year=2020, phase="phase_3"),
        make_study("3", year=None),
    ]
    summary = summarize(studies, lexicon=lexicon)
    assert summary["timeline"]["years"] == [2018, 2019, 2020]
    every = summary["timeline"]["panels"][0]
    assert (every["modality"], every["n"]) == ("all", 2)
    assert every["years"] == [
        {"year": 2018, "n": 1, "phases": {"phase_1_2": 1}},
        {"year": 2020, "n": 1, "phases": {"phase_3": 1}},
    ]
    assert summary["undated"] == 1


def test_the_timeline_has_a_panel_for_each_treatment(lexicon: Lexicon, make_study: Make) -> None:
    studies = [
        make_study("1", modality=("hsct", "gene_therapy")),
        make_study("2", modality=("hsct",), year=2021),
        make_study("3", modality=()),
    ]
    panels = summarize(studies, lexicon=lexicon)["timeline"]["panels"]
    assert [(panel["modality"], panel["n"]) for panel in panels] == [
        ("all", 3),
        ("gene_therapy", 1),
        ("hsct", 2),
        ("none", 1),
    ]
    assert [entry["year"] for entry in panels[2]["years"]] == [2020, 2021]


def test_a_mistyped_year_does_not_blow_up_the_timeline(lexicon: Lexicon, make_study: Make) -> None:
    summary = summarize([make_study("1", year=20), make_study("2", year=2020000000)], lexicon=lexicon)
    assert summary["timeline"]["years"] == [20, 2020000000]


def test_trials_show_the_reports_that_are_listed(lexicon: Lexicon, make_study: Make) -> None:
    studies = [
        make_study("1", year=2022),
        make_study("2", year=2015),
        make_study("3", year=2018, retracted=True),
        make_study("4", relevant=False),
    ]
    told = [
        (("NCT00000009",), "ClinicalTrials.gov", ("4",)),
        (("NCT00000002",), "ClinicalTrials.gov", ("2",)),
        (("NCT01560182", "2010-023142-21"), "ClinicalTrials.gov", ("1", "2", "3")),
    ]
    several, single = summarize(studies, lexicon=lexicon, trials=told)["trials"]
    assert (several["number"], several["others"]) == ("NCT01560182", ["2010-023142-21"])
    assert [(report["year"], report["retracted"]) for report in several["reports"]] == [
        (2015, False),
        (2018, True),
        (2022, False),
    ]
    assert [report["pmid"] for report in single["reports"]] == ["2"]


def test_a_study_knows_its_trials_as_the_index_groups_them(lexicon: Lexicon, make_study: Make) -> None:
    """Regression: the page went by each number alone, and two numbers of one trial were two trials."""
    studies = [
        make_study("1", registry=("2010-023142-21",)),
        make_study("2"),
        make_study("3", design="review"),
    ]
    told = [(("NCT01560182", "2010-023142-21"), "ClinicalTrials.gov", ("1", "2"))]
    found = {row["pmid"]: row for row in summarize(studies, lexicon=lexicon, trials=told)["studies"]}
    assert {pmid: row["trials"] for pmid, row in found.items()} == {
        "1": ["NCT01560182"],
        "2": ["NCT01560182"],
        "3": [],
    }
    assert [a["number"] for a in found["3"]["registry"]] == ["NCT01560182"], "a review keeps its numbers"


def test_newest_first_and_the_limit_is_told(lexicon: Lexicon, make_study: Make) -> None:
    studies = [make_study(str(n), year=2000 + n) for n in range(9)] + [make_study("10", year=2008)]
    summary = summarize(studies, lexicon=lexicon, limit=3)
    assert [study["pmid"] for study in summary["studies"]] == ["10", "8", "7"]
    assert summary["left_out"] == 7
    assert summary["funnel"]["counted"] == 10
    assert summary["map"]["rows"][0]["n"] == 3, "the map shows what the list shows"


def test_older_studies_leave_their_text_out(lexicon: Lexicon, make_study: Make) -> None:
    summary = summarize([make_study(str(n), year=2000 + n) for n in range(5)], lexicon=lexicon, texts=2)
    assert [study["reading"] is not None for study in summary["studies"]] == [True, True, False, False, False]
    assert summary["without_text"] == 3


def test_the_order_of_the_input_does_not_matter(lexicon: Lexicon, make_study: Make) -> None:
    studies = [make_study(str(n), year=2000 + n % 3, registry=()) for n in range(9)]
    assert summarize(studies, lexicon=lexicon) == summarize(reversed(studies), lexicon=lexicon)


def test_a_row_tells_tags_facts_and_basis(lexicon: Lexicon, make_study: Make) -> None:
    (row,) = summarize([make_study()], lexicon=lexicon)["studies"]
    tags = {tag["field"]: tag for tag in row["reading"]["why"]}
    assert (tags["Phase"]["name"], tags["Phase"]["basis"], tags["Phase"]["quote"]["text"]) == (
        "Phase 1/2",
        "text",
        "phase 1/2",
    )
    assert tags["Treatment"]["basis"] == "model"
    assert [tag["name"] for tag in tags.values()][-2:] == ["17", "median 24 months"]
    assert list(tags)[-2:] == ["Participants", "Follow-up"]
    assert row["participants"] == 17
    assert row["rows"] == [MLD]
    assert row["diseases"][0]["name"] == "metachromatic leukodystrophy, late infantile form"
    assert row["therapies"] == [{"id": "LEUKO:T0001", "name": "arsa-cel"}]


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (Fact(True, Quote(0, 1, "x")), "Yes"),
        (Fact(False, Quote(0, 1, "x")), "No"),
        (Fact(24.5, Quote(0, 1, "x"), "median", 12.0, 36.0, "months"), "median 24.5 months (12 to 36)"),
        (Fact(None, Quote(0, 1, "x"), "range", 2.0, 9.0, "years"), "range 2 to 9 years"),
        (Fact("advanced", Quote(0, 1, "x")), "advanced"),
        (Fact(None, Quote(0, 1, "x"), "minimum", low=18.0, unit="years"), "minimum from 18 years"),
        (Fact(None, Quote(0, 1, "x"), high=6.0, unit="months"), "up to 6 months"),
    ],
)
def test_facts_in_words(lexicon: Lexicon, fact: Fact, words: str) -> None:
    from leukonlp.records import Tag

    study = Study(Abstract("1", "x y z"), relevant=Tag(True), stage=fact)
    (row,) = summarize([study], lexicon=lexicon)["studies"]
    assert [why["name"] for why in row["reading"]["why"] if why["field"] == "Disease stage"] == [words]
    assert row["participants"] is None
    assert row["rows"] == ["unlinked"]


def test_versions_come_from_the_studies_or_the_caller(lexicon: Lexicon, make_study: Make) -> None:
    assert summarize([make_study()], lexicon=lexicon)["versions"] == {"labels": ["1"], "leukonlp": ["0.1.0"]}
    given = summarize([make_study()], lexicon=lexicon, versions={"leukonlp": "9"})
    assert given["versions"] == {"leukonlp": ["9"]}


def test_the_newest_revision_is_that_of_any_record(lexicon: Lexicon, make_study: Make) -> None:
    dates = ("2024-05-01", "2026-06-24", None)
    studies = [make_study(str(n), relevant=n != 1, revised=date) for n, date in enumerate(dates)]
    assert summarize(studies, lexicon=lexicon)["revised"] == "2026-06-24"


def test_an_empty_index(lexicon: Lexicon) -> None:
    summary = summarize([], lexicon=lexicon)
    assert summary["revised"] is None
    assert summary["funnel"]["records"] == 0
    assert summary["map"]["rows"] == []
    assert len(summary["map"]["without_study"]) == 3
