"""Text reaches the clipboard of the person at this screen, and what is said about it is true."""

import os
import stat
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from metaoptout_tui.desktop.clipboard import COPY_TIMEOUT_SECONDS, MAX_COPIED_CHARACTERS, SystemClipboard

LETTER = "Dear Meta,\n\nI object. Grüße, Anna 👋"
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}
X = {"DISPLAY": ":0"}
SSH = {"SSH_TTY": "/dev/pts/3"}


class Feeder:
    """Records what programs are given; those in `failing` do not take it."""

    def __init__(self, *failing: str) -> None:
        self.failing = failing
        self.fed: list[tuple[list[str], bytes]] = []
        self.environments: list[Mapping[str, str]] = []

    def __call__(self, command: Sequence[str], data: bytes, environment: Mapping[str, str], patience: float) -> bool:
        assert 0 < patience <= COPY_TIMEOUT_SECONDS
        self.fed.append((list(command), data))
        self.environments.append(environment)
        return command[0] not in self.failing


def installed(*programs: str) -> Callable[[str], str | None]:
    return lambda name: f"/usr/bin/{name}" if name in programs else None


ALL = installed("wl-copy", "xclip", "xsel", "pbcopy", "clip.exe")


@pytest.mark.parametrize(
    ("environment", "platform", "program"),
    [
        (WAYLAND | X, "linux", "wl-copy"),
        (X, "linux", "xclip"),
        ({}, "darwin", "pbcopy"),
        ({}, "win32", "clip.exe"),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", "clip.exe"),
    ],
)
def test_a_program_of_this_desktop_comes_first(environment: dict[str, str], platform: str, program: str) -> None:
    sent: list[str] = []
    feed = Feeder()
    copied = SystemClipboard(sent.append, environment, platform=platform, find_program=ALL, run_with_input=feed).copy(
        LETTER
    )
    assert (copied.route, copied.message) == (program, f"Copied with {program}.")
    assert sent == []
    [(command, data)] = feed.fed
    assert command[0] == program
    assert data.decode("utf-16-le" if program == "clip.exe" else "utf-8") == LETTER
    assert not any(word in LETTER for word in command)


def test_when_one_program_fails_the_next_is_tried_and_then_the_terminal() -> None:
    sent: list[str] = []
    feed = Feeder("wl-copy", "xclip", "xsel")
    copied = SystemClipboard(sent.append, WAYLAND | X, platform="linux", find_program=ALL, run_with_input=feed).copy(
        LETTER
    )
    assert [command[0] for command, _ in feed.fed] == ["wl-copy", "xclip", "xsel"]
    assert sent == [LETTER]
    assert copied.route == "terminal"


@pytest.mark.parametrize("environment", [SSH | WAYLAND | X, {}, {"DISPLAY": ""}])
def test_elsewhere_the_terminal_is_sent_it_and_nothing_is_claimed(environment: dict[str, str]) -> None:
    sent: list[str] = []
    feed = Feeder()
    copied = SystemClipboard(sent.append, environment, platform="linux", find_program=ALL, run_with_input=feed).copy(
        LETTER
    )
    assert feed.fed == []
    assert sent == [LETTER]
    assert copied.message.startswith("Sent to your clipboard.")
    assert "show it and select it" in copied.message
    assert "opied" not in copied.message


@pytest.mark.parametrize(
    "environment", [{"TMUX": "/run/tmux-1/default,7,0"}, {"TMUX": "/run/tmux-1/default,7,0"} | SSH]
)
def test_in_tmux_which_drops_what_programs_send_it_becomes_a_paste_buffer(environment: dict[str, str]) -> None:
    sent: list[str] = []
    feed = Feeder()
    copied = SystemClipboard(
        sent.append, environment, platform="linux", find_program=installed("tmux"), run_with_input=feed
    ).copy(LETTER)
    assert feed.fed == [(["tmux", "load-buffer", "-w", "-"], LETTER.encode())]
    assert sent == []
    assert copied.route == "tmux"
    assert copied.message.startswith("Copied inside tmux, where Ctrl+B and then ] pastes it.")
    assert "show it and select it" in copied.message


def test_an_old_tmux_takes_it_too_and_without_one_it_goes_to_the_terminal() -> None:
    class OldTmux(Feeder):
        def __call__(
            self, command: Sequence[str], data: bytes, environment: Mapping[str, str], patience: float
        ) -> bool:
            return super().__call__(command, data, environment, patience) and "-w" not in command

    tmux = {"TMUX": "/run/tmux-1/default,7,0"}
    old = OldTmux()
    copied = SystemClipboard(None, tmux, platform="linux", find_program=installed("tmux"), run_with_input=old).copy(
        LETTER
    )
    assert (copied.route, old.fed[-1][0]) == ("tmux", ["tmux", "load-buffer", "-"])
    sent: list[str] = []
    copied = SystemClipboard(sent.append, tmux, platform="linux", find_program=installed()).copy(LETTER)
    assert (copied.route, sent) == ("terminal", [LETTER])


def test_text_is_cleaned_first() -> None:
    sent: list[str] = []
    SystemClipboard(sent.append, {}, platform="linux", find_program=installed()).copy("a\x1b]0;x\x07\u202eb\ud800\r\nc")
    assert sent == ["a\ufffd]0;x\ufffdb\ufffd\nc"]


def test_nothing_to_copy_is_said() -> None:
    feed = Feeder()
    assert SystemClipboard(None, X, platform="linux", find_program=ALL, run_with_input=feed).copy(" \n").route == "none"
    assert feed.fed == []


def test_a_text_that_is_too_long_is_cut_and_that_is_said() -> None:
    feed = Feeder()
    copied = SystemClipboard(None, X, platform="linux", find_program=ALL, run_with_input=feed).copy(
        "a" * (MAX_COPIED_CHARACTERS + 1)
    )
    assert len(feed.fed[0][1].decode()) == MAX_COPIED_CHARACTERS
    assert "Only its beginning" in copied.message


def test_no_way_and_a_terminal_that_fails_are_said_and_never_raised() -> None:
    def fail(_: str) -> None:
        raise UnicodeEncodeError("utf-8", "", 0, 1, "surrogates")

    for send in (None, fail):
        copied = SystemClipboard(send, {}, platform="linux", find_program=installed()).copy(LETTER)
        assert copied.route == "none"
        assert "select it" in copied.message


def test_a_mac_reads_the_text_as_utf_8() -> None:
    feed = Feeder()
    SystemClipboard(None, {"LC_ALL": "C", "HOME": "/x"}, platform="darwin", find_program=ALL, run_with_input=feed).copy(
        LETTER
    )
    assert feed.environments == [{"LC_ALL": "en_US.UTF-8", "HOME": "/x"}]


def script(folder: Path, name: str, body: str) -> Path:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{body}", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


posix = pytest.mark.skipif(os.name != "posix", reason="runs a script by its first line")


@posix
def test_a_real_program_that_stays_behind_does_not_hold_us(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    record = tmp_path / "record"
    script(
        tmp_path,
        "wl-copy",
        "import os, sys, time\n"
        f"open({str(record)!r}, 'wb').write(sys.stdin.buffer.read())\n"
        "print('noise', flush=True)\n"
        "if os.fork() == 0:\n"
        "    time.sleep(5)\n",
    )
    began = time.monotonic()
    copied = SystemClipboard(None, WAYLAND | {"PATH": str(tmp_path)}, platform="linux").copy(LETTER)
    assert time.monotonic() - began < COPY_TIMEOUT_SECONDS
    assert copied.route == "wl-copy"
    assert record.read_text(encoding="utf-8") == LETTER
    assert capfd.readouterr() == ("", "")


@posix
def test_a_real_program_that_hangs_is_given_up(tmp_path: Path) -> None:
    script(tmp_path, "xclip", "import signal\nsignal.pause()\n")
    script(tmp_path, "xsel", "raise SystemExit(0)\n")
    sent: list[str] = []
    began = time.monotonic()
    clipboard = SystemClipboard(sent.append, X | {"PATH": str(tmp_path)}, platform="linux", timeout=0.2)
    copied = clipboard.copy("a" * 40_000)
    assert time.monotonic() - began < COPY_TIMEOUT_SECONDS
    assert copied.route == "terminal"


@posix
def test_a_real_program_that_fails_or_cannot_run_is_passed_over(tmp_path: Path) -> None:
    script(tmp_path, "wl-copy", "raise SystemExit(1)\n")
    (tmp_path / "xclip").write_text("#!/nowhere\n", encoding="utf-8")
    (tmp_path / "xclip").chmod(0o755)
    sent: list[str] = []
    copied = SystemClipboard(sent.append, WAYLAND | X | {"PATH": str(tmp_path)}, platform="linux").copy(LETTER)
    assert copied.route == "terminal"
    assert sent == [LETTER]


def test_a_clipboard_is_reachable_where_something_may_take_a_text() -> None:
    def reach(environment: Mapping[str, str], *programs: str, is_on_terminal: bool = False) -> bool:
        send = (lambda _text: None) if is_on_terminal else None
        return SystemClipboard(send, environment, platform="linux", find_program=installed(*programs)).is_reachable

    assert reach(WAYLAND, "wl-copy")
    assert reach({"TMUX": "socket"}, "tmux")
    assert reach({}, is_on_terminal=True)
    assert not reach(WAYLAND)
    assert not reach(WAYLAND | SSH, "wl-copy")
    assert not reach({}, "tmux")
