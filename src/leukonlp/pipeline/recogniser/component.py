"""The spaCy component that sets ``doc.ents`` from a trained recogniser."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.util import filter_spans
from threadpoolctl import ThreadpoolController

from leukonlp.errors import ModelError
from leukonlp.pipeline.recogniser import model
from leukonlp.pipeline.recogniser.decoding import Entity, spans
from leukonlp.pipeline.recogniser.repetition import repeated
from leukonlp.pipeline.recogniser.short_forms import consistent
from leukonlp.pipeline.recogniser.tokenizer import spaced_words
from leukonlp.structure import is_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

CARRIED = ("DISEASE", "CHEMICAL")
"""Types of which a string tagged once is tagged throughout, and a short form only where its long form is."""
SCORES = "leukonlp_scores"
"""Key of ``doc.user_data``: how sure each of ``doc.ents`` is (0 to 1), in their order."""


@lru_cache(maxsize=1)
def _threads() -> ThreadpoolController:
    """Return what holds the libraries to one thread; looking for them takes milliseconds."""
    return ThreadpoolController()


class RecogniserComponent:
    """Finds entities; of two that overlap the surer stays.

    The text is cut into the recogniser's own words, whatever the tokens of the Doc.

    Args:
        vocab: the vocabulary of the pipeline.
        recogniser: a trained recogniser; None until ``from_disk`` has read one.
    """

    def __init__(self, vocab: Vocab, recogniser: model.Recogniser | None = None) -> None:
        self.vocab = vocab
        self.recogniser = recogniser

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.ents``; entities that were there before are replaced."""
        found = self.entities(doc.text)
        # On coarser tokens than its own two entities can come to share one: the longer stays.
        scores: dict[Span, float] = {}
        for e in found:
            span = doc.char_span(e.start, e.end, label=e.label, alignment_mode="expand")
            assert span is not None  # expanded, it always lies on tokens
            scores[span] = e.score
        doc.set_ents(filter_spans(scores))
        doc.user_data[SCORES] = [scores[ent] for ent in doc.ents]
        return doc

    def entities(self, text: str) -> list[Entity]:
        """Return the entities of a text in order.

        Each text is read by itself and on one thread, so that its result hangs on nothing else.

        Raises:
            ModelError: no weights have been read.
        """
        return self.entities_of([text])[0]

    def entities_of(self, texts: Sequence[str]) -> list[list[Entity]]:
        """Return the entities of each of a few texts, whose words are looked up together.

        Raises:
            ModelError: no weights have been read.
        """
        if self.recogniser is None:
            raise ModelError("leuko_ner has no weights yet; load a trained pipeline with spacy.load")
        cut = [spaced_words(text) for text in texts]
        with _threads().limit(limits=1, user_api="blas"):
            self.recogniser.remember(chain.from_iterable(cut))
            return [
                consistent(text, self._found(self.recogniser, text, spaced), dropped=CARRIED)
                if spaced
                else []
                for text, spaced in zip(texts, cut, strict=True)
            ]

    def _found(self, recogniser: model.Recogniser, text: str, spaced: list[str]) -> list[Entity]:
        alone = bool(recogniser.shape.alone) and is_one(text)
        found = spans(recogniser.probabilities(spaced, alone=alone))
        types = recogniser.shape.types
        words, ends = [word.lstrip() for word in spaced], list(accumulate(map(len, spaced)))
        carried = [number for number, type in enumerate(types) if type in CARRIED]
        return [
            Entity(ends[s.first] - len(words[s.first]), ends[s.last], types[s.type], round(s.score, 3))
            for s in repeated(found, words, carried=carried)
        ]

    @property
    def labels(self) -> tuple[str, ...]:
        """The entity labels, such as DISEASE."""
        return self.recogniser.shape.types if self.recogniser else ()

    def to_disk(self, path: str | Path, *, exclude: Any = ()) -> None:
        """Write settings and weights into a folder."""
        if self.recogniser is None:
            raise ModelError("leuko_ner has no weights to save; train it or load it first")
        model.save(self.recogniser, Path(path))

    def from_disk(self, path: str | Path, *, exclude: Any = ()) -> RecogniserComponent:
        """Read what ``to_disk`` wrote.

        Raises:
            ModelError: a file is missing or damaged.
        """
        self.recogniser = model.load(Path(path))
        return self
