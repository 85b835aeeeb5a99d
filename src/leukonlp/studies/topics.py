"""What a study is about: its diseases, genes and therapies, most prominent first. Names no label."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from leukonlp.records import Mention
from leukonlp.studies.modality import Therapy
from leukonlp.studies.reading import Reading

_PEOPLE_BEFORE = re.compile(
    r"\b(?:patients?|children|child|boys?|girls?|infants?|adults?|men|women|males|individuals|subjects|"
    r"siblings|brothers|sisters|famil(?:y|ies)|cases?|people|"
    r"mice|mouse|dogs?|cats?|models?|fibroblasts|cells|diagnosis|diagnosed|treatment|history|course|"
    r"affected|born) (?:[\w-]+ ){0,4}?(?:with|of|by|for|as|having) (?:[\w-]+,? ){0,4}?$"
)
_PEOPLE_AFTER = re.compile(
    r"[ -]\(?(?:[\w-]+\)? ){0,3}?(?:patients?|children|boys|girls|infants|mice|mouse|dogs|cats|"
    r"fibroblasts|cells|cases?|carriers|males|women|men|families|individuals|"
    r"incidence|prevalence|newborn|screening)\b"
)


@dataclass(slots=True)
class _Topic:
    id: str
    first: int
    title: bool = False
    mentions: int = 0
    subject: bool = False
    names: set[str] = field(default_factory=set)

    @property
    def score(self) -> int:
        return 4 * self.title + self.mentions


def diseases(reading: Reading) -> tuple[str, ...]:
    """Return the diseases the study is about: named in the title, repeatedly, or as what its subjects have.

    A kept disease hides its ancestors, unless the title names the ancestor or it is named at least
    twice as often: a study of metachromatic leukodystrophy stays one when it counts the late-infantile.
    """
    topics = _collect(reading, "disease")
    kept = {id: topic for id, topic in topics.items() if topic.title or topic.mentions >= 2 or topic.subject}
    if not kept:
        return ()
    top = max(topic.score for topic in kept.values())
    kept = {id: topic for id, topic in kept.items() if topic.title or 4 * topic.score >= top}
    hidden = set()
    for id, topic in kept.items():
        for ancestor in reading.lexicon.ancestors(id):
            above = kept.get(ancestor)
            if above is not None and not above.title and above.mentions < 2 * topic.score:
                hidden.add(ancestor)
    return _ordered(topic for id, topic in kept.items() if id not in hidden)


def genes(reading: Reading, diseases: tuple[str, ...]) -> tuple[str, ...]:
    """Return the genes the study is about: in the title, named twice, or named and causing its disease."""
    topics = _collect(reading, "gene")
    concepts = reading.lexicon.concepts
    causal = {gene for id in diseases if id in concepts for gene in concepts[id].genes}
    return _ordered(t for t in topics.values() if t.title or t.mentions >= 2 or t.id in causal)


def therapies(reading: Reading, own: tuple[Therapy, ...]) -> tuple[str, ...]:
    """Return the therapies the study tests or observes, most clearly named first."""
    scores: dict[str, int] = {}
    for therapy in own:
        if therapy.concept is not None:
            scores[therapy.concept] = scores.get(therapy.concept, 0) + therapy.score
    concepts = reading.lexicon.concepts
    kept = {id: s for id, s in scores.items() if s >= (3 if concepts[id].modality else 4)}
    return tuple(sorted(kept, key=lambda id: -kept[id]))


def _collect(reading: Reading, type: str) -> dict[str, _Topic]:
    topics: dict[str, _Topic] = {}
    for mention in reading.mentions:
        if mention.type != type or mention.concept is None or mention.negated:
            continue
        title = mention.start < reading.title_end
        if mention.about == "background" and not title:
            continue
        topic = topics.setdefault(mention.concept, _Topic(mention.concept, mention.start))
        topic.first = min(topic.first, mention.start)
        topic.title |= title
        topic.mentions += 1
        topic.subject |= type == "disease" and _subject(reading, mention)
    return topics


def _subject(reading: Reading, mention: Mention) -> bool:
    """True when the words make it what the study's subjects have: "in boys with ...", "... mice"."""
    if reading.sentence_at(mention.start).part in ("background", "conclusions"):
        return False
    return bool(
        _PEOPLE_BEFORE.search(reading.before(mention.start, 80))
        or _PEOPLE_AFTER.match(reading.after(mention.end, 50, of=mention.start))
    )


def _ordered(topics: Iterable[_Topic]) -> tuple[str, ...]:
    return tuple(t.id for t in sorted(topics, key=lambda t: (-t.score, t.first)))
