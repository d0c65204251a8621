"""The mail program is asked to begin a mail: one word, encoded throughout, without an address, and only where it is seen."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.text import clean_block, clean_line
from metaoptout_tui.desktop.programs import MAX_MAILTO_CHARACTERS_ON_WINDOWS, MailProgram, build_mailto

SCREEN = {"DISPLAY": ":0"}


class Starter:
    """Writes down what would be started; `code` is every program's exit code, an OSError where it cannot start."""

    def __init__(self, code: int | OSError | None = 0) -> None:
        self.code = code
        self.started: list[list[str]] = []

    def __call__(self, command: Sequence[str], _: Mapping[str, str]) -> int | None:
        self.started.append(list(command))
        if isinstance(self.code, OSError):
            raise self.code
        return self.code


def mailer(environment: Mapping[str, str], *programs: str, start: Starter, platform: str = "linux") -> MailProgram:
    def which(name: str) -> str | None:
        return f"/usr/bin/{name}" if name in programs else None

    return MailProgram(environment, platform=platform, find_program=which, start_program=start)


@pytest.mark.parametrize(
    ("environment", "programs", "platform", "command"),
    [
        (SCREEN, ("xdg-open", "thunderbird"), "linux", ["xdg-open"]),
        (SCREEN, ("gio",), "linux", ["gio", "open"]),
        (SCREEN, ("thunderbird",), "linux", ["thunderbird"]),
        ({"WSL_DISTRO_NAME": "Debian"}, ("wslview",), "linux", ["wslview"]),
        ({}, ("open",), "darwin", ["open"]),
    ],
)
def test_the_letter_is_the_last_word_of_the_command_and_nothing_in_it_is_an_option(
    environment: Mapping[str, str], programs: tuple[str, ...], platform: str, command: list[str]
) -> None:
    start = Starter()
    asked = mailer(environment, *programs, start=start, platform=platform).begin_mail("--help & co", "-a\n$(id) 100%")
    address = "mailto:?subject=--help%20%26%20co&body=-a%0D%0A%24%28id%29%20100%25"
    assert start.started == [[*command, address]]
    assert asked.can_open
    assert asked.explanation == f"{command[0]} was asked to begin a mail. The address is left to you."


@given(st.text(max_size=60), st.text(max_size=300))
def test_what_is_handed_over_is_what_was_written_and_names_nobody(subject: str, body: str) -> None:
    address, is_whole = build_mailto(subject, body)
    assert is_whole
    assert address.isascii()
    assert not set(address) & set(" \"'<>\n\r\\`$")
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == ("mailto", "", "")
    given_back = parse_qs(parts.query, keep_blank_values=True)
    assert given_back["subject"] == [clean_line(subject)]
    assert given_back["body"][0].replace("\r\n", "\n") == clean_block(body)


def test_a_letter_that_is_too_long_is_not_cut_but_left_to_be_pasted() -> None:
    address, is_whole = build_mailto(
        "Subject", "x" * MAX_MAILTO_CHARACTERS_ON_WINDOWS, MAX_MAILTO_CHARACTERS_ON_WINDOWS
    )
    assert (address, is_whole) == ("mailto:?subject=Subject", False)
    start = Starter()
    asked = mailer({"WSL_INTEROP": "1"}, "wslview", start=start).begin_mail("Subject", "ü" * 1_000)
    assert "copy it and paste it there" in asked.explanation


@pytest.mark.parametrize(
    ("environment", "programs", "platform", "why"),
    [
        ({"SSH_TTY": "/dev/pts/1"} | SCREEN, ("xdg-open",), "linux", "over ssh"),
        ({}, ("xdg-open",), "linux", "No mail program was found"),
        (SCREEN, (), "linux", "No mail program was found"),
        ({}, (), "darwin", "No mail program was found"),
    ],
)
def test_where_nobody_would_see_it_nothing_is_started(
    environment: Mapping[str, str], programs: tuple[str, ...], platform: str, why: str
) -> None:
    start = Starter()
    asked = mailer(environment, *programs, start=start, platform=platform).begin_mail("a", "b")
    assert not asked.can_open
    assert why in asked.explanation
    assert start.started == []


def test_a_program_that_fails_or_cannot_start_is_followed_by_the_next() -> None:
    for code in (3, OSError("gone")):
        start = Starter(code)
        asked = mailer(SCREEN, "xdg-open", "gio", start=start).begin_mail("a", "b")
        assert [each[0] for each in start.started] == ["xdg-open", "gio"]
        assert not asked.can_open


def test_windows_is_asked_by_its_own_way() -> None:
    opened: list[str] = []
    asked = MailProgram({}, platform="win32", find_program=lambda _: None, start_file=opened.append).begin_mail(
        "a", "b"
    )
    assert opened == ["mailto:?subject=a&body=b"]
    assert asked.can_open
