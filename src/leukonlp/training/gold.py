"""Annotated corpora as training documents: whose types they label, which split, and no leaks between splits.

Each corpus labels its own types only, and every document says which (``types``): a gene that BC5CDR leaves
unlabelled is unknown, not absent. A document never trains a model that is scored on the same abstract:

1. PMIDs of any test split, in whatever corpus, are taken out of training and development;
2. so are texts that lie word for word within a test text (BC2GM's sentences have no PMID);
3. development PMIDs are taken out of training;
4. leukodystrophy records are taken out of both, so that scores on them are honest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from leukonlp.scoring import read_gold

TYPES = ("DISEASE", "GENE", "CHEMICAL")
ALONE = ("GENE",)
"""Types with a column of their own in texts of one sentence: all of BC2GM's are such, and it marks genes by
rules of its own (docs/decisions/0027)."""
UNKNOWN = "UNKNOWN"
"""Type of a stretch that must teach nothing: the corpora do not agree on it."""
_SENTENCE = 600
"""Characters; a shorter text may be a sentence out of a longer one."""


@dataclass(frozen=True)
class Corpus:
    """What is known of an annotated corpus.

    Attributes:
        types: its entity types as ours, or as ``UNKNOWN``.
        train: its names for the split that trains; ``dev`` and ``test`` likewise.
        held_out: documents taken out of training where the corpus has no development split.
    """

    types: Mapping[str, str]
    train: tuple[str, ...] = ("train",)
    dev: tuple[str, ...] = ("dev", "devel")
    test: tuple[str, ...] = ("test",)
    held_out: int = 0


_DISEASES = ("SpecificDisease", "Modifier", "DiseaseClass", "CompositeMention")
_GENES = {"Gene": "GENE", "FamilyName": "GENE", "DomainMotif": UNKNOWN}
CORPORA: Mapping[str, Corpus] = {
    "ncbi-disease": Corpus(dict.fromkeys(_DISEASES, "DISEASE")),
    "bc5cdr": Corpus({"Disease": "DISEASE", "Chemical": "CHEMICAL"}),
    "biored": Corpus(
        {"DiseaseOrPhenotypicFeature": "DISEASE", "GeneOrGeneProduct": "GENE", "ChemicalEntity": "CHEMICAL"}
    ),
    "gnormplus": Corpus(_GENES, dev=()),
    "nlm-gene": Corpus(_GENES, dev=(), held_out=50),
    "bc2gm": Corpus({"GENE": "GENE"}),
    "drugprot": Corpus(
        {"Gene": "GENE", "Chemical": "CHEMICAL"}, train=("dev(=AIONER test)",), dev=(), test=()
    ),
    "neurotrialner": Corpus({"CONDITION": "DISEASE", "DRUG": "CHEMICAL"}),
}
"""The corpora, by the name of their file. Of the gene corpora's types BioRED's annotators kept families (300
of 354 in the records both hold) and no motif (0 of 6)."""


@dataclass(frozen=True)
class Document:
    """An annotated text.

    Attributes:
        spans: (start, end, type) in order; offsets into ``text``.
        types: the types that were labelled; others are unknown here.
    """

    corpus: str
    id: str
    text: str
    split: str
    spans: tuple[tuple[int, int, str], ...]
    types: tuple[str, ...]


@dataclass
class Splits:
    """Documents without leaks, and what was left out on the way (reason to count)."""

    train: list[Document] = field(default_factory=list)
    dev: list[Document] = field(default_factory=list)
    test: list[Document] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)


def read_corpus(folder: Path, name: str, slips: list[str]) -> list[Document]:
    """Read one corpus, ``folder/NAME.jsonl.gz`` or ``.jsonl``.

    Args:
        folder: where the corpora lie.
        name: a key of ``CORPORA``.
        slips: documents whose offsets do not fit their text are left out and described here.

    Raises:
        InputError: the file is missing or no gold standard.
    """
    corpus = CORPORA[name]
    packed = folder / f"{name}.jsonl.gz"
    path = packed if packed.is_file() else folder / f"{name}.jsonl"
    labelled = tuple(type for type in TYPES if type in corpus.types.values())
    documents = []
    for split, names in (("train", corpus.train), ("dev", corpus.dev), ("test", corpus.test)):
        if names:
            gold = read_gold(path, types=corpus.types, splits=names, slips=slips)
            documents += [
                Document(
                    name, id, text, split, tuple(sorted((s.start, s.end, s.type) for s in spans)), labelled
                )
                for id, (text, spans) in gold.items()
            ]
    for document in sorted((d for d in documents if d.split == "train"), key=_shuffled)[: corpus.held_out]:
        documents[documents.index(document)] = replace(document, split="dev")
    return documents


def without_leaks(documents: Iterable[Document], *, never: Collection[str] = ()) -> Splits:
    """Sort documents into splits that share no abstract.

    Args:
        documents: of any number of corpora.
        never: PMIDs that must not train, such as those of leukodystrophy records.
    """
    splits = Splits()
    documents = list(documents)
    splits.test = [d for d in documents if d.split == "test"]
    tested = {d.id for d in splits.test}
    letters = {_letters(d.text) for d in splits.test}
    within = " ".join(sorted(letters))
    developed = {d.id for d in documents if d.split == "dev"} - tested

    def reason(document: Document) -> str | None:
        if document.id in tested:
            return "in a test split"
        if document.id in never:
            return "kept for judging"
        text = _letters(document.text)
        if text in letters or (len(document.text) < _SENTENCE and text in within):
            return "text of a test split"
        return "in a development split" if document.split == "train" and document.id in developed else None

    for document in documents:
        if document.split != "test":
            if why := reason(document):
                splits.left_out[f"{document.corpus}: {why}"] = (
                    splits.left_out.get(f"{document.corpus}: {why}", 0) + 1
                )
            else:
                (splits.dev if document.split == "dev" else splits.train).append(document)
    return splits


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _shuffled(document: Document) -> str:
    return hashlib.blake2b(document.id.encode()).hexdigest()
