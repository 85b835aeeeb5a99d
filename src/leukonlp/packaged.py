"""Where the files that travel with the package lie: ``corpora/`` and ``models/``.

In an installed wheel they stand inside the package, in a checkout at its root. Owns that one
difference; what is in the files is read elsewhere.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from leukonlp.errors import InputError

FOLDERS = ("corpora", "models")


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
        if path.exists():
            return path
    raise InputError(f"{name!r} is not packaged; {parts[0]}/ holds {_listing(parts[0])}")


def _roots() -> tuple[Path, ...]:
    # src/leukonlp/packaged.py: the package itself (wheel), then the checkout two folders above it.
    package = Path(__file__).resolve().parent
    checkout = package.parents[1]
    return (package, checkout) if (checkout / "pyproject.toml").is_file() else (package,)


def _listing(folder: str) -> str:
    names = {path.name for root in _roots() for path in (root / folder).glob("*") if path.name[0] not in "._"}
    return ", ".join(sorted(names)) or "nothing"
