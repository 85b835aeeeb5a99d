"""The development phase that a record states of its own study; other senses and other studies never count.

Owns the reading of the word "phase" and of the publication types that name one, and the phase that
follows from the design where none is stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from leukonlp.records import Tag
from leukonlp.studies import attribution
from leukonlp.studies.labels import Phase, phase_rank
from leukonlp.studies.people import People
from leukonlp.studies.reading import Reading, Sentence

_NUMBERS = {
    "0": 0,
    "zero": 0,
    "1": 1,
    "i": 1,
    "one": 1,
    "ⅰ": 1,
    "2": 2,
    "ii": 2,
    "two": 2,
    "ⅱ": 2,
    "3": 3,
    "iii": 3,
    "three": 3,
    "ⅲ": 3,
    "4": 4,
    "iv": 4,
    "four": 4,
    "ⅳ": 4,
}
_NUMBER = r"(?:0|1|2|3|4|iv|i{1,3}|zero|one|two|three|four|ⅰ|ⅱ|ⅲ|ⅳ)"
_SPAN = (
    r"(?:weeks?|months?|years?|days?|hours?|h|arms?|ways?|parts?|periods?|mg|ml|%|patients|subjects|of|"
    r"centers?|centres?)\b"
)
# "phase 2-week" and "phase 1 and 3 patients" hold no second number.
_PHASE = re.compile(
    rf"(?<![\w-])(early[ -])?phases?[ -]{{0,3}}\(?({_NUMBER})(?:[ -]?[abc])?(?!\w|\.\d|-{_SPAN})"
    rf"(?: ?[/&+-] ?(?:phases?[ -]?)?({_NUMBER})[abc]?(?!\w|\.\d|[ -]?{_SPAN})"
    rf"| (?:and|to|or) (?:a )?(?:phases?[ -]({_NUMBER})|([0-4]|iv|i{{1,3}}))[abc]?(?!\w|\.\d|[ -]?{_SPAN}))?"
)
# Words that may stand between "phase 2" and "trial": no verb, no people, no preposition.
_TRIAL = re.compile(
    r"[/abc]{0,2}[\s,)(]{0,3}(?:(?!(?:was|were|is|are|had|has|of|we|patients|women|men|subjects|"
    r"participants|comprised|consisted|"
    r"involved|included?|received|during|after|then|in|to|an?|the|by|with|from|on|at|for|that|which|who)\b)"
    r"[^\s.;:]{1,30}[ ,]{1,2}){0,10}?\(?(?:[a-z]{2,12}-)?(?:sub-?|extension )?(?:trials?|stud(?:y|ies)|"
    r"rcts?)\b(?! (?:drugs?|medication|period|visits?))"
)
_TASK = re.compile(
    r"[/abc]{0,2} (?:[\w-]+ )?(?:investigation|extension|evaluation|program(?:me)?|protocol|experience|"
    r"testing)\b"
)
_TRIAL_BEFORE = re.compile(
    r"\b(?:randomi[sz]ed|open(?:ed)?[- ]label|(?:double|single|observer|evaluator)[- ]blind(?:ed)?|"
    r"single[- ]arm|two-arm|"
    r"multi-?(?:cent(?:er|re|ric)|institutional|national)|clinical|pilot|controlled|first-in-(?:human|man|"
    r"child)|prospective|"
    r"international|interventional|pivotal|global|trial|study)[\s,:]*\(?$"
)
_OTHER_SENSE = re.compile(
    r"[ -]?(?:(?:drug[- ])?metabol|enzym(?!\w* replacement)|(?:drug[- ])?conjugat|detoxif|biotransform|"
    r"reactions?\b|"
    r"contractions?\b|(?:cardiac|pulmonary) rehab|periodontal|dental|block\b|slope|repolari|"
    r"doses?\b(?![- ](?:escalat|find|rang|expan|de-?escalat|optimi|respons))|activity front|migrating|"
    r"of the migrating)"
)
_STAGED = re.compile(
    r"\b(?:two|three|four|five|[2-5])[ -](?:\w+ )?phases?\b(?! ?(?:[0-4]|i{1,3}|iv)[abc]?\b)|"
    r"\bphases? (?:[0-4]|i{1,3}|iv|one|two|three|four) of (?:the|this|our) (?!phase)(?:\w+ ){0,2}"
    r"(?:study|project|research|survey|programme?)\b|\(phases? (?:1|i|one)\)"
)
_SERIES = re.compile(r"\bphases? ?\w{1,3}, ?(?:\w{1,3},? ?)?(?:and|or) ")

_EDGE = re.compile(r"\s*(?:$|[:.,;)\]-])")
_PAIRS: dict[frozenset[int], Phase] = {
    frozenset({0}): "early_phase_1",
    frozenset({0, 1}): "early_phase_1",
    frozenset({1}): "phase_1",
    frozenset({1, 2}): "phase_1_2",
    frozenset({2}): "phase_2",
    frozenset({2, 3}): "phase_2_3",
    frozenset({3}): "phase_3",
    # The scheme has no phase 3/4; a trial that is only partly post-marketing is kept at 3.
    frozenset({3, 4}): "phase_3",
    frozenset({4}): "phase_4",
}
_TYPES = {
    "clinical trial, phase i": 1,
    "clinical trial, phase ii": 2,
    "clinical trial, phase iii": 3,
    "clinical trial, phase iv": 4,
    "d017426": 1,
    "d017427": 2,
    "d017428": 3,
    "d017429": 4,
}
_DEVICE = re.compile(
    r"\b(?:balloon|stent|scaffold|\w*grafts?\b|valve|device|implant|catheter|surg|imaging|tomograph|pet\b|"
    r"robot|electrode|laser|"
    r"endoscop|tracer|probe)"
)
_FIRST_IN_HUMAN = re.compile(r"\bfirst[- ]in[- ](?:humans?|man)\b[^.;]{0,60}?\b(?:trial|study)\b")
# Of 435 real records whose title or own words state a phase 0.98 agree with publication type or register;
# the two weaker kinds are too rare there to measure and were set after reading 40 of them.
_SURE = {3: 0.98, 2: 0.95, 1: 0.85}


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    numbers: frozenset[int]
    strength: int
    """3 title or self-reference, 2 methods, 1 neutral."""


def stated(reading: Reading) -> Tag | None:
    """Return the phase that the text states of this study, or None; basis ``text``."""
    if "phase" not in reading.plain:
        return _first_in_human(reading)
    staged = _STAGED.search(reading.plain) is not None
    hits = [hit for m in _PHASE.finditer(reading.plain) if (hit := _judge(reading, m, staged)) is not None]
    if not hits:
        return _first_in_human(reading)
    best = max(hit.strength for hit in hits)
    return _combine(reading, [hit for hit in hits if hit.strength == best])


def _combine(reading: Reading, hits: list[_Hit]) -> Tag | None:
    titled = [hit for hit in hits if hit.start < reading.title_end]
    numbers = frozenset[int]().union(*(hit.numbers for hit in titled or hits))
    # "Phase 2 results" in the title of what the abstract calls a phase 1/2 trial.
    for hit in hits:
        if len(numbers) == 1 and numbers < hit.numbers:
            numbers = hit.numbers
    if numbers not in _PAIRS:
        numbers = max((hit.numbers for hit in hits), key=lambda n: phase_rank(_PAIRS[n]))
    first = next((hit for hit in hits if hit.numbers == numbers), hits[0])
    last = first if first.numbers == numbers else next((h for h in hits if h.numbers != first.numbers), first)
    same = reading.sentence_at(first.start) == reading.sentence_at(last.start)
    quote = reading.quote(first.start, last.end if same and last.end > first.start else first.end)
    return Tag(_PAIRS[numbers], _SURE[first.strength], quote, "text")


def _judge(reading: Reading, match: re.Match[str], staged: bool) -> _Hit | None:
    numbers = _numbers(match)
    if numbers not in _PAIRS or _SERIES.match(reading.plain, match.start()):
        return None
    sentence = reading.sentence_at(match.start())
    after = reading.plain[match.end() : min(sentence.end, match.end() + 160)]
    before = reading.plain[max(sentence.start, match.start() - 160) : match.start()]
    if _OTHER_SENSE.match(after):
        return None
    trial = _TRIAL.match(after) or _TASK.match(after)
    if (
        trial is None
        and not _TRIAL_BEFORE.search(before)
        and not _names_trial(reading, sentence, after, before)
    ):
        return None
    plural = match.group().startswith("phases") or (
        trial is not None and trial.group().endswith(("trials", "studies"))
    )
    strength = _own(sentence, before, after, plural=plural)
    if (staged and strength < 3) or (strength == 1 and not reading.turns):
        return None
    end = match.end() + trial.end() if trial is not None else match.end()
    return _Hit(match.start(), end, numbers, strength) if strength else None


def _numbers(match: re.Match[str]) -> frozenset[int]:
    found = frozenset(_NUMBERS[group] for group in match.groups()[1:] if group is not None)
    # "Early phase 1" is a phase of its own; "early phase II" is phase 2 in its beginnings.
    return frozenset({0}) if match.group(1) and found == {1} else found


def _names_trial(reading: Reading, sentence: Sentence, after: str, before: str) -> bool:
    """A title may end in, or be parted by, a bare phase: ``...: phase 2``."""
    return (
        sentence.part == "title"
        and _EDGE.match(after) is not None
        and not before.endswith(("in ", "during "))
    )


def _own(sentence: Sentence, before: str, after: str, *, plural: bool) -> int:
    apart = sentence.part in ("background", "conclusions")
    own = attribution.own(before, after, part=sentence.part)
    if attribution.continues(before, after) and (own or not apart):
        return 3
    if sentence.part == "title":
        return 0 if attribution.about_trials(before, after) else 3
    if attribution.other(before, after, own=own):
        return 0
    if own:
        return 3
    if plural or apart:
        return 0
    return 2 if sentence.part == "methods" else 1


def _first_in_human(reading: Reading) -> Tag | None:
    """A study that calls itself first in human and names no phase is a phase 1."""
    if "first" not in reading.plain:
        return None
    for match in _FIRST_IN_HUMAN.finditer(reading.plain):
        sentence = reading.sentence_at(match.start())
        before = reading.plain[max(sentence.start, match.start() - 160) : match.start()]
        after = reading.plain[match.end() : min(sentence.end, match.end() + 160)]
        own = sentence.part == "title" or attribution.own(before, after, part=sentence.part)
        if (
            own
            and not attribution.other(before, after, own=own)
            and not _DEVICE.search(reading.plain, 0, sentence.end)
        ):
            return Tag("phase_1", 0.7, reading.quote(match.start(), match.end()), "text")
    return None


def published(reading: Reading) -> Tag | None:
    """Return the phase that the publication types name, or None; never for types that a program assigned."""
    if reading.abstract.automated:
        return None
    types = reading.abstract.publication_types
    names = (key for term in types for key in (term.name.lower(), (term.ui or "").lower()))
    numbers = frozenset(_TYPES[name] for name in names if name in _TYPES)
    if not numbers:
        return None
    label = _PAIRS.get(numbers) or _PAIRS[frozenset({max(numbers)})]
    return Tag(label, 0.92, None, "publication_type")


def decide(reading: Reading, stated: Tag | None, design: Tag | None, people: People) -> Tag | None:
    """Return the phase: the stated one, else what the design says, else None.

    A review, systematic review or guideline has none, even where it retells a trial in detail,
    unless its own title states one.
    """
    reviews = design is not None and design.label in ("review", "systematic_review", "guideline")
    titled = stated is not None and stated.quote is not None and stated.quote.start < reading.title_end
    if stated is not None and (titled or not reviews):
        return stated
    return _implied(design, people)


def _implied(design: Tag | None, people: People) -> Tag | None:
    """Return what the design says where no phase is stated: preclinical, unphased, not applicable, None."""
    if design is None:
        return Tag("unphased", 0.8, people.shown, "text") if people.shown is not None else None
    if design.label in ("animal_study", "in_vitro"):
        return Tag("preclinical", design.probability, design.quote, design.basis)
    if design.label in ("review", "systematic_review", "guideline", "protocol"):
        return Tag("not_applicable", design.probability, design.quote, design.basis)
    if people.shown is not None:
        return Tag("unphased", 0.9, people.shown, "text")
    if design.label == "other" and design.basis == "publication_type":
        return Tag("not_applicable", 0.6, None, design.basis)
    return Tag("unphased", 0.7, design.quote, design.basis)
