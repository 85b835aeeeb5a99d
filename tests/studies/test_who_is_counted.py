"""Those enrolled, screened and compared with: which counts of a record become facts, design by design."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukonlp.records import Fact
from leukonlp.studies import participants, people
from leukonlp.studies.reading import Reading

Said = tuple[int, str] | None

COUNTED: list[tuple[str, str, Said, Said, Said, int]] = [
    ("case_report", "A 6-year-old boy was treated.", (1, "A 6-year-old boy"), None, None, 0),
    (
        "case_report",
        "We report 40 patients. A 6-year-old boy was treated.",
        (40, "40 patients"),
        None,
        None,
        40,
    ),
    ("case_report", "This is a case of gout.", (1, "This is a case"), None, None, 0),
    ("case_report", "Gout was seen.", None, None, None, 0),
    ("case_report", "A girl with gout was treated.", (1, "A girl with"), None, None, 0),
    ("case_report", "Cells of a boy with gout were treated.", None, None, None, 0),
    ("case_report", "BACKGROUND: A boy with gout was known. METHODS: We looked.", None, None, None, 0),
    ("cohort", "A boy with gout was treated. We followed 20 patients.", (20, "20 patients"), None, None, 20),
    ("cohort", "Forty-four patients were screened.", (44, "Forty-four patients"), None, None, 44),
    (
        "cohort",
        "Forty-four patients were screened and 50 patients were screened.",
        (50, "50 patients"),
        None,
        None,
        50,
    ),
    ("cohort", "BACKGROUND: Forty-four patients were screened. METHODS: We looked.", None, None, None, 0),
    (
        "cohort",
        "Forty-four patients were screened and 36 patients were enrolled.",
        (36, "36 patients"),
        (44, "Forty-four patients"),
        None,
        44,
    ),
    (
        "cohort",
        "Thirty patients were screened and 36 patients were enrolled.",
        (36, "36 patients"),
        None,
        None,
        36,
    ),
    (
        "cohort",
        "We screened 1000 newborns; 3 infants were treated.",
        (1000, "1000 newborns"),
        (1000, "1000 newborns"),
        None,
        1000,
    ),
    (
        "randomized_trial",
        "We screened 1000 newborns; 30 infants were enrolled.",
        (30, "30 infants"),
        (1000, "1000 newborns"),
        None,
        1000,
    ),
    (
        "cohort",
        "Dried blood spots of 1000 newborns were tested. We treated 12 infants.",
        (1000, "1000 newborns"),
        (1000, "1000 newborns"),
        None,
        1000,
    ),
    (
        "cohort",
        "We compared 20 patients with 30 healthy controls and 40 untreated siblings.",
        (90, "20 patients with 30 healthy controls and 40 untreated siblings"),
        None,
        (30, "30 healthy controls"),
        90,
    ),
    ("cohort", "We compared 20 patients with 1 healthy control.", (20, "20 patients"), None, None, 20),
    (
        "cohort",
        "We compared 20 patients with 2 healthy controls.",
        (22, "20 patients with 2 healthy controls"),
        None,
        (2, "2 healthy controls"),
        22,
    ),
    (
        "case_report",
        "We compared 20 patients with 30 healthy controls.",
        (50, "20 patients with 30 healthy controls"),
        None,
        None,
        50,
    ),
    (
        "cohort",
        "CONCLUSIONS: We compared 20 patients with 30 healthy controls.",
        (20, "20 patients"),
        None,
        None,
        20,
    ),
    (
        "randomized_trial",
        "Men took drug A (n = 40) or placebo (n = 39).",
        (79, "n = 40) or placebo (n = 39"),
        None,
        (39, "n = 39"),
        79,
    ),
    (
        "randomized_trial",
        "We enrolled 79 men: 40 men received drug A, 39 men received placebo.",
        (79, "79 men"),
        None,
        (39, "39 men"),
        79,
    ),
    ("randomized_trial", "We enrolled 39 men, 39 men received placebo.", (39, "39 men"), None, None, 39),
    (
        "randomized_trial",
        "We enrolled 79 men. RESULTS: 40 men died. CONCLUSIONS: 39 men received placebo.",
        (79, "79 men"),
        None,
        None,
        79,
    ),
    (
        "randomized_trial",
        "Men took drug A (n = 40) or usual care (n = 39).",
        (79, "n = 40) or usual care (n = 39"),
        None,
        (39, "n = 39"),
        79,
    ),
    (
        "randomized_trial",
        ("Ninety-six patients were enrolled and 91 patients were randomised; 5 patients were not."),
        (96, "Ninety-six patients"),
        None,
        None,
        96,
    ),
    (
        "randomized_trial",
        "Ninety-six patients were enrolled. Then 91 patients were randomised.",
        (96, "Ninety-six patients"),
        None,
        None,
        96,
    ),
    ("cohort", "We enrolled 1 boy. We saw gout.", (1, "1"), None, None, 1),
    ("cohort", "Patients (n = 29) were enrolled.", (29, "n = 29"), None, None, 29),
    ("cohort", "Patients [n = 29] were enrolled.", (29, "n = 29"), None, None, 29),
    ("cohort", "Patients were enrolled (n = 29).", (29, "n = 29"), None, None, 29),
    (
        "cohort",
        "Controls (n = 12) and patients (n = 29) were enrolled.",
        (41, "n = 12) and patients (n = 29"),
        None,
        (12, "n = 12"),
        41,
    ),
    ("cohort", "A total of 29 were enrolled.", (29, "29"), None, None, 29),
    ("cohort", "A total of 29 mg was given.", None, None, None, 0),
    ("cohort", "The number of samples tested was 397.", None, None, None, 0),
    ("cohort", "Overall, 84 town nurses were randomly divided.", (84, "84 town nurses"), None, None, 84),
    ("cohort", "Overall, 84 mice were randomly divided.", None, None, None, 0),
    ("cohort", "44 were then screened; 12 were treated.", (12, "12 were treated"), None, None, 12),
    ("cohort", "Case 6 was treated. Group 7 was treated.", None, None, None, 0),
    (
        "cohort",
        "In a previous study, 300 patients were treated. We treated 12 patients.",
        (12, "12 patients"),
        None,
        None,
        12,
    ),
    (
        "cohort",
        "Twelve pairs of shoes were bought. We treated nine patients.",
        (9, "nine patients"),
        None,
        None,
        9,
    ),
    ("cohort", "Twelve mother-child pairs were treated.", (12, "Twelve mother-child pairs"), None, None, 0),
    ("cohort", "Cells from 12 patients were tested.", None, None, None, 0),
    ("cohort", "We followed 30 untreated children.", (30, "30 untreated children"), None, None, 30),
    (
        "cohort",
        "Results were compared with those of 30 untreated children. We treated 12 children.",
        (12, "12 children"),
        None,
        (30, "30 untreated children"),
        12,
    ),
]
"""Design, text; those enrolled, screened, compared with, each with its quote; the most that is credible."""


def _said(fact: Fact | None) -> object:
    return None if fact is None else (fact.value, fact.quote.text)


@pytest.mark.parametrize(("design", "abstract", "enrolled", "screened", "compared", "most"), COUNTED)
def test_who_is_counted(
    read: Callable[..., Reading],
    design: str,
    abstract: str,
    enrolled: Said,
    screened: Said,
    compared: Said,
    most: int,
) -> None:
    reading = read("Outcome of treatment", abstract)
    found = people.find(reading)
    whole = participants.enrolled(reading, found, design=design)
    assert _said(whole) == enrolled
    assert _said(participants.screened(reading, found, whole, design=design)) == screened
    assert _said(participants.comparison(reading, found, whole, design=design)) == compared
    assert found.most == most
