"""From input files to a folder of shards of annotated JSONL; owns their names and how a stopped run goes on.

A shard holds what became of so many records, in input order: ``studies-00001.jsonl`` the studies, and
``studies-00001.errors.jsonl`` the failures, where there are any. Each appears whole, and after each a journal
in the folder says what is done: a stopped run goes on behind the last whole shard. At the end it goes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import Any

from leukonlp.config import Settings
from leukonlp.errors import InputError
from leukonlp.records import Deletion, Failure, Record
from leukonlp.sources import files_of, read
from leukonlp.sources.places import is_url
from leukonlp.workflow.annotation import OUTCOMES, anew, counted, work_of
from leukonlp.workflow.files import json_line
from leukonlp.workflow.folders import Folder, folder
from leukonlp.workflow.journal import changed, header
from leukonlp.workflow.progress import Progress, Reading
from leukonlp.workflow.summary import Summary, Tally
from leukonlp.workflow.summary import counted as words
from leukonlp.workflow.workers import annotate_lines

SIZE = 10_000
"""Records a shard."""
JOURNAL = ".leukonlp-journal.json"
_OURS = re.compile(r"studies-\d{5,}(\.errors)?\.jsonl")
_LEFT = re.compile(r"\.?studies-(\d{5,})\.")


def is_folder(out: str) -> bool:
    """Tell whether an output is a folder of shards: a URL, or a name that ends in a slash.

    Raises:
        InputError: a URL that does not end in a slash.
    """
    if is_url(out) and not out.endswith("/"):
        raise InputError(f"{out} is a URL, where a folder of shards is written; end it with a slash: {out}/")
    return out.endswith("/")


def annotate_to_shards(
    inputs: Iterable[str | Path],
    out: str,
    *,
    settings: Settings,
    progress: Progress | None = None,
    fresh: bool = False,
    tell: Callable[[str], None] | None = None,
    size: int = SIZE,
) -> Summary:
    """Annotate every record of ``inputs`` into shards in the folder or at the URL ``out``.

    All shards joined in the order of their names are, byte by byte, what
    :func:`~leukonlp.workflow.annotation.annotate_files` writes into one file; arguments as there.

    Args:
        inputs: files, folders, URLs, or ``-``.
        out: the folder, made when absent.
        settings: the settings of the run.
        progress: called with the number of records done, and how many there may be.
        fresh: start anew, and remove what an earlier run wrote.
        tell: called with a line for the user when there was an earlier run.
        size: records a shard.

    Raises:
        InputError: an input cannot be read, or the folder holds anything else, or an earlier run's shards, or
            another run is writing there.
        SettingsError: a pipeline named in ``settings.ner`` is not installed.
    """
    inputs = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    _check_apart(out, inputs)
    tally = Tally(*OUTCOMES)
    files = files_of(inputs)
    reading = Reading(files)
    records = reading.counting(
        read(inputs, settings=settings, on_unknown=tally.passed_over.append, on_bytes=reading.add_bytes)
    )
    place = folder(out)
    work = header({"shard": size, **(work_of(files, settings) or {"inputs": None})})
    with place.alone():
        number = _go_on(place, out, work, tally, fresh=fresh, tell=tell)
        with closing(_lines(islice(anew(records), tally.total, None), settings)) as results:
            _keep(place, work, number, tally)
            for first in results:
                number += 1
                shard = _told(chain([first], islice(results, size - 1)), tally, progress, reading)
                _write(place, number, shard, tally)
                _keep(place, work, number, tally)
        place.remove(JOURNAL)
    return tally.summary(f"{out}studies-*.errors.jsonl" if tally.failures else None)


def _lines(
    records: Iterable[Record], settings: Settings
) -> Generator[bytes | Deletion | Failure, None, None]:
    yield from annotate_lines(records, settings=settings)


def _told(
    results: Iterable[bytes | Deletion | Failure], tally: Tally, progress: Progress | None, reading: Reading
) -> Iterator[bytes]:
    """Count the results, tell how far the run is, and yield their lines."""
    for result in results:
        yield counted(result, tally)
        if progress is not None:
            progress(tally.total, reading.expected)


def _keep(place: Folder, work: dict[str, Any], shards: int, tally: Tally) -> None:
    with place.writing(JOURNAL) as file:
        file.write(json_line({**work, "shards": shards, "counts": tally.counts}))


def _check_apart(out: str, inputs: list[str | Path]) -> None:
    for name in map(str, inputs):
        if is_url(out):
            inside = f"{out}/".startswith(f"{name.rstrip('/')}/")
        else:
            inside = Path(name).resolve() in (Path(out).resolve(), *Path(out).resolve().parents)
        if inside:
            raise InputError(
                f"cannot write into {out}: it lies in {name}, which is read; name another folder"
            )


def _name(number: int) -> str:
    return f"studies-{number:05}"


def _go_on(
    place: Folder,
    out: str,
    work: dict[str, Any],
    tally: Tally,
    *,
    fresh: bool,
    tell: Callable[[str], None] | None,
) -> int:
    """Count what an earlier run had done, remove the rest of it, and return how many shards stay."""
    names = [name for name in place.names() if name != JOURNAL]
    other = next((name for name in names if not name.startswith(".") and not _OURS.fullmatch(name)), None)
    if other:
        raise InputError(f"the folder {out} holds {other!r}, which is no shard; name an empty folder")
    journal, stay = _journal(place), 0
    if journal is None and not fresh and any(_OURS.fullmatch(name) for name in names):
        raise InputError(
            f"the folder {out} holds the shards of an earlier run; name an empty folder, or replace them "
            "with --fresh"
        )
    if journal is not None and not fresh and journal["shards"]:
        before = f"an earlier run had done {words(sum(journal['counts'].values()), 'record')}"
        differs = changed({key: journal.get(key) for key in work}, work)
        if work["work"]["inputs"] is None:
            differs = "what it worked on"
        if not differs:
            stay = int(journal["shards"])
            tally.go_on(journal["counts"], _failures(place, stay))
        if tell is not None:
            tell(
                f"{before}, but {differs} changed since; starting anew"
                if differs
                else f"{before}; going on behind them (--fresh starts anew)"
            )
    for name in names:
        found = _LEFT.match(name)  # also what a killed run left half-written
        if found and int(found[1]) > stay:
            place.remove(name)
    return stay


def _journal(place: Folder) -> dict[str, Any] | None:
    try:
        data = json.loads(place.read(JOURNAL) or b"null")
        return data if data is None or {"work", "counts", "shards"} <= data.keys() else None
    except (ValueError, AttributeError):
        return None


def _failures(place: Folder, shards: int) -> Iterator[Failure]:
    for number in range(1, shards + 1):
        for line in (place.read(f"{_name(number)}.errors.jsonl") or b"").splitlines():
            yield Failure.from_dict(json.loads(line))


def _write(place: Folder, number: int, lines: Iterable[bytes], tally: Tally) -> None:
    before = len(tally.failures)
    with place.writing(f"{_name(number)}.jsonl") as file:
        file.writelines(lines)
    if failed := tally.failures[before:]:
        with place.writing(f"{_name(number)}.errors.jsonl") as file:
            file.writelines(json_line(failure.to_dict()) for failure in failed)
