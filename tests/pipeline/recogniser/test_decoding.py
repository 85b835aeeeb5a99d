from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukonlp.pipeline.recogniser.decoding import FOLLOWS, B, E, I, O, S, labels_of, spans


def likely(*paths: list[int], sure: float = 0.9) -> np.ndarray:
    """Probabilities that put ``sure`` on the labels of each type's path."""
    p = np.full((len(paths[0]), len(paths), 5), (1 - sure) / 4, dtype=np.float32)
    for type, path in enumerate(paths):
        p[range(len(path)), type, path] = sure
    return p


def test_reads_the_labels() -> None:
    found = spans(likely([O, B, I, E, O, S], [O] * 6))
    assert [(s.first, s.last, s.type) for s in found] == [(1, 3, 0), (5, 5, 0)]
    assert found[0].score == pytest.approx(0.9)


def test_a_path_that_cannot_be_is_mended() -> None:
    p = likely([O, I, E, O])
    p[1, 0] = [0.05, 0.3, 0.6, 0.0, 0.05]  # an inside that nothing begins
    assert [(s.first, s.last) for s in spans(p)] == [(1, 2)]


def test_of_two_types_on_one_token_the_surer_stays() -> None:
    p = likely([S, O], [B, E], sure=0.8)
    p[0, 0] = [0.04, 0, 0, 0, 0.96]
    assert [(s.first, s.last, s.type) for s in spans(p)] == [(0, 0, 0)]


def test_an_empty_text_has_no_spans() -> None:
    assert spans(np.empty((0, 3, 5), dtype=np.float32)) == []


@given(
    st.lists(
        st.lists(st.lists(st.floats(0.01, 1), min_size=5, max_size=5), min_size=3, max_size=3),
        min_size=1,
        max_size=12,
    )
)
def test_a_score_is_the_mean_of_the_labels_of_its_tokens(rows: list[list[list[float]]]) -> None:
    p = np.array(rows, dtype=np.float32)
    p /= p.sum(2, keepdims=True)
    for first, last, type, score in spans(p):
        labels = labels_of([(0, last - first)], last - first + 1)
        assert score == pytest.approx(p[range(first, last + 1), type, labels].mean(), rel=1e-6)


@given(st.lists(st.lists(st.floats(0.01, 1), min_size=5, max_size=5), min_size=1, max_size=5))
def test_the_likeliest_allowed_path_wins(rows: list[list[float]]) -> None:
    p = np.array(rows, dtype=np.float32)
    p /= p.sum(1, keepdims=True)

    def allowed(path: tuple[int, ...]) -> bool:
        return (
            path[0] in (O, B, S)
            and path[-1] in (O, E, S)
            and all(b in FOLLOWS[a] for a, b in itertools.pairwise(path))
        )

    paths = [path for path in itertools.product(range(5), repeat=len(p)) if allowed(path)]
    chances = [float(np.log(p[range(len(p)), path]).sum()) for path in paths]
    found = [(s.first, s.last) for s in spans(p[:, None])]
    chosen = chances[paths.index(tuple(labels_of(found, len(p))))]
    assert chosen == pytest.approx(max(chances), abs=1e-4)
