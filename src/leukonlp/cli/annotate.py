"""``leukonlp annotate``: records to annotated JSONL."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from leukonlp.cli.options import Commands, add_engine, add_inputs, add_settings, command, settings_of
from leukonlp.cli.progress import Progress, list_failures


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "annotate",
        run,
        help="records -> mentions and study tags, one JSON line each",
        description="Name the diseases, genes and therapies in each record, and tag the study it reports.\n"
        "The fields of a line: docs/data-model.md. Records that fail are listed in OUT.errors.jsonl.\n"
        "A stopped run goes on with the same command and ends with the same output; what it has done so far\n"
        "stands in hidden files beside OUT. Changed inputs, settings, models or versions start it anew.",
    )
    add_inputs(parser)
    parser.add_argument("--out", metavar="OUT.jsonl", type=Path, required=True, help="file to write")
    parser.add_argument(
        "--fresh", action="store_true", help="start anew also where an earlier run could be gone on with"
    )
    add_engine(parser)
    add_settings(parser)
    parser.set_defaults(resumes=True)


def run(args: argparse.Namespace) -> int:
    """Annotate, print the counts, and return the exit code."""
    from leukonlp.workflow.annotation import annotate_files

    with Progress("annotated") as progress:
        counts = annotate_files(
            args.inputs,
            args.out,
            settings=settings_of(args),
            progress=progress,
            fresh=args.fresh,
            tell=lambda words: print(f"leukonlp: {args.out}: {words}", file=sys.stderr),
        )
    print(f"{args.out}: {counts.text()}")
    return list_failures(counts.failures, counts.errors)
