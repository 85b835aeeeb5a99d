# ruff: noqa: S608  (only names of tables written here go into the SQL; values are bound)
"""Whether an index is whole; owns the checks, repairs nothing.

Every study is made anew from its stored line, and all its rows are compared with what that gives.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from leukonlp.errors import IndexFileError
from leukonlp.evidence import concepts, corrections, rows, schema, terms
from leukonlp.records import Study

_CURE = "build the index again in a new file"
"""The one cure for all: a record that the index holds already is known to it, however damaged."""
_ANEW = f"annotate them again, then {_CURE}"
_COLUMNS = 'SELECT name FROM pragma_table_info("{}")'
_KEYS = {
    "lines": "study",
    "mentions": "study, n",
    "study_concepts": "study, type, n",
    "modalities": "study, n",
    "facts": "study, kind, n",
    "registry_numbers": "study, n",
    "links": "study, n",
}


def problems(connection: sqlite3.Connection, *, readonly: bool) -> list[str]:
    """Return everything that is wrong with the index, one sentence each; empty when all is well."""
    found = list(_file(connection))
    if found:
        return found  # Rows of a damaged file say nothing.
    return [
        *_full_text(connection, readonly),
        *_keys(connection),
        *_derived(connection),
        *_concepts(connection),
        *_unknown_concepts(connection),
        *_precedence(connection),
        *_corrected(connection),
        *_studies(connection),
    ]


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    with schema.pattern() as whole:
        wanted, held = schema.statements(whole), schema.statements(connection)
    for kind, name in sorted(wanted.keys() - held.keys()):
        yield f"file: the {kind} {name} is missing; {_CURE}"
    # Tables and views of one's own harm nothing; a trigger changes what leukonlp writes.
    foreign = {part for part in held.keys() - wanted.keys() if part[0] == "trigger"}
    changed = {part for part in held.keys() & wanted.keys() if held[part] != wanted[part]}
    for kind, name in sorted(foreign | changed):
        yield f"file: the {kind} {name} is not as leukonlp made it; {_CURE}"
    try:
        for (said,) in connection.execute("PRAGMA integrity_check"):
            if said != "ok":
                yield f"file: {said}; {_CURE}"
    except sqlite3.DatabaseError as error:
        yield f"file: {error}; {_CURE}"


def _full_text(connection: sqlite3.Connection, readonly: bool) -> Iterator[str]:
    """FTS5 checks itself by a command that counts as writing, so a read-only index is checked on a copy."""
    target = sqlite3.connect("") if readonly else connection
    try:
        if readonly:
            connection.backup(target)
        target.execute("INSERT INTO study_text (study_text, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if "malformed" not in str(error):
            raise
        yield f"full text: the index of words does not agree with the studies; {_CURE}"
    finally:
        if readonly:
            target.close()


def _keys(connection: sqlite3.Connection) -> Iterator[str]:
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"table {table}: a row points to a row of {parent} that does not exist; {_CURE}"
    for (pmid,) in connection.execute(
        "SELECT pmid FROM studies WHERE id NOT IN (SELECT study FROM lines) ORDER BY id"
    ):
        yield f"record {pmid}: its line is missing; {_CURE}"
    for id, versions in connection.execute("SELECT id, versions FROM provenance"):
        if rows.provenance(_json(versions) or {}) != (id, versions):
            yield f"provenance {id}: its versions {versions} have another id; {_CURE}"


def _derived(connection: sqlite3.Connection) -> Iterator[str]:
    for table, query in (("facets", terms.FACETS), ("terms", terms.TERMS)):
        wanted, held = f"SELECT * FROM ({query})", f"SELECT * FROM {table}"
        (differing,) = connection.execute(
            f"SELECT count(*) FROM (SELECT * FROM ({wanted} EXCEPT {held}) "
            f"UNION SELECT * FROM ({held} EXCEPT {wanted}))"
        ).fetchone()
        if differing:
            yield f"table {table}: {differing} rows do not agree with studies; {_CURE}"


def _concepts(connection: sqlite3.Connection) -> Iterator[str]:
    """Names and ancestors, sealed when they came in; an index that was never written to has none."""
    kept = dict(connection.execute("SELECT key, value FROM meta"))
    (written,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM studies) OR EXISTS (SELECT 1 FROM concepts) "
        "OR EXISTS (SELECT 1 FROM concept_ancestors)"
    ).fetchone()
    if (kept or written) and kept.get("concepts") != concepts.seal(connection, kept.get("lexicon", "")):
        yield f"tables concepts and concept_ancestors: are not as the lexicon filled them; {_CURE}"


def _unknown_concepts(connection: sqlite3.Connection) -> Iterator[str]:
    """Ids that the lexicon does not hold. A chemical may come from another vocabulary."""
    query = """
        SELECT concept, type, count(DISTINCT study) FROM (
            SELECT study, concept, type FROM study_concepts UNION SELECT study, concept, type FROM mentions)
        WHERE concept IS NOT NULL AND type <> 'chemical' AND concept NOT IN (SELECT id FROM concepts)
        GROUP BY 1, 2 ORDER BY 1, 2"""
    for concept, kind, count in connection.execute(query):
        yield f"{kind} {concept}: not in the lexicon, but in {count} studies; {_ANEW}"


def _precedence(connection: sqlite3.Connection) -> Iterator[str]:
    deleted = "SELECT pmid, deleted.version FROM studies JOIN deleted USING (pmid)"
    for pmid, version in connection.execute(f"{deleted} WHERE studies.version <= deleted.version"):
        yield f"record {pmid}: is here although version {version} was deleted; {_CURE}"
    notices = "SELECT target FROM links WHERE type = 'RetractionOf' AND target IS NOT NULL"
    flags = f"""
        SELECT pmid, retracted FROM studies JOIN lines ON study = id WHERE json_valid(json) AND retracted <> (
            pmid IN ({notices}) OR json_extract(json, '$.study.retracted'))"""
    for pmid, retracted in connection.execute(flags):
        state = "retracted" if retracted else "not retracted"
        yield f"record {pmid}: is marked as {state}, as no record or notice says; {_CURE}"


def _corrected(connection: sqlite3.Connection) -> Iterator[str]:
    """What a person said of a tag, and another stands there."""
    query = (
        "SELECT pmid, json FROM lines JOIN studies ON id = study WHERE pmid IN (SELECT pmid FROM corrections)"
    )
    for pmid, line in connection.execute(query).fetchall():
        try:
            study = rows.revive(rows.read(line))
        except IndexFileError:
            continue  # _studies says what is wrong with it
        if corrections.overlay(study, corrections.latest(connection, pmid)) != study:
            yield f"record {pmid}: its tags are not as they were corrected; {_CURE}"


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _studies(connection: sqlite3.Connection) -> Iterator[str]:
    names = {
        table: [n for (n,) in connection.execute(_COLUMNS.format(table))] for table in ("studies", *_KEYS)
    }
    for key, pmid, line in connection.execute(
        "SELECT id, pmid, json FROM studies JOIN lines ON study = id ORDER BY id"
    ):
        try:
            study = Study.from_dict(json.loads(line))
        except ValueError as error:
            said = str(error).removeprefix(f"record {pmid}: ").removesuffix("; annotate it again")
            yield f"record {pmid}: {said}; {_CURE}"
            continue
        except (KeyError, TypeError, AttributeError) as error:
            yield f"record {pmid}: its line is not annotated JSONL ({error}); {_CURE}"
            continue
        for table, expected in rows.rows(study).items():
            yield from _compare(connection, table, names[table], key, pmid, expected)


def _compare(
    connection: sqlite3.Connection,
    table: str,
    names: list[str],
    key: int,
    pmid: str,
    expected: list[rows.Row],
) -> Iterator[str]:
    by = f"study = ? ORDER BY {_KEYS[table]}" if table in _KEYS else "id = ?"
    held = connection.execute(f"SELECT * FROM {table} WHERE {by}", (key,)).fetchall()
    expected = sorted(expected, key=lambda row: row[:3]) if table == "study_concepts" else expected
    if len(held) != len(expected):
        yield f"record {pmid}: {len(held)} rows in {table}, {len(expected)} in its line; {_CURE}"
        return
    for row, wanted in zip(held, expected, strict=True):
        for name, value, meant in zip(names, row, wanted, strict=True):
            said = int(meant) if isinstance(meant, bool) else meant  # as the database keeps it
            # A notice may retract a study whose own line does not know; _precedence has looked at that.
            if value != said and (table, name) != ("studies", "retracted") and not _older(name, value, said):
                yield f"record {pmid}: {table}.{name} is {value!r}, its line says {said!r}; {_CURE}"


def _older(name: str, value: Any, said: Any) -> bool:
    """True for a line of an older version, which lacks only keys that are empty now."""
    return name == "json" and _within(_json(value), _json(said))


def _within(old: Any, new: Any) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        return set(old) <= set(new) and all(
            _within(old[key], value) if key in old else value in (None, []) for key, value in new.items()
        )
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_within, old, new))
    return bool(old == new)
