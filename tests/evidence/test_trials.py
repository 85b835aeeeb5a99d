"""Which studies are reports of one trial, and what must not be taken for one."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

import pytest

from leukonlp.evidence import EvidenceIndex
from leukonlp.records import Accession, Study

from .made import make

A, B, C, D = (f"NCT0000000{n}" for n in range(1, 5))
EU, EU2, UMIN = "2012-000001-11", "2014-000002-22", "UMIN000000001"
BANKS = {"NCT": "ClinicalTrials.gov", "201": "EudraCT", "UMI": "UMIN-CTR", "CRD": "PROSPERO"}


def report(pmid: str, *numbers: str, design: str | None = None, year: int = 2020) -> Study:
    accessions = tuple(Accession(BANKS[number[:3]], number) for number in numbers)
    return dataclasses.replace(make(pmid, design=design, year=year), registry_numbers=accessions)


def found(index: EvidenceIndex, *studies: Study) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    index.add_many(studies)
    return {trial.number: (trial.numbers, trial.pmids) for trial in index.trials()}


def test_reports_that_share_a_number_are_one_trial(index: EvidenceIndex) -> None:
    trials = found(index, report("3", A, year=2023), report("1", A, year=2019), report("2", B), report("4"))
    assert trials == {A: ((A,), ("1", "3")), B: ((B,), ("2",))}
    first, second = index.trials()
    assert (first.register, first.years) == ("ClinicalTrials.gov", (2019, 2023))
    assert [trial.number for trial in index.trials(at_least=2)] == [A]
    assert second.pmids == ("2",)


@pytest.mark.parametrize("design", ["review", "systematic_review", "guideline"])
def test_a_review_reports_no_trial_and_glues_none(index: EvidenceIndex, design: str) -> None:
    trials = found(index, report("1", A), report("2", B), report("3", A, B, EU, design=design))
    assert trials == {A: ((A,), ("1",)), B: ((B,), ("2",))}


def test_a_list_of_many_numbers_is_no_report(index: EvidenceIndex) -> None:
    trials = found(index, report("1", A), report("2", A, B, C, D, design="other"))
    assert trials == {A: ((A,), ("1",))}


def test_an_extension_of_two_trials_is_a_report_of_both(index: EvidenceIndex) -> None:
    trials = found(index, report("1", A), report("2", B), report("3", A, B, EU))
    assert trials == {A: ((A,), ("1", "3")), B: ((B,), ("2", "3")), EU: ((EU,), ("3",))}


def test_numbers_of_several_registers_name_one_trial(index: EvidenceIndex) -> None:
    trials = found(index, report("1", A, EU), report("2", EU), report("3", EU, UMIN), report("4", UMIN))
    assert trials == {A: ((EU, A, UMIN), ("1", "2", "3", "4"))}, "UMIN by way of EudraCT"


def test_two_numbers_of_one_register_never_become_one(index: EvidenceIndex) -> None:
    """A European number printed beside one American number twice and another once is of the first."""
    trials = found(index, report("1", A, EU), report("2", A, EU), report("3", B, EU), report("4", EU))
    assert trials == {A: ((EU, A), ("1", "2", "3", "4")), B: ((B,), ("3",))}


def test_a_registered_review_is_no_trial(index: EvidenceIndex) -> None:
    assert found(index, report("1", "CRD42000000001", A)) == {A: ((A,), ("1",))}


def test_a_study_of_something_else_counts_for_nothing(index: EvidenceIndex) -> None:
    other = dataclasses.replace(make("9", (), body="Nothing."), registry_numbers=(Accession("X", A),))
    assert found(index, other) == {}


def test_the_view_says_what_the_library_says(index: EvidenceIndex, path: Path) -> None:
    found(index, report("1", A, EU), report("2", EU, year=2022), report("3", B), report("4", EU2))
    index.close()
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT trial, register, reports, first_year, last_year FROM trials ORDER BY reports DESC, trial"
    ).fetchall()
    connection.close()
    with EvidenceIndex(path, readonly=True) as again:
        told = [(t.number, t.register, len(t.pmids), *t.years) for t in again.trials()]
    assert rows == told == [
        (A, "ClinicalTrials.gov", 2, 2020, 2022),
        (EU2, "EudraCT", 1, 2020, 2020),
        (B, "ClinicalTrials.gov", 1, 2020, 2020),
    ]  # fmt: skip
