"""Which mention stands where lexicon, definitions and models overlap."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from leukonlp import packaged
from leukonlp.config import Settings
from leukonlp.errors import ModelError, SettingsError
from leukonlp.pipeline.build import build
from leukonlp.pipeline.ner import load_pipelines

Found = dict[str, tuple[str, str, str | None]]


@pytest.fixture
def model(tmp_path: Path) -> Callable[..., str]:
    """A pipeline on disk that tags the given words with the given labels."""

    def make(name: str, **words: str) -> str:
        nlp = spacy.blank("en")
        ruler = nlp.add_pipe("entity_ruler")
        ruler.add_patterns(
            [{"label": label, "pattern": word.replace("_", " ")} for word, label in words.items()]
        )  # type: ignore[attr-defined]
        nlp.to_disk(tmp_path / name)
        return str(tmp_path / name)

    return make


def found(nlp: Language, text: str) -> Found:
    return {m["text"]: (m["type"], m["source"], m["concept"]) for m in nlp(text)._.mentions}


def test_the_lexicon_has_the_last_word(model: Callable[..., str]) -> None:
    one = model("one", severe_Krabbe_disease="DISEASE", Krabbe="GENE", busulfan="CHEMICAL", pain="CONDITION")
    mentions = found(build(Settings(ner=(one,))), "Pain and severe Krabbe disease: pain before aspirin.")
    assert mentions == {
        "Krabbe disease": ("disease", "lexicon", "MONDO:0009499"),
        "pain": ("disease", "model", None),
    }


def test_a_definition_stands_before_a_model(model: Callable[..., str]) -> None:
    one = model("one", MLD="GENE")
    mentions = found(build(Settings(ner=(one,))), "Metachromatic leukodystrophy (MLD). MLD is rare.")
    assert mentions["MLD"][:2] == ("disease", "abbreviation")


def test_of_two_models_the_first_named_stands(model: Callable[..., str]) -> None:
    one, two = (
        model("one", gout="DISEASE"),
        model("two", severe_gout="DISEASE", gout="CHEMICAL", colchicine="DRUG"),
    )
    text = "He took colchicine for severe gout."
    assert set(found(build(Settings(ner=(one, two))), text)) == {"gout", "colchicine"}
    assert set(found(build(Settings(ner=(two, one))), text)) == {"severe gout", "colchicine"}


def test_low_activity_of_an_enzyme_in_the_healthy_is_no_disease(model: Callable[..., str]) -> None:
    words = {"pseudodeficiency": "DISEASE", "ARSA_pseudodeficiency": "DISEASE", "gout": "DISEASE"}
    nlp = build(Settings(ner=(model("one", **words),)))
    assert set(found(nlp, "Gout, gout and ARSA pseudodeficiency, a pseudodeficiency.")) == {"gout", "ARSA"}


def test_labels_that_are_not_ours_are_passed_over(model: Callable[..., str]) -> None:
    assert found(build(Settings(ner=(model("one", boys="PERSON"),))), "Two boys.") == {}


def test_a_near_name_is_linked_and_a_far_one_is_not(model: Callable[..., str]) -> None:
    one = model("one", metachromatic_leukodystrophie="DISEASE", muscular_dystrophy="DISEASE")
    mentions = found(
        build(Settings(ner=(one,))),
        "Metachromatic things, metachromatic leukodystrophie, muscular dystrophy.",
    )
    assert mentions["metachromatic leukodystrophie"][2] == "MONDO:0018868"
    assert mentions["muscular dystrophy"] == ("disease", "model", None)


def test_a_chemical_is_never_linked_to_a_disease(model: Callable[..., str]) -> None:
    one = model("one", adrenoleukodystrophin="CHEMICAL")
    assert (
        found(build(Settings(ner=(one,))), "We gave adrenoleukodystrophin.")["adrenoleukodystrophin"][2]
        is None
    )


def test_batches_give_what_single_texts_give(model: Callable[..., str]) -> None:
    nlp = build(Settings(ner=(model("one", gout="DISEASE"),)))
    texts = ["gout", "", "no", "gout and Krabbe disease"] * 20
    assert [doc._.mentions for doc in nlp.pipe(texts, batch_size=7)] == [
        nlp(text)._.mentions for text in texts
    ]


def test_a_pipeline_without_entities_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "none")
    with pytest.raises(SettingsError, match="sets no entities"):
        load_pipelines([str(tmp_path / "none")])


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: Callable[..., str]) -> Path:
    """A packaged model of our own making."""
    folder = tmp_path / "models" / "tiny_ner"
    folder.parent.mkdir()
    Path(model("one", gout="DISEASE")).rename(folder)
    packaged.write_sums(folder)
    monkeypatch.setattr(packaged, "_roots", lambda: (tmp_path,))
    return folder


def test_a_packaged_model_is_loaded_by_its_name(shipped: Path) -> None:
    assert load_pipelines(["tiny_ner"])[0]("gout").ents


@pytest.mark.parametrize("harm", ["change", "remove", "add", "unlist"])
def test_a_packaged_model_that_was_changed_is_refused(shipped: Path, harm: str) -> None:
    victim = shipped / "meta.json"
    if harm == "change":
        victim.write_text(victim.read_text() + " ")
    elif harm == "remove":
        victim.unlink()
    elif harm == "add":
        (shipped / "more.pkl").write_bytes(b"x")
    else:
        (shipped / packaged.SUMS).unlink()
    with pytest.raises(ModelError, match=r"tiny_ner.*install leukonlp anew"):
        load_pipelines(["tiny_ner"])


def test_a_misspelt_name_of_the_lexicon_stands_before_a_model(model: Callable[..., str]) -> None:
    """Regression: what a model had tagged was not read as a misspelt name."""
    one = model("one", Metachromatic_leukodistrophy="GENE")
    mentions = found(build(Settings(ner=(one,))), "Metachromatic leukodistrophy is rare.")
    assert mentions == {"Metachromatic leukodistrophy": ("disease", "lexicon", "MONDO:0018868")}


def test_no_mention_spans_the_end_of_the_title(model: Callable[..., str]) -> None:
    one = spacy.blank("en")
    one.add_pipe("entity_ruler").add_patterns([{"label": "DISEASE", "pattern": "gout\nPolyneuropathy"}])  # type: ignore[attr-defined]
    path = Path(model("one")).with_name("two")
    one.to_disk(path)
    assert found(build(Settings(ner=(str(path),))), "On gout\nPolyneuropathy is rare.") == {
        "Polyneuropathy": ("disease", "model", None)
    }


def test_a_bare_type_belongs_to_the_disease_before_it(model: Callable[..., str]) -> None:
    one = spacy.blank("en")
    one.add_pipe("entity_ruler").add_patterns(  # type: ignore[attr-defined]
        [{"label": "DISEASE", "pattern": name} for name in ("Gaucher disease", "type 1", "type II")]
    )
    path = Path(model("one")).with_name("two")
    one.to_disk(path)
    text = "Gaucher disease, type 1, and GM2 gangliosidosis, type 1. There was also type II."
    assert found(build(Settings(ner=(str(path),))), text) == {
        "Gaucher disease, type 1": ("disease", "model", None),
        "GM2 gangliosidosis, type 1": ("disease", "lexicon", "MONDO:0010100"),
    }
