"""What an index says about itself."""

from __future__ import annotations

import json
from pathlib import Path

from leukonlp.evidence import EvidenceIndex
from leukonlp.records import Deletion

from .made import ARSA, CORD, HSCT, KRABBE, LATE, MLD, make


def test_an_empty_index(index: EvidenceIndex, path: Path) -> None:
    status = index.status()
    assert status["path"] == str(path)
    assert (status["schema"], status["studies"], status["years"], status["lexicon"]) == (
        5,
        0,
        [None, None],
        None,
    )
    assert status["phase"] == status["disease"] == {}
    assert status["made_by"] == []


def test_counts(index: EvidenceIndex, path: Path) -> None:
    index.add_many(
        [
            make("1", (MLD, ARSA), phase="phase_1", modality="hsct", year=1999, nct=("NCT00000001",)),
            make("2", (MLD, LATE, CORD), phase="phase_1", design="cohort", retracts=("1",)),
            make("3", (KRABBE, HSCT), phase="phase_2", versions=(("leukonlp", "0.2"),), revised="2024-05-06"),
            make("4", (), body="Nothing."),
            make("5"),
        ]
    )
    index.delete(Deletion("5"))
    status = index.status()
    assert json.loads(json.dumps(status)) == status
    assert status.pop("bytes") > 4096
    assert status == {
        "path": str(path),
        "schema": 5,
        "studies": 4,
        "relevant": 3,
        "retracted": 1,
        "deleted": 1,
        "corrected": 0,
        "trials": 1,
        # "metachromatic leukodystrophy" also stands inside its late-infantile form.
        "mentions": 8,
        "years": [1999, 2015],
        "newest_revision": "2024-05-06",
        "updated": None,
        "phase": {"phase_1": 2, "phase_2": 1},
        "design": {"cohort": 1},
        "modality": {"hsct": 1},
        "disease": {
            "metachromatic leukodystrophy": 2,
            "Krabbe disease": 1,
            "late-infantile metachromatic leukodystrophy": 1,
        },
        "gene": {"ARSA": 1},
        "therapy": {"cord blood transplantation": 1, "haematopoietic stem cell transplantation": 1},
        "lexicon": "ten",
        "made_by": [{"studies": 3, "leukonlp": "0.1", "lexicon": "ten"}, {"studies": 1, "leukonlp": "0.2"}],
    }
