"""Makes an index larger: its studies once more under other PMIDs, by plain SQL; for benchmarks alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from leukonlp.evidence import terms

_PART = 5000


def grow(path: Path, studies: int) -> None:
    """Copy studies until there are so many; a line of a copy keeps the PMID of what it was copied from."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -65536")
    keys = [key for (key,) in connection.execute("SELECT id FROM studies ORDER BY id")]
    held, step = len(keys), keys[-1] - keys[0] + 7
    for start in range(held, studies, _PART):
        begin, copy = start % held, start // held
        some = keys[begin : begin + min(_PART, studies - start)]
        _copy(connection, (some[0], some[-1]), copy * step)
    connection.close()


def _copy(connection: sqlite3.Connection, span: tuple[int, int], shift: int) -> None:
    given = {"first": span[0], "last": span[1], "shift": shift}
    connection.execute("BEGIN")
    for table in (
        "studies",
        "lines",
        "mentions",
        "study_concepts",
        "modalities",
        "facts",
        "registry_numbers",
    ):
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        key = names[0]
        new = [
            f'"{name}" + :shift' if name == key else "id + :shift" if name == "pmid" else f'"{name}"'
            for name in names
        ]
        connection.execute(
            f"INSERT INTO {table} SELECT {', '.join(new)} FROM {table} "
            f"WHERE {key} BETWEEN :first AND :last ORDER BY 1",
            given,
        )
    connection.execute(
        "INSERT INTO study_text (rowid, title, abstract, keywords, concepts, registry) "
        "SELECT id, title, abstract, keywords, concepts, registry FROM studies "
        "WHERE id BETWEEN :first + :shift AND :last + :shift",
        given,
    )
    copies = connection.execute(
        "SELECT id FROM studies WHERE id BETWEEN :first + :shift AND :last + :shift", given
    )
    terms.add(connection, [key for (key,) in copies.fetchall()])
    connection.execute("COMMIT")
