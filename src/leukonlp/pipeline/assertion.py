"""Whether a mention is negated, speculative, and about this study or background.

Cue patterns stand in ``lexicon/data/cues.tsv``, in the manner of NegEx and ConText (Chapman et al., J
Biomed Inform 2001;34:301-10; Harkema et al., J Biomed Inform 2009;42:839-51) but narrower: a cue says how
many words may stand between it and the mention, and a preposition ends the reach of most - "no deaths
after gene therapy" does not deny the gene therapy.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from leukonlp.pipeline.cues import Cue, Cues, Kind, load_cues, within
from leukonlp.pipeline.tokens import mentions_of, set_mentions, text_of
from leukonlp.records import About, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORD = re.compile(r"[^\W_](?:[^\s]*[^\W_])?")
_PREPOSITION = re.compile(
    r"\b(?:after|following|during|in|among|between|for|to|with|from|by|on|under|before|upon|within|despite|at|of|than)\b",
    re.I,
)
_STOP = re.compile(r"[;:—]|\s[–-]\s|,\s(?:and|so|then)\b")
_VERB = re.compile(
    r"\b(?:had|has|have|was|were|is|are|did|does|(?:caus|produc|defin|indicat)(?:es?|ed)|leads?|led|"
    r"(?:result|develop|confirm|suggest)(?:s|ed)?|characteri[sz]e[sd]?)\b"
)
_OPENING = re.compile(r"\W*(?:without|in the absence of)\b")
_GOES_ON = re.compile(r",(?!.*\b(?:or|nor|and)\b)")
_ALSO_OF = re.compile(r"\b(?:or|nor) (?:of|for|with)\b", re.I)
_LIST = re.compile(r"[^;.:]*?(?:,|\bor\b|\bnor\b|/)[^;.:]*")
_JUDGING: tuple[Kind, ...] = ("negates_after", "negates_before", "doubts_after", "doubts_before")
_FARTHEST = 500
"""Characters between a cue and a mention that are looked at; the widest reach in words is shorter."""


class _Found(NamedTuple):
    start: int
    end: int
    cue: Cue


class Assertion:
    """Fills ``negated``, ``speculative`` and ``about`` of the mentions on a Doc."""

    def __init__(self) -> None:
        self.cues: Cues = load_cues()

    def __call__(self, doc: Doc) -> Doc:
        """Judge every mention of ``doc`` in its sentence and section."""
        if mentions := mentions_of(doc):
            set_mentions(doc, self.judge(text_of(doc), mentions, doc._.sentence_spans, doc._.sections or []))
        _set_spans(doc)
        return doc

    def judge(
        self,
        text: str,
        mentions: Sequence[Mention],
        sentences: Sequence[Sequence[int]],
        sections: Sequence[dict[str, Any]],
    ) -> list[Mention]:
        """Return ``mentions`` with their assertion set.

        Args:
            text: the whole text.
            mentions: in order of start.
            sentences: ``(start, end)`` of every sentence.
            sections: labelled sections, as ``Section.to_dict`` gives them.
        """
        starts = [start for start, _ in sentences]
        judged: list[Mention] = []
        by_sentence: dict[int, list[Mention]] = {}
        for mention in mentions:
            by_sentence.setdefault(max(0, bisect_right(starts, mention.start) - 1), []).append(mention)
        named_in_title = {m.concept for m in by_sentence.get(0, ())}
        low = _lower(text)
        marks = self.cues.marks.places(low)
        for index, group in by_sentence.items():
            start, end = sentences[index] if sentences else (0, len(text))
            sentence = low[start:end]
            found = {
                kind: self._find(kind, sentence) if within(marks.get(kind, ()), start, end) else []
                for kind in _JUDGING
            }
            negates = found["negates_after"] or found["negates_before"]
            looks = self._find("no_cue", sentence) if negates else []
            about = "study" if index == 0 else self._about(sentence, start, sections)
            for mention in group:
                place = (mention.start - start, mention.end - start)
                titled = mention.concept in named_in_title and mention.type != "therapy"
                judged.append(
                    _judged(
                        mention,
                        self._reached(
                            sentence, place, found["negates_after"], found["negates_before"], looks
                        ),
                        self._reached(sentence, place, found["doubts_after"], found["doubts_before"], []),
                        "study" if titled else about,
                    )
                )
        return judged

    def _find(self, kind: Kind, sentence: str) -> list[_Found]:
        if not self.cues.screens[kind].search(sentence):
            return []
        rows = self.cues.rows
        return [
            _Found(m.start(), m.end(), rows[m.lastgroup or ""])
            for m in self.cues.by_kind[kind].finditer(sentence)
        ]

    def _reached(
        self,
        sentence: str,
        place: tuple[int, int],
        after: list[_Found],
        before: list[_Found],
        looks: list[_Found],
    ) -> bool:
        if not after and not before:
            return False
        start, end = place
        cues = [
            (c, sentence[c.end : start]) for c in _near(after, start - _FARTHEST, start) if c.end <= start
        ]
        cues += [(c, sentence[end : c.start]) for c in _near(before, end, end + _FARTHEST)]
        looks = _near(looks, start - 2 * _FARTHEST, end + _FARTHEST)
        opening = _OPENING.match(sentence)
        return any(
            self._reaches(found.cue, between)
            for found, between in cues
            if not any(look.start < found.end and found.start < look.end for look in looks)
            # "Without treatment, Krabbe disease is fatal" does not deny the disease.
            and not (opening and found.start < opening.end() and _GOES_ON.search(between))
        )

    def _reaches(self, cue: Cue, between: str) -> bool:
        words = len(_WORD.findall(between))
        if words > 4 * cue.reach or _STOP.search(between) or self.cues.screens["ends_scope"].search(between):
            return False
        if cue.kind == "negates_after" and _VERB.search(between):
            return False  # another clause: "patients without seizures had Krabbe disease"
        if not cue.crosses and _PREPOSITION.search(_ALSO_OF.sub(" ", between)):
            return False
        # A list carries the cue to its last member: "without gene therapy, enzyme replacement or HSCT".
        return words <= cue.reach or bool(_LIST.fullmatch(between))

    def _about(self, sentence: str, start: int, sections: Sequence[dict[str, Any]]) -> About:
        own = self.cues.screens["study"].search(sentence)
        other = self.cues.screens["background"].search(sentence)
        # The first sentence of a section begins before it, with the label: it names what the study is about
        # ("Background: Canavan disease is ..."), often for the only time, and its own words alone judge it.
        section = next((s["category"] for s in sections if s["start"] <= start < s["end"]), None)
        if section == "background":
            return "study" if own and not other else "background"
        return "background" if other and not own else "study"


def _judged(mention: Mention, negated: bool, speculative: bool, about: About) -> Mention:
    if (mention.negated, mention.speculative, mention.about) == (negated, speculative, about):
        return mention  # most are as they came, and a copy takes longer than this look
    return replace(mention, negated=negated, speculative=speculative, about=about)


def _near(found: list[_Found], start: int, end: int) -> list[_Found]:
    """Return the cues that begin in ``start:end``; ``found`` is in order of start."""
    first, last = (bisect_left(found, place, key=lambda f: f.start) for place in (start, end))
    return found[first:last] if found else found


def _lower(text: str) -> str:
    """Return ``text`` in small letters, every character in its place."""
    low = text.lower()  # a few capitals, such as the Turkish dotted I, have a small form of two characters
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _set_spans(doc: Doc) -> None:
    """Set ``doc.spans["leukonlp"]``; a span grows to the next token border where it must."""
    if not len(doc):
        return  # a Doc without tokens, as ``pipeline.annotate`` makes them
    spans = [
        doc.char_span(
            m["start"], m["end"], label=m["type"].upper(), kb_id=m["concept"] or "", alignment_mode="expand"
        )
        for m in doc._.mentions or []
    ]
    doc.spans["leukonlp"] = [span for span in spans if span is not None]
