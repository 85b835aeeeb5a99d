"""How right is leuko_ner: on the test splits of seven corpora, and on leukodystrophy records?

Three questions, all with the gold standards and the scores of the package itself:

- ``corpora``: the model alone on each test split, strict precision, recall and F1 with 95% bootstrap
  intervals over documents, by type and over all types, beside the bounds and the figures that others
  published for the same test sets.
- ``leukodystrophy``: disease mentions in the NCBI-disease documents, of all splits, that are marked as
  leukodystrophy records in the shared PubMed records. Training leaves them out of everything: labels,
  word vectors and development. The lexicon alone, the model alone, and both as the pipeline joins them,
  with the errors by kind; ``commonest`` says how often the commonest strings of a kind recur, not which.
- ``out_of_reach``: mentions that start or end inside a token, so that no tagger of these tokens can be right,
  with leuko_ner's tokenizer, scispaCy's, scispaCy's with our extra infixes, and spaCy's. All splits.

``--seeds`` adds mean and spread of F1 over the seeds of a training, from the scores that
``leukonlp train ner`` writes beside each pipeline.

    python benchmarks/ner.py [--shared ../shared/data] [--model leuko_ner] [--seeds FOLDER]
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")  # before NumPy comes in

import spacy

from leukonlp.config import Settings
from leukonlp.errors import InputError, LeukonlpError
from leukonlp.packaged import model as packaged_model
from leukonlp.pipeline.recogniser.tokenizer import places_of
from leukonlp.pipeline.tokens import scientific_tokenizer
from leukonlp.scoring import MentionScore, mentions, read_gold
from leukonlp.workflow.gold import CORPUS_TYPES
from leukonlp.workflow.mention_scores import score_mentions
from leukonlp.workflow.predictions import finder
from leukonlp.workflow.training import TESTS
from lexicon import percent, rounded, span
from recording import sha256, write

ROOT = Path(__file__).resolve().parents[1]
ALL = "all"
BOUNDS = {
    ("ncbi-disease", "disease"): 0.84,
    ("bc5cdr", ALL): 0.865,
    ("bc2gm", "gene"): 0.80,
    ("nlm-gene", "gene"): 0.85,
    ("biored", "disease"): 0.80,
    ("biored", "gene"): 0.86,
    ("biored", "chemical"): 0.86,
}
"""Strict F1 on the test split, by corpus and type."""
PUBLISHED = {
    ("ncbi-disease", "disease"): {"BERN2": 0.886, "scispaCy md": 0.8165},
    ("bc5cdr", ALL): {"best in the scispaCy paper": 0.8969, "scispaCy md": 0.8392, "its release": 0.8428},
    ("bc2gm", "gene"): {"PubMedBERT": 0.845, "scispaCy md": 0.783},
    ("biored", ALL): {"AIONER": 0.9126},
    ("biored", "disease"): {"AIONER": 0.8807},
    ("biored", "gene"): {"AIONER": 0.924},
    ("biored", "chemical"): {"AIONER": 0.9098},
}
"""As printed by their authors; AIONER's over six types, of which leuko_ner has three."""
BOUND_LEUKO = 0.90
BOUND_REACH = 0.005
JOINED, FINE = "lexicon and model", "leuko_ner's"

Places = Callable[[str], Sequence[tuple[int, int]]]
"""Start and end of every token of a text."""


def model_folder(name: str) -> Path:
    """Return the folder of a model: ``name`` itself, or a packaged model.

    Raises:
        InputError: it is neither.
        ModelError: a packaged model is damaged.
    """
    return Path(name) if Path(name).is_dir() else packaged_model(name)


def model_facts(folder: Path) -> dict[str, Any]:
    """Return name, version, size and hash of a model, so that two results can be compared.

    Raises:
        InputError: the folder holds no model.
    """
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"{folder} holds no spaCy pipeline ({error.strerror}); train it with `leukonlp train ner`"
        ) from error
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        "name": meta["name"],
        "version": meta["version"],
        "megabytes": round(sum(path.stat().st_size for path in files) / 1e6, 2),
        "sha256": sha256(files),
    }


def leukodystrophy_pmids(records: Path) -> set[str]:
    """Return the PMIDs of the shared records that are marked as leukodystrophy records."""
    with gzip.open(records, "rt", encoding="utf-8") as lines:
        return {str(row["pmid"]) for row in map(json.loads, lines) if row["leuko"]}


def corpora(golds: Sequence[Path], model: str) -> dict[str, Any]:
    """Return the rates of the model alone on the test splits, beside bounds and published figures."""
    scores = score_mentions(golds, model=model, splits=("test",), commonest=0, settings=Settings())
    found: dict[str, Any] = {}
    for name, score in scores.items():
        rates = dict(score.strict.by_type)
        if len(rates) > 1:
            rates[ALL] = score.strict.overall
        found[name] = {
            "documents": score.strict.n_documents,
            "left_out": score.n_left_out,
            "strict": {
                kind: {
                    **rate.to_dict(),
                    "bound": BOUNDS.get((name, kind)),
                    "published": PUBLISHED.get((name, kind), {}),
                }
                for kind, rate in rates.items()
            },
        }
    return found


def leukodystrophy(gold: Path, pmids: set[str], model: str) -> dict[str, Any]:
    """Return disease scores on the leukodystrophy records of a gold standard, for three ways to find them."""
    documents = {n: d for n, d in read_gold(gold, types=CORPUS_TYPES, slips=[]).items() if n in pmids}
    texts = {name: text for name, (text, _) in documents.items()}
    truth = {name: spans for name, (_, spans) in documents.items()}
    ways = {
        "lexicon alone": finder(None, None, Settings(ner=())),
        "model alone": finder(None, model, Settings()),
        JOINED: finder(None, None, Settings(ner=(model,))),
    }
    found: dict[str, Any] = {"documents": len(texts), "gold_mentions": 0, "bound": BOUND_LEUKO}
    for way, find in ways.items():
        diseases = {name: [s for s in spans if s.type == "disease"] for name, spans in find(texts).items()}
        score = mentions(texts, truth, diseases, commonest=5)
        found["gold_mentions"] = score.strict.overall.n_gold
        found[way] = {
            "strict": score.strict.overall.to_dict(),
            "partial": score.partial.overall.to_dict(),
            "errors": errors(score),
        }
    return found


def errors(score: MentionScore) -> dict[str, Any]:
    """Return how many errors of each kind there are, and how often the commonest strings recur."""
    return {
        kind: {"n": score.errors.n(kind), "commonest": [string.n for string in strings]}
        for kind, strings in score.errors.commonest.items()
    }


def tokenizers() -> dict[str, Places]:
    """Return the four tokenizers."""
    from scispacy.custom_tokenizer import combined_rule_tokenizer

    scispacy, ours = spacy.blank("en"), spacy.blank("en")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of a character class in scispaCy's own pattern
        scispacy.tokenizer = combined_rule_tokenizer(scispacy)
    ours.tokenizer = scientific_tokenizer(ours)

    def of(tokenizer: Any) -> Places:
        return lambda text: [(token.idx, token.idx + len(token)) for token in tokenizer(text)]

    return {
        FINE: places_of,
        "scispaCy's and our infixes": of(ours.tokenizer),
        "scispaCy's": of(scispacy.tokenizer),
        "spaCy's": of(spacy.blank("en").tokenizer),
    }


def out_of_reach(golds: Sequence[Path]) -> dict[str, Any]:
    """Return for each corpus the share of mentions with a border inside a token, by tokenizer."""
    cutters = tokenizers()
    found: dict[str, Any] = {}
    for path in golds:
        lost = dict.fromkeys(cutters, 0)
        total = 0
        for text, spans in read_gold(path, types=CORPUS_TYPES, slips=[]).values():
            wanted = {(s.start, s.end) for s in spans}
            total += len(wanted)
            for name, places in cutters.items():
                starts, ends = (set(side) for side in zip(*places(text), strict=True))
                lost[name] += sum(start not in starts or end not in ends for start, end in wanted)
        rates = {name: {"n": n, "rate": n / total} for name, n in lost.items()}
        found[path.name.split(".")[0]] = {"mentions": total, **rates}
    return found


def over_seeds(folder: Path) -> dict[str, Any]:
    """Return mean, standard deviation and range of strict F1 over the seeds, by corpus and type.

    Raises:
        InputError: the folder holds no scores.
    """
    files = sorted(folder.glob("seed-*.json"))
    if not files:
        raise InputError(f"{folder} holds no seed-*.json; `leukonlp train ner --out` names the folder")
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    found: dict[str, Any] = {"seeds": [path.stem for path in files]}
    for name in TESTS:
        given = [run[name] for run in runs if name in run]
        types = given[0]["by_type"] if given else {}
        kinds = {kind: [run["by_type"][kind]["f1"] for run in given] for kind in types}
        if len(kinds) > 1:
            kinds[ALL] = [run["overall"]["f1"] for run in given]
        found[name] = {kind: spread(f1) for kind, f1 in kinds.items()}
    return found


def spread(f1: Sequence[float | None]) -> dict[str, Any]:
    """Return how F1 varies from seed to seed."""
    values = [value or 0.0 for value in f1]  # a seed that finds nothing has no precision; it counts as 0
    return {
        "mean": statistics.fmean(values),
        "stdev": statistics.stdev(values) if len(values) > 1 else None,
        "least": min(values),
        "most": max(values),
    }


def missed(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each bound that is not kept."""
    for (name, kind), bound in BOUNDS.items():
        rate = found["corpora"].get(name, {}).get("strict", {}).get(kind)
        if rate is not None and (rate["f1"] or 0) < bound:
            yield f"{name} test, {kind}: strict F1 {rate['f1'] or 0:.4f} is below {bound}"
    leuko = found["leukodystrophy"][JOINED]["strict"]["f1"] or 0
    if leuko < BOUND_LEUKO:
        yield f"leukodystrophy records, {JOINED}: strict F1 {leuko:.4f} is below {BOUND_LEUKO}"
    for name, row in found["out_of_reach"].items():
        if row[FINE]["rate"] > BOUND_REACH:
            yield (
                f"{name}: {row[FINE]['n']} of {row['mentions']} mentions are out of reach of "
                f"{FINE} tokens, more than {100 * BOUND_REACH}%"
            )


def show(found: Mapping[str, Any]) -> None:
    """Print the figures."""
    print("strict, test splits, the model alone")
    for name, corpus in found["corpora"].items():
        for kind, rate in corpus["strict"].items():
            beside = "".join(f"  {who} {percent(f1)}" for who, f1 in rate["published"].items())
            bound = "" if rate["bound"] is None else f"  bound {percent(rate['bound'])}"
            print(f"  {name:14} {kind:9} {figures(rate)}  n = {rate['n_gold']}{bound}{beside}")
    leuko = found["leukodystrophy"]
    n, of = leuko["documents"], leuko["gold_mentions"]
    print(f"leukodystrophy records of NCBI-disease (n = {n} documents, {of} mentions)")
    for way, score in leuko.items():
        if isinstance(score, dict):
            kinds = ", ".join(f"{e['n']} {kind}" for kind, e in score["errors"].items())
            print(f"  {way:18} strict  {figures(score['strict'])}")
            print(f"  {'':18} partial {figures(score['partial'])}  errors: {kinds}")
    print("mentions out of reach of a token border, percent, all splits")
    for name, row in found["out_of_reach"].items():
        shares = "  ".join(f"{w} {100 * s['rate']:.2f}" for w, s in row.items() if isinstance(s, dict))
        print(f"  {name:14} {shares}  n = {row['mentions']}")
    for name, kinds in found.get("seeds", {}).items():
        if name != "seeds":
            shares = "  ".join(
                f"{kind} {percent(v['mean'])} ({100 * v['least']:.1f}-{100 * v['most']:.1f})"
                for kind, v in kinds.items()
            )
            print(f"  {len(found['seeds']['seeds'])} seeds, mean F1 (range): {name:14} {shares}")


def figures(rate: Mapping[str, Any]) -> str:
    """Return precision, recall and F1 with their intervals, as percent."""
    return "  ".join(
        f"{letter} {percent(rate[key])} {span(rate[f'{key}_interval']):13}"
        for letter, key in (("P", "precision"), ("R", "recall"), ("F1", "f1"))
    )


def main() -> int:
    """Score, print, write the results and return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--model", default="leuko_ner", help="a packaged model or a folder")
    parser.add_argument("--seeds", type=Path, help="folder of seed-*.json, as `leukonlp train ner` writes it")
    args = parser.parse_args()
    golds = [args.shared / "ner" / f"{name}.jsonl.gz" for name in TESTS]
    records = args.shared / "pubmed" / "records.jsonl.gz"
    absent = [path for path in (*golds, records) if not path.is_file()]
    if absent:
        print(f"not measured: {absent[0]} is absent; name the folder of the real data with --shared")
        return 0
    try:
        found: dict[str, Any] = {"model": model_facts(model_folder(args.model))}
        if args.seeds is not None:
            found["seeds"] = over_seeds(args.seeds)
        found["corpora"] = corpora(golds, args.model)
        found["leukodystrophy"] = leukodystrophy(golds[0], leukodystrophy_pmids(records), args.model)
        found["out_of_reach"] = out_of_reach(golds)
    except LeukonlpError as error:
        print(f"not measured: {error}")
        return 1
    show(found)
    broken = list(missed(found))
    result = {**rounded(found), "bound_out_of_reach": BOUND_REACH, "missed": broken}
    write("ner", result, corpus=[*golds, records])
    print("\n".join(f"bound missed: {line}" for line in broken) or "all bounds are kept")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
