"""How fast is PubMed XML read, and with how much memory, compared with the usual ways?

A file like NLM's (30,000 records in a baseline file) is put together from the real samples by going round
them. Turn by turn, each way reads a cut of it; the medians of CPU time are told as records a second:

- a bare ``lxml.etree.iterparse`` that reads nothing out and clears each record: the floor,
- ``leukonlp.sources.read``, everything it gives,
- ``pubmed_parser.parse_medline_xml``, and ``Bio.Entrez.read`` without validation.

The peak memory is that of a fresh process reading the whole file. The bounds: at least 0.5 times the floor,
4 times Bio.Entrez.read, under 150 MB.

    python benchmarks/parse.py [--shared ../shared/data] [--records 30000] [--cut 3000] [--repeats 5]
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pubmed_parser
from Bio import Entrez
from lxml import etree

from leukonlp.records import Abstract
from leukonlp.sources import read
from recording import write

HEAD = b"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN"
 "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">
<PubmedArticleSet>
"""
FLOOR, ENTREZ, MEGABYTES = 0.5, 4.0, 150
PEAK = """
import sys
from leukonlp.sources import read
count = sum(1 for _ in read(sys.argv[1:]))
high = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(count, int(high.split()[1]) // 1024)
"""


def samples(files: Sequence[Path]) -> list[bytes]:
    """Return the records of the real sample files."""
    raw = (gzip.decompress(f.read_bytes()) if f.suffix == ".gz" else f.read_bytes() for f in files)
    return [
        record
        for data in raw
        for record in re.findall(rb"<PubmedArticle>.*?</PubmedArticle>", data, re.DOTALL)
    ]


def build(path: Path, records: Sequence[bytes], *, count: int) -> Path:
    """Write a PubmedArticleSet of ``count`` records, going round the given ones."""
    with path.open("wb") as out:
        out.write(HEAD)
        for number in range(count):
            out.write(b"  " + records[number % len(records)] + b"\n")
        out.write(b"</PubmedArticleSet>\n")
    return path


def stored(path: Path) -> Path:
    """Return the place of the gzip twin of a file, which holds the same bytes unpacked."""
    return path.with_suffix(".xml.gz")


def bare(path: Path) -> int:
    """Parse and drop every record: what any reader over lxml has to spend."""
    count = 0
    for _, element in etree.iterparse(path, tag="PubmedArticle", resolve_entities=False, huge_tree=True):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
        count += 1
    return count


def ours(path: Path) -> int:
    """Read every record with leukonlp."""
    return sum(isinstance(record, Abstract) for record in read([path]))


def theirs(path: Path) -> int:
    """Read every record with pubmed_parser and its default arguments; it takes gzip alone."""
    return len(list(pubmed_parser.parse_medline_xml(str(stored(path)))))


def entrez(path: Path) -> int:
    """Read every record with Biopython."""
    with path.open("rb") as file:
        return len(Entrez.read(file, validate=False)["PubmedArticle"])


WAYS: dict[str, Callable[[Path], int]] = {
    "bare iterparse": bare,
    "leukonlp": ours,
    "pubmed_parser": theirs,
    "Bio.Entrez.read": entrez,
}


def measure(path: Path, *, count: int, repeats: int) -> dict[str, float]:
    """Return the median records a CPU-second of each way."""
    seconds: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(repeats):
        for name, way in WAYS.items():
            begin = time.process_time()
            found = way(path)
            seconds[name].append(time.process_time() - begin)
            assert found == count, f"{name} read {found} of {count} records"
    return {name: count / statistics.median(times) for name, times in seconds.items()}


def peak(path: Path, *, count: int) -> int | None:
    """Return the peak memory, in MB, of a fresh process that reads the file; None where it is not told."""
    if not Path("/proc/self/status").exists():
        return None
    done = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True)
    found, megabytes = map(int, done.stdout.split())
    assert found == count, f"read {found} of {count} records"
    return megabytes


def main() -> int:
    """Measure, print, write the results and return 1 when a bound is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    parser.add_argument("--shared", type=Path, default=beside, help="folder of the real data")
    parser.add_argument(
        "--records", type=int, default=30_000, help="size of the file whose memory is measured"
    )
    parser.add_argument("--cut", type=int, default=3_000, help="size of the file whose speed is measured")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    files = sorted((options.shared / "pubmed" / "xml").glob("*.xml*"))
    if not files:
        print(f"skipped: no real data in {options.shared}; give its folder with --shared")
        return 0
    records = samples(files)
    with tempfile.TemporaryDirectory() as folder:
        cut = build(Path(folder) / "cut.xml", records, count=options.cut)
        stored(cut).write_bytes(gzip.compress(cut.read_bytes(), compresslevel=0))
        rates = measure(cut, count=options.cut, repeats=options.repeats)
        whole = build(Path(folder) / "whole.xml", records, count=options.records)
        megabytes = peak(whole, count=options.records)
        size = whole.stat().st_size
    ratios = {name: rates["leukonlp"] / rate for name, rate in rates.items() if name != "leukonlp"}
    for name, rate in rates.items():
        ratio = f", leukonlp {ratios[name]:.2f} times that" if name in ratios else ""
        print(f"{name:16} {rate:8,.0f} records a CPU-second{ratio}")
    print(f"peak memory      {megabytes} MB on {options.records:,} records ({size / 1e6:,.0f} MB)")
    values = {
        "records": options.records,
        "bytes": size,
        "cut": options.cut,
        "repeats": options.repeats,
        "records_per_cpu_second": {name: round(rate) for name, rate in rates.items()},
        "times_as_fast_as": {name: round(ratio, 3) for name, ratio in ratios.items()},
        "peak_megabytes": megabytes,
        "bounds": {"bare iterparse": FLOOR, "Bio.Entrez.read": ENTREZ, "peak_megabytes": MEGABYTES},
    }
    write("parse", values, corpus=files)
    fast = ratios["bare iterparse"] >= FLOOR and ratios["Bio.Entrez.read"] >= ENTREZ
    return 0 if fast and (megabytes or 0) < MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
