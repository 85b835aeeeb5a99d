"""Studies in our own words, some of them hostile, and the ids of their concepts."""

from __future__ import annotations

from typing import Any

from leukonlp.records import Abstract, Accession, Fact, Mention, Quote, Study, Tag, Term

ROOT, MLD, LATE, ALD, CEREBRAL, HYPO, PMD = (
    "MONDO:0019046",
    "MONDO:0018868",
    "MONDO:0017729",
    "MONDO:0018544",
    "MONDO:0010247",
    "LEUKO:D0001",
    "MONDO:0010714",
)
ARSA = "HGNC:713"
ABSTRACT = (
    "We treated 17 children with late infantile MLD & followed them for a median of 24 months. "
    "ARSA activity rose. There was no sign of Krabbe disease. This was a phase 1/2 trial (NCT01560182)."
)


def quote(text: str, words: str) -> Quote:
    start = text.index(words)
    return Quote(start, start + len(words), words)


def mention(
    text: str, words: str, type: str, concept: str | None = None, name: str | None = None, **more: Any
) -> Mention:
    start = text.index(words)
    return Mention(start, start + len(words), words, type, concept, name, **more)  # type: ignore[arg-type]


def build(
    pmid: str = "30000001",
    title: str = "Gene therapy in MLD",
    *,
    year: int | None = 2020,
    phase: str | None = "phase_1_2",
    design: str = "single_arm_trial",
    modality: tuple[str, ...] = ("gene_therapy",),
    diseases: tuple[str, ...] = (LATE,),
    relevant: bool = True,
    retracted: bool = False,
    registry: tuple[str, ...] = ("NCT01560182",),
    abstract: str = ABSTRACT,
    **record: Any,
) -> Study:
    types = (Term("Retracted Publication", "D016441"),) if retracted else ()
    source = Abstract(pmid, title, abstract, year, publication_types=types, **record)
    text = source.text
    known = [
        ("late infantile MLD", "disease", LATE, "metachromatic leukodystrophy, late infantile form", {}),
        ("ARSA", "gene", ARSA, "ARSA", {}),
        ("Krabbe disease", "disease", "MONDO:0009499", "Krabbe disease", {"negated": True}),
    ]
    found = abstract is ABSTRACT
    return Study(
        source,
        tuple(mention(text, words, kind, id, name, **more) for words, kind, id, name, more in known if found),
        relevant=Tag(relevant, 0.99),
        phase=Tag(phase, 0.97, quote(text, "phase 1/2") if found else None, "text") if phase else None,
        design=Tag(design, None, None, "publication_type"),
        modality=tuple(Tag(label, 0.9, None, "model") for label in modality),
        diseases=diseases,
        genes=(ARSA,),
        therapies=("LEUKO:T0001",),
        registry_numbers=tuple(Accession("ClinicalTrials.gov", number) for number in registry),
        n_enrolled=Fact(17, quote(text, "17 children")) if found else None,
        multicentre=None,
        follow_up=Fact(24.0, quote(text, "24 months"), "median", unit="months") if found else None,
        versions=(("labels", "1"), ("leukonlp", "0.1.0")),
    )


def trials_of(studies: list[Study]) -> list[tuple[tuple[str, ...], str, tuple[str, ...]]]:
    """A trial for each registry number of each study, as an index would tell ``summarize``."""
    return [((a.number,), a.bank, (study.pmid,)) for study in studies for a in study.registry_numbers]
