"""Writes docs/licences.md: the licence of everything that comes with `pip install leukonlp`.

Reads what the installed packages say of themselves. A package that says nothing usable stands in ``STATED``;
one whose licence is not in ``ALLOWED`` is an error.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

PAGE = Path(__file__).resolve().parents[1] / "docs" / "licences.md"
ALLOWED = frozenset(
    {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0", "PSF-2.0", "Biopython"}
)
"""They let anybody use, change and pass on; MPL-2.0 asks to share changes of its own files."""
STATED: dict[str, str] = {}
"""Licences that the metadata does not name, read in the package's own LICENSE file."""
_WORDS = (
    (r"apache", "Apache-2.0"),
    (r"\bmit\b|permission is hereby granted", "MIT"),
    (r"mozilla|mpl", "MPL-2.0"),
    (r"python software foundation|\bpsf", "PSF-2.0"),
    (r"biopython", "Biopython"),
    (r"2-clause|simplified bsd", "BSD-2-Clause"),
    (r"bsd|redistribution and use in source and binary forms", "BSD-3-Clause"),
    (r"\bisc\b", "ISC"),
)


def needed(root: str) -> dict[str, str]:
    """Return every package that ``root`` needs here, without extras, and one that asks for it."""
    found: dict[str, str] = {}
    waiting = [(root, "")]
    while waiting:
        name, by = waiting.pop(0)
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        found[key] = by
        for line in sorted(distribution(name).requires or ()):
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append((requirement.name, key))
    return found


def licence(name: str) -> str:
    """Return the SPDX name of a package's licence.

    Raises:
        ValueError: the package does not say, or its licence is not an allowed one.
    """
    about = distribution(name).metadata
    expression = about.get("License-Expression")
    if expression and set(re.split(r" (?:AND|OR) ", expression)) <= ALLOWED:
        return expression
    classifiers = [c for c in about.get_all("Classifier") or () if c.startswith("License ::")]
    if named := sorted({found for found in map(_name, classifiers) if found}):
        return " AND ".join(named)
    told = [expression, about.get("License"), *_files(name)]
    for words in filter(None, told):
        if found := _name(words):
            return found
    if name in STATED:
        return STATED[name]
    raise ValueError(
        f"{name} names no licence among {', '.join(sorted(ALLOWED))}: {str(told)[:300]}; read it, then STATED"
    )


def _name(words: str) -> str | None:
    return next((name for pattern, name in _WORDS if re.search(pattern, words[:2000], re.IGNORECASE)), None)


def _files(name: str) -> list[str]:
    files = distribution(name).files or ()
    named = [file for file in files if re.match(r"(?i)licen[cs]e|copying", file.name)]
    return [Path(str(file.locate())).read_text(encoding="utf-8", errors="replace") for file in named]


def lines() -> list[str]:
    """Return the rows of the table, one a package."""
    rows = {name: by for name, by in needed("leukonlp").items() if name != "leukonlp"}
    return [f"| {name} | {licence(name)} | {by} |" for name, by in sorted(rows.items())]


def page() -> str:
    """Return the whole page."""
    rows = lines()
    return "\n".join(
        [
            "# Licences of what leukonlp needs",
            "",
            f"`pip install leukonlp` brings {len(rows)} packages. All may be used, changed and passed on; "
            "none binds what you make",
            "with them. Written by `scripts/licences.py` from what the packages say; `tests/trust` compares.",
            "",
            "| package | licence | needed by |",
            "|---|---|---|",
            *rows,
            "",
            "The wheels of numpy and scipy also carry OpenBLAS (BSD-3-Clause) and GCC's runtime library "
            "(GPL-3.0 with the exception",
            "that lets any program use it).",
            "",
            "leukonlp itself is Apache-2.0. Its vocabulary has sources of its own: "
            "`src/leukonlp/lexicon/data/SOURCES.md`.",
            "",
        ]
    )


if __name__ == "__main__":
    try:
        PAGE.write_text(page(), encoding="utf-8")
    except (PackageNotFoundError, ValueError) as error:
        sys.exit(str(error))
