"""The questions how and when a letter was sent, and writing it down."""

from collections.abc import Callable
from datetime import datetime

from metaoptout_tui.core.clocks import BY_LETTER
from metaoptout_tui.core.letters import SENT_AS
from metaoptout_tui.ui.form import FormPage
from metaoptout_tui.ui.letter_sheet import OpenLetter
from metaoptout_tui.ui.screens.ask import Answer, AskScreen, DateScreen

_ONLINE = "online"
_HOW = [(_ONLINE, "Online or by e-mail"), (BY_LETTER, "By post")]


def ask_sent(
    page: FormPage[bool | None], letter: OpenLetter, words: Callable[[], str], missing: tuple[str, ...]
) -> None:
    """Ask how and when a letter was sent, write it down and leave the page; of one to people say that nothing is recorded.

    `words` gives all of it as it goes out, `missing` what was not filled in.
    """
    if letter.id not in SENT_AS:
        page.say("This is for people you know; there is nothing to record.")
        return
    page.keep()

    def ask_when(by: str) -> None:
        def dated(at: datetime | None) -> None:
            if at is not None and page.change(
                lambda: page.session.send(letter.account, letter.posted(at, by, words()))
            ):
                page.settle(True)

        said = f"In the text here this was still missing: {', '.join(missing)}." if missing else ""
        page.app.push_screen(DateScreen(page.desk, "When did you send it?", words=said), dated)

    def sent_so(answer: Answer | None) -> None:
        if answer is not None:
            ask_when(BY_LETTER if answer.row == BY_LETTER else "")

    if letter.asks_how:
        page.app.push_screen(AskScreen(page.desk, "How did you send it?", _HOW), sent_so)
    else:
        ask_when("")
