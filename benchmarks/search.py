"""How long does a search take in an index of 100,000 studies, and how does that compare with the usual ways?

The studies are made up: random words with the frequencies of a natural language, tags and concepts with
frequencies like those of the leukodystrophy literature; no real abstract is among them. The searches are a
mix of words, phrases, diseases with their subtypes, genes, therapies, labels, years and participants; up to
50 hits each. The same searches are put, turn by turn, to SQLite's LIKE over the same file and to pandas over
a table of the same studies in memory, which count the hits, but neither rank nor quote. The bound: a median
under 10 ms, with the quotes of all hits.

    python benchmarks/search.py [--studies 100000] [--rounds 5]
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from leukonlp.evidence import EvidenceIndex
from leukonlp.evidence.rows import line
from leukonlp.lexicon import Lexicon
from leukonlp.records import Abstract, Accession, Concept, Fact, Mention, Quote, Study, Tag
from recording import write

SEED = 20260101
BOUND = 0.010
PEER_SEARCHES = 12
PHASES = {"unphased": 60, "preclinical": 20, "not_applicable": 9, "phase_1": 2, "phase_1_2": 3, "phase_2": 3}
PHASES |= {"phase_3": 3}
DESIGNS = {"case_report": 30, "cohort": 22, "case_series": 12, "animal_study": 12, "in_vitro": 8, "review": 8}
DESIGNS |= {"single_arm_trial": 5, "randomized_trial": 3}
MODALITIES = {"hsct": 10, "small_molecule": 12, "gene_therapy": 6, "enzyme_replacement": 4, "dietary": 3}
COMMON = "the of and in with patients was were children treatment disease after study survival motor".split()


class Maker:
    """Makes a lexicon and studies, the same ones for the same seed."""

    def __init__(self) -> None:
        self.rng = random.Random(SEED)
        self.words = [*COMMON, *dict.fromkeys(self._word() for _ in range(60_000))]
        self.weights = self._cumulative(len(self.words), 3)
        root = Concept("MONDO:0019046", "disease", "leukodystrophy")
        groups = [self._concept("disease", f"MONDO:00001{n:02}", root.id) for n in range(30)]
        self.diseases = [self._concept("disease", f"MONDO:0001{n:03}", groups[n % 30].id) for n in range(300)]
        self.genes = [Concept(f"HGNC:{n}", "gene", f"GEN{n}A") for n in range(200)]
        self.therapies = [self._concept("therapy", f"LEUKO:T{n:04}") for n in range(100)]
        self.shares = {
            len(kind): self._cumulative(len(kind), 2) for kind in (self.diseases, self.genes, self.therapies)
        }
        concepts = [root, *groups, *self.diseases, *self.genes, *self.therapies]
        self.lexicon = Lexicon(concepts, version="benchmark")
        self.digest = hashlib.sha256()

    def _word(self) -> str:
        syllables = self.rng.randint(2, 5)
        return "".join(self.rng.choice("bcdfglmnprstv") + self.rng.choice("aeiou") for _ in range(syllables))

    def _cumulative(self, count: int, shift: int) -> list[float]:
        """Zipf's law: the n-th most frequent of anything has 1/n of the share of the first."""
        return list(itertools.accumulate(1 / (rank + shift) for rank in range(count)))

    def _concept(self, kind: Any, id: str, *parents: str) -> Concept:
        return Concept(id, kind, f"{self._word()} {self._word()} {kind}", parents=parents)

    def text(self, count: int) -> str:
        """Return random words."""
        return " ".join(self.rng.choices(self.words, cum_weights=self.weights, k=count))

    def _pick(self, shares: Mapping[str, int]) -> str:
        return self.rng.choices(list(shares), list(shares.values()))[0]

    def studies(self, count: int) -> Iterator[Study]:
        """Yield studies."""
        for n in range(count):
            study = self._study(20_000_000 + 7 * n)
            self.digest.update(line(study).encode())
            yield study

    def _study(self, number: int) -> Study:
        rng, kinds = self.rng, (self.diseases, self.genes, self.therapies)
        about = [rng.choices(kind, cum_weights=self.shares[len(kind)])[0] for kind in kinds]
        title = f"{self.text(9)} in {about[0].name}"
        sentences, mentions, at = [], [], len(title) + 1
        for c in (about * 4)[: rng.randint(6, 12)]:
            sentences.append(f"The {c.name} {self.text(rng.randint(10, 22))}.")
            mentions.append(Mention(at + 4, at + 4 + len(c.name), c.name, c.type, c.id, c.name))
            at += len(sentences[-1]) + 1
        quote = Quote(len(title) + 1, len(title) + 1 + len(sentences[0]), sentences[0])
        abstract = Abstract(
            str(number),
            title,
            " ".join(sentences),
            rng.randint(1980, 2026),
            revised=f"2020-01-{number % 28 + 1:02}",
            journal=f"Journal {number % 300}",
            keywords=(about[0].name, rng.choice(self.words)),
        )
        return Study(
            abstract,
            tuple(mentions),
            relevant=Tag(rng.random() < 0.9, 0.9),
            phase=Tag(self._pick(PHASES), 0.9, quote, "text"),
            design=Tag(self._pick(DESIGNS), 0.9, quote, "text"),
            modality=(Tag(self._pick(MODALITIES), 0.9, quote, "text"),) if rng.random() < 0.4 else (),
            diseases=(about[0].id,),
            genes=(about[1].id,),
            therapies=(about[2].id,),
            registry_numbers=(Accession("ClinicalTrials.gov", f"NCT{number:08}"),)
            if rng.random() < 0.05
            else (),
            n_enrolled=Fact(int(rng.paretovariate(0.7)), quote) if rng.random() < 0.5 else None,
            versions=(("leukonlp", "benchmark"),),
        )

    def searches(self, count: int) -> list[dict[str, Any]]:
        """Return a mix of searches: each kind equally often, what is asked for as often as it is studied."""
        rng = self.rng

        def disease() -> str:
            return rng.choices(self.diseases, cum_weights=self.shares[300])[0].id

        def word() -> str:
            return rng.choices(self.words[len(COMMON) :], cum_weights=self.weights[: -len(COMMON)])[0]

        kinds: list[Callable[[], dict[str, Any]]] = [
            lambda: {"words": word()},
            lambda: {"words": f"{word()} {rng.choice(COMMON[5:])}"},
            lambda: {"words": f'"{rng.choice(COMMON)} {word()}"'},
            lambda: {"disease": disease()},
            lambda: {
                "disease": f"MONDO:00001{rng.randrange(30):02}",
                "phase": ["phase_1_2", "phase_2", "phase_3"],
            },
            lambda: {"disease": disease(), "modality": "gene_therapy"},
            lambda: {"gene": rng.choice(self.genes).id, "design": self._pick(DESIGNS)},
            lambda: {"therapy": rng.choice(self.therapies).id, "year": (2010, 2020)},
            lambda: {"phase": "phase_3", "min_participants": 20},
            lambda: {"modality": "hsct", "design": "case_series", "year": (2015, None)},
            lambda: {"words": word(), "disease": disease()},
            lambda: {"words": word(), "phase": self._pick(PHASES), "year": (2000, None)},
        ]
        return [kinds[n % len(kinds)]() for n in range(count)]


def like(
    connection: sqlite3.Connection, family: Callable[[str], list[str]]
) -> Callable[[dict[str, Any]], int]:
    """Return the search as a plain SQLite query, as most scripts write it."""
    columns = {"phase": "phase", "design": "design"}

    def search(asked: dict[str, Any]) -> int:
        where, given = ["1"], []
        for part in terms(asked):
            where.append("(title LIKE ? OR abstract LIKE ?)")
            given += [f"%{part}%"] * 2
        for name in ("disease", "gene", "therapy"):
            if name in asked:
                ids = family(asked[name])
                where.append(
                    f"id IN (SELECT study FROM study_concepts WHERE concept IN ({','.join('?' * len(ids))}))"
                )
                given += ids
        if "modality" in asked:
            where.append("id IN (SELECT study FROM modalities WHERE label = ?)")
            given.append(asked["modality"])
        for name, column in columns.items():
            if name in asked:
                values = asked[name] if isinstance(asked[name], list) else [asked[name]]
                where.append(f"{column} IN ({','.join('?' * len(values))})")
                given += values
        first, last = asked.get("year", (0, 9999))
        where.append("year BETWEEN ? AND ?")
        given += [first, last or 9999]
        if "min_participants" in asked:
            where.append("n_enrolled >= ?")
            given.append(asked["min_participants"])
        return len(
            connection.execute(f"SELECT id FROM studies WHERE {' AND '.join(where)}", given).fetchall()
        )

    return search


def pandas(table: pd.DataFrame, family: Callable[[str], list[str]]) -> Callable[[dict[str, Any]], int]:
    """Return the search as filters on a table in memory, as most notebooks write it."""

    def search(asked: dict[str, Any]) -> int:
        found = table
        for name in ("disease", "gene", "therapy"):
            if name in asked:
                found = found[found[name].isin(family(asked[name]))]
        for name in ("phase", "design", "modality"):
            if name in asked:
                found = found[
                    found[name].isin([asked[name]] if isinstance(asked[name], str) else asked[name])
                ]
        if "year" in asked:
            found = found[found["year"].between(asked["year"][0], asked["year"][1] or 9999)]
        if "min_participants" in asked:
            found = found[found["n_enrolled"] >= asked["min_participants"]]
        for part in terms(asked):
            found = found[found["text"].str.contains(part, case=False, regex=False)]
        return len(found)

    return search


def terms(asked: dict[str, Any]) -> list[str]:
    """Return the words or the one phrase of a search."""
    words = asked.get("words", "")
    return [words.strip('"')] if words.startswith('"') else words.split()


def row(study: Study) -> dict[str, Any]:
    """Return a study as a row of the table in memory."""
    return {
        "text": study.text,
        "year": study.year,
        "phase": study.phase and study.phase.label,
        "design": study.design and study.design.label,
        "modality": study.modality[0].label if study.modality else None,
        "disease": study.diseases[0],
        "gene": study.genes[0],
        "therapy": study.therapies[0],
        "n_enrolled": study.n_enrolled.value if study.n_enrolled else None,
    }


def timed(run: Callable[[], Any]) -> float:
    """Return the wall time of one call, in seconds."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def measure(maker: Maker, path: Path, table: pd.DataFrame, rounds: int) -> dict[str, Any]:
    """Put the searches to the index and to its peers, turn by turn."""
    searches = maker.searches(120)
    connection = sqlite3.connect(path)

    def family(id: str) -> list[str]:
        return sorted(maker.lexicon.descendants(id))

    with EvidenceIndex(path, readonly=True, lexicon=maker.lexicon) as index:

        def quoted(asked: dict[str, Any]) -> int:
            hits = index.search(**asked)
            return len([hit.quote for hit in hits]) and hits.total

        ways: dict[str, Callable[[dict[str, Any]], Any]] = {
            "leukonlp, with every quote": quoted,
            "leukonlp, hits alone": lambda asked: index.search(**asked),
        }
        hits = [quoted(asked) for asked in searches]  # fills the disk cache, too
        figures: dict[str, Any] = {
            "searches": len(searches),
            "rounds": rounds,
            "median_hits": statistics.median(hits),
        }
        for name, way in ways.items():
            wall, cpu = [], []
            for asked in searches * rounds:
                begin = time.process_time()
                wall.append(timed(lambda way=way, asked=asked: way(asked)))
                cpu.append(time.process_time() - begin)
            figures[name] = {
                "median_ms": ms(statistics.median(wall)),
                "p95_ms": ms(statistics.quantiles(wall, n=20)[-1]),
                "median_cpu_ms": ms(statistics.median(cpu)),
                "p95_cpu_ms": ms(statistics.quantiles(cpu, n=20)[-1]),
            }
        ways |= {"SQLite LIKE": like(connection, family), "pandas": pandas(table, family)}
        for kind, some in (
            ("with words", [asked for asked in searches if "words" in asked][:PEER_SEARCHES]),
            ("without words", [asked for asked in searches if "words" not in asked][:PEER_SEARCHES]),
        ):
            taken: dict[str, list[float]] = {name: [] for name in ways}
            for asked in some:
                for name, way in ways.items():
                    taken[name].append(timed(lambda way=way, asked=asked: way(asked)))
            ours = statistics.median(taken["leukonlp, with every quote"])
            figures[kind] = {
                "searches": len(some),
                "median_ms": {name: ms(statistics.median(found)) for name, found in taken.items()},
                "times_as_long": {
                    n: round(statistics.median(taken[n]) / ours, 1) for n in ("SQLite LIKE", "pandas")
                },
            }
    connection.close()
    return figures


def ms(seconds: float) -> float:
    """Return milliseconds, as they are written down."""
    return round(1000 * seconds, 2)


def main() -> int:
    """Build, measure, print, write the results and return 1 when the bound is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--studies", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    maker, rows = Maker(), []

    def noted() -> Iterator[Study]:
        for study in maker.studies(args.studies):
            rows.append(row(study))
            yield study

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "evidence.db"
        with EvidenceIndex(path, lexicon=maker.lexicon) as index:
            building = timed(lambda: index.add_many(noted(), batch=5000))
        table = pd.DataFrame(rows)
        rows.clear()  # else the garbage collector walks over them in every search
        found = measure(maker, path, table, args.rounds)
        size = path.stat().st_size
    for name in ("leukonlp, with every quote", "leukonlp, hits alone"):
        wall, last, cpu, _ = found[name].values()
        print(f"{name:28} median {wall:6.2f} ms ({cpu:.2f} ms of processor time), 95% under {last:6.2f} ms")
    for kind in ("with words", "without words"):
        for name, median in found[kind]["median_ms"].items():
            ratio = found[kind]["times_as_long"].get(name)
            print(f"{kind:14} {name:28} {median:8.2f} ms" + (f"  ({ratio} times as long)" if ratio else ""))
    built: dict[str, Any] = {"studies": args.studies, "bytes": size, "seconds_to_build": round(building, 1)}
    # Other work on the machine lengthens the wall time, not the processor time.
    built["load_average"] = [round(load, 2) for load in os.getloadavg()]
    write("search", {**built, "bound_ms": ms(BOUND), **found, "corpus_sha256": maker.digest.hexdigest()})
    return int(found["leukonlp, with every quote"]["median_ms"] >= ms(BOUND))


if __name__ == "__main__":
    sys.exit(main())
