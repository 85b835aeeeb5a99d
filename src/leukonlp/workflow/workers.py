"""From records to studies, in one process or several, in order; owns the workers.

The records are cut into chunks, each chunk is annotated by one worker, and the chunks come back in
the order in which they went: the number of jobs changes the speed and nothing else.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import importlib.metadata
import itertools
import json
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import leukonlp
from leukonlp import packaged
from leukonlp.config import Settings
from leukonlp.errors import InputError, LeukonlpError, SettingsError
from leukonlp.records import Abstract, Deletion, Failure, Mention, Record, Study
from leukonlp.sources import usable
from leukonlp.workflow.garbage import no_collection

Annotated: TypeAlias = Study | Deletion | Failure
"""What comes out for one record that went in."""

_AHEAD = 4
"""Chunks that wait for each worker, so that none idles while another's chunk is long."""
_RULES = ("lexicon", "pipeline", "studies")
"""Folders whose modules, with structure.py, make the rules."""
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Workers share the processor; none may start as many threads as it has cores."""


def annotate_records(records: Iterable[Record], *, settings: Settings) -> Iterator[Annotated]:
    """Annotate every :class:`Abstract` and hand on everything else, in order.

    A study that comes in goes out as it is. Memory holds a few chunks a worker, however long the input.

    Raises:
        SettingsError: a pipeline named in ``settings.ner`` is not installed.
        LeukonlpError: a worker process died.
    """
    versions = run_versions(settings)
    settings = dataclasses.replace(settings, api_key=None)  # workers need no secret
    chunks = _chunks(records, settings.batch_size)
    first = next(chunks, [])
    second = next(chunks, None)
    if second is None or settings.jobs == 1:
        for chunk in itertools.chain([first], [] if second is None else [second], chunks):
            yield from _annotate_chunk(chunk, settings, versions)
    else:
        yield from _parallel(itertools.chain([first, second], chunks), settings, versions)


def run_versions(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Return what made a study: sorted pairs of a part and its version.

    Raises:
        SettingsError: a model named in ``settings.ner`` or ``settings.tagger`` is not installed.
    """
    from leukonlp.lexicon import load_lexicon
    from leukonlp.studies.labels import LABEL_SCHEME

    pairs = [
        ("leukonlp", leukonlp.__version__),
        ("lexicon", load_lexicon().version),
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


def _parallel(
    chunks: Iterator[list[Record]], settings: Settings, versions: tuple[tuple[str, str], ...]
) -> Iterator[Annotated]:
    from joblib.externals.loky import ProcessPoolExecutor
    from joblib.externals.loky.process_executor import BrokenProcessPool

    workers = ProcessPoolExecutor(
        max_workers=settings.jobs, env=_ONE_THREAD, initializer=_start_worker, initargs=(os.getpid(),)
    )
    try:
        _spawn(workers, settings)
        submit = (workers.submit(_annotate_chunk, chunk, settings, versions) for chunk in chunks)
        with contextlib.closing(_in_order(submit, ahead=settings.jobs * _AHEAD)) as results:
            for done in results:
                yield from done
    except BrokenProcessPool as error:
        raise LeukonlpError(
            "a worker process died, most likely for want of memory; run the same command with fewer jobs"
        ) from error
    finally:
        # Not kill_workers: loky's own thread can then trip over work that is still queued, and says so.
        workers.shutdown(wait=True)


def _spawn(workers: Any, settings: Settings) -> None:
    """Start the processes with Ctrl-C blocked, which they inherit: a starting one cannot ignore it yet.

    The first task builds a pipeline: loky takes what a worker holds after its first task for its usual size,
    and starts one that grew by much anew.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        workers.submit(_get_ready, settings)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(parent: int) -> None:
    """Leave Ctrl-C to the parent, and end this worker when the parent is gone: killed, it cannot say so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _get_ready(settings: Settings) -> None:
    _annotator(settings)


def _in_order(futures: Iterator[Any], *, ahead: int) -> Generator[list[Annotated], None, None]:
    waiting: deque[Any] = deque(itertools.islice(futures, ahead))
    try:
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(itertools.islice(futures, 1))
            yield result
    finally:
        for future in waiting:  # whoever stops early waits for the chunks under way, and for no more
            future.cancel()


def _annotate_chunk(
    chunk: list[Record], settings: Settings, versions: tuple[tuple[str, str], ...]
) -> list[Annotated]:
    """Annotate one chunk; runs in the worker, whose pipeline is built once."""
    bounded = [usable(record, settings) for record in chunk]
    annotator = _annotator(settings)
    with no_collection():
        annotated = annotator([record for record in bounded if isinstance(record, Abstract)])
        return [
            _finished(next(annotated), versions) if isinstance(record, Abstract) else record
            for record in bounded
        ]


def _finished(result: Study | Failure, versions: tuple[tuple[str, str], ...]) -> Study | Failure:
    return result if isinstance(result, Failure) else dataclasses.replace(result, versions=versions)


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
