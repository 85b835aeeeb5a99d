"""Decides which names found in a text are mentions: short forms, second cues, longest match.

Rules, in order (docs/decisions has the reasons):

1. A short form means what the abstract defines; defined as something else it is nobody's name.
2. A name that needs a ``definition`` or a ``cue`` counts only with it. A cue is another, certain mention
   of the same disease or its kin, of its gene, or of leukodystrophy as such, or words that hint at it
   (``psychosine`` at Krabbe disease). An eponym counts also where it shares its noun with the next
   ("Krabbe and Canavan diseases").
3. A blocker (``progressive multifocal leukoencephalopathy``) throws out the names of its type in it.
4. Of overlapping names the longest wins, whatever its type: a disease inside the name of a protein
   (``adrenoleukodystrophy protein``) is no disease; ``metachromatic leukodystrophy gene`` is no name of a
   gene, so the disease in it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from leukonlp.lexicon import ROOT, Lexicon, Name
from leukonlp.pipeline.matcher import LexiconMatcher, Match
from leukonlp.pipeline.tokens import set_mentions, text_of
from leukonlp.records import Concept, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TYPE_ORDER = {"disease": 0, "therapy": 1, "gene": 2, "chemical": 3}
_BRACKET = r"(?: ?\([^()]{1,40}\))"
_NEXT = r"(?:,? (?:and|or|and/or|as well as|&) |, ?|/)"
_AND = re.compile(r"(?: ?\([^()]{1,60}\))?(?:,? (?:and|or|and/or|versus|vs\.?|&) | ?/ ?|(, ?))")
_WORD = r"[A-Z][\w'’.-]{0,30}"
_ITEM = (
    rf"(?:{_WORD}(?:[ -]{_WORD})?|(?i:globoid[ -]cell|metachromatic|adreno|other(?: \w{{1,30}})?)){_BRACKET}?"
)
_LISTED = re.compile(
    rf"(?:['’][sS]?)?(?:{_BRACKET}?{_NEXT}(?:{_ITEM}{_NEXT}){{0,4}}(?:{_ITEM}[ -])?|{_BRACKET} )"
    r"((?i:diseases?|[\w-]{0,30}leu[ck]o-?dystroph(?:y|ies))\b)"
)
"""What stands behind an eponym that shares its noun: `` and Canavan diseases``, `` (KD) disease``."""


class Entities:
    """Sets ``doc._.mentions`` from the lexicon and the abstract's own short forms."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.matcher = LexiconMatcher(lexicon)
        self._cues_of: dict[Name, set[str]] = {}
        self._diseases_of: dict[str, set[str]] = defaultdict(set)
        for concept in lexicon.concepts.values():
            for gene in concept.genes:
                self._diseases_of[gene] |= {concept.id, *lexicon.ancestors(concept.id)}

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of ``doc``."""
        set_mentions(doc, self.mentions(text_of(doc), doc._.short_forms or []))
        return doc

    def mentions(self, text: str, short_forms: list[dict[str, Any]]) -> list[Mention]:
        """Return the mentions in ``text``, in order and without overlap.

        Args:
            text: the text.
            short_forms: definitions as ``Abbreviations`` leaves them on a Doc.
        """
        matches = self.matcher.find(text)
        defined = {d["short"]: d for d in short_forms}
        places = list(_occurrences(text, defined)) if defined else []
        if not matches and not any(d["concept"] for _, _, d in places):
            return []
        foreign = sorted((s, e) for s, e, d in places if d["concept"] is None)
        matches = [m for m in _unblocked(matches) if not _covers(foreign, m)]
        candidates = [*self._defined(text, places), *self._named(text, matches, short_forms)]
        return longest(candidates, key=lambda m: (m.start, m.end))

    def _defined(self, text: str, places: Iterable[tuple[int, int, dict[str, Any]]]) -> Iterator[Mention]:
        for start, end, d in places:
            if d["concept"] is not None:
                concept = self.lexicon.concepts[d["concept"]]
                yield Mention(
                    start, end, text[start:end], d["type"], concept.id, concept.name, 1.0, "abbreviation",
                    reason=f"defined as {d['long']}",
                )  # fmt: skip

    def _named(self, text: str, matches: list[Match], short_forms: list[dict[str, Any]]) -> Iterator[Mention]:
        certain = {m.name.concept for m in matches if m.name.needs == "nothing"}
        certain |= {d["concept"] for d in short_forms if d["concept"]}
        certain |= {self.lexicon.hints[m.name.surface] for m in matches if m.name.needs == "hint"}
        named = [m for m in matches if m.name.concept]
        good = {m for m in named if self._supported(m.name, certain) or _listed(m, text)}
        good |= self._enumerated(text, named, good)
        spans: dict[tuple[int, int], list[Match]] = {}
        for match in named:
            if match in good:
                spans.setdefault((match.start, match.end), []).append(match)
        for (start, end), found in spans.items():
            best = min(found, key=lambda m: self._preference(m, text[start:end]))
            concept = self.lexicon.concepts[best.name.concept]
            yield Mention(
                start, end, text[start:end], best.name.type, concept.id, concept.name,
                1.0 if best.name.needs == "nothing" else 0.9, "lexicon",
                species=best.species, reason=best.name.surface,
            )  # fmt: skip

    def _enumerated(self, text: str, matches: list[Match], good: set[Match]) -> set[Match]:
        """Return short forms that a list joins to a certain core disease: "Krabbe disease, MLD and X-ALD"."""
        core = [
            m for m in matches if self.lexicon.is_core(m.name.concept) and m.name.needs in ("nothing", "cue")
        ]
        if good.isdisjoint(core) or good.issuperset(core):
            return set()
        group: list[Match] = []
        found: set[Match] = set()
        joined = False
        for match in (*longest(core, key=lambda m: (m.start, m.end)), None):
            gap = _AND.fullmatch(text, group[-1].end, match.start) if group and match else None
            if gap is None:
                if joined and not good.isdisjoint(group):
                    found.update(group)
                group, joined = [], False
            joined |= gap is not None and gap[1] is None
            group += [match] if match else []
        return found

    def _supported(self, name: Name, certain: set[str]) -> bool:
        if name.needs == "nothing":
            return True
        if name.needs in ("definition", "list"):
            return False  # a defined short form is a candidate of its own
        if name not in self._cues_of:
            self._cues_of[name] = self._cues(name)
        return not self._cues_of[name].isdisjoint(certain)

    def _cues(self, name: Name) -> set[str]:
        lexicon, concept = self.lexicon, self.lexicon.concepts[name.concept]
        if name.type == "gene":
            return {name.concept} | self._diseases_of[name.concept]
        if name.type == "therapy":
            return {concept.id, *(self._field(concept) if name.needs == "field" else ())}
        kin = {concept.id, *lexicon.ancestors(concept.id), *lexicon.descendants(concept.id), *concept.genes}
        return kin | {ROOT} if lexicon.is_core(concept.id) else kin - {ROOT}

    def _field(self, therapy: Concept) -> Iterator[str]:
        """Yield all core diseases and the therapies of the same class."""
        for other in self.lexicon.concepts.values():
            if self.lexicon.is_core(other.id) or (other.type == "therapy" and other.group == therapy.group):
                yield other.id

    def _preference(self, match: Match, surface: str) -> tuple[bool, int, int, str]:
        """Order names of one place: exact writing, certain before cued, disease, therapy, gene."""
        name = match.name
        if name.symbol and name.type == "gene" and name.needs == "nothing":
            return (name.surface != surface, 0, -1, name.concept)  # a gene's own symbol is the gene
        return (name.surface != surface, int(name.needs != "nothing"), _TYPE_ORDER[name.type], name.concept)


def longest(items: Iterable[Any], *, key: Any) -> list[Any]:
    """Return, in order of start, what remains when of two overlapping items the longer or earlier stays.

    The first of several items on the same offsets stays.
    """
    ranked = sorted(items, key=lambda item: (key(item)[0] - key(item)[1], key(item)[0]))
    starts: list[int] = []
    kept: list[Any] = []
    for item in ranked:
        start, end = key(item)
        at = bisect_left(starts, start)
        if (at == 0 or key(kept[at - 1])[1] <= start) and (at == len(kept) or end <= starts[at]):
            starts.insert(at, start)
            kept.insert(at, item)
    return kept


def _unblocked(matches: list[Match]) -> list[Match]:
    """Return the matches that overlap no blocker of their type which is as long or longer."""
    blockers: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        if match.name.needs == "blocker":
            blockers[match.name.type].append(match)
    if not blockers:
        return matches
    kept = {type: longest(found, key=lambda m: (m.start, m.end)) for type, found in blockers.items()}
    starts = {type: [m.start for m in found] for type, found in kept.items()}

    def free(match: Match) -> bool:
        near = kept.get(match.name.type, [])[: bisect_left(starts.get(match.name.type, []), match.end)]
        return not near or near[-1].end <= match.start or _length(near[-1]) < _length(match)

    return [m for m in matches if m.name.needs != "blocker" and free(m)]


def _length(match: Match) -> int:
    return match.end - match.start


def _listed(match: Match, text: str) -> bool:
    """Return True for an eponym or a kind in a list that shares its noun, "Krabbe and Canavan diseases"."""
    name = match.name
    if name.symbol or name.type != "disease" or name.needs not in ("cue", "list"):
        return False
    head = _LISTED.match(text, match.end)
    # A kind (metachromatic) needs the leukodystrophies; "globoid cells and ..." are cells.
    return head is not None and (
        name.surface[0].isupper() or ("eu" in head[1] and text[match.end - 1] != "s")
    )


def _covers(places: list[tuple[int, int]], match: Match) -> bool:
    """Return True when one of the sorted ``places`` lies within ``match``."""
    at = bisect_left(places, (match.start, 0))
    return any(end <= match.end for _, end in places[at : bisect_left(places, (match.end, 0))])


def _occurrences(text: str, defined: dict[str, dict[str, Any]]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield every place where a defined short form stands as a word of its own, its plural s left out."""
    for short, definition in defined.items():
        start = text.find(short)
        while start >= 0:
            end = start + len(short)
            tail = end + 1 if text[end : end + 1] == "s" else end
            if not text[start - 1 : start].isalnum() and not text[tail : tail + 1].isalnum():
                yield start, end, definition
            start = text.find(short, end)
