"""``leukonlp export``: an evidence index in other programs' formats."""

from __future__ import annotations

import argparse
from pathlib import Path

from leukonlp.cli.options import Commands, add_db, command

FORMATS = ("csv", "parquet", "jsonl", "ris", "bibtex", "bioc", "pubtator")


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "export",
        run,
        help="evidence index -> CSV, Parquet, JSONL, RIS, BibTeX, BioC or PubTator",
        description="Write all studies of an evidence index in another format. Parquet needs pyarrow\n"
        "(pip install 'leukonlp[parquet]').",
    )
    add_db(parser)
    parser.add_argument("--format", choices=FORMATS, required=True, help="the format")
    parser.add_argument("--out", metavar="PATH", type=Path, required=True, help="file to write")


def run(args: argparse.Namespace) -> int:
    """Write the file and return the exit code."""
    from leukonlp.workflow.outputs import export_index
    from leukonlp.workflow.summary import counted

    number = export_index(args.db, args.format, args.out)
    print(f"{args.out}: {counted(number, 'study', 'studies')}")
    return 0
