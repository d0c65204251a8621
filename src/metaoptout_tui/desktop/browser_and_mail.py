"""Asks the person's browser to open an address, or their mail program to begin a mail.

Nothing here can tell whether the program really did it. Python's `webbrowser` is not used: it lets a text browser
draw over the screen, hands the terminal on to what it starts, and until 3.13.13 and 3.14.4 took some addresses for
options (CVE-2026-4519). A mail never has a recipient: the person fills it in. It is passed as one `mailto:` address
with the letter percent-encoded.
"""

import shlex
from urllib.parse import quote

from metaoptout_tui.core.desktop import OpenResult
from metaoptout_tui.core.links import SafeUrl
from metaoptout_tui.core.text import clean_block, clean_line
from metaoptout_tui.desktop.programs import (
    DesktopPrograms,
    ProgramOpener,
    has_display,
    is_inside_wsl,
    is_over_ssh,
    open_with_first,
    program_name_of,
)

_TEXT_BROWSERS = ("www-browser", "w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl", "chawan", "cha")
_GRAPHICAL_BROWSERS = (
    *("firefox", "firefox-esr", "librewolf", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("brave-browser", "vivaldi", "microsoft-edge", "epiphany", "falkon", "konqueror"),
)
_BROWSER_COMMANDS = (("xdg-open",), ("gio", "open"), ("x-www-browser",), *((name,) for name in _GRAPHICAL_BROWSERS))
_SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh", "fish", "csh", "tcsh", "cmd", "powershell", "pwsh"})


class Browser(DesktopPrograms):
    """Finds a graphical browser of the person at this screen and asks it to open an address.

    A graphical `$BROWSER` is honoured everywhere, over ssh too, because people set it to reach the browser at hand.
    """

    def probe(self) -> OpenResult:
        """Whether an address can be opened here, and if not, why. Starts nothing."""
        openers, why = self._openers()
        if not openers:
            return OpenResult(can_open=False, explanation=why)
        return OpenResult(can_open=True, program=openers[0].program)

    def open(self, url: SafeUrl) -> OpenResult:
        """Ask for `url` to be opened; waits up to `START_TIMEOUT_SECONDS` per program tried, so call it in a thread."""
        openers, why = self._openers()
        if not openers:
            return OpenResult(can_open=False, explanation=why)
        program = open_with_first(str(url), openers)
        if program:
            return OpenResult(can_open=True, explanation=f"{program} was asked to open {url.host}.", program=program)
        tried = " and ".join(dict.fromkeys(opener.program for opener in openers[:2]))
        return OpenResult(
            can_open=False,
            explanation=f"{tried} could not be started or reported an error.",
            program=openers[0].program,
        )

    def _openers(self) -> tuple[list[ProgramOpener], str]:
        """The ways to open an address, best first, or why there is none."""
        named, text_browser = self._named_by_environment()
        if named:
            return named, ""
        if text_browser:
            return [], f"BROWSER names {text_browser}, a text browser, which would draw over this screen."
        if is_over_ssh(self._environment):
            return [], "This terminal is connected over ssh, so a browser here would not open in front of you."
        return self._default_openers(_BROWSER_COMMANDS), self._explain_no_opener()

    def _explain_no_opener(self) -> str:
        """Why this system would have no way at all."""
        if self._platform == "win32":
            return "This Python cannot ask Windows to open an address."
        if self._platform == "darwin":
            return "The program that opens addresses on a Mac was not found."
        if not has_display(self._environment):
            return "There is no graphical screen here to open a browser on."
        text_browser = next((name for name in _TEXT_BROWSERS if self._find_program(name)), "")
        if text_browser:
            return f"Only a text browser ({text_browser}) was found, which would draw over this screen."
        return "No browser was found on this computer."

    def _named_by_environment(self) -> tuple[list[ProgramOpener], str]:
        """The graphical programs that `$BROWSER` names, and a text browser that it names."""
        windows = self._platform == "win32"
        named: list[ProgramOpener] = []
        text_browser = ""
        for entry in self._environment.get("BROWSER", "").split(";" if windows else ":"):
            command = self._split_command(entry.strip(), posix=not windows)
            if not command:
                continue
            program = program_name_of(command[0])
            if program in _TEXT_BROWSERS:
                text_browser = text_browser or program
            elif program not in _SHELLS and self._find_program(command[0]):
                named.append(self._opener_for(command, self._environment))
        return named, text_browser

    def _split_command(self, entry: str, *, posix: bool) -> list[str]:
        if entry and self._find_program(entry):  # a path with blanks in it, unquoted
            return [entry]
        try:
            words = shlex.split(entry, posix=posix)
        except ValueError:
            return []
        return [word if posix else word.strip('"') for word in words if word != "&"]


MAX_MAILTO_CHARACTERS = 8_000
"""Characters of the whole address on systems that take a long one; Windows takes some 2,000."""
MAX_MAILTO_CHARACTERS_ON_WINDOWS = 2_000

_MAIL_COMMANDS = (("xdg-open",), ("gio", "open"), ("thunderbird",), ("evolution",))


def build_mailto(subject: str, body: str, longest: int = MAX_MAILTO_CHARACTERS) -> tuple[str, bool]:
    """A `mailto:` address without a recipient, and whether the body is in it; one that is too long has the subject alone."""
    start = f"mailto:?subject={quote(clean_line(subject), safe='')}"
    whole = (
        f"{start}&body={quote(clean_block(body, MAX_MAILTO_CHARACTERS).replace(chr(10), chr(13) + chr(10)), safe='')}"
    )
    return (whole, True) if len(whole) <= longest else (start, False)


class MailProgram(DesktopPrograms):
    """Finds the person's mail program at this screen and asks it to begin a mail."""

    def begin_mail(self, subject: str, body: str) -> OpenResult:
        """Ask for a mail with this subject and text; waits a moment per program tried, so call it in a thread."""
        if is_over_ssh(self._environment):
            return OpenResult(
                can_open=False, explanation="This terminal is connected over ssh, so no mail program here is yours."
            )
        on_windows = self._platform == "win32" or is_inside_wsl(self._environment)
        address, is_whole = build_mailto(
            subject, body, MAX_MAILTO_CHARACTERS_ON_WINDOWS if on_windows else MAX_MAILTO_CHARACTERS
        )
        program = open_with_first(address, self._default_openers(_MAIL_COMMANDS))
        if not program:
            none = "Windows could not begin a mail." if self._platform == "win32" else "No mail program was found here."
            return OpenResult(can_open=False, explanation=f"{none} Copy the letter instead.")
        rest = "" if is_whole else " The letter is too long to hand over: copy it and paste it there."
        words = f"{program} was asked to begin a mail. The address is left to you.{rest}"
        return OpenResult(can_open=True, explanation=words, program=program)
