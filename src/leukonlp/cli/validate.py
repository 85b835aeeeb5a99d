"""``leukonlp validate``: check an evidence index against itself."""

from __future__ import annotations

import argparse

from leukonlp.cli.options import Commands, add_db, command
from leukonlp.cli.saying import say, warn


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "validate",
        run,
        help="check an evidence index: every quote against its record, every id against the lexicon",
        description="Check the file and its full-text index, that every mention and quote stands word for\n"
        "word in its record, that every id is in the lexicon, and that corrected tags are as they were\n"
        "corrected. Exit code 1 when there are problems; each is printed.",
    )
    add_db(parser)


def run(args: argparse.Namespace) -> int:
    """Print the problems and return the exit code: 0 without any, else 1."""
    from leukonlp.evidence import EvidenceIndex
    from leukonlp.workflow.summary import counted

    with EvidenceIndex(args.db, readonly=True) as index:
        problems, studies = index.validate(), len(index)
    for problem in problems:
        say(problem)
    if problems:
        warn(f"{counted(len(problems), 'problem')} in {args.db}")
        return 1
    say(f"{args.db}: {counted(studies, 'study', 'studies')}, no problems")
    return 0
