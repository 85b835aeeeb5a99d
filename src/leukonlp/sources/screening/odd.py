"""Places in the bytes where a word may not look like one: accents, markup inside it, character references.

The spelling key sees through all of these, an automaton over bytes does not. Owns what such a place looks
like and how the word there is read.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from leukonlp.lexicon.normalize import GREEK, word_key

INLINE = (b"<i>", b"<b>", b"<u>", b"<sup>", b"<sub>", b"</i>", b"</b>", b"</u>", b"</sup>", b"</sub>")
"""Tags that may stand inside a word (PubMed's DTD has no others but formulas)."""
FORMULAS = (b"<mml:", b"<DispFormula")
"""What makes a record one to parse: only then is known what its symbols spell."""
REFERENCE = b"&#"
NOT_LOOKED_AT = (b"AuthorList", b"OtherAbstract", b"InvestigatorList")
"""Parts of a citation that hold names of people, or words that no one annotates."""
_NOT_LOOKED_AT = re.compile(rb"<(%s)\b.*?</\1>" % b"|".join(NOT_LOOKED_AT), re.DOTALL)
_LAST = 0x20000
"""Code point from which on no letter is spelt in ASCII."""
_TAG = re.compile(rb"<[^>]*>")
_TOUCHED = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ&<>;") | frozenset(
    range(0x80, 0x100)
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_INLINE_TAG = re.compile(rb"</?[a-z][^>]*>")
_REACH, _WORDS = 700, 20
"""Bytes and words to each side in which a name must lie; the longest has 17 words."""
_NEAR = 200
_FAR = 1_100
"""Bytes to each side in which a name lies: 250 for its letters, 16 gaps of 40, and 15 tags."""
_SPREAD, _FEW, _MANY = b" " * 40, 15, 120
_OPENERS = (b"<i", b"<b", b"<u", b"<s")
_BLANKS = (b" ", b"\n", b"\t", b"\r")


def leads() -> list[bytes]:
    """Return what letters that a key spells in ASCII, and controls, begin with in UTF-8."""
    found = {bytes([0x7F])}
    for code in range(0x80, _LAST):
        char = chr(code)
        if 0x80 <= code < 0xA0 or _spelt(char):
            data = char.encode("utf-8", "surrogatepass")
            found.add(data if len(data) == 2 else data[:-1])
    return _shortest(found)


def _spelt(char: str) -> bool:
    if unicodedata.combining(char):
        return "\u0300" <= char <= "\u036f"
    if not char.isalnum() or char in GREEK or char.casefold() in GREEK:
        return False
    return any(c.isascii() and c.isalpha() for c in word_key(char))


def _shortest(found: set[bytes]) -> list[bytes]:
    """Leave out the second of two bytes where most of its values are there anyway."""
    heads: dict[bytes, int] = {}
    for data in found:
        heads[data[:1]] = heads.get(data[:1], 0) + 1
    return sorted(
        {data[:1] if len(data) == 2 and heads[data[:1]] > 40 and data[0] < 0xE0 else data for data in found}
    )


def inside_word(text: bytes, start: int, end: int) -> bool:
    """Tell whether a tag has letters, or what may be one, on both sides."""
    return start > 0 and end < len(text) and text[start - 1] in _TOUCHED and text[end] in _TOUCHED


def chunk(data: bytes, start: int, at: int, end: int) -> bytes:
    """Return what stands between two blanks around a place of a record ``data[start:end]``."""
    for reach in (_NEAR, end - start):
        first, last = max(start, at - reach), min(end, at + reach)
        begin = max(data.rfind(blank, first, at) for blank in _BLANKS)
        stop = min((found for blank in _BLANKS if (found := data.find(blank, at, last)) >= 0), default=-1)
        if (begin >= 0 or first == start) and (stop >= 0 or last == end):
            break
    return data[begin + 1 if begin >= 0 else start : stop if stop >= 0 else end]


def looked_at(record: bytes) -> bytes:
    """Return a record without the parts, and what follows its citation, where no name is looked for."""
    return _NOT_LOOKED_AT.sub(b"", record[: record.find(b"<PubmedData>")])


def near(record: bytes, at: int) -> bytes:
    """Return the bytes around a place in which the words of a name lie: all, where they may be spread."""
    part = record[max(0, at - _FAR) : at + _FAR]
    tags = sum(map(part.count, _OPENERS)) if b"</" in part else 0
    breaks = part.count(b"\t") + part.count(b"\r") if b"\t" in part or b"\r" in part else 0
    wide = tags > _FEW or breaks > _FEW or _SPREAD in part or part.count(b"\n") > _MANY or b"&#" in part
    return looked_at(record) if wide else part


def around(record: bytes, at: int) -> str:
    """Return the words before and after a place, enough for any name, without markup inside words."""
    while at < len(record) and record[at] not in b" \n\t\r":
        at += 1  # to the end of the word
    before = _nearest(record[max(0, at - _REACH) : at], -1)
    after = _nearest(record[at : at + _REACH], 1)
    few = (before is None and at > _REACH) or (after is None and at + _REACH < len(record))
    if few:  # markup or blanks spread them
        return plain(looked_at(record))
    if before is None or after is None:
        return plain(record[max(0, at - _REACH) : at + _REACH])
    return plain(b" ".join([*reversed(before), *after]))


def _nearest(part: bytes, step: int) -> list[bytes] | None:
    """Return the nearest words of a part, the next first; None where it holds fewer than a name may have."""
    words = (_INLINE_TAG.sub(b"", part) if b"<" in part else part).split()[::step]
    real = 0
    for number, word in enumerate(words, start=1):
        real += word[:1].isalnum()
        if real == _WORDS:
            return words[:number]
    return None


def plain(part: bytes) -> str:
    """Return a piece of a record as text: inline tags gone, references resolved, other tags kept."""
    bare = _INLINE_TAG.sub(b"", part) if b"<" in part else part
    text = bare.decode("utf-8", "replace")
    return (html.unescape(text) if "&" in text else text).replace("\n", " ")


def readings(part: bytes) -> Iterator[bytes]:
    """Yield a piece of a record as the key reads it: without markup, accents and references, in ASCII.

    Once in the case it has, for short forms, and once without, since folding also spells letters out.
    """
    for bare in {_TAG.sub(b"", part), _TAG.sub(b" ", part)}:
        text = _CONTROLS.sub("", html.unescape(bare.decode("utf-8", "replace")))
        for cased in {text, text.casefold()}:
            folded = unicodedata.normalize("NFKD", cased)
            yield "".join(c for c in folded if not unicodedata.combining(c)).encode("ascii", "replace")
