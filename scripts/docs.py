"""Rewrites what the documentation shows: docs/cli.md, outputs pasted in pages, figures of errors.

``make docs`` writes; ``tests/test_docs.py`` compares. In the pages named here

- a ``console`` block holds commands (``$ leukonlp ...``) and what they print,
- a ``python`` block is run, and a ``text`` block right after it holds what it prints.

The blocks of one page run in order, in one empty folder, without a network. How often tags err,
which each report page tells, is taken from ``benchmarks/results/study_tags.json`` into a file of the package.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import re
import shlex
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

from leukonlp.cli import build_parser, main

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "docs/tutorial.md")
CLI_PAGE = "docs/cli.md"
SCORES = "src/leukonlp/report/data/scores.json"
MEASURED = ROOT / "benchmarks" / "results" / "study_tags.json"
WIDTH = "100"
_BLOCK = re.compile(r"^```(console|python|text)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ALIASES = {"make demo": "leukonlp demo --out leukonlp-demo"}


def cli_page() -> str:
    """Return docs/cli.md."""
    parser = build_parser()
    parts = [
        "# Command line\n",
        "Written by `make docs` from the parser itself; a test compares the two.\n",
        _help(parser),
    ]
    for name, command in _subcommands(parser):
        parts += [f"## {name}\n", _help(command)]
        for kind, nested in _subcommands(command):
            parts += [f"### {name} {kind}\n", _help(nested)]
    return "\n".join(parts)


def scores() -> str:
    """Return how often tags and facts were right, as measured, in the shape of ``leukonlp.report.scores``."""
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    gold, facts = measured["rules and tagger"]["gold"], measured["facts"]
    rows = {
        **{
            f"{field}_right": _share(gold[field], "accuracy", "n")
            for field in ("relevant", "phase", "design")
        },
        "modality_right": _share(gold["modality"]["micro"], "precision", "n_predicted"),
        "modality_found": _share(gold["modality"]["micro"], "recall", "n_gold"),
        **{key: _share(facts[key], "share", "n", "interval") for key in ("participants", "registry_recall")},
    }
    found = {"records": gold["phase"]["n"], "shares": rows}
    return json.dumps(found, indent=1) + "\n"


def _share(measured: dict[str, Any], name: str, n: str, interval: str = "") -> dict[str, float]:
    low, high = measured[interval or f"{name}_interval"]
    return {
        "n": measured[n],
        **{k: round(v, 4) for k, v in (("share", measured[name]), ("low", low), ("high", high))},
    }


def _subcommands(parser: argparse.ArgumentParser) -> list[tuple[str, argparse.ArgumentParser]]:
    holders = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return [item for holder in holders for item in holder.choices.items()]


def _help(parser: argparse.ArgumentParser) -> str:
    # argparse asks the environment how wide a terminal is; the page has one width.
    with mock.patch.dict(os.environ, COLUMNS=WIDTH):
        return f"```text\n{parser.format_help().rstrip()}\n```\n"


def refreshed(page: str) -> str:
    """Return the text of a page with every output as it is now."""
    output = ""
    names: dict[str, Any] = {"__name__": "__main__"}

    def replace(match: re.Match[str]) -> str:
        nonlocal output
        kind, body = match.groups()
        if kind == "console":
            return f"```console\n{_console(body)}```"
        if kind == "python":
            output = _printed(lambda: exec(compile(body, "<page>", "exec"), names))
            return match.group()
        return f"```text\n{output}```"

    return _BLOCK.sub(replace, page)


def _console(body: str) -> str:
    commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_printed(lambda: _run(command))}" for command in commands)  # noqa: B023


def _run(command: str) -> None:
    program, *arguments = shlex.split(_ALIASES.get(command, command))
    if program != "leukonlp":
        raise ValueError(f"a page runs {program!r}; only leukonlp and {', '.join(_ALIASES)} can be run")
    # Pages show the program by its plain name, however this script was called.
    with mock.patch("sys.argv", ["docs"]):
        code = main(arguments)
    if code:
        raise ValueError(f"{command!r} ended with {code}")


def _printed(action: Any) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        action()
    text = printed.getvalue()
    return text if not text or text.endswith("\n") else text + "\n"


def build() -> dict[str, str]:
    """Return every page as it should be, by path."""
    pages = {CLI_PAGE: cli_page(), SCORES: scores()}
    before = Path.cwd()
    for name in PAGES:
        source = (ROOT / name).read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                pages[name] = refreshed(source)
            finally:
                os.chdir(before)
    return pages


if __name__ == "__main__":
    for path, text in build().items():
        (ROOT / path).write_text(text, encoding="utf-8")
        print(path)
