"""The write side: which record takes precedence, and the rows that follow; owns every change to a study.

The rules, by which the content depends on the records and hardly on their order:

- A record is known by its PMID. Of two, the one with the higher ``(version, revised)`` stays; of two equal
  ones the later stays.
- A deletion removes its record and leaves a tombstone, which keeps out every version up to its own.
- A tag that a person corrected stays as corrected, whatever comes in.
- A study is retracted when its own record says so or an indexed notice does, whichever came first.

Transactions are the caller's: each function here leaves the index whole when it runs inside one.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from leukonlp.errors import InputError
from leukonlp.evidence import corrections, rows, terms
from leukonlp.evidence.schema import study_id
from leukonlp.records import Abstract, Correction, Deletion, Study

Prepared: TypeAlias = tuple[Study, dict[str, list[rows.Row]]]
"""A study and its rows."""

_TARGETS = "SELECT target FROM links WHERE study = ? AND type = 'RetractionOf' AND target IS NOT NULL"
_RETRACTION = """
    UPDATE studies SET retracted =
        (SELECT json_extract(json, '$.study.retracted') FROM lines WHERE study = studies.id)
        OR EXISTS (SELECT 1 FROM links WHERE target = studies.pmid AND type = 'RetractionOf')
    WHERE id = ?
"""
_BATCH = 500
_MET = """
    SELECT pmid FROM studies WHERE pmid IN (:pmids) UNION SELECT pmid FROM deleted WHERE pmid IN (:pmids)
    UNION SELECT pmid FROM corrections WHERE pmid IN (:pmids)
"""
_NOTED = "SELECT target FROM links WHERE type = 'RetractionOf' AND target IN (:pmids)"
_WORDS = """
    INSERT INTO study_text (rowid, title, abstract, keywords, concepts, registry)
    SELECT id, title, abstract, keywords, concepts, registry FROM studies
    WHERE id IN (SELECT value FROM json_each(?))
"""


class Stored(NamedTuple):
    """What the index holds of a PMID."""

    precedence: tuple[int, str]
    fingerprint: str
    provenance: str


def precedence(record: Abstract) -> tuple[int, str]:
    """Return what is compared between two records of one PMID: version, then date of revision."""
    return record.version, record.revised or ""


def buried(connection: sqlite3.Connection, record: Abstract | Deletion) -> bool:
    """Tell whether a tombstone keeps this version of the record out."""
    found = connection.execute("SELECT version FROM deleted WHERE pmid = ?", (record.pmid,)).fetchone()
    return found is not None and record.version <= found[0]


def stored(connection: sqlite3.Connection, pmid: str) -> Stored | None:
    """Return what the index holds of a PMID, or None."""
    query = "SELECT version, revised, fingerprint, provenance FROM studies WHERE id = ? AND pmid = ?"
    found = connection.execute(query, (study_id(pmid), pmid)).fetchone()
    return None if found is None else Stored((found[0], found[1] or ""), found[2], found[3])


def prepare(study: Study) -> Prepared:
    """Check a study and make its rows, outside any transaction.

    Raises:
        InputError: a quote or mention does not match the text, or the text is no valid Unicode.
    """
    try:
        study.check_offsets()
        made = rows.rows(study)
        for _, line in made["lines"]:
            line.encode("utf-8")
    except UnicodeEncodeError as error:
        half = error.object[error.start]
        raise InputError(
            f"record {study.pmid}: its text holds {half!r}, half of a character, which no file can store; "
            "correct it in the source and annotate it again"
        ) from error
    except ValueError as error:
        raise InputError(str(error)) from error
    return study, made


def prepare_all(
    studies: Iterable[Study], refused: Callable[[Study, InputError], None] | None
) -> tuple[list[Prepared], InputError | None]:
    """Prepare studies; stop at one that cannot be stored and say why, unless ``refused`` takes it."""
    group: list[Prepared] = []
    for study in studies:
        try:
            group.append(prepare(study))
        except InputError as error:
            if refused is None:
                return group, error
            refused(study, error)
    return group, None


def put_all(connection: sqlite3.Connection, group: Sequence[Prepared]) -> int:
    """Store studies, those that the index has never met all at once; return how many changed it."""
    pmids = Counter(study.pmid for study, _ in group)
    met = _among(connection, _MET, list(pmids)) | {pmid for pmid, times in pmids.items() if times > 1}
    unmet = [prepared for prepared in group if prepared[0].pmid not in met]
    _insert(connection, unmet)
    return len(unmet) + sum([put(connection, prepared) for prepared in group if prepared[0].pmid in met])


def put(connection: sqlite3.Connection, prepared: Prepared) -> bool:
    """Store a study; return False where the index already holds it, or what takes precedence."""
    study, made = _corrected(connection, prepared)
    key, held = study_id(study.pmid), stored(connection, study.pmid)
    if buried(connection, study.abstract):
        return False
    affected: set[int] = set()
    if held is not None:
        line = connection.execute("SELECT study, json FROM lines WHERE study = ?", (key,)).fetchone()
        if held.precedence > precedence(study.abstract) or [line] == made["lines"]:
            return False
        affected = _remove(connection, key)
    _insert(connection, [(study, made)])
    _retract(connection, affected)
    return True


def _insert(connection: sqlite3.Connection, group: Sequence[Prepared]) -> None:
    """Add studies of which the index holds nothing, and say which of all are retracted now."""
    versions = dict.fromkeys(study.versions for study, _ in group)
    connection.executemany("INSERT OR IGNORE INTO provenance VALUES (?, ?)", map(rows.provenance, versions))
    for table in group[0][1] if group else ():
        content = [row for _, made in group for row in made[table]]
        if content:
            connection.executemany(_into(table, len(content[0])), content)
    pmids = [study.pmid for study, _ in group]
    keys = [study_id(pmid) for pmid in pmids]
    connection.execute(_WORDS, (json.dumps(keys),))
    terms.add(connection, keys)
    links = [link for study, _ in group for link in study.abstract.links if link.type == "RetractionOf"]
    targets = {link.pmid for link in links if link.pmid is not None}
    _retract(connection, map(study_id, targets | _among(connection, _NOTED, pmids)))


def _among(connection: sqlite3.Connection, query: str, pmids: Sequence[str]) -> set[str]:
    """Return those of the PMIDs that a query finds, which asks for them as ``:pmids``."""
    found: set[str] = set()
    for start in range(0, len(pmids), _BATCH):
        some = pmids[start : start + _BATCH]
        marks = ", ".join(f"?{n}" for n in range(1, len(some) + 1))
        found |= {pmid for (pmid,) in connection.execute(query.replace(":pmids", marks), some)}
    return found


def _corrected(connection: sqlite3.Connection, prepared: Prepared) -> Prepared:
    """Lay what persons said of the study over it."""
    study, _ = prepared
    labels = corrections.latest(connection, study.pmid)
    return prepare(corrections.overlay(study, labels)) if labels else prepared


def correct(connection: sqlite3.Connection, given: Iterable[Correction]) -> int:
    """Keep corrections and put each study anew; return how many studies changed.

    Raises:
        InputError: no such record, or a label that is not in the scheme.
    """
    by_pmid: dict[str, list[Correction]] = {}
    for correction in given:
        corrections.check(correction)
        by_pmid.setdefault(correction.pmid, []).append(correction)
    changed = 0
    for pmid, those in by_pmid.items():
        line = connection.execute(
            "SELECT json FROM lines JOIN studies ON id = study WHERE pmid = ?", (pmid,)
        ).fetchone()
        if line is None:
            raise InputError(f"the index holds no record {pmid}; index it first")
        study = rows.revive(rows.read(*line))
        corrections.keep(connection, those, study)
        changed += put(connection, prepare(study))
    return changed


def bury(connection: sqlite3.Connection, deletion: Deletion) -> bool:
    """Remove a record and leave a tombstone; return False when that was known already."""
    if buried(connection, deletion):
        return False
    connection.execute("INSERT OR REPLACE INTO deleted VALUES (?, ?)", (deletion.pmid, deletion.version))
    held = stored(connection, deletion.pmid)
    if held is not None and held.precedence[0] <= deletion.version:
        _retract(connection, _remove(connection, study_id(deletion.pmid)))
    return True


def _remove(connection: sqlite3.Connection, key: int) -> set[int]:
    """Take a study out; return the keys of the studies that it had declared retracted."""
    targets = _retracted_by(connection, key)
    (made_by,) = connection.execute("SELECT provenance FROM studies WHERE id = ?", (key,)).fetchone()
    connection.execute("DELETE FROM studies WHERE id = ?", (key,))
    # Versions that made no row of the index any more are history, and the content must not depend on history.
    connection.execute(
        "DELETE FROM provenance WHERE id = :id AND NOT EXISTS (SELECT 1 FROM studies WHERE provenance = :id)",
        {"id": made_by},
    )
    return targets


def _retracted_by(connection: sqlite3.Connection, key: int) -> set[int]:
    return {study_id(target) for (target,) in connection.execute(_TARGETS, (key,))}


def _retract(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    connection.executemany(_RETRACTION, [(key,) for key in sorted(keys)])


@cache
def _into(table: str, width: int) -> str:
    # The tables are those of rows.rows().
    return f"INSERT INTO {table} VALUES ({', '.join('?' * width)})"  # noqa: S608
