"""The training of leuko_ner, stage by stage; each leaves a file in the work folder and is not done twice.

1. gold: annotated corpora, without leaks between splits;
2. words: vectors of words and their n-grams, from unlabelled text;
3. teachers: a transformer and a wide network, on gold alone;
4. silver: what the teachers together think of abstracts, and of the types that a corpus does not label;
5. students: one network a seed, on gold and silver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray

from leukonlp.pipeline.recogniser.features import hashed, vectors_of
from leukonlp.pipeline.recogniser.model import floret_table
from leukonlp.pipeline.recogniser.tokenizer import places_of
from leukonlp.training import student
from leukonlp.training.examples import IGNORE, Example, Vocabulary, gold_labels, numbers_of, unreachable
from leukonlp.training.gold import CORPORA, TYPES, UNKNOWN, Document, Splits, read_corpus, without_leaks
from leukonlp.training.network import Network
from leukonlp.training.package import recogniser_of
from leukonlp.training.recipe import Body, Recipe
from leukonlp.training.text import Text, abstracts, read_texts, write_words
from leukonlp.training.vectors import read_vectors, train_vectors

if TYPE_CHECKING:
    from leukonlp.pipeline.recogniser.model import Recogniser

Teacher: TypeAlias = Callable[[Sequence[str]], Iterator[NDArray[np.float16]]]
"""Texts to tokens x types x 5 probabilities each."""
_FIRST_TEACHER = 101
"""Seed of the first network that teaches; no student has one as large."""
SILVER_PART = 500
"""Texts whose labels make one file of silver."""


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

    @cached_property
    def abstracts(self) -> list[Text]:
        """The abstracts to label."""
        hidden = self.never | {d.id for d in self.documents}
        return abstracts([self.data / name for name in self.recipe.abstracts], never=hidden)[
            : self.recipe.n_abstracts
        ]

    def example(self, text: str, document: Document | None = None, likely: Any = None) -> Example:
        """Return a text as an example; ``likely`` (tokens x types x 5) counts where no label is known."""
        places = places_of(text)
        unknown = np.full((len(places), len(TYPES)), IGNORE, dtype=np.int8)
        labels = gold_labels(document, places) if document else unknown
        guess = np.zeros((*labels.shape, 5), dtype=np.float16)
        if likely is not None:
            guess[:] = likely
            guess[:, [TYPES.index(type) for type in (document.types if document else ())]] = 0
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

    def wider(self, number: int, name: str) -> Teacher:
        """Return the opinion of one of the networks that teach; it is trained first where it has not been."""
        body = self.recipe.teachers[name]
        path = self.work / f"{name}.pt"
        seed = _FIRST_TEACHER + number
        teacher = student.train(
            self.network(body, seed),
            self.gold(),
            [],
            _schedule(body),
            seed=seed,
            checkpoint=path,
            say=self.say,
        )
        return lambda texts: student.likely_labels(teacher, [self.example(text) for text in texts])

    def silver(self) -> dict[str, NDArray[np.float16]]:
        """Return for each text, gold or not, what the teachers think in the mean: tokens x types x 5."""
        texts = sorted({d.text for d in self.splits.train} | {d.text for d in self.splits.dev})
        texts += [text.text for text in self.abstracts]
        for text in texts:  # every word needs its number before a network is made
            numbers_of(text, places_of(text), self.vocabulary)
        teachers: dict[str, Callable[[], Teacher]] = {}
        if self.recipe.transformer:
            teachers["transformer"] = self.transformer
        for number, name in enumerate(self.recipe.teachers):
            teachers[name] = partial(self.wider, number, name)
        opinions = [opinions_of(texts, make, self.work / name, self.say) for name, make in teachers.items()]
        return {
            text: np.mean(several, axis=0, dtype=np.float32).astype(np.float16)
            for text, *several in zip(texts, *opinions, strict=True)
        }

    def students(self, seeds: Sequence[int]) -> Iterator[tuple[int, Recogniser]]:
        """Yield each seed with its trained recogniser."""
        silver = self.silver()
        known = [*self.splits.train, *self.splits.dev]
        gold = [self.example(d.text, d, silver[d.text]) for d in known]
        annotated = {d.text for d in known}
        guessed = [
            self.example(t.text, None, silver[t.text]) for t in self.abstracts if t.text not in annotated
        ]
        body = self.recipe.student
        table, hashing = self.table
        for seed in seeds:
            net = student.train(
                self.network(body, seed), gold, guessed, _schedule(body),
                seed=seed, checkpoint=self.work / f"student-{seed}.pt", say=self.say,
            )  # fmt: skip
            yield seed, recogniser_of(net, self.recipe.shape(body, hashing), table)


def opinions_of(
    texts: Sequence[str], teacher: Callable[[], Teacher], folder: Path, say: Callable[[str], None]
) -> list[NDArray[np.float16]]:
    """Return a teacher's opinion of each text, out of ``folder`` where it was asked before.

    Args:
        texts: the texts, in an order that stays.
        teacher: makes the teacher; called only where an opinion is missing.
        folder: one for each teacher; made where it is missing.
        say: called with a line on how it goes.
    """
    folder.mkdir(exist_ok=True)
    ready: Teacher | None = None
    found: list[NDArray[np.float16]] = []
    for number, first in enumerate(range(0, len(texts), SILVER_PART)):
        part = texts[first : first + SILVER_PART]
        path = folder / f"{number:04}.npz"
        if not path.is_file():
            ready = ready or teacher()
            opinions = list(ready(part))
            unfinished = path.with_suffix(".part.npz")
            np.savez_compressed(
                unfinished, likely=np.concatenate(opinions), lengths=[len(o) for o in opinions]
            )
            unfinished.replace(path)
            say(f"{folder.name}: {first + len(part)} of {len(texts)} texts labelled")
        with np.load(path) as kept:  # np.load refuses pickles
            found += np.split(kept["likely"], np.cumsum(kept["lengths"])[:-1])
    return found


def _schedule(body: Body) -> student.Schedule:
    return student.Schedule(body.steps, tokens=body.tokens, learning_rate=body.learning_rate)
