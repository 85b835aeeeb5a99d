"""The sieve: it spares the last block most tokens, and no name is lost."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra leukonlp[train]")

from leukonlp.pipeline.recogniser.model import Recogniser  # noqa: E402
from leukonlp.pipeline.recogniser.tokenizer import spaced_words  # noqa: E402
from leukonlp.training import sieve  # noqa: E402

from .test_network import SPACED, trained  # noqa: E402, F401

TEXTS = [
    " ".join(words)
    for words in np.random.default_rng(3).choice(
        "MLD ARSA boys were given late , infantile and Krabbe mice 12 of the ( )".split(), (60, 12)
    )
]


@pytest.fixture
def plain(trained: tuple[Any, Recogniser]) -> Recogniser:  # noqa: F811
    """A network at random, made to say of most tokens that they are no name."""
    weights = dict(trained[1].weights)
    bias = weights["out.b"].astype(np.float32).reshape(2, 5)
    bias[:, 0] += 6.0
    weights["out.b"] = bias.ravel().astype(np.float16)
    return Recogniser(trained[1].shape, weights)


def name(likely: np.ndarray) -> np.ndarray:
    return 1 - likely[:, :, 0].min(axis=1)


def test_no_token_that_may_be_a_name_goes(plain: Recogniser) -> None:
    sifted = sieve.sifted(plain, TEXTS)
    assert 0 < sieve.share_kept(sifted, TEXTS) < 1
    for words in map(spaced_words, TEXTS[30:]):
        before, after = plain.probabilities(words), sifted.probabilities(words)
        gone = (after[:, :, 0] == 1).all(axis=1)
        assert (name(before)[gone] <= 0.1).all()
        np.testing.assert_allclose(after[~gone], before[~gone], atol=1e-5)


def test_a_new_sieve_takes_the_place_of_an_old_one(plain: Recogniser) -> None:
    once = sieve.sifted(plain, TEXTS)
    twice = sieve.sifted(once, TEXTS)
    assert once.weights.keys() == twice.weights.keys()
    np.testing.assert_array_equal(once.weights["sieve.w"], twice.weights["sieve.w"])


def test_a_text_of_which_nothing_is_kept(plain: Recogniser) -> None:
    nothing = {"sieve.w": np.zeros(16, np.float16), "sieve.b": np.ones(1, np.float16)}
    likely = Recogniser(plain.shape, {**plain.weights, **nothing}).probabilities(SPACED)
    assert likely.shape == (len(SPACED), 2, 5)
    assert (likely[:, :, 0] == 1).all()
    assert likely.sum() == 2 * len(SPACED)


@pytest.mark.parametrize("texts", [[], ["boys"]])
def test_too_few_texts_tell_no_sieve(plain: Recogniser, texts: list[str]) -> None:
    assert "sieve.w" not in sieve.sifted(plain, texts).weights


def test_without_a_block_to_skip_the_sieve_still_spares_the_labels(plain: Recogniser) -> None:
    shape = dataclasses.replace(plain.shape, blocks=("conv:1", "conv:3", "attention:4"))
    whole = Recogniser(shape, plain.weights)
    sifted = sieve.sifted(whole, TEXTS)
    for words in map(spaced_words, TEXTS[30:]):
        before, after = whole.probabilities(words), sifted.probabilities(words)
        gone = (after[:, :, 0] == 1).all(axis=1)
        np.testing.assert_allclose(after[~gone], before[~gone], atol=1e-5)
        assert (name(before)[gone] <= 0.1).all()
