"""A real browser without a window, whose every request goes to a proxy of ours that notes and refuses it."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from urllib.parse import urlsplit

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-default-apps"),
)


def browser() -> str:
    """The browser's command; the test is skipped where there is none."""
    found = next((path for name in _NAMES if (path := which(name))), "")
    if not found:
        pytest.skip("no Chromium here: the page is not opened in a real browser")
    return found


_ERRANDS = ("google.com", "googleapis.com", "gstatic.com", "gvt1.com")
"""What the browser asks of its makers by itself, whatever the page."""


@dataclass
class Visit:
    """One opening of a page: the hosts that were asked for anything besides the browser's own errands, and what the browser printed."""

    hosts: set[str] = field(default_factory=set)
    out: str = ""


def visit(page: Path, scratch: Path, *options: str) -> Visit:
    """Open a page of the disk. Nothing leaves: whatever is asked for is noted and refused."""
    command = browser()
    seen = Visit()
    with _noting_proxy(seen.hosts) as port:
        ended = subprocess.run(
            [
                *(command, *_QUIET, f"--user-data-dir={scratch / 'profile'}"),
                *(f"--proxy-server=http://127.0.0.1:{port}", "--proxy-bypass-list=<-loopback>"),
                *("--virtual-time-budget=2000", *options, page.as_uri()),
            ],
            capture_output=True,
            timeout=120,
            check=True,
            cwd=scratch,
        )
    seen.out = ended.stdout.decode()
    seen.hosts = {host for host in seen.hosts if not host.endswith(_ERRANDS)}
    return seen


@contextmanager
def _noting_proxy(hosts: set[str]) -> Iterator[int]:
    class Refuses(BaseHTTPRequestHandler):
        def _note(self) -> None:
            asked = self.path if "//" in self.path else f"//{self.path}"
            hosts.add(urlsplit(asked).hostname or asked)
            self.send_error(502)

        do_GET = do_HEAD = do_POST = do_CONNECT = do_OPTIONS = _note  # noqa: N815 - the names are the library's

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refuses)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
