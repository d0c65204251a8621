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
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import next_task_sentence
from metaoptout_tui.core.objection.tasks import TASK_KINDS, Task
from metaoptout_tui.ui.base.screen import BaseScreen, MovedByArrows
from metaoptout_tui.ui.context import AppContext, QuitRequested, StepSelected
from metaoptout_tui.ui.text.step_sources import step_sources
from metaoptout_tui.ui.widgets.checklist_panes import AccountPane, AccountTree, GuidePane
from metaoptout_tui.ui.widgets.frame import Headline
from metaoptout_tui.ui.widgets.lists import StepList


class ChecklistPanes(Horizontal):
    """The accounts beside one of them. The highlighted `account` and `step` are what the keys act on.

    They go to the App whenever the person moves. `key_of` is that of GuidePane.
    """

    SCOPED_CSS = False
    """The width of the screen, one of its classes, decides how the panes are laid out."""
    DEFAULT_CSS = """
    ChecklistScreen #accounts { width: 36; border-right: solid $line; height: 1fr; }
    ChecklistScreen.-roomy #accounts { width: 42; }
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
        self.step = step
        self._account_tree = AccountTree(context.symbols, id="accounts")
        self._account_pane = AccountPane(context, key_of)

    def compose(self) -> ComposeResult:
        """Two panes."""
        yield self._account_tree
        yield self._account_pane

    def on_mount(self) -> None:
        """Give the focus to the steps before the screen gives it to the accounts, which come first."""
        if self._app_context.session.record.accounts:
            self.screen.set_focus(self._account_pane.step_list)

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
        self._show_account(overview, self.step)

    def _show_account(self, overview: Overview, step: str) -> None:
        self.step = self._account_pane.show_account(overview.status_of(self.account), overview, step)

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
            self._show_account(overview, task.step_id if task else "")
            self.post_position()

    @on(Tree.NodeSelected)
    def _account_selected(self) -> None:
        self.focus_steps()

    @on(OptionList.OptionHighlighted, "#steps")
    def _step_highlighted(self) -> None:
        step = self._account_pane.step_list.highlighted_id
        if step and step != self.step:
            self.step = step
            self.call_after_refresh(self._show_highlighted_step)
            self.post_position()

    def _show_highlighted_step(self) -> None:
        """Show the guide once the highlight is drawn: with a key held down, only that to the last step is written."""
        self.guide.show_step(self._app_context.session.overview().status_of(self.account), self.step)


class ChecklistScreen(BaseScreen[None]):
    """The checklist. Its keys act on the highlighted `account` and `step`."""

    SCREEN_ID = "checklist"

    def __init__(self, context: AppContext, *, account_id: str = "", step: str = "") -> None:
        super().__init__(context)
        self._panes = ChecklistPanes(context, self.readable_key_of, account_id=account_id, step=step, id="body")

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
        """Begin at the account and step of the last session, else at the next task."""
        task = self.session.overview().next_task
        if not self.account_in_view and task is not None:
            self._panes.account, self._panes.step = task.account_id, task.step_id
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

    def page_check_updated(self) -> None:
        """Update the freshness in the corner, and the guide with its warnings about changed sources."""
        self.query_one(Headline).right = self.context.page_check.short_status()
        self._panes.guide.write()

    def go_to(self, account_id: str, step: str) -> None:
        """Highlight an account and one of its steps, with the steps in focus and the guide at what to do now."""
        self._panes.account, self._panes.step = account_id, step
        self._panes.guide.is_whole = False
        self.update_content()
        self._panes.focus_steps()
        self._panes.post_position()

    # Steps

    @on(OptionList.OptionSelected, "#steps")
    def action_do(self) -> None:
        """Open the highlighted step; from the accounts go to the steps; without an account add one."""
        if not self.session.record.accounts:
            self.action_add()
        elif self._panes.is_among_accounts:
            self._panes.focus_steps()
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
        next_step = self.session.overview().step_after(self.account_in_view, done) if isinstance(done, str) else None
        if next_step is None:
            return
        self.go_to(self.account_in_view, next_step.step_id)
        if next_step.is_opened:
            self.open_step(next_step.step_id)

    def action_tick(self) -> None:
        """Tick the step, or take its tick back; a step that needs more than a tick is opened."""
        status = self.account_status
        step = status.step(self._panes.step) if status else None
        if status is None or step is None:
            return
        if self._panes.is_among_accounts:
            self._panes.focus_steps()
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

    def action_next(self) -> None:
        """Go to the next task; once there, open the letters or the question that it is about."""
        task = self.session.overview().next_task
        if task is None:
            self.say("There is nothing to do now.")
        elif not self._panes.is_among_accounts and self.position() == (task.account_id, task.step_id):
            self._open_task(task)
        else:
            self.go_to(task.account_id, task.step_id)

    def _open_task(self, task: Task) -> None:
        match TASK_KINDS[task.kind].screen:
            case "letters":
                self.action_letters()
            case "arrival":
                from metaoptout_tui.ui.screens.deadlines import ask_letter_arrival

                events = self.session.account(task.account_id).events
                letter = next((event for event in events if event.id == task.source_id), None)
                if letter is not None:
                    ask_letter_arrival(self, task.account_id, letter)
            case "download":
                self.app.call_later(self.app.run_action, "app.download")
            case "step":
                self.say(f"You are there. {self.readable_key_of('checklist.do')} opens it.")

    def action_add(self) -> None:
        """Add an account and go to it."""
        self.open_screen("account", then=self._account_added)

    def _account_added(self, account_id: str | None) -> None:
        if account_id:
            task = self.session.overview().next_task_for(account_id)
            self.go_to(account_id, task.step_id if task is not None else "")

    def action_ways(self) -> None:
        """Ask for another way to begin and go it."""
        from metaoptout_tui.ui.screens.ways_to_begin import ask_and_begin

        ask_and_begin(self, go_to=self.go_to, open_step=self.open_step)

    def action_edit(self) -> None:
        """Change the account."""
        if self.account_in_view:
            self.open_screen("account", self.account_in_view)

    def action_remove(self) -> None:
        """Remove the account, asked first where its diary has entries; undo restores it."""
        from metaoptout_tui.ui.screens.account import ask_removal

        account = self.session.record.account_by_id(self.account_in_view)
        if account is not None:
            ask_removal(self, account)

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
        status = self.account_status
        if status is None:
            return
        unread = self.context.page_check.page_watcher.unread_pages_for(
            step=self._panes.step, platform=status.account.platform, region=status.region.id
        )
        if unread:
            self.open_screen("page", unread[0].id, True)
        else:
            key = self.readable_key_of("checklist.guidance")
            self.say(f"No source of this step is known to have changed. {key} shows them all.")

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
        status = self.account_status
        if status is None or not status.can_recheck:
            self.say("No objection stands for this account, so there is none to check.")
        elif self.make_change(lambda: self.session.diary.record_recheck(self.account_in_view)):
            self.say_undoable("Written down; the next check is in a year.")

    def action_sources(self) -> None:
        """Show who says what the guide says, beginning with the sentence in view."""
        if self.account_in_view and self._panes.step:
            read_sources = partial(step_sources, self.context, self.account_in_view, self._panes.step)
            self.open_screen("sources", read_sources, self._panes.guide.sentence_in_view)

    def go_to_change(self, change: RecordChange | None) -> None:
        """Highlight the account and the step of a change."""
        if change is not None and change.account_id:
            self._panes.account, self._panes.step = change.account_id, change.step_id or self._panes.step

    # Reading and moving

    def action_went_wrong(self) -> None:
        """Show everything in the guide, or only what to do now."""
        self._panes.guide.turn()

    def action_other_pane(self) -> None:
        """Move the focus between accounts and steps."""
        self._panes.turn_focus()

    def action_quit(self) -> None:
        """Leave the program."""
        self.app.post_message(QuitRequested())
