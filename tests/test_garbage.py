"""No collection inside, and the collector as it was outside."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator

import pytest

from leukonlp.workflow.garbage import no_collection


class Ring:
    """An object that holds itself: only the collector can free it."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def enabled() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_rings_wait_until_the_end() -> None:
    with no_collection():
        rings = [weakref.ref(Ring()) for _ in range(2000)]
        assert all(ring() is not None for ring in rings)
    gc.collect()
    assert not any(ring() is not None for ring in rings)


def test_the_collector_is_on_again_whatever_happens() -> None:
    inside = []

    def fails() -> None:
        with no_collection():
            inside.append(gc.isenabled())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert inside == [False]
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    with no_collection():
        pass
    assert not gc.isenabled()


@pytest.mark.parametrize(
    "start",
    ["from leukonlp.cli import main as begin", "from leukonlp.workflow.processes import _start_worker as f\n"
     "begin = lambda: f(os.getppid())"],
    ids=["command", "worker"],
)  # fmt: skip
def test_a_process_of_our_own_ends_without_a_last_search(start: str) -> None:
    script = (
        "import atexit, gc, os, sys\n"
        "atexit.register(lambda: print('frozen', gc.get_freeze_count() > 0))\n"
        f"sys.argv = ['leukonlp', '--version']\n{start}\nbegin()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("frozen True\n")
