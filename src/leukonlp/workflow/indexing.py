"""From input files to an evidence index; owns what is skipped, kept and counted.

A record that is in the index with the same content and versions is not annotated again: a killed run goes
on with the same command and ends with the same index. Each record is one transaction, except those that come
annotated: so many in a row as are quickly read again are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from leukonlp.config import Settings
from leukonlp.errors import InputError
from leukonlp.evidence import EvidenceIndex
from leukonlp.records import Abstract, Deletion, Failure, Record, Study
from leukonlp.sources import read
from leukonlp.workflow.files import check_errors_list, errors_path, refuse_dash, write_failures
from leukonlp.workflow.summary import SKIPPED, Summary, Tally
from leukonlp.workflow.workers import Annotated, annotate_records, run_versions, unplaced

OUTCOMES = ("indexed", "known already", "deleted", *SKIPPED.values(), "failed")
"""What can happen to a record, in the order in which the summary tells it."""
_TOGETHER = 1000


def build_index(
    inputs: Iterable[str | Path],
    db: Path,
    *,
    settings: Settings,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Annotate what is new in ``inputs`` and keep it in the evidence index at ``db``, made when absent.

    Args:
        inputs: files, folders, or ``-`` for standard input; annotated JSONL is kept as it is.
        db: the index file.
        settings: the settings of the run.
        progress: called with the number of records done so far.

    Raises:
        InputError: an input cannot be read, or the list of failures would replace another file.
        IndexFileError: the index is corrupt, locked, foreign or newer than this leukonlp.
        SettingsError: a pipeline named in ``settings.ner`` is not installed.
    """
    inputs = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    refuse_dash(db)
    check_errors_list(db, apart=inputs)
    own = (db, errors_path(db), *(db.with_name(db.name + end) for end in ("-wal", "-shm", "-journal")))
    tally = Tally(*OUTCOMES)
    with EvidenceIndex(db) as index:
        news = _News(index, run_versions(settings), tally)
        records = read(inputs, settings=settings, leave_out=own, on_unknown=tally.passed_over.append)
        for group in _groups(annotate_records(news.of(records), settings=settings), news):
            for result in group:
                news.arrived(result)
            _store(group, index, tally)
            if progress is not None:
                progress(tally.total)
    return tally.summary(write_failures(tally.failures, db))


def _groups(results: Iterable[Annotated], news: _News) -> Iterator[list[Annotated]]:
    """Gather what came annotated; where a group ends depends on the input alone, never on time."""
    group: list[Annotated] = []
    for result in results:
        quick = news.came_annotated(result)
        if group and not quick:
            yield group
            group = []
        group.append(result)
        if not quick or len(group) == _TOGETHER:
            yield group
            group = []
    if group:
        yield group


def _store(group: list[Annotated], index: EvidenceIndex, tally: Tally) -> None:
    studies = [result for result in group if isinstance(result, Study)]
    refused: dict[int, InputError] = {}
    changed = index.add_many(studies, refused=lambda study, error: refused.update({id(study): error}))
    tally.add("indexed", changed)
    tally.add("known already", len(studies) - changed - len(refused))
    for result in group:
        if isinstance(result, Failure):
            tally.add_failure(result)
        elif isinstance(result, Deletion):
            index.delete(result)
            tally.add("deleted")
        elif id(result) in refused:
            tally.add_failure(unplaced(result.pmid, str(refused[id(result)])))


class _News:
    """Passes on what the index does not know yet."""

    def __init__(self, index: EvidenceIndex, versions: tuple[tuple[str, str], ...], tally: Tally) -> None:
        self._index = index
        self._versions = versions
        self._tally = tally
        self._under_way: Counter[str | None] = Counter()
        self._finished: Counter[str] = Counter()

    def of(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            if self._known(record):
                self._tally.add("known already")
            else:
                self._under_way[record.pmid] += 1
                if isinstance(record, Study):
                    self._finished[record.pmid] += 1
                yield record

    def came_annotated(self, result: Annotated) -> bool:
        """Tell whether a result is a study that stood annotated in the input."""
        if result.pmid is None or not self._finished[result.pmid]:
            return False
        self._finished -= Counter((result.pmid,))
        return isinstance(result, Study)

    def arrived(self, result: Annotated) -> None:
        self._under_way[result.pmid] -= 1
        if not self._under_way[result.pmid]:
            del self._under_way[result.pmid]

    def _known(self, record: Record) -> bool:
        # While another version of the record is under way, what the index holds is not the last word.
        # A study that comes annotated may have been corrected by hand: the index compares it as a whole.
        if not isinstance(record, Abstract) or record.pmid in self._under_way:
            return False
        return self._index.has(record, self._versions)
