"""Short forms and what the abstract itself says they mean.

Two readings of ``long form (SF)``, in this order: the words before the bracket end in a name of the
lexicon and the short form fits it; else Schwartz and Hearst's algorithm, as scispaCy has it
(``scispacy.abbreviation.find_abbreviation``; Schwartz & Hearst, Pac Symp Biocomput 2003:451-62).
scispaCy's own detector misses ``(MLD; OMIM 250100)`` and short forms that start with a digit or reach
over many words (4H, LBSL, ALSP): here the bracket is cut at its first ``;`` or ``,`` and a lexicon name
needs no such luck. A short form defined as something else is remembered as that, so that it is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from leukonlp.lexicon import ROOT, Lexicon, Name
from leukonlp.pipeline.tokens import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,140}(?:\([^()]{1,40}\)[^()\[\]]{0,60})?)[)\]]")
_CUT = re.compile(r"\s*[;,:]\s*|\s+(?:or|and|also|hereafter|OMIM|MIM)\b\s*")
_SHORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-‐-―/'’Α-Ωα-ω]{1,11}s?$")
_LEAD = re.compile(
    r"^(?:abbreviated(?: as)?|hereafter|henceforth|termed|called|known as|or|also|the|i\.e\.|acronym)[,\s]+",
    re.I,
)
_WORD_BEFORE = re.compile(r"([A-Za-z0-9][A-Za-z0-9\-‐-―/]{1,11})\s*$")
_CONNECTED = re.compile(r"\b(?:of|with|without|in|for|to|from|by|and|or|versus|between|after|due)\b", re.I)
_LONGEST = 16
"""Words before a bracket that are tried as a name; the longest name of the lexicon has fewer."""


class Abbreviations:
    """Sets ``doc._.short_forms``: dicts of short form, long form, offsets of the short form, and concept.

    Args:
        lexicon: whose names are looked for before a bracket.
        tokenizer: cuts the few words before a bracket, as scispaCy's function wants them.
    """

    def __init__(self, lexicon: Lexicon, tokenizer: Callable[[str], Doc]) -> None:
        self.lexicon = lexicon
        self.tokenizer = tokenizer
        self._last_words = {key.rsplit(" ", 1)[-1] for key in lexicon.names}

    def __call__(self, doc: Doc) -> Doc:
        """Read every definition in ``doc``; the first definition of a short form holds."""
        found: dict[str, dict[str, Any]] = {}
        text = text_of(doc)
        for bracket in _BRACKET.finditer(text):
            for definition in self._read(text, bracket, doc._.sentence_spans):
                found.setdefault(definition["short"], definition)
        doc._.short_forms = list(found.values())
        return doc

    def _read(
        self, text: str, bracket: re.Match[str], sentences: Sequence[Sequence[int]]
    ) -> list[dict[str, Any]]:
        definitions = []
        start = bracket.start(1)
        for piece, offset in self._short_pieces(bracket.group(1)):
            definition = self._long_before(text, bracket.start(), piece, start + offset, sentences)
            if definition:
                definitions.append(definition)
        if not definitions:
            reverse = self._short_before(text, bracket)
            if reverse:
                definitions.append(reverse)
        return definitions

    def _short_pieces(self, content: str) -> Iterator[tuple[str, int]]:
        """Yield the short forms in a bracket; ``ALD/AMN`` is two, ``CACH/VWM`` is a short form itself."""
        for piece, offset in _pieces(content):
            first, slash, second = piece.partition("/")
            halves = slash and all(
                self.lexicon.names.get(self.lexicon.speller.key(s)) for s in (first, second)
            )
            if halves and self.lexicon.speller.key(piece) not in self.lexicon.names:
                yield first, offset
                yield second, offset + len(first) + 1
            elif _is_short(piece):
                yield piece, offset

    def _long_before(
        self, text: str, end: int, short: str, offset: int, sentences: Sequence[Sequence[int]]
    ) -> dict[str, Any] | None:
        """Read ``long form (SHORT)``; the long form ends at ``end``."""
        begin = max(text.rfind("\n", 0, end) + 1, end - 220)
        before = text[begin:end]
        names = self._names_ending(before)
        fitting = [n for n, long in names if self._fits(n, long, short)]
        if fitting:
            return _definition(short, offset, names[0][1], self._owner(fitting[0], short))
        expansion = self._schwartz_hearst(text, end, short, sentences)
        if expansion is None or (self._is_gene(short) and _initials(expansion) != _letters(short)):
            return None  # "Krabbe disease (GALC)" names the gene, whatever letters the words before it hold
        return _definition(short, offset, expansion, self._meaning(expansion))

    def _schwartz_hearst(
        self, text: str, end: int, short: str, sentences: Sequence[Sequence[int]]
    ) -> str | None:
        """Return what ``short`` stands for by Schwartz and Hearst; its long form ends before ``end``."""
        from scispacy.abbreviation import find_abbreviation

        letters = len(_letters(short))
        if not 2 <= letters <= 10:
            return None
        starts = [span[0] for span in sentences]
        begin = max(starts[max(0, bisect_right(starts, end) - 1)] if starts else 0, end - 400)
        words = list(re.finditer(r"\S+", text[begin:end]))[-min(letters + 5, letters * 2) :]
        phrase = text[begin + words[0].start() : begin + words[-1].end()] if words else ""
        if not _in_order(short, phrase):
            return None
        candidate = self.tokenizer(phrase)
        _, long = find_abbreviation(candidate[:], self.tokenizer(short)[:])
        found = long.text.strip(" (\"'“‘") if long is not None else ""
        return found if (" " in found and len(found) > len(short)) or len(found) >= 2 * len(short) else None

    def _short_before(self, text: str, bracket: re.Match[str]) -> dict[str, Any] | None:
        """Read ``SHORT (long form)``."""
        word = _WORD_BEFORE.search(text, max(0, bracket.start() - 14), bracket.start())
        if word is None or not _is_short(word[1]):
            return None
        for piece, _ in _pieces(bracket.group(1)):
            entries = self.lexicon.names.get(self.lexicon.speller.key(piece), ())
            fitting = [n for n in entries if n.concept and not n.symbol and self._fits(n, piece, word[1])]
            if fitting:
                return _definition(word[1], word.start(1), piece, fitting[0])
            if (
                " " in piece
                and _initials(piece).startswith(word[1].replace("-", "").lower())
                and len(word[1]) >= 2
            ):
                return _definition(word[1], word.start(1), piece, self._meaning(piece))
        return None

    def _names_ending(self, before: str) -> list[tuple[Name, str]]:
        """Return the longest lexicon name that ends right at the end of ``before``, with its words."""
        last = " ".join(map(self.lexicon.speller.key, before.rsplit(None, 1)[-1:]))
        if last and last.rsplit(" ", 1)[-1] not in self._last_words:
            return []  # no name ends like this; so it is before most brackets
        words = self.lexicon.speller.words(before)[-_LONGEST:]
        for i, word in enumerate(words):
            if word.start and before[word.start - 1].isalnum():
                continue
            entries = self.lexicon.names.get(" ".join(w.key for w in words[i:]))
            named = [n for n in entries or () if n.concept and n.needs != "blocker" and not n.symbol]
            if named:
                return [(n, before[word.start :].rstrip()) for n in sorted(named, key=_rank)]
        return []

    def _fits(self, name: Name, long: str, short: str) -> bool:
        """Return True when ``short`` is a short form of the concept or its kin, or spells the long form.

        A name that needs a list ("globoid cell (GLD) leukodystrophy") has only its listed short forms.
        """
        key = self.lexicon.speller.key(short)
        kin = {
            name.concept,
            *self.lexicon.ancestors(name.concept),
            *self.lexicon.descendants(name.concept),
        } - {ROOT}
        entries = self.lexicon.names.get(key, ())
        if any(n.concept in kin for n in entries):
            return True
        if any(n.needs == "nothing" and n.concept for n in entries):
            return False  # a name of something else in brackets, such as the gene
        return name.concept != ROOT and name.needs != "list" and _spells(short, long)

    def _owner(self, name: Name, short: str) -> Name:
        """Return the kin that owns the short form, first an ancestor, then the only descendant.

        In "late infantile metachromatic leukodystrophy (MLD)" the short form stands for the whole disease,
        in "leukodystrophies (MLD, X-ALD)" for one of them; the long form keeps its own meaning.
        """
        entries = {n.concept: n for n in self.lexicon.names.get(self.lexicon.speller.key(short), ())}
        if name.concept in entries:
            return name
        above = [entries[id] for id in sorted(self.lexicon.ancestors(name.concept) - {ROOT}) if id in entries]
        below = [entries[id] for id in sorted(self.lexicon.descendants(name.concept)) if id in entries]
        return above[0] if above else below[0] if len(below) == 1 else name

    def _is_gene(self, short: str) -> bool:
        entries = self.lexicon.names.get(self.lexicon.speller.key(short), ())
        return any(n.surface == short and n.type == "gene" for n in entries)

    def _meaning(self, long: str) -> Name | None:
        """Return the name that ``long`` is, or ends in when only describing words stand before it."""
        names = self._names_ending(long)
        if not names:
            return None
        name, words = names[0]
        if name.needs == "list":
            return None
        return name if not _CONNECTED.search(long[: len(long.rstrip()) - len(words)]) else None


def _rank(name: Name) -> tuple[int, str]:
    return ({"disease": 0, "therapy": 1, "gene": 2, "chemical": 3}[name.type], name.concept)


def _in_order(short: str, phrase: str) -> bool:
    """Return True when ``phrase`` holds the letters and digits of ``short`` in their order."""
    rest = iter(phrase.lower())
    return all(letter in rest for letter in short.lower() if letter.isalnum())


def _definition(short: str, start: int, long: str, name: Name | None) -> dict[str, Any]:
    return {
        "short": short,
        "start": start,
        "end": start + len(short),
        "long": long,
        "concept": name.concept if name else None,
        "type": name.type if name else None,
    }


def _pieces(content: str) -> list[tuple[str, int]]:
    """Cut the content of a bracket where another thing begins; offsets are into the content."""
    pieces, start = [], 0
    for cut in (*_CUT.finditer(content), None):
        end = cut.start() if cut else len(content)
        piece = content[start:end]
        lead = _LEAD.match(piece)
        shift = lead.end() if lead else len(piece) - len(piece.lstrip(" \"'“‘"))
        stripped = piece[shift:].rstrip(" \"'”’.")
        if stripped:
            pieces.append((stripped, start + shift))
        if cut:
            start = cut.end()
    return pieces[:4]


def _is_short(piece: str) -> bool:
    return (
        bool(_SHORT.match(piece))
        and sum(c.isupper() for c in piece) >= 1
        and sum(c.isalpha() for c in piece) >= 1
        and not (piece[0].isupper() and piece[1:].isalpha() and piece[1:].islower() and len(piece) > 3)
    )


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _initials(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W_]+", text.lower()))


def _spells(short: str, long: str) -> bool:
    """Return True when the letters of ``short`` stand in ``long`` in order, from the start of a word on."""
    want = _letters(short.rstrip("s"))
    starts = [m.start() for m in re.finditer(r"(?<![^\W_])[^\W_]", long.lower()) if m.group() == want[:1]]
    for start in starts:
        rest = iter(long[start:].lower())
        if all(letter in rest for letter in want):
            return True
    return False
