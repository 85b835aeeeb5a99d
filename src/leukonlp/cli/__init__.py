"""The command line: parse, call the workflow, print. The only place that prints, and no logic beyond that.

One file per command, each with ``add(commands)`` and ``run(args)``. Heavy modules are imported when a
command runs, so that ``leukonlp --help`` answers at once.

Exit codes: 0 done; 1 finished, but some records failed (each is listed); 2 wrong usage, unreadable
input, or a run that could not finish; 130, 141 and 143 when stopped by Ctrl-C, a closed pipe or SIGTERM.
"""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
from collections.abc import Sequence

from leukonlp import __version__
from leukonlp.cli import (
    annotate,
    demo,
    export,
    fetch,
    index,
    report,
    review,
    score,
    screen,
    search,
    status,
    train,
    update,
    validate,
)
from leukonlp.cli.saying import warn
from leukonlp.errors import LeukonlpError
from leukonlp.workflow.garbage import leave_the_rest

COMMANDS = (
    demo,
    fetch,
    screen,
    annotate,
    index,
    update,
    search,
    review,
    report,
    export,
    train,
    score,
    status,
    validate,
)
"""Every command, in the order of the main job; ``leukonlp --help`` and docs/cli.md follow it."""

DESCRIPTION = """\
Turn PubMed records into a searchable index of leukodystrophy treatment studies, in which every
label and figure carries the words of the record that say so."""

EPILOG = """\
Exit codes: 0 done; 1 finished, but some records failed (each is listed, with why, in
OUT.errors.jsonl); 2 wrong usage, unreadable input, or a run that could not finish;
130 stopped by Ctrl-C, 141 by a closed pipe, 143 by SIGTERM.
Research tool: what it finds is a reading aid and no medical advice."""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="leukonlp",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"leukonlp {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; errors become one line on stderr."""
    _print_anything()
    if argv is None:  # a process of our own
        signal.signal(signal.SIGTERM, _end)
        leave_the_rest()
    args = build_parser().parse_args(argv)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except LeukonlpError as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        goes_on = getattr(args, "resumes", False)
        _complain(f"stopped; run the same command again to {'go on' if goes_on else 'start over'}")
        return 130
    except BrokenPipeError:
        # Python would complain once more when it flushes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        return _complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        return _complain(
            f"unexpected {type(error).__name__}: {error}. This is a fault in leukonlp: please report it "
            f"with what `{_rerun(sys.argv[1:] if argv is None else argv)}` prints"
        )


def _end(number: int, _: object) -> None:
    """End as Ctrl-C does, so that half-written files go and workers stop."""
    sys.exit(128 + number)


def _print_anything() -> None:
    """Print a character that the terminal's encoding lacks as its escape, not as an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _complain(message: str) -> int:
    warn(message)
    return 2


def _rerun(argv: Sequence[str]) -> str:
    import shlex

    return f"python -X dev -m leukonlp {shlex.join(argv)}"
