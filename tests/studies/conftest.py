"""A thirty-odd-concept lexicon and hand-made records for the study rules; no spaCy, no real lexicon."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from leukonlp.records import Abstract, Concept, Mention, MeshHeading, Study, Term
from leukonlp.structure import inline_sections
from leukonlp.studies import assess
from leukonlp.studies.reading import Reading

_CONCEPTS = (
    Concept("MONDO:0019046", "disease", "leukodystrophy"),
    Concept(
        "MONDO:0018868",
        "disease",
        "metachromatic leukodystrophy",
        parents=("MONDO:0019046",),
        genes=("HGNC:713",),
    ),
    Concept(
        "MONDO:0009590", "disease", "late-infantile metachromatic leukodystrophy", parents=("MONDO:0018868",)
    ),
    Concept(
        "MONDO:0018544",
        "disease",
        "adrenoleukodystrophy",
        abbreviations=("X-ALD",),
        parents=("MONDO:0019046",),
        xrefs=("MESH:D000326",),
        genes=("HGNC:61",),
    ),
    Concept("MONDO:0009499", "disease", "Krabbe disease", parents=("MONDO:0019046",), genes=("HGNC:4115",)),
    Concept("MONDO:0010283", "disease", "Pelizaeus-Merzbacher disease", parents=("MONDO:0019046",)),
    Concept("MONDO:0005027", "disease", "epilepsy"),
    Concept("HGNC:713", "gene", "ARSA"),
    Concept("HGNC:61", "gene", "ABCD1"),
    Concept("HGNC:4115", "gene", "GALC"),
    Concept("HGNC:9086", "gene", "PLP1"),
    Concept(
        "UNII:EPP8G99QG4",
        "therapy",
        "arsa-cel",
        abbreviations=("atidarsagene autotemcel",),
        modality=("gene_therapy",),
    ),
    Concept("MESH:D018380", "therapy", "hematopoietic stem cell transplantation", modality=("hsct",)),
    Concept("UNII:G1LN9045DK", "therapy", "busulfan"),
    Concept("UNII:29OQ9EU4R1", "therapy", "tiratricol", modality=("small_molecule",)),
    Concept(
        "UNII:K0KQV10C35",
        "therapy",
        "leriglitazone",
        abbreviations=("MIN-102",),
        modality=("small_molecule",),
    ),
    Concept("LEUKO:T0001", "therapy", "enzyme replacement therapy", modality=("enzyme_replacement",)),
    Concept("LEUKO:T0002", "therapy", "antisense oligonucleotide", modality=("antisense",)),
    Concept("LEUKO:T0003", "therapy", "Lorenzo's oil", modality=("dietary",)),
    Concept("LEUKO:T0004", "therapy", "neural stem cells", modality=("cell_therapy",)),
    Concept("LEUKO:T0005", "therapy", "baclofen pump", modality=("device_or_procedure", "supportive_care")),
    Concept("LEUKO:T0006", "therapy", "CRISPR", modality=("gene_editing",)),
    Concept("LEUKO:T0007", "therapy", "iluzanebart", modality=("biologic",)),
    Concept("LEUKO:T0008", "therapy", "sobetirome", modality=("small_molecule",)),
    Concept("LEUKO:T0009", "therapy", "N-acetylcysteine", modality=("small_molecule",)),
    Concept("LEUKO:T0010", "therapy", "simvastatin", modality=("small_molecule",)),
    Concept("LEUKO:T0011", "therapy", "guanabenz", modality=("small_molecule",)),
    Concept("LEUKO:T0012", "therapy", "bezafibrate", modality=("small_molecule",)),
    Concept("LEUKO:T0013", "therapy", "vitamin D", modality=("small_molecule",)),
    Concept("LEUKO:T0014", "therapy", "zilganersen", modality=("antisense",)),
    Concept(
        "LEUKO:T0015",
        "therapy",
        "adeno-associated virus vector",
        abbreviations=("AAV",),
        modality=("gene_therapy",),
    ),
    Concept("LEUKO:T0016", "therapy", "mesenchymal stromal cells", modality=("cell_therapy",)),
)


class FakeLexicon:
    """The three things that the rules ask of a lexicon."""

    def __init__(self) -> None:
        self.concepts: Mapping[str, Concept] = {concept.id: concept for concept in _CONCEPTS}

    def is_core(self, id: str) -> bool:
        return id in ("MONDO:0019046", "MONDO:0010283") or "MONDO:0019046" in self.ancestors(id)

    def ancestors(self, id: str) -> frozenset[str]:
        parents = self.concepts[id].parents if id in self.concepts else ()
        return frozenset(parents).union(*(self.ancestors(parent) for parent in parents))

    def mentions(
        self,
        text: str,
        *,
        negated: tuple[str, ...],
        background: tuple[str, ...],
        speculative: tuple[str, ...],
    ) -> tuple[Mention, ...]:
        """Every name in the text; what follows a listed phrase is negated, background or speculative."""
        found: dict[int, Mention] = {}
        taken: set[int] = set()
        names = [(n, c) for c in _CONCEPTS for n in (c.name, *c.abbreviations)]
        for name, concept in sorted(names, key=lambda item: -len(item[0])):
            at = text.lower().find(name.lower())
            while at >= 0:
                end = at + len(name)
                if taken.isdisjoint(range(at, end)):
                    taken.update(range(at, end))
                    found[at] = Mention(
                        at,
                        end,
                        text[at:end],
                        concept.type,
                        concept.id,
                        concept.name,
                        negated=text[:at].endswith(negated) if negated else False,
                        speculative=text[:at].endswith(speculative) if speculative else False,
                        about="background" if background and text[:at].endswith(background) else "study",
                    )
                at = text.lower().find(name.lower(), end)
        return tuple(found[start] for start in sorted(found))


MakeAbstract = Callable[..., Abstract]


@pytest.fixture(scope="session")
def lexicon() -> FakeLexicon:
    """The tiny lexicon."""
    return FakeLexicon()


@pytest.fixture(scope="session")
def make() -> MakeAbstract:
    """Build a record; labels printed in the abstract become sections, ``types`` publication types."""

    def build(
        title: str,
        abstract: str = "",
        *,
        types: tuple[str, ...] = (),
        mesh: tuple[str, ...] = (),
        **fields: object,
    ) -> Abstract:
        sections = inline_sections(f"{title}\n{abstract}", len(title) + 1)
        return Abstract(
            "1",
            title,
            abstract,
            sections=sections,
            publication_types=tuple(Term(name) for name in types),
            mesh=tuple(MeshHeading(name) for name in mesh),
            **fields,  # type: ignore[arg-type]
        )

    return build


@pytest.fixture(scope="session")
def read(make: MakeAbstract, lexicon: FakeLexicon) -> Callable[..., Reading]:
    """Prepare a record for the rules, without mentions."""
    return lambda title, abstract="", **fields: Reading(make(title, abstract, **fields), (), lexicon=lexicon)


@pytest.fixture(scope="session")
def study(make: MakeAbstract, lexicon: FakeLexicon) -> Callable[..., Study]:
    """Assess a record whose mentions are the lexicon's names found in it; every quote is checked."""

    def build(
        title: str,
        abstract: str = "",
        *,
        negated: tuple[str, ...] = (),
        background: tuple[str, ...] = (),
        speculative: tuple[str, ...] = (),
        **fields: object,
    ) -> Study:
        record = make(title, abstract, **fields)
        mentions = lexicon.mentions(
            record.text, negated=negated, background=background, speculative=speculative
        )
        result = assess(record, mentions, lexicon=lexicon)
        result.check_offsets()
        return result

    return build


_TAUGHT = (
    ("Children drew lots for atorvastatin", "randomized_trial", "unphased", ["small_molecule"]),
    ("Mice were given atorvastatin", "animal_study", "preclinical", ["small_molecule"]),
    ("An overview of rituximab", "review", "not_applicable", ["biologic"]),
    ("Families were followed at home", "cohort", "unphased", []),
    ("Cultured cells met rituximab", "in_vitro", "preclinical", ["biologic"]),
)
_WEATHER = (
    "in spring",
    "in summer",
    "in autumn",
    "in winter",
    "by rain",
    "by sunshine",
    "by night",
    "by day",
)


@pytest.fixture(scope="session")
def examples() -> Callable[..., tuple[list[Study], list[dict[str, Any]]]]:
    """Make ``copies`` invented studies of each of five kinds, told by their titles, and their labels."""

    def build(copies: int = 8) -> tuple[list[Study], list[dict[str, Any]]]:
        studies, labels = [], []
        for n in range(copies):
            for k, (title, design, phase, modality) in enumerate(_TAUGHT):
                when = [_WEATHER[(n + k) % len(_WEATHER)], _WEATHER[(3 * n + k) % len(_WEATHER)]]
                text = f"They were seen {' and '.join(when)}."
                studies.append(Study(Abstract(f"{n}{k}", title, text)))
                labels.append({"design": design, "phase": phase, "modality": modality, "relevant": k == 3})
        return studies, labels

    return build
