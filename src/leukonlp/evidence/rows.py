"""One study as rows of every table, and back; owns the mapping, runs no SQL.

:func:`rows` depends on the study alone, so the write side stores what it gives and ``validate`` compares
what is stored with what it gives.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeAlias

from leukonlp.errors import IndexFileError
from leukonlp.evidence.schema import study_id
from leukonlp.plain import compact_json, fingerprint
from leukonlp.records import Fact, Quote, Study, Tag

Row: TypeAlias = tuple[Any, ...]
Versions: TypeAlias = "Mapping[str, str] | Iterable[tuple[str, str]]"

_CURE = "`leukonlp validate` lists what is damaged; `leukonlp index` builds it again in a new file"
_IN_STUDIES = ("n_enrolled", "n_screened", "ages", "stage", "multicentre", "follow_up")
_SINCE_2 = ("n_comparison", "sex", "n_sites", "comparator", "blinding")
_ONE_FACT = (*_IN_STUDIES, *_SINCE_2)
_MANY_FACTS = ("genotype", "countries", "vectors", "routes", "doses", "outcomes", "adverse_events")
_LISTED = ("genotype", "countries", "vectors", "routes")
"""Facts whose values stand in one column, joined; each with its quote in the table facts."""
_MENTION = attrgetter(
    *("start", "end", "text", "type", "concept", "name", "score", "source"),
    *("negated", "speculative", "about", "species", "reason"),
)
"""Columns of the table mentions behind the key, in schema order."""
_ABOUT = (("disease", "diseases"), ("gene", "genes"), ("therapy", "therapies"))


def provenance(versions: Versions) -> tuple[str, str]:
    """Return ``(id, JSON)`` of the versions that made a record; equal versions, equal id."""
    text = json.dumps(dict(versions), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16], text


@lru_cache(maxsize=32)  # hardly any index holds more
def _made_by(versions: tuple[tuple[str, str], ...]) -> str:
    return provenance(versions)[0]


def line(study: Study) -> str:
    """Return the study as one line of annotated JSONL, without the line feed."""
    return compact_json(study.to_dict())


def rows(study: Study) -> dict[str, list[Row]]:
    """Return the rows of every table that speak of this study, parents first, columns in schema order."""
    key = study_id(study.pmid)
    return {
        "studies": [tuple(_study(study).values())],
        "lines": [(key, line(study))],
        "mentions": [(key, n, *_MENTION(m)) for n, m in enumerate(study.mentions)],
        "study_concepts": _concepts(study, key),
        "modalities": [
            (key, n, t.label, t.probability, t.basis, *_quote(t.quote)) for n, t in enumerate(study.modality)
        ],
        "facts": sorted(_facts(study, key), key=lambda row: row[1:3]),
        "registry_numbers": [(key, n, a.bank, a.number) for n, a in enumerate(study.registry_numbers)],
        "links": [(key, n, x.type, x.pmid, x.source) for n, x in enumerate(study.abstract.links)],
    }


def _quote(quote: Quote | None) -> Row:
    return (None, None, None) if quote is None else (quote.start, quote.end, quote.text)


def _names(study: Study) -> dict[str, str]:
    names: dict[str, str] = {}
    for mention in study.mentions:
        if mention.concept and mention.name:
            names.setdefault(mention.concept, mention.name)
    return names


def _concepts(study: Study, key: int) -> list[Row]:
    names = _names(study)
    return [
        (key, kind, n, concept, names.get(concept))
        for kind, attribute in _ABOUT
        for n, concept in enumerate(getattr(study, attribute))
    ]


def _facts(study: Study, key: int) -> Iterable[Row]:
    single = [(name, (getattr(study, name),)) for name in _ONE_FACT if getattr(study, name) is not None]
    for name, facts in (*single, *((name, getattr(study, name)) for name in _MANY_FACTS)):
        for n, f in enumerate(facts):
            yield (
                key,
                name,
                n,
                _value(f),
                f.statistic,
                f.low,
                f.high,
                f.unit,
                *_quote(f.quote),
                f.count,
                f.total,
            )


def _value(fact: Fact | None) -> Any:
    if fact is None:
        return None
    return int(fact.value) if isinstance(fact.value, bool) else fact.value


def _listed(facts: Sequence[Fact]) -> str | None:
    return "; ".join(str(fact.value) for fact in facts) or None


def _words(fact: Fact | None) -> str | None:
    return None if fact is None else fact.quote.text


def _study(study: Study) -> dict[str, Any]:
    """Columns of the table studies, in schema order."""
    a, names = study.abstract, _names(study)
    about = dict.fromkeys(c for _, attribute in _ABOUT for c in getattr(study, attribute))
    row: dict[str, Any] = {"id": study_id(a.pmid), "pmid": a.pmid, "title": a.title, "year": a.year}
    row |= {"journal": a.journal, "doi": a.doi, "pmcid": a.pmcid}
    relevant = study.relevant
    row["relevant"] = None if relevant is None else int(relevant.label)
    row["relevant_probability"] = None if relevant is None else relevant.probability
    row |= _tag("phase", study.phase) | _tag("design", study.design)
    for name in _IN_STUDIES:
        row |= _fact(name, getattr(study, name))
    row |= {
        "retracted": int(study.retracted),
        "concepts": "; ".join(names[c] for c in about if c in names),
        "keywords": "; ".join(a.keywords),
        "registry": "; ".join(dict.fromkeys(number.number for number in study.registry_numbers)),
        "version": a.version,
        "revised": a.revised,
        "fingerprint": fingerprint(a),
        "provenance": _made_by(study.versions),
        "abstract": a.abstract,
    }
    # Columns that a migration added stand last, in its order.
    for name in _SINCE_2:
        row |= _fact(name, getattr(study, name))
    return row | {name: _listed(getattr(study, name)) for name in _LISTED}


def _tag(name: str, tag: Tag | None) -> dict[str, Any]:
    start, end, words = _quote(tag.quote if tag else None)
    return {
        name: tag.label if tag else None,
        f"{name}_probability": tag.probability if tag else None,
        f"{name}_basis": tag.basis if tag else None,
        f"{name}_quote": words,
        f"{name}_start": start,
        f"{name}_end": end,
    }


def _fact(name: str, fact: Fact | None) -> dict[str, Any]:
    row = {"follow_up_months" if name == "follow_up" else name: _value(fact)}
    if name in ("ages", "follow_up"):
        parts = ("statistic", "low", "high", *(("unit",) if name == "ages" else ()))
        row |= {f"{name}_{part}": getattr(fact, part, None) for part in parts}
    return row | {f"{name}_quote": _words(fact)}


def read(text: str, notices: Sequence[str] = ()) -> dict[str, Any]:
    """Return the plain values of one line of annotated JSONL.

    ``notices`` are the PMIDs of indexed records that retract this one: a record that does not know yet
    is given the ``RetractionIn`` link that they imply.

    Raises:
        IndexFileError: the line is no annotated JSONL.
    """
    try:
        record: dict[str, Any] = json.loads(text)
        links = record["record"]["links"]
        known = {link["pmid"] for link in links if link["type"] == "RetractionIn"}
        links += [
            {"type": "RetractionIn", "pmid": pmid, "source": None} for pmid in notices if pmid not in known
        ]
        record["study"]["retracted"] = record["study"]["retracted"] or bool(notices)
    except (ValueError, KeyError, TypeError) as error:
        raise IndexFileError(f"the index keeps a damaged line: {text[:60]!r} ({error!r}); {_CURE}") from error
    return record


def revive(record: Mapping[str, Any]) -> Study:
    """Return the study of such plain values.

    Raises:
        IndexFileError: a mention or quote does not match the text.
    """
    try:
        return Study.from_dict(record)
    except (ValueError, KeyError, TypeError) as error:
        raise IndexFileError(f"the index keeps a damaged study: {error}; {_CURE}") from error
