"""Where inputs lie: files and folders here, or in any place that fsspec reaches by a URL; owns both.

Only a URL that the user names is ever asked for.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from leukonlp.errors import InputError

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_PATTERN = re.compile(r"[*?\[]")
_MARKS = ("etag", "ETag", "mtime", "LastModified", "last_modified", "updated", "created")
"""What file systems call that which changes with a file."""


class Stamp(NamedTuple):
    """Tells one content of a file from a later one, as far as can be told without reading it."""

    size: int
    mark: str


def is_url(name: str) -> bool:
    """Tell whether a name is a URL, such as ``s3://bucket/records/``."""
    return _URL.match(name) is not None


def file_system(url: str) -> tuple[Any, str]:
    """Return the file system of fsspec for a URL, and the path in it.

    Raises:
        InputError: fsspec, or what it needs for this URL, is not installed.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise InputError(f"{url} is a URL; reading it takes pip install 'leukonlp[remote]'") from None
    try:
        fs, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(f"cannot reach {url}: {error}") from error
    return fs, str(path)


def found_in(name: str) -> list[str] | None:
    """Return the files of a folder or a pattern in sorted order, without hidden ones; None for one file."""
    if is_url(name):
        return _found_by_url(name)
    if os.path.isdir(name):
        return list(_files(name))
    if _PATTERN.search(name) and not os.path.lexists(name):
        return sorted(path for path in glob.glob(name) if os.path.isfile(path)) or None
    return None


def _files(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (os.path.join(place, n) for n in sorted(names) if not n.startswith("."))


def _found_by_url(url: str) -> list[str] | None:
    fs, path = file_system(url)
    if _PATTERN.search(path):
        paths = fs.glob(path)
    elif fs.isdir(path):
        paths = fs.find(path)
    else:
        return None
    hidden = re.compile(r"/\.[^/]+")
    return [fs.unstrip_protocol(each) for each in sorted(paths) if not hidden.search(each[len(path) - 1 :])]


def open_file(name: str) -> BinaryIO:
    """Open a file or a URL.

    Raises:
        OSError: it is missing or may not be read.
        InputError: as :func:`file_system`.
    """
    if not is_url(name):
        return Path(name).open("rb")
    fs, path = file_system(name)
    return cast(BinaryIO, fs.open(path, "rb"))


def stamp(name: str) -> Stamp | None:
    """Return what tells this content of a file from a later one; None for a pipe, or what has no size."""
    if is_url(name):
        fs, path = file_system(name)
        info = fs.info(path)
        mark = next((str(info[key]) for key in _MARKS if info.get(key)), "")
        return Stamp(info["size"], mark) if isinstance(info.get("size"), int) else None
    try:
        found = os.stat(name)
    except OSError:
        return None
    return Stamp(found.st_size, str(found.st_mtime_ns)) if stat.S_ISREG(found.st_mode) else None
