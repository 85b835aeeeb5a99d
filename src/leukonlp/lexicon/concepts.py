"""Concepts and their names, loaded from the tables in ``data/``; finds no mentions in running text.

The tables (origin, licence and date of every column: ``data/SOURCES.md``) are read once. A name leads
through its spelling key to one or more :class:`Name` entries; what an entry needs before it counts
(:data:`Needs`) is said there and judged in the pipeline.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias, get_args

from leukonlp.errors import LexiconError
from leukonlp.lexicon.normalize import Speller
from leukonlp.lexicon.variants import is_symbol, variants
from leukonlp.records import Concept, MentionType

Needs: TypeAlias = Literal["nothing", "cue", "field", "list", "definition", "blocker", "hint"]
"""What a name needs before it counts: ``cue``, another certain mention of the concept or its kin; ``field``,
that or any core disease; ``list``, a place in "Krabbe and Canavan diseases"; ``definition``. A ``blocker``
is no name and keeps others away; a ``hint`` is no name and a cue for its disease."""

ROOT = "MONDO:0019046"
"""Leukodystrophy: every core disease is a kind of it."""
_TABLES: tuple[tuple[str, MentionType], ...] = (
    ("diseases.tsv", "disease"),
    ("genes.tsv", "gene"),
    ("therapies.tsv", "therapy"),
)
_DATA_FILES = (*(name for name, _ in _TABLES), "ambiguous.tsv", "cues.tsv")


DATA = Path(__file__).parent / "data"
"""The packaged tables."""


class Name(NamedTuple):
    """One name of one concept, as the tables write it."""

    surface: str
    concept: str
    type: MentionType
    symbol: bool
    """True for symbols and short forms, whose case must agree (``CAT`` is no cat)."""
    needs: Needs


class Lexicon:
    """All concepts, their names by spelling key, and the kinds-of relation between diseases."""

    def __init__(
        self,
        concepts: Iterable[Concept],
        *,
        core: Iterable[str] = (),
        ambiguous: Iterable[tuple[str, MentionType, str, Needs]] = (),
        version: str = "unversioned",
    ) -> None:
        """Build the lexicon.

        Args:
            concepts: every concept once.
            core: ids of diseases that are leukodystrophies; a study of one is relevant.
            ambiguous: ``(surface, type, concept id or "", needs)`` for names that do not stand alone.
            version: fingerprint of the tables.

        Raises:
            LexiconError: an id twice, a reference to nothing, or a circle of parents.
        """
        self.version = version
        self.speller = Speller()
        self.concepts: Mapping[str, Concept] = _by_id(concepts)
        self._core = frozenset(core)
        self._ancestors = {id: self._climb(id) for id in self.concepts}
        self._descendants: dict[str, set[str]] = defaultdict(set)
        for id, above in self._ancestors.items():
            for ancestor in (id, *above):
                self._descendants[ancestor].add(id)
        rows = list(ambiguous)
        self.hints: Mapping[str, str] = {surface: id for surface, _, id, needs in rows if needs == "hint"}
        """Disease by the words that hint at it, such as ``psychosine`` at Krabbe disease."""
        self.names: Mapping[str, tuple[Name, ...]] = self._collect(rows)

    def is_core(self, id: str) -> bool:
        """Return True when a study about ``id`` is a leukodystrophy study."""
        return id in self._core

    def ancestors(self, id: str) -> frozenset[str]:
        """Return all parents, their parents and so on; empty for an unknown id."""
        return self._ancestors.get(id, frozenset())

    def descendants(self, id: str) -> frozenset[str]:
        """Return ``id`` itself and everything below it."""
        return frozenset(self._descendants.get(id, {id}))

    def find(self, name: str, type: MentionType | None = None) -> Concept | None:
        """Return the one concept with this id, name or symbol, however spelled; None when there is none.

        A short form that could mean several things still finds its concept here: the caller asked for it.
        """
        if name in self.concepts:
            found = self.concepts[name]
            return found if type in (None, found.type) else None
        entries = [
            n for n in self.names.get(self.speller.key(name), ()) if n.concept and type in (None, n.type)
        ]
        entries.sort(key=lambda n: (n.surface != name, _preference(self.concepts[n.concept], n), n.concept))
        return self.concepts[entries[0].concept] if entries else None

    def suggest(self, name: str, type: MentionType | None = None) -> list[str]:
        """Return up to three preferred names that look like ``name``, best first."""
        keys = difflib.get_close_matches(self.speller.key(name), list(self.names), n=12, cutoff=0.6)
        entries = [n for key in keys for n in self.names[key] if n.concept and type in (None, n.type)]
        return list(dict.fromkeys(self.concepts[n.concept].name for n in entries))[:3]

    def _climb(self, id: str) -> frozenset[str]:
        seen: set[str] = set()
        todo = list(self.concepts[id].parents)
        while todo:
            parent = todo.pop()
            if parent == id:
                raise LexiconError(f"{id} is its own ancestor; mend the parents column")
            if parent not in self.concepts:
                raise LexiconError(f"{id} names the parent {parent}, which is not in the tables")
            if parent not in seen:
                seen.add(parent)
                todo.extend(self.concepts[parent].parents)
        return frozenset(seen)

    def _collect(
        self, ambiguous: Iterable[tuple[str, MentionType, str, Needs]]
    ) -> dict[str, tuple[Name, ...]]:
        rules: dict[tuple[str, str], Needs] = {}
        collected: dict[str, dict[tuple[str, str], Name]] = defaultdict(dict)
        for surface, type, id, needs in ambiguous:
            if id and id not in self.concepts:
                raise LexiconError(f"ambiguous name {surface!r} names {id}, which is not in the tables")
            named = "" if needs == "hint" else id
            rules[surface, named] = needs
            self._add(collected, Name(surface, named, type, is_symbol(surface), needs))
        for concept in self.concepts.values():
            for surface, short in _surfaces(concept):
                needs = rules.get((surface, concept.id), "nothing")
                self._add(
                    collected, Name(surface, concept.id, concept.type, short or is_symbol(surface), needs)
                )
        return {key: tuple(entries.values()) for key, entries in collected.items()}

    def _add(self, collected: dict[str, dict[tuple[str, str], Name]], name: Name) -> None:
        for spelling in variants(name.surface):
            key = self.speller.key(spelling)
            if key:
                collected[key].setdefault((name.concept, name.surface if name.symbol else ""), name)


def _by_id(concepts: Iterable[Concept]) -> dict[str, Concept]:
    found: dict[str, Concept] = {}
    for concept in concepts:
        if concept.id in found:
            raise LexiconError(f"{concept.id} stands twice: {found[concept.id].name!r} and {concept.name!r}")
        found[concept.id] = concept
    return found


def _surfaces(concept: Concept) -> Iterator[tuple[str, bool]]:
    yield concept.name, concept.type == "gene"
    for synonym in concept.synonyms:
        yield synonym, False
    for short in concept.abbreviations:
        yield short, True


def _preference(concept: Concept, name: Name) -> int:
    order: dict[MentionType, int] = {"disease": 0, "gene": 1, "therapy": 2, "chemical": 3}
    return order[concept.type] + (4 if name.needs == "blocker" else 0)


def load_lexicon() -> Lexicon:
    """Return the packaged lexicon, read once for each process.

    Raises:
        LexiconError: a table is damaged.
    """
    return _load(DATA)


@lru_cache(maxsize=1)
def _load(folder: Path) -> Lexicon:
    concepts: list[Concept] = []
    core: list[str] = []
    for file, type in _TABLES:
        for row in _rows(folder / file):
            concepts.append(_concept(row, type))
            if row.get("core") == "yes":
                core.append(row["id"])
    ambiguous = [_ambiguous(row) for row in _rows(folder / "ambiguous.tsv")]
    return Lexicon(concepts, core=core, ambiguous=ambiguous, version=_version(folder))


def lexicon_version() -> str:
    """Return the fingerprint of the packaged tables without reading what they say.

    It is the ``version`` of :func:`load_lexicon`, for a process that hands the work to others.
    """
    return _version(DATA)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _concept(row: Mapping[str, str], type: MentionType) -> Concept:
    def cells(*columns: str) -> tuple[str, ...]:
        return tuple(cell for column in columns for cell in row.get(column, "").split("|") if cell)

    if type == "gene":
        return Concept(
            row["id"],
            type,
            row["symbol"],
            synonyms=(row["name"], *cells("proteins")),
            abbreviations=cells("aliases", "previous"),
            xrefs=cells("ncbi", "uniprot"),
        )
    return Concept(
        row["id"],
        type,
        row["name"],
        synonyms=cells("synonyms"),
        abbreviations=cells("abbreviations", "codes"),
        parents=cells("parents"),
        xrefs=cells("xrefs"),
        genes=cells("genes"),
        group=row.get("group") or row.get("class") or None,
        modality=cells("modality"),
    )


def _ambiguous(row: Mapping[str, str]) -> tuple[str, MentionType, str, Needs]:
    if row["needs"] not in get_args(Needs) or row["type"] not in get_args(MentionType):
        raise LexiconError(
            f"ambiguous.tsv, {row['surface']!r}: needs {row['needs']!r} and type {row['type']!r}; "
            f"allowed are {get_args(Needs)} and {get_args(MentionType)}"
        )
    return row["surface"], row["type"], row["id"], row["needs"]  # type: ignore[return-value]


@lru_cache(maxsize=1)
def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in _DATA_FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
