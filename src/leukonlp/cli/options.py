"""Options that several commands share; owns their names, their help and their conversion."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from leukonlp.config import Settings

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

INPUTS = (
    "PubMed XML (.xml, .xml.gz), MEDLINE/nbib text, JSONL, or folders, patterns or URLs of them, recognised "
    "by content; - reads JSONL from standard input"
)


def command(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], int] | None,
    *,
    help: str,
    description: str,
) -> argparse.ArgumentParser:
    """Add a command and return its own parser; ``run`` is None for one that only holds others."""
    parser = commands.add_parser(
        name,
        help=help,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """Add the input paths."""
    parser.add_argument("inputs", metavar="IN", nargs="+", help=INPUTS)


def add_db(parser: argparse.ArgumentParser, *, help: str = "the evidence index") -> None:
    """Add ``--db``."""
    parser.add_argument("--db", metavar="FILE", type=Path, required=True, help=help)


def add_settings(parser: argparse.ArgumentParser, *, jobs: bool = True) -> None:
    """Add ``--config`` and, for commands that annotate, ``--jobs``."""
    if jobs:
        parser.add_argument(
            "--jobs", metavar="N", type=int, help="worker processes (default 1); the output is the same"
        )
        parser.add_argument(
            "--no-ner",
            dest="ner",
            action="store_const",
            const=(),
            help="mentions by lexicon and rules alone, without a trained model: about three times as fast",
        )
        parser.add_argument(
            "--no-tagger",
            dest="tagger",
            action="store_const",
            const=(),
            help="phase, design and modality by rules alone, without the trained tagger",
        )
    parser.add_argument(
        "--config",
        metavar="FILE",
        type=Path,
        help="a TOML file of settings, such as leukonlp.toml; none is searched for",
    )


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Add ``--backend`` and ``--scheduler``, for commands that may work on a cluster."""
    parser.add_argument(
        "--backend",
        metavar="NAME",
        help="where the workers are: loky (default), processes of this machine; dask, a cluster "
        "(pip install 'leukonlp[dask]')",
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="the scheduler of dask, such as tcp://host:8786"
    )


def settings_of(args: argparse.Namespace, **overrides: Any) -> Settings:
    """Read the settings of this run.

    Raises:
        SettingsError: an unreadable file, an unknown name, or a value outside what is allowed.
    """
    from leukonlp.config import load_settings

    own = {name: getattr(args, name, None) for name in ("jobs", "ner", "tagger", "backend", "scheduler")}
    return load_settings(args.config, **own, **overrides)
