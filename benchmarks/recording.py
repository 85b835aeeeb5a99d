"""How a benchmark writes its results: ``results/NAME.json`` with commit, date and machine."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"


def write(name: str, values: Mapping[str, Any], *, corpus: Iterable[Path] = ()) -> Path:
    """Write the results of one benchmark and return the file.

    Args:
        name: the question, such as ``imports``.
        values: figures, as plain JSON values.
        corpus: the files measured on; their joint SHA-256 tells whether two results compare.
    """
    result: dict[str, Any] = {
        "benchmark": name,
        "date": datetime.now(timezone.utc).date().isoformat(),
        "commit": commit(),
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "system": platform.system(),
            "python": platform.python_version(),
        },
        "corpus_sha256": sha256(corpus),
        **values,
    }
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return path


def commit() -> str | None:
    """Return the commit measured, with ``+`` when files were changed since; None outside git."""
    try:
        head = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
        )
        changed = subprocess.run(
            ["git", "status", "--porcelain", "src"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return head.stdout.strip() + ("+" if changed.stdout.strip() else "")


def processor() -> str:
    """Return the name of the processor."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def sha256(files: Iterable[Path]) -> str | None:
    """Return the SHA-256 of the files' joint content; None without any."""
    paths = sorted(files)
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest() if paths else None
