from __future__ import annotations

import random

import numpy as np
import pytest

from leukonlp.pipeline.recogniser.tokenizer import places_of
from leukonlp.training.examples import (
    IGNORE,
    Example,
    Vocabulary,
    batches,
    gold_labels,
    numbers_of,
    unreachable,
)
from leukonlp.training.gold import CORPORA, Document, read_corpus


def document(
    text: str, *spans: tuple[int, int, str], types: tuple[str, ...] = ("DISEASE", "GENE")
) -> Document:
    return Document("biored", "1", text, "train", spans, types)


def labels(d: Document) -> list[list[int]]:
    return gold_labels(d, places_of(d.text)).T.tolist()


def test_labels_of_known_types_and_none_of_others() -> None:
    disease, gene, chemical = labels(document("ARSA in MLD type 2", (0, 4, "GENE"), (8, 18, "DISEASE")))
    assert gene == [4, 0, 0, 0, 0]
    assert disease == [0, 0, 1, 2, 3]
    assert chemical == [IGNORE] * 5


def test_the_longer_of_two_spans_stays() -> None:
    assert labels(document("breast cancer gene", (0, 13, "DISEASE"), (7, 13, "DISEASE")))[0] == [1, 3, 0]


def test_an_unknown_stretch_teaches_nothing_but_what_is_labelled_in_it() -> None:
    assert labels(document("RING domain of RNF", (0, 18, "UNKNOWN"), (15, 18, "GENE")))[1] == [IGNORE] * 3 + [
        4
    ]


def test_counts_mentions_inside_a_token() -> None:
    assert unreachable(document("leukodystrophies", (0, 5, "DISEASE"))) == 1
    assert unreachable(document("pro-MMP2", (4, 8, "GENE"), (0, 8, "GENE"))) == 0


def test_words_are_numbered_with_the_space_before_them() -> None:
    vocabulary = Vocabulary()
    text = "a-a a"
    assert numbers_of(text, places_of(text), vocabulary).tolist() == [0, 1, 0, 2]


def test_batches_hold_every_example_once_and_no_more_tokens_than_asked() -> None:
    examples = [
        Example(np.zeros(n, np.int32), np.zeros((n, 3), np.int8), np.zeros((n, 3, 5), np.float16))
        for n in (5, 3, 8, 2, 9, 4)
    ]
    seen: list[int] = []
    for batch in batches(examples, 10, random.Random(1)):
        assert len(batch) * max(map(len, batch)) <= 10
        seen += [len(e) for e in batch]
        if len(seen) >= len(examples):
            break
    assert sorted(seen) == [2, 3, 4, 5, 8, 9]


@pytest.mark.shared
@pytest.mark.parametrize("name", CORPORA)
def test_at_most_one_mention_in_two_hundred_is_out_of_reach(shared, name: str) -> None:
    documents = read_corpus(shared / "ner", name, [])
    spans = sum(kind != "UNKNOWN" for d in documents for *_, kind in d.spans)
    assert sum(map(unreachable, documents)) <= 0.005 * spans
