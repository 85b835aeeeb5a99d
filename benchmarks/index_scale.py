"""How quickly is a large index built, and how long does a search take in an index of a million studies?

The studies are drawn from real ones when the benchmark runs (drawn.py); none of them is kept. `load` measures
how long 100,000 finished studies take to become an index, what a study takes on the disk, table by table, and
that DuckDB reads back what `leukonlp export --format parquet` writes. `search` draws studies, copies them
under other PMIDs until there are a million (copies.py), and puts a mix of searches to the index: words,
phrases, diseases with their subtypes, genes, therapies, labels, years and participants; up to 50 hits each.
The bounds: 60 seconds, and a median under 10 ms for the hits.

A million studies take some 15 GB. With `--db` they stay, and another run searches in them without building
them again; copying that was cut short goes on.

    python benchmarks/index_scale.py [load] [search] [--drawn 100000] [--studies 1000000] [--db FILE]
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import copies
from drawn import Drawn, annotated
from leukonlp.evidence import EvidenceIndex
from recording import write
from search import ms

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
BOUND_LOAD, BOUND_SEARCH = 60.0, 0.010
_PART = 5000


def load(drawn: Drawn, path: Path, studies: int) -> dict[str, Any]:
    """Build an index; drawing the studies is not timed."""
    wall = cpu = 0.0
    with EvidenceIndex(path) as index:
        for start in range(0, studies, _PART):
            some = list(drawn.studies(min(_PART, studies - start), start=start))
            gc.collect()
            begun, used = time.perf_counter(), time.process_time()
            index.add_many(some, batch=_PART)
            wall, cpu = wall + time.perf_counter() - begun, cpu + time.process_time() - used
    return {
        "studies": studies,
        "seconds": round(wall, 1),
        "processor_seconds": round(cpu, 1),
        "load_average": [round(load, 2) for load in os.getloadavg()],
        "bytes_a_study": round(path.stat().st_size / studies),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def parts(path: Path) -> dict[str, int]:
    """Return bytes a study of the largest tables and indexes."""
    connection = sqlite3.connect(path)
    (count,) = connection.execute("SELECT count(*) FROM studies").fetchone()
    found = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY 1 ORDER BY 2 DESC LIMIT 12")
    sizes = {name: round(size / count) for name, size in found}
    connection.close()
    return sizes


def carried_away(path: Path) -> dict[str, Any]:
    """Export as Parquet and let DuckDB count it."""
    import duckdb  # complains at the end of any process that loads it

    target = path.with_name("studies.parquet")
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "leukonlp", "export", "--db", path, "--format", "parquet", "--out", target],
        check=True,
        capture_output=True,
    )
    wall = time.perf_counter() - begun
    read = duckdb.sql(f"SELECT phase, count(*) FROM '{target}' GROUP BY 1").fetchall()
    connection = sqlite3.connect(path)
    held = connection.execute("SELECT phase, count(*) FROM studies GROUP BY 1").fetchall()
    connection.close()
    assert dict(read) == dict(held), "DuckDB reads something else"
    return {
        "seconds": round(wall, 1),
        "bytes": target.stat().st_size,
        "rows_by_duckdb": sum(dict(read).values()),
    }


def searched(drawn: Drawn, path: Path, count: int, rounds: int) -> dict[str, Any]:
    """Put the searches; the first round fills the caches and is not counted."""
    searches = drawn.searches(count)
    taken: dict[str, dict[str, list[float]]] = {
        way: defaultdict(list) for way in ("hits", "with quotes", "cpu")
    }
    found = defaultdict(list)
    with EvidenceIndex(path, readonly=True) as index:
        studies = len(index)
        for turn in range(rounds + 1):
            for search in searches:
                begun, used = time.perf_counter(), time.process_time()
                hits = index.search(**search["asked"])
                middle, cpu = time.perf_counter(), time.process_time()
                for hit in hits:
                    assert hit.quote.text
                if turn:
                    taken["hits"][search["kind"]].append(middle - begun)
                    taken["with quotes"][search["kind"]].append(time.perf_counter() - begun)
                    taken["cpu"][search["kind"]].append(cpu - used)
                    found[search["kind"]].append(hits.total)

    def both(times: list[float]) -> dict[str, float]:
        return {
            "median_ms": ms(statistics.median(times)),
            "p95_ms": ms(statistics.quantiles(times, n=20)[-1]),
        }

    every = {way: both([time for kind in kinds.values() for time in kind]) for way, kinds in taken.items()}
    kinds = {
        kind: {"median_hits": statistics.median(found[kind]), **both(taken["cpu"][kind])} for kind in found
    }
    return {
        "studies": studies,
        "bytes": path.stat().st_size,
        "searches": count,
        "rounds": rounds,
        "hits": every["hits"],
        "hits, processor time": every["cpu"],
        "with every quote": every["with quotes"],
        "by kind, processor time": kinds,
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }


def main() -> int:
    """Measure, print, write the results and return 1 when the bound is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", nargs="*", help="load, search; both without")
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--drawn", type=int, default=100_000, help="studies to load")
    parser.add_argument("--studies", type=int, default=1_000_000, help="studies to search among")
    parser.add_argument(
        "--db", type=Path, help="where to keep the index; one that is there is not built again"
    )
    parser.add_argument("--searches", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    drawn, broken = Drawn(*annotated(args.shared)), False
    gc.freeze()
    with tempfile.TemporaryDirectory() as folder:
        path = args.db or Path(folder) / "evidence.db"
        asked = set(args.part) or {"load", "search"}
        loaded = {} if path.exists() else load(drawn, path, args.drawn)
        if "load" in asked:
            if not loaded:
                parser.error(f"{path} is there already, and loading it is what `load` measures; name another")
            loaded |= {"bytes_by_table": parts(path), "parquet": carried_away(path)}
            told("load", loaded | {"bound_seconds": BOUND_LOAD})
            broken = loaded["seconds"] > BOUND_LOAD
        if "search" in asked:
            copies.grow(path, args.studies)
            drawn.rng.seed(1)
            found = searched(drawn, path, args.searches, args.rounds) | {"bound_ms": ms(BOUND_SEARCH)}
            told("search", found)
            broken |= found["hits"]["median_ms"] > ms(BOUND_SEARCH)
    return int(broken)


def told(part: str, figures: dict[str, Any]) -> None:
    """Print and write the figures of one part."""
    for name, value in figures.items():
        print(f"{name:28} {value}")
    write(f"index_{part}", figures)


if __name__ == "__main__":
    sys.exit(main())
