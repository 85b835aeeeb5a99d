"""The label scheme is the one of the contract, in its order."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from leukonlp.studies import DESIGNS, LABEL_SCHEME, MODALITIES, PHASES, STAGES, phase_rank


def test_scheme_1_has_its_labels_in_order() -> None:
    assert LABEL_SCHEME == "1"
    assert " ".join(PHASES) == (
        "preclinical early_phase_1 phase_1 phase_1_2 phase_2 phase_2_3 phase_3 phase_4 unphased "
        "not_applicable"
    )
    assert (len(DESIGNS), DESIGNS[0], DESIGNS[-1]) == (14, "randomized_trial", "other")
    assert (len(MODALITIES), MODALITIES[0], MODALITIES[-1]) == (11, "gene_therapy", "supportive_care")
    assert STAGES == ("presymptomatic", "early_symptomatic", "advanced", "mixed")


def test_rank_orders_development() -> None:
    climbing = [
        "unphased",
        "preclinical",
        "early_phase_1",
        "phase_1",
        "phase_1_2",
        "phase_2",
        "phase_2_3",
        "phase_3",
        "phase_4",
    ]
    assert [phase_rank(label) for label in climbing] == list(range(9))
    assert phase_rank("not_applicable") == 0


def test_an_unknown_phase_is_named_with_those_allowed() -> None:
    with pytest.raises(ValueError, match="'phase_5' is no phase; allowed are preclinical"):
        phase_rank("phase_5")


def test_no_record_is_labelled_in_two_files_and_every_label_is_of_the_scheme(root: Path) -> None:
    files: dict[str, str] = {}
    for path in sorted((root / "corpora" / "labels").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert files.setdefault(row["pmid"], path.name) == path.name, row["pmid"]
            if path.name == "people.jsonl":  # the number of people and nothing else
                assert row.keys() <= {"pmid", "n", "clear"}
                continue
            assert row["phase"] in PHASES
            assert row.get("design", DESIGNS[0]) in DESIGNS
            assert set(row.get("modality") or ()) <= set(MODALITIES)
    assert Counter(files.values()) == {
        "gold.jsonl": 184,
        "people.jsonl": 679,
        "phase.jsonl": 200,
        "phase_dev.jsonl": 178,
        "train.jsonl": 4944,
    }
