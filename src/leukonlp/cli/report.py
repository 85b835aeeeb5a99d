"""``leukonlp report``: an evidence index as one page for people, or as a figure."""

from __future__ import annotations

import argparse
from pathlib import Path

from leukonlp.cli.options import Commands, add_db, command
from leukonlp.cli.saying import say

FIGURES = ("map", "timeline", "funnel")


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "report",
        run,
        help="evidence index -> one self-contained HTML page, or a figure",
        description="Write one HTML page of what an evidence index holds; it needs no network to be read.\n"
        "With --figure, write one figure at print quality instead (needs leukonlp[figures]).",
    )
    add_db(parser)
    parser.add_argument(
        "--figure",
        choices=FIGURES,
        help="write this figure instead of the page: the map of diseases by treatments, the timeline, or the "
        "funnel from records to studies",
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        required=True,
        help="file to write; for a figure, its ending says the format: .svg, .png, .pdf, and for the funnel "
        "also .csv, which the R package PRISMA2020 reads",
    )


def run(args: argparse.Namespace) -> int:
    """Write the page or the figure and return the exit code."""
    from leukonlp.workflow.summary import counted

    if args.figure:
        from leukonlp.workflow.figures import write_figure

        number = write_figure(args.db, args.figure, args.out)
    else:
        from leukonlp.workflow.outputs import write_report

        number = write_report(args.db, args.out)
    say(f"{args.out}: {counted(number, 'study', 'studies')}")
    return 0
