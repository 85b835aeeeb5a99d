"""The models that travel with the package are whole, small, described, and do what their cards say."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from leukonlp import packaged

MODELS = Path(__file__).resolve().parents[1] / "models"
FOLDERS = sorted(path for path in MODELS.iterdir() if path.is_dir())
SAFE = {".json", ".cfg", ".safetensors", ".md", ".skops", ".onnx", ""}
LEUKO_NER_BYTES, ALL_BYTES = 20_000_000, 40_000_000


def test_there_is_a_model() -> None:
    assert [path.name for path in FOLDERS]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_model_has_its_hashes_a_card_and_no_code(folder: Path) -> None:
    assert packaged.model(folder.name)
    assert (folder / "README.md").stat().st_size > 1000
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} <= SAFE
    for path in files:
        assert not path.read_bytes()[:2].startswith(b"\x80\x04"), f"{path} is a pickle"


def test_all_models_together_are_small() -> None:
    sizes = {
        folder.name: sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) for folder in FOLDERS
    }
    assert sum(sizes.values()) < ALL_BYTES
    assert sizes["leuko_ner"] < LEUKO_NER_BYTES


@pytest.fixture(scope="module")
def leuko_ner() -> spacy.language.Language:
    return spacy.load(MODELS / "leuko_ner")


def test_leuko_ner_is_an_ordinary_spacy_pipeline(leuko_ner: spacy.language.Language) -> None:
    meta = leuko_ner.meta
    assert (meta["name"], meta["license"]) == ("leuko_ner", "Apache-2.0")
    assert meta["labels"]["ner"] == ["DISEASE", "GENE", "CHEMICAL"]
    assert len(meta["sources"]) >= 8
    assert meta["description"]
    assert leuko_ner.config["recipe"]["seeds"]


def test_leuko_ner_finds_what_the_lexicon_lacks(leuko_ner: spacy.language.Language) -> None:
    doc = leuko_ner(
        "Hydroxyurea and pulmonary hypertension in sickle cell disease.\nWe gave hydroxyurea to mice that "
        "lack the TP53 gene. Doxorubicin caused cardiomyopathy."
    )
    found = {(ent.text, ent.label_) for ent in doc.ents}
    assert {
        ("Hydroxyurea", "CHEMICAL"), ("hydroxyurea", "CHEMICAL"), ("pulmonary hypertension", "DISEASE"),
        ("sickle cell disease", "DISEASE"), ("TP53", "GENE"),
        ("Doxorubicin", "CHEMICAL"), ("cardiomyopathy", "DISEASE"),
    } <= found  # fmt: skip


def test_a_saved_copy_reads_alike(leuko_ner: spacy.language.Language, tmp_path: Path) -> None:
    text = "Cerliponase alfa slowed CLN2 disease; TPP1 activity rose after temozolomide."
    leuko_ner.to_disk(tmp_path / "copy")
    again = spacy.load(tmp_path / "copy")(text)
    assert [(e.text, e.label_) for e in again.ents] == [(e.text, e.label_) for e in leuko_ner(text).ents]


def test_pipe_processes_and_single_texts_agree(leuko_ner: spacy.language.Language) -> None:
    texts = ["Gout was treated with colchicine.", "", "BRCA1 in breast cancer", "no names here"] * 3

    def places(docs: Iterable[Doc]) -> list[list[tuple[int, str]]]:
        return [[(e.start_char, e.label_) for e in doc.ents] for doc in docs]

    single = places(map(leuko_ner, texts))
    assert places(leuko_ner.pipe(texts, batch_size=5)) == single
    assert places(leuko_ner.pipe(texts, n_process=2)) == single


def script(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, MODELS.parent / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_card_shows_the_scores_beside_it() -> None:
    folder = MODELS / "leuko_ner"
    ship = script("ship_ner")
    scores = json.loads((folder / "scores.json").read_text())
    written = (folder / "README.md").read_text(encoding="utf-8")
    seed = re.search(r"seed (\d+), named before scoring", written)
    assert seed is not None
    assert ship.card(scores, f"seed-{seed[1]}", ship.size_of(folder)) == written


def test_the_tagger_card_shows_what_is_recorded_beside_it() -> None:
    folder = MODELS / "study_tagger"
    ship = script("ship_tagger")
    tagger, meta = ship.load(folder)
    size = sum((folder / name).stat().st_size for name in (ship.FILE, ship.META))
    assert ship.card(meta, len(tagger.vocabulary_), size) == (folder / "README.md").read_text(
        encoding="utf-8"
    )
    assert size < 10_000_000
