"""One record and its mentions become a study: every tag and fact, decided by the rules of this folder.

Owns the order in which the rules hear of each other; a trained classifier fills, in this same place,
what they leave open.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from leukonlp.records import Abstract, Mention, Study, Tag
from leukonlp.studies import (
    adverse_events,
    ages,
    compared,
    control,
    countries,
    delivery,
    design,
    design_rules,
    doses,
    durations,
    follow_up,
    genotype,
    modality,
    outcomes,
    participants,
    people,
    phase,
    phase_decision,
    phase_parent,
    registry,
    relevance,
    sex,
    sites,
    stage,
    sureness,
    topics,
)
from leukonlp.studies.people import People
from leukonlp.studies.reading import Concepts, Reading
from leukonlp.studies.triggers import Triggers

NO_SUBJECTS = ("animal_study", "in_vitro", "review", "systematic_review", "guideline")
"""Designs whose people, if any, are not the study's own."""
_TREATED = ("animal_study", "in_vitro")
"""Those that still give a treatment of their own, by a vector, route and dose."""


def assess(abstract: Abstract, mentions: tuple[Mention, ...], *, lexicon: Concepts) -> Study:
    """Return the study that a record reports: tags and facts, each with the words that state it.

    What the record does not state is None or empty. ``versions`` stays empty.

    Args:
        abstract: the record.
        mentions: what its text names, with offsets into ``abstract.text``.
        lexicon: the concepts behind the mentions, their ancestors, and which of them are core.
    """
    reading = Reading(abstract, mentions, lexicon=lexicon, triggers=_triggers())
    notice = design.notice(reading)
    if notice is not None:
        return _noticed(reading, notice)
    found = people.find(reading)
    stated = phase.stated(reading) or phase_decision.published(reading)
    kind = design.decide(reading, found, stated)
    return _with_facts(reading, found, _tagged(reading, found, stated, kind))


@lru_cache(maxsize=1)
def _triggers() -> Triggers:
    parts = (
        adverse_events,
        ages,
        compared,
        control,
        countries,
        delivery,
        design_rules,
        doses,
        durations,
        follow_up,
        genotype,
        modality,
        outcomes,
        people,
        phase_parent,
        registry,
        sex,
        sites,
        stage,
    )
    return Triggers(group for part in parts for group in part.TRIGGERS)


def _noticed(reading: Reading, notice: Tag) -> Study:
    """A correction or retraction: about its diseases, but no study of its own."""
    diseases = topics.diseases(reading)
    phase = Tag("not_applicable", quote=notice.quote, basis=notice.basis)
    return Study(
        abstract=reading.abstract,
        mentions=reading.mentions,
        relevant=_sure("relevant", relevance.relevant(reading, diseases), reading),
        phase=_sure("phase", phase, reading),
        design=_sure("design", notice, reading),
        diseases=diseases,
        genes=topics.genes(reading, diseases),
    )


def _tagged(reading: Reading, found: People, stated: Tag | None, kind: Tag | None) -> Study:
    diseases = topics.diseases(reading)
    relevant = relevance.relevant(reading, diseases)
    own = modality.own_therapies(reading, unlisted=relevant.label is True, trial=stated)
    design = _label(kind)
    return Study(
        abstract=reading.abstract,
        mentions=reading.mentions,
        relevant=_sure("relevant", relevant, reading),
        phase=_sure("phase", phase_decision.decide(reading, stated, kind, found), reading, design=design),
        design=_sure("design", kind, reading),
        modality=tuple(
            sureness.sure("modality", tag, title_end=reading.title_end)
            for tag in modality.tags(reading, own, design=design, most=found.most)
        ),
        diseases=diseases,
        genes=topics.genes(reading, diseases),
        therapies=topics.therapies(reading, own),
        registry_numbers=registry.numbers(reading, animals=design == "animal_study"),
    )


def _sure(field: str, tag: Tag | None, reading: Reading, *, design: str | None = None) -> Tag | None:
    return sureness.sure(field, tag, title_end=reading.title_end, design=design) if tag is not None else None


def _with_facts(reading: Reading, found: People, study: Study) -> Study:
    kind = _label(study.design)
    if kind in NO_SUBJECTS:
        return _as_given(reading, study) if kind in _TREATED else study
    enrolled = participants.enrolled(reading, found, design=kind)
    whole = enrolled.value if enrolled is not None and isinstance(enrolled.value, int) else 0
    single = kind == "case_report"
    return replace(
        _as_given(reading, study),
        n_enrolled=enrolled,
        n_screened=participants.screened(reading, found, enrolled, design=kind),
        n_comparison=participants.comparison(reading, found, enrolled, design=kind),
        ages=ages.ages(reading, single=single, people=found, enrolled=whole),
        stage=stage.stage(reading, enrolled=whole),
        sex=sex.sex(reading, found, single=single),
        genotype=genotype.genotype(reading),
        countries=countries.countries(reading),
        multicentre=sites.multicentre(reading),
        n_sites=sites.n_sites(reading),
        follow_up=follow_up.follow_up(reading),
        comparator=control.comparator(reading),
        blinding=control.blinding(reading),
        outcomes=outcomes.outcomes(reading),
        adverse_events=adverse_events.adverse_events(reading, treated=bool(study.modality)),
    )


def _as_given(reading: Reading, study: Study) -> Study:
    """Add how a treatment was given; nothing for a study that treats nobody."""
    if not study.modality:
        return study
    return replace(
        study,
        vectors=delivery.vectors(reading),
        routes=delivery.routes(reading),
        doses=doses.doses(reading, animals=_label(study.design) in _TREATED),
    )


def _label(tag: Tag | None) -> str | None:
    return str(tag.label) if tag is not None else None
