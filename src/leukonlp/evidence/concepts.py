"""The concepts of an index, and who descends from whom.

Owns the two concept tables and the way from a name to ids; the names themselves are the lexicon's.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leukonlp.errors import InputError
from leukonlp.evidence import terms
from leukonlp.evidence.query import several
from leukonlp.evidence.store import transaction
from leukonlp.records import MentionType

if TYPE_CHECKING:
    from leukonlp.lexicon import Lexicon


def refill(connection: sqlite3.Connection, lexicon: Lexicon) -> None:
    """Copy names and ancestors of all concepts, unless this version of the lexicon is there already."""
    held = dict(connection.execute("SELECT key, value FROM meta"))
    if held.get("lexicon") == lexicon.version and "concepts" in held:
        return
    concepts = sorted(lexicon.concepts.values(), key=lambda concept: concept.id)
    ancestry = sorted((ancestor, c.id) for c in concepts for ancestor in {c.id, *lexicon.ancestors(c.id)})
    with transaction(connection):
        connection.execute("DELETE FROM concepts")
        connection.execute("DELETE FROM concept_ancestors")
        rows = [(c.id, c.type, c.name, c.group) for c in concepts]
        connection.executemany("INSERT INTO concepts VALUES (?, ?, ?, ?)", rows)
        connection.executemany("INSERT INTO concept_ancestors VALUES (?, ?)", ancestry)
        kept = (("lexicon", lexicon.version), ("concepts", seal(connection, lexicon.version)))
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", kept)
        terms.refill(connection)


def seal(connection: sqlite3.Connection, version: str) -> str:
    """Return a hash of the version of the lexicon and of all rows that came from it."""
    digest = hashlib.sha256(version.encode())
    for query in (
        "SELECT * FROM concepts ORDER BY id",
        "SELECT * FROM concept_ancestors ORDER BY ancestor, id",
    ):
        for row in connection.execute(query):
            digest.update(json.dumps(row).encode())
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Names:
    """From what a user calls a concept to its id and the ids of its children."""

    connection: sqlite3.Connection
    lexicon: Callable[[], Lexicon]
    """Called only for what is no id, so that a search by id needs no lexicon."""

    def ids(self, kind: MentionType, names: str | Sequence[str] | None) -> tuple[str, ...]:
        """Return the ids of these concepts, sorted.

        Raises:
            InputError: a name is unknown; says what resembles it.
        """
        return tuple(sorted({self._id(kind, name) for name in several(kind, names)}))

    def family(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return these ids and those of all that descend from them, sorted."""
        below = "SELECT id FROM concept_ancestors WHERE ancestor = ?"
        found = set(ids)
        for id in ids:
            found.update(child for (child,) in self.connection.execute(below, (id,)))
        return tuple(sorted(found))

    def _id(self, kind: MentionType, name: str) -> str:
        known = (
            "SELECT 1 FROM concepts WHERE id = :id UNION ALL SELECT 1 FROM mentions WHERE concept = :id "
            "UNION ALL SELECT 1 FROM study_concepts WHERE concept = :id LIMIT 1"
        )
        # Ids of the lexicon are in capitals; those of other vocabularies are taken as they are.
        ids = dict.fromkeys((name, name.strip().upper())) if ":" in name else ()
        for id in ids:
            storable = id.encode("utf-8", "replace").decode()
            if self.connection.execute(known, {"id": storable}).fetchone():
                return id
        lexicon = self.lexicon()
        kinds: tuple[MentionType, ...] = ("therapy", "chemical") if kind == "therapy" else (kind,)
        tried = (lexicon.find(way, each) for each in kinds for way in (name, *ids))
        concept = next((found for found in tried if found is not None), None)
        if concept is None:
            like = _unique([*lexicon.suggest(name, kind), *_others(lexicon, name, kind)])
            cure = f"did you mean {' or '.join(like)}?" if like else "try another name, or the concept's id"
            raise InputError(f"no {kind} is called {name!r}; {cure}")
        return concept.id


def _others(lexicon: Lexicon, name: str, kind: MentionType) -> Iterable[str]:
    """The same name as another type: ARSA is a gene, and no disease."""
    other = lexicon.find(name)
    return [] if other is None or other.type == kind else [f"the {other.type} {other.name}"]


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
