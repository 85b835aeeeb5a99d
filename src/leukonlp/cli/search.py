"""``leukonlp search``: studies that meet every condition, each with its quote."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from leukonlp.cli import table
from leukonlp.cli.options import Commands, add_db, command
from leukonlp.cli.saying import say, warn
from leukonlp.errors import SettingsError
from leukonlp.studies.labels import DESIGNS, MODALITIES, PHASES

if TYPE_CHECKING:
    from leukonlp.evidence import EvidenceIndex, Hits
    from leukonlp.evidence.hits import Hit
    from leukonlp.lexicon import Lexicon

LIMIT = 50
FEW = 10
"""With fewer hits than this, other ways to ask are pointed out."""
_CONCEPTS = ("disease", "gene", "therapy")
_WIDTH = 100


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "search",
        run,
        help="find studies by words, disease, gene, therapy, phase, design, ...",
        description="Find studies that meet every condition; of an option given twice, either suffices.\n"
        "Each hit carries the words of the record that show why it was found. A terminal shows a table;\n"
        "a pipe or file gets plain text, and --json is for programs.",
    )
    add_db(parser)
    parser.add_argument(
        "words",
        metavar="WORDS",
        nargs="*",
        help='words that all must occur; "a phrase" in quotes, OR between alternatives, leuko* for a start',
    )
    for name, what in (
        ("disease", "a disease, with its subtypes"),
        ("gene", "a gene"),
        ("therapy", "a therapy"),
    ):
        parser.add_argument(
            f"--{name}", metavar="X", action="append", help=f"{what}: name, abbreviation or id"
        )
    for name, labels in (("phase", PHASES), ("modality", MODALITIES), ("design", DESIGNS)):
        parser.add_argument(
            f"--{name}", metavar="X", action="append", choices=labels, help=f"one of {', '.join(labels)}"
        )
    parser.add_argument("--year", metavar="YEAR", type=_years, help="2015, 2010-2020, 2010- or -2020")
    parser.add_argument(
        "--min-participants", metavar="N", type=int, help="at least N people enrolled, as stated"
    )
    parser.add_argument(
        "--max-participants", metavar="N", type=int, help="at most N people enrolled, as stated"
    )
    parser.add_argument("--relevant", action="store_true", help="only leukodystrophy studies")
    parser.add_argument("--not-retracted", action="store_true", help="leave retracted papers out")
    parser.add_argument(
        "--mentioned", action="store_true", help="concepts mentioned anywhere, not only studied"
    )
    parser.add_argument(
        "--sort", choices=("relevance", "year"), default="relevance", help="default relevance"
    )
    parser.add_argument(
        "--limit",
        metavar="N",
        type=int,
        default=LIMIT,
        help=f"most hits shown; 0 shows all (default {LIMIT})",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON array of hits instead of text")


def run(args: argparse.Namespace) -> int:
    """Search, print the hits, and return the exit code."""
    from leukonlp.evidence import EvidenceIndex

    if args.limit < 0:
        raise SettingsError(f"--limit is {args.limit}; give 1 or more, or 0 for all")
    asked = {
        "words": " ".join(args.words) or None,
        **{name: getattr(args, name) for name in (*_CONCEPTS, "phase", "modality", "design", "year")},
        "min_participants": args.min_participants,
        "max_participants": args.max_participants,
        "relevant": True if args.relevant else None,
        "retracted": False if args.not_retracted else None,
        "mentioned": args.mentioned,
    }
    with EvidenceIndex(args.db, readonly=True) as index:
        hits = index.search(**asked, limit=args.limit or None, sort=args.sort)
        hints = list(_hints(index, asked, hits.total)) if hits.total < FEW else []
    if args.json:
        print(json.dumps(hits.to_dicts(), ensure_ascii=False, indent=1))
    elif table.wanted(sys.stdout):
        table.show(hits)
    else:
        say(text(hits))
    if len(hits) < hits.total:
        warn(f"{len(hits)} of {hits.total:,} studies shown; --limit 0 shows all")
    for hint in hints:
        warn(hint)
    return 0


def _hints(index: EvidenceIndex, asked: dict[str, Any], total: int) -> Iterator[str]:
    """Other ways to ask that find more studies."""

    def more(**changes: Any) -> int:
        return index.search(**{**asked, **changes}, limit=0).total - total

    if any(asked[name] for name in _CONCEPTS) and not asked["mentioned"]:
        found = more(mentioned=True)
        if found > 0:
            verb = "mentions" if found == 1 else "mention"
            yield f"{found:,} more only {verb} what was asked for; --mentioned shows them, too"
    kinds = [kind for name in asked["therapy"] or () for kind in _kinds(index.lexicon, name)]
    if kinds and not asked["modality"]:
        found = more(therapy=None, modality=kinds) + total
        if found > total:
            noun = "study tests" if found == 1 else "studies test"
            options = " ".join(f"--modality {kind}" for kind in kinds)
            yield f"{found:,} {noun} this kind of therapy, whatever its name; {options} in place of --therapy"


def _kinds(lexicon: Lexicon, name: str) -> list[str]:
    """The modality that goes by the name of this therapy: ``hsct`` for HSCT, none for a single drug."""
    concept = lexicon.find(name, "therapy") or lexicon.find(name.upper(), "therapy")
    if concept is None:
        return []
    names = [
        each.lower().replace(" ", "_") for each in (concept.name, *concept.synonyms, *concept.abbreviations)
    ]
    return [kind for kind in concept.modality if any(each.startswith(kind) for each in names)]


def text(hits: Hits) -> str:
    """Return the hits as people read them."""
    noun = "study" if hits.total == 1 else "studies"
    return "\n\n".join([f"{hits.total:,} {noun}", *(_hit(n, hit) for n, hit in enumerate(hits, start=1))])


def _hit(number: int, hit: Hit) -> str:
    row = hit.to_dict()
    labels = [row["phase"], row["design"], *row["modality"]]
    facts = [hit.year, *labels, f"n={row['n_enrolled']}" if row["n_enrolled"] is not None else None]
    flag = "RETRACTED " if hit.retracted else ""
    head = f"{number}. {flag}PMID {hit.pmid} | " + " | ".join(str(fact) for fact in facts if fact is not None)
    why = [_wrapped(f"found by {'; '.join(hit.why)}")] if hit.why else []
    return "\n".join([head, _wrapped(hit.title), *why, _wrapped(f"“{hit.quote.text}”")])


def _wrapped(words: str) -> str:
    return textwrap.fill(words, _WIDTH, initial_indent="   ", subsequent_indent="   ")


def _years(value: str) -> int | tuple[int | None, int | None]:
    first, dash, last = value.partition("-")
    try:
        if not dash:
            return int(first)
        years = (int(first) if first else None, int(last) if last else None)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{value!r} is no year; give 2015, 2010-2020, 2010- or -2020"
        ) from None
    if years == (None, None) or (years[0] is not None and years[1] is not None and years[0] > years[1]):
        raise argparse.ArgumentTypeError(f"{value!r} holds no year; give 2015, 2010-2020, 2010- or -2020")
    return years
