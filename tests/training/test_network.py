"""The network trained in PyTorch and the one that reads texts in NumPy are the same."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra leukonlp[train]")

from leukonlp.errors import ModelError  # noqa: E402
from leukonlp.pipeline.recogniser import model  # noqa: E402
from leukonlp.pipeline.recogniser.features import Word, hashed, vectors_of  # noqa: E402
from leukonlp.training.network import Network, half_precision  # noqa: E402
from leukonlp.training.package import recogniser_of  # noqa: E402

SHAPE = model.Shape(
    types=("DISEASE", "GENE"),
    blocks=("conv:1", "conv:3", "attention:4", "conv:1"),
    width=16,
    rows=(50, 20, 20, 10),
    floret={"minn": 3, "maxn": 4, "hash_count": 2, "hash_seed": 2166136261, "bow": "<", "eow": ">"},
)
SPACED = [
    space + word
    for word, space in zip("Late infantile MLD ( ARSA ) in 12 boys .".split(), [" ", ""] * 5, strict=True)
]
WORDS = [*map(Word.of, SPACED)]


@pytest.fixture
def trained() -> tuple[Network, Any]:
    rng = np.random.default_rng(1)
    floret = rng.normal(size=(40, 8)).astype(np.float32)
    reader = model.floret_table(floret, SHAPE.floret)
    network = Network(
        SHAPE,
        (6, 3, 4, 3),
        vectors_of(WORDS, reader),
        hashed(WORDS, SHAPE.rows),
        dropout=0.2,
        word_dropout=0.1,
    ).eval()
    with torch.no_grad():
        for weight in network.parameters():
            weight.copy_(torch.from_numpy(rng.normal(scale=0.4, size=weight.shape).astype(np.float32)))
    return network, recogniser_of(network, SHAPE, floret)


def in_torch(network: Network, numbers: list[int], padding: int = 0) -> np.ndarray:
    words = torch.tensor([numbers + [0] * padding])
    mask = torch.tensor([[1.0] * len(numbers) + [0.0] * padding])
    with torch.no_grad():
        return network(words, mask).softmax(-1).numpy()[0, : len(numbers)]


@pytest.mark.parametrize("length", [1, 2, 3, 10])
def test_both_give_the_same_probabilities(trained: tuple[Network, Any], length: int) -> None:
    network, recogniser = trained
    ours = recogniser.probabilities(SPACED[:length])
    assert ours.shape == (length, 2, 5)
    # 16-bit weights and 8-bit tables cost this much.
    np.testing.assert_allclose(ours, in_torch(network, list(range(length))), atol=0.02)


def test_padding_changes_nothing(trained: tuple[Network, Any]) -> None:
    network, _ = trained
    np.testing.assert_allclose(
        in_torch(network, [0, 1, 2]), in_torch(network, [0, 1, 2], padding=4), atol=1e-5
    )


def test_a_text_does_not_hang_on_those_read_before(
    trained: tuple[Network, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, recogniser = trained
    alone = recogniser.probabilities(SPACED[3:7])
    monkeypatch.setattr(model, "REMEMBERED", 5)
    fresh = model.Recogniser(SHAPE, recogniser.weights)
    for length in (1, 4, 10, 2):  # more words than are remembered
        fresh.probabilities(SPACED[:length])
    assert np.array_equal(fresh.probabilities(SPACED[3:7]), alone)


def test_words_that_came_again_are_kept_when_others_are_forgotten(
    trained: tuple[Network, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, recogniser = trained
    monkeypatch.setattr(model, "REMEMBERED", 6)
    fresh = model.Recogniser(SHAPE, recogniser.weights)
    read: list[str] = []
    real = fresh._read
    monkeypatch.setattr(fresh, "_read", lambda words: read.extend(words) or real(words))
    for first, last in ((0, 4), (2, 4), (4, 6), (6, 8), (2, 4), (0, 2)):
        fresh.remember(SPACED[first:last])
    # 2 and 3 came twice before 6 and 7 found no room; 0 and 1 went and are read again.
    assert read == [*SPACED[:8], *SPACED[:2]]
    for first, last in ((2, 4), (6, 8), (0, 10), (2, 4)):
        assert np.array_equal(
            fresh.probabilities(SPACED[first:last]), recogniser.probabilities(SPACED[first:last])
        )


def test_what_is_saved_comes_back(trained: tuple[Network, Any], tmp_path: Path) -> None:
    _, recogniser = trained
    model.save(recogniser, tmp_path)
    again = model.load(tmp_path)
    assert again.shape == recogniser.shape
    assert np.array_equal(again.probabilities(SPACED), recogniser.probabilities(SPACED))


def test_it_travels_to_other_processes(trained: tuple[Network, Any]) -> None:
    _, recogniser = trained
    recogniser.probabilities(SPACED)
    again = pickle.loads(pickle.dumps(recogniser))
    assert np.array_equal(again.probabilities(SPACED), recogniser.probabilities(SPACED))


@pytest.mark.parametrize("harm", ["shape", "weights", "cut", "missing", "unknown"])
def test_a_damaged_model_is_named(trained: tuple[Network, Any], tmp_path: Path, harm: str) -> None:
    _, recogniser = trained
    model.save(recogniser, tmp_path)
    weights, shape = tmp_path / model.WEIGHTS, tmp_path / model.SHAPE
    if harm == "shape":
        shape.write_text("{")
    elif harm == "unknown":
        shape.write_text(shape.read_text().replace('"width"', '"breadth"'))
    elif harm == "missing":
        weights.unlink()
    elif harm == "cut":
        weights.write_bytes(weights.read_bytes()[:-50])
    else:
        weights.write_bytes(b"not weights at all")
    with pytest.raises(ModelError, match="holds no recogniser that can be used"):
        model.load(tmp_path)


@pytest.mark.parametrize(
    ("capability", "used"), [("DEFAULT", False), ("AVX2", False), ("AVX512", True), ("AMX", True)]
)
def test_short_products_only_where_the_processor_has_them(
    capability: str, used: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: capability)
    with half_precision():
        product = torch.ones(2, 2) @ torch.ones(2, 2)
    assert (product.dtype == torch.bfloat16) == used
