"""Puts a trained study tagger into models/study_tagger: the tagger, what is known of it, its card, hashes.

    python scripts/ship_tagger.py OUT

OUT is what `leukonlp train studies --out OUT` wrote. ``card`` is also called by tests/test_models.py, which
compares the card with ``meta.json``.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from string import Template
from typing import Any

from leukonlp.packaged import write_sums
from leukonlp.studies.artifact import FILE, META, load

MODEL = Path(__file__).resolve().parents[1] / "models" / "study_tagger"
TEMPLATE = Path(__file__).with_name("study_tagger.md")
POINTS = ("sensitive", "balanced", "precise")


def card(meta: dict[str, Any], features: int, size: int) -> str:
    """Return the model card.

    Args:
        meta: what ``meta.json`` holds.
        features: how many features the tagger knows.
        size: bytes of its files.
    """
    lines = [
        "| field | label | n | "
        + " | ".join(f"{name}: p | sensitivity | precision" for name in POINTS)
        + " |",
        "|" + "---|" * (3 + 3 * len(POINTS)),
    ]
    for field, labels in meta["thresholds"].items():
        lines += [_row(field, label, points) for label, points in labels.items() if points]
    likeliest = ", ".join(
        f"{field} {score['right']:,} of {score['n']:,} ({score['right'] / score['n']:.1%})"
        for field, score in sorted(meta["scores"].items())
    )
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        sklearn=meta["scikit-learn"],
        features=f"{features:,}",
        n=f"{meta['n_studies']:,}",
        size=f"{size / 1e6:.1f}",
        table="\n".join(lines),
        likeliest=likeliest,
    )


def _row(field: str, label: str, points: dict[str, Any]) -> str:
    n = next(iter(points.values()))["n"]
    cells = [field, label, str(n)]
    for name in POINTS:
        point = points.get(name)
        cells += [
            f"{point['threshold']:.2f}", f"{point['sensitivity']:.2f}", f"{point['precision']:.2f}"
        ] if point else ["-"] * 3  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Copy, describe and sign."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    tagger, meta = load(out)
    MODEL.mkdir(exist_ok=True)
    for name in (FILE, META):
        shutil.copyfile(out / name, MODEL / name)
    size = sum((MODEL / name).stat().st_size for name in (FILE, META))
    (MODEL / "README.md").write_text(card(meta, len(tagger.vocabulary_), size), encoding="utf-8")
    write_sums(MODEL)
    print(f"{MODEL.name}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
