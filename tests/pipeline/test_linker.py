"""Misspellings and near matches."""

from __future__ import annotations

import pytest

from leukonlp.lexicon import Lexicon, load_lexicon
from leukonlp.pipeline.linker import Linker, NameIndex, knowledge_base
from leukonlp.records import Mention


@pytest.mark.parametrize(
    ("text", "surface", "concept"),
    [
        ("metachromatic leukodistrophy in infants", "metachromatic leukodistrophy", "MONDO:0018868"),
        ("Pelizaeus-Merzbacker disease", "Pelizaeus-Merzbacker disease", "MONDO:0010714"),
        ("boys with adrenoleukodystropy", "adrenoleukodystropy", "MONDO:0018544"),
    ],
)
def test_misspelt_disease_names(lexicon: Lexicon, text: str, surface: str, concept: str) -> None:
    ((mention,),) = Linker(lexicon).link([text], [[]])
    assert (mention.text, mention.concept) == (surface, concept)
    assert mention.score < 1
    assert text[mention.start : mention.end] == surface


@pytest.mark.parametrize("text", ["leukodystrophic cells", "Krabbe diseases", "a lymphodystrophy", ""])
def test_other_words_are_left_alone(lexicon: Lexicon, text: str) -> None:
    assert Linker(lexicon).link([text], [[]]) == [[]]


def test_open_mentions_are_linked_where_safe(lexicon: Lexicon) -> None:
    open_ones = [
        Mention(0, 29, "metachromatic leukodystrophie", "disease", source="model"),
        Mention(40, 52, "heart attack", "disease", source="model"),
    ]
    ((near, far),) = Linker(lexicon).link(["x" * 60], [open_ones])
    assert near.concept == "MONDO:0018868"
    assert 0.7 < near.score <= 1
    assert far.concept is None


def test_numbers_must_agree() -> None:
    index = NameIndex(load_lexicon())
    exact, other = index.nearest(
        ["Aicardi-Goutieres syndrome 3", "Aicardi-Goutieres syndrome 33"], ["disease", "disease"]
    )
    assert exact is not None
    assert exact.concept == "MONDO:0012471"
    assert other is None


def test_a_dropped_letter_finds_the_same_disease_or_none() -> None:
    lexicon = load_lexicon()
    index = NameIndex(lexicon)
    names = sorted((c.id, c.name) for c in lexicon.concepts.values() if c.type == "disease")
    spoilt = [name[: len(name) // 2] + name[len(name) // 2 + 1 :] for _, name in names]
    found = index.nearest(spoilt, ["disease"] * len(spoilt))
    assert [(id, c.concept) for (id, _), c in zip(names, found, strict=True) if c and c.concept != id] == []
    assert sum(c is not None for c in found) > len(names) // 2


def test_the_lexicon_as_a_scispacy_knowledge_base(lexicon: Lexicon) -> None:
    kb = knowledge_base(lexicon)
    assert kb.cui_to_entity["HGNC:713"].canonical_name == "ARSA"
    assert kb.alias_to_cuis["arylsulfatase A"] == {"HGNC:713"}


@pytest.mark.parametrize(
    "words",
    ["inflammatory", "Sjögren's syndrome", "congenital cataract", "autosomal dominant", "cerebellar atrophy"],
)
def test_a_part_of_a_name_is_not_the_name(words: str) -> None:
    (found,) = NameIndex(load_lexicon()).nearest([words], ["disease"])
    assert found is None
