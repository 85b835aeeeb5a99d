"""From input files to one file of annotated JSONL; owns the counts of that run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from leukonlp.config import Settings
from leukonlp.records import Failure, Record, Study
from leukonlp.sources import read
from leukonlp.workflow.files import check_errors_list, errors_path, json_line, replacing, write_failures
from leukonlp.workflow.summary import SKIPPED, Summary, Tally
from leukonlp.workflow.workers import annotate_records


def annotate_files(
    inputs: Iterable[str | Path],
    out: Path,
    *,
    settings: Settings,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Annotate every record of ``inputs`` and write one JSON line each to ``out``, in input order.

    Studies that come in annotated are annotated anew. ``out`` appears when everything is done; where it
    lies in a folder of inputs, it is none of them.

    Args:
        inputs: files, folders, or ``-`` for standard input.
        out: the file to write.
        settings: the settings of the run.
        progress: called with the number of records done.

    Raises:
        InputError: an input cannot be read, or ``out`` not be written: it is an input too, an index, ...
        SettingsError: a pipeline named in ``settings.ner`` is not installed.
    """
    inputs = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    check_errors_list(out, apart=inputs)
    tally = Tally("annotated", "deletions passed over", *SKIPPED.values(), "failed")
    with replacing(out, apart=inputs) as handle:
        records = read(
            inputs, settings=settings, leave_out=(out, errors_path(out)), on_unknown=tally.passed_over.append
        )
        for result in annotate_records(_anew(records), settings=settings):
            if isinstance(result, Study):
                handle.write(json_line(result.to_dict()))
                tally.add("annotated")
            elif isinstance(result, Failure):
                tally.add_failure(result)
            else:
                tally.add("deletions passed over")
            if progress is not None:
                progress(tally.total)
    return tally.summary(write_failures(tally.failures, out))


def _anew(records: Iterable[Record]) -> Iterator[Record]:
    for record in records:
        yield record.abstract if isinstance(record, Study) else record
