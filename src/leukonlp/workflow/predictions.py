"""Mentions predicted for the texts of a gold standard; owns the three places they can come from.

Annotated JSONL on disk, one spaCy pipeline alone, or the whole annotation, made now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from leukonlp.config import Settings
from leukonlp.errors import InputError, SettingsError
from leukonlp.records import Abstract, Failure, Study
from leukonlp.scoring import Span

Texts: TypeAlias = Mapping[str, str]
"""Document id to text."""
Found: TypeAlias = dict[str, tuple[Span, ...]]
"""Document id to the mentions found in its text, with own types."""
Finder: TypeAlias = Callable[[Texts], Found]


def finder(predicted: Path | None, model: str | None, settings: Settings) -> Finder:
    """Return what finds mentions in texts, ready to be used for one corpus after another.

    Args:
        predicted: annotated JSONL to read them from.
        model: a spaCy pipeline to run, a package or a folder; with neither, the texts are annotated.
        settings: the settings of the run.

    Raises:
        SettingsError: both are given, or the pipeline cannot be loaded.
    """
    if predicted is not None and model is not None:
        raise SettingsError(f"predictions come from {predicted} or from {model}, not from both; name one")
    if predicted is not None:
        return lambda texts: _read(predicted, texts, settings)
    if model is not None:
        return _running(model, settings)
    return lambda texts: _annotated(texts, settings)


def check_shared(found: Mapping[str, object], gold: Path, predicted: Path) -> None:
    """Refuse predictions that name no document of the gold standard.

    Raises:
        InputError: naming both files.
    """
    if not found:
        raise InputError(
            f"{predicted} holds none of the records that {gold} judges; annotate those of the gold standard"
        )


def read_studies(path: Path, settings: Settings) -> Iterator[Study]:
    """Read annotated JSONL.

    Raises:
        InputError: a line cannot be read or is not annotated.
    """
    from leukonlp.sources import read

    for record in read([path], settings=settings):
        if isinstance(record, Failure):
            raise InputError(f"{path}, line {record.position}: {record.reason}")
        if not isinstance(record, Study):
            raise InputError(f"{path} is not annotated; make it with `leukonlp annotate`")
        yield record


def _read(path: Path, texts: Texts, settings: Settings) -> Found:
    found: Found = {}
    strange: dict[str, None] = {}
    for study in read_studies(path, settings):
        if study.pmid not in texts:
            continue
        if study.text.rstrip() == texts[study.pmid].rstrip():
            found[study.pmid] = _spans(study, 0)
        else:
            strange[study.pmid] = None
    # A file may hold a record twice, annotated for two corpora that print its text differently.
    for name in strange:
        if name not in found:
            raise InputError(
                f"{path}: the text of {name} is not that of the gold standard; "
                "annotate the gold standard's own texts"
            )
    return found


def _annotated(texts: Texts, settings: Settings) -> Found:
    from leukonlp.workflow.workers import annotate_records

    records = (_abstract(name, text) for name, text in texts.items())
    return {
        result.pmid: _spans(result, int("\n" not in texts[result.pmid]))
        for result in annotate_records(records, settings=settings)
        if isinstance(result, Study)
    }


def _abstract(name: str, text: str) -> Abstract:
    # A text without a line feed has no title of its own: it becomes the abstract, one character further on.
    title, feed, rest = text.partition("\n")
    return Abstract(name, title, rest) if feed else Abstract(name, "", text)


def _spans(study: Study, shift: int) -> tuple[Span, ...]:
    return tuple(Span(m.start - shift, m.end - shift, m.type, m.concept) for m in study.mentions)


def _running(model: str, settings: Settings) -> Finder:
    from leukonlp.pipeline.ner import LABELS, load_pipelines

    (nlp,) = load_pipelines([model])

    def find(texts: Texts) -> Found:
        found: Found = {}
        strange: set[str] = set()
        docs = nlp.pipe(
            ((text, name) for name, text in texts.items()),
            as_tuples=True,
            batch_size=settings.batch_size,
            n_process=settings.jobs,
        )
        for doc, name in docs:
            ents = [ent for ent in doc.ents if ent.text.strip()]
            strange.update(ent.label_ for ent in ents if ent.label_.upper() not in LABELS)
            found[name] = tuple(
                Span(ent.start_char, ent.end_char, LABELS[ent.label_.upper()])
                for ent in ents
                if ent.label_.upper() in LABELS
            )
        if strange and not any(found.values()):
            raise SettingsError(
                f"{model} finds only {', '.join(sorted(strange))}; "
                f"labels that can be scored are {', '.join(LABELS)}"
            )
        return found

    return find
