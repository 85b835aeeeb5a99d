"""Work on chunks in several processes of this machine, results in order; owns those processes."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from itertools import islice
from typing import Any, TypeVar

from leukonlp.errors import LeukonlpError
from leukonlp.workflow.garbage import leave_the_rest

LOCAL = "loky"
"""The name of this engine among joblib's backends."""
_AHEAD = 4
"""Chunks that wait for each worker, so that none idles while another's chunk is long."""
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Workers share the processor; none may start as many threads as it has cores."""
C = TypeVar("C")
T = TypeVar("T")


def in_processes(
    work: Callable[[C], list[T]], chunks: Iterator[C], *, jobs: int, first: Callable[[], object]
) -> Iterator[T]:
    """Yield what ``work`` makes of each chunk, in order; a few chunks a worker are under way.

    Args:
        work: can be pickled.
        chunks: read as results are taken.
        jobs: worker processes.
        first: the first task: builds what every later one uses. loky takes what a worker holds after its
            first task for its usual size, and starts one that grew by much anew.

    Raises:
        LeukonlpError: a worker process died.
    """
    from joblib.externals.loky import ProcessPoolExecutor
    from joblib.externals.loky.process_executor import BrokenProcessPool

    workers = ProcessPoolExecutor(
        max_workers=jobs, env=_ONE_THREAD, initializer=_start_worker, initargs=(os.getpid(),)
    )
    try:
        _spawn(workers, first)
        submit = (workers.submit(work, chunk) for chunk in chunks)
        with contextlib.closing(in_order(submit, ahead=jobs * _AHEAD)) as results:
            for done in results:
                yield from done
    except BrokenProcessPool as error:
        raise LeukonlpError(
            "a worker process died, most likely for want of memory; run the same command with fewer jobs"
        ) from error
    finally:
        # Not kill_workers: loky's own thread can then trip over work that is still queued, and says so.
        workers.shutdown(wait=True)


def _spawn(workers: Any, first: Callable[[], object]) -> None:
    """Start the processes with Ctrl-C blocked, which they inherit: a starting one cannot ignore it yet."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        workers.submit(first)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(parent: int) -> None:
    """Leave Ctrl-C to the parent, and end this worker when the parent is gone: killed, it cannot say so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_the_rest()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def in_order(futures: Iterator[Any], *, ahead: int) -> Generator[Any, None, None]:
    """Yield the results of futures in their order, with at most ``ahead`` of them under way."""
    waiting: deque[Any] = deque(islice(futures, ahead))
    try:
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(islice(futures, 1))
            yield result
    finally:
        for future in waiting:  # whoever stops early waits for the chunks under way, and for no more
            future.cancel()
