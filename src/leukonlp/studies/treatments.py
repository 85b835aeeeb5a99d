"""Words that name a treatment, by its kind: what the tagger knows of medicine beyond leukodystrophies.

The table ``data/treatments.tsv`` holds names and classes of drugs, stems of international nonproprietary
names (``-mab``, ``-statin``), operations, devices, diets and supportive measures. A word that names a
treatment does not say that the study gives it; the classifier tells that from the words around it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias

_Name: TypeAlias = "tuple[list[str], str, bool]"
_Word: TypeAlias = "tuple[str, tuple[str, bool] | None, dict[str, list[_Name]] | None]"
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
        self._lengths = {
            kind: sorted({*map(len, parts)}, reverse=True) for kind, parts in self._parts.items()
        }
        self._known: dict[str, _Word] = {}

    def find(self, words: Sequence[str]) -> list[Treatment]:
        """Return the treatments among ``words`` (small letters, in order); the longest name wins."""
        known, read = self._known, self._read
        stems = [known.get(word) or read(word) for word in words]
        found: list[Treatment] = []
        last = 0
        for i in [i for i, (_, named, longer) in enumerate(stems) if longer is not None or named is not None]:
            if i < last:
                continue
            _, named, longer = stems[i]
            names = longer.get(stems[i + 1][0]) if longer is not None and i + 1 < len(stems) else None
            treatment = self._longest(stems, i, names) if names is not None else None
            if treatment is None and named is not None:
                treatment = Treatment(i, i + 1, *named)
            if treatment is not None:
                found.append(treatment)
                last = treatment.last
        return found

    @staticmethod
    def _longest(stems: Sequence[_Word], i: int, names: Sequence[_Name]) -> Treatment | None:
        for words, modality, setting in names:
            last = i + len(words)
            if words == [stem for stem, _, _ in stems[i:last]]:
                return Treatment(i, last, modality, setting)
        return None

    def _read(self, word: str) -> _Word:
        """Return the singular of a word, what it names by itself or by its parts, and names it begins."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        stem = _single(word)
        named = self._names.get(stem)
        if named is None and len(stem) >= _SHORTEST_STEMMED and stem.isalpha():
            ways = [("ending", stem[-n:]) for n in self._lengths["ending"] if n <= len(stem)]
            ways += [("beginning", stem[:n]) for n in self._lengths["beginning"] if n <= len(stem)]
            named = next((self._parts[kind][part] for kind, part in ways if part in self._parts[kind]), None)
        self._known[word] = stem, named, self._longer.get(stem)
        return self._known[word]


@lru_cache(maxsize=1)
def load_treatments() -> Treatments:
    """Return the packaged table, read once for each process."""
    with files("leukonlp.studies").joinpath("data/treatments.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return Treatments([(r["kind"], r["text"], r["modality"], r["setting"]) for r in rows])


def _single(word: str) -> str:
    """Return a plural without its ending, most else as it is: ``statins`` and ``therapies``."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and len(word) > 4 and word[-2] not in "sui" else word
