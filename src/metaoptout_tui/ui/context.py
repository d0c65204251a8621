"""What every screen works with: the session, what the desktop offers, and the messages that screens send to the App."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from metaoptout_tui.app.shared_context import SharedContext
from metaoptout_tui.core.language.translation import gettext as _

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.app.guidance.page_watcher import PageCheck
    from metaoptout_tui.core.desktop import Browser, Clipboard, FileViewer, MailProgram, QrCodeDrawer
    from metaoptout_tui.ui.terminal import Symbols


class StepSelected(Message):
    """The person went to an account and a step, which the App remembers for the next start."""

    def __init__(self, account_id: str, step: str) -> None:
        super().__init__()
        self.account_id = account_id
        self.step = step


class FirstScreenComplete(Message):
    """The first screen is complete and can be drawn."""


class QuitRequested(Message):
    """The person wants to leave."""


class PersonChosen(Message):
    """The person wants another person's record to be opened; an empty name is their own."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class PurgeRequested(Message):
    """The person wants to leave, and all that the program made here to be deleted then.

    What lies in folders of their choice goes only `with_handed_out`.
    """

    def __init__(self, *, with_handed_out: bool) -> None:
        super().__init__()
        self.with_handed_out = with_handed_out


class FromElsewhereRequested(Message):
    """The person wants to go to what they send about data that Meta has of them from elsewhere."""


class PageCheckRequested(Message):
    """The person wants a page check."""


class PageCheckStopRequested(Message):
    """The person wants the running page check to stop."""


class ChatScanRequested(Message):
    """The person chose chats to scan; the ChatScan is prepared for them."""


class StatusMessage(NamedTuple):
    """A message. A lasting one stays until another screen is opened, any other until the next key.

    `is_new` says that no key was pressed since it appeared.
    """

    text: str
    is_lasting: bool = False
    is_error: bool = False
    is_new: bool = True


class StatusMessages:
    """The messages in view, the newest last.

    A message about a key stays in view until the next key, also on a screen that the key opened.
    """

    def __init__(self) -> None:
        self.current: tuple[StatusMessage, ...] = ()

    def add(self, new: StatusMessage) -> None:
        """Show a message, in place of one with the same text."""
        others = tuple(message for message in self.current if message.text != new.text)
        self.current = (*others, new)

    def drop_on_key(self) -> None:
        """Remove the messages that are not lasting: the person pressed another key."""
        self.current = tuple(message._replace(is_new=False) for message in self.current if message.is_lasting)

    def drop_on_screen_change(self) -> None:
        """Remove the messages from before the key that opened this screen."""
        self.current = tuple(message for message in self.current if message.is_new)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class AppContext(SharedContext):
    """What every screen works with.

    `browser`, `clipboard`, `mail_program` and `file_viewer` are made when called. `page_check` is the last or running check
    of the watched pages. `is_rehearsal` says that the person is invented, so that no other rehearsal begins from here.
    """

    browser: Callable[[], Browser]
    clipboard: Callable[[], Clipboard]
    mail_program: Callable[[], MailProgram]
    file_viewer: Callable[[], FileViewer] | None = None
    qr_lines: QrCodeDrawer
    symbols: Symbols
    page_check: PageCheck
    startup_notices: tuple[str, ...] = ()
    status_messages: StatusMessages = field(default_factory=StatusMessages)
    is_rehearsal: bool = False

    def assumed_law_note(self, key: str) -> str:
        """A note that the law of the EU is assumed while no country is set; `key` is the key that sets it."""
        if self.session.record.person.country:
            return ""
        return _("Counted by the GDPR, because no country is set. {key} sets it.").format(key=key)
