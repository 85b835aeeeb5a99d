"""PubMed records in, a searchable and quotable index of leukodystrophy treatment studies out.

Importing this reads nothing, writes nothing and logs nothing; what is heavy loads when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from leukonlp.config import Settings, load_settings
from leukonlp.errors import (
    FetchError,
    IndexFileError,
    InputError,
    LeukonlpError,
    LexiconError,
    QueryError,
    SettingsError,
)
from leukonlp.records import (
    Abstract,
    Accession,
    Concept,
    Correction,
    Deletion,
    Fact,
    Failure,
    Link,
    Mention,
    MeshHeading,
    Qualifier,
    Quote,
    Section,
    Study,
    Tag,
    Term,
)

if TYPE_CHECKING:
    from leukonlp.evidence import EvidenceIndex
    from leukonlp.lexicon import Lexicon, load_lexicon
    from leukonlp.pipeline.display import show
    from leukonlp.workflow.library import annotate, load, read

__version__ = "0.1.0"

__all__ = [
    "Abstract",
    "Accession",
    "Concept",
    "Correction",
    "Deletion",
    "EvidenceIndex",
    "Fact",
    "Failure",
    "FetchError",
    "IndexFileError",
    "InputError",
    "LeukonlpError",
    "Lexicon",
    "LexiconError",
    "Link",
    "Mention",
    "MeshHeading",
    "Qualifier",
    "QueryError",
    "Quote",
    "Section",
    "Settings",
    "SettingsError",
    "Study",
    "Tag",
    "Term",
    "annotate",
    "load",
    "load_lexicon",
    "load_settings",
    "read",
    "show",
]

_LAZY = {
    "EvidenceIndex": "leukonlp.evidence",
    "Lexicon": "leukonlp.lexicon",
    "annotate": "leukonlp.workflow.library",
    "load": "leukonlp.workflow.library",
    "load_lexicon": "leukonlp.lexicon",
    "read": "leukonlp.workflow.library",
    "show": "leukonlp.pipeline.display",
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_LAZY[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
