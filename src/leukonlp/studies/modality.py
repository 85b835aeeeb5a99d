"""The kinds of therapy that a study tests or observes, and the therapies themselves.

A therapy counts when the title names it, or when the study's own sentences say that it was given,
or name it again and again. One that stands for comparison, that is denied, awaited or background
does not. Ex vivo gene therapy is gene therapy alone, whatever it shares with a transplant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from leukonlp.records import Mention, Tag
from leukonlp.studies import modality_cues as cues
from leukonlp.studies.labels import MODALITIES
from leukonlp.studies.numbers import whole
from leukonlp.studies.reading import Reading, Sentence
from leukonlp.studies.treatments import WORD, load_treatments

_TITLED = 4
"""The score of a therapy that the title names."""
TRIGGERS = (cues.GRAFTS, *(triggers for _, triggers, _ in cues.PATTERNS))


@dataclass(frozen=True, slots=True)
class Therapy:
    """A therapy named at ``start:end`` as the study's own; a higher ``score`` speaks more clearly."""

    labels: tuple[str, ...]
    start: int
    end: int
    score: int
    concept: str | None
    given: bool
    people: int = 0
    """How many people the sentence says were given it, 0 where it counts none."""


def own_therapies(
    reading: Reading, *, unlisted: bool = False, trial: Tag | None = None
) -> tuple[Therapy, ...]:
    """Return every place that names a therapy as the study's own, in order; score 0 where nobody got it.

    ``trial`` is the phase that the text states of this study: "a phase 3 trial of drug A" names its therapy,
    even where that sentence comes before the study's own work.

    ``unlisted`` counts drugs that only the table of treatments knows too: of leukodystrophies, where the
    trained tagger has no say.
    """
    places: list[tuple[int, int]] = []
    mentions = reading.mentions if unlisted else ()
    beyond = [therapy for mention in mentions for therapy in _unlinked(reading, mention, places)]
    quote = trial.quote if trial is not None else None
    told = quote.start if quote is not None and quote.start >= reading.title_end else -1
    found = [*beyond, *_tried(reading, told), *_mentioned(reading, places), *_worded(reading, places)]
    if unlisted and not any(t.given and cues.OTHER_CELLS.intersection(t.labels) for t in found):
        found += _transplants(reading)
    return tuple(sorted(found, key=lambda t: (t.start, t.end)))


def _mentioned(reading: Reading, places: list[tuple[int, int]]) -> Iterator[Therapy]:
    """Therapies that the lexicon knows; notes in ``places`` where they stand."""
    for mention in reading.mentions:
        concept = reading.lexicon.concepts.get(mention.concept or "")
        if concept is None or concept.type not in ("therapy", "chemical"):
            continue
        places.append((mention.start, mention.end))
        # "No effect of drug A" denies the effect; the drug was given.
        denied = mention.negated and not cues.NO_EFFECT.search(reading.before(mention.start, 100))
        if denied or (mention.about == "background" and mention.start >= reading.title_end):
            continue
        therapy = _judge(reading, concept.modality, mention.start, mention.end, concept.id)
        if therapy is not None:
            yield therapy


def _tried(reading: Reading, place: int) -> Iterator[Therapy]:
    """Therapies of the trial whose phase stands at ``place``: "a phase 3 trial of"."""
    if place < 0:
        return
    sentence = reading.sentence_at(place)
    if sentence.part not in ("background", "objective"):
        return
    for mention in reading.mentions:
        concept = reading.lexicon.concepts.get(mention.concept or "")
        if concept is None or mention.negated or not place < mention.start < sentence.end:
            continue
        if cues.TRIAL_OF.search(reading.before(mention.start, 90)):
            yield Therapy(concept.modality, mention.start, mention.end, 3, concept.id, True)


def _unlinked(reading: Reading, mention: Mention, places: list[tuple[int, int]]) -> Iterator[Therapy]:
    """A drug beyond the lexicon that the table of treatments knows, such as one given off label."""
    if mention.type != "chemical" or mention.concept is not None:
        return
    known = load_treatments().find(WORD.findall(mention.text.lower()))
    own = not mention.negated and (mention.about == "study" or mention.start < reading.title_end)
    measured = mention.text.lower().removesuffix("s") in cues.MARKERS
    if own and known and known[0].modality == "small_molecule" and not (known[0].setting or measured):
        places.append((mention.start, mention.end))
        therapy = _judge(reading, (known[0].modality,), mention.start, mention.end, None)
        if therapy is not None:
            yield therapy


def _transplants(reading: Reading) -> Iterator[Therapy]:
    """Grafts of marrow or blood that are called transplants only."""
    if cues.OTHER_GRAFTS.search(reading.plain):
        return
    for match, _ in reading.matches(cues.TRANSPLANT, cues.GRAFTS):
        if any(m.start <= match.start() < m.end for m in reading.mentions):
            continue
        therapy = _judge(reading, ("hsct",), *match.span(), None)
        if therapy is not None:
            done = cues.WERE_TRANSPLANTED.search(reading.plain, max(0, match.start() - 40), match.end())
            yield replace(therapy, score=2, given=True) if done and therapy.score == 1 else therapy


def _worded(reading: Reading, places: list[tuple[int, int]]) -> Iterator[Therapy]:
    """Kinds of therapy in other words than the lexicon's."""
    for label, triggers, pattern in cues.PATTERNS:
        for match, _ in reading.matches(pattern, triggers):
            start, end = match.span()
            if reading.plain[max(0, start - 1) : start].isalnum() or any(
                a < end and start < b for a, b in places
            ):
                continue
            # BMT is bismuth, metronidazole and tetracycline elsewhere, and HCT the haematocrit.
            if label == "hsct" and end - start < 5 and "transplant" not in reading.plain:
                continue
            # "Stem cell transplants" are those that the record tells of.
            if match.group().startswith("stem") and cues.OTHER_GRAFTS.search(reading.plain):
                continue
            therapy = _judge(reading, (label,), start, end, None)
            if therapy is not None:
                yield therapy


def _judge(
    reading: Reading, labels: tuple[str, ...], start: int, end: int, concept: str | None
) -> Therapy | None:
    sentence = reading.sentence_at(start)
    before = reading.plain[max(sentence.start, start - 100) : start]
    after = reading.plain[end : min(sentence.end, end + 70)]
    effect = cues.NO_EFFECT.search(before) is not None
    if sentence.part == "title":
        other = (cues.ELSE_TITLE.search(before) and not effect) or _tool(before, after)
        other = other or cues.FAMILY_TITLE.search(reading.plain, 0, reading.title_end) is not None
        return None if other else Therapy(labels, start, end, _TITLED, concept, True)
    if sentence.part in ("background", "conclusions") or _tool(before, after):
        return None
    if (cues.ELSE.search(before[-70:]) and not effect) or _of_others(before, after):
        return None
    if _withheld(before, reading.after(end, 140, of=start)):
        return Therapy(labels, start, end, 0, concept, False)
    given = cues.GIVEN.search(before) is not None or cues.GIVEN_AFTER.match(after) is not None
    given = given or (not cues.DONE.isdisjoint(labels) and cues.HAD.search(before) is not None)
    clear = (
        ("hsct" in labels and given and cues.DONATED.match(after))
        or (
            "cell_therapy" in labels
            and (cues.GRAFTED.match(reading.plain, start) or cues.GRAFT_OF.search(before))
        )
        or cues.RECOMMENDED.search(before)
    )
    people = _treated(reading, sentence, start, end)
    return Therapy(
        labels, start, end, 3 if clear else 2 if given else 1, concept, given or bool(clear), people
    )


def _of_others(before: str, after: str) -> bool:
    """True for what is on the market, was tested by others, was declined, or makes the therapy bearable."""
    return (
        cues.APPROVED_AFTER.match(after) is not None
        or cues.BY_OTHERS_AFTER.match(after) is not None
        or cues.DECLINED.search(before) is not None
        or cues.BESIDE.search(before) is not None
    )


def _withheld(before: str, after: str) -> bool:
    """True when nobody was given it: "none received X", "X was considered but not begun"."""
    if cues.NOT_GIVEN.search(before):
        return True
    return cues.NOT_GIVEN_AFTER.match(after) is not None and cues.JUST_GIVEN.search(before) is None


def _treated(reading: Reading, sentence: Sentence, start: int, end: int) -> int:
    """Return how many people are told to be given a therapy: "drug A was given to 30 children"."""
    before, after = reading.plain[sentence.start : start], reading.plain[end : sentence.end]
    match = cues.GIVEN_TO.match(after)
    if match is None and any(verb in before for verb in cues.GIVING):
        match = cues.WERE_GIVEN.search(before) or cues.WE_GAVE.search(before)
        if match is None and cues.GAVE.search(before):
            match = cues.TO.match(after)
    return whole(match["number"]) if match is not None else 0


def _tool(before: str, after: str) -> bool:
    return cues.TOOL.match(after) is not None or cues.TOOL_BEFORE.search(before) is not None


def tags(
    reading: Reading, therapies: tuple[Therapy, ...], *, design: str | None, most: int = 0
) -> tuple[Tag, ...]:
    """Return the modalities in the order of the scheme, each with the sentence that shows it best.

    ``most`` is the highest credible number of people studied; one sentence that at least half of them were
    given a therapy is enough.
    """
    kept = []
    for label in MODALITIES:
        named = [t for t in therapies if label in t.labels]
        if named and not _left_out(reading, named) and _enough(reading, named, design, most):
            kept.append((label, named))
    labels = {label for label, _ in kept}
    if "gene_therapy" in labels and "hsct" in labels and not _donor_arm(reading, dict(kept)["hsct"]):
        kept = [(label, named) for label, named in kept if label != "hsct"]
    return tuple(_tag(reading, label, named) for label, named in kept)


def _left_out(reading: Reading, named: list[Therapy]) -> bool:
    """True when the text says of a therapy only that nobody was given it; the title may ask about it."""
    told = [t for t in named if t.start >= reading.title_end]
    withheld = {t.concept for t in told if not t.score}
    asked = any(t.score == _TITLED and t.concept not in withheld for t in named)
    return bool(withheld) and not asked and not any(t.given for t in told)


def _enough(reading: Reading, named: list[Therapy], design: str | None, most: int) -> bool:
    if any(t.score == _TITLED for t in named):
        return True
    if design in cues.REVIEWS:
        therapeutic = cues.TREATMENT_TITLE.search(reading.plain, 0, reading.title_end) is not None
        return therapeutic and sum(t.score for t in named) >= 3
    if design == "in_vitro" and not any(t.concept for t in named):
        return False
    titled = cues.TRANSPLANT_TITLE.search(reading.plain, 0, reading.title_end)
    grafted = titled is not None and not cues.ELSE_TITLE.search(reading.plain, 0, titled.start())
    if grafted and any("hsct" in t.labels and t.given for t in named):
        return True
    if cues.OBSERVED_TITLE.search(reading.plain, 0, reading.title_end):
        return sum(t.given for t in named) >= (1 if _transplanted(reading, named) else 3)
    if most and any(2 * t.people >= most for t in named):
        return True
    if design in cues.CASES and any(t.given and _told(reading, t) for t in named):
        return True
    if design == "animal_study" and any(
        t.given and (t.concept or cues.CELLS.intersection(t.labels)) and not _of_people(reading, t)
        for t in named
    ):
        return True
    # One sentence that says it was given, and a second mention; or many mentions.
    return any(t.given for t in named) and sum(t.score for t in named) >= 3


def _told(reading: Reading, therapy: Therapy) -> bool:
    """True when the sentence, or the next one, says what came of the therapy."""
    sentence = reading.sentence_at(therapy.start)
    following = reading.sentence_at(min(sentence.end + 1, len(reading.plain) - 1))
    return cues.EFFECT.search(reading.plain, sentence.start, max(sentence.end, following.end)) is not None


def _of_people(reading: Reading, therapy: Therapy) -> bool:
    """True when the sentence speaks of patients: what is done for them, not for the animals."""
    sentence = reading.sentence_at(therapy.start)
    return cues.PATIENTS.search(reading.plain, sentence.start, sentence.end) is not None


def _transplanted(reading: Reading, named: list[Therapy]) -> bool:
    """True when, among those observed, some are told to have been transplanted, beside naming it."""
    named_in = {reading.sentence_at(t.start) for t in named if "hsct" in t.labels}
    told = reading.matches(cues.TRANSPLANTED, cues.GRAFTS, apart=("title", "background", "conclusions"))
    return bool(named_in) and any(sentence not in named_in for _, sentence in told)


def _donor_arm(reading: Reading, named: list[Therapy]) -> bool:
    """True when an allogeneic transplant, and not the return of corrected own cells, is the study's too."""
    for therapy in named:
        before = re.split(r"\band\b|\bor\b|[,;(]", reading.before(therapy.start, 40))[-1]
        words = before + reading.plain[therapy.start : therapy.end]
        if therapy.given and cues.DONOR.search(words) and not cues.AUTOLOGOUS.search(words):
            return True
    return False


def _tag(reading: Reading, label: str, named: list[Therapy]) -> Tag:
    best = max(named, key=lambda t: (t.score, -t.start))
    sentence: Sentence = reading.sentence_at(best.start)
    return Tag(label, quote=reading.quote(sentence.start, sentence.end), basis="text")
