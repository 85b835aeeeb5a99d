"""The whole training on a corpus of a few invented sentences."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs the extra leukonlp[train]")
pytest.importorskip("floret", reason="training needs the extra leukonlp[train]")

import spacy

from leukonlp.cli import main
from leukonlp.errors import SettingsError
from leukonlp.pipeline.recogniser.tokenizer import places_of
from leukonlp.training.gold import CORPORA, TYPES
from leukonlp.training.opinions import Likely, Teacher
from leukonlp.training.recipe import read_recipe
from leukonlp.training.stages import Training

RECIPE = """
[recipe]
seeds = [1, 2]
words = ["texts.jsonl"]
abstracts = ["texts.jsonl"]
n_abstracts = 10
n_sentences = 20
rows = [200, 100, 100, 50]
widths = [8, 4, 4, 4]

[recipe.vectors]
model = "cbow"
dim = 8
bucket = 200
hashCount = 2
minn = 3
maxn = 4
minCount = 1
epoch = 2

[recipe.transformer]

[recipe.teachers]

[recipe.teachers.one]
blocks = "conv:1"
width = 16
steps = 150
tokens = 300
learning_rate = 0.01

[recipe.teachers.two]
blocks = "conv:1"
width = 16
steps = 50
tokens = 300
learning_rate = 0.01
silver = true

[recipe.student]
blocks = "conv:1 attention:4"
width = 16
steps = 250
tokens = 300
learning_rate = 0.01
"""
NAMES = {
    "GENE": ("ARSA", "GALC", "ABCD1"),
    "DISEASE": ("leukodystrophy", "Krabbe disease"),
    "CHEMICAL": ("busulfan", "melphalan"),
}
SENTENCE = "We saw {GENE} in {DISEASE} before {CHEMICAL} was given to case {number}. "


def row(corpus: str, split: str, number: int) -> dict[str, object]:
    text, entities = "", []
    words = {kind: names[number % len(names)] for kind, names in NAMES.items()}
    own = {ours: theirs for theirs, ours in reversed(CORPORA[corpus].types.items())}
    for piece in (
        SENTENCE.replace("{number}", str(number)).replace("{", "\t{").replace("}", "}\t").split("\t")
    ):
        kind = piece.strip("{}")
        word = words.get(kind, piece)
        if kind in own:
            entities.append(
                {"start": len(text), "end": len(text) + len(word), "text": word, "type": own[kind]}
            )
        text += word
    return {"id": f"{corpus}{split}{number}", "text": text, "split": split, "entities": entities}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    for name, corpus in CORPORA.items():
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            for number, split in enumerate(
                s for part in (corpus.train, corpus.dev[:1], corpus.test) for s in part[:1] * 12
            ):
                # Numbers of one's own in every corpus: a text of a test split would not be trained on.
                print(json.dumps(row(name, split, 1000 * list(CORPORA).index(name) + number)), file=out)
    with (folder / "texts.jsonl").open("w", encoding="utf-8") as out:
        for number in range(40):
            text = " ".join(str(row("biored", "x", 50_000 + 100 * number + i)["text"]) for i in range(6))
            print(json.dumps({"pmid": f"t{number}", "text": text, "leuko": number == 0}), file=out)
    (folder / "config.cfg").write_text(RECIPE, encoding="utf-8")
    return folder


def test_trains_scores_and_goes_on(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "not" / "there yet"
    command = [
        "train",
        "ner",
        "--config",
        str(data / "config.cfg"),
        "--data",
        str(data),
        "--out",
        str(out),
    ]
    assert main([*command, "--seed", "2"]) == 0
    told = capsys.readouterr()
    assert "biored: 12 documents train, 12 develop, 12 test; 0 of 108 mentions" in told.err
    rates = {tuple(line.split("\t")[1:3]): float(line.split("\t")[3]) for line in told.out.splitlines()}
    assert rates["biored", "all"] > 0.9
    assert json.loads((out / "seed-2.json").read_text())["biored"]["n_documents"] == 12

    nlp = spacy.load(out / "seed-2")
    assert nlp.meta["name"] == "leuko_ner"
    assert nlp.config["recipe"]["n_abstracts"] == 10
    found = [
        (ent.text, ent.label_)
        for ent in nlp("We saw GALC in Krabbe disease before busulfan was given to case 7.").ents
    ]
    assert found == [("GALC", "GENE"), ("Krabbe disease", "DISEASE"), ("busulfan", "CHEMICAL")]

    before = (out / "work" / "floret.vec").stat().st_mtime_ns
    weights = (out / "seed-2" / "ner" / "weights.safetensors").read_bytes()
    assert main([*command, "--seed", "2", "--seed", "1"]) == 0
    assert (out / "work" / "floret.vec").stat().st_mtime_ns == before
    assert (out / "seed-2" / "ner" / "weights.safetensors").read_bytes() == weights
    assert (out / "seed-1" / "config.cfg").is_file()


def test_a_seed_that_the_recipe_lacks_is_named(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [
        "train",
        "ner",
        "--config",
        str(data / "config.cfg"),
        "--data",
        str(data),
        "--out",
        str(tmp_path),
    ]
    assert main([*command, "--seed", "9"]) == 2
    assert "has no seed 9; its seeds are 1, 2" in capsys.readouterr().err


class Overheard(Training):
    """A training whose teachers are each of one mind, and tell what they were taught."""

    def wider(self, number: int, name: str, silver: Mapping[str, Likely]) -> Teacher:
        def teacher(texts: Sequence[str]) -> Iterator[Likely]:
            self.taught.setdefault(name, {text: float(said.mean()) for text, said in silver.items()})
            mind = {"one": 0.25, "three": 0.75, "two": 1.0, "four": 0.0}[name]
            for text in texts:
                yield np.full((len(places_of(text)), len(TYPES), 5), mind, np.float16)

        self.taught: dict[str, dict[str, float]] = getattr(self, "taught", {})
        return teacher


def test_teachers_that_follow_others_learn_from_those_on_gold_alone(data: Path, tmp_path: Path) -> None:
    one, two = (
        RECIPE[RECIPE.index(f"[recipe.teachers.{name}]") :].split("\n\n")[0] for name in ("one", "two")
    )
    more = "\n\n".join([two, two.replace("two", "four"), one, one.replace("one", "three")])
    (tmp_path / "config.cfg").write_text(RECIPE.replace(f"{one}\n\n{two}", more), encoding="utf-8")
    training = Overheard(read_recipe(tmp_path / "config.cfg"), data, tmp_path / "work", lambda line: None)
    silver = training.silver()
    assert list(training.taught) == ["one", "three", "two", "four"]
    assert set(training.taught["two"].values()) == set(training.taught["four"].values()) == {0.5}
    assert set(training.taught["four"]) == set(silver)
    assert {float(said.mean()) for said in silver.values()} == {0.5}  # of all four


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[recipe.student]", "[recipe.pupil]"), "student"),
        (("width = 16", "breadth = 16"), "breadth"),
        (("[recipe", "[x"), "holds no [recipe]"),
    ],
)
def test_a_recipe_that_does_not_fit_is_refused(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = tmp_path / "config.cfg"
    path.write_text(RECIPE.replace(*change), encoding="utf-8")
    with pytest.raises(SettingsError, match="recipe") as caught:
        read_recipe(path)
    assert said in str(caught.value)
