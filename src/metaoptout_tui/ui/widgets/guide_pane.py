"""The guide to one step of one account, in the pane that the checklist has for it."""

from collections.abc import Callable

from textual.content import Content

from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.messages import FirstScreenComplete
from metaoptout_tui.ui.text.step_guide import GuideTab, StepGuide
from metaoptout_tui.ui.widgets.reader import Reader

_NO_ACCOUNT_TEXT = """There is no account in your list yet.

Press a to add one: Facebook, Instagram, Threads, WhatsApp or the Meta AI app."""
_COMMANDS_NAMED_IN_GUIDE = ("changes", "checked", "letters", "periods", "you")
"""What the guide names a key for."""


class GuidePane(Reader):
    """The guide to one step of one account, in two tabs whose names stand in the border above.

    `tab` is the one that is open; `key_of` gives the key of a command as it is bound now.
    """

    DEFAULT_CSS = """
    GuidePane {
        border-top: solid $line; padding: 0 1; height: 1fr;
        border-title-color: $muted; border-title-style: none;
    }
    GuidePane:focus { border-top: solid $accent; }
    """

    def __init__(self, context: AppContext, key_of: Callable[[str], str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._app_context = context
        self._key_of = key_of
        self._status: AccountStatus | None = None
        self._step_id = ""
        self.tab = GuideTab.GUIDE
        self._written_for: tuple[object, ...] = ()

    def show_step(self, status: AccountStatus | None, step: str) -> None:
        """Show the guide to a step, in the tab that is open."""
        self._status, self._step_id = status, step
        self.write()

    def turn_tab(self) -> None:
        """Turn to the other tab."""
        self.tab = self._other_tab
        self.write()

    @property
    def _other_tab(self) -> GuideTab:
        return GuideTab.GUIDE if self.tab is GuideTab.WENT_WRONG else GuideTab.WENT_WRONG

    def write(self) -> None:
        """Write the guide, unless it stands there already; for the width there is, which comes later than the screen."""
        if not self.columns:
            return
        session = self._app_context.session
        account = self._status.account.id if self._status is not None else ""
        subject = (account, self._step_id, self.tab)
        unread = self._app_context.page_check.page_watcher.unread_pages()
        written_for = (
            subject,
            session.record,
            self.columns,
            self._app_context.language,
            unread,
            session.playbook.serial,
        )
        if written_for == self._written_for:
            return
        is_other_subject = subject != (self._written_for or ((),))[0]
        self._written_for = written_for
        self.border_title = Content(self._tab_titles())
        page = Content(_NO_ACCOUNT_TEXT)
        if self._status is not None:
            keys = {name: self._key_of(f"checklist.{name}") for name in _COMMANDS_NAMED_IN_GUIDE}
            guide = StepGuide(self._app_context, self._status, self._step_id, self.columns, keys=keys)
            page = guide.tab_content(self.tab)
        self.show_content(page, from_top=is_other_subject)

    def on_resize(self) -> None:
        """Lines are written for the width there is."""
        self.write()
        self.post_message(FirstScreenComplete())

    def _tab_titles(self) -> str:
        """The tabs by name: the one in view, then those a key turns to."""
        return " · ".join(
            (
                str(self.tab).capitalize(),
                f"{self._key_of('checklist.went-wrong')} {self._other_tab}",
                f"{self._key_of('checklist.sources')} sources",
            )
        )
