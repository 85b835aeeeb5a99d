"""Trains the network on gold labels and on a teacher's; a training that was stopped can go on."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from leukonlp.training.examples import IGNORE, Example, batches
from leukonlp.training.network import Network, half_precision

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Schedule:
    """How long and how fast a student learns.

    Attributes:
        steps: updates in all.
        tokens: padded tokens of a batch; every step takes a batch of gold and, where there is one, of silver.
        learning_rate: its height after ``warmup`` steps; it then falls in a line to nothing.
        average: decay of the running average of the weights, which is what is kept in the end.
        save_every: steps between checkpoints.
    """

    steps: int
    tokens: int = 6000
    learning_rate: float = 2e-3
    warmup: int = 100
    average: float = 0.998
    save_every: int = 500


def train(
    network: Network,
    gold: Sequence[Example],
    silver: Sequence[Example],
    schedule: Schedule,
    *,
    seed: int,
    checkpoint: Path,
    say: Callable[[str], None],
) -> Network:
    """Train ``network`` and return the average of its weights over the last steps.

    Args:
        network: with weights at random.
        gold: annotated examples.
        silver: examples that only a teacher labelled; may be empty.
        schedule: how long and how fast.
        seed: of the order of batches and of dropout.
        checkpoint: where the state is kept; training goes on from it where it exists.
        say: called with a line on how training goes.
    """
    torch.manual_seed(seed)
    run = _Run(network, schedule)
    run.load(checkpoint)
    streams = [
        _from(batches(part, schedule.tokens, random.Random(seed)), run.step)
        for part in (gold, silver)
        if part
    ]
    total = 0.0
    while run.step < schedule.steps:
        torch.manual_seed(seed * 1_000_003 + run.step)  # dropout goes on the same after a checkpoint
        total += run.learn([next(stream) for stream in streams])
        if run.step % 250 == 0:
            say(f"seed {seed}, step {run.step} of {schedule.steps}: loss {total / 250:.4f}")
            total = 0.0
        if run.step % schedule.save_every == 0 or run.step == schedule.steps:
            run.save(checkpoint)
    return run.average


def likely_labels(network: Network, examples: Sequence[Example]) -> Iterator[NDArray[np.float16]]:
    """Yield tokens x columns x 5 probabilities for each example."""
    for example in examples:
        with torch.no_grad(), half_precision():
            words, mask, *_ = collated([example])
            yield network(words, mask)[0].float().softmax(-1).numpy().astype(np.float16)


class _Run:
    """The state of a training: network, average, optimizer and step."""

    def __init__(self, network: Network, schedule: Schedule) -> None:
        self.network, self.schedule, self.step = network, schedule, 0
        self.average = copy.deepcopy(network).eval().requires_grad_(False)
        self.optimizer = torch.optim.AdamW(network.parameters(), betas=(0.9, 0.99), weight_decay=0.01)

    def learn(self, parts: Sequence[list[Example]]) -> float:
        """Take one step on the sum of the parts' losses and return it."""
        self.step += 1
        done = self.step / self.schedule.steps
        for group in self.optimizer.param_groups:
            group["lr"] = (
                self.schedule.learning_rate * min(self.step / self.schedule.warmup, 1) * max(1 - done, 0.01)
            )
        self.network.train()
        loss = torch.stack([_loss(self.network, part) for part in parts]).sum()
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        decay = min(self.schedule.average, self.step / (self.step + 10))
        with torch.no_grad():
            for mean, value in zip(self.average.parameters(), self.network.parameters(), strict=True):
                mean.lerp_(value, 1 - decay)
        return loss.item()

    def save(self, path: Path) -> None:
        """Write the whole state, so that a stop at any moment leaves the old or the new one."""
        state = {name: getattr(self, name).state_dict() for name in ("network", "average", "optimizer")}
        part = path.with_suffix(".part")
        torch.save(state | {"step": self.step}, part)
        part.replace(path)

    def load(self, path: Path) -> None:
        """Read a state that ``save`` wrote, where there is one."""
        if path.is_file():
            state = torch.load(path, weights_only=True)
            self.step = state.pop("step")
            for name, values in state.items():
                getattr(self, name).load_state_dict(values)


def _from(stream: Iterator[list[Example]], step: int) -> Iterator[list[Example]]:
    for _ in range(step):
        next(stream)
    return stream


def _loss(network: Network, examples: Sequence[Example]) -> Tensor:
    """Cross-entropy against known labels, and against a teacher's probabilities where labels are unknown."""
    words, mask, labels, likely = collated(examples)
    with half_precision():
        logits = network(words, mask)
    logits = logits.float()
    loss = logits.new_zeros(())
    if (labels != IGNORE).any():
        loss = loss + functional.cross_entropy(logits.flatten(0, 2), labels.flatten(), ignore_index=IGNORE)
    weight = likely.sum()
    return loss - (likely * logits.log_softmax(-1)).sum() / weight if weight > 0 else loss


def collated(examples: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return words, mask, labels and likely labels of a batch, padded to the longest text."""
    longest = max(map(len, examples))

    def padded(name: str, fill: int, dtype: Any) -> Tensor:
        shape = getattr(examples[0], name).shape[1:]
        array = np.full((len(examples), longest, *shape), fill, dtype=dtype)
        for i, example in enumerate(examples):
            array[i, : len(example)] = getattr(example, name)
        return torch.from_numpy(array)

    mask = torch.tensor([[i < len(e) for i in range(longest)] for e in examples], dtype=torch.float32)
    return (
        padded("words", 0, np.int64),
        mask,
        padded("labels", IGNORE, np.int64),
        padded("likely", 0, np.float32),
    )
