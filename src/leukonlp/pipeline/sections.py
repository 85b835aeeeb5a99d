"""Sentence starts and labelled sections on a Doc."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leukonlp.pipeline.tokens import text_of
from leukonlp.structure import inline_sections, sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Sections:
    """Sets sentence starts, and ``doc._.sections`` where the reader has not set it already."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the sentences and labelled sections of ``doc``."""
        text = text_of(doc)
        spans = sentences(text)
        doc._.sentence_spans = [list(span) for span in spans]
        if doc._.sections is None:
            title_end = text.find("\n") + 1
            doc._.sections = [s.to_dict() for s in inline_sections(text, title_end)]
        _mark_starts(doc, [start for start, _ in spans])
        return doc


def _mark_starts(doc: Doc, starts: list[int]) -> None:
    import numpy as np
    from spacy.attrs import IDX, SENT_START

    if not len(doc):
        return
    offsets = doc.to_array([IDX]).ravel()
    flags = np.full(len(doc), -1, dtype="int64")
    # A sentence may begin inside a token ("3.5%.The"); its next token then opens it.
    flags[np.minimum(np.searchsorted(offsets, starts), len(doc) - 1)] = 1
    flags[0] = 1
    starts_of_tokens: Any = flags.astype("uint64").reshape(-1, 1)
    doc.from_array([SENT_START], starts_of_tokens)
