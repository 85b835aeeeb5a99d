"""An open index file: opening, closing, and the right to write; owns the lifetime, knows no study."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from leukonlp.errors import IndexFileError
from leukonlp.evidence import store
from leukonlp.evidence.concepts import refill

if TYPE_CHECKING:
    from leukonlp.lexicon import Lexicon

Self = TypeVar("Self", bound="IndexFile")


class IndexFile:
    """One SQLite file, made when it does not exist. A context manager."""

    def __init__(
        self,
        path: str | Path,
        *,
        readonly: bool = False,
        lexicon: Lexicon | None = None,
        timeout: float = 30.0,
    ) -> None:
        """Open the index.

        Args:
            path: the file.
            readonly: open for searching only; the file must exist.
            lexicon: names and ancestors of the concepts; None for the packaged one, read when first needed.
            timeout: seconds to wait for another process that writes.

        Raises:
            IndexFileError: the file is missing (read-only), corrupt, locked, foreign or of a newer version.
        """
        self.path = Path(path)
        self.readonly = readonly
        self._lexicon = lexicon
        self._filled = False
        self._open: sqlite3.Connection | None = store.connect(self.path, readonly=readonly, timeout=timeout)

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Move the log into the file and close it; a second call does nothing."""
        if self._open is not None:
            connection, self._open = self._open, None
            with store.guarded(self.path):
                store.close(connection, readonly=self.readonly)

    @property
    def lexicon(self) -> Lexicon:
        """Names and ancestors of the concepts."""
        if self._lexicon is None:
            from leukonlp.lexicon import load_lexicon

            self._lexicon = load_lexicon()
        return self._lexicon

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            raise IndexFileError(f"{self.path} is closed; open it again with EvidenceIndex(path)")
        return self._open

    def _writable(self) -> None:
        if self.readonly:
            raise IndexFileError(f"{self.path} is open for reading only; open it without readonly=True")
        if not self._filled:
            with store.guarded(self.path):
                refill(self._connection, self.lexicon)
            self._filled = True
