"""What the browser tests share: where a browser is found, an open page, and a page of made-up studies.

Where no browser can be had the tests skip and say so; with BROWSER_REQUIRED in the environment (CI sets
it) they fail instead.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest

from leukonlp.evidence import EvidenceIndex
from leukonlp.records import Study

from .made import build

MLD, ALD, KRABBE, PMD = "MONDO:0018868", "MONDO:0018544", "MONDO:0009499", "MONDO:0010714"
DISEASES = (MLD, ALD, KRABBE, PMD)
MODALITIES = (("gene_therapy",), ("hsct",), ("small_molecule", "dietary"), ())
PHASES = ("phase_1_2", "unphased", "preclinical", "phase_3", None)
DESIGNS = ("single_arm_trial", "cohort", "animal_study", "case_report", "randomized_trial")
NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def missing(reason: str) -> NoReturn:
    """Skip, or fail where a browser is required."""
    words = f"no browser to look at the page with: {reason}"
    if os.environ.get("BROWSER_REQUIRED"):
        pytest.fail(words)
    pytest.skip(words)


@dataclass
class Visit:
    """An open page, and everything it did that a page of data must not do."""

    page: Any
    faults: list[str] = field(default_factory=list)

    def said(self, selector: str) -> str:
        """The words of one element, spaces evened out."""
        return " ".join(self.page.locator(selector).inner_text().split())

    def shown(self) -> str:
        """What the bar says of the number of studies."""
        return self.said("#shown")

    def titles(self) -> list[str]:
        """Titles in the table, in order."""
        return [text.strip() for text in self.page.locator("#list .title").all_inner_texts()]


def series() -> list[Study]:
    """Return sixty studies of every kind, one of them retracted, some without year, phase or treatment."""
    return [
        build(
            str(30_000_000 + n),
            f"Study {n} of a made-up series",
            year=None if n == 7 else 2000 + n % 25,
            phase=PHASES[n % 5],
            design=DESIGNS[n % 5],
            modality=MODALITIES[n % 4],
            diseases=(DISEASES[n % 3], *((PMD,) if n % 7 == 0 else ())),
            retracted=n == 11,
            registry=("NCT01560182",) if n in (3, 8, 21) else ("ISRCTN12345678",) if n == 5 else (),
            journal="Journal of Made-up Studies",
            **(
                {}
                if n % 10 != 6
                else {"abstract": f"Nothing is counted in text {n}, which speaks of Goutières."}
            ),
        )
        for n in range(60)
    ]


@dataclass
class Written:
    """A page on disk and the index it shows."""

    path: Path
    db: Path

    def count(self, **conditions: Any) -> int:
        """Studies of the index that are relevant, not retracted, and meet the conditions."""
        with EvidenceIndex(self.db, readonly=True) as index:
            return index.search(relevant=True, retracted=False, limit=1, **conditions).total


def combinations() -> Iterator[tuple[str, str]]:
    """Every disease with every modality that the studies have."""
    return itertools.product(DISEASES, ("gene_therapy", "hsct", "small_molecule", "dietary"))
