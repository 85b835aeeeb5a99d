"""What teachers think is asked once and kept, and more texts can come later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs the extra leukonlp[train]")

from leukonlp.training import opinions
from leukonlp.training.opinions import Likely, Teacher, mixed_in, opinions_of
from leukonlp.training.text import Text, sentences


class Asked:
    """A teacher that remembers what it was asked; its opinion of a text is the text's length."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self) -> Teacher:
        def likely(texts: Sequence[str]) -> Iterator[Likely]:
            for text in texts:
                self.texts.append(text)
                yield np.full((len(text), 1, 5), len(text), dtype=np.float16)

        return likely


def ask(texts: Sequence[str], teacher: Asked, folder: Path) -> list[int]:
    found = opinions_of(texts, teacher, folder, "abstracts", lambda line: None)
    return [int(opinion[0, 0, 0]) for opinion in found]


def test_a_text_is_asked_once_and_more_may_follow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinions, "PART", 2)
    teacher = Asked()
    assert ask(["a", "bb", "ccc"], teacher, tmp_path) == [1, 2, 3]
    assert ask(["a", "bb", "ccc", "dddd", "eeeee"], teacher, tmp_path) == [1, 2, 3, 4, 5]
    assert teacher.texts == ["a", "bb", "ccc", "dddd", "eeeee"]
    assert ask(["a", "bb"], teacher, tmp_path) == [1, 2]
    assert not list(tmp_path.glob("*.part*"))


def test_the_mean_of_several_opinions() -> None:
    one, two, three = (np.full((1, 1, 5), value, dtype=np.float16) for value in (0.0, 0.5, 1.0))
    assert mixed_in(mixed_in(one, two, 1), three, 2) == pytest.approx(0.5, abs=1e-3)


def test_sentences_are_whole_and_not_too_many() -> None:
    long = "The patients were followed for many years in the one centre of the whole country."
    text = Text("1", "A title\n" + " ".join(f"{long[:-1]} {n}." for n in range(9)) + " Short.", False)
    found = sentences([text])
    assert len(found) == 3
    assert all(s.startswith("The patients") and s.endswith(".") for s in found)
    assert sentences([text]) == found
