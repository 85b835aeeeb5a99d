"""``leukonlp status``: what an evidence index holds, from when, and what made it."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from leukonlp.cli.options import Commands, add_db, command
from leukonlp.cli.saying import say

_MOST = 10
"""Labels of one kind that are shown; ``--json`` has all."""
_MARGIN = 12
_WIDTH = 100
_KINDS = ("phase", "design", "modality", "disease", "gene", "therapy")


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "status",
        run,
        help="what an evidence index holds, from when, and which models made it",
        description="Count the studies of an evidence index by tag and concept; say from when they are,\n"
        "when the index was last updated, and which program, models, rules and lexicon made it.",
    )
    add_db(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")


def run(args: argparse.Namespace) -> int:
    """Print the counts and return the exit code."""
    from leukonlp.evidence import EvidenceIndex

    with EvidenceIndex(args.db, readonly=True) as index:
        found = index.status()
    if args.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        say(text(found))
    return 0


def text(found: Mapping[str, Any]) -> str:
    """Return the counts as people read them."""
    counts = (("on leukodystrophies", "relevant"), ("retracted", "retracted"), ("deleted", "deleted"))
    head = ", ".join([f"{found['studies']:,} studies", *(f"{found[key]:,} {name}" for name, key in counts)])
    return "\n".join([f"{found['path']}: {head}", *(_line(name, said) for name, said in _about(found))])


def _about(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    years = " to ".join(str(year) for year in found["years"] if year is not None) or "none"
    revised = f"; newest revision by PubMed {found['newest_revision']}" if found["newest_revision"] else ""
    yield "published", years + revised
    yield "updated", found["updated"] or "never; leukonlp update fetches what is new"
    yield "trials", f"{found['trials']:,} by registry number"
    yield "corrected", f"{found['corrected']:,} tags by people; leukonlp review lists the least certain"
    for made in found["made_by"]:
        versions = [
            f"{name.removeprefix('models.')} {said}" for name, said in made.items() if name != "studies"
        ]
        yield "made by", f"{', '.join(versions)} ({made['studies']:,} studies)"
    for kind in _KINDS:
        yield kind, _frequent(found[kind])
    yield "file", f"{found['bytes'] / 1e6:,.1f} MB, schema {found['schema']}"


def _frequent(counts: Mapping[str, int]) -> str:
    some = [f"{name} {number:,}" for name, number in list(counts.items())[:_MOST]]
    more = [f"{len(counts) - _MOST:,} more (--json)"] if len(counts) > _MOST else []
    return ", ".join([*some, *more]) or "none"


def _line(name: str, said: str) -> str:
    return textwrap.fill(
        said, _WIDTH, initial_indent=f"{name:<{_MARGIN}}", subsequent_indent=" " * _MARGIN,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
