"""The browser is asked with the checked address and nothing else, and only where it can be seen."""

import os
import re
import signal
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from metaoptout_tui.core.links import parse_meta_url
from metaoptout_tui.desktop.programs import SystemBrowser, start_detached

FORM = parse_meta_url("https://help.instagram.com/contact/767264225370182?locale=en_US&a=b")
SCREEN = {"DISPLAY": ":0"}
SSH = {"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}


class Starter:
    """Records what would be started; `codes` are the exit codes by program, an OSError where it cannot start."""

    def __init__(self, codes: Mapping[str, int | OSError | None] | None = None) -> None:
        self.codes = codes or {}
        self.started: list[list[str]] = []
        self.environments: list[Mapping[str, str]] = []

    def __call__(self, command: Sequence[str], environment: Mapping[str, str]) -> int | None:
        self.started.append(list(command))
        self.environments.append(environment)
        code = self.codes.get(command[0], 0)
        if isinstance(code, OSError):
            raise code
        return code


def installed(*programs: str) -> Callable[[str], str | None]:
    return lambda name: f"/usr/bin/{name}" if name in programs else None


def browser(
    environment: Mapping[str, str], *programs: str, start: Starter | None = None, platform: str = "linux"
) -> tuple[SystemBrowser, Starter]:
    start = start or Starter()
    return SystemBrowser(
        environment, platform=platform, find_program=installed(*programs), start_program=start, start_file=None
    ), start


@pytest.mark.parametrize(
    ("environment", "programs", "platform", "why"),
    [
        (SSH | SCREEN, ["xdg-open", "firefox"], "linux", "over ssh"),
        ({"SSH_TTY": "/dev/pts/1"}, ["open"], "darwin", "over ssh"),
        (SSH, [], "win32", "over ssh"),
        ({}, ["xdg-open", "firefox", "w3m"], "linux", "no graphical screen"),
        ({"DISPLAY": ""}, ["firefox"], "linux", "no graphical screen"),
        (SCREEN, ["w3m", "lynx"], "linux", r"text browser \(w3m\)"),
        (SCREEN, ["www-browser"], "linux", r"text browser \(www-browser\)"),
        (SCREEN, [], "linux", "No browser was found"),
        (SCREEN | {"BROWSER": "lynx"}, ["lynx", "firefox"], "linux", "names lynx, a text browser"),
        (SCREEN | {"BROWSER": "/usr/bin/w3m -M"}, ["/usr/bin/w3m", "firefox"], "linux", "names w3m, a text browser"),
        ({}, [], "darwin", "on a Mac was not found"),
    ],
)
def test_where_no_browser_can_be_seen_the_reason_is_said(
    environment: dict[str, str], programs: list[str], platform: str, why: str
) -> None:
    asked, start = browser(environment, *programs, platform=platform)
    for opening in (asked.probe(), asked.open(FORM)):
        assert not opening.can_open
        assert re.search(why, opening.explanation)
        assert opening.explanation.endswith(".")
    assert start.started == []


@pytest.mark.parametrize(
    ("environment", "programs", "platform", "command"),
    [
        (SCREEN, ["xdg-open", "firefox"], "linux", ["xdg-open"]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ["firefox", "w3m"], "linux", ["firefox"]),
        (SCREEN, ["gio"], "linux", ["gio", "open"]),
        ({}, ["open"], "darwin", ["open"]),
        ({"WSL_DISTRO_NAME": "Debian"}, ["wslview", "rundll32.exe"], "linux", ["wslview"]),
        ({"WSL_INTEROP": "/run/x"}, ["rundll32.exe"], "linux", ["rundll32.exe", "url.dll,FileProtocolHandler"]),
        ({"WSL_DISTRO_NAME": "Debian"} | SCREEN, ["xdg-open"], "linux", ["xdg-open"]),
        ({"BROWSER": "firefox"}, ["firefox"], "linux", ["firefox"]),
        (
            SSH | {"BROWSER": "/opt/remote helper/open.sh"},
            ["/opt/remote helper/open.sh"],
            "linux",
            ["/opt/remote helper/open.sh"],
        ),
        (SCREEN | {"BROWSER": "gone:w3m:firefox -P mine"}, ["w3m", "firefox"], "linux", ["firefox", "-P", "mine"]),
        (SCREEN | {"BROWSER": "firefox &"}, ["firefox"], "linux", ["firefox"]),
        (SCREEN | {"BROWSER": "gone"}, ["xdg-open"], "linux", ["xdg-open"]),
        (SCREEN | {"BROWSER": "'unclosed"}, ["xdg-open"], "linux", ["xdg-open"]),
    ],
)
def test_the_address_is_the_last_word(
    environment: dict[str, str], programs: list[str], platform: str, command: list[str]
) -> None:
    asked, start = browser(environment, *programs, platform=platform)
    assert asked.probe().can_open
    assert start.started == []
    opening = asked.open(FORM)
    assert start.started == [[*command, str(FORM)]]
    assert opening.can_open
    assert "was asked to open help.instagram.com" in opening.explanation
    assert opening.program == asked.probe().program


def test_a_place_for_the_address_is_filled() -> None:
    asked, start = browser({"BROWSER": 'firefox --new-window "%s" --private'}, "firefox")
    asked.open(FORM)
    assert start.started == [["firefox", "--new-window", str(FORM), "--private"]]


def test_no_shell_reads_an_address() -> None:
    asked, start = browser(SCREEN | {"BROWSER": "sh -c 'firefox %s'"}, "sh", "firefox")
    asked.open(FORM)
    assert start.started == [["firefox", str(FORM)]]


def test_windows_is_asked_without_a_command_line() -> None:
    opened: list[str] = []
    asked = SystemBrowser(
        {}, platform="win32", find_program=installed(), start_program=Starter(), start_file=opened.append
    )
    assert asked.probe().can_open
    assert asked.open(FORM).can_open
    assert opened == [str(FORM)]


@pytest.mark.skipif(hasattr(os, "startfile"), reason="this Python can")
def test_a_python_that_cannot_ask_windows_says_so() -> None:
    assert "cannot ask Windows" in browser({}, platform="win32")[0].probe().explanation


def test_when_one_fails_the_next_is_asked() -> None:
    start = Starter({"xdg-open": 3, "x-www-browser": OSError("gone"), "firefox": None})
    asked, _ = browser(SCREEN, "xdg-open", "x-www-browser", "firefox", "chromium", start=start)
    opening = asked.open(FORM)
    assert [command[0] for command in start.started] == ["xdg-open", "x-www-browser", "firefox"]
    assert (opening.can_open, opening.program) == (True, "firefox")


def test_when_all_fail_it_is_said() -> None:
    asked, _ = browser(SCREEN, "xdg-open", "firefox", start=Starter({"xdg-open": 3, "firefox": 1}))
    opening = asked.open(FORM)
    assert not opening.can_open
    assert "xdg-open and firefox" in opening.explanation


def test_a_browser_variable_that_led_nowhere_is_not_handed_on() -> None:
    asked, start = browser(SCREEN | {"BROWSER": "gone", "LANG": "nl_NL.UTF-8"}, "xdg-open")
    asked.open(FORM)
    assert start.environments == [SCREEN | {"LANG": "nl_NL.UTF-8"}]


def test_nothing_ever_says_that_a_page_was_opened() -> None:
    for environment in ({}, SCREEN, SSH):
        asked, _ = browser(environment, "xdg-open")
        assert "opened" not in asked.open(FORM).explanation


@contextmanager
def keys_waiting(keys: bytes) -> Iterator[None]:
    """Standard input with keys in it that are not for the browser."""
    reading, writing = os.pipe()
    os.write(writing, keys)
    os.close(writing)
    before = os.dup(0)
    os.dup2(reading, 0)
    try:
        yield
    finally:
        os.dup2(before, 0)
        os.close(before)
        os.close(reading)


def script(path: Path, body: str) -> Path:
    path.write_text(f"#!{sys.executable}\n{body}", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.skipif(os.name != "posix", reason="runs a script by its first line")
def test_a_real_program_gets_the_address_and_not_our_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "record"
    helper = script(
        tmp_path / "my helper",
        "import os, sys\n"
        "print('noise'); print('noise', file=sys.stderr)\n"
        f"open({str(record)!r}, 'w').write(repr((sys.argv[1:], sys.stdin.read(), os.getsid(0) == os.getpid())))\n",
    )
    with keys_waiting(b"typed ahead"):
        opening = SystemBrowser({"BROWSER": str(helper), "PATH": os.environ["PATH"]}).open(FORM)
    assert opening.can_open
    assert opening.program == "my helper"
    assert record.read_text(encoding="utf-8") == repr(([str(FORM)], "", True))
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(os.name != "posix", reason="runs a script by its first line")
def test_a_real_program_that_fails_is_noticed(tmp_path: Path) -> None:
    helper = script(tmp_path / "helper", "raise SystemExit(4)\n")
    assert not SystemBrowser({"BROWSER": str(helper), "PATH": ""}).open(FORM).can_open


@pytest.mark.skipif(os.name != "posix", reason="runs a script by its first line")
def test_a_real_program_that_stays_open_does_not_hold_us(tmp_path: Path) -> None:
    record = tmp_path / "pid"
    helper = script(
        tmp_path / "helper", f"import os, signal\nopen({str(record)!r}, 'w').write(str(os.getpid()))\nsignal.pause()\n"
    )
    opening = SystemBrowser(
        {"BROWSER": str(helper), "PATH": ""}, start_program=partial(start_detached, timeout=0.5)
    ).open(FORM)
    assert opening.can_open
    os.kill(int(record.read_text(encoding="utf-8")), signal.SIGKILL)
