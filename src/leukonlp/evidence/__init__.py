"""The evidence index: studies in one SQLite file, searchable, each answer with its quote.

Owns SQL, which appears nowhere else. Reads no source and annotates nothing: finished studies come in.
"""

from leukonlp.evidence.hits import Hit, Hits
from leukonlp.evidence.index import EvidenceIndex

__all__ = ["EvidenceIndex", "Hit", "Hits"]
