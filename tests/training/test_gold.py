"""No abstract of a test split trains a model, in whatever corpus it stands."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leukonlp.training.gold import CORPORA, Document, read_corpus, without_leaks

TEXT = "A boy with leukodystrophy.\nHe was given a drug, and did well for the next two years."


def document(corpus: str, id: str, split: str, text: str = "") -> Document:
    return Document(corpus, id, text or f"{TEXT} ({corpus} {id})", split, (), ("GENE",))


def test_a_pmid_of_any_test_split_trains_nothing() -> None:
    splits = without_leaks(
        [document("bc5cdr", "1", "test"), document("biored", "1", "train"), document("biored", "2", "dev")]
    )
    assert [d.id for d in splits.train] == []
    assert [d.id for d in splits.dev] == ["2"]
    assert splits.left_out == {"biored: in a test split": 1}


def test_a_pmid_of_a_development_split_trains_nothing() -> None:
    splits = without_leaks(
        [document("bc5cdr", "1", "dev"), document("biored", "1", "train"), document("biored", "2", "train")]
    )
    assert [d.id for d in splits.train] == ["2"]


def test_a_sentence_out_of_a_test_text_trains_nothing() -> None:
    test = document("ncbi-disease", "9", "test", TEXT)
    sentence = document("bc2gm", "P1", "train", "He was given a drug , and did well for the next two years .")
    assert without_leaks([test, sentence]).train == []


def test_records_that_are_judged_on_train_nothing() -> None:
    splits = without_leaks(
        [document("biored", "1", "train"), document("biored", "2", "dev")], never={"1", "2"}
    )
    assert (splits.train, splits.dev) == ([], [])
    assert splits.left_out == {"biored: kept for judging": 2}


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: dict[str, Any]) -> Path:
        with gzip.open(tmp_path / "nlm-gene.jsonl.gz", "wt", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(row) + "\n")
        return tmp_path

    return write


def entity(start: int, end: int, type: str, text: str) -> dict[str, Any]:
    return {"start": start, "end": end, "type": type, "text": text}


def test_reads_types_splits_and_slips(corpus: Callable[..., Path]) -> None:
    good = {
        "id": "1",
        "text": "ARSA and kinases",
        "split": "test",
        "entities": [entity(0, 4, "Gene", "ARSA"), entity(9, 16, "FamilyName", "kinases")],
    }
    motif = {
        "id": "2",
        "text": "the RING motif",
        "split": "train",
        "entities": [entity(4, 14, "DomainMotif", "RING motif")],
    }
    wrong = {"id": "3", "text": "GALC", "split": "train", "entities": [entity(0, 3, "Gene", "GALC")]}
    more = [{"id": str(i), "text": f"text {i}", "split": "train", "entities": []} for i in range(10, 100)]
    slips: list[str] = []
    found = {d.id: d for d in read_corpus(corpus(good, motif, wrong, *more), "nlm-gene", slips)}
    assert found["1"].spans == ((0, 4, "GENE"), (9, 16, "GENE"))
    assert found["2"].spans == ((4, 14, "UNKNOWN"),)
    assert "3" not in found
    assert len(slips) == 1
    assert "GAL" in slips[0]
    assert sum(d.split == "dev" for d in found.values()) == CORPORA["nlm-gene"].held_out


@pytest.mark.shared
def test_the_real_corpora_share_no_abstract_between_splits(shared: Path) -> None:
    documents = [d for name in CORPORA for d in read_corpus(shared / "ner", name, [])]
    splits = without_leaks(documents)
    tested = {d.id for d in splits.test}
    assert tested.isdisjoint(d.id for d in [*splits.train, *splits.dev])
    assert {d.id for d in splits.dev}.isdisjoint(d.id for d in splits.train)
    assert len(splits.train) > 15_000
    assert {d.corpus for d in splits.test} == set(CORPORA) - {"drugprot"}
