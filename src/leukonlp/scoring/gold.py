"""Gold standards on disk: JSONL lines with text and entities, read and checked; no scoring.

One line a document: ``{"id" or "pmid", "text", "entities": [{"start", "end", "text", "type", "norm"}]}``,
plain or gzipped. Offsets are Python string offsets, end exclusive, and are compared with the text
(letter case and space around the words aside: published corpora slip there, and their offsets are right).
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from leukonlp.errors import InputError
from leukonlp.scoring.entities import Span

Gold: TypeAlias = dict[str, tuple[str, tuple[Span, ...]]]
_SEPARATORS = re.compile(r"[|,;+]")
_NO_CONCEPT = frozenset({"", "-", "-1"})


def read_gold(
    path: str | Path,
    *,
    types: Mapping[str, str] | None = None,
    concept: Callable[[str], str | None] | None = None,
    splits: tuple[str, ...] = (),
    slips: list[str] | None = None,
) -> Gold:
    """Read a gold standard: document id to its text and gold spans.

    Args:
        path: a JSONL file, plain or gzipped (recognised by content).
        types: corpus type to own type, such as ``{"SpecificDisease": "disease"}``; types it does not
            name are left out. None keeps every type as printed.
        concept: turns one id of the corpus's ``norm`` into a concept id, or None where there is none;
            by default the id itself. Several ids (``D1|D2``, also ``,`` ``;`` ``+``) end up joined by
            ``|``; an empty norm, ``-`` and ``-1`` mean no concept.
        splits: keep only documents whose ``split`` is one of these; all when empty.
        slips: where given, a document that contradicts itself or another is left out whole and
            described here, instead of ending the reading. Word-for-word repeats are no slip.

    Raises:
        InputError: the file cannot be read, a line is not such a document, an id comes twice with
            different content, an entity does not match its text, or nothing is left.
    """
    path = Path(path)
    gold: Gold = {}
    known: set[str] = set()
    for number, line in _lines(path):
        where = f"{path}, line {number}"
        try:
            document = _document(line, where)
            name = _id(document, where)
            known.update([document["split"]] if isinstance(document.get("split"), str) else [])
            if splits and document.get("split") not in splits:
                continue
            read = (document["text"], tuple(_spans(document, where, types, concept)))
            if gold.setdefault(name, read) != read:
                raise InputError(f"{where}: document {name} comes twice, and differs; keep one of the two")
        except InputError as error:
            if slips is None:
                raise
            slips.append(str(error))
    if not gold:
        raise InputError(f"{path} holds no gold document{_cure(splits, known, slips or [])}")
    return gold


def _cure(splits: tuple[str, ...], known: set[str], slips: list[str]) -> str:
    if splits and known.isdisjoint(splits):
        names = f"its splits are {', '.join(sorted(known))}" if known else "its documents name no split"
        return f" of split {' or '.join(splits)}; {names}"
    if slips:
        return f" that can be used; the first of {len(slips)} slips: {slips[0]}"
    return "; give JSONL lines with id, text and entities"


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        with gzip.open(path, "rb") if packed else path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8: {error}; save it as UTF-8 JSONL") from error


def _document(line: str, where: str) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error}); give one JSON object a line") from error
    if not isinstance(document, dict):
        raise InputError(f"{where}: a {type(document).__name__}; give one JSON object a line")
    if not isinstance(document.get("text"), str) or not isinstance(document.get("entities", []), list):
        raise InputError(
            f"{where}: needs 'text' (a string) and 'entities' (a list); it has {sorted(document)}"
        )
    return document


def _id(document: Mapping[str, Any], where: str) -> str:
    name = document.get("id") or document.get("pmid")
    if not isinstance(name, (str, int)):
        raise InputError(f"{where}: no 'id' and no 'pmid'; it has {sorted(document)}")
    return str(name)


def _spans(
    document: Mapping[str, Any],
    where: str,
    types: Mapping[str, str] | None,
    concept: Callable[[str], str | None] | None,
) -> Iterator[Span]:
    text = document["text"]
    for entity in document.get("entities", []):
        try:
            start, end, kind, words = entity["start"], entity["end"], entity["type"], entity["text"]
        except (KeyError, TypeError) as error:
            raise InputError(f"{where}: entity {entity!r} lacks start, end, type or text") from error
        if not (type(start) is int and type(end) is int and 0 <= start < end <= len(text)):
            raise InputError(f"{where}: {start!r}:{end!r} lies outside the text of {len(text)} characters")
        # Words that are printed with outer space are right where the offsets hold just that space.
        if text[start:end] != words and text[start:end].lower() != str(words).strip().lower():
            raise InputError(
                f"{where}: {start}:{end} holds {text[start:end]!r}, not {words!r}; correct the offsets"
            )
        if types is None or kind in types:
            own = kind if types is None else types[kind]
            yield Span(start, end, own, _concepts(str(entity.get("norm") or ""), concept))


def _concepts(norm: str, concept: Callable[[str], str | None] | None) -> str | None:
    ids = [part.strip() for part in _SEPARATORS.split(norm)]
    named = [concept(part) if concept else part for part in ids if part not in _NO_CONCEPT]
    return "|".join(dict.fromkeys(part for part in named if part)) or None
