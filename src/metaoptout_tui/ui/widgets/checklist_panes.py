"""The panes of the checklist: the accounts beside the steps of one of them, with the guide to one step below."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import OptionList, Tree

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.offers import Offer, step_of_row
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import describe_state
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name_with_child
from metaoptout_tui.ui.context import AppContext, FirstScreenComplete, StepSelected
from metaoptout_tui.ui.terminal import account_style
from metaoptout_tui.ui.text.builder import TextBuilder, wrap_shortening_names
from metaoptout_tui.ui.text.step_guide import StepGuide, titles_about_keys
from metaoptout_tui.ui.text.step_sources import sentence_in_view
from metaoptout_tui.ui.widgets.account_tree import AccountTree
from metaoptout_tui.ui.widgets.reader import Reader
from metaoptout_tui.ui.widgets.step_list import ROWS_WITHOUT_STEP, StepList

_COMMANDS_NAMED_IN_GUIDE = (
    *("checklist.changes", "checklist.you"),
    *("everywhere.reach", "everywhere.frauds", "everywhere.different"),
)
"""The commands whose keys are named in the guide."""


class GuidePane(Reader):
    """The guide to one step of one account: what to do now, or everything. The keys stand in the border above.

    `is_whole` is whether everything is shown; `key_of` returns the present key of a command, as people write it.
    """

    DEFAULT_CSS = """
    GuidePane {
        border-top: solid $line; padding: 0 1; height: 1fr;
        border-title-color: $muted; border-title-style: none;
    }
    GuidePane:focus {
        border-top: heavy $accent; border-title-color: $accent; border-title-style: bold reverse;
        background-tint: $foreground 5%;
    }
    """

    def __init__(self, context: AppContext, key_of: Callable[[str], str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._app_context = context
        self._key_of = key_of
        self._status: AccountStatus | None = None
        self._step_id = ""
        self.is_whole = False
        self._sentence_lines: Sequence[tuple[int, str]] = ()
        self._written_for: tuple[object, ...] = ()
        self._contents: dict[tuple[str, str, bool], tuple[Content, Sequence[tuple[int, str]]]] = {}

    def show_step(self, status: AccountStatus | None, step: str) -> None:
        """Show the guide to a step."""
        self._status, self._step_id = status, step
        self.write()

    def turn(self) -> None:
        """Show everything, or only what to do now."""
        self.is_whole = not self.is_whole
        self.write()

    @property
    def sentence_in_view(self) -> str:
        """The sentence at the top of the text that rests on sources, empty for none."""
        return sentence_in_view(self._sentence_lines, self.scroll_offset.y)

    def write(self) -> None:
        """Write the guide for the present width, unless nothing has changed. Does nothing before there is a width."""
        if not self.columns:
            return
        session = self._app_context.session
        account = self._status.account.id if self._status is not None else ""
        subject = (account, self._step_id, self.is_whole)
        unread = self._app_context.page_check.page_watcher.unread_pages()
        now = session.now()
        written_for = (
            subject,
            session.record,
            (now.date(), now.hour),  # what is due, and how long ago something was, change with the time
            self.columns,
            self._app_context.language,
            unread,
            session.playbook.serial,
        )
        if written_for == self._written_for:
            return
        if written_for[1:] != self._written_for[1:]:
            self._contents.clear()
        is_other_subject = subject != (self._written_for or ((),))[0]
        self._written_for = written_for
        self.show_title(*self._titles())
        if subject not in self._contents:
            self._contents[subject] = self._build_content()
        content, self._sentence_lines = self._contents[subject]
        self.show_content(content, from_top=is_other_subject)

    def _build_content(self) -> tuple[Content, Sequence[tuple[int, str]]]:
        if self._status is None:
            return self._no_account_text(), ()
        keys = {id.rpartition(".")[2]: self._key_of(id) for id in _COMMANDS_NAMED_IN_GUIDE}
        guide = StepGuide(self._app_context, self._status, self._step_id, self.columns, keys=keys)
        content = guide.guide(is_whole=self.is_whole)
        return content, guide.sentence_lines

    def _no_account_text(self) -> Content:
        builder = TextBuilder(self.text_width)
        builder.paragraph(_("There is no account in your list yet."))
        builder.blank_line()
        key = self._key_of("checklist.add")
        builder.paragraph(
            _("Press {key} to add one: Facebook, Instagram, Threads, WhatsApp or the Meta AI app.").format(key=key)
        )
        builder.blank_line()
        builder.paragraph(
            _("You have none, cannot log in, or have Meta's download? “Other ways to begin” has what there is for you.")
        )
        return builder.content()

    def on_resize(self) -> None:
        """Write the guide for the new width."""
        self.write()
        self.post_message(FirstScreenComplete())

    def _titles(self) -> tuple[str, ...]:
        """What is shown, with the keys for the rest and for who says so, and shorter for less room."""
        more, sources = self._key_of("checklist.more"), self._key_of("checklist.sources")
        if self.is_whole:
            whole = _("All of it · {less_key} less · {sources_key} who says so")
            return whole.format(less_key=more, sources_key=sources), *titles_about_keys(more, sources, is_whole=True)
        now = _("Now · {more_key} more · {sources_key} who says so")
        return now.format(more_key=more, sources_key=sources), *titles_about_keys(more, sources, is_whole=False)


_MAX_HEADER_LINES = 3


class AccountHeader(Widget):
    """The name of the account and its state; a long name is shortened so that the state fits."""

    DEFAULT_CSS = "AccountHeader { height: auto; max-height: 3; padding: 0 1; text-style: bold; }"

    def __init__(self, context: AppContext, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._app_context = context
        self._status: AccountStatus | None = None
        self._account_name = self._state = ""
        self._shortenable_names: tuple[str, ...] = ()
        self._lines_by_width: dict[int, list[str]] = {}

    def show_account(self, status: AccountStatus | None) -> None:
        """Show an account; nothing for None."""
        self._status, self._account_name, self._state = status, "", ""
        if status is not None:
            session = self._app_context.session
            covering_account = session.record.account_by_id(status.covering_account_id)
            others = (
                covering_account.name if covering_account else "",
                session.record.child_of_account(status.account),
            )
            self._shortenable_names = (status.account.name, *others)
            self._account_name = account_name_with_child(status.account, session.record, session.playbook)
            self._state = f" · {describe_state(status, session.record, session.playbook, session.overview().now)}"
        self._lines_by_width.clear()
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines that the words take."""
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


class AccountPane(Vertical):
    """One account: its state, its steps, and the guide to the highlighted step. `key_of` is that of GuidePane."""

    def __init__(self, context: AppContext, key_of: Callable[[str], str]) -> None:
        super().__init__()
        self._app_context = context
        self._header = AccountHeader(context, id="account-head")
        self.step_list = StepList(context.symbols, id="steps")
        self.guide = GuidePane(context, key_of, id="guide")

    def compose(self) -> ComposeResult:
        """Header, steps and guide, one below the other."""
        yield self._header
        yield self.step_list
        yield self.guide

    def show_account(self, status: AccountStatus | None, overview: Overview, row: str, step: str) -> str:
        """Show an account and highlight a row of its steps, or the first one. Returns the highlighted row.

        The guide is that to the step of the row; on a row that belongs to no step that to `step`.
        """
        with self.prevent(OptionList.OptionHighlighted):
            self.step_list.show_steps(status, overview, self._app_context.session.playbook)
            if self.step_list.highlighted_id != row:
                self.step_list.go_to(row)
        self._header.show_account(status)
        shown = self.step_list.highlighted_id
        self.guide.show_step(status, step if shown in ROWS_WITHOUT_STEP else step_of_row(shown))
        return shown


class ChecklistPlace(NamedTuple):
    """The highlighted account, step and row of the checklist, and whether the focus is on the accounts.

    Without a row the checklist begins at what is next; with one it goes on there.
    """

    account_id: str = ""
    step: str = ""
    row: str = ""
    is_among_accounts: bool = False


class ChecklistPanes(Horizontal):
    """The accounts beside one of them. The highlighted `account`, `row` and `step` are what the keys act on.

    `row` is a step, an offer below one, or the last row, which leaves `step` as it was. Account and step go to the App
    whenever the person moves. `key_of` is that of GuidePane.
    """

    SCOPED_CSS = False
    """The width of the screen, one of its classes, decides how the panes are laid out."""
    DEFAULT_CSS = """
    ChecklistScreen #accounts {
        width: auto; min-width: 32; max-width: 50%; border-left: blank; border-right: solid $line;
        padding: 0 1 0 0; height: 1fr;
    }
    ChecklistScreen AccountPane { border-left: blank; }
    ChecklistScreen #accounts:focus, ChecklistScreen AccountPane:focus-within { border-left: heavy $accent; }
    ChecklistScreen AccountPane > * { padding: 0 1 0 0; }
    ChecklistScreen.-roomy #accounts { min-width: 36; }
    ChecklistScreen.-narrow #body { layout: vertical; }
    ChecklistScreen.-narrow #accounts {
        width: 1fr; max-width: 100%; height: auto; max-height: 6; border: none; border-bottom: solid $line;
        padding: 0 1;
    }
    ChecklistScreen.-narrow #accounts:focus { border: none; border-bottom: heavy $accent; }
    """

    def __init__(self, context: AppContext, key_of: Callable[[str], str], place: ChecklistPlace, *, id: str) -> None:
        super().__init__(id=id)
        self._app_context = context
        self.account, self.row, self.step = place.account_id, place.row or place.step, place.step
        self.goes_on, self._begins_among_accounts = bool(place.row), place.is_among_accounts
        self._account_tree = AccountTree(context.symbols, id="accounts")
        self._account_pane = AccountPane(context, key_of)

    def compose(self) -> ComposeResult:
        """Two panes."""
        yield self._account_tree
        yield self._account_pane

    def on_mount(self) -> None:
        """Give the focus to the steps before the screen gives it to the accounts, which come first."""
        self.screen.set_focus(self._account_tree if self._begins_among_accounts else self._account_pane.step_list)

    @property
    def guide(self) -> GuidePane:
        """The guide to the highlighted step."""
        return self._account_pane.guide

    @property
    def place(self) -> ChecklistPlace:
        """Where the person is."""
        return ChecklistPlace(self.account, self.step, self.row, self.is_among_accounts)

    @property
    def is_among_accounts(self) -> bool:
        """Whether the focus is on the accounts."""
        return self._account_tree.has_focus

    @property
    def moved_by_arrows(self) -> AccountTree | StepList | GuidePane:
        """The list that has the focus, else the guide."""
        focused = self.screen.focused
        return focused if isinstance(focused, AccountTree | StepList) else self.guide

    @property
    def offer(self) -> Offer | None:
        """The highlighted offer; None on any other row."""
        return self._account_pane.step_list.highlighted_offer

    def highlight(self, account_id: str, row: str) -> None:
        """Say which account and row are highlighted when the overview is shown next."""
        self.account, self.row, self.step = account_id, row, step_of_row(row)

    def focus_steps(self) -> None:
        """Go to the steps."""
        self._account_pane.step_list.focus()

    def turn_focus(self) -> None:
        """Go from the accounts to the steps, or back."""
        (self._account_pane.step_list if self.is_among_accounts else self._account_tree).focus()

    def show_overview(self, overview: Overview) -> None:
        """Show the accounts and the highlighted one; where that is gone, the first."""
        if overview.status_of(self.account) is None:
            self.account = overview.statuses[0].account.id if overview.statuses else ""
        self._account_tree.show_accounts(overview, self._app_context.session.playbook)
        with self.prevent(Tree.NodeHighlighted):
            self._account_tree.go_to(self.account)
        self._show_account(overview, self.row)

    def _show_account(self, overview: Overview, row: str) -> None:
        status = overview.status_of(self.account)
        self.row = self._account_pane.show_account(status, overview, row, self.step)
        if self.row not in ROWS_WITHOUT_STEP:
            self.step = step_of_row(self.row)

    def post_position(self) -> None:
        """Tell the App where the person is."""
        self.post_message(StepSelected(self.account, self.step))

    @on(Tree.NodeHighlighted)
    def _account_highlighted(self, event: Tree.NodeHighlighted[str]) -> None:
        account = event.node.data or ""
        if account and account != self.account:
            self.account = account
            overview = self._app_context.session.overview()
            task = overview.next_task_for(account)
            self.step = ""
            self._show_account(overview, task.row_id if task else "")
            self.post_position()

    @on(Tree.NodeSelected)
    def _account_selected(self) -> None:
        self.focus_steps()

    @on(OptionList.OptionHighlighted, "#steps")
    def _step_highlighted(self) -> None:
        self.row = self._account_pane.step_list.highlighted_id or self.row
        step = self.step if self.row in ROWS_WITHOUT_STEP else step_of_row(self.row)
        if step != self.step:
            self.step = step
            self.call_after_refresh(self._show_highlighted_step)
            self.post_position()

    def _show_highlighted_step(self) -> None:
        """Show the guide once the highlight is drawn: with a key held down, only that to the last step is written."""
        self.guide.show_step(self._app_context.session.overview().status_of(self.account), self.step)
