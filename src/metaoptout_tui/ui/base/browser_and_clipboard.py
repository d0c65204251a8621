"""The base classes of the screens that open links, files and folders, or copy to the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from textual import work

from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.core.desktop import OpenResult
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.guidance.playbook import WatchedPage
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.links import SafeUrl, parse_trusted_url
from metaoptout_tui.ui.base.screen import BaseScreen

Result = TypeVar("Result")


class FileOpeningScreen(BaseScreen[Result]):
    """A screen that can have a file or a folder shown by the person's own programs."""

    @work(thread=True, exclusive=True, group="file", exit_on_error=False)
    def open_on_desktop(self, path: Path) -> None:
        """Have a file or a folder shown, and say which program was asked; where none was, where it is."""
        opener = self.context.file_viewer() if self.context.file_viewer is not None else None
        if opener is None:
            result = OpenResult(can_open=False)
        else:
            result = opener.open_folder(path) if path.is_dir() else opener.open_file(path)
        words = result.explanation
        if not result.can_open:
            words = f"{words} {_('It is {file}').format(file=with_tilde(path))}".strip()
        self.app.call_from_thread(self.say, words)


class BrowserAndClipboardScreen(FileOpeningScreen[Result]):
    """A screen that can open a link in the browser, copy it, or show it in full and as a QR code."""

    LINK_NAME = mark("The link")
    """How the link is called in the message that it was copied; marked, and translated there."""
    shows_link_without_browser = True
    """Whether a link that no browser can open is shown instead."""

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The link that the keys act on; where there is none, a screen may show why."""
        return None

    def action_browser(self) -> None:
        """Open the link in the browser."""
        if link := self.link_in_view:
            show_link = partial(self._show_unopened_link, link)
            self.open_in_browser(link, show_link if self.shows_link_without_browser else None)

    def _show_unopened_link(self, link: SafeUrl, result: OpenResult) -> None:
        if not result.can_open:
            self.open_screen("link", link)

    def action_copy(self) -> None:
        """Copy the link."""
        if link := self.link_in_view:
            self.copy_to_clipboard(str(link), _(self.LINK_NAME))

    def action_show(self) -> None:
        """Show the link in full and as a QR code."""
        if link := self.link_in_view:
            self.open_screen("link", link)

    def open_page_in_browser(self, page: WatchedPage) -> None:
        """Open a watched page in the browser, or show why it is refused."""
        try:
            self.open_in_browser(parse_trusted_url(page.url))
        except LinkRefused as error:
            self.say_error(error)

    def open_in_browser(self, link: SafeUrl, then: Callable[[OpenResult], None] | None = None) -> None:
        """Open the link in the browser and show the outcome; then call `then` with it."""
        self._open_in_thread(link, then)

    @work(thread=True, exclusive=True, group="browser", exit_on_error=False)
    def _open_in_thread(self, link: SafeUrl, then: Callable[[OpenResult], None] | None) -> None:
        result = self.context.browser().open(link)
        self.app.call_from_thread(self.say, result.explanation)
        if then is not None:
            self.app.call_from_thread(then, result)

    def copy_to_clipboard(self, words: str, name: str) -> None:
        """Copy a text; the message about that calls it by `name`."""
        if not words:
            self.say(_("{what} is empty; there is nothing to copy.").format(what=name))
            return
        self._copy_in_thread(words, name)

    @work(thread=True, exclusive=True, group="clipboard", exit_on_error=False)
    def _copy_in_thread(self, words: str, name: str) -> None:
        result = self.context.clipboard().copy(words)
        self.app.call_from_thread(self.say, labelled(name, result.message))
