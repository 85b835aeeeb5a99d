"""``leukonlp annotate``: records to annotated JSONL."""

from __future__ import annotations

import argparse
from pathlib import Path

from leukonlp.cli.options import Commands, add_inputs, add_settings, command, settings_of
from leukonlp.cli.progress import Progress, list_failures


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "annotate",
        run,
        help="records -> mentions and study tags, one JSON line each",
        description="Name the diseases, genes and therapies in each record, and tag the study it reports.\n"
        "The fields of a line: docs/data-model.md. Records that fail are listed in OUT.errors.jsonl.",
    )
    add_inputs(parser)
    parser.add_argument("--out", metavar="OUT.jsonl", type=Path, required=True, help="file to write")
    add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Annotate, print the counts, and return the exit code."""
    from leukonlp.workflow.annotation import annotate_files

    with Progress("annotated") as progress:
        counts = annotate_files(args.inputs, args.out, settings=settings_of(args), progress=progress)
    print(f"{args.out}: {counts.text()}")
    return list_failures(counts.failures, counts.errors)
