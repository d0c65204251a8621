"""The first screen: the accounts on the left, the steps of the one in view on the right, the guide to a step below.

Opening a step shows its screen, and a step that is finished leads to the next one.
"""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import OptionList, Tree

from metaoptout_tui.app.record_history import RecordChange
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
    """Shows the account and the step in view, and does with them what the keys say."""

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
        """How the account in view stands; None where there is none."""
        return self.session.overview().status_of(self.account)

    # What is in view

    def on_mount(self) -> None:
        """Begin where the person left, with the steps in focus."""
        overview = self.session.overview()
        if not self.account and overview.next_task:
            self.account, self.step = overview.next_task.account_id, overview.next_task.step_id
        if self.session.record.accounts:
            self._account_pane.step_list.focus()
        for notice in self.context.startup_notices:
            self.notify(notice, severity="warning", markup=False)

    def update_content(self) -> None:
        """Everything on this screen, from the overview of now."""
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
        """How current the guidance is stands in the corner; the guide says what changed."""
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
        """The account and step in view."""
        return self.account, self.step

    def go_to(self, account: str, step: str) -> None:
        """Show an account and one of its steps, with the steps in focus and the guide open."""
        self.account, self.step = account, step
        self._account_pane.guide.tab = GuideTab.GUIDE
        self.update_content()
        self._account_pane.step_list.focus()
        self._post_position()

    # Steps

    @on(OptionList.OptionSelected, "#steps")
    def _step_selected(self) -> None:
        self.action_do()

    def action_do(self) -> None:
        """The primary action of the highlighted step, and on from there as far as the person walks."""
        if not self.session.record.accounts:
            self.action_add()
        elif self._account_tree.has_focus:
            self._account_pane.step_list.focus()
        else:
            self.open_step(self.step)

    def open_step(self, step: str) -> None:
        """Open the screen of a step; when its part is done, go on to the next one that is not."""
        from metaoptout_tui.ui.base.form import FormScreen

        status = self.account_status
        if step == "confirm" and (status is None or (status.outcome is None and status.first_inquiry is None)):
            self.say("Nothing is filed for this account itself. Submit the form first, then record what came back.")
            self.go_to(self.account, "submit")
            return
        screen = self.make_screen(step, self.account)
        if isinstance(screen, FormScreen):
            self.open_form(screen, self._step_screen_closed)
        else:
            self.app.push_screen(screen, self._step_screen_closed)

    def _step_screen_closed(self, done: object) -> None:
        """A step's screen was left: `done` is the step when its part was done."""
        status = self.account_status
        if status is None or not isinstance(done, str):
            return
        rest = [step.id for step in status.steps_after(done) if step.state not in FINISHED_STEP_STATES]
        task = self.session.overview().next_task_for(self.account)
        following = "submit" if done == "open" else rest[0] if rest else task.step_id if task else done
        self.go_to(self.account, following)
        if done == "open" or (rest and done != "submit"):
            self.open_step(following)

    def action_tick(self) -> None:
        """Tick the step, or take its tick back; what cannot be said by a tick alone opens its screen."""
        status, step = self.account_status, self.step
        found = status.step(step) if status else None
        if status is None or found is None:
            return
        if self._account_tree.has_focus:
            self._account_pane.step_list.focus()
            return
        own = found.state in (StepState.DONE, StepState.SKIPPED, StepState.ASKED_FOR_MORE, StepState.REFUSED)
        if found.state is StepState.DONE and step == "open" and status.objection is not None:
            submit = step_title("submit", status.account.platform, self.session.playbook)
            self.say(f"The form was open when you sent it. Take back “{submit}” first.")
        elif own:
            if self.make_change(lambda: self.session.diary.reopen_step(self.account, step)):
                title = step_title(step, status.account.platform, self.session.playbook)
                self.say_undoable(f"“{title}” is open again.")
        elif step in ("identify", "open"):
            if self.make_change(lambda: self.session.diary.mark_step_done(self.account, step)):
                self.go_to(self.account, next((step.id for step in status.steps_after(step)), step))
        else:
            self.open_step(step)

    def action_skip(self) -> None:
        """Leave the step out."""
        step = self.account_status.step(self.step) if self.account_status else None
        if step is None or step.state is StepState.SKIPPED:
            return
        if self.make_change(lambda: self.session.diary.skip_step(self.account, self.step)):
            self.say(f"Left out. {self.readable_key_of('checklist.tick')} takes that back.")

    def action_next(self) -> None:
        """Go to the next thing to do."""
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
        """Take the account out; undo brings it back."""
        account = self.session.record.account_by_id(self.account)
        if account is not None and self.make_change(lambda: self.session.accounts.remove_account(account.id)):
            self.say_undoable(f"{account.name} is taken out, with its diary.", "brings it back")

    def action_note(self) -> None:
        """Write a note."""
        if self.account and self.step:
            self.open_form(self.make_screen("note", self.account, self.step))

    def action_diary(self) -> None:
        """Read the diary and correct dates."""
        if self.account:
            self.open_screen("diary", self.account)

    def action_periods(self) -> None:
        """See the legal periods and their working."""
        if self.account:
            self.open_screen("periods", self.account)

    def action_export(self) -> None:
        """Write the case file of this account or of all."""
        if self.account:
            self.open_screen("export", self.account)
        else:
            self.say("There is no account in the record yet, so there is nothing to write.")

    def action_letters(self) -> None:
        """Choose a letter."""
        if self.account:
            self.open_screen("letters", self.account)

    def action_link(self) -> None:
        """Show the likeliest form's link."""
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
        """See how current the guidance is."""
        self.open_screen("guidance")

    def action_changes(self) -> None:
        """See what changed in a source of this step; of several, one after the other."""
        status = self.account_status
        if status is None:
            return
        place = {"step": self.step, "platform": status.account.platform, "region": status.region.id}
        unread = self.context.page_check.page_watcher.unread_pages_for(**place)
        if unread:
            self.open_screen("page", unread[0].id, True)
        else:
            key = self.readable_key_of("checklist.guidance")
            self.say(f"No source of this step is known to have changed. {key} shows them all.")

    def action_overview(self) -> None:
        """See all accounts, and what covers them."""
        self.open_screen("overview", self.account, then=self._overview_closed)

    def _overview_closed(self, place: tuple[str, str] | None) -> None:
        if place is not None:
            self.go_to(*place)

    def action_moved(self) -> None:
        """Write down a move to Meta Account."""
        from metaoptout_tui.ui.screens.account import ask_meta_account_move

        if self.account_status is not None:
            ask_meta_account_move(self, self.account_status.account)

    def action_checked(self) -> None:
        """Write down that the objection was looked at again."""
        status = self.account_status
        if status is None or status.last_checked is None:
            self.say("No objection stands for this account, so there is none to look at again.")
        elif self.make_change(lambda: self.session.diary.record_recheck(self.account)):
            self.say_undoable("Written down; the next check is in a year.")

    def action_sources(self) -> None:
        """Show where what is said of the step comes from."""
        if self.account and self.step:
            self.open_screen("sources", self.account, self.step)

    def action_undo(self) -> None:
        """Take back the last change."""
        self._go_to_changed_step(self.session.history.undoable_change)
        super().action_undo()

    def action_redo(self) -> None:
        """Make it again."""
        self._go_to_changed_step(self.session.history.redoable_change)
        super().action_redo()

    def _go_to_changed_step(self, change: RecordChange | None) -> None:
        if change is not None and change.account_id:
            self.account = change.account_id
            self.step = change.step_id or self.step

    # Reading and moving

    def action_went_wrong(self) -> None:
        """Turn to what may go wrong, and back."""
        self._account_pane.guide.turn_tab()

    def action_other_pane(self) -> None:
        """Go between accounts and steps."""
        (self._account_pane.step_list if self._account_tree.has_focus else self._account_tree).focus()

    def action_quit(self) -> None:
        """Leave."""
        self.app.post_message(QuitRequested())
