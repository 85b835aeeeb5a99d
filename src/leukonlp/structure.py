"""Where the parts of a text lie: its sentences, and its sections that carry a printed label.

Sources use it to read labels, the pipeline to set sentence starts, the study rules to quote whole
sentences: one answer for all three. What a sentence or section *means* for a study lives elsewhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from leukonlp.records import Section, SectionCategory

_ABBREVIATIONS = frozenset(
    (
        "al approx ca cf chr conc dept dr e.g eq et exp fig figs i.e inc incl jr max min mr mrs ms no nos nr "
        "pp prof ref refs resp sp spp sr st subsp var viz vol vs v wt"
    ).split()
)
# A line feed; or a full stop, question or exclamation mark, closing quotes or brackets, a gap, what may open
# a sentence. It begins with one set of signs, so that all others are passed over fast.
_BORDER = re.compile(
    r"[.!?\n](?:(?<=\n)\s*|(?<!\n)[\"'”’)\]]{0,3}(\s+)(?=[\"'“‘(\[]{0,2}[A-Z0-9Α-Ω≥≤<>~±+*µ]))"
)
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘]+$")

_CATEGORIES: tuple[tuple[SectionCategory, re.Pattern[str]], ...] = (
    ("background", re.compile(r"summary of background")),
    (
        "conclusions",
        re.compile(
            r"conclu|interpretation|discussion|implication|significance|summary|comment|"
            r"perspective|take.?home|clinical relevance|what this (?:paper|study) adds|lessons?\b"
        ),
    ),
    (
        "results",
        re.compile(r"result|finding|observations?$|case (?:report|presentation|description)|cases?$"),
    ),
    (
        "methods",
        re.compile(
            r"method|design|setting|participant|patients?\b|subjects?\b|material|intervention|measure|"
            r"procedure|analys|data (?:source|extraction|collection|synthesis)|study selection|"
            r"sample|population|approach|experimental|eligib|search strateg|selection criteria|randomi|"
            r"treatment|follow.?up|outcome|registration|exposure|protocol|statistic|ethic"
        ),
    ),
    (
        "objective",
        re.compile(r"objective|\baims?\b|purpose|goal|hypothes|question|rationale and aim|intention"),
    ),
    (
        "background",
        re.compile(r"background|introduction|context|rationale|importance|scope|overview|motivation|problem"),
    ),
)
_COLON = re.compile(r" ?:[ \n]")
_LABEL = re.compile(
    r"(?:(?<=[.!?)\]]\s)|(?<=\n))"
    r"(?:[A-Z][A-Z][A-Z &/,'()\-]{1,70}"
    r"|[A-Z][a-z]{2,14}(?:[ /](?:and |of |the |& )?[A-Za-z][a-z]{2,14}){0,3})$"
)
_LONGEST_LABEL = 75
_NEAR = 90
"""Where the colon of a label that opens an abstract stands at the latest."""


@lru_cache(maxsize=128)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the ``(start, end)`` of every sentence, without surrounding white space.

    A line feed always ends a sentence, so a title is a sentence of its own. A full stop does not
    where it closes an abbreviation ("vs.", "et al.", "Fig.") or an initial ("E. coli").
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BORDER.finditer(text):
        gap = match[1]  # None at a line feed
        if gap is not None and "\n" not in gap and _is_abbreviation(text, match.start()):
            continue
        _append(spans, text, start, match.start() if gap is None else match.start(1))
        start = match.end()
    _append(spans, text, start, len(text))
    return tuple(spans)


def is_one(text: str) -> bool:
    """Return True for a text of one sentence, or of none."""
    return len(sentences(text)) <= 1


def _is_abbreviation(text: str, stop: int) -> bool:
    if text[stop] != ".":
        return False
    word = _LAST_WORD.search(text, max(0, stop - 24), stop)
    if word is None:
        return False
    last = word.group().rstrip(".")
    if len(last) == 1 and last.isalpha() and last.isupper():
        # "E. coli" and "J. Smith" go on; "vitamin E. We" and "hepatitis B. The" end.
        following = text[stop + 1 : stop + 3].strip()[:1]
        before = text[max(0, word.start() - 2) : word.start()].strip()
        return following.isupper() and before in ("", ".")
    return last.lower() in _ABBREVIATIONS


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def category(label: str) -> SectionCategory | None:
    """Return what a printed section label means, or None for one that fits no category."""
    words = label.lower()
    return next((name for name, pattern in _CATEGORIES if pattern.search(words)), None)


def inline_sections(text: str, start: int = 0) -> tuple[Section, ...]:
    """Find printed labels such as ``METHODS: ...`` in ``text[start:]``, where no markup names them.

    Two labels with a known meaning make an abstract structured; then any all-capitals label counts.
    A single one is taken for running text ("Results: none"), unless it opens the abstract.
    """
    if not _may_hold_labels(text, start):
        return ()
    found = [label for colon in _COLON.finditer(text, start) if (label := _label_before(text, start, colon))]
    known = [label for label in found if label.meaning is not None]
    if len(known) < 2 and not (known and known[0].start == start):
        return ()
    ends = [label.start for label in found[1:]] + [len(text)]
    spans = []
    for label, end in zip(found, ends, strict=True):
        body_end = end
        while body_end > label.end and text[body_end - 1].isspace():
            body_end -= 1
        if label.end < body_end:
            spans.append(Section(label.end, body_end, text[label.start : label.stop], label.meaning))
    return tuple(spans)


def _may_hold_labels(text: str, start: int) -> bool:
    """Rule out most abstracts at once: a label at the very start has its colon near, others come in pairs."""
    first = text.find(":", start)
    return first >= 0 and (first < start + _NEAR or text.find(":", first + 1) >= 0)


class _Label(NamedTuple):
    start: int
    stop: int
    end: int
    """Where the text under the label begins."""
    meaning: SectionCategory | None


def _label_before(text: str, start: int, colon: re.Match[str]) -> _Label | None:
    begin = max(start, colon.start() - _LONGEST_LABEL)
    before = text[begin : colon.start()]
    # A label opens the abstract or follows a sentence; the line feed stands in for the opening.
    match = _LABEL.search(f"\n{before}" if begin == start else before)
    if match is None:
        return None
    words = match.group()
    meaning = category(words)
    if meaning is None and not words.isupper():
        return None
    return _Label(colon.start() - len(words), colon.start(), colon.end(), meaning)
