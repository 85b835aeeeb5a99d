"""How rules and the trained tagger meet (docs/decisions/0011): one place, and the same for every study.

- A phase that the text or the publication types state stands, and the tagger gives no development phase:
  that takes words. Where only the design implies that there is none, or nothing does, the tagger's likeliest
  counts unless it is a guess: preclinical, unphased or not applicable.
- A design that the rules found stands in a study that states its phase, in a correction or retraction, and
  where a publication type tells it. Elsewhere it stands unless the tagger's likeliest is another, from
  ``AGAINST`` on, or ``AGAINST_TITLE`` where the title names it. Where they found none, the tagger's likeliest
  counts unless it is a guess.
- The modalities of a leukodystrophy study are the rules': they know its therapies by name, and the tagger has
  learned from other medicine. Elsewhere a modality counts where the tagger is at its balanced point, and one
  of the rules beside it gives its words.
- Relevance is the rules': names of diseases decide it, and those the lexicon knows.

What neither says is null. A tag of the tagger has the basis ``model``; a modality quotes the words that name
it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from leukonlp.records import Quote, Study, Tag
from leukonlp.studies.classifier import StudyTagger
from leukonlp.studies.design_papers import NOTICE
from leukonlp.studies.labels import MODALITIES
from leukonlp.studies.operating import threshold
from leukonlp.studies.phase_decision import IMPLIED
from leukonlp.studies.treatments import WORD, Treatment, load_treatments

STATED = frozenset(("early_phase_1", "phase_1", "phase_1_2", "phase_2", "phase_2_3", "phase_3", "phase_4"))
"""Phases that only words or publication types can tell; the tagger neither gives nor takes them."""
GUESS = 0.3
"""Below this the likeliest label of the tagger is a guess, and left open."""
AGAINST = 0.4
"""Below this it does not count against a label of the rules."""
AGAINST_TITLE = 0.7
"""The same for a design whose name is in the title, and in leukodystrophies, of which it has seen few."""
_NAMED = {
    label: re.compile(words, re.IGNORECASE)
    for label, words in {
        "case_report": r"\bcase reports?\b|\ba case\b",
        "case_series": r"\bcase series\b|\bseries of\b|\bcase reports\b",
        "cohort": r"\bcohort\b|\bretrospective\b|\bcase-control\b|\bnatural history\b|\bregistry\b",
        "cross_sectional": r"\bcross-sectional\b|\bsurvey\b|\bprevalence\b",
        "randomized_trial": r"\brandomi[sz]ed\b|\bplacebo\b|\bdouble-blind\b|\btrial\b",
        "single_arm_trial": r"\btrial\b|\bopen-label\b|\bphase\b",
        "review": r"\breview\b|\boverview\b",
        "systematic_review": r"\bsystematic\b|\bmeta-analy",
        "protocol": r"\bprotocol\b",
        "guideline": r"\bguidelines?\b|\bconsensus\b|\brecommendations?\b",
        "expanded_access": r"\bexpanded access\b|\bcompassionate\b",
    }.items()
}
"""Words of a title that name a design."""
Points = Mapping[str, Any]


def tagged(studies: Sequence[Study], tagger: StudyTagger, points: Points) -> list[Study]:
    """Return the studies with what the tagger adds to the rules, and its probabilities.

    Args:
        studies: what the rules made of records.
        tagger: a fitted tagger.
        points: its operating points, by field and label.
    """
    if not studies:
        return []
    balanced: dict[str, float] = {
        label: threshold(points, "modality", label, "balanced") for label in MODALITIES
    }
    fields: list[list[dict[str, float]]] = []
    for field, likely in tagger.predict_proba(studies).items():
        labels = tagger.classes_[field].tolist()
        fields.append([dict(zip(labels, row, strict=True)) for row in likely.tolist()])
    return [
        _decided(study, dict(zip(tagger.classes_, likely, strict=True)), balanced)
        for study, *likely in zip(studies, *fields, strict=True)
    ]


def _decided(study: Study, likely: Mapping[str, Mapping[str, float]], balanced: Mapping[str, float]) -> Study:
    design = _design(study, likely.get("design", {}))
    return replace(
        study,
        phase=_fitting(_phase(study.phase, likely.get("phase", {})), design),
        design=design,
        modality=_modality(study, likely.get("modality", {}), balanced),
    )


def _fitting(phase: Tag | None, design: Tag | None) -> Tag | None:
    """Return the phase that the tagger's design implies, unless the text states one: cells are no people."""
    if design is None or design.basis != "model" or (phase is not None and phase.label in STATED):
        return phase
    implied = IMPLIED.get(str(design.label))
    return (
        phase
        if implied is None or (phase is not None and phase.label == implied)
        else replace(design, label=implied)
    )


def _phase(rule: Tag | None, likely: Mapping[str, float]) -> Tag | None:
    if rule is not None and (rule.label in STATED or rule.basis == "publication_type"):
        return rule
    best = max(likely.keys() - STATED, key=lambda label: likely[label], default="")
    if not best or (rule is not None and best == rule.label):
        return rule
    return _of_model(best, likely) if likely[best] >= (AGAINST if rule is not None else GUESS) else rule


def _design(study: Study, likely: Mapping[str, float]) -> Tag | None:
    rule, phase = study.design, study.phase
    best = max(likely, key=lambda label: likely[label], default="")
    if not best:
        return rule
    if rule is not None and best == rule.label:
        return replace(rule, probability=round(likely[best], 2))
    if rule is not None and (_settled(study, rule) or (phase is not None and phase.label in STATED)):
        return rule
    return _of_model(best, likely) if likely[best] >= _needed(study) else rule


def _needed(study: Study) -> float:
    """Return how likely another design must be."""
    rule = study.design
    if rule is None:
        return GUESS
    named = _NAMED.get(str(rule.label))
    known = study.relevant is not None and study.relevant.label is True
    return AGAINST_TITLE if known or (named is not None and named.search(study.title)) else AGAINST


def _settled(study: Study, rule: Tag) -> bool:
    """True for what librarians said, expanded access in a title, and notices: they repeat another's title."""
    notice = rule.label == "other" and any(cue.pattern.match(study.title.lower()) for cue in NOTICE.cues)
    access = rule.label == "expanded_access" and _NAMED["expanded_access"].search(study.title) is not None
    return notice or access or rule.basis == "publication_type"


def _modality(study: Study, likely: Mapping[str, float], balanced: Mapping[str, float]) -> tuple[Tag, ...]:
    if study.relevant is not None and study.relevant.label:
        return study.modality
    found = {label for label, p in likely.items() if p >= balanced[label]}
    weighed = {label for label in likely if balanced[label] <= 1} - found  # others have no such point
    rules = {str(tag.label): tag for tag in study.modality if tag.label not in weighed}
    added = found - rules.keys()
    quotes = _quotes(study, added) if added else {}
    both = rules | {label: replace(_of_model(label, likely), quote=quotes.get(label)) for label in added}
    return tuple(both[label] for label in MODALITIES if label in both)


def _of_model(label: str, likely: Mapping[str, float]) -> Tag:
    return Tag(label, round(likely[label], 2), basis="model")


def _quotes(study: Study, labels: set[str]) -> dict[str, Quote]:
    """Return for each modality the first words that name a treatment of it: mostly the title has them."""
    quotes: dict[str, Quote] = {}
    end = len(study.title)
    for first, last in ((0, end), (end, len(study.text))):
        words = [word.lower() for word in WORD.findall(study.text, first, last)]
        named: dict[str, Treatment] = {}
        for treatment in load_treatments().find(words):
            if treatment.modality in labels - quotes.keys():
                named.setdefault(treatment.modality, treatment)
        stop = max((treatment.last for treatment in named.values()), default=0)
        places = [match.span() for match in islice(WORD.finditer(study.text, first, last), stop)]
        for modality, treatment in named.items():
            start, close = places[treatment.first][0], places[treatment.last - 1][1]
            quotes[modality] = Quote(start, close, study.text[start:close])
        if len(quotes) == len(labels):
            break
    return quotes
