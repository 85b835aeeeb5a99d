"""The concepts of an index, and who descends from whom.

Owns the two concept tables and the way from a name to ids; the names themselves are the lexicon's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leukonlp.errors import InputError
from leukonlp.evidence.store import transaction
from leukonlp.records import MentionType

if TYPE_CHECKING:
    from leukonlp.lexicon import Lexicon


def refill(connection: sqlite3.Connection, lexicon: Lexicon) -> None:
    """Copy names and ancestors of all concepts, unless this version of the lexicon is there already."""
    held = connection.execute("SELECT value FROM meta WHERE key = 'lexicon'").fetchone()
    if held == (lexicon.version,):
        return
    concepts = sorted(lexicon.concepts.values(), key=lambda concept: concept.id)
    ancestry = sorted((ancestor, c.id) for c in concepts for ancestor in {c.id, *lexicon.ancestors(c.id)})
    with transaction(connection):
        connection.execute("DELETE FROM concepts")
        connection.execute("DELETE FROM concept_ancestors")
        rows = [(c.id, c.type, c.name, c.group) for c in concepts]
        connection.executemany("INSERT INTO concepts VALUES (?, ?, ?, ?)", rows)
        connection.executemany("INSERT INTO concept_ancestors VALUES (?, ?)", ancestry)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('lexicon', ?)", (lexicon.version,))


@dataclass(frozen=True)
class Names:
    """From what a user calls a concept to its id and the ids of its children."""

    connection: sqlite3.Connection
    lexicon: Callable[[], Lexicon]
    """Called only for what is no id, so that a search by id needs no lexicon."""

    def resolve(self, kind: MentionType, names: str | Sequence[str] | None) -> tuple[str, ...]:
        """Return the ids of these concepts and of all that descend from them, sorted.

        Raises:
            InputError: a name is unknown; says what resembles it.
        """
        found = {self._id(kind, name) for name in several(names)}
        below = "SELECT id FROM concept_ancestors WHERE ancestor = ?"
        for id in tuple(found):
            found.update(child for (child,) in self.connection.execute(below, (id,)))
        return tuple(sorted(found))

    def _id(self, kind: MentionType, name: str) -> str:
        known = (
            "SELECT 1 FROM concepts WHERE id = :id UNION ALL SELECT 1 FROM mentions WHERE concept = :id "
            "UNION ALL SELECT 1 FROM study_concepts WHERE concept = :id LIMIT 1"
        )
        storable = name.encode("utf-8", "replace").decode()
        if ":" in name and self.connection.execute(known, {"id": storable}).fetchone():
            return name
        lexicon = self.lexicon()
        concept = lexicon.find(name, kind)
        if concept is None and kind == "therapy":
            concept = lexicon.find(name, "chemical")
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


def several(value: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return one value, several or none as a tuple."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
