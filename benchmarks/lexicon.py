"""How well are leukodystrophies found and linked by the lexicon alone, without a trained model?

Gold standards: NCBI-disease and BioRED, split by split. They hold few leukodystrophy records, so each score
says on how many it stands. Records are chosen by words of their text (``LEUKODYSTROPHY``), or all are
taken; gold mentions are chosen by their gold id, never by what is predicted:

- ``leukodystrophy records, lexicon diseases``: records that match the words; gold mentions whose MeSH or
  OMIM id is a cross reference of a disease of the lexicon ("depression" is then no miss).
- ``leukodystrophy records, any disease``: the same records; every gold disease mention.
- ``all records, core diseases``: every record; gold ids and predictions of core leukodystrophies.
- ``all records, lexicon diseases``: every record; gold ids and predictions of any disease of the lexicon.

Strict and partial F1 are those of ``leukonlp.scoring``, with bootstrap intervals over records. Linking: of
the mentions found with the right offsets, those whose concept has the gold id among its cross references;
``kin`` counts its ancestors and descendants too, for MeSH knows no adrenomyeloneuropathy. The peer is plain
dictionary tagging: spaCy's ``PhraseMatcher`` over the same names and short forms, longest match. The bound:
a strict F1 of 0.85 on the lexicon diseases of the leukodystrophy records of NCBI-disease, devel and test.
Errors are listed by record, offsets and ids; ``--surfaces`` prints their words too, and writes them
nowhere.

    python benchmarks/lexicon.py [--shared ../shared/data] [--surfaces]
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

import leukonlp
from leukonlp.config import Settings
from leukonlp.lexicon import Lexicon, load_lexicon
from leukonlp.records import Abstract
from leukonlp.scoring import Span, spans, wilson
from recording import write

BOUND = 0.85
ROOT = Path(__file__).resolve().parents[1]
CORPORA = {
    "NCBI-disease": ("ncbi-disease", ("train", "devel", "test", "devel+test")),
    "BioRED": ("biored", ("train", "dev", "test")),
}
DISEASE = frozenset(
    "SpecificDisease Modifier DiseaseClass CompositeMention DiseaseOrPhenotypicFeature Disease".split()
)
LEUKODYSTROPHY = re.compile(
    r"leu[ck]o-?dystroph|leu[ck]o-?encephalopath|pelizaeus|canavan|krabbe|alexander(?:['’]s)? disease|"
    r"cerebrotendinous xanthomatosis|sj[oö]gren-larsson|aicardi-gouti|vanishing white|refsum|zellweger|"
    r"adrenomyeloneuropath|globoid cell|arylsulfatase a\b|cadasil|megalencephalic leu",
    re.I,
)


@dataclass(frozen=True)
class Document:
    """One gold document: its abstract, the gold disease spans with their ids, and those of both parties."""

    abstract: Abstract
    split: str
    gold: tuple[Span, ...]
    ours: tuple[Span, ...] = ()
    peer: tuple[Span, ...] = ()


class Question(NamedTuple):
    """Which records and which mentions count."""

    records: Callable[[Document], bool]
    gold: Callable[[Span], bool]
    predicted: Callable[[Span], bool]
    listed: bool = False
    """Whether its errors are listed one by one."""


class Ids:
    """The gold ids of the diseases of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.concepts: dict[str, set[str]] = {}
        for concept in lexicon.concepts.values():
            if concept.type == "disease":
                for xref in concept.xrefs:
                    self.concepts.setdefault(xref.removeprefix("MESH:").upper(), set()).add(concept.id)

    def of(self, span: Span) -> set[str]:
        """Return our concepts for the ids of a gold span; empty when the lexicon has none of them."""
        return {own for id in (span.concept or "").split("|") for own in self.concepts.get(id.upper(), ())}

    def core(self, span: Span) -> bool:
        """Return True when a gold span stands for a core leukodystrophy."""
        return any(self.lexicon.is_core(own) for own in self.of(span))

    def questions(self) -> dict[str, Question]:
        """Return the questions that are put to each split."""

        def named(document: Document) -> bool:
            return LEUKODYSTROPHY.search(document.abstract.text) is not None

        def every(_: object) -> bool:
            return True

        return {
            "leukodystrophy records, lexicon diseases": Question(named, lambda s: bool(self.of(s)), every),
            "leukodystrophy records, any disease": Question(named, every, every),
            "all records, core diseases": Question(
                every, self.core, lambda s: self.lexicon.is_core(s.concept or "")
            ),
            "all records, lexicon diseases": Question(every, lambda s: bool(self.of(s)), every, True),
        }


def read(path: Path) -> Iterator[Document]:
    """Yield the documents of a gold standard, gold ids joined by ``|``."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text, cut = row["text"], row["title_len"]
            # One character stands between title and abstract, whatever it is, so that offsets hold.
            abstract = Abstract(str(row["id"]), text[:cut], text[cut + 1 :])
            gold = {
                Span(e["start"], e["end"], "disease", "|".join(re.split(r"[|,;+]", e["norm"] or "")) or None)
                for e in row["entities"]
                if e["type"] in DISEASE
            }
            ordered = sorted(gold, key=lambda s: (s.start, s.end, s.concept or ""))
            yield Document(abstract, row["split"], tuple(ordered))


def predicted(documents: Iterable[Document], tag: Callable[[str], tuple[Span, ...]]) -> Iterator[Document]:
    """Yield the documents with our predictions and those of the peer."""
    documents = list(documents)
    studies = leukonlp.annotate((d.abstract for d in documents), settings=Settings())
    for document, study in zip(documents, studies, strict=True):
        assert document.abstract.pmid == study.pmid
        ours = tuple(Span(m.start, m.end, m.type, m.concept) for m in study.mentions if m.type == "disease")
        yield Document(document.abstract, document.split, document.gold, ours, tag(study.text))


def phrase_matcher(lexicon: Lexicon) -> Callable[[str], tuple[Span, ...]]:
    """Return plain dictionary tagging over the names and short forms of the diseases of the lexicon."""
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for concept in lexicon.concepts.values():
        if concept.type == "disease":
            names = (concept.name, *concept.synonyms, *concept.abbreviations)
            matcher.add(concept.id, list(nlp.tokenizer.pipe(names)))

    def tag(text: str) -> tuple[Span, ...]:
        found = filter_spans(matcher(nlp.make_doc(text), as_spans=True))
        return tuple(Span(s.start_char, s.end_char, "disease", s.label_) for s in found)

    return tag


def score(documents: Sequence[Document], question: Question, ids: Ids) -> dict[str, Any]:
    """Return all figures of one question on one split."""
    chosen = [d for d in documents if question.records(d)]
    gold = {d.abstract.pmid: [s for s in d.gold if question.gold(s)] for d in chosen}
    found: dict[str, Any] = {"records": len(chosen), "gold_mentions": sum(map(len, gold.values()))}
    if not chosen:
        return found
    for party in ("ours", "peer"):
        given = {d.abstract.pmid: [s for s in getattr(d, party) if question.predicted(s)] for d in chosen}
        rates = {mode: spans(gold, given, mode=mode).overall.to_dict() for mode in ("strict", "partial")}
        found[party] = {**rates, "linking": links(gold, given, ids)}
        if party == "ours" and question.listed:
            found["errors"] = list(errors(gold, given, ids))
    return found


def links(gold: Mapping[str, list[Span]], given: Mapping[str, list[Span]], ids: Ids) -> dict[str, Any]:
    """Return how many mentions with a gold id of the lexicon, found strictly, have a concept with that id."""
    pairs = [
        (ids.of(g), p.concept)
        for name, wanted in gold.items()
        for g in wanted
        for p in given[name]
        if g.place == p.place and ids.of(g)
    ]
    right = sum(concept in wanted for wanted, concept in pairs)
    kin = sum(
        any(concept in {w, *ids.lexicon.ancestors(w), *ids.lexicon.descendants(w)} for w in wanted)
        for wanted, concept in pairs
    )
    interval = wilson(right, len(pairs))
    return {
        "n": len(pairs),
        "right": right,
        "accuracy": right / len(pairs) if pairs else None,
        "interval": None if interval is None else list(interval),
        "right_or_kin": kin,
    }


def errors(gold: Mapping[str, list[Span]], given: Mapping[str, list[Span]], ids: Ids) -> Iterator[str]:
    """Yield what was missed, found in addition, or linked elsewhere: record, offsets and ids, no text."""
    for name in gold:
        wanted, own = {s.place: s for s in gold[name]}, {s.place: s for s in given[name]}
        for place in sorted({*wanted, *own}):
            g, p = wanted.get(place), own.get(place)
            if g is not None and p is not None and (not ids.of(g) or p.concept in ids.of(g)):
                continue
            error = "extra" if g is None else "missed" if p is None else "concept"
            known = f"gold {(g and g.concept) or '-'} ours {(p and p.concept) or '-'}"
            yield f"{name} {place[0]} {place[1]} {error} {known}"


def show(corpus: str, split: str, name: str, found: Mapping[str, Any]) -> None:
    """Print one question on one split."""
    print(f"{corpus} {split}: {name} (n = {found['records']} records, {found['gold_mentions']} mentions)")
    for party in ("ours", "peer") if found["records"] else ():
        strict, partial, link = (found[party][key] for key in ("strict", "partial", "linking"))
        print(
            f"  {party}  strict F1 {percent(strict['f1'])} {span(strict['f1_interval'])}"
            f"  P {percent(strict['precision'])}  R {percent(strict['recall'])}"
            f"  partial F1 {percent(partial['f1'])} {span(partial['f1_interval'])}"
            f"  linked {link['right']}/{link['n']} (or kin {link['right_or_kin']})"
        )


def percent(value: float | None) -> str:
    """Return a rate as percent."""
    return "  -  " if value is None else f"{100 * value:5.1f}"


def span(interval: Sequence[float] | None) -> str:
    """Return an interval as percent."""
    return "" if interval is None else f"({100 * interval[0]:.1f}-{100 * interval[1]:.1f})"


def list_errors(rows: Sequence[str], documents: Sequence[Document], *, surfaces: bool) -> None:
    """Print the errors of one question, one a line."""
    texts = {d.abstract.pmid: d.abstract.text for d in documents}
    for row in rows:
        name, start, end, *_ = row.split()
        print(f"    {row}  {texts[name][int(start) : int(end)] if surfaces else ''}".rstrip())


def rounded(value: Any) -> Any:
    """Return ``value`` with all figures to four places."""
    if isinstance(value, dict):
        return {name: rounded(part) for name, part in value.items()}
    if isinstance(value, list):
        return [rounded(part) for part in value]
    return round(value, 4) if isinstance(value, float) else value


def main() -> int:
    """Score, print, write the results and return 1 when the bound is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--surfaces", action="store_true", help="print the words of the errors too")
    args = parser.parse_args()
    files = {name: args.shared / "ner" / f"{file}.jsonl.gz" for name, (file, _) in CORPORA.items()}
    absent = [path for path in files.values() if not path.is_file()]
    if absent:
        print(f"not measured: {absent[0]} is absent; name the folder of the real data with --shared")
        return 0
    lexicon = load_lexicon()
    ids, tag = Ids(lexicon), phrase_matcher(lexicon)
    results: dict[str, Any] = {}
    for corpus, (_, splits) in CORPORA.items():
        documents = list(predicted(read(files[corpus]), tag))
        results[corpus] = {}
        for split in splits:
            part = [d for d in documents if d.split in split.split("+")]
            results[corpus][split] = {"records": len(part)}
            for name, question in ids.questions().items():
                found = score(part, question, ids)
                if "+" in split:
                    found.pop("errors", None)  # they are listed with their split
                results[corpus][split][name] = found
                show(corpus, split, name, found)
                if "errors" in found:
                    list_errors(found["errors"], part, surfaces=args.surfaces)
    write(
        "lexicon",
        {"lexicon": lexicon.version, "bound": BOUND, "words": LEUKODYSTROPHY.pattern, **rounded(results)},
        corpus=files.values(),
    )
    first = next(iter(ids.questions()))
    return int((results["NCBI-disease"]["devel+test"][first]["ours"]["strict"]["f1"] or 0) < BOUND)


if __name__ == "__main__":
    sys.exit(main())
