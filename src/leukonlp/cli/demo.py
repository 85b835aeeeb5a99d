"""``leukonlp demo``: the whole main job on the packaged sample corpus."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import sys
from pathlib import Path

from leukonlp.cli.options import Commands, add_settings, command, settings_of
from leukonlp.cli.progress import Progress, list_failures
from leukonlp.cli.saying import say


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "demo",
        run,
        help="the whole main job on the packaged sample corpus; no network",
        description="Annotate and index the packaged sample corpus and write the report, without a network.\n"
        "The records of the sample are written anew in our own words around the facts of real studies.",
    )
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        default=Path("leukonlp-demo"),
        help="folder for the results (default leukonlp-demo)",
    )
    add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Run the demo, print what came out and where it is, and return the exit code."""
    from leukonlp.workflow.demo import run_demo

    with Progress("annotated") as progress:
        result = run_demo(args.out, settings=settings_of(args), progress=progress)
    say(result.text(program=_program(sys.argv[0])))
    return list_failures(result.summary.failures, result.summary.errors)


def _program(called: str) -> str:
    """Return how to call this program in a shell: by name where it is found so, else as it was called."""
    if os.path.basename(called) == "__main__.py":
        return f"{shlex.quote(sys.executable)} -m leukonlp"
    found = shutil.which("leukonlp")
    if os.path.basename(called) != "leukonlp" or (found and os.path.samefile(found, called)):
        return "leukonlp"
    return shlex.quote(called)
