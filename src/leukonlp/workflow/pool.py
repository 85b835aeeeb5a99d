"""Work spread over processes, its results in the order of the work; owns how workers start and end."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, TypeVar

from leukonlp.errors import LeukonlpError

_AHEAD = 4
"""Pieces of work that wait for each worker, so that none idles while another's is long."""
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Workers share the processor; none may start as many threads as it has cores."""
Item = TypeVar("Item")
Result = TypeVar("Result")


def pooled(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    jobs: int,
    ready: Callable[[], object],
    ahead: int = _AHEAD,
) -> Iterator[Result]:
    """Yield the result of each item in order; memory holds a few of them for each worker.

    Args:
        work: what is done with an item, in a worker.
        items: taken as they are needed.
        jobs: how many workers.
        ready: builds what a worker keeps for all its work.
        ahead: items that are given out before they are needed, for each worker.

    Raises:
        LeukonlpError: a worker process died.
    """
    from joblib.externals.loky import ProcessPoolExecutor
    from joblib.externals.loky.process_executor import BrokenProcessPool

    workers = ProcessPoolExecutor(
        max_workers=jobs, env=_ONE_THREAD, initializer=_start_worker, initargs=(os.getpid(),)
    )
    try:
        _spawn(workers, ready)
        submit = (workers.submit(work, item) for item in items)
        with contextlib.closing(_in_order(submit, ahead=jobs * ahead)) as results:
            yield from results
    except BrokenProcessPool as error:
        raise LeukonlpError(
            "a worker process died, most likely for want of memory; run the same command with fewer jobs"
        ) from error
    finally:
        # Not kill_workers: loky's own thread can then trip over work that is still queued, and says so.
        workers.shutdown(wait=True)


def _spawn(workers: Any, ready: Callable[[], object]) -> None:
    """Start the processes with Ctrl-C blocked, which they inherit: a starting one cannot ignore it yet.

    The first task builds what a worker keeps: loky takes what a worker holds after its first task for its
    usual size, and starts one that grew by much anew.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        workers.submit(_get_ready, ready)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _get_ready(ready: Callable[[], object]) -> None:
    ready()  # what it returns stays in the worker


def _start_worker(parent: int) -> None:
    """Leave Ctrl-C to the parent, and end this worker when the parent is gone: killed, it cannot say so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _in_order(futures: Iterator[Any], *, ahead: int) -> Generator[Any, None, None]:
    waiting: deque[Any] = deque(itertools.islice(futures, ahead))
    try:
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(itertools.islice(futures, 1))
            yield result
    finally:
        for future in waiting:  # whoever stops early waits for the work under way, and for no more
            future.cancel()
