from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra leukonlp[train]")

from leukonlp.pipeline.recogniser.features import Word, hashed  # noqa: E402
from leukonlp.pipeline.recogniser.model import Shape  # noqa: E402
from leukonlp.training import student  # noqa: E402
from leukonlp.training.examples import IGNORE, Example  # noqa: E402
from leukonlp.training.network import Network, weights_of  # noqa: E402

WORDS = [Word(w, True) for w in "ARSA GALC ABCD1 in a of MLD ALD the and".split()]
SHAPE = Shape(("DISEASE", "GENE", "CHEMICAL"), ("conv:1", "attention:2"), 8, (40, 20, 20, 10), {})
SCHEDULE = student.Schedule(steps=12, tokens=40, learning_rate=0.02, warmup=3, save_every=5)


def network() -> Network:
    torch.manual_seed(7)
    vectors = np.random.default_rng(0).normal(size=(len(WORDS), 4)).astype(np.float32)
    return Network(SHAPE, (4, 2, 2, 2), vectors, hashed(WORDS, SHAPE.rows), dropout=0.1, word_dropout=0.1)


def example(seed: int, *, gold: bool) -> Example:
    """A text whose first three words are genes and whose seventh and eighth are diseases."""
    words = np.array(random.Random(seed).choices(range(len(WORDS)), k=9), dtype=np.int32)
    labels = np.zeros((9, 3), dtype=np.int8)
    labels[words < 3, 1] = 4
    labels[(words == 6) | (words == 7), 0] = 4
    likely = np.eye(5, dtype=np.float16)[labels.astype(int)]
    labels[:, 2] = IGNORE
    return Example(words, labels, likely * 0) if gold else Example(words, labels * 0 + IGNORE, likely)


GOLD = [example(i, gold=True) for i in range(12)]
SILVER = [example(i, gold=False) for i in range(100, 112)]


def train(checkpoint: Path, schedule: student.Schedule = SCHEDULE, **parts: Any) -> Network:
    return student.train(
        network(),
        parts.get("gold", GOLD),
        parts.get("silver", SILVER),
        schedule,
        seed=1,
        checkpoint=checkpoint,
        say=print,
    )


def test_a_stopped_training_ends_as_an_undisturbed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = weights_of(train(tmp_path / "whole.pt"))
    learn = student._Run.learn

    def stopped(run: Any, parts: Any) -> float:
        if run.step == 8:
            raise KeyboardInterrupt
        return learn(run, parts)

    with monkeypatch.context() as patch:
        patch.setattr(student._Run, "learn", stopped)
        with pytest.raises(KeyboardInterrupt):
            train(tmp_path / "stopped.pt")
    again = weights_of(train(tmp_path / "stopped.pt"))
    assert all(np.array_equal(again[name], whole[name]) for name in whole)


@pytest.mark.parametrize("parts", [{"silver": []}, {"gold": []}, {}], ids=["gold", "silver", "both"])
def test_learns_from_gold_from_a_teacher_and_from_both(tmp_path: Path, parts: dict[str, Any]) -> None:
    schedule = student.Schedule(steps=150, tokens=40, learning_rate=0.02, warmup=10, average=0.9)
    trained = train(tmp_path / "s.pt", schedule, **parts)
    unseen = [example(i, gold=True) for i in range(500, 520)]
    right = total = 0
    for p, e in zip(student.likely_labels(trained, unseen), unseen, strict=True):
        right += int((p.argmax(-1)[:, :2] == e.labels[:, :2]).sum())
        total += 2 * len(e)
    assert right / total > 0.95


def test_what_is_unknown_teaches_nothing(tmp_path: Path) -> None:
    blank = [Example(e.words, np.full_like(e.labels, IGNORE), e.likely * 0) for e in GOLD]
    loss = student._loss(network(), blank)
    assert float(loss) == 0
