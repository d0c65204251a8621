"""The first screen: walks the person from account to account and step to step."""

from textual import on
from textual.screen import Screen
from textual.widgets import OptionList

from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.states import FINISHED, StepState
from metaoptout_tui.core.wording import step_title
from metaoptout_tui.journal import Change
from metaoptout_tui.ui.accounts_page import AccountsPage
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.form import FormPage
from metaoptout_tui.ui.messages import QuitAsked
from metaoptout_tui.ui.widgets.accounts import AccountTree
from metaoptout_tui.ui.widgets.steps import StepList


class ChecklistScreen(AccountsPage):
    """What the keys do with the account and the step in view."""

    PLACE = "checklist"
    BINDINGS = bindings("checklist")

    @on(OptionList.OptionSelected, "#steps")
    def _step_selected(self) -> None:
        self.action_do()

    def _screen_for(self, step: str) -> Screen[object] | None:
        from metaoptout_tui.ui.walk import screen_for

        return screen_for(self.desk, self.account, step)

    def action_do(self) -> None:
        """The primary action of the highlighted step, and on from there as far as the person walks."""
        if not self.session.progress.accounts:
            self.action_add()
        elif self.query_one(AccountTree).has_focus:
            self.query_one(StepList).focus()
        else:
            self.walk(self.step)

    def walk(self, step: str) -> None:
        """Open the screen of a step; when its part is done, go on to the next one that is not."""
        standing = self.standing
        if step == "confirm" and (standing is None or (standing.course is None and standing.question is None)):
            self.say("Nothing is filed for this account itself. Submit the form first, then record what came back.")
            self.go_to(self.account, "submit")
            return
        screen = self._screen_for(step)
        if isinstance(screen, FormPage):
            self.open_form(screen, self._walked)
        elif screen is not None:
            self.app.push_screen(screen, self._walked)

    def _walked(self, done: object) -> None:
        """A step's screen was left: `done` is the step when its part was done."""
        standing = self.standing
        if standing is None or not isinstance(done, str):
            return
        following = [step.id for step in standing.steps]
        at = following.index(done) + 1 if done in following else len(following)
        rest = [step.id for step in standing.steps[at:] if step.state not in FINISHED]
        if done == "open":
            self.go_to(self.account, "submit")
            self.walk("submit")
            return
        if done == "submit" or not rest:
            task = self.session.overview().next_for(self.account)
            self.go_to(self.account, rest[0] if rest else task.step if task else done)
            return
        self.go_to(self.account, rest[0])
        self.walk(rest[0])

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
        if found.state is StepState.DONE and step == "open" and standing.filing is not None:
            submit = step_title("submit", standing.account.platform, self.session.playbook)
            self.say(f"The form was open when you sent it. Take back “{submit}” first.")
        elif own:
            if self.change(lambda: self.session.untick(self.account, step)):
                title = step_title(step, standing.account.platform, self.session.playbook)
                self.say(f"“{title}” is open again. {self.key('checklist.undo')} takes that back.")
        elif step in ("identify", "open"):
            if self.change(lambda: self.session.tick(self.account, step)):
                self._to_next_step(standing, step)
        else:
            self.walk(step)

    def _to_next_step(self, standing: Standing, step: str) -> None:
        ids = [each.id for each in standing.steps]
        if ids.index(step) + 1 < len(ids):
            self.go_to(self.account, ids[ids.index(step) + 1])

    def action_skip(self) -> None:
        """Leave the step out."""
        found = self.standing.step(self.step) if self.standing else None
        if found is None or found.state is StepState.SKIPPED:
            return
        if self.change(lambda: self.session.skip(self.account, self.step)):
            self.say(f"Left out. {self.key('checklist.tick')} takes that back.")

    def action_next(self) -> None:
        """Go to the next thing to do."""
        task = self.session.overview().next
        if task is None:
            self.say("There is nothing to do now.")
        else:
            self.go_to(task.account, task.step)

    def action_add(self) -> None:
        """Add an account and go to it."""
        from metaoptout_tui.ui.screens.account import AccountScreen

        self.open_form(AccountScreen(self.desk), self._added)

    def _added(self, account: str | None) -> None:
        if account:
            self.go_to(account, "")

    def action_edit(self) -> None:
        """Change the account."""
        from metaoptout_tui.ui.screens.account import AccountScreen

        if self.account:
            self.open_form(AccountScreen(self.desk, self.account))

    def action_remove(self) -> None:
        """Take the account out; undo brings it back."""
        account = self.session.progress.account(self.account)
        if account is not None and self.change(lambda: self.session.remove_account(account.id)):
            self.say(f"{account.name} is taken out, with its diary. {self.key('checklist.undo')} brings it back.")

    def action_note(self) -> None:
        """Write a note."""
        from metaoptout_tui.ui.screens.note import NoteScreen

        if self.account and self.step:
            self.open_form(NoteScreen(self.desk, self.account, self.step))

    def action_diary(self) -> None:
        """Read the diary and correct dates."""
        from metaoptout_tui.ui.screens.diary import DiaryScreen

        if self.account:
            self.app.push_screen(DiaryScreen(self.desk, self.account))

    def action_periods(self) -> None:
        """See the legal periods and their working."""
        from metaoptout_tui.ui.screens.periods import PeriodsScreen

        if self.account:
            self.app.push_screen(PeriodsScreen(self.desk, self.account))

    def action_export(self) -> None:
        """Write the case file of this account or of all."""
        from metaoptout_tui.ui.screens.export import ExportScreen

        if self.account:
            self.app.push_screen(ExportScreen(self.desk, self.account))
        else:
            self.say("There is no account in the record yet, so there is nothing to write.")

    def action_letters(self) -> None:
        """Choose a letter."""
        from metaoptout_tui.ui.screens.letters import LettersScreen

        if self.account:
            self.app.push_screen(LettersScreen(self.desk, self.account))

    def action_link(self) -> None:
        """Show the likeliest form's link."""
        from metaoptout_tui.ui.screens.link import LinkScreen
        from metaoptout_tui.ui.walk import form_links

        standing = self.standing
        links = form_links(self.desk, standing) if standing else ()
        if links:
            self.app.push_screen(LinkScreen(self.desk, links[0]))
        else:
            self.say("There is no form for this account.")

    def action_guidance(self) -> None:
        """See how current the guidance is."""
        from metaoptout_tui.ui.screens.guidance import GuidanceScreen

        self.app.push_screen(GuidanceScreen(self.desk))

    def action_changes(self) -> None:
        """See what changed in a source of this step; of several, one after the other."""
        from metaoptout_tui.ui.screens.page import PageScreen

        standing = self.standing
        if standing is None:
            return
        place = {"step": self.step, "platform": standing.account.platform, "region": standing.region.id}
        unread = self.desk.looking.lookout.unread_for(**place)
        if unread:
            self.app.push_screen(PageScreen(self.desk, unread[0].id, changes=True))
        else:
            self.say(
                f"No source of this step is known to have changed. {self.key('checklist.guidance')} shows them all."
            )

    def action_overview(self) -> None:
        """See all accounts, and what covers them."""
        from metaoptout_tui.ui.screens.overview import OverviewScreen

        self.app.push_screen(OverviewScreen(self.desk, self.account), self._chosen)

    def _chosen(self, place: tuple[str, str] | None) -> None:
        if place is not None:
            self.go_to(*place)

    def action_moved(self) -> None:
        """Write down a move to Meta Account."""
        from metaoptout_tui.ui.moving import ask_moved

        if self.standing is not None:
            ask_moved(self, self.standing.account)

    def action_checked(self) -> None:
        """Write down that the objection was looked at again."""
        standing = self.standing
        if standing is None or standing.checked is None:
            self.say("No objection stands for this account, so there is none to look at again.")
        elif self.change(lambda: self.session.recheck(self.account)):
            self.say(f"Written down; the next check is in a year. {self.key('checklist.undo')} takes that back.")

    def action_sources(self) -> None:
        """Show where what is said of the step comes from."""
        from metaoptout_tui.ui.screens.sources import SourcesScreen

        if self.account and self.step:
            self.app.push_screen(SourcesScreen(self.desk, self.account, self.step))

    def action_undo(self) -> None:
        """Take back the last change."""
        self._follow(self.session.can_undo)
        self.undo()

    def action_redo(self) -> None:
        """Make it again."""
        self._follow(self.session.can_redo)
        self.redo()

    def _follow(self, change: Change | None) -> None:
        if change is not None and change.account:
            self.account = change.account
            self.step = change.step or self.step

    def action_quit(self) -> None:
        """Leave."""
        self.app.post_message(QuitAsked())
