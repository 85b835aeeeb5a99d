"""``leukonlp review``: the least certain tags go out as CSV, a person's corrections come back."""

from __future__ import annotations

import argparse
from pathlib import Path

from leukonlp.cli.options import Commands, add_db, command
from leukonlp.cli.saying import say
from leukonlp.errors import SettingsError

MOST = 100


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "review",
        run,
        help="write the least certain tags for a person to check, and take the corrections back",
        description="Write the least certain tags as CSV: label, probability, basis, quote and the\n"
        "labels allowed. Write the right label (or the same one, or none) into the column correct,\n"
        "and give the file back with --apply and --by. Corrected tags win over rules and models from\n"
        "then on, also when the record is indexed again; who corrected what, and when, is kept.",
    )
    add_db(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--out", metavar="review.csv", type=Path, help="file to write the tags to (default standard output)"
    )
    what.add_argument("--apply", metavar="review.csv", type=Path, help="corrected file to read")
    parser.add_argument("--by", metavar="NAME", help="who corrected; needed with --apply")
    parser.add_argument("--limit", metavar="N", type=int, help=f"write so many tags at most (default {MOST})")


def run(args: argparse.Namespace) -> int:
    """Write or apply, say how many, and return the exit code."""
    from leukonlp.workflow.reviewing import apply_review, review_table, write_review
    from leukonlp.workflow.summary import counted

    if args.apply is not None:
        if not (args.by or "").strip():
            raise SettingsError("--apply needs --by NAME: who corrected is kept with each tag")
        if args.limit is not None:
            raise SettingsError("--limit is for writing; with --apply, every row that was filled in counts")
        done = apply_review(args.db, args.apply, by=args.by.strip())
        say(
            f"{args.db}: {counted(done.tags, 'tag')} given by {args.by.strip()}, "
            f"{counted(done.studies, 'study', 'studies')} changed"
            + ("" if done.tags else "; no row has a label in the column correct")
        )
        return 0
    if args.by is not None:
        raise SettingsError("--by goes with --apply")
    limit = MOST if args.limit is None else args.limit
    if limit < 1:
        raise SettingsError(f"--limit is {limit}; give 1 or more")
    if args.out is None:
        table, _ = review_table(args.db, limit=limit)
        print(table.decode("utf-8-sig"), end="")
        return 0
    number = write_review(args.db, args.out, limit=limit)
    say(f"{args.out}: {counted(number, 'tag')} to check; fill in the column correct")
    return 0
