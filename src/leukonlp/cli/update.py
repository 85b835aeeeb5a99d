"""``leukonlp update``: what is new or changed in PubMed since last time."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from leukonlp.cli.options import Commands, add_db, add_settings, command, settings_of
from leukonlp.cli.progress import Progress, list_failures
from leukonlp.cli.saying import say, warn

if TYPE_CHECKING:
    from leukonlp.evidence.updates import Change, Update
    from leukonlp.workflow.updating import UpdateSummary

_MOST = 100
"""Studies of one kind that are printed; ``--json`` and the table ``changes`` have all."""
_SHOWN = ("phase", "design", "modality", "diseases", "n_enrolled")


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = command(
        commands,
        "update",
        run,
        help="bring an index up to date with PubMed, and tell what changed",
        description="Fetch the records of a corpus that are new or revised since the last update, index\n"
        "them, take out what PubMed deleted, mark what was retracted, and print what changed: a job\n"
        "that runs each month can mail it. The changes are kept in the index, and the raw records\n"
        "beside it. The same command again goes on where a stopped run was.",
    )
    add_db(parser, help="the evidence index; made when absent")
    parser.add_argument(
        "--corpus",
        metavar="FILE.toml",
        required=True,
        help="a corpus definition (query, dates, filters), or the name of a packaged one: leukodystrophy",
    )
    parser.add_argument(
        "--since",
        metavar="YYYY-MM-DD",
        type=_day,
        help="ask for what is new or revised since this day; needed only once, for an index that holds "
        "all earlier records already",
    )
    parser.add_argument("--email", metavar="YOU@EXAMPLE.ORG", help="your address, which NCBI asks for")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    add_settings(parser)
    parser.set_defaults(resumes=True)


def run(args: argparse.Namespace) -> int:
    """Update, print what changed, and return the exit code: 1 when records are missing or failed."""
    from leukonlp.workflow.updating import update_index

    settings = settings_of(args, email=args.email)
    with Progress("read") as progress:
        done = update_index(args.db, args.corpus, settings=settings, since=args.since, progress=progress)
    for message in done.messages:
        warn(message)
    if args.json:
        print(json.dumps(_plain(done), ensure_ascii=False, indent=1))
    else:
        say("\n".join([f"{args.db}: {_head(done)}", *_lines(done.update.changes)]))
    failed = list_failures(done.failures, done.errors)
    return failed or (0 if done.update.complete else 1)


def _head(done: UpdateSummary) -> str:
    since = f" since {done.update.since}" if done.update.since else ""
    counts = {kind: len(groups) for kind, groups in _by_study(done.update).items()}
    told = ", ".join(f"{number:,} {kind}" for kind, number in counts.items() if number) or "nothing changed"
    return f"{told}{since} (fetched {done.fetched})"


def _by_study(update: Update) -> dict[str, list[list[Change]]]:
    """The changes of each study, by kind; a retraction is a kind of its own."""
    found: dict[str, list[list[Change]]] = {"new": [], "changed": [], "retracted": [], "deleted": []}
    for _, group in groupby(update.changes, key=lambda change: change.pmid):
        changes = list(group)
        gone = any(c.field == "retracted" and c.after == "true" for c in changes)
        found["retracted" if gone else changes[0].kind].append(changes)
    return found


def _lines(changes: Sequence[Change]) -> Iterator[str]:
    shown: dict[str, int] = {}
    for _, group in groupby(changes, key=lambda change: (change.kind, change.pmid)):
        first, *others = group
        shown[first.kind] = shown.get(first.kind, 0) + 1
        if shown[first.kind] > _MOST:
            continue
        yield f"{first.kind:<8} PMID {first.pmid} | {first.title}"
        yield from (f"         {line}" for change in (first, *others) for line in _said(change))
    for kind, number in shown.items():
        if number > _MOST:
            yield f"... and {number - _MOST:,} more {kind}; --json lists all"


def _said(change: Change) -> Iterator[str]:
    if change.kind == "changed":
        yield f"{change.field}: {change.before or 'none'} -> {change.after or 'none'}"
    elif change.after:
        tags = json.loads(change.after)
        said = " | ".join(
            f"n={tags[name]}" if name == "n_enrolled" else tags[name] for name in _SHOWN if name in tags
        )
        if said:
            yield said


def _plain(done: UpdateSummary) -> dict[str, Any]:
    update = done.update
    kinds = _by_study(update)
    return {
        **{
            key: getattr(update, key) for key in ("corpus", "query", "since", "until", "finished", "complete")
        },
        "fetched": done.fetched,
        **{kind: [_study(changes) for changes in groups] for kind, groups in kinds.items()},
        "messages": list(done.messages),
        "failures": [failure.to_dict() for failure in done.failures],
    }


def _study(changes: Sequence[Change]) -> dict[str, Any]:
    first = changes[0]
    told: dict[str, Any] = {"pmid": first.pmid, "title": first.title}
    if first.kind == "changed":
        fields = [{"field": c.field, "before": c.before, "after": c.after} for c in changes]
        return {**told, "changes": fields}
    return {**told, "tags": json.loads(first.after or first.before or "{}")}


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is no day; give it as 2026-01-31") from None
