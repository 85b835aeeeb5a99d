"""The kind of study: reads the table of ``design_rules`` from the top; the first row with evidence decides.

Within a row the text comes before the publication type, for the text can be quoted. Owns no phase
and no modality.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leukonlp.records import Quote, Tag
from leukonlp.studies import attribution
from leukonlp.studies.design_cues import TITLE, Cue, Evidence, Rule
from leukonlp.studies.design_papers import NOTICE
from leukonlp.studies.design_rules import RULES
from leukonlp.studies.design_trials import CROSSOVER
from leukonlp.studies.people import NOBODY, People
from leukonlp.studies.reading import Reading, Sentence

_UNCROSSED = (
    "randomized_trial",
    "single_arm_trial",
    "case_report",
    "case_series",
    "cohort",
    "cross_sectional",
)


_BLIND = re.compile(
    r"\b(?:double|triple|single|observer|investigator|assessor|evaluator)[- ](?:blind|mask)|"
    r"\blatin[- ]square\b"
)
# The article that a cue may begin with: "not [a phase 3 trial]".
_ARTICLE = re.compile(r"(?:an?|the|any) ")


def notice(reading: Reading) -> Tag | None:
    """Return the design of a correction or retraction: it repeats a title and studies nothing."""
    return _apply(Evidence(reading, NOBODY, None), NOTICE, _types(reading))


def decide(reading: Reading, people: People, phase: Tag | None) -> Tag | None:
    """Return the design of the study, or None when nothing in the record tells it.

    ``phase`` is the phase that the text or the publication types state of this study: a study with
    one is a trial, whatever else its words leave open.
    """
    evidence = Evidence(reading, people, phase)
    types = _types(reading)
    crossed = _crossed(reading, types)
    for rule in RULES:
        if crossed and rule.label in _UNCROSSED:
            continue
        if not _possible(reading, rule, types) or (rule.when is not None and not rule.when(evidence)):
            continue
        tag = _apply(evidence, rule, types)
        if tag is not None:
            return tag
    return None


def _possible(reading: Reading, rule: Rule, types: frozenset[str]) -> bool:
    """False when neither a trigger nor a type nor a last resort could speak for the row. Cheap."""
    if rule.otherwise is not None or not types.isdisjoint(rule.types):
        return True
    return any(map(reading.places, rule.groups))


def _crossed(reading: Reading, types: frozenset[str]) -> bool:
    """True for a crossover trial that does not say it was randomised.

    Its people take both treatments in turn: it has no single arm and is not merely observed, and whether
    chance chose the order only its own words can tell.
    """
    if not _possible(reading, CROSSOVER, frozenset()):
        return False
    if "random" in reading.plain or "randomized controlled trial" in types:
        return False
    if _BLIND.search(reading.plain):  # a blinded crossover hides the order, which chance must choose
        return False
    return next(_quotes(reading, CROSSOVER), None) is not None


def _apply(evidence: Evidence, rule: Rule, types: frozenset[str]) -> Tag | None:
    quote = next(_quotes(evidence.reading, rule), None)
    if quote is not None:
        return Tag(rule.label, quote=quote, basis="text")
    if not types.isdisjoint(rule.types):
        return Tag(rule.label, basis="publication_type")
    if rule.otherwise is not None and (quote := rule.otherwise(evidence)) is not None:
        return Tag(rule.label, quote=quote, basis="text")
    return None


def _types(reading: Reading) -> frozenset[str]:
    if reading.abstract.automated:
        return frozenset()
    types = {term.name.lower() for term in reading.abstract.publication_types}
    headings = {heading.name for heading in reading.abstract.mesh}
    if "Animals" in headings and "Humans" not in headings:
        types.add("animals only")
    return frozenset(types)


def _quotes(reading: Reading, rule: Rule) -> Iterator[Quote]:
    for cue in rule.cues:
        if not reading.places(cue.triggers):
            continue
        for sentence in _sentences(reading, cue):
            match = cue.pattern.search(reading.plain, sentence.start, sentence.end)
            if match is None or (
                cue.attributed and _elsewhere(reading, sentence, match.start(), match.end())
            ):
                continue
            yield reading.quote(match.start(), match.end())


def _sentences(reading: Reading, cue: Cue) -> Iterator[Sentence]:
    """Sentences of the right parts that hold a trigger of the cue."""
    end = reading.title_end if cue.parts == TITLE else None
    return (sentence for sentence in reading.holding(cue.triggers, end=end) if sentence.part in cue.parts)


def _elsewhere(reading: Reading, sentence: Sentence, start: int, end: int) -> bool:
    before, after = reading.around(start, end)
    own = sentence.part == "title" or attribution.own(before, after, part=sentence.part)
    article = _ARTICLE.match(reading.plain, start)
    if attribution.to_come(before) or attribution.denied(before + (article[0] if article else "")):
        return True
    return attribution.other(before, after, own=own) and not attribution.continues(before, after)
