"""Trials with the studies that report them; owns the shape.

What one trial is stands in :mod:`leukonlp.evidence.views`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial and its reports: the studies of the index that share a registry number."""

    number: str
    """The number that names it: the ClinicalTrials.gov number where there is one."""
    register: str
    numbers: tuple[str, ...]
    """All its numbers, of any register, sorted."""
    pmids: tuple[str, ...]
    """Its reports, earliest year first."""
    years: tuple[int | None, int | None]
    """Years of the first and the last report."""


_REPORTS = """
    SELECT trial, bank, number, pmid, year FROM trial_numbers JOIN studies ON studies.id = study
    ORDER BY trial, year IS NULL, year, study, number
"""


def find(connection: sqlite3.Connection, *, at_least: int = 1) -> tuple[Trial, ...]:
    """Return the trials with at least so many reports, those with most first."""
    rows: dict[str, list[tuple[str, str, str, int | None]]] = defaultdict(list)
    for trial, *row in connection.execute(_REPORTS):
        rows[trial].append((row[0], row[1], row[2], row[3]))
    trials = [_trial(number, reports) for number, reports in rows.items()]
    wanted = [trial for trial in trials if len(trial.pmids) >= at_least]
    return tuple(sorted(wanted, key=lambda trial: (-len(trial.pmids), trial.number)))


def _trial(trial: str, reports: list[tuple[str, str, str, int | None]]) -> Trial:
    years = [year for _, _, _, year in reports if year is not None]
    return Trial(
        number=trial,
        register=next(bank for bank, number, _, _ in reports if number == trial),
        numbers=tuple(sorted({number for _, number, _, _ in reports})),
        pmids=tuple(dict.fromkeys(pmid for _, _, pmid, _ in reports)),
        years=(min(years, default=None), max(years, default=None)),
    )
