"""Unlabelled text: for word vectors, and abstracts for a teacher to label."""

from __future__ import annotations

import gzip
import json
import lzma
import random
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from leukonlp.errors import InputError
from leukonlp.pipeline.recogniser.tokenizer import WORD

_WORDS = re.compile(WORD)
_SHORTEST_LINE = 20
_ABSTRACT = range(300, 4000)
"""Characters of an abstract that is worth labelling."""
_SENTENCE = range(60, 400)
_SENTENCES = 3
_SENTENCE_ENDS = re.compile(r"(?<=[a-z\d)%][.?!])\s+(?=[A-Z])")


class Text(NamedTuple):
    """A text, the id it is known by (a PMID where it has one), and whether models are judged on it."""

    id: str
    text: str
    judged: bool


def read_texts(path: Path) -> Iterator[Text]:
    """Yield the texts of a JSONL file (plain, .gz or .xz): ``text``, or ``title`` and ``abstract``.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with _opened(path) as lines:
            for line in lines:
                row: dict[str, Any] = json.loads(line)
                text = row.get("text") or f"{row.get('title') or ''}\n{row.get('abstract') or ''}"
                id = str(row.get("pmid") or row.get("id") or row.get("nct") or "")
                yield Text(id, text, bool(row.get("leuko")))
    except (OSError, EOFError, ValueError, lzma.LZMAError) as error:
        raise InputError(f"{path} cannot be read as JSONL: {error}") from error


def _opened(path: Path) -> Any:
    openers: dict[str, Any] = {".gz": gzip.open, ".xz": lzma.open}
    return openers.get(path.suffix, open)(path, "rt", encoding="utf-8")


def abstracts(paths: Sequence[Path], *, never: Collection[str]) -> list[Text]:
    """Return each abstract once, file after file and in an order of chance within each.

    Those of ``never`` are left out, and those too short or long to be an abstract.
    """
    seen = set(never)
    found = []
    for path in paths:
        new = [text for text in read_texts(path) if len(text.text) in _ABSTRACT and text.id not in seen]
        new = list({text.id: text for text in reversed(new)}.values())
        random.Random(0).shuffle(new)
        seen.update(text.id for text in new)
        found += new
    return found


def sentences(texts: Sequence[Text]) -> list[str]:
    """Return up to three sentences of each text, by chance: some corpora are made of single sentences."""
    rng = random.Random(0)
    found: dict[str, None] = {}
    for text in texts:
        whole = [s for s in _SENTENCE_ENDS.split(text.text) if len(s) in _SENTENCE and "\n" not in s]
        found.update(dict.fromkeys(rng.sample(whole, min(_SENTENCES, len(whole)))))
    return list(found)


def write_words(path: Path, texts: Iterator[Text], *, never: Collection[str]) -> int:
    """Write texts as lines of lower-case words parted by spaces; return how many words."""
    count = 0
    with path.open("a", encoding="utf-8") as out:
        for text in texts:
            if text.id in never:
                continue
            for line in text.text.lower().splitlines():
                words = _WORDS.findall(line)
                if sum(map(len, words)) >= _SHORTEST_LINE:
                    out.write(" ".join(words) + "\n")
                    count += len(words)
    return count
