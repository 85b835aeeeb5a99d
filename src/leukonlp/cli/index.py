"""``leukonlp index``: records to an evidence index."""

from __future__ import annotations

import argparse

from leukonlp.cli.options import Commands, add_db, add_engine, add_inputs, add_settings, command, settings_of
from leukonlp.cli.progress import Progress, list_failures
from leukonlp.cli.saying import say


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "index",
        run,
        help="records, or annotated JSONL -> evidence index",
        description="Annotate records and keep them in an evidence index, one SQLite file.\n"
        "Records that are in the index already, unchanged, are skipped, so a stopped run goes on\n"
        "where it was. Records that fail are listed beside the index, in *.errors.jsonl.",
    )
    add_inputs(parser)
    add_db(parser, help="the evidence index; made when absent")
    add_engine(parser)
    add_settings(parser)
    parser.set_defaults(resumes=True)


def run(args: argparse.Namespace) -> int:
    """Index, print the counts, and return the exit code."""
    from leukonlp.workflow.indexing import build_index

    with Progress("read") as progress:
        counts = build_index(args.inputs, args.db, settings=settings_of(args), progress=progress)
    say(f"{args.db}: {counts.text()}")
    return list_failures(counts.failures, counts.errors)
