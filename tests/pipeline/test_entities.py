"""Which names of a text become mentions."""

from __future__ import annotations

import pickle

import pytest

from leukonlp.lexicon import Lexicon
from leukonlp.pipeline.entities import Entities, longest
from leukonlp.pipeline.matcher import LexiconMatcher, same_case


@pytest.fixture(scope="module")
def entities(lexicon: Lexicon) -> Entities:
    return Entities(lexicon)


def found(entities: Entities, text: str) -> list[tuple[str, str | None]]:
    mentions = entities.mentions(text, [])
    assert all(text[m.start : m.end] == m.text for m in mentions)
    return [(m.text, m.concept) for m in mentions]


@pytest.mark.parametrize(
    ("text", "surface", "concept"),
    [
        ("Metachromatic leucodystrophies in infancy", "Metachromatic leucodystrophies", "MONDO:0018868"),
        (
            "the globoid‐cell type, globoid-cell leukodystrophy",
            "globoid-cell leukodystrophy",
            "MONDO:0009499",
        ),
        ("Krabbe’s disease", "Krabbe’s disease", "MONDO:0009499"),
        ("low arylsulphatase A", "arylsulphatase A", "HGNC:713"),
        ("arylsulphatase A deficiency", "arylsulphatase A deficiency", "MONDO:0018868"),
        ("deficiency of arylsulfatase A was seen", "deficiency of arylsulfatase A", "MONDO:0018868"),
        ("boys with X\u2011ALD", "X\u2011ALD", "MONDO:0018544"),
        ("boys with XALD", "XALD", "MONDO:0018544"),
        ("adreno-leukodystrophy", "adreno-leukodystrophy", "MONDO:0018544"),
        (
            "haematopoietic stem-cell transplantation",
            "haematopoietic stem-cell transplantation",
            "MESH:D018380",
        ),
        ("given OTL200 once", "OTL200", "UNII:EPP8G99QG4"),
        ("given OTL 200 once", "OTL 200", "UNII:EPP8G99QG4"),
        ("PELIZAEUS–MERZBACHER DISEASE", "PELIZAEUS–MERZBACHER DISEASE", "MONDO:0010714"),
        ("KRABBE'S DISEASE IN TWINS", "KRABBE'S DISEASE", "MONDO:0009499"),
        ("deficiency of arylsulfatase A activity", "deficiency of arylsulfatase A activity", "MONDO:0018868"),
        ("variants of ARSA.", "ARSA", "HGNC:713"),
    ],
)
def test_every_spelling_is_found(entities: Entities, text: str, surface: str, concept: str) -> None:
    assert (surface, concept) in found(entities, text)


@pytest.mark.parametrize(
    "text",
    [
        "The MLD after stenting was 2 mm.",
        "KD was given to children with epilepsy and leukodystrophy",  # needs a definition
        "ARSA2 and XARSA are other things",
        "arsa of the plant",
        "progressive multifocal leukoencephalopathy",
        "a LD value of x ald",
        "metachromatic\nleukodystrophy",  # not over the end of a title; the second line alone is the root
    ],
)
def test_what_is_no_mention(entities: Entities, text: str) -> None:
    assert [m for m in found(entities, text) if m[1] != "MONDO:0019046"] == []


def test_a_cue_admits_a_short_form(entities: Entities) -> None:
    assert ("MLD", "MONDO:0018868") in found(entities, "Variants of ARSA in MLD")
    assert ("MLD", "MONDO:0018868") in found(entities, "A leukodystrophy unit saw MLD twice")
    assert ("AMN", "MONDO:0015339") in found(entities, "In adrenoleukodystrophy, AMN comes late")
    assert ("MLD", "MONDO:0018868") not in found(entities, "In Krabbe disease, MLD")


def test_words_that_hint_at_a_disease_are_cues_and_no_mentions(entities: Entities) -> None:
    assert found(entities, "GLD and psychosine") == [("GLD", "MONDO:0009499")]
    assert found(entities, "MLD and psychosine") == []


def test_a_treatment_is_read_in_its_field(entities: Entities) -> None:
    assert ("SCT", "MESH:D018380") in found(entities, "SCT in Krabbe disease")
    assert found(entities, "SCT of the sacrum") == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Krabbe and Canavan diseases", "Krabbe"),
        ("Krabbe (KD), Canavan and Alexander diseases", "Krabbe"),
        ("Pelizaeus-Merzbacher or Krabbe disease", "Pelizaeus-Merzbacher"),
        ("globoid cell and metachromatic leukodystrophies", "globoid cell"),
    ],
)
def test_an_eponym_may_share_its_noun(entities: Entities, text: str, first: str) -> None:
    assert found(entities, text)[0][0] == first


@pytest.mark.parametrize(
    "text",
    [
        "Krabbe and Canavan described diseases",
        "Krabbe and others",
        "Pelizaeus-Merzbacher in Krabbe disease",
        "globoid cells and leukodystrophy",
        "globoid cell and Canavan diseases",
    ],
)
def test_what_shares_no_noun(entities: Entities, text: str) -> None:
    named = {name for name, _ in found(entities, text)}
    assert named.isdisjoint({"Krabbe", "Pelizaeus-Merzbacher", "globoid cell", "globoid cells"})


def test_a_list_joins_short_forms_to_a_certain_disease(entities: Entities) -> None:
    text = "Krabbe disease (an enzyme defect), MLD, ALD and PMD"
    assert [name for name, _ in found(entities, text)] == ["Krabbe disease", "MLD", "ALD", "PMD"]
    assert [name for name, _ in found(entities, "In Krabbe disease, MLD was 2 mm")] == ["Krabbe disease"]
    assert found(entities, "MLD, ALD and PMD") == []


def test_a_blocker_keeps_out_its_own_type_only(entities: Entities) -> None:
    assert found(entities, "arylsulfatase A pseudodeficiency") == [("arylsulfatase A", "HGNC:713")]


def test_the_longest_name_wins(entities: Entities) -> None:
    assert found(entities, "adrenoleukodystrophy protein") == [("adrenoleukodystrophy protein", "HGNC:61")]
    assert found(entities, "the metachromatic leukodystrophy gene") == [
        ("metachromatic leukodystrophy", "MONDO:0018868")
    ]


def test_genes_of_other_species_link_to_the_human_gene(entities: Entities) -> None:
    (mention,) = entities.mentions("Arsa was knocked out in mice", [])
    assert (mention.concept, mention.species) == ("HGNC:713", "NCBITaxon:10090")
    assert entities.mentions("Arsa is a village", []) == []


def test_a_short_form_means_what_the_text_defines(entities: Entities) -> None:
    other = {
        "short": "MLD",
        "start": 0,
        "end": 0,
        "long": "minimal luminal diameter",
        "concept": None,
        "type": None,
    }
    text = "In this leukodystrophy clinic the MLD was 2 mm"
    assert [m.text for m in entities.mentions(text, [other])] == ["leukodystrophy"]
    own = {**other, "short": "LI", "long": "Krabbe disease", "concept": "MONDO:0009499", "type": "disease"}
    (mention,) = entities.mentions("Two LIs were seen, not LI2", [own])
    assert (mention.text, mention.source, mention.concept) == ("LI", "abbreviation", "MONDO:0009499")


def test_longest_keeps_the_longer_then_the_earlier() -> None:
    spans = [(0, 3), (2, 6), (6, 8), (7, 9), (10, 11), (10, 11)]
    assert longest(spans, key=lambda s: s) == [(2, 6), (6, 8), (10, 11)]


@pytest.mark.parametrize(
    ("name", "surface", "same"),
    [
        ("CAT", "cat", False),
        ("X-ALD", "X‑ALD", True),
        ("MLD", "MLDs", True),
        ("CADASIL", "Cadasil", True),
        ("GALC", "Galc", False),
        ("eIF2Bε", "EIF2B epsilon", True),
        ("GlialCAM", "GLIALCAM", True),
        ("GlialCAM", "glialcam", False),
        ("AxD", "AXD", False),
    ],
)
def test_case_of_symbols(name: str, surface: str, same: bool) -> None:
    assert same_case(name, surface) is same


def test_the_matcher_survives_pickling(lexicon: Lexicon) -> None:
    matcher = LexiconMatcher(lexicon)
    before = matcher.find("Krabbe disease")
    assert before
    assert pickle.loads(pickle.dumps(matcher)).find("Krabbe disease") == before


def test_many_mentions_take_time_in_proportion(entities: Entities) -> None:
    text = "Krabbe disease, " * 20_000
    assert len(entities.mentions(text, [])) == 20_000
