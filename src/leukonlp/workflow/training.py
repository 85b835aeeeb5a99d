"""Training of a model and the scores of what came out; owns their order."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from leukonlp.config import Settings
from leukonlp.errors import SettingsError
from leukonlp.workflow.mention_scores import score_mentions

TESTS = ("ncbi-disease", "bc5cdr", "bc2gm", "nlm-gene", "biored", "gnormplus", "neurotrialner")
"""Corpora with a test split that is reported."""
NEEDED = ("torch", "floret")
"""Modules without which nothing is trained; a recipe with a transformer needs more."""


def train_ner(
    config: Path,
    data: Path,
    out: Path,
    work: Path,
    *,
    seeds: Sequence[int] = (),
    say: Callable[[str], None],
) -> dict[str, dict[str, Any]]:
    """Train a recogniser for each seed of a recipe, and score each on the corpora's test splits.

    Writes ``out/seed-N``, a spaCy pipeline each, and its scores, ``out/seed-N.json``. The same call with
    the same ``work`` goes on where the last was stopped.

    Args:
        config: a spaCy configuration with a ``[recipe]`` block.
        data: folder of the annotated corpora.
        out: folder for the pipelines.
        work: folder for vectors, teachers, labels and checkpoints.
        seeds: train only these of the recipe's seeds now; all when empty.
        say: called with a line on how it goes.

    Raises:
        SettingsError: the recipe cannot be read, or the extra ``train`` is not installed.
        InputError: a corpus is missing or no gold standard.
    """
    _check_installed()
    from leukonlp.training.package import write_pipeline
    from leukonlp.training.recipe import read_recipe
    from leukonlp.training.stages import Training

    recipe = read_recipe(config)
    if strange := [seed for seed in seeds if seed not in recipe.seeds]:
        raise SettingsError(
            f"{config} has no seed {strange[0]}; its seeds are {', '.join(map(str, recipe.seeds))}"
        )
    training = Training(recipe, data, work, say)
    for line in training.report():
        say(line)
    scores: dict[str, dict[str, Any]] = {}
    for seed, recogniser in training.students(seeds or recipe.seeds):
        folder = out / f"seed-{seed}"
        write_pipeline(recogniser, folder, recipe=config)
        scores[f"seed-{seed}"] = test_scores(folder, data)
        say(f"seed {seed}: {folder} is ready")
        text = json.dumps(scores[folder.name], indent=1) + "\n"
        (out / f"{folder.name}.json").write_text(text, encoding="utf-8")
    return scores


def _check_installed() -> None:
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise SettingsError(
            f"training needs {', '.join(missing)}, not installed here; run: pip install 'leukonlp[train]'"
        )


def test_scores(model: Path, data: Path) -> dict[str, Any]:
    """Return strict rates by corpus and type on the test splits, for one pipeline alone."""
    golds = [path for name in TESTS if (path := data / f"{name}.jsonl.gz").is_file()]
    scored = score_mentions(golds, model=str(model), splits=("test",), commonest=0, settings=Settings())
    return {name: score.strict.to_dict() for name, score in scored.items()}
