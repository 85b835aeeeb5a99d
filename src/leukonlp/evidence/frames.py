"""Rows of hits as tables of pandas and Arrow; owns the types of the columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from leukonlp.errors import SettingsError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

COLUMNS = (
    *("pmid", "title", "year", "journal", "doi", "pmcid", "phase", "design", "modality"),
    *("diseases", "genes", "therapies", "concepts", "nct", "n_enrolled", "follow_up_months"),
    *("retracted", "score", "quote", "quote_start", "quote_end", "why"),
)
"""Keys of :meth:`Hit.to_dict`; ``concepts`` are the names of diseases, genes and therapies, in that order."""
_LISTS = ("modality", "diseases", "genes", "therapies", "concepts", "nct", "why")
_INTEGERS = ("year", "quote_start", "quote_end")
_NUMBERS = ("n_enrolled", "follow_up_months", "score")


def pandas(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return the rows as a pandas table.

    Raises:
        SettingsError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise SettingsError(
            "to_pandas() needs pandas, which is not installed; `pip install pandas`, or use to_dicts()"
        ) from error
    return pd.DataFrame(rows, columns=list(COLUMNS))


def arrow(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Return the rows as an Arrow table, its columns typed even where all values are missing.

    Raises:
        SettingsError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        raise SettingsError(
            "to_arrow() needs pyarrow, which is not installed; `pip install 'leukonlp[parquet]'`, "
            "or use to_dicts()"
        ) from error
    types = {
        **{name: pa.string() for name in COLUMNS},
        **{name: pa.list_(pa.string()) for name in _LISTS},
        **{name: pa.int64() for name in _INTEGERS},
        **{name: pa.float64() for name in _NUMBERS},
        "retracted": pa.bool_(),
    }
    return pa.Table.from_pylist(list(rows), schema=pa.schema(list(types.items())))
