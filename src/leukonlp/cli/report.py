"""``leukonlp report``: an evidence index as one page for people."""

from __future__ import annotations

import argparse
from pathlib import Path

from leukonlp.cli.options import Commands, add_db, command


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "report",
        run,
        help="evidence index -> one self-contained HTML page",
        description="Write one HTML page of what an evidence index holds; it needs no network to be read.",
    )
    add_db(parser)
    parser.add_argument("--out", metavar="report.html", type=Path, required=True, help="file to write")


def run(args: argparse.Namespace) -> int:
    """Write the page and return the exit code."""
    from leukonlp.workflow.outputs import write_report
    from leukonlp.workflow.summary import counted

    number = write_report(args.db, args.out)
    print(f"{args.out}: {counted(number, 'study', 'studies')}")
    return 0
