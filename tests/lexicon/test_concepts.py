"""Concepts, names and kin."""

from __future__ import annotations

import pytest

from leukonlp.errors import LexiconError
from leukonlp.lexicon import ROOT, Lexicon, load_lexicon
from leukonlp.lexicon.variants import is_symbol, variants
from leukonlp.records import Concept


def disease(id: str, name: str, *parents: str, short: tuple[str, ...] = ()) -> Concept:
    return Concept(id, "disease", name, abbreviations=short, parents=parents)


def test_kin() -> None:
    lexicon = Lexicon([disease("A:1", "one"), disease("A:2", "two", "A:1"), disease("A:3", "three", "A:2")])
    assert lexicon.ancestors("A:3") == {"A:1", "A:2"}
    assert lexicon.descendants("A:1") == {"A:1", "A:2", "A:3"}
    assert lexicon.ancestors("unknown") == frozenset()
    assert lexicon.descendants("unknown") == {"unknown"}


@pytest.mark.parametrize(
    ("concepts", "message"),
    [
        ([disease("A:1", "one"), disease("A:1", "uno")], "stands twice"),
        ([disease("A:1", "one", "A:9")], "A:9"),
        ([disease("A:1", "one", "A:2"), disease("A:2", "two", "A:1")], "its own ancestor"),
    ],
)
def test_tables_that_contradict_themselves(concepts: list[Concept], message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        Lexicon(concepts)


def test_ambiguous_names_must_name_a_concept() -> None:
    with pytest.raises(LexiconError, match="A:9"):
        Lexicon([disease("A:1", "one")], ambiguous=[("X", "disease", "A:9", "cue")])


@pytest.mark.parametrize(
    ("name", "type", "id"),
    [
        ("metachromatic leukodystrophy", None, "MONDO:0018868"),
        ("Metachromatic Leucodystrophy", "disease", "MONDO:0018868"),
        ("MLD", "disease", "MONDO:0018868"),
        ("MONDO:0018868", None, "MONDO:0018868"),
        ("ARSA", "gene", "HGNC:713"),
        ("OTL200", "therapy", "UNII:EPP8G99QG4"),
        ("leukodystrophy", "disease", ROOT),
    ],
)
def test_find(name: str, type: str | None, id: str) -> None:
    found = load_lexicon().find(name, type)  # type: ignore[arg-type]
    assert found is not None
    assert found.id == id


def test_case_variants_of_a_short_form_are_kept_apart() -> None:
    """Regression: of ``AxD`` and ``AXD`` only the first was kept, and case must agree for both."""
    lexicon = Lexicon([disease("A:1", "one", short=("AxD", "AXD"))])
    assert {n.surface for n in lexicon.names["axd"]} == {"AxD", "AXD"}


def test_a_row_of_each_table_is_read_whole() -> None:
    lexicon = load_lexicon()
    therapy, disease, gene = (lexicon.concepts[id] for id in ("UNII:EPP8G99QG4", "MONDO:0018868", "HGNC:713"))
    assert (therapy.type, therapy.name, therapy.group, therapy.modality) == (
        "therapy",
        "atidarsagene autotemcel",
        "ex vivo lentiviral gene therapy",
        ("gene_therapy",),
    )
    assert {"OTL-200"} <= set(therapy.abbreviations)
    assert {"Libmeldy"} <= set(therapy.synonyms)
    assert (disease.type, disease.group, disease.parents, disease.abbreviations) == (
        "disease",
        "lysosomal",
        (ROOT,),
        ("MLD",),
    )
    assert disease.genes == ("HGNC:713", "HGNC:9498")
    assert {"MESH:D007966"} <= set(disease.xrefs)
    assert (gene.type, gene.name, gene.group, gene.modality) == ("gene", "ARSA", None, ())
    assert {"arylsulfatase A"} <= set(gene.synonyms)
    assert gene.abbreviations == ("ASA",)
    assert gene.xrefs == ("410", "P15289")


def test_core_diseases_are_the_leukodystrophies() -> None:
    lexicon = load_lexicon()
    core = {id for id in lexicon.concepts if lexicon.is_core(id)}
    assert {"MONDO:0018868", ROOT} <= core
    assert all(lexicon.concepts[id].type == "disease" for id in core)
    assert lexicon.find("epilepsy") is None or lexicon.find("epilepsy").id not in core  # type: ignore[union-attr]
    others = {id for id, c in lexicon.concepts.items() if c.type == "disease"} - core
    assert others, "the tables hold neighbours that are none"
    assert not lexicon.is_core("unknown")


def test_a_disease_comes_before_a_gene_and_a_gene_before_a_therapy() -> None:
    concepts = [Concept("A:1", "therapy", "abcd"), Concept("B:1", "gene", "abcd"), disease("C:1", "abcd")]
    for kept in (concepts, concepts[:2]):
        found = Lexicon(kept).find("abcd")
        assert found is not None
        assert found.id == kept[-1].id
    drug = Concept("A:0", "chemical", "abcd")
    for kept in ([drug, concepts[0]], [drug, concepts[1]]):
        found = Lexicon(kept).find("abcd")
        assert found is not None
        assert found.id == kept[1].id


def test_no_more_than_three_names_are_suggested() -> None:
    lexicon = Lexicon([disease(f"A:{n}", f"leukodystrophy type {n}") for n in range(1, 9)])
    assert len(lexicon.suggest("leukodystrophy type 0")) == 3


def test_find_knows_what_it_does_not_know() -> None:
    lexicon = load_lexicon()
    assert lexicon.find("gout") is None
    assert lexicon.find("ARSA", "disease") is None
    assert lexicon.find("") is None
    assert "metachromatic leukodystrophy" in lexicon.suggest("metachromatic leukodistrophy", "disease")


def test_the_lexicon_is_read_once_and_versioned() -> None:
    assert load_lexicon() is load_lexicon()
    assert len(load_lexicon().version) == 12


@pytest.mark.parametrize(
    ("surface", "symbol"),
    [
        *[(s, True) for s in ("MLD", "X-ALD", "ARSA", "OTL-200", "4H", "eIF2Bε", "p38")],
        *[
            (s, False)
            for s in (
                "arsa-cel",
                "Krabbe",
                "Lorenzo's oil",
                "late infantile MLD",
                "A",
                "ABcdef",
                "ABcd",
                "a1",
            )
        ],
    ],
)
def test_symbols(surface: str, symbol: bool) -> None:
    assert is_symbol(surface) is symbol


def test_case_matters_in_the_names_of_genes_and_not_of_diseases() -> None:
    lexicon = Lexicon([disease("A:1", "Krabbe"), Concept("G:1", "gene", "Notch")])
    found = {name.surface: name.symbol for names in lexicon.names.values() for name in names}
    assert found == {"Krabbe": False, "Notch": True}


def test_a_surface_keeps_its_concept_unless_it_only_hints() -> None:
    rows = [
        ("AB", "disease", "A:1", "cue"),
        ("psy", "disease", "A:1", "hint"),
        ("gnu", "disease", "", "blocker"),
    ]
    lexicon = Lexicon([disease("A:1", "one", short=("AB", "CD"))], ambiguous=rows)  # type: ignore[arg-type]
    told = {n.surface: (n.concept, n.needs) for names in lexicon.names.values() for n in names}
    assert told == {
        "one": ("A:1", "nothing"),
        "AB": ("A:1", "cue"),
        "CD": ("A:1", "nothing"),
        "psy": ("", "hint"),
        "gnu": ("", "blocker"),
    }
    assert lexicon.hints == {"psy": "A:1"}


@pytest.mark.parametrize(
    ("surface", "spellings"),
    [
        ("X-ALD", ["X-ALD", "XALD"]),
        ("X–ALD", ["X–ALD", "XALD"]),
        ("A-1", ["A-1"]),
        ("1-23", ["1-23"]),
        ("AB-1", ["AB-1", "AB1"]),
        ("one two", ["one two"]),
        (
            "Moe disease type 2",
            ["Moe disease type 2", "Moe disease, type 2", "Moedisease type 2", "Moe diseasetype 2"],
        ),
    ],
)
def test_all_variants(surface: str, spellings: list[str]) -> None:
    assert [s for s in variants(surface) if s in spellings or len(surface) < 10] == spellings


def test_variants() -> None:
    assert "XALD" in set(variants("X-ALD"))
    assert "globoidcell leukodystrophy" in set(variants("globoid cell leukodystrophy"))
    assert "metachromatic leuko-dystrophy" in set(variants("metachromatic leukodystrophy"))
    assert "deficiency of arylsulfatase A" in set(variants("arylsulfatase A deficiency"))
    assert set(variants("ARSA")) == {"ARSA"}
