"""A web of the tests' own: every https host there is, on loopback, saying what a test tells it to.

    with LoopbackWeb() as web:
        web.on("https://www.dataprotection.ie/en/news", Reply(body=b"<p>News</p>"))
        ...                      # run the program, or its parts, with `web.environ`
        assert web.hosts == {"www.dataprotection.ie"}

The program believes that it asks the real hosts through a proxy: `HTTPS_PROXY` names a CONNECT proxy that keeps each
connection to itself and answers it as the host asked for, with a certificate of an authority made for this run, which
`SSL_CERT_FILE` names. No packet leaves the machine, and no name is looked up. An address that no test has described
answers 404. `direct` is the same web without the proxy, at https://localhost:PORT.

What came is kept: `seen` holds every request, `hosts` every host that a connection was asked for, `plain` whatever was
sent to the proxy that was no CONNECT, `busiest` how many requests a host was answering at once at most (`busiest_in_all`:
all hosts together), `slowest` the seconds that the longest answer took here. `refusing` lets the proxy turn everybody away;
hosts in `unreachable` hang up at once, those in `mute` never greet; `certified_as` gives a host the certificate of another.
"""

import select
import socket
import ssl
import struct
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import trustme

LONGEST_WAIT = 30.0
"""Seconds after which the server gives up whatever a client does, so that a broken test ends."""


class Seen(NamedTuple):
    """One request as it came; header names in the case they had."""

    host: str
    method: str
    path: str
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str | None:
        """The value of a header, or None."""
        return next((value for each, value in self.headers if each.lower() == name.lower()), None)


@dataclass(frozen=True)
class Reply:
    """What an address answers.

    `delay` passes before anything is sent. `pieces` are sent as they are after the headers, or in place of everything
    where `raw` is set, with `pause` seconds between; without them `body` is sent with its length. `hold` keeps the
    connection open afterwards, until the client leaves. `reset` cuts it without a word.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] | tuple[tuple[str, str], ...] = ()
    content_type: str = "text/html; charset=utf-8"
    reason: str = "As Told"
    delay: float = 0
    pieces: Iterable[bytes] | None = None
    pause: float = 0
    raw: bool = False
    hold: bool = False
    reset: bool = False

    @property
    def head(self) -> bytes:
        """Status line and headers, with the blank line after them."""
        pairs = list(self.headers.items() if isinstance(self.headers, Mapping) else self.headers)
        if self.content_type:
            pairs.append(("Content-Type", self.content_type))
        if self.pieces is None and not any(name.lower() == "content-length" for name, _ in pairs):
            pairs.append(("Content-Length", str(len(self.body))))
        lines = [f"HTTP/1.1 {self.status} {self.reason}", *(f"{name}: {value}" for name, value in pairs)]
        return "".join(f"{each}\r\n" for each in [*lines, ""]).encode("latin-1")

    @property
    def is_whole(self) -> bool:
        """Whether the connection can go on to another request afterwards."""
        return self.pieces is None and not self.hold


Script = Reply | Callable[[Seen], Reply]


def conditional(reply: Reply) -> Callable[[Seen], Reply]:
    """A reply that becomes a 304 for whoever sends its ETag or Last-Modified back byte for byte."""
    own = {name.lower(): value for name, value in dict(reply.headers).items()}

    def answer(seen: Seen) -> Reply:
        asked = seen.header("If-None-Match") or seen.header("If-Modified-Since")
        known = asked is not None and asked in (own.get("etag"), own.get("last-modified"))
        return replace(reply, status=304, body=b"", content_type="") if known else reply

    return answer


def redirect(location: str, status: int = 301) -> Reply:
    """A reply that sends elsewhere."""
    return Reply(status, headers={"Location": location}, content_type="")


class LoopbackWeb:
    """See the module: scripts, a proxy, a direct door, and what came through them."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.plain: list[str] = []
        self.busiest: Counter[str] = Counter()
        self.busiest_in_all = 0
        self.slowest = 0.0
        self.refusing = False
        self.unreachable: set[str] = set()
        self.mute: set[str] = set()
        self.certified_as: dict[str, str] = {}
        self._asked_for: list[str] = []
        self._scripts: dict[str, list[Script]] = defaultdict(list)
        self._busy: Counter[str] = Counter()
        self._changed = threading.Condition()
        self._ended = threading.Event()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._stack = ExitStack()
        self._proxy_port = self._direct_port = 0
        self._authority_file = ""

    def __enter__(self) -> Self:
        folder = self._stack.enter_context(tempfile.TemporaryDirectory())
        self._authority_file = str(Path(folder, "authority.pem"))
        authority().cert_pem.write_to_path(self._authority_file)
        self._proxy_port = self._listen(self._serve_proxy)
        self._direct_port = self._listen(self._serve_direct)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        for port in (self._proxy_port, self._direct_port):
            # Wakes the thread that waits for somebody to connect.
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", port)).close()
        with self._changed:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(LONGEST_WAIT)
        self._stack.close()

    @property
    def environ(self) -> dict[str, str]:
        """What a process needs in its environment for this to be all the web it can reach."""
        names = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
        environ = dict.fromkeys(names, f"http://127.0.0.1:{self._proxy_port}") | {"NO_PROXY": ""}
        # The lower-case names win where both are set.
        environ |= {name.lower(): value for name, value in environ.items()}
        return environ | {"SSL_CERT_FILE": self._authority_file, "SSL_CERT_DIR": ""}

    @property
    def direct(self) -> str:
        """The beginning of an address that is reached without the proxy where `NO_PROXY` and `no_proxy` say `localhost`."""
        return f"https://localhost:{self._direct_port}"

    @property
    def hosts(self) -> set[str]:
        """Every host that somebody asked the proxy for."""
        return {each.removesuffix(":443") for each in self._asked_for}

    def on(self, url: str, *scripts: Script) -> None:
        """Let this address, with or without its scheme, answer so: each in turn, the last one from then on."""
        self._scripts[url.removeprefix("https://")] = list(scripts)

    def asked(self, url: str) -> list[Seen]:
        """The requests for this address, in the order they came."""
        address = url.removeprefix("https://")
        return [each for each in self.seen if f"{each.host}{each.path}" == address]

    def has_seen(self, requests: int) -> bool:
        """Wait until so many requests have come in all; False if they have not after a while."""
        return self._wait_until(lambda: len(self.seen) >= requests)

    def all_have_left(self) -> bool:
        """Wait until no client holds a connection any more; False if one still does after a while."""
        return self._wait_until(lambda: not self._open)

    def _wait_until(self, holds: Callable[[], bool]) -> bool:
        with self._changed:
            return self._changed.wait_for(holds, LONGEST_WAIT / 3)

    # Connections

    def _listen(self, serve: Callable[[socket.socket], None]) -> int:
        listener = self._stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=128))
        self._start(lambda: self._accept(listener, serve))
        port: int = listener.getsockname()[1]
        return port

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket, serve: Callable[[socket.socket], None]) -> None:
        while True:
            connection, _ = listener.accept()
            if self._ended.is_set():
                connection.close()
                return
            connection.settimeout(LONGEST_WAIT)
            self._start(partial(self._serve, connection, serve))

    def _serve(self, connection: socket.socket, serve: Callable[[socket.socket], None]) -> None:
        with self._kept(connection), suppress(OSError):
            serve(connection)

    @contextmanager
    def _kept(self, connection: socket.socket) -> Iterator[None]:
        with self._changed:
            self._open.add(connection)
        try:
            with connection:
                yield
        finally:
            with self._changed:
                self._open.discard(connection)
                self._changed.notify_all()

    def _serve_proxy(self, connection: socket.socket) -> None:
        head = _read_head(connection)
        if head is None:
            return
        method, target, _ = head
        if method != "CONNECT":
            self.plain.append(f"{method} {target}")
            connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            return
        self._asked_for.append(target)
        if self.refusing:
            connection.sendall(b"HTTP/1.1 403 For\x1b[31mbidden\r\nContent-Length: 0\r\n\r\n")
            return
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        host = target.rpartition(":")[0]
        if host in self.mute:
            while connection.recv(65536):
                pass
        elif host not in self.unreachable:
            self._serve_host(host, connection)

    def _serve_direct(self, connection: socket.socket) -> None:
        self._serve_host("localhost", connection)

    def _serve_host(self, host: str, connection: socket.socket) -> None:
        secure = _tls_for(self.certified_as.get(host, host)).wrap_socket(
            connection, server_side=True, do_handshake_on_connect=False
        )
        with self._kept(secure):
            # In here, so that a client that leaves meanwhile leaves no open socket behind.
            secure.do_handshake()
            while (head := _read_head(secure)) is not None:
                method, path, headers = head
                seen = Seen(host, method, path, headers)
                with self._counted(seen):
                    reply = self._reply(seen)
                    _send(secure, reply)
                if not reply.is_whole:
                    return

    @contextmanager
    def _counted(self, seen: Seen) -> Iterator[None]:
        began = time.monotonic()
        with self._changed:
            self.seen.append(seen)
            self._busy[seen.host] += 1
            self.busiest[seen.host] = max(self.busiest[seen.host], self._busy[seen.host])
            self.busiest_in_all = max(self.busiest_in_all, self._busy.total())
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._busy[seen.host] -= 1
                self.slowest = max(self.slowest, time.monotonic() - began)
                self._changed.notify_all()

    def _reply(self, seen: Seen) -> Reply:
        with self._changed:
            scripts = self._scripts.get(f"{seen.host}{seen.path}", [Reply(404)])
            script = scripts.pop(0) if len(scripts) > 1 else scripts[0]
        return script if isinstance(script, Reply) else script(seen)


def _send(connection: ssl.SSLSocket, reply: Reply) -> None:
    _pause(connection, reply.delay)
    if reply.reset:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
        raise ConnectionResetError
    if not reply.raw:
        connection.sendall(reply.head + reply.body)
    for piece in reply.pieces or ():
        connection.sendall(piece)
        _pause(connection, reply.pause)
    if reply.hold:
        _pause(connection, LONGEST_WAIT)


def _pause(connection: socket.socket, seconds: float) -> None:
    """Let time pass, but not for somebody who has left: a client says nothing while it waits, so what can be read is the end."""
    if seconds and select.select([connection], [], [], seconds)[0]:
        raise ConnectionAbortedError


def _read_head(connection: socket.socket) -> tuple[str, str, tuple[tuple[str, str], ...]] | None:
    """Method, target and headers of the next request; None where the client has left."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return None
        data += chunk
    lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, target, _ = lines[0].split(" ", 2)
    pairs = (each.partition(":") for each in lines[1:])
    return method, target, tuple((name, value.strip(" ")) for name, _, value in pairs)


@cache
def authority() -> trustme.CA:
    """The authority that signs for every host, made once in a run."""
    return trustme.CA()


@cache
def _tls_for(host: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority().issue_cert(host).configure_cert(context)
    return context
