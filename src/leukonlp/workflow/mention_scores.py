"""Mentions and links against gold standards on disk; owns how the two are brought together, no score."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from leukonlp.config import Settings
from leukonlp.errors import SettingsError
from leukonlp.scoring import LinkScore, MentionScore, Span, linking, mentions, read_gold
from leukonlp.scoring.gold import Gold
from leukonlp.workflow.gold import CORPUS_TYPES, named, own_concept, stem, types_to_score
from leukonlp.workflow.predictions import Finder, Found, check_shared, finder
from leukonlp.workflow.substances import is_substance

OnSlips: TypeAlias = Callable[[str, Sequence[str]], None]
"""Called with a corpus and what is wrong with each of its documents that were left out."""


def score_mentions(
    golds: Iterable[Path],
    *,
    predicted: Path | None = None,
    model: str | None = None,
    types: Sequence[str] = (),
    splits: Sequence[str] = (),
    commonest: int = 5,
    settings: Settings,
    on_slips: OnSlips | None = None,
) -> dict[str, MentionScore]:
    """Score mentions, corpus by corpus: ``{"bc5cdr": ...}``, by the stem of the file.

    Gold documents that contradict themselves (:func:`leukonlp.scoring.read_gold`) are left out.
    Where a gold standard marks chemicals and no therapies, a therapy that is a substance
    (:func:`leukonlp.workflow.substances.is_substance`) counts as a chemical.

    Args:
        golds: JSONL files with text and entities.
        predicted: annotated JSONL; None annotates the gold texts now.
        model: a spaCy pipeline to score alone, without the lexicon: a package or a folder.
        types: own types to score; empty scores all that the gold standard holds.
        splits: keep only gold documents of these splits; empty keeps all.
        commonest: words listed for each kind of error; 0 for none.
        settings: the settings of the run.
        on_slips: called for each corpus of which documents were left out.

    Raises:
        InputError: a file cannot be read, marks nothing of these types, or does not fit the predictions.
        SettingsError: the pipeline cannot be used, ``predicted`` stands beside it, or ``commonest`` is
            negative.
    """
    if commonest < 0:
        raise SettingsError(f"{commonest} errors a kind cannot be listed; give 0 (none) or more, such as 5")
    find = finder(predicted, model, settings)
    scores = {}
    for name, gold in named(golds).items():
        slips: list[str] = []
        truth, found = _documents(gold, find, types, splits, None, slips)
        _tell(name, slips, on_slips)
        if predicted is not None:
            check_shared(found, gold, predicted)
        texts = {id: text for id, (text, _) in truth.items()}
        scores[name] = mentions(texts, _spans_of(truth), found, commonest=commonest, n_left_out=len(slips))
    return scores


def score_linking(
    gold: Path,
    *,
    predicted: Path | None = None,
    types: Sequence[str] = (),
    splits: Sequence[str] = (),
    settings: Settings,
    on_slips: OnSlips | None = None,
) -> dict[str, LinkScore]:
    """Score concepts: ``{"linking": ...}``. Gold ids of other vocabularies count through the lexicon's xrefs.

    Args and errors are those of :func:`score_mentions`.
    """
    slips: list[str] = []
    find = finder(predicted, None, settings)
    truth, found = _documents(gold, find, types, splits, own_concept(), slips)
    _tell(stem(gold), slips, on_slips)
    if predicted is not None:
        check_shared(found, gold, predicted)
    return {"linking": linking(_spans_of(truth), found)}


def _tell(name: str, slips: list[str], on_slips: OnSlips | None) -> None:
    if slips and on_slips is not None:
        on_slips(name, slips)


def _documents(
    gold: Path,
    find: Finder,
    types: Sequence[str],
    splits: Sequence[str],
    concept: Callable[[str], str | None] | None,
    slips: list[str],
) -> tuple[Gold, Found]:
    truth = read_gold(gold, types=CORPUS_TYPES, concept=concept, splits=tuple(splits), slips=slips)
    marked = {span.type for _, spans in truth.values() for span in spans}
    scored = types_to_score(gold, marked, types)
    found = find({name: text for name, (text, _) in truth.items()})
    if "chemical" in scored and "therapy" not in marked:
        found = _with_substances(found)
    kept = {name: (text, _of(spans, scored)) for name, (text, spans) in truth.items()}
    return kept, {name: _of(spans, scored) for name, spans in found.items()}


def _of(spans: Iterable[Span], types: set[str]) -> tuple[Span, ...]:
    return tuple(span for span in spans if span.type in types)


def _spans_of(truth: Gold) -> Found:
    return {name: spans for name, (_, spans) in truth.items()}


def _with_substances(found: Found) -> Found:
    from leukonlp.lexicon import load_lexicon

    concepts = load_lexicon().concepts
    substances = {id for id, concept in concepts.items() if is_substance(concept)}
    return {
        name: tuple(
            Span(span.start, span.end, "chemical", span.concept)
            if span.type == "therapy" and span.concept in substances
            else span
            for span in spans
        )
        for name, spans in found.items()
    }
