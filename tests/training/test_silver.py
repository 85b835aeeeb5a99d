from __future__ import annotations

import numpy as np
import pytest

from leukonlp.pipeline.recogniser.decoding import B, E, I, O, S, spans
from leukonlp.training.silver import mixed, on_tokens


def likely(*labels: int) -> np.ndarray:
    p = np.full((len(labels), 1, 5), 0.01, dtype=np.float32)
    p[range(len(labels)), 0, labels] = 0.96
    return p


@pytest.mark.parametrize(
    ("pieces", "labels", "places", "expected"),
    [
        ([(0, 4), (5, 9)], [S, O], [(0, 4), (5, 9)], [S, O]),  # cut alike
        ([(0, 3), (3, 7), (7, 9)], [B, I, E], [(0, 9)], [S]),  # one token, three pieces
        ([(0, 3), (3, 7), (8, 9)], [B, I, E], [(0, 7), (8, 9)], [B, E]),
        ([(0, 5)], [S], [(0, 3), (3, 5)], [B, E]),  # one piece, two tokens
        ([(0, 6)], [B], [(0, 3), (3, 6)], [B, I]),
        ([(0, 2), (2, 4)], [O, S], [(0, 4)], [E]),  # begins inside the token: no whole token, but its end
        ([], [], [(0, 4)], [O]),  # the teacher saw nothing there
    ],
)
def test_labels_move_from_pieces_to_tokens(
    pieces: list[tuple[int, int]], labels: list[int], places: list[tuple[int, int]], expected: list[int]
) -> None:
    on = on_tokens(likely(*labels), pieces, places)
    assert on.argmax(-1)[:, 0].tolist() == expected
    np.testing.assert_allclose(on.sum(-1), 1, atol=1e-5)


def test_heads_are_weighed_by_the_corpus_a_text_is_like() -> None:
    ours, theirs = likely(S, O), likely(O, O)
    heads = np.concatenate([ours, theirs, likely(O, O), likely(O, O)], axis=1)
    types = ("DISEASE", "DISEASE", "GENE", "CHEMICAL")
    alike = mixed(heads, types, np.array([0.9, 0.1, 1, 1]))
    apart = mixed(heads, types, np.array([0.1, 0.9, 1, 1]))
    assert [(s.first, s.type) for s in spans(alike)] == [(0, 0)]
    assert spans(apart) == []
