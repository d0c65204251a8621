"""Asks the person's mail program to begin a mail with a letter, without showing the letter to others on this computer.

A program is started with words that stand in the list of processes, which on Linux everybody who uses the computer can
read. So a letter is handed over in a file that only the person can read, to a program that takes one; as part of the
address only where that list is private; and else not at all, which the person is told.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from metaoptout_tui.core.desktop import OpenResult
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import clean_block, clean_line
from metaoptout_tui.desktop.programs import (
    DesktopPrograms,
    FindProgram,
    ProgramOpener,
    StartProgram,
    is_inside_wsl,
    is_over_ssh,
    open_with_first,
    start_detached,
)

MAX_MAILTO_CHARACTERS, MAX_MAILTO_CHARACTERS_ON_WINDOWS = 8_000, 2_000
"""Characters of the whole address that a system takes."""

SECONDS_TO_READ_LETTER = 120
"""How long a program has a letter's file for itself; later ones are removed with the next letter."""

_MAIL_COMMANDS = (("xdg-open",), ("gio", "open"), ("thunderbird",), ("evolution",))

_QUERY_TIMEOUT_SECONDS = 2


def _thunderbird(subject: str, path: Path) -> list[str]:
    plain = subject.replace("'", "’")  # an apostrophe would end the subject
    return ["thunderbird", "-compose", f"subject='{plain}',message='{path}'"]


def _kmail(subject: str, path: Path) -> list[str]:
    return ["kmail", "--composer", f"--subject={subject}", f"--msg={path}"]


_FILE_COMMANDS: Mapping[str, Callable[[str, Path], list[str]]] = {"thunderbird": _thunderbird, "kmail": _kmail}
"""The programs that take the text of a mail from a file, by what their names in the desktop's settings contain."""


def build_mailto(subject: str, body: str, max_characters: int = MAX_MAILTO_CHARACTERS) -> tuple[str, bool]:
    """A `mailto:` address without a recipient, and whether the body is in it, which it is unless too long."""
    start = f"mailto:?subject={quote(clean_line(subject), safe='')}"
    lines = clean_block(body, MAX_MAILTO_CHARACTERS).replace("\n", "\r\n")
    whole = f"{start}&body={quote(lines, safe='')}"
    return (whole, True) if len(whole) <= max_characters else (start, False)


def default_mail_program(environment: Mapping[str, str]) -> str:
    """The name of the mail program in the settings of a Linux desktop; empty where that cannot be told."""
    try:
        answer = subprocess.run(
            ["xdg-mime", "query", "default", "x-scheme-handler/mailto"],  # noqa: S607 - where it is differs
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_QUERY_TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.decode("utf-8", "replace").strip().lower()


def is_process_list_private(platform: str) -> bool:
    """Whether others on this computer cannot see with which words a program was started."""
    if platform in ("win32", "darwin"):
        return True
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    options = {
        option
        for line in mounts.splitlines()
        if line.startswith("proc /proc ")
        for option in line.split()[3].split(",")
    }
    return bool(options & _HIDING_OPTIONS)


_HIDING_OPTIONS = frozenset(f"hidepid={how}" for how in ("1", "2", "4", "noaccess", "invisible", "ptraceable"))


class SystemMailProgram(DesktopPrograms):
    """Finds the person's mail program at this screen and asks it to begin a mail.

    `letter_folder` is where the file of a letter may stand while a program reads it; None for nowhere.
    """

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        *,
        platform: str = sys.platform,
        find_program: FindProgram | None = None,
        start_program: StartProgram = start_detached,
        start_file: Callable[[str], None] | None = None,
        letter_folder: Path | None = None,
        default_program: Callable[[Mapping[str, str]], str] = default_mail_program,
        has_private_process_list: Callable[[str], bool] = is_process_list_private,
    ) -> None:
        super().__init__(
            environment,
            platform=platform,
            find_program=find_program,
            start_program=start_program,
            start_file=start_file,
        )
        self._letter_folder = letter_folder
        self._default_program = default_program
        self._has_private_process_list = has_private_process_list

    def begin_mail(self, subject: str, body: str) -> OpenResult:
        """Ask for a mail with this subject and text; waits a moment per program tried, so call it in a thread."""
        if is_over_ssh(self._environment):
            return OpenResult(
                can_open=False, explanation=_("This terminal is connected over ssh, so no mail program here is yours.")
            )
        on_windows = self._platform == "win32" or is_inside_wsl(self._environment)
        is_private = on_windows or self._has_private_process_list(self._platform)
        if not is_private and (program := self._hand_over_file(subject, body)):
            return _asked(program)
        address, is_whole = build_mailto(
            subject,
            body if is_private else "",
            MAX_MAILTO_CHARACTERS_ON_WINDOWS if on_windows else MAX_MAILTO_CHARACTERS,
        )
        program = open_with_first(address, self._default_openers(_MAIL_COMMANDS))
        if not program:
            failure = (
                _("Windows could not begin a mail.")
                if self._platform == "win32"
                else _("No mail program was found here.")
            )
            return OpenResult(
                can_open=False, explanation=_("{failure} Copy the letter instead.").format(failure=failure)
            )
        if not is_private:
            return _asked(
                program,
                _(
                    "The letter is not handed over: others who use this computer could read it in the list "
                    "of programs. Copy it and paste it there."
                ),
            )
        return _asked(
            program, "" if is_whole else _("The letter is too long to hand over: copy it and paste it there.")
        )

    def _hand_over_file(self, subject: str, body: str) -> str:
        """Ask the person's own mail program with a file, if it takes one; its name, empty where it was not asked."""
        if self._letter_folder is None or not self._default_openers(_MAIL_COMMANDS):
            return ""
        default = self._default_program(self._environment)
        name = next((name for name in _FILE_COMMANDS if name in default), "")
        # A program in a package of its own, as of snap, does not see that folder.
        program_path = self._find_program(name) if name else None
        if not program_path or "/snap/" in os.path.realpath(program_path) + program_path:
            return ""
        try:
            path = _write_letter(self._letter_folder, body)
        except OSError:
            return ""
        command = _FILE_COMMANDS[name](clean_line(subject), path)
        return open_with_first(
            "", [ProgramOpener(name, lambda _unused: self._start_program(command, self._environment))]
        )


def _asked(program: str, hint: str = "") -> OpenResult:
    explanation = _("{program} was asked to begin a mail. The address is left to you.").format(program=program)
    return OpenResult(can_open=True, explanation=f"{explanation} {hint}".rstrip(), program=program)


def _write_letter(folder: Path, body: str) -> Path:
    """Write a letter where only the person can read it, and remove those that nobody reads any more. Raises OSError."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.glob("letter-*.txt"):
        with contextlib.suppress(OSError):
            if time.time() - old.stat().st_mtime > SECONDS_TO_READ_LETTER:
                old.unlink()
    descriptor, name = tempfile.mkstemp(prefix="letter-", suffix=".txt", dir=folder)  # readable by the person alone
    with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor
        file.write(clean_block(body).encode())
    return Path(name)
