"""A stand-in for E-utilities: a function for tests without sockets, a loopback server for those with.

It holds numbered records with Entrez dates, keeps count of everything asked, and plays the faults
that a test lines up. Its texts are made up.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from leukonlp.sources.transport import Answer

Fault = Answer | Exception | Callable[[Answer], Answer] | None
"""An answer to give instead, an exception to raise, a change to the true answer, or None: answer truly."""
Wire = Literal["reset", "truncate", "drip", "plain"]


def article(pmid: str) -> str:
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID><Article>'
        f"<ArticleTitle>Made-up record {pmid} on white matter.</ArticleTitle></Article></MedlineCitation>"
        f'<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId></ArticleIdList>'
        f'<ReferenceList><Reference><ArticleIdList><ArticleId IdType="pubmed">1</ArticleId></ArticleIdList>'
        f"</Reference></ReferenceList></PubmedData></PubmedArticle>"
    )


def book(pmid: str) -> str:
    return f"<PubmedBookArticle><BookDocument><PMID>{pmid}</PMID></BookDocument></PubmedBookArticle>"


def article_set(*articles: str) -> bytes:
    return f'<?xml version="1.0" ?>\n<PubmedArticleSet>{"".join(articles)}</PubmedArticleSet>'.encode()


def error(words: str, root: str = "eFetchResult") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" ?>\n<{root}>\n\t<ERROR>{words}</ERROR>\n</{root}>'.encode()


EMPTY = Answer(400, error("ID list is empty! Possibly it has no correct IDs."))
EXPIRED = Answer(200, error("Unable to obtain query #1"))
WRAPPED_502 = Answer(
    400, error("Error occurred: proxy_stream(): &lt;title&gt;502 Bad Gateway&lt;/title&gt; nginx")
)
LIMITED = Answer(429, b'{"error":"API rate limit exceeded","api-key":"abc123","count":"4","limit":"3"}')


class FakeClock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float, /) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def now(self) -> datetime:
        return datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc) + timedelta(seconds=self.time)


@dataclass
class FakeEutils:
    """E-utilities on the records ``dates`` (PMID to Entrez date); call it as a Transport."""

    dates: dict[str, date]
    max_ids: int = 9_999
    gone: set[str] = field(default_factory=set)
    """Records that ESearch lists and EFetch does not know."""
    books: set[str] = field(default_factory=set)
    messages: str = ""
    """ErrorList and WarningList of every search."""
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    served: Counter[str] = field(default_factory=Counter)
    """How often each record was sent."""
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: {"esearch": deque(), "efetch": deque()})
    poisoned: set[str] = field(default_factory=set)
    """Records that break every answer that holds them."""
    histories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(
        cls, count: int, *, first: int = 1001, start: date = date(2020, 1, 1), **more: object
    ) -> FakeEutils:
        """Hold ``count`` records, one for each day from ``start``."""
        dates = {str(first + i): start + timedelta(days=i) for i in range(count)}
        return cls(dates, **more)  # type: ignore[arg-type]

    def fail(self, utility: str, *faults: Fault) -> FakeEutils:
        self.faults[utility].extend(faults)
        return self

    def count(self, utility: str) -> int:
        return sum(name == utility for name, _ in self.requests)

    def asked(self) -> list[list[str]]:
        """The ids of every EFetch by id."""
        return [p["id"].split(",") for name, p in self.requests if name == "efetch" and "id" in p]

    def expire(self) -> None:
        self.histories.clear()

    def __call__(self, utility: str, params: Mapping[str, str], /) -> Answer:
        with self.lock:
            self.requests.append((utility, dict(params)))
            fault = self.faults[utility].popleft() if self.faults[utility] else None
            if isinstance(fault, Exception):
                raise fault
            if isinstance(fault, Answer):
                return fault
            answer = self.esearch(params) if utility == "esearch" else self.efetch(params)
            return answer if fault is None else fault(answer)

    def esearch(self, params: Mapping[str, str]) -> Answer:
        if int(params.get("retstart", 0)) > self.max_ids - 1:
            return Answer(
                200, error(f"'retstart' cannot be larger than {self.max_ids - 1}.", "eSearchResult")
            )
        first, last = (
            datetime.strptime(params[key], "%Y/%m/%d").date() if key in params else bound
            for key, bound in (("mindate", date.min), ("maxdate", date.max))
        )
        hits = sorted((day, pmid) for pmid, day in self.dates.items() if first <= day <= last)
        ids = tuple(pmid for _, pmid in reversed(hits))
        listed = ids[: min(int(params.get("retmax", 20)), self.max_ids)]
        web_env = f"MCID_{len(self.requests)}"
        self.histories[web_env] = ids
        history = (
            f"<QueryKey>1</QueryKey><WebEnv>{web_env}</WebEnv>" if params.get("usehistory") == "y" else ""
        )
        return Answer(
            200,
            (
                '<?xml version="1.0" encoding="UTF-8" ?>\n'
                '<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" '
                '"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n'
                f"<eSearchResult><Count>{len(ids)}</Count><RetMax>{len(listed)}</RetMax>"
                "<RetStart>0</RetStart>"
                f"{history}<IdList>{''.join(f'<Id>{i}</Id>' for i in listed)}</IdList><TranslationSet/>"
                "<QueryTranslation>white matter[All Fields]</QueryTranslation>"
                f"{self.messages}</eSearchResult>"
            ).encode(),
        )

    def efetch(self, params: Mapping[str, str]) -> Answer:
        if "id" in params:
            ids = tuple(dict.fromkeys(params["id"].split(",")))
            if len(ids) > 200:
                return Answer(414, b"Request-URI Too Long")
        elif params.get("WebEnv") in self.histories:
            start = int(params["retstart"])
            ids = self.histories[params["WebEnv"]][start : start + int(params["retmax"])]
        else:
            return EXPIRED
        known = [pmid for pmid in ids if pmid in self.dates and pmid not in self.gone]
        if not self.poisoned.isdisjoint(known):
            return Answer(200, article_set(*map(article, known)).replace(b"</MedlineCitation>", b"\x00", 1))
        self.served.update(known)
        return Answer(200, article_set(*(book(i) if i in self.books else article(i) for i in known)))


@contextmanager
def serving(fake: FakeEutils, *wire: Wire) -> Iterator[str]:
    """Serve ``fake`` on loopback and yield its base URL; ``wire`` are faults of the first EFetches."""
    faults = deque(wire)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self.reply(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def reply(self, query: str) -> None:
            utility = urlsplit(self.path).path.rsplit("/", 1)[-1].removesuffix(".fcgi")
            answer = fake(utility, {**dict(parse_qsl(query)), "METHOD": self.command})
            fault = faults.popleft() if faults and utility == "efetch" else None
            if fault == "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                return
            self.send_response(answer.status)
            self.send_header("Content-Type", "text/plain" if fault == "plain" else "text/xml")
            self.send_header("Content-Length", str(len(answer.body)))
            if answer.retry_after is not None:
                self.send_header("Retry-After", answer.retry_after)
            self.end_headers()
            self.send(answer.body, fault)

        def send(self, body: bytes, fault: Wire | None) -> None:
            try:
                if fault == "truncate":
                    self.wfile.write(body[: len(body) // 2])
                elif fault == "drip":
                    for byte in body:
                        self.wfile.write(bytes([byte]))
                        time.sleep(0.02)
                else:
                    self.wfile.write(body)
            except OSError:
                pass  # the client left

        def handle(self) -> None:
            with suppress(OSError):
                super().handle()

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/entrez/eutils/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
