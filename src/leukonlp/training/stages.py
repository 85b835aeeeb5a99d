"""The training of leuko_ner, stage by stage; each leaves a file in the work folder and is not done twice.

1. gold: annotated corpora, without leaks between splits;
2. words: vectors of words and their n-grams, from unlabelled text;
3. teachers: a transformer and networks on gold alone, then networks that learn what those think, too;
4. silver: what the teachers together think of abstracts, of sentences, and of the types that a corpus does
   not label;
5. students: one network a seed, on gold and silver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from leukonlp.pipeline.recogniser.features import hashed, vectors_of
from leukonlp.pipeline.recogniser.model import floret_table
from leukonlp.pipeline.recogniser.tokenizer import places_of
from leukonlp.training import student
from leukonlp.training.examples import (
    IGNORE,
    Example,
    Vocabulary,
    columns_in,
    gold_labels,
    numbers_of,
    unreachable,
)
from leukonlp.training.gold import (
    ALONE,
    CORPORA,
    TYPES,
    UNKNOWN,
    Document,
    Splits,
    read_corpus,
    without_leaks,
)
from leukonlp.training.network import Network
from leukonlp.training.opinions import Likely, Teacher, mixed_in, opinions_of
from leukonlp.training.package import recogniser_of
from leukonlp.training.recipe import Body, Recipe
from leukonlp.training.sieve import TEXTS, sifted
from leukonlp.training.text import abstracts, read_texts, sentences, write_words
from leukonlp.training.vectors import read_vectors, train_vectors

if TYPE_CHECKING:
    from leukonlp.pipeline.recogniser.model import Recogniser

_FIRST_TEACHER = 101
"""Seed of the first network that teaches; no student has one as large."""


class Training:
    """One training; ask for ``students()`` and the stages before it run as far as they have not.

    Args:
        recipe: what to do.
        data: folder of the corpora; the recipe's other files are named from there.
        work: folder for what the stages leave; the same folder again goes on where it was stopped.
        say: called with a line on how it goes.
    """

    def __init__(self, recipe: Recipe, data: Path, work: Path, say: Callable[[str], None]) -> None:
        self.recipe, self.data, self.work, self.say = recipe, data, work, say
        self.vocabulary = Vocabulary()
        self.slips: list[str] = []
        work.mkdir(parents=True, exist_ok=True)
        torch.set_num_threads(1)  # several threads would add numbers up in another order each time

    @cached_property
    def documents(self) -> list[Document]:
        """All annotated documents."""
        return [d for name in CORPORA for d in read_corpus(self.data, name, self.slips)]

    @cached_property
    def never(self) -> frozenset[str]:
        """PMIDs that must not train: leukodystrophy records, on which the model is judged."""
        files = {self.data / name for name in self.recipe.abstracts}
        return frozenset(text.id for path in sorted(files) for text in read_texts(path) if text.judged)

    @cached_property
    def splits(self) -> Splits:
        """The documents, without leaks."""
        return without_leaks(self.documents, never=self.never)

    def report(self) -> Iterator[str]:
        """Yield lines on the corpora: documents a split, mentions no token border fits, what was left out."""
        for name in CORPORA:
            own = [d for d in self.documents if d.corpus == name]
            spans = sum(kind != UNKNOWN for d in own for *_, kind in d.spans)
            lost = sum(map(unreachable, own))
            used = [
                sum(d.corpus == name for d in part)
                for part in (self.splits.train, self.splits.dev, self.splits.test)
            ]
            yield (
                f"{name}: {used[0]} documents train, {used[1]} develop, {used[2]} test; "
                f"{lost} of {spans} mentions ({lost / max(spans, 1):.2%}) lie inside a token"
            )
        yield from (f"left out: {count} of {reason}" for reason, count in self.splits.left_out.items())
        yield from (f"left out: {slip}" for slip in self.slips)

    @cached_property
    def table(self) -> tuple[NDArray[np.float32], dict[str, Any]]:
        """The vectors, and how n-grams are hashed."""
        path = self.work / "floret.vec"
        if not path.is_file():
            lines = self.work / "words.txt"
            lines.unlink(missing_ok=True)
            hidden = self.never | {d.id for d in self.splits.test}
            for name in self.recipe.words:
                self.say(f"reading {name}")
                write_words(lines, read_texts(self.data / name), never=hidden)
            self.say("training vectors")
            train_vectors(lines, path, settings=dict(self.recipe.vectors))
        return read_vectors(path)

    @property
    def _known(self) -> list[Document]:
        return [*self.splits.train, *self.splits.dev]

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """The texts that teachers read: the annotated ones, abstracts, and sentences of other abstracts."""
        hidden = self.never | {d.id for d in self.documents}
        files = [self.data / name for name in self.recipe.abstracts]
        found, first = abstracts(files, never=hidden), self.recipe.n_abstracts
        annotated = {d.text for d in self.documents}
        return {
            "gold": sorted({d.text for d in self._known}),
            "abstracts": [t.text for t in found[:first] if t.text not in annotated],
            "sentences": [t for t in sentences(found[first:]) if t not in annotated][
                : self.recipe.n_sentences
            ],
        }

    def example(self, text: str, document: Document | None = None, likely: Any = None) -> Example:
        """Return a text as an example; ``likely`` (tokens x types x 5) counts where no label is known."""
        places, columns = places_of(text), columns_in(text)
        labels = np.full((len(places), len(TYPES) + len(ALONE)), IGNORE, dtype=np.int8)
        guess = np.zeros((*labels.shape, 5), dtype=np.float16)
        if likely is not None:
            guess[:, columns] = likely
        if document is not None:
            labels[:, columns] = gold_labels(document, places)
            guess[:, [columns[TYPES.index(type)] for type in document.types]] = 0
        return Example(numbers_of(text, places, self.vocabulary), labels, guess)

    def network(self, body: Body, seed: int) -> Network:
        """Return a network for the words read so far, with weights at random."""
        torch.manual_seed(seed)
        table, hashing = self.table
        shape = self.recipe.shape(body, hashing)
        words = self.vocabulary.words
        return Network(
            shape,
            self.recipe.widths,
            vectors_of(words, floret_table(table, hashing)),
            hashed(words, shape.rows),
            dropout=body.dropout,
            word_dropout=body.word_dropout,
        )

    def gold(self) -> list[Example]:
        """Return the training documents as examples that know their own types only."""
        return [self.example(d.text, d) for d in self.splits.train]

    def transformer(self) -> Teacher:
        """Return the transformer's opinion of texts; it is trained first where it has not been."""
        from leukonlp.training.teachers import Course, likely_labels, train_transformer

        course = Course(**self.recipe.transformer)
        path = self.work / "transformer.pt"
        net = train_transformer(self.splits.train, course, seed=1, checkpoint=path, say=self.say)
        return lambda texts: likely_labels(net, texts)

    def wider(self, number: int, name: str, silver: Mapping[str, Likely]) -> Teacher:
        """Return the opinion of one of the networks that teach; it is trained first where it has not been."""
        body = self.recipe.teachers[name]
        path = self.work / f"{name}.pt"
        seed = _FIRST_TEACHER + number
        gold, guessed = self.examples(silver) if body.silver else (self.gold(), [])
        teacher = student.train(
            self.network(body, seed), gold, guessed, _schedule(body),
            seed=seed, checkpoint=path, say=self.say,
        )  # fmt: skip
        return lambda texts: (
            likely[:, columns_in(text)]
            for text in texts
            for likely in student.likely_labels(teacher, [self.example(text)])
        )

    def silver(self) -> dict[str, Likely]:
        """Return for each text, gold or not, what the teachers think in the mean: tokens x types x 5."""
        for text in (text for part in self.texts.values() for text in part):
            numbers_of(text, places_of(text), self.vocabulary)  # a network needs the number of every word
        mean: dict[str, Likely] = {}
        alone: dict[str, Likely] = {}  # what those think in the mean that learn from gold alone
        for asked, (name, make) in enumerate(self._teachers(alone).items()):
            opinions = [
                opinions_of(texts, make, self.work / name, kind, self.say)
                for kind, texts in self.texts.items()
            ]
            for texts, found in zip(self.texts.values(), opinions, strict=True):
                for text, opinion in zip(texts, found, strict=True):
                    mean[text] = mixed_in(mean[text], opinion, asked) if asked else opinion
            if not (name in self.recipe.teachers and self.recipe.teachers[name].silver):
                alone.update(mean)
        return mean

    def _teachers(self, silver: Mapping[str, Likely]) -> dict[str, Callable[[], Teacher]]:
        teachers: dict[str, Callable[[], Teacher]] = {}
        if self.recipe.transformer:
            teachers["transformer"] = self.transformer
        for number, name in enumerate(self.recipe.teachers_in_turn):
            teachers[name] = partial(self.wider, number, name, silver)
        return teachers

    def examples(self, silver: Mapping[str, Likely]) -> tuple[list[Example], list[Example]]:
        """Return annotated documents, completed by the teachers, and texts that only those labelled."""
        gold = [self.example(d.text, d, silver[d.text]) for d in self._known]
        return gold, [
            self.example(text, None, silver[text])
            for kind in ("abstracts", "sentences")
            for text in self.texts[kind]
        ]

    def students(self, seeds: Sequence[int]) -> Iterator[tuple[int, Recogniser]]:
        """Yield each seed with its trained recogniser."""
        gold, guessed = self.examples(self.silver())
        body = self.recipe.student
        table, hashing = self.table
        for seed in seeds:
            net = student.train(
                self.network(body, seed), gold, guessed, _schedule(body),
                seed=seed, checkpoint=self.work / f"student-{seed}.pt", say=self.say,
            )  # fmt: skip
            recogniser = recogniser_of(net, self.recipe.shape(body, hashing), table)
            yield seed, sifted(recogniser, self.texts["abstracts"][:TEXTS])


def _schedule(body: Body) -> student.Schedule:
    return student.Schedule(body.steps, tokens=body.tokens, learning_rate=body.learning_rate)
