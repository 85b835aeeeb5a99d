# ruff: noqa: S608  (only names written here go into the SQL; values are bound)
"""What a search goes through: facets of every study, and terms with their studies; owns these two tables.

In terms a study stands under each concept that it is about, under each one above it, and under its
modalities, with all that a search filters and sorts by: one stretch of the table answers a search, and no
study occurs in it twice. Both follow from other tables, those of the lexicon included.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

_FILTERS = "year, phase, design, relevant, retracted, n_enrolled, modality"
FACETS = """
    SELECT id, year, phase, design, relevant, retracted, n_enrolled,
        (SELECT ' ' || group_concat(label, ' ') || ' ' FROM modalities WHERE study = id)
    FROM studies
"""
"""Query that gives the table of facets."""
_PAIRS = """
    SELECT ancestor AS term, study FROM new CROSS JOIN study_concepts USING (study)
        JOIN concept_ancestors ON concept_ancestors.id = concept
    UNION SELECT concept, study FROM new CROSS JOIN study_concepts USING (study)
    UNION SELECT label, study FROM new CROSS JOIN modalities USING (study)
"""
TERMS = f"""
    WITH new AS (SELECT study FROM facets)
    SELECT term, study, {_FILTERS} FROM ({_PAIRS}) JOIN facets USING (study)
"""
"""Query that gives the table of terms."""
_OF = """
    SELECT ancestor FROM study_concepts JOIN concept_ancestors ON concept_ancestors.id = concept
    WHERE study = old.id
    UNION SELECT concept FROM study_concepts WHERE study = old.id
    UNION SELECT label FROM modalities WHERE study = old.id
"""
MIGRATION: tuple[str, ...] = (
    # Labels with a blank on either side of each.
    "ALTER TABLE facets ADD COLUMN modality TEXT",
    """UPDATE facets SET modality = (
        SELECT ' ' || group_concat(label, ' ') || ' ' FROM modalities WHERE modalities.study = facets.study
    )""",
    "DROP INDEX facets_phase",
    "DROP INDEX facets_design",
    "CREATE INDEX facets_phase ON facets (phase, year, design, relevant, retracted, n_enrolled, modality)",
    "CREATE INDEX facets_design ON facets (design, year, phase, relevant, retracted, n_enrolled, modality)",
    "CREATE INDEX concept_ancestors_id ON concept_ancestors (id)",
    """CREATE TABLE terms (
        term TEXT NOT NULL, study INTEGER NOT NULL,
        year INTEGER, phase TEXT, design TEXT, relevant INTEGER, retracted INTEGER, n_enrolled INTEGER,
        modality TEXT,
        PRIMARY KEY (term, study)
    ) WITHOUT ROWID""",
    # The writer fills facets, terms and full text, many studies at once: in a trigger, FTS5 writes each row.
    "DROP TRIGGER studies_insert",
    "DROP TRIGGER studies_update_facets",
    f"""CREATE TRIGGER studies_update_facets
    AFTER UPDATE OF year, phase, design, relevant, retracted, n_enrolled ON studies BEGIN
        UPDATE facets SET (year, phase, design, relevant, retracted, n_enrolled) =
            (new.year, new.phase, new.design, new.relevant, new.retracted, new.n_enrolled)
            WHERE study = old.id;
        UPDATE terms SET (year, phase, design, relevant, retracted, n_enrolled) =
            (new.year, new.phase, new.design, new.relevant, new.retracted, new.n_enrolled)
            WHERE study = old.id AND term IN ({_OF});
    END""",
    f"INSERT INTO terms {TERMS}",
    # Before: what a study is about goes with it.
    f"""CREATE TRIGGER studies_delete_terms BEFORE DELETE ON studies BEGIN
        DELETE FROM terms WHERE study = old.id AND term IN ({_OF});
    END""",
    # Words are gathered in memory (32 MB instead of 1) until a transaction ends: fewer parts to merge.
    "INSERT INTO study_text (study_text, rank) VALUES ('hashsize', 33554432)",
)
"""From schema 3 to 4."""
BY_LABEL: tuple[str, ...] = tuple(
    # Few of a term's studies have one phase, design or modality: here they stand together, newest first.
    f"CREATE INDEX terms_{label} ON terms "
    f"(term, {label}, year DESC, study, {others}, relevant, retracted, n_enrolled)"
    for label, others in (
        ("phase", "design, modality"),
        ("design", "phase, modality"),
        ("modality", "phase, design"),
    )
)
"""From schema 4 to 5."""

_KEYS = "(SELECT value FROM json_each(?))"
_NEW_FACETS = f"INSERT INTO facets {FACETS} WHERE id IN {_KEYS}"
_NEW_TERMS = f"""
    WITH new AS (SELECT value AS study FROM json_each(?))
    INSERT INTO terms SELECT term, study, {_FILTERS} FROM ({_PAIRS}) JOIN facets USING (study)
"""


_NEXT = "SELECT min(modality) FROM terms WHERE term = ? AND modality > ?"


def modalities(connection: sqlite3.Connection, labels: Iterable[str]) -> tuple[str, ...]:
    """Return in which ways modalities are entered for studies that have one of ``labels``, sorted."""
    found: set[str] = set()
    for label in labels:
        entered = ""
        while entered := connection.execute(_NEXT, (label, entered)).fetchone()[0]:
            found.add(entered)
    return tuple(sorted(found))


def add(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    """Enter new studies, of which all other tables know."""
    given = json.dumps(list(keys))
    for query in (_NEW_FACETS, _NEW_TERMS):
        connection.execute(query, (given,))


def refill(connection: sqlite3.Connection) -> None:
    """Enter all studies under their terms anew: there is another lexicon."""
    connection.execute("DELETE FROM terms")
    connection.execute(f"INSERT INTO terms {TERMS}")
