"""Prints words that may hold a file's name or a record's text; owns that none of them steers a terminal."""

from __future__ import annotations

import sys

from leukonlp.report.highlight import UNSEEN


def visible(text: str) -> str:
    """Return ``text`` with every control, direction mark and lone surrogate as its escape."""
    return UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def say(text: str) -> None:
    """Print on stdout."""
    print(visible(text))


def warn(text: str) -> None:
    """Print on stderr, as a message of the program."""
    print(visible(f"leukonlp: {text}"), file=sys.stderr)
