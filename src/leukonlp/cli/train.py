"""``leukonlp train``: models from annotated corpora."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from leukonlp.cli.options import Commands, add_settings, command, settings_of


def add(commands: Commands) -> None:
    """Add the command and its kinds to the parser."""
    parser = command(
        commands,
        "train",
        None,
        help="train the models that leukonlp ships",
        description="Train a model from annotated corpora. Needs the extra leukonlp[train].",
    )
    kinds = parser.add_subparsers(title="what to train", metavar="ner|studies", required=True)
    kind = command(
        kinds,
        "ner",
        run_ner,
        help="leuko_ner, which finds diseases, genes and chemicals",
        description="Train a recogniser for each seed of the recipe and score it on the corpora's test\n"
        "splits. The same command again goes on where it was stopped.",
    )
    kind.add_argument(
        "--config", metavar="FILE.cfg", type=Path, required=True, help="a spaCy configuration with a [recipe]"
    )
    kind.add_argument(
        "--data", metavar="DIR", type=Path, required=True, help="folder of the annotated corpora (JSONL)"
    )
    kind.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        default=Path("trained"),
        help="folder for the pipelines (default trained)",
    )
    kind.add_argument(
        "--work",
        metavar="DIR",
        type=Path,
        help="folder for vectors, teachers and checkpoints (default OUT/work)",
    )
    kind.add_argument(
        "--seed",
        metavar="N",
        type=int,
        action="append",
        default=[],
        help="only this of the recipe's seeds (may be repeated)",
    )
    kind.set_defaults(resumes=True)
    _add_studies(kinds)


def _add_studies(kinds: Commands) -> None:
    kind = command(
        kinds,
        "studies",
        run_studies,
        help="study_tagger, which tags phase, design and modality",
        description="Train the study tagger on labelled records; cross-validation sets its operating points.",
    )
    kind.add_argument(
        "--labels",
        metavar="FILE.jsonl",
        type=Path,
        nargs="+",
        required=True,
        help='JSONL lines {"pmid", "phase", "design", "modality": [...], "relevant"}',
    )
    kind.add_argument(
        "--data", metavar="IN", type=Path, nargs="+", required=True, help="files that hold these records"
    )
    kind.add_argument("--out", metavar="DIR", type=Path, required=True, help="folder for the tagger")
    add_settings(kind)


def run_studies(args: argparse.Namespace) -> int:
    """Train, print how often the likeliest label is right, and return the exit code."""
    from leukonlp.workflow.study_training import train_tagger

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    scores = train_tagger(args.labels, args.data, args.out, settings=settings_of(args), say=say)
    for field, score in scores.items():
        print(f"{field}\t{score['right']}\t{score['n']}\t{score['right'] / score['n']:.4f}")
    return 0


def run_ner(args: argparse.Namespace) -> int:
    """Train, print the scores, and return the exit code."""
    from leukonlp.workflow.training import train_ner

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    work = args.work or args.out / "work"
    scores = train_ner(args.config, args.data, args.out, work, seeds=args.seed, say=say)
    for pipeline, corpora in scores.items():
        for corpus, score in corpora.items():
            for type, rate in {**score["by_type"], "all": score["overall"]}.items():
                print(f"{pipeline}\t{corpus}\t{type}\t{rate['f1']:.4f}")
    return 0
