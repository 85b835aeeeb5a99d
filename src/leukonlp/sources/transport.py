"""The one place with a network: a request to E-utilities in, its bytes out.

Owns HTTP: URLs, timeouts, sizes, truncation. Knows nothing of retries, rates or what the bytes
mean. A :class:`Transport` is any function of that shape, so that a test hands in its own.
"""

from __future__ import annotations

import http.client
import importlib.util
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from leukonlp.errors import SettingsError

EUTILS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
_CHUNK = 1 << 16

Utility: TypeAlias = Literal["esearch", "efetch"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: any status is an answer, only a broken connection is an exception."""

    status: int
    body: bytes
    retry_after: str | None = None
    """The Retry-After header as sent: seconds or an HTTP date."""


class Transport(Protocol):
    """Sends one request to an E-utility.

    Raises:
        OSError: no connection, a reset, a timeout (``http.client.HTTPException`` likewise).
    """

    def __call__(self, utility: Utility, params: Mapping[str, str], /) -> Answer:
        """Send the request once and return the answer whole, or raise."""
        ...


class BioEntrezTransport:
    """The default :class:`Transport`: Bio.Entrez, with the timeouts that it lacks."""

    def __init__(
        self,
        *,
        base_url: str = EUTILS,
        timeout: float = 60.0,
        time_limit: float = 300.0,
        max_bytes: int = 1 << 28,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep the limits; no connection is made yet.

        Args:
            base_url: where the utilities stand, http or https.
            timeout: seconds to wait for the next bytes.
            time_limit: seconds for one whole answer, so that a slow drip ends too.
            max_bytes: size above which an answer is refused.
            monotonic: the clock behind ``time_limit``.

        Raises:
            SettingsError: ``base_url`` is no http or https address.
        """
        if not base_url.startswith(("https://", "http://")):
            raise SettingsError(f"the E-utilities address is {base_url!r}; give one with http:// or https://")
        self._base_url = base_url.rstrip("/") + "/"
        self._timeout = timeout
        self._time_limit = time_limit
        self._max_bytes = max_bytes
        self._monotonic = monotonic
        self._entrez: Any = None

    def __call__(self, utility: Utility, params: Mapping[str, str], /) -> Answer:
        """Send the request through Bio.Entrez, which posts what is too long for a GET."""
        entrez = self._private_entrez()
        entrez._open.previous = 0.0  # its own pause; the caller keeps the rate
        end = self._monotonic() + self._time_limit
        try:
            handle = getattr(entrez, utility)(**params)
        except HTTPError as error:
            with error:
                body = self._read(error.fp, error.headers, end)
                return Answer(error.code, body, error.headers.get("Retry-After"))
        with handle:
            response = getattr(handle, "buffer", handle)  # Bio.Entrez wraps text/plain for decoding
            return Answer(200, self._read(response, response.headers, end))

    def _private_entrez(self) -> Any:
        """Return an instance of the module of our own, so that nothing set here reaches other users of it."""
        if self._entrez is None:
            spec = importlib.util.find_spec("Bio.Entrez")
            if spec is None or spec.loader is None:
                raise SettingsError("Biopython is not installed; run: pip install 'biopython>=1.87'")
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            module.__dict__.update(max_tries=1, sleep_between_tries=0, urlopen=self._urlopen)
            self._entrez = module
        return self._entrez

    def _urlopen(self, request: Request) -> Any:
        url = request.full_url.replace(EUTILS, self._base_url, 1)
        moved = Request(url, data=request.data, method=request.get_method())  # noqa: S310 - scheme checked above
        return urlopen(moved, timeout=self._timeout)  # noqa: S310

    def _read(self, response: Any, headers: Any, end: float) -> bytes:
        announced = headers.get("Content-Length")
        expected = int(announced) if announced and announced.isdigit() else None
        chunks: list[bytes] = []
        size = 0
        while size != expected and (chunk := response.read1(_CHUNK)):
            chunks.append(chunk)
            size += len(chunk)
            if size > self._max_bytes:
                raise OSError(f"the answer is larger than {self._max_bytes:,} bytes")
            if self._monotonic() > end:
                raise TimeoutError(f"the answer took longer than {self._time_limit:g} s")
        if expected is not None and size < expected:
            raise http.client.IncompleteRead(b"", expected - size)
        return b"".join(chunks)
