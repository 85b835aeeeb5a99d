"""Reads records that did not come from PubMed's own formats: JSONL lines and plain text files.

Owns which keys a JSONL line may have. A line that is annotated already (``mentions`` and ``study``)
comes back as the Study it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import PurePath
from typing import Any, TypeVar

from leukonlp.plain import Plain
from leukonlp.records import Abstract, Accession, Failure, Link, MeshHeading, Section, Study, Term
from leukonlp.sources import wording
from leukonlp.sources.openers import FAILURES, Stream, is_failure, lines
from leukonlp.sources.wording import Part, squeeze

P = TypeVar("P", bound=Plain)

_REASON_LIMIT = 300
_PARAGRAPH = re.compile(r"[.!?:;][\"'”’)\]]*$")
_LABELLED = re.compile(r"[A-Z][A-Za-z &/,()-]{2,60}: ")


def read_jsonl(stream: Stream) -> Iterator[Abstract | Study | Failure]:
    """Yield the record of every line; blank lines are passed over. Positions are line numbers."""
    number = 0
    for number, line in lines(stream):
        if line is None:
            reason = f"a line over {stream.max_record_bytes} bytes; raise max_record_bytes to read it"
            yield Failure(stream.name, number, reason, kind="too_large")
        elif line.strip():
            yield _line(line, source=stream.name, number=number)
    if stream.problem is not None:
        yield stream.failure(number + 1)


def _line(line: bytes, *, source: str, number: int) -> Abstract | Study | Failure:
    pmid = None
    try:
        data = json.loads(line.decode("utf-8"), parse_constant=_refuse)
        if not isinstance(data, dict):
            raise ValueError(
                f'holds a {type(data).__name__}, not an object such as {{"pmid": ..., "title": ...}}'
            )
        if is_failure(line):
            raise ValueError(f"is a line of {FAILURES}")
        pmid = _identifier(data)
        return _study(data) if "mentions" in data and "study" in data else _abstract(pmid, data)
    except UnicodeDecodeError as error:
        reason = f"is no valid UTF-8 at byte {error.start + 1}; save the file as UTF-8"
    except json.JSONDecodeError as error:
        reason = f"is no JSON: {error.msg} at column {error.colno}"
    except RecursionError:
        reason = "is nested too deeply to be a record"
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        reason = f"has no {error}" if isinstance(error, KeyError) else str(error)
    return Failure(source, number, reason[:_REASON_LIMIT], pmid=pmid)


def _refuse(constant: str) -> None:
    raise ValueError(f"holds {constant}, which is no JSON; write null")


def _identifier(data: Mapping[str, Any]) -> str:
    for key in ("pmid", "id"):
        value = data.get(key)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and (words := squeeze(str(value))):
            return words
    raise ValueError('has no "pmid" or "id"; give each record one, as text or whole number')


def _study(data: Mapping[str, Any]) -> Study:
    study = Study.from_dict(data)
    if not isinstance(study.pmid, str):
        raise TypeError(f'"pmid" is {study.pmid!r}, not text; annotate the record again')
    study.text.encode("utf-8")  # offsets stand: the text can only be refused, not repaired
    return study


_WORDS = frozenset({"title", "abstract", "text"})


def _abstract(pmid: str, data: Mapping[str, Any]) -> Abstract:
    title = _string(data, "title")
    body = _string(data, "abstract") if data.get("abstract") is not None else _string(data, "text")
    if data.get("abstract") is None and title and body.startswith(f"{title}\n"):
        body = body[len(title) + 1 :]  # "text" as annotated lines have it: title, line feed, abstract
    given = _plain(data, "sections", Section)
    text = wording.compose(title, map(Part, body.split("\n") if given else _paragraphs(body)))
    end = len(text.title) + 1 + len(text.abstract)
    kept = text.title == title and text.abstract == body and all(0 <= s.start < s.end <= end for s in given)
    nct = (Accession("ClinicalTrials.gov", number) for number in _strings(data, "nct"))
    abstract = Abstract(
        pmid=pmid,
        title=text.title,
        abstract=text.abstract,
        year=wording.year(str(data.get("year") or "")),
        version=_version(data.get("version", 1)),
        revised=_string(data, "revised") or None,
        status=_string(data, "status") or None,
        journal=squeeze(_string(data, "journal")) or None,
        doi=wording.doi(_string(data, "doi")),
        pmcid=wording.pmcid(_string(data, "pmcid")),
        authors=_strings(data, "authors"),
        languages=_strings(data, "languages") or _strings(data, "lang"),
        vernacular_title=squeeze(_string(data, "vernacular_title")) or None,
        publication_types=_plain(data, "publication_types", Term) or _plain(data, "pubtypes", Term),
        mesh=_plain(data, "mesh", MeshHeading),
        keywords=_strings(data, "keywords"),
        chemicals=_plain(data, "chemicals", Term),
        accessions=_plain(data, "accessions", Accession) or tuple(nct),
        links=_plain(data, "links", Link),
        indexing_method=_string(data, "indexing_method") or None,
        sections=given if given and kept else text.sections,
    )
    if not data.keys() & _WORDS:
        raise ValueError('has no "title", "abstract" or "text"; name its words by one of these keys')
    return abstract


def _version(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    raise TypeError(f'"version" is {value!r}; give a whole number from 1')


def _string(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f'"{key}" is a {type(value).__name__}, not text')
    return value


def _items(data: Mapping[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    if value is None or value == "":
        return []
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise TypeError(f'"{key}" is a {type(value).__name__}, not a list')
    return value


def _strings(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    items = _items(data, key)
    if not all(isinstance(item, str) for item in items):
        raise TypeError(f'"{key}" is a list of more than texts: {items!r}')
    return tuple(words for item in items if (words := squeeze(item)))


def _plain(data: Mapping[str, Any], key: str, kind: type[P]) -> tuple[P, ...]:
    """Read a list of names, or of objects as ``Abstract.to_dict`` writes them."""
    found: list[Any] = []
    for item in _items(data, key):
        if isinstance(item, str) and kind is MeshHeading:
            found.append(wording.mesh_heading(item))
        elif isinstance(item, str) and kind is Term:
            found.append(Term(squeeze(item)))
        elif isinstance(item, dict):
            found.append(kind.from_dict(item))
            if not isinstance(getattr(found[-1], fields(kind)[0].name), int if kind is Section else str):  # type: ignore[arg-type]
                raise TypeError(f'"{key}" holds {item!r}, which is no {kind.__name__}')
        else:
            raise TypeError(f'"{key}" holds {item!r}, neither a name nor an object')
    return tuple(found)


def _paragraphs(body: str) -> Iterator[str]:
    """Yield paragraphs: a line break is one where a sentence ends, a label follows or a line is left blank.

    Any other line break only wraps a line, perhaps in the middle of a name.
    """
    held: list[str] = []
    for line in map(squeeze, body.splitlines()):
        if held and (not line or _PARAGRAPH.search(held[-1]) or _LABELLED.match(line)):
            yield " ".join(held)
            held = []
        if line:
            held.append(line)
    if held:
        yield " ".join(held)


def read_text(stream: Stream) -> Iterator[Abstract | Failure]:
    """Yield one record: the first line is the title, the rest the abstract, the file's name its id."""
    content = b""
    for block in stream:
        content += block
        if len(content) > stream.max_record_bytes:
            reason = f"a text over {stream.max_record_bytes} bytes; raise max_record_bytes to read it"
            yield Failure(stream.name, 1, reason, kind="too_large")
            return
    if stream.problem is not None:
        yield stream.failure(1)
        return
    try:
        title, _, body = content.decode("utf-8").strip().partition("\n")
    except UnicodeDecodeError as error:
        reason = f"is no valid UTF-8 at byte {error.start + 1}; save the file as UTF-8"
        yield Failure(stream.name, 1, reason)
        return
    text = wording.compose(title, map(Part, _paragraphs(body)))
    name = PurePath(stream.name).name.removesuffix(".gz")
    yield Abstract(
        pmid=squeeze(PurePath(name).stem), title=text.title, abstract=text.abstract, sections=text.sections
    )
