"""Raw EFetch answers on disk: owns the folder that ``leukonlp fetch`` fills.

::

    OUT/pubmed-000001.xml.gz        the answers as PubMed sent them, ready for ``leukonlp index OUT``
    OUT/.leukonlp/journal.jsonl     one line a file: name, SHA-256, PMIDs
    OUT/.leukonlp/manifest.json     the last run: query, date, ids, what is missing and why

Every file is written beside its place, flushed to disk and renamed, and its journal line is on disk
before the rename. So a run that is killed at any moment leaves only whole files, all of them known;
the next run counts only those whose checksum still matches. Knows nothing of PubMed's answers.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from leukonlp.errors import FetchError, SettingsError

STATE = ".leukonlp"
"""Hidden folder inside OUT; reading a folder of records leaves hidden ones out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored answer."""

    file: str
    sha256: str
    pmids: tuple[str, ...]


class AnswerStore:
    """The answers in one folder. Use as a context manager: only one process writes at a time."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.state = out / STATE
        self.manifest = self.state / "manifest.json"
        self.damaged: tuple[str, ...] = ()
        """Files that no longer matched their checksum when the store was opened, and were set aside."""
        self._entries: dict[str, Entry] = {}
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> AnswerStore:
        """Lock the folder, check every file, forget those that are damaged.

        Raises:
            SettingsError: the folder cannot be used, or another run is writing to it.
        """
        try:
            self.state.mkdir(parents=True, exist_ok=True)
            self._lock = (self.state / "lock").open("ab")
            _lock(self._lock, self.out)
            for left in self.state.glob("*.tmp"):
                left.unlink()
            self._load()
        except OSError as error:
            self._unlock()
            raise SettingsError(
                f"cannot write to {self.out}: {error.strerror or error}; choose a folder with --out"
            ) from error
        except SettingsError:
            self._unlock()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @property
    def pmids(self) -> frozenset[str]:
        """PMIDs of all stored records."""
        return frozenset(pmid for entry in self._entries.values() for pmid in entry.pmids)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The stored files by name."""
        return tuple(self._entries[name] for name in sorted(self._entries))

    @property
    def files(self) -> tuple[Path, ...]:
        """Paths of the stored files by name."""
        return tuple(self.out / entry.file for entry in self.entries)

    def add(self, body: bytes, pmids: Sequence[str]) -> Path:
        """Store one answer, whole or not at all.

        Raises:
            FetchError: the disk refuses it.
        """
        packed = gzip.compress(body, mtime=0)  # no time inside: equal answers, equal files
        entry = Entry(self._free_name(), hashlib.sha256(packed).hexdigest(), tuple(pmids))
        try:
            waiting = self._write(entry.file, packed)
            with (self.state / "journal.jsonl").open("ab") as journal:
                journal.write(_line(entry))
                _flush(journal)
            _rename(waiting, self.out / entry.file)
        except OSError as error:
            raise FetchError(f"cannot write {self.out / entry.file}: {error.strerror or error}") from error
        self._entries[entry.file] = entry
        return self.out / entry.file

    def write_manifest(self, content: Mapping[str, Any]) -> None:
        """Replace the manifest.

        Raises:
            FetchError: the disk refuses it.
        """
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        try:
            _rename(self._write(self.manifest.name, text.encode()), self.manifest)
        except OSError as error:
            raise FetchError(f"cannot write {self.manifest}: {error.strerror or error}") from error

    def read_manifest(self) -> dict[str, Any]:
        """Return the manifest of the last run, empty where there is none that can be read."""
        try:
            content = json.loads(self.manifest.read_bytes())
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _free_name(self) -> str:
        number = 1  # fill gaps, so that a resumed run names its files as an undisturbed one
        while (name := f"pubmed-{number:06d}.xml.gz") in self._entries or (self.out / name).exists():
            number += 1
        return name

    def _load(self) -> None:
        damaged = []
        for entry in {entry.file: entry for entry in _journal(self.state / "journal.jsonl")}.values():
            path = self.out / entry.file
            if not path.is_file():
                continue  # killed between the journal line and the rename, or deleted by hand
            if hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256:
                self._entries[entry.file] = entry
            else:
                os.replace(path, self.state / f"{entry.file}.damaged")
                damaged.append(entry.file)
        self.damaged = tuple(damaged)
        # A line torn by a kill must not swallow the next one: begin the journal anew.
        text = b"".join(_line(entry) for entry in self.entries)
        _rename(self._write("journal.jsonl", text), self.state / "journal.jsonl")

    def _write(self, name: str, content: bytes) -> Path:
        waiting = self.state / f"{name}.tmp"
        with waiting.open("wb") as file:
            file.write(content)
            _flush(file)
        return waiting


def _journal(path: Path) -> list[Entry]:
    entries = []
    for line in path.read_bytes().splitlines() if path.is_file() else ():
        with contextlib.suppress(ValueError, TypeError, KeyError):
            data = json.loads(line)
            entries.append(Entry(Path(data["file"]).name, data["sha256"], tuple(data["pmids"])))
    return entries


def _line(entry: Entry) -> bytes:
    return json.dumps(asdict(entry), separators=(",", ":")).encode() + b"\n"


def _flush(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _rename(source: Path, target: Path) -> None:
    os.replace(source, target)
    with contextlib.suppress(OSError):  # a folder cannot be opened everywhere
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _lock(file: IO[bytes], out: Path) -> None:
    try:
        import fcntl
    except ImportError:  # not on Windows; there the rule is the user's
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SettingsError(
            f"another leukonlp fetch is writing to {out}; wait for it, or choose another --out"
        ) from None
