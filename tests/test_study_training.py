"""`leukonlp train studies` from a command to a tagger that `annotate` uses."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from leukonlp import cli
from leukonlp.config import Settings
from leukonlp.errors import SettingsError
from leukonlp.packaged import SUMS, sums
from leukonlp.records import Abstract, Failure, Study
from leukonlp.studies import decision
from leukonlp.workflow import workers
from leukonlp.workflow.study_training import FOLDS
from leukonlp.workflow.workers import annotate_records, run_versions

RULES = Settings(ner=(), tagger=())
PLACES = ("the north", "the south", "the east", "the west", "a harbour", "a valley")
KINDS = (
    ("Zebrafish larvae with a silenced gene", "Larvae swam in dishes.", "animal_study", "preclinical", []),
    (
        "Quiet talks about atorvastatin",
        "Talks went on about atorvastatin.",
        "cross_sectional",
        "unphased",
        ["small_molecule"],
    ),
)


@pytest.fixture
def taught(tmp_path: Path) -> tuple[Path, Path]:
    """A dozen invented records and their labels."""
    records, labels = [], []
    for n, place in enumerate(PLACES):
        for k, (title, abstract, design, phase, modality) in enumerate(KINDS, start=1):
            pmid = f"{n + 1}0{k}"
            records.append({"pmid": pmid, "title": f"{title} in {place}", "abstract": abstract})
            labels.append({"pmid": pmid, "design": design, "phase": phase, "modality": modality})
    return lines(tmp_path / "records.jsonl", records), lines(tmp_path / "labels.jsonl", labels)


def lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def train(records: Path, labels: Path, out: Path) -> int:
    return cli.main(
        ["train", "studies", "--labels", str(labels), "--data", str(records), "--out", str(out), "--no-ner"]
    )


@pytest.fixture
def folder(taught: tuple[Path, Path], tmp_path: Path) -> Path:
    """A tagger that the command wrote."""
    assert train(*taught, tmp_path / "tagger") == 0
    return tmp_path / "tagger"


def test_the_command_writes_a_tagger_and_says_how_good_it_is(
    taught: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(*taught, tmp_path / "tagger") == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == ["phase\t12\t12\t1.0000", "design\t12\t12\t1.0000"]
    assert "12 of 12 labelled records found\n" in said.err
    meta = json.loads((tmp_path / "tagger" / "meta.json").read_text())
    assert meta["n_studies"] == 12
    assert meta["scores"] == {"phase": {"n": 12, "right": 12}, "design": {"n": 12, "right": 12}}
    assert set(meta["thresholds"]["design"]["animal_study"]) == {"balanced", "precise", "sensitive"}
    assert "small_molecule" in meta["thresholds"]["modality"]


def test_the_same_command_writes_the_same_points(taught: tuple[Path, Path], tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert train(*taught, tmp_path / name) == 0
    assert (tmp_path / "one" / "meta.json").read_text() == (tmp_path / "two" / "meta.json").read_text()


def test_the_order_of_the_records_changes_no_score(taught: tuple[Path, Path], tmp_path: Path) -> None:
    records, labels = taught
    backwards = tmp_path / "backwards.jsonl"
    backwards.write_text("".join(reversed(records.read_text().splitlines(keepends=True))))
    assert train(records, labels, tmp_path / "one") == 0
    assert train(backwards, labels, tmp_path / "two") == 0
    assert (tmp_path / "one" / "meta.json").read_text() == (tmp_path / "two" / "meta.json").read_text()


def test_annotate_uses_the_tagger_that_the_settings_name(folder: Path, tmp_path: Path) -> None:
    new = [{"pmid": "9", "title": "Quiet talks about atorvastatin in town", "abstract": "Talks went on."}]
    records, config = lines(tmp_path / "new.jsonl", new), tmp_path / "leukonlp.toml"
    config.write_text(f'ner = []\ntagger = ["{folder}"]\n', encoding="utf-8")
    told = {}
    for name, options in (("with", []), ("without", ["--no-tagger"])):
        out = tmp_path / f"{name}.jsonl"
        command = ["annotate", str(records), "--out", str(out), "--config", str(config)]
        assert cli.main([*command, *options]) == 0
        told[name] = json.loads(out.read_text())
    (tag,) = [t for t in told["with"]["study"]["modality"] if t["basis"] == "model"]
    assert (tag["label"], tag["quote"]["text"]) == ("small_molecule", "atorvastatin")
    assert told["with"]["study"]["design"]["label"] == "cross_sectional"
    assert told["with"]["versions"]["models"] == {str(folder): run_model_version(folder)}
    assert told["without"]["study"]["modality"] == []
    assert "models" not in told["without"]["versions"] or not told["without"]["versions"]["models"]


def run_model_version(folder: Path) -> str:
    return dict(run_versions(dataclasses.replace(RULES, tagger=(str(folder),))))[f"models.{folder}"]


def test_a_tagger_trained_anew_has_another_version(folder: Path) -> None:
    workers._model_version.cache_clear()
    before = run_model_version(folder)
    (folder / SUMS).write_text((folder / SUMS).read_text().replace("a", "b"))
    workers._model_version.cache_clear()
    assert run_model_version(folder) != before
    assert "unversioned" not in before


def test_the_hashes_are_those_of_the_files(folder: Path) -> None:
    listed = dict(line.split("  ")[::-1] for line in (folder / SUMS).read_text().splitlines())
    assert listed == sums(folder)
    assert set(listed) == {"tagger.skops", "meta.json"}


def test_an_absent_tagger_is_named_by_its_setting() -> None:
    with pytest.raises(SettingsError, match="tagger names the tagger 'absent', which is not installed"):
        run_versions(dataclasses.replace(RULES, tagger=("absent",)))


def test_a_record_that_trips_the_tagger_is_listed_and_stops_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = decision.tagged

    def trip(studies: list[Study], *others: Any) -> list[Study]:
        if any(study.pmid == "2" for study in studies):
            raise ZeroDivisionError("of zero words")
        return right(studies, *others)

    monkeypatch.setattr(decision, "tagged", trip)
    workers._annotator.cache_clear()
    records = [Abstract(str(n), "Quiet talks", "about atorvastatin") for n in (1, 2, 3)]
    try:
        done = list(annotate_records(records, settings=dataclasses.replace(RULES, tagger=(str(folder),))))
    finally:
        workers._annotator.cache_clear()
    assert [type(item) for item in done] == [Study, Failure, Study]
    assert done[1] == Failure("", 0, "ZeroDivisionError: of zero words", pmid="2", kind="error")


def test_a_label_outside_the_scheme_is_named(
    taught: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records, labels = taught
    labels.write_text(labels.read_text().replace("cross_sectional", "crosswise", 1))
    assert train(records, labels, tmp_path / "tagger") != 0
    said = capsys.readouterr().err
    assert 'labels.jsonl, line 2: design is "crosswise"' in said
    assert not (tmp_path / "tagger").exists()


def test_missing_records_are_named(
    taught: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records, labels = taught
    more = {"pmid": "777", "design": "cohort"}
    labels.write_text(labels.read_text() + json.dumps(more) + "\n")
    assert train(records, labels, tmp_path / "tagger") == 0
    assert "12 of 13 labelled records found; missing: 777\n" in capsys.readouterr().err


def test_no_labelled_record_is_an_error(
    taught: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = lines(tmp_path / "other.jsonl", [{"pmid": "777", "design": "cohort"}])
    assert train(taught[0], other, tmp_path / "tagger") != 0
    assert "none of the 1 labelled records is in" in capsys.readouterr().err


def test_too_few_records_are_an_error(
    taught: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("".join(taught[1].read_text().splitlines(keepends=True)[: FOLDS - 1]))
    assert train(taught[0], few, tmp_path / "tagger") != 0
    assert f"{FOLDS - 1} labelled records are too few" in capsys.readouterr().err


def test_records_labelled_twice_and_read_twice_count_once(
    taught: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records, labels = taught
    command = ["train", "studies", "--labels", str(labels), str(labels), "--data", str(records), str(records)]
    assert cli.main([*command, "--out", str(tmp_path / "tagger"), "--no-ner"]) == 0
    assert "12 of 12 labelled records found\n" in capsys.readouterr().err
