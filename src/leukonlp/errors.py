"""Every error a user can meet, as one tree.

::

    LeukonlpError
    ├── InputError        a file, record or value that cannot be read (also ValueError)
    ├── SettingsError     a setting or argument outside what is allowed (also ValueError)
    ├── LexiconError      the lexicon's tables contradict themselves (also ValueError)
    ├── FetchError        PubMed could not be reached, or refused
    │   └── QueryError    PubMed understood the request and rejected the query
    ├── IndexFileError    an evidence index that is corrupt, locked, foreign or too new
    └── ModelError        a trained model that is missing, damaged, tampered with or made by another version

A message names the value found, the values allowed and the cure.
"""


class LeukonlpError(Exception):
    """Base of all errors that leukonlp raises on purpose."""


class InputError(LeukonlpError, ValueError):
    """A file, record or value that cannot be read."""


class SettingsError(LeukonlpError, ValueError):
    """A setting or argument outside what is allowed."""


class LexiconError(LeukonlpError, ValueError):
    """The lexicon's tables contradict themselves."""


class FetchError(LeukonlpError):
    """PubMed could not be reached, or gave no usable answer before the deadline."""


class QueryError(FetchError):
    """PubMed understood the request and rejected the query."""


class IndexFileError(LeukonlpError):
    """An evidence index that is corrupt, locked, foreign or written by a newer version."""


class ModelError(LeukonlpError):
    """A trained model that is missing, damaged, tampered with, or does not fit the version that reads it."""
