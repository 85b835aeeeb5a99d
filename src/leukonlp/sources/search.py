"""Runs one query against PubMed and lists every id: owns date slicing.

PubMed's ESearch lists 9,999 ids and no more, so a larger result is cut by date until each slice
fits. It is cut by Entrez date (``edat``): every record has exactly one, of day precision, set when
the record enters PubMed and not changed later, so slices neither overlap nor leave a record out. A
publication date (``pdat``) may be a year or a season, printed and electronic ones differ, and a
record can fall into two slices. The user's own date limits are publication dates and stay in the
query.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from leukonlp.sources.answers import SearchAnswer, read_search
from leukonlp.sources.retry import Client

MAX_IDS = 9_999
"""Most ids that ESearch lists for PubMed, whatever ``retmax`` asks for."""
_FIRST, _LAST = date(1700, 1, 1), date(3000, 12, 31)
"""Entrez dates of back files follow publication and begin in the 18th century; 3000 is PubMed's open end."""
_LISTINGS = 3
"""A listing shorter than its own count is asked for this often."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the result that ESearch can list whole, and where the history server keeps it."""

    ids: tuple[str, ...]
    days: tuple[date, date] | None
    web_env: str | None
    query_key: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """The whole result of a query."""

    ids: tuple[str, ...]
    slices: tuple[Slice, ...]
    count: int
    """Records that PubMed counts."""
    translation: str
    warnings: tuple[str, ...]
    """PubMed's own errors and warnings about the query."""
    errors: tuple[str, ...]
    """What could not be listed."""


def search(client: Client, term: str, *, max_ids: int = MAX_IDS) -> Found:
    """List every id that PubMed finds for ``term``.

    Raises:
        QueryError: PubMed rejects the query.
        FetchError: no usable answer before the deadline.
    """
    whole = _list(client, term, None, max_ids)
    if whole.count <= max_ids:
        slices = [(_slice(whole, None), whole)]
    else:
        slices = [(_slice(answer, days), answer) for days, answer in _sliced(client, term, max_ids)]
    ids = tuple(dict.fromkeys(pmid for part, _ in slices for pmid in part.ids))
    errors = [_short(part, answer, max_ids) for part, answer in slices if len(answer.ids) < answer.count]
    count = whole.count
    if len(ids) != count and not errors:
        # PubMed may have grown or shrunk meanwhile: compare with what it counts now.
        count = _ask(client, term, None, retmax=0).count
        if len(ids) < count:
            errors.append(
                f"PubMed counts {count:,} results, but the date slices hold {len(ids):,}; "
                "run the same command again"
            )
    return Found(
        ids=ids,
        slices=tuple(part for part, _ in slices if part.ids),
        count=count,
        translation=whole.translation,
        warnings=tuple(f"PubMed: {message}" for message in whole.messages),
        errors=tuple(errors),
    )


def renew(client: Client, term: str, part: Slice, *, max_ids: int = MAX_IDS) -> Slice:
    """Search a slice again because its WebEnv expired.

    Raises:
        FetchError: as for :func:`search`.
    """
    return _slice(_list(client, term, part.days, max_ids), part.days)


def _sliced(client: Client, term: str, max_ids: int) -> Iterator[tuple[tuple[date, date], SearchAnswer]]:
    pending = [(_FIRST, _LAST)]
    while pending:
        first, last = pending.pop()
        answer = _list(client, term, (first, last), max_ids)
        if answer.count > max_ids and first < last:
            middle = first + (last - first) // 2
            pending += [(first, middle), (middle + timedelta(days=1), last)]  # newest first, as PubMed lists
        else:
            yield (first, last), answer


def _list(client: Client, term: str, days: tuple[date, date] | None, max_ids: int) -> SearchAnswer:
    """Ask until the answer lists as many ids as it counts; return the longest listing."""
    best = _ask(client, term, days, retmax=max_ids)
    for _ in range(_LISTINGS - 1):
        if len(best.ids) >= min(best.count, max_ids):
            break
        best = max(best, _ask(client, term, days, retmax=max_ids), key=lambda answer: len(answer.ids))
    return best


def _ask(client: Client, term: str, days: tuple[date, date] | None, *, retmax: int) -> SearchAnswer:
    # retmax is never left out: without it ESearch lists 20 ids and says nothing.
    params = {"term": term, "usehistory": "y", "retstart": "0", "retmax": str(retmax), "retmode": "xml"}
    if days is not None:
        params |= {"datetype": "edat", "mindate": f"{days[0]:%Y/%m/%d}", "maxdate": f"{days[1]:%Y/%m/%d}"}
    return client.call("esearch", params, read_search)


def _slice(answer: SearchAnswer, days: tuple[date, date] | None) -> Slice:
    return Slice(answer.ids, days, answer.web_env, answer.query_key)


def _short(part: Slice, answer: SearchAnswer, max_ids: int) -> str:
    where = "" if part.days is None else f" of {part.days[0]} to {part.days[1]}"
    cure = "narrow the query" if answer.count > max_ids else "run the same command again"
    return f"PubMed counts {answer.count:,} results{where}, but lists {len(answer.ids):,}; {cure}"
