"""The settings of a run, read once and frozen; owns where each value may come from.

Later places win: defaults, the TOML file named by the caller, environment variables
``LEUKONLP_<NAME>``, arguments. No file is searched for. Owns no meaning of a setting beyond its
type and range: the stage that uses it does.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leukonlp.errors import SettingsError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PREFIX = "LEUKONLP_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that changes how a run behaves. Build it with :func:`load_settings`."""

    ner: tuple[str, ...] = ("leuko_ner",)
    """spaCy pipelines whose entities join those of the lexicon: the packaged one, installed ones, folders."""
    tagger: tuple[str, ...] = ("study_tagger",)
    """The trained tagger beside the rules: the packaged one or a folder; empty for the rules alone."""
    jobs: int = 1
    """Worker processes; the output is the same for any number."""
    backend: str = "loky"
    """Where the workers are: ``loky`` (this machine), ``dask``, or another backend registered with joblib."""
    scheduler: str | None = None
    """Address of the scheduler of ``dask``, such as ``tcp://host:8786``."""
    batch_size: int = 64
    """Texts that spaCy handles at once."""
    email: str | None = None
    """Your address, which NCBI asks every user of the E-utilities to send."""
    api_key: str | None = field(default=None, repr=False)
    """Your NCBI API key: 10 requests a second instead of 3."""
    deadline: int = 600
    """Seconds until one request to PubMed, with all its retries, is given up."""
    max_text_chars: int = 200_000
    """A longer title and abstract is listed as a failure, not annotated."""
    max_record_bytes: int = 32 * 2**20
    """A larger single record is listed as a failure, not parsed."""
    max_input_bytes: int = 16 * 2**30
    """Unpacked size at which a compressed input is refused."""
    max_ratio: int = 200
    """Unpacked bytes per packed byte at which a compressed input is refused (real PubMed files: 5 to 15)."""

    def __post_init__(self) -> None:
        for spec in dataclasses.fields(self):
            value = getattr(self, spec.name)
            if not _fits(spec.name, value):
                raise SettingsError(
                    f"{spec.name} is {_shown(spec.name, value)}; {_ALLOWED[_kind(spec.name)]}"
                )


_TEXT = frozenset({"backend", "scheduler", "email", "api_key"})
_LISTS = frozenset({"ner", "tagger"})
_ALLOWED = {
    "list": 'give a list of names, such as ["leuko_ner", "en_ner_bc5cdr_md"]',
    "text": "give a text that is not empty, or leave it out",
    "number": "give a whole number of 1 or more",
}


def _kind(name: str) -> str:
    return "list" if name in _LISTS else "text" if name in _TEXT else "number"


def _fits(name: str, value: object) -> bool:
    kind = _kind(name)
    if kind == "list":
        return isinstance(value, tuple) and all(isinstance(item, str) and item for item in value)
    if kind == "text":
        absent = value is None and name != "backend"
        return absent or (isinstance(value, str) and bool(value.strip()))
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _shown(name: str, value: object) -> str:
    return "not usable" if name == "api_key" else repr(value)


def load_settings(path: str | Path | None = None, **overrides: Any) -> Settings:
    """Read the settings of a run: defaults < TOML file < environment < ``overrides``.

    Args:
        path: a TOML file with settings as top-level keys; None reads no file.
        overrides: settings by name; None means not given.

    Raises:
        SettingsError: an unreadable file, an unknown name, or a value outside what is allowed.
    """
    values: dict[str, Any] = {}
    if path is not None:
        values |= _known(_read_toml(Path(path)), where=str(path))
    values |= _read_environment(os.environ)
    given = {name: value for name, value in overrides.items() if value is not None}
    values |= _known(given, where="the arguments")
    frozen: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
    return Settings(**frozen)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return values
    except OSError as error:
        raise SettingsError(f"cannot read the settings file {path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, a number too long, tables too deep
        raise SettingsError(f"{path} is no TOML file: {error}") from error


def _read_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    found = {k[len(PREFIX) :].lower(): v for k, v in environment.items() if k.startswith(PREFIX) and v}
    return {name: _parsed(name, value) for name, value in _known(found, where="the environment").items()}


def _parsed(name: str, value: str) -> Any:
    kind = _kind(name)
    if kind == "list":
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if kind == "number":
        try:
            return int(value)
        except ValueError:
            raise SettingsError(f"{PREFIX}{name.upper()} is {value!r}; {_ALLOWED[kind]}") from None
    return value


def _known(values: Mapping[str, Any], *, where: str) -> dict[str, Any]:
    names = [spec.name for spec in dataclasses.fields(Settings)]
    for name in values:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            cure = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(names)}"
            raise SettingsError(f"unknown setting {name!r} in {where}; {cure}")
    return dict(values)
