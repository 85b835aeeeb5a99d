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
# "Forty-6" is what some publishers' files make of "Forty-six".
_UNDER_100 = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])})|-[1-9](?![\d-]))?|"
    rf"(?:{'|'.join(_LONGEST_FIRST)}))"
)
_HUNDREDS = rf"(?:{'|'.join(_ONES[1:10])}|an?)[- ]hundred(?:(?: and)?[- ]{_UNDER_100})?"
WORDS: Final = (
    rf"(?:(?:{'|'.join(_ONES[1:13])}|an?)[- ]thousand(?:(?:,| and)? (?:{_HUNDREDS}|{_UNDER_100}))?|"
    rf"{_HUNDREDS}|{_UNDER_100})"
)
# "5, 081" is what some files make of "5,081". At most three more groups: nobody counts further, and what
# repeats without end is looked through again from each place.
DIGITS: Final = (
    r"(?<![\w.,/:-])\d{1,3}(?:(?:,(?: (?=0\d\d\b))?|[ ](?=\d{3}\b))\d{3}){1,3}(?![\d.]\d)|"
    r"(?<![\w.,/])(?<!\d:)\d{1,7}(?![\d.,]\d|\d)"
)
NUMBER: Final = rf"(?:{DIGITS}|\b{WORDS}\b)"
"""A count: ``29``, ``1,854,631``, ``seventeen``, ``one hundred and two``. Match it on plain text."""

DIGIT: Final = re.compile(r"\d")
LAST: Final = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|ty|hundred|thousand"
"""How all :data:`WORDS` end."""
DECIMAL: Final = r"\d{1,4}(?:\.\d{1,3}|½)?"
UNIT: Final = r"(?:years?|yrs?|y(?![a-z])|months?|mos?|weeks?|wks?|days?)"
_MONTHS = {"y": 12.0, "m": 1.0, "w": 12 / 52.1775, "d": 12 / 365.25}
_UNITS = {"y": "years", "m": "months", "w": "weeks", "d": "days"}


_LAST = re.compile(rf"({NUMBER})$")
_STEMS = frozenset(_VALUES) - {"zero"} | {"hundred", "thousand"}
_SIMPLE = frozenset(_VALUES) - {"zero"}
_MAY_JOIN = (*_STEMS, "and")
# Between a count and its noun stand adjectives, never these.
_BREAKS = frozenset(
    (
        "of in and with to or the were was had for per from at by on who an a is are as than that which "
        "nor but not "
        "million year years month months week weeks day days hour hours minute minutes mg kg ml "
        "percent "
        "times fold out mice mouse rat rats cells center centers centre centres hospital hospitals "
        "country "
        "countries site sites sample samples variant variants mutation mutations study studies trial "
        "trials family "
        "families patients children boys subjects cases controls when while if after before during within "
        "without among between through until because whose whom"
    ).split()
)
_JOINS = frozenset(("and", "or", "to"))
# Words that "and" joins to another adjective: "overweight and obese adults", "stage II and III patients".
_JOINED = re.compile(
    r"[\w-]*\w(?:ed|ive|al|ic|ary|ory|ent|ant|ese|ous|ing|ful|less|ble|an|ish|ile|ate|id|er)$|(?:x|ix|iv|v?i{1,3})$|"
    r"(?:[\w-]+-|mild|low|high|male|female|black|white|old|young|obese|overweight|pre|peri|post|naive)$"
)
_CLASSED = frozenset("type types stage stages class grade grades group phase level covid factor asa".split())
# The space after a full stop got lost: "of gastric cancer.Twelve patients".
# or after a year, a registration or a bracket: "in 1995.6540 men", "(< 8 mmHg).Sixty women".
_LOST = re.compile(
    rf"(?:[a-z]{{3}}|[)\]%]|\b(?:19|20)\d\d|\bnct\d{{8}})\.((?<!\d)\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}|{WORDS})$"
)
_BRACKET = re.compile(r"\([^()]*\)\s*$")
# "Third year students", "day surgery patients", "U.K. trial participants": no time and no study.
_PAIRED = {
    "year": re.compile(r"(?:first|second|third|fourth|fifth|sixth|final) year\b"),
    "day": re.compile(r"\bday (?:surgery|case|care|hospital|clinic)\b"),
    "study": re.compile(r"\bstudy (?:participants|patients|subjects|volunteers)\b"),
    "trial": re.compile(r"\btrial (?:participants|patients|subjects)\b"),
}
_SPAN = re.compile(r"\d+[-/]\d+$")
_ADJECTIVE = re.compile(r"(?:[^\W\d_](?:\.|[\w/'+-]*,?)|(?:[a-z]\.){2,3})$")
_COMPOUND = re.compile(r"\d[\w.]*(?:[a-z]\w*,?|-)$|[\w.]+-[\w-]*[a-z]\w*,?$")


class Found(NamedTuple):
    """A number at ``start``, its value, and the words between it and what it counts."""

    value: int
    start: int
    words: str


def count_before(plain: str, left: int, noun: int) -> Found | None:
    """Return the number that counts the noun at ``noun``, at most ten words before it, from ``left`` on.

    Brackets between the two are passed over, and so is "and" between two adjectives:
    "450 overweight and obese (BMI above 27) adults".
    """
    stop = noun - 1
    if stop <= left or plain[stop] != " ":
        return None
    for _ in range(10):
        start = max(plain.rfind(" ", left, stop) + 1, left)
        word = plain[start:stop]
        if word.endswith((")", "]")):
            start = plain.rfind("(" if word[-1] == ")" else "[", left, stop)
            if start <= left:
                return None
        else:
            word = word.lstrip("([")
            if not word:
                return None
            if "." in word:
                lost = _LOST.search(word)
                if lost is not None:
                    return Found(whole(lost[1]), stop - len(lost[1]), plain[stop:noun])
            if word[0].isdigit() or word.rstrip(",").split("-", 1)[0] in _STEMS:
                found = _number(plain, left, stop, noun)
                # "12 eight-week-old infants", "20 type 2 patients": the count stands further left.
                if _SPAN.match(word) or found is None:
                    passed = _classed(plain, start, left) or _COMPOUND.match(word) is not None
                else:
                    passed = _classed(plain, found.start, left)
                if not passed:
                    return found if found is None or _counts(plain, found) else None
            elif not _between(plain, word, left, start):
                return None
        stop = start - 1
        if stop <= left:
            return None
    return None


def count_ending(plain: str, left: int, stop: int) -> Found | None:
    """Return the number that ends right at ``stop``, from ``left`` on: the 32 of "32 were treated"."""
    word = plain[max(plain.rfind(" ", left, stop) + 1, left) : stop].lstrip("([")
    if not word or not (word[0].isdigit() or word.split("-", 1)[0] in _STEMS):
        return None
    return _number(plain, left, stop, stop)


def _number(plain: str, left: int, stop: int, noun: int) -> Found | None:
    if plain[stop - 1] == ",":
        stop -= 1
    start = plain.rfind(" ", left, stop) + 1
    if start > left and _stands_alone(plain, left, start, stop):
        return Found(whole(plain[start:stop]), start, plain[stop:noun])
    match = _LAST.search(plain, max(left, stop - 56), stop)
    if match is None or match[1].startswith("0"):  # nobody; or the end of a number printed in two parts
        return None
    return Found(whole(match[1]), match.start(), plain[stop:noun])


def _stands_alone(plain: str, left: int, start: int, stop: int) -> bool:
    """True for a number of one word that nothing before it can belong to: the commonest case."""
    word = plain[start:stop]
    before = plain[max(left, start - 24) : start - 1].rstrip(", -")
    if word.isascii() and word.isdigit():
        return len(word) <= 7 and word[0] != "0" and not (len(word) == 3 and before[-1:].isdigit())
    return word in _SIMPLE and not before.endswith(_MAY_JOIN)


def _classed(plain: str, at: int, left: int) -> bool:
    """True for the number of a type or stage: the 2 of "type 2"."""
    return plain[max(left, at - 10) : at].rstrip(" -").rpartition(" ")[2] in _CLASSED


def _counts(plain: str, found: Found) -> bool:
    """False for "at one large centre, children" and "among the 23, infants": the noun is another's."""
    if found.value == 1:
        return "," not in found.words
    return not (found.words.startswith(",") and plain.endswith("the ", 0, found.start))


def _between(plain: str, word: str, left: int, start: int) -> bool:
    """True for a word that may stand between a count and its noun."""
    if word in _JOINS:
        joined = _BRACKET.sub("", plain[max(left, start - 60) : start]).rstrip(" ,")
        return _JOINED.match(joined.rpartition(" ")[2]) is not None
    if word in _PAIRED and _PAIRED[word].search(plain, max(left, start - 12), start + 24) is not None:
        return True
    return word.rstrip(",") not in _BREAKS and (word.isalpha() or _ADJECTIVE.match(word) is not None)


def whole(text: str) -> int:
    """Return the value of what :data:`NUMBER` matched."""
    compact = re.sub(r",? ?(?=\d{3})", "", text)
    if compact.isdigit():
        return int(compact)
    total = 0
    for word in re.split(r"[- ,]+", text):
        if word == "hundred":
            total += (max(total % 1000, 1) * 100) - total % 1000
        elif word == "thousand":
            total = max(total, 1) * 1000
        else:
            total += (
                1 if word in ("a", "an") else _VALUES.get(word, 0) or (int(word) if word.isdigit() else 0)
            )
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
