"""Studies as an Excel workbook; owns its looks. Columns and values are those of the tables.

Every text is written as text: nothing that a title begins with becomes a formula or a link, so cells need no
apostrophe as they do in CSV.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO

from leukonlp.errors import InputError
from leukonlp.records import Study
from leukonlp.report.tables import COLUMNS, row

_LONE = re.compile("[\ud800-\udfff]")
_MOST_CHARACTERS = 32_767
"""What Excel keeps of one cell."""
_MOST_ROWS = 1_048_575
_WIDTHS = {"title": 60, "abstract": 40, "pmid": 12}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def need_xlsxwriter() -> Any:
    """Return XlsxWriter.

    Raises:
        InputError: it is not installed; names the extra that brings it.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise InputError(
            "format 'xlsx' needs XlsxWriter, which is not installed; pip install 'leukonlp[xlsx]'"
        ) from error
    return xlsxwriter


def write_xlsx(studies: Iterable[Study], file: BinaryIO) -> None:
    """Write one sheet, ``studies``, with a header that stays and filters; lists joined with ``; ``.

    Raises:
        InputError: XlsxWriter is not installed, or there are more studies than a sheet has rows.
    """
    packed = BytesIO()  # a full disk would leave zipfile an archive that fails again when it is dropped
    book = need_xlsxwriter().Workbook(packed, _OPTIONS)
    # The time of writing would make equal contents unequal files.
    book.set_properties({"title": "leukonlp evidence index", "created": datetime(1980, 1, 1)})
    sheet = book.add_worksheet("studies")
    bold = book.add_format({"bold": True})
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS.get(name, 18))
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 2)
    number = 0
    for number, study in enumerate(studies, start=1):
        if number > _MOST_ROWS:
            raise InputError(f"a sheet holds {_MOST_ROWS:,} studies and no more; use format csv or parquet")
        for column, value in enumerate(row(study).values()):
            _write(sheet, number, column, value)
    sheet.autofilter(0, 0, number, len(COLUMNS) - 1)
    book.close()
    file.write(packed.getbuffer())


def _write(sheet: Any, number: int, column: int, value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(number, column, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(number, column, value)
    elif value:
        sheet.write_string(number, column, _text(value))


def _text(value: str | list[str]) -> str:
    text = _LONE.sub("\ufffd", value if isinstance(value, str) else "; ".join(value))
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + "…"
