"""Genes have two columns: one for texts of one sentence, whose corpus marks them by rules of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra leukonlp[train]")

from leukonlp.training.examples import IGNORE  # noqa: E402
from leukonlp.training.gold import TYPES, Document  # noqa: E402
from leukonlp.training.recipe import Body, Recipe  # noqa: E402
from leukonlp.training.stages import Training  # noqa: E402

SENTENCE = "ARSA is lost."
ABSTRACT = "ARSA is lost. GALC is not."
TAUGHT = {SENTENCE: (0, 3, 2), ABSTRACT: (0, 1, 2)}


@pytest.fixture
def training(tmp_path: Path) -> Training:
    body = Body("conv:1", 8, 1)
    recipe = Recipe((1,), (), (), 0, {}, {}, {}, body)
    return Training(recipe, tmp_path, tmp_path, print)


@pytest.mark.parametrize("text", TAUGHT)
def test_a_text_teaches_the_columns_of_its_kind(training: Training, text: str) -> None:
    document = Document("bc2gm", "1", text, "train", ((0, 4, "GENE"),), ("GENE",))
    example = training.example(text, document)
    known = (example.labels != IGNORE).all(axis=0)
    assert known.tolist() == [column == TAUGHT[text][TYPES.index("GENE")] for column in range(4)]
    assert example.labels[0, known].tolist() == [4]


@pytest.mark.parametrize("text", TAUGHT)
def test_opinions_stand_where_nothing_is_known(training: Training, text: str) -> None:
    tokens = len(training.example(text))
    likely = np.full((tokens, len(TYPES), 5), 0.2)
    taught: Any = training.example(text, None, likely).likely.sum(axis=(0, 2))
    assert np.flatnonzero(taught).tolist() == sorted(TAUGHT[text])
    document = Document("bc5cdr", "1", text, "train", (), ("DISEASE", "CHEMICAL"))
    taught = training.example(text, document, likely).likely.sum(axis=(0, 2))
    assert np.flatnonzero(taught).tolist() == [TAUGHT[text][1]]
