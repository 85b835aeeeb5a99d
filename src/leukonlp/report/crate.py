"""RO-Crate metadata of a whole run; owns the vocabulary, opens no file and asks no clock.

The root data set lists the files of the crate. One ``CreateAction`` for each set of versions that made
studies names program, models, lexicon, rules and labels, as the Process Run Crate profile asks for; updates
from PubMed are actions of their own, with query and dates.
https://www.researchobject.org/ro-crate/specification/1.1/, https://w3id.org/ro/wfrun/process/0.5
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Entity: TypeAlias = dict[str, Any]

METADATA = "ro-crate-metadata.json"
"""Name of the file that makes a folder a crate."""
_SPECIFICATION = "https://w3id.org/ro/crate/1.1"
_PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
_PROGRAM = "leukonlp"
_RIGHTS = (
    "Titles, abstracts and quotes belong to their publishers and come from PubMed under the terms of the "
    "National Library of Medicine; tags and facts were found by leukonlp."
)


@dataclass(frozen=True, slots=True)
class CrateFile:
    """A file of the crate, beside its metadata."""

    name: str
    size: int
    """Bytes."""
    sha256: str
    media_type: str
    description: str


def metadata(
    files: Sequence[CrateFile], *, status: Mapping[str, Any], updates: Sequence[Mapping[str, Any]], made: str
) -> Entity:
    """Return the content of ``ro-crate-metadata.json``.

    Args:
        files: what lies in the folder.
        status: what ``EvidenceIndex.status()`` gives.
        updates: what ``EvidenceIndex.updates()`` gives: dates, corpus and query of each.
        made: ISO date on which the crate is made.
    """
    parts = [_file(file) for file in files]
    made_by = list(_made_by(status["made_by"], parts))
    programs = [_reference(thing) for thing in made_by if thing["name"] == _PROGRAM]
    context = [*made_by, *_updates(updates, programs)]
    actions = [entity for entity in context if entity["@type"] == "CreateAction"]
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": "leukonlp evidence index",
        "description": _description(status),
        "datePublished": made,
        "license": {"@id": "#rights"},
        "conformsTo": {"@id": _PROFILE},
        "hasPart": [_reference(part) for part in parts],
        "mentions": [_reference(action) for action in actions],
    }
    graph: list[Entity] = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _SPECIFICATION},
        },
        root,
        *parts,
        {"@id": _PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
        {"@id": "#rights", "@type": "CreativeWork", "name": "Rights", "description": _RIGHTS},
        *context,
    ]
    unique = {entity["@id"]: entity for entity in reversed(graph)}
    return {"@context": f"{_SPECIFICATION}/context", "@graph": list(reversed(unique.values()))}


def _description(status: Mapping[str, Any]) -> str:
    first, last = status["years"]
    years = f", published {first} to {last}" if first else ""
    return (
        f"{status['studies']:,} studies from PubMed records{years}, {status['relevant']:,} of them on "
        "leukodystrophies, with mentions, tags and facts and the words of the record behind each."
    )


def _file(file: CrateFile) -> Entity:
    return {
        "@id": file.name,
        "@type": "File",
        "name": file.name,
        "description": file.description,
        "encodingFormat": file.media_type,
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def _made_by(sets: Sequence[Mapping[str, Any]], parts: Sequence[Entity]) -> Iterator[Entity]:
    """Yield an action for each set of versions, after the things that it used."""
    for number, versions in enumerate(sets, start=1):
        used = [_thing(name, str(v)) for name, v in versions.items() if name != "studies"]
        yield from used
        programs = [thing for thing in used if thing["@type"] == "SoftwareApplication"]
        yield {
            "@id": f"#annotation-{number}",
            "@type": "CreateAction",
            "name": f"Annotation of {versions['studies']:,} studies",
            "instrument": [_reference(thing) for thing in programs],
            "object": [_reference(thing) for thing in used if thing not in programs],
            "result": [_reference(part) for part in parts],
        }


def _thing(name: str, version: str) -> Entity:
    program = name == _PROGRAM or name.startswith("models.")
    key = "softwareVersion" if program else "version"
    kind = "SoftwareApplication" if program else "CreativeWork"
    words = name.removeprefix("models.") if program else f"{name} of leukonlp"
    return {"@id": f"#{name}-{version}", "@type": kind, "name": words, key: version}


def _updates(updates: Sequence[Mapping[str, Any]], programs: Sequence[Entity]) -> Iterator[Entity]:
    for number, update in enumerate(updates, start=1):
        query = f"#query-{number}"
        yield {
            "@id": query,
            "@type": "CreativeWork",
            "name": f"PubMed query of the corpus {update['corpus']}",
            "text": update["query"],
        }
        yield {
            "@id": f"#update-{number}",
            "@type": "CreateAction",
            "name": f"Update from PubMed, {update['since'] or 'the beginning'} to {update['until']}",
            "endTime": update["finished"],
            "instrument": programs,
            "object": [{"@id": query}],
        }


def _reference(entity: Entity) -> Entity:
    return {"@id": entity["@id"]}
