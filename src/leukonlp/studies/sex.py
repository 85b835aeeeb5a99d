"""The sex of the people studied: male, female or both, quoted by the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from leukonlp.records import Fact, Quote
from leukonlp.studies.numbers import LAST, NUMBER, whole
from leukonlp.studies.people import People, credible
from leukonlp.studies.reading import Part, Reading, Sentence

_MALE: Final = r"(?:males?|men|boys)"
_FEMALE: Final = r"(?:females?|women|girls)"
_EACH: Final = rf"(?:{_MALE}|{_FEMALE})"
_SHARE: Final = r"(?<![\d.])(?P<{0}>\d{{1,3}}(?:\.\d{{1,2}})?) ?(?:%|percent)"
_MEN: Final = r"(?:[\w-]+ ){0,2}?(?:males?|men|boys?|man)\b"
_WOMEN: Final = r"(?:[\w-]+ ){0,2}?(?:females?|women|girls?|woman)\b"
_THEN: Final = r"(?: ?\([^)]{1,40}\))?[^.()]{0,80}?"
_COUNT: Final = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})? ?%|{NUMBER}|\ban?)(?: ?\([^)]{{1,20}}\))?"
_LEADS: Final = (" ", "(", "/", ",")
_MALES = tuple(f"{lead}{word}" for word in ("male", "men", "man ", "man,", "boy") for lead in _LEADS)
_FEMALES = tuple(f"{lead}{word}" for word in ("female", "women", "woman", "girl") for lead in _LEADS)
_SEXES = (*_MALES, *_FEMALES)
_BOTH_WORDS = (
    "sexes",
    "either sex",
    "genders",
    "either gender",
    "m/f",
    "f/m",
    "m:f",
    "f:m",
    "sex ratio",
    " f/",
    " m/",
)
TRIGGERS = (_SEXES, _MALES, _FEMALES, _BOTH_WORDS)
_BOTH: Final = re.compile(
    # "8 men, 11 women", "males (n = 10) and females (n = 5)"
    rf"{_COUNT} {_MEN}{_THEN} {_COUNT} {_WOMEN}|{_COUNT} {_WOMEN}{_THEN} {_COUNT} {_MEN}|"
    rf"\b(?:{_MALE} ?\([^)]{{1,20}}\),? (?:and )?{_FEMALE}|{_FEMALE} ?\([^)]{{1,20}}\),? (?:and )?{_MALE})\b|"
    r"\b(?:(?:male|men|boys)(?: ?[/:] ?|-to-| to )(?:female|women|girls)|"
    r"(?:female|women|girls)(?: ?[/:] ?|-to-| to )(?:male|men|boys))s?(?: ratio)?\b"
    r"(?:[ :,=(]{1,3}(?:of |was )?\d[\d./: ]*)?|"
    r"\b\d{1,4} ?m ?[/,:] ?\d{1,4} ?f\b|\b\d{1,4} ?f ?[/,:] ?\d{1,4} ?m\b|"
    r"\b[mf][/:][mf](?: ratio)?[ :=,]{1,3}\d[\d./: ]*|"
    r"\b(?:both|either) (?:sex(?:es)?|genders?)\b|"
    rf"\b(?:(?:men|boys|males|male) (?:and|or) (?:women|girls|females|female)|(?:women|girls|females|female) "
    rf"(?:and|or) (?:men|boys|males|male))\b"
)
_SHARED: Final = re.compile(
    rf"{_SHARE.format('share')}\)?(?: of (?:the |all |these |our )?(?:\d+ )?(?:patients|participants|"
    r"subjects|cohort|sample|children|cases|recipients|adults|individuals|respondents|infants|them|these|"
    r"those|whom)"
    rf"(?= were| was),?)?,? ?(?:were |was |are |being )?(?P<who>{_EACH})\b|"
    rf"\b(?<!of the )(?P<who2>{_EACH})(?: sex| gender)?[ :=]{{0,2}}[(\[]?"
    rf"(?:n ?= ?\d{{1,6}}[,;] ?|\d{{1,6}} ?[,;/(\[] ?)?{_SHARE.format('share2')}"
)
# "12 patients (seven women)", "five of them boys": some, so that the others are of the other sex.
_SOME: Final = re.compile(
    rf"(?<=[(;,] )(?:{NUMBER}) {_EACH}(?=\))|(?<=\()(?:{NUMBER}) {_EACH}(?=\))|"
    rf"\b(?:{NUMBER}) of (?:them|whom) (?:were )?{_EACH}\b|"
    rf"(?<=\()(?P<some>{NUMBER}) {_EACH}(?=[,;])|\b(?P<some2>{NUMBER}) (?:\([^)]{{1,12}}\) )?(?:were|"
    rf"was) {_EACH}\b"
)
# What stands right before the sex in each of them, were it only the end of a number.
_SOMEBODY: Final = re.compile(rf"(?:\d|{LAST}|them|whom|were|was) {_EACH}")
_ALL: Final = re.compile(
    rf"\b(?:all|only|exclusively)(?: of)?(?: (?:the|these|patients?|participants?|subjects?|volunteers|cases|"
    rf"{NUMBER}|were|was|included|enrolled|studied))* (?P<who>{_EACH})\b(?! (?:and|or)\b)"
)
_ONE: Final = {"male": r"boy|man|male|gentleman|brother", "female": r"girl|woman|female|lady|sister"}
_SINGLE: Final = {sex: re.compile(rf"\b(?:{words})\b") for sex, words in _ONE.items()}
_PLURAL: Final = {"male": re.compile(rf"\b{_MALE}\b"), "female": re.compile(rf"\b{_FEMALE}\b")}
_NAMED: Final = {
    "male": re.compile(r"\b(?:males?|m[ae]n|boys?)\b"),
    "female": re.compile(r"\b(?:females?|wom[ae]n|girls?)\b"),
}
_OF_MANY: Final = re.compile(rf"\bof (?:the |these |all |our )?(?:{NUMBER}) $")
_TITLE: Final = re.compile(
    rf"\b(?:in|of|among|for|with) (?:(?!(?:in|of|among|for|with|"
    rf"on)\b)[\w/'-]+ ){{0,5}}?(?P<who>{_EACH})\b(?!')"
)
_SOLE: Final = re.compile(
    rf"\b(?:(?:male|female) (?:[\w-]+ )?(?:volunteers|subjects|participants|patients|adults|recipients|"
    rf"students|"
    rf"athletes|adolescents)|{_EACH} (?:who|with|were|aged|undergoing|receiving|presenting|scheduled|"
    rf"diagnosed|"
    r"between))\b"
)
_MOSTLY: Final = re.compile(rf"\b(?:predominantly|mostly|mainly) {_EACH}\b")
_ANIMALS: Final = re.compile(r" ?(?:[\w-]+ )?(?:rats?|mice|mouse|dogs?|pigs?|rabbits?|monkeys?)\b")
_APART: tuple[Part, ...] = ("background", "conclusions")
_NOT_THEIRS: Final = re.compile(
    r"\b(?:controls?|healthy|donors?|physicians|nurses|carriers|mothers|than|more (?:common|frequent) in|"
    r"risk (?:for|in)|differences? between|mice|rats)\b[^.;]{0,50}$"
)


def sex(reading: Reading, people: People, *, single: bool = False) -> Fact | None:
    """Return ``male``, ``female`` or ``both``, or None where the record does not tell.

    One sex alone is said where all are of it, where the people are counted or named in the title by it and
    the other is nowhere mentioned, or of the one patient of a case report.

    Args:
        reading: the record.
        people: its counts of people, and the words for a single patient.
        single: True for a report of one person.
    """
    if (single or people.most <= 1) and people.single is not None:
        found = _of_one(reading, people.single)
        if found is not None:
            return found
    for match, sentence in _said(reading):
        if not _theirs(reading, match, sentence):
            continue
        quote, groups = reading.quote(*match.span()), match.groupdict()
        if "share" not in groups:
            some = groups.get("some") or groups.get("some2")
            if some is None or whole(some) < people.most:
                return Fact("both", quote)
            continue
        share = float(groups["share"] or groups["share2"])
        # "27 of 36 boys (75%)" is no share of boys.
        if share <= 100 and not _OF_MANY.search(reading.before(match.start(), 40)):
            return Fact(_shared(groups["who"] or groups["who2"], share), quote)
    return _one_sex(reading, people)


def _said(reading: Reading) -> Iterator[tuple[re.Match[str], Sentence]]:
    """Yield the words for both sexes, for some of one, and for a share: each only where it can stand."""
    named = [s for s in reading.holding(_SEXES) if s.part not in _APART]
    males, females = set(reading.holding(_MALES)), set(reading.holding(_FEMALES))
    either = [s for s in reading.holding(_BOTH_WORDS) if s.part not in _APART]
    tried = [(_BOTH, s) for s in named if s in males and s in females] + [(_BOTH, s) for s in either]
    for sentence in named:
        words = reading.words(sentence)
        if "mostly" in words or "mainly" in words or "predominantly" in words:
            tried.append((_MOSTLY, sentence))
        part = "(" in words or " of them" in words or " of whom" in words or " were " in words
        if part and _SOMEBODY.search(words):
            tried.append((_SOME, sentence))
        if "%" in words or "percent" in words:
            tried.append((_SHARED, sentence))
    for form, sentence in tried:
        for match in form.finditer(reading.plain, sentence.start, sentence.end):
            yield match, sentence


def _shared(who: str, share: float) -> str:
    male = _PLURAL["male"].match(who) is not None
    if share == 100:
        return "male" if male else "female"
    if share == 0:
        return "female" if male else "male"
    return "both"


def _theirs(reading: Reading, match: re.Match[str], sentence: Sentence) -> bool:
    return not _NOT_THEIRS.search(reading.plain, max(sentence.start, match.start() - 60), match.start())


def _of_one(reading: Reading, quote: Quote) -> Fact | None:
    """The sex of a single patient, by the words that present them."""
    end = min(reading.sentence_at(quote.start).end, quote.end + 40)
    words = reading.plain[quote.start : end]
    found = [(m.start(), m.end(), name) for name, form in _SINGLE.items() if (m := form.search(words))]
    if not found:
        return None
    _, close, name = min(found)
    stop = max(quote.end, quote.start + close)
    if _ANIMALS.match(reading.plain, stop):
        return None
    return Fact(name, reading.quote(quote.start, stop))


def _one_sex(reading: Reading, people: People) -> Fact | None:
    """One sex alone, where nothing in the record speaks of the other."""
    if not reading.places(_SEXES):
        return None
    held = (("male", _MALES), ("female", _FEMALES))
    named = [n for n, group in held if reading.places(group) and _NAMED[n].search(reading.plain)]
    for match, sentence in reading.matches(_ALL, _SEXES, apart=_APART):
        if _theirs(reading, match, sentence):
            return Fact(_shared(match["who"], 100), reading.quote(*match.span()))
    if len(named) != 1:
        return None
    name = named[0]
    for count in sorted(people.counts, key=lambda c: (-c.score, c.start)):
        if credible(count) and _PLURAL[name].search(reading.plain, count.start, count.end):
            return Fact(name, reading.quote(count.start, count.end))
    for match, sentence in reading.matches(_SOLE, _SEXES, apart=_APART):
        if _theirs(reading, match, sentence):
            return Fact(name, reading.quote(*match.span()))
    title = _TITLE.search(reading.plain, 0, reading.title_end)
    return Fact(name, reading.quote(*title.span())) if title is not None else None
