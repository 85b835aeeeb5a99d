"""A text of one sentence is read by the columns that its corpus taught."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.vocab import Vocab

from leukonlp.pipeline.recogniser.component import RecogniserComponent
from leukonlp.pipeline.recogniser.model import Recogniser, Shape, columns_of

SHAPE = Shape(("DISEASE", "GENE"), ("conv:1",), 4, (5, 5, 5, 5), {}, ("GENE",))
OUTSIDE, SINGLE = np.eye(5, dtype=np.float32)[[0, 4]]


def test_columns() -> None:
    assert columns_of(("DISEASE", "GENE"), ("GENE",), alone=True) == [0, 2]
    assert columns_of(("DISEASE", "GENE"), ("GENE",), alone=False) == [0, 1]
    assert columns_of(("DISEASE", "GENE"), (), alone=True) == [0, 1]


class Made(Recogniser):
    """In a sentence alone the second word is a gene, else the first; the third is a disease."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def remember(self, words: object) -> None:
        """Nothing to be made."""

    def columns(self, words: object) -> np.ndarray:
        likely = np.tile(OUTSIDE, (len(list(words)), self.shape.columns, 1))  # type: ignore[call-overload]
        for token, column in ((2, 0), (0, 1), (1, 2)):
            if column < self.shape.columns:
                likely[token, column] = SINGLE
        return likely


@pytest.mark.parametrize(
    ("text", "gene"),
    [
        ("ARSA GALC here fell.", "GALC"),
        ("ARSA GALC here\n", "GALC"),
        ("ARSA GALC here fell. They rose.", "ARSA"),
        ("ARSA GALC here\nThey rose.", "ARSA"),
    ],
)
def test_genes_of_a_sentence_alone_have_a_column_of_their_own(text: str, gene: str) -> None:
    found = RecogniserComponent(Vocab(), Made(SHAPE)).entities(text)
    assert [(text[e.start : e.end], e.label) for e in found] == sorted(
        [(gene, "GENE"), ("here", "DISEASE")], key=lambda e: text.index(e[0])
    )


def test_a_recogniser_without_such_columns_reads_all_texts_alike() -> None:
    plain = Made(Shape(("DISEASE", "GENE"), ("conv:1",), 4, (5, 5, 5, 5), {}))
    for text in ("ARSA GALC here fell.", "ARSA GALC here fell. They rose."):
        assert [e.start for e in RecogniserComponent(Vocab(), plain).entities(text)] == [0, 10]
