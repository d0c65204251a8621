"""The step that opens Meta's objection form: the path through the menus, and the links of the forms."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from metaoptout_tui.app.accounts.form_fields import words_without_log_in
from metaoptout_tui.core.desktop import OpenResult
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.links import SafeUrl, meta_url_or_none
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.ui.base.list_and_detail import AccountGuideScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.step_sources import form_row
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader

_LEADS = ("", mark("If it fails:"), mark("If that fails:"))
"""What stands before the first, the second and each further way to the form; where there is a menu, that is the first."""


class OpenFormScreen(AccountGuideScreen[str | None]):
    """Enter opens the highlighted form in the browser; the second time it records that the form is open."""

    SCREEN_ID = STEP = StepId.OPEN
    DEFAULT_CSS = """
    OpenFormScreen Reader { border-top: none; }
    OpenFormScreen #way { height: auto; padding: 0 1; border-top: solid $line; color: $text-accent; }
    OpenFormScreen #way { border-title-color: $muted; border-title-style: none; }
    OpenFormScreen ChoiceList { max-height: 8; }
    """

    def __init__(self, context: AppContext, account_id: str) -> None:
        super().__init__(context, account_id)
        self._is_browser_asked = not context.browser().probe().can_open
        self._links_by_form: dict[str, SafeUrl] = {}
        self._opened_form_id = ""

    def compose_body(self) -> ComposeResult:
        """The menu paths above, the links of the forms below."""
        yield Reader()
        yield Static(id="way", markup=False)
        yield ChoiceList(id="forms")

    def show_account(self, status: AccountStatus) -> None:
        """Menu paths, forms, and what Enter does now."""
        session = self.session
        needs_log_in = not status.account.is_from_elsewhere
        name = account_name(status.account, session.playbook)
        title = _("{account}: open Privacy Centre") if needs_log_in else _("{account}: open the form")
        hint = (
            _("Enter when the form is in front of you")
            if self._is_browser_asked
            else _("Enter asks your browser to open the form")
        )
        hint = words_without_log_in(session, status.account.id) or hint
        self.set_headline(title.format(account=name), left=hint)
        guide = self.step_guide(status, self._topic_keys())
        self.show_text(guide.form_instructions(is_whole=self._is_whole), guide.sentence_lines)
        probe = self.context.browser().probe()
        if probe.can_open and needs_log_in:
            instruction = _("If it fails, take a link, where you are logged in. Which form fits best is not known:")
        elif probe.can_open:
            instruction = _("Take the first link; if it fails, the second:")
        elif needs_log_in:
            instruction = f"{probe.explanation} {_('Take a link or its QR code, in a browser you are logged in to:')}"
        else:
            instruction = f"{probe.explanation} {_('Take a link or its QR code, in any browser:')}"
        way = self.query_one("#way", Static)
        way.update(instruction)
        way.border_title = self.reader.border_title  # the line between text and links, as the text has no border here
        rows: list[tuple[str, Content]] = []
        self._links_by_form.clear()
        for form in session.playbook.forms_for(platform=status.account.platform, region=status.region.id):
            link = meta_url_or_none(form.url)
            if link is None:
                continue
            self._links_by_form[form.id] = link
            number = len(rows) + 2 if needs_log_in else len(rows) + 1
            words = _(_LEADS[min(number, len(_LEADS)) - 1])
            lead = f"{number}  {words} " if words else f"{number}  "
            rows.append((form.id, form_row(form, session.playbook, lead=lead)))
        self.choice_list.show_rows(rows)

    def _topic_keys(self) -> dict[str, str]:
        ids = ("open.third-party", "open.no-login", "everywhere.reach", "everywhere.frauds")
        return {id.partition(".")[2]: self.readable_key_of(id) for id in ids}

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The link of the highlighted form."""
        return self._links_by_form.get(self.choice_list.highlighted_id)

    def action_go(self) -> None:
        """Open the form in the browser, or record that it is open."""
        if self._is_browser_asked:
            self.action_there()
        else:
            self.action_browser()

    @on(OptionList.OptionSelected)
    def action_browser(self) -> None:
        """Open the highlighted form in the browser."""
        link = self.link_in_view
        if link is None:
            self.say(_("There is no form to open. Go by the menus."))
            return

        def browser_asked(result: OpenResult) -> None:
            self._is_browser_asked = True
            if not result.can_open:
                self._opened_form_id = ""
                self.open_screen("link", link)
            self.update_content()

        self._is_browser_asked = True
        self._opened_form_id = self.choice_list.highlighted_id
        self.open_in_browser(link, browser_asked)
        self.update_content()

    def action_copy(self) -> None:
        """Copy the link of the highlighted form."""
        self._look_at_another()
        super().action_copy()

    def action_show(self) -> None:
        """Show the link of the highlighted form."""
        self._look_at_another()
        super().action_show()

    def _look_at_another(self) -> None:
        """Forget which form was opened, where the link of another is taken: which of them is sent is not known then."""
        if self.choice_list.highlighted_id != self._opened_form_id:
            self._opened_form_id = ""

    def action_there(self) -> None:
        """Record that the form is in front of the person, and which one the browser opened last.

        A form whose link was only copied or shown was perhaps only looked at, and of a row that is only highlighted
        nothing is known: arrows scroll, too.
        """
        if self.make_change(lambda: self.session.diary_service.tick_step(self._account_id, self.STEP)):
            draft = self.session.diary_service.objection_draft(self._account_id)
            draft = draft._replace(form_id=self._opened_form_id)
            self.session.diary_service.save_objection_draft(self._account_id, draft)
            self.dismiss(self.STEP)
