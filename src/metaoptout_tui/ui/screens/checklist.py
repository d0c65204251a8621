"""The first screen: the accounts on the left, the steps of one account on the right, the guide to a step below.

Opening a step shows its screen; when that is left with the step done, the next step is highlighted or opened.
"""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import OptionList, Tree

from metaoptout_tui.app.record_history import RecordChange
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.objection.coverage_table import summarize_coverage
from metaoptout_tui.core.objection.sentences import next_task_sentence, step_title
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.vocabulary import FINISHED_STEP_STATES, StepState
from metaoptout_tui.ui.base.screen import BaseScreen, MovedByArrows
from metaoptout_tui.ui.context import AppContext, QuitRequested, StepSelected
from metaoptout_tui.ui.text.step_guide import GuideTab
from metaoptout_tui.ui.widgets.checklist_panes import AccountPane, AccountTree
from metaoptout_tui.ui.widgets.frame import Headline
from metaoptout_tui.ui.widgets.lists import StepList


class ChecklistScreen(BaseScreen[None]):
    """The checklist. Its keys act on the highlighted `account` and `step`."""

    SCREEN_ID = "checklist"
    DEFAULT_CSS = """
    ChecklistScreen #accounts { width: 36; border-right: solid $line; height: 1fr; }
    ChecklistScreen.-roomy #accounts { width: 42; }
    ChecklistScreen.-narrow #body { layout: vertical; }
    ChecklistScreen.-narrow #accounts {
        width: 1fr; height: auto; max-height: 6; border-right: none; border-bottom: solid $line;
    }
    """

    def __init__(self, context: AppContext, *, account: str = "", step: str = "") -> None:
        super().__init__(context)
        self.account = account
        self.step = step
        self._account_tree = AccountTree(context.symbols, id="accounts")
        self._account_pane = AccountPane(context, self.readable_key_of)

    def compose_body(self) -> ComposeResult:
        """Two panes, or one above the other where the terminal is narrow."""
        with Horizontal(id="body"):
            yield self._account_tree
            yield self._account_pane

    @property
    def moved_by_arrows(self) -> MovedByArrows:
        """The list that has the focus, else the guide."""
        return self.focused if isinstance(self.focused, AccountTree | StepList) else self._account_pane.guide

    @property
    def account_status(self) -> AccountStatus | None:
        """The status of the highlighted account; None where there is no account."""
        return self.session.overview().status_of(self.account)

    # Content

    def on_mount(self) -> None:
        """Begin at the account and step of the last session, else at the next task."""
        overview = self.session.overview()
        if not self.account and overview.next_task:
            self.account, self.step = overview.next_task.account_id, overview.next_task.step_id
        if self.session.record.accounts:
            self._account_pane.step_list.focus()
        for notice in self.context.startup_notices:
            self.notify(notice, severity="warning", markup=False)

    def update_content(self) -> None:
        """Everything on this screen, from the present overview."""
        super().update_content()
        overview = self.session.overview()
        if overview.status_of(self.account) is None:
            self.account = overview.statuses[0].account.id if overview.statuses else ""
        self._account_tree.show_accounts(overview, self.session.playbook)
        with self.prevent(Tree.NodeHighlighted):
            self._account_tree.go_to(self.account)
        self.step = self._account_pane.show_account(overview.status_of(self.account), overview, self.step)
        self.set_headline(
            next_task_sentence(overview.next_task, self.session.record, self.session.playbook),
            label="Next:",
            left=f"metaoptout-tui · {summarize_coverage(overview)}",
            right=self.context.page_check.short_status(),
        )

    def page_check_updated(self) -> None:
        """Update the freshness in the corner, and the guide with its warnings about changed sources."""
        self.query_one(Headline).right = self.context.page_check.short_status()
        self._account_pane.guide.write()

    @on(Tree.NodeHighlighted)
    def _account_highlighted(self, event: Tree.NodeHighlighted[str]) -> None:
        account = event.node.data or ""
        if account and account != self.account:
            self.account = account
            overview = self.session.overview()
            task = overview.next_task_for(account)
            step = task.step_id if task else ""
            self.step = self._account_pane.show_account(overview.status_of(account), overview, step)
            self._post_position()

    @on(Tree.NodeSelected)
    def _account_selected(self) -> None:
        self._account_pane.step_list.focus()

    @on(OptionList.OptionHighlighted, "#steps")
    def _step_highlighted(self) -> None:
        step = self._account_pane.step_list.highlighted_id
        if step and step != self.step:
            self.step = step
            self._account_pane.guide.show_step(self.account_status, step)
            self._post_position()

    def _post_position(self) -> None:
        self.post_message(StepSelected(self.account, self.step))

    def position(self) -> tuple[str, str]:
        """The highlighted account and step."""
        return self.account, self.step

    def go_to(self, account: str, step: str) -> None:
        """Highlight an account and one of its steps, with the steps in focus and the first tab of the guide open."""
        self.account, self.step = account, step
        self._account_pane.guide.tab = GuideTab.GUIDE
        self.update_content()
        self._account_pane.step_list.focus()
        self._post_position()

    # Steps

    @on(OptionList.OptionSelected, "#steps")
    def action_do(self) -> None:
        """Open the highlighted step; from the accounts go to the steps; without an account add one."""
        if not self.session.record.accounts:
            self.action_add()
        elif self._account_tree.has_focus:
            self._account_pane.step_list.focus()
        else:
            self.open_step(self.step)

    def open_step(self, step: str) -> None:
        """Open the screen of a step, from which a finished step leads on."""
        from metaoptout_tui.ui.base.form import FormScreen

        status = self.account_status
        if step == StepId.CONFIRM and (status is None or (status.outcome is None and status.first_inquiry is None)):
            self.say("Nothing is filed for this account itself. Submit the form first, then record what came back.")
            self.go_to(self.account, StepId.SUBMIT)
            return
        screen = self.make_screen(step, self.account)
        if isinstance(screen, FormScreen):
            self.open_form(screen, self._step_screen_closed)
        else:
            self.app.push_screen(screen, self._step_screen_closed)

    def _step_screen_closed(self, done: object) -> None:
        """Go on after the screen of a step was left; `done` is that step if the person finished it."""
        status = self.account_status
        if status is None or not isinstance(done, str):
            return
        rest = [step.id for step in status.steps_after(done) if step.state not in FINISHED_STEP_STATES]
        task = self.session.overview().next_task_for(self.account)
        task_step = task.step_id if task else done
        next_step = StepId.SUBMIT if done == StepId.OPEN else rest[0] if rest else task_step
        self.go_to(self.account, next_step)
        if done == StepId.OPEN or (rest and done != StepId.SUBMIT):
            self.open_step(next_step)

    def action_tick(self) -> None:
        """Tick the step, or take its tick back; a step that needs more than a tick is opened."""
        status, step = self.account_status, self.step
        step_status = status.step(step) if status else None
        if status is None or step_status is None:
            return
        if self._account_tree.has_focus:
            self._account_pane.step_list.focus()
            return
        state = step_status.state
        can_reopen = state in (StepState.DONE, StepState.SKIPPED, StepState.ASKED_FOR_MORE, StepState.REFUSED)
        if state is StepState.DONE and step == StepId.OPEN and status.objection is not None:
            submit = step_title(StepId.SUBMIT, status.account.platform, self.session.playbook)
            self.say(f"The form was open when you sent it. Take back “{submit}” first.")
        elif can_reopen:
            if self.make_change(lambda: self.session.diary.reopen_step(self.account, step)):
                title = step_title(step, status.account.platform, self.session.playbook)
                self.say_undoable(f"“{title}” is open again.")
        elif step in (StepId.IDENTIFY, StepId.OPEN):
            if self.make_change(lambda: self.session.diary.mark_step_done(self.account, step)):
                self.go_to(self.account, next((step.id for step in status.steps_after(step)), step))
        else:
            self.open_step(step)

    def action_skip(self) -> None:
        """Skip the step."""
        step = self.account_status.step(self.step) if self.account_status else None
        if step is None or step.state is StepState.SKIPPED:
            return
        if self.make_change(lambda: self.session.diary.skip_step(self.account, self.step)):
            self.say(f"Left out. {self.readable_key_of('checklist.tick')} takes that back.")

    def action_next(self) -> None:
        """Go to the next task."""
        task = self.session.overview().next_task
        if task is None:
            self.say("There is nothing to do now.")
        else:
            self.go_to(task.account_id, task.step_id)

    def action_add(self) -> None:
        """Add an account and go to it."""
        self.open_form(self.make_screen("account"), self._account_added)

    def _account_added(self, account: str | None) -> None:
        if account:
            self.go_to(account, "")

    def action_edit(self) -> None:
        """Change the account."""
        if self.account:
            self.open_form(self.make_screen("account", self.account))

    def action_remove(self) -> None:
        """Remove the account; undo restores it."""
        account = self.session.record.account_by_id(self.account)
        if account is not None and self.make_change(lambda: self.session.accounts.remove_account(account.id)):
            self.say_undoable(f"{account.name} is taken out, with its diary.", "brings it back")

    def action_note(self) -> None:
        """Write a note."""
        if self.account and self.step:
            self.open_form(self.make_screen("note", self.account, self.step))

    def action_diary(self) -> None:
        """Open the diary of the account."""
        if self.account:
            self.open_screen("diary", self.account)

    def action_periods(self) -> None:
        """Open the legal deadlines of the account."""
        if self.account:
            self.open_screen("periods", self.account)

    def action_export(self) -> None:
        """Open the form for the case file."""
        if self.account:
            self.open_screen("export", self.account)
        else:
            self.say("There is no account in the record yet, so there is nothing to write.")

    def action_letters(self) -> None:
        """Open the letters of the account."""
        if self.account:
            self.open_screen("letters", self.account)

    def action_link(self) -> None:
        """Show the link of the first form."""
        from metaoptout_tui.core.links import meta_url_or_none

        status = self.account_status
        link = None
        if status is not None:
            forms = self.session.playbook.forms_for(platform=status.account.platform, region=status.region.id)
            link = next((link for form in forms if (link := meta_url_or_none(form.url))), None)
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
            step=self.step, platform=status.account.platform, region=status.region.id
        )
        if unread:
            self.open_screen("page", unread[0].id, True)
        else:
            key = self.readable_key_of("checklist.guidance")
            self.say(f"No source of this step is known to have changed. {key} shows them all.")

    def action_overview(self) -> None:
        """Open the overview of all accounts."""
        self.open_screen("overview", self.account, then=self._overview_closed)

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
        if status is None or status.last_checked is None:
            self.say("No objection stands for this account, so there is none to look at again.")
        elif self.make_change(lambda: self.session.diary.record_recheck(self.account)):
            self.say_undoable("Written down; the next check is in a year.")

    def action_sources(self) -> None:
        """Open the sources of the step."""
        if self.account and self.step:
            self.open_screen("sources", self.account, self.step)

    def action_undo(self) -> None:
        """Take back the last change and go to its step."""
        self._select_changed_step(self.session.history.undoable_change)
        super().action_undo()

    def action_redo(self) -> None:
        """Make the last undone change again and go to its step."""
        self._select_changed_step(self.session.history.redoable_change)
        super().action_redo()

    def _select_changed_step(self, change: RecordChange | None) -> None:
        if change is not None and change.account_id:
            self.account = change.account_id
            self.step = change.step_id or self.step

    # Reading and moving

    def action_went_wrong(self) -> None:
        """Open the other tab of the guide."""
        self._account_pane.guide.turn_tab()

    def action_other_pane(self) -> None:
        """Move the focus between accounts and steps."""
        (self._account_pane.step_list if self._account_tree.has_focus else self._account_tree).focus()

    def action_quit(self) -> None:
        """Leave the program."""
        self.app.post_message(QuitRequested())
