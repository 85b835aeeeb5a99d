"""The recipe of leuko_ner: what ``[recipe]`` of a pipeline's ``config.cfg`` says, checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from confection import Config

from leukonlp.errors import SettingsError
from leukonlp.pipeline.recogniser.model import Shape
from leukonlp.training.gold import ALONE, TYPES


@dataclass(frozen=True)
class Body:
    """A network and how it is trained.

    Attributes:
        blocks: its blocks, parted by spaces: ``conv:1 attention:2``.
        width: numbers in the vector of a token.
        dropout: share of each block's output that is dropped in training.
        word_dropout: share of words whose lower-case form is hidden in training.
        steps: updates; see :class:`leukonlp.training.student.Schedule` for this and the following.
        silver: a teacher that learns what those think, too, that learn from gold alone.
    """

    blocks: str
    width: int
    steps: int
    dropout: float = 0.2
    word_dropout: float = 0.1
    tokens: int = 6000
    learning_rate: float = 2e-3
    silver: bool = False


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what comes out of a training.

    Attributes:
        seeds: one student is trained for each; the first is the one to ship.
        words: files whose text trains the vectors, from the folder of the corpora; one named twice counts
            twice.
        abstracts: files of abstracts for the teachers to label.
        n_abstracts: how many of them.
        n_sentences: how many sentences, out of further abstracts of the same files.
        vectors: arguments of ``floret.train_unsupervised``.
        transformer: settings of :class:`leukonlp.training.teachers.Course`; empty for no transformer.
        teachers: networks that teach beside the transformer, by name.
        student: the network that is shipped.
    """

    seeds: tuple[int, ...]
    words: tuple[str, ...]
    abstracts: tuple[str, ...]
    n_abstracts: int
    vectors: Mapping[str, Any]
    transformer: Mapping[str, Any]
    teachers: Mapping[str, Body]
    student: Body
    n_sentences: int = 0
    rows: tuple[int, ...] = (20000, 4000, 6000, 2000)
    widths: tuple[int, ...] = (96, 32, 48, 32)

    @property
    def teachers_in_turn(self) -> list[str]:
        """Names of the networks that teach, those first that learn from gold alone."""
        return sorted(self.teachers, key=lambda name: self.teachers[name].silver)

    def shape(self, body: Body, hashing: Mapping[str, Any]) -> Shape:
        """Return the settings of one of the two networks, over vectors that are hashed in this way."""
        return Shape(TYPES, tuple(body.blocks.split()), body.width, self.rows, hashing, ALONE)


def read_recipe(path: Path) -> Recipe:
    """Read the recipe out of a spaCy configuration.

    Raises:
        SettingsError: the file cannot be read or has no recipe, or entries are missing or unknown.
    """
    try:
        block = dict(Config().from_disk(path, interpolate=True)["recipe"])
    except (OSError, ValueError, KeyError) as error:
        raise SettingsError(
            f"{path} holds no [recipe] that can be read ({error}); see models/leuko_ner/config.cfg"
        ) from error
    try:
        teachers = {name: Body(**body) for name, body in block.pop("teachers").items()}
        body = Body(**block.pop("student"))
        lists = {name: tuple(value) for name, value in block.items() if isinstance(value, list)}
        return Recipe(**{**block, **lists}, teachers=teachers, student=body)
    except (TypeError, KeyError) as error:
        known = ", ".join(f.name for f in dataclasses.fields(Recipe))
        raise SettingsError(f"{path}: the recipe does not fit ({error}); it holds {known}") from error
