"""What teachers think of texts, kept in files so that each is asked once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Likely: TypeAlias = NDArray[np.float16]
"""Tokens x types x 5 probabilities of one text."""
Teacher: TypeAlias = Callable[[Sequence[str]], Iterator[Likely]]
PART = 500
"""Texts whose labels make one file."""


def opinions_of(
    texts: Sequence[str],
    teacher: Callable[[], Teacher],
    folder: Path,
    kind: str,
    say: Callable[[str], None],
) -> list[Likely]:
    """Return a teacher's opinion of each text, out of ``folder`` where it was asked before.

    Args:
        texts: the texts, in an order that stays; later calls may bring more behind them.
        teacher: makes the teacher; called only where an opinion is missing.
        folder: one for each teacher; made where it is missing.
        kind: begins the names of the files.
        say: called with a line on how it goes.
    """
    folder.mkdir(exist_ok=True)
    ready: Teacher | None = None
    found: list[Likely] = []
    for number, first in enumerate(range(0, len(texts), PART)):
        part = texts[first : first + PART]
        path = folder / f"{kind}-{number:04}.npz"
        opinions = _read(path)
        if len(opinions) < len(part):
            ready = ready or teacher()
            opinions += ready(part[len(opinions) :])
            write_opinions(path, opinions)
            say(f"{folder.name}: {first + len(part)} of {len(texts)} {kind} labelled")
        found += opinions[: len(part)]
    return found


def write_opinions(path: Path, opinions: Sequence[Likely]) -> None:
    """Write opinions to a file at once, so that a stop leaves the old file or the new one."""
    unfinished = path.with_suffix(".part.npz")
    np.savez_compressed(unfinished, likely=np.concatenate(opinions), lengths=[len(o) for o in opinions])
    unfinished.replace(path)


def mixed_in(mean: Likely, opinion: Likely, asked: int) -> Likely:
    """Return the mean of ``asked`` opinions and one more."""
    more = opinion.astype(np.float32) - mean
    mixed: Likely = (mean + more / (asked + 1)).astype(np.float16)
    return mixed


def _read(path: Path) -> list[Likely]:
    if not path.is_file():
        return []
    with np.load(path) as kept:  # np.load refuses pickles
        return np.split(kept["likely"], np.cumsum(kept["lengths"])[:-1])
