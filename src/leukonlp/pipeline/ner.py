"""Mentions that a trained model found, beside those of the lexicon.

Any installed spaCy pipeline with an entity recogniser can be named in the settings; it reads the text with
its own tokenizer and its labels are mapped to ours. The lexicon has the last word: a model's mention that
overlaps one of the lexicon is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leukonlp.errors import SettingsError
from leukonlp.pipeline.entities import longest
from leukonlp.pipeline.tokens import text_of
from leukonlp.records import Mention, MentionType

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LABELS: dict[str, MentionType] = {
    "DISEASE": "disease",
    "CONDITION": "disease",
    "GENE": "gene",
    "GENE_OR_GENE_PRODUCT": "gene",
    "CHEMICAL": "chemical",
    "SIMPLE_CHEMICAL": "chemical",
    "DRUG": "chemical",
}
"""Labels of well-known models (en_ner_bc5cdr_md, en_ner_bionlp13cg_md, ...) as our mention types."""


class ModelEntities:
    """Adds the entities of other spaCy pipelines to ``doc._.mentions``."""

    def __init__(self, pipelines: Sequence[Language]) -> None:
        self.pipelines = list(pipelines)

    def __call__(self, doc: Doc) -> Doc:
        """Run every pipeline over the text of ``doc`` and merge what it finds."""
        known = [Mention.from_dict(m) for m in doc._.mentions or []]
        found = [
            Mention(
                e.start_char,
                e.end_char,
                e.text,
                LABELS[e.label_.upper()],
                score=1.0,
                source="model",
                reason=e.label_,
            )
            for nlp in self.pipelines
            for e in nlp(text_of(doc)).ents
            if e.label_.upper() in LABELS and e.text.strip()
        ]
        free = [m for m in found if all(m.end <= k.start or m.start >= k.end for k in known)]
        merged = [*known, *longest(free, key=lambda m: (m.start, m.end))]
        doc._.mentions = [m.to_dict() for m in sorted(merged, key=lambda m: m.start)]
        return doc


def load_pipelines(names: Sequence[str]) -> list[Language]:
    """Load the named spaCy pipelines.

    Raises:
        SettingsError: a pipeline is not installed or has no entity recogniser.
    """
    import spacy

    pipelines = []
    for name in names:
        try:
            nlp = spacy.load(name)
        except OSError as error:
            raise SettingsError(
                f"ner: no spaCy pipeline {name!r} is installed; install it, or take it out of the settings"
            ) from error
        if not any(
            nlp.get_pipe_meta(pipe).assigns and "doc.ents" in nlp.get_pipe_meta(pipe).assigns
            for pipe in nlp.pipe_names
        ):
            raise SettingsError(
                f"ner: {name!r} sets no entities (its parts are {nlp.pipe_names}); name one that does"
            )
        pipelines.append(nlp)
    return pipelines
