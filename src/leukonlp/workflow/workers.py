"""From records to studies, in order, here or elsewhere; owns what a worker does, and what made a study.

The records are cut into chunks, each chunk is annotated by one worker, and the chunks come back in
the order in which they went: who works, and how many, changes the speed and nothing else.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import importlib.metadata
import itertools
import json
import platform
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import TypeAlias, TypeVar

import leukonlp
from leukonlp import packaged
from leukonlp.config import Settings
from leukonlp.errors import InputError, LeukonlpError, SettingsError
from leukonlp.records import Abstract, Deletion, Failure, Mention, Record, Study
from leukonlp.sources import usable
from leukonlp.workflow.cluster import on_cluster
from leukonlp.workflow.files import json_line
from leukonlp.workflow.garbage import no_collection
from leukonlp.workflow.processes import LOCAL, in_processes

Annotated: TypeAlias = Study | Deletion | Failure
"""What comes out for one record that went in."""
Versions: TypeAlias = tuple[tuple[str, str], ...]

_RULES = ("lexicon", "pipeline", "studies")
"""Folders whose modules, with structure.py, make the rules."""
_ONE_AT_A_TIME = Lock()
"""A worker of a cluster may have several threads, and one pipeline."""
T = TypeVar("T")


def annotate_records(records: Iterable[Record], *, settings: Settings) -> Iterator[Annotated]:
    """Annotate every :class:`Abstract` and hand on everything else, in order.

    A study that comes in goes out as it is. Memory holds a few chunks a worker, however long the input.

    Raises:
        SettingsError: a pipeline named in ``settings.ner`` is not installed, or ``settings.backend`` cannot
            be used.
        LeukonlpError: a worker process died.
    """
    return _run(_annotate_chunk, records, settings)


def annotate_lines(records: Iterable[Record], *, settings: Settings) -> Iterator[bytes | Deletion | Failure]:
    """Annotate as :func:`annotate_records` does, and return each study as the line of JSONL it becomes.

    The lines are made by the workers: one process that made them all would keep few workers busy.

    Raises:
        SettingsError: as :func:`annotate_records`.
        LeukonlpError: as :func:`annotate_records`.
    """
    return _run(_lines_of_chunk, records, settings)


def _run(
    do: Callable[[Settings, Versions, list[Record]], list[T]], records: Iterable[Record], settings: Settings
) -> Iterator[T]:
    versions = run_versions(settings)
    settings = dataclasses.replace(settings, api_key=None)  # workers need no secret
    work = partial(do, settings, versions)
    chunks = _chunks(records, settings.batch_size)
    if settings.backend != LOCAL:
        yield from on_cluster(partial(_of_same_versions, settings, versions, work), chunks, settings=settings)
        return
    first = next(chunks, [])
    second = next(chunks, None)
    chunks = itertools.chain([first], [] if second is None else [second], chunks)
    if second is None or settings.jobs == 1:
        for chunk in chunks:
            yield from work(chunk)
    else:
        yield from in_processes(work, chunks, jobs=settings.jobs, first=partial(_get_ready, settings))


def run_versions(settings: Settings) -> Versions:
    """Return what made a study: sorted pairs of a part and its version.

    Raises:
        SettingsError: a model named in ``settings.ner`` or ``settings.tagger`` is not installed.
    """
    from leukonlp.lexicon import lexicon_version
    from leukonlp.studies.labels import LABEL_SCHEME

    pairs = [
        ("leukonlp", leukonlp.__version__),
        ("lexicon", lexicon_version()),
        ("labels", LABEL_SCHEME),
        ("rules", rules_fingerprint(Path(leukonlp.__file__).parent)),
    ]
    pairs += [(f"models.{name}", _model_version(name, "ner")) for name in settings.ner]
    pairs += [(f"models.{name}", _model_version(name, "tagger")) for name in settings.tagger]
    return tuple(sorted(pairs))


@lru_cache(maxsize=1)
def rules_fingerprint(package: Path) -> str:
    """Return a hash of the modules and tables that decide what a study says, read once for each process.

    The version of the package stays the same while its rules are worked on; this changes with each of them.
    """
    digest = hashlib.sha256()
    modules = [p for part in _RULES for p in (package / part).rglob("*.py")]
    tables = (package / "studies" / "data").glob("*.tsv")  # those of the lexicon have a version of their own
    for path in sorted([package / "structure.py", *modules, *tables]):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache
def _model_version(name: str, setting: str) -> str:
    """Return the version of a model that a setting names: a packaged one, an installed package, or a folder.

    That of a packaged model ends in the beginning of the hash of its files: it can change between versions.
    A folder that states no version but lists its hashes, as that of a tagger does, is told by these alone.
    """
    with contextlib.suppress(InputError):
        sums = (packaged.model(name) / packaged.SUMS).read_bytes()
        return f"{leukonlp.__version__}+{hashlib.sha256(sums).hexdigest()[:12]}"
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(name)
    meta = Path(name) / "meta.json"
    if meta.is_file():
        listed = meta.with_name(packaged.SUMS)
        told = hashlib.sha256(listed.read_bytes()).hexdigest()[:12] if listed.is_file() else "unversioned"
        return str(json.loads(meta.read_text(encoding="utf-8")).get("version", told))
    kind = "pipeline" if setting == "ner" else "tagger"
    raise SettingsError(
        f"{setting} names the {kind} {name!r}, which is not installed; install it or leave it out"
    )


def _chunks(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    iterator = iter(records)
    while chunk := list(itertools.islice(iterator, size)):
        yield chunk


def _annotate_chunk(settings: Settings, versions: Versions, chunk: list[Record]) -> list[Annotated]:
    """Annotate one chunk; runs in the worker, whose pipeline is built once."""
    bounded = [usable(record, settings) for record in chunk]
    annotator = _annotator(settings)
    with no_collection():
        annotated = annotator([record for record in bounded if isinstance(record, Abstract)])
        return [
            _finished(next(annotated), versions) if isinstance(record, Abstract) else record
            for record in bounded
        ]


def _finished(result: Study | Failure, versions: Versions) -> Study | Failure:
    return result if isinstance(result, Failure) else dataclasses.replace(result, versions=versions)


def _lines_of_chunk(
    settings: Settings, versions: Versions, chunk: list[Record]
) -> list[bytes | Deletion | Failure]:
    done = _annotate_chunk(settings, versions, chunk)
    return [json_line(result.to_dict()) if isinstance(result, Study) else result for result in done]


def _of_same_versions(
    settings: Settings, versions: Versions, work: Callable[[list[Record]], list[T]], chunk: list[Record]
) -> list[T]:
    """Work on a chunk on another machine, unless what is installed there would give something else."""
    own = dict(run_versions(settings))
    other = [
        f"{name} is {own.get(name)}, not {version}" for name, version in versions if own.get(name) != version
    ]
    if other:
        raise LeukonlpError(
            f"the worker on {platform.node()} has other versions ({'; '.join(other)}); install the same there"
        )
    with _ONE_AT_A_TIME:
        return work(chunk)


def _get_ready(settings: Settings) -> None:
    """Build the pipeline of this process."""
    _annotator(settings)


@lru_cache(maxsize=1)
def _annotator(settings: Settings) -> Callable[[list[Abstract]], Iterator[Study | Failure]]:
    from leukonlp.lexicon import load_lexicon
    from leukonlp.pipeline.annotate import annotate
    from leukonlp.pipeline.build import build
    from leukonlp.studies import assess

    nlp = build(settings)
    lexicon = load_lexicon()
    tag = _tagger(settings)

    def assessed(abstract: Abstract, mentions: tuple[Mention, ...]) -> Study | Failure:
        try:
            return assess(abstract, mentions, lexicon=lexicon)
        except Exception as error:  # one record that trips a rule must not stop the others
            return unplaced(abstract.pmid, f"{type(error).__name__}: {error}")

    def run(abstracts: list[Abstract]) -> Iterator[Study | Failure]:
        results = [
            result if isinstance(result, Failure) else assessed(*result)
            for result in annotate(nlp, abstracts, batch_size=settings.batch_size)
        ]
        tagged = iter(tag([result for result in results if isinstance(result, Study)]))
        yield from (next(tagged) if isinstance(result, Study) else result for result in results)

    return run


def _tagger(settings: Settings) -> Callable[[list[Study]], list[Study | Failure]]:
    """Return what adds the tags of the trained taggers that the settings name to those of the rules."""
    if not settings.tagger:
        return list
    from leukonlp.studies.artifact import load_named
    from leukonlp.studies.decision import tagged

    taggers = [load_named(name) for name in settings.tagger]

    def tag(studies: list[Study]) -> list[Study | Failure]:
        done = studies
        try:
            for tagger, meta in taggers:
                done = tagged(done, tagger, meta["thresholds"])
        except Exception as error:  # one record that trips the tagger must not stop the others
            if len(studies) == 1:
                return [unplaced(studies[0].pmid, f"{type(error).__name__}: {error}")]
            return [result for study in studies for result in tag([study])]
        return list(done)

    return tag


def unplaced(pmid: str, reason: str) -> Failure:
    """Return the failure of a record after reading, when its place in its source is no longer known."""
    return Failure(source="", position=0, reason=reason, pmid=pmid, kind="error")
