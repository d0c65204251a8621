"""The first screen: accounts on the left, the steps of one on the right, what to do below them."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static, Tree

from metaoptout_tui.core import when
from metaoptout_tui.core.overview import Overview, account_name
from metaoptout_tui.core.standing import FINISHED, Standing, StepState
from metaoptout_tui.core.wording import next_sentence, state_words, step_title
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.guide import GuidePage, StepGuide
from metaoptout_tui.ui.marks import state_style
from metaoptout_tui.ui.messages import Place, QuitAsked
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.widgets.accounts import AccountTree
from metaoptout_tui.ui.widgets.reader import Reader
from metaoptout_tui.ui.widgets.steps import StepList

_EMPTY = """There is no account in your list yet.

Press a to add one: Facebook, Instagram, Threads, WhatsApp or the Meta AI app."""


_TURN = {
    GuidePage.GUIDE: "Guide · w went wrong · s sources",
    GuidePage.WENT_WRONG: "Went wrong · w guide · s sources",
    GuidePage.SOURCES: "Sources · s guide · w went wrong",
}


class ChecklistScreen(Page[None]):
    """Walks the person from account to account and step to step."""

    PLACE = "checklist"
    BINDINGS = bindings("checklist")
    DEFAULT_CSS = """
    ChecklistScreen #accounts { width: 36; border-right: solid $line; height: 1fr; }
    ChecklistScreen #account-head { height: 1; padding: 0 1; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
    ChecklistScreen.-roomy #accounts { width: 42; }
    ChecklistScreen #guide {
        border-top: solid $line; padding: 0 1; height: 1fr;
        border-title-color: $muted; border-title-style: none;
    }
    ChecklistScreen #guide:focus { border-top: solid $accent; }
    ChecklistScreen.-narrow #body { layout: vertical; }
    ChecklistScreen.-narrow #accounts {
        width: 1fr; height: auto; max-height: 6; border-right: none; border-bottom: solid $line;
    }
    """

    def __init__(self, desk: Desk, *, account: str = "", step: str = "") -> None:
        super().__init__(desk)
        self._account = account
        self._step = step
        self._page = GuidePage.GUIDE
        self._written: tuple[object, ...] = ()
        self._may_write = False

    def compose_page(self) -> ComposeResult:
        """Two panes, or one above the other where the terminal is narrow."""
        with Horizontal(id="body"):
            yield AccountTree(self.desk.marks, id="accounts")
            with Vertical():
                yield Static(id="account-head", markup=False)
                yield StepList(self.desk.marks, id="steps")
                yield Reader(id="guide")

    def on_mount(self) -> None:
        """Begin where the person left, with the steps in focus."""
        overview = self.session.overview()
        if not self._account and overview.next:
            self._account, self._step = overview.next.account, overview.next.step
        if self.session.progress.accounts:
            self.query_one(StepList).focus()
        # The accounts are on the screen before the guide is written.
        self.call_after_refresh(self._write_guide)
        for notice in self.desk.notices:
            self.say(notice)

    def show(self) -> None:
        """Everything on this screen, from the overview of now."""
        super().show()
        overview = self.session.overview()
        tree, steps = self.query_one(AccountTree), self.query_one(StepList)
        if overview.standing(self._account) is None:
            self._account = overview.standings[0].account.id if overview.standings else ""
        tree.show_accounts(overview, self.session.playbook)
        with self.prevent(Tree.NodeHighlighted):
            tree.go_to(self._account)
        self._show_steps(overview)
        if steps.step != self._step:
            with self.prevent(OptionList.OptionHighlighted):
                steps.go_to(self._step)
            self._step = steps.step
        self._show_words()
        self._show_next(overview)

    def _write_guide(self) -> None:
        self._may_write = True
        self._show_words()

    def _show_steps(self, overview: Overview) -> None:
        standing = overview.standing(self._account)
        head = self.query_one("#account-head", Static)
        with self.prevent(OptionList.OptionHighlighted):
            self.query_one(StepList).show_steps(standing, overview, self.session.playbook)
        if standing is None:
            head.update("")
            return
        words = state_words(standing, self.session.progress, self.session.playbook, overview.now)
        head.update(
            Content.assemble(
                account_name(standing.account, self.session.playbook),
                (f" · {words}", state_style(standing.state)),
            )
        )

    def _show_words(self) -> None:
        """Write the guide for the highlighted step, unless it stands there already."""
        standing = self._standing
        pane = self.query_one(Reader)
        width = pane.columns or 60
        written = (self.session.progress, self._account, self._step, self._page, width, self.desk.language)
        if written == self._written or not self._may_write:
            return
        fresh = written[1:4] != self._written[1:4]
        self._written = written
        pane.border_title = Content(_TURN[self._page])
        page = Content(_EMPTY)
        if standing is not None:
            page = StepGuide(self.desk, standing, self._step, width).page(self._page)
        pane.show(page, from_top=fresh)

    def _show_next(self, overview: Overview) -> None:
        playbook = self.session.playbook
        count = f"{overview.objected} of {overview.objectable} covered" if overview.objectable else "nothing to file"
        holes = overview.objectable - overview.objected
        self.head(
            next_sentence(overview.next, self.session.progress, playbook),
            label="Next:",
            left=f"metaoptout-tui · {count}{f', {holes} to do' if holes else ''}",
            right=f"guide of {when.partial(playbook.published)}",
        )

    @property
    def _standing(self) -> Standing | None:
        return self.session.overview().standing(self._account)

    def resized(self) -> None:
        """The guide is written for the width it has."""
        self._show_words()

    @on(Tree.NodeHighlighted)
    def _account_highlighted(self, event: Tree.NodeHighlighted[str]) -> None:
        account = event.node.data or ""
        if not account or account == self._account:
            return
        self._account = account
        overview = self.session.overview()
        self._show_steps(overview)
        task = overview.next_for(account)
        steps = self.query_one(StepList)
        with self.prevent(OptionList.OptionHighlighted):
            steps.go_to(task.step if task else "")
        self._step = steps.step
        self._show_words()
        self._remember()

    @on(Tree.NodeSelected)
    def _account_selected(self) -> None:
        self.query_one(StepList).focus()

    @on(OptionList.OptionHighlighted, "#steps")
    def _step_highlighted(self) -> None:
        step = self.query_one(StepList).step
        if step and step != self._step:
            self._step = step
            self._show_words()
            self._remember()

    @on(OptionList.OptionSelected, "#steps")
    def _step_selected(self) -> None:
        self.action_do()

    def _remember(self) -> None:
        self.post_message(Place(self._account, self._step))

    def place(self) -> tuple[str, str]:
        """The account and step in view."""
        return self._account, self._step

    def go_to(self, account: str, step: str) -> None:
        """Show an account and one of its steps, with the steps in focus."""
        self._account, self._step = account, step
        self._page = GuidePage.GUIDE
        self.show()
        self.query_one(StepList).focus()
        self._remember()

    def _screen_for(self, step: str) -> Screen[object] | None:
        from metaoptout_tui.ui.walk import screen_for

        return screen_for(self.desk, self._account, step)

    # Actions

    def action_do(self) -> None:
        """The primary action of the highlighted step, and on from there as far as the person walks."""
        if not self.session.progress.accounts:
            self.action_add()
        elif self.query_one(AccountTree).has_focus:
            self.query_one(StepList).focus()
        else:
            self.walk(self._step)

    def walk(self, step: str) -> None:
        """Open the screen of a step; when its part is done, go on to the next one that is not."""
        standing = self._standing
        if step == "confirm" and (standing is None or standing.filing is None or standing.covered_by):
            self.say("Nothing is filed for this account itself. Submit the form first, then record what came back.")
            self.go_to(self._account, "submit")
            return
        screen = self._screen_for(step)
        if screen is not None:
            self.app.push_screen(screen, self._walked)

    def _walked(self, done: object) -> None:
        """A step's screen was left: `done` is the step when its part was done."""
        standing = self._standing
        if standing is None or not isinstance(done, str):
            return
        following = [step.id for step in standing.steps]
        at = following.index(done) + 1 if done in following else len(following)
        rest = [step.id for step in standing.steps[at:] if step.state not in FINISHED]
        if done == "open":
            self.go_to(self._account, "submit")
            self.walk("submit")
            return
        if done == "submit" or not rest:
            task = self.session.overview().next_for(self._account)
            self.go_to(self._account, rest[0] if rest else task.step if task else done)
            return
        self.go_to(self._account, rest[0])
        self.walk(rest[0])

    def action_tick(self) -> None:
        """Tick the step, or take its tick back; what cannot be said by a tick alone opens its screen."""
        standing, step = self._standing, self._step
        found = standing.step(step) if standing else None
        if standing is None or found is None:
            return
        own = found.state in (StepState.DONE, StepState.SKIPPED, StepState.ASKED_FOR_MORE, StepState.REFUSED)
        if found.state is StepState.DONE and step == "open" and standing.filing is not None:
            submit = step_title("submit", standing.account.platform, self.session.playbook)
            self.say(f"The form was open when you sent it. Take back “{submit}” first.")
        elif own:
            self.change(lambda: self.session.untick(self._account, step))
        elif step in ("identify", "open"):
            if self.change(lambda: self.session.tick(self._account, step)):
                self._to_next_step(standing, step)
        else:
            self.walk(step)

    def _to_next_step(self, standing: Standing, step: str) -> None:
        ids = [each.id for each in standing.steps]
        if ids.index(step) + 1 < len(ids):
            self.go_to(self._account, ids[ids.index(step) + 1])

    def action_skip(self) -> None:
        """Leave the step out."""
        if self._step and self.change(lambda: self.session.skip(self._account, self._step)):
            self.say("Left out. Space takes that back.")

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

        self.app.push_screen(AccountScreen(self.desk), self._added)

    def _added(self, account: str | None) -> None:
        if account:
            self.go_to(account, "")

    def action_edit(self) -> None:
        """Change the account."""
        from metaoptout_tui.ui.screens.account import AccountScreen

        if self._account:
            self.app.push_screen(AccountScreen(self.desk, self._account))

    def action_remove(self) -> None:
        """Take the account out; undo brings it back."""
        account = self.session.progress.account(self._account)
        if account is not None and self.change(lambda: self.session.remove_account(account.id)):
            self.say(f"{account.name} is taken out, with its diary. u brings it back.")

    def action_note(self) -> None:
        """Write a note."""
        from metaoptout_tui.ui.screens.note import NoteScreen

        if self._account and self._step:
            self.app.push_screen(NoteScreen(self.desk, self._account, self._step))

    def action_diary(self) -> None:
        """Read the diary and correct dates."""
        from metaoptout_tui.ui.screens.diary import DiaryScreen

        if self._account:
            self.app.push_screen(DiaryScreen(self.desk, self._account))

    def action_link(self) -> None:
        """Show the likeliest form's link."""
        from metaoptout_tui.ui.screens.link import LinkScreen
        from metaoptout_tui.ui.walk import form_links

        standing = self._standing
        links = form_links(self.desk, standing) if standing else ()
        if links:
            self.app.push_screen(LinkScreen(self.desk, links[0]))
        else:
            self.say("There is no form for this account.")

    def action_you(self) -> None:
        """Change country, e-mail address and language."""
        from metaoptout_tui.ui.screens.welcome import WelcomeScreen

        self.app.push_screen(WelcomeScreen(self.desk, first=False))

    def action_went_wrong(self) -> None:
        """Turn to what may go wrong, and back."""
        self._turn(GuidePage.WENT_WRONG)

    def action_sources(self) -> None:
        """Turn to the sources, and back."""
        self._turn(GuidePage.SOURCES)

    def _turn(self, page: GuidePage) -> None:
        self._page = GuidePage.GUIDE if self._page is page else page
        self._show_words()

    def action_undo(self) -> None:
        """Take back the last change."""
        self._follow(self.session.can_undo)
        self.undo()

    def action_redo(self) -> None:
        """Make it again."""
        self._follow(self.session.can_redo)
        self.redo()

    def _follow(self, change: object) -> None:
        from metaoptout_tui.session import Change

        if isinstance(change, Change) and change.account:
            self._account = change.account
            self._step = change.step or self._step

    def action_other_pane(self) -> None:
        """Go between accounts and steps."""
        tree = self.query_one(AccountTree)
        (self.query_one(StepList) if tree.has_focus else tree).focus()

    def action_up(self) -> None:
        """Go up in the list that has the focus."""
        self._move("cursor_up", -1)

    def action_down(self) -> None:
        """Go down in the list that has the focus."""
        self._move("cursor_down", 1)

    def _move(self, action: str, by: int) -> None:
        focused = self.focused
        if isinstance(focused, AccountTree | StepList):
            getattr(focused, f"action_{action}")()
        else:
            self.query_one(Reader).scroll_relative(y=by, animate=False)

    def action_page_down(self) -> None:
        """Read on."""
        self.query_one(Reader).scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Read back."""
        self.query_one(Reader).scroll_page_up(animate=False)

    def action_quit(self) -> None:
        """Leave."""
        self.app.post_message(QuitAsked())
