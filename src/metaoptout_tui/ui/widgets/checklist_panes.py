"""The panes of the checklist: the accounts as a tree, the steps of one account, and the guide to one step."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import OptionList, Tree
from textual.widgets.tree import TreeNode

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import describe_group, describe_state, describe_state_briefly
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name, short_account_name
from metaoptout_tui.core.text import elide_to_width
from metaoptout_tui.ui.context import AppContext, FirstScreenComplete
from metaoptout_tui.ui.terminal import Symbols, account_style
from metaoptout_tui.ui.text.builder import TextBuilder, wrap_shortening_names
from metaoptout_tui.ui.text.step_guide import StepGuide
from metaoptout_tui.ui.text.step_sources import sentence_in_view
from metaoptout_tui.ui.widgets.lists import StepList
from metaoptout_tui.ui.widgets.reader import Reader


class AccountTree(Tree[str], inherit_bindings=False):
    """The accounts under headings for their linked groups. The cursor is always on an account."""

    DEFAULT_CSS = """
    AccountTree { padding: 0 1; scrollbar-size-horizontal: 0; overflow-x: hidden; }
    """
    BINDINGS = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]
    auto_expand = False

    def __init__(self, symbols: Symbols, *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self.show_root = False
        self.show_guides = False
        self.guide_depth = 2
        self._symbols = symbols
        self._rows: dict[str, tuple[AccountStatus, str]] = {}
        self._had_size = False
        self._shown_groups: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    def show_accounts(self, overview: Overview, playbook: Playbook) -> None:
        """Show the accounts; rows that exist already are kept, with the cursor."""
        rows = {
            status.account.id: (status, short_account_name(status.account, playbook)) for status in overview.statuses
        }
        changed_ids = {id for id, row in rows.items() if self._rows.get(id) != row}
        self._rows = rows
        groups = tuple((group.kind, group.name, group.account_ids) for group in overview.groups)
        if groups != self._shown_groups:
            self._shown_groups = groups
            self.clear()
            for group in overview.groups:
                heading = self.root.add(Text(describe_group(group)), expand=True, allow_expand=False)
                for id in group.account_ids:
                    heading.add_leaf(Text(id), data=id)
        for leaf in self._leaves:
            if leaf.data in changed_ids:
                leaf.refresh()

    @property
    def _leaves(self) -> list[TreeNode[str]]:
        return [leaf for heading in self.root.children for leaf in heading.children]

    @property
    def highlighted_account(self) -> str:
        """The account under the cursor, empty for none."""
        node = self.cursor_node
        return (node.data or "") if node is not None else ""

    def go_to(self, account_id: str) -> None:
        """Put the cursor on an account, or on the first one if that is not in the tree."""
        leaves = self._leaves
        target = next((leaf for leaf in leaves if leaf.data == account_id), leaves[0] if leaves else None)
        if target is not None and self.last_line > 0:  # reading `last_line` also gives each node its line
            if self.size:
                self.move_cursor(target)
            else:
                self.cursor_line = target.line

    def on_resize(self, event: events.Resize) -> None:
        """Bring the cursor into view where it was set before the widget had a size."""
        if not self._had_size and self.cursor_line >= 0:
            self.scroll_to_line(self.cursor_line, animate=False)
        self._had_size = self._had_size or bool(event.size)

    def action_cursor_down(self) -> None:
        """Go to the next account."""
        self._move_over_headings(1)

    def action_cursor_up(self) -> None:
        """Go to the account before."""
        self._move_over_headings(-1)

    def action_scroll_home(self) -> None:
        """Go to the first account."""
        self.cursor_line = 1

    def action_scroll_end(self) -> None:
        """Go to the last account."""
        self.cursor_line = self.last_line

    def _move_over_headings(self, by: int) -> None:
        line = self.cursor_line + by
        while 0 <= line <= self.last_line:
            node = self.get_node_at_line(line)
            if node is not None and node.data:
                self.cursor_line = line
                self.scroll_to_line(line if line > 1 else 0, animate=False)
                return
            line += by

    def validate_cursor_line(self, value: int) -> int:
        """Keep the cursor off headings: a click on one goes to its first account."""
        line = super().validate_cursor_line(value)
        node = self.get_node_at_line(line) if line >= 0 else None
        if node is not None and not node.data and self.get_node_at_line(line + 1) is not None:
            return line + 1
        return line

    def get_label_width(self, node: TreeNode[str]) -> int:
        """The width to which `render_label` fits each label; the tree asks for that of every account when it is laid out."""
        return self.scrollable_content_region.width - (self.guide_depth if node.data else 0)

    def render_label(self, node: TreeNode[str], base_style: Style, style: Style) -> Text:
        """A heading, or an account with its symbol, name and state, fitted to the width."""
        if not node.data or node.data not in self._rows:
            label = node.label if isinstance(node.label, Text) else Text(str(node.label))
            return Text(
                elide_to_width(label.plain, max(4, self.scrollable_content_region.width)),
                style=base_style + self._muted_style(),
            )
        status, short_name = self._rows[node.data]
        state = describe_state_briefly(status)
        room = self.scrollable_content_region.width - self.guide_depth - 2
        state = elide_to_width(state, max(4, room // 2))
        name = elide_to_width(short_name, max(4, room - cell_len(state) - 2))
        gap = " " * max(1, room - cell_len(name) - cell_len(state))
        sign = self._symbols.for_account(status)
        on_cursor = node is self.cursor_node
        colour = None if on_cursor else self._theme_style(account_style(status))
        return Text.assemble((sign, colour or ""), " ", name, gap, (state, colour or ""), style=base_style + style)

    def _theme_style(self, token: str) -> Style:
        variables = self.app.theme_variables
        colour = variables.get(token.removeprefix("$"), "")
        if not colour or "auto" in colour:
            return Style()
        from textual.color import Color

        return Style(color=Color.parse(colour).rich_color)

    def _muted_style(self) -> Style:
        return self._theme_style("$muted")


_COMMANDS_NAMED_IN_GUIDE = (
    *(f"checklist.{name}" for name in ("changes", "checked", "letters", "periods", "you")),
    "everywhere.reach",
    "everywhere.frauds",
)
"""The commands whose keys are named in the guide."""


class GuidePane(Reader):
    """The guide to one step of one account: what to do now, or everything. The keys stand in the border above.

    `is_whole` is whether everything is shown; `key_of` returns the present key of a command, as people write it.
    """

    DEFAULT_CSS = """
    GuidePane {
        border-top: solid $line; padding: 0 1; height: 1fr;
        border-title-color: $muted; border-title-style: none;
    }
    GuidePane:focus { border-top: heavy $accent; }
    """

    def __init__(self, context: AppContext, key_of: Callable[[str], str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._app_context = context
        self._key_of = key_of
        self._status: AccountStatus | None = None
        self._step_id = ""
        self.is_whole = False
        self._sentence_lines: Sequence[tuple[int, str]] = ()
        self._written_for: tuple[object, ...] = ()
        self._contents: dict[tuple[str, str, bool], tuple[Content, Sequence[tuple[int, str]]]] = {}

    def show_step(self, status: AccountStatus | None, step: str) -> None:
        """Show the guide to a step."""
        self._status, self._step_id = status, step
        self.write()

    def turn(self) -> None:
        """Show everything, or only what to do now."""
        self.is_whole = not self.is_whole
        self.write()

    @property
    def sentence_in_view(self) -> str:
        """The sentence at the top of the text that rests on sources, empty for none."""
        return sentence_in_view(self._sentence_lines, self.scroll_offset.y)

    def write(self) -> None:
        """Write the guide for the present width, unless nothing has changed. Does nothing before there is a width."""
        if not self.columns:
            return
        session = self._app_context.session
        account = self._status.account.id if self._status is not None else ""
        subject = (account, self._step_id, self.is_whole)
        unread = self._app_context.page_check.page_watcher.unread_pages()
        written_for = (
            subject,
            session.record,
            self.columns,
            self._app_context.language,
            unread,
            session.playbook.serial,
        )
        if written_for == self._written_for:
            return
        if written_for[1:] != self._written_for[1:]:
            self._contents.clear()
        is_other_subject = subject != (self._written_for or ((),))[0]
        self._written_for = written_for
        self.border_title = Content(self._title())
        if subject not in self._contents:
            self._contents[subject] = self._build_content()
        content, self._sentence_lines = self._contents[subject]
        self.show_content(content, from_top=is_other_subject)

    def _build_content(self) -> tuple[Content, Sequence[tuple[int, str]]]:
        if self._status is None:
            return self._no_account_text(), ()
        keys = {id.rpartition(".")[2]: self._key_of(id) for id in _COMMANDS_NAMED_IN_GUIDE}
        guide = StepGuide(self._app_context, self._status, self._step_id, self.columns, keys=keys)
        content = guide.guide(is_whole=self.is_whole)
        return content, guide.sentence_lines

    def _no_account_text(self) -> Content:
        builder = TextBuilder(self.text_width)
        builder.paragraph("There is no account in your list yet.")
        builder.blank_line()
        key = self._key_of("checklist.add")
        builder.paragraph(f"Press {key} to add one: Facebook, Instagram, Threads, WhatsApp or the Meta AI app.")
        builder.blank_line()
        key = self._key_of("checklist.ways")
        builder.paragraph(f"You have none, cannot log in, or have Meta's download? {key} has what there is for you.")
        return builder.content()

    def on_resize(self) -> None:
        """Write the guide for the new width."""
        self.write()
        self.post_message(FirstScreenComplete())

    def _title(self) -> str:
        """What is shown, then the keys for the rest and for who says so."""
        more, sources = self._key_of("checklist.went-wrong"), self._key_of("checklist.sources")
        shown, other = ("All of it", "less") if self.is_whole else ("Now", "more")
        return f"{shown} · {more} {other} · {sources} who says so"


_MAX_HEADER_LINES = 3


class AccountHeader(Widget):
    """The name of the account and its state; a long name is shortened so that the state fits."""

    DEFAULT_CSS = "AccountHeader { height: auto; max-height: 3; padding: 0 1; text-style: bold; }"

    def __init__(self, context: AppContext, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._app_context = context
        self._status: AccountStatus | None = None
        self._account_name = self._state = ""
        self._shortenable_names: tuple[str, ...] = ()
        self._lines_by_width: dict[int, list[str]] = {}

    def show_account(self, status: AccountStatus | None) -> None:
        """Show an account; nothing for None."""
        self._status, self._account_name, self._state = status, "", ""
        if status is not None:
            session = self._app_context.session
            covering_account = session.record.account_by_id(status.covered_by)
            self._shortenable_names = (status.account.name, covering_account.name if covering_account else "")
            self._account_name = account_name(status.account, session.playbook)
            self._state = f" · {describe_state(status, session.record, session.playbook, session.overview().now)}"
        self._lines_by_width.clear()
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words take."""
        del container, viewport
        return len(self._wrapped_lines(width))

    def render(self) -> Content:
        """The name, and the state in its colour."""
        if self._status is None:
            return Content("")
        words = "\n".join(self._wrapped_lines(self.size.width))
        return Content(words).stylize(account_style(self._status), max(0, words.find("·")))

    def _wrapped_lines(self, width: int) -> list[str]:
        return wrap_shortening_names(
            self._account_name + self._state, self._shortenable_names, width, _MAX_HEADER_LINES
        )


class AccountPane(Vertical):
    """One account: its state, its steps, and the guide to the highlighted step. `key_of` is that of GuidePane."""

    def __init__(self, context: AppContext, key_of: Callable[[str], str]) -> None:
        super().__init__()
        self._app_context = context
        self._header = AccountHeader(context, id="account-head")
        self.step_list = StepList(context.symbols, id="steps")
        self.guide = GuidePane(context, key_of, id="guide")

    def compose(self) -> ComposeResult:
        """Header, steps and guide, one below the other."""
        yield self._header
        yield self.step_list
        yield self.guide

    def show_account(self, status: AccountStatus | None, overview: Overview, step: str) -> str:
        """Show an account and highlight a step, or its first one. Returns the highlighted step."""
        with self.prevent(OptionList.OptionHighlighted):
            self.step_list.show_steps(status, overview, self._app_context.session.playbook)
            if self.step_list.highlighted_id != step:
                self.step_list.go_to(step)
        self._header.show_account(status)
        self.guide.show_step(status, self.step_list.highlighted_id)
        return self.step_list.highlighted_id
