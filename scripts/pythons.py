"""Compares what leukonlp writes under every Python it is for: ``python scripts/pythons.py [PYTHON ...]``.

Each interpreter named (without any: python3.10, python3.11, python3.12, as far as they are there) gets an
environment in ``.venv-X.Y`` with the packages of locks/, unless it has leukonlp already. Annotated JSONL, the
contents of the index, the report and the exports of the sample records must be the same bytes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "scripts" / "pythons.json"
WORK = """
import hashlib, json, sqlite3, sys
from pathlib import Path
from leukonlp.cli import main

folder, source = Path(sys.argv[1]), sys.argv[2]
db = str(folder / "e.db")
assert main(["annotate", source, "--out", str(folder / "annotated.jsonl")]) == 0
assert main(["index", source, "--db", db]) == 0
assert main(["report", "--db", db, "--out", str(folder / "report.html")]) == 0
for form in ("csv", "jsonl", "ris", "bibtex", "bioc", "pubtator"):
    assert main(["export", "--db", db, "--format", form, "--out", str(folder / form)]) == 0
index = sqlite3.connect(db)
SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'study_text_%' ORDER BY name"
made = index.execute(SCHEMA).fetchall()
tables = [name for kind, name, _ in made if kind == "table"]
rows = [repr(row) for name in tables for row in index.execute(f'SELECT * FROM "{name}"')]
(folder / "index").write_text("\\n".join([*map(repr, made), *rows]), encoding="utf-8")
index.close()
Path(db).unlink()
files = sorted(p for p in folder.iterdir() if not p.name.startswith("e.db"))
found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
print("DIGESTS" + json.dumps({"python": "%d.%d.%d" % sys.version_info[:3], "files": found}))
"""


def run(*command: str, **more: str) -> str:
    """Run a command and return what it printed; "" where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **more}, check=False)
    if done.returncode and more.get("LOUD"):
        print(done.stderr[-2000:], file=sys.stderr)
    return "" if done.returncode else done.stdout


def ready(python: str) -> str | None:
    """Return an interpreter of this Python that has leukonlp; None where there is none."""
    if run(python, "-c", "import leukonlp; print(leukonlp.__version__)"):
        return python
    version = run(python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])").strip()
    if not version:
        return None
    print(f"Setting up .venv-{version} ...", file=sys.stderr)
    folder = ROOT / f".venv-{version}"
    made = str(folder / "bin" / "python")
    pip = (made, "-m", "pip", "install", "-qq", "--no-deps", "--no-build-isolation")
    run(python, "-m", "venv", str(folder))
    for lock in ("build", "run"):
        run(*pip, "--require-hashes", "-r", str(ROOT / "locks" / f"{lock}.txt"), LOUD="1")
    run(*pip, str(ROOT), LOUD="1")
    return made if run(made, "-c", "import leukonlp; print(1)", LOUD="1") else None


def digests(python: str) -> dict[str, object]:
    """Return the version of an interpreter and the SHA-256 of all that leukonlp writes under it."""
    with tempfile.TemporaryDirectory() as folder:
        source = str(ROOT / "corpora" / "sample")
        told = run(python, "-c", WORK, folder, source, LOUD="1", OMP_NUM_THREADS="1")
    found: dict[str, object] = json.loads(told.partition("DIGESTS")[2])
    return found


def main() -> int:
    """Compare, write scripts/pythons.json; 1 when they differ, 2 with fewer than two to compare."""
    named = sys.argv[1:] or ["python3.10", "python3.11", "python3.12"]
    usable = {name: found for name in named if (found := ready(name))}
    for name in named:
        if name not in usable:
            print(f"{name}: not here, or leukonlp cannot be installed for it", file=sys.stderr)
    if len(usable) < 2:
        print("name two interpreters or more, of Python 3.10, 3.11 and 3.12", file=sys.stderr)
        return 2
    results = [digests(python) for python in usable.values()]
    same = all(result["files"] == results[0]["files"] for result in results)
    told = {"date": date.today().isoformat(), "same": same, "pythons": [r["python"] for r in results]}
    RESULTS.write_text(json.dumps({**told, "files": results[0]["files"]}, indent=1) + "\n", encoding="utf-8")
    print(f"{', '.join(str(r['python']) for r in results)}: {'the same bytes' if same else 'NOT the same'}")
    if not same:
        print(json.dumps(results, indent=1))
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
