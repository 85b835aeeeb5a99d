"""Study tags and facts by rule: a record and its mentions in, a ``Study`` out; knows no spaCy and no SQL."""

from leukonlp.studies.assess import assess
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
