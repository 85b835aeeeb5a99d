"""Output files that appear whole or not at all; owns what may be replaced and where failures are listed.

Every file that leukonlp writes for the user, except the evidence index, is opened by :func:`replacing`.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from leukonlp.errors import InputError
from leukonlp.plain import compact_json
from leukonlp.records import Failure
from leukonlp.sources.openers import is_failure

_SQLITE = b"SQLite format 3\0"
_LONGEST = 2**25
"""Bytes of a first line that are looked at."""


@contextlib.contextmanager
def replacing(path: Path, *, apart: Iterable[str | Path] = ()) -> Iterator[BinaryIO]:
    """Open a file that takes the place of ``path`` when the block ends without an error.

    Until then everything is in a hidden file of its own beside it, so a stopped run leaves no half file
    under ``path``, and two runs at once do not mix. A symbolic link stays one, a replaced file's
    permissions stay.

    Raises:
        InputError: as :func:`check_target`, or the file cannot be written.
    """
    target = check_target(path, apart=apart)
    hidden = target.with_name(f".{target.name[:60]}.{secrets.token_hex(4)}")
    try:
        with hidden.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            hidden.chmod(stat.S_IMODE(target.stat().st_mode))
        hidden.replace(target)
    except BrokenPipeError:
        raise  # of the progress shown meanwhile, not of this file
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"cannot write {path}: {reason}; free space or choose another folder") from error
    finally:
        with contextlib.suppress(OSError):
            hidden.unlink(missing_ok=True)


def check_target(path: Path, *, apart: Iterable[str | Path] = ()) -> Path:
    """Refuse an output path that cannot or must not be written, before any work is done.

    Args:
        path: where to write.
        apart: inputs and index of the run, which must not be replaced; ``-`` is standard input.

    Returns:
        The file that is meant, symbolic links followed.

    Raises:
        InputError: the folder does not exist or may not be written to; ``path`` is ``-``, a folder, a
            device or pipe, an evidence index, write-protected, or one of ``apart``.
    """
    refuse_dash(path)
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise InputError(f"cannot write {path}: the folder {target.parent} does not exist; make it first")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise InputError(
            f"cannot write {path}: no permission to write into {target.parent}; choose another folder"
        )
    if os.path.lexists(target):
        _check_replaceable(path, target, [str(other) for other in apart])
    return target


def refuse_dash(path: Path) -> None:
    """Refuse ``-`` as an output: results go to files.

    Raises:
        InputError: ``path`` is ``-``.
    """
    if str(path) == "-":
        raise InputError("cannot write to standard output (-); name a file or folder")


def _check_replaceable(path: Path, target: Path, apart: list[str]) -> None:
    if target.is_dir():
        raise InputError(f"cannot write {path}: it is a folder; name a file in it")
    if not target.is_file():
        raise InputError(
            f"cannot write {path}: it is no regular file (a device, pipe or broken link); name a file"
        )
    if not os.access(target, os.W_OK):
        raise InputError(f"cannot write {path}: it is write-protected; name another file")
    if any(other != "-" and os.path.exists(other) and os.path.samefile(target, other) for other in apart):
        raise InputError(f"cannot write {path}: this run reads it; name another file")
    with target.open("rb") as file:
        line = file.readline(_LONGEST)
    if line.startswith(_SQLITE):
        raise InputError(
            f"cannot write {path}: it is a SQLite database, such as an evidence index; name another file"
        )
    inside = any(os.path.isdir(other) and _within(target, other) for other in apart)
    if inside and line and not _ours(line):
        raise InputError(
            f"cannot write {path}: it lies in a folder of inputs and was not written by leukonlp; "
            "name another file"
        )


def _ours(line: bytes) -> bool:
    """Tell whether a file with this first line was written by an earlier run: studies, or failures."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return is_failure(line) or (isinstance(data, dict) and {"mentions", "study"} <= data.keys())


def _within(target: Path, folder: str) -> bool:
    return Path(os.path.realpath(folder)) in target.parents


def json_line(value: dict[str, Any]) -> bytes:
    """Return one line of JSONL, with its line feed; text stays readable, lone surrogates are escaped."""
    try:
        return compact_json(value).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def errors_path(output: Path) -> Path:
    """Return where failed records are listed: ``studies.jsonl`` -> ``studies.errors.jsonl``."""
    return output.with_name(f"{output.stem}.errors.jsonl")


def check_errors_list(output: Path, *, apart: Iterable[str | Path] = ()) -> None:
    """Refuse an output whose list of failures would take the place of a file that is none.

    Raises:
        InputError: as :func:`check_target`, or the file there holds more than failures.
    """
    path = errors_path(output)
    if os.path.lexists(path):
        target = check_target(path, apart=apart)
        with target.open("rb") as file:
            if not all(is_failure(line) for line in file):
                raise InputError(
                    f"{path} is needed for the list of records that fail, and holds something else; "
                    f"move it, or give {output} another name"
                )


def write_failures(failures: Iterable[Failure], output: Path) -> Path | None:
    """List failed records beside ``output``, one JSON line each, and return the path.

    Returns None, and removes the list of an earlier run, when nothing failed.

    Raises:
        InputError: as :func:`check_errors_list`.
    """
    check_errors_list(output)
    path = errors_path(output)
    lines = [json_line(failure.to_dict()) for failure in failures]
    if not lines:
        path.unlink(missing_ok=True)
        return None
    with replacing(path) as file:
        file.writelines(lines)
    return path
