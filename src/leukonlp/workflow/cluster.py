"""Work on chunks by an engine that joblib knows, such as dask on many machines; owns how it is fed.

Chunks go out in windows of a few a worker. Two windows are under way, each in a thread of its own, so that
the workers go on with the second while the last chunks of the first come in; a third is read when the first
is taken. That keeps the order and bounds the memory with nothing but joblib's public interface. What a dead
worker had is done again by the others: that is the engine's part, and a chunk's results count once.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from itertools import islice
from typing import Any, TypeVar

from leukonlp.config import Settings
from leukonlp.errors import LeukonlpError, SettingsError
from leukonlp.workflow.processes import LOCAL, in_order

_WINDOW = 4
"""Chunks of a window for each worker."""
_WINDOWS = 2
C = TypeVar("C")
T = TypeVar("T")


def on_cluster(work: Callable[[C], list[T]], chunks: Iterator[C], *, settings: Settings) -> Iterator[T]:
    """Yield what ``work`` makes of each chunk, in order.

    Args:
        work: can be pickled; what it needs must be installed where the workers are.
        chunks: read as results are taken, two windows ahead.
        settings: ``backend``, ``scheduler``, and ``jobs`` for engines that take their number of workers from
            the caller (1 takes all).

    Raises:
        SettingsError: the backend is unknown or not installed, or no scheduler answers.
        LeukonlpError: the cluster has no workers, lost too many of them, or is gone.
    """
    import joblib

    with _engine(settings) as options, ThreadPoolExecutor(_WINDOWS) as threads:
        with joblib.parallel_config(**options):
            workers = joblib.effective_n_jobs(options["n_jobs"])
        windows = iter(lambda: list(islice(chunks, max(1, workers) * _WINDOW)), [])
        submit = (threads.submit(_window, work, window, options) for window in windows)
        with contextlib.closing(in_order(submit, ahead=_WINDOWS)) as results:
            for window in results:
                for done in window:
                    yield from done


def _window(work: Callable[[C], list[T]], window: list[C], options: dict[str, Any]) -> list[list[T]]:
    import joblib

    with joblib.parallel_config(**options):
        parallel = joblib.Parallel(batch_size=1, pre_dispatch="all")
        return list(parallel(joblib.delayed(work)(chunk) for chunk in window))


@contextlib.contextmanager
def _engine(settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield the options of joblib's configuration; what is connected for them is closed in the end."""
    options = {"backend": settings.backend, "n_jobs": settings.jobs if settings.jobs > 1 else -1}
    if settings.backend == "dask":
        with _dask(settings.scheduler) as client:
            yield {**options, "client": client}
        return
    import joblib

    if settings.backend not in joblib.parallel.BACKENDS:
        known = sorted({LOCAL, "dask", *joblib.parallel.BACKENDS})
        raise SettingsError(
            f"backend is {settings.backend!r}; give one of {', '.join(known)}, "
            "or register it with joblib first"
        )
    yield options


@contextlib.contextmanager
def _dask(scheduler: str | None) -> Iterator[Any]:
    """Yield a client of the scheduler, or the one that the caller has at work."""
    try:
        import distributed
    except ImportError:
        raise SettingsError("dask is not installed; pip install 'leukonlp[dask]'") from None
    try:
        client = (
            distributed.Client(scheduler, timeout=10, set_as_default=False)
            if scheduler
            else distributed.get_client()
        )
    except OSError as error:
        raise SettingsError(
            f"no scheduler of dask answers at {scheduler!r} ({error}); start one with "
            "`dask scheduler`, or give its address, such as tcp://host:8786"
        ) from error
    except ValueError as error:
        raise SettingsError(
            "backend is 'dask', and there is no scheduler; give its address, such as tcp://host:8786"
        ) from error
    try:
        with _quiet() if scheduler else contextlib.nullcontext():
            yield client
    except TimeoutError as error:
        raise LeukonlpError(
            f"the scheduler at {scheduler} has no workers; start some with `dask worker`"
        ) from error
    except distributed.KilledWorker as error:
        raise LeukonlpError(
            f"several workers died over the same records ({error}), most likely for want of memory; "
            "give them more, or fewer threads"
        ) from error
    except (CancelledError, distributed.comm.CommClosedError) as error:
        raise LeukonlpError(
            f"the connection to the scheduler of dask was lost ({scheduler}); run the same command again"
        ) from error
    finally:
        if scheduler:
            client.close()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep dask from telling in tracebacks what an error of ours tells in a line."""
    log = logging.getLogger("distributed")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(before)
