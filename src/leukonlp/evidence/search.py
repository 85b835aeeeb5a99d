# ruff: noqa: S608  (only column names written here go into the SQL; values are bound)
"""The read side: conditions in, hits out; owns the queries, changes nothing.

A search runs in two steps: the keys of all matches, sorted, from indexes alone; then the rows of one page.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from leukonlp.errors import InputError
from leukonlp.evidence import rows, terms
from leukonlp.evidence.hits import Hit, Hits
from leukonlp.evidence.query import Query
from leukonlp.evidence.words import Words, parse

_RANK = "bm25(study_text, 4.0, 1.0, 2.0, 2.0, 4.0)"
"""A word in the title or a registry number tells more than one in the abstract."""
SORTS = ("relevance", "year")
_BATCH = 500
_FAR = 100_000
"""Steps of a search beyond which it is no longer counted which condition takes least."""
_LOOKUP = 8
"""What it takes to look a study up under a term, where going on to the next study of a stretch takes 1."""
_MERGED = 100
"""Stretches of an index that are merged into one page at most; SQLite itself takes 500."""


class _Lead(NamedTuple):
    """The condition through which SQLite goes; all others are looked at study by study."""

    table: str = "facets"
    column: str = ""
    values: tuple[str, ...] = ()
    by: str = ""
    """The filter that the studies of a term are looked up by, too; empty for none."""
    among: tuple[str, ...] = ()
    """Its values."""

    def where(self) -> tuple[list[str], list[Any]]:
        """Return the conditions as SQL, and their values."""
        conditions: list[str] = []
        given: list[Any] = []
        _any(self.column, self.values, conditions, given)
        _any(self.by, self.among, conditions, given)
        return conditions, given


def _any(column: str, values: Sequence[Any], conditions: list[str], given: list[Any]) -> None:
    if values:
        conditions.append(f"{column} IN ({', '.join('?' * len(values))})")
        given += values


def _between(
    column: str, bounds: tuple[int | None, int | None], conditions: list[str], given: list[Any]
) -> None:
    for sign, bound in zip((">=", "<="), bounds, strict=True):
        if bound is not None:
            conditions.append(f"{column} {sign} ?")
            given.append(bound)


def _columns(query: Query, lead: _Lead) -> tuple[list[str], list[Any]]:
    """Conditions on the columns that facets and terms share, the lead's first, and their values."""
    conditions, given = lead.where()
    # SQLite has no statistics here. The unary plus tells it what must not lead.
    for name, values in (("phase", query.phase), ("design", query.design)):
        if name not in (lead.column, lead.by):
            _any(f"+{name}", values, conditions, given)
    ordered = lead.by or (lead.table == "facets" and lead.column)
    _between("year" if ordered else "+year", query.year, conditions, given)
    _between("+n_enrolled", query.participants, conditions, given)
    for name, wanted in (("relevant", query.relevant), ("retracted", query.retracted)):
        if wanted is not None:
            conditions.append(f"+{name} = ?")
            given.append(int(wanted))
    if query.modality and lead.by != "modality":
        conditions.append(f"({' OR '.join(['instr(modality, ?)'] * len(query.modality))})")
        given += [f" {label} " for label in query.modality]
    return conditions, given


def _about(query: Query, lead: _Lead, key: str) -> tuple[list[str], list[Any]]:
    """Conditions that the study ``key`` have the concepts asked for, and their values."""
    conditions: list[str] = []
    given: list[Any] = []
    named = (query.disease, query.gene, query.therapy)
    for values in filter(None, named if query.mentioned else query.asked):
        if values != lead.values:
            inner: list[str] = []
            _any("concept" if query.mentioned else "term", values, inner, given)
            conditions.append(
                f"{key} IN (SELECT study FROM mentions WHERE {inner[0]})"
                if query.mentioned
                else f"EXISTS (SELECT 1 FROM terms WHERE {inner[0]} AND terms.study = {key})"
            )
    return conditions, given


def _lead(connection: sqlite3.Connection, query: Query) -> _Lead:
    """Return the condition through which a search takes least: mostly that which the fewest studies meet."""
    if query.mentioned and query.asked:
        return _Lead()
    entered = terms.modalities(connection, query.modality)
    asked = [("phase", query.phase), ("design", query.design), ("modality", entered)]
    filters = [(column, tuple(dict.fromkeys(values))) for column, values in asked]  # each but once
    leads = []
    for values in filter(None, (*query.asked, query.modality)):
        by = [way for way in filters if way[1] and not (way[0] == "modality" and values == query.modality)]
        leads += [_Lead("terms", "term", values, *way) for way in by or [("", ())]]
    if not leads:
        leads = [_Lead("facets", *way) for way in filters if way[1]]
    if len(leads) < 2:
        return leads[0] if leads else _Lead(column="year")
    # Whichever leads, each other concept asked for is looked up study by study.
    each = {lead: 1 + _LOOKUP * sum(values != lead.values for values in query.asked) for lead in leads}
    bound = 2000
    while bound < _FAR:
        least, best = bound, None
        for lead in leads:  # counted no further than tells which takes least
            cost = each[lead] * _count(connection, lead, least // each[lead] + 1)
            if cost < least:
                least, best = cost, lead
        if best is not None:
            return best
        bound *= 16
    return min(reversed(leads), key=each.__getitem__)


def _count(connection: sqlite3.Connection, lead: _Lead, most: int) -> int:
    conditions, given = lead.where()
    rows = f"SELECT 1 FROM {lead.table} WHERE {' AND '.join(conditions)} LIMIT {most}"
    count: int = connection.execute(f"SELECT count(*) FROM ({rows})", given).fetchone()[0]
    return count


class _Matches(NamedTuple):
    """SQL that gives ``study, year, score`` of every match, and its values."""

    sql: str
    given: list[Any]
    once: bool
    """To be set aside, not gone through twice: each study is looked up elsewhere, or few of many match."""
    newest: str = ""
    """SQL that gives study and year of every match, to be ordered by both, as an index has them; or empty."""
    values: tuple[Any, ...] = ()
    """Its values."""

    def page(self, order: str, bounds: Sequence[int]) -> tuple[str, list[Any]]:
        """Return SQL that gives study, score and the number of all matches for a page, and its values."""
        found = f"WITH found AS {'' if self.once else 'NOT '}MATERIALIZED ({self.sql})"
        total = "(SELECT count(*) FROM found)"
        if not self.newest:
            sql = f"{found} SELECT study, score, {total} FROM found ORDER BY {order} LIMIT ? OFFSET ?"
            return sql, [*self.given, *bounds]
        newest = f"{self.newest} ORDER BY year DESC, study LIMIT ? OFFSET ?"
        sql = f"{found} SELECT study, NULL, {total} FROM ({newest}) ORDER BY year DESC, study"
        return sql, [*self.given, *self.values, *bounds]


def _without_words(connection: sqlite3.Connection, query: Query) -> _Matches:
    lead = _lead(connection, query)
    columns, values = _columns(query, lead)
    about, members = _about(query, lead, "f.study")
    conditions, given = [*columns, *about] or ["1"], [*values, *members]
    # Under several terms a study may stand several times.
    what = "DISTINCT study" if lead.table == "terms" and len(lead.values) > 1 else "study"
    sql = f"SELECT {what}, year, NULL AS score FROM {lead.table} AS f WHERE {' AND '.join(conditions)}"
    if lead.by and len(lead.values) == 1 and len(lead.among) <= _MERGED and not about:
        rest = " AND ".join([f"term = ? AND {lead.by} = ?", *conditions[2:]])
        newest = " UNION ALL ".join([f"SELECT study, year FROM terms AS f WHERE {rest}"] * len(lead.among))
        others = given[1 + len(lead.among) :]
        values = [value for label in lead.among for value in (*lead.values, label, *others)]
        return _Matches(sql, given, once=False, newest=newest, values=tuple(values))
    apart = [x for x in columns[len(lead.where()[0]) :] if not x.lstrip("+").startswith("year")]
    few = lead.table == "terms" and bool(apart)
    return _Matches(sql, given, few or bool(about))


def _with_words(words: Words, query: Query, sort: str) -> _Matches:
    columns, values = _columns(query, _Lead())
    about, members = _about(query, _Lead(), "+study_text.rowid")
    source, year = "study_text", "NULL"
    if columns or sort == "year":
        source, year = "study_text CROSS JOIN facets ON study = study_text.rowid", "year"
    sql = f"SELECT study_text.rowid AS study, {year} AS year, -{_RANK} AS score FROM {source}"
    conditions = ["study_text MATCH ?", *columns, *about]
    given = [words.match, *values, *members]
    return _Matches(f"{sql} WHERE {' AND '.join(conditions)}", given, len(conditions) > 1)


def find(connection: sqlite3.Connection, query: Query, *, limit: int | None, offset: int, sort: str) -> Hits:
    """Return one page of the studies that meet every condition of ``query``.

    Raises:
        InputError: a negative limit or offset, or an unknown sort.
    """
    if sort not in SORTS:
        raise InputError(f"sort {sort!r} is unknown; use {' or '.join(map(repr, SORTS))}")
    if any(type(n) is not int or n < 0 for n in (offset, 0 if limit is None else limit)):
        raise InputError(
            f"limit {limit!r} and offset {offset!r} must be whole numbers, 0 or more; "
            "a limit of None gives all"
        )
    words = parse(query.words) if query.words else None
    if words is not None and words.match is None:
        return Hits(offset=offset)
    matches = _with_words(words, query, sort) if words else _without_words(connection, query)
    order = "score DESC, study" if sort == "relevance" and words else "year DESC, score DESC, study"
    page = connection.execute(*matches.page(order, [-1 if limit is None else limit, offset])).fetchall()
    if page:
        total = page[0][2]
    else:  # none at all, or none so far down
        total = connection.execute(f"SELECT count(*) FROM ({matches.sql})", matches.given).fetchone()[0]
    lines = _lines(connection, [study for study, _, _ in page])
    return Hits(tuple(Hit(*lines[study], query, score) for study, score, _ in page), total, offset)


def _lines(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Return line and retraction notices (their PMIDs) of each study."""
    found: dict[int, tuple[str, tuple[str, ...]]] = {}
    for start in range(0, len(keys), _BATCH):
        some = keys[start : start + _BATCH]
        query = "SELECT study, json, retracted FROM lines JOIN facets USING (study) WHERE study IN"
        for study, line, retracted in connection.execute(f"{query} ({', '.join('?' * len(some))})", some):
            found[study] = line, _notices(connection, study) if retracted else ()
    missing = sorted(set(keys) - found.keys())
    if missing:
        raise sqlite3.DatabaseError(f"{len(missing)} studies have no line, the first is {missing[0]}")
    return found


def _notices(connection: sqlite3.Connection, key: int) -> tuple[str, ...]:
    found = connection.execute(
        "SELECT notice.pmid FROM studies JOIN links ON target = studies.pmid AND links.type = 'RetractionOf' "
        "JOIN studies AS notice ON notice.id = links.study WHERE studies.id = ? ORDER BY notice.id",
        (key,),
    )
    return tuple(pmid for (pmid,) in found)


def records(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Yield every study as plain values: PMIDs in ascending order, then other identifiers alphabetically."""
    for query in (
        "SELECT id FROM studies WHERE id >= 0 ORDER BY id",
        "SELECT id FROM studies WHERE id < 0 ORDER BY pmid",
    ):
        keys = connection.execute(query)
        while some := [key for (key,) in keys.fetchmany(_BATCH)]:
            lines = _lines(connection, some)
            yield from (rows.read(*lines[key]) for key in some)
