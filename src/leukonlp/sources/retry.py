"""Asks E-utilities until an answer can be used: pace, back-off, deadline.

Owns when to ask again and when to give up. Does not know what is asked, only whether the answer
was a fault that passes (:class:`Transient`) or one that stays.
"""

from __future__ import annotations

import http.client
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Protocol, TypeVar

from leukonlp.errors import FetchError, QueryError, SettingsError
from leukonlp.sources.transport import Answer, Transport, Utility

T = TypeVar("T")

# NCBI allows 3 requests a second, 10 with a key. At exactly that pace it still answers 429 now and
# then, so a little is added, as Biopython does (0.37 s).
INTERVAL = 0.37
INTERVAL_WITH_KEY = 0.11
BASE, CEILING = 1.0, 60.0
"""Seconds: the back-off's first step, and its largest."""
ATTEMPTS_AT_BAD_BODY = 3
"""An answer that cannot be read is asked for this often; a server that is down, until the deadline."""

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
# EFetch can answer 400 and put the fault of a server behind it into the body.
_BACKEND = re.compile(
    rb"proxy_stream|bad gateway|proxy error|gateway time|service unavailable|internal server error|pubone|"
    rb"failed to connect|timed?[ -]?out|temporar|transient|try again|cannot get document summary|"
    rb"error forwarding request|(?:http|status|error|code)\W{0,4}50[0234]\b",
    re.IGNORECASE,
)
# EFetch says these with 400 as well as with 200; what they mean is for the reader of the body.
_READABLE = re.compile(rb"ID list is empty|unable to obtain query|webenv", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(?:style|script|title)\b.*?</(?:style|script|title)>|<[^>]*>", re.IGNORECASE | re.DOTALL
)
_KEY = re.compile(r"(api[-_]key\W{1,5})[\w-]+", re.IGNORECASE)


class Clock(Protocol):
    """Time as the fetcher sees it; a test brings its own and never waits."""

    def monotonic(self) -> float:
        """Seconds that only go forward."""
        ...

    def sleep(self, seconds: float, /) -> None:
        """Wait."""
        ...

    def now(self) -> datetime:
        """The date and time, with a time zone."""
        ...


class SystemClock:
    """The machine's own :class:`Clock`."""

    def monotonic(self) -> float:
        """Seconds that only go forward."""
        return time.monotonic()

    def sleep(self, seconds: float, /) -> None:
        """Wait."""
        time.sleep(seconds)

    def now(self) -> datetime:
        """The date and time in UTC."""
        return datetime.now(timezone.utc)


class Transient(Exception):
    """A fault that may pass: ask again."""

    def __init__(
        self, reason: str, *, retry_after: float | None = None, bad_body: bool = False, said: bool = False
    ) -> None:
        """Keep the reason.

        Args:
            reason: what happened, for the user.
            retry_after: seconds that the server asks to wait.
            bad_body: the answer came, but cannot be read.
            said: the reason is PubMed's own word in a well-formed answer.
        """
        super().__init__(reason)
        self.retry_after = retry_after
        self.bad_body = bad_body
        self.said = said


class UnusableAnswer(FetchError):
    """PubMed answers, but this one request never with something that can be read."""


@dataclass(slots=True)
class Client:
    """Sends requests at the allowed pace and repeats those that met a passing fault."""

    transport: Transport
    email: str
    api_key: str | None
    clock: Clock
    deadline: float
    """Seconds that one request may take with all its repetitions."""
    jitter: Callable[[], float] = random.random
    """Returns a number from 0 to 1."""
    _next: float = 0.0

    def call(self, utility: Utility, params: Mapping[str, str], read: Callable[[bytes], T]) -> T:
        """Return ``read(body)`` of the first usable answer.

        Args:
            utility: ``esearch`` or ``efetch``.
            params: its parameters, without email, tool and key.
            read: parses the body; raises :class:`Transient` for one that cannot be used.

        Raises:
            QueryError: PubMed rejects the request itself.
            SettingsError: PubMed refuses the API key.
            UnusableAnswer: PubMed answers, but never readably.
            FetchError: no usable answer before the deadline.
        """
        start, attempt, bad_bodies = self.clock.monotonic(), 0, 0
        while True:
            attempt += 1
            try:
                return read(self._send(utility, params))
            except Transient as fault:
                bad_bodies += fault.bad_body or fault.said
                if bad_bodies >= ATTEMPTS_AT_BAD_BODY:
                    kind = QueryError if fault.said else UnusableAnswer
                    raise kind(f"PubMed {utility}: {fault} ({attempt} attempts)") from fault
                pause = self._pause(fault, attempt)
                if self.clock.monotonic() + pause > start + self.deadline:
                    raise FetchError(
                        f"PubMed {utility}: {fault} (attempt {attempt}; the next, in {pause:.0f} s, "
                        f"would be past the deadline of {self.deadline:g} s); run the same command again"
                    ) from fault
            self.clock.sleep(pause)

    def _pause(self, fault: Transient, attempt: int) -> float:
        # Full jitter: many clients that failed together do not come back together.
        spread = self.jitter() * min(CEILING, BASE * 2.0 ** min(attempt - 1, 10))
        return spread if fault.retry_after is None else fault.retry_after + min(spread, 1.0)

    def _send(self, utility: Utility, params: Mapping[str, str]) -> bytes:
        self._keep_pace()
        identity = {"tool": "leukonlp", "email": self.email}
        if self.api_key:
            identity["api_key"] = self.api_key
        try:
            answer = self.transport(utility, {"db": "pubmed", **params, **identity})
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or str(error) or type(error).__name__
            raise Transient(f"connection failed: {reason}") from error
        return _usable(answer, self.clock.now())

    def _keep_pace(self) -> None:
        now = self.clock.monotonic()
        if now < self._next:
            self.clock.sleep(self._next - now)
        self._next = max(now, self._next) + (INTERVAL_WITH_KEY if self.api_key else INTERVAL)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, None where it says nothing readable."""
    if value is None:
        return None
    text = value.strip()
    if re.fullmatch(r"\d{1,9}(\.\d*)?", text):
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=timezone.utc)
    return max(0.0, (date - now).total_seconds())


def passes(body: bytes) -> bool:
    """Return whether the words of an error speak of a server behind the one that answered."""
    return _BACKEND.search(body[:20_000]) is not None


def plain(body: bytes) -> str:
    """Return the words of an error body: no markup, no API key, at most 300 characters."""
    words = " ".join(_MARKUP.sub(b" ", body[:20_000]).decode("utf-8", "replace").split())
    return _KEY.sub(r"\1***", words)[:300] or "(no words)"


def _usable(answer: Answer, now: datetime) -> bytes:
    """Return the body, or say what kind of fault the status is."""
    if 200 <= answer.status < 300:
        return answer.body
    told = f"HTTP {answer.status}: {plain(answer.body)}"
    if answer.status in _PASSING or answer.status > 504:
        raise Transient(told, retry_after=retry_after(answer.retry_after, now))
    if answer.status == 400 and _READABLE.search(answer.body[:2000]):
        return answer.body
    if re.search(rb"api.key", answer.body[:2000], re.IGNORECASE):
        raise SettingsError(
            f"PubMed refuses the API key ({told}); check --api-key or LEUKONLP_API_KEY, or go without"
        )
    if answer.status == 400:
        if passes(answer.body):
            raise Transient(told, retry_after=retry_after(answer.retry_after, now))
        raise QueryError(f"PubMed rejects the request: {plain(answer.body)}")
    raise FetchError(f"PubMed refuses the request ({told})")
