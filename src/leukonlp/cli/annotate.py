"""``leukonlp annotate``: records to annotated JSONL."""

from __future__ import annotations

import argparse
from pathlib import Path

from leukonlp.cli.options import Commands, add_engine, add_inputs, add_settings, command, settings_of
from leukonlp.cli.progress import Progress, list_failures
from leukonlp.cli.saying import say, warn


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
    parser.add_argument(
        "--out",
        metavar="OUT.jsonl",
        required=True,
        help="file to write; a name that ends in / is a folder, or the URL of one such as s3://bucket/x/, "
        "for shards of 10,000 records",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="start anew also where an earlier run could be gone on with"
    )
    add_engine(parser)
    add_settings(parser)
    parser.set_defaults(resumes=True)


def run(args: argparse.Namespace) -> int:
    """Annotate, print the counts, and return the exit code."""
    from leukonlp.workflow.annotation import annotate_files
    from leukonlp.workflow.shards import annotate_to_shards, is_folder

    def tell(words: str) -> None:
        warn(f"{args.out}: {words}")

    with Progress("annotated") as progress:
        options = {"settings": settings_of(args), "progress": progress, "fresh": args.fresh, "tell": tell}
        if is_folder(args.out):
            counts = annotate_to_shards(args.inputs, args.out, **options)
        else:
            counts = annotate_files(args.inputs, Path(args.out), **options)
    say(f"{args.out}: {counts.text()}")
    return list_failures(counts.failures, counts.errors)
