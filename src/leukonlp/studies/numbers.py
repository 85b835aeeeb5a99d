"""Numbers as papers print them: digits, thousands separators, words up to the hundreds; and spans of time."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES: Final = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: 20 + 10 * place for place, word in enumerate(_TENS)},
}
_LONGEST_FIRST = sorted(_ONES[1:], key=len, reverse=True)
_UNDER_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|(?:{'|'.join(_LONGEST_FIRST)}))"
WORDS: Final = rf"(?:(?:{'|'.join(_ONES[1:10])}|an?)[- ]hundred(?:(?: and)?[- ]{_UNDER_100})?|{_UNDER_100})"
DIGITS: Final = (
    r"(?<![\w.,/:-])\d{1,3}(?:(?:,|[ ](?=\d{3}\b))\d{3})+(?![\d.]\d)|(?<![\w.,/])\d{1,7}(?![\d.,]\d|\d)"
)
NUMBER: Final = rf"(?:{DIGITS}|\b{WORDS}\b)"
"""A count: ``29``, ``1,854,631``, ``seventeen``, ``one hundred and two``. Match it on plain text."""

DECIMAL: Final = r"\d{1,4}(?:\.\d{1,3})?"
UNIT: Final = r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?)"
_MONTHS = {"y": 12.0, "m": 1.0, "w": 12 / 52.1775, "d": 12 / 365.25}
_UNITS = {"y": "years", "m": "months", "w": "weeks", "d": "days"}


_LAST = re.compile(rf"({NUMBER})$")
_STEMS = frozenset(_VALUES) - {"zero"} | {"hundred"}
# Between a count and its noun stand adjectives, never these.
_BREAKS = frozenset(
    (
        "of in and with to or the were was had for per from at by on who an a is are as than that which "
        "nor but not "
        "million thousand year years month months week weeks day days hour hours minute minutes mg kg ml "
        "percent "
        "times fold out mice mouse rat rats cell cells center centers centre centres hospital hospitals "
        "country "
        "countries site sites sample samples variant variants mutation mutations study studies trial "
        "trials family "
        "families patients children boys subjects cases"
    ).split()
)
_ADJECTIVE = re.compile(r"[a-z][\w/'+-]*,?$")


class Found(NamedTuple):
    """A number at ``start``, its value, and the words between it and what it counts."""

    value: int
    start: int
    words: str


def count_before(plain: str, left: int, noun: int) -> Found | None:
    """Return the number that counts the noun at ``noun``, at most eight words before it, from ``left`` on."""
    stop = noun - 1
    if stop <= left or plain[stop] != " ":
        return None
    for _ in range(8):
        start = max(plain.rfind(" ", left, stop) + 1, left)
        word = plain[start:stop].lstrip("([")
        if not word:
            return None
        if word[0].isdigit() or word.split("-", 1)[0] in _STEMS:
            match = _LAST.search(plain, max(left, start - 36), stop)
            return Found(whole(match[1]), match.start(), plain[stop:noun]) if match else None
        if word.rstrip(",") in _BREAKS or not _ADJECTIVE.match(word):
            return None
        stop = start - 1
        if stop <= left:
            return None
    return None


def whole(text: str) -> int:
    """Return the value of what :data:`NUMBER` matched."""
    compact = re.sub(r"[, ](?=\d{3})", "", text)
    if compact.isdigit():
        return int(compact)
    total = 0
    for word in re.split(r"[- ]", text):
        if word == "hundred":
            total = max(total, 1) * 100
        else:
            total += 1 if word in ("a", "an") else _VALUES.get(word, 0)
    return total


def decimal(text: str) -> float:
    """Return a printed number, in digits (``3.2``, ``9½``) or a word (``five``), as a float."""
    if text.endswith("½"):
        return float(text[:-1]) + 0.5
    return float(text) if text[0].isdigit() else float(whole(text))


def unit(text: str) -> str:
    """Return ``years``, ``months``, ``weeks`` or ``days`` for any way to print it."""
    return _UNITS[text[0]]


def months(value: float, printed: str) -> float:
    """Return a span of time in months (a month is a twelfth of 365.25 days), to two decimals."""
    return round(value * _MONTHS[printed[0]], 2)
