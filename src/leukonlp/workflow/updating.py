"""From PubMed to an index that is up to date; owns what is asked for, and what counts as gone.

An update asks for the records of a corpus that entered PubMed or were revised since the last one, indexes
them, takes out what PubMed no longer has, and compares the tags of before and after. Killed at any moment,
the same command goes on: what was set aside at the beginning is kept until the end.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from leukonlp.config import Settings
from leukonlp.evidence import EvidenceIndex
from leukonlp.evidence.updates import Update
from leukonlp.records import Deletion, Failure
from leukonlp.workflow.files import refuse_dash
from leukonlp.workflow.indexing import build_index

if TYPE_CHECKING:
    from leukonlp.sources.entrez import FetchSummary
    from leukonlp.sources.retry import Clock

OVERLAP = timedelta(days=7)
"""Asked for once more: PubMed dates by its own clock, lists some records before it gives them out, and its
search lags."""
_FEW = 20
_SHARE = 0.05
"""More than these few records and this share of an index gone at once are a fault of PubMed's, not news."""


@dataclass(frozen=True, slots=True)
class UpdateSummary:
    """What an update did, and what it could not do."""

    update: Update
    fetched: str
    """What came of the request, one line."""
    messages: tuple[str, ...] = ()
    """Warnings of PubMed, records that are missing, deletions not believed."""
    failures: tuple[Failure, ...] = ()
    errors: Path | str | None = None
    """Where the failures are listed."""


def update_index(
    db: Path,
    corpus: str | Path,
    *,
    settings: Settings,
    since: date | None = None,
    progress: Callable[[int], None] | None = None,
    clock: Clock | None = None,
) -> UpdateSummary:
    """Bring the index at ``db``, made when absent, up to date with PubMed.

    The raw answers stay beside the index, in ``NAME.records/DATE``, so that they can be annotated again.

    Args:
        db: the index file.
        corpus: a corpus definition, as a file or the name of a packaged one.
        settings: address, key, deadline, models.
        since: ask for what is new or revised since this day; None goes on from the last complete update of
            the same query, or asks for everything.
        progress: called with the number of records done.
        clock: time and waiting; None means the machine's.

    Raises:
        InputError: the corpus cannot be read.
        IndexFileError: the index is corrupt, locked, foreign or newer than this leukonlp.
        SettingsError: no address for NCBI.
        QueryError: PubMed rejects the query.
        FetchError: PubMed cannot be reached; the same command goes on later.
    """
    refuse_dash(db)
    from leukonlp.sources.corpus import load_corpus
    from leukonlp.sources.retry import SystemClock

    definition, now = load_corpus(corpus), (clock or SystemClock()).now
    today = now().date()
    held: dict[str, int] = {}
    first = since
    if db.exists():
        with EvidenceIndex(db) as index:
            first, held = _first(index, definition.query, since, today), index.from_pubmed()
    pubmed = _PubMed(db.with_name(f"{db.stem}.records") / today.isoformat(), settings, clock)
    news = pubmed.fetch(definition.query, first)
    gone, doubts = pubmed.gone(definition.query, held)
    from_day = None if first is None else first.isoformat()
    with EvidenceIndex(db) as index:
        index.begin_update(Update(definition.name, definition.query, from_day, today.isoformat()))
    counts = build_index([pubmed.out], db, settings=settings, progress=progress) if pubmed.files else None
    with EvidenceIndex(db) as index:
        for pmid in gone:
            index.delete(Deletion(pmid, held[pmid]))
        update = index.finish_update(complete=_complete(news), now=now().isoformat(timespec="seconds"))
    return UpdateSummary(
        update,
        news.message,
        (*news.warnings, *news.errors, *doubts),
        counts.failures if counts else (),
        counts.errors if counts else None,
    )


def _first(index: EvidenceIndex, query: str, since: date | None, today: date) -> date | None:
    """The day from which on to ask: a little before the last complete update, and no gap after it."""
    until = index.updated_until(query, today=today)
    if until is None:
        return since
    due = date.fromisoformat(until) - OVERLAP
    return due if since is None else min(since, due)


def _complete(news: FetchSummary) -> bool:
    """True when nothing is missing but what PubMed itself does not have; the overlap asks for that again."""
    return set(news.missing) == set(news.absent) and len(news.errors) == bool(news.missing)


class _PubMed:
    """What is asked of PubMed in one update, and the folder for its answers."""

    def __init__(self, out: Path, settings: Settings, clock: Clock | None) -> None:
        self.out = out
        self._settings = settings
        self._clock = clock

    @property
    def files(self) -> list[Path]:
        """The answers on disk."""
        return sorted(self.out.rglob("*.xml.gz"))

    def fetch(self, query: str, since: date | None) -> FetchSummary:
        """Fetch the records of a query, new or revised since a day; None for all."""
        from leukonlp.sources.query import changed_since

        return self._fetch(self.out, query=query if since is None else changed_since(query, since))

    def gone(self, query: str, held: Collection[str]) -> tuple[list[str], list[str]]:
        """Return the PMIDs of indexed records that PubMed no longer has, and what is not believed.

        Gone is what neither the whole query lists nor PubMed gives out when asked for it by number.
        """
        from leukonlp.sources.entrez import list_pmids

        settings = self._settings
        listed = set(
            list_pmids(
                query,
                email=settings.email,
                api_key=settings.api_key,
                deadline=settings.deadline,
                clock=self._clock,
            )
        )
        unlisted = [pmid for pmid in held if pmid.isdigit() and pmid not in listed]
        if not unlisted:
            return [], []
        asked = self._fetch(self.out / "not-listed", pmids=unlisted)
        unsure = len(asked.missing) - len(asked.absent)
        told = [f"{unsure:,} records could not be looked up in PubMed, and were kept"] if unsure else []
        if len(asked.absent) > max(_FEW, _SHARE * len(held)):
            told.append(
                f"PubMed gave none of {len(asked.absent):,} records of the index; so many at once are no "
                "deletions, and they were kept; run the same command again later"
            )
            return [], told
        return list(asked.absent), told

    def _fetch(self, out: Path, *, query: str | None = None, pmids: list[str] | None = None) -> FetchSummary:
        from leukonlp.sources.entrez import fetch

        settings = self._settings
        return fetch(
            query,
            pmids=pmids,
            out=out,
            email=settings.email,
            api_key=settings.api_key,
            deadline=settings.deadline,
            clock=self._clock,
        )
