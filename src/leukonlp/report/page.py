"""A summary in, one self-contained HTML page out; owns the way into the templates, computes no figure.

The page runs from disk without a network: style and script stand in it, and its content security
policy allows these two by their hash and nothing else. Every value is escaped by the template engine
after it was cut and after what cannot be seen was made visible.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from leukonlp.report import charts, links, words
from leukonlp.report.highlight import pieces, visible

if TYPE_CHECKING:
    from jinja2 import Environment


def render(summary: Mapping[str, Any]) -> str:
    """Return the page for a summary of :func:`leukonlp.report.summary.summarize`."""
    from markupsafe import Markup

    style, script = _part("report.css"), _part("report.js")
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            **summary,
            style=Markup(style),  # noqa: S704 - our own file, no value in it
            script=Markup(script),  # noqa: S704 - likewise
            policy=_policy(style, script),
            bars=charts.bars(summary["timeline"]),
            largest=max((cell["n"] for row in summary["map"]["rows"] for cell in row["cells"]), default=1),
            anchors={study["pmid"]: f"s{place}" for place, study in enumerate(summary["studies"], start=1)},
        )
    )


def _part(name: str) -> str:
    return (resources.files("leukonlp.report") / "templates" / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
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
    environment.globals.update(
        pubmed=links.pubmed, trial=links.trial, doi=links.doi, pieces=pieces, quotes=_quotes, words=words
    )
    environment.filters.update(radius=charts.radius, shares=charts.shares, by_group=charts.by_group)
    return environment


def _finalize(value: object) -> object:
    """Show what cannot be seen; runs on every value before it is escaped."""
    from markupsafe import Markup

    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _quotes(study: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [item["quote"] for item in (*study["tags"], *study["facts"]) if item["quote"]]
