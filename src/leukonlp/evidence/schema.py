"""The tables of an evidence index, as numbered migrations; owns the file's shape, not its content.

Every table is keyed by the study (:func:`study_id`) and a position within it, never by a counter that
remembers the order of insertion: the same records give the same rows, whatever was interrupted on the way.
Connections and errors live in :mod:`leukonlp.evidence.store`.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from leukonlp.evidence import terms, views

APPLICATION_ID = 0x4C45554B
"""Stamp in the SQLite header (``LEUK``) by which an evidence index is told from other SQLite files."""

_FIRST: tuple[str, ...] = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # Versions of package, lexicon, labels and models, as a JSON object; id is a hash of it.
    "CREATE TABLE provenance (id TEXT PRIMARY KEY, versions TEXT NOT NULL) WITHOUT ROWID",
    # id is the PMID as a number (study_id); abstract stands last, so that a scan need not read over it.
    """CREATE TABLE studies (
        id INTEGER PRIMARY KEY,
        pmid TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        year INTEGER,
        journal TEXT,
        doi TEXT,
        pmcid TEXT,
        relevant INTEGER, relevant_probability REAL,
        phase TEXT, phase_probability REAL, phase_basis TEXT,
        phase_quote TEXT, phase_start INTEGER, phase_end INTEGER,
        design TEXT, design_probability REAL, design_basis TEXT,
        design_quote TEXT, design_start INTEGER, design_end INTEGER,
        n_enrolled INTEGER, n_enrolled_quote TEXT,
        n_screened INTEGER, n_screened_quote TEXT,
        ages REAL, ages_statistic TEXT, ages_low REAL, ages_high REAL, ages_unit TEXT, ages_quote TEXT,
        stage, stage_quote TEXT,
        multicentre INTEGER, multicentre_quote TEXT,
        follow_up_months REAL, follow_up_statistic TEXT, follow_up_low REAL, follow_up_high REAL,
        follow_up_quote TEXT,
        retracted INTEGER NOT NULL,
        concepts TEXT NOT NULL,
        keywords TEXT NOT NULL,
        registry TEXT NOT NULL,
        version INTEGER NOT NULL,
        revised TEXT,
        fingerprint TEXT NOT NULL,
        provenance TEXT NOT NULL REFERENCES provenance (id),
        abstract TEXT NOT NULL
    )""",
    "CREATE INDEX studies_provenance ON studies (provenance)",
    # What a search filters and sorts by, kept by triggers in rows so short that all of them stay in memory:
    # with 100,000 studies a look-up here costs a quarter of one in studies.
    """CREATE TABLE facets (
        study INTEGER PRIMARY KEY,
        year INTEGER, phase TEXT, design TEXT, relevant INTEGER, retracted INTEGER, n_enrolled INTEGER
    )""",
    "CREATE INDEX facets_phase ON facets (phase, year, design, relevant, retracted, n_enrolled)",
    "CREATE INDEX facets_design ON facets (design, year, phase, relevant, retracted, n_enrolled)",
    "CREATE INDEX facets_year ON facets (year)",
    # The whole study as one line of annotated JSONL: what export writes and what a Study is read back from.
    """CREATE TABLE lines (
        study INTEGER PRIMARY KEY REFERENCES studies (id) ON DELETE CASCADE,
        json TEXT NOT NULL
    )""",
    """CREATE TABLE mentions (
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
        type TEXT NOT NULL, concept TEXT, name TEXT,
        score REAL NOT NULL, source TEXT NOT NULL,
        negated INTEGER NOT NULL, speculative INTEGER NOT NULL,
        about TEXT NOT NULL, species TEXT, reason TEXT,
        PRIMARY KEY (study, n)
    ) WITHOUT ROWID""",
    "CREATE INDEX mentions_concept ON mentions (concept, study) WHERE concept IS NOT NULL",
    # What a study is about, most prominent first within each type.
    """CREATE TABLE study_concepts (
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        type TEXT NOT NULL, n INTEGER NOT NULL,
        concept TEXT NOT NULL, name TEXT,
        PRIMARY KEY (study, type, n)
    ) WITHOUT ROWID""",
    "CREATE INDEX study_concepts_concept ON study_concepts (concept, study)",
    """CREATE TABLE modalities (
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        label TEXT NOT NULL, probability REAL, basis TEXT,
        start INTEGER, "end" INTEGER, quote TEXT,
        PRIMARY KEY (study, n)
    ) WITHOUT ROWID""",
    "CREATE INDEX modalities_label ON modalities (label, study)",
    # Every stated figure or finding with its quote; kind is the name of the field in study.*.
    """CREATE TABLE facts (
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        kind TEXT NOT NULL, n INTEGER NOT NULL,
        value, statistic TEXT, low REAL, high REAL, unit TEXT,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL,
        PRIMARY KEY (study, kind, n)
    ) WITHOUT ROWID""",
    """CREATE TABLE registry_numbers (
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        bank TEXT NOT NULL, number TEXT NOT NULL,
        PRIMARY KEY (study, n)
    ) WITHOUT ROWID""",
    "CREATE INDEX registry_numbers_number ON registry_numbers (number)",
    # target is a PMID, which need not be in the index.
    """CREATE TABLE links (
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        type TEXT NOT NULL, target TEXT, source TEXT,
        PRIMARY KEY (study, n)
    ) WITHOUT ROWID""",
    "CREATE INDEX links_target ON links (target, type)",
    # Tombstones: no version of this PMID up to this one may come back.
    "CREATE TABLE deleted (pmid TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE concepts (
        id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, "group" TEXT
    ) WITHOUT ROWID""",
    # Every concept is its own ancestor here, so that one look-up finds it with all its children.
    """CREATE TABLE concept_ancestors (
        ancestor TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (ancestor, id)
    ) WITHOUT ROWID""",
    # No stemming: a search for exact words must find exact words; a trailing * widens it on request.
    """CREATE VIRTUAL TABLE study_text USING fts5 (
        title, abstract, keywords, concepts, registry,
        content='studies', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
    )""",
    """CREATE TRIGGER studies_insert AFTER INSERT ON studies BEGIN
        INSERT INTO study_text (rowid, title, abstract, keywords, concepts, registry)
        VALUES (new.id, new.title, new.abstract, new.keywords, new.concepts, new.registry);
        INSERT INTO facets VALUES
            (new.id, new.year, new.phase, new.design, new.relevant, new.retracted, new.n_enrolled);
    END""",
    """CREATE TRIGGER studies_delete AFTER DELETE ON studies BEGIN
        DELETE FROM facets WHERE study = old.id;
        INSERT INTO study_text (study_text, rowid, title, abstract, keywords, concepts, registry)
        VALUES ('delete', old.id, old.title, old.abstract, old.keywords, old.concepts, old.registry);
    END""",
    """CREATE TRIGGER studies_update_facets
    AFTER UPDATE OF id, year, phase, design, relevant, retracted, n_enrolled ON studies BEGIN
        DELETE FROM facets WHERE study = old.id;
        INSERT INTO facets VALUES
            (new.id, new.year, new.phase, new.design, new.relevant, new.retracted, new.n_enrolled);
    END""",
    """CREATE TRIGGER studies_update_text
    AFTER UPDATE OF id, title, abstract, keywords, concepts, registry ON studies BEGIN
        INSERT INTO study_text (study_text, rowid, title, abstract, keywords, concepts, registry)
        VALUES ('delete', old.id, old.title, old.abstract, old.keywords, old.concepts, old.registry);
        INSERT INTO study_text (rowid, title, abstract, keywords, concepts, registry)
        VALUES (new.id, new.title, new.abstract, new.keywords, new.concepts, new.registry);
    END""",
)

# Added columns can only stand behind the abstract: a scan for their values had better read facts.
_MORE_FACTS: tuple[str, ...] = (
    *(
        f"ALTER TABLE studies ADD COLUMN {column}"
        for name, kind in (
            ("n_comparison", "INTEGER"),
            ("sex", "TEXT"),
            ("n_sites", "INTEGER"),
            ("comparator", "TEXT"),
            ("blinding", "TEXT"),
        )
        for column in (f"{name} {kind}", f"{name}_quote TEXT")
    ),
    *(
        f"ALTER TABLE studies ADD COLUMN {name} TEXT"
        for name in ("genotype", "countries", "vectors", "routes")
    ),
    # How many people a harm came to, and out of how many.
    "ALTER TABLE facts ADD COLUMN count INTEGER",
    "ALTER TABLE facts ADD COLUMN total INTEGER",
)

_LIVING: tuple[str, ...] = (
    # A run of `leukonlp update`; finished is empty while it runs, complete is 1 when no record was missing.
    """CREATE TABLE updates (
        n INTEGER PRIMARY KEY,
        corpus TEXT NOT NULL, query TEXT NOT NULL, since TEXT, until TEXT NOT NULL,
        finished TEXT, complete INTEGER
    )""",
    """CREATE TABLE changes (
        "update" INTEGER NOT NULL REFERENCES updates (n) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        pmid TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL,
        field TEXT, before TEXT, after TEXT,
        PRIMARY KEY ("update", n)
    ) WITHOUT ROWID""",
    "CREATE INDEX changes_pmid ON changes (pmid)",
    # What every study said when the update that is under way began: a killed run must still tell all changes.
    "CREATE TABLE baseline (pmid TEXT PRIMARY KEY, title TEXT NOT NULL, tags TEXT NOT NULL) WITHOUT ROWID",
    # Tags that a person gave, all of them; of one field the last is in force. Kept when the record goes.
    """CREATE TABLE corrections (
        pmid TEXT NOT NULL, field TEXT NOT NULL, n INTEGER NOT NULL,
        label TEXT, reviewer TEXT NOT NULL, at TEXT NOT NULL, was TEXT,
        PRIMARY KEY (pmid, field, n)
    ) WITHOUT ROWID""",
    views.TRIAL_NUMBERS,
    views.TRIALS,
    views.EVIDENCE,
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _MORE_FACTS, _LIVING, terms.MIGRATION, terms.BY_LABEL)
"""Statements that lead from schema version n to n + 1; never edited once released, only appended to."""


def version(connection: sqlite3.Connection) -> int:
    """Return the schema version of the open file; 0 is a new, empty one."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the open file to the newest schema in one transaction; a failure leaves it as it was."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again inside the transaction: another process may have migrated meanwhile.
        for statements in MIGRATIONS[version(connection) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def statements(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Return by kind and name what made every table, index, trigger and view in the open file.

    White space is folded; what SQLite makes by itself for the full text has no statement. In a damaged file
    a name may be bytes, and stands here as Python prints them.
    """
    return {
        (str(kind), str(name)): "" if str(name).startswith("study_text_") else " ".join(str(sql).split())
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master")
    }


@contextmanager
def pattern() -> Iterator[sqlite3.Connection]:
    """Open an empty index of the newest schema, in memory, to compare others with."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        yield connection
    finally:
        connection.close()


def study_id(pmid: str) -> int:
    """Return the key of a study: its PMID as a number, or a negative hash of any other identifier.

    It depends on the identifier alone. The hash keeps 62 bits: two of a million local records collide
    with a chance of one in ten million, and then the UNIQUE key refuses the second.
    """
    if pmid.isascii() and pmid.isdigit() and len(pmid) < 18 and str(int(pmid)) == pmid:
        return int(pmid)
    return -1 - (
        int.from_bytes(hashlib.sha256(pmid.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 2
    )
