"""Abstracts in, mentions out: the only way out of spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from leukonlp.pipeline.tokens import mentions_of
from leukonlp.records import Abstract, Failure, Mention

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def annotate(
    nlp: Language, abstracts: Iterable[Abstract], *, batch_size: int = 64
) -> Iterator[tuple[Abstract, tuple[Mention, ...]] | Failure]:
    """Yield each abstract with its mentions, in order; a text that cannot be read becomes a Failure.

    Args:
        nlp: a pipeline from :func:`~leukonlp.pipeline.build.build`.
        abstracts: any number of records; they are read ahead one batch at a time.
        batch_size: texts a batch.
    """
    stream = iter(abstracts)
    while batch := list(islice(stream, batch_size)):
        docs = _docs(nlp, batch)
        for abstract, doc in zip(batch, docs, strict=True):
            if isinstance(doc, Failure):
                yield doc
            else:
                yield abstract, tuple(mentions_of(doc))


def _docs(nlp: Language, batch: list[Abstract]) -> list[Doc | Failure]:
    try:
        return list(nlp.pipe([_prepared(nlp, abstract) for abstract in batch], batch_size=len(batch)))
    except Exception:
        # One text broke the batch: take them one by one, so that only that text is lost.
        return [_one(nlp, abstract) for abstract in batch]


def _one(nlp: Language, abstract: Abstract) -> Doc | Failure:
    try:
        return nlp(_prepared(nlp, abstract))
    except Exception as error:
        reason = f"annotation failed: {type(error).__name__}: {error}; please report it with this record"
        return Failure(source="annotate", position=0, reason=reason, pmid=abstract.pmid, kind="error")


def _prepared(nlp: Language, abstract: Abstract) -> Doc:
    from spacy.tokens import Doc

    # Without tokens: our components read the text, and spaCy's tokens would take a third of all time.
    doc = Doc(nlp.vocab)
    doc._.source_text = abstract.text
    if abstract.sections:
        doc._.sections = [section.to_dict() for section in abstract.sections]
    return doc
