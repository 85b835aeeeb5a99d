"""One record as the rules read it: plain lower-case text, sentences, and the part of the paper they are in.

Owns no tag and no fact. ``plain`` has the length of ``Abstract.text``, so that every offset found in
it is an offset into the record.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol, TypeAlias

from leukonlp.records import Abstract, Concept, Mention, Quote
from leukonlp.structure import inline_sections, sentences
from leukonlp.studies.triggers import Group, Place, Triggers

Part: TypeAlias = Literal["title", "background", "objective", "methods", "results", "conclusions"]

_DASHES = "‐‑‒–—−﹣-"
_SPACES = "\t\u00a0\u2002\u2003\u2009\u200a\u202f"
_SIMPLE = (*((c, "-") for c in _DASHES[:-1]), *((c, " ") for c in _SPACES), ("’", "'"), ("·", "."))

# Where an abstract without labels leaves the background and comes to its own work, and where it sums up.
_TURN = re.compile(
    r"\b(?:we|our|this|here|herein|aim(?:s|ed)?|purpose|objectives?|authors?|randomly|(?:year|month|week|"
    r"day)s?[- ]old|present (?:study|report|trial)|n ?= ?\d+|"
    r"had been (?:dosed|injected|infused)|(?:was|were) (?:conducted|performed|undertaken|carried out|"
    r"enrolled|included|recruited|"
    r"randomi[sz]ed|randomly|treated|"
    r"studied|reviewed|assigned|compared|investigated|examined|assessed|evaluated|analy[sz]ed|measured|"
    r"given|tested|injected|infused|dosed)|"
    r"(?:evaluate|assess|determine|investigate|compare|examine|describe|study|explore|test) (?:the|"
    r"whether|if|how|and)|"
    r"(?:(?<![\d,.])\d{1,4}|ten|eleven|twelve|\w{3,5}teen|(?:twen|thir|for|fif|six|seven|eigh|"
    r"nine)ty(?:-\w{3,5})?) (?:[\w-]+ ){0,2}(?:patients|subjects|"
    r"children|boys|women|men|adults|infants|girls|participants|volunteers|males|females|individuals|"
    r"newborns|"
    r"mice|rats))\b"
)
# Figures of an experiment, in an abstract with no "we": no review has them.
_FIGURES = re.compile(
    r"\bp ?[<=≤] ?0?\.\d|\b(?:reduced|increased|extended|restored|rescued|prolonged|improved|decreased) "
    r"[^.;]{0,60}\b(?:by|to) (?:up to )?[<>~]?\d"
)
# People counted in words: "two sisters". So few may be of another study, too, and nothing turns there.
_FEW = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine) (?:[\w-]+ ){0,2}(?:patients|children|boys|girls|"
    r"infants|men|"
    r"women|adults|sisters|brothers|siblings|participants|newborns)\b"
)
_CLOSING = re.compile(
    r"\b(?:in (?:conclusion|summary)|conclu(?:de[ds]?|sions?|ding)|warrant(?:s|ed)?|merits?|"
    r"further (?:stud|trial|research|"
    r"investigation|evaluation)\w*|(?:these|our|the|this) (?:present |preliminary )?(?:results?|data|"
    r"findings?|study|"
    r"observations?|report) (?:suggests?|supports?|indicates?|demonstrates?|provides?|shows? that|"
    r"highlights?|confirms?))\b"
)

_PLAN = re.compile(
    r"\bis (?:an?|the) (?:[\w/-]+,? ){1,9}(?:trial|study) (?:assessing|evaluating|investigating|testing|"
    r"comparing|"
    r"designed|of|in)\b"
)
_GLUED = re.compile(r"\.(?<=[a-z)\]%\d]\.)(?=[A-Z][a-z]+[ ,])")


class Concepts(Protocol):
    """What the rules need of a lexicon; :class:`leukonlp.lexicon.Lexicon` offers it."""

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """Every concept by id."""
        ...

    def is_core(self, id: str, /) -> bool:
        """Return True when a study about ``id`` is a leukodystrophy study."""
        ...

    def __hash__(self) -> int: ...

    def ancestors(self, id: str, /) -> frozenset[str]:
        """Return all parents, their parents and so on."""
        ...


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the record; ``part`` is None where neither a label nor a cue tells."""

    start: int
    end: int
    part: Part | None


class Reading:
    """A record with its mentions, prepared once for all rules."""

    def __init__(
        self,
        abstract: Abstract,
        mentions: tuple[Mention, ...],
        *,
        lexicon: Concepts,
        triggers: Triggers | None = None,
    ) -> None:
        self.abstract = abstract
        self.mentions = mentions
        self.lexicon = lexicon
        self._triggers = triggers
        self._known: Mapping[int, int] = triggers.known if triggers is not None else {}
        self.text = abstract.text
        self.plain = _plain(self.text)
        self.title_end = len(abstract.title)
        # Sources set the sections of what they read; a record made by hand may have its labels in the text.
        self.sections = abstract.sections or inline_sections(self.text, self.title_end + 1)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order; the title is the first unless it is empty."""
        spans = sentences(self.text)
        parts = self._labelled(spans) if self.sections else self._inferred(spans)
        return tuple(Sentence(start, end, part) for (start, end), part in zip(spans, parts, strict=True))

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds ``offset``, or the last one before it."""
        place = bisect_right(self._starts, offset) - 1
        return self.sentences[place if place > 0 else 0]

    def words(self, sentence: Sentence) -> str:
        """Return the plain text of a sentence."""
        return self.plain[sentence.start : sentence.end]

    def before(self, offset: int, limit: int) -> str:
        """Return at most ``limit`` plain characters before ``offset`` in the same sentence."""
        return self.plain[max(self.sentence_at(offset).start, offset - limit) : offset]

    def after(self, offset: int, limit: int, *, of: int | None = None) -> str:
        """Return at most ``limit`` plain characters from ``offset`` to the end of the sentence of ``of``."""
        end = self.sentence_at(offset if of is None else of).end
        return self.plain[offset : max(offset, min(end, offset + limit))]

    def around(self, start: int, end: int, *, limit: int = 160) -> tuple[str, str]:
        """Return at most ``limit`` plain characters before ``start`` and after ``end`` in the same sentence.

        A full stop with no blank after it ("was done.This study") parts them too: records whose
        sections were run together have it, and the words beyond belong to another section.
        """
        sentence = self.sentence_at(start)
        left = max(sentence.start, start - limit)
        right = max(end, min(sentence.end, end + limit))
        for glued in _GLUED.finditer(self.text, left, start):
            left = glued.end()
        glued_after = _GLUED.search(self.text, end, right)
        if glued_after is not None:
            right = glued_after.start()
        return self.plain[left:start], self.plain[end:right]

    def holding(self, triggers: Group, *, end: int | None = None) -> list[Sentence]:
        """Return the sentences that hold one of ``triggers`` (plain, lower case) before ``end``, in order."""
        places = self.places(triggers)
        if not places:
            return []
        found: dict[int, Sentence] = {}
        for at, stop in places:
            if end is None or stop <= end:
                sentence = self.sentence_at(at)
                found[sentence.start] = sentence
        return [found[start] for start in sorted(found)] if len(found) > 1 else list(found.values())

    def places(self, triggers: Group) -> Sequence[Place]:
        """Return the start and end of every one of ``triggers`` (plain, lower case), in any order."""
        number = self._known.get(id(triggers))
        if number is None and self._triggers is not None:
            number = self._triggers.number(triggers)
        if number is not None:
            return self._places.get(number, ())
        plain = self.plain.replace("\n", " ")
        return [match.span() for t in triggers for match in re.finditer(re.escape(t), plain)]

    @cached_property
    def _places(self) -> Mapping[int, list[Place]]:
        # A blank before a word stands for the line break before the abstract and its sections too.
        plain = self.plain.replace("\n", " ")
        return self._triggers.places(plain) if self._triggers is not None else {}

    def nouns(self, words: Group) -> list[Place]:
        """Return the start and end of each whole word; ``words`` carry the blank that stands before them."""
        found = []
        for start, end in self.places(words):
            following = self.plain[end : end + 1]
            if not following.isalnum() and following not in ("-", "_"):
                found.append((start + 1, end))
        return sorted(found)

    def matches(
        self,
        pattern: re.Pattern[str],
        triggers: Group,
        *,
        apart: tuple[Part, ...] = ("background",),
        needs: re.Pattern[str] | None = None,
    ) -> Iterator[tuple[re.Match[str], Sentence]]:
        """Return every match and its sentence where a trigger stands, except in the parts ``apart``.

        Looking for fixed strings costs a hundredth of a pattern; the pattern then reads only what they find.
        ``needs`` is a cheaper pattern that every sentence with a match holds too.
        """
        # Mostly there is none: then no generator is made.
        return self._matches(pattern, triggers, apart, needs) if self.places(triggers) else iter(())

    def _matches(
        self,
        pattern: re.Pattern[str],
        triggers: Group,
        apart: tuple[Part, ...],
        needs: re.Pattern[str] | None,
    ) -> Iterator[tuple[re.Match[str], Sentence]]:
        for sentence in self.holding(triggers):
            if sentence.part not in apart and (
                needs is None or needs.search(self.plain, sentence.start, sentence.end)
            ):
                for match in pattern.finditer(self.plain, sentence.start, sentence.end):
                    yield match, sentence

    def opening(self, pattern: re.Pattern[str], words: Group) -> Iterator[re.Match[str]]:
        """Yield every match of a pattern that begins with one of ``words``, whatever the sentence."""
        end = 0
        for at, _ in sorted(self.places(words)):
            match = pattern.match(self.plain, at) if at >= end else None
            if match is not None:
                end = match.end()
                yield match

    def quote(self, start: int, end: int) -> Quote:
        """Return the words at ``start:end``, trimmed, and with the bracket that closes one opened within."""
        text = self.text
        if text[end : end + 1] in (")", "]") and _open(text[start:end], text[end]):
            end += 1
        while end > start and text[end - 1] in " ,;:\n\t":
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        return Quote(start, end, text[start:end])

    def _labelled(self, spans: tuple[tuple[int, int], ...]) -> list[Part | None]:
        sections = self.sections
        parts: list[Part | None] = []
        place = 0
        for start, end in spans:
            # A label printed inline opens its sentence, so the section may begin after the sentence does.
            while place + 1 < len(sections) and sections[place + 1].start < end:
                place += 1
            inside = sections[place].start < end and start < sections[place].end
            parts.append("title" if end <= self.title_end else sections[place].category if inside else None)
        return self._planned(spans, parts)

    def _planned(self, spans: tuple[tuple[int, int], ...], parts: list[Part | None]) -> list[Part | None]:
        """Give a sentence of the background that says what the study is to the methods."""
        return [
            "methods" if part == "background" and _PLAN.search(self.plain, *span) else part
            for span, part in zip(spans, parts, strict=True)
        ]

    @cached_property
    def turns(self) -> bool:
        """True when the abstract tells of work of its own: by its labels, or by words such as "we"."""
        if self.sections:
            return True
        return any(words.search(self.plain, self.title_end) is not None for words in (_TURN, _FIGURES))

    @cached_property
    def peopled(self) -> bool:
        """True when it tells of work of its own or of a few people, counted in words."""
        return self.turns or _FEW.search(self.plain, self.title_end) is not None

    def _inferred(self, spans: tuple[tuple[int, int], ...]) -> list[Part | None]:
        parts: list[Part | None] = ["title" if end <= self.title_end else None for _, end in spans]
        body = [place for place, part in enumerate(parts) if part is None]
        turn = next((p for p in body if _TURN.search(self.plain, *spans[p])), None)
        if turn is not None:
            parts[body[0] : turn] = ["background"] * (turn - body[0])
        for place in reversed(body[max(2, len(body) - 3) :]):
            if parts[place] is None and _CLOSING.search(self.plain, *spans[place]):
                parts[place] = "conclusions"
        return parts


def _open(words: str, closing: str) -> bool:
    opening = "(" if closing == ")" else "["
    return words.count(opening) > words.count(closing)


def _plain(text: str) -> str:
    plain = text.lower()
    if text.isascii():
        return plain
    if len(plain) != len(text):
        # A few capitals, such as the Turkish dotted I, have small forms of two characters.
        plain = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for printed, simple in _SIMPLE:
        plain = plain.replace(printed, simple)
    return plain
