"""The first screen: the accounts on the left, the steps of one account on the right, the guide to a step below.

Opening a step shows its screen; when that is left with the step done, the next step is highlighted or opened.
"""

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList

from metaoptout_tui.app.commands.own_commands import Command
from metaoptout_tui.app.record.undo_stack import RecordChange
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.coverage_summary import summarize_coverage
from metaoptout_tui.core.objection.sentences import next_task_sentence
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.ui.base.moving_about import MovedByArrows
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext, QuitRequested
from metaoptout_tui.ui.screens.step_opening import StepOpener
from metaoptout_tui.ui.text.step_sources import step_sources
from metaoptout_tui.ui.widgets.checklist_panes import ChecklistPanes, ChecklistPlace
from metaoptout_tui.ui.widgets.frame import Headline
from metaoptout_tui.ui.widgets.step_list import WAYS_ROW


class ChecklistScreen(BaseScreen[None]):
    """The checklist. Its keys act on `account_in_view` and `step_in_view`, which are highlighted."""

    SCREEN_ID = "checklist"
    shows_every_account = True

    def __init__(self, context: AppContext, place: ChecklistPlace) -> None:
        super().__init__(context)
        self._panes = ChecklistPanes(context, self.readable_key_of, place, id="body")
        self._step_opener = StepOpener(self, self.go_to)

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

    @property
    def step_in_view(self) -> str:
        """The highlighted step."""
        return self._panes.step

    def position(self) -> tuple[str, str]:
        """The highlighted account and step."""
        return self.account_in_view, self._panes.step

    def on_mount(self) -> None:
        """Begin where the sitting was interrupted, else at the next task, else where the last sitting ended."""
        task = self.session.overview().next_task
        if task is not None and not self._panes.goes_on:
            self._panes.highlight(task.account_id, task.row_id)
        for notice in self.context.startup_notices:
            self.notify(notice, severity="warning", markup=False)

    def update_content(self) -> None:
        """Everything on this screen, from the present overview."""
        super().update_content()
        overview = self.session.overview()
        self._panes.show_overview(overview)
        self.set_headline(
            next_task_sentence(overview.next_task, self.session.record, self.session.playbook),
            label=_("Next:"),
            left=summarize_coverage(overview, is_brief=True),
            right=self.context.page_check.short_status(),
        )

    def on_screen_suspend(self) -> None:
        """Remember what was next, to see on return whether something was recorded."""
        self._step_opener.remember_next_task()

    def on_screen_resume(self) -> None:
        """Where another thing is next than before, go to it once the present state is shown."""
        self.call_next(self._step_opener.return_from_screen)

    def page_check_updated(self) -> None:
        """Update the freshness in the corner, and the guide with its warnings about changed sources."""
        self.query_one(Headline).right = self.context.page_check.short_status()
        self._panes.guide.write()

    def go_to(self, account_id: str, row: str) -> None:
        """Highlight an account and a row of its steps, with the steps in focus and the guide at what to do now."""
        self._panes.highlight(account_id, row)
        self._panes.guide.is_whole = False
        self.update_content()
        self._panes.focus_steps()
        self._panes.post_position()

    @on(OptionList.OptionSelected, "#steps")
    def action_do(self) -> None:
        """Do the highlighted row; from the accounts go to the steps."""
        if not self.session.record.accounts:
            if self._panes.row == WAYS_ROW:
                self.action_ways()
            else:
                self.action_add()
        elif self._panes.is_among_accounts:
            self._panes.focus_steps()
        else:
            self._step_opener.open_row(self._panes.row, self._panes.step, self._panes.offer)

    def open_step(self, step: str) -> None:
        """Open the screen of a step, from which a finished step leads on."""
        self._step_opener.open_step(step)

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
        if status is not None and (step := status.step(self._panes.step)) is not None:
            skip_step(self, status, step)

    @property
    def _row_in_focus(self) -> str:
        return "" if self._panes.is_among_accounts else self._panes.row

    def action_next(self) -> None:
        """Go to the next task."""
        self._step_opener.go_to_next_task(self._row_in_focus)

    @on(Headline.Clicked)
    def _next_clicked(self) -> None:
        """Go to the next task; once there do it. Without an account add one."""
        if not self.session.record.accounts:
            self.action_add()
        elif self._step_opener.is_next_task(self._row_in_focus):
            self.action_do()
        else:
            self.action_next()

    def action_add(self) -> None:
        """Add an account and go to it."""
        self.open_screen("account", then=self._step_opener.go_to_account)

    def action_no_login(self) -> None:
        """Ask what became of the account in view, or of which account, and go on to what can be done for it."""
        from metaoptout_tui.ui.screens.ways_to_begin import begin_without_log_in

        begin_without_log_in(self, go_to=self.go_to, account_id=self.account_in_view)

    def action_ways(self) -> None:
        """Ask for another way to begin and go it."""
        from metaoptout_tui.ui.screens.ways_to_begin import ask_and_begin

        ask_and_begin(self, go_to=self.go_to, open_step=self.open_step)

    def action_edit(self) -> None:
        """Change the account."""
        if self.account_in_view:
            then = partial(_say_saved, self, self.session.record.accounts)
            self.open_screen("account", self.account_in_view, then=then)

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

    def action_helper(self) -> None:
        """Ask who was authorised to help."""
        if self.account_in_view:
            from metaoptout_tui.ui.screens.helper import ask_who_helps

            ask_who_helps(self)
        else:
            self.say_no_account()

    def action_export(self) -> None:
        """Open the screen that writes the case file."""
        self._open_for_account("export")

    def action_authority(self) -> None:
        """Open the screen about the authority."""
        self._open_for_account("authority")

    def action_link(self) -> None:
        """Show the link of Meta's first form."""
        if link := self.session.view.form_link(self.account_in_view):
            self.open_screen("link", link)
        else:
            self.say(_("There is no form for this account."))

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
        self.open_screen("overview", self.account_in_view, then=self._step_opener.go_to_row)

    def has_effect(self, command: Command) -> bool:
        """Whether a command does anything now; data from elsewhere cannot be moved to a Meta Account, as accounts can."""
        account = self.session.record.account_by_id(self.account_in_view)
        if command.id == "checklist.moved" and account is not None and account.is_from_elsewhere:
            return False
        return super().has_effect(command)

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
        """Show who says what the guide says, beginning with the sentence in view."""
        if self.account_in_view and self._panes.step:
            read_sources = partial(step_sources, self.context, self.account_in_view, self._panes.step)
            self.open_screen("sources", read_sources, self._panes.guide.sentence_in_view)

    def go_to_change(self, change: RecordChange | None) -> None:
        """Highlight the account and the step of a change."""
        if change is not None and change.account_id:
            self._panes.highlight(change.account_id, change.step_id or self._panes.step)

    def action_more(self) -> None:
        """Show everything in the guide, or only what to do now."""
        self._panes.guide.turn()

    def action_other_pane(self) -> None:
        """Move the focus between accounts and steps."""
        self._panes.turn_focus()

    def action_quit(self) -> None:
        """Leave the program."""
        self.app.post_message(QuitRequested())


def _say_saved(screen: ChecklistScreen, former: tuple[Account, ...], _closed_with: object) -> None:
    """Say that a change of an account was saved, where there was one."""
    if screen.session.record.accounts != former:
        screen.say_undoable(_("Saved."))
