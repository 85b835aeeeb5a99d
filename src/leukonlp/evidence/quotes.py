"""Which words of a found study to show, and what matched; owns the choice, searches nothing.

Works on the plain values of a stored line, so that a page of hits needs no :class:`Study`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from leukonlp.evidence.query import Query
from leukonlp.evidence.words import parse
from leukonlp.records import Quote
from leukonlp.structure import sentences

_ABOUT = (("therapy", "therapies"), ("gene", "genes"), ("disease", "diseases"))


def telling(record: Mapping[str, Any], query: Query) -> Quote:
    """Return the words that answer the query best.

    In order: the sentence that holds the words looked for, the quote behind the phase, modality, design
    or number of participants asked for, the sentence that names the therapy, gene or disease, and, when
    nothing of these is stated in words, the quote behind the phase, or else the title.
    """
    text, study = record["text"], record["study"]
    found = parse(query.words).quote(text) if query.words else None
    if found is not None:
        return found
    for quote in _asked(record, query):
        return quote
    if study["phase"] and study["phase"]["quote"]:
        return Quote.from_dict(study["phase"]["quote"])
    start, end = next(iter(sentences(text)), (0, 0))
    return Quote(start, end, text[start:end])


def _asked(record: Mapping[str, Any], query: Query) -> Iterator[Quote]:
    study = record["study"]
    tags = [study["phase"]] if query.phase else []
    tags += [tag for tag in study["modality"] if tag["label"] in query.modality]
    tags += [study["design"]] if query.design else []
    tags += [study["n_enrolled"]] if query.participants != (None, None) else []
    yield from (Quote.from_dict(tag["quote"]) for tag in tags if tag and tag["quote"])
    for kind, _ in _ABOUT:
        wanted = getattr(query, kind)
        mention = next((m for m in _best_first(record) if m["concept"] in wanted), None) if wanted else None
        if mention is not None:
            yield _sentence(record["text"], mention)


def _best_first(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Mentions, those first that affirm something about this study, outside the title."""
    title = len(record["title"])

    def doubt(mention: Mapping[str, Any]) -> tuple[bool, bool, bool]:
        return (
            mention["negated"] or mention["speculative"],
            mention["about"] != "study",
            mention["start"] < title,
        )

    return sorted(record["mentions"], key=doubt)


def _sentence(text: str, mention: Mapping[str, Any]) -> Quote:
    """The sentence around a mention; the mention itself where it runs over the end of one."""
    spans = sentences(text)
    start, end = spans[max(0, bisect_right(spans, (mention["start"], len(text))) - 1)]
    if not start <= mention["start"] < mention["end"] <= end:
        start, end = mention["start"], mention["end"]
    return Quote(start, end, text[start:end])


def reasons(record: Mapping[str, Any], query: Query) -> tuple[str, ...]:
    """Return what matched, one line for each condition of the query, with the values found."""
    study, found = record["study"], []
    if query.words:
        found.append(f"words: {query.words}")
    names = {m["concept"]: m["name"] for m in reversed(record["mentions"])}
    for kind, attribute in reversed(_ABOUT):
        wanted, held = getattr(query, kind), list(study[attribute])
        if query.mentioned:
            held += [m["concept"] for m in record["mentions"]]
        matched = [c for c in dict.fromkeys(held) if c in wanted]
        found += (
            [f"{kind}: " + ", ".join(f"{names[c]} ({c})" if names.get(c) else c for c in matched)]
            if matched
            else []
        )
    for kind in ("phase", "design"):
        if getattr(query, kind):
            found.append(f"{kind}: {study[kind]['label']}")
    if query.modality:
        found.append(
            "modality: " + ", ".join(t["label"] for t in study["modality"] if t["label"] in query.modality)
        )
    if query.participants != (None, None):
        found.append(f"participants: {study['n_enrolled']['value']}")
    if query.year != (None, None):
        found.append(f"year: {record['year']}")
    return tuple(found)
