"""The question when a posted letter arrived."""

from datetime import datetime
from typing import Any

from metaoptout_tui.core.clocks import went_by_post
from metaoptout_tui.core.diary import Event
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.core.wording import entry_words
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.screens.ask import DateScreen


def ask_arrival(page: Page[Any], account: str, letter: Event) -> None:
    """Ask when a letter arrived, and write it down; say so where it did not go by post."""
    session = page.session
    if not went_by_post(letter):
        page.say("This was not sent by post: it counts from the day it was sent.")
        return

    def write_down(at: datetime) -> None:
        session.letter_arrived(account, letter.id, at)

    words = f"“{entry_words(letter, session.playbook)}”. Its period counts from the day on which it arrived."
    keeps = draft_key("arrived", account, letter.id)
    page.open_form(DateScreen(page.desk, "When did your letter arrive?", words=words, act=write_down, keeps=keeps))
