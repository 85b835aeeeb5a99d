"""Where does the time of annotating go? Each stage by itself, with the trained models, against its floor.

The stages of a run are called one after another on the same records, batch by batch, and the processor time
of each is taken; medians over the rounds, each of other records. A floor is what is left of a stage that does
nothing else of ours: bare iterparse, finding names without judging them, the encoder of JSON, pickle.
The table of README.md is made from the results.

    python benchmarks/stages.py [--shared ../shared/data] [--records 400] [--rounds 5]
    python benchmarks/stages.py --page        # measure nothing; write the table again
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import pickle
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from recording import RESULTS, write

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "benchmarks" / "README.md"
BEGIN, END = "<!-- stages: written by benchmarks/stages.py -->", "<!-- end of stages -->"
BATCH = 64
FLOOR = "floor: "
STAGES = {
    "read a record of PubMed XML": "lxml's bare iterparse",
    "sections and sentences": "",
    "abbreviations": "",
    "names of the lexicon": "`LexiconMatcher` alone",
    "leuko_ner: words and their vectors": "",
    "leuko_ner: network": "",
    "leuko_ner: decoding, merging": "",
    "linking, misprints, near matches": "",
    "negation, background": "",
    "study tags and facts by rules": "",
    "the trained tagger": "",
    "one line of JSONL": "the encoder alone",
    "hand a record to a worker, and its line back": "pickling the record",
}
"""What is measured, in the order of a run, and what its floor is."""
OUTSIDE = ("read a record of PubMed XML", "hand a record to a worker, and its line back")
"""What other figures than those of annotating count."""


class Clock:
    """Adds up processor seconds by stage."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        """Count what happens inside."""
        begin = time.process_time()
        try:
            yield
        finally:
            self.spent[stage] += time.process_time() - begin

    def wrap(self, owner: Any, name: str, stage: str) -> Callable[[], None]:
        """Count every call of a method; return what undoes that."""
        plain = getattr(owner, name)

        def counted(*given: Any, **named: Any) -> Any:
            with self.of(stage):
                return plain(*given, **named)

        setattr(owner, name, counted)
        return lambda: setattr(owner, name, plain)


def annotated(clock: Clock, tools: tuple[Any, Any, Any], records: Sequence[Any]) -> list[Any]:
    """Annotate as ``workflow.workers`` does, stage by stage; return the studies."""
    from leukonlp.pipeline.annotate import _prepared
    from leukonlp.pipeline.tokens import mentions_of
    from leukonlp.studies import assess

    nlp, lexicon, tag = tools
    names = {
        "leukonlp_sections": "sections and sentences",
        "leukonlp_abbreviations": "abbreviations",
        "leukonlp_entities": "names of the lexicon",
        "leukonlp_models": "leuko_ner: decoding, merging",
        "leukonlp_linker": "linking, misprints, near matches",
        "leukonlp_assertion": "negation, background",
    }
    with clock.of("sections and sentences"):
        docs = [_prepared(nlp, record) for record in records]
    for name, part in nlp.pipeline:
        with clock.of(names[name]):
            docs = list(part.pipe(docs)) if hasattr(part, "pipe") else [part(doc) for doc in docs]
    with clock.of("study tags and facts by rules"):
        found = [tuple(mentions_of(doc)) for doc in docs]
        studies = [assess(r, m, lexicon=lexicon) for r, m in zip(records, found, strict=True)]
    with clock.of("the trained tagger"):
        return list(tag(studies))


def told(clock: Clock, studies: Sequence[Any], records: Sequence[Any]) -> None:
    """Make the lines, and carry records and lines as workers get and give them."""
    from leukonlp.workflow.files import json_line

    with clock.of("one line of JSONL"):
        lines = [json_line(study.to_dict()) for study in studies]
    plain = [study.to_dict() for study in studies]
    with clock.of(f"{FLOOR}one line of JSONL"):
        for data in plain:
            json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    with clock.of("hand a record to a worker, and its line back"):
        pickle.loads(pickle.dumps(records))
        pickle.loads(pickle.dumps(lines))
    with clock.of(f"{FLOOR}hand a record to a worker, and its line back"):
        pickle.dumps(records)


def read_xml(files: Sequence[Path]) -> tuple[float, float]:
    """Return the milliseconds a record of reading real PubMed XML, and of bare iterparse over it."""
    from lxml import etree

    from leukonlp.sources import read

    begin = time.process_time()
    count = sum(1 for _ in read(files))
    middle = time.process_time()
    for path in files:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for _, article in etree.iterparse(file, tag="PubmedArticle"):
                article.clear()
    end = time.process_time()
    return 1e3 * (middle - begin) / count, 1e3 * (end - middle) / count


def one_round(tools: tuple[Any, Any, Any], matcher: Any, records: Sequence[Any]) -> dict[str, float]:
    """Return the milliseconds an abstract of each stage and floor."""
    from leukonlp.pipeline.recogniser import component
    from leukonlp.pipeline.recogniser.model import Recogniser
    from leukonlp.workflow.garbage import no_collection

    clock, inside = Clock(), Clock()
    undo = [
        inside.wrap(component, "spaced_words", "leuko_ner: words and their vectors"),
        inside.wrap(Recogniser, "remember", "leuko_ner: words and their vectors"),
        inside.wrap(Recogniser, "probabilities", "leuko_ner: network"),
    ]
    try:
        for at in range(0, len(records), BATCH):
            some = records[at : at + BATCH]
            with no_collection():
                studies = annotated(clock, tools, some)
                told(clock, studies, some)
                with clock.of(f"{FLOOR}names of the lexicon"):
                    for record in some:
                        list(matcher.find(f"{record.text} "))  # words of a text are remembered
    finally:
        for each in undo:
            each()
    clock.spent["leuko_ner: decoding, merging"] -= sum(inside.spent.values())
    return {stage: 1e3 * spent / len(records) for stage, spent in (clock.spent | inside.spent).items()}


def measured(records: Path, xml: Sequence[Path], count: int, rounds: int) -> dict[str, Any]:
    """Return milliseconds a record by stage: medians over the rounds, the first of which is not counted."""
    from corpora import numbered
    from leukonlp.config import Settings
    from leukonlp.lexicon import load_lexicon
    from leukonlp.pipeline.build import build
    from leukonlp.pipeline.matcher import LexiconMatcher
    from leukonlp.sources import read
    from leukonlp.workflow.workers import _tagger

    settings, found = Settings(), defaultdict(list)
    tools = build(settings), load_lexicon(), _tagger(settings)
    matcher = LexiconMatcher(load_lexicon())
    with tempfile.TemporaryDirectory() as folder:
        stream = read([numbered(records, Path(folder) / "records.jsonl.gz", count * (rounds + 1))])
        for turn in range(rounds + 1):
            times = one_round(tools, matcher, list(itertools.islice(stream, count)))
            whole, bare = read_xml(xml)
            first = next(iter(STAGES))
            for stage, ms in (times | {first: whole, FLOOR + first: bare}).items():
                if turn:
                    found[stage].append(ms)
    medians = {stage: round(statistics.median(times), 3) for stage, times in found.items()}
    return {
        "records": count,
        "rounds": rounds,
        "load_average": [round(load, 1) for load in os.getloadavg()],
        "ms": {stage: medians[stage] for stage in STAGES},
        "floors_ms": {stage: medians[FLOOR + stage] for stage, floor in STAGES.items() if floor},
        "ms_of_annotating": round(sum(medians[stage] for stage in STAGES if stage not in OUTSIDE), 3),
    }


def table(result: dict[str, Any]) -> str:
    """Return the table of README.md."""
    whole = result["ms_of_annotating"]
    lines = ["| stage | ms | share | floor |", "|---|---|---|---|"]
    for stage, floor in STAGES.items():
        ms = result["ms"][stage]
        share = "" if stage in OUTSIDE else f"{ms / whole:.0%}"
        least = f"{result['floors_ms'][stage]:.2f}: {floor}" if floor else ""
        lines.append(f"| {stage} | {ms:.2f} | {share} | {least} |")
    return "\n".join([*lines, f"| annotating, all stages with a share | {whole:.2f} | 100% | |"])


def page(text: str) -> str:
    """Return README.md with the table of the results."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    result = json.loads((RESULTS / "stages.json").read_text(encoding="utf-8"))
    return f"{before}{BEGIN}\n{table(result)}\n{END}{after}"


def main() -> int:
    """Measure, write the results and the table, and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--records", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--page", action="store_true", help="measure nothing; write the table again")
    options = parser.parse_args()
    if not options.page:
        records = options.shared / "pubmed" / "records.jsonl.gz"
        if not records.is_file():
            print(f"not measured: {records} is absent; name the folder of the real data with --shared")
            return 0
        xml = sorted((options.shared / "pubmed" / "xml").glob("*.xml*"))
        values = measured(records, xml, options.records, options.rounds)
        write("stages", values, corpus=[records, *xml])
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0])
    return 0


if __name__ == "__main__":
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")  # before NumPy comes in
    sys.exit(main())
