"""The words of a study as the tagger reads them: names under their kind, treatments with their place.

A disease or gene becomes ``<disease>`` or ``<gene>``, a treatment its modality (``<biologic>``), so that
"effect of X on" is the same whatever X is. Insulin, product of a gene and treatment, reads as the latter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from leukonlp.records import Study
from leukonlp.studies.treatments import WORD, load_treatments

ENDS = frozenset(".;")
"""Marks that end a sentence or a part of one."""
_SUBSTANCE, _NUMBER = "<substance>", "<number>"
_REMEMBERED = 10_000
_AGAINST = "anti"
_NEXT = re.compile(r"[\W_]{1,2}([^\W_]+)")
_TOKEN = re.compile(r"<\w+>|[^\W_]+|[.;](?=\s|$)")


class Named(NamedTuple):
    """A treatment that is named: where it stands among the kinds, what it is, and in which words."""

    at: int
    modality: str
    setting: bool
    name: str


@dataclass(slots=True)
class Wording:
    """The title (``t``) or the abstract (``a``) of a study."""

    place: str
    words: list[str] = field(default_factory=list)
    """Words in small letters, diseases and genes under their kind."""
    kinds: list[str] = field(default_factory=list)
    """The same with treatments, other substances and numbers under their kind, and with ``ENDS``."""
    named: list[Named] = field(default_factory=list)


def wordings(study: Study) -> tuple[Wording, Wording]:
    """Return the wording of the title and that of the abstract."""
    substances = _substances(study)
    end = len(study.title)
    return (
        _wording(Wording("t"), _masked(study, 0, end), substances),
        _wording(Wording("a"), _masked(study, end, len(study.text)), substances),
    )


def _substances(study: Study) -> frozenset[str]:
    """Return the words of the substances that were found, known or not."""
    names = {m.text for m in study.mentions if m.type in ("chemical", "therapy") and not m.negated}
    return frozenset().union(*map(_parts, names))


@lru_cache(maxsize=_REMEMBERED)
def _parts(name: str) -> frozenset[str]:
    """Return the words of a substance's name by which it is known."""
    return frozenset(w for w in WORD.findall(name.lower()) if len(w) > 2 and not w.isdigit())


@lru_cache(maxsize=_REMEMBERED)
def _treats(gene: str) -> bool:
    """True for the name of a gene whose product is a treatment."""
    return bool(load_treatments().find(WORD.findall(gene.lower())))


def _masked(study: Study, start: int, stop: int) -> str:
    """Return a stretch of the text in small letters, its diseases and genes put under their kind."""
    pieces, last = [], start
    for m in study.mentions:
        if m.type not in ("disease", "gene") or m.start < last or m.end > stop:
            continue
        if m.type == "gene" and (_treats(m.text) or _completes(study.text, m.start, m.end, stop)):
            continue
        pieces += [study.text[last : m.start], f" <{m.type}> "]
        last = m.end
    pieces.append(study.text[last:stop])
    return "".join(pieces).lower()


def _completes(text: str, start: int, end: int, stop: int) -> bool:
    """True for a gene whose name is part of a treatment's: "ACE inhibitor", "anti-TNF"."""
    opposed = text[max(start - len(_AGAINST) - 1, 0) : max(start - 1, 0)].lower() == _AGAINST
    following = _NEXT.match(text, end, stop)
    closing = following[1].lower() if following is not None else ""
    if not opposed and not load_treatments().closes(closing):
        return False
    name = [_AGAINST] * opposed + WORD.findall(text[start:end].lower()) + [closing] * bool(closing)
    return any(t.last - t.first > 1 for t in load_treatments().find(name))


def _wording(wording: Wording, text: str, substances: frozenset[str]) -> Wording:
    tokens = _TOKEN.findall(text)
    inner = [token not in ENDS for token in tokens]
    words = wording.words = list(compress(tokens, inner))
    plain = [_NUMBER if token.isdigit() else token for token in tokens]
    if not substances.isdisjoint(plain):
        plain = [_SUBSTANCE if token in substances else token for token in plain]
    treatments = load_treatments().find(words)
    if not treatments:
        wording.kinds = plain
        return wording
    kinds, places = wording.kinds, list(compress(range(len(tokens)), inner))
    last = 0
    for first, stop, modality, setting in treatments:
        kinds += plain[last : places[first]]
        wording.named.append(Named(len(kinds), modality, setting, " ".join(words[first:stop])))
        kinds.append(f"<{modality}_setting>" if setting else f"<{modality}>")
        last = places[stop - 1] + 1
    kinds += plain[last:]
    return wording
