"""The right-hand side of the checklist: the state of one account, its steps, and the guide to the highlighted one."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import OptionList

from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import describe_state
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.symbols import account_style
from metaoptout_tui.ui.text.builder import wrap_shortening_names
from metaoptout_tui.ui.widgets.guide_pane import GuidePane
from metaoptout_tui.ui.widgets.lists import StepList


class AccountHeader(Widget):
    """The account and its state, which is never cut for a long name."""

    DEFAULT_CSS = "AccountHeader { height: auto; max-height: 3; padding: 0 1; text-style: bold; }"

    def __init__(self, context: AppContext, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._app_context = context
        self._status: AccountStatus | None = None
        self._account_name = self._state = ""
        self._shortenable_names: tuple[str, ...] = ()
        self._lines_by_width: dict[int, list[str]] = {}

    def show_account(self, status: AccountStatus | None) -> None:
        """Show an account; nothing without one."""
        self._status, self._account_name, self._state = status, "", ""
        if status is not None:
            session = self._app_context.session
            through = session.record.account_by_id(status.covered_by)
            self._shortenable_names = (status.account.name, through.name if through else "")
            self._account_name = account_name(status.account, session.playbook)
            self._state = f" · {describe_state(status, session.record, session.playbook, session.overview().now)}"
        self._lines_by_width.clear()
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words take."""
        del container, viewport
        return len(self._wrapped_lines(width))

    def render(self) -> Content:
        """The name, and the state in its colour."""
        if self._status is None:
            return Content("")
        words = "\n".join(self._wrapped_lines(self.size.width))
        return Content(words).stylize(account_style(self._status), max(0, words.find("·")))

    def _wrapped_lines(self, width: int) -> list[str]:
        return wrap_shortening_names(
            self._account_name + self._state, self._shortenable_names, width, _MAX_HEADER_LINES
        )


_MAX_HEADER_LINES = 3


_MAX_HEADER_LINES = 3


class AccountPane(Vertical):
    """One account: its state, its steps, and the guide to the highlighted one. `key_of` is as for GuidePane."""

    def __init__(self, context: AppContext, key_of: Callable[[str], str]) -> None:
        super().__init__()
        self._app_context = context
        self._header = AccountHeader(context, id="account-head")
        self.step_list = StepList(context.symbols, id="steps")
        self.guide = GuidePane(context, key_of, id="guide")

    def compose(self) -> ComposeResult:
        """One below the other."""
        yield self._header
        yield self.step_list
        yield self.guide

    def show_account(self, status: AccountStatus | None, overview: Overview, step: str) -> str:
        """Show an account with a step, or its first one, highlighted; that step."""
        with self.prevent(OptionList.OptionHighlighted):
            self.step_list.show_steps(status, overview, self._app_context.session.playbook)
            if self.step_list.highlighted_id != step:
                self.step_list.go_to(step)
        self._header.show_account(status)
        self.guide.show_step(status, self.step_list.highlighted_id)
        return self.step_list.highlighted_id
