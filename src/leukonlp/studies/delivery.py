"""How the study's own treatment was delivered: the vectors of a gene therapy, and the routes.

A vector or route that is only compared with, was used before, or belongs to something else than the
treatment (``oral cancer``, ``intravenous access``) says nothing.
"""

from __future__ import annotations

import re

from leukonlp.records import Fact
from leukonlp.studies.delivery_cues import (
    AAV,
    FOREIGN_VECTOR,
    NO_ROUTE,
    NOT_DONE,
    OTHERS,
    ROUTE_GIVEN,
    ROUTE_NOUN,
    ROUTES,
    VASCULITIS,
    VECTORS,
)
from leukonlp.studies.nearby import Rows, near
from leukonlp.studies.reading import Part, Reading, Sentence

_VECTORS, _ROUTES = Rows(VECTORS), Rows(ROUTES)
TRIGGERS = (_VECTORS.words, _ROUTES.words, *(triggers for _, triggers, _ in (*VECTORS, *ROUTES)))
_CLAUSE = re.compile(r", (?=(?:he|she|they|we|it) )")
_APART: tuple[Part, ...] = ("background", "conclusions")


def vectors(reading: Reading) -> tuple[Fact, ...]:
    """Return each vector once, in order of its first mention; the quote is its name.

    ``value`` is ``lentiviral``, ``gammaretroviral``, ``retroviral`` (kind not stated), ``adenoviral``,
    ``AAV`` with the serotype where written (``AAV9``, ``AAVrh10``, ``AAV2/5``), ``non_viral`` or ``LNP``.
    """
    found: dict[str, Fact] = {}
    present = _VECTORS.present(reading)
    if not present or not reading.peopled:  # a review: its vectors are those of others
        return ()
    for name, triggers, pattern in present:
        if name == "AAV" and VASCULITIS.search(reading.plain):
            continue  # ANCA-associated vasculitis
        for match, sentence in near(reading, pattern, triggers, left=24, right=110, apart=_APART):
            value, end = (name, match.end("vector")) if name != "AAV" else _serotype(reading, match, sentence)
            if value not in found and not _foreign_vector(reading, match, sentence):
                found[value] = Fact(value, reading.quote(match.start("vector"), end))
    if any(value.startswith("AAV") and value != "AAV" for value in found):
        found.pop("AAV", None)
    if "gammaretroviral" in found:
        found.pop("retroviral", None)
    return tuple(sorted(found.values(), key=lambda fact: fact.quote.start))


def _serotype(reading: Reading, match: re.Match[str], sentence: Sentence) -> tuple[str, int]:
    """Return ``AAV9``, ``AAVrh10`` or, where no serotype is written, ``AAV``; and where its name ends."""
    kind, end = match["serotype"] or match["later"] or "", match.end("vector")
    if not kind:
        # "adeno-associated virus (AAV) serotype 9": the number may follow the bracket.
        after = AAV.match(reading.plain, match.end(), min(sentence.end, match.end() + 40))
        kind, end = (after["serotype"], after.end()) if after is not None else ("", end)
    compact = re.sub(r"[ .-]", "", kind)
    return f"AAV{compact if compact[:2] in ('rh', 'hu') else compact.upper()}", end


def _foreign_vector(reading: Reading, match: re.Match[str], sentence: Sentence) -> bool:
    before = reading.plain[max(sentence.start, match.start() - 60) : match.start()]
    after = reading.plain[match.end() : min(sentence.end, match.end() + 40)]
    return (
        NOT_DONE.match(after) is not None
        or FOREIGN_VECTOR.search(before) is not None
        or OTHERS.search(before) is not None
        or (
            re.match(
                r"[ -](?:specific |neutrali[sz]ing |binding )?(?:antibod|infect|seropos|immunity)", after
            )
            is not None
        )
    )


def routes(reading: Reading) -> tuple[Fact, ...]:
    """Return each route by which the study's own treatment was given, once, in order of first mention.

    ``value`` is ``intravenous``, ``intrathecal``, ``intracerebroventricular``, ``intracerebral``,
    ``intracisternal``, ``subcutaneous``, ``intramuscular``, ``oral``, ``inhaled``, ``topical``, ... as in
    ``delivery_cues.ROUTES``; the quote is the word of the route.
    """
    found: dict[str, Fact] = {}
    present = _ROUTES.present(reading)
    if not present or not reading.peopled:
        return ()
    for name, triggers, pattern in present:
        for match, sentence in near(reading, pattern, triggers, left=16, right=28, apart=_APART):
            if _given(reading, match, sentence):
                found[name] = Fact(name, reading.quote(match.start(), match.end()))
                break
    return tuple(sorted(found.values(), key=lambda fact: fact.quote.start))


def _given(reading: Reading, match: re.Match[str], sentence: Sentence) -> bool:
    """True when the words around say that a treatment of this study was given this way."""
    plain = reading.plain
    before = plain[max(sentence.start, match.start() - 70) : match.start()]
    after = plain[match.end() : min(sentence.end, match.end() + 60)]
    # "After months without therapy, he received": the clause begins anew.
    clause = _CLAUSE.split(before)[-1]
    if NO_ROUTE.match(after) or NOT_DONE.match(after) or OTHERS.search(clause):
        return False
    if ROUTE_NOUN.match(after) or ROUTE_GIVEN.search(before):
        return True
    return any(
        m.type == "therapy"
        and m.about == "study"
        and not m.negated
        and (-30 <= m.end - match.start() <= 0 or 0 <= m.start - match.end() <= 25)
        and sentence.start <= m.start < sentence.end
        for m in reading.mentions
    )
