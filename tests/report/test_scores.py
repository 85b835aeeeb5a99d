"""The page tells how often tags err, in the figures that were measured."""

from __future__ import annotations

import json
from pathlib import Path

from leukonlp.report import scores
from leukonlp.report.words import percent

RESULT = Path(__file__).resolve().parents[2] / "benchmarks" / "results" / "study_tags.json"


def test_the_figures_are_those_of_the_benchmark() -> None:
    measured = json.loads(RESULT.read_text(encoding="utf-8"))
    gold = measured["rules and tagger"]["gold"]
    rows = {(row["field"], row["measure"]): row for row in scores.measured()["rows"]}
    assert scores.measured()["records"] == gold["phase"]["n"]
    for field, name in (("Phase", "phase"), ("Design", "design"), ("About a leukodystrophy", "relevant")):
        assert abs(rows[field, "right"]["share"] - gold[name]["accuracy"]) < 1e-4
    named, found = gold["modality"]["micro"]["n_predicted"], gold["modality"]["micro"]["n_gold"]
    assert rows["Treatment", "of those named, right"]["n"] == named
    assert rows["Treatment", "of those studied, found"]["n"] == found
    assert all(row["low"] <= row["share"] <= row["high"] for row in rows.values())


def test_the_readme_tells_the_same() -> None:
    said = (RESULT.parents[2] / "README.md").read_text(encoding="utf-8").replace("\n", " ")
    phase, design, right, found = (
        percent(scores.measured()["rows"][place]["share"]) for place in (1, 2, 3, 4)
    )
    assert f"on {scores.measured()['records']} real records labelled by reading" in said
    assert f"the phase was right for {phase} and the design for {design}" in said
    assert f"of the treatments it named {right} were right, and it named {found} of those studied" in said
