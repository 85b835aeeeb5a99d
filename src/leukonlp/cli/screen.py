"""``leukonlp screen``: PubMed's own files to the records that may concern a leukodystrophy."""

from __future__ import annotations

import argparse
from pathlib import Path

from leukonlp.cli.options import Commands, add_settings, command, settings_of
from leukonlp.cli.progress import Progress, list_failures
from leukonlp.cli.saying import say


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "screen",
        run,
        help="keep only records that may concern a leukodystrophy, from files of any size",
        description="Read PubMed XML, such as the baseline and update files, and keep what may concern\n"
        "a leukodystrophy: every record in which annotate would find one. Some more pass; annotate decides.\n"
        "Records stay as they are, in order. Deletions, and later versions of records that were kept, are\n"
        "kept too. What cannot be read is listed in OUT.errors.jsonl.",
    )
    parser.add_argument(
        "inputs",
        metavar="IN",
        nargs="+",
        help="PubMed XML (.xml, .xml.gz), or folders of it; - reads standard input",
    )
    parser.add_argument("--out", metavar="FILE.xml.gz", type=Path, required=True, help="file to write")
    add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Screen, print the counts, and return the exit code."""
    from leukonlp.workflow.screening import screen_files

    with Progress("screened") as progress:
        counts = screen_files(args.inputs, args.out, settings=settings_of(args), progress=progress)
    say(f"{args.out}: {counts.text()}")
    return list_failures(counts.failures, counts.errors)
