"""A gold standard and predictions that do not fit are refused, not scored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leukonlp.errors import InputError
from leukonlp.records import Abstract, Study, Tag
from leukonlp.workflow.scores import score_studies

STUDY = Study(Abstract("1", "Krabbe disease in twins."), relevant=Tag(True), phase=Tag("phase_3"))


def write(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def predicted(tmp_path: Path) -> Path:
    return write(tmp_path / "predicted.jsonl", STUDY.to_dict())


@pytest.mark.parametrize(
    ("judged", "words"),
    [
        ({"phase": "phase3"}, r'line 2: phase is "phase3"; give one label, out of "preclinical", '),
        ({"phase": ["phase_3"]}, r'phase is \["phase_3"\]; give one label'),
        ({"design": "trial"}, 'design is "trial"; give one label, out of "randomized_trial"'),
        ({"relevant": "yes"}, 'relevant is "yes"; give one label, out of true, false'),
        ({"relevant": 1}, "relevant is 1; give one label, out of true, false"),
        ({"modality": "hsct"}, 'modality is "hsct"; give a list of labels, out of "gene_therapy"'),
        ({"modality": ["hsct", "surgery"]}, r'modality is \["hsct", "surgery"\]; give a list of labels'),
    ],
)
def test_a_judgement_outside_the_scheme(
    predicted: Path, tmp_path: Path, judged: dict[str, Any], words: str
) -> None:
    """Regression: a misspelt gold label became a class of its own, and an error of the annotation."""
    gold = write(tmp_path / "gold.jsonl", {"pmid": "1", "phase": "phase_3"}, {"pmid": "2", **judged})
    with pytest.raises(InputError, match=words):
        score_studies(gold, predicted=predicted)


def test_every_kind_of_judgement(predicted: Path, tmp_path: Path) -> None:
    right = {"relevant": True, "phase": "phase_3", "design": "protocol", "modality": []}
    gold = write(tmp_path / "gold.jsonl", {"pmid": "1", **right}, {"pmid": "2", "phase": None})
    scores = score_studies(gold, predicted=predicted)
    found = {field: score.to_dict()["accuracy"] for field, score in scores.items()}
    assert found == {"relevant": 1, "phase": 1, "design": 0, "modality": 1}


def test_no_shared_record(predicted: Path, tmp_path: Path) -> None:
    """Regression: with no record in common the modality was right in 100 percent."""
    gold = write(tmp_path / "gold.jsonl", {"pmid": "8", "modality": []})
    with pytest.raises(InputError, match=r"predicted\.jsonl holds none of the records that .*gold\.jsonl"):
        score_studies(gold, predicted=predicted)
