"""How fast is PubMed screened, against pubmed_parser and against only unpacking the same file?

A file of 30,000 records is put together from the real samples: NLM's records, round and round, with titles
and abstracts of the real records, one in 500 of them on a leukodystrophy. Turn by turn each way reads it;
told are medians of CPU time. pubmed_parser reads a cut (``--cut``) and is scaled up. The bounds: 10 times
pubmed_parser, half of unpacking, peak memory under 200 MB.

    python benchmarks/screen.py [--shared ../shared/data] [--records 30000] [--cut 1500] [--repeats 5]
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pubmed_parser
from isal import isal_zlib

from leukonlp.config import Settings
from leukonlp.sources.screening.judge import load_judge
from leukonlp.sources.screening.scan import load_scanner
from leukonlp.workflow.screening import screen_files
from parse import HEAD, samples
from recording import write

PARSER, UNPACKING, MEGABYTES = 10.0, 0.5, 200
PEAK = """
import sys
from pathlib import Path
from leukonlp.config import Settings
from leukonlp.workflow.screening import screen_files
screen_files([sys.argv[1]], Path(sys.argv[2]), settings=Settings())
high = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(high.split()[1]) // 1024)
"""
_TITLE = re.compile(rb"<ArticleTitle>.*?</ArticleTitle>", re.DOTALL)
_ABSTRACT = re.compile(rb"<Abstract>.*?</Abstract>", re.DOTALL)
_PMID = re.compile(rb"(<PMID[^>]*>)\d+(</PMID>)")


def records(shared: Path, count: int) -> Iterator[bytes]:
    """Yield ``count`` records: shells of real ones around the words of others."""
    shells = samples(sorted((shared / "pubmed" / "xml").glob("*.xml*")))
    with gzip.open(shared / "pubmed" / "records.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["title"]]
    on_topic, others = [r for r in rows if r["leuko"]], [r for r in rows if not r["leuko"]]
    for number in range(count):
        kind = on_topic if number % 500 == 250 else others
        row = kind[(number // 500 if kind is on_topic else number) % len(kind)]
        title = b"<ArticleTitle>%s</ArticleTitle>" % escape(row["title"]).encode()
        words = b"<AbstractText>%s</AbstractText>" % escape(row["abstract"] or "").encode()
        shell = _ABSTRACT.sub(b"", shells[number % len(shells)], count=1)
        record = _TITLE.sub(
            lambda _, t=title, w=words: t + b"<Abstract>" + w + b"</Abstract>", shell, count=1
        )
        yield _PMID.sub(rb"\g<1>%d\g<2>" % (20_000_000 + number), record, count=1)


def build(path: Path, shared: Path, count: int) -> int:
    """Write a packed PubmedArticleSet and return its size unpacked."""
    size = 0
    with gzip.open(path, "wb", 6) as out:
        for part in (HEAD, *(record + b"\n" for record in records(shared, count)), b"</PubmedArticleSet>\n"):
            size += out.write(part)
    return size


def unpack(path: Path) -> None:
    """Unpack into nothing, with the library that the screen uses."""
    unpacker = isal_zlib.decompressobj(wbits=31)
    with path.open("rb") as file:
        while block := file.read(2**18):
            unpacker.decompress(block)


def seconds(way: Callable[[], object]) -> float:
    """Return the CPU time of one call."""
    begin = time.process_time()
    way()
    return time.process_time() - begin


def main() -> int:
    """Measure, print, write the results and return 1 when a bound is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    parser.add_argument("--shared", type=Path, default=beside, help="folder of the real data")
    parser.add_argument("--records", type=int, default=30_000)
    parser.add_argument("--cut", type=int, default=1_500, help="records that pubmed_parser reads")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    if not (options.shared / "pubmed").is_dir():
        print(f"skipped: no real data in {options.shared}; give its folder with --shared")
        return 0
    load_scanner(), load_judge()
    times: dict[str, list[float]] = {"screen": [], "unpacking": [], "pubmed_parser": []}
    with tempfile.TemporaryDirectory() as folder:
        whole, cut, out = (
            Path(folder) / "whole.xml.gz",
            Path(folder) / "cut.xml.gz",
            Path(folder) / "out.xml.gz",
        )
        size = build(whole, options.shared, options.records)
        build(cut, options.shared, options.cut)
        scale = options.records / options.cut
        for _ in range(options.repeats):
            times["screen"].append(seconds(lambda: screen_files([whole], out, settings=Settings())))
            times["unpacking"].append(seconds(lambda: unpack(whole)))
            times["pubmed_parser"].append(
                scale * seconds(lambda: list(pubmed_parser.parse_medline_xml(str(cut))))
            )
        counts = dict(screen_files([whole], out, settings=Settings()).counts)
        done = subprocess.run(
            [sys.executable, "-c", PEAK, str(whole), str(out)], capture_output=True, text=True, check=True
        )
    medians = {way: statistics.median(found) for way, found in times.items()}
    ratios = {way: medians[way] / medians["screen"] for way in ("unpacking", "pubmed_parser")}
    megabytes = int(done.stdout)
    for way, median in medians.items():
        print(f"{way:14} {median:7.2f} s of CPU, {size / median / 1e6:7,.0f} MB a second")
    print(f"screen is {ratios['pubmed_parser']:.1f} times as fast as pubmed_parser and "
          f"{ratios['unpacking']:.2f} times as fast as unpacking; peak {megabytes} MB; {counts}")  # fmt: skip
    values = {
        "records": options.records,
        "bytes": size,
        "repeats": options.repeats,
        "cpu_seconds": {way: round(median, 3) for way, median in medians.items()},
        "times_as_fast_as": {way: round(ratio, 3) for way, ratio in ratios.items()},
        "peak_megabytes": megabytes,
        "kept": counts["kept"],
        "bounds": {"pubmed_parser": PARSER, "unpacking": UNPACKING, "peak_megabytes": MEGABYTES},
    }
    write("screen", values, corpus=[options.shared / "pubmed" / "records.jsonl.gz"])
    good = ratios["pubmed_parser"] >= PARSER and ratios["unpacking"] >= UNPACKING and megabytes < MEGABYTES
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
