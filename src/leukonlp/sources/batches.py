"""Brings the records of a listing to disk in batches: owns the order of asking and what to do about gaps.

Three rounds: whole batches (from the history server where a batch is wanted whole, by posted id
where parts of it are on disk), then small batches for what did not come, then one by one, so that
one bad record costs no other. Every answer is compared with the ids asked for. Knows neither HTTP
nor files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from leukonlp.errors import FetchError, QueryError
from leukonlp.sources.answers import HistoryExpired, Records, read_records
from leukonlp.sources.cache import AnswerStore
from leukonlp.sources.retry import Client, UnusableAnswer
from leukonlp.sources.search import MAX_IDS, Found, Slice, renew

ABSENT = "PubMed returned no record"
"""The reason of a gap that PubMed itself leaves: a record deleted, merged or never given."""
NOT_ASKED = "not asked for, because PubMed did not answer"
_RETRY_BATCH = 20
_MOST_SINGLES = 100
"""With more gaps than this, a record that PubMed left out twice is not asked for a third time."""
_MOST_FAILURES = 2
"""Batches in a row without any answer, after which PubMed counts as down and the run ends."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes that PubMed sets; only tests change them."""

    max_ids: int = MAX_IDS
    batch: int = 200
    """Records per EFetch: the length up to which NCBI takes a list of ids in one request."""


class Batches:
    """One fetch under way: what is wanted, what is here, and why the rest is not."""

    def __init__(
        self,
        client: Client,
        store: AnswerStore,
        found: Found,
        *,
        term: str,
        limits: Limits,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.found = found
        self.held = set(store.pmids)
        self.cached = len(self.held.intersection(found.ids))
        """Records wanted that were on disk before."""
        self.received = 0
        """Records fetched since."""
        self._client, self._store, self._term, self._limits, self._progress = (
            client,
            store,
            term,
            limits,
            progress,
        )
        self._reasons: dict[str, str] = {}
        self._failures = 0

    @property
    def missing(self) -> tuple[str, ...]:
        """PMIDs wanted and not on disk."""
        return tuple(pmid for pmid in self.found.ids if pmid not in self.held)

    def reason(self, pmid: str) -> str:
        """Return why a record is missing."""
        return self._reasons.get(pmid, NOT_ASKED)

    def fetch(self) -> None:
        """Ask for everything that is missing, in three rounds.

        Raises:
            FetchError: the disk refuses an answer. What PubMed refuses is noted, not raised.
            SettingsError: PubMed refuses the API key.
        """
        self._report()
        self._round(self._history_round(), self._limits.batch)
        self._round(self.missing, min(_RETRY_BATCH, self._limits.batch))
        missing = self.missing
        if len(missing) > _MOST_SINGLES:
            missing = tuple(pmid for pmid in missing if self.reason(pmid) != ABSENT)
        self._round(missing, 1)

    def _history_round(self) -> list[str]:
        """Fetch whole batches from the history server; return the ids that are still to be asked for."""
        loose: list[str] = []
        seen: set[str] = set()
        for part in self.found.slices:
            current: Slice | None = part
            for start in range(0, len(part.ids), self._limits.batch):
                ids = part.ids[start : start + self._limits.batch]
                whole = seen.isdisjoint(ids) and self.held.isdisjoint(ids)
                if current is not None and current.web_env and whole:
                    current = self._from_history(current, start, ids)
                seen.update(ids)
                loose += [pmid for pmid in ids if pmid not in self.held and pmid not in self._reasons]
        return list(dict.fromkeys(loose))

    def _from_history(self, part: Slice, start: int, ids: Sequence[str]) -> Slice | None:
        """Fetch one batch by its place; return the slice to go on with, None where places no longer hold."""
        try:
            self._batch(ids, _place(part, start, len(ids)))
            return part
        except HistoryExpired:
            pass
        try:
            fresh = renew(self._client, self._term, part, max_ids=self._limits.max_ids)
            if fresh.ids != part.ids or not fresh.web_env:
                return None  # PubMed changed meanwhile: go on by id
            self._batch(ids, _place(fresh, start, len(ids)))
            return fresh
        except HistoryExpired:
            return None
        except FetchError:
            self._failures += 1
            return None

    def _round(self, pmids: Sequence[str], size: int) -> None:
        for ids in _chunks(pmids, size):
            try:
                self._batch(ids, {"id": ",".join(ids), "retstart": "0", "retmax": str(len(ids))})
            except HistoryExpired as error:  # no history was asked for: the words mean something else
                self._note(ids, str(error))

    def _batch(self, ids: Sequence[str], place: dict[str, str]) -> None:
        """Fetch one batch, keep what was asked for, note why the rest is not here."""
        if self._failures >= _MOST_FAILURES:
            return
        try:
            records = self._client.call("efetch", {**place, "retmode": "xml"}, read_records)
        except (UnusableAnswer, QueryError) as error:
            self._failures = 0
            self._note(ids, str(error))
        except FetchError as error:
            self._failures += 1
            self._note(ids, str(error))
        else:
            self._failures = 0
            self._keep(ids, records)
        self._report()

    def _keep(self, ids: Sequence[str], records: Records) -> None:
        kept = records.only({pmid for pmid in ids if pmid not in self.held})
        if kept.pmids:
            self._store.add(kept.body, kept.pmids)
            self.held.update(kept.pmids)
            self.received += len(kept.pmids)
        self._note([pmid for pmid in ids if pmid not in self.held], ABSENT)

    def _note(self, ids: Iterable[str], reason: str) -> None:
        self._reasons.update(dict.fromkeys(ids, reason))

    def _report(self) -> None:
        if self._progress is not None:
            self._progress(self.cached + self.received, len(self.found.ids))


def _place(part: Slice, start: int, size: int) -> dict[str, str]:
    # As long as the batch, never to the end: EFetch would send up to 10,000 records.
    return {
        "WebEnv": part.web_env or "",
        "query_key": part.query_key or "",
        "retstart": str(start),
        "retmax": str(size),
    }


def _chunks(items: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    rest = iter(items)
    while chunk := tuple(islice(rest, size)):
        yield chunk
