"""Predictions against gold standards on disk; owns how the two are brought together, no score.

Predictions are annotated JSONL. Without them the gold texts are annotated on the spot.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from leukonlp.config import Settings
from leukonlp.errors import InputError, SettingsError
from leukonlp.records import Abstract, Failure, Study

CORPUS_TYPES: Mapping[str, str] = {
    **{own: own for own in ("disease", "gene", "therapy", "chemical")},
    **dict.fromkeys(
        (
            "Disease",
            "DiseaseOrPhenotypicFeature",
            "SpecificDisease",
            "Modifier",
            "DiseaseClass",
            "CompositeMention",
        ),
        "disease",
    ),
    **dict.fromkeys(("Gene", "GENE", "GeneOrGeneProduct"), "gene"),
    **dict.fromkeys(("Chemical", "ChemicalEntity"), "chemical"),
}
"""Own entity types, and those of NCBI-disease, BC5CDR, BioRED, BC2GM, NLM-Gene and DrugProt."""
FIELDS = ("relevant", "phase", "design", "modality")
"""Study tags that can be scored."""


class Score(Protocol):
    """What every score of :mod:`leukonlp.scoring` can do."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""

    def table(self) -> str:
        """Return a printable table."""


def score_mentions(
    gold: Path,
    *,
    predicted: Path | None,
    types: Sequence[str] = (),
    splits: Sequence[str] = (),
    settings: Settings,
) -> dict[str, Score]:
    """Score mentions strictly and partially: ``{"strict": ..., "partial": ...}``.

    Args:
        gold: JSONL with text and entities (:func:`leukonlp.scoring.read_gold`).
        predicted: annotated JSONL; None annotates the gold texts now.
        types: own types to score; empty scores all that the gold standard holds.
        splits: keep only gold documents of these splits; empty keeps all.
        settings: the settings of the run.

    Raises:
        InputError: a file cannot be read, or the two do not fit each other.
    """
    from leukonlp.scoring import spans

    truth, found = _documents(gold, predicted, types, splits, None, settings)
    return {
        "strict": spans(truth, found, mode="strict"),
        "partial": spans(truth, found, mode="partial"),
    }


def score_linking(
    gold: Path,
    *,
    predicted: Path | None,
    types: Sequence[str] = (),
    splits: Sequence[str] = (),
    settings: Settings,
) -> dict[str, Score]:
    """Score concepts: ``{"linking": ...}``. Gold ids of other vocabularies count through the lexicon's xrefs.

    Args and errors are those of :func:`score_mentions`.
    """
    from leukonlp.scoring import linking

    truth, found = _documents(gold, predicted, types, splits, _own_concept(), settings)
    return {"linking": linking(truth, found)}


def score_studies(gold: Path, *, predicted: Path, fields: Sequence[str] = FIELDS) -> dict[str, Score]:
    """Score study tags, one class score for each field that the gold standard names.

    Args:
        gold: JSONL, one ``{"pmid": ..., "phase": ..., "design": ..., "modality": [...]}`` a line; a field
            that is missing or null was not judged.
        predicted: annotated JSONL.
        fields: tags to score.

    Raises:
        InputError: a file cannot be read, a label is not in the scheme, or the two share no record.
        SettingsError: a field that is no tag.
    """
    from leukonlp.scoring import classes

    strange = [field for field in fields if field not in FIELDS]
    if strange:
        raise SettingsError(f"{strange[0]!r} is no study tag; allowed are {', '.join(FIELDS)}")
    truth = {str(row["pmid"]): row for row in _rows(gold)}
    studies = {study.pmid: study for study in _studies(predicted, Settings()) if study.pmid in truth}
    _check_shared(studies, gold, predicted)
    scores: dict[str, Score] = {}
    for field in fields:
        if any(row.get(field) is not None for row in truth.values()):
            labels = {pmid: row.get(field) for pmid, row in truth.items()}
            scores[field] = classes(labels, {pmid: _label(study, field) for pmid, study in studies.items()})
    if not scores:
        raise InputError(
            f"{gold} judges none of {', '.join(fields)}; give lines such as "
            '{"pmid": "1", "phase": "phase_3"}'
        )
    return scores


def _documents(
    gold: Path,
    predicted: Path | None,
    types: Sequence[str],
    splits: Sequence[str],
    concept: Callable[[str], str | None] | None,
    settings: Settings,
) -> tuple[dict[str, Any], dict[str, Any]]:
    from leukonlp.scoring import Span, read_gold

    wanted = {k: v for k, v in CORPUS_TYPES.items() if not types or v in types}
    truth = read_gold(gold, types=wanted, concept=concept, splits=tuple(splits))
    scored = {span.type for _, spans in truth.values() for span in spans}
    found: dict[str, Any] = {}
    for pmid, shift, study in _predictions(truth, predicted, settings):
        found[pmid] = tuple(
            Span(m.start - shift, m.end - shift, m.type, m.concept)
            for m in study.mentions
            if m.type in scored
        )
    if predicted is not None:
        _check_shared(found, gold, predicted)
    return {name: spans for name, (_, spans) in truth.items()}, found


def _check_shared(found: Mapping[str, Any], gold: Path, predicted: Path) -> None:
    if not found:
        raise InputError(
            f"{predicted} holds none of the records that {gold} judges; annotate those of the gold standard"
        )


def _predictions(
    truth: Mapping[str, tuple[str, Any]], predicted: Path | None, settings: Settings
) -> Iterator[tuple[str, int, Study]]:
    if predicted is not None:
        for study in _studies(predicted, settings):
            if study.pmid in truth:
                if study.text.rstrip() != truth[study.pmid][0].rstrip():
                    raise InputError(
                        f"{predicted}: the text of {study.pmid} is not that of the gold standard; "
                        "annotate the gold standard's own texts"
                    )
                yield study.pmid, 0, study
        return
    from leukonlp.workflow.workers import annotate_records

    shifts = {name: int("\n" not in text) for name, (text, _) in truth.items()}
    for result in annotate_records((_abstract(n, t) for n, (t, _) in truth.items()), settings=settings):
        if isinstance(result, Study):
            yield result.pmid, shifts[result.pmid], result


def _abstract(name: str, text: str) -> Abstract:
    # A text without a line feed has no title of its own: it becomes the abstract, one character further on.
    title, feed, rest = text.partition("\n")
    return Abstract(name, title, rest) if feed else Abstract(name, "", text)


def _studies(path: Path, settings: Settings) -> Iterator[Study]:
    from leukonlp.sources import read

    for record in read([path], settings=settings):
        if isinstance(record, Failure):
            raise InputError(f"{path}, line {record.position}: {record.reason}")
        if not isinstance(record, Study):
            raise InputError(f"{path} is not annotated; make it with `leukonlp annotate`")
        yield record


def _own_concept() -> Callable[[str], str | None]:
    from leukonlp.lexicon import load_lexicon

    lexicon = load_lexicon()
    own = {xref.upper(): id for id, concept in sorted(lexicon.concepts.items()) for xref in concept.xrefs}

    def concept(norm: str) -> str | None:
        if norm in lexicon.concepts:
            return norm
        ways = (norm, f"MESH:{norm}", f"OMIM:{norm}", f"NCBIGENE:{norm}")
        return next((own[way.upper()] for way in ways if way.upper() in own), norm)

    return concept


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if line.strip():
                row = json.loads(line)
                if not isinstance(row, dict) or "pmid" not in row:
                    raise InputError(f"{path}, line {number}: give one JSON object with a pmid a line")
                _check_labels(row, f"{path}, line {number}")
                yield row
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{path} is no JSONL: {error}") from error


def _check_labels(row: Mapping[str, Any], where: str) -> None:
    """Refuse a judgement outside the label scheme: it would count as the annotation's error."""
    for field, allowed in _allowed().items():
        value = row.get(field)
        values = value if field == "modality" and isinstance(value, list) else [value]
        if value is None or (
            isinstance(value, list) == (field == "modality")
            and all(type(v) is type(allowed[0]) and v in allowed for v in values)
        ):
            continue
        kind = "a list of labels" if field == "modality" else "one label"
        names = ", ".join(json.dumps(label) for label in allowed)
        raise InputError(f"{where}: {field} is {json.dumps(value)}; give {kind}, out of {names}")


def _allowed() -> dict[str, tuple[str | bool, ...]]:
    from leukonlp.studies.labels import DESIGNS, MODALITIES, PHASES

    return {"relevant": (True, False), "phase": PHASES, "design": DESIGNS, "modality": MODALITIES}


def _label(study: Study, field: str) -> Any:
    value = getattr(study, field)
    if isinstance(value, tuple):
        return [tag.label for tag in value]
    return None if value is None else value.label
