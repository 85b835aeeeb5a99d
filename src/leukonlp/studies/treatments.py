"""Words that name a treatment, by its kind: what the tagger knows of medicine beyond leukodystrophies.

The table ``data/treatments.tsv`` holds names and classes of drugs, stems of international nonproprietary
names (``-mab``, ``-statin``), operations, devices, diets and supportive measures. A word that names a
treatment does not say that the study gives it; the classifier tells that from the words around it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import compress
from typing import NamedTuple, TypeAlias

_Name: TypeAlias = "tuple[list[str], str, bool]"
_Begun: TypeAlias = "tuple[tuple[str, bool] | None, dict[str, list[_Name]]]"
"""What a word names by itself or by its parts, and the longer names that it begins, by their second word."""
_NOTHING: _Begun = (None, {})
WORD = re.compile(r"[^\W_]+")
_SHORTEST_STEMMED = 6
_REMEMBERED = 50_000


class Treatment(NamedTuple):
    """Words ``first`` to ``last`` (exclusive) of a text that name a treatment."""

    first: int
    last: int
    modality: str
    setting: bool
    """True for names that tell a setting more often than the therapy tested: ``surgery``."""


class Treatments:
    """Finds names of treatments among the words of a text.

    Args:
        rows: kind (``word``, ``ending`` or ``beginning``), text, modality, and ``yes`` for settings.
    """

    def __init__(self, rows: Sequence[tuple[str, str, str, str]]) -> None:
        self._names: dict[str, tuple[str, bool]] = {}
        self._longer: dict[str, dict[str, list[_Name]]] = {}
        self._parts: dict[str, dict[str, tuple[str, bool]]] = {"ending": {}, "beginning": {}}
        for kind, text, modality, setting in rows:
            words = [_single(word) for word in WORD.findall(text.lower())]
            if kind != "word":
                self._parts[kind][text.lower()] = modality, setting == "yes"
            elif len(words) == 1:
                self._names[words[0]] = modality, setting == "yes"
            else:
                names = self._longer.setdefault(words[0], {}).setdefault(words[1], [])
                names.append((words, modality, setting == "yes"))
                names.sort(key=lambda name: -len(name[0]))
        self._last = {
            name[0][-1]
            for by_second in self._longer.values()
            for names in by_second.values()
            for name in names
        }
        self._lengths = {
            kind: sorted({*map(len, parts)}, reverse=True) for kind, parts in self._parts.items()
        }
        self._begun = _Remembered(self._begins)

    def find(self, words: Sequence[str]) -> list[Treatment]:
        """Return the treatments among ``words`` (small letters, in order); the longest name wins."""
        begun = self._begun
        found: list[Treatment] = []
        last = 0
        for i in compress(range(len(words)), map(begun.__getitem__, words)):  # most words begin nothing
            if i >= last and (treatment := self._at(words, i, begun[words[i]])) is not None:
                found.append(treatment)
                last = treatment.last
        return found

    def closes(self, word: str) -> bool:
        """Return True for the last word (small letters) of a longer name: ``inhibitors``."""
        return _single(word) in self._last

    def _at(self, words: Sequence[str], i: int, begun: _Begun | None) -> Treatment | None:
        """Return the longest name that begins at a word."""
        named, longer = begun or _NOTHING
        names = longer.get(_single(words[i + 1])) if longer and i + 1 < len(words) else None
        if names is not None:
            stems = [_single(word) for word in words[i : i + len(names[0][0])]]
            for name, modality, setting in names:
                if name == stems[: len(name)]:
                    return Treatment(i, i + len(name), modality, setting)
        return Treatment(i, i + 1, *named) if named is not None else None

    def _begins(self, word: str) -> _Begun | None:
        """Return what a word names and begins, None for nothing."""
        stem = _single(word)
        named = self._names.get(stem)
        if named is None and len(stem) >= _SHORTEST_STEMMED and stem.isalpha():
            ways = [("ending", stem[-n:]) for n in self._lengths["ending"] if n <= len(stem)]
            ways += [("beginning", stem[:n]) for n in self._lengths["beginning"] if n <= len(stem)]
            named = next((self._parts[kind][part] for kind, part in ways if part in self._parts[kind]), None)
        longer = self._longer.get(stem, {})
        return (named, longer) if named is not None or longer else None


class _Remembered(dict[str, "_Begun | None"]):
    """What words begin, found once for each word; emptied when it grows too large."""

    def __init__(self, find: Callable[[str], _Begun | None]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> _Begun | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[word] = self._find(word)
        return found


@lru_cache(maxsize=1)
def load_treatments() -> Treatments:
    """Return the packaged table, read once for each process."""
    with files("leukonlp.studies").joinpath("data/treatments.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return Treatments([(r["kind"], r["text"], r["modality"], r["setting"]) for r in rows])


@lru_cache(maxsize=_REMEMBERED)
def _single(word: str) -> str:
    """Return a plural without its ending, most else as it is: ``statins`` and ``therapies``."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and len(word) > 4 and word[-2] not in "sui" else word
