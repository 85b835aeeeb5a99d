"""The tokenizer, the text under the tokens, and the mentions on them.

scispaCy's rules, and a split at every dash, slash and bracket inside a word: scispaCy alone keeps
``late-infantile`` and ``MLD/Krabbe`` whole, and a mention inside such a word has no token border to stand on.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

from leukonlp.records import Mention

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

EXTRA_INFIXES = (
    r"(?<=[^\W_])[\-\u2010-\u2015\u2212/+()\[\]:;=<>~](?=[^\W_(\[])",
    r"(?<=[)\]])[\-\u2010-\u2015/](?=\w)",
)
_CACHED_WORDS = 200_000
"""Words whose tokens are remembered; spaCy's 10,000 are full after a few hundred abstracts."""


def scientific_tokenizer(nlp: Language) -> Tokenizer:
    """Return scispaCy's tokenizer with the extra infixes, over the vocabulary of ``nlp``."""
    from scispacy.custom_tokenizer import combined_rule_tokenizer
    from spacy.language import create_tokenizer
    from spacy.util import compile_infix_regex

    nlp.tokenizer = create_tokenizer()(nlp)  # scispaCy takes over one of its rules
    with warnings.catch_warnings():
        # A character class of scispaCy's holds "[", which a later Python may read in another way.
        warnings.simplefilter("ignore", FutureWarning)
        tokenizer = combined_rule_tokenizer(nlp)
        scispacy_infixes = tokenizer.infix_finditer.__self__.pattern
        tokenizer.infix_finditer = compile_infix_regex([*EXTRA_INFIXES, scispacy_infixes]).finditer
    tokenizer.max_cache_size = _CACHED_WORDS
    return tokenizer


def text_of(doc: Doc) -> str:
    """Return the text of ``doc``, joined once: spaCy makes ``Doc.text`` anew on every call."""
    if doc._.source_text is None:
        doc._.source_text = doc.text
    text: str = doc._.source_text
    return text


def mentions_of(doc: Doc) -> list[Mention]:
    """Return the mentions that stand on ``doc``, in order."""
    return [m if isinstance(m, Mention) else Mention.from_dict(m) for m in doc._.mentions or ()]


def set_mentions(doc: Doc, mentions: Iterable[Mention]) -> None:
    """Leave the mentions on ``doc``: as dicts, or as they are where there are no tokens.

    Only ``pipeline.annotate`` makes texts without tokens, and never saves one: it is spared what a dict and a
    mention made of it again by each component would take.
    """
    doc._.mentions = [m.to_dict() for m in mentions] if len(doc) else list(mentions)
