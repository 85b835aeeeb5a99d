"""The spaCy contract: factories, serialisation, processes, and other people's models."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from leukonlp.config import Settings
from leukonlp.errors import SettingsError
from leukonlp.pipeline.annotate import annotate
from leukonlp.pipeline.build import COMPONENTS, EXTENSIONS, build
from leukonlp.pipeline.tokens import text_of
from leukonlp.records import Abstract, Failure, Section

TEXT = (
    "Arylsulphatase A in metachromatic leucodystrophy (MLD; OMIM 250100)\n"
    "BACKGROUND: MLD is a rare disease. METHODS: Ten children with MLD had arsa-cel; none underwent HSCT. "
    "RESULTS: All lived."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build()


def test_order_meets_what_each_part_requires(nlp: Language) -> None:
    assert tuple(nlp.pipe_names) == COMPONENTS
    assert nlp.analyze_pipes()["problems"] == {name: [] for name in COMPONENTS}


def test_mentions_are_plain_and_exact(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert {m["concept"] for m in doc._.mentions} >= {"MONDO:0018868", "HGNC:713"}
    assert all(TEXT[m["start"] : m["end"]] == m["text"] for m in doc._.mentions)
    assert [s["category"] for s in doc._.sections] == ["background", "methods", "results"]
    hsct = next(m for m in doc._.mentions if m["text"] == "HSCT")
    assert hsct["negated"]
    assert [s.text for s in doc.spans["leukonlp"]] == [m["text"] for m in doc._.mentions]
    assert next(doc.sents).text.strip() == TEXT.split("\n")[0]


def test_every_part_stands_alone_by_name() -> None:
    alone = spacy.blank("en")
    for name in COMPONENTS:
        alone.add_pipe(name)
    assert alone("Krabbe disease")._.mentions[0]["concept"] == "MONDO:0009499"


def plain(doc: Doc) -> str:
    return json.dumps([doc._.get(name) for name in EXTENSIONS])


def test_docs_survive_bytes_docbin_and_copies(nlp: Language) -> None:
    doc = nlp(TEXT)
    want = plain(doc)  # msgpack makes tuples of lists; as JSON they are the same
    (again,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert plain(again) == want
    assert plain(copy.deepcopy(doc)) == want


def test_the_pipeline_survives_the_disk(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again(TEXT)._.mentions == nlp(TEXT)._.mentions
    assert [t.text for t in again(TEXT)] == [t.text for t in nlp(TEXT)]


def test_two_processes_give_what_one_gives(nlp: Language) -> None:
    texts = [TEXT, "Krabbe disease\n", "nothing at all"] * 3
    one = [doc._.mentions for doc in nlp.pipe(texts)]
    assert [doc._.mentions for doc in nlp.pipe(texts, n_process=2, batch_size=2)] == one


@pytest.mark.parametrize(
    "text", ["", "\n", " \n\t", "\x00", "(((", "\ud800", "MLD\u202e(MLD)", "a" * 50_000, "( " * 5_000]
)
def test_no_text_breaks_it(nlp: Language, text: str) -> None:
    (result,) = annotate(nlp, [Abstract("1", "Krabbe disease", text)])
    if isinstance(result, Failure):
        assert "\ud800" in text  # spaCy stores strings as UTF-8: reported, not lost
    else:
        assert result[1][0].concept == "MONDO:0009499"


def test_one_bad_text_stops_no_other(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    part = nlp.get_pipe("leukonlp_entities")
    real = type(part).__call__

    def fails(self: object, doc: Doc) -> object:
        if text_of(doc).startswith("bad"):
            raise RuntimeError("boom")
        return real(self, doc)

    monkeypatch.setattr(type(part), "__call__", fails)
    good, bad, after = annotate(
        nlp, [Abstract("1", "MLD"), Abstract("2", "bad"), Abstract("3", "Krabbe disease")]
    )
    assert isinstance(bad, Failure)
    assert (bad.pmid, "boom" in bad.reason) == ("2", True)
    assert not isinstance(good, Failure)
    assert not isinstance(after, Failure)


def test_sections_of_the_record_are_kept(nlp: Language) -> None:
    body = "Krabbe disease is rare."
    abstract = Abstract("1", "T", body, sections=(Section(2, 2 + len(body), "INTRODUCTION", "background"),))
    ((_, mentions),) = [r for r in annotate(nlp, [abstract]) if not isinstance(r, Failure)]
    assert [m.about for m in mentions] == ["background"]


@pytest.fixture(scope="module")
def other_model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small pipeline with an entity recogniser, trained here on four sentences."""
    from spacy.training import Example
    from spacy.util import fix_random_seed

    fix_random_seed(1)
    other = spacy.blank("en")
    ner = other.add_pipe("ner")
    ner.add_label("DISEASE")  # type: ignore[attr-defined]
    texts = [
        ("We saw gout today", 7, 11),
        ("Then gout came", 5, 9),
        ("She had gout", 8, 12),
        ("In gout pain", 3, 7),
    ]
    examples = [Example.from_dict(other.make_doc(t), {"entities": [(s, e, "DISEASE")]}) for t, s, e in texts]
    other.initialize(lambda: examples)
    for _ in range(60):
        other.update(examples)
    path = tmp_path_factory.mktemp("models") / "other"
    other.to_disk(path)
    return str(path)


def test_any_spacy_model_stands_beside_the_lexicon(other_model: str) -> None:
    nlp = build(Settings(ner=(other_model,)))
    mentions = nlp("She had gout and Krabbe disease")._.mentions
    found = {m["text"]: (m["type"], m["source"], m["concept"]) for m in mentions}
    assert found["gout"] == ("disease", "model", None)
    assert found["Krabbe disease"] == ("disease", "lexicon", "MONDO:0009499")


def test_a_missing_model_is_named() -> None:
    with pytest.raises(SettingsError, match="no_such_model"):
        build(Settings(ner=("no_such_model",)))
