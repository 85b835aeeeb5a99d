"""The nouns every stage speaks in; owns meaning, knows no spaCy, no SQL and no XML.

A record walks from :class:`Abstract` (what PubMed says) over :class:`Mention` (what the text
names) to :class:`Study` (what the evidence index keeps). All offsets are Python string offsets
into :attr:`Abstract.text`, end exclusive. Every class is frozen and survives
``from_dict(to_dict(x)) == x``; ``to_dict`` gives plain JSON values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeAlias, cast

from leukonlp.plain import Plain, plain, read, readers

MentionType: TypeAlias = Literal["disease", "gene", "therapy", "chemical"]
Source: TypeAlias = Literal["lexicon", "model", "abbreviation"]
About: TypeAlias = Literal["study", "background"]
Basis: TypeAlias = Literal["text", "publication_type", "registry", "model", "review"]
SectionCategory: TypeAlias = Literal["background", "objective", "methods", "results", "conclusions"]
FailureKind: TypeAlias = Literal["malformed", "book", "no_text", "too_large", "error"]


@dataclass(frozen=True, slots=True)
class Section(Plain):
    """One labelled part of an abstract; ``start:end`` spans its text without the label."""

    start: int
    end: int
    label: str | None = None
    """The label as printed, such as ``"PATIENTS AND METHODS"``."""
    category: SectionCategory | None = None
    """What the label means, or None when it fits no category."""


@dataclass(frozen=True, slots=True)
class Term(Plain):
    """A publication type or a chemical: a name with its MeSH unique identifier (UI)."""

    name: str
    ui: str | None = None


@dataclass(frozen=True, slots=True)
class Qualifier(Plain):
    """A MeSH qualifier (subheading), and whether it marks a major topic."""

    name: str
    ui: str | None = None
    major: bool = False


@dataclass(frozen=True, slots=True)
class MeshHeading(Plain):
    """A MeSH descriptor with its qualifiers, and whether it marks a major topic."""

    name: str
    ui: str | None = None
    major: bool = False
    qualifiers: tuple[Qualifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Accession(Plain):
    """A number in a data bank or trial register, such as ClinicalTrials.gov NCT01896102."""

    bank: str
    number: str


@dataclass(frozen=True, slots=True)
class Link(Plain):
    """A relation to another record: PubMed's CommentsCorrections (``RetractionIn``, ``ErratumIn``, ...)."""

    type: str
    pmid: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Abstract(Plain):
    """One bibliographic record: the text that is annotated, and what PubMed says about it."""

    pmid: str
    title: str
    abstract: str = ""
    year: int | None = None
    version: int = 1
    """PubMed's version of the record; a higher one replaces a lower one."""
    revised: str | None = None
    """ISO date of the last revision by PubMed."""
    status: str | None = None
    """MedlineCitation status (``MEDLINE``, ``PubMed-not-MEDLINE``, ``Publisher``, ...)."""
    journal: str | None = None
    doi: str | None = None
    pmcid: str | None = None
    authors: tuple[str, ...] = ()
    """``Family, Given`` or ``Family, Given, Suffix``, or a collective name, in printed order."""
    languages: tuple[str, ...] = ()
    vernacular_title: str | None = None
    publication_types: tuple[Term, ...] = ()
    mesh: tuple[MeshHeading, ...] = ()
    keywords: tuple[str, ...] = ()
    chemicals: tuple[Term, ...] = ()
    accessions: tuple[Accession, ...] = ()
    links: tuple[Link, ...] = ()
    indexing_method: str | None = None
    """``Automated`` or ``Curated`` where no or one person checked MeSH and publication types; else None."""
    sections: tuple[Section, ...] = ()

    @cached_property
    def text(self) -> str:
        """Title, a line feed, abstract: the one string all offsets point into."""
        return f"{self.title}\n{self.abstract}"

    @property
    def automated(self) -> bool:
        """True when MeSH and publication types were assigned by a program alone."""
        return self.indexing_method == "Automated"

    @property
    def retracted(self) -> bool:
        """True for a retracted paper (type D016441 or a ``RetractionIn`` link), not for the notice."""
        return any(
            t.ui == "D016441" or t.name == "Retracted Publication" for t in self.publication_types
        ) or any(link.type == "RetractionIn" for link in self.links)


@dataclass(frozen=True, slots=True)
class Deletion(Plain):
    """PubMed's word that a record no longer exists (DeleteCitation)."""

    pmid: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Failure(Plain):
    """A record that could not be used: where it stood and why. Listed, never silently dropped."""

    source: str
    """File name, or ``-`` for standard input."""
    position: int
    """Ordinal of the record in its source (line number for JSONL), counted from 1."""
    reason: str
    pmid: str | None = None
    kind: FailureKind = "malformed"
    """``book`` and ``no_text`` are skipped on purpose and are no failure of the run; all others are."""


@dataclass(frozen=True, slots=True)
class Mention(Plain):
    """One place where the text names a concept: ``text == abstract.text[start:end]``."""

    start: int
    end: int
    text: str
    type: MentionType
    concept: str | None = None
    """CURIE (MONDO, HGNC, UNII, MESH, CHEBI, LEUKO), or None when the mention is not linked."""
    name: str | None = None
    """Preferred name of the concept."""
    score: float = 1.0
    """How sure the link is, 0 to 1; 1.0 is an exact name."""
    source: Source = "lexicon"
    negated: bool = False
    speculative: bool = False
    about: About = "study"
    species: str | None = None
    """NCBI taxon CURIE of a symbol written for another species (``NCBITaxon:10090`` for mouse Arsa)."""
    reason: str | None = None
    """Why this concept: the name or rule that matched."""


@dataclass(frozen=True, slots=True)
class Concept(Plain):
    """A disease, gene or therapy with all its names and its place among the others."""

    id: str
    type: MentionType
    name: str
    synonyms: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    """Short forms; each needs a definition or a second cue unless the lexicon lists it as unambiguous."""
    parents: tuple[str, ...] = ()
    """Direct parents (same type)."""
    xrefs: tuple[str, ...] = ()
    genes: tuple[str, ...] = ()
    """HGNC CURIEs of causal genes (diseases), empty otherwise."""
    group: str | None = None
    """Disease group, or the class of a therapy."""
    modality: tuple[str, ...] = ()
    """Modality labels of a therapy, empty otherwise and for drugs that make none, such as conditioning."""


@dataclass(frozen=True, slots=True)
class Quote(Plain):
    """The words of the record that state something: ``text == abstract.text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Tag(Plain):
    """A label given to a study, how sure, on what basis, and the words that say so."""

    label: str | bool
    probability: float | None = None
    quote: Quote | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Fact(Plain):
    """A stated figure or finding with its quote. What the text does not state is None."""

    value: float | int | bool | str | None
    quote: Quote
    statistic: str | None = None
    """``median``, ``mean``, ``range``, ``minimum``, ``maximum``, ... where stated."""
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    """``months`` for follow-up (always normalised); ``years``, ``months``, ``weeks`` or ``days`` for ages."""
    count: int | None = None
    """How many people it happened to (adverse events), where stated."""
    total: int | None = None
    """Out of how many, where stated."""


@dataclass(frozen=True, slots=True)
class Doubt(Plain):
    """A tag that is worth a person's look, because its probability is low."""

    pmid: str
    year: int | None
    title: str
    field: str
    """``relevant``, ``phase``, ``design`` or ``modality``."""
    label: str
    """The label; those of a study's modalities joined with ``; ``."""
    probability: float
    basis: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Correction(Plain):
    """What a person says a tag should be."""

    pmid: str
    field: str
    """``relevant``, ``phase``, ``design`` or ``modality``."""
    label: str | None
    """As in :class:`Doubt`; None for "no label"."""
    by: str
    at: str
    """ISO time."""


@dataclass(frozen=True)
class Study(Plain):
    """A record with its mentions, tags and facts: one row of evidence, one line of annotated JSONL."""

    abstract: Abstract
    mentions: tuple[Mention, ...] = ()
    relevant: Tag | None = None
    phase: Tag | None = None
    design: Tag | None = None
    modality: tuple[Tag, ...] = ()
    diseases: tuple[str, ...] = ()
    """Concept ids the study is about, most prominent first; likewise genes and therapies."""
    genes: tuple[str, ...] = ()
    therapies: tuple[str, ...] = ()
    registry_numbers: tuple[Accession, ...] = ()
    n_enrolled: Fact | None = None
    n_screened: Fact | None = None
    ages: Fact | None = None
    stage: Fact | None = None
    multicentre: Fact | None = None
    follow_up: Fact | None = None
    n_comparison: Fact | None = None
    """People of the comparison group: controls, placebo arm, untreated siblings."""
    sex: Fact | None = None
    """``male``, ``female`` or ``both``; the quote says how many."""
    genotype: tuple[Fact, ...] = ()
    """Variants or genotypes that the people were chosen by or have, as written."""
    countries: tuple[Fact, ...] = ()
    """Countries where the study was done, by their usual English names."""
    n_sites: Fact | None = None
    """Centres, hospitals or sites that took part."""
    vectors: tuple[Fact, ...] = ()
    """Vectors of a gene therapy: ``lentiviral``, ``AAV9``, ..."""
    routes: tuple[Fact, ...] = ()
    """Routes of administration: ``intravenous``, ``intrathecal``, ``intracerebral``, ..."""
    doses: tuple[Fact, ...] = ()
    """Doses of the study's own treatment with their unit as printed; ``low`` and ``high`` for a range."""
    comparator: Fact | None = None
    """``placebo``, ``active``, ``standard_care``, ``untreated``, ``natural_history``, ``dose``, ``none``."""
    blinding: Fact | None = None
    """``open_label``, ``single_blind``, ``double_blind``, ``triple_blind`` or ``quadruple_blind``."""
    outcomes: tuple[Fact, ...] = ()
    adverse_events: tuple[Fact, ...] = ()
    versions: tuple[tuple[str, str], ...] = field(default=())
    """Sorted pairs: ``("leukonlp", "0.1.0")``, ``("labels", "1")``, ``("models.NAME", "1.0")``, ..."""

    @property
    def pmid(self) -> str:
        """PubMed identifier, or the local id of a record from elsewhere."""
        return self.abstract.pmid

    @property
    def title(self) -> str:
        """Title of the record."""
        return self.abstract.title

    @property
    def text(self) -> str:
        """The string all offsets point into."""
        return self.abstract.text

    @property
    def year(self) -> int | None:
        """Year of publication."""
        return self.abstract.year

    @property
    def nct(self) -> tuple[str, ...]:
        """ClinicalTrials.gov numbers of this study, sorted."""
        return tuple(sorted({a.number for a in self.registry_numbers if a.number.startswith("NCT")}))

    @property
    def retracted(self) -> bool:
        """True when PubMed marks the paper as retracted."""
        return self.abstract.retracted

    def show(self) -> str:
        """Return the text as HTML with its mentions highlighted by displaCy; a notebook shows it."""
        # The public face joins what may not know each other here: this module knows no spaCy.
        import leukonlp

        return leukonlp.show(self)

    def _repr_html_(self) -> str:
        return self.show()

    def to_dict(self) -> dict[str, Any]:
        """Return one line of annotated JSONL (``docs/data-model.md``)."""
        record = self.abstract.to_dict()
        study = {name: plain(getattr(self, name)) for name in readers(Study) if name not in _ENVELOPE}
        return {
            "pmid": record.pop("pmid"),
            "title": record.pop("title"),
            "text": self.text,
            "year": record.pop("year"),
            "mentions": [mention.to_dict() for mention in self.mentions],
            "study": {**study, "nct": list(self.nct), "retracted": self.retracted},
            "versions": _nested(self.versions),
            "record": {k: v for k, v in record.items() if k != "abstract"},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Study:
        """Read one line of annotated JSONL; the inverse of :meth:`to_dict`.

        Raises:
            ValueError: a mention or quote does not match the text at its offsets.
        """
        title, text = data["title"], data["text"]
        if not text.startswith(f"{title}\n"):
            raise ValueError(f"record {data['pmid']}: text does not begin with its title and a line feed")
        record = {**data.get("record", {}), "pmid": data["pmid"], "title": title, "year": data.get("year")}
        abstract = Abstract.from_dict({**record, "abstract": text[len(title) + 1 :]})
        made = readers(cast(Any, cls))
        tags = {k: read(made[k], v) for k, v in data["study"].items() if k in made and k not in _ENVELOPE}
        study = cls(
            abstract=abstract,
            mentions=tuple(Mention.from_dict(m) for m in data["mentions"]),
            versions=_flat(data.get("versions", {})),
            **tags,
        )
        study.check_offsets()
        return study

    def quotes(self) -> tuple[Quote, ...]:
        """Every quote behind a tag or fact, in field order."""
        found: list[Quote] = []
        for name in readers(Study):
            value = getattr(self, name)
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, (Tag, Fact)) and item.quote is not None:
                    found.append(item.quote)
        return tuple(found)

    def check_offsets(self) -> None:
        """Compare every mention and quote with the text at its offsets.

        Raises:
            ValueError: naming the record, the offsets, the text found and the text claimed.
        """
        text = self.text
        places: tuple[Mention | Quote, ...] = (*self.mentions, *self.quotes())
        for item in places:
            found = text[item.start : item.end]
            if found != item.text or not 0 <= item.start < item.end:
                raise ValueError(
                    f"record {self.pmid}: {item.start}:{item.end} holds {found!r}, not {item.text!r}; "
                    "annotate it again"
                )


def _nested(versions: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Return versions as the JSON line has them: models by name in a dict of their own."""
    models = {name.removeprefix(_MODEL): version for name, version in versions if name.startswith(_MODEL)}
    return {**{n: v for n, v in versions if not n.startswith(_MODEL)}, "models": models}


def _flat(versions: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    parts = {name: version for name, version in versions.items() if name != "models"}
    models = {f"{_MODEL}{name}": version for name, version in versions.get("models", {}).items()}
    return tuple(sorted({**parts, **models}.items()))


_MODEL = "models."
_ENVELOPE = frozenset({"abstract", "mentions", "versions"})

Record: TypeAlias = Abstract | Deletion | Failure | Study
"""What a reader yields."""
