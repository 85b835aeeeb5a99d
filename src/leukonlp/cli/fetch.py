"""``leukonlp fetch``: records from PubMed to disk."""

from __future__ import annotations

import argparse
from pathlib import Path

from leukonlp.cli.options import Commands, add_settings, command, settings_of
from leukonlp.cli.progress import Progress
from leukonlp.cli.saying import say, warn


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "fetch",
        run,
        help="PubMed -> raw records on disk, resumable",
        description="Fetch the records of a PubMed query, a corpus definition or a list of PMIDs into a\n"
        "folder, which `leukonlp index` reads. The same command again fetches only what is missing.\n"
        "An NCBI API key, if you have one, comes from LEUKONLP_API_KEY or the settings file.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("query", metavar="QUERY", nargs="?", help="a PubMed query")
    what.add_argument(
        "--corpus",
        metavar="FILE.toml",
        help="a corpus definition (query, dates, filters), or the name of a packaged one: leukodystrophy",
    )
    what.add_argument("--pmids", metavar="FILE", type=Path, help="a file of PMIDs, one a line")
    parser.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="folder for the records; made when absent"
    )
    parser.add_argument("--email", metavar="YOU@EXAMPLE.ORG", help="your address, which NCBI asks for")
    add_settings(parser, jobs=False)
    parser.set_defaults(resumes=True)


def run(args: argparse.Namespace) -> int:
    """Fetch, print what came, and return the exit code: 1 when records are missing."""
    from leukonlp.workflow.fetching import fetch_records

    settings = settings_of(args, email=args.email)
    with Progress("fetched") as progress:
        summary = fetch_records(
            query=args.query,
            corpus=args.corpus,
            pmids=args.pmids,
            out=args.out,
            settings=settings,
            progress=lambda done, total: progress(done),
        )
    for message in (*summary.warnings, *summary.errors):
        warn(message)
    say(f"{args.out}: {summary.message}")
    return 0 if summary.complete else 1
