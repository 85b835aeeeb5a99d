"""Where text comes from: PubMed XML, nbib, JSONL, text files and folders of them; ends at Abstract.

Owns which reader an input gets. Reading never stops at a bad record: it is a Failure in its place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from leukonlp.config import Settings
from leukonlp.errors import InputError
from leukonlp.records import Abstract, Failure, Record, Study
from leukonlp.sources.openers import STDIN, Format, Stream, describe, open_stream, recognise
from leukonlp.sources.places import found_in

if TYPE_CHECKING:
    from leukonlp.sources.screening.records import Screened

__all__ = ["files_of", "read", "screen", "usable"]


Pooled: TypeAlias = "Callable[[_Alone, Iterator[_Input]], Iterable[list[Screened] | None]]"


class _Input(NamedTuple):
    name: str
    found: bool
    """Found in a folder, not named by the caller: what cannot be read is then listed, not refused."""


def read(
    inputs: Iterable[str | Path],
    *,
    settings: Settings | None = None,
    leave_out: Iterable[str | Path] = (),
    on_unknown: Callable[[str], None] | None = None,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[Record]:
    """Return the records of all inputs, in the order given.

    An input is a file (recognised by content, also as .gz), a folder (its files in sorted order,
    hidden ones left out) or ``-`` for standard input. Everything is read as it is asked for: memory is
    that of one record.

    Args:
        inputs: files, folders, patterns (``shards/*.jsonl``), URLs of any of them, or ``-``.
        settings: the limits; None takes the defaults.
        leave_out: files that are not read where a folder holds them: what the run itself writes.
        on_unknown: called with each file found in a folder that is of no known kind; None makes it a
            failure.
        on_bytes: called with the number of bytes, packed as they lie, each time some are read.

    Raises:
        InputError: at once, when an input is missing, may not be read, or is of no known kind.
    """
    settings = settings or Settings()
    plan = _plan(inputs, settings, leave_out)
    return _records(plan, settings=settings, on_unknown=on_unknown, on_bytes=on_bytes)


def files_of(inputs: Iterable[str | Path], *, leave_out: Iterable[str | Path] = ()) -> list[str]:
    """Return the names of what :func:`read` takes from the inputs, in its order, ``-`` for standard input.

    Raises:
        InputError: a folder holds no files.
    """
    given = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    omit = frozenset(os.path.realpath(name) for name in leave_out)
    return [item.name for name in given for item in _inputs(str(name), omit=omit)]


def screen(
    inputs: Iterable[str | Path],
    *,
    settings: Settings | None = None,
    leave_out: Iterable[str | Path] = (),
    on_unknown: Callable[[str], None] | None = None,
    pooled: Pooled | None = None,
) -> Iterator[Screened]:
    """Return what may concern a leukodystrophy in PubMed XML, as the bytes it came in, and how much does not.

    Every version of a record passes that comes after one which did, and all deletions. Arguments as for
    :func:`read`; files of other formats are of no known kind here. ``pooled`` calls a function with each
    of many items, perhaps in other processes, and yields what the lists hold that it returns, in order;
    None takes file by file.

    Raises:
        InputError: at once, when an input is missing, may not be read, or is no PubMed XML.
    """
    settings = settings or Settings()
    plan = _plan(inputs, settings, leave_out)
    for item in plan:
        if not item.found and os.path.isfile(item.name):
            with open_stream(item.name, settings=settings) as stream:
                _check_screenable(stream)
    alone = _Alone(settings)
    ready = iter([None] * len(plan)) if pooled is None else iter(pooled(alone, iter(plan)))
    return _screened(plan, ready, settings=settings, on_unknown=on_unknown)


def _check_screenable(stream: Stream) -> None:
    form = recognise(stream)
    if form not in (None, "pubmed_xml"):
        raise InputError(
            f"{stream.name} is {form}, which is not screened; give PubMed XML, or annotate it as it is"
        )


class _Alone:
    """Screens one file as if there were no others; the work of one process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = replace(settings, api_key=None)

    def __call__(self, item: _Input) -> list[list[Screened] | None]:
        """Return what comes of a file, in a list of one; None if it must be opened where the run began."""
        if item.name == STDIN:
            return [None]
        passed_over: list[str] = []
        found = list(_screen_file(item, set(), settings=self._settings, on_unknown=passed_over.append))
        return [None if passed_over else found]


def _screened(
    plan: Iterable[_Input],
    ready: Iterator[list[Screened] | None],
    *,
    settings: Settings,
    on_unknown: Callable[[str], None] | None,
) -> Iterator[Screened]:
    known: set[int] = set()
    for item, found in zip(plan, ready, strict=True):
        if found is None or not known.isdisjoint(_left_out(found)):  # a later version of what was kept
            yield from _screen_file(item, known, settings=settings, on_unknown=on_unknown)
        else:
            known.update(_kept(found))
            yield from found


def _left_out(found: Iterable[Screened]) -> Iterator[int]:
    return (pmid for result in found for pmid in getattr(result, "pmids", ()))


def _kept(found: Iterable[Screened]) -> Iterator[int]:
    from leukonlp.sources.screening.records import Kept

    return (result.pmid for result in found if isinstance(result, Kept) and result.pmid)


def _screen_file(
    item: _Input, known: set[int], *, settings: Settings, on_unknown: Callable[[str], None] | None
) -> Iterator[Screened]:
    from leukonlp.sources.screening.records import Kept, screened

    try:
        stream = open_stream(item.name, settings=settings)
    except OSError as error:
        yield Failure(item.name, 1, f"cannot be read: {error.strerror or error}", kind="error")
        return
    with stream:
        if recognise(stream) == "pubmed_xml":
            for result in screened(stream, known=known):
                if isinstance(result, Kept) and result.pmid:
                    known.add(result.pmid)
                yield result
        elif item.found and on_unknown is not None:
            on_unknown(item.name)
        else:
            _check_screenable(stream)
            yield from (r for r in _read(stream, found=item.found) if isinstance(r, Failure))


def _plan(inputs: Iterable[str | Path], settings: Settings, leave_out: Iterable[str | Path]) -> list[_Input]:
    given = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    omit = frozenset(os.path.realpath(name) for name in leave_out)
    plan = [item for name in given for item in _inputs(str(name), omit=omit)]
    if sum(item.name == STDIN for item in plan) > 1:
        raise InputError("standard input (-) is named twice; it can be read once")
    for item in plan:
        named = not item.found and item.name != STDIN
        if named and (os.path.isfile(item.name) or not os.path.exists(item.name)):  # a pipe: read but once
            _check(item.name, settings=settings)
    return plan


def _inputs(name: str, *, omit: frozenset[str]) -> Iterator[_Input]:
    listed = None if name == STDIN else found_in(name)
    if listed is None:
        yield _Input(name, found=False)
        return
    files = [_Input(path, found=True) for path in listed if os.path.realpath(path) not in omit]
    if not files:
        raise InputError(
            f"the folder {name} holds no files; name one with PubMed XML, nbib, JSONL or .txt files"
        )
    yield from files


def _check(name: str, *, settings: Settings) -> None:
    try:
        with open_stream(name, settings=settings) as stream:
            if _unknown(stream):
                raise InputError(f"{name} {describe(stream)}")
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot read {name}: {reason}; check the path") from error


def _records(
    plan: Iterable[_Input],
    *,
    settings: Settings,
    on_unknown: Callable[[str], None] | None,
    on_bytes: Callable[[int], None] | None,
) -> Iterator[Record]:
    for item in plan:
        try:
            stream = open_stream(item.name, settings=settings, on_bytes=on_bytes)
        except OSError as error:
            yield Failure(item.name, 1, f"cannot be read: {error.strerror or error}", kind="error")
            continue
        with stream:
            if item.found and on_unknown is not None and _unknown(stream):
                on_unknown(item.name)
                continue
            for record in _read(stream, found=item.found):
                yield usable(record, settings, source=item.name)


def usable(record: Record, settings: Settings, *, source: str = "") -> Record:
    """Return the record, or the failure that stands for one without any text or over ``max_text_chars``."""
    if isinstance(record, (Abstract, Study)) and not record.text.strip():
        reason = "has neither a title nor an abstract"
        return Failure(source, 0, reason, pmid=record.pmid, kind="no_text")
    limit = settings.max_text_chars
    if isinstance(record, Abstract) and len(record.text) > limit:
        reason = (
            f"the text has {len(record.text):,} characters, more than max_text_chars = {limit:,}; "
            "raise it to annotate the record"
        )
        return Failure(source, 0, reason, pmid=record.pmid, kind="too_large")
    return record


def _unknown(stream: Stream) -> bool:
    return bool(stream.head.strip()) and recognise(stream) is None and stream.problem is None


def _read(stream: Stream, *, found: bool) -> Iterator[Record]:
    form = recognise(stream)
    if form is not None:
        yield from _reader(form)(stream)
    elif stream.problem is not None:
        yield stream.failure(1)
    elif stream.head.strip():
        if not found:
            raise InputError(f"{stream.name} {describe(stream)}")
        yield Failure(stream.name, 1, describe(stream))
    else:
        yield Failure(stream.name, 1, "is empty; fetch or write it again")


def _reader(form: Format) -> Callable[[Stream], Iterator[Record]]:
    if form == "pubmed_xml":
        from leukonlp.sources import pubmed_xml

        return pubmed_xml.read
    if form == "nbib":
        from leukonlp.sources import nbib

        return nbib.read
    from leukonlp.sources import local

    return local.read_jsonl if form == "jsonl" else local.read_text
