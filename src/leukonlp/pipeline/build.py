"""Every spaCy factory and extension attribute of leukonlp, and the pipeline made of them.

========================  =============================  ================================
factory                   requires                       assigns
========================  =============================  ================================
leukonlp_sections                                        source_text, sections, sentence_spans, sents
leukonlp_abbreviations    sents                          short_forms
leukonlp_entities         short_forms                    mentions
leukonlp_models           mentions                       mentions
leukonlp_linker           mentions                       mentions
leukonlp_assertion        mentions, sentence_spans       mentions
========================  =============================  ================================

Extension attributes hold plain values (lists, dicts, strings, numbers), so that Docs survive
``n_process``, ``DocBin`` and pickling.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry

from leukonlp.lexicon import load_lexicon
from leukonlp.pipeline.abbreviations import Abbreviations
from leukonlp.pipeline.assertion import Assertion
from leukonlp.pipeline.entities import Entities
from leukonlp.pipeline.linker import Linker
from leukonlp.pipeline.ner import ModelEntities, load_pipelines
from leukonlp.pipeline.recogniser.component import RecogniserComponent
from leukonlp.pipeline.recogniser.tokenizer import FineTokenizer
from leukonlp.pipeline.sections import Sections
from leukonlp.pipeline.tokens import scientific_tokenizer

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

    from leukonlp.config import Settings
    from leukonlp.pipeline.recogniser.model import Recogniser

TOKENIZER = "leukonlp.tokenizer.v1"
FINE_TOKENIZER = "leukonlp.fine_tokenizer.v1"
EXTENSIONS = ("source_text", "sections", "sentence_spans", "short_forms", "mentions")
COMPONENTS = (
    "leukonlp_sections",
    "leukonlp_abbreviations",
    "leukonlp_entities",
    "leukonlp_linker",
    "leukonlp_assertion",
)


def register_extensions() -> None:
    """Give Doc the attributes of leukonlp; each is None until its component has run."""
    for name in EXTENSIONS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return the maker of the tokenizer, as spaCy's registry wants it."""
    return scientific_tokenizer


def create_fine_tokenizer() -> Callable[[Language], FineTokenizer]:
    """Return the maker of leuko_ner's tokenizer."""
    return lambda nlp: FineTokenizer(nlp.vocab)


registry.tokenizers.register(TOKENIZER, func=create_tokenizer)
registry.tokenizers.register(FINE_TOKENIZER, func=create_fine_tokenizer)


@Language.factory("leukonlp_sections", assigns=["doc._.sections", "doc._.sentence_spans", "doc.sents"])
def sections(nlp: Language, name: str) -> Sections:
    """Sentence starts and labelled sections."""
    register_extensions()
    return Sections()


@Language.factory("leukonlp_abbreviations", requires=["doc.sents"], assigns=["doc._.short_forms"])
def abbreviations(nlp: Language, name: str) -> Abbreviations:
    """Short forms that the text defines."""
    register_extensions()
    return Abbreviations(load_lexicon(), nlp.tokenizer)


@Language.factory("leukonlp_entities", requires=["doc._.short_forms"], assigns=["doc._.mentions"])
def entities(nlp: Language, name: str) -> Entities:
    """Names of the lexicon and defined short forms."""
    register_extensions()
    return Entities(load_lexicon())


@Language.factory(
    "leukonlp_models", default_config={"ner": []}, requires=["doc._.mentions"], assigns=["doc._.mentions"]
)
def models(nlp: Language, name: str, ner: list[str]) -> ModelEntities:
    """Entities of other installed spaCy pipelines."""
    register_extensions()
    return ModelEntities(load_pipelines(ner))


@Language.factory("leukonlp_recogniser", assigns=["doc.ents"])
def recogniser(nlp: Language, name: str) -> RecogniserComponent:
    """The trained recogniser of leuko_ner: a pipeline of its own, with its own tokenizer."""
    return RecogniserComponent(nlp.vocab)


@Language.factory("leukonlp_linker", requires=["doc._.mentions"], assigns=["doc._.mentions"])
def linker(nlp: Language, name: str) -> Linker:
    """Misspelt names, and concepts for mentions that have none."""
    register_extensions()
    return Linker(load_lexicon())


@Language.factory(
    "leukonlp_assertion",
    requires=["doc._.mentions", "doc._.sentence_spans"],
    assigns=["doc._.mentions", "doc.spans"],
)
def assertion(nlp: Language, name: str) -> Assertion:
    """Negation, speculation, and whether a mention is about this study."""
    register_extensions()
    return Assertion()


def build_recogniser(recogniser: Recogniser) -> Language:
    """Return a pipeline of its own that does nothing but set ``doc.ents``, ready to be saved."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": FINE_TOKENIZER}}})
    component = nlp.add_pipe("leukonlp_recogniser", name="ner")
    assert isinstance(component, RecogniserComponent)
    component.recogniser = recogniser
    return nlp


def build(settings: Settings | None = None) -> Language:
    """Return the spaCy pipeline that annotates one text.

    ``doc._.mentions`` holds dicts of :class:`~leukonlp.records.Mention`, ``doc.spans["leukonlp"]`` the same
    as spans on token borders.

    Args:
        settings: which trained models stand beside the lexicon (``settings.ner``).

    Raises:
        SettingsError: a model named in the settings cannot be used.
    """
    register_extensions()
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.max_length = 100_000_000  # texts are bounded where they are read
    for component in COMPONENTS:
        nlp.add_pipe(component)
    if settings is not None and settings.ner:
        nlp.add_pipe("leukonlp_models", after="leukonlp_entities", config={"ner": list(settings.ner)})
    return nlp
