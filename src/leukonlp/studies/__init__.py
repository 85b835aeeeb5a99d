"""Study tags and facts by rule: a record and its mentions in, a ``Study`` out; knows no spaCy and no SQL.

Only the labels come with the package; ``assess``, and the patterns of all rules, with its first use.
"""

from typing import TYPE_CHECKING, Any

from leukonlp.studies.labels import (
    DESIGNS,
    LABEL_SCHEME,
    MODALITIES,
    PHASES,
    STAGES,
    Design,
    Modality,
    Phase,
    Stage,
    phase_rank,
)

if TYPE_CHECKING:
    from leukonlp.studies.assessment import assess

__all__ = [
    "DESIGNS",
    "LABEL_SCHEME",
    "MODALITIES",
    "PHASES",
    "STAGES",
    "Design",
    "Modality",
    "Phase",
    "Stage",
    "assess",
    "phase_rank",
]


def __getattr__(name: str) -> Any:
    if name == "assess":
        from leukonlp.studies.assessment import assess

        return assess
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
