"""Links what exact names leave open: misspelt disease names, and mentions from a trained model.

Misspellings: a long word one edit away from a word of the core disease names is read as that word, and
the repaired phrase must then be an exact name. Mentions without a concept are compared with all names by
an exact sparse product of character trigrams (scispaCy links the same way, over an approximate index that
drops rare trigrams); a near match counts only when it is close, alone, and agrees in every number, numeral
and "non". The scores are cosines of tf-idf weighted trigrams.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from leukonlp.lexicon import Lexicon, Name
from leukonlp.lexicon.misprints import Misprints, repairable
from leukonlp.pipeline.tokens import mentions_of, set_mentions, text_of
from leukonlp.records import Mention, MentionType

if TYPE_CHECKING:
    from scispacy.linking_utils import KnowledgeBase
    from spacy.tokens import Doc

NEAR = 0.78
"""Least cosine of a near match; at 0.78 every preferred disease name with one letter dropped finds its own
concept or none (tests/pipeline/test_linker.py)."""
_SHORTEST = 8
_REMEMBERED = 30_000
"""Names whose nearest concept is remembered, and words known to be sound: abstracts repeat them.

Ten times as many would not fill up before tens of thousands of records, and memory grow until then.
"""
_MAY_BE: dict[MentionType | None, tuple[MentionType, ...]] = {
    None: ("disease", "gene", "therapy", "chemical"),
    "chemical": ("therapy", "chemical", "gene"),  # models call drugs and enzymes chemicals
}
"""Types of concept that a mention may turn out to be, where not its own alone."""
_GENERAL = frozenset("disease syndrome disorder deficiency type form of the with and a an in due to".split())
_WORD_ALIKE = 0.75
"""Least likeness (difflib's ratio) of two words that may be spellings of one."""
_TELLING = re.compile(r"^(?:\d+|[ivx]+|[a-z]|non\w*|without)$")


class Candidate(NamedTuple):
    """A concept offered for a mention: its id, how alike the names are (0 to 1), and the name compared."""

    concept: str
    score: float
    name: str


def knowledge_base(lexicon: Lexicon) -> KnowledgeBase:
    """Return the lexicon as a scispaCy ``KnowledgeBase``, for use with scispaCy's own parts."""
    from scispacy.linking_utils import Entity, KnowledgeBase

    return KnowledgeBase(
        [
            Entity(c.id, c.name, [*c.synonyms, *c.abbreviations], [c.type])
            for _, c in sorted(lexicon.concepts.items())
        ]
    )


class NameIndex:
    """All names of a scispaCy ``KnowledgeBase`` by their character trigrams; answers whole batches."""

    def __init__(self, lexicon: Lexicon) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        kb = knowledge_base(lexicon)
        self.lexicon = lexicon
        keys: dict[str, set[str]] = defaultdict(set)
        for alias, ids in kb.alias_to_cuis.items():
            key = lexicon.speller.key(alias)
            if len(key) >= _SHORTEST:
                keys[key] |= ids
        self.keys = sorted(keys)
        self.concepts = [sorted(keys[key]) for key in self.keys]
        self.vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), sublinear_tf=True)
        self.matrix = self.vectorizer.fit_transform(self.keys).T.tocsr()
        self._found: dict[tuple[str, MentionType | None], Candidate | None] = {}

    def nearest(self, texts: Sequence[str], types: Sequence[MentionType | None]) -> list[Candidate | None]:
        """Return for each text the concept whose name is nearest, or None where no match is safe."""
        asked = [(self.lexicon.speller.key(text), type) for text, type in zip(texts, types, strict=True)]
        if len(self._found) > _REMEMBERED:
            self._found.clear()
        # A key much shorter than the shortest name cannot be near to any.
        new = [ask for ask in dict.fromkeys(asked) if ask not in self._found and len(ask[0]) >= _SHORTEST - 3]
        if new:
            self._found.update(zip(new, self._compared(new), strict=True))
        return [self._found.get(ask) for ask in asked]

    def _compared(self, asked: Sequence[tuple[str, MentionType | None]]) -> list[Candidate | None]:
        product = (self.vectorizer.transform([key for key, _ in asked]) @ self.matrix).tocsr()
        found = []
        for row, (key, type) in enumerate(asked):
            begin, end = product.indptr[row], product.indptr[row + 1]
            scores, names = product.data[begin:end], product.indices[begin:end]
            close = scores >= NEAR
            scored = zip(scores[close].tolist(), names[close].tolist(), strict=True)
            best = sorted(((s, self.keys[i], i) for s, i in scored), key=lambda x: (-x[0], x[1]))
            found.append(self._safe(key, type, best))
        return found

    def _safe(
        self, key: str, type: MentionType | None, best: list[tuple[float, str, int]]
    ) -> Candidate | None:
        """Return the best candidate when it agrees in number and no other concept is as near."""
        fitting = [
            Candidate(concept, min(score, 1.0), name)
            for score, name, i in best
            if _telling(name) == _telling(key) and _same_words(name, key)
            for concept in self.concepts[i]
            if self.lexicon.concepts[concept].type in _MAY_BE.get(type, (type,))
        ]
        if not fitting:
            return None
        rivals = {c.concept for c in fitting if c.score > fitting[0].score - 0.02}
        return fitting[0] if len(rivals) == 1 else None


class Linker:
    """Adds mentions of misspelt disease names, and links mentions that have no concept yet."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._index: NameIndex | None = None
        self._vocabulary = {
            w
            for c in lexicon.concepts.values()
            for n in (c.name, *c.synonyms)
            for w in lexicon.speller.key(n).split(" ")
        }
        self._misprints = Misprints(repairable(lexicon))
        self._sound: set[str] = set()

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_sound": set()}

    def __call__(self, doc: Doc) -> Doc:
        """Link the mentions of one ``doc``."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Link the mentions of many docs, one sparse product a batch."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            mentions = [*map(mentions_of, batch)]
            for doc, linked in zip(batch, self.link([text_of(d) for d in batch], mentions), strict=True):
                set_mentions(doc, linked)
                yield doc

    def link(self, texts: Sequence[str], mentions: Sequence[Sequence[Mention]]) -> list[list[Mention]]:
        """Return the mentions of each text with misspelt names added and open ones linked where safe."""
        result = [self._repaired(text, found) for text, found in zip(texts, mentions, strict=True)]
        open_ones = [
            (i, j) for i, found in enumerate(result) for j, m in enumerate(found) if m.concept is None
        ]
        if open_ones:
            if self._index is None:
                self._index = NameIndex(self.lexicon)
            chosen = self._index.nearest(
                [result[i][j].text for i, j in open_ones], [result[i][j].type for i, j in open_ones]
            )
            for (i, j), candidate in zip(open_ones, chosen, strict=True):
                if candidate is not None:
                    concept = self.lexicon.concepts[candidate.concept]
                    result[i][j] = replace(
                        result[i][j], concept=concept.id, name=concept.name, type=concept.type,
                        score=round(candidate.score, 3), reason=f"near {candidate.name}",
                    )  # fmt: skip
        return result

    def _repaired(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        found = list(mentions)
        keys = self.lexicon.speller.key(text).split(" ")
        doubtful = {key for key in set(keys) - self._sound if self._repair(key)}
        if len(self._sound) > _REMEMBERED:
            self._sound.clear()
        self._sound.update(set(keys) - doubtful)
        for i, key in enumerate(keys) if doubtful else ():
            if key in doubtful and (named := self._name_around(keys, i)):
                first, last, name = named
                places = self.lexicon.speller.places(text)
                mention = self._mention(text, places[first][0], places[last][1], name)
                touched = [m for m in found if m.start < mention.end and mention.start < m.end]
                if all(m.source == "model" and m.concept is None for m in touched):
                    found = [m for m in found if m not in touched] + [mention]
        return sorted(found, key=lambda m: m.start)

    def _repair(self, key: str) -> str | None:
        """Return the one core word that is one edit away from ``key`` and begins with its letter."""
        if key in self._vocabulary or not key.isalpha():
            return None
        near = self._misprints.meant(key)
        return near[0] if len(near) == 1 else None

    def _name_around(self, keys: list[str], i: int) -> tuple[int, int, Name] | None:
        """Return the longest core name around the misspelt word ``i``: first word, last word, name."""
        first = i
        while first > max(0, i - 8) and keys[first - 1] in self._vocabulary:
            first -= 1
        last = i + 1
        while last < min(len(keys), i + 8) and keys[last] in self._vocabulary:
            last += 1
        words = [*keys[first:i], self._repair(keys[i]) or "", *keys[i + 1 : last]]
        for length in range(len(words), 0, -1):
            for begin in range(max(0, i - first - length + 1), min(i - first, len(words) - length) + 1):
                named = self._core_name(" ".join(words[begin : begin + length]))
                if named:
                    return first + begin, first + begin + length - 1, named
        return None

    def _core_name(self, key: str) -> Name | None:
        entries = [n for n in self.lexicon.names.get(key, ()) if n.needs == "nothing" and n.type == "disease"]
        return next((n for n in entries if self.lexicon.is_core(n.concept)), None)

    def _mention(self, text: str, start: int, end: int, name: Name) -> Mention:
        concept = self.lexicon.concepts[name.concept]
        return Mention(
            start, end, text[start:end], "disease", concept.id, concept.name, 0.95, "lexicon",
            reason=f"spelling of {name.surface}",
        )  # fmt: skip


def _same_words(name: str, key: str) -> bool:
    """Return True when each word of one that says something has its like in the other.

    Trigrams alone would take "inflammatory" for "inflammatory cerebral ALD", and one syndrome for another
    whose name holds a second person's.
    """
    ours, theirs = ([w for w in text.split(" ") if w not in _GENERAL] for text in (name, key))
    return all(get_close_matches(w, theirs, 1, _WORD_ALIKE) for w in ours) and all(
        get_close_matches(w, ours, 1, _WORD_ALIKE) for w in theirs
    )


def _telling(key: str) -> list[str]:
    """Return the numbers, numerals, single letters and denials of a key: subtypes hang on them."""
    return [word for word in key.split(" ") if _TELLING.match(word)]
