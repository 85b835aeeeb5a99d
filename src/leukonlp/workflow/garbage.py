"""Python's garbage collector, kept from walking over and over what stays: owns nothing else."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Leave rings of objects where they are until the end; all else is freed as ever.

    A chunk of records makes few of them, and each full collection walks 200,000 objects of models and modules
    that are there to stay: it took a seventh of the time of annotating.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def leave_the_rest() -> None:
    """Let this process end without a last search for rings of objects; for a process of our own.

    The system takes all memory back anyway, while the search walks every object of models and modules: 0.6 s
    at the end of a command and of each worker.
    """
    atexit.register(gc.freeze)
