"""The ways in which a word of a spelling key may be printed, as bytes: ``lexicon.normalize`` reversed."""

from __future__ import annotations

from functools import lru_cache

from leukonlp.lexicon.normalize import GREEK, SPELLINGS

_FORMS = tuple((new, old) for old, new in SPELLINGS if old not in ("globoidal", "dystrophie"))
"""Those two only add letters behind a stem that stands already."""


@lru_cache(maxsize=2**14)
def stems(word: str) -> tuple[bytes, ...]:
    """Return lower-case literals, one of which is in every printed form of a word of a key.

    A printed form here is ASCII, of any case, without markup inside: what else there is, ``odd`` knows.
    """
    return tuple(sorted(form.encode() for form in _printed(_without_ending(word))))


def _without_ending(word: str) -> str:
    if len(word) > 5:
        if word.endswith("y"):
            return word[:-1]  # -ies, dystrophie
        if word.endswith("is"):
            return word[:-2]  # -oses
    return word


def _printed(stem: str, start: int = 0) -> set[str]:
    found = {stem}
    for at in range(start, len(stem)):
        for new, old in _FORMS:
            if stem.startswith(new, at):
                found |= _printed(stem[:at] + old + stem[at + len(new) :], at + len(old))
    return found


@lru_cache(maxsize=2**10)
def halves(word: str) -> tuple[tuple[str, str], ...]:
    """Return the ways to cut a word in two, of which an edit of one letter leaves one part as it was.

    A cut goes through no letters that have several spellings, so that each part has its own stems.
    """
    return tuple((word[:at], word[at:]) for at in range(3, len(word) - 2) if not _varies(word, at))


def _varies(word: str, at: int) -> bool:
    return any(new in word[max(0, at - len(new) + 1) : at + len(new) - 1] for new, _ in _FORMS)


def is_greek(word: str) -> bool:
    """Tell whether a word of a key may be printed as a Greek letter."""
    return word in _GREEK_NAMES


_GREEK_NAMES = frozenset(GREEK.values())
