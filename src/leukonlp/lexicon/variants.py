"""Ways to write one name that spelling keys alone do not bring together.

``X-ALD`` is also written ``XALD``, ``globoid cell`` also ``globoidcell``, and ``leukodystrophy`` also
``leuko-dystrophy``; an enzyme deficiency is also a deficiency of the enzyme, and ``GM2 gangliosidosis
type 1`` is also ``GM2 gangliosidosis, type 1``. Made once when the lexicon is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SYMBOL_LENGTH = 12
_SPLITS = (
    ("adrenoleukodystroph", "adreno-leuko-dystroph"),
    ("adrenoleukodystroph", "adreno-leukodystroph"),
    ("cerebrotendin", "cerebro-tendin"),
    ("leukodystroph", "leuko-dystroph"),
    ("leukoencephalopath", "leuko-encephalopath"),
    ("myeloneuropath", "myelo-neuropath"),
    ("arylsulfatase", "aryl-sulfatase"),
    ("galactocerebrosid", "galacto-cerebrosid"),
    ("hematopoietic", "hemopoietic"),
)
_JOINT = re.compile(r"(?<=[^\W\d_]{3})[- ](?=[^\W\d_]{3})")
_TYPE = re.compile(r"(?<=[^\W\d_]{4}) (?=(?:type|form|variant) [\dIVX]+[A-Da-d]?$)")
_DASH = re.compile(r"[\s\-\u2010-\u2015]+")


def is_symbol(surface: str) -> bool:
    """Return True for symbols, codes and short forms, whose case carries meaning.

    At most 12 characters without a blank, more capitals and digits than small letters.
    """
    letters = [c for c in surface if c.isalpha()]
    upper = sum(c.isupper() for c in letters) + sum(c.isdigit() for c in surface)
    return (
        len(surface) <= _SYMBOL_LENGTH
        and not re.search(r"\s", surface)
        and 2 * upper > len(letters)
        and upper >= 2
    )


def variants(surface: str) -> Iterator[str]:
    """Yield ``surface`` and its joined and split forms."""
    yield surface
    if is_symbol(surface):
        joined = _DASH.sub("", surface)
        if joined != surface and not joined.isdigit() and len(joined) >= 3:
            yield joined
        return
    low = surface.lower().replace("leuco", "leuko").replace("sulph", "sulf").replace("haem", "hem")
    for whole, parts in _SPLITS:
        if whole in low:
            yield low.replace(whole, parts)
    if part := _TYPE.search(surface):
        yield f"{surface[: part.start()]}, {surface[part.end() :]}"
    if low.endswith(" deficiency"):
        enzyme = surface[: -len(" deficiency")]
        for link in ("of", "in", "of the", "in the"):
            yield f"deficiency {link} {enzyme}"
            yield f"deficiency {link} {enzyme} activity"
    if len(surface) >= 10:
        for joint in _JOINT.finditer(surface):
            yield surface[: joint.start()] + surface[joint.end() :]
