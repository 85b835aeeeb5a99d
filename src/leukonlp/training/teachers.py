"""Training of the transformer teacher, and what teachers think of unlabelled texts."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from leukonlp.pipeline.recogniser.tokenizer import places_of
from leukonlp.training.examples import IGNORE
from leukonlp.training.gold import CORPORA, Document
from leukonlp.training.network import half_precision
from leukonlp.training.silver import mixed, on_tokens
from leukonlp.training.transformer import HEADS, Transformer, Window, Windows, labelled, padded

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Course:
    """How the transformer is trained.

    Attributes:
        epochs: passes over the training documents.
        pieces: padded word pieces of a batch.
        learning_rate: of the encoder; it rises over the first 6% of the steps and falls in a line.
        head_learning_rate: of the heads, which begin at random.
    """

    epochs: int = 3
    pieces: int = 3072
    learning_rate: float = 2e-4
    head_learning_rate: float = 1e-3


@dataclass(frozen=True, eq=False)
class _Lesson:
    window: Window
    labels: dict[int, NDArray[Any]]
    corpus: int

    def __len__(self) -> int:
        return len(self.window.ids)


def train_transformer(
    documents: Sequence[Document], course: Course, *, seed: int, checkpoint: Path, say: Callable[[str], None]
) -> Transformer:
    """Train the transformer, going on from ``checkpoint`` where it was stopped.

    Args:
        documents: annotated documents; each teaches the heads of its corpus only.
        course: how long and how fast.
        seed: of the order of batches and of dropout.
        checkpoint: written after every epoch.
        say: called with a line on how training goes.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    lessons = list(_lessons(documents))
    plan = [list(_batches(lessons, course.pieces, rng)) for _ in range(course.epochs)]
    total, done = sum(map(len, plan)), 0
    net = Transformer()
    body = [p for name, p in net.named_parameters() if name.startswith("bert.")]
    heads = [p for name, p in net.named_parameters() if not name.startswith("bert.")]
    optimizer = torch.optim.AdamW(
        [
            {"params": body, "lr": course.learning_rate, "weight_decay": 0.01},
            {"params": heads, "lr": course.head_learning_rate},
        ],
        betas=(0.9, 0.98),
    )
    rates = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min(1, (i + 1) / (0.06 * total)) * max(0, 1 - i / total) + 1e-3
    )
    parts: dict[str, Any] = {"net": net, "optimizer": optimizer, "rates": rates}
    if checkpoint.is_file():
        state = torch.load(checkpoint, weights_only=True)
        done = state.pop("epochs")
        for name, values in state.items():
            parts[name].load_state_dict(values)
    for epoch in range(done, course.epochs):
        net.train()
        torch.manual_seed(seed * 1000 + epoch)
        losses = []
        for batch in plan[epoch]:
            loss = _loss(net, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            rates.step()
            losses.append(loss.item())
        say(f"transformer, epoch {epoch + 1} of {course.epochs}: loss {np.mean(losses):.4f}")
        part = checkpoint.with_suffix(".part")
        torch.save({name: value.state_dict() for name, value in parts.items()} | {"epochs": epoch + 1}, part)
        part.replace(checkpoint)
    return net.eval()


def likely_labels(net: Transformer, texts: Sequence[str]) -> Iterator[NDArray[np.float16]]:
    """Yield for each text tokens x TYPES x 5 probabilities, the heads weighed by the corpus it is like."""
    windows = Windows()
    for text in texts:
        cut = list(windows.of(text))
        if not cut:
            yield np.zeros((0, 3, 5), dtype=np.float16)
            continue
        with torch.no_grad(), half_precision():
            logits, gates = net(*padded(cut))
        p = logits.float().softmax(-1).numpy()
        likely = np.concatenate([p[i, 1 : len(w.ids) + 1] for i, w in enumerate(cut)])
        like = gates.float().softmax(-1).numpy().mean(0)
        guidelines = np.array([like[list(CORPORA).index(corpus)] for corpus, _ in HEADS])
        on = on_tokens(likely, [piece for w in cut for piece in w.pieces], places_of(text))
        yield mixed(on, [type for _, type in HEADS], guidelines).astype(np.float16)


def _lessons(documents: Sequence[Document]) -> Iterator[_Lesson]:
    windows = Windows()
    for document in documents:
        for window in windows.of(document.text):
            first, last = window.pieces[0][0], window.pieces[-1][1]
            yield _Lesson(
                window,
                {
                    head: labelled(
                        window, [(s, e) for s, e, t in document.spans if t == type and s < last and e > first]
                    )
                    for head, (corpus, type) in enumerate(HEADS)
                    if corpus == document.corpus
                },
                list(CORPORA).index(document.corpus),
            )


def _batches(lessons: Sequence[_Lesson], pieces: int, rng: random.Random) -> list[list[_Lesson]]:
    order = rng.sample(lessons, len(lessons))
    ready: list[list[_Lesson]] = []
    for pool in (order[i : i + 3000] for i in range(0, len(order), 3000)):
        batch: list[_Lesson] = []
        for lesson in sorted(pool, key=len):
            if batch and (len(batch) + 1) * (len(lesson) + 2) > pieces:
                ready.append(batch)
                batch = []
            batch.append(lesson)
        ready.append(batch)
    rng.shuffle(ready)
    return ready


def _loss(net: Transformer, batch: Sequence[_Lesson]) -> torch.Tensor:
    ids, cases, mask = padded([lesson.window for lesson in batch])
    labels = torch.full((*ids.shape, len(HEADS)), IGNORE)
    for i, lesson in enumerate(batch):
        for head, known in lesson.labels.items():
            labels[i, 1 : len(known) + 1, head] = torch.from_numpy(known)
    with half_precision():
        logits, gates = net(ids, cases, mask)
    corpora = torch.tensor([lesson.corpus for lesson in batch])
    return functional.cross_entropy(
        logits.float().flatten(0, 2), labels.flatten(), ignore_index=IGNORE
    ) + 0.05 * functional.cross_entropy(gates.float(), corpora)
