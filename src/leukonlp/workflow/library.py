"""What ``import leukonlp`` offers for streams: read, load, annotate; owns only their signatures."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leukonlp.config import Settings, load_settings
from leukonlp.errors import InputError
from leukonlp.records import Abstract, Deletion, Failure, Record, Study

if TYPE_CHECKING:
    from spacy.language import Language


def load(*, settings: Settings | None = None) -> Language:
    """Return the annotation pipeline as a spaCy ``Language``.

    Args:
        settings: from :func:`leukonlp.load_settings`; None reads defaults and environment.

    Raises:
        SettingsError: a setting is not allowed, or names a pipeline that is not installed.
    """
    from leukonlp.pipeline.build import build

    return build(settings or load_settings())


def read(*inputs: str | Path, settings: Settings | None = None) -> Iterator[Record]:
    """Read PubMed XML, nbib or JSONL files, or folders of them, one record at a time.

    Yields abstracts, studies (from annotated JSONL), deletions, and failures for records that could not
    be used.

    Raises:
        InputError: an input is missing, unreadable or of no known kind.
    """
    from leukonlp.sources import read as read_sources

    return read_sources(inputs, settings=settings or load_settings())


def annotate(
    abstracts: Iterable[Abstract],
    *,
    jobs: int | None = None,
    backend: str | None = None,
    scheduler: str | None = None,
    settings: Settings | None = None,
    on_failure: Callable[[Failure], None] | None = None,
) -> Iterator[Study]:
    """Annotate abstracts as a stream, in order.

    Args:
        abstracts: any iterable, such as what :func:`read` yields; it is read as the results are taken.
            Studies come out as they are, failures go to ``on_failure``, deletions are passed over.
        jobs: worker processes; None takes the setting (default 1). The studies are the same for any number.
        backend: where the workers are: ``loky`` (the default), this machine; ``dask``, a cluster; or any
            backend registered with joblib. The studies are the same for any.
        scheduler: address of the scheduler of dask, such as ``tcp://host:8786``; None takes the client that
            is at work in this process.
        settings: from :func:`leukonlp.load_settings`; None reads defaults and environment.
        on_failure: called with each abstract that could not be annotated; None gives a ``UserWarning``.

    Raises:
        InputError: something else stands among the abstracts, such as a plain string.
        SettingsError: a setting is not allowed, or names a pipeline or a backend that is not installed.
        LeukonlpError: a worker died, or the cluster is gone.
    """
    import dataclasses

    from leukonlp.workflow.workers import annotate_records

    chosen = settings or load_settings()
    given = {"jobs": jobs, "backend": backend, "scheduler": scheduler}
    overrides: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    chosen = dataclasses.replace(chosen, **overrides)
    for result in annotate_records(_records(abstracts), settings=chosen):
        if isinstance(result, Study):
            yield result
        elif isinstance(result, Failure):
            (on_failure or _warn)(result)


def _records(given: Iterable[Abstract]) -> Iterator[Record]:
    if isinstance(given, (str, bytes, Abstract, Mapping)) or not isinstance(given, Iterable):
        raise InputError(f"abstracts is of type {type(given).__name__}; give a list of abstracts: {_CURE}")
    for number, item in enumerate(given, start=1):
        if not isinstance(item, (Abstract, Study, Deletion, Failure)):
            raise InputError(f"item {number} of abstracts is a {type(item).__name__}, no Abstract; {_CURE}")
        yield item


_CURE = "make one with leukonlp.Abstract(pmid, title, abstract), or read files with leukonlp.read(...)"


def _warn(failure: Failure) -> None:
    warnings.warn(f"record {failure.pmid} was not annotated: {failure.reason}", stacklevel=3)
