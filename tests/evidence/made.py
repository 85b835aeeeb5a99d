"""A lexicon of a few concepts, and studies made to order; all texts are our own."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

from leukonlp.evidence import EvidenceIndex
from leukonlp.lexicon import Lexicon
from leukonlp.records import Abstract, Accession, Concept, Deletion, Fact, Link, Mention, Quote, Study, Tag

ROOT, MLD, LATE, KRABBE, ALD = (
    "MONDO:0019046",
    "MONDO:0018868",
    "MONDO:0017729",
    "MONDO:0009499",
    "MONDO:0018544",
)
ARSA, GALC, HSCT, CORD = "HGNC:713", "HGNC:4115", "LEUKO:T0001", "LEUKO:T0002"
CONCEPTS = (
    Concept(ROOT, "disease", "leukodystrophy"),
    Concept(MLD, "disease", "metachromatic leukodystrophy", abbreviations=("MLD",), parents=(ROOT,)),
    Concept(LATE, "disease", "late-infantile metachromatic leukodystrophy", parents=(MLD,)),
    Concept(KRABBE, "disease", "Krabbe disease", synonyms=("globoid cell leukodystrophy",), parents=(ROOT,)),
    Concept(ALD, "disease", "adrenoleukodystrophy", abbreviations=("X-ALD",), parents=(ROOT,)),
    Concept(ARSA, "gene", "ARSA", synonyms=("arylsulfatase A",)),
    Concept(GALC, "gene", "GALC", synonyms=("galactosylceramidase",)),
    Concept(HSCT, "therapy", "haematopoietic stem cell transplantation", abbreviations=("HSCT",)),
    Concept(CORD, "therapy", "cord blood transplantation", abbreviations=("UCBT",), parents=(HSCT,)),
)
NAMES = {concept.id: concept.name for concept in CONCEPTS}
TYPES = {concept.id: concept.type for concept in CONCEPTS}
VERSIONS = (("leukonlp", "0.1"), ("lexicon", "ten"))
BODY = "Walking was scored every year. Conduction in the nerves stayed slow. No child died of the procedure."


def quote(text: str, words: str) -> Quote:
    """Return the place of ``words`` in ``text``."""
    start = text.index(words)
    return Quote(start, start + len(words), words)


def abstract(pmid: str, title: str, body: str, **more: Any) -> Abstract:
    return Abstract(pmid, title, body, more.pop("year", 2015), **more)


def mentions(text: str, concepts: tuple[str, ...]) -> tuple[Mention, ...]:
    """Return every place where the text names one of the concepts by its preferred name."""
    found = [
        Mention(m.start(), m.end(), m.group(), TYPES[id], id, NAMES[id])
        for id in concepts
        for m in re.finditer(re.escape(NAMES[id]), text)
    ]
    return tuple(sorted(found, key=lambda mention: (mention.start, -mention.end)))


def make(
    pmid: str = "101",
    about: tuple[str, ...] = (MLD,),
    *,
    phase: str | None = None,
    design: str | None = None,
    modality: str | None = None,
    enrolled: int | None = None,
    months: float | None = None,
    also: tuple[str, ...] = (),
    body: str = BODY,
    title: str | None = None,
    versions: tuple[tuple[str, str], ...] = VERSIONS,
    nct: tuple[str, ...] = (),
    retracts: tuple[str, ...] = (),
    **record: Any,
) -> Study:
    """Return a study about these concepts; each label and figure is stated in a sentence of its own.

    ``also`` are concepts that the text names without being about them.
    """
    parts = [f"We followed families with {NAMES[id]}." for id in (*about, *also)]
    parts += [f"It was a trial of {phase}."] if phase else []
    parts += [f"Its plan was {design}."] if design else []
    parts += [f"All had {modality}."] if modality else []
    parts += [f"There were {enrolled} people."] if enrolled is not None else []
    parts += [f"They were seen for {months} months."] if months is not None else []
    links = (*record.pop("links", ()), *(Link("RetractionOf", target) for target in retracts))
    made = abstract(pmid, title or f"Report {pmid}", " ".join([*parts, body]), links=links, **record)
    text = made.text

    def tag(label: str | None) -> Tag | None:
        return Tag(label, 0.9, quote(text, f" {label}.")) if label else None

    return Study(
        made,
        mentions(text, (*about, *also)),
        relevant=Tag(bool(about), 0.8),
        phase=tag(phase),
        design=tag(design),
        modality=tuple(t for t in (tag(modality),) if t),
        diseases=tuple(id for id in about if TYPES[id] == "disease"),
        genes=tuple(id for id in about if TYPES[id] == "gene"),
        therapies=tuple(id for id in about if TYPES[id] == "therapy"),
        registry_numbers=tuple(Accession("ClinicalTrials.gov", number) for number in nct),
        n_enrolled=None if enrolled is None else Fact(enrolled, quote(text, f"{enrolled} people")),
        follow_up=None
        if months is None
        else Fact(months, quote(text, f"{months} months"), "median", unit="months"),
        outcomes=(Fact("died", quote(text, "No child died")),) if "No child died" in text else (),
        versions=versions,
    )


def some(count: int) -> list[Study]:
    """Return ``count`` studies that differ in everything a search can ask for."""
    diseases, phases, kinds = (
        (MLD, LATE, KRABBE, ALD),
        ("phase_1", "phase_2", "unphased"),
        ("hsct", "gene_therapy"),
    )
    return [
        make(
            str(1000 + n),
            (diseases[n % 4], *((CORD,) if n % 5 == 0 else ())),
            phase=phases[n % 3],
            modality=kinds[n % 2],
            enrolled=n,
            year=1990 + n % 30,
            revised=f"2020-01-{n % 28 + 1:02}",
            retracts=(str(1000 + n - 7),) if n % 50 == 49 else (),
            versions=(*VERSIONS, ("run", str(n % 2))),
        )
        for n in range(count)
    ]


def events() -> list[Study | Deletion]:
    """Return several hundred records with newer and older versions, repeats, retractions and deletions."""
    made: list[Study | Deletion] = list(some(200))
    made += [make(str(1000 + n), (KRABBE,), version=2, versions=(("run", "9"),)) for n in range(0, 200, 9)]
    made += [Deletion(str(1000 + n), 2) for n in range(0, 200, 11)]
    made += [Deletion(str(n)) for n in range(2000, 2010)]
    made += some(40)
    made += [make(str(n)) for n in range(2005, 2020)]
    return made


def write(path: Path) -> None:
    """Do what ``leukonlp index`` does: skip what is known, else one transaction a record."""
    with EvidenceIndex(path, lexicon=Lexicon(CONCEPTS, version="ten")) as index:
        for event in events():
            if isinstance(event, Deletion):
                index.delete(event)
            elif not index.has(event.abstract, event.versions):
                index.add(event)


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table and every word of the full-text index, in order."""
    connection = sqlite3.connect(path)
    try:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = sorted(name for (name,) in named if not name.startswith("study_text"))
        content = {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in tables}
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, study_text, instance)")
        content["words"] = sorted(connection.execute("SELECT * FROM temp.words"))
        return content
    finally:
        connection.close()
