"""The report that something of Meta's looked different: what was seen above, the whole text below."""

from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from metaoptout_tui.app.commands.commands import screen_title
from metaoptout_tui.app.copies.difference import project_page, report_at_step, save_difference
from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.core.difference_report import Difference
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.ui.base.browser_and_clipboard import BrowserAndClipboardScreen
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.builder import wrap_by_cells
from metaoptout_tui.ui.text.step_sources import describe_menu_path
from metaoptout_tui.ui.widgets.frame import Notice
from metaoptout_tui.ui.widgets.reader import Reader
from metaoptout_tui.ui.widgets.text_field import TextField


class DifferenceScreen(InputScreen[None], BrowserAndClipboardScreen[None]):
    """Asks what was used and what was seen at a step, and shows the report as it would be copied.

    `account_id` and `step` are empty where it was begun elsewhere; `place` is then the title of the screen.
    """

    SCREEN_ID = "different"
    needs_writable_record = False
    shows_draft_notice = True
    DEFAULT_CSS = """
    DifferenceScreen TextArea { border: none; height: 4; background: $panel; margin: 0 1; padding: 0 1; }
    DifferenceScreen TextArea:focus { border: none; background: $cursor-blurred; }
    DifferenceScreen Reader { height: 1fr; margin: 0 1; border-top: solid $line; }
    DifferenceScreen #taken-out { color: $text-warning; }
    """

    def __init__(self, context: AppContext, account_id: str, step: str, place: str) -> None:
        super().__init__(context, make_draft_key("different", account_id, step))
        self._account_id = account_id
        self._step_id = step
        self._place = place

    def compose_body(self) -> ComposeResult:
        """The two questions, and the report."""
        with Vertical():
            yield Static(_("App or browser, and its version, if you know them"), classes="field-name", markup=False)
            yield TextField(id="used", placeholder=_("such as: Instagram 412 on Android"))
            yield Static(_("What you saw: menus and buttons in their order"), classes="field-name", markup=False)
            yield TextArea(id="seen", tab_behavior="focus", soft_wrap=True)
            yield Notice(id="taken-out")
            yield Reader()

    def on_mount(self) -> None:
        """Begin in the field for what was seen."""
        self.set_headline(_("It looked different"), left=self._what_to_do())
        self.fill_fields()
        self.query_one(TextArea).focus()

    def _what_to_do(self) -> str:
        key, page = self.readable_key_of("different.copy"), project_page()
        if page:
            sentence = _("The text below tells nothing of you. {key} copies it; put it into an issue at {page}.")
            return sentence.format(key=key, page=page)
        return _(
            "The text below tells nothing of you. {key} copies it; put it into an issue where you have this program from."
        ).format(key=key)

    def fill_fields(self) -> None:
        """The texts of the draft."""
        super().fill_fields()
        with self.prevent(TextArea.Changed, Input.Changed):
            self.query_one(Input).value = self.draft.get("used", "")
            self.query_one(TextArea).text = self.draft.get("seen", "")
        self._show_report()

    def typed_values(self) -> dict[str, str]:
        """Both texts."""
        return {"used": self.query_one(Input).value, "seen": self.query_one(TextArea).text}

    @property
    def account_in_view(self) -> str:
        """The account at whose step it looked different; empty for none."""
        return self._account_id

    @property
    def _report(self) -> tuple[Difference, bool]:
        used, seen = self.typed_values().values()
        report, is_masked = report_at_step(
            self.session,
            self.account_status,
            self._step_id,
            (used, seen),
            countries=self.context.countries(),
            language=self.context.language,
            guidance=self.context.page_check.page_watcher.guidance,
            describe_path=lambda path: describe_menu_path(path, self.context),
        )
        return (report if self._step_id else report._replace(place=self._place)), is_masked

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _show_report(self) -> None:
        report, is_masked = self._report
        taken_out = _(
            "Names, addresses and numbers that you typed are replaced below by words in brackets. "
            "Look whether anything else tells of you."
        )
        self.query_one("#taken-out", Notice).show(taken_out if is_masked else "")
        lines = [
            line for each in report.text.splitlines() for line in wrap_by_cells(each, self.reader.text_width) or [""]
        ]
        self.reader.show_content(Content("\n".join(lines)), from_top=False)

    def rewrap_text(self) -> None:
        """Write the report for the new width."""
        self._show_report()

    def action_copy(self) -> None:
        """Copy the report."""
        report = self._report[0]
        self.copy_to_clipboard(report.text, _("The report"))

    def action_save(self) -> None:
        """Save the report as a new file."""
        report = self._report[0]

        def save() -> None:
            path = save_difference(report.text, self.session.now().date(), self.context.case_folder)
            self.context.record_files().exports.remember((path,))
            self.say(_("Saved as {file}.").format(file=with_tilde(path)))

        self.make_change(save)


def open_difference(context: AppContext, app: App[Any]) -> None:
    """Open the report for where the person is; over a question, say that it is to be answered first."""
    screen = app.screen
    if isinstance(screen, BaseScreen) and screen.SCREEN_ID not in (DifferenceScreen.SCREEN_ID, "ask", "attach"):
        screen.save_draft()
        place = screen_title(screen.SCREEN_ID)
        app.push_screen(DifferenceScreen(context, screen.account_in_view, screen.step_in_view, place))
    else:
        app.notify(_("Answer or leave this first."), markup=False)
