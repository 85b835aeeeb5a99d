"""Highlighted mentions for notebooks: displaCy with our colours; owns the colours.

spaCy finds :data:`COLOURS` through the entry point ``spacy_displacy_colors``, so every use of displaCy on
these types shows the same. What displaCy does not escape, labels and concepts, is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from leukonlp.records import Mention, Study

COLOURS = {"DISEASE": "#f4b6a6", "GENE": "#a9d3f2", "THERAPY": "#b5dfae", "CHEMICAL": "#e3d4f2"}
"""Background of each type of mention; each bears black text at a contrast of 7 to 1 or more."""
_FLAGS = ("negated", "speculative")


class Markup(str):
    """HTML that a notebook shows as what it describes."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def show(study: Study) -> Markup:
    """Return the text of a study as HTML with its mentions highlighted.

    Denied and supposed mentions say so beside their type, and so do those of the background. Where mentions
    overlap, the longest is shown.

    Returns:
        A string, which a notebook shows; elsewhere, write it to a file.
    """
    from spacy import displacy

    entities = [_entity(mention) for mention in _apart(study.mentions)]
    text = {"text": study.text, "ents": entities, "title": None}
    colours = {"colors": {**COLOURS, **_variants(study)}}
    return Markup(displacy.render(text, style="ent", manual=True, jupyter=False, options=colours))


def _entity(mention: Mention) -> dict[str, Any]:
    concept = escape(mention.concept or "")
    return {
        "start": mention.start,
        "end": mention.end,
        "label": escape(_label(mention)),
        "kb_id": concept,
        "kb_url": "#" if concept.startswith("LEUKO:") else f"https://identifiers.org/{concept}",
    }


def _label(mention: Mention) -> str:
    flags = [flag for flag in _FLAGS if getattr(mention, flag)]
    flags += ["background"] if mention.about == "background" else []
    return " ".join([mention.type.upper(), *flags])


def _variants(study: Study) -> dict[str, str]:
    """The colour of each label that says more than the type."""
    return {escape(_label(m)): COLOURS[m.type.upper()] for m in study.mentions if m.type.upper() in COLOURS}


def _apart(mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """Yield mentions that do not overlap, in text order."""
    taken: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in taken):
            taken.append(mention)
    yield from sorted(taken, key=lambda m: m.start)
