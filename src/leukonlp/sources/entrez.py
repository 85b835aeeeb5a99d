"""Fetches PubMed records to disk: search, fetch in batches, check every batch, say what is missing.

Owns the course of one fetch. ESearch lists the ids (:mod:`~leukonlp.sources.search`); EFetch reads
them from the history server, or by posted id where only some of a batch are wanted; each answer is
compared with the ids asked for and stored (:mod:`~leukonlp.sources.cache`). What did not come is
asked for again in smaller batches, then named. The same call again fetches only what is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from leukonlp.errors import FetchError, SettingsError
from leukonlp.sources.batches import ABSENT, Batches, Limits
from leukonlp.sources.cache import AnswerStore
from leukonlp.sources.query import build_term, check_pmids
from leukonlp.sources.retry import Client, Clock, SystemClock
from leukonlp.sources.search import Found, Slice, search
from leukonlp.sources.transport import BioEntrezTransport, Transport

_NAMED = 20
"""PMIDs spelled out in a message; all of them are in :attr:`FetchSummary.missing`."""


@dataclass(frozen=True, slots=True)
class FetchSummary:
    """What came of what was asked for."""

    requested: int
    """Records that the query or the list names."""
    received: int
    """Records that this run fetched."""
    cached: int
    """Records that stood on disk before, checked."""
    missing: tuple[str, ...] = ()
    """PMIDs that did not come; the next run asks for them again."""
    absent: tuple[str, ...] = ()
    """Those of the missing that PubMed answered without: deleted, merged, or never given out."""
    warnings: tuple[str, ...] = ()
    """What PubMed said about the query, and what to know about the folder."""
    errors: tuple[str, ...] = ()
    """Why something is missing."""
    files: tuple[Path, ...] = ()
    """Every file of records in the folder."""
    translation: str = ""
    """The query as PubMed understood it."""

    @property
    def complete(self) -> bool:
        """True when every record asked for is on disk."""
        return not self.missing and not self.errors

    @property
    def message(self) -> str:
        """One line such as ``1,234 of 1,236 records (2 missing: 123, 456)``."""
        have = self.received + self.cached
        text = f"{have:,} of {self.requested:,} records"
        if self.missing:
            text += f" ({len(self.missing):,} missing: {_some(self.missing)})"
        return text + (f"; {self.cached:,} were on disk already" if self.cached else "")


def fetch(
    query: str | None = None,
    *,
    pmids: Sequence[str] | None = None,
    out: Path,
    email: str | None,
    api_key: str | None = None,
    mindate: str | None = None,
    maxdate: str | None = None,
    filters: Sequence[str] = (),
    deadline: float = 600.0,
    transport: Transport | None = None,
    clock: Clock | None = None,
    progress: Callable[[int, int], None] | None = None,
    limits: Limits | None = None,
) -> FetchSummary:
    """Fetch the records of a query or a list of PMIDs into the folder ``out``.

    Args:
        query: a PubMed query; give this or ``pmids``.
        pmids: PubMed identifiers.
        out: folder for the answers; made where it is absent, continued where it holds some.
        email: your address, which NCBI requires.
        api_key: your NCBI key: 10 requests a second instead of 3.
        mindate: first publication date, ``YYYY``, ``YYYY/MM`` or ``YYYY/MM/DD``.
        maxdate: last publication date.
        filters: further PubMed terms that must all match.
        deadline: seconds until one request, with all its repetitions, is given up.
        transport: the network; None means Bio.Entrez.
        clock: time and waiting; None means the machine's.
        progress: called with records on disk and records asked for.
        limits: sizes that PubMed sets; None means the real ones.

    Raises:
        SettingsError: an argument outside what is allowed.
        InputError: a PMID that is no number.
        QueryError: PubMed rejects the query.
        FetchError: the search got no usable answer, or the disk refuses to store one.
    """
    if (query is None) == (pmids is None):
        raise SettingsError("give either a query or PMIDs: one of the two, not both")
    term = None if query is None else build_term(query, mindate=mindate, maxdate=maxdate, filters=filters)
    listed = None if pmids is None else check_pmids(pmids)
    if listed is not None and (mindate or maxdate or filters):
        raise SettingsError("dates and filters narrow a query; leave them out with a list of PMIDs")
    clock, limits = clock or SystemClock(), limits or Limits()
    client = Client(transport or BioEntrezTransport(), _address(email), api_key, clock, float(deadline))
    with AnswerStore(Path(out)) as store:
        found = _listing(listed) if listed is not None else search(client, term or "", max_ids=limits.max_ids)
        batches = Batches(client, store, found, term=term or "", limits=limits, progress=progress)
        earlier = store.read_manifest().get("query")
        _record(store, batches, _summary(store, batches, term, earlier), term, clock.now(), finished=False)
        batches.fetch()
        summary = _summary(store, batches, term, earlier)
        _record(store, batches, summary, term, clock.now(), finished=True)
    return summary


def list_pmids(
    query: str,
    *,
    email: str | None,
    api_key: str | None = None,
    deadline: float = 600.0,
    transport: Transport | None = None,
    clock: Clock | None = None,
) -> tuple[str, ...]:
    """Return the PMIDs of all records that PubMed lists for a query, without fetching any.

    Raises:
        SettingsError: no address, or an empty query.
        QueryError: PubMed rejects the query.
        FetchError: no usable answer, or a listing that is not whole.
    """
    client = Client(
        transport or BioEntrezTransport(), _address(email), api_key, clock or SystemClock(), float(deadline)
    )
    found = search(client, build_term(query))
    if found.errors:
        raise FetchError("; ".join(found.errors))
    return found.ids


def _address(email: str | None) -> str:
    if email is None or "@" not in email:
        given = "no e-mail address was given" if email is None else f"{email!r} is no e-mail address"
        raise SettingsError(
            f"{given}, and NCBI asks for yours with every request; give it with --email or LEUKONLP_EMAIL"
        )
    return email.strip()


def _listing(pmids: tuple[str, ...]) -> Found:
    return Found(
        ids=pmids,
        slices=(Slice(pmids, None, None, None),),
        count=len(pmids),
        translation="",
        warnings=(),
        errors=(),
    )


def _some(pmids: Sequence[str]) -> str:
    more = len(pmids) - _NAMED
    return ", ".join(pmids[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _summary(store: AnswerStore, batches: Batches, term: str | None, earlier: str | None) -> FetchSummary:
    found, missing = batches.found, batches.missing
    return FetchSummary(
        requested=max(found.count, len(found.ids)),
        received=batches.received,
        cached=batches.cached,
        missing=missing,
        absent=tuple(pmid for pmid in missing if batches.reason(pmid) == ABSENT),
        warnings=(*found.warnings, *_about_folder(store, batches, changed=earlier != term)),
        errors=(*found.errors, *_why(batches, missing, store.manifest)),
        files=store.files,
        translation=found.translation,
    )


def _why(batches: Batches, missing: Sequence[str], manifest: Path) -> Iterator[str]:
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for pmid in missing:
        by_reason[batches.reason(pmid)].append(pmid)
    for reason, pmids in by_reason.items():
        listed = f"; all are in {manifest}" if len(pmids) > _NAMED else ""
        yield f"{len(pmids):,} missing ({reason}): {_some(pmids)}{listed}"


def _about_folder(store: AnswerStore, batches: Batches, *, changed: bool) -> Iterator[str]:
    if store.damaged:
        yield f"set aside, because their checksum no longer matched: {', '.join(store.damaged)}"
    if others := len(batches.held.difference(batches.found.ids)):
        why = "an earlier run asked for something else" if changed else "they no longer match"
        yield f"{store.out} also holds {others:,} records that were not asked for: {why}"


def _record(
    store: AnswerStore,
    batches: Batches,
    summary: FetchSummary,
    term: str | None,
    now: datetime,
    *,
    finished: bool,
) -> None:
    """Write the manifest: what was asked, when, and what came of it."""
    content: Mapping[str, Any] = {
        "tool": f"leukonlp {_version()}",
        "date": now.isoformat(timespec="seconds"),
        "finished": finished,
        "complete": finished and summary.complete,
        "query": term,
        "translation": summary.translation,
        "requested": summary.requested,
        "ids": batches.found.ids,
        "missing": {pmid: batches.reason(pmid) for pmid in summary.missing},
        "warnings": summary.warnings,
        "errors": summary.errors if finished else batches.found.errors,
        "files": [{"file": e.file, "sha256": e.sha256, "records": len(e.pmids)} for e in store.entries],
    }
    store.write_manifest(content)


def _version() -> str:
    try:
        return version("leukonlp")
    except PackageNotFoundError:
        return "(not installed)"
