"""The first screen: the accounts on the left, the steps of one account on the right, the guide to a step below.

Opening a step shows its screen; when that is left with the step done, the next step is highlighted or opened.
"""

from collections.abc import Callable
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import OptionList, Tree

from metaoptout_tui.app.record_history import RecordChange
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.objection.coverage_table import summarize_coverage
from metaoptout_tui.core.objection.offers import Offer
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import next_task_sentence, receipt
from metaoptout_tui.core.objection.tasks import Task, step_of_row
from metaoptout_tui.ui.base.screen import BaseScreen, MovedByArrows
from metaoptout_tui.ui.context import AppContext, QuitRequested, StepSelected
from metaoptout_tui.ui.text.step_guide import GuideTab
from metaoptout_tui.ui.text.step_sources import step_sources
from metaoptout_tui.ui.widgets.checklist_panes import AccountPane, AccountTree, GuidePane
from metaoptout_tui.ui.widgets.frame import Headline
from metaoptout_tui.ui.widgets.lists import MORE_ROW, StepList


class ChecklistPanes(Horizontal):
    """The accounts beside one of them. The highlighted `account`, `row` and `step` are what the keys act on.

    `row` is a step, an offer below one, or the last row, which leaves `step` as it was. Account and step go to the App
    whenever the person moves. `key_of` is that of GuidePane.
    """

    SCOPED_CSS = False
    """The width of the screen, one of its classes, decides how the panes are laid out."""
    DEFAULT_CSS = """
    ChecklistScreen #accounts { width: 30; border-right: solid $line; height: 1fr; }
    ChecklistScreen.-roomy #accounts { width: 36; }
    ChecklistScreen.-narrow #body { layout: vertical; }
    ChecklistScreen.-narrow #accounts {
        width: 1fr; height: auto; max-height: 6; border-right: none; border-bottom: solid $line;
    }
    """

    def __init__(
        self, context: AppContext, key_of: Callable[[str], str], *, account_id: str, step: str, id: str
    ) -> None:
        super().__init__(id=id)
        self._app_context = context
        self.account = account_id
        self.row = self.step = step
        self._account_tree = AccountTree(context.symbols, id="accounts")
        self._account_pane = AccountPane(context, key_of)

    def compose(self) -> ComposeResult:
        """Two panes."""
        yield self._account_tree
        yield self._account_pane

    @property
    def guide(self) -> GuidePane:
        """The guide to the highlighted step."""
        return self._account_pane.guide

    @property
    def is_among_accounts(self) -> bool:
        """Whether the focus is on the accounts."""
        return self._account_tree.has_focus

    @property
    def moved_by_arrows(self) -> MovedByArrows:
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
        if self.row != MORE_ROW:
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
        step = self.step if self.row == MORE_ROW else step_of_row(self.row)
        if step != self.step:
            self.step = step
            self.guide.show_step(self._app_context.session.overview().status_of(self.account), step)
            self.post_position()


class ChecklistScreen(BaseScreen[None]):
    """The checklist. Its keys act on the highlighted `account` and `step`."""

    SCREEN_ID = "checklist"

    def __init__(self, context: AppContext, *, account_id: str = "", step: str = "") -> None:
        super().__init__(context)
        self._panes = ChecklistPanes(context, self.readable_key_of, account_id=account_id, step=step, id="body")
        self._task_before: Task | None = None

    def compose_body(self) -> ComposeResult:
        """Two panes, or one above the other where the terminal is narrow."""
        yield self._panes

    @property
    def moved_by_arrows(self) -> MovedByArrows:
        """The list that has the focus, else the guide."""
        return self._panes.moved_by_arrows

    @property
    def account_in_view(self) -> str:
        """The highlighted account, empty for none."""
        return self._panes.account

    def position(self) -> tuple[str, str]:
        """The highlighted account and step."""
        return self.account_in_view, self._panes.step

    # Content

    def on_mount(self) -> None:
        """Begin at the next task; where there is none, at the account and step of the last session."""
        task = self.session.overview().next_task
        if task is not None:
            self._panes.highlight(task.account_id, task.row_id)
        if self.session.record.accounts:
            self._panes.focus_steps()
        for notice in self.context.startup_notices:
            self.notify(notice, severity="warning", markup=False)

    def update_content(self) -> None:
        """Everything on this screen, from the present overview."""
        super().update_content()
        overview = self.session.overview()
        self._panes.show_overview(overview)
        self.set_headline(
            next_task_sentence(overview.next_task, self.session.record, self.session.playbook),
            label="Next:",
            left=summarize_coverage(overview, is_brief=True),
            right=self.context.page_check.short_status(),
        )

    def on_screen_suspend(self) -> None:
        """Remember what was next, to see on return whether something was recorded."""
        self._task_before = self.session.overview().next_task

    def on_screen_resume(self) -> None:
        """Show the present state; where another thing is next than before, go to it."""
        super().on_screen_resume()
        before, task = self._task_before, self.session.overview().next_task
        self._task_before = task
        if task is not None and before is not None and not task.is_same_as(before):
            self._say_receipt()
            self.go_to(task.account_id, task.row_id)

    def _say_receipt(self) -> None:
        """Say when to come back to the account in view, and whether there is anything left until then."""
        if words := receipt(self.session.overview(), self.account_in_view, self.session.playbook):
            self.say(words)

    def page_check_updated(self) -> None:
        """Update the freshness in the corner, and the guide with its warnings about changed sources."""
        self.query_one(Headline).right = self.context.page_check.short_status()
        self._panes.guide.write()

    def go_to(self, account_id: str, row: str) -> None:
        """Highlight an account and a row of its steps, with the steps in focus and the first tab of the guide open."""
        self._panes.highlight(account_id, row)
        self._panes.guide.tab = GuideTab.GUIDE
        self.update_content()
        self._panes.focus_steps()
        self._panes.post_position()

    # Steps

    @on(OptionList.OptionSelected, "#steps")
    def action_do(self) -> None:
        """Do the highlighted row; from the accounts go to the steps; without an account add one."""
        if not self.session.record.accounts:
            self.action_add()
        elif self._panes.is_among_accounts:
            self._panes.focus_steps()
        elif self._panes.row == MORE_ROW:
            from metaoptout_tui.ui.screens.offers import open_more

            open_more(self)
        elif (offer := self._panes.offer) is not None:
            from metaoptout_tui.ui.screens.offers import open_offer

            open_offer(self, self.account_in_view, offer)
        else:
            self.open_step(self._panes.step)

    def open_step(self, step: str) -> None:
        """Open the screen of a step, from which a finished step leads on."""
        status = self.account_status
        if step == StepId.CONFIRM and (status is None or status.subject_of_replies is None):
            self.say("Nothing is filed for this account itself. Submit the form first, then record what came back.")
            self.go_to(self.account_in_view, StepId.SUBMIT)
            return
        self.open_screen(step, self.account_in_view, then=self._step_screen_closed)

    def _step_screen_closed(self, done: object) -> None:
        """Go on after the screen of a step was left; `done` is that step if the person finished it."""
        if not isinstance(done, str):
            return
        overview = self.session.overview()
        self._task_before = task = overview.next_task
        if step := overview.step_opened_after(self.account_in_view, done):
            self.go_to(self.account_in_view, step)
            self.open_step(step)
            return
        if done == StepId.SUBMIT:
            self.say("Recorded.")
        self._say_receipt()
        if task is not None:
            self.go_to(task.account_id, task.row_id)

    def action_tick(self) -> None:
        """Tick the step, or take its tick back; a row that needs more than a tick is opened."""
        status = self.account_status
        step = status.step(self._panes.row) if status else None
        if status is None or self._panes.is_among_accounts or step is None:
            self.action_do()
            return
        from metaoptout_tui.ui.screens.ticking import tick_step

        tick_step(self, status, step, go_to=self.go_to, open_step=self.open_step)

    def action_skip(self) -> None:
        """Skip the step, or say why it cannot be left out."""
        from metaoptout_tui.ui.screens.ticking import skip_step

        status = self.account_status
        step = status.step(self._panes.step) if status else None
        if status is None or step is None:
            return
        skip_step(self, status, step)

    @on(Headline.Clicked)
    def action_next(self) -> None:
        """Go to the next task; once there, do it."""
        task, here = self.session.overview().next_task, (self.account_in_view, self._panes.row)
        if not self.session.record.accounts:
            self.action_add()
        elif task is None:
            self.say("There is nothing to do now.")
        elif here == (task.account_id, task.row_id) and not self._panes.is_among_accounts:
            self.action_do()
        else:
            self.go_to(task.account_id, task.row_id)

    def action_add(self) -> None:
        """Add an account and go to it."""
        self.open_screen("account", then=self._account_added)

    def _account_added(self, account_id: str | None) -> None:
        if account_id:
            self.go_to(account_id, "")

    def action_edit(self) -> None:
        """Change the account."""
        if self.account_in_view:
            self.open_screen("account", self.account_in_view)

    def action_remove(self) -> None:
        """Remove the account; undo restores it."""
        account = self.session.record.account_by_id(self.account_in_view)
        if account is not None and self.make_change(lambda: self.session.accounts.remove_account(account.id)):
            self.say_undoable(f"{account.name} is taken out, with its diary.", "brings it back")

    def action_note(self) -> None:
        """Write a note."""
        if self.account_in_view and self._panes.step:
            self.open_screen("note", self.account_in_view, self._panes.step)

    def action_diary(self) -> None:
        """Open the diary of the account."""
        self._open_for_account("diary")

    def action_export(self) -> None:
        """Open the form for the case file."""
        self._open_for_account("export")

    def action_authority(self) -> None:
        """Open the screen about the authority."""
        self._open_for_account("authority")

    def action_link(self) -> None:
        """Show the link of the first form."""
        link = self.session.view.form_link(self.account_in_view)
        if link is None:
            self.say("There is no form for this account.")
        else:
            self.open_screen("link", link)

    def action_guidance(self) -> None:
        """Open the screen about the guidance."""
        self.open_screen("guidance")

    def action_changes(self) -> None:
        """Show what changed in a source of this step; with each press the next unread one."""
        from metaoptout_tui.ui.screens.offers import open_changed_source

        if self.account_status is not None:
            open_changed_source(self, self.account_status, self._panes.step)

    def action_overview(self) -> None:
        """Open the overview of all accounts."""
        self.open_screen("overview", self.account_in_view, then=self._overview_closed)

    def _overview_closed(self, position: tuple[str, str] | None) -> None:
        if position is not None:
            self.go_to(*position)

    def action_moved(self) -> None:
        """Ask about a move to Meta Account and record it."""
        from metaoptout_tui.ui.screens.account import ask_meta_account_move

        if self.account_status is not None:
            ask_meta_account_move(self, self.account_status.account)

    def action_checked(self) -> None:
        """Record that the objection was checked again."""
        from metaoptout_tui.ui.screens.offers import record_recheck

        if self.account_status is not None:
            record_recheck(self, self.account_status)

    def action_sources(self) -> None:
        """Open the sources of the step."""
        if self.account_in_view and self._panes.step:
            read_sources = partial(step_sources, self.context, self.account_in_view, self._panes.step)
            self.open_screen("sources", read_sources)

    def go_to_change(self, change: RecordChange | None) -> None:
        """Highlight the account and the step of a change."""
        if change is not None and change.account_id:
            self._panes.highlight(change.account_id, change.step_id or self._panes.step)

    # Reading and moving

    def action_went_wrong(self) -> None:
        """Open the other tab of the guide."""
        self._panes.guide.turn_tab()

    def action_other_pane(self) -> None:
        """Move the focus between accounts and steps."""
        self._panes.turn_focus()

    def action_quit(self) -> None:
        """Leave the program."""
        self.app.post_message(QuitRequested())
