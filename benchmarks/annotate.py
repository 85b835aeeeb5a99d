"""How much processor time does annotating an abstract take, and how does that compare with scispaCy's parts?

Ours is the whole way from an ``Abstract`` to a ``Study``: tokens, sections, abbreviations, mentions, links,
assertion, and all tags and facts. The peer is a pipeline of scispaCy's own parts over the same names: its
tokenizer, its pysbd sentences, its ``AbbreviationDetector``, spaCy's ``EntityRuler`` and scispaCy's
``EntityLinker``; it says nothing of negation or of the study. The second peer is plain dictionary tagging:
spaCy's ``PhraseMatcher`` over the same names, beside our ``LexiconMatcher`` alone. No trained model takes
part.

Each round reads other records: every n-th of the shared PubMed records that have an abstract, so that no
party meets its caches filled with the same texts. Within a round all parties read the same texts, turn by
turn; the slow ones, and ours beside them, a subset. Figures are medians over the rounds of the processor
time of the process, all its threads. The bounds: 400 abstracts a processor second with building the
pipeline counted in, and 5 times the speed of the peer.

    python benchmarks/annotate.py [--shared ../shared/data] [--records 3000] [--subset 300] [--rounds 5]
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import os
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")  # before NumPy comes in

import numpy as np
import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher

import leukonlp
from leukonlp.config import Settings
from leukonlp.lexicon import Lexicon, load_lexicon
from leukonlp.pipeline import tokens
from leukonlp.pipeline.annotate import _prepared
from leukonlp.pipeline.annotate import annotate as mentions_of
from leukonlp.pipeline.build import build
from leukonlp.pipeline.linker import knowledge_base
from leukonlp.pipeline.matcher import LexiconMatcher
from leukonlp.records import Abstract, Study
from leukonlp.studies import assess
from recording import write

BOUND_RATE = 400.0
BOUND_TIMES = 5.0
BATCH = 64
OURS = "leukonlp"
PEER = "scispaCy's parts"
ROOT = Path(__file__).resolve().parents[1]


def read(path: Path, count: int, rounds: int) -> tuple[list[list[Abstract]], list[Abstract]]:
    """Return ``count`` evenly spaced records for each round and one more, and the leukodystrophy records."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        marked = {row["pmid"] for row in map(json.loads, lines) if row["leuko"]}
    found = [r for r in leukonlp.read(path) if isinstance(r, Abstract) and r.abstract]
    step = max(1, len(found) // count)
    samples = [found[n % step :: step][:count] for n in range(rounds + 1)]
    return samples, [r for r in found if r.pmid in marked]


def seconds(run: Callable[[], Any]) -> float:
    """Return the processor time of one call, in seconds."""
    begin = time.process_time()
    run()
    return time.process_time() - begin


def scispacy_pipeline(lexicon: Lexicon) -> Language:
    """Return scispaCy's parts over the names of ``lexicon``."""
    for part in ("abbreviation", "custom_sentence_segmenter"):
        importlib.import_module(f"scispacy.{part}")  # spaCy knows a part once its module is imported
    from scispacy.custom_tokenizer import combined_rule_tokenizer
    from scispacy.linking import EntityLinker

    kb = knowledge_base(lexicon)
    nlp = spacy.blank("en")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        nlp.tokenizer = combined_rule_tokenizer(nlp)
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    types = {name: kb.cui_to_entity[min(ids)].types[0] for name, ids in kb.alias_to_cuis.items()}
    ruler.add_patterns([{"label": kind.upper(), "pattern": name} for name, kind in sorted(types.items())])
    nlp.add_pipe("pysbd_sentencizer", first=True)
    nlp.add_pipe("abbreviation_detector", before="entity_ruler", config={"make_serializable": True})
    linker = EntityLinker(nlp, candidate_generator=candidates(kb))
    Language.component("scispacy_own_linker", func=linker)
    nlp.add_pipe("scispacy_own_linker")
    warnings.filterwarnings("ignore", message=r"\[W036\]")  # the detector asks its matcher without patterns
    return nlp


def candidates(kb: Any) -> Any:
    """Return scispaCy's candidate generator over ``kb``.

    Its own ``create_tfidf_ann_index`` refuses scipy 1.11 and later, which has no sparse float16. This is what
    it does, with the same settings, in float32 and without files.
    """
    import nmslib
    from scispacy.candidate_generation import CandidateGenerator
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), min_df=10, dtype=np.float32)
    names = list(kb.alias_to_cuis)
    vectors = vectorizer.fit_transform(names)
    some = np.asarray(vectors.sum(axis=1) != 0).ravel()  # a name of rare trigrams only has no vector left
    index = nmslib.init(method="hnsw", space="cosinesimil_sparse", data_type=nmslib.DataType.SPARSE_VECTOR)
    index.addDataPointBatch(vectors[some])
    index.createIndex({"M": 100, "indexThreadQty": 1, "efConstruction": 2000, "post": 0})
    index.setQueryTimeParams({"efSearch": 200})
    return CandidateGenerator(index, vectorizer, [n for n, kept in zip(names, some, strict=True) if kept], kb)


def phrase_matcher(lexicon: Lexicon) -> Callable[[str], Any]:
    """Return plain dictionary tagging: spaCy's tokenizer and ``PhraseMatcher``, case ignored."""
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("NAME", list(nlp.tokenizer.pipe(sorted(knowledge_base(lexicon).alias_to_cuis))))
    return lambda text: matcher(nlp.make_doc(text))


def batches(records: Sequence[Abstract]) -> Iterable[Sequence[Abstract]]:
    """Yield the records as the pipeline takes them."""
    return (records[i : i + BATCH] for i in range(0, len(records), BATCH))


def stages(nlp: Language, lexicon: Lexicon, records: Sequence[Abstract]) -> dict[str, float]:
    """Return the processor seconds an abstract of each stage of ours: the calls of a run, one at a time."""
    spent = {"tokens": 0.0, **dict.fromkeys(nlp.pipe_names, 0.0), "mentions": 0.0, "study tags": 0.0}
    spent["JSON line (beyond the bound)"] = 0.0

    def timed(name: str, run: Callable[[], Any]) -> Any:
        begin = time.process_time()
        result = run()
        spent[name] += time.process_time() - begin
        return result

    for batch in batches(records):
        docs = timed("tokens", lambda batch=batch: [_prepared(nlp, a) for a in batch])
        for name, part in nlp.pipeline:
            docs = timed(
                name,
                lambda part=part, docs=docs: (
                    list(part.pipe(docs, batch_size=BATCH))
                    if hasattr(part, "pipe")
                    else [part(doc) for doc in docs]
                ),
            )
        found = timed("mentions", lambda docs=docs: [tuple(tokens.mentions_of(doc)) for doc in docs])
        studies = timed(
            "study tags",
            lambda batch=batch, found=found: [
                assess(a, m, lexicon=lexicon) for a, m in zip(batch, found, strict=True)
            ],
        )
        timed(
            "JSON line (beyond the bound)",
            lambda studies=studies: [json.dumps(s.to_dict(), ensure_ascii=False) for s in studies],
        )
    return {name: value / len(records) for name, value in spent.items()}


def peer_stages(nlp: Language, texts: Sequence[str]) -> dict[str, float]:
    """Return the processor seconds an abstract of each part of the peer."""
    spent = {}
    begin = time.process_time()
    docs = [nlp.make_doc(text) for text in texts]
    spent["tokens"] = time.process_time() - begin
    for name, part in nlp.pipeline:
        begin = time.process_time()
        docs = [part(doc) for doc in docs]
        spent[name] = time.process_time() - begin
    return {name: value / len(texts) for name, value in spent.items()}


def measure(args: argparse.Namespace, samples: list[list[Abstract]], leuko: list[Abstract]) -> dict[str, Any]:
    """Let all parties read, turn by turn."""
    settings = Settings(batch_size=BATCH)

    def ours(given: Sequence[Abstract]) -> list[Study]:
        return list(leukonlp.annotate(given, settings=settings))

    building = seconds(lambda: ours(samples[0][:1]))
    lexicon = load_lexicon()
    nlp, peer, phrases = build(settings), scispacy_pipeline(lexicon), phrase_matcher(lexicon)
    own = LexiconMatcher(lexicon)
    parties: dict[str, Callable[[list[Abstract]], Any]] = {
        OURS: ours,
        f"{OURS}, mentions alone": lambda few: list(mentions_of(nlp, few, batch_size=BATCH)),
        PEER: lambda few: list(peer.pipe([a.text for a in few], batch_size=BATCH)),
        "leukonlp LexiconMatcher": lambda few: [own.find(a.text) for a in few],
        "spaCy PhraseMatcher": lambda few: [phrases(a.text) for a in few],
    }
    warm, *rounds = samples
    for run in parties.values():
        run(warm[: args.subset])  # indexes built, modules in
    times: dict[str, list[float]] = {name: [] for name in parties}
    whole, on_leuko, parts, peer_parts = [], [], [], []
    for records in rounds:
        few = records[:: max(1, len(records) // args.subset)][: args.subset]
        for name, run in parties.items():
            times[name].append(seconds(lambda run=run, few=few: run(few)) / len(few))
        peer_parts.append(peer_stages(peer, [a.text for a in few]))
        whole.append(seconds(lambda records=records: ours(records)) / len(records))
        on_leuko.append(seconds(lambda: ours(leuko)) / len(leuko))
        parts.append(stages(nlp, lexicon, records[::3]))
    return {
        "records": len(rounds[0]),
        "characters": sum(len(a.text) for records in rounds for a in records) // len(rounds),
        "subset": args.subset,
        "rounds": args.rounds,
        "names": len(knowledge_base(lexicon).alias_to_cuis),
        "seconds_to_build": round(building, 3),
        "abstracts_a_second": round(1 / (building / len(rounds[0]) + statistics.median(whole)), 1),
        "abstracts_a_second_once_built": round(1 / statistics.median(whole), 1),
        "ms_an_abstract": ms(whole),
        "ms_a_leukodystrophy_abstract": ms(on_leuko),
        "leukodystrophy_abstracts": len(leuko),
        "stages_ms": {name: ms([spent[name] for spent in parts]) for name in parts[0]},
        "subset_ms": {name: ms(found) for name, found in times.items()},
        "peer_stages_ms": {name: ms([spent[name] for spent in peer_parts]) for name in peer_parts[0]},
        "times_the_speed": {
            f"{PEER}, study tags counted in": ratio(times[PEER], times[OURS]),
            f"{PEER}, mentions alone": ratio(times[PEER], times[f"{OURS}, mentions alone"]),
            "spaCy PhraseMatcher, dictionary alone": ratio(
                times["spaCy PhraseMatcher"], times["leukonlp LexiconMatcher"]
            ),
        },
        "bounds": {"abstracts_a_second": BOUND_RATE, "times_the_speed": BOUND_TIMES},
    }


def ms(found: Sequence[float]) -> float:
    """Return the median of seconds as milliseconds."""
    return round(1000 * statistics.median(found), 3)


def ratio(slow: Sequence[float], fast: Sequence[float]) -> float:
    """Return the median over the rounds of how many times as long the slow one took."""
    return round(statistics.median(s / f for s, f in zip(slow, fast, strict=True)), 2)


def show(found: Mapping[str, Any]) -> None:
    """Print the figures."""
    print(
        f"leukonlp: {found['abstracts_a_second']} abstracts a processor second, building counted in "
        f"({found['seconds_to_build']} s); {found['abstracts_a_second_once_built']} once built "
        f"(n = {found['records']}, {found['rounds']} rounds; bound {BOUND_RATE:.0f})"
    )
    n, each = found["leukodystrophy_abstracts"], found["ms_a_leukodystrophy_abstract"]
    print(f"on {n} leukodystrophy abstracts {each} ms each, on the others {found['ms_an_abstract']} ms")
    for title, key in (
        ("stages of leukonlp", "stages_ms"),
        (f"parts of the peer, n = {found['subset']}", "peer_stages_ms"),
        (f"turn by turn, n = {found['subset']}", "subset_ms"),
    ):
        print(f"{title}: ms an abstract")
        for name, value in found[key].items():
            print(f"  {name:30} {value:8.3f}")
    for name, times in found["times_the_speed"].items():
        print(f"{times} times the speed of {name}")


def main() -> int:
    """Measure, print, write the results and return 1 when a bound is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--records", type=int, default=3000)
    parser.add_argument("--subset", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    path = args.shared / "pubmed" / "records.jsonl.gz"
    if not path.is_file():
        print(f"not measured: {path} is absent; name the folder of the real data with --shared")
        return 0
    found = measure(args, *read(path, args.records, args.rounds))
    show(found)
    write("annotate", found, corpus=[path])
    slow = found["abstracts_a_second"] < BOUND_RATE
    return int(slow or next(iter(found["times_the_speed"].values())) < BOUND_TIMES)


if __name__ == "__main__":
    sys.exit(main())
