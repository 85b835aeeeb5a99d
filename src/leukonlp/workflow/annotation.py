"""From input files to one file of annotated JSONL; owns the counts of that run and what it depends on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from leukonlp.config import Settings
from leukonlp.records import Deletion, Failure, Record, Study
from leukonlp.sources import files_of, read
from leukonlp.sources.places import stamp
from leukonlp.workflow.files import check_errors_list, check_target, errors_path, write_failures
from leukonlp.workflow.journal import resumable
from leukonlp.workflow.progress import Progress, Reading
from leukonlp.workflow.summary import SKIPPED, Summary, Tally
from leukonlp.workflow.workers import annotate_lines, run_versions

OUTCOMES = ("annotated", "deletions passed over", *SKIPPED.values(), "failed")
"""What can happen to a record, in the order in which the summary tells it."""
_NO_MATTER = frozenset({"jobs", "batch_size", "backend", "scheduler", "email", "api_key", "deadline"})
"""Settings that the output does not depend on."""


def annotate_files(
    inputs: Iterable[str | Path],
    out: Path,
    *,
    settings: Settings,
    progress: Progress | None = None,
    fresh: bool = False,
    tell: Callable[[str], None] | None = None,
) -> Summary:
    """Annotate every record of ``inputs`` and write one JSON line each to ``out``, in input order.

    Studies that come in annotated are annotated anew. ``out`` appears when everything is done; where it
    lies in a folder of inputs, it is none of them. A run that was stopped, even killed, goes on with the
    same call and ends with the same bytes (:mod:`~leukonlp.workflow.journal`).

    Args:
        inputs: files, folders, or ``-`` for standard input.
        out: the file to write.
        settings: the settings of the run.
        progress: called with the number of records done, and how many there may be.
        fresh: start anew also where an earlier run could be gone on with.
        tell: called with a line for the user when there was an earlier run.

    Raises:
        InputError: an input cannot be read, or ``out`` not be written: it is an input too, an index, ...
        SettingsError: a pipeline named in ``settings.ner`` is not installed.
    """
    inputs = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    check_target(out, apart=inputs)
    check_errors_list(out, apart=inputs)
    tally = Tally(*OUTCOMES)
    leave_out = (out, errors_path(out))
    files = files_of(inputs, leave_out=leave_out)
    reading = Reading(files)
    records = reading.counting(
        read(
            inputs,
            settings=settings,
            leave_out=leave_out,
            on_unknown=tally.passed_over.append,
            on_bytes=reading.add_bytes,
        )
    )
    with resumable(out, work=work_of(files, settings), apart=inputs, fresh=fresh, tell=tell) as file:
        tally.go_on(file.done.counts, file.done.failures)
        news = islice(anew(records), file.done.records, None)
        for result in annotate_lines(news, settings=settings):
            file.write(counted(result, tally))
            file.keep(tally)
            if progress is not None:
                progress(tally.total, reading.expected)
        errors = write_failures(tally.failures, out)
    return tally.summary(errors)


def work_of(files: list[str], settings: Settings) -> dict[str, Any] | None:
    """Return all that the output depends on; None when an input, such as standard input, comes but once."""
    stamps = [(name, stamp(name)) for name in files]
    if any(found is None for _, found in stamps):
        return None
    chosen = {k: v for k, v in dataclasses.asdict(settings).items() if k not in _NO_MATTER}
    return {"inputs": stamps, "settings": chosen, "versions": dict(run_versions(settings))}


def anew(records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records; of those that are annotated, what was."""
    for record in records:
        yield record.abstract if isinstance(record, Study) else record


def counted(result: bytes | Deletion | Failure, tally: Tally) -> bytes:
    """Count a result and return its line; nothing for what has none."""
    if isinstance(result, bytes):
        tally.add("annotated")
        return result
    if isinstance(result, Failure):
        tally.add_failure(result)
    else:
        tally.add("deletions passed over")
    return b""
