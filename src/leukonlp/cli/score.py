"""``leukonlp score``: predictions against a gold standard."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leukonlp.cli.options import Commands, add_settings, command, settings_of
from leukonlp.cli.saying import say, warn

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
    _add_ner(kinds)
    _add_linking(kinds)
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


def _add_ner(kinds: Commands) -> None:
    help = "where the mentions are: strict and partial spans, and the commonest errors"
    kind = command(kinds, "ner", run_ner, help=help, description=f"Score {help}.")
    kind.add_argument("gold", metavar="GOLD.jsonl", type=Path, nargs="+", help=f"{_GOLD}; one table each")
    source = kind.add_mutually_exclusive_group()
    _add_predicted(source)
    source.add_argument(
        "--model",
        metavar="NAME_OR_FOLDER",
        help="score this spaCy pipeline alone, without the lexicon; by default the whole annotation",
    )
    _add_selection(kind)
    kind.add_argument(
        "--errors",
        metavar="N",
        type=int,
        default=5,
        help="commonest words to list for each kind of error (default 5); 0 lists none",
    )
    _add_output(kind)


def _add_linking(kinds: Commands) -> None:
    help = "which concepts they are linked to"
    kind = command(kinds, "linking", run_linking, help=help, description=f"Score {help}.")
    kind.add_argument("gold", metavar="GOLD.jsonl", type=Path, help=_GOLD)
    _add_predicted(kind)
    _add_selection(kind)
    _add_output(kind)


def _add_predicted(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--predicted",
        metavar="FILE.jsonl",
        type=Path,
        help="annotated JSONL; by default the gold texts are annotated now",
    )


def _add_selection(kind: argparse.ArgumentParser) -> None:
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


def _add_output(kind: argparse.ArgumentParser) -> None:
    kind.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    add_settings(kind)


def run_ner(args: argparse.Namespace) -> int:
    """Score mentions, print, and return the exit code."""
    from leukonlp.workflow.mention_scores import score_mentions

    scores = score_mentions(args.gold, model=args.model, commonest=args.errors, **_options(args))
    return _print(scores, args.json)


def run_linking(args: argparse.Namespace) -> int:
    """Score linking, print, and return the exit code."""
    from leukonlp.workflow.mention_scores import score_linking

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
        "on_slips": _tell_slips,
    }


def _tell_slips(corpus: str, slips: Sequence[str]) -> None:
    n = len(slips)
    what = "1 document" if n == 1 else f"{n:,} documents"
    why = "it contradicts itself or another" if n == 1 else "they contradict themselves or others; the first"
    warn(f"{what} of {corpus} left out: {why}: {slips[0]}")


def _print(scores: Mapping[str, Score], as_json: bool) -> int:
    if as_json:
        print(json.dumps({name: score.to_dict() for name, score in scores.items()}, indent=1))
    else:
        say("\n\n".join(f"{name}\n{score.table()}" for name, score in scores.items()))
    return 0
