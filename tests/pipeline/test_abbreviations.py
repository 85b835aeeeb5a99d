"""What short forms mean."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from leukonlp.lexicon import Lexicon
from leukonlp.pipeline.abbreviations import Abbreviations
from leukonlp.pipeline.build import TOKENIZER, build, register_extensions
from leukonlp.pipeline.sections import Sections


@pytest.fixture(scope="module")
def nlp() -> Language:
    register_extensions()
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})


def defined(nlp: Language, lexicon: Lexicon, text: str) -> dict[str, str | None]:
    doc = Abbreviations(lexicon, nlp.make_doc)(Sections()(nlp.make_doc(text)))
    assert all(doc.text[d["start"] : d["end"]] == d["short"] for d in doc._.short_forms)
    return {d["short"]: d["concept"] for d in doc._.short_forms}


@pytest.mark.parametrize(
    ("text", "short", "concept"),
    [
        ("metachromatic leukodystrophy (MLD)", "MLD", "MONDO:0018868"),
        ("Metachromatic leucodystrophy (MLD; OMIM 250100) is rare", "MLD", "MONDO:0018868"),
        ("metachromatic leukodystrophy (MLD, arylsulfatase A deficiency)", "MLD", "MONDO:0018868"),
        ("metachromatic leukodystrophy [MLD]", "MLD", "MONDO:0018868"),
        ("MLD (metachromatic leukodystrophy) is rare", "MLD", "MONDO:0018868"),
        (
            "leukoencephalopathy with brainstem and spinal cord involvement and lactate elevation (LBSL)",
            "LBSL",
            "MONDO:0012622",
        ),
        ("adult onset globoid cell leukodystrophy (AO-GLD)", "AO-GLD", "MONDO:0009499"),
        ("X-linked adrenoleukodystrophy (abbreviated ALD)", "ALD", "MONDO:0018544"),
        ("alcoholic liver disease (ALD)", "ALD", None),
        ("minimal luminal diameter (MLD)", "MLD", None),
        ("ALD (alcoholic liver disease) is common", "ALD", None),
        ("haematopoietic stem cell transplantation (SCT)", "SCT", "MESH:D018380"),
        ("Leukodystrophies (MLD, Krabbe disease, X-ALD) are rare", "MLD", "MONDO:0018868"),
        ("Leukodystrophies (MLD, Krabbe disease, X-ALD) are rare", "X-ALD", "MONDO:0018544"),
        ("adrenoleukodystrophy/adrenomyeloneuropathy (ALD/AMN)", "ALD", "MONDO:0018544"),
        ("adrenoleukodystrophy/adrenomyeloneuropathy (ALD/AMN)", "AMN", "MONDO:0015339"),
        ("metachromatic (MLD) and globoid cell (GLD) leukodystrophies", "GLD", "MONDO:0009499"),
        ("ghosts, lipid and DNA in the globoid cell (GC)", "GC", None),
    ],
)  # fmt: skip
def test_definitions(nlp: Language, lexicon: Lexicon, text: str, short: str, concept: str | None) -> None:
    assert defined(nlp, lexicon, text)[short] == concept


@pytest.mark.parametrize(
    "text",
    [
        "Krabbe disease (GALC)",  # the gene, not a short form
        "Krabbe disease (n = 12)",
        "gene therapy for metachromatic leukodystrophy (2019)",
        "Krabbe disease (Germany)",
        "()",
        "(" * 200 + "MLD" + ")" * 200,
    ],
)
def test_brackets_that_define_nothing(nlp: Language, lexicon: Lexicon, text: str) -> None:
    assert defined(nlp, lexicon, text) == {}


def test_the_first_definition_holds(nlp: Language, lexicon: Lexicon) -> None:
    text = "metachromatic leukodystrophy (MLD). We measured minimal luminal diameter (MLD)."
    assert defined(nlp, lexicon, text)["MLD"] == "MONDO:0018868"


def test_a_gene_symbol_can_be_defined_as_something_else(nlp: Language, lexicon: Lexicon) -> None:
    """Regression: a symbol spelt out by the initials of other words is no gene there."""
    assert defined(nlp, lexicon, "the giant axon lesion count (GALC)") == {"GALC": None}


def test_words_between_keep_a_disease_out(nlp: Language, lexicon: Lexicon) -> None:
    """Regression: "gene therapy for Krabbe disease" is not Krabbe disease because it ends in it."""
    assert defined(nlp, lexicon, "transfer with gene therapy for Krabbe disease (TGTK)").get("TGTK") is None


def test_a_short_form_after_a_subtype_is_the_disease() -> None:
    """Regression: after "late infantile metachromatic leukodystrophy (MLD)" every MLD was late infantile."""
    nlp = build()
    doc = nlp("Late infantile metachromatic leukodystrophy (MLD)\nAll forms of MLD were seen.")
    assert [m["concept"] for m in doc._.mentions if m["text"] == "MLD"] == ["MONDO:0018868"] * 2
    assert doc._.mentions[0]["concept"] == "MONDO:0017729"
