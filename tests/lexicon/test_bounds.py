"""Both sides of every bound and branch by which names and spellings are told apart."""

from __future__ import annotations

import pytest

from leukonlp.lexicon import Lexicon, load_lexicon
from leukonlp.lexicon.misprints import Misprints, repairable
from leukonlp.lexicon.normalize import Speller, word_key
from leukonlp.lexicon.variants import is_symbol, variants
from leukonlp.records import Concept


def disease(id: str, name: str, *short: str) -> Concept:
    return Concept(id, "disease", name, abbreviations=short)


@pytest.mark.parametrize(
    ("surface", "key"),
    [
        ("flies", "flie"),
        ("bodies", "bodie"),
        ("queries", "query"),
        ("doses", "dose"),
        ("necroses", "necrose"),
        ("sclerosis", "sclerosis"),
        ("scleroses", "sclerosis"),
        ("cats", "cats"),
        ("genes", "gene"),
        ("As", "as"),
        ("IDs", "id"),
        ("ABCDEFGS", "abcdefg"),
        ("é", "e"),
        ("µ", "mu"),
        ("ς", "sigma"),
        ("Ω", "omega"),
        ("ϵ", "epsilon"),
        ("¨", "¨"),
        ("½", "1⁄2"),
        ("\n", "\n"),
        ("Globoidal", "globoid"),
        ("dystrophie", "dystrophy"),
        ("anaemias", "anemia"),
        ("paediatric", "pediatric"),
        ("_", "_"),
    ],
)
def test_a_word_at_each_bound_has_its_key(surface: str, key: str) -> None:
    assert word_key(surface) == key


def test_a_key_keeps_line_feeds_and_leaves_possessives_out() -> None:
    assert Speller().key("Krabbe's disease\n\nOTL-200 (b)") == "krabbe disease \n \n otl 200 ( b )"
    assert Speller().key("") == ""


@pytest.mark.parametrize("text", ["Krabbe's OTL-200\n2 of µ-β, naïve", "", "’s", "a_b c–d 12ab"])
def test_places_are_those_of_the_words(text: str) -> None:
    speller = Speller()
    assert speller.places(text) == [(word.start, word.end) for word in speller.words(text)]


def test_long_texts_alone_are_remembered() -> None:
    speller = Speller()
    for length, held in ((199, 0), (200, 1), (201, 2)):
        assert speller.key("a" * length) == "a" * length
        assert len(speller._texts) == held


@pytest.mark.parametrize(
    ("surface", "symbol"),
    [
        ("ABCDEFGHIJKL", True),
        ("ABCDEFGHIJKLM", False),
        ("AB CD", False),
        ("ABc", True),
        ("Abc", False),
        ("Ab1", True),
        ("AB", True),
        ("A1", True),
        ("a", False),
    ],
)
def test_what_is_a_symbol_at_each_bound(surface: str, symbol: bool) -> None:
    assert is_symbol(surface) is symbol


@pytest.mark.parametrize(
    ("surface", "others"),
    [
        ("globe cell", ["globecell"]),
        ("glob cell", []),
        ("AB-C", ["ABC"]),
        ("A-B", []),
        ("12-3", []),
        (
            "Moe deficiency",
            [
                "deficiency of Moe",
                "deficiency of Moe activity",
                "deficiency in Moe",
                "deficiency in Moe activity",
                "deficiency of the Moe",
                "deficiency of the Moe activity",
                "deficiency in the Moe",
                "deficiency in the Moe activity",
                "Moedeficiency",
            ],
        ),
        ("leucodystrophy", ["leuko-dystrophy"]),
        (
            "adrenoleukodystrophy",
            ["adreno-leuko-dystrophy", "adreno-leukodystrophy", "adrenoleuko-dystrophy"],
        ),
        ("haematopoietic", ["hemopoietic"]),
        ("arylsulphatase", ["aryl-sulfatase"]),
        ("Farber disease form 3", ["Farber disease, form 3", "Farberdisease form 3", "Farber diseaseform 3"]),
    ],
)
def test_the_other_ways_to_write_a_name(surface: str, others: list[str]) -> None:
    assert list(variants(surface)) == [surface, *others]


@pytest.mark.parametrize("name", ["ABC", "AbC"])
@pytest.mark.parametrize("first", ["ABC", "AbC"])
def test_the_surface_as_it_was_asked_for_comes_first(name: str, first: str) -> None:
    second = {"ABC": "AbC", "AbC": "ABC"}[first]
    found = Lexicon([disease("A:1", "one", first), disease("A:2", "two", second)]).find(name)
    assert found is not None
    assert found.id == {first: "A:1", second: "A:2"}[name]


def test_a_concept_is_found_by_its_id_where_its_type_is_asked_for() -> None:
    lexicon = load_lexicon()
    assert lexicon.find("HGNC:713", "disease") is None
    for type in (None, "gene"):
        found = lexicon.find("HGNC:713", type)  # type: ignore[arg-type]
        assert found is not None
        assert found.name == "ARSA"


@pytest.mark.parametrize("type", ["gene", "therapy", "chemical"])
def test_any_concept_comes_before_what_only_blocks(type: str) -> None:
    other = Concept("B:1", type, "other", abbreviations=("abcd",))  # type: ignore[arg-type]
    rows = [("abcd", "disease", "A:1", "blocker")]
    lexicon = Lexicon([disease("A:1", "one"), other], ambiguous=rows)  # type: ignore[arg-type]
    found = lexicon.find("abcd")
    assert found is not None
    assert found.id == "B:1"
    alone = Lexicon([disease("A:1", "one")], ambiguous=rows).find("abcd")  # type: ignore[arg-type]
    assert alone is not None
    assert alone.id == "A:1"


def test_what_names_no_concept_is_not_suggested() -> None:
    rows = [("leukodystroph", "disease", "", "blocker")]
    concepts = [disease("A:1", "leukodystrophy"), Concept("G:1", "gene", "leukodystrophin")]
    lexicon = Lexicon(concepts, ambiguous=rows)  # type: ignore[arg-type]
    assert lexicon.suggest("leukodystroph") == ["leukodystrophy", "leukodystrophin"]
    assert lexicon.suggest("leukodystroph", "gene") == ["leukodystrophin"]
    assert lexicon.suggest("leukodystroph", "therapy") == []


@pytest.mark.parametrize(("name", "found"), [("abcdefzzzz", ["abcdefghij"]), ("abcdezzzzz", [])])
def test_names_that_share_six_letters_of_ten_are_suggested(name: str, found: list[str]) -> None:
    assert Lexicon([disease("A:1", "abcdefghij")]).suggest(name) == found


def test_words_of_eight_letters_are_repaired_and_no_shorter_ones() -> None:
    concepts = [
        Concept("A:1", "disease", "abcdefgh abcdefg abcdefg1", synonyms=("ijklmnopq",)),
        disease("B:1", "zyxwvutsr"),
    ]
    words = repairable(Lexicon(concepts, core=["A:1"]))
    assert words == {"abcdefgh", "ijklmnopq"}
    for printed in ("abcdefg", "abcdefgx", "abcdefghx", "abcdefxgh"):
        assert Misprints(words).meant(printed) == ("abcdefgh",)
    for printed in ("abcdef", "abcdefxx", "abcdefghxx", "bcdefgh"):
        assert Misprints(words).meant(printed) == ()


def test_case_matters_in_short_forms_alone() -> None:
    concept = Concept("A:1", "disease", "Abcde", synonyms=("Bcdef",), abbreviations=("Cdefg",))
    symbols = {n.surface: n.symbol for names in Lexicon([concept]).names.values() for n in names}
    assert symbols == {"Abcde": False, "Bcdef": False, "Cdefg": True}


def test_words_asked_about_are_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leukonlp.lexicon.misprints._REMEMBERED", 3)
    misprints, sizes = Misprints(["abcdefgh"]), []
    for letter in "mnopqrst":
        assert misprints.meant(f"abcdefg{letter}") == ("abcdefgh",)
        sizes.append(len(misprints._found))
    assert sizes == [1, 2, 3, 4, 1, 2, 3, 4]
