"""How Datasette shows an index: descriptions, labels, facets and ready queries; owns that file.

The packaged file describes an index of any name; Datasette wants the name of the file, without its ending.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DESCRIPTION = Path(__file__).with_name("data") / "datasette.json"
"""The packaged file."""
_NAME = "{database}"


def datasette_metadata(db: Path) -> dict[str, Any]:
    """Return the content of the metadata file that ``datasette DB --metadata FILE`` reads for this index."""
    content: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    content["databases"] = {db.stem: content["databases"][_NAME]}
    return content
