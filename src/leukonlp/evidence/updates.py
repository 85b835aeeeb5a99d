"""What changed from one update to the next; owns the comparison of before and after, fetches nothing.

When an update begins, the tags of every study are set aside in the index; when it ends, they are compared
with what is there by then. So a run that was killed in between loses no change, and one that another record
caused (a retraction notice) is seen as well.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["new", "changed", "deleted"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference that an update made; for a changed study, one for each field."""

    pmid: str
    title: str
    kind: Kind
    field: str | None = None
    """``phase``, ``modality``, ``retracted``, ...; None for a new or deleted study."""
    before: str | None = None
    """What the field said; for a deleted study, JSON of all its tags."""
    after: str | None = None
    """What the field says; for a new study, JSON of all its tags."""


@dataclass(frozen=True, slots=True)
class Update:
    """One run of ``leukonlp update``."""

    corpus: str
    query: str
    since: str | None
    """ISO date from which on records were asked for; None when all were."""
    until: str
    """ISO date of the run."""
    finished: str | None = None
    """ISO time at which it ended; None while it is under way."""
    complete: bool = False
    """Every record that PubMed could give has come; else the next update begins where this one did."""
    changes: tuple[Change, ...] = ()


_LISTED = """(
    SELECT group_concat(coalesce(name, concept), '; ') FROM study_concepts
    WHERE study = id AND type = '{}')"""
_TAGS = f"""
    SELECT pmid, title, json_object(
        'relevant', CASE relevant WHEN 1 THEN 'true' WHEN 0 THEN 'false' END,
        'phase', phase,
        'design', design,
        'modality', (SELECT group_concat(label, '; ') FROM modalities WHERE study = id),
        'diseases', {_LISTED.format("disease")},
        'genes', {_LISTED.format("gene")},
        'therapies', {_LISTED.format("therapy")},
        'n_enrolled', CAST(n_enrolled AS TEXT),
        'registry', nullif(registry, ''),
        'retracted', CASE retracted WHEN 1 THEN 'true' ELSE 'false' END
    ) FROM studies
"""  # noqa: S608
_FINISHED = """
    SELECT n, corpus, query, since, until, finished, complete FROM updates
    WHERE finished IS NOT NULL ORDER BY n
"""
_LAST = "SELECT until FROM updates WHERE query = ? AND complete = 1 AND until <= ? ORDER BY n DESC LIMIT 1"
_CHANGES = 'SELECT pmid, title, kind, field, before, after FROM changes WHERE "update" = ? ORDER BY n'


def last(connection: sqlite3.Connection, query: str, today: str) -> str | None:
    """Return the ISO date up to which records of this query are here; None where no update was complete.

    An update that says it ran after today had a wrong clock, and what it says of its day is not believed.
    """
    (found,) = connection.execute(_LAST, (query, today)).fetchone() or (None,)
    return None if found is None else str(found)


def begin(connection: sqlite3.Connection, update: Update) -> None:
    """Open an update, or go on with the one that was cut short: its picture of before is kept."""
    open_one = connection.execute("SELECT n FROM updates WHERE finished IS NULL").fetchone()
    if open_one is None:
        connection.execute("DELETE FROM baseline")
        connection.execute(f"INSERT INTO baseline {_TAGS}")
    else:
        connection.execute("DELETE FROM updates WHERE n = ?", open_one)
    row = (update.corpus, update.query, update.since, update.until)
    connection.execute("INSERT INTO updates (corpus, query, since, until) VALUES (?, ?, ?, ?)", row)


def finish(connection: sqlite3.Connection, *, complete: bool, now: str) -> Update:
    """Close the open update, keep what changed, and return it."""
    (n,) = connection.execute("SELECT n FROM updates WHERE finished IS NULL").fetchone()
    rows = [
        (n, place, c.pmid, c.title, c.kind, c.field, c.before, c.after)
        for place, c in enumerate(_changes(connection))
    ]
    connection.executemany("INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("UPDATE updates SET finished = ?, complete = ? WHERE n = ?", (now, int(complete), n))
    connection.execute("DELETE FROM baseline")
    return history(connection)[-1]


def history(connection: sqlite3.Connection) -> tuple[Update, ...]:
    """Return every update that was finished, oldest first, with its changes."""
    found = []
    for n, corpus, query, since, until, finished, complete in connection.execute(_FINISHED).fetchall():
        changes = tuple(Change(*row) for row in connection.execute(_CHANGES, (n,)))
        found.append(Update(corpus, query, since, until, finished, bool(complete), changes))
    return tuple(found)


def _changes(connection: sqlite3.Connection) -> Iterator[Change]:
    before, after = _picture(connection, "SELECT * FROM baseline"), _picture(connection, _TAGS)
    for pmid, (title, tags) in after.items():
        if pmid not in before:
            yield Change(pmid, title, "new", after=_said(tags))
            continue
        old = before[pmid][1]
        for field, value in tags.items():
            if value != old.get(field):
                yield Change(pmid, title, "changed", field, old.get(field), value)
    for pmid, (title, tags) in before.items():
        if pmid not in after:
            yield Change(pmid, title, "deleted", before=_said(tags))


def _said(tags: dict[str, Any]) -> str:
    return json.dumps({name: value for name, value in tags.items() if value is not None}, ensure_ascii=False)


def _picture(connection: sqlite3.Connection, query: str) -> dict[str, tuple[str, dict[str, Any]]]:
    rows = connection.execute(query).fetchall()
    return {pmid: (title, json.loads(tags)) for pmid, title, tags in sorted(rows, key=_by_number)}


def _by_number(row: tuple[str, str, str]) -> tuple[int, str]:
    return len(row[0]), row[0]
