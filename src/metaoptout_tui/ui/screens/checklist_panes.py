"""The panes of the checklist: accounts on the left, steps on the right, the guide to one step below.

Shows the account and step in view and remembers the position; what the keys do is in `checklist`.
"""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static, Tree

from metaoptout_tui.core.objection.coverage_table import summarize_coverage
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import describe_state, next_task_sentence
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.ui.base.reader import Reader
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.messages import StepSelected
from metaoptout_tui.ui.symbols import account_style
from metaoptout_tui.ui.text.builder import wrap_shortening_names
from metaoptout_tui.ui.text.step_guide import GuideTab, StepGuide
from metaoptout_tui.ui.widgets.account_tree import AccountTree
from metaoptout_tui.ui.widgets.frame import Headline
from metaoptout_tui.ui.widgets.lists import StepList

_NO_ACCOUNT_TEXT = """There is no account in your list yet.

Press a to add one: Facebook, Instagram, Threads, WhatsApp or the Meta AI app."""

_MAX_HEADER_ROWS = 3
_ACTIONS_NAMED_IN_GUIDE = ("changes", "checked", "letters", "periods", "you")
"""What the guide names a key for."""


class ChecklistBaseScreen(BaseScreen[None]):
    """Shows everything; what a key does with it is said by the screen that is made of this."""

    DEFAULT_CSS = """
    ChecklistBaseScreen #accounts { width: 36; border-right: solid $line; height: 1fr; }
    ChecklistBaseScreen #account-head { height: auto; max-height: 3; padding: 0 1; text-style: bold; }
    ChecklistBaseScreen.-roomy #accounts { width: 42; }
    ChecklistBaseScreen #guide {
        border-top: solid $line; padding: 0 1; height: 1fr;
        border-title-color: $muted; border-title-style: none;
    }
    ChecklistBaseScreen #guide:focus { border-top: solid $accent; }
    ChecklistBaseScreen.-narrow #body { layout: vertical; }
    ChecklistBaseScreen.-narrow #accounts {
        width: 1fr; height: auto; max-height: 6; border-right: none; border-bottom: solid $line;
    }
    """

    def __init__(self, desk: AppContext, *, account: str = "", step: str = "") -> None:
        super().__init__(desk)
        self.account = account
        self.step = step
        self._guide_tab = GuideTab.GUIDE
        self._guide_inputs: tuple[object, ...] = ()
        self._is_guide_ready = False

    def compose_body(self) -> ComposeResult:
        """Two panes, or one above the other where the terminal is narrow."""
        with Horizontal(id="body"):
            yield AccountTree(self.context.symbols, id="accounts")
            with Vertical():
                yield Static(id="account-head", markup=False)
                yield StepList(self.context.symbols, id="steps")
                yield Reader(id="guide")

    def on_mount(self) -> None:
        """Begin where the person left, with the steps in focus."""
        overview = self.session.overview()
        if not self.account and overview.next_task:
            self.account, self.step = overview.next_task.account_id, overview.next_task.step_id
        if self.session.record.accounts:
            self.query_one(StepList).focus()
        # The accounts are on the screen before the guide is written.
        self.call_after_refresh(self._write_first_guide)
        for notice in self.context.startup_notices:
            self.notify(notice, severity="warning", markup=False)

    def update_content(self) -> None:
        """Everything on this screen, from the overview of now."""
        super().update_content()
        overview = self.session.overview()
        tree, steps = self.query_one(AccountTree), self.query_one(StepList)
        if overview.status_of(self.account) is None:
            self.account = overview.statuses[0].account.id if overview.statuses else ""
        tree.show_accounts(overview, self.session.playbook)
        with self.prevent(Tree.NodeHighlighted):
            tree.go_to(self.account)
        self._show_steps(overview)
        if not steps.highlighted_step or steps.highlighted_step != self.step:
            with self.prevent(OptionList.OptionHighlighted):
                steps.go_to(self.step)
            self.step = steps.highlighted_step
        self._show_guide()
        self._show_headline(overview)

    def _write_first_guide(self) -> None:
        self._is_guide_ready = True
        self._show_guide()

    def _show_steps(self, overview: Overview) -> None:
        standing = overview.status_of(self.account)
        with self.prevent(OptionList.OptionHighlighted):
            self.query_one(StepList).show_steps(standing, overview, self.session.playbook)
        self._show_account_header(standing, overview)

    def _show_account_header(self, standing: AccountStatus | None, overview: Overview) -> None:
        """The account and its state, which is never cut for a long name."""
        head = self.query_one("#account-head", Static)
        if standing is None:
            head.update("")
            return
        progress, playbook = self.session.record, self.session.playbook
        name = account_name(standing.account, playbook)
        state = f" · {describe_state(standing, progress, playbook, overview.now)}"
        through = progress.account_by_id(standing.covered_by)
        names = {standing.account.name, through.name if through else ""}
        words = "\n".join(
            wrap_shortening_names(f"{name}{state}", names, head.size.width or len(name + state), _MAX_HEADER_ROWS)
        )
        head.update(Content(words).stylize(account_style(standing), max(0, words.find("·"))))

    def _show_guide(self) -> None:
        """Write the guide for the highlighted step, unless it stands there already."""
        standing = self.standing
        pane = self.query_one(Reader)
        width = pane.columns or 60
        unread = self.context.page_check.page_watcher.unread_pages()
        serial = self.session.playbook.serial
        written = (
            self.session.record,
            self.account,
            self.step,
            self._guide_tab,
            width,
            self.context.language,
            unread,
            serial,
        )
        if written == self._guide_inputs or not self._is_guide_ready:
            return
        fresh = written[1:4] != self._guide_inputs[1:4]
        self._guide_inputs = written
        pane.border_title = Content(self._guide_tab_titles())
        page = Content(_NO_ACCOUNT_TEXT)
        if standing is not None:
            keys = {name: self.readable_key_of(f"checklist.{name}") for name in _ACTIONS_NAMED_IN_GUIDE}
            page = StepGuide(self.context, standing, self.step, width, keys=keys).tab_content(self._guide_tab)
        pane.show_content(page, from_top=fresh)

    def _guide_tab_titles(self) -> str:
        """The pages by name: the one in view, then those a key turns to."""
        other = GuideTab.GUIDE if self._guide_tab is GuideTab.WENT_WRONG else GuideTab.WENT_WRONG
        turns = f"{self.readable_key_of('checklist.went-wrong')} {other}"
        return " · ".join(
            [str(self._guide_tab).capitalize(), turns, f"{self.readable_key_of('checklist.sources')} sources"]
        )

    def _show_headline(self, overview: Overview) -> None:
        playbook = self.session.playbook
        self.set_headline(
            next_task_sentence(overview.next_task, self.session.record, playbook),
            label="Next:",
            left=f"metaoptout-tui · {summarize_coverage(overview)}",
            right=self.context.page_check.short_status(),
        )

    def page_check_updated(self) -> None:
        """How current the guidance is stands in the corner; the guide says what changed."""
        self.query_one(Headline).right = self.context.page_check.short_status()
        self._show_guide()

    @property
    def standing(self) -> AccountStatus | None:
        """How the account in view stands; None where there is none."""
        return self.session.overview().status_of(self.account)

    def rewrap_text(self) -> None:
        """What stands above the steps, and the guide, are written for the width they have."""
        overview = self.session.overview()
        self._show_account_header(overview.status_of(self.account), overview)
        self._show_guide()

    @on(Tree.NodeHighlighted)
    def _account_highlighted(self, event: Tree.NodeHighlighted[str]) -> None:
        account = event.node.data or ""
        if not account or account == self.account:
            return
        self.account = account
        overview = self.session.overview()
        self._show_steps(overview)
        task = overview.next_task_for(account)
        steps = self.query_one(StepList)
        with self.prevent(OptionList.OptionHighlighted):
            steps.go_to(task.step_id if task else "")
        self.step = steps.highlighted_step
        self._show_guide()
        self._post_position()

    @on(Tree.NodeSelected)
    def _account_selected(self) -> None:
        self.query_one(StepList).focus()

    @on(OptionList.OptionHighlighted, "#steps")
    def _step_highlighted(self) -> None:
        step = self.query_one(StepList).highlighted_step
        if step and step != self.step:
            self.step = step
            self._show_guide()
            self._post_position()

    def _post_position(self) -> None:
        self.post_message(StepSelected(self.account, self.step))

    def position(self) -> tuple[str, str]:
        """The account and step in view."""
        return self.account, self.step

    def go_to(self, account: str, step: str) -> None:
        """Show an account and one of its steps, with the steps in focus."""
        self.account, self.step = account, step
        self._guide_tab = GuideTab.GUIDE
        self.update_content()
        self.query_one(StepList).focus()
        self._post_position()

    # Reading and moving

    def action_went_wrong(self) -> None:
        """Turn to what may go wrong, and back."""
        self._guide_tab = GuideTab.GUIDE if self._guide_tab is GuideTab.WENT_WRONG else GuideTab.WENT_WRONG
        self._show_guide()

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
