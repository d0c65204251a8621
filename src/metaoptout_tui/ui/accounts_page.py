"""Accounts on the left, the steps of one on the right, and below them what there is to know about one step."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static, Tree

from metaoptout_tui.core.coverage import covered_words
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.overview import Overview
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.wording import next_sentence, state_words
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.folding import fitted
from metaoptout_tui.ui.guide import GuidePage, StepGuide
from metaoptout_tui.ui.marks import account_style
from metaoptout_tui.ui.messages import Place
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.widgets.accounts import AccountTree
from metaoptout_tui.ui.widgets.headline import Headline
from metaoptout_tui.ui.widgets.reader import Reader
from metaoptout_tui.ui.widgets.steps import StepList

_EMPTY = """There is no account in your list yet.

Press a to add one: Facebook, Instagram, Threads, WhatsApp or the Meta AI app."""

_HEAD_ROWS = 3
_GUIDE_KEYS = ("changes", "checked", "letters", "periods", "you")
"""What the guide names a key for."""


class AccountsPage(Page[None]):
    """Shows everything; what a key does with it is said by the screen that is made of this."""

    DEFAULT_CSS = """
    AccountsPage #accounts { width: 36; border-right: solid $line; height: 1fr; }
    AccountsPage #account-head { height: auto; max-height: 3; padding: 0 1; text-style: bold; }
    AccountsPage.-roomy #accounts { width: 42; }
    AccountsPage #guide {
        border-top: solid $line; padding: 0 1; height: 1fr;
        border-title-color: $muted; border-title-style: none;
    }
    AccountsPage #guide:focus { border-top: solid $accent; }
    AccountsPage.-narrow #body { layout: vertical; }
    AccountsPage.-narrow #accounts {
        width: 1fr; height: auto; max-height: 6; border-right: none; border-bottom: solid $line;
    }
    """

    def __init__(self, desk: Desk, *, account: str = "", step: str = "") -> None:
        super().__init__(desk)
        self.account = account
        self.step = step
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
        if not self.account and overview.next:
            self.account, self.step = overview.next.account, overview.next.step
        if self.session.progress.accounts:
            self.query_one(StepList).focus()
        # The accounts are on the screen before the guide is written.
        self.call_after_refresh(self._write_guide)
        for notice in self.desk.notices:
            self.notify(notice, severity="warning", markup=False)

    def show(self) -> None:
        """Everything on this screen, from the overview of now."""
        super().show()
        overview = self.session.overview()
        tree, steps = self.query_one(AccountTree), self.query_one(StepList)
        if overview.standing(self.account) is None:
            self.account = overview.standings[0].account.id if overview.standings else ""
        tree.show_accounts(overview, self.session.playbook)
        with self.prevent(Tree.NodeHighlighted):
            tree.go_to(self.account)
        self._show_steps(overview)
        if not steps.step or steps.step != self.step:
            with self.prevent(OptionList.OptionHighlighted):
                steps.go_to(self.step)
            self.step = steps.step
        self._show_words()
        self._show_next(overview)

    def _write_guide(self) -> None:
        self._may_write = True
        self._show_words()

    def _show_steps(self, overview: Overview) -> None:
        standing = overview.standing(self.account)
        with self.prevent(OptionList.OptionHighlighted):
            self.query_one(StepList).show_steps(standing, overview, self.session.playbook)
        self._show_head(standing, overview)

    def _show_head(self, standing: Standing | None, overview: Overview) -> None:
        """The account and its state, which is never cut for a long name."""
        head = self.query_one("#account-head", Static)
        if standing is None:
            head.update("")
            return
        progress, playbook = self.session.progress, self.session.playbook
        name = account_name(standing.account, playbook)
        state = f" · {state_words(standing, progress, playbook, overview.now)}"
        through = progress.account(standing.covered_by)
        names = {standing.account.name, through.name if through else ""}
        words = "\n".join(fitted(f"{name}{state}", names, head.size.width or len(name + state), _HEAD_ROWS))
        head.update(Content(words).stylize(account_style(standing), max(0, words.find("·"))))

    def _show_words(self) -> None:
        """Write the guide for the highlighted step, unless it stands there already."""
        standing = self.standing
        pane = self.query_one(Reader)
        width = pane.columns or 60
        unread = self.desk.looking.lookout.unread()
        serial = self.session.playbook.serial
        written = (
            self.session.progress,
            self.account,
            self.step,
            self._page,
            width,
            self.desk.language,
            unread,
            serial,
        )
        if written == self._written or not self._may_write:
            return
        fresh = written[1:4] != self._written[1:4]
        self._written = written
        pane.border_title = Content(self._pages())
        page = Content(_EMPTY)
        if standing is not None:
            keys = {name: self.key(f"checklist.{name}") for name in _GUIDE_KEYS}
            page = StepGuide(self.desk, standing, self.step, width, keys=keys).page(self._page)
        pane.show(page, from_top=fresh)

    def _pages(self) -> str:
        """The pages by name: the one in view, then those a key turns to."""
        other = GuidePage.GUIDE if self._page is GuidePage.WENT_WRONG else GuidePage.WENT_WRONG
        turns = f"{self.key('checklist.went-wrong')} {other}"
        return " · ".join([str(self._page).capitalize(), turns, f"{self.key('checklist.sources')} sources"])

    def _show_next(self, overview: Overview) -> None:
        playbook = self.session.playbook
        self.head(
            next_sentence(overview.next, self.session.progress, playbook),
            label="Next:",
            left=f"metaoptout-tui · {covered_words(overview)}",
            right=self.desk.looking.short(),
        )

    def looked(self) -> None:
        """How current the guidance is stands in the corner; the guide says what changed."""
        self.query_one(Headline).right = self.desk.looking.short()
        self._show_words()

    @property
    def standing(self) -> Standing | None:
        """How the account in view stands; None where there is none."""
        return self.session.overview().standing(self.account)

    def resized(self) -> None:
        """What stands above the steps, and the guide, are written for the width they have."""
        overview = self.session.overview()
        self._show_head(overview.standing(self.account), overview)
        self._show_words()

    @on(Tree.NodeHighlighted)
    def _account_highlighted(self, event: Tree.NodeHighlighted[str]) -> None:
        account = event.node.data or ""
        if not account or account == self.account:
            return
        self.account = account
        overview = self.session.overview()
        self._show_steps(overview)
        task = overview.next_for(account)
        steps = self.query_one(StepList)
        with self.prevent(OptionList.OptionHighlighted):
            steps.go_to(task.step if task else "")
        self.step = steps.step
        self._show_words()
        self._remember()

    @on(Tree.NodeSelected)
    def _account_selected(self) -> None:
        self.query_one(StepList).focus()

    @on(OptionList.OptionHighlighted, "#steps")
    def _step_highlighted(self) -> None:
        step = self.query_one(StepList).step
        if step and step != self.step:
            self.step = step
            self._show_words()
            self._remember()

    def _remember(self) -> None:
        self.post_message(Place(self.account, self.step))

    def place(self) -> tuple[str, str]:
        """The account and step in view."""
        return self.account, self.step

    def go_to(self, account: str, step: str) -> None:
        """Show an account and one of its steps, with the steps in focus."""
        self.account, self.step = account, step
        self._page = GuidePage.GUIDE
        self.show()
        self.query_one(StepList).focus()
        self._remember()

    # Reading and moving

    def action_went_wrong(self) -> None:
        """Turn to what may go wrong, and back."""
        self._page = GuidePage.GUIDE if self._page is GuidePage.WENT_WRONG else GuidePage.WENT_WRONG
        self._show_words()

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
