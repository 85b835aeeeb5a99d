"""Reads corpus definitions: TOML files that spell a PubMed query in parts a person can check.

::

    name = "..."                     what the corpus is called
    description = "..."              what is in it, and what is left out on purpose
    date = 2026-01-31                when its terms were last checked against their sources
    extends = "leukodystrophy"       take the parts of another file in the same folder (optional)

    [context.NAME]                   terms that several parts lean on
    [include.NAME]                   terms of which one must match; with = "NAME" adds a context
    [filter.NAME]                    terms of which one must match as well, for the whole corpus
    [dates]                          from, to: publication dates as YYYY, YYYY/MM or YYYY/MM/DD

Terms stand under the field they are searched in: ``mesh``, ``mesh_alone`` (without narrower
headings), ``substance`` (supplementary concepts), ``words`` (title and abstract) and
``publication_types``. Quotes, brackets and field tags are added here, so no file can unbalance the
query. Owns the format; knows no network.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from leukonlp.errors import InputError, SettingsError
from leukonlp.packaged import packaged
from leukonlp.sources.query import build_term

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FIELDS: Mapping[str, str] = {
    "mesh": "mh",
    "mesh_alone": "mh:noexp",
    "substance": "nm",
    "words": "tiab",
    "publication_types": "pt",
}
"""Field names of a corpus file and PubMed's tags for them."""
_KEYS = ("name", "description", "date", "extends", "context", "include", "filter", "dates")
# PubMed drops or reads otherwise what is not listed here; a star only ends a word of four letters or more.
_TERM = re.compile(r"[^\W_](?:[\w ,./'&+-]*[\w'])?\*?")
_STAR = re.compile(r"(?:^|.*[^\w])\w{0,3}\*$")


@dataclass(frozen=True, slots=True)
class Part:
    """Terms joined by OR, and the context they must stand in."""

    name: str
    terms: tuple[str, ...]
    """PubMed terms with field tags."""
    context: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """The part as PubMed reads it."""
        either = f"({' OR '.join(self.terms)})"
        return f"({either} AND ({' OR '.join(self.context)}))" if self.context else either


@dataclass(frozen=True, slots=True)
class CorpusDefinition:
    """A corpus: what it holds and the query that finds it."""

    name: str
    description: str
    date: date
    """When the terms were last checked against their sources."""
    parts: tuple[Part, ...]
    """A record belongs to the corpus when one of them matches ..."""
    filters: tuple[Part, ...] = ()
    """... and all of these do."""
    first: str | None = None
    """First publication date, as PubMed writes it."""
    last: str | None = None

    @property
    def query(self) -> str:
        """The whole query with filters and dates, for :func:`leukonlp.sources.entrez.fetch`."""
        any_part = " OR ".join(part.query for part in self.parts)
        filters = [part.query for part in self.filters]
        return build_term(any_part, mindate=self.first, maxdate=self.last, filters=filters)


def _packaged(name: str) -> Path:
    known = {path.stem: path for path in packaged("corpora").glob("*.toml")}
    if name not in known:
        raise InputError(
            f"no corpus is called {name!r}; packaged are {', '.join(sorted(known))}; "
            f"or name a file, such as {name}.toml"
        )
    return known[name]


def load_corpus(path_or_name: str | Path) -> CorpusDefinition:
    """Read a corpus file, or the packaged corpus of that name such as ``leukodystrophy``.

    Raises:
        InputError: no such corpus, a file that is no TOML, an unknown key, a missing or malformed value.
    """
    given = str(path_or_name)
    is_name = re.fullmatch(r"[\w-]+", given) is not None and not os.path.isfile(given)
    path = _packaged(given) if is_name else Path(given)
    content = _read(path)
    if "extends" in content:
        content = _extend(content, path)
    try:
        return _build(content)
    except (InputError, SettingsError) as error:
        raise InputError(f"{path}: {error}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot read the corpus file {path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, a number too long, tables too deep
        raise InputError(f"{path} is no TOML file: {error}") from error
    return content


def _extend(content: dict[str, Any], path: Path) -> dict[str, Any]:
    """Put the tables of ``content`` over those of the file it extends."""
    name = content["extends"]
    if not isinstance(name, str) or not re.fullmatch(r"[\w-]+", name):
        raise InputError(f"{path}: extends is {name!r}; give the name of a file beside it, without .toml")
    base = _read(path.with_name(f"{name}.toml"))
    if "extends" in base:
        raise InputError(f"{path}: extends {name!r}, which extends another file; one step is all")
    merged = {**base, **{key: value for key, value in content.items() if key != "extends"}}
    for key in ("context", "include", "filter"):
        if isinstance(base.get(key), dict) and isinstance(content.get(key), dict):
            merged[key] = {**base[key], **content[key]}
    return merged


def _build(content: Mapping[str, Any]) -> CorpusDefinition:
    _refuse_unknown(content, _KEYS, "")
    contexts = {name: _terms(table, f"context.{name}") for name, table in _tables(content, "context")}
    parts = tuple(_part(name, table, contexts) for name, table in _tables(content, "include"))
    if not parts:
        raise InputError("no [include.NAME] table; a corpus needs at least one, with words or mesh terms")
    dates = content.get("dates", {})
    _refuse_unknown(dates, ("from", "to"), "dates")
    corpus = CorpusDefinition(
        name=_text(content, "name"),
        description=_text(content, "description"),
        date=_date(content),
        parts=parts,
        filters=tuple(Part(name, _terms(t, f"filter.{name}")) for name, t in _tables(content, "filter")),
        first=_limit(dates, "from"),
        last=_limit(dates, "to"),
    )
    _ = corpus.query  # a date that PubMed does not read is refused here
    return corpus


def _part(name: str, table: Mapping[str, Any], contexts: Mapping[str, tuple[str, ...]]) -> Part:
    where = f"include.{name}"
    context = table.get("with")
    if context is not None and context not in contexts:
        known = ", ".join(contexts) or "none"
        raise InputError(
            f"{where}: with is {context!r}, which is no [context.NAME] table; there are: {known}"
        )
    terms = _terms({key: value for key, value in table.items() if key != "with"}, where)
    return Part(name, terms, contexts[context] if context is not None else ())


def _terms(table: Mapping[str, Any], where: str) -> tuple[str, ...]:
    _refuse_unknown(table, FIELDS, where)
    terms = []
    for field, values in table.items():
        if not isinstance(values, list) or not values:
            raise InputError(f"{where}.{field} is {values!r}; give a list of terms")
        terms += [_term(value, field, where) for value in values]
    if not terms:
        raise InputError(f"[{where}] holds no terms; give some under {', '.join(FIELDS)}")
    if twice := sorted({term for term in terms if terms.count(term) > 1}):
        raise InputError(f"[{where}] holds {twice[0]} twice")
    return tuple(terms)


def _term(value: object, field: str, where: str) -> str:
    if not isinstance(value, str) or not _TERM.fullmatch(value) or "  " in value:
        raise InputError(
            f"{where}.{field}: {value!r} is no term; use letters, digits, single spaces, ,./'&+- and a last *"
        )
    if value.endswith("*") and (_STAR.match(value) or field != "words"):
        raise InputError(
            f"{where}.{field}: {value!r} has a *, which needs 4 letters before it and only ends words"
        )
    if value.endswith("*") and " " not in value:
        return f"{value}[{FIELDS[field]}]"
    return f'"{value}"[{FIELDS[field]}]'


def _tables(content: Mapping[str, Any], key: str) -> list[tuple[str, Mapping[str, Any]]]:
    tables = content.get(key, {})
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise InputError(f"{key} is {tables!r}; write it as tables [{key}.NAME]")
    return list(tables.items())


def _refuse_unknown(table: object, known: Mapping[str, str] | tuple[str, ...], where: str) -> None:
    if not isinstance(table, Mapping):
        raise InputError(f"{where} is {table!r}; write it as a table")
    for key in table:
        if key not in known:
            raise InputError(
                f"unknown key {key!r}{f' in [{where}]' if where else ''}; known are {', '.join(known)}"
            )


def _text(content: Mapping[str, Any], key: str) -> str:
    value = content.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{key} is {value!r}; give a text")
    return " ".join(value.split())


def _date(content: Mapping[str, Any]) -> date:
    value = content.get("date")
    if type(value) is not date:
        raise InputError(f"date is {value!r}; give the day the terms were checked, such as date = 2026-01-31")
    return value


def _limit(dates: Mapping[str, Any], key: str) -> str | None:
    value = dates.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f'dates.{key} is {value!r}; give a text such as "1990" or "2020/12/31"')
    return value
