"""Mentions that trained models found, beside those of the lexicon.

Any spaCy pipeline with an entity recogniser can be named in the settings: ``leuko_ner``, which is
packaged, one that is installed, or a folder. It reads the text with its own tokenizer, and its labels are
mapped to ours.

Where mentions overlap, one rule decides: what the lexicon or a short form's definition says stands, since
those carry a concept; then the models in the order in which they are named; within a model the longer.
No mention spans the end of the title, and "type 1" names no disease: it belongs to the name before it. Nor
does "pseudodeficiency", low activity of an enzyme in the healthy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from leukonlp.errors import InputError, SettingsError
from leukonlp.packaged import model
from leukonlp.pipeline.entities import longest
from leukonlp.pipeline.recogniser.component import RecogniserComponent
from leukonlp.pipeline.tokens import mentions_of, set_mentions, text_of
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
"""Labels of well-known models (leuko_ner, en_ner_bc5cdr_md, en_ner_bionlp13cg_md) as our mention types."""
_TYPE = re.compile(r"(?:type|form|variant)s? (?:[\dIVX]+|[A-D])[A-Da-d]?", re.IGNORECASE)
_HARMLESS = re.compile(r"pseudo-?\s?deficien(?:cy|cies|t)\b", re.IGNORECASE)


class ModelEntities:
    """Adds the entities of other spaCy pipelines to ``doc._.mentions``."""

    def __init__(self, pipelines: Sequence[Language]) -> None:
        self.pipelines = list(pipelines)

    def __call__(self, doc: Doc) -> Doc:
        """Run every pipeline over the text of ``doc`` and merge what it finds."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Do the same for many, a batch at a time."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            texts = [text_of(doc) for doc in batch]
            known = [*map(mentions_of, batch)]
            for nlp in self.pipelines:
                for mentions, found in zip(known, read(nlp, texts, batch_size), strict=True):
                    mentions += _free(found, mentions)
            for doc, mentions in zip(batch, known, strict=True):
                set_mentions(doc, sorted(mentions, key=lambda m: m.start))
                yield doc


def read(nlp: Language, texts: Sequence[str], batch_size: int = 64) -> Iterator[list[Mention]]:
    """Yield for each text the entities whose labels are known, as mentions without a concept."""
    parts = [part for _, part in nlp.pipeline]
    if len(parts) == 1 and isinstance(parts[0], RecogniserComponent):
        # It needs no tokens of spaCy's, and making them takes as long as a layer of the network.
        for at in range(0, len(texts), batch_size):
            some = texts[at : at + batch_size]
            for text, entities in zip(some, parts[0].entities_of(some), strict=True):
                yield _whole(text, [_mention(text, *entity) for entity in entities])
        return
    for text, doc in zip(texts, nlp.pipe(texts, batch_size=batch_size), strict=True):
        found = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
        yield _whole(
            text,
            [
                _mention(text, *place, 1.0)
                for place in found
                if place[2].upper() in LABELS and text[slice(*place[:2])].strip()
            ],
        )


def _whole(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Return ``found`` in order, each "type 1" joined to the disease right before it or left out."""
    whole: list[Mention] = []
    for mention in sorted(found, key=lambda m: m.start):
        if mention.type == "disease" and _HARMLESS.search(mention.text):
            continue
        if mention.type != "disease" or not _TYPE.fullmatch(mention.text):
            whole.append(mention)
        elif whole and whole[-1].type == "disease" and text[whole[-1].end : mention.start] in (", ", " "):
            head = whole.pop()
            whole.append(replace(head, end=mention.end, text=text[head.start : mention.end]))
    return whole


def _mention(text: str, start: int, end: int, label: str, score: float) -> Mention:
    title_end = text.find("\n", start, end)
    if title_end >= 0:  # the longer side of the line feed
        start, end = max((start, title_end), (title_end + 1, end), key=lambda side: side[1] - side[0])
    return Mention(
        start, end, text[start:end], LABELS[label.upper()], score=score, source="model", reason=label
    )


def _free(found: Iterable[Mention], known: Sequence[Mention]) -> list[Mention]:
    free = [m for m in found if all(m.end <= k.start or m.start >= k.end for k in known)]
    return longest(free, key=lambda m: (m.start, m.end))


def load_pipelines(names: Sequence[str]) -> list[Language]:
    """Load the named spaCy pipelines: packaged models by their names, then installed ones and folders.

    Raises:
        SettingsError: a pipeline is not installed or has no entity recogniser.
        ModelError: a packaged model is damaged.
    """
    import spacy

    pipelines = []
    for name in names:
        try:
            nlp = spacy.load(_place(name))
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


def _place(name: str) -> Path | str:
    with suppress(InputError):  # no packaged model has this name: an installed pipeline or a folder
        return model(name)
    return name
