"""Asking the browser from a screen, in a thread, and saying what came of it."""

from collections.abc import Callable
from typing import TypeVar

from textual import work

from metaoptout_tui.core.links import SafeUrl
from metaoptout_tui.desktop.programs import Opening
from metaoptout_tui.ui.page import Page

Result = TypeVar("Result")


class BrowsingPage(Page[Result]):
    """A screen that can ask the browser to open a link, or copy it."""

    def open_or_show(self, link: SafeUrl) -> None:
        """Ask the browser to open the link; where there is none to ask, show its address."""
        from metaoptout_tui.ui.screens.link import LinkScreen

        def asked(opening: Opening) -> None:
            if not opening.can_open:
                self.app.push_screen(LinkScreen(self.desk, link))

        self.ask_browser(link, asked)

    def ask_browser(self, link: SafeUrl, then: Callable[[Opening], None] | None = None) -> None:
        """Ask the browser; where there is none to ask, say why, with the link at hand."""
        self._ask(link, then)

    @work(thread=True, exclusive=True, group="browser", exit_on_error=False)
    def _ask(self, link: SafeUrl, then: Callable[[Opening], None] | None) -> None:
        opening = self.desk.browser().open(link)
        self.app.call_from_thread(self.say, opening.why)
        if then is not None:
            self.app.call_from_thread(then, opening)

    def copy(self, words: str, what: str) -> None:
        """Copy something and say what, and which way."""
        if not words:
            self.say(f"{what} is empty; there is nothing to copy.")
            return
        self._copy(words, what)

    @work(thread=True, exclusive=True, group="clipboard", exit_on_error=False)
    def _copy(self, words: str, what: str) -> None:
        copied = self.desk.clipboard().copy(words)
        self.app.call_from_thread(self.say, f"{what}: {copied.sentence}")
