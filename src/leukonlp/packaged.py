"""Where the files that travel with the package lie: ``corpora/`` and ``models/``.

In an installed wheel they stand inside the package, in a checkout at its root. Owns that one
difference; what is in the files is read elsewhere.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path, PurePosixPath

from leukonlp.errors import InputError, ModelError

FOLDERS = ("corpora", "models")
SUMS = "SHA256SUMS"
"""The list of a model's files and their hashes, in the format of ``sha256sum``."""


def packaged(name: str) -> Path:
    """Return the path of a packaged file or folder, such as ``corpora/leukodystrophy.toml``.

    Raises:
        InputError: the name leads outside ``corpora/`` and ``models/``, or nothing stands there.
    """
    parts = PurePosixPath(name).parts
    if not parts or parts[0] not in FOLDERS or ".." in parts:
        raise InputError(f"{name!r} is no packaged file; packaged files begin with corpora/ or models/")
    for root in _roots():
        path = root.joinpath(*parts)
        if os.path.exists(path):  # False also for a name that no file system takes
            return path
    raise InputError(f"{name!r} is not packaged; {parts[0]}/ holds {_listing(parts[0])}")


def model(name: str) -> Path:
    """Return the folder of a packaged model, once every file in it has the hash that was recorded.

    Raises:
        InputError: no model has this name.
        ModelError: a file is missing, damaged, changed, or not on the list.
    """
    folder = packaged(f"models/{name}")
    try:
        lines = (folder / SUMS).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(
            f"the model {name} has no readable {SUMS} ({error}); install leukonlp anew"
        ) from error
    recorded = {file: digest for digest, _, file in (line.partition("  ") for line in lines)}
    found = sums(folder)
    wrong = sorted(file for file in recorded.keys() | found.keys() if recorded.get(file) != found.get(file))
    if wrong:
        raise ModelError(
            f"the model {name} is not as it was released: {', '.join(wrong)} changed, came or went; "
            "install leukonlp anew"
        )
    return folder


def sums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file under ``folder`` but the list itself, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != SUMS
    }


def write_sums(folder: Path) -> None:
    """Record the hashes of a model's files."""
    lines = (f"{digest}  {file}\n" for file, digest in sums(folder).items())
    (folder / SUMS).write_text("".join(lines), encoding="ascii")


def _roots() -> tuple[Path, ...]:
    # src/leukonlp/packaged.py: the package itself (wheel), then the checkout two folders above it.
    package = Path(__file__).resolve().parent
    checkout = package.parents[1]
    return (package, checkout) if (checkout / "pyproject.toml").is_file() else (package,)


def _listing(folder: str) -> str:
    names = {path.name for root in _roots() for path in (root / folder).glob("*") if path.name[0] not in "._"}
    return ", ".join(sorted(names)) or "nothing"
