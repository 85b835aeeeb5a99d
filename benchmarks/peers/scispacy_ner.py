"""scispaCy's published recipe, rebuilt from its parts, with a recogniser of its size.

Its released pipelines are no packages of a registry, so the recogniser is trained here, on BC5CDR as
``en_ner_bc5cdr_md`` is. Its size is that of ``configs/base_specialized_ner.cfg`` in scispaCy's repository
(commit cc1a717). What is missing makes the peer faster than the release: the 200-dimensional word vectors,
and the tagger, lemmatizer and parser that the release runs beside its recogniser.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import filter_spans, fix_random_seed, minibatch

from leukonlp.lexicon import Lexicon
from leukonlp.scoring import read_gold

SENTENCES, PUBLISHED, SMALL = "pysbd_sentencizer", "ner", "ner_small"
WIDTH, DEPTH = 96, 4
ENCODE = {
    "@architectures": "spacy.MaxoutWindowEncoder.v2",
    "width": WIDTH,
    "depth": DEPTH,
    "window_size": 1,
    "maxout_pieces": 3,
}
EMBED = {
    "@architectures": "spacy.MultiHashEmbed.v2",
    "width": WIDTH,
    "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY"],
    "rows": [5000, 2500, 2500, 2500, 100],
    "include_static_vectors": False,
}
HASH_EMBED = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": WIDTH,
    "depth": DEPTH,
    "embed_size": 2000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
}
MODEL = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "use_upper": True,
}
SIZES = {
    PUBLISHED: {
        "hidden_width": 128,
        "maxout_pieces": 3,
        "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": EMBED, "encode": ENCODE},
    },
    SMALL: {"hidden_width": 64, "maxout_pieces": 2, "tok2vec": HASH_EMBED},
}
"""That of the release, and spaCy's own default, which is smaller."""
DROPOUT = 0.1
BATCH = 16
"""Documents a step; their schedule runs from 1 to 32."""


def recipe(
    parts: Callable[[Lexicon], Language], lexicon: Lexicon, gold: Path, *, documents: int, epochs: int
) -> Language:
    """Return tokenizer, sentences, two recognisers, abbreviations and linker; one recogniser is to run.

    Args:
        parts: makes scispaCy's other parts, with an ``entity_ruler`` where the recogniser belongs.
        lexicon: the names that the linker knows.
        gold: BC5CDR; its train split is read.
        documents: how many of its documents train.
        epochs: how often each is read. The release takes 7; how fast it is hangs on its size and on how
            much it tags, not on how well.
    """
    nlp = parts(lexicon)
    nlp.remove_pipe("entity_ruler")
    given = examples(nlp, gold)[:documents]
    for name, size in SIZES.items():
        nlp.add_pipe("ner", name=name, config={"model": {**MODEL, **size}}, before="abbreviation_detector")
        train(nlp, name, given, epochs)
    return nlp


def examples(nlp: Language, gold: Path) -> list[Example]:
    """Return the train split of a gold standard as spaCy wants it; mentions off token borders shrink."""
    found = []
    for text, spans in read_gold(gold, splits=("train",), slips=[]).values():
        doc = nlp.make_doc(text)
        ents = [doc.char_span(s.start, s.end, label=s.type.upper(), alignment_mode="contract") for s in spans]
        wanted = doc.copy()
        wanted.ents = filter_spans([ent for ent in ents if ent is not None])
        found.append(Example(doc, wanted))
    return found


def train(nlp: Language, name: str, given: Sequence[Example], epochs: int) -> None:
    """Train one recogniser of ``nlp``; its other parts stay as they are."""
    fix_random_seed(0)
    order = random.Random(0)
    with nlp.select_pipes(enable=name), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        optimizer = nlp.initialize(lambda: given)
        for _ in range(epochs):
            for batch in minibatch(order.sample(list(given), len(given)), BATCH):
                nlp.update(batch, sgd=optimizer, drop=DROPOUT)


def tag(nlp: Language, texts: Sequence[str], batch_size: int, *, without: Sequence[str]) -> list[Doc]:
    """Run the recipe without the parts named."""
    with nlp.select_pipes(disable=list(without)):
        return list(nlp.pipe(texts, batch_size=batch_size))
