"""Places in the bytes where a word may not look like one: accents, markup inside it, character references.

The spelling key sees through all of these, an automaton over bytes does not. Owns what such a place looks
like and how the word there is read.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from leukonlp.lexicon.normalize import DASHES, GREEK, word_key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INLINE = (b"<i>", b"<b>", b"<u>", b"<sup>", b"<sub>", b"</i>", b"</b>", b"</u>", b"</sup>", b"</sub>")
"""Tags that may stand inside a word (PubMed's DTD has no others but formulas)."""
FORMULAS = (b"<mml:", b"<DispFormula")
"""What makes a record one to parse: only then is known what its symbols spell."""
REFERENCE = b"&#"
DELETE = b"\x7f"
_LEAST_LEAD = 0xC2
"""The first byte of a letter that is not ASCII is this at least, and no other byte of one is."""
NOT_LOOKED_AT = (b"AuthorList", b"OtherAbstract", b"InvestigatorList")
"""Parts of a citation that hold names of people, or words that no one annotates."""
_NOT_LOOKED_AT = re.compile(rb"<(%s)\b.*?</\1>" % b"|".join(NOT_LOOKED_AT), re.DOTALL)
_LAST = 0x20000
"""Code point from which on no letter is spelt in ASCII."""
_TAG = re.compile(rb"<[^>]*>")
_TOUCHED = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ&<>;") | frozenset(
    range(0x80, 0x100)
)
_DASH = re.compile(f"[{DASHES}]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
"""What ``wording.squeeze`` takes out of words."""
_NUMBER = re.compile(r"&#(?:0*(\d{1,6})|[xX]0*([\da-fA-F]{1,5}));")
_INLINE_TAG = re.compile(rb"</?[a-z][^>]*>")
_STRUCTURE = re.compile(rb"</?[A-Z]")
"""What no name reaches over: in PubMed's DTD the names of inline markup alone begin with a small letter."""
_WORD_BEFORE = re.compile(rb"([A-Za-z0-9]+)(?:</?[a-z]+>)*\Z")
_WORD_AFTER = re.compile(rb"(?:</?[a-z]+>)*([A-Za-z0-9]+)")
_TAGS_LONG = 60
"""Bytes that a tiny word takes at most with the tags around it."""
_UNSEEN = bytes(byte for byte in range(0x100) if not bytes([byte]).isalnum())
_REACH = 700
"""Bytes to each side in which the words of a name are looked for first."""
_NEAR = 200


def odd_letters(data: NDArray[np.uint8], leads: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return where in UTF-8 letters begin that a key spells in ASCII, and controls: or what may be one.

    All but :data:`DELETE`, which is ASCII.
    """
    import numpy as np

    places = np.flatnonzero(data >= _LEAST_LEAD)
    second = data[np.minimum(places + 1, len(data) - 1)]
    found: NDArray[np.int64] = places[leads[data[places], second]]
    return found


def leads() -> NDArray[np.bool_]:
    """Return of each two bytes whether one of :func:`odd_letters` begins with them."""
    import numpy as np

    found = np.zeros((0x100, 0x100), dtype=np.bool_)
    for code in range(0x80, _LAST):
        char = chr(code)
        if code < 0xA0 or _spelt(char):
            data = char.encode("utf-8", "surrogatepass")
            found[data[0], data[1]] = True
    return found


def _spelt(char: str) -> bool:
    if unicodedata.combining(char):
        return "\u0300" <= char <= "\u036f"
    if not char.isalnum() or char in GREEK or char.casefold() in GREEK:
        return False
    return any(c.isascii() and c.isalpha() for c in word_key(char))


def inside_word(text: bytes, start: int, end: int) -> bool:
    """Tell whether a tag has letters, or what may be one, on both sides."""
    return start > 0 and end < len(text) and text[start - 1] in _TOUCHED and text[end] in _TOUCHED


def beside_word(data: bytes, start: int, end: int, words: Container[bytes]) -> bool:
    """Tell whether the word before or after a tag, past other tags, is one of ``words`` (small letters)."""
    before = _WORD_BEFORE.search(data[max(0, start - _TAGS_LONG) : start])
    after = _WORD_AFTER.match(data[end : end + _TAGS_LONG])
    return any(match is not None and match[1].lower() in words for match in (before, after))


def stretch(data: bytes, start: int, at: int, end: int) -> bytes:
    """Return what stands around a place of a record ``data[start:end]``: it and the words next to it."""
    return data[max(start, at - _TAGS_LONG) : min(end, at + _TAGS_LONG)]


def chunk(data: bytes, start: int, at: int, end: int) -> bytes:
    """Return what stands between two blanks around a place of a record ``data[start:end]``."""
    for reach in (_NEAR, end - start):
        first, last = max(start, at - reach), min(end, at + reach)
        before, after = data[first:at], data[at:last]
        head = b"" if before[-1:].isspace() else before.rsplit(None, 1)[-1] if before else b""
        tail = b"" if after[:1].isspace() else after.split(None, 1)[0] if after else b""
        if (len(head) < len(before) or first == start) and (len(tail) < len(after) or last == end):
            break
    return head + tail


def looked_at(record: bytes) -> bytes:
    """Return a record without the parts, and what follows its citation, where no name is looked for."""
    return _NOT_LOOKED_AT.sub(b"", record[: record.find(b"<PubmedData>")])


def near(data: bytes, at: int, letters: int) -> bytes | None:
    """Return the words of an element around a place, with so many letters to each side if it has them.

    Inline markup is taken out. None where blanks or character references spread the letters.
    """
    part = data[max(0, at - 2 * letters) : at + 2 * letters]
    if b"<" not in part and b"&#" not in part and len(part.translate(None, _UNSEEN)) >= 3 * letters:
        return part
    before, after = data[max(0, at - 2 * letters) : at], data[at : at + 2 * letters]
    behind, ahead = _side(before, letters, before.rfind(b"<"), -1), _side(after, letters, after.find(b"<"), 0)
    return None if behind is None or ahead is None else behind + ahead


def _side(part: bytes, letters: int, tag: int, nearest: int) -> bytes | None:
    if tag >= 0 and _STRUCTURE.match(part, tag):
        return part[tag:] if nearest else part[:tag]
    cut = _STRUCTURE.split(part) if tag >= 0 else [part]
    bare = _INLINE_TAG.sub(b"", cut[nearest]) if b"<" in cut[nearest] else cut[nearest]
    whole = len(cut) > 1 or (b"&#" not in bare and len(bare.translate(None, _UNSEEN)) >= letters)
    return bare if whole else None


def around(record: bytes, at: int, size: int) -> str:
    """Return so many words before and after a place, or more, without markup inside words."""
    while at < len(record) and record[at] not in b" \n\t\r":
        at += 1  # to the end of the word
    before = _nearest(record[max(0, at - _REACH) : at], -1, size)
    after = _nearest(record[at : at + _REACH], 1, size)
    few = (before is None and at > _REACH) or (after is None and at + _REACH < len(record))
    if few:  # markup or blanks spread them
        return plain(looked_at(record))
    if before is None or after is None:
        return plain(record[max(0, at - _REACH) : at + _REACH])
    return plain(b" ".join([*reversed(before), *after]))


def _nearest(part: bytes, step: int, size: int) -> list[bytes] | None:
    """Return the nearest words of a part, the next first; None where it holds fewer."""
    bare = _INLINE_TAG.sub(b"", part) if b"<" in part else part
    for most in (2 * size, len(bare)):
        words = bare.split(None, most)[:most] if step > 0 else bare.rsplit(None, most)[: -most - 1 : -1]
        real = 0
        for number, word in enumerate(words, start=1):
            real += word[:1].isalnum()
            if real == size:
                return words[:number]
    return None


def plain(part: bytes) -> str:
    """Return a piece of a record as text: inline tags gone, references resolved, other tags kept."""
    bare = _INLINE_TAG.sub(b"", part) if b"<" in part else part
    text = _resolved(bare.decode("utf-8", "replace")).replace("\n", " ")
    return text if text.isprintable() else _CONTROLS.sub("", text)


def _resolved(text: str) -> str:
    """Resolve references as XML does: HTML takes those to controls for other letters."""
    if "&" not in text:
        return text
    return html.unescape(
        _NUMBER.sub(lambda found: chr(int(found[1] or found[2], 10 if found[1] else 16)), text)
    )


def readings(part: bytes) -> Iterator[bytes]:
    """Yield a piece of a record as the key reads it: without markup, accents and references, in ASCII.

    Once in the case it has, for short forms, and once without, since folding also spells letters out.
    """
    for bare in {_TAG.sub(b"", part), _TAG.sub(b" ", part)}:
        text = _CONTROLS.sub("", _resolved(bare.decode("utf-8", "replace")))
        text = _DASH.sub("-", text)
        for cased in {text, text.casefold()}:
            folded = unicodedata.normalize("NFKD", cased)
            yield "".join(c for c in folded if not unicodedata.combining(c)).encode("ascii", "replace")
