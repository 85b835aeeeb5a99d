"""What an index holds, counted; owns the numbers, not how they are shown."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from leukonlp.evidence import schema


def count(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return counts, versions, dates and size as plain values; counts by label or concept are of studies."""

    def one(query: str) -> Any:
        (value,) = connection.execute(query).fetchone()
        return value

    def by(query: str) -> dict[str, int]:
        return {
            name: n
            for name, n in connection.execute(f"{query} GROUP BY 1 ORDER BY 2 DESC, 1")
            if name is not None
        }

    made_by = connection.execute(
        "SELECT versions, count(*) FROM studies JOIN provenance ON provenance.id = studies.provenance "
        "GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    lexicon = connection.execute("SELECT value FROM meta WHERE key = 'lexicon'").fetchone()
    return {
        "schema": schema.version(connection),
        "bytes": one("PRAGMA page_count") * one("PRAGMA page_size"),
        "studies": one("SELECT count(*) FROM studies"),
        "relevant": one("SELECT count(*) FROM studies WHERE relevant = 1"),
        "retracted": one("SELECT count(*) FROM studies WHERE retracted = 1"),
        "deleted": one("SELECT count(*) FROM deleted"),
        "corrected": one("SELECT count(DISTINCT pmid || ' ' || field) FROM corrections"),
        "trials": one("SELECT count(DISTINCT trial) FROM trial_numbers"),
        "mentions": one("SELECT count(*) FROM mentions"),
        "years": list(connection.execute("SELECT min(year), max(year) FROM studies").fetchone()),
        "newest_revision": one("SELECT max(revised) FROM studies"),
        "updated": one("SELECT max(finished) FROM updates"),
        "phase": by("SELECT phase, count(*) FROM studies"),
        "design": by("SELECT design, count(*) FROM studies"),
        "modality": by("SELECT label, count(DISTINCT study) FROM modalities"),
        "disease": by(_about("disease")),
        "gene": by(_about("gene")),
        "therapy": by(_about("therapy")),
        "lexicon": lexicon[0] if lexicon else None,
        "made_by": [{"studies": n, **json.loads(versions)} for versions, n in made_by],
    }


def _about(kind: str) -> str:
    about = "SELECT coalesce(concepts.name, concept), count(DISTINCT study) FROM study_concepts "
    return f"{about} LEFT JOIN concepts ON concepts.id = concept WHERE study_concepts.type = '{kind}'"
