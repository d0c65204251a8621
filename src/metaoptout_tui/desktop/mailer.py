"""The person's mail program, asked to begin a mail; the person fills in the address and sends it.

No address is ever handed over: none of Meta's is verified (facts section 4), and an authority takes complaints by its own
way. What is handed over is one `mailto:` address as the last word of a command, every sign of the letter percent-encoded.
"""

from urllib.parse import quote

from metaoptout_tui.core.text import block, line
from metaoptout_tui.desktop.programs import Opening, Programs, first_that_takes
from metaoptout_tui.desktop.surroundings import inside_wsl, over_ssh

LONGEST = 8_000
"""Characters of the whole address on systems that take a long one; Windows takes some 2,000."""
LONGEST_ON_WINDOWS = 2_000

_ON_DESKTOP = (("xdg-open",), ("gio", "open"), ("thunderbird",), ("evolution",))


def mail_address(subject: str, body: str, longest: int = LONGEST) -> tuple[str, bool]:
    """A `mailto:` address without a recipient, and whether the body is in it; one that is too long has the subject alone."""
    start = f"mailto:?subject={quote(line(subject), safe='')}"
    whole = f"{start}&body={quote(block(body, LONGEST).replace(chr(10), chr(13) + chr(10)), safe='')}"
    return (whole, True) if len(whole) <= longest else (start, False)


class Mailer(Programs):
    """Finds the person's mail program at this screen and asks it to begin a mail."""

    def begin(self, subject: str, body: str) -> Opening:
        """Ask for a mail with this subject and text; waits a moment per program tried, so call it in a thread."""
        if over_ssh(self._environment):
            return Opening(can_open=False, why="This terminal is connected over ssh, so no mail program here is yours.")
        on_windows = self._platform == "win32" or inside_wsl(self._environment)
        address, is_whole = mail_address(subject, body, LONGEST_ON_WINDOWS if on_windows else LONGEST)
        program = first_that_takes(address, self._usual(_ON_DESKTOP))
        if not program:
            none = "Windows could not begin a mail." if self._platform == "win32" else "No mail program was found here."
            return Opening(can_open=False, why=f"{none} Copy the letter instead.")
        rest = "" if is_whole else " The letter is too long to hand over: copy it and paste it there."
        words = f"{program} was asked to begin a mail. The address is left to you.{rest}"
        return Opening(can_open=True, why=words, program=program)
