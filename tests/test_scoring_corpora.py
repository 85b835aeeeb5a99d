"""Corpora on disk against annotation, files of predictions and spaCy pipelines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import spacy

from leukonlp import cli
from leukonlp.config import Settings
from leukonlp.errors import InputError, SettingsError
from leukonlp.lexicon import load_lexicon
from leukonlp.scoring import MentionScore
from leukonlp.workflow.annotation import annotate_files
from leukonlp.workflow.mention_scores import score_linking, score_mentions
from leukonlp.workflow.substances import is_substance

SETTINGS = Settings(batch_size=4)
KRABBE = "Krabbe disease in twins.\nBoth had Krabbe disease and took busulfan."


def entity(text: str, words: str, type: str, nth: int = 1, **changes: Any) -> dict[str, Any]:
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words, "type": type, "norm": "", **changes}


def document(text: str, *entities: dict[str, Any], id: str = "1", **changes: Any) -> dict[str, Any]:
    return {"id": id, "text": text, "entities": list(entities), **changes}


def write(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def rate(score: MentionScore, type: str) -> tuple[float, int, int]:
    rates = score.strict.by_type[type]
    return rates.credit, rates.n_gold, rates.n_predicted


TWINS = document(
    KRABBE,
    entity(KRABBE, "Krabbe disease", "SpecificDisease"),
    entity(KRABBE, "Krabbe disease", "Modifier", 2),
)
DRUG = document(KRABBE, entity(KRABBE, "busulfan", "DRUG"), id="2")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path / "twins.jsonl", TWINS)


@pytest.fixture
def model(tmp_path: Path) -> str:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "Disease", "pattern": "Krabbe disease"},
            {"label": "DRUG", "pattern": "twins"},
            {"label": "ORG", "pattern": "Both"},
        ]
    )
    nlp.to_disk(tmp_path / "model")
    return str(tmp_path / "model")


class TestAnnotation:
    def test_gold_texts_are_annotated_where_no_predictions_are_given(self, gold: Path) -> None:
        scores = score_mentions([gold], settings=SETTINGS)
        assert set(scores) == {"twins"}
        assert rate(scores["twins"], "disease") == (2, 2, 2)
        assert set(scores["twins"].strict.by_type) == {"disease"}

    def test_a_text_of_one_line_keeps_its_offsets(self, tmp_path: Path) -> None:
        text = "Two sibs had Krabbe disease."
        path = write(tmp_path / "g.jsonl", document(text, entity(text, "Krabbe disease", "disease")))
        assert rate(score_mentions([path], settings=SETTINGS)["g"], "disease") == (1, 1, 1)

    def test_a_corpus_each_with_the_types_it_marks(self, gold: Path, tmp_path: Path) -> None:
        drugs = write(tmp_path / "drugs.jsonl", DRUG)
        scores = score_mentions([gold, drugs, gold], settings=SETTINGS)
        assert {name: set(score.strict.by_type) for name, score in scores.items()} == {
            "twins": {"disease"},
            "drugs": {"chemical"},
        }

    def test_corpora_of_one_name_keep_their_paths(self, gold: Path, tmp_path: Path) -> None:
        other = write(tmp_path / "twins.test.jsonl", TWINS)
        assert set(score_mentions([gold, other], settings=SETTINGS)) == {str(gold), str(other)}

    def test_types_that_are_not_marked_are_refused(self, gold: Path, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"twins\.jsonl marks no gene, but disease; leave it out"):
            score_mentions([gold], types=["gene"], settings=SETTINGS)
        outcomes = write(tmp_path / "o.jsonl", document(KRABBE, entity(KRABBE, "twins", "Outcome")))
        with pytest.raises(InputError, match="but Outcome; leave it out; types that can be scored"):
            score_mentions([outcomes], settings=SETTINGS)

    def test_family_names_are_genes(self, tmp_path: Path) -> None:
        text = "GALC and the arylsulfatases."
        entities = [entity(text, "GALC", "Gene"), entity(text, "arylsulfatases", "FamilyName")]
        path = write(tmp_path / "g.jsonl", document(text, *entities))
        assert rate(score_mentions([path], settings=Settings(ner=()))["g"], "gene") == (1, 2, 1)

    def test_a_negative_number_of_errors_is_refused(self, gold: Path) -> None:
        with pytest.raises(SettingsError, match="-1 errors a kind"):
            score_mentions([gold], commonest=-1, settings=SETTINGS)


class TestSubstances:
    def test_a_therapy_that_is_a_substance_counts_as_a_chemical(self, tmp_path: Path) -> None:
        text = "Busulfan before gene therapy in Krabbe disease."
        path = write(tmp_path / "g.jsonl", document(text, entity(text, "Busulfan", "Chemical")))
        assert rate(score_mentions([path], settings=SETTINGS)["g"], "chemical") == (1, 1, 1)
        linked = score_linking(path, types=["chemical"], settings=SETTINGS)["linking"]
        assert linked.end_to_end.n_predicted == 1

    @pytest.mark.parametrize(("drug", "norm"), [("busulfan", "D002066"), ("tacrolimus", "D016559")])
    def test_a_bare_mesh_id_is_a_xref_or_an_id_of_the_lexicon(
        self, drug: str, norm: str, tmp_path: Path
    ) -> None:
        """Regression: D016559 was not MESH:D016559, as only the xrefs were asked."""
        text = f"Krabbe disease and {drug}."
        path = write(tmp_path / "g.jsonl", document(text, entity(text, drug, "Chemical", norm=norm)))
        assert score_linking(path, settings=SETTINGS)["linking"].accuracy == 1

    @pytest.mark.parametrize("types", [[], ["chemical"]])
    def test_not_where_the_gold_standard_marks_therapies(self, types: Sequence[str], tmp_path: Path) -> None:
        text = "Busulfan before gene therapy and glucose in Krabbe disease."
        entities = [entity(text, "Busulfan", "therapy"), entity(text, "glucose", "chemical")]
        path = write(tmp_path / "g.jsonl", document(text, *entities))
        score = score_mentions([path], types=types, settings=Settings(ner=()))["g"]
        assert rate(score, "chemical") == (0, 1, 0)

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("busulfan", True),  # UNII
            ("Lorenzo's oil", True),  # a diet, and a MeSH supplementary record
            ("tacrolimus", True),  # a MeSH descriptor, drug by its class
            ("fenofibrate", True),  # own id, small molecule
            ("statins", True),
            ("rituximab", True),
            ("atidarsagene autotemcel", False),  # a gene therapy with a UNII
            ("gene therapy", False),
            ("adeno-associated virus vector", False),
            ("bone marrow transplantation", False),
            ("ketogenic diet", False),
            ("conditioning regimen", False),
            ("total body irradiation", False),
            ("antioxidant therapy", False),
            ("intrathecal baclofen", False),  # a pump
            ("palliative care", False),
        ],
    )
    def test_the_rule(self, name: str, expected: bool) -> None:
        concept = load_lexicon().find(name, "therapy")
        assert concept is not None
        assert is_substance(concept) is expected

    def test_no_gene_and_no_disease_is_a_substance(self) -> None:
        concepts = load_lexicon().concepts.values()
        assert {concept.type for concept in concepts if is_substance(concept)} == {"therapy"}


class TestPredictions:
    def annotated(self, tmp_path: Path, *records: dict[str, str]) -> Path:
        source, predicted = write(tmp_path / "records.jsonl", *records), tmp_path / "predicted.jsonl"
        annotate_files([source], predicted, settings=SETTINGS)
        return predicted

    def test_predictions_for_another_text_are_refused(self, gold: Path, tmp_path: Path) -> None:
        predicted = self.annotated(tmp_path, {"pmid": "1", "title": "Krabbe disease in triplets."})
        with pytest.raises(InputError, match="the text of 1 is not that of the gold standard"):
            score_mentions([gold], predicted=predicted, settings=SETTINGS)

    def test_a_record_of_two_corpora_that_print_it_differently(self, gold: Path, tmp_path: Path) -> None:
        text = "Krabbe disease in triplets."
        other = write(tmp_path / "other.jsonl", document(text, entity(text, "Krabbe disease", "Disease")))
        title, abstract = KRABBE.split("\n")
        predicted = self.annotated(
            tmp_path, {"pmid": "1", "title": title, "abstract": abstract}, {"pmid": "1", "title": text}
        )
        scores = score_mentions([gold, other], predicted=predicted, settings=SETTINGS)
        assert rate(scores["twins"], "disease") == (2, 2, 2)
        assert rate(scores["other"], "disease") == (1, 1, 1)

    def test_no_shared_text(self, gold: Path, tmp_path: Path) -> None:
        predicted = self.annotated(tmp_path, {"pmid": "8", "title": "Canavan disease"})
        with pytest.raises(InputError, match="holds none of the records"):
            score_mentions([gold], predicted=predicted, settings=SETTINGS)


class TestModel:
    def test_a_pipeline_is_scored_alone(self, gold: Path, tmp_path: Path, model: str) -> None:
        drugs = write(tmp_path / "drugs.jsonl", DRUG)
        scores = score_mentions([gold, drugs], model=model, settings=SETTINGS)
        assert rate(scores["twins"], "disease") == (2, 2, 2)
        assert rate(scores["drugs"], "chemical") == (0, 1, 1)  # the lexicon's busulfan takes no part
        (spurious,) = scores["drugs"].errors.commonest["spurious"]
        assert (spurious.found, spurious.found_type) == ("twins", "chemical")

    def test_a_pipeline_of_other_labels_is_refused(self, gold: Path, tmp_path: Path) -> None:
        nlp = spacy.blank("en")
        nlp.add_pipe("entity_ruler").add_patterns(  # type: ignore[attr-defined]
            [{"label": "ORG", "pattern": "Both"}]
        )
        nlp.to_disk(tmp_path / "other")
        with pytest.raises(SettingsError, match="finds only ORG; labels that can be scored are DISEASE"):
            score_mentions([gold], model=str(tmp_path / "other"), settings=SETTINGS)

    def test_an_absent_pipeline_is_named(self, gold: Path) -> None:
        with pytest.raises(SettingsError, match="absent_model"):
            score_mentions([gold], model="absent_model", settings=SETTINGS)

    def test_one_source_of_predictions(self, gold: Path, model: str) -> None:
        with pytest.raises(SettingsError, match="not from both; name one"):
            score_mentions([gold], model=model, predicted=gold, settings=SETTINGS)


class TestCommand:
    SLIP = document(KRABBE, entity(KRABBE, "twins", "Disease", start=1, end=6), id="9", split="test")

    def test_documents_that_contradict_themselves_are_left_out_and_told(
        self, tmp_path: Path, model: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = write(tmp_path / "g.jsonl", {**TWINS, "split": "test"}, self.SLIP)
        assert cli.main(["score", "ner", str(path), "--split", "test", "--model", model]) == 0
        printed = capsys.readouterr()
        assert printed.err.startswith(
            "leukonlp: 1 document of g left out: it contradicts itself or another: "
        )
        assert "line 2: 1:6 holds 'rabbe', not 'twins'" in printed.err
        assert "n = 1 documents; 1 left out" in printed.out
        again = write(tmp_path / "h.jsonl", TWINS, self.SLIP, {**self.SLIP, "id": "10"})
        assert cli.main(["score", "linking", str(again)]) == 0
        assert "leukonlp: 2 documents of h left out: " in capsys.readouterr().err

    def test_tables_and_json(self, tmp_path: Path, model: str, capsys: pytest.CaptureFixture[str]) -> None:
        one = write(tmp_path / "one.jsonl", TWINS)
        two = write(tmp_path / "two.jsonl", DRUG)
        assert cli.main(["score", "ner", str(one), str(two), "--model", model]) == 0
        first, errors_one, second, errors_two = capsys.readouterr().out.split("\n\n")
        assert first.startswith("one\nspans")
        assert second.startswith("two\nspans")
        assert "commonly" not in errors_one
        assert "commonly missed\n  1  chemical  busulfan" in errors_two
        assert cli.main(["score", "ner", str(two), "--model", model, "--json", "--errors", "0"]) == 0
        plain = json.loads(capsys.readouterr().out)["two"]
        assert plain["errors"]["missed"] == {"n": 1, "by_type": {"chemical": 1}, "commonest": []}
        assert plain["strict"]["by_type"]["chemical"]["f1"] == 0

    def test_an_unknown_split_is_told_which_there_are(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = write(tmp_path / "g.jsonl", {**TWINS, "split": "devel"})
        assert cli.main(["score", "ner", str(path), "--split", "dev"]) == 2
        assert "no gold document of split dev; its splits are devel" in capsys.readouterr().err

    def test_a_model_stands_alone(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            cli.main(["score", "ner", "g", "--model", "m", "--predicted", "p"])
        assert "not allowed with argument" in capsys.readouterr().err


@pytest.mark.shared
def test_real_corpora_with_slips_are_scored(shared: Path, model: str) -> None:
    slips: dict[str, int] = {}
    golds = [shared / "ner" / f"{name}.jsonl.gz" for name in ("gnormplus", "neurotrialner")]
    nlp = spacy.load(model)
    nlp.get_pipe("entity_ruler").add_patterns(  # type: ignore[attr-defined]
        [{"label": "GENE", "pattern": "insulin"}, {"label": "CONDITION", "pattern": "stroke"}]
    )
    nlp.to_disk(model)
    scores = score_mentions(
        golds,
        model=model,
        splits=["test"],
        settings=Settings(),
        on_slips=lambda name, found: slips.update({name: len(found)}),
    )
    assert set(scores["gnormplus"].strict.by_type) == {"gene"}
    assert set(scores["neurotrialner"].strict.by_type) == {"chemical", "disease"}
    assert scores["neurotrialner"].strict.by_type["disease"].credit > 10
    assert scores["gnormplus"].n_left_out == slips.get("gnormplus", 0)
