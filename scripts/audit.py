"""Names locked packages for which a known advisory exists; needs no network.

    python scripts/audit.py --advisories all.zip

``all.zip`` is the export of the OSV database for PyPI, or a folder of such JSON files: fetch it on a day of
your choice and tell its age with the answer. Every version in locks/ is compared with the versions and ranges
of each advisory. Not covered: what nobody has reported, what is compiled into wheels (OpenBLAS, libxml2),
packages under another ecosystem's name, and torch, which is in no lock. Exit code 1 when something is named.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]
_PIN = re.compile(r"^([\w.-]+)==([\w.!+]+)", re.MULTILINE)


class Finding(NamedTuple):
    """An advisory that a locked version falls under."""

    package: str
    version: str
    advisory: str
    summary: str


def locked(folder: Path = ROOT / "locks") -> dict[str, set[str]]:
    """Return every version in the locks, by package."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(folder.glob("*.txt")):
        for name, version in _PIN.findall(path.read_text(encoding="utf-8")):
            found[canonicalize_name(name)].add(version)
    return found


def advisories(place: Path) -> Iterator[dict[str, Any]]:
    """Yield every advisory of an OSV export.

    Raises:
        ValueError: it holds none.
    """
    number = 0
    if place.is_dir():
        texts: Iterator[bytes] = (path.read_bytes() for path in sorted(place.glob("*.json")))
    else:
        archive = zipfile.ZipFile(place)
        texts = (archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".json"))
    for number, text in enumerate(texts, start=1):  # noqa: B007
        yield json.loads(text)
    if not number:
        raise ValueError(f"{place} holds no advisories; give the OSV export for PyPI")


def findings(pins: dict[str, set[str]], place: Path) -> list[Finding]:
    """Compare locked versions with all advisories that are not withdrawn."""
    found = set()
    for advisory in advisories(place):
        for affected in advisory.get("affected", ()) if not advisory.get("withdrawn") else ():
            package = affected.get("package", {})
            name = canonicalize_name(package.get("name", ""))
            for version in pins.get(name, ()) if package.get("ecosystem") == "PyPI" else ():
                if _falls_under(version, affected):
                    found.add(Finding(name, version, advisory["id"], advisory.get("summary", "")))
    return sorted(found)


def _falls_under(version: str, affected: dict[str, Any]) -> bool:
    if version in affected.get("versions", ()):
        return True
    ranges = [r for r in affected.get("ranges", ()) if r.get("type") == "ECOSYSTEM"]
    return any(_in_range(Version(version), r.get("events", ())) for r in ranges)


def _in_range(version: Version, events: list[dict[str, str]]) -> bool:
    """Walk the events in order of version, as OSV's schema says: each opens or closes what is affected."""
    inside = False
    for event in sorted(events, key=_when):
        ((kind, at),) = list(event.items())[:1]
        try:
            place = Version("0") if at == "0" else Version(at)
        except InvalidVersion:
            return True  # what cannot be compared is told, not passed over
        if kind == "introduced" and (at == "0" or version >= place):
            inside = True
        elif (kind == "fixed" and version >= place) or (kind == "last_affected" and version > place):
            inside = False
    return inside


def _when(event: dict[str, str]) -> tuple[Version, bool]:
    at = next(iter(event.values()))
    try:
        return (Version("0.dev0") if at == "0" else Version(at)), "introduced" in event
    except InvalidVersion:
        return Version("0.dev0"), False


def main() -> int:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--advisories", type=Path, required=True, help="OSV's export for PyPI, or a folder")
    place = parser.parse_args().advisories
    pins = locked()
    try:
        found = findings(pins, place)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        print(f"audit: cannot read {place}: {error}", file=sys.stderr)
        return 2
    for finding in found:
        print(f"{finding.package} {finding.version}: {finding.advisory} {finding.summary}")
    print(f"{len(pins)} packages, {len(found)} findings; see the head of this script for what is not covered")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
