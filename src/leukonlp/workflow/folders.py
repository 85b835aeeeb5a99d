"""A folder that a run writes file by file, here or behind a URL; each file appears whole or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from leukonlp.errors import InputError
from leukonlp.sources.places import file_system, is_url
from leukonlp.workflow.files import replacing


class Folder(Protocol):
    """What a run needs of a folder."""

    def names(self) -> list[str]:
        """Return the names of the files in it, sorted."""

    def writing(self, name: str) -> contextlib.AbstractContextManager[BinaryIO]:
        """Open a file that appears when the block ends without an error."""

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None when it is not there."""

    def remove(self, name: str) -> None:
        """Remove a file, when it is there."""

    def alone(self) -> contextlib.AbstractContextManager[None]:
        """Keep other runs out of the folder until the block ends; behind a URL nothing can.

        Raises:
            InputError: another run is in it.
        """


def folder(place: str) -> Folder:
    """Return the folder of that name or URL, made when absent.

    Raises:
        InputError: it cannot be made, or what its URL takes is not installed.
    """
    return _Remote(place) if is_url(place) else _Local(place)


class _Local:
    def __init__(self, place: str) -> None:
        self._place, self._path = place, Path(place)
        try:
            self._path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"cannot make the folder {place}: {error.strerror}; name another") from error

    def names(self) -> list[str]:
        return sorted(path.name for path in self._path.iterdir())

    def writing(self, name: str) -> contextlib.AbstractContextManager[BinaryIO]:
        return replacing(self._path / name)

    def read(self, name: str) -> bytes | None:
        with contextlib.suppress(FileNotFoundError):
            return (self._path / name).read_bytes()
        return None

    def remove(self, name: str) -> None:
        (self._path / name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        number = os.open(self._path, os.O_RDONLY)
        try:
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InputError(
                    f"cannot write into {self._place}: another run is writing there; wait for its end, "
                    "or name another folder"
                ) from None
            except OSError:
                pass  # a file system without locks
            yield
        finally:
            os.close(number)  # which unlocks it, as the end of the process does, however it comes


class _Remote:
    def __init__(self, place: str) -> None:
        self._fs: Any
        self._fs, path = file_system(place)
        self._path = path.rstrip("/")
        self._fs.makedirs(self._path, exist_ok=True)

    def names(self) -> list[str]:
        self._fs.invalidate_cache()
        return sorted(str(path).rsplit("/", 1)[-1] for path in self._fs.ls(self._path, detail=False))

    @contextlib.contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        with tempfile.TemporaryFile() as file:
            yield cast(BinaryIO, file)
            file.seek(0)
            # Stores of objects show one when it is complete; elsewhere the journal says what is whole.
            with self._fs.open(f"{self._path}/{name}", "wb") as target:
                shutil.copyfileobj(file, target)

    def read(self, name: str) -> bytes | None:
        with contextlib.suppress(FileNotFoundError):
            return bytes(self._fs.cat_file(f"{self._path}/{name}"))
        return None

    def remove(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._fs.rm_file(f"{self._path}/{name}")

    def alone(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()
