"""``leukonlp status``: what an evidence index holds."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Any

from leukonlp.cli.options import Commands, add_db, command


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "status",
        run,
        help="what an evidence index holds, and what made it",
        description="Count the studies of an evidence index by tag and disease, and name what made it.",
    )
    add_db(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")


def run(args: argparse.Namespace) -> int:
    """Print the counts and return the exit code."""
    from leukonlp.evidence import EvidenceIndex

    with EvidenceIndex(args.db, readonly=True) as index:
        found = index.status()
    print(json.dumps(found, ensure_ascii=False, indent=1) if args.json else "\n".join(lines(found)))
    return 0


def lines(value: Mapping[str, Any], *, indent: str = "") -> list[str]:
    """Return nested plain values as indented lines."""
    found: list[str] = []
    for key, item in value.items():
        if key == "years":
            found.append(f"{indent}years: {' to '.join(str(year) for year in item if year) or 'none'}")
        elif isinstance(item, Mapping) and item:
            found += [f"{indent}{key}:", *lines(item, indent=indent + "  ")]
        elif isinstance(item, list) and item:
            found += [f"{indent}{key}:", *(f"{indent}  {_row(row)}" for row in item)]
        else:
            found.append(f"{indent}{key}: {_shown(item)}")
    return found


def _row(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_shown(item)}" for key, item in value.items())
    return _shown(value)


def _shown(value: Any) -> str:
    if value is None or value in ({}, []):
        return "none"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
