"""Studies as PubTator; owns its layout, keeps every offset.

A line break or tab inside the text, which the format cannot hold, is replaced by one space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

from leukonlp.records import Study

_BREAK = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSAFE = re.compile("[\x00\ud800-\udfff]")


def write_pubtator(studies: Iterable[Study], file: BinaryIO) -> None:
    """Write PubTator: ``id|t|title``, ``id|a|abstract``, then one tab-separated line a mention."""
    for study in studies:
        text, size = _flat(study.text), len(study.title)
        name = re.sub(r"[|\s]+", "_", _flat(study.pmid))
        lines = [f"{name}|t|{text[:size]}", f"{name}|a|{text[size + 1 :]}"]
        for m in study.mentions:
            fields = (name, str(m.start), str(m.end), text[m.start : m.end], m.type.capitalize())
            lines.append("\t".join((*fields, _flat(m.concept or "-"))))
        file.write(("\n".join(lines) + "\n\n").encode())


def _flat(text: str) -> str:
    return _UNSAFE.sub("\ufffd", _BREAK.sub(" ", text))
