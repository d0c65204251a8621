"""The person's mail program, asked to begin a mail; the person fills in the address and sends it.

No address is ever handed over: none of Meta's is verified (facts section 4), and an authority takes complaints by its own
way. What is handed over is one `mailto:` address as the last word of a command, every sign of the letter percent-encoded.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from metaoptout_tui.core.text import block, line
from metaoptout_tui.desktop.browser import Opening, Start, start_quietly
from metaoptout_tui.desktop.surroundings import Which, finder, has_display, inside_wsl, over_ssh

LONGEST = 8_000
"""Characters of the whole address on systems that take a long one; Windows takes some 2,000."""
LONGEST_ON_WINDOWS = 2_000

_DESKTOP = (("xdg-open",), ("gio", "open"), ("thunderbird",), ("evolution",))
# explorer.exe loses what stands behind a question mark (microsoft/WSL#3832); cmd.exe and PowerShell read & as their own.
_WSL = (("wslview",), ("rundll32.exe", "url.dll,FileProtocolHandler"))


def mail_address(subject: str, body: str, longest: int = LONGEST) -> tuple[str, bool]:
    """A `mailto:` address without a recipient, and whether the body is in it; one that is too long has the subject alone."""
    start = f"mailto:?subject={quote(line(subject), safe='')}"
    whole = f"{start}&body={quote(block(body, LONGEST).replace(chr(10), chr(13) + chr(10)), safe='')}"
    return (whole, True) if len(whole) <= longest else (start, False)


class Mailer:
    """Finds the person's mail program at this screen and asks it to begin a mail.

    `environment` is that of the process unless given; `which`, `start` and `start_file` (Windows' own) can be replaced.
    """

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        *,
        platform: str = sys.platform,
        which: Which | None = None,
        start: Start = start_quietly,
        start_file: Callable[[str], None] | None = None,
    ) -> None:
        self._environment = os.environ if environment is None else environment
        self._platform = platform
        self._which = which or finder(self._environment)
        self._start = start
        self._start_file: Callable[[str], None] | None = start_file or getattr(os, "startfile", None)

    def begin(self, subject: str, body: str) -> Opening:
        """Ask for a mail with this subject and text; waits a moment per program tried, so call it in a thread."""
        if over_ssh(self._environment):
            return Opening(can_open=False, why="This terminal is connected over ssh, so no mail program here is yours.")
        on_windows = self._platform == "win32" or inside_wsl(self._environment)
        address, is_whole = mail_address(subject, body, LONGEST_ON_WINDOWS if on_windows else LONGEST)
        rest = "" if is_whole else " The letter is too long to hand over: copy it and paste it there."
        for command in self._commands():
            try:
                code = self._start([*command, address], self._environment)
            except OSError:
                continue
            if not code:
                return self._asked(command[0], rest)
        if self._platform == "win32" and self._start_file is not None:
            try:
                self._start_file(address)
            except OSError:
                return Opening(can_open=False, why="Windows could not begin a mail. Copy the letter instead.")
            return self._asked("Windows", rest)
        return Opening(can_open=False, why="No mail program was found here. Copy the letter instead.")

    def _asked(self, program: str, rest: str) -> Opening:
        words = f"{program} was asked to begin a mail. The address is left to you.{rest}"
        return Opening(can_open=True, why=words, program=program)

    def _commands(self) -> list[Sequence[str]]:
        if self._platform == "win32":
            return []
        if self._platform == "darwin":
            return [("open",)] if self._which("open") else []
        commands: list[Sequence[str]] = [*_WSL] if inside_wsl(self._environment) else []
        if has_display(self._environment):
            commands += _DESKTOP
        return [command for command in commands if self._which(command[0])]
