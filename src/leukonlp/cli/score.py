"""``leukonlp score``: predictions against a gold standard."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leukonlp.cli.options import Commands, add_settings, command, settings_of

if TYPE_CHECKING:
    from leukonlp.workflow.scores import Score

_GOLD = 'gold standard: JSONL lines {"pmid", "text", "entities": [{"start", "end", "text", "type", "norm"}]}'


def add(commands: Commands) -> None:
    """Add the command and its three kinds to the parser."""
    parser = command(
        commands,
        "score",
        None,
        help="score mentions, linking or study tags against a gold standard",
        description="Compare annotated records with a gold standard. Scores come with 95% intervals.",
    )
    kinds = parser.add_subparsers(title="what to score", metavar="ner|linking|studies", required=True)
    for name, run_kind, help in (
        ("ner", run_ner, "where the mentions are: strict and partial spans"),
        ("linking", run_linking, "which concepts they are linked to"),
    ):
        kind = command(kinds, name, run_kind, help=help, description=f"Score {help}.")
        kind.add_argument("gold", metavar="GOLD.jsonl", type=Path, help=_GOLD)
        kind.add_argument(
            "--predicted",
            metavar="FILE.jsonl",
            type=Path,
            help="annotated JSONL; by default the gold texts are annotated now",
        )
        kind.add_argument(
            "--type",
            metavar="TYPE",
            action="append",
            default=[],
            choices=("disease", "gene", "therapy", "chemical"),
            help="only mentions of this type: disease, gene, therapy or chemical",
        )
        kind.add_argument(
            "--split", metavar="NAME", action="append", default=[], help="only gold documents of this split"
        )
        kind.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
        add_settings(kind)
    kind = command(
        kinds, "studies", run_studies, help="which tags the studies have", description="Score study tags."
    )
    kind.add_argument(
        "gold",
        metavar="GOLD.jsonl",
        type=Path,
        help='gold standard: JSONL lines {"pmid", "phase", "design", "modality": [...]}',
    )
    kind.add_argument("--predicted", metavar="FILE.jsonl", type=Path, required=True, help="annotated JSONL")
    kind.add_argument("--json", action="store_true", help="print one JSON object instead of tables")


def run_ner(args: argparse.Namespace) -> int:
    """Score mentions, print, and return the exit code."""
    from leukonlp.workflow.scores import score_mentions

    return _print(score_mentions(args.gold, **_options(args)), args.json)


def run_linking(args: argparse.Namespace) -> int:
    """Score linking, print, and return the exit code."""
    from leukonlp.workflow.scores import score_linking

    return _print(score_linking(args.gold, **_options(args)), args.json)


def run_studies(args: argparse.Namespace) -> int:
    """Score study tags, print, and return the exit code."""
    from leukonlp.workflow.scores import score_studies

    return _print(score_studies(args.gold, predicted=args.predicted), args.json)


def _options(args: argparse.Namespace) -> dict[str, Any]:
    return {
        "predicted": args.predicted,
        "types": args.type,
        "splits": args.split,
        "settings": settings_of(args),
    }


def _print(scores: dict[str, Score], as_json: bool) -> int:
    if as_json:
        print(json.dumps({name: score.to_dict() for name, score in scores.items()}, indent=1))
    else:
        print("\n\n".join(f"{name}\n{score.table()}" for name, score in scores.items()))
    return 0
