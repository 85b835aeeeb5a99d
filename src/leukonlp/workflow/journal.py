"""An output file that a killed run goes on with; owns the journal and when it may be trusted.

While a run is under way two hidden files stand beside the output: the output so far, and a journal, JSON
lines. Its first line says what the run works on: inputs, settings and versions. Then, about once a second,
follows a line of what is done: bytes of the output with their checksum, and records by outcome; before
it the failures since the last one. A run that works on the same goes on behind the last whole line that the
output bears out; any other starts anew. When all is done the output takes its place and the journal goes.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import stat
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Any, BinaryIO

from leukonlp.errors import InputError
from leukonlp.records import Failure
from leukonlp.workflow.files import check_target, json_line
from leukonlp.workflow.summary import Tally, counted

EVERY = 1.0
"""Seconds between two lines of what is done: what a killed run does again."""
_FORMAT = 1
_BLOCK = 2**20


@dataclass(frozen=True, slots=True)
class Done:
    """What earlier runs had done."""

    size: int = 0
    """Bytes of the output."""
    checksum: int = 0
    """CRC-32 of these bytes."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Records by outcome."""
    failures: tuple[Failure, ...] = ()
    end: int = 0
    """Bytes of the journal up to here."""

    @property
    def records(self) -> int:
        """Number of records, whatever became of them."""
        return sum(self.counts.values())


class ResumableFile:
    """The output so far, open for writing behind what is done; made by :func:`resumable`."""

    def __init__(self, part: BinaryIO, journal: FileIO | None, done: Done) -> None:
        self.done = done
        """What earlier runs had done."""
        self._part = part
        self._journal = journal
        self._size, self._checksum = done.size, done.checksum
        self._listed = len(done.failures)
        self._next = time.monotonic() + EVERY

    def write(self, line: bytes) -> None:
        """Add a line to the output."""
        self._part.write(line)
        self._size += len(line)
        self._checksum = zlib.crc32(line, self._checksum)

    def keep(self, tally: Tally) -> None:
        """Keep what is done, unless that was done within the last second; all that is counted is written."""
        if self._journal is None or time.monotonic() < self._next:
            return
        self._part.flush()
        os.fsync(self._part.fileno())  # what the journal says must be there, whatever happens to the machine
        news = [{"failed": failure.to_dict()} for failure in tally.failures[self._listed :]]
        state = {"bytes": self._size, "crc": self._checksum, "counts": tally.counts}
        _append(self._journal, *news, state)
        self._listed = len(tally.failures)
        self._next = time.monotonic() + EVERY


@contextlib.contextmanager
def resumable(
    path: Path,
    *,
    work: Mapping[str, Any] | None,
    apart: Iterable[str | Path] = (),
    fresh: bool = False,
    tell: Callable[[str], None] | None = None,
) -> Iterator[ResumableFile]:
    """Open a file that takes the place of ``path`` when the block ends without an error.

    A block that ends otherwise, or never, is gone on with by the next that is opened for the same ``work``.

    Args:
        path: the output.
        work: all that the output depends on, as plain JSON values; None for what can be read only once,
            such as standard input: nothing is kept then.
        apart: inputs of the run, which must not be replaced.
        fresh: start anew whatever was done.
        tell: called with a line for the user when there was an earlier run.

    Raises:
        InputError: as :func:`~leukonlp.workflow.files.check_target`, another run is writing the file, or it
            cannot be written.
    """
    target = check_target(path, apart=apart)
    part_path, journal_path = _beside(target, "part"), _beside(target, "journal")
    try:
        with _locked(journal_path, path) as journal:
            done, words = (Done(), None) if fresh else _done(journal, work, part_path)
            if words and tell is not None:
                tell(words)
            kept = False
            try:
                with part_path.open("r+b" if done.size else "wb") as part:
                    _begin(journal, part, work, done)
                    yield ResumableFile(part, None if work is None else journal, done)
                    part.flush()
                    os.fsync(part.fileno())
                if target.exists():
                    part_path.chmod(stat.S_IMODE(target.stat().st_mode))
                part_path.replace(target)
            except BaseException:
                kept = _worth_keeping(journal)
                raise
            finally:
                if not kept:
                    for each in (part_path, journal_path):
                        each.unlink(missing_ok=True)
    except BrokenPipeError:
        raise  # of the progress shown meanwhile, not of this file
    except OSError as error:
        reason = error.strerror or error
        raise InputError(
            f"cannot write {path}: {reason}; free space and run the same command again, "
            "or choose another folder"
        ) from error


def _beside(target: Path, kind: str) -> Path:
    name = target.name
    if len(os.fsencode(name)) > 200:  # the longest name of a file is 255 bytes
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    return target.with_name(f".{name}.leukonlp-{kind}")


def _locked(path: Path, output: Path) -> FileIO:
    """Open the journal for this run alone; the lock goes with the process, however it ends."""
    while True:
        file = path.open("a+b", buffering=0)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise InputError(
                f"cannot write {output}: another run is writing it; wait for its end, or name another file"
            ) from None
        except OSError:
            pass  # a file system without locks
        if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
            return file
        file.close()  # the run that had the lock has removed this file meanwhile


def _done(journal: FileIO, work: Mapping[str, Any] | None, part: Path) -> tuple[Done, str | None]:
    """Return what can be gone on with, and what to tell the user of it."""
    first, done = _read(journal)
    if not done.records:
        return Done(), None
    before = f"an earlier run had done {counted(done.records, 'record')}"
    differs = changed(first, header(work))
    if differs:
        return Done(), f"{before}, but {differs} changed since; starting anew"
    if not _bears_out(part, done):
        return Done(), f"{before}, but its output so far was changed or lost; starting anew"
    return done, f"{before}; going on behind them (--fresh starts anew)"


def _read(journal: FileIO) -> tuple[Any, Done]:
    """Return the first line of a journal and what it says is done, up to the first line that is not whole."""
    journal.seek(0)
    header, done, failures, end = None, Done(), [], 0
    for line in journal.readall().splitlines(keepends=True):
        end += len(line)
        try:
            if not line.endswith(b"\n"):
                break
            data = json.loads(line)
            if header is None:
                header = data
            elif "failed" in data:
                failures.append(Failure.from_dict(data["failed"]))
            else:
                done = Done(data["bytes"], data["crc"], data["counts"], tuple(failures), end)
        except (ValueError, KeyError, TypeError, AttributeError):
            break  # cut off by a fault of the machine
    return header, done


def header(work: Mapping[str, Any] | None) -> Any:
    """Return what the beginning of a journal says a run works on, as JSON reads it."""
    return json.loads(json.dumps({"journal": _FORMAT, "work": work}))


def changed(before: Any, now: Any) -> str:
    """Name what differs between an earlier run's :func:`header` and this one's; empty when nothing does."""
    if now == before:
        return ""
    was = before.get("work") if isinstance(before, dict) and before.get("journal") == _FORMAT else None
    if not isinstance(was, dict) or now["work"] is None:
        return "what it worked on"
    parts = []
    for name, value in now["work"].items():
        old = was.get(name)
        keys = [k for k in value if value[k] != old.get(k)] if isinstance(value, dict) and old else []
        if value != old:
            parts.append(f"the {name}" + (f" ({', '.join(keys)})" if keys else ""))
    return " and ".join(parts) or "what it worked on"


def _bears_out(part: Path, done: Done) -> bool:
    """Tell whether the output so far begins with the bytes that the journal knows."""
    left, checksum = done.size, 0
    with contextlib.suppress(FileNotFoundError), part.open("rb") as file:
        while left and (block := file.read(min(left, _BLOCK))):
            checksum = zlib.crc32(block, checksum)
            left -= len(block)
        return not left and checksum == done.checksum
    return False


def _begin(journal: FileIO, part: BinaryIO, work: Mapping[str, Any] | None, done: Done) -> None:
    """Cut off what lies behind what is done, and say in a new journal what the run works on."""
    part.truncate(done.size)
    part.seek(done.size)
    journal.truncate(done.end)
    journal.seek(done.end)
    if not done.end:
        _append(journal, header(work))
        os.fsync(journal.fileno())


def _append(journal: FileIO, *lines: Any) -> None:
    data = b"".join(map(json_line, lines))
    if journal.write(data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _worth_keeping(journal: FileIO) -> bool:
    with contextlib.suppress(OSError):
        return _read(journal)[1].records > 0
    return False
