"""A summary in, one self-contained HTML page out; owns the way into the templates, computes no figure.

The page runs from disk without a network: styles, scripts and data stand in it, and its content security
policy allows each script and the style by hash and nothing else. The table is DataTables, whose script the
package itables carries. Every value is escaped after it was cut and after what cannot be seen was made
visible; the scripts put data into text nodes and attributes only, never into markup.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from leukonlp.errors import InputError
from leukonlp.report import charts, embed, links, prisma, words
from leukonlp.report.highlight import visible

if TYPE_CHECKING:
    from jinja2 import Environment

STYLES = ("page", "filters", "map", "timeline", "studies", "print")
SCRIPTS = ("data", "selection", "filters", "map", "timeline", "reading", "studies", "trials", "carry", "main")
"""Parts of the style and of the script in ``templates/``, in the order in which they are joined."""
_EXPORTS = re.compile(r"export\s*\{(?:[^{}]*,)?\s*([\w$]+) as default[^{}]*\};?")


def render(summary: Mapping[str, Any]) -> str:
    """Return the page for a summary of :func:`leukonlp.report.summary.summarize`.

    Raises:
        InputError: the installed itables carries no DataTables that this page knows how to use.
    """
    from markupsafe import Markup

    style = "".join(_part(f"style/{name}.css") for name in STYLES)
    script = "".join(_part(f"script/{name}.js") for name in SCRIPTS)
    script, library = f'"use strict";\n{{\n{script}}}\n', _datatables()
    data, texts = embed.listed(summary), list(embed.texts(summary))
    template = _environment().get_template("report.html.j2")
    return template.render(
        **summary,
        style=Markup(style),  # noqa: S704 - our own files, no value in them
        script=Markup(script),  # noqa: S704 - likewise
        library=Markup(library),  # noqa: S704 - a file of a package, as it is
        data=Markup(data),  # noqa: S704 - JSON in which no markup is left
        texts=[Markup(text) for text in texts],  # noqa: S704 - likewise
        policy=_policy(style, library, script),
        bars=charts.panels(summary["timeline"]),
        largest=max((cell["n"] for row in summary["map"]["rows"] for cell in row["cells"]), default=1),
        prisma_csv=quote(prisma.table(summary["funnel"])),
    )


def _part(name: str) -> str:
    return (resources.files("leukonlp.report") / "templates" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _datatables() -> str:
    """Return the script of DataTables, made to leave the class where the next script finds it."""
    package = importlib.util.find_spec("itables")  # importing it would import pandas where that is installed
    places = package.submodule_search_locations if package else None
    bundle = Path(places[0]) / "html" / "dt_bundle.js" if places else None
    script = bundle.read_text(encoding="utf-8") if bundle and bundle.is_file() else ""
    exports = _EXPORTS.search(script)
    if exports is None or "</script" in script:
        raise InputError(
            "the report needs DataTables from itables 2.9, which is not installed as expected; "
            "pip install 'itables>=2.9,<3'"
        )
    script = script[: exports.start()] + f"globalThis.DataTable={exports[1]};" + script[exports.end() :]
    return script.replace(
        "<!--", "<\\!--"
    )  # HTML would take it for a comment that hides the end of the script


def _policy(style: str, *scripts: str) -> str:
    allowed = " ".join(f"'{_hash(script)}'" for script in scripts)
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src {allowed}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("leukonlp.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.globals.update(trial=links.trial, words=words)
    environment.filters.update(radius=charts.radius, by_group=charts.by_group, percent=words.percent)
    return environment


def _finalize(value: object) -> object:
    """Show what cannot be seen; runs on every value before it is escaped."""
    from markupsafe import Markup

    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
