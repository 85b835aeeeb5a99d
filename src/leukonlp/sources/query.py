"""What may be asked of PubMed: owns the checking of queries, dates and PMIDs before any request.

Knows no network. PubMed itself judges whether a query makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from leukonlp.errors import InputError, SettingsError


def build_term(
    query: str, *, mindate: str | None = None, maxdate: str | None = None, filters: Sequence[str] = ()
) -> str:
    """Return the query with publication dates and filters added.

    Raises:
        SettingsError: an empty query or filter, or a date that PubMed does not read.
    """
    parts = [query.strip(), *(text.strip() for text in filters)]
    if not all(parts):
        raise SettingsError("the query or a filter is empty; give words, such as 'krabbe disease'")
    if mindate or maxdate:
        first, last = _date(mindate or "1700"), _date(maxdate or "3000")
        if first > last:
            raise SettingsError(f"the first date {first} is after the last date {last}; swap them")
        parts.append(f'"{first}"[dp] : "{last}"[dp]')
    return parts[0] if len(parts) == 1 else " AND ".join(f"({part})" for part in parts)


def changed_since(query: str, day: date) -> str:
    """Return the query, narrowed to records that entered PubMed or were revised on this day or later.

    The dates of entry and of modification (DateRevised, which retractions, errata and MeSH indexing bring
    with them), by the field names that PubMed's own query builder writes.
    """
    first = f"{day:%Y/%m/%d}"
    recent = " OR ".join(
        f'("{first}"[{field}] : "3000"[{field}])' for field in ("Date - Entry", "Date - Modification")
    )
    return build_term(query, filters=[recent])


def check_pmids(pmids: Iterable[str]) -> tuple[str, ...]:
    """Return the PMIDs in order, each once, without a leading "PMID:" or zeros.

    Raises:
        InputError: one is no number.
    """
    checked: dict[str, None] = {}
    for given in pmids:
        match = re.fullmatch(
            r"(?:pmid:?)?\s*0*([1-9][0-9]{0,8})", str(given).strip(), re.ASCII | re.IGNORECASE
        )
        if match is None:
            raise InputError(f"{given!r} is no PMID; a PMID is a number of 1 to 9 digits, such as 28976817")
        checked[match[1]] = None
    return tuple(checked)


def read_pmids(path: Path) -> tuple[str, ...]:
    """Read a file of PMIDs, parted by white space or commas; ``#`` begins a comment.

    Raises:
        InputError: the file cannot be read, or holds something else.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read PMIDs from {path}: {error}") from error
    found: list[str] = []
    for number, line in enumerate(lines, start=1):
        words = re.sub(r"(?i)pmid:\s*", "", line.partition("#")[0]).replace(",", " ").split()
        try:
            found += check_pmids(words)
        except InputError as error:
            raise InputError(f"{path}, line {number}: {error}") from error
    if not found:
        raise InputError(f"{path} holds no PMIDs; give one a line")
    return check_pmids(found)


def _date(text: str) -> str:
    match = re.fullmatch(r"(\d{4})(?:[/-](\d{1,2})(?:[/-](\d{1,2}))?)?", text.strip(), re.ASCII)
    try:
        if match is None:
            raise ValueError
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise SettingsError(f"the date is {text!r}; give YYYY, YYYY/MM or YYYY/MM/DD") from None
    return "/".join(part if len(part) == 4 else part.zfill(2) for part in match.groups() if part)
