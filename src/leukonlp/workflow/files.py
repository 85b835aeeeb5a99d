"""Output files that appear whole or not at all; owns where failed records are listed."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from leukonlp.errors import InputError
from leukonlp.records import Failure


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """Open a text file that takes the place of ``path`` when the block ends without an error.

    Until then everything is in ``<path>.part``, so a killed run leaves no half file under ``path``
    and the next run starts over on the same part.

    Raises:
        InputError: the folder does not exist, or ``path`` is a folder.
    """
    check_target(path)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def check_target(path: Path) -> None:
    """Refuse an output path that cannot be written, before any work is done.

    Raises:
        InputError: the folder does not exist, or ``path`` is a folder.
    """
    if not path.parent.is_dir():
        raise InputError(f"cannot write {path}: the folder {path.parent} does not exist; make it first")
    if path.is_dir():
        raise InputError(f"cannot write {path}: it is a folder; name a file in it")


def json_line(value: dict[str, Any]) -> str:
    """Return one line of JSONL, with its line feed; text stays readable, lone surrogates are escaped."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return line + "\n"


def errors_path(output: Path) -> Path:
    """Return where failed records are listed: ``studies.jsonl`` -> ``studies.errors.jsonl``."""
    return output.with_name(f"{output.stem}.errors.jsonl")


def write_failures(failures: Iterable[Failure], output: Path) -> Path | None:
    """List failed records beside ``output``, one JSON line each, and return the path.

    Returns None, and removes the list of an earlier run, when nothing failed.
    """
    path = errors_path(output)
    lines = [json_line(failure.to_dict()) for failure in failures]
    if not lines:
        path.unlink(missing_ok=True)
        return None
    with replacing(path) as handle:
        handle.writelines(lines)
    return path
