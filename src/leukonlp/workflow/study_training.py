"""Training of the study tagger and its scores by cross-validation; owns their order."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from leukonlp.config import Settings
from leukonlp.errors import InputError
from leukonlp.records import Abstract, Study
from leukonlp.workflow.scores import read_labels
from leukonlp.workflow.workers import annotate_records

FOLDS = 4
LEAST = 4
"""Records that must have another label than most have, for a field to be learned."""
SEED = 20261122
SHOWN = 10
"""Missing records that are named."""


def train_tagger(
    labels: Sequence[Path],
    records: Sequence[Path],
    out: Path,
    *,
    settings: Settings,
    say: Callable[[str], None],
) -> dict[str, Any]:
    """Train a tagger on labelled records, and write it with its operating points.

    Operating points and scores come from cross-validation: each study is judged by a tagger that was not
    trained on it.

    Args:
        labels: JSONL, one ``{"pmid": ..., "phase": ..., "design": ..., "modality": [...]}`` a line.
        records: files that hold the records of these PMIDs.
        out: folder for the tagger.
        settings: how the records are annotated; its tagger is left out.
        say: called with a line on how it goes.

    Returns:
        The scores of the cross-validation by field, as ``meta.json`` keeps them.

    Raises:
        InputError: a file cannot be read, or too few labelled records are among the records.
    """
    from leukonlp.studies.artifact import save
    from leukonlp.studies.classifier import StudyTagger

    truth = {row["pmid"]: row for path in labels for row in read_labels(path)}
    studies = _studies(truth, records, dataclasses.replace(settings, tagger=()))
    if not studies:
        raise InputError(f"none of the {len(truth):,} labelled records is in {', '.join(map(str, records))}")
    missing = sorted(truth.keys() - {study.pmid for study in studies})
    named = f"; missing: {', '.join(missing[:SHOWN])}{', ...' if len(missing) > SHOWN else ''}"
    say(f"{len(studies):,} of {len(truth):,} labelled records found{named if missing else ''}")
    if len(studies) < FOLDS:
        raise InputError(f"{len(studies)} labelled records are too few for {FOLDS} folds; label more")
    answers = _enough([truth[study.pmid] for study in studies], say)
    likely = _by_others(studies, answers, say)
    tagger = StudyTagger().fit(studies, answers)
    thresholds, scores = _judged(likely, answers, tagger.alone_)
    say(f"trained on {len(studies):,} studies, {len(tagger.vocabulary_):,} features")
    save(tagger, out, thresholds, n_studies=len(studies), scores=scores)
    return scores


def _enough(answers: Sequence[Mapping[str, Any]], say: Callable[[str], None]) -> list[Mapping[str, Any]]:
    """Return the labels without fields that are all but alike: there is nothing to learn."""
    poor = []
    for field in ("relevant", "phase", "design"):
        counts = Counter(str(row[field]) for row in answers if row.get(field) is not None)
        if counts and counts.total() - max(counts.values()) < LEAST:
            say(f"{field} is left out: fewer than {LEAST} records have another label than most")
            poor.append(field)
    return [{name: value for name, value in row.items() if name not in poor} for row in answers]


def _studies(truth: Mapping[str, Any], records: Sequence[Path], settings: Settings) -> list[Study]:
    from leukonlp.sources import read

    def wanted() -> Iterator[Abstract]:
        seen: set[str] = set()
        for record in read(records, settings=settings):
            if isinstance(record, Abstract) and record.pmid in truth and record.pmid not in seen:
                seen.add(record.pmid)
                yield record

    found = annotate_records(wanted(), settings=settings)
    # In an order of chance that stays, whatever the order of the files.
    studies = sorted((s for s in found if isinstance(s, Study)), key=lambda study: study.pmid)
    order = np.random.default_rng(SEED).permutation(len(studies))
    return [studies[i] for i in order]


def _by_others(
    studies: Sequence[Study], answers: Sequence[Mapping[str, Any]], say: Callable[[str], None]
) -> list[dict[str, dict[str, float]]]:
    """Return the probabilities of each study, from a tagger that was trained on the others."""
    from leukonlp.studies.classifier import StudyTagger

    likely: list[dict[str, dict[str, float]]] = [{} for _ in studies]
    for fold in range(FOLDS):
        rest = [i for i in range(len(studies)) if i % FOLDS != fold]
        tagger = StudyTagger().fit([studies[i] for i in rest], [answers[i] for i in rest])
        own = range(fold, len(studies), FOLDS)
        for field, rows in tagger.predict_proba([studies[i] for i in own]).items():
            for i, row in zip(own, rows, strict=True):
                likely[i][field] = dict(zip(tagger.classes_[field].tolist(), row.tolist(), strict=True))
        say(f"fold {fold + 1} of {FOLDS} done")
    return likely


def _judged(
    likely: Sequence[Mapping[str, Mapping[str, float]]],
    answers: Sequence[Mapping[str, Any]],
    together: Collection[str],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the operating points by field and label, and how often the likeliest label is right.

    The modalities of ``together``, each too rare for points of its own, share theirs.
    """
    from leukonlp.studies.operating import points

    thresholds: dict[str, Any] = {}
    scores: dict[str, Any] = {}
    for field in ("phase", "design", "modality", "relevant"):
        judged = [i for i, labels in enumerate(answers) if labels.get(field) is not None]
        labels = sorted({label for i in judged for label in likely[i].get(field, {})})
        told = {
            label: np.array([likely[i].get(field, {}).get(label, 0.0) for i in judged]) for label in labels
        }
        truth = {label: np.array([_has(answers[i][field], label) for i in judged]) for label in labels}
        thresholds[field] = {label: points(told[label], truth[label]) for label in labels}
        rare = [label for label in labels if field == "modality" and label in together]
        if rare:
            shared = points(np.concatenate([told[m] for m in rare]), np.concatenate([truth[m] for m in rare]))
            thresholds[field] |= dict.fromkeys(rare, shared)
        if field != "modality" and labels:
            right = sum(str(answers[i][field]) == _best(likely[i].get(field, {})) for i in judged)
            scores[field] = {"n": len(judged), "right": right}
    return thresholds, scores


def _has(answer: Any, label: str) -> bool:
    return label in answer if isinstance(answer, list) else str(answer) == label


def _best(likely: Mapping[str, float]) -> str | None:
    return max(likely, key=lambda label: likely[label], default=None)
