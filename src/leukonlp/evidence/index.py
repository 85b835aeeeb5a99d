"""The evidence index: one SQLite file of studies; owns the public face and the transactions.

Opening is in :mod:`leukonlp.evidence.file`, writing in :mod:`leukonlp.evidence.writer`, finding in
:mod:`leukonlp.evidence.search`, counting in :mod:`leukonlp.evidence.status`, checking in
:mod:`leukonlp.evidence.validate`. Annotation happens elsewhere: a study comes in finished.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from leukonlp.errors import InputError
from leukonlp.evidence import (
    corrections,
    notebook,
    rows,
    search,
    status,
    store,
    trials,
    updates,
    validate,
    writer,
)
from leukonlp.evidence import query as ask
from leukonlp.evidence.concepts import Names
from leukonlp.evidence.file import IndexFile
from leukonlp.evidence.hits import Hits
from leukonlp.evidence.query import Query
from leukonlp.evidence.trials import Trial
from leukonlp.evidence.updates import Update
from leukonlp.plain import fingerprint
from leukonlp.records import Abstract, Correction, Deletion, Doubt, Study

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class EvidenceIndex(IndexFile):
    """An evidence index in one SQLite file, made when it does not exist. A context manager."""

    def __len__(self) -> int:
        with store.guarded(self.path):
            (count,) = self._connection.execute("SELECT count(*) FROM studies").fetchone()
            return int(count)

    def _repr_html_(self) -> str:
        return notebook.index(self.status())

    def has(self, abstract: Abstract, versions: rows.Versions) -> bool:
        """Tell whether annotating ``abstract`` with these ``versions`` would change nothing.

        True when the index holds the very same record made by the same versions, holds one that takes
        precedence, or was told that the record is deleted.
        """
        with store.guarded(self.path):
            if writer.buried(self._connection, abstract):
                return True
            held = writer.stored(self._connection, abstract.pmid)
        if held is None or held.precedence != writer.precedence(abstract):
            return held is not None and held.precedence > writer.precedence(abstract)
        return held[1:] == (fingerprint(abstract), rows.provenance(versions)[0])

    def add(self, study: Study) -> bool:
        """Store a study in one transaction; return False when nothing changed.

        Nothing changes when the index holds the same study already, holds a record that takes precedence,
        or was told that this one is deleted.

        Raises:
            InputError: a quote or mention does not match the text, or the text is no valid Unicode.
            IndexFileError: the file cannot be written.
        """
        return self.add_many((study,)) == 1

    def add_many(
        self,
        studies: Iterable[Study],
        *,
        batch: int = 1000,
        refused: Callable[[Study, InputError], None] | None = None,
    ) -> int:
        """Store studies, ``batch`` of them in one transaction; return how many changed the index.

        Many times as fast as :meth:`add` one by one.

        Args:
            studies: the studies, in the order in which they came.
            batch: how many to hold in memory and to store at once.
            refused: called with each study that cannot be stored, and why. Without it the first such study
                ends the call, and those before it are kept.

        Raises:
            InputError: as :meth:`add`.
            IndexFileError: as :meth:`add`.
        """
        self._writable()
        changed, waiting = 0, iter(studies)
        while group := list(itertools.islice(waiting, batch)):
            prepared, bad = writer.prepare_all(group, refused)
            with store.guarded(self.path), store.transaction(self._connection):
                changed += writer.put_all(self._connection, prepared)
            if bad is not None:
                raise bad
        return changed

    def delete(self, deletion: Deletion) -> bool:
        """Remove a record that no longer exists and keep it out; return False when that was known already.

        Raises:
            IndexFileError: the file cannot be written.
        """
        self._writable()
        with store.guarded(self.path), store.transaction(self._connection):
            return writer.bury(self._connection, deletion)

    def studies(self) -> Iterator[Study]:
        """Yield every study: PMIDs in ascending order, then local identifiers in alphabetical order.

        A study that only an indexed notice retracts carries the ``RetractionIn`` link which that implies.
        """
        with store.guarded(self.path):
            for record in search.records(self._connection):
                yield rows.revive(record)

    def search(
        self,
        words: str | None = None,
        *,
        disease: str | Sequence[str] | None = None,
        gene: str | Sequence[str] | None = None,
        therapy: str | Sequence[str] | None = None,
        phase: str | Sequence[str] | None = None,
        modality: str | Sequence[str] | None = None,
        design: str | Sequence[str] | None = None,
        year: int | tuple[int | None, int | None] | None = None,
        min_participants: int | None = None,
        max_participants: int | None = None,
        relevant: bool | None = None,
        retracted: bool | None = None,
        mentioned: bool = False,
        limit: int | None = 50,
        offset: int = 0,
        sort: str = "relevance",
    ) -> Hits:
        """Find studies that meet every condition; of several values for one condition, any one suffices.

        Args:
            words: words that all must occur (in title, abstract, keywords, names of the concepts or registry
                numbers); ``"a phrase"`` in quotes, ``OR`` between alternatives, ``leuko*`` for beginnings.
                Whatever is typed, it is no error.
            disease: id, name, synonym or abbreviation; it includes all kinds of that disease.
            gene: id, symbol, name or alias.
            therapy: id, name, code or abbreviation; a class includes its members.
            phase: label of the label scheme, such as ``"phase_2_3"``.
            modality: label, such as ``"gene_therapy"``.
            design: label, such as ``"case_series"``.
            year: one year, or ``(first, last)``, where None is open.
            min_participants: at least so many enrolled; a study that states no number does not match.
            max_participants: at most so many.
            relevant: True or False to demand it, None for both.
            retracted: True or False to demand it, None for both.
            mentioned: concepts may be mentioned anywhere, not only be what the study is about.
            limit: at most so many hits, None for all.
            offset: hits to pass over first.
            sort: ``"relevance"`` (bm25 of the words; newest first without words) or ``"year"``.

        Raises:
            InputError: a name that no concept has (with suggestions), a label that is not in the scheme,
                a bad bound or an unknown sort.
            IndexFileError: the file cannot be read.
        """
        with store.guarded(self.path):
            names = Names(self._connection, lambda: self.lexicon)
            diseases, genes = names.ids("disease", disease), names.ids("gene", gene)
            therapies = names.ids("therapy", therapy)
            query = Query(
                words=ask.words(words),
                disease=names.family(diseases),
                gene=names.family(genes),
                therapy=names.family(therapies),
                asked=tuple(filter(None, (diseases, genes, therapies))),
                phase=ask.labels("phase", phase),
                modality=ask.labels("modality", modality),
                design=ask.labels("design", design),
                year=ask.years(year),
                participants=ask.participants(min_participants, max_participants),
                relevant=relevant,
                retracted=retracted,
                mentioned=mentioned,
            )
            return search.find(self._connection, query, limit=limit, offset=offset, sort=sort)

    def status(self) -> dict[str, Any]:
        """Return counts by phase, design, modality and concept, and what made the index; plain values."""
        with store.guarded(self.path):
            return {"path": str(self.path), **status.count(self._connection)}

    def validate(self) -> list[str]:
        """Check the file, its full-text index and every quote against the text; return the problems found."""
        with store.guarded(self.path):
            return validate.problems(self._connection, readonly=self.readonly)

    def trials(self, *, at_least: int = 1) -> tuple[Trial, ...]:
        """Return trials with the studies that report them, those with most reports first.

        Studies that share a registry number are reports of one trial; reviews report none, and what lists
        several trials joins none of them (:mod:`leukonlp.evidence.views`).

        Args:
            at_least: leave out trials with fewer reports.
        """
        with store.guarded(self.path):
            return trials.find(self._connection, at_least=at_least)

    def to_pandas(self) -> pd.DataFrame:
        """Return all studies as a table, newest first, with the columns of ``Hits.to_pandas()``.

        Raises:
            SettingsError: pandas is not installed.
        """
        return self.search(limit=None).to_pandas()

    def to_arrow(self) -> pa.Table:
        """Return all studies as an Arrow table, newest first, with the columns of ``Hits.to_arrow()``.

        Raises:
            SettingsError: pyarrow is not installed.
        """
        return self.search(limit=None).to_arrow()

    def doubts(self, *, limit: int = 100) -> tuple[Doubt, ...]:
        """Return the tags of least probability that no person has judged, the least sure first."""
        with store.guarded(self.path):
            return corrections.doubts(self._connection, limit=limit)

    def correct(self, given: Iterable[Correction]) -> int:
        """Keep what persons say of tags, all or nothing; return how many studies changed.

        From now on these tags win over rules and models, also when the record is indexed again.

        Raises:
            InputError: the index holds no record of that PMID, or a label is not in the scheme.
            IndexFileError: the file cannot be written.
        """
        self._writable()
        with store.guarded(self.path), store.transaction(self._connection):
            return writer.correct(self._connection, given)

    def updates(self) -> tuple[Update, ...]:
        """Return every finished update from PubMed with what it changed, oldest first."""
        with store.guarded(self.path):
            return updates.history(self._connection)

    def updated_until(self, query: str, *, today: date) -> str | None:
        """Return the ISO date up to which updates have brought the records of a query; None without any."""
        with store.guarded(self.path):
            return updates.last(self._connection, query, today.isoformat())

    def begin_update(self, update: Update) -> None:
        """Set aside what every study says, or go on with an update that was cut short."""
        self._writable()
        with store.guarded(self.path), store.transaction(self._connection):
            updates.begin(self._connection, update)

    def finish_update(self, *, complete: bool, now: str) -> Update:
        """Compare every study with what it said when the update began; keep and return what changed."""
        self._writable()
        with store.guarded(self.path), store.transaction(self._connection):
            return updates.finish(self._connection, complete=complete, now=now)

    def pmids(self) -> frozenset[str]:
        """Return the PMIDs and local identifiers of all studies."""
        with store.guarded(self.path):
            return frozenset(pmid for (pmid,) in self._connection.execute("SELECT pmid FROM studies"))

    def from_pubmed(self) -> dict[str, int]:
        """Return PMID and version of the records that came from PubMed: those with its date of revision."""
        query = "SELECT pmid, version FROM studies WHERE id > 0 AND revised IS NOT NULL ORDER BY id"
        with store.guarded(self.path):
            return dict(self._connection.execute(query).fetchall())
