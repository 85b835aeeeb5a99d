"""Opening, closing and guarding the SQLite file; owns connections, transactions and what their errors say.

Knows no study: tables are in :mod:`leukonlp.evidence.schema`, rows in :mod:`leukonlp.evidence.rows`.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leukonlp.errors import IndexFileError
from leukonlp.evidence import schema

_CACHE_KIB = 65_536
"""Page cache; SQLite's own 2 MB is less than the full-text index of a few thousand records."""

# What SQLite says (Python 3.10 has no error names yet), what that means here, and the cure.
_MEANINGS = (
    ("locked", "is in use by another process", "wait until it has finished, then run the same command again"),
    ("readonly", "may not be written to", "change its permissions, or copy it to where you may write"),
    (
        "is full",
        "cannot grow: the disk is full",
        "free some space, then run the same command again; nothing is lost",
    ),
    (
        "disk i/o",
        "cannot be read or written: the disk reports an error",
        "check the disk, or build the index elsewhere",
    ),
    (
        "not a database",
        "is not an evidence index, nor any SQLite file",
        "name another file; this one was left as it is",
    ),
    ("malformed", "is damaged", "delete it and build it again with `leukonlp index`, or restore a copy"),
    ("no such", "lacks a part of an evidence index", "build it again in a new file with `leukonlp index`"),
    (
        "unable to open",
        "cannot be opened",
        "check that its folder exists and that you may read and write there",
    ),
)


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into :class:`IndexFileError` that names the file, the trouble and the cure."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        # SQLite quotes the schema in what it says; of a damaged one that is no text.
        said = str(error) if isinstance(error, sqlite3.Error) else f"malformed schema: {error}"
        for words, meaning, cure in _MEANINGS:
            if words in said.lower():
                raise IndexFileError(f"{path} {meaning} ({said}); {cure}") from error
        raise IndexFileError(
            f"{path} does not behave like an evidence index ({said}); `leukonlp validate` lists what is "
            "damaged, and `leukonlp index` builds it again in a new file"
        ) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit everything inside, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has rolled back on its own by now.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def connect(path: Path, *, readonly: bool, timeout: float) -> sqlite3.Connection:
    """Open the index at ``path``, made or migrated where needed and allowed.

    Raises:
        IndexFileError: it is missing (read-only), corrupt, locked, foreign or of a newer schema.
    """
    if path.is_dir():
        raise IndexFileError(f"{path} is a folder; name a file, such as {path / 'evidence.db'}")
    if readonly and not path.exists():
        raise IndexFileError(f"{path} does not exist; build it with `leukonlp index IN... --db {path}`")
    if not path.parent.is_dir():
        raise IndexFileError(f"{path} cannot be made: the folder {path.parent} does not exist; make it first")
    with guarded(path):
        connection = (
            _open_readonly(path, timeout)
            if readonly
            else sqlite3.connect(path, timeout, isolation_level=None)
        )
        try:
            _prepare(connection, path, readonly, timeout)
        except BaseException:
            connection.close()
            raise
    return connection


def _open_readonly(path: Path, timeout: float) -> sqlite3.Connection:
    address = path.resolve().as_uri()
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        # Whoever may write also tidies up: the last reader to leave removes the helper files of WAL mode.
        connection = sqlite3.connect(f"{address}?mode=rw", timeout, isolation_level=None, uri=True)
        connection.execute("PRAGMA query_only = ON")
        return connection
    connection = sqlite3.connect(f"{address}?mode=ro", timeout, isolation_level=None, uri=True)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return connection
    except sqlite3.OperationalError as error:
        connection.close()
        # A file in WAL mode needs a helper file beside it, which a folder without write permission refuses.
        # Where no log is, nothing is missed without it.
        log = Path(f"{path}-wal")
        refused = "unable to open" in str(error) or "readonly" in str(error)
        if not refused or (log.exists() and log.stat().st_size):
            raise
        return sqlite3.connect(f"{address}?mode=ro&immutable=1", timeout, isolation_level=None, uri=True)


def _prepare(connection: sqlite3.Connection, path: Path, readonly: bool, timeout: float) -> None:
    found, newest = _check(connection, path), len(schema.MIGRATIONS)
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("PRAGMA foreign_keys = ON")
    if readonly:
        if not found:
            raise IndexFileError(f"{path} is empty; build it with `leukonlp index IN... --db {path}`")
        if found < newest:
            raise IndexFileError(
                f"{path} has schema version {found}, and this leukonlp reads {newest}; "
                "open it once for writing (`leukonlp index`) to migrate it, or build it again"
            )
        return
    _write_ahead(connection, timeout)
    # A power cut can undo the last records but never tear one: the next run adds them again.
    connection.execute("PRAGMA synchronous = NORMAL")
    if found < newest:
        schema.migrate(connection)


def _write_ahead(connection: sqlite3.Connection, timeout: float) -> None:
    """Switch to WAL mode; SQLite itself does not wait where another process does so at this moment."""
    end = time.monotonic() + timeout
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
        time.sleep(0.01)


def _check(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema version of a file that is ours or empty; refuse all others untouched."""
    connection.execute("BEGIN")  # else another process could migrate a new file between two of the questions
    (stamp,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    found, newest = schema.version(connection), len(schema.MIGRATIONS)
    connection.execute("COMMIT")
    if stamp != schema.APPLICATION_ID and (tables or found or stamp):
        raise IndexFileError(
            f"{path} is a SQLite file of another program (application id {stamp}, {tables} tables); "
            "name another file; this one was left as it is"
        )
    if found > newest:
        raise IndexFileError(
            f"{path} has schema version {found}, and this leukonlp knows versions up to {newest}; "
            "upgrade leukonlp, or build the index again with this version in another file"
        )
    return found


def close(connection: sqlite3.Connection, *, readonly: bool) -> None:
    """Close the file; a writer first moves the log into it, so that the one file is the whole index."""
    try:
        if not readonly:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError:
        pass  # Another reader holds the log; whoever closes last moves it.
    finally:
        connection.close()
