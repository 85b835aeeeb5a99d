"""Studies without end, drawn from real ones: what benchmarks of a large index are filled with.

Real records are read and annotated when the benchmark starts, and nothing of them is kept afterwards. Half
of the studies follow a record on leukodystrophies (those of the real data, and the packaged sample, which has
the figures of real studies), half a record on anything else. A study has the tags, facts, year and length of
the record that it follows. Its sentences with quotes stay, its other sentences come from anywhere; one
sentence more names a disease, a gene and a therapy, drawn as often as the records on leukodystrophies are
about them, with a tenth of a record added for each concept of the lexicon, so that all occur.
"""

from __future__ import annotations

import dataclasses
import gzip
import itertools
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import leukonlp
from leukonlp.lexicon import load_lexicon
from leukonlp.packaged import packaged
from leukonlp.records import Abstract, Accession, Concept, Fact, Mention, Quote, Study, Tag, Term
from leukonlp.sources import read
from leukonlp.structure import sentences

SEED = 20261123
OTHERS = 2500
Piece: TypeAlias = tuple[str, tuple[Mention, ...]]
"""A sentence and its mentions, counted from its beginning."""
_KINDS = (("disease", "diseases"), ("gene", "genes"), ("therapy", "therapies"))


def annotated(shared: Path, others: int = OTHERS) -> tuple[list[Study], list[Study]]:
    """Return annotated real studies: those on leukodystrophies, and so many drawn from all others."""
    on_topic, rest = [], []
    with gzip.open(shared / "pubmed" / "records.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["abstract"]:
                (on_topic if record["leuko"] else rest).append(_abstract(record))
    rest = random.Random(SEED).sample(rest, others)
    sample = [
        record
        for record in read(sorted(packaged("corpora/sample").glob("*.xml")))
        if isinstance(record, Abstract)
    ]
    made = [study for study in leukonlp.annotate([*on_topic, *sample, *rest]) if isinstance(study, Study)]
    return made[: len(on_topic) + len(sample)], made[len(on_topic) + len(sample) :]


def _abstract(record: Mapping[str, Any]) -> Abstract:
    return Abstract(
        record["pmid"],
        " ".join(record["title"].split()),
        " ".join(record["abstract"].split()),
        int(record["year"][:4]) if record["year"] else None,
        journal=record["journal"] or None,
        publication_types=tuple(Term(name) for name in record["pubtypes"]),
        keywords=tuple(record["keywords"]),
        accessions=tuple(Accession("ClinicalTrials.gov", number) for number in record["nct"]),
    )


class Drawn:
    """Draws studies, and searches for them; the same ones for the same records."""

    def __init__(self, on_topic: Sequence[Study], others: Sequence[Study]) -> None:
        self.rng = random.Random(SEED)
        self.lexicon = load_lexicon()
        self.models = tuple([_Model(study) for study in part] for part in (on_topic, others))
        every = [model for part in self.models for model in part]
        self.titles = [model.pieces[0] for model in every if not model.kept[0]]
        self.sentences = [
            piece for m in every for piece, kept in zip(m.pieces[1:], m.kept[1:], strict=True) if not kept
        ]
        self.concepts = {kind: self._concepts(kind, attribute, on_topic) for kind, attribute in _KINDS}
        self.years = [study.year for study in (*on_topic, *others) if study.year]
        self.titles_read = [model.study.title for model in every]
        seen = Counter(word for title in self.titles_read for word in set(title.lower().split()))
        self.common = {word for word, times in seen.items() if times > len(every) / 20}

    def _concepts(
        self, kind: str, attribute: str, studies: Sequence[Study]
    ) -> tuple[list[Concept], list[float]]:
        counts = Counter(concept for study in studies for concept in getattr(study, attribute))
        known = sorted((c for c in self.lexicon.concepts.values() if c.type == kind), key=lambda c: c.id)
        return known, list(itertools.accumulate(counts[concept.id] + 0.1 for concept in known))

    def concept(self, kind: str) -> Concept:
        """Return a concept, as often as it is studied."""
        known, weights = self.concepts[kind]
        return self.rng.choices(known, cum_weights=weights)[0]

    def studies(self, count: int, *, start: int = 0) -> Iterator[Study]:
        """Yield studies."""
        for n in range(start, start + count):
            yield self._study(str(20_000_000 + 7 * n))

    def _study(self, pmid: str) -> Study:
        rng = self.rng
        model = rng.choice(self.models[rng.random() < 0.5])
        about = [self.concept(kind) for kind, _ in _KINDS if kind == "disease" or rng.random() < 0.4]
        pieces = [
            piece if kept else rng.choice(self.sentences if n else self.titles)
            for n, (piece, kept) in enumerate(zip(model.pieces, model.kept, strict=True))
        ]
        pieces.append(_named(about))
        return model.filled(pmid, pieces, about, relevant=rng.random() < 0.8)

    def searches(self, count: int) -> list[dict[str, Any]]:
        """Return a mix of searches: each kind equally often, what is asked for as often as it is studied."""
        rng = self.rng

        def label(kind: str) -> str:
            while True:
                held = getattr(rng.choice(rng.choice(self.models)).study, kind)
                tag = held[0] if isinstance(held, tuple) and held else held
                if tag:
                    return str(tag.label)

        def words(number: int) -> list[str]:
            while True:  # what people look for stands in titles, and not in every twentieth of them
                found = re.findall(r"[A-Za-z]{4,}", rng.choice(self.titles_read))
                at = rng.randrange(max(1, len(found) - number + 1))
                some = found[at : at + number]
                if len(some) == number and not self.common.intersection(map(str.lower, some)):
                    return some

        def since() -> int:
            return rng.choice(self.years)

        kinds: list[tuple[str, Any]] = [
            ("a word", lambda: {"words": words(1)[0]}),
            ("two words", lambda: {"words": " ".join(words(1) + words(1))}),
            ("a phrase", lambda: {"words": '"{}"'.format(" ".join(words(2)))}),
            ("a disease", lambda: {"disease": self.concept("disease").id}),
            (
                "all leukodystrophies, three phases",
                lambda: {"disease": "MONDO:0019046", "phase": ["phase_1_2", "phase_2", "phase_3"]},
            ),
            (
                "disease, modality",
                lambda: {"disease": self.concept("disease").id, "modality": label("modality")},
            ),
            ("gene, design", lambda: {"gene": self.concept("gene").id, "design": label("design")}),
            ("therapy, years", lambda: {"therapy": self.concept("therapy").id, "year": (since(), None)}),
            ("phase, participants", lambda: {"phase": label("phase"), "min_participants": 20}),
            (
                "modality, design, years",
                lambda: {"modality": label("modality"), "design": label("design"), "year": (since(), None)},
            ),
            ("word, disease", lambda: {"words": words(1)[0], "disease": self.concept("disease").id}),
            (
                "word, phase, years",
                lambda: {"words": words(1)[0], "phase": label("phase"), "year": (since(), None)},
            ),
        ]
        return [
            {"kind": name, "asked": make()} for name, make in itertools.islice(itertools.cycle(kinds), count)
        ]


def _named(about: Sequence[Concept]) -> Piece:
    text, mentions = "We saw", []
    for concept in about:
        text += " "
        start = len(text)
        text += concept.name
        mentions.append(Mention(start, len(text), concept.name, concept.type, concept.id, concept.name))
    return f"{text}.", tuple(mentions)


class _Model:
    """A real study in sentences: which of them hold quotes, and how to say its tags of another text."""

    def __init__(self, study: Study) -> None:
        self.study = study
        text = study.text
        spans = [(0, len(study.title)), *(s for s in sentences(text) if s[0] > len(study.title))]
        self.gaps = [text[end:start] for (_, end), (start, _) in itertools.pairwise(spans)]
        self.starts = [start for start, _ in spans]
        self.kept = [any(q.start < end and q.end > start for q in study.quotes()) for start, end in spans]
        self.pieces: list[Piece] = [
            (
                text[start:end],
                tuple(
                    dataclasses.replace(m, start=m.start - start, end=m.end - start)
                    for m in study.mentions
                    if start <= m.start and m.end <= end
                ),
            )
            for start, end in spans
        ]

    def filled(
        self, pmid: str, pieces: Sequence[Piece], about: Sequence[Concept], *, relevant: bool
    ) -> Study:
        """Return the study with other sentences and concepts."""
        text, mentions, shifts = "", [], []
        for n, (words, named) in enumerate(pieces):
            text += "" if n == 0 else "\n" if n == 1 else self.gaps[n - 1] if n <= len(self.gaps) else " "
            shifts.append((self.starts[n], len(text)) if n < len(self.starts) else (10**9, len(text)))
            at = len(text)
            mentions += [
                Mention(m.start + at, m.end + at, m.text, m.type, m.concept, m.name, m.score, m.source,
                        m.negated, m.speculative, m.about, m.species, m.reason)
                for m in named
            ]  # fmt: skip
            text += words

        def moved(value: Any) -> Any:
            if isinstance(value, tuple):
                return tuple(map(moved, value))
            if not isinstance(value, (Tag, Fact)) or value.quote is None:
                return value
            quote = value.quote
            old, new = max((s for s in shifts if s[0] <= quote.start), default=shifts[0])
            return dataclasses.replace(
                value, quote=Quote(quote.start - old + new, quote.end - old + new, quote.text)
            )

        title = pieces[0][0]
        abstract = dataclasses.replace(
            self.study.abstract, pmid=pmid, title=title, abstract=text[len(title) + 1 :], sections=()
        )
        given = {f.name: moved(getattr(self.study, f.name)) for f in _TAGGED}
        given["relevant"] = Tag(relevant, 0.9)
        for kind, attribute in _KINDS:
            given[attribute] = tuple(c.id for c in about if c.type == kind)
        return dataclasses.replace(self.study, abstract=abstract, mentions=tuple(mentions), **given)


_TAGGED = [
    f for f in dataclasses.fields(Study) if f.name not in ("abstract", "mentions", "versions", "relevant")
]
