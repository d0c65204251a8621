"""The mail program is asked to begin a mail: one word, encoded throughout, without an address, and only where it is seen."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.text import clean_block, clean_line
from metaoptout_tui.desktop.mail_program import (
    MAX_MAILTO_CHARACTERS_ON_WINDOWS,
    SECONDS_TO_READ_LETTER,
    SystemMailProgram,
    build_mailto,
    is_process_list_private,
)

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


def mail_program(
    environment: Mapping[str, str],
    *programs: str,
    start: Starter,
    platform: str = "linux",
    default: str = "",
    private: bool = True,
    folder: str = "/usr/bin",
    letters: Path | None = None,
) -> SystemMailProgram:
    """A mail program found among `programs`; `private`: others cannot see with which words programs are started."""

    def which(name: str) -> str | None:
        return f"{folder}/{name}" if name in programs else None

    return SystemMailProgram(
        environment,
        platform=platform,
        find_program=which,
        start_program=start,
        letter_folder=letters,
        default_program=lambda _: default,
        has_private_process_list=lambda _: private,
    )


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
    asked = mail_program(environment, *programs, start=start, platform=platform).begin_mail(
        "--help & co", "-a\n$(id) 100%"
    )
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
    asked = mail_program({"WSL_INTEROP": "1"}, "wslview", start=start).begin_mail("Subject", "ü" * 1_000)
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
    asked = mail_program(environment, *programs, start=start, platform=platform).begin_mail("a", "b")
    assert not asked.can_open
    assert why in asked.explanation
    assert start.started == []


def test_a_program_that_fails_or_cannot_start_is_followed_by_the_next() -> None:
    for code in (3, OSError("gone")):
        start = Starter(code)
        asked = mail_program(SCREEN, "xdg-open", "gio", start=start).begin_mail("a", "b")
        assert [each[0] for each in start.started] == ["xdg-open", "gio"]
        assert not asked.can_open


def test_windows_is_asked_by_its_own_way() -> None:
    opened: list[str] = []
    asked = SystemMailProgram({}, platform="win32", find_program=lambda _: None, start_file=opened.append).begin_mail(
        "a", "b"
    )
    assert opened == ["mailto:?subject=a&body=b"]
    assert asked.can_open


LETTER = "Dear Sir or Madam,\n\nI am Zoë, of Garden Street 5.\n"


class TestOthersCanReadTheListOfProcesses:
    @pytest.mark.parametrize(
        ("default", "command"),
        [
            ("thunderbird.desktop", ["thunderbird", "-compose", "subject='Anna’s objection, again',message='{}'"]),
            ("org.mozilla.thunderbird.desktop", ["thunderbird", "-compose", "subject='Anna’s objection, again',message='{}'"]),
            ("org.kde.kmail2.desktop", ["kmail", "--composer", "--subject=Anna's objection, again", "--msg={}"]),
        ],
    )  # fmt: skip
    def test_a_program_that_takes_a_file_gets_one_that_nobody_else_can_read(
        self, tmp_path: Path, default: str, command: list[str]
    ) -> None:
        start = Starter(None)
        folder = tmp_path / "letters"
        program = mail_program(
            SCREEN, "xdg-open", command[0], start=start, default=default, private=False, letters=folder
        )
        asked = program.begin_mail("Anna's objection, again", LETTER)
        [path] = folder.iterdir()
        assert start.started == [[word.format(path) for word in command]]
        assert path.read_text(encoding="utf-8") == LETTER.rstrip()
        assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
        assert asked.explanation == f"{command[0]} was asked to begin a mail. The address is left to you."

    @pytest.mark.parametrize(
        ("default", "programs", "folder", "runtime"),
        [
            ("org.gnome.evolution.desktop", ("xdg-open", "evolution"), "/usr/bin", True),
            ("", ("xdg-open",), "/usr/bin", True),
            ("thunderbird.desktop", ("xdg-open",), "/usr/bin", True),
            ("thunderbird_thunderbird.desktop", ("xdg-open", "thunderbird"), "/snap/bin", True),
            ("thunderbird.desktop", ("xdg-open", "thunderbird"), "/usr/bin", False),
        ],
    )
    def test_any_other_program_gets_the_subject_alone_and_the_person_is_told_why(
        self, tmp_path: Path, default: str, programs: tuple[str, ...], folder: str, *, runtime: bool
    ) -> None:
        start = Starter()
        letters = tmp_path / "letters" if runtime else None
        program = mail_program(
            SCREEN, *programs, start=start, default=default, private=False, folder=folder, letters=letters
        )
        asked = program.begin_mail("Objection", LETTER)
        assert [word for command in start.started for word in command] == [
            "xdg-open",
            "mailto:?subject=Objection&body=",
        ]
        assert "others who use this computer could read it in the list of programs" in asked.explanation
        assert "Copy it and paste it there." in asked.explanation
        assert list(tmp_path.iterdir()) == []

    def test_the_file_of_an_earlier_letter_is_removed_with_the_next(self, tmp_path: Path) -> None:
        folder = tmp_path / "letters"
        program = mail_program(
            SCREEN,
            "xdg-open",
            "thunderbird",
            start=Starter(),
            default="thunderbird.desktop",
            private=False,
            letters=folder,
        )
        program.begin_mail("One", "one")
        [first] = folder.iterdir()
        program.begin_mail("Two", "two")
        assert len(list(folder.iterdir())) == 2
        old = first.stat().st_mtime - SECONDS_TO_READ_LETTER - 60
        os.utime(first, (old, old))
        program.begin_mail("Three", "three")
        assert {path.read_text() for path in folder.iterdir()} == {"two", "three"}

    def test_a_letter_is_never_shown_on_windows_and_the_mac_where_others_do_not_see_it(self) -> None:
        assert is_process_list_private("win32")
        assert is_process_list_private("darwin")
