"""``leukonlp export``: an evidence index in other programs' formats."""

from __future__ import annotations

import argparse
from pathlib import Path

from leukonlp.cli.options import Commands, add_db, command
from leukonlp.cli.saying import say

FORMATS = (
    *("csv", "xlsx", "parquet", "jsonl", "ris", "bibtex", "bioc", "bioc-json", "pubtator"),
    *("ro-crate", "datasette"),
)


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "export",
        run,
        help="evidence index -> CSV, XLSX, Parquet, JSONL, RIS, BibTeX, BioC, PubTator, RO-Crate",
        description="Write all studies of an evidence index in another format. Parquet needs pyarrow\n"
        "(pip install 'leukonlp[parquet]'), XLSX needs XlsxWriter (pip install 'leukonlp[xlsx]').\n"
        "ro-crate writes a folder: the studies, and metadata that say what made them.\n"
        "datasette writes the metadata with which `datasette DB --metadata FILE` shows the index.",
    )
    add_db(parser)
    parser.add_argument("--format", choices=FORMATS, required=True, help="the format")
    parser.add_argument(
        "--out", metavar="PATH", type=Path, required=True, help="file to write; a folder for ro-crate"
    )


def run(args: argparse.Namespace) -> int:
    """Write the file and return the exit code."""
    from leukonlp.workflow.carrying import export
    from leukonlp.workflow.summary import counted

    number = export(args.db, args.format, args.out)
    say(f"{args.out}: {counted(number, 'study', 'studies')}")
    return 0
