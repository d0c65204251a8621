"""The first screen: the accounts and the steps of each, and what the keys do with the step in view.

Opening a step shows its screen, and a step that is finished leads to the next one. Other screens are imported when a key needs them, so that the program starts fast.
"""

from typing import Any

from textual import on
from textual.screen import Screen
from textual.widgets import OptionList

from metaoptout_tui.app.record_history import RecordChange
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.links import SafeUrl, parse_meta_url
from metaoptout_tui.core.objection.sentences import step_title
from metaoptout_tui.core.objection.states import FINISHED_STEP_STATES, StepState
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.ui.base.form import FormScreen
from metaoptout_tui.ui.base.screen import bindings_for
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.messages import QuitRequested
from metaoptout_tui.ui.screens.checklist_panes import ChecklistBaseScreen
from metaoptout_tui.ui.widgets.account_tree import AccountTree
from metaoptout_tui.ui.widgets.lists import StepList


def screen_for_step(desk: AppContext, account: str, step: str) -> Screen[Any] | None:
    """The screen of a step of an account; None for a step without one."""
    match step:
        case "identify":
            from metaoptout_tui.ui.screens.linked_accounts import LinkedAccountsScreen

            return LinkedAccountsScreen(desk, account)
        case "open":
            from metaoptout_tui.ui.screens.open_form import OpenFormScreen

            return OpenFormScreen(desk, account)
        case "submit":
            from metaoptout_tui.ui.screens.submit_form import SubmitFormScreen

            return SubmitFormScreen(desk, account)
        case "confirm":
            from metaoptout_tui.ui.screens.reply import ReplyScreen

            return ReplyScreen(desk, account)
        case "review":
            from metaoptout_tui.ui.screens.review import ReviewScreen

            return ReviewScreen(desk, account)
        case _:
            return None


def form_links_for(desk: AppContext, standing: AccountStatus) -> tuple[SafeUrl, ...]:
    """The forms for an account as links, the likeliest first; one that is not on a genuine host is left out."""
    links = []
    for form in desk.session.playbook.forms_for(platform=standing.account.platform, region=standing.region.id):
        try:
            links.append(parse_meta_url(form.url))
        except LinkRefused:
            continue
    return tuple(links)


class ChecklistScreen(ChecklistBaseScreen):
    """What the keys do with the account and the step in view."""

    SCREEN_ID = "checklist"
    BINDINGS = bindings_for("checklist")

    @on(OptionList.OptionSelected, "#steps")
    def _step_selected(self) -> None:
        self.action_do()

    def _step_screen(self, step: str) -> Screen[object] | None:

        return screen_for_step(self.context, self.account, step)

    def action_do(self) -> None:
        """The primary action of the highlighted step, and on from there as far as the person walks."""
        if not self.session.record.accounts:
            self.action_add()
        elif self.query_one(AccountTree).has_focus:
            self.query_one(StepList).focus()
        else:
            self.open_step(self.step)

    def open_step(self, step: str) -> None:
        """Open the screen of a step; when its part is done, go on to the next one that is not."""
        standing = self.standing
        if step == "confirm" and (standing is None or (standing.outcome is None and standing.first_inquiry is None)):
            self.say("Nothing is filed for this account itself. Submit the form first, then record what came back.")
            self.go_to(self.account, "submit")
            return
        screen = self._step_screen(step)
        if isinstance(screen, FormScreen):
            self.open_form(screen, self._step_screen_closed)
        elif screen is not None:
            self.app.push_screen(screen, self._step_screen_closed)

    def _step_screen_closed(self, done: object) -> None:
        """A step's screen was left: `done` is the step when its part was done."""
        standing = self.standing
        if standing is None or not isinstance(done, str):
            return
        following = [step.id for step in standing.steps]
        at = following.index(done) + 1 if done in following else len(following)
        rest = [step.id for step in standing.steps[at:] if step.state not in FINISHED_STEP_STATES]
        if done == "open":
            self.go_to(self.account, "submit")
            self.open_step("submit")
            return
        if done == "submit" or not rest:
            task = self.session.overview().next_task_for(self.account)
            self.go_to(self.account, rest[0] if rest else task.step_id if task else done)
            return
        self.go_to(self.account, rest[0])
        self.open_step(rest[0])

    def action_tick(self) -> None:
        """Tick the step, or take its tick back; what cannot be said by a tick alone opens its screen."""
        standing, step = self.standing, self.step
        found = standing.step(step) if standing else None
        if standing is None or found is None:
            return
        if self.query_one(AccountTree).has_focus:
            self.query_one(StepList).focus()
            return
        own = found.state in (StepState.DONE, StepState.SKIPPED, StepState.ASKED_FOR_MORE, StepState.REFUSED)
        if found.state is StepState.DONE and step == "open" and standing.objection is not None:
            submit = step_title("submit", standing.account.platform, self.session.playbook)
            self.say(f"The form was open when you sent it. Take back “{submit}” first.")
        elif own:
            if self.make_change(lambda: self.session.diary.reopen_step(self.account, step)):
                title = step_title(step, standing.account.platform, self.session.playbook)
                self.say(f"“{title}” is open again. {self.readable_key_of('checklist.undo')} takes that back.")
        elif step in ("identify", "open"):
            if self.make_change(lambda: self.session.diary.mark_step_done(self.account, step)):
                self._go_to_next_step(standing, step)
        else:
            self.open_step(step)

    def _go_to_next_step(self, standing: AccountStatus, step: str) -> None:
        ids = [each.id for each in standing.steps]
        if ids.index(step) + 1 < len(ids):
            self.go_to(self.account, ids[ids.index(step) + 1])

    def action_skip(self) -> None:
        """Leave the step out."""
        found = self.standing.step(self.step) if self.standing else None
        if found is None or found.state is StepState.SKIPPED:
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
        from metaoptout_tui.ui.screens.account import AccountScreen

        self.open_form(AccountScreen(self.context), self._account_added)

    def _account_added(self, account: str | None) -> None:
        if account:
            self.go_to(account, "")

    def action_edit(self) -> None:
        """Change the account."""
        from metaoptout_tui.ui.screens.account import AccountScreen

        if self.account:
            self.open_form(AccountScreen(self.context, self.account))

    def action_remove(self) -> None:
        """Take the account out; undo brings it back."""
        account = self.session.record.account_by_id(self.account)
        if account is not None and self.make_change(lambda: self.session.accounts.remove_account(account.id)):
            self.say(
                f"{account.name} is taken out, with its diary. {self.readable_key_of('checklist.undo')} brings it back."
            )

    def action_note(self) -> None:
        """Write a note."""
        from metaoptout_tui.ui.screens.diary import NoteScreen

        if self.account and self.step:
            self.open_form(NoteScreen(self.context, self.account, self.step))

    def action_diary(self) -> None:
        """Read the diary and correct dates."""
        from metaoptout_tui.ui.screens.diary import DiaryScreen

        if self.account:
            self.app.push_screen(DiaryScreen(self.context, self.account))

    def action_periods(self) -> None:
        """See the legal periods and their working."""
        from metaoptout_tui.ui.screens.deadlines import DeadlinesScreen

        if self.account:
            self.app.push_screen(DeadlinesScreen(self.context, self.account))

    def action_export(self) -> None:
        """Write the case file of this account or of all."""
        from metaoptout_tui.ui.screens.case_export import CaseExportScreen

        if self.account:
            self.app.push_screen(CaseExportScreen(self.context, self.account))
        else:
            self.say("There is no account in the record yet, so there is nothing to write.")

    def action_letters(self) -> None:
        """Choose a letter."""
        from metaoptout_tui.ui.screens.letters import LettersScreen

        if self.account:
            self.app.push_screen(LettersScreen(self.context, self.account))

    def action_link(self) -> None:
        """Show the likeliest form's link."""
        from metaoptout_tui.ui.screens.dialogs import LinkScreen

        standing = self.standing
        links = form_links_for(self.context, standing) if standing else ()
        if links:
            self.app.push_screen(LinkScreen(self.context, links[0]))
        else:
            self.say("There is no form for this account.")

    def action_guidance(self) -> None:
        """See how current the guidance is."""
        from metaoptout_tui.ui.screens.guidance import GuidanceScreen

        self.app.push_screen(GuidanceScreen(self.context))

    def action_changes(self) -> None:
        """See what changed in a source of this step; of several, one after the other."""
        from metaoptout_tui.ui.screens.watched_page import WatchedPageScreen

        standing = self.standing
        if standing is None:
            return
        place = {"step": self.step, "platform": standing.account.platform, "region": standing.region.id}
        unread = self.context.page_check.page_watcher.unread_pages_for(**place)
        if unread:
            self.app.push_screen(WatchedPageScreen(self.context, unread[0].id, changes=True))
        else:
            self.say(
                f"No source of this step is known to have changed. {self.readable_key_of('checklist.guidance')} shows them all."
            )

    def action_overview(self) -> None:
        """See all accounts, and what covers them."""
        from metaoptout_tui.ui.screens.overview import OverviewScreen

        self.app.push_screen(OverviewScreen(self.context, self.account), self._overview_closed)

    def _overview_closed(self, place: tuple[str, str] | None) -> None:
        if place is not None:
            self.go_to(*place)

    def action_moved(self) -> None:
        """Write down a move to Meta Account."""
        from metaoptout_tui.ui.screens.account import ask_meta_account_move

        if self.standing is not None:
            ask_meta_account_move(self, self.standing.account)

    def action_checked(self) -> None:
        """Write down that the objection was looked at again."""
        standing = self.standing
        if standing is None or standing.last_checked is None:
            self.say("No objection stands for this account, so there is none to look at again.")
        elif self.make_change(lambda: self.session.diary.record_recheck(self.account)):
            self.say(
                f"Written down; the next check is in a year. {self.readable_key_of('checklist.undo')} takes that back."
            )

    def action_sources(self) -> None:
        """Show where what is said of the step comes from."""
        from metaoptout_tui.ui.screens.sources import SourcesScreen

        if self.account and self.step:
            self.app.push_screen(SourcesScreen(self.context, self.account, self.step))

    def action_undo(self) -> None:
        """Take back the last change."""
        self._go_to_changed_step(self.session.history.undoable_change)
        self.undo()

    def action_redo(self) -> None:
        """Make it again."""
        self._go_to_changed_step(self.session.history.redoable_change)
        self.redo()

    def _go_to_changed_step(self, change: RecordChange | None) -> None:
        if change is not None and change.account_id:
            self.account = change.account_id
            self.step = change.step_id or self.step

    def action_quit(self) -> None:
        """Leave."""
        self.app.post_message(QuitRequested())
