"""The development phase that a record states of its own study; other senses and other studies never count.

Owns which of several phases that a text states is the study's.
"""

from __future__ import annotations

from dataclasses import replace

from leukonlp.records import Tag
from leukonlp.studies import attribution
from leukonlp.studies import phase_cues as cues
from leukonlp.studies import phase_mentions as mentions
from leukonlp.studies.labels import phase_rank
from leukonlp.studies.reading import Reading

_TRIED = 20
"""Mentions of a phase that are looked up again in the text."""


def stated(reading: Reading) -> Tag | None:
    """Return the phase that the text states of this study, or None; basis ``text``."""
    found = list(mentions.phases_in(reading.plain))
    staged = bool(found) and cues.STAGED.search(reading.plain) is not None
    hits = [hit for match in found if (hit := mentions.judge(reading, match, staged)) is not None]
    if not staged:
        hits += mentions.portions(reading, found)
    if not hits and found and not staged:
        hits = [hit for match in found[:_TRIED] if (hit := mentions.followed(reading, match)) is not None]
    if not hits:
        return _first_in_human(reading)
    best = max(hit.strength for hit in hits)
    wider = [hit for hit in hits if hit.strength == 2 and len(hit.numbers) > 1]
    return _combine(reading, [_joined(reading, hit) for hit in hits if hit.strength == best], wider)


def _joined(reading: Reading, hit: mentions.Hit) -> mentions.Hit:
    """The phases that one noun or list takes together: of one trial both, of several the latest."""
    first = cues.PHASE.match(reading.plain, hit.start)
    following = cues.NEXT.match(reading.plain, first.end()) if first is not None else None
    second = cues.PHASE.match(reading.plain, following.end()) if following is not None else None
    noun = cues.NOUN.match(reading.plain, second.end()) if second is not None else None
    if second is None or noun is None:
        return hit
    numbers = hit.numbers | mentions.numbers_of(second)
    if noun[1] or cues.APART.search(reading.plain, hit.start, second.start()):
        numbers = frozenset({max(numbers)})
    if numbers not in cues.PAIRS or reading.sentence_at(noun.end()) != reading.sentence_at(hit.start):
        return hit
    return replace(hit, end=noun.end(), numbers=numbers)


def _combine(reading: Reading, hits: list[mentions.Hit], wider: list[mentions.Hit]) -> Tag | None:
    one_by_one = [hit for hit in hits if reading.plain.endswith("one ", 0, hit.start)]
    if len(one_by_one) > 1:  # "one phase 2/3, one phase 3": two trials, of which the later phase counts
        hits = [max(one_by_one, key=lambda hit: phase_rank(cues.PAIRS[hit.numbers]))]
    titled = [hit for hit in hits if hit.start < reading.title_end]
    numbers = max((hit.numbers for hit in titled or hits), key=lambda n: phase_rank(cues.PAIRS[n]))
    # "Phase 2 results" in the title of what the abstract calls a phase 1/2 trial.
    for hit in (*hits, *wider):
        if len(numbers) == 1 and numbers < hit.numbers and not _another(reading, hit, hits, numbers):
            numbers, hits = hit.numbers, [*hits, hit]
    first = next((hit for hit in hits if hit.numbers == numbers), hits[0])
    last = first if first.numbers == numbers else next((h for h in hits if h.numbers != first.numbers), first)
    same = reading.sentence_at(first.start) == reading.sentence_at(last.start)
    quote = reading.quote(first.start, last.end if same and last.end > first.start else first.end)
    return Tag(cues.PAIRS[numbers], quote=quote, basis="text")


def _another(reading: Reading, wide: mentions.Hit, hits: list[mentions.Hit], numbers: frozenset[int]) -> bool:
    """True for "a phase 2/3 study and a phase 3 study": two trials, and the phase 3 is none of the former."""
    return any(
        narrow.numbers == numbers
        and wide.start < narrow.start
        and reading.sentence_at(wide.start) == reading.sentence_at(narrow.start)
        and cues.APART.search(reading.plain, wide.start, narrow.start)
        for narrow in hits
    )


def _first_in_human(reading: Reading) -> Tag | None:
    """A study that calls itself first in human and names no phase is a phase 1."""
    if "first in" not in reading.plain and "first-in" not in reading.plain:
        return None
    for match in cues.FIRST_IN_HUMAN.finditer(reading.plain):
        sentence = reading.sentence_at(match.start())
        before, after = reading.around(*match.span())
        own = sentence.part == "title" or attribution.own(before, after, part=sentence.part)
        if (
            own
            and not attribution.other(before, after, own=own)
            and not cues.DEVICE.search(reading.plain, 0, sentence.end)
        ):
            return Tag("phase_1", quote=reading.quote(match.start(), match.end()), basis="text")
    return None
