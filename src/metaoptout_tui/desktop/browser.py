"""The person's browser, asked to open an address; nothing here can tell whether it did.

Python's `webbrowser` is left aside: it lets a text browser draw over the screen, hands the terminal on to what it
starts, and until 3.13.13 and 3.14.4 took some addresses for options (CVE-2026-4519, reliability section 0).
"""

import shlex

from metaoptout_tui.core.links import SafeUrl
from metaoptout_tui.desktop.programs import Opener, Opening, Programs, first_that_takes, program_name
from metaoptout_tui.desktop.surroundings import has_display, over_ssh

_TEXT_BROWSERS = ("www-browser", "w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl", "chawan", "cha")
_BROWSERS = (
    *("firefox", "firefox-esr", "librewolf", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("brave-browser", "vivaldi", "microsoft-edge", "epiphany", "falkon", "konqueror"),
)
_ON_DESKTOP = (("xdg-open",), ("gio", "open"), ("x-www-browser",), *((name,) for name in _BROWSERS))
_SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh", "fish", "csh", "tcsh", "cmd", "powershell", "pwsh"})


class Browser(Programs):
    """Finds a graphical browser of the person at this screen and asks it to open an address.

    A graphical `$BROWSER` is honoured everywhere, over ssh too, because people set it to reach the browser at hand.
    """

    def probe(self) -> Opening:
        """Whether an address can be opened here, and if not, why. Starts nothing."""
        openers, why = self._openers()
        return Opening(can_open=True, program=openers[0].program) if openers else Opening(can_open=False, why=why)

    def open(self, url: SafeUrl) -> Opening:
        """Ask for `url` to be opened; waits up to `PATIENCE` seconds per program tried, so call it in a thread."""
        openers, why = self._openers()
        if not openers:
            return Opening(can_open=False, why=why)
        program = first_that_takes(str(url), openers)
        if program:
            return Opening(can_open=True, why=f"{program} was asked to open {url.host}.", program=program)
        tried = " and ".join(dict.fromkeys(opener.program for opener in openers[:2]))
        return Opening(
            can_open=False, why=f"{tried} could not be started or reported an error.", program=openers[0].program
        )

    def _openers(self) -> tuple[list[Opener], str]:
        """The ways to open an address, best first, or why there is none."""
        named, text_browser = self._named()
        if named:
            return named, ""
        if text_browser:
            return [], f"BROWSER names {text_browser}, a text browser, which would draw over this screen."
        if over_ssh(self._environment):
            return [], "This terminal is connected over ssh, so a browser here would not open in front of you."
        return self._usual(_ON_DESKTOP), self._why_none()

    def _why_none(self) -> str:
        """Why this system would have no way at all."""
        if self._platform == "win32":
            return "This Python cannot ask Windows to open an address."
        if self._platform == "darwin":
            return "The program that opens addresses on a Mac was not found."
        if not has_display(self._environment):
            return "There is no graphical screen here to open a browser on."
        text_browser = next((name for name in _TEXT_BROWSERS if self._which(name)), "")
        if text_browser:
            return f"Only a text browser ({text_browser}) was found, which would draw over this screen."
        return "No browser was found on this computer."

    def _named(self) -> tuple[list[Opener], str]:
        """The graphical programs that `$BROWSER` names, and a text browser that it names."""
        windows = self._platform == "win32"
        named: list[Opener] = []
        text_browser = ""
        for entry in self._environment.get("BROWSER", "").split(";" if windows else ":"):
            command = self._words(entry.strip(), posix=not windows)
            if not command:
                continue
            program = program_name(command[0])
            if program in _TEXT_BROWSERS:
                text_browser = text_browser or program
            elif program not in _SHELLS and self._which(command[0]):
                named.append(self._opener(command, self._environment))
        return named, text_browser

    def _words(self, entry: str, *, posix: bool) -> list[str]:
        if entry and self._which(entry):  # a path with blanks in it, unquoted
            return [entry]
        try:
            words = shlex.split(entry, posix=posix)
        except ValueError:
            return []
        return [word if posix else word.strip('"') for word in words if word != "&"]
