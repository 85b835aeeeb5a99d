"""Concepts and their names: what the pipeline looks for and what a search may ask for."""

from leukonlp.lexicon.concepts import ROOT, Lexicon, Name, lexicon_version, load_lexicon

__all__ = ["ROOT", "Lexicon", "Name", "lexicon_version", "load_lexicon"]
