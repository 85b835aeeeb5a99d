"""How fast is annotating with leuko_ner beside the lexicon, and how does that compare with scispaCy's recipe?

- Ours is the whole way of ``annotate.py`` from an ``Abstract`` to a ``Study``, with leuko_ner in it.
- The peer is scispaCy's published recipe, rebuilt from its parts in ``peers/scispacy_ner.py``: its
  tokenizer, a recogniser of its size trained on BC5CDR, ``AbbreviationDetector`` and ``EntityLinker`` over
  the same names. It is measured without sentences, which the recipe does not need, and with scispaCy's pysbd
  sentences, which ours has too; and with a smaller recogniser, of spaCy's default size, without them. The
  bound, 4 times its speed, stands against the recipe in the size of the release and without sentences.
- leuko_ner alone: as it runs in our pipeline, and as spaCy runs it, with a Doc.

As in ``annotate.py`` each round reads other records, all parties read the same ones turn by turn, and
figures are medians over the rounds of the processor time of the process. Bounds: 120 abstracts a processor
second with building the pipeline counted in; ``spacy.load`` of leuko_ner within 1 second in a fresh process
that has imported spaCy (wall time, median of 5). Two jobs against one, and memory: ``jobs.py``.

    python benchmarks/ner_speed.py [--shared ../shared/data] [--model leuko_ner] [--records 3000]
        [--subset 300] [--rounds 5] [--epochs 3] [--train 500]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")  # before NumPy comes in

import leukonlp
from annotate import BATCH, OURS, ROOT, ms, peer_stages, ratio, read, scispacy_pipeline, seconds
from leukonlp.config import Settings
from leukonlp.errors import LeukonlpError
from leukonlp.lexicon import load_lexicon
from leukonlp.pipeline import ner as pipeline_ner
from leukonlp.records import Abstract, Study
from ner import model_facts, model_folder
from peers.scispacy_ner import PUBLISHED, SENTENCES, SMALL, recipe, tag
from recording import write

BOUNDS = {
    "abstracts_a_second": 120.0,
    "times_the_speed": 4.0,
    "seconds_to_load": 1.0,
}
LOADS = 5
LOAD = """\
import sys, time, spacy
begin = time.perf_counter()
spacy.load(sys.argv[1])
print(time.perf_counter() - begin)
"""
PEER, PEER_SENTENCES = "scispaCy's recipe", "scispaCy's recipe and pysbd"
PEER_SMALL = "scispaCy's recipe, spaCy's default size"
ALONE, ALONE_SPACY = "leuko_ner alone", "leuko_ner alone, through nlp.pipe"
PEERS = (PEER, PEER_SENTENCES, PEER_SMALL)


def turns(args: argparse.Namespace, samples: list[list[Abstract]]) -> dict[str, Any]:
    """Let all parties read, turn by turn, and return what time each takes and how much it tags."""
    settings = Settings(batch_size=BATCH, ner=(args.model,))

    def ours(given: Sequence[Abstract]) -> list[Study]:
        return list(leukonlp.annotate(given, settings=settings))

    building = seconds(lambda: ours(samples[0][:1]))
    gold = args.shared / "ner" / "bc5cdr.jsonl.gz"
    peer = recipe(scispacy_pipeline, load_lexicon(), gold, documents=args.train, epochs=args.epochs)
    alone, as_spacy = pipeline_ner.load_pipelines([args.model] * 2)  # two, for each remembers words
    parties: dict[str, Callable[[list[Abstract]], list[Any]]] = {
        OURS: ours,
        PEER: lambda few: tag(peer, texts(few), BATCH, without=[SENTENCES, SMALL]),
        PEER_SENTENCES: lambda few: tag(peer, texts(few), BATCH, without=[SMALL]),
        PEER_SMALL: lambda few: tag(peer, texts(few), BATCH, without=[SENTENCES, PUBLISHED]),
        ALONE: lambda few: list(pipeline_ner.read(alone, texts(few), BATCH)),
        ALONE_SPACY: lambda few: list(as_spacy.pipe(texts(few), batch_size=BATCH)),
    }
    warm, *rounds = samples
    for run in parties.values():
        run(warm[: args.subset])  # indexes built, modules in
    times: dict[str, list[float]] = {name: [] for name in parties}
    whole, parts = [], []
    for records in rounds:
        few = records[:: max(1, len(records) // args.subset)][: args.subset]
        for name, run in parties.items():
            times[name].append(seconds(lambda run=run, few=few: run(few)) / len(few))
        with peer.select_pipes(disable=[SMALL]):
            parts.append(peer_stages(peer, texts(few)))
        whole.append(seconds(lambda records=records: ours(records)) / len(records))
    return {
        "records": len(rounds[0]),
        "subset": len(few),
        "rounds": len(rounds),
        "seconds_to_build": round(building, 3),
        "abstracts_a_second": round(1 / (building / len(rounds[0]) + statistics.median(whole)), 1),
        "abstracts_a_second_once_built": round(1 / statistics.median(whole), 1),
        "ms_an_abstract": ms(whole),
        "subset_ms": {name: ms(found) for name, found in times.items()},
        "peer_stages_ms": {name: ms([spent[name] for spent in parts]) for name in parts[0]},
        "peer_training": {"documents": args.train, "epochs": args.epochs},
        "an_abstract": {
            f"mentions, {OURS}": mean(len(study.mentions) for study in ours(few)),
            f"entities, {ALONE}": mean(map(len, parties[ALONE](few))),
            **{f"entities, {name}": mean(len(doc.ents) for doc in parties[name](few)) for name in PEERS},
        },
        "times_the_speed": {name: ratio(times[name], times[OURS]) for name in PEERS},
    }


def texts(records: Sequence[Abstract]) -> list[str]:
    """Return what the parties read."""
    return [record.text for record in records]


def mean(counts: Iterable[int]) -> float:
    """Return the mean of counts."""
    return round(statistics.fmean(counts), 2)


def loading(folder: Path) -> dict[str, float]:
    """Return the wall time of loading the model in a fresh process, and of that whole process: medians."""
    loads, wholes = [], []
    for _ in range(LOADS):
        begin = time.perf_counter()
        command = [sys.executable, "-c", LOAD, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        wholes.append(time.perf_counter() - begin)
        loads.append(float(done.stdout))
    return {
        "seconds_to_load": round(statistics.median(loads), 3),
        "seconds_of_the_process": round(statistics.median(wholes), 3),
    }


def missed(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each bound that is not kept."""
    rate, times = found["abstracts_a_second"], found["times_the_speed"][PEER]
    load = found["loading"]["seconds_to_load"]
    if rate < (bound := BOUNDS["abstracts_a_second"]):
        yield f"{rate} abstracts a processor second are fewer than {bound}"
    if times < (bound := BOUNDS["times_the_speed"]):
        yield f"{times} times the speed of {PEER} is less than {bound}"
    if load > (bound := BOUNDS["seconds_to_load"]):
        yield f"{load} s to load the model are more than {bound}"


def show(found: Mapping[str, Any]) -> None:
    """Print the figures."""
    print(
        f"leukonlp with {found['model']['name']}: {found['abstracts_a_second']} abstracts a processor "
        f"second, building counted in ({found['seconds_to_build']} s); "
        f"{found['abstracts_a_second_once_built']} once built "
        f"(n = {found['records']}, {found['rounds']} rounds)"
    )
    for title, key in (
        (f"turn by turn, n = {found['subset']}: ms an abstract", "subset_ms"),
        (f"parts of the peer, n = {found['subset']}: ms an abstract", "peer_stages_ms"),
        ("tagged an abstract", "an_abstract"),
    ):
        print(title)
        for name, value in found[key].items():
            print(f"  {name:50} {value:8.3f}")
    for name, times in found["times_the_speed"].items():
        print(f"{times} times the speed of {name}")
    load = found["loading"]
    print(f"loaded in {load['seconds_to_load']} s; the whole process {load['seconds_of_the_process']} s")


def options() -> argparse.Namespace:
    """Return the arguments of this run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--model", default="leuko_ner", help="a packaged model or a folder")
    parser.add_argument("--records", type=int, default=3000)
    parser.add_argument("--subset", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=3, help="of training the peer")
    parser.add_argument("--train", type=int, default=500, help="documents that train the peer")
    return parser.parse_args()


def measure(args: argparse.Namespace, records: Path) -> dict[str, Any]:
    """Return all figures."""
    folder = model_folder(args.model)
    found = {"model": model_facts(folder), "loading": loading(folder)}
    found |= turns(args, read(records, args.records, args.rounds)[0])
    return {**found, "bounds": BOUNDS}


def main() -> int:
    """Measure, print, write the results and return 1 when a bound is missed."""
    args = options()
    records, gold = args.shared / "pubmed" / "records.jsonl.gz", args.shared / "ner" / "bc5cdr.jsonl.gz"
    absent = [path for path in (records, gold) if not path.is_file()]
    if absent:
        print(f"not measured: {absent[0]} is absent; name the folder of the real data with --shared")
        return 0
    try:
        found = measure(args, records)
    except LeukonlpError as error:
        print(f"not measured: {error}")
        return 1
    show(found)
    broken = list(missed(found))
    write("ner_speed", {**found, "missed": broken}, corpus=[records, gold])
    print("\n".join(f"bound missed: {line}" for line in broken) or "all bounds are kept")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
