"""What a study is about: its diseases, genes and therapies, most prominent first. Names no label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from leukonlp.records import Mention
from leukonlp.studies.modality import Therapy
from leukonlp.studies.numbers import NUMBER
from leukonlp.studies.reading import Reading

_PEOPLE_BEFORE = re.compile(
    r"\b(?:patients?|children|child|boys?|girls?|infants?|adults?|men|women|males|individuals|subjects|"
    r"siblings|brothers|sisters|famil(?:y|ies)|cases?|people|"
    r"mice|mouse|dogs?|cats?|models?|fibroblasts|cells|diagnosis|diagnosed|treatment|history|course|"
    r"affected|born) (?:[\w-]+ ){0,4}?(?:with|of|by|for|as|having) (?:[\w-]+,? ){0,4}?$"
)
# "twelve with Krabbe disease": counted, whatever stands before.
_COUNTED_BEFORE = re.compile(
    rf"{NUMBER} (?:(?:of|had|were|who|[\w-]+) ){{0,3}}?(?:with|had) (?:[\w-]+ ){{0,5}}?$"
)
# ... or "ALD 71, MLD 48" and "MLD (15%)".
_COUNTED_AFTER = re.compile(
    r"[ ,]*(?:\([a-z0-9-]{2,8}\) )?[(\[]?n ?= ?\d| \(?\d{1,3}(?:\.\d+)? ?%| \d{1,4}(?=, (?:other )?[a-z])"
)
# A title on white matter: the inherited diseases that the abstract names are what it is about.
_WHITE_MATTER = re.compile(r"leu(?<!\wleu)[ck]o(?:encephalopath|dystroph)|hypo(?<!\whypo)myelinati")
_OPENING_WORDS = 60
"""Characters of an abstract's first sentence in which its subject begins."""
# People who have it, named outside any labelled section: even an opening sentence may say who is studied.
_HAVE = re.compile(
    r"\b(?:patients?|children|boys?|girls?|infants?|newborns?|adults?|men|women|individuals|people|subjects|"
    r"siblings|families) (?:[\w-]+ ){0,2}?(?:with|affected by|suffering from|having|who have|who had) "
    r"(?:[\w-]+,? ){0,4}?$|\bmodels? (?:of|for) (?:[\w-]+ ){0,3}$"
)
# How often it is found is what a survey studies: "a prevalence of ...", "0.6/100,000 for ...".
_RATE = re.compile(
    r"\b(?:prevalence|incidence|frequency) (?:of|for)\b[^.;]{0,110}$|\d ?(?:/|in|per) ?\d[\d, "
    r"]{3,}(?:[\w-]+ ){0,3}"
    r"(?:for|of|in) (?:[\w-]+ ){0,2}$"
)
# A disease that the words only set beside the one studied.
_PASSING = re.compile(
    r"\b(?:such as|like|as in|e\.g\.,?|unlike|compar\w+ (?:with|to)|than|differential|mimic\w*|resembl\w+|"
    r"similar to|distinguish\w*|differentiat\w*|rul(?:e|ed|ing) out|exclud\w+|exclusion|versus|vs\.?|"
    r"mistaken|misdiagnos\w+|known from|other than|apart from|without|suspected|suspicion|risk (?:of|for)|"
    r"unrelated to|instead of|differ\w* from)\b[^.;]{0,60}$"
)
# What is looked for before birth, and what a search for the cause ends in.
_UNBORN = re.compile(
    r"\b(?:pregnanc(?:y|ies)|f(?:o?e)tus(?:es)?|couples|families) at (?:\w+ )?risk (?:of|for) [^.;]{0,90}$"
)
_FOUND = re.compile(
    r"\b(?:confirm(?:ed|ing)|established|diagnosed|proved|diagnosis of|diagnoses of) (?:the |a |an |as |"
    r"to be )?"
    r"(?:diagnosis of )?(?:[\w-]+ ){0,2}$"
)
_AT_RISK = re.compile(r"\brisk (?:of|for) (?:[\w-]+ ){0,2}$")
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
    if not any(reading.lexicon.is_core(id) and reading.lexicon.ancestors(id) for id in kept):
        kept = (_white_matter(reading, topics) or _opening(reading)) | kept
    if not kept:
        return ()
    top = max(topic.score for topic in kept.values())
    kept = {id: t for id, t in kept.items() if t.title or t.subject or 4 * t.score >= top}
    hidden = set()
    for id, topic in kept.items():
        for ancestor in reading.lexicon.ancestors(id):
            above = kept.get(ancestor)
            if above is not None and not above.title and above.mentions < 2 * topic.score:
                hidden.add(ancestor)
    return _ordered(topic for id, topic in kept.items() if id not in hidden)


def _white_matter(reading: Reading, topics: dict[str, _Topic]) -> dict[str, _Topic]:
    """The leukodystrophies named, where the title tells of white matter in general."""
    if not _WHITE_MATTER.search(reading.plain, 0, reading.title_end):
        return {}
    named = {
        m.concept
        for m in _linked(reading, "disease")
        if reading.lexicon.is_core(m.concept or "") and not _PASSING.search(reading.before(m.start, 140))
    }
    return {id: replace(t, subject=True) for id, t in topics.items() if id in named}


def _opening(reading: Reading) -> dict[str, _Topic]:
    """The leukodystrophy that opens the abstract, if it comes back or its gene is the study's.

    "Krabbe disease is a ...; here twitcher mice were given ...": the title and the study's own sentences may
    tell of the model alone.
    """
    core = [m for m in _linked(reading, "disease") if reading.lexicon.is_core(m.concept or "")]
    first = next((m for m in core if m.start > reading.title_end), None)
    if first is None or first.concept is None:
        return {}
    sentence = reading.sentence_at(first.start)
    if sentence is not reading.sentence_at(reading.title_end + 1):
        return {}
    family = {first.concept, *reading.lexicon.ancestors(first.concept)}
    again = [m for m in core if m.concept in family and m.start > sentence.end]
    own = [*_named_genes(reading, family)]
    far = first.speculative or first.start - sentence.start > _OPENING_WORDS
    if far and not any(start < reading.title_end for start in own):  # "ABCD1-deficient cells"
        return {}
    if _PASSING.search(reading.before(first.start, 140)):
        return {}
    if not again and all(sentence.start <= start < sentence.end for start in own):
        return {}
    id = (again[0] if again else first).concept or first.concept
    return {id: _Topic(id, first.start, mentions=1 + len(again), subject=True)}


def _named_genes(reading: Reading, diseases: Iterable[str]) -> Iterator[int]:
    """Yield where the symbols of the genes of diseases stand."""
    concepts = reading.lexicon.concepts
    for symbol in {concepts[gene].name.lower() for id in diseases for gene in concepts[id].genes}:
        at = reading.plain.find(symbol)
        while at >= 0:
            end = at + len(symbol)
            if not (reading.plain[at - 1 : at].isalnum() or reading.plain[end : end + 1].isalnum()):
                yield at
            at = reading.plain.find(symbol, end)


def _linked(reading: Reading, type: str) -> list[Mention]:
    return [m for m in reading.mentions if m.type == type and m.concept is not None and not m.negated]


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
    before: Mention | None = None
    for mention in reading.mentions:
        if mention.type != type or mention.concept is None or mention.negated:
            continue
        title = mention.start < reading.title_end
        if mention.about == "background" and not title:
            continue
        repeats = (
            before is not None and before.concept == mention.concept and _defines(reading, before, mention)
        )
        before = mention
        topic = topics.setdefault(mention.concept, _Topic(mention.concept, mention.start))
        topic.first = min(topic.first, mention.start)
        topic.title |= title and not _AT_RISK.search(reading.before(mention.start, 40))
        topic.mentions += not repeats
        topic.subject |= type == "disease" and _subject(reading, mention)
    return topics


def _defines(reading: Reading, name: Mention, short: Mention) -> bool:
    """True for the short form right after its name, "Krabbe disease (KD)": one mention, not two."""
    return reading.plain[name.end : short.start] in (" (", " [", "(")


def _subject(reading: Reading, mention: Mention) -> bool:
    """True when the words make it what the study's subjects have: "in boys with ...", "... mice".

    One such mention is enough, and must therefore be plain: a possible disease, one for comparison
    or one to be told apart is none that the subjects have.
    """
    part = reading.sentence_at(mention.start).part
    before = reading.before(mention.start, 140)
    if _UNBORN.search(before) and part in ("methods", "results", None):
        return True
    if part == "conclusions" or mention.speculative or (part == "background" and reading.sections):
        return False
    if part == "objective" and not _PASSING.search(before):
        return True
    after = reading.after(mention.end, 50, of=mention.start)
    if _COUNTED_AFTER.match(after):
        return part != "background"
    if _PASSING.search(before):
        return False
    if _COUNTED_BEFORE.search(before):
        return part != "background"
    if part == "background":
        return _HAVE.search(before) is not None
    forms = (_PEOPLE_BEFORE, _HAVE, _RATE, _FOUND)
    return any(form.search(before) for form in forms) or _PEOPLE_AFTER.match(after) is not None


def _ordered(topics: Iterable[_Topic]) -> tuple[str, ...]:
    return tuple(t.id for t in sorted(topics, key=lambda t: (-t.score, t.first)))
