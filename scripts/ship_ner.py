"""Puts a trained recogniser into models/leuko_ner: pipeline, scores of all seeds, model card, hashes.

    python scripts/ship_ner.py OUT [--seed 1]
    python scripts/ship_ner.py --scores ../shared/data/ner [--beside OUT]   # scored anew, weights as they are

OUT is what `leukonlp train ner --out OUT` wrote; with --beside its other seeds are scored, too. ``card`` is
also called by tests/test_models.py, which compares the card with the scores beside it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
from pathlib import Path
from typing import Any

from leukonlp.packaged import sums, write_sums
from leukonlp.workflow.training import test_scores

MODEL = Path(__file__).resolve().parents[1] / "models" / "leuko_ner"
TEMPLATE = Path(__file__).with_name("leuko_ner.md")
HEADER = (
    "| test split | type | n | P | R | F1 | 95% interval | seeds: mean (least-most) "
    "| scispaCy md | best published |"
)
ROWS = (
    ("ncbi-disease", "disease", "81.7", "88.6"),
    ("bc5cdr", "all", "83.9", "89.7"),
    ("bc5cdr", "disease", "", ""),
    ("bc5cdr", "chemical", "", ""),
    ("bc2gm", "gene", "78.3", "84.5"),
    ("nlm-gene", "gene", "", ""),
    ("gnormplus", "gene", "", ""),
    ("biored", "disease", "", "88.1"),
    ("biored", "gene", "", "92.4"),
    ("biored", "chemical", "", "91.0"),
    ("neurotrialner", "disease", "", ""),
    ("neurotrialner", "chemical", "", ""),
)
"""Corpus, type, and published strict F1 of scispaCy md and of the best ."""


def card(scores: dict[str, Any], shipped: str, size: int) -> str:
    """Return the model card.

    Args:
        scores: ``{"seed-1": {corpus: strict score}}``, as ``leukonlp train ner`` writes them.
        shipped: the seed that is shipped.
        size: bytes of the model's files.
    """
    lines = [HEADER, "|" + "---|" * HEADER.count(" |")]
    for corpus, type, peer, best in ROWS:
        rates = {seed: _rate(found[corpus], type) for seed, found in scores.items()}
        own = rates[shipped]
        figures = [_percent(own[name]) for name in ("precision", "recall", "f1")]
        low, high = map(_percent, own["f1_interval"])
        f1s = [rate["f1"] for rate in rates.values()]
        mean, least, most = map(_percent, (statistics.mean(f1s), min(f1s), max(f1s)))
        spread = f"{mean} ({least}-{most})"
        cells = [corpus, type, str(own["n_gold"]), *figures, f"{low}-{high}", spread, peer, best]
        lines.append(f"| {' | '.join(cells)} |")
    text = TEMPLATE.read_text(encoding="utf-8")
    return (
        text.replace("@SCORES@", "\n".join(lines))
        .replace("@SIZE@", f"{size / 1e6:.1f} MB")
        .replace("@SEEDS@", str(len(scores)))
        .replace("@SHIPPED@", shipped.removeprefix("seed-"))
    )


def _percent(rate: float) -> str:
    return f"{100 * rate:.1f}"


def _rate(score: dict[str, Any], type: str) -> dict[str, Any]:
    rate: dict[str, Any] = score["overall"] if type == "all" else score["by_type"][type]
    return rate


def size_of(folder: Path) -> int:
    """Return the bytes of the pipeline's own files, without card and scores."""
    return sum(
        (folder / name).stat().st_size for name in sums(folder) if name not in ("README.md", "scores.json")
    )


def main() -> None:
    """Copy, write the card and the hashes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument(
        "--scores", type=Path, metavar="DATA", help="score the shipped weights on these corpora"
    )
    parser.add_argument("--beside", type=Path, metavar="OUT", help="and the other seeds that stand there")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if (args.out is None) == (args.scores is None):
        parser.error("give a trained folder or --scores DATA")
    shipped = f"seed-{args.seed}"
    if args.scores:
        others = sorted(args.beside.glob("seed-*/")) if args.beside else []
        scores = {shipped: test_scores(MODEL, args.scores)}
        scores |= {path.name: test_scores(path, args.scores) for path in others if path.name != shipped}
    else:
        scores = {path.stem: json.loads(path.read_text()) for path in sorted(args.out.glob("seed-*.json"))}
        shutil.rmtree(MODEL)
        shutil.copytree(args.out / shipped, MODEL)
    (MODEL / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    (MODEL / "README.md").write_text(card(scores, shipped, size_of(MODEL)), encoding="utf-8")
    write_sums(MODEL)


if __name__ == "__main__":
    main()
