"""The supervisory authority that takes a complaint: its pages, languages and requirements.

Also asks for the German Land, on which the authority depends, and records a complaint made without a letter from here.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.app.diary_service import SentLetterInput
from metaoptout_tui.app.letters import sending_methods
from metaoptout_tui.core.guidance.authorities import Authority
from metaoptout_tui.core.guidance.playbook import Region
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.links import SafeUrl, trusted_url_or_none
from metaoptout_tui.core.objection.sentences import SURENESS_WORDS, format_sureness, what_comes_next
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.vocabulary import SENT_BY_LETTER
from metaoptout_tui.ui.base.list_and_detail import ListAndDetailScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, DateScreen
from metaoptout_tui.ui.text.builder import TextBuilder

GERMANY = "DE"
_NO_LAND = "none"


class _AuthorityLink(NamedTuple):
    """A page of the authority: what it is, and its address."""

    label: str
    url: str


def ask_land(
    screen: BaseScreen[Any], then: Callable[[], object], *, at_end: Callable[[], object] = lambda: None
) -> None:
    """Ask in which Land a person in Germany lives, record it, and call `then`; `at_end` is called without an answer too."""
    session = screen.session
    rows = [(authority.code, authority.land) for authority in screen.context.authorities().land_authorities()]
    rows.append((_NO_LAND, _("I leave it open: show me the page that finds it")))

    def answered(answer: ChosenOption | None) -> None:
        land = "" if answer is None or answer.option_id == _NO_LAND else answer.option_id
        if answer is not None and (
            land == session.record.person.land or screen.make_change(lambda: session.account_changes.set_land(land))
        ):
            then()
        at_end()

    title = _("In which Land do you live?")
    help_text = _("In Germany a complaint about a company goes to the authority of your Land.")
    chosen = session.record.person.land
    screen.open_form(ChoiceScreen(screen.context, title, rows, chosen=chosen, help_text=help_text), answered)


class AuthorityScreen(ListAndDetailScreen[None]):
    """The authority's pages above, what to know about it below."""

    SCREEN_ID = "authority"
    LIST_ID = "pages"
    LINK_NAME = mark("The address")
    DEFAULT_CSS = "AuthorityScreen ChoiceList { max-height: 40%; }"

    def __init__(self, context: AppContext, account_id: str) -> None:
        super().__init__(context)
        self._account_id = account_id
        self._links_by_row: dict[str, _AuthorityLink] = {}

    def on_mount(self) -> None:
        """Begin in the list; in Germany ask for the Land first, on which the authority depends."""
        super().on_mount()
        person = self.session.record.person
        if person.country == GERMANY and not person.land and not self.session.history.read_only_reason:
            self.call_after_refresh(ask_land, self, self.update_content)

    @property
    def _authority(self) -> Authority | None:
        person = self.session.record.person
        return self.context.authorities().authority_for(person.country, person.land)

    def update_content(self) -> None:
        """The authority of the person's country."""
        super().update_content()
        authority = self._authority
        if authority is not None:
            title = authority.full_name
        elif self.session.record.person.country:
            title = _("No authority is known for where you live")
        else:
            title = _("No authority is known for you yet")
        self.set_headline(
            title,
            left=_("{key} asks your browser to open the highlighted page.").format(
                key=self.readable_key_of("authority.browser")
            ),
        )
        self._links_by_row = {str(number): link for number, link in enumerate(self._authority_links(authority))}
        self.choice_list.show_rows([(key, self._link_row(link)) for key, link in self._links_by_row.items()])
        self.show_detail()

    def _authority_links(self, authority: Authority | None) -> list[_AuthorityLink]:
        authorities = self.context.authorities()
        pages = []
        if authority is not None:
            if authority.complaint_page:
                pages.append(_AuthorityLink(_("Page for complaints"), authority.complaint_page))
            pages.append(_AuthorityLink(_("Main site"), authority.website))
            pages.extend(
                _AuthorityLink(authorities.sentence(f"also.{page.purpose}"), page.url)
                for page in authority.further_pages
            )
        if authority is None or self._region.law == "gdpr":
            pages.append(_AuthorityLink(_("All authorities of the EEA"), authorities.eea_list_page))
        return pages

    @property
    def _region(self) -> Region:
        return self.session.playbook.region_of_country(self.session.record.person.country)

    def _link_row(self, link: _AuthorityLink) -> Content:
        safe = trusted_url_or_none(link.url)
        return Content.assemble((link.label, "bold"), (f"  {safe.host if safe else link.url}", "$muted"))

    def show_detail(self) -> None:
        """The address of the highlighted page, and what to know about the authority."""
        self.reader.show_content(self._details_text(self.reader.text_width), from_top=False)

    def _details_text(self, width: int) -> Content:
        authorities, authority, bullet = self.context.authorities(), self._authority, self.context.symbols.bullet
        builder = TextBuilder(width)
        link = self._links_by_row.get(self.choice_list.highlighted_id)
        if link is not None:
            builder.paragraph(link.url)
        if authority is None:
            builder.heading(_("What to know"))
            if not self.session.record.person.country:
                builder.item(
                    bullet,
                    _("No country is set. {key} says where you live.").format(
                        key=self.readable_key_of("authority.you")
                    ),
                )
            builder.item(bullet, authorities.sentence("fallback"))
            return builder.content()
        builder.heading(_("What to know"))
        if authority.land:
            builder.item(
                bullet,
                _("It is the authority of {land}. {key} changes the Land.").format(
                    land=authority.land, key=self.readable_key_of("authority.land")
                ),
            )
        elif authority.code == GERMANY:
            builder.item(
                bullet,
                _("{key} chooses the Land you live in.").format(key=self.readable_key_of("authority.land")),
            )
        builder.item(
            bullet,
            _("It takes complaints in {languages}, according to one public list.").format(
                languages=authority.complaint_languages
            ),
        )
        for remark in authorities.remarks_on(authority):
            builder.item(bullet, remark)
        region = self._region
        statements = self.session.playbook.statements_for(step="region", platform="", region=region.id)
        for statement in statements:
            if statement.id in (f"region.{region.id}.authority", f"region.{region.id}.complaint"):
                builder.item(
                    bullet, self.session.playbook.texts.sentence(statement.id), format_sureness(statement.basis)
                )
        builder.heading(_("Where to write"))
        builder.item(bullet, authorities.sentence("contact"), _(SURENESS_WORDS[authority.contact.sureness]))
        for line in authorities.contact_lines(authority):
            builder.item(bullet, labelled(line.label, ", ".join(line.value.splitlines())))
        return builder.content()

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The address of the highlighted page."""
        link = self._links_by_row.get(self.choice_list.highlighted_id)
        safe = trusted_url_or_none(link.url) if link else None
        if safe is None:
            self.say(_("This address cannot be opened from here."))
        return safe

    @on(OptionList.OptionSelected)
    def _page_selected(self) -> None:
        self.action_browser()

    def action_land(self) -> None:
        """Choose the Land."""
        if self.session.record.person.country == GERMANY:
            ask_land(self, self.update_content)
        else:
            self.say(_("A part of the country is chosen here for Germany only."))

    def action_complained(self) -> None:
        """Ask how and when a complaint without a letter of this program was made, and record it."""
        if self._authority is None:
            self.say(_("Say first where you live: the record names the authority to which you complained."))
            return
        self.app.push_screen(
            ChoiceScreen(self.context, _("How did you complain?"), sending_methods()), self._ask_complaint_date
        )

    def _ask_complaint_date(self, answer: ChosenOption | None) -> None:
        authority = self._authority
        if answer is None or authority is None:
            return
        sent_by = SENT_BY_LETTER if answer.option_id == SENT_BY_LETTER else ""

        def record_complaint(at: datetime) -> None:
            self.session.diary.record_sent_letter(
                self._account_id, SentLetterInput(EventKind.COMPLAINED_TO_AUTHORITY, at, sent_by, authority.full_name)
            )

        def date_asked(at: datetime | None) -> None:
            if at is not None:
                words = _("Recorded: complaint sent to {authority}.").format(authority=authority.full_name)
                next_words = what_comes_next(self.session.overview(), self._account_id, self.session.playbook)
                self.say(f"{words} {next_words}".strip())

        question = DateScreen(self.context, _("When did you complain?"), save_date=record_complaint)
        self.app.push_screen(question, date_asked)
